"""Following a job of the printing service until the printer took all of it, or did not."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.system.printing.ipp import Gone, Service, ServiceAway, Values
from koba_desktop.system.printing.programs import Pauses, cancelled, failed, missing


@dataclass(frozen=True, slots=True)
class Patience:
    """For how many seconds nothing may change before a job is given up.

    ``printing`` and ``a_page`` more for each page the job is known to have: a printer that reports
    nothing while it works is not a printer that fails, and paper may be refilled meanwhile.
    ``queued`` behind the jobs of others. ``service`` without an answer of the printing service.
    """

    printing: float = 300.0
    a_page: float = 6.0
    queued: float = 1800.0
    service: float = 30.0


USUAL_PATIENCE = Patience()


class _Job(IntEnum):
    """RFC 8011, 5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


_OVER = frozenset({_Job.CANCELED, _Job.ABORTED, _Job.COMPLETED})
_PRINTER_STOPPED = 5
_ABOUT_JOB = (
    "job-state",
    "job-state-reasons",
    "job-printer-state-message",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "time-at-processing",
)
_ABOUT_PRINTER = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
)
# RFC 8011, 5.4.12; in the order in which they tell most.
_REASONS = {
    "media-jam": PrintTrouble.JAMMED,
    "media-empty": PrintTrouble.NO_PAPER,
    "media-needed": PrintTrouble.NO_PAPER,
    "cover-open": PrintTrouble.OPEN,
    "door-open": PrintTrouble.OPEN,
    "toner-empty": PrintTrouble.NO_TONER,
    "marker-supply-empty": PrintTrouble.NO_TONER,
    "offline": PrintTrouble.NOT_REACHED,
    "shutdown": PrintTrouble.NOT_REACHED,
    "timed-out": PrintTrouble.NOT_REACHED,
    "connecting-to-device": PrintTrouble.NOT_REACHED,
}
_SEVERITIES = ("-error", "-warning", "-report")


def require_ready(service: Service, printer: str) -> None:
    """Raises Unavailable where a job would only wait: ``printer_missing``, ``print_failed``."""
    try:
        told = service.printer(printer, *_ABOUT_PRINTER)
    except Gone:
        raise missing(printer) from None
    except ServiceAway as error:
        raise failed(printer, PrintTrouble.SERVICE_AWAY, str(error)) from error
    trouble = _of_printer(told)
    if trouble:
        raise failed(printer, *trouble)


def follow(
    service: Service,
    printer: str,
    number: int,
    *,
    patience: Patience,
    remembers: bool,
    proceed: Callable[[], bool],
) -> None:
    """Return once the job is completed. Raises Unavailable where it will not be, or where
    ``proceed`` says no; the job then still has to be taken back.

    ``remembers``: before this job the service knew others that were over. From such a service
    a job only vanishes because somebody removed it. One that forgets a job at once when it is over
    does not tell how it ended: where its printer is in order, the job counts as printed.
    """
    pauses = Pauses()
    clock = _Clock(patience)
    began: int | str | None = None
    words: list[str] = []
    seen = False
    while True:
        if not proceed():
            raise cancelled(printer)
        try:
            job = _job(service, number)  # first: a job goes along with its printer
            told = service.printer(printer, *_ABOUT_PRINTER)
        except Gone:
            raise missing(printer) from None
        except ServiceAway as error:
            if clock.service_is_lost():
                raise failed(printer, PrintTrouble.SERVICE_AWAY, str(error)) from error
            pauses.wait()
            continue
        printer_trouble = _of_printer(told)
        if job is None:
            if printer_trouble:
                raise failed(printer, *printer_trouble)
            if seen and (remembers or has_history(service)):
                raise failed(printer, PrintTrouble.CANCELLED, *words)
            return
        seen = True
        if job["job-state"][0] == _Job.COMPLETED:
            return
        words = _words(job) or words  # what it said before it begins anew
        trouble = printer_trouble or _of_job(job, began)
        if trouble:
            raise failed(printer, *trouble, *words)
        began = began or _first(job, "time-at-processing")
        if clock.is_over(told, job):
            raise failed(printer, *(_reported(told) or [PrintTrouble.STALLED]), *words)
        pauses.wait()


