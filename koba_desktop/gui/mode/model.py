"""The history of the mode as a table, latest first."""

from enum import IntEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.modes import ModeTimeline, timeline
from koba_desktop.domain.vocabulary import ModeSource
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.headings import heading
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class Column(IntEnum):
    MODE = 0
    VALID_FROM = 1
    STATE = 2
    SOURCE = 3
    REASON = 4
    AUTHOR = 5


class ModeModel(QAbstractTableModel):
    """Nothing is overwritten: a withdrawal is a line of its own."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows: tuple[OperatingMode, ...] = ()
        self.timeline: ModeTimeline = timeline(())

    def show_rows(self, rows: tuple[OperatingMode, ...]) -> None:
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.timeline = timeline(rows)
        self.endResetModel()

    def planned(self, index: Index) -> OperatingMode | None:
        """The row at an index if it is still to come and can be withdrawn."""
        row: OperatingMode | None = index.data(ROW_ROLE) if index.isValid() else None
        return row if row in self.timeline.planned(self._desk.now()) else None

    def row_of(self, mode_id: UUID) -> int:
        """The line of a decision; decisions are never removed."""
        return next(n for n, row in enumerate(self._rows) if row.id == mode_id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        titles = (
            _("Mode"),
            _("Valid from"),
            _("State"),
            _("Source"),
            _("Reason"),
            _("Decided by"),
        )
        return heading(titles, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._cell(row, Column(index.column()))
        if role == Qt.ItemDataRole.FontRole and row == self._in_force():
            return theme.font(bold=True)
        return None

    def _cell(self, row: OperatingMode, column: Column) -> str:
        if column is Column.MODE:
            return word(row.mode)
        if column is Column.VALID_FROM:
            return (
                f"{formats.date_short(day_of(row.valid_from))}, {formats.time_of(row.valid_from)}"
            )
        if column is Column.STATE:
            return self._state(row)
        if column is Column.SOURCE:
            return word(row.source)
        if column is Column.REASON:
            return row.reason
        return self._name(row.created_by)

    def _in_force(self) -> OperatingMode | None:
        return self.timeline.row_at(self._desk.now())

    def _state(self, row: OperatingMode) -> str:
        if row.source is ModeSource.WITHDRAWAL:
            return _("withdraws a plan")
        if row == self._in_force():
            return _("in force")
        if row in self.timeline.planned(self._desk.now()):
            return _("planned")
        return _("superseded") if row in self.timeline.rows else _("withdrawn")

    def _name(self, staff_id: UUID | None) -> str:
        member = next((s for s in self._desk.book.staff if s.id == staff_id), None)
        return formats.name_sorted(member.family_name, member.given_name) if member else "–"
