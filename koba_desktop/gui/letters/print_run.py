"""Stacks of letters printed one after the other, each remembered as soon as the printer took it."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.gui import garbage
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.holding import Became, hold
from koba_desktop.gui.letters.print_result import PrintResult, Progress
from koba_desktop.gui.letters.recording import Recorded, Recorder
from koba_desktop.gui.letters.stacks import Stack, stacks_of
from koba_desktop.gui.printing.handing_over import may_still_print, print_pdf
from koba_desktop.gui.printing.settings import PrinterShare
from koba_desktop.i18n import _
from koba_desktop.services.commands import (
    ClaimLetters,
    Command,
    PrintedLetter,
    ReleaseClaims,
    SeenLetter,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters import printing
from koba_desktop.services.letters.claiming import (
    LeftOut,
    WhyNot,
    claimed_of,
    lost_of,
    recipient_of,
)
from koba_desktop.services.letters.reading import LetterView

STACK = 50
"""Letters in one job of the printer: between two of them one can stop."""
_SLICE = 3
"""Letters prepared at a time: a preview asked for meanwhile waits for no more than these."""


class PrintRun(QObject):
    """Prints letters by printer, tray and sides. Each stack is claimed before the printer gets it,
    and saved before the next one begins: no other PC prints it, and after a crash it is known
    which sheets are to be looked for."""

    progressed = Signal(object)  # Progress
    finished = Signal(object)  # PrintResult
    caught_up = Signal(object)  # Recorded: of what an earlier run could not save

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.recorder = Recorder(desk, self)
        self._waiting: deque[Stack] = deque()
        self._stack: Stack | None = None
        self._names: dict[UUID, str] = {}
        self._open: dict[UUID, None] = {}  # the letters nothing has become of yet, in their order
        self._total = 0
        self.progress = Progress(0, 0)  # as it was told last
        self._result = PrintResult()
        self._stopped = self._aborted = False
        self._id = new_id()
        self.running = False
        desk.actor_changed.connect(self.stop)

    @property
    def claims(self) -> frozenset[UUID]:
        """The runs of this window that are not over: what they claimed is at the printer, or on
        paper and not saved."""
        return self.recorder.runs | ({self._id} if self.running else frozenset())

    def start(self, batches: Iterable[PrinterShare[UUID]], *, again: bool = False) -> None:
        """Begin; ``finished`` comes in any case. ``again``: they were printed before and are
        wanted once more; else what somebody else printed meanwhile is left out. What is on paper
        already and not saved yet is saved first, and not printed again."""
        self._id = new_id()
        self._result = PrintResult(again=again)
        self._stopped = self._aborted = False
        self._actor = self._desk.actor
        self.running = True
        self._desk.printing = self
        garbage.begin_heavy_work()
        on_paper = frozenset(self.recorder.unsaved)
        stacks = stacks_of(batches, STACK, without=() if again else on_paper)
        self._waiting = deque(stacks)
        self._open = {each: None for stack in stacks for each in stack.letter_ids}
        self._total = len(self._open)
        if on_paper:
            self.recorder.save(self._begin_after)
        else:
            self._next()

    def _begin_after(self, earlier: Recorded) -> None:
        self.caught_up.emit(earlier)
        if earlier.failure is not None:
            self._finish(earlier.failure)
        else:
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

    def names(self, letter_ids: Iterable[UUID]) -> tuple[str, ...]:
        """To whom letters of the last run go."""
        return tuple(self._names.get(each, "") for each in letter_ids)

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
        again = self._result.again
        self._tell()
        self._desk.ask(
            lambda view: printing.views_to_print(view, stack.letter_ids, run=self._id, again=again),
            lambda found: self._begin(stack, *found),
            owner=self,
            failed=self._finish,
        )

    def _begin(
        self, stack: Stack, views: Sequence[LetterView], left_out: Sequence[LeftOut]
    ) -> None:
        stack.views = deque(views)
        self._names |= {view.letter.id: recipient_of(view.letter) for view in views}
        self._names |= {one.letter_id: one.name for one in left_out}
        self._leave_out(left_out)
        self._prepare(stack)

    def _prepare(self, stack: Stack) -> None:
        """Archive copies of some letters, then of some more, then the stack itself."""
        if self._stopped:
            self._finish()
            return
        desk = self._desk
        if stack.views and printing.is_reprint(stack.views[0]):
            view = stack.views.popleft()
            desk.make(
                lambda: printing.printed_again(
                    desk.renderer, desk.pages, view, both_sides=stack.settings.duplex
                ),
                lambda made: self._hand_over(stack, made, lambda: self._prepare(stack)),
                owner=self,
                failed=lambda error: self._refuse(stack, view, error),
            )
            return
        fresh: list[LetterView] = []
        while stack.views and len(fresh) < _SLICE and not printing.is_reprint(stack.views[0]):
            fresh.append(stack.views.popleft())
        if fresh:
            desk.make(
                lambda: printing.archive_copies(desk.renderer, fresh),
                lambda made: self._prepared(stack, *made),
                owner=self,
                failed=self._finish,
            )
        elif stack.copies:
            self._lay(stack, lambda made: self._claim(stack, made), self._finish)
        elif self._is_helpless(stack.refused):
            self._finish(stack.refused[0].error)
        else:
            self._hold(stack)

    def _refuse(self, stack: Stack, view: LetterView, error: Exception) -> None:
        if isinstance(error, OfficeError):
            stack.refused.append(printing.Refusal(view, error))
            self._prepare(stack)
        else:
            self._finish(error)

    def _prepared(
        self, stack: Stack, copies: list[printing.Copy], refused: list[printing.Refusal]
    ) -> None:
        stack.copies += copies
        stack.refused += refused
        garbage.collect_young()
        self._tell()
        self._prepare(stack)

    def _lay(
        self,
        stack: Stack,
        then: Callable[[printing.PrintJob], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """One PDF of the copies that are ready."""
        renderer, copies = self._desk.renderer, tuple(stack.copies)
        both_sides = stack.settings.duplex
        self._desk.make(
            lambda: printing.stacked(renderer, copies, both_sides=both_sides),
            then,
            owner=self,
            failed=failed,
        )

    def _is_helpless(self, refused: Sequence[printing.Refusal]) -> bool:
        """Whether it is not the letters: the program lacks what it sets any of them with."""
        return (
            bool(refused)
            and not self._result.printed
            and all(
                isinstance(one.error, Unavailable) and one.error.code != "render_failed"
                for one in refused
            )
        )

    # --- letters that are not printed -------------------------------------------------------------

    def _hold(self, stack: Stack) -> None:
        """The last of a stack: what could not be printed waits with its reason."""
        hold(
            self._desk,
            self,
            stack.refused,
            self._actor,
            each=self._on_refused,
            then=self._next,
            failed=self._finish,
        )

    def _on_refused(self, refusal: printing.Refusal, became: Became) -> None:
        letter_id, result = refusal.view.letter.id, self._result
        name = self._names.get(letter_id, "")
        match became:
            case Became.HELD:
                self._settle([letter_id], held=(*result.held, name))
            case Became.BLOCKED:
                self._settle([letter_id], blocked=result.blocked + 1)
            case Became.STAYED:
                self._settle([letter_id], refused=(*result.refused, (name, refusal.error)))
            case Became.CHANGED:
                self._leave_out([LeftOut(letter_id, WhyNot.CHANGED)])

    def _leave_out(self, left_out: Sequence[LeftOut]) -> None:
        told = tuple((self._names.get(one.letter_id, ""), one.why) for one in left_out)
        ids = [one.letter_id for one in left_out]
        self._settle(ids, left_out=(*self._result.left_out, *told))

    # --- whose letters these are ------------------------------------------------------------------

    def _claim(self, stack: Stack, made: printing.PrintJob) -> None:
        """Nobody else prints these from now on. Where somebody was quicker with some of them, the
        stack is made anew without them."""
        stack.refused += made.refused
        stack.keep({each.letter_id for each in made.letters})
        if self._stopped:
            self._finish()
            return
        if self._result.again or not made.letters:
            self._hand_over(stack, made, lambda: self._hold(stack))
            return
        self._execute(
            ClaimLetters(
                run=self._id,
                printer=stack.printer,
                letters=tuple(
                    SeenLetter(letter_id=one.letter_id, version=one.version) for one in made.letters
                ),
            ),
            lambda receipt: self._claimed(stack, made, receipt.result),
            lambda error: self._give_back(made.letters, error, at_printer=False),
        )

    def _claimed(self, stack: Stack, made: printing.PrintJob, result: dict[str, Any]) -> None:
        versions = claimed_of(result)
        lost = lost_of(result)
        self._leave_out(lost)

        def go_on(made: printing.PrintJob) -> None:
            self._hand_over(stack, made.claimed(versions), lambda: self._hold(stack))

        stack.keep(versions)
        if lost and stack.copies:
            self._lay(
                stack, go_on, lambda error: self._give_back(made.letters, error, at_printer=False)
            )
        elif stack.copies:
            go_on(made)
        else:
            self._hold(stack)

    def _give_back(
        self,
        letters: Sequence[PrintedLetter],
        failure: Exception | None,
        *,
        at_printer: bool = True,
    ) -> None:
        """Nothing came out: these are to be printed as before. Where the printer may still print
        them, or that cannot be said, they stay claimed until somebody has looked."""
        ids = tuple(each.letter_id for each in letters)

        def unsure() -> None:
            if at_printer:
                self._settle(ids, unsure=self._result.unsure + len(ids))
            self._finish(failure)

        if self._result.again:
            self._finish(failure)
        elif at_printer and failure is not None and may_still_print(failure):
            unsure()
        else:
            self._execute(
                ReleaseClaims(run=self._id, letter_ids=ids),
                lambda _receipt: self._finish(failure),
                lambda _error: unsure(),
            )

    # --- paper ------------------------------------------------------------------------------------

    def _hand_over(self, stack: Stack, made: printing.PrintJob, then: Callable[[], None]) -> None:
        """To the printer, and remembered once it took them."""
        if not made.letters:
            then()
            return
        if self._stopped:
            self._give_back(made.letters, None)
            return
        desk, printers = self._desk, self._desk.printers
        stack.copies = []
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
            lambda _taken: self._record(made.letters, then),
            owner=self,
            failed=lambda error: self._give_back(made.letters, error),
        )

    def _record(self, letters: Sequence[PrintedLetter], then: Callable[[], None]) -> None:
        """Remember that these are on paper."""

        def done(recorded: Recorded) -> None:
            self._settle(
                [*recorded.saved, *recorded.overtaken],
                printed=self._result.printed + len(recorded.saved),
                overtaken=(*self._result.overtaken, *self.names(recorded.overtaken)),
            )
            if recorded.failure is not None:
                unsaved = self.recorder.unsaved
                self._settle(unsaved, unsaved=len(unsaved))
                self._finish(recorded.failure)
            else:
                then()

        again = self._result.again
        self.recorder.record(letters, run=self._id, actor=self._actor, again=again, done=done)

    # --- telling ----------------------------------------------------------------------------------

    def _execute(
        self,
        command: Command,
        done: Callable[[Receipt], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._desk.execute(command, owner=self, done=done, failed=failed, actor=self._actor)

    def _settle(self, letter_ids: Iterable[UUID], **told: Any) -> None:
        """Something has become of these letters."""
        for each in letter_ids:
            self._open.pop(each, None)
        self._result = replace(self._result, **told)
        self._tell(self.progress.printer)

    def _tell(self, printer: str = "") -> None:
        ready = len(self._stack.copies) if self._stack is not None else 0
        done = self._total - len(self._open) + ready
        self.progress = Progress(done, self._total, printer, self._stopped)
        self.progressed.emit(self.progress)

    def _finish(self, failure: Exception | None = None) -> None:
        left = tuple(self._open)
        self._waiting.clear()
        self._stack = None
        self.running = False
        self._desk.printing = None
        garbage.end_heavy_work()
        first = self._names.get(left[0], "") if left else ""
        self.finished.emit(replace(self._result, left=left, first_left=first, failure=failure))
