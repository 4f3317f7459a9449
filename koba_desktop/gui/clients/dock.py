"""The clients dock: search, who is to be called, and the card of the client selected."""

from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSettings, Qt
from PySide6.QtGui import QAction, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.rights import Right
from koba_desktop.gui import theme
from koba_desktop.gui.allowed import may
from koba_desktop.gui.clients.actions import ClientActions
from koba_desktop.gui.clients.blocked import BlockedAddress
from koba_desktop.gui.clients.callback import CallbackSheet
from koba_desktop.gui.clients.card import ClientCardView
from koba_desktop.gui.clients.lines import Line, dock_sections
from koba_desktop.gui.clients.painting import HeadingButton, ResultDelegate, WorkDelegate
from koba_desktop.gui.clients.returned import ReturnedMailSheet
from koba_desktop.gui.clients.search import SearchModel
from koba_desktop.gui.clients.worktree import WorkModel, WorkView
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.widgets import SecondText
from koba_desktop.gui.widgets.ring import FocusRing
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.formats import number
from koba_desktop.services.appointments.detail import appointments_seen
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.clients.card import ClientCard, client_card
from koba_desktop.services.contacts.worklist import Worklist, worklist
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.view import View

_TOPICS = (Topic.CLIENTS, Topic.CONTACTS, Topic.APPOINTMENTS, Topic.LETTERS)


