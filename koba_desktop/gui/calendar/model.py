"""The rows behind the calendar: one an appointment, and the slot with the focus."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from koba_desktop.gui.calendar import wording
from koba_desktop.i18n import _
from koba_desktop.services.rows import AppointmentRow

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of the keyboard where no appointment is."""

    starts: datetime
    ends: datetime
    column: int
    closed_by: str = ""  # the reason where the office is closed


def _nothing(_id: UUID) -> str:
    return ""


class CalendarModel(QAbstractListModel):
    """Appointments by start, then one more row: the slot under the keyboard.

    The last row gives the empty slot a name a screen reader can say.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[AppointmentRow, ...] = ()
        self.slot: Slot | None = None
        self.said: Callable[[UUID], str] = _nothing
        """What is to be added to the sentence about an appointment."""
        self._numbers: dict[UUID, int] = {}

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if row is not None:
                return ", ".join(filter(None, (wording.accessible_text(row), self.said(row.id))))
            if self.slot is not None:
                return wording.slot_text(self.slot.starts, self.slot.ends, self.slot.closed_by)
            return _("Free time")
        if role == Qt.ItemDataRole.UserRole and row is not None:
            return row.id
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # --- the calendar's own -----------------------------------------------------------------------

    def row_at(self, index: Index) -> AppointmentRow | None:
        """The appointment of an index; None for the slot and for no index."""
        if index.isValid() and index.row() < len(self.rows):
            return self.rows[index.row()]
        return None

    def index_of(self, appointment_id: UUID | None) -> QModelIndex:
        number = self._numbers.get(appointment_id) if appointment_id is not None else None
        return QModelIndex() if number is None else self.index(number)

    def slot_index(self) -> QModelIndex:
        return self.index(len(self.rows))

    def show(self, rows: tuple[AppointmentRow, ...]) -> bool:
        """Take other rows. True if the indexes held before are gone (the model was reset)."""
        if [r.id for r in rows] == [r.id for r in self.rows]:
            changed = [n for n, row in enumerate(rows) if row != self.rows[n]]
            self.rows = rows
            for number in changed:
                self.dataChanged.emit(self.index(number), self.index(number))
            return False
        self.beginResetModel()
        self.rows = rows
        self._numbers = {row.id: number for number, row in enumerate(rows)}
        self.endResetModel()
        return True

    def place_slot(self, slot: Slot | None) -> None:
        if slot != self.slot:
            self.slot = slot
            self.dataChanged.emit(self.slot_index(), self.slot_index())
