"""The outbox: sorted by what to do – clarify, print, post – with the letter beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.references import looks_like_reference
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.gui import theme
from koba_desktop.gui.allowed import may
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters import wording
from koba_desktop.gui.letters.actions import LetterActions
from koba_desktop.gui.letters.answers import AnswerBar
from koba_desktop.gui.letters.filter_bar import tray_of
from koba_desktop.gui.letters.foot import PrintFoot
from koba_desktop.gui.letters.head import OutboxHead
from koba_desktop.gui.letters.keeping import ListKeeper
from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.pane import LetterPane
from koba_desktop.gui.letters.paper_run import PaperRun
from koba_desktop.gui.letters.piles import (
    PILES,
    Arrangement,
    Column,
    Occurring,
    Pile,
    Tab,
    Wish,
    arranged,
    in_piles,
    occurring,
)
from koba_desktop.gui.letters.posting import Posting
from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.letters.table import LetterSigns, LettersTable
from koba_desktop.gui.letters.ticking import TickActions
from koba_desktop.gui.naming import member_name
from koba_desktop.gui.refusals import show_refusal
from koba_desktop.gui.tasks import Lane
from koba_desktop.gui.widgets import InlineMessage, LinkButton, SecondText
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.letters.outbox import MOST, Outbox, OutboxItem, outbox
from koba_desktop.services.office.book import Status, office_status
from koba_desktop.services.view import View

_SPLITTER_KEY = "letters/splitter"
_TAB_KEY = "letters/tab"
_SIZES = (872, 444)  # px of list and letter, before somebody moves the bar between them


@dataclass(frozen=True, slots=True)
class _Answer:
    """``differing`` as ``Arrangement.differing`` says of ``before``, what was shown when asked."""

    wish: Wish
    outbox: Outbox
    shown: Arrangement
    before: Arrangement
    differing: list[tuple[int, int]] | None
    status: Status | None = None
    there: Occurring | None = None  # for the filter, where the database was asked


class OutboxPanel(QWidget):
    """Letters of the office: preview, print, save, post, clarify. Everything by keyboard."""

    table: LettersTable
    note: InlineMessage
    foot: PrintFoot
    posting: Posting
    paper: PaperRun

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("letters")
        self.setAccessibleName(_("Letters"))
        self._desk = desk
        self._stale = True
        self._wanted: UUID | None = None  # the letter to choose when the answer comes
        self._scanned = ""  # the reference whose letter is to be chosen
        self._outbox: Outbox | None = None
        self._most: int | None = MOST  # letters of a state to ask for
        self._model = OutboxModel(self)
        self.acts = LetterActions(desk, self)
        self._make_actions()
        self._build()
        self._model.ticks_changed.connect(self._on_ticks_changed)
        self.paper.begun.connect(self._leave_what_goes)
        self.paper.begun.connect(self._on_ticks_changed)
        self.paper.ended.connect(self._leave_what_goes)
        self.paper.ended.connect(self._on_ticks_changed)
        self.paper.ended.connect(self._refresh)
        self.acts.post_requested.connect(self.posting.post_today)
        self.acts.print_requested.connect(self.paper.print_again)
        self.acts.carried_out.connect(self.note.clear)
        self.acts.failed.connect(self._failed)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._refresh)
        desk.actor_changed.connect(self._on_actor_changed)
        desk.letter_requested.connect(self._on_letter_requested)
        self._on_ticks_changed()
        self._show_letter()

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [
            self.acts.new_letter,
            self.print_action,
            self.view_action,
            self.posted_action,
            self.posted_on_action,
            self.acts.save,
            self.acts.open_copy,
            self.acts.resend,
            self.acts.discard,
            self.acts.slips,
        ]

    def prints(self) -> list[QAction]:
        """For the menu of what can be printed."""
        return [self.print_action, self.acts.slips]

    def tools(self) -> list[list[QAction]]:
        """What the tool bar offers, with names that leave room for the search."""
        self.acts.new_letter.setIconText(_("New letter…"))
        self.print_action.setIconText(_("Print"))
        self.posted_action.setIconText(_("Posted &today"))
        return [[self.acts.new_letter], [self.print_action], [self.posted_action]]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the letters. A focus proxy would make Tab pass over what stands above them."""
        self.table.setFocus(event.reason())

    def _leave_what_goes(self) -> None:
        """To the letters from a button that can no longer be pressed: Qt would go to the next."""
        if self.foot.button.hasFocus() or self.foot.progress.stop.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- building ---------------------------------------------------------------------------------

    def _make_actions(self) -> None:
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self.print_action = self._action(
            _("&Print ticked letters"), "printer", lambda: self.paper.print_ticked()
        )
        self.print_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.print_action.setShortcutContext(inside)
        self.print_action.setProperty(
            "key_hint",
            self.print_action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
        )
        self.addAction(self.print_action)
        self.view_action = self._action(
            _("&View ticked letters as PDF"), "eye", lambda: self.paper.view_ticked()
        )
        self.posted_action = self._action(
            _("Printed letters were &posted today"), "mailbox", lambda: self.posting.today()
        )
        self.posted_on_action = self._action(
            _("Printed letters were posted on another da&y…"),
            "mailbox",
            lambda: self.posting.ask_day(),
        )

    def _action(self, text: str, icon: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        theme.bind_icon(action, icon)
        action.triggered.connect(lambda: act())
        return action

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._build_list())
        self.acts.answers.bind_keys(self.table)
        answers = AnswerBar(self._desk, self.acts.answers)
        self.pane = LetterPane(self._desk, answers, self)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 1)
        layout.addWidget(self.splitter)
        stored = QSettings().value(_SPLITTER_KEY)
        if stored is None or not self.splitter.restoreState(stored):
            self.splitter.setSizes([theme.px(size) for size in _SIZES])
        self.splitter.splitterMoved.connect(
            lambda _at, _n: QSettings().setValue(_SPLITTER_KEY, self.splitter.saveState())
        )
        self.paper = PaperRun(self._desk, self._model, self.foot, self.pane, self.note, self)
        self.paper.checker.changed.connect(self.table.viewport().update)

    def _build_list(self) -> QWidget:
        side = QWidget(self)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.head = OutboxHead(self._desk, side)
        tab = str(QSettings().value(_TAB_KEY, Tab.WORK.value))
        self.head.choose(Tab(tab) if tab in set(Tab) else Tab.WORK)
        self.head.searched.connect(self._refresh)
        self.head.chosen.connect(self._rearrange)
        self.head.search.returnPressed.connect(lambda: self.table.setFocus())
        layout.addWidget(self.head)
        self.posting = Posting(self._desk, self._model, side)
        self.posting.letter_wanted.connect(self._on_letter_requested)
        self.table = LettersTable(self._model, self.acts.remedies, self._offered, side)
        self.table.show_order(self.head.filter.wanted_order)
        self.table.order_chosen.connect(self.head.filter.take_order)
        self._model.said = self._desk.said_of
        self._model.named = lambda advisor_id: member_name(advisor_id, self._desk.book)
        self.table.signs = LetterSigns(self.table, self._desk.marks, self._model)
        self.table.addAction(self.acts.discard)
        self.ticking = TickActions(self._desk, self._model, self.table)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._on_context_menu)
        self.table.activated.connect(lambda _index: self.acts.open_appointment.trigger())
        self.keeper = ListKeeper(self._model, self.table)
        self.keeper.moved.connect(self._on_moved)
        self.keeper.settled.connect(self._on_settled)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._build_empty(side), 1)
        below = QVBoxLayout()
        below.setContentsMargins(10, 8, 10, 8)
        below.setSpacing(8)
        self.note = InlineMessage(side)
        below.addWidget(self.note)
        self.posting.attach(self.note)
        below.addWidget(self.posting.day)
        self.foot = PrintFoot(self._desk, self.print_action, self.view_action, side)
        below.addWidget(self.foot)
        layout.addLayout(below)
        return side

    def _build_empty(self, side: QWidget) -> QWidget:
        """What stands in place of the list where there is nothing."""
        self.empty = QWidget(side)
        self.empty_text = SecondText("", self.empty)
        self.empty_text.setWordWrap(True)
        self._show_all = LinkButton(_("Show all"), self.empty)
        self._show_all.clicked.connect(self.head.clear)
        layout = QVBoxLayout(self.empty)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self.empty_text)
        layout.addWidget(self._show_all, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch()
        self.empty.hide()
        return self.empty

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

    def _wish(self) -> Wish:
        head, narrowing = self.head, self.head.filter.narrowing
        kinds = LetterKind if narrowing.tray is not None else ()
        trays = {kind: tray_of(kind) for kind in kinds}
        order, book = head.filter.wanted_order, self._desk.book
        named = book.staff if order.column is Column.ADVISOR else ()
        names = {one.id: f"{one.family_name} {one.given_name}" for one in named}
        return Wish(head.tab, order, narrowing, trays, names)

    def _offered(self, pile: Pile) -> tuple[Remedy, ...]:
        """The buttons of a pile's heading."""
        more = self._model.more(pile)
        posting = tuple(self.posting.buttons()) if pile is Pile.POST else ()
        if not more:
            return posting
        text = ngettext("Show {n} more", "Show {n} more", more).format(n=formats.number(more))
        return (*posting, Remedy(text, self._show_everything, "list"))

    def _show_everything(self) -> None:
        """Also what was left out because there is so much of it."""
        self._most = None
        self._refresh()

    def _on_actor_changed(self) -> None:
        self._most = MOST
        self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        office_id, text = self._desk.actor.office_id, self.head.search.text().strip()
        wish, now, before = self._wish(), self._desk.now(), self._model.shown
        self._scanned, most = text if looks_like_reference(text) else "", self._most
        running = self.paper.run.claims

        def ask(view: View) -> _Answer:
            found = outbox(view, office_id, text=text, most=most, running=running)
            shown = arranged(found, wish, now)
            status = office_status(view, office_id)
            differing, there = shown.differing(before), occurring(found)
            return _Answer(wish, found, shown, before, differing, status, there)

        self._desk.ask(ask, self._show, owner=self, key="outbox")

    def _rearrange(self) -> None:
        """Another tab, filter or order of the letters that are here."""
        QSettings().setValue(_TAB_KEY, self.head.tab.value)
        self.table.show_order(self.head.filter.wanted_order)
        found = self._outbox
        if found is None:
            self._refresh()
            return
        wish, now, before = self._wish(), self._desk.now(), self._model.shown

        def arrange() -> _Answer:
            shown = arranged(found, wish, now)
            return _Answer(wish, found, shown, before, shown.differing(before))

        self._desk.tasks.submit(
            Lane.QUERIES, arrange, self._show, self._desk.problem.emit, self, "arrangement"
        )

    def _show(self, answer: _Answer) -> None:
        self._outbox = answer.outbox
        self.head.count(answer.shown.counts)
        if answer.there is not None:
            self.head.filter.learn(answer.there)
        if answer.status is not None:
            note = wording.collection(answer.status.collection, self._desk.now())
            self._model.set_note(note)
        if answer.wish != self._wish():  # something else is wanted since it was asked
            self._rearrange()
            return
        if self._elsewhere(answer):
            return
        current, shown = self._model.shown, answer.shown
        differing = answer.differing if answer.before is current else shown.differing(current)
        wanted, self._wanted = self._wanted, None
        self._model.today = self._desk.today()
        self.keeper.show(shown, differing, wanted)

    def _elsewhere(self, answer: _Answer) -> bool:
        """Whether the letter asked for, or scanned, lies under another tab: that one is shown."""
        wanted = self._wanted
        if wanted is None and not self._scanned:
            return False
        piles = in_piles(answer.outbox, self._desk.now())
        if self._scanned and wanted is None and not answer.shown.places:
            # The letter an answer is to comes before others about the appointment.
            order = (Pile.OPEN, *Pile)
            wanted = next((item.row.id for pile in order for item in piles[pile]), None)
            self._wanted = wanted
        if wanted is None or wanted in answer.shown.places:
            return False
        pile = next((p for p, items in piles.items() for i in items if i.row.id == wanted), None)
        tab = next((tab for tab in Tab if pile in PILES[tab]), None)
        if pile is None or tab is None or (tab is self.head.tab and not answer.shown.hidden):
            return False
        if answer.shown.hidden and tab is self.head.tab:
            self.head.filter.reset()
        else:
            self.head.choose(tab)
        return True

    def _show_empty(self, shown: Arrangement) -> None:
        empty = not shown.piles
        self.table.setVisible(not empty)
        self.empty.setVisible(empty)
        searched = self.head.search.text()
        if shown.hidden:
            self.empty_text.setText(wording.left_out(shown.hidden))
        else:
            reads = may(self._desk, Right.READ_SOCIAL_DATA)
            self.empty_text.setText(wording.nothing_here(searched, self.head.tab, reads=reads))
        self._show_all.setVisible(bool(shown.hidden or searched.strip()))

    def _on_letter_requested(self, letter_id: UUID) -> None:
        self._wanted = letter_id
        if self.head.search.text():
            self.head.search.clear()
        self._refresh()

    # --- the letter shown -------------------------------------------------------------------------

    def current(self) -> OutboxItem | None:
        """The letter the preview shows."""
        return self.keeper.current()

    def _on_moved(self, item: OutboxItem | None) -> None:
        self._show_letter()
        if item is not None:
            self._desk.client_selected.emit(item.row.client_id)

    def _on_settled(self) -> None:
        self._show_empty(self._model.shown)
        self._on_ticks_changed()
        self._show_letter()
        self.paper.check()

    def _show_letter(self) -> None:
        item = self.current()
        self.acts.show_item(item)
        self.pane.show_item(item)

    def _on_ticks_changed(self) -> None:
        idle = self._model.count_ticked(Pile.PRINT) > 0 and not self.paper.running
        for action in (self.print_action, self.view_action):
            action.setEnabled(idle)
        for action in (self.posted_action, self.posted_on_action):
            action.setEnabled(bool(self._model.items(Pile.POST)))
        self.paper.count()
        self.table.renew_headings()

    def _failed(self, error: Exception) -> None:
        show_refusal(self._desk, self.note, error)

    def _on_context_menu(self, at: QPoint) -> None:
        menu = self.acts.menu(self)
        if menu is not None:
            menu.addSeparator()
            self.ticking.fill(menu, self.current())
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.table.viewport().mapToGlobal(at))
