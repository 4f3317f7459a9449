"""The outbox: sorted by what to do – clarify, print, post – with the letter beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters import wording
from koba_desktop.gui.letters.actions import LetterActions
from koba_desktop.gui.letters.foot import PrintFoot
from koba_desktop.gui.letters.head import OutboxHead
from koba_desktop.gui.letters.model import OutboxModel, Pile
from koba_desktop.gui.letters.pane import LetterPane
from koba_desktop.gui.letters.posting import PostingDay
from koba_desktop.gui.letters.printing import PrintResult, PrintRun
from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.letters.tree import LettersTree
from koba_desktop.gui.widgets import InlineMessage, Level, SecondText
from koba_desktop.gui.widgets.changed import Index, RowSigns
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.messages import describe
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import MarkPosted
from koba_desktop.services.letters.outbox import Outbox, OutboxItem, outbox
from koba_desktop.services.office.book import Status, office_status


@dataclass(frozen=True, slots=True)
class _Answer:
    outbox: Outbox
    status: Status


class OutboxPanel(QWidget):
    """Letters of the office: preview, print, save, post, clarify. Everything by keyboard."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("letters")
        self.setAccessibleName(_("Letters"))
        self._desk = desk
        self._stale = True
        self._wanted: UUID | None = None  # the letter to choose when the answer comes
        self._filling = False
        self._model = OutboxModel(self)
        self._run = PrintRun(desk, self)
        self.acts = LetterActions(desk, self)
        self._make_actions()
        self._build()
        self._model.ticks_changed.connect(self._on_ticks_changed)
        self._run.progressed.connect(self._on_printing)
        self._run.finished.connect(self._on_printed)
        self.acts.post_requested.connect(lambda one: self._post([one], desk.today()))
        self.acts.print_requested.connect(lambda one: self._print([one]))
        self.acts.carried_out.connect(self.note.clear)
        self.acts.failed.connect(self._failed)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._refresh)
        desk.actor_changed.connect(self._refresh)
        desk.letter_requested.connect(self._on_letter_requested)
        self._on_ticks_changed()
        self._show_letter()

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [
            self.print_action,
            self.posted_action,
            self.posted_on_action,
            self.acts.save,
            self.acts.discard,
        ]

    def tools(self) -> list[list[QAction]]:
        """What the tool bar offers, with names that leave room for the search."""
        self.print_action.setIconText(_("Print"))
        self.posted_action.setIconText(_("Posted &today"))
        return [[self.print_action, self.acts.save], [self.posted_action]]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the letters. A focus proxy would make Tab pass over what stands above them."""
        self.tree.setFocus(event.reason())

    # --- building ---------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self.print_action = self._action(_("&Print ticked letters"), "printer", self.print_ticked)
        self.print_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.print_action.setShortcutContext(inside)
        self.addAction(self.print_action)
        self.posted_action = self._action(
            _("Printed letters were &posted today"), "mailbox", self._posted
        )
        self.posted_on_action = self._action(
            _("Printed letters were posted on another da&y…"), "mailbox", self._ask_day
        )

    def _action(self, text: str, icon: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        theme.bind_icon(action, icon)
        action.triggered.connect(lambda: act())
        return action

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._build_list())
        self.pane = LetterPane(self._desk, self)
        self.pane.setMinimumWidth(theme.px(340))
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 1)
        layout.addWidget(splitter)

    def _ids_of(self, index: Index) -> tuple[UUID, ...]:
        item = self._model.item(index)
        return (item.row.id,) if item is not None else ()

    def _build_list(self) -> QWidget:
        side = QWidget(self)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.head = OutboxHead(side)
        self.head.changed.connect(self._refresh)
        layout.addWidget(self.head)
        self.tree = LettersTree(
            self._model,
            self.acts.remedies,
            self._posting_buttons,
            side,
        )
        self._model.said = self._desk.said_of
        self.tree.signs = RowSigns(self.tree, self._desk.marks, self._ids_of)
        self.tree.addAction(self.acts.discard)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._on_context_menu)
        self.tree.activated.connect(lambda _index: self.acts.open_appointment.trigger())
        self.tree.selectionModel().currentChanged.connect(self._on_current_changed)
        layout.addWidget(self.tree, 1)
        self.empty = SecondText("", side)
        self.empty.setContentsMargins(16, 16, 16, 16)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.empty.setWordWrap(True)
        self.empty.hide()
        layout.addWidget(self.empty, 1)
        below = QVBoxLayout()
        below.setContentsMargins(10, 8, 10, 8)
        below.setSpacing(8)
        self.note = InlineMessage(side)
        below.addWidget(self.note)
        self.posting_day = PostingDay(side)
        self.posting_day.chosen.connect(self._post)
        below.addWidget(self.posting_day)
        self.foot = PrintFoot(self._desk, self.print_action, self.acts.save, side)
        below.addWidget(self.foot)
        layout.addLayout(below)
        return side

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.CLIENTS):
            self.pane.doubt()  # an address may be blocked by now, or another person sit here
        if changes.concerns(Topic.LETTERS, Topic.APPOINTMENTS, Topic.CLIENTS, Topic.OFFICE):
            self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        office_id, text = self._desk.actor.office_id, self.head.search.text().strip()
        self._desk.ask(
            lambda view: _Answer(
                outbox(view, office_id, text=text), office_status(view, office_id)
            ),
            self._show,
            owner=self,
            key="outbox",
        )

    def _show(self, answer: _Answer) -> None:
        self.head.count_posted(len(answer.outbox.posted))
        if self._wanted is not None:
            self.head.choose(
                posted=any(item.row.id == self._wanted for item in answer.outbox.posted)
            )
        self._fill(answer.outbox)
        self._model.set_note(wording.collection(answer.status.collection, self._desk.now()))

    def _fill(self, answer: Outbox) -> None:
        """Show what is new without losing the chosen letter, its neighbourhood or the focus."""
        current = self.current()
        chosen = current.row.id if current is not None else None
        before = [self._id(index) for index in self._model.row_indexes()]
        scrolled = self.tree.verticalScrollBar().value()
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.tree.isAncestorOf(focus)
        self._filling = True
        try:
            if self._model.show_outbox(answer, posted=self.head.posted):
                self.tree.dress()
                self.tree.verticalScrollBar().setValue(scrolled)
            wanted, self._wanted = self._wanted or chosen, None
            found = wanted is not None and (
                wanted == self._current_id() or self.tree.choose_letter(wanted)
            )
            if not found:
                self._choose_neighbour(before, chosen)
        finally:
            self._filling = False
        if had_focus and focus is not self.tree:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        empty = self._model.rowCount() == 0
        self.tree.setVisible(not empty)
        self.empty.setVisible(empty)
        self.empty.setText(wording.nothing_here(self.head.search.text(), self.head.posted))
        self._show_letter()

    def _choose_neighbour(self, before: list[UUID | None], gone: UUID | None) -> None:
        """The letter that now stands where the chosen one was."""
        now = [self._id(index) for index in self._model.row_indexes()]
        place = before.index(gone) if gone in before else 0
        later = [one for one in before[place:] if one in now]
        choice = later[0] if later else (now[min(place, len(now) - 1)] if now else None)
        if choice is not None:
            self.tree.choose_letter(choice)

    def _on_letter_requested(self, letter_id: UUID) -> None:
        self._wanted = letter_id
        if self.head.search.text():
            self.head.search.clear()
        self._refresh()

    # --- the letter shown -------------------------------------------------------------------------

    def current(self) -> OutboxItem | None:
        """The letter the preview shows."""
        return self._model.item(self.tree.currentIndex())

    def _id(self, index: QModelIndex) -> UUID | None:
        item = self._model.item(index)
        return item.row.id if item is not None else None

    def _current_id(self) -> UUID | None:
        return self._id(self.tree.currentIndex())

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if self._filling:
            return
        self._show_letter()
        item = self._model.item(current)
        if item is not None:
            self._desk.client_selected.emit(item.row.client_id)

    def _show_letter(self) -> None:
        item = self.current()
        self.acts.show_item(item)
        self.pane.show_item(item)

    # --- printing ---------------------------------------------------------------------------------

    def _on_ticks_changed(self) -> None:
        n = len(self._model.ticked(Pile.PRINT))
        self.print_action.setEnabled(n > 0 and not self._run.running)
        self.foot.show_count(n)
        any_printed = bool(self._model.items(Pile.POST))
        self.posted_action.setEnabled(any_printed)
        self.posted_on_action.setEnabled(any_printed)
        self.tree.renew_posting()

    def print_ticked(self) -> None:
        """Print all ticked letters."""
        self._print([item.row.id for item in self._model.ticked(Pile.PRINT)])

    def _print(self, ids: Sequence[UUID]) -> None:
        if not ids or self._run.running:
            return
        printer = self.foot.printer.currentText()
        if not printer:
            self.note.show_message(
                wording.no_printer(),
                Level.WARNING,
                link=_("Search again"),
                action=self.foot.printer.search,
            )
            return
        self._run.start(ids, printer)
        self._on_ticks_changed()

    def _on_printing(self, number: int, count: int) -> None:
        self.note.show_message(
            _("Printing letter {n} of {count} …").format(n=number, count=count),
            Level.INFO,
            link=_("Stop after this letter"),
            action=self._run.stop,
        )

    def _on_printed(self, result: PrintResult) -> None:
        self._on_ticks_changed()
        self.note.clear()
        if result.printed:
            self._desk.message.emit(wording.printed(result.printed), False)
        text = wording.result(result)
        if text:
            again = result.left and not result.unsaved
            self.note.show_message(
                text,
                Level.ERROR if result.failure is not None else Level.WARNING,
                link=_("Print the rest") if again else "",
                action=self.print_ticked if again else None,
            )
        if isinstance(result.failure, Unavailable):
            self.foot.printer.search()  # the one chosen may be gone, another may be there
        elif result.failure is not None and not isinstance(result.failure, OfficeError):
            self._desk.problem.emit(result.failure)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, OfficeError):
            self.note.show_message(describe(error), Level.ERROR)
        else:
            self._desk.problem.emit(error)

    # --- posting ----------------------------------------------------------------------------------

    def _to_post(self) -> list[UUID]:
        """The ticked letters, all printed ones where none is ticked."""
        chosen = self._model.ticked(Pile.POST) or self._model.items(Pile.POST)
        return [item.row.id for item in chosen]

    def _posting_buttons(self) -> Sequence[Remedy]:
        n = len(self._to_post())
        if self._model.ticked(Pile.POST):
            label = ngettext("{n} posted today", "{n} posted today", n).format(n=n)
        else:
            label = ngettext("Posted today", "All {n} posted today", n).format(n=n)
        return (
            Remedy(label, self._posted, "mailbox"),
            Remedy(_("another day…"), self._ask_day),
        )

    def _posted(self) -> None:
        self._post(self._to_post(), self._desk.today())

    def _ask_day(self) -> None:
        self.posting_day.ask(self._to_post(), self._desk.today())

    def _post(self, ids: Sequence[UUID], day: date) -> None:
        if not ids:
            return
        self._desk.execute(
            MarkPosted(letter_ids=tuple(ids), day=day),
            owner=self,
            done=lambda receipt: self._after_posting(receipt.result.get("too_early", [])),
            failed=self._failed,
            message=wording.posted(len(ids), day, self._desk.today()),
        )

    def _after_posting(self, too_early: Sequence[object]) -> None:
        self.note.clear()
        if too_early:
            self.note.show_message(
                wording.too_early(len(too_early)),
                Level.WARNING,
                link=_("Show the first"),
                action=lambda: self._on_letter_requested(UUID(str(too_early[0]))),
            )

    def _on_context_menu(self, at: QPoint) -> None:
        menu = self.acts.menu(self)
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.tree.viewport().mapToGlobal(at))
