"""The outbox as a tree of two levels: groups by what is to be done, and their letters."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from koba_desktop.domain.vocabulary import Language
from koba_desktop.gui.headings import heading
from koba_desktop.gui.letters.problems import problem_text
from koba_desktop.gui.widgets.groups import COUNT_ROLE, GROUP_ROLE, OWN_ROLE, GroupedModel
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.letters.outbox import Outbox, OutboxItem

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    TICK = 0
    RECIPIENT = 1
    KIND = 2
    APPOINTMENT = 3
    LANGUAGE = 4
    STATE = 5


class Pile(StrEnum):
    """The groups, in the order in which they ask for work."""

    CLARIFY = "clarify"
    PRINT = "print"
    POST = "post"
    POSTED = "posted"


TICKABLE = (Pile.PRINT, Pile.POST)
ITEM_ROLE = OWN_ROLE
NOTE_ROLE = OWN_ROLE + 1
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(slots=True)
class _Group:
    pile: Pile
    items: tuple[OutboxItem, ...]


class OutboxModel(GroupedModel):
    """Letters to be printed are ticked from the start, those to be posted are not. A tick on a
    group's heading is one on all its letters."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._groups: list[_Group] = []
        self._turned: set[tuple[Pile, UUID]] = set()  # ticks that differ from their pile's start
        self._note = ""
        self.said: Callable[[UUID], str] | None = None
        """What is to be added about a letter."""

    def show_outbox(self, outbox: Outbox, *, posted: bool) -> bool:
        """Show the work (``posted`` False) or what has left the house in the last days.

        Returns whether anything is different: if not, nothing is touched.
        """
        piles = (
            [(Pile.POSTED, outbox.posted)]
            if posted
            else [
                (Pile.CLARIFY, outbox.to_clarify),
                (Pile.PRINT, outbox.to_print),
                (Pile.POST, outbox.to_post),
            ]
        )
        groups = [_Group(pile, items) for pile, items in piles if items]
        if groups == self._groups:
            return False
        self.beginResetModel()
        self._groups = groups
        self.endResetModel()
        self.ticks_changed.emit()
        return True

    def set_note(self, note: str) -> None:
        """What stands at the right of the heading of the letters to be printed."""
        if note != self._note:
            self._note = note
            for number, group in enumerate(self._groups):
                if group.pile is Pile.PRINT:
                    index = self.index(number, 0)
                    self.dataChanged.emit(index, index)

    # --- what the panel asks ----------------------------------------------------------------------

    def item(self, index: Index) -> OutboxItem | None:
        return index.data(ITEM_ROLE) if index.isValid() else None

    def pile(self, index: Index) -> Pile | None:
        return pile_of(index) if index.isValid() else None

    def items(self, pile: Pile) -> tuple[OutboxItem, ...]:
        return next((g.items for g in self._groups if g.pile is pile), ())

    def ticked(self, pile: Pile) -> list[OutboxItem]:
        return [item for item in self.items(pile) if self._is_ticked(pile, item)]

    def find(self, letter_id: UUID) -> QModelIndex:
        for number, group in enumerate(self._groups):
            for row, item in enumerate(group.items):
                if item.row.id == letter_id:
                    return self.row_index(number, row)
        return QModelIndex()

    def group(self, pile: Pile) -> QModelIndex:
        for number, group in enumerate(self._groups):
            if group.pile is pile:
                return self.index(number, 0)
        return QModelIndex()

    def toggle(self, index: Index) -> None:
        """Tick a letter or a whole group, or take the tick off."""
        first = index.sibling(index.row(), 0)
        if first.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            on = first.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
            self.setData(first, state, Qt.ItemDataRole.CheckStateRole)

    def _is_ticked(self, pile: Pile, item: OutboxItem) -> bool:
        turned = (pile, item.row.id) in self._turned
        return turned is not (pile is Pile.PRINT)

    def _tick(self, pile: Pile, item: OutboxItem, on: bool) -> None:
        if on is (pile is Pile.PRINT):
            self._turned.discard((pile, item.row.id))
        else:
            self._turned.add((pile, item.row.id))

    # --- QAbstractItemModel -----------------------------------------------------------------------

    def sizes(self) -> list[int]:
        return [len(group.items) for group in self._groups]

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        titles = (
            "",
            _("Recipient"),
            _("Kind of letter"),
            _("Appointment"),
            _("Language"),
            _("State"),
        )
        return heading(titles, section, orientation, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.pile(index) in TICKABLE and index.column() == 0:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number, row = self.place(index)
        group = self._groups[number]
        if row is None:
            return self._group_data(group, index.column(), role)
        return self._item_data(group, group.items[row], Column(index.column()), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        pile = self.pile(index)
        if role != Qt.ItemDataRole.CheckStateRole or pile not in TICKABLE:
            return False
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        item = self.item(index)
        for each in (item,) if item is not None else self.items(pile):
            self._tick(pile, each, on)
        head = self.group(pile)
        last = self.index(len(self.items(pile)) - 1, 0, head)
        self.dataChanged.emit(head, head, [role])
        self.dataChanged.emit(self.index(0, 0, head), last, [role])
        self.ticks_changed.emit()
        return True

    def _group_data(self, group: _Group, column: int, role: int) -> Any:
        if role == GROUP_ROLE:
            return group.pile
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (pile_title(group.pile), str(len(group.items)), self._note_of(group.pile))
            return ", ".join(filter(None, parts))
        if column:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return pile_title(group.pile)
        if role == COUNT_ROLE:
            return str(len(group.items))
        if role == NOTE_ROLE:
            return self._note_of(group.pile)
        if role == Qt.ItemDataRole.CheckStateRole and group.pile in TICKABLE:
            ticked = len(self.ticked(group.pile))
            if not ticked:
                return Qt.CheckState.Unchecked
            all_of_them = ticked == len(group.items)
            return Qt.CheckState.Checked if all_of_them else Qt.CheckState.PartiallyChecked
        return None

    def _said(self, item: OutboxItem) -> str:
        return self.said(item.row.id) if self.said is not None else ""

    def _note_of(self, pile: Pile) -> str:
        return self._note if pile is Pile.PRINT else ""

    def _item_data(self, group: _Group, item: OutboxItem, column: Column, role: int) -> Any:
        if role == ITEM_ROLE:
            return item
        if role == GROUP_ROLE:
            return group.pile
        if role in _TEXT_ROLES:
            if column is Column.TICK:
                if role == Qt.ItemDataRole.DisplayRole:
                    return ""
                return ", ".join(filter(None, (spoken(group.pile, item), self._said(item))))
            return cell_text(group.pile, item, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            problem = problem_text(item) if item.problem is not None else ""
            return "\n".join(filter(None, (problem, self._said(item)))) or None
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.TICK:
            if group.pile not in TICKABLE:
                return None
            on = self._is_ticked(group.pile, item)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None


def pile_of(index: Index) -> Pile:
    """The group of a row; Qt hands the role on as a plain text."""
    return Pile(index.data(GROUP_ROLE))


def pile_title(pile: Pile) -> str:
    return {
        Pile.CLARIFY: _("To clarify"),
        Pile.PRINT: _("To print"),
        Pile.POST: _("Printed, not yet posted"),
        Pile.POSTED: _("Posted in the last 30 days"),
    }[pile]


def cell_text(pile: Pile, item: OutboxItem, column: Column) -> str:
    """What one cell says; the tick says nothing."""
    row = item.row
    if column is Column.TICK:
        return ""
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


def spoken(pile: Pile, item: OutboxItem) -> str:
    """The letter in one sentence, for a screen reader."""
    parts = [cell_text(pile, item, column) for column in Column if column is not Column.TICK]
    if item.problem is not None:
        parts.append(problem_text(item))
    return ", ".join(parts)
