"""A batch of letters printed one after the other, each remembered as soon as it is on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.errors import OfficeError, Refused, Unavailable
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.dispatch import hold_reason, send
from koba_desktop.i18n import _
from koba_desktop.services.commands import HoldLetter, MarkPrinted, PrintedLetter
from koba_desktop.services.letters.outbox import LetterView, letter_views

_PRINTABLE = (LetterState.PENDING, LetterState.PRINTED, LetterState.POSTED)


@dataclass(frozen=True, slots=True)
class PrintResult:
    """What became of a batch.

    ``held`` were refused by the checks and say in the outbox what is to be clarified; ``blocked``
    may only be printed by the responsible advisor; ``left`` were not tried, because a person
    stopped or because of ``failure``. ``unsaved``: the failure came after the paper.
    """

    printed: int
    held: int
    blocked: int
    left: int
    failure: Exception | None = None
    unsaved: bool = False


class PrintRun(QObject):
    """Prints letters in their order. Between two letters it can be stopped, and what is printed
    is saved before the next begins: after a crash or a paper jam nothing is printed twice."""

    progressed = Signal(int, int)  # the number of the letter at the printer, of how many
    finished = Signal(object)  # PrintResult

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: list[UUID] = []
        self._total = 0
        self._printer = ""
        self._printed = self._held = self._blocked = 0
        self._stopped = False
        self.running = False

    def start(self, letter_ids: Sequence[UUID], printer: str) -> None:
        """Begin; ``finished`` comes in any case."""
        self._waiting = list(letter_ids)
        self._total = len(letter_ids)
        self._printer = printer
        self._printed = self._held = self._blocked = 0
        self._stopped = False
        self.running = True
        self._next()

    def stop(self) -> None:
        """Let the letter at the printer finish, and no other begin."""
        self._stopped = True

    def _next(self) -> None:
        if self._stopped or not self._waiting:
            self._finish()
            return
        if self._desk.outage.offline:  # nobody could remember that it is on paper
            self._finish(Unavailable("waits_for_server"))
            return
        letter_id = self._waiting.pop(0)
        self.progressed.emit(self._total - len(self._waiting), self._total)
        self._desk.ask(
            lambda view: letter_views(view, (letter_id,))[0],
            self._send,
            owner=self,
            failed=self._give_up,
        )

    def _send(self, view: LetterView) -> None:
        if view.letter.state not in _PRINTABLE:  # held or discarded since it was ticked
            self._next()
            return
        self._desk.make(
            lambda: send(
                self._desk.renderer,
                self._desk.pages,
                self._desk.printers,
                view,
                printer=self._printer,
                title=_("Letters"),
            ),
            self._record,
            owner=self,
            failed=lambda error: self._refused(view, error),
        )

    def _record(self, printed: PrintedLetter) -> None:
        def saved() -> None:
            self._printed += 1
            self._next()

        self._desk.execute(
            MarkPrinted(letters=(printed,)),
            owner=self,
            done=lambda _receipt: saved(),
            failed=lambda error: self._finish(error, unsaved=True),
        )

    def _refused(self, view: LetterView, error: Exception) -> None:
        if not isinstance(error, Refused):
            self._give_up(error)
        elif error.code == "blocked_address":
            self._blocked += 1
            self._next()
        elif view.letter.state is LetterState.PENDING:
            self._hold(view, error)
        else:
            self._give_up(error)

    def _hold(self, view: LetterView, error: OfficeError) -> None:
        problem = error.problems[0]

        def held() -> None:
            self._held += 1
            self._next()

        self._desk.execute(
            HoldLetter(
                letter_id=view.letter.id,
                version=view.letter.version,
                reason=hold_reason(error),
                details=dict(problem.params) | {"where": problem.where},
            ),
            owner=self,
            done=lambda _receipt: held(),
            failed=self._give_up,
        )

    def _give_up(self, error: Exception) -> None:
        """The letter just tried is left as well."""
        self._finish(error, tried=1)

    def _finish(
        self, failure: Exception | None = None, *, tried: int = 0, unsaved: bool = False
    ) -> None:
        left = len(self._waiting) + tried
        self._waiting = []
        self.running = False
        self.finished.emit(
            PrintResult(self._printed, self._held, self._blocked, left, failure, unsaved)
        )
