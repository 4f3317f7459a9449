"""The rooms dock: a tile a room, and who comes next."""

from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.rooms.model import ROW_ROLE, ComingModel, RoomsModel
from koba_desktop.gui.rooms.painting import TILE_HEIGHT, ComingDelegate, TileDelegate
from koba_desktop.gui.widgets import SecondText, SectionHeader
from koba_desktop.gui.widgets.ring import FocusRing
from koba_desktop.i18n import _, formats
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.rooms.board import RoomLine, room_board
from koba_desktop.services.rows import RoomBookingRow

_TILE_WIDTH = 112


class RoomsPanel(QWidget):
    """Today's rooms of the office. Choosing a booking brings its appointment along."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rooms")
        self.setAccessibleName(_("Rooms"))
        self._desk = desk
        self._stale = True
        self._choosing = False
        self._rooms = RoomsModel(desk.now, self)
        self._coming = ComingModel(self)
        self._build()
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._refresh)
        desk.actor_changed.connect(self._refresh)
        desk.appointment_selected.connect(self._on_appointment_selected)
        theme.watcher().changed.connect(self._repaint)
        self._refresh()

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [self._show_action]

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._day = SecondText("", self)
        self._day.setContentsMargins(8, 6, 8, 2)
        layout.addWidget(self._day)
        self._tiles = _Tiles(self)
        self._tiles.setModel(self._rooms)
        self._tiles.setItemDelegate(TileDelegate(self._tiles, self._desk.now))
        self._tiles.setAccessibleName(_("Rooms and their current state"))
        self._tiles.activated.connect(self._open_room)
        self._tiles.selectionModel().currentChanged.connect(self._on_room_chosen)
        layout.addWidget(self._tiles)
        self._show_action = QAction(_("Go to the &rooms"), self)
        theme.bind_icon(self._show_action, "door")
        self._show_action.triggered.connect(self._take_focus)
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

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

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
            lambda view: room_board(view, office_id, today), self._show, owner=self, key="board"
        )

    def _show(self, lines: tuple[RoomLine, ...]) -> None:
        now = self._desk.now()
        self._day.setText(_("today, {day}").format(day=formats.weekday_date(self._desk.today())))
        self._rooms.show_lines(lines)
        coming = sorted(
            (b for line in lines for b in line.bookings if b.starts > now), key=lambda b: b.starts
        )
        chosen = self._list.currentIndex().data(ROW_ROLE)
        self._coming.show_rows(coming)
        if chosen is not None and chosen.appointment_id is not None:
            self._choose(self._list, self._coming.row_of_appointment(chosen.appointment_id))
        self._tiles.setVisible(bool(lines))
        self._tiles.fit()
        self._list.setVisible(bool(coming))
        self._empty.setVisible(not coming)
        self._empty.setText(
            _("No more rooms are booked today.")
            if lines
            else _("This office has no rooms yet. Add them under Administration.")
        )

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
            self._tell(self._booking_of(current.data(ROW_ROLE)))

    def _tell(self, booking: RoomBookingRow | None) -> None:
        if self._choosing or booking is None or booking.appointment_id is None:
            return
        self._desk.appointment_selected.emit(booking.appointment_id)

    def _booking_of(self, line: RoomLine) -> RoomBookingRow | None:
        now = self._desk.now()
        current = next((b for b in line.bookings if b.starts <= now < b.ends), None)
        return current or line.following

    def _open_coming(self, index: QModelIndex) -> None:
        self._open(index.data(ROW_ROLE))

    def _open_room(self, index: QModelIndex) -> None:
        self._open(self._booking_of(index.data(ROW_ROLE)))

    def _open(self, booking: RoomBookingRow | None) -> None:
        if booking is not None and booking.appointment_id is not None:
            self._desk.edit_appointment_requested.emit(
                AppointmentRequest(appointment_id=booking.appointment_id)
            )

    def _take_focus(self) -> None:
        self._tiles.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _repaint(self) -> None:
        self._tiles.viewport().update()
        self._list.viewport().update()


class _Tiles(QListView):
    """Tiles side by side, as many as fit; as high as they need to be, up to two thirds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fit(self) -> None:
        """Take as many columns as the width allows, and the height of all rows."""
        columns = max(1, self.width() // theme.px(_TILE_WIDTH))
        rows = -(-self.model().rowCount() // columns)
        tile = theme.px(TILE_HEIGHT)
        wanted = rows * tile + 2 * self.frameWidth() + 4
        height = min(wanted, max(tile + 8, self._room_height() * 2 // 3))
        scrolls = wanted > height
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
            if scrolls
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        bar = self.verticalScrollBar().sizeHint().width() if scrolls else 0
        inner = self.width() - 2 * self.frameWidth() - bar
        self.setGridSize(QSize(max(1, (inner - 2) // columns), tile))
        if self.height() != height:
            self.setFixedHeight(height)

    def _room_height(self) -> int:
        """The height of the panel the tiles are in."""
        around = self.parentWidget()
        return around.height() if around is not None else self.height()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self.viewport()).fillRect(self.viewport().rect(), theme.tokens().window)
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
