"""Printing through CUPS: the PDF goes to the printer as it is, at 100 %, and is followed there."""

import getpass
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.i18n import language
from koba_desktop.services.ports import PrinterOptions, PrintSettings
from koba_desktop.system.printing import ppd
from koba_desktop.system.printing.encryption import encryption
from koba_desktop.system.printing.following import (
    USUAL_PATIENCE,
    Patience,
    follow,
    has_history,
    is_gone,
    require_ready,
    take_back,
)
from koba_desktop.system.printing.ipp import Gone, Service, ServiceAway
from koba_desktop.system.printing.programs import failed, last_words, missing, run

_SEND_SECONDS = 120.0
_REQUEST = re.compile(r"request id is .+-(\d+) ")
_TRAYS = "InputSlot"
_DUPLEX = "two-sided-long-edge"
# Somebody's habits for a queue (``lpoptions``), or its administrator's, scale or fold up a page.
# Older filters do not know print-scaling, but fit-to-page and scaling.
_AS_IT_IS = (
    "print-scaling=none",
    "fit-to-page=false",
    "scaling=100",
    "number-up=1",
    "page-border=none",
    "page-set=all",
    "mirror=false",
    "job-hold-until=no-hold",
    "media=A4",
)


class CupsPrinters:
    """``lp`` sends, the service is asked how the job goes on, ``cancel`` takes it back."""

    vector = True

    def __init__(self, patience: Patience = USUAL_PATIENCE) -> None:
        self._patience = patience

    def names(self) -> list[str]:
        """The queues of this PC. Raises Unavailable(``print_program_missing``)."""
        listed = run(["lpstat", "-a"])
        if listed.returncode:  # lpstat's way of saying that there are none
            return []
        lines = [line for line in listed.stdout.splitlines() if not line[:1].isspace()]
        return [words[0] for line in lines if (words := line.split())]

    def options(self, printer: str) -> PrinterOptions:
        """Raises Unavailable: ``print_program_missing``, ``printer_missing``, ``print_failed``."""
        service = _service()
        try:
            told = service.printer(printer, "sides-supported")
            names = ppd.choices(service.description(printer), _TRAYS, language())
        except Gone:
            raise missing(printer) from None
        except ServiceAway as error:
            raise failed(printer, PrintTrouble.SERVICE_AWAY, str(error)) from error
        return PrinterOptions(
            trays=tuple((key, names.get(key, key)) for key in _trays(printer)),
            duplex=_DUPLEX in told.get("sides-supported", ()),
        )

    def send(
        self,
        pdf: Path,
        *,
        printer: str,
        title: str,
        settings: PrintSettings = PrintSettings(),
        proceed: Callable[[], bool] = lambda: True,
    ) -> None:
        """Raises Unavailable: ``print_program_missing``, ``printer_missing``, ``print_failed``,
        ``print_cancelled``."""
        service = _service()
        require_ready(service, printer)
        options = [*_AS_IT_IS, f"sides={_DUPLEX if settings.duplex else 'one-sided'}"]
        if settings.tray:
            options.append(f"{_TRAYS}={settings.tray}")
        if settings.copies > 1:
            options.append("collate=true")
        remembers = has_history(service)
        words = [
            "lp",
            *("-d", printer),
            *("-t", title),
            *("-n", str(settings.copies)),
            *(word for option in options for word in ("-o", option)),
            str(pdf.resolve()),
        ]
        try:
            sent = run(words, seconds=_SEND_SECONDS, printer=printer)
        except Unavailable as error:
            raise self._given_up(error, service, printer, title) from error
        request = _REQUEST.match(sent.stdout)
        if sent.returncode or request is None:
            raise failed(printer, last_words(sent))
        number = int(request[1])
        try:
            follow(
                service,
                printer,
                number,
                patience=self._patience,
                remembers=remembers,
                proceed=proceed,
            )
        except Unavailable as error:
            taken_back = self._taken_back(service, number)
            if error.code == "print_failed" and is_gone(service, printer):
                raise missing(printer) from error
            if taken_back:
                raise
            raise _left_in_queue(error, printer) from error

    def _given_up(
        self, error: Unavailable, service: Service, printer: str, title: str
    ) -> Unavailable:
        """What to say of an ``lp`` that did not come back. It may have left its job in the queue:
        that is taken back, and with it any of the same title that an earlier one left."""
        if error.code != "print_failed":
            return error
        try:
            jobs = service.waiting(printer, getpass.getuser())
        except Gone:
            return error
        except (ServiceAway, OSError, KeyError):  # a user without a name
            return _left_in_queue(error, printer)
        numbers = [int(job["job-id"][0]) for job in jobs if job.get("job-name") == (title,)]
        taken_back = [self._taken_back(service, number) for number in numbers]
        return error if all(taken_back) else _left_in_queue(error, printer)

    def _taken_back(self, service: Service, number: int) -> bool:
        """Whether nothing is left in the queue that would be printed once more later on."""

        def cancel() -> bool:
            with suppress(Unavailable):
                return run(["cancel", str(number)]).returncode == 0
            return False

        return take_back(service, number, self._patience, cancel)


def _left_in_queue(error: Unavailable, printer: str) -> Unavailable:
    detail = error.problems[0].params.get("detail", ())
    return failed(printer, *detail, PrintTrouble.LEFT_IN_QUEUE)


def _service() -> Service:
    """Where ``lp`` sends to: the environment, the user's or the machine's client.conf say so."""
    return Service.named(run(["lpstat", "-H"]).stdout.strip(), encryption())


def _trays(printer: str) -> list[str]:
    """The printer's own words for its trays, its usual one marked with an asterisk."""
    for line in run(["lpoptions", "-p", printer, "-l"]).stdout.splitlines():
        option, _colon, choices = line.partition(":")
        if option.partition("/")[0] == _TRAYS:
            return [choice.lstrip("*") for choice in choices.split()]
    return []
