"""Stacks of letters printed one after the other, each remembered as soon as the printer took it."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.errors import Conflict, NotFound, Refused, Unavailable
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui import garbage
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.handing_over import print_pdf
from koba_desktop.gui.printing.settings import Batch
from koba_desktop.i18n import _
from koba_desktop.services.commands import HoldLetter, MarkPrinted, PrintedLetter
from koba_desktop.services.letters import printing
from koba_desktop.services.letters.kinds import PAPER
from koba_desktop.services.letters.reading import LetterView, letter_views
from koba_desktop.services.ports import PrintSettings

STACK = 50
"""Letters in one job of the printer: between two of them one can stop."""
_SLICE = 3
"""Letters prepared at a time: a preview asked for meanwhile waits for no more than these."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: letters that are done with of ``count``; ``printer`` is empty while a stack
    is being prepared. ``stopping``: it ends after the stack that is at the printer."""

    done: int
    count: int
    printer: str = ""
    stopping: bool = False


@dataclass(frozen=True, slots=True)
class PrintResult:
    """What became of a run.

    ``held`` were refused by the checks and say in the outbox what is to be clarified; ``blocked``
    may only be printed by the responsible advisor; ``overtaken`` were changed by somebody while
    they were being printed, so that their paper is not right any more; ``left`` were not printed,
    because a person stopped or because of ``failure``, the first of them to ``first_left``.
    ``unsaved`` are on paper, but it could not be remembered.
    """

    printed: int = 0
    held: tuple[str, ...] = ()
    blocked: int = 0
    overtaken: tuple[str, ...] = ()
    left: int = 0
    first_left: str = ""
    failure: Exception | None = None
    unsaved: int = 0


@dataclass(slots=True)
class _Stack:
    """The letters of one job. ``views`` are still to be prepared, ``copies`` are ready."""

    printer: str
    settings: PrintSettings
    letter_ids: tuple[UUID, ...]
    views: deque[LetterView]
    copies: list[printing.Copy]


class PrintRun(QObject):
    """Prints letters by printer, tray and sides. What the printer took is saved before the next
    stack begins: after a crash or a paper jam no more than one stack is printed twice."""

    progressed = Signal(object)  # Progress
    finished = Signal(object)  # PrintResult

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: deque[_Stack] = deque()
        self._stack: _Stack | None = None
        self._names: dict[UUID, str] = {}
        self._next_name = ""  # to whom the first letter goes that is not printed yet
        self._total = 0
        self._result = PrintResult()
        self._stopped = self._aborted = False
        self._unsaved: list[PrintedLetter] = []
        self._printable: tuple[LetterState, ...] = ()
        self.running = False
        desk.actor_changed.connect(self.stop)

    def start(self, batches: Iterable[Batch[UUID]], *, again: bool = False) -> None:
        """Begin; ``finished`` comes in any case. ``again``: they were printed before and are
        wanted once more; else what somebody else printed meanwhile is left out."""
        self._printable = PAPER if again else (LetterState.PENDING,)
        self._waiting = deque(
            _Stack(one.printer, one.settings, one.items[at : at + STACK], deque(), [])
            for one in batches
            for at in range(0, len(one.items), STACK)
        )
        self._total = sum(len(stack.letter_ids) for stack in self._waiting)
        self._names, self._next_name, self._result = {}, "", PrintResult()
        self._stopped = self._aborted = False
        self._actor = self._desk.actor
        self.running = True
        garbage.begin_heavy_work()
        self._next()

    def stop(self) -> None:
        """Let the stack at the printer finish, and no other begin; one that is only being prepared
        is left."""
        if self.running and not self._stopped:
            self._stopped = True
            self._tell()

    def abort(self) -> None:
        """Take back also what is at the printer, as far as it can be."""
        self.stop()
        self._aborted = True

    # --- one stack after the other ----------------------------------------------------------------

    def _next(self) -> None:
        self._stack = None
        if self._stopped or not self._waiting:
            self._finish()
            return
        if self._desk.outage.offline:  # nobody could remember that it is on paper
            self._finish(Unavailable("waits_for_server"))
            return
        stack = self._stack = self._waiting.popleft()
        self._tell()
        self._desk.ask(
            lambda view: letter_views(view, stack.letter_ids),
            lambda views: self._begin(stack, views),
            owner=self,
            failed=self._finish,
        )

    def _begin(self, stack: _Stack, views: Sequence[LetterView]) -> None:
        stack.views = deque(
            v for v in views if v.letter.state in self._printable and not v.overtaken
        )
        # printed, held, discarded, or about an appointment that moved since they were ticked
        self._total -= len(views) - len(stack.views)
        self._names = {view.letter.id: name_of(view) for view in stack.views}
        self._next_name = next(iter(self._names.values()), "")
        self._prepare(stack)

    def _prepare(self, stack: _Stack) -> None:
        """Archive copies of some letters, then of some more, then the stack itself."""
        if self._stopped:
            self._finish()
            return
        desk = self._desk
        if stack.views and printing.is_reprint(stack.views[0]):
            view = stack.views.popleft()
            self._make(
                lambda: printing.printed_again(desk.pages, view),
                lambda made: self._send(stack, made, lambda: self._prepare(stack)),
                lambda error: self._refuse((printing.Refusal(view, error),), stack),
            )
            return
        fresh: list[LetterView] = []
        while stack.views and len(fresh) < _SLICE and not printing.is_reprint(stack.views[0]):
            fresh.append(stack.views.popleft())
        if fresh:
            self._make(
                lambda: printing.archive_copies(desk.renderer, fresh),
                lambda made: self._prepared(stack, *made),
            )
        elif stack.copies:
            copies, stack.copies = stack.copies, []
            both_sides = stack.settings.duplex
            self._make(
                lambda: printing.stacked(desk.renderer, copies, both_sides=both_sides),
                lambda made: self._send(stack, made, self._next),
            )
        else:
            self._next()

    def _prepared(
        self, stack: _Stack, copies: list[printing.Copy], refused: list[printing.Refusal]
    ) -> None:
        stack.copies += copies
        garbage.collect_young()
        self._tell()
        self._refuse(refused, stack)

    def _refuse(self, refused: Sequence[printing.Refusal], stack: _Stack) -> None:
        self._hold(refused, lambda: self._prepare(stack))

    def _make(
        self,
        job: Callable[[], object],
        done: Callable[..., None],
        refused: Callable[[Refused], None] | None = None,
    ) -> None:
        def fail(error: Exception) -> None:
            if refused is not None and isinstance(error, Refused):
                refused(error)
            else:
                self._finish(error)

        self._desk.make(job, done, owner=self, failed=fail)

    # --- letters that cannot be printed -----------------------------------------------------------

    def _hold(self, refused: Sequence[printing.Refusal], then: Callable[[], None]) -> None:
        """Hold these with their reasons, one after the other."""
        if not refused:
            then()
            return
        (view, error), rest = (refused[0].view, refused[0].error), refused[1:]
        if error.code == "blocked_address":
            self._result = replace(self._result, blocked=self._result.blocked + 1)
            self._hold(rest, then)
            return
        if view.letter.state is not LetterState.PENDING:
            self._finish(error)
            return
        problem = error.problems[0]

        def held() -> None:
            names = (*self._result.held, name_of(view))
            self._result = replace(self._result, held=names)
            self._hold(rest, then)

        def fail(failure: Exception) -> None:
            if isinstance(failure, (Conflict, Refused, NotFound)):  # changed meanwhile: tried anew
                self._hold(rest, then)
            else:
                self._finish(failure)

        self._desk.execute(
            HoldLetter(
                letter_id=view.letter.id,
                version=view.letter.version,
                reason=printing.hold_reason_of(error),
                details=dict(problem.params) | {"where": problem.where},
            ),
            owner=self,
            done=lambda _receipt: held(),
            failed=fail,
            actor=self._actor,
        )

    # --- paper ------------------------------------------------------------------------------------

    def _send(self, stack: _Stack, made: printing.Stack, then: Callable[[], None]) -> None:
        def go_on() -> None:
            self._hold(made.refused, then)

        if not made.letters:
            go_on()
            return
        if self._stopped:
            self._finish()
            return
        desk, printers = self._desk, self._desk.printers
        self._next_name = self._names.get(made.letters[0].letter_id, "")
        self._tell(stack.printer)
        desk.hand_over(
            lambda: print_pdf(
                printers,
                made.pdf,
                files=desk.plain_files,
                printer=stack.printer,
                title=_("Letters"),
                name=str(made.letters[0].letter_id),
                settings=stack.settings,
                proceed=lambda: not (self._aborted or desk.tasks.closed),
            ),
            lambda _taken: self._record(made.letters, go_on),
            owner=self,
            failed=self._finish,
        )

    def _record(self, letters: Sequence[PrintedLetter], then: Callable[[], None]) -> None:
        """Remember that these are on paper; where somebody changed one meanwhile, the others."""

        def saved() -> None:
            self._count(len(letters))
            then()

        def fail(error: Exception) -> None:
            if not isinstance(error, (Conflict, Refused, NotFound)):
                self._unsaved = list(letters)
                self._finish(error)
            elif len(letters) > 1:
                self._record_singly(deque(letters), then)
            else:
                self._overtaken(letters[0])
                then()

        self._desk.execute(
            MarkPrinted(letters=tuple(letters)),
            owner=self,
            done=lambda _receipt: saved(),
            failed=fail,
            actor=self._actor,
        )

    def _record_singly(self, letters: deque[PrintedLetter], then: Callable[[], None]) -> None:
        if not letters:
            then()
            return
        self._record([letters.popleft()], lambda: self._record_singly(letters, then))

    def _overtaken(self, letter: PrintedLetter) -> None:
        names = (*self._result.overtaken, self._names.get(letter.letter_id, ""))
        self._result = replace(self._result, overtaken=names)

    def _count(self, printed: int) -> None:
        self._result = replace(self._result, printed=self._result.printed + printed)
        self._tell()

    def save_again(self, done: Callable[[int], None], failed: Callable[[Exception], None]) -> None:
        """Try once more to remember what is on paper already."""
        letters = tuple(self._unsaved)

        def saved() -> None:
            self._unsaved = []
            done(len(letters))

        self._desk.execute(
            MarkPrinted(letters=letters),
            owner=self,
            done=lambda _receipt: saved(),
            failed=failed,
            actor=self._actor,
        )

    # --- telling ----------------------------------------------------------------------------------

    def _tell(self, printer: str = "") -> None:
        result, stack = self._result, self._stack
        ready = len(stack.copies) if stack is not None else 0
        done = result.printed + len(result.held) + result.blocked + len(result.overtaken) + ready
        self.progressed.emit(Progress(done, self._total, printer, self._stopped))

    def _finish(self, failure: Exception | None = None) -> None:
        result = self._result
        over = result.printed + len(result.held) + result.blocked + len(result.overtaken)
        unsaved = len(self._unsaved)
        left = self._total - over - unsaved
        self._waiting.clear()
        self._stack = None
        self.running = False
        garbage.end_heavy_work()
        first = self._next_name if left else ""
        self.finished.emit(
            replace(result, left=left, first_left=first, failure=failure, unsaved=unsaved)
        )


def name_of(view: LetterView) -> str:
    """To whom a letter goes, as a message names it."""
    client = view.letter.data.get("client") or {}
    return str(client.get("name") or "")
