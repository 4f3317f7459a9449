"""Rooms and coming bookings as list models."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from koba_desktop.gui.rooms import wording
from koba_desktop.services.rooms.board import RoomLine
from koba_desktop.services.rows import RoomBookingRow

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class RoomsModel(QAbstractListModel):
    """The rooms of the office in their order. ``now`` tells the present instant."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._lines: tuple[RoomLine, ...] = ()

    def show_lines(self, lines: tuple[RoomLine, ...]) -> None:
        same = [line.room.id for line in lines] == [line.room.id for line in self._lines]
        if same and lines:
            self._lines = lines
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def row_of_appointment(self, appointment_id: UUID) -> int:
        """The row of the room an appointment takes place in, -1 if in none of them."""
        for row, line in enumerate(self._lines):
            if any(b.appointment_id == appointment_id for b in line.bookings):
                return row
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == ROW_ROLE:
            return line
        if role in _TEXT_ROLES or role == Qt.ItemDataRole.ToolTipRole:
            return wording.spoken(line, self._now())
        return None


class ComingModel(QAbstractListModel):
    """The bookings still to come today."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RoomBookingRow, ...] = ()

    def show_rows(self, rows: Sequence[RoomBookingRow]) -> None:
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def row_of_appointment(self, appointment_id: UUID) -> int:
        """The row of an appointment's booking, -1 if it is not to come today."""
        found = (n for n, row in enumerate(self._rows) if row.appointment_id == appointment_id)
        return next(found, -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in _TEXT_ROLES or role == Qt.ItemDataRole.ToolTipRole:
            return wording.spoken_booking(row)
        return None
