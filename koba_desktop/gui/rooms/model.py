"""The coming bookings as a list model."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from koba_desktop.gui.rooms import wording
from koba_desktop.services.rows import RoomBookingRow

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class ComingModel(QAbstractListModel):
    """The bookings still to come today."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RoomBookingRow, ...] = ()

    def show_rows(self, rows: Sequence[RoomBookingRow]) -> bool:
        """Take other rows; tells whether they are others."""
        if tuple(rows) == self._rows:
            return False
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()
        return True

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
