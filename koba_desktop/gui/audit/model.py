"""The audit as a table, latest first; older events are asked for as the view comes near them."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from koba_desktop.domain.clock import wall
from koba_desktop.gui.headings import heading
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.audit.rows import AuditPage, AuditRow
from koba_desktop.services.audit.wording import author, fields_text, object_title

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    WHEN = 0
    WHO = 1
    ACTION = 2
    OBJECT = 3
    FIELDS = 4
    REASON = 5
    HOST = 6


class AuditModel(QAbstractTableModel):
    """``more_wanted`` asks for the page after the last row; ``append`` brings it."""

    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[AuditRow] = []
        self._texts: list[tuple[str, ...]] = []
        self._more = False
        self._asked = False

    def show_page(self, page: AuditPage) -> None:
        """Begin anew with the latest events."""
        self.beginResetModel()
        self._rows = list(page.rows)
        self._texts = [_cells(row) for row in page.rows]
        self._more, self._asked = page.more, False
        self.endResetModel()

    def append(self, page: AuditPage) -> None:
        """The older events that were asked for."""
        self._more, self._asked = page.more, False
        if page.rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._rows += page.rows
            self._texts += [_cells(row) for row in page.rows]
            self.endInsertRows()

    def clear(self) -> None:
        self.show_page(AuditPage((), False))

    @property
    def more(self) -> bool:
        """Whether there are events older than those here."""
        return self._more

    @property
    def last(self) -> AuditRow | None:
        """The oldest event that is here."""
        return self._rows[-1] if self._rows else None

    def row(self, index: Index) -> AuditRow | None:
        return self._rows[index.row()] if index.isValid() else None

    def row_of(self, wanted: AuditRow) -> int:
        """The line of an event, -1 where it is not here."""
        return next((at for at, row in enumerate(self._rows) if row.id == wanted.id), -1)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit()

    def give_up(self) -> None:
        """The page asked for does not come; it can be asked for again."""
        self._asked = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return heading(_titles(), section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._texts[index.row()][index.column()]
        return None


def _titles() -> Sequence[str]:
    return (
        _("Date and time"),
        _("Person"),
        _("Action"),
        _("Object"),
        _("Fields"),
        _("Reason"),
        _("PC"),
    )


def _cells(row: AuditRow) -> tuple[str, ...]:
    moment = wall(row.created_at)
    return (
        f"{formats.date_short(moment.date())} {moment:%H:%M:%S}",
        author(row) or "–",
        word(row.action),
        object_title(row),
        fields_text(row),
        row.reason,
        row.host,
    )
