"""The outbox as a tree of two levels: groups by what is to be done, and their letters."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from koba_desktop.domain.vocabulary import Language
from koba_desktop.gui import theme
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.letters.outbox import Outbox, OutboxItem

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    RECIPIENT = 0
    KIND = 1
    APPOINTMENT = 2
    LANGUAGE = 3
    STATE = 4


class Pile(StrEnum):
    """The groups, in the order in which they ask for work."""

    CLARIFY = "clarify"
    PRINT = "print"
    POST = "post"
    POSTED = "posted"


KIND_ICONS = {
    "telephone_proposal": "phone",
    "changed_telephone": "swap",
    "cancellation": "cross",
    "confirmation": "tick",
}
ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
PILE_ROLE = Qt.ItemDataRole.UserRole + 2


@dataclass(slots=True)
class _Group:
    pile: Pile
    items: tuple[OutboxItem, ...]


class OutboxModel(QAbstractItemModel):
    """Letters to be printed can be ticked; new ones are ticked from the start."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[_Group] = []
        self._unticked: set[UUID] = set()

    def show_outbox(self, outbox: Outbox, *, posted: bool) -> None:
        """Show the work (``posted`` False) or what has left the house in the last days."""
        self.beginResetModel()
        piles = (
            [(Pile.POSTED, outbox.posted)]
            if posted
            else [
                (Pile.CLARIFY, outbox.to_clarify),
                (Pile.PRINT, outbox.to_print),
                (Pile.POST, outbox.to_post),
            ]
        )
        self._groups = [_Group(pile, items) for pile, items in piles if items]
        self.endResetModel()
        self.ticks_changed.emit()

    # --- what the panel asks ----------------------------------------------------------------------

    def item(self, index: Index) -> OutboxItem | None:
        return index.data(ITEM_ROLE) if index.isValid() else None

    def pile(self, index: Index) -> Pile | None:
        return index.data(PILE_ROLE) if index.isValid() else None

    def ticked(self) -> list[OutboxItem]:
        """The letters that the print button would print."""
        return [
            item
            for group in self._groups
            if group.pile is Pile.PRINT
            for item in group.items
            if item.row.id not in self._unticked
        ]

    def items(self, pile: Pile) -> tuple[OutboxItem, ...]:
        return next((g.items for g in self._groups if g.pile is pile), ())

    def find(self, letter_id: UUID) -> QModelIndex:
        for number, group in enumerate(self._groups):
            for row, item in enumerate(group.items):
                if item.row.id == letter_id:
                    return self.index(row, 0, self.index(number, 0))
        return QModelIndex()

    # --- QAbstractItemModel -----------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        number = child.internalId() if child.isValid() else 0
        return self.createIndex(number - 1, 0, 0) if number else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() or parent.column():
            return 0
        return len(self._groups[parent.row()].items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return {
                Column.RECIPIENT: _("Recipient"),
                Column.KIND: _("Kind of letter"),
                Column.APPOINTMENT: _("Appointment"),
                Column.LANGUAGE: _("Language"),
                Column.STATE: _("State"),
            }[Column(section)]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled
        if index.internalId():
            flags |= Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
            if self._groups[index.internalId() - 1].pile is Pile.PRINT and index.column() == 0:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if not index.internalId():
            return self._group_data(self._groups[index.row()], index.column(), role)
        group = self._groups[index.internalId() - 1]
        return self._item_data(group, group.items[index.row()], Column(index.column()), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        item = self.item(index)
        if role != Qt.ItemDataRole.CheckStateRole or item is None:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._unticked.discard(item.row.id)
        else:
            self._unticked.add(item.row.id)
        self.dataChanged.emit(index, index, [role])
        self.ticks_changed.emit()
        return True

    def _group_data(self, group: _Group, column: int, role: int) -> Any:
        if role == PILE_ROLE:
            return group.pile
        if role == Qt.ItemDataRole.FontRole:
            return theme.font(bold=True)
        if column == 0 and role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return f"{pile_title(group.pile)}  {len(group.items)}"
        return None

    def _item_data(self, group: _Group, item: OutboxItem, column: Column, role: int) -> Any:
        row = item.row
        if role == ITEM_ROLE:
            return item
        if role == PILE_ROLE:
            return group.pile
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if column is Column.RECIPIENT and role == Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (cell_text(group.pile, item, c) for c in Column)))
            return cell_text(group.pile, item, column)
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.RECIPIENT:
            if group.pile is not Pile.PRINT:
                return None
            unticked = row.id in self._unticked
            return Qt.CheckState.Unchecked if unticked else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.DecorationRole:
            if column is Column.KIND:
                return theme.icon(KIND_ICONS.get(row.kind, "letter"))
            if column is Column.STATE:
                return _state_icon(group.pile)
        if role == Qt.ItemDataRole.FontRole and group.pile is Pile.CLARIFY:
            return theme.font(bold=column in (Column.RECIPIENT, Column.STATE))
        if role == Qt.ItemDataRole.ForegroundRole and group.pile is Pile.CLARIFY:
            return theme.tokens().emergency_text
        if role == Qt.ItemDataRole.BackgroundRole and group.pile is Pile.CLARIFY:
            return theme.tokens().emergency_fill
        return None


def pile_title(pile: Pile) -> str:
    return {
        Pile.CLARIFY: _("To clarify"),
        Pile.PRINT: _("To print"),
        Pile.POST: _("Printed, not yet posted"),
        Pile.POSTED: _("Posted in the last 30 days"),
    }[pile]


def cell_text(pile: Pile, item: OutboxItem, column: Column) -> str:
    """What one cell says."""
    row = item.row
    if column is Column.RECIPIENT:
        return row.recipient
    if column is Column.KIND:
        return word(row.kind)
    if column is Column.APPOINTMENT:
        return formats.moment_of(row.letter_starts) if row.letter_starts else "–"
    if column is Column.LANGUAGE:
        return word(Language(row.language))
    if pile is Pile.CLARIFY:
        return _("cannot be printed")
    if pile is Pile.POST and row.printed_at:
        return formats.moment_of(row.printed_at)
    if pile is Pile.POSTED and row.posted_on:
        return formats.weekday_date(row.posted_on)
    return _("ready")


def _state_icon(pile: Pile) -> Any:
    name, role = {
        Pile.CLARIFY: ("warning", "emergency_edge"),
        Pile.PRINT: ("tick", "ok"),
        Pile.POST: ("printer", "text"),
        Pile.POSTED: ("mailbox", "text"),
    }[pile]
    return theme.icon(name, role)
