"""The rooms dock: a small tile a room, the day along its hours, and who comes next."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QAction,
    QHideEvent,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QListView,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.vocabulary import RoomBookingState
from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.rooms import wording
from koba_desktop.gui.rooms.board import RoomBoard
from koba_desktop.gui.rooms.board_model import TILE_ROLE, BoardModel, ids_of
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.rooms.model import ROW_ROLE, ComingModel
from koba_desktop.gui.rooms.painting import (
    LOW_TILE_HEIGHT,
    TILE_HEIGHT,
    ComingDelegate,
    TileDelegate,
)
from koba_desktop.gui.rooms.small_tiles import SmallTiles
from koba_desktop.gui.rooms.tiles import Tile, booking_of
from koba_desktop.gui.timeline.legend import TimelineHeader
from koba_desktop.gui.timeline.view import RoomTimeline
from koba_desktop.gui.timeline.wiring import attach
from koba_desktop.gui.widgets import SecondText, SectionHeader
from koba_desktop.gui.widgets.changed import RowSigns
from koba_desktop.gui.widgets.ring import FocusRing
from koba_desktop.i18n import _, formats
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.rooms.board import RoomDay, room_days
from koba_desktop.services.rows import RoomBookingRow

_ROOMY = 720
"""The height at which tiles need not be low."""
_SECOND_MS = 1000


class RoomsPanel(QWidget):
    """Today's rooms of the office. Choosing a booking brings its appointment along; Space takes
    the next step of a tile, the context menu offers all that is possible."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rooms")
        self.setAccessibleName(_("Rooms"))
        self._desk = desk
        self._stale = True
        self._choosing = False
        self._days: tuple[RoomDay, ...] = ()
        self.deeds = RoomDeeds(desk, self)
        self._rooms = BoardModel(desk, self)
        self._coming = ComingModel(self)
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._clock.timeout.connect(self._on_second)
        self._build()
        self._make_actions()
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._refresh)
        desk.actor_changed.connect(self._refresh)
        desk.appointment_selected.connect(self._on_appointment_selected)
        theme.watcher().changed.connect(self._repaint)
        self._refresh()

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [self._show_action, self._step_action, self._close_action]

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._day = SecondText("", self)
        self._day.setContentsMargins(8, 6, 8, 2)
        layout.addWidget(self._day)
        self._tiles = SmallTiles(self)
        self._tiles.setModel(self._rooms)
        delegate = TileDelegate(self._tiles)
        self._tiles.setItemDelegate(delegate)
        delegate.signs = RowSigns(
            self._tiles,
            self._desk.marks,
            lambda at: ids_of(self._rooms.tile(at.row())),
            delegate.box_of,
        )
        self._tiles.setAccessibleName(_("Rooms and their current state"))
        self._tiles.activated.connect(self._open_room)
        self._tiles.step_wanted.connect(self._take_step)
        self._tiles.menu_wanted.connect(self._show_menu)
        self._tiles.selectionModel().currentChanged.connect(self._on_room_chosen)
        layout.addWidget(self._tiles)
        self._hours = QWidget(self)
        hours = QVBoxLayout(self._hours)
        hours.setContentsMargins(0, 0, 0, 0)
        hours.setSpacing(0)
        hours.addWidget(TimelineHeader(self._hours, compact=True))
        self._timeline = RoomTimeline(self._desk, self._hours, compact=True)
        attach(self._desk, self._timeline)
        hours.addWidget(self._timeline)
        layout.addWidget(self._hours)
        layout.addWidget(SectionHeader(_("Next in the rooms"), "", self))
        self._list = QListView(self)
        self._list.setModel(self._coming)
        self._list.setItemDelegate(ComingDelegate(self._list))
        FocusRing(self._list)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(_("Bookings still to come today"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.selectionModel().currentChanged.connect(self._on_coming_chosen)
        self._list.activated.connect(self._open_coming)
        layout.addWidget(self._list, 1)
        self._empty = SecondText(_("No more rooms are booked today."), self)
        self._empty.setContentsMargins(12, 8, 8, 8)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._empty, 1)

    def _make_actions(self) -> None:
        self._show_action = self._action(_("Go to the &rooms"), "door", "Ctrl+R", self._take_focus)
        self._step_action = self._action(
            _("&Next step in the room"), "run", "Ctrl+Shift+R", self._step_of_current
        )
        self._close_action = self._action(
            _("&Close a room…"), "blocked", "Ctrl+L", self._close_current
        )
        self._name_step()

    def _action(self, text: str, icon: str, keys: str, slot: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        theme.bind_icon(action, icon)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if self._stale:
            self._refresh()
        else:
            self._on_second()
        self._name_step()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self._name_step()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.ROOMS, Topic.APPOINTMENTS, Topic.OFFICE):
            self._refresh()

    def _refresh(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        office_id, today = self._desk.actor.office_id, self._desk.today()
        self._desk.ask(
            lambda view: room_days(view, office_id, today), self._show, owner=self, key="board"
        )

    def _show(self, days: tuple[RoomDay, ...]) -> None:
        self._days = days
        self._day.setText(_("today, {day}").format(day=formats.weekday_date(self._desk.today())))
        self._rooms.show_days(days)
        self._timeline.show_days(days)
        self._tiles.setVisible(bool(days))
        self._hours.setVisible(bool(days))
        self._on_second()
        self._share_height()

    def _on_second(self) -> None:
        """The clock went on: the rooms are what the stored bookings mean now."""
        now = self._desk.now()
        for row in self._rooms.set_now(now):
            self._tiles.refresh(row)
        self._timeline.set_now(now)
        self._show_coming(now)
        self._name_step()

    def _show_coming(self, now: datetime) -> None:
        coming = sorted(
            (b for each in self._days for b in each.bookings if _is_coming(b, now)),
            key=lambda b: b.starts,
        )
        chosen = self._list.currentIndex().data(ROW_ROLE)
        if self._coming.show_rows(coming) and chosen is not None and chosen.appointment_id:
            self._choose(self._list, self._coming.row_of_appointment(chosen.appointment_id))
        self._list.setVisible(bool(coming))
        self._empty.setVisible(not coming)
        self._empty.setText(
            _("No more rooms are booked today.")
            if self._days
            else _("This office has no rooms yet. Add them under Administration.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """Tiles and timeline in full where there is room, and always some of who comes next."""
        roomy = self.height() >= theme.px(_ROOMY)
        self._tiles.fit(self.height() // 2, theme.px(TILE_HEIGHT if roomy else LOW_TILE_HEIGHT))
        self._timeline.setFixedHeight(min(self._timeline.content_height, self.height() // 3))

    # --- selecting --------------------------------------------------------------------------------

    def _on_appointment_selected(self, appointment_id: UUID | None) -> None:
        """Another panel chose an appointment: its room and its line are chosen too."""
        if appointment_id is None:
            self._tiles.clearSelection()
            self._list.clearSelection()
            return
        self._choose(self._tiles, self._rooms.row_of_appointment(appointment_id))
        self._choose(self._list, self._coming.row_of_appointment(appointment_id))

    def _choose(self, view: QListView, row: int) -> None:
        if row < 0:
            view.clearSelection()
            return
        self._choosing = True
        try:
            view.selectionModel().setCurrentIndex(
                view.model().index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        finally:
            self._choosing = False

    def _on_coming_chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._tell(current.data(ROW_ROLE) if current.isValid() else None)

    def _on_room_chosen(self, current: QModelIndex, previous: QModelIndex) -> None:
        """A room brings along who is in it, else who comes next."""
        if current.isValid():
            self._tell(booking_of(current.data(TILE_ROLE)))
        self._name_step()

    def _tell(self, booking: RoomBookingRow | None) -> None:
        if self._choosing or booking is None or booking.appointment_id is None:
            return
        self._desk.appointment_selected.emit(booking.appointment_id)

    def _open_coming(self, index: QModelIndex) -> None:
        self._open(index.data(ROW_ROLE))

    def _open_room(self, index: QModelIndex) -> None:
        self._open(booking_of(index.data(TILE_ROLE)))

    def _open(self, booking: RoomBookingRow | None) -> None:
        if booking is not None and booking.appointment_id is not None:
            self._desk.edit_appointment_requested.emit(
                AppointmentRequest(appointment_id=booking.appointment_id)
            )

    # --- doing ------------------------------------------------------------------------------------

    def _current(self) -> Tile | None:
        index = self._tiles.currentIndex()
        return index.data(TILE_ROLE) if index.isValid() else None

    def _take_step(self) -> None:
        """The next step of the tile, else the menu of what is possible."""
        tile = self._current()
        if tile is None:
            return
        at = self._tiles.anchor()
        if tile.steps:
            self.deeds.carry_out(tile.steps[0], at)
        else:
            self._show_menu(at)

    def _step_of_current(self) -> None:
        board = self._board()
        if board is not None and board.currentIndex().isValid():
            board.take_step(board.currentIndex().row())
        elif self.isVisible() and self._current() is not None:
            self._take_step()
        else:
            self._take_focus()

    def _show_menu(self, at: QPoint) -> None:
        tile = self._current()
        if tile is None:
            return
        menu = QMenu(self)
        self.deeds.fill_menu(menu, tile.line, at=at)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _name_step(self) -> None:
        """The menu's command says what it would do, and in which room. Of a tile nobody sees it
        says nothing."""
        tile = self._current() if self.isVisible() else None
        text = _("&Next step in the room")
        if tile is not None and tile.steps:
            step = wording.plain_step(tile.steps[0], tile.moment)
            text = _("&Next step: {step} ({room})").format(step=step, room=tile.name)
        self._step_action.setText(text)
        self._step_action.setEnabled(
            not self.isVisible() or ((tile is None or bool(tile.steps)) and bool(self._days))
        )

    def _close_current(self) -> None:
        tile = self._current()
        self.deeds.close_room(tile.line.room.id if tile is not None else None)

    def _take_focus(self) -> None:
        """To the rooms on the screen: these, or the large ones of the reception. Where none are
        seen, this panel comes back: the keyboard is never where nobody sees it."""
        board = self._board()
        if board is not None:
            board.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        dock = self.parentWidget()
        if isinstance(dock, QDockWidget):
            dock.show()
            dock.raise_()
        self._tiles.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _board(self) -> RoomBoard | None:
        """The large tiles, while they stand in place of these."""
        if self.isVisible():
            return None
        boards = self.window().findChildren(RoomBoard)
        return next((each for each in boards if each.isVisible()), None)

    def _repaint(self) -> None:
        self._tiles.viewport().update()
        self._list.viewport().update()


def _is_coming(booking: RoomBookingRow, now: datetime) -> bool:
    return booking.starts > now and booking.state is RoomBookingState.RESERVED