class ClientsDock(QWidget):
    """Finds clients as one types; without text, shows who is to be called."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clients_dock")
        self.setAccessibleName(_("Clients"))
        self._desk = desk
        self._client_id: UUID | None = None
        self._stale = True
        self._unlisted = True  # whether the list of clients is still to be asked for

        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Name, number, phone …"))
        self.search.setAccessibleName(_("Search clients"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._on_typed)
        self.search.returnPressed.connect(self._take_first)
        self.search.installEventFilter(self)

        self.work = WorkView(WorkModel(self), self)
        self.work.setObjectName("clients_worklist")
        self.work.setAccessibleName(_("People to call"))
        self._work_delegate = WorkDelegate(self.work)
        self.work.setItemDelegate(self._work_delegate)
        self.work.show_marks(desk.marks, desk.said_of)
        self.work.chosen.connect(lambda line: self._select(line.item.client_id, line))
        self.work.opened.connect(lambda line: desk.call_requested.emit(line.item.client_id))
        self.work.double_clicked.connect(
            lambda line: desk.edit_client_requested.emit(line.item.client_id)
        )
        self.work.menu_wanted.connect(self._show_line_menu)

        self.found = SearchModel(desk, self)
        self.found.counted.connect(self._on_counted)
        self.results = _Results(self)
        self.results.setModel(self.found)
        self.results.setItemDelegate(ResultDelegate(self.results))
        self.results.selectionModel().currentChanged.connect(self._on_result)
        self.results.doubleClicked.connect(self._open_result)
        self.results.customContextMenuRequested.connect(self._show_result_menu)
        self.results.installEventFilter(self)
        self._count = SecondText("", self)

        self._all = HeadingButton(_("All clients"), self)
        self._all.toggled.connect(self._on_all_toggled)

        self.card = ClientCardView(self)
        self.card.call_clicked.connect(self._call)
        self.actions_ = ClientActions(desk, self)
        self.card.appointment_clicked.connect(self.actions_.appointment.trigger)
        self.card.letter_clicked.connect(self.actions_.letter.trigger)
        self.card.file_clicked.connect(self.actions_.edit.trigger)
        self.card.next_clicked.connect(self._show_appointment)
        self.blocked = BlockedAddress(desk, self)
        self.card.address_clicked.connect(self.blocked.ask)
        self.blocked.shown.connect(self.card.show_address)
        self.callback = CallbackSheet(desk, self)
        self.returned = ReturnedMailSheet(desk, self)
        self._lay_out()

        self.actions_.callback_wanted.connect(self._note_callback)
        self.actions_.returned_wanted.connect(self._note_returned)
        self.callback.closed.connect(self._close_sheet)
        self.returned.closed.connect(self._close_sheet)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._on_tick)
        desk.client_selected.connect(self._on_client_selected)
        desk.appointment_selected.connect(self._on_appointment_selected)
        desk.actor_changed.connect(self._on_actor_changed)
        desk.book_changed.connect(self._allow)
        theme.watcher().changed.connect(self._dress)
        self._calls = True
        self._allow()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._count.setContentsMargins(10, 2, 10, 4)
        self._count.setWordWrap(True)
        results_page = QWidget(self)
        results_rows = QVBoxLayout(results_page)
        results_rows.setContentsMargins(0, 0, 0, 0)
        results_rows.setSpacing(0)
        results_rows.addWidget(self._count)
        results_rows.addWidget(self.results, 1)

        self._lists = QStackedWidget(self)
        self._lists.addWidget(self.work)
        self._lists.addWidget(results_page)
        lists = QWidget(self)
        lists_rows = QVBoxLayout(lists)
        lists_rows.setContentsMargins(0, 0, 0, 0)
        lists_rows.setSpacing(0)
        lists_rows.addWidget(self._lists, 1)
        lists_rows.addWidget(self._all)

        self._cards = QStackedWidget(self)
        for page in (self.card, self.callback, self.returned):
            self._cards.addWidget(page)

        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(lists)
        self._splitter.addWidget(self._cards)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 1)
        state = QSettings().value("clients/splitter")
        if state is not None:
            self._splitter.restoreState(state)
        self._splitter.splitterMoved.connect(
            lambda: QSettings().setValue("clients/splitter", self._splitter.saveState())
        )

        field = QHBoxLayout()
        field.setContentsMargins(8, 6, 8, 6)
        field.addWidget(self.search)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(field)
        layout.addWidget(self._splitter, 1)
        self.setFocusProxy(self.search)

    def commands(self) -> list[QAction]:
        """For the command palette: what concerns the selected client."""
        return self.actions_.all()

    def _dress(self) -> None:
        for action in self.search.actions():
            action.setIcon(theme.icon("search"))
        self.work.viewport().update()
        self.results.viewport().update()

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(*_TOPICS):
            self._on_tick()
            if self.isVisible() and changes.concerns(Topic.CLIENTS) and self._searching:
                self.found.refresh()

    def _on_tick(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _allow(self) -> None:
        """Who calls nobody has no worklist, but the clients."""
        calls = may(self._desk, Right.CALL)
        self.card.allow(calls=calls, proposes=may(self._desk, Right.PROPOSE))
        self._unlisted = self._unlisted or calls is not self._calls
        self._calls = calls
        self._all.setVisible(calls)
        self._show_page()

    def _on_actor_changed(self) -> None:
        self._allow()
        self._client_id = None
        self.actions_.point_at(None)
        self.card.clear()
        self._close_sheet()
        self.search.clear()

    def _refresh(self) -> None:
        self._stale = False
        office_id, advisor_id = self._desk.actor.office_id, self._desk.actor.staff_id
        self._desk.ask(
            lambda view: worklist(view, office_id, advisor_id), self._show_worklist, self, "list"
        )
        if not self._searching or self._unlisted:
            self._unlisted = False
            self.found.search(self.search.text())
        self._ask_card()

    def _show_worklist(self, answer: Worklist) -> None:
        sections = dock_sections(answer, self._desk.today())
        self._work_delegate.measure(sections)
        self.work.show_sections(sections)
        if self._client_id is not None:
            self.work.go_to_client(self._client_id)

    def _ask_card(self) -> None:
        client_id = self._client_id
        if client_id is not None:
            self._desk.ask(lambda view: client_card(view, client_id), self._show_card, self, "card")

    def _show_card(self, card: ClientCard) -> None:
        self.card.show_card(card, self._desk.today())
        good = next((entry.typed for entry in card.phones if entry.bad_since is None), "")
        self.actions_.point_at(card.client.id, good)

    # --- searching --------------------------------------------------------------------------------

    @property
    def _searching(self) -> bool:
        return not self._calls or self._all.isChecked() or bool(self.search.text().strip())

    def _on_typed(self, text: str) -> None:
        self.found.search(text)
        self._show_page()

    def _on_all_toggled(self, on: bool) -> None:
        if on:
            self.search.clear()
        self._show_page()

    def _show_page(self) -> None:
        typed = bool(self.search.text().strip())
        self._count.setVisible(typed)
        self._lists.setCurrentIndex(1 if self._searching else 0)

    def _on_counted(self, total: int) -> None:
        if not self.search.text().strip():
            self._all.set_count(number(total))
        if self.found.capped:
            found = _("More than {n} matches: keep typing.").format(n=number(total))
        elif total:
            found = ngettext("{n} client", "{n} clients", total).format(n=number(total))
        else:
            found = _("Nobody found. Try fewer letters, or a part of the number.")
        self._count.setText(found)

    def _take_first(self) -> None:
        if self._searching and self.found.rowCount():
            if not self.results.currentIndex().isValid():
                self.results.setCurrentIndex(self.found.index(0, 0))
            self.results.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.search:
                return self._search_key(event)
            if watched is self.results:
                return self._result_key(event)
        return super().eventFilter(watched, event)

    def _search_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Down:
            if self._searching:
                self._take_first()
            else:
                self.work.setFocus()
            return True
        if event.key() == Qt.Key.Key_Escape and self._searching:
            self._all.setChecked(False)
            self.search.clear()
            return True
        return False

    def _result_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_result(self.results.currentIndex())
            return True
        back = event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Up and self.results.currentIndex().row() <= 0
        )
        if back:
            self.search.setFocus()
            self.search.selectAll()
        return back

    def _on_result(self, current: QModelIndex, previous: QModelIndex) -> None:
        row = self.found.client_at(current)
        if row is not None:
            self._select(row.id)

    def _open_result(self, index: QModelIndex) -> None:
        row = self.found.client_at(index)
        if row is not None:
            self._desk.edit_client_requested.emit(row.id)

    # --- selection --------------------------------------------------------------------------------

    def _select(self, client_id: UUID, line: Line | None = None) -> None:
        self._client_id = client_id
        self.actions_.point_at(client_id)
        self._close_sheet()
        self._ask_card()
        self._desk.client_selected.emit(client_id)
        if line is not None and line.item.appointment_id is not None:
            self._desk.appointment_selected.emit(line.item.appointment_id)

    def _on_client_selected(self, client_id: UUID | None) -> None:
        if client_id == self._client_id:
            return
        self._client_id = client_id
        self.work.go_to_client(client_id)
        self._close_sheet()
        if client_id is None:
            self.actions_.point_at(None)
            self.card.clear()
        elif self.isVisible():
            self._ask_card()
        else:
            self._stale = True

    def _on_appointment_selected(self, appointment_id: UUID | None) -> None:
        if appointment_id is None:
            return

        def query(view: View) -> list[AppointmentRow]:
            return appointments_seen(view, [appointment_id])

        self._desk.ask(query, self._follow_appointment, self, "appointment")

    def _follow_appointment(self, rows: list[AppointmentRow]) -> None:
        if rows and rows[0].client_id is not None:
            self._on_client_selected(rows[0].client_id)

    # --- acting -----------------------------------------------------------------------------------

    def _call(self, typed: str) -> None:
        if self._client_id is not None:
            self.actions_.point_at(self._client_id, typed)
            self.actions_.call.trigger()

    def _show_appointment(self, appointment_id: UUID) -> None:
        card = self.card.card
        if card is not None and card.next_appointment is not None:
            self._desk.day_requested.emit(day_of(card.next_appointment.starts))
        self._desk.appointment_selected.emit(appointment_id)

    def _show_line_menu(self, line: Line, at: QPoint) -> None:
        self.actions_.point_at(line.item.client_id, line.item.phone)
        self.actions_.show_menu(at, self)

    def _show_result_menu(self, at: QPoint) -> None:
        row = self.found.client_at(self.results.indexAt(at))
        if row is not None:
            self.actions_.point_at(row.id, row.phone)
            self.actions_.show_menu(self.results.viewport().mapToGlobal(at), self)

    def _note_callback(self, client_id: UUID) -> None:
        self._cards.setCurrentWidget(self.callback)
        self.callback.open_for(client_id)

    def _note_returned(self, client_id: UUID) -> None:
        self._cards.setCurrentWidget(self.returned)
        self.returned.open_for(client_id)

    def _close_sheet(self) -> None:
        for sheet in (self.callback, self.returned):
            sheet.leave()
        self._cards.setCurrentWidget(self.card)

    def carry_on(self, draft: Draft) -> None:
        """Show the sheet again that was being filled in when something interrupted it."""
        assert draft.subject_id is not None
        self._desk.client_selected.emit(draft.subject_id)
        sheet = self.callback if draft.form == self.callback.form_name else self.returned
        self._cards.setCurrentWidget(sheet)
        sheet.open_for(draft.subject_id, draft)


class _Results(QListView):
    """The clients found; rows of one height, so that 20,000 scroll as 20 do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("clients_results")
        FocusRing(self)
        self.setAccessibleName(_("Clients found"))
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
