"""Following a document in the queue of Windows until it is printed, or is not.

A program that prints has done its part once the queue has the document. What comes of it, only the
queue tells: PrintManagement of PowerShell (Windows 8 and later). Its figures are those of the print
spooler (winspool.h: JOB_STATUS_*, PRINTER_STATUS_*).
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.system.printing.following import USUAL_PATIENCE, Patience
from koba_desktop.system.printing.powershell import PowerShell
from koba_desktop.system.printing.programs import Pauses, cancelled, failed

PRINTER, _DOCUMENT = "KOBA_PRINTER", "KOBA_DOCUMENT"
_FIRST_PAUSE, _LONGEST_PAUSE = 0.3, 5.0
_FIRST_LOOKS = 3  # in vain: this queue cannot be asked

# Programs name a job by the file, or by its whole path.
_OURS = (
    "$jobs = @(Get-PrintJob -PrinterName $env:KOBA_PRINTER | Where-Object { "
    "$_.DocumentName -eq $env:KOBA_DOCUMENT -or "
    "$_.DocumentName -like ('*\\' + "
    "[System.Management.Automation.WildcardPattern]::Escape($env:KOBA_DOCUMENT)) }); "
)
_LOOK = (
    "$ErrorActionPreference = 'Stop'; try { " + _OURS + "} catch { exit 3 }; "
    "$state = 0; try { $state = [int](Get-Printer -Name "
    "([System.Management.Automation.WildcardPattern]::Escape($env:KOBA_PRINTER))).PrinterStatus } "
    "catch { }; "
    "'{0} printer 0' -f $state; "
    "foreach ($j in $jobs) { "
    "'{0} {1} {2}' -f ([int]$j.JobStatus), $j.Id, ([int]$j.PagesPrinted) }"
)
_REMOVE = (
    "$ErrorActionPreference = 'Stop'; try { " + _OURS + "$jobs | Remove-PrintJob } catch { exit 4 }"
)

_JOB_PAUSED, _JOB_ERROR, _JOB_DELETING, _JOB_OFFLINE = 0x1, 0x2, 0x4, 0x20
_JOB_PAPER_OUT, _JOB_PRINTED, _JOB_DELETED, _JOB_BLOCKED = 0x40, 0x80, 0x100, 0x200
_JOB_INTERVENTION, _JOB_COMPLETE, _JOB_PRINTING = 0x400, 0x1000, 0x10
_OVER = _JOB_PRINTED | _JOB_COMPLETE
_REMOVED = _JOB_DELETING | _JOB_DELETED
# What somebody at the printer puts right, and it goes on.
_WAITS_FOR_SOMEBODY = _JOB_PAPER_OUT | _JOB_INTERVENTION
_PRINTER_PAUSED = 0x1
# In the order in which they tell most.
_COMPLAINTS = (
    (0x8, PrintTrouble.JAMMED),
    (0x10, PrintTrouble.NO_PAPER),
    (0x400000, PrintTrouble.OPEN),
    (0x40000, PrintTrouble.NO_TONER),
    (0x80, PrintTrouble.NOT_REACHED),
)


@dataclass(frozen=True, slots=True)
class _Look:
    """``printer`` and ``job`` are states; ``job`` None: it is not (any more) in the queue."""

    printer: int
    job: int | None
    pages: int


class WindowsQueue:
    def __init__(
        self, powershell: PowerShell | None = None, patience: Patience = USUAL_PATIENCE
    ) -> None:
        self._powershell = powershell or PowerShell()
        self._patience = patience

    def follow(self, printer: str, document: str, proceed: Callable[[], bool]) -> None:
        """Return once the document has left the queue; ``document`` is a name that no other job
        has. One that was removed there, or that does not get on, was not printed: raises
        Unavailable ``print_failed``, and ``print_cancelled`` where ``proceed`` says no; it then
        still has to be withdrawn.

        A queue that cannot be asked at all is believed to print what it took.
        """
        pauses = Pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
        before: _Look | None = None
        since = answered = time.monotonic()
        in_vain = 0
        while True:
            if not proceed():
                raise cancelled(printer)
            look = self._look(printer, document)
            now = time.monotonic()
            if look is None:
                in_vain += 1
                if before is None and in_vain == _FIRST_LOOKS:
                    return
                if before is not None and now - answered >= self._patience.service:
                    raise failed(printer, PrintTrouble.SERVICE_AWAY, "Get-PrintJob")
            elif _is_printed(look, printer):
                return
            else:
                answered = now
                since = since if look == before else now
                before = look
                if now - since >= self._limit(look):
                    raise failed(printer, *(_reported(look) or [PrintTrouble.STALLED]))
            pauses.wait()

    def withdrawn(self, error: Unavailable, printer: str, document: str) -> Unavailable:
        """Take a document out of the queue that is not to be printed any more; why it is not, with
        a word on what could not be taken out."""
        if self._taken_back(printer, document):
            return error
        detail = error.problems[0].params.get("detail", ())
        return failed(printer, *detail, PrintTrouble.LEFT_IN_QUEUE)

    def _limit(self, look: _Look) -> float:
        """For how many seconds nothing may change. A document behind those of others waits."""
        waits = not _reported(look) and not ((look.job or 0) & _JOB_PRINTING)
        patience = self._patience
        return patience.queued if waits else patience.printing + patience.a_page * look.pages

    def _look(self, printer: str, document: str) -> _Look | None:
        """None where the queue does not answer."""
        asked = {PRINTER: printer, _DOCUMENT: document}
        try:
            told = self._powershell.asked(_LOOK, asked)
            lines = [line.split() for line in told.stdout.splitlines() if line.strip()]
            states = [(int(state), int(pages)) for state, _what, pages in lines]
        except (Unavailable, ValueError):
            return None
        if told.returncode or not states:
            return None
        (about_printer, _none), *jobs = states
        if not jobs:
            return _Look(about_printer, None, 0)
        job = 0
        for state, _pages in jobs:
            job |= state
        return _Look(about_printer, job, sum(pages for _state, pages in jobs))

    def _taken_back(self, printer: str, document: str) -> bool:
        """Whether nothing is left in the queue that would be printed later on."""
        pauses = Pauses(_FIRST_PAUSE, _LONGEST_PAUSE)
        until = time.monotonic() + self._patience.service
        while True:
            with suppress(Unavailable):
                self._powershell.asked(_REMOVE, {PRINTER: printer, _DOCUMENT: document})
            look = self._look(printer, document)
            if look is not None and (look.job is None or look.job & _OVER):
                return True
            if time.monotonic() >= until:
                return False
            pauses.wait()


def _is_printed(look: _Look, printer: str) -> bool:
    """Raises Unavailable ``print_failed`` where it is known that it will not be."""
    job = look.job
    if job is None or job & _OVER:
        return True
    if job & _REMOVED:
        raise failed(printer, PrintTrouble.CANCELLED)
    if job & _WAITS_FOR_SOMEBODY:
        return False
    if look.printer & _PRINTER_PAUSED:
        raise failed(printer, PrintTrouble.STOPPED, *_reported(look))
    if job & _JOB_PAUSED:
        raise failed(printer, PrintTrouble.HELD)
    if job & (_JOB_ERROR | _JOB_BLOCKED | _JOB_OFFLINE):
        raise failed(printer, *(_reported(look) or [PrintTrouble.ABORTED]))
    return False


def _reported(look: _Look) -> list[PrintTrouble]:
    """What printer and job complain of."""
    found = [trouble for bit, trouble in _COMPLAINTS if look.printer & bit]
    job = look.job or 0
    if job & _JOB_PAPER_OUT:
        found.append(PrintTrouble.NO_PAPER)
    if job & _JOB_OFFLINE:
        found.append(PrintTrouble.NOT_REACHED)
    return list(dict.fromkeys(found))