def has_history(service: Service) -> bool:
    """Whether the service is known to remember jobs that are over."""
    try:
        return service.remembers()
    except (Gone, ServiceAway):
        return False


def is_gone(service: Service, printer: str) -> bool:
    """Whether the service does not know the printer (any more)."""
    try:
        service.printer(printer, "printer-state")
    except Gone:
        return True
    except ServiceAway:
        return False
    return False


def take_back(
    service: Service, number: int, patience: Patience, cancel: Callable[[], bool]
) -> bool:
    """Wait until a job is out of the queue; False where it stays. ``cancel`` asks for that and
    tells whether the service heard it: one that was away is asked again."""
    pauses = Pauses()
    heard = cancel()
    until = time.monotonic() + patience.service
    while True:
        try:
            job = _job(service, number)
            if job is None or job["job-state"][0] in _OVER:
                return True
            heard = heard or cancel()
        except ServiceAway:
            pass
        if time.monotonic() >= until:
            return False
        pauses.wait()


class _Clock:
    """For how long nothing has changed."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._seen: object = None
        self._since = self._answered = time.monotonic()

    def is_over(self, printer: Values, job: Values) -> bool:
        now = self._answered = time.monotonic()
        seen = (dict(printer), {name: job.get(name) for name in _ABOUT_JOB})
        if seen != self._seen:
            self._seen, self._since = seen, now
        waits = job["job-state"][0] == _Job.PENDING and not _reported(printer)
        pages = max(
            int(_first(job, "job-impressions-completed") or 0),
            int(_first(job, "job-media-sheets-completed") or 0),
        )
        limit = self._patience.printing + self._patience.a_page * pages
        return now - self._since >= (self._patience.queued if waits else limit)

    def service_is_lost(self) -> bool:
        return time.monotonic() - self._answered >= self._patience.service


def _job(service: Service, number: int) -> Values | None:
    try:
        return service.job(number, *_ABOUT_JOB)
    except Gone:
        return None


def _of_printer(told: Values) -> list[PrintTrouble | str]:
    """What keeps a queue from printing at all."""
    if _first(told, "printer-is-accepting-jobs") == 0:
        return [PrintTrouble.REJECTING]
    if _first(told, "printer-state") == _PRINTER_STOPPED:
        return [PrintTrouble.STOPPED, *_reported(told)]
    return []


def _of_job(job: Values, began: int | str | None) -> list[PrintTrouble | str]:
    """Why the job will not be printed. One that begins anew, or waits again after it began, has
    failed once: it is not tried until somebody notices."""
    state = job["job-state"][0]
    if state == _Job.ABORTED:
        return [PrintTrouble.ABORTED]
    if state == _Job.CANCELED:
        return [PrintTrouble.CANCELLED]
    started = _first(job, "time-at-processing")
    if (started and state in (_Job.PENDING, _Job.HELD)) or (began and began != started):
        return [PrintTrouble.ABORTED]
    if state == _Job.HELD:
        return [PrintTrouble.HELD]
    return [PrintTrouble.STOPPED] if state == _Job.STOPPED else []


def _reported(told: Values) -> list[PrintTrouble | str]:
    """What the printer itself complains of."""
    complaints = set()
    for reason in told.get("printer-state-reasons", ()):
        keyword = str(reason)
        for severity in _SEVERITIES:
            keyword = keyword.removesuffix(severity)
        complaints.add(keyword)
    return list(dict.fromkeys(_REASONS[each] for each in _REASONS if each in complaints))


def _words(job: Values) -> list[str]:
    said = str(_first(job, "job-printer-state-message") or "").strip()
    return [said] if said else []


def _first(values: Values, name: str) -> int | str | None:
    return values[name][0] if values.get(name) else None
