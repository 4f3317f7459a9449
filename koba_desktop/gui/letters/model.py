"""The outbox as a tree of two levels: piles by what is to be done, and their letters.

It shows an arrangement that was made elsewhere. A tree asks for the place of every row whenever
it is laid out, so with thousands of letters what answers that must be short.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from koba_desktop.gui.headings import heading
from koba_desktop.gui.letters.cells import cell_text, column_title, pile_title, spoken
from koba_desktop.gui.letters.piles import TICKABLE, Arrangement, Column, Pile
from koba_desktop.gui.letters.problems import problem_text
from koba_desktop.gui.widgets.groups import COUNT_ROLE, GROUP_ROLE, OWN_ROLE, GroupedModel
from koba_desktop.services.letters.outbox import OutboxItem

Index = QModelIndex | QPersistentModelIndex

ITEM_ROLE = OWN_ROLE
NOTE_ROLE = OWN_ROLE + 1
_CHECK_ROLE = Qt.ItemDataRole.CheckStateRole
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_COLUMNS = len(Column)
_HEADING = 0  # the internal id of a heading; a row carries 1 + the number of its pile
_ROW_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
)
_HEADING_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class OutboxModel(GroupedModel):
    """Letters to be printed are ticked from the start, those to be posted are not. A tick on a
    pile's heading is one on all its letters."""

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = Arrangement()
        self._sizes: list[int] = []
        # Letters whose tick differs from how their pile starts.
        self._turned: dict[Pile, set[UUID]] = {pile: set() for pile in TICKABLE}
        self._ticked: dict[Pile, int] = {}
        self._note = ""
        self.today = date.min
        self.said: Callable[[UUID], str] | None = None
        """What is to be added about a letter."""

    def show_arrangement(self, new: Arrangement, differing: list[tuple[int, int]] | None) -> bool:
        """Show letters; ``differing`` is what ``new.differing`` says of what is shown now.

        Returns whether the rows are others: if not, only those that differ are drawn anew.
        """
        if differing is None:
            self.beginResetModel()
            self._take(new)
            self.endResetModel()
            self.ticks_changed.emit()
            return True
        self._take(new)
        for pile, row in differing:
            first = self.row_index(pile, row)
            self.dataChanged.emit(first, first.siblingAtColumn(_COLUMNS - 1))
        return False

    def _take(self, new: Arrangement) -> None:
        self.shown = new
        self._sizes = [len(items) for _pile, items in new.piles]
        self._ticked = {pile: len(self.ticked(pile)) for pile, _items in new.piles}

    def set_note(self, note: str) -> None:
        """What stands at the right of the heading of the letters to be printed."""
        if note != self._note:
            self._note = note
            index = self.group(Pile.PRINT)
            if index.isValid():
                self.dataChanged.emit(index, index)

    # --- what the panel asks ----------------------------------------------------------------------

    def item(self, index: Index) -> OutboxItem | None:
        """The letter of a row; None for a heading."""
        if not index.isValid() or index.internalId() == _HEADING:
            return None
        return self.shown.piles[index.internalId() - 1][1][index.row()]

    def pile(self, index: Index) -> Pile | None:
        """The pile of a heading or a letter."""
        if not index.isValid():
            return None
        number = index.internalId()
        return self.shown.piles[number - 1 if number else index.row()][0]

    def items(self, pile: Pile) -> tuple[OutboxItem, ...]:
        return next((items for each, items in self.shown.piles if each is pile), ())

    def ticked(self, pile: Pile) -> list[OutboxItem]:
        if pile not in TICKABLE:
            return []
        starts_on, turned = pile is Pile.PRINT, self._turned[pile]
        return [item for item in self.items(pile) if (item.row.id in turned) is not starts_on]

    def count_ticked(self, pile: Pile) -> int:
        return self._ticked.get(pile, 0)

    def find(self, letter_id: UUID) -> QModelIndex:
        place = self.shown.places.get(letter_id)
        return self.row_index(*place) if place is not None else QModelIndex()

    def group(self, pile: Pile) -> QModelIndex:
        """The heading of a pile; invalid where the pile is not shown."""
        for number, (each, _items) in enumerate(self.shown.piles):
            if each is pile:
                return self.index(number, 0)
        return QModelIndex()

    # --- ticks ------------------------------------------------------------------------------------

    def is_ticked(self, pile: Pile, item: OutboxItem) -> bool:
        if pile not in TICKABLE:
            return False
        return (item.row.id in self._turned[pile]) is not (pile is Pile.PRINT)

    def toggle(self, index: Index) -> None:
        """Tick a letter or a whole pile, or take the tick off."""
        pile, item = self.pile(index), self.item(index)
        if pile not in TICKABLE:
            return
        if item is not None:
            self.tick(pile, (item,), not self.is_ticked(pile, item))
        else:
            items = self.items(pile)
            self.tick(pile, items, self.count_ticked(pile) < len(items))

    def tick(self, pile: Pile, items: Iterable[OutboxItem], on: bool) -> None:
        """Tick letters of a pile, or take their ticks off."""
        head = self.group(pile)
        if pile not in TICKABLE or not head.isValid():
            return
        ids = {item.row.id for item in items}
        if on is (pile is Pile.PRINT):
            self._turned[pile] -= ids
        else:
            self._turned[pile] |= ids
        self._ticked[pile] = len(self.ticked(pile))
        last = self.index(len(self.items(pile)) - 1, 0, head)
        self.dataChanged.emit(head, head, [_CHECK_ROLE])
        self.dataChanged.emit(self.index(0, 0, head), last, [_CHECK_ROLE])
        self.ticks_changed.emit()

    # --- QAbstractItemModel -----------------------------------------------------------------------

    def sizes(self) -> list[int]:
        return self._sizes

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return _COLUMNS

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self._sizes)
        return self._sizes[parent.row()] if parent.internalId() == _HEADING else 0

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if row < 0 or not 0 <= column < _COLUMNS or row >= self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _HEADING)

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        number = child.internalId()
        return self.createIndex(number - 1, 0, _HEADING) if number else QModelIndex()

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = _ROW_FLAGS if index.internalId() else _HEADING_FLAGS
        if index.column() == Column.TICK and self.pile(index) in TICKABLE:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        titles = tuple(column_title(column) for column in Column)
        return heading(titles, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        pile, item = self.pile(index), self.item(index)
        if pile is None:
            return None
        if role == GROUP_ROLE:
            return pile
        if item is None:
            return self._heading_data(pile, index.column(), role)
        return self._item_data(pile, item, Column(index.column()), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick by what assistive technology or a test sets; the keys go to ``toggle``."""
        pile, item = self.pile(index), self.item(index)
        if role != _CHECK_ROLE or pile not in TICKABLE:
            return False
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.tick(pile, (item,) if item is not None else self.items(pile), on)
        return True

    def _heading_data(self, pile: Pile, column: int, role: int) -> Any:
        size = len(self.items(pile))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (pile_title(pile), str(size), self._note_of(pile))))
        if column:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return pile_title(pile)
        if role == COUNT_ROLE:
            return str(size)
        if role == NOTE_ROLE:
            return self._note_of(pile)
        if role == _CHECK_ROLE and pile in TICKABLE:
            ticked = self.count_ticked(pile)
            if ticked in (0, size):
                return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            return Qt.CheckState.PartiallyChecked
        return None

    def _note_of(self, pile: Pile) -> str:
        return self._note if pile is Pile.PRINT else ""

    def _said(self, item: OutboxItem) -> str:
        return self.said(item.row.id) if self.said is not None else ""

    def _item_data(self, pile: Pile, item: OutboxItem, column: Column, role: int) -> Any:
        if role == ITEM_ROLE:
            return item
        if role in _TEXT_ROLES:
            if column is Column.TICK and role == Qt.ItemDataRole.AccessibleTextRole:
                whole = spoken(pile, item, self.today)
                return ", ".join(filter(None, (whole, self._said(item))))
            return cell_text(pile, item, column, self.today)
        if role == Qt.ItemDataRole.ToolTipRole:
            problem = problem_text(item) if item.problem is not None else ""
            return "\n".join(filter(None, (problem, self._said(item)))) or None
        if role == _CHECK_ROLE and column is Column.TICK and pile in TICKABLE:
            on = self.is_ticked(pile, item)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return None
