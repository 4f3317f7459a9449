"""The rooms as large tiles, in a list model."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.rooms.steps import Deed
from koba_desktop.gui.rooms.tiles import Around, Tile, spoken, tile_of
from koba_desktop.services.rooms.board import RoomDay

Index = QModelIndex | QPersistentModelIndex
TILE_ROLE = Qt.ItemDataRole.UserRole + 1
_TEXT_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
)


def ids_of(tile: Tile) -> tuple[UUID | None, ...]:
    """By what a tile is known: the bookings of its room today, and what they are for."""
    bookings = tile.line.bookings
    return (*(each.id for each in bookings), *(each.appointment_id for each in bookings))


class BoardModel(QAbstractListModel):
    """A tile a room, in the rooms' order."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._days: tuple[RoomDay, ...] = ()
        self._tiles: list[Tile] = []
        self._now = desk.now()
        self._waiting: Mapping[UUID, datetime] = {}

    def show_days(self, days: tuple[RoomDay, ...]) -> None:
        same = [day.room.id for day in days] == [day.room.id for day in self._days]
        self._days = days
        if same:
            self.set_now(self._now)
            return
        self.beginResetModel()
        self._tiles = self._made()
        self.endResetModel()

    def set_waiting(self, waiting: Mapping[UUID, datetime]) -> None:
        """The appointments whose visitors wait, and since when."""
        if self._waiting != waiting:
            self._waiting = dict(waiting)
            self.set_now(self._now)

    def set_now(self, now: datetime) -> list[int]:
        """The tiles as they are at an instant. Returns the rows of which only the clock has
        changed; of the others the views hear as always."""
        self._now = now
        ticked: list[int] = []
        before, self._tiles = self._tiles, self._made()
        for row, (old, new) in enumerate(zip(before, self._tiles, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(row), self.index(row))
            elif old.timer != new.timer:
                ticked.append(row)
        return ticked

    def _made(self) -> list[Tile]:
        names = {member.id: member.family_name for member in self._desk.book.staff}

        def name_of(staff_id: UUID | None) -> str:
            return names.get(staff_id, "") if staff_id is not None else ""

        around = Around(name_of, self._waiting)
        return [tile_of(day, self._now, around) for day in self._days]

    def tile(self, row: int) -> Tile:
        return self._tiles[row]

    def row_of_appointment(self, appointment_id: UUID) -> int:
        """The row of the room an appointment takes place in today, -1 if in none of them."""
        for row, tile in enumerate(self._tiles):
            if any(b.appointment_id == appointment_id for b in tile.line.bookings):
                return row
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._tiles)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        steps = self._tiles[index.row()].steps if index.isValid() else ()
        if steps and steps[0].deed is Deed.CLEANED:
            return flags | Qt.ItemFlag.ItemIsEditable  # who cleaned signs in the tile
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        tile = self._tiles[index.row()]
        if role == TILE_ROLE:
            return tile
        if role in _TEXT_ROLES:
            return ", ".join(filter(None, (spoken(tile), self._desk.said_of(*ids_of(tile)))))
        return None
