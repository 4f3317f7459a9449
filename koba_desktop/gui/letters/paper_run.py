"""Printing from the outbox: what is ticked, where it goes, and what is said about it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters import print_words, wording
from koba_desktop.gui.letters.checking import Checker
from koba_desktop.gui.letters.foot import PrintFoot
from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.pane import LetterPane, ShownPdf
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.gui.letters.print_result import PrintResult, Progress
from koba_desktop.gui.letters.print_run import PrintRun
from koba_desktop.gui.letters.recording import Recorded
from koba_desktop.gui.printing.settings import PrinterShare, grouped, no_printer
from koba_desktop.gui.widgets import InlineMessage, Level
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.messages import describe
from koba_desktop.services.letters.claiming import recipient_of
from koba_desktop.services.letters.outbox import OutboxItem
from koba_desktop.services.letters.reading import LetterView, letter_views

T = TypeVar("T")


class PaperRun(QObject):
    """Takes letters to the printer, or into one PDF to look at. ``begun`` and ``ended`` tell that
    the print action is another."""

    begun = Signal()
    ended = Signal()

    def __init__(
        self,
        desk: Desk,
        model: OutboxModel,
        foot: PrintFoot,
        pane: LetterPane,
        note: InlineMessage,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._model = model
        self._foot = foot
        self._pane = pane
        self._note = note
        self._kinds: dict[UUID, LetterKind] = {}  # of the letters of the last run
        self._looked_up = 0  # the number of the stack being made for the preview
        self.checker = Checker(desk, self)
        self.checker.changed.connect(self.count)
        model.checked = self.checker.of
        self.run = PrintRun(desk, self)
        self.run.progressed.connect(self._on_progress)
        self.run.finished.connect(self._on_finished)
        self.run.caught_up.connect(self._on_caught_up)
        foot.progress.stop_wanted.connect(self.run.stop)
        foot.progress.abort_wanted.connect(self.run.abort)
        foot.place.changed.connect(self.count)

    @property
    def running(self) -> bool:
        return self.run.running

    def count(self) -> None:
        """Say again what would be printed where."""
        ticked = self._model.ticked(Pile.PRINT)
        self._foot.show_batches(
            self._batches(ticked, lambda item: item.row.kind), self.checker.findings(ticked)
        )

    def check(self) -> None:
        """Try what waits to be printed, while nobody prints."""
        if not self.running:
            self.checker.want(self._model.items(Pile.PRINT))

    def _batches(
        self, items: Iterable[T], kind_of: Callable[[T], LetterKind]
    ) -> tuple[PrinterShare[T], ...]:
        """By printer, tray and sides; a kind nobody has chosen a printer for goes to the one shown
        in the print bar."""
        usual = self._foot.place.usual
        return tuple(
            one if one.printer else replace(one, printer=usual) for one in grouped(items, kind_of)
        )

    # --- printing ---------------------------------------------------------------------------------

    def print_ticked(self) -> None:
        self._print_items(self._model.ticked(Pile.PRINT), again=False)

    def print_again(self, items: Sequence[OutboxItem]) -> None:
        """Print once more what was printed before."""
        self._print_items(items, again=True)

    def _print_items(self, items: Sequence[OutboxItem], *, again: bool) -> None:
        if not self.running:
            self._kinds = {item.row.id: item.row.kind for item in items}
            self._print(tuple(self._kinds), again=again)

    def _print(self, letter_ids: Sequence[UUID], *, again: bool) -> None:
        if not letter_ids or self.running:
            return
        batches = self._batches(letter_ids, self._kinds.__getitem__)
        if not all(one.printer for one in batches):
            self._note.show_message(
                no_printer(),
                Level.WARNING,
                link=_("Search again"),
                action=self._foot.place.search,
            )
            return
        self._note.clear()
        self.run.start(batches, again=again)
        self.begun.emit()

    def _on_progress(self, progress: Progress) -> None:
        self._foot.progress.show_progress(progress)

    def _on_finished(self, result: PrintResult) -> None:
        self.ended.emit()
        self._foot.progress.hide()
        if result.printed:
            self._desk.message.emit(print_words.printed(result.printed), False)
        text = print_words.result(result)
        if text:
            serious = result.failure is not None or result.unsaved or result.overtaken
            link, action = "", None
            if self.run.recorder.unsaved:
                link, action = _("Save once more"), self._save_again
            elif result.left:
                link = _("Print the rest")

                def action() -> None:
                    self._print(result.left, again=result.again)

            self._note.show_message(
                text, Level.ERROR if serious else Level.WARNING, link=link, action=action
            )
        if isinstance(result.failure, Unavailable):
            self._foot.place.search()  # the one chosen may be gone, another may be there
        elif result.failure is not None and not isinstance(result.failure, OfficeError):
            self._desk.problem.emit(result.failure)

    # --- what could not be saved ------------------------------------------------------------------

    def _save_again(self) -> None:
        self._note.clear()
        self.run.recorder.save(self._on_saved_again)

    def _on_saved_again(self, recorded: Recorded) -> None:
        self._on_caught_up(recorded)
        text, link, action = (
            print_words.changed_while_printed(self.run.names(recorded.overtaken)),
            "",
            None,
        )
        if isinstance(recorded.failure, OfficeError):
            text = " ".join(part for part in (describe(recorded.failure), text) if part)
            link, action = _("Save once more"), self._save_again
        elif recorded.failure is not None:
            self._desk.problem.emit(recorded.failure)
        if text:
            self._note.show_message(text, Level.ERROR, link, action)
        else:
            self._note.clear()

    def _on_caught_up(self, recorded: Recorded) -> None:
        if recorded.saved:
            self._desk.message.emit(print_words.printed(len(recorded.saved)), False)

    # --- one PDF to look at -----------------------------------------------------------------------

    def view_ticked(self) -> None:
        """The ticked letters as they would be printed, in one PDF beside the list."""
        ids = [item.row.id for item in self._model.ticked(Pile.PRINT)]
        if not ids:
            return
        self._looked_up += 1
        number = self._looked_up
        self._note.show_message(
            ngettext(
                "{n} letter is being laid out …", "{n} letters are being laid out …", len(ids)
            ).format(n=len(ids)),
            link=_("Cancel"),
            action=self._cancel_view,
        )
        self._desk.ask(
            lambda view: letter_views(view, ids),
            lambda views: self._lay_out(views, number),
            owner=self,
            key="stack",
            failed=self._on_not_viewed,
        )

    def _cancel_view(self) -> None:
        self._looked_up += 1
        self._note.clear()

    def _lay_out(self, views: Sequence[LetterView], number: int) -> None:
        renderer = self._desk.renderer
        shown = [view for view in views if not view.blocked]

        def make() -> tuple[ShownPdf | None, int]:
            batch = renderer.render_batch(
                (view.source for view in shown), lambda _n: number == self._looked_up
            )
            windows, names = {}, []
            for view, placed in zip(shown, batch.letters, strict=False):
                if placed.pages:
                    windows[placed.first_page] = renderer.window(view.letter.data)
                    names += [recipient_of(view.letter)] * placed.pages
            missing = len(views) - len(windows)
            if not names:
                return None, missing
            return ShownPdf(batch.pdf, len(names), windows, tuple(names)), missing

        self._desk.make(
            make,
            lambda made: self._show_stack(number, *made),
            owner=self,
            key="stack",
            failed=self._on_not_viewed,
        )

    def _show_stack(self, number: int, paper: ShownPdf | None, missing: int) -> None:
        if number != self._looked_up:
            return
        self._note.clear()
        if missing:
            self._note.show_message(wording.not_in_pdf(missing), Level.WARNING)
        if paper is not None:
            self._pane.show_stack(paper)

    def _on_not_viewed(self, error: Exception) -> None:
        if isinstance(error, OfficeError):
            self._note.show_message(describe(error), Level.ERROR)
        else:
            self._note.clear()
            self._desk.problem.emit(error)
