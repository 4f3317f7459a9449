"""The outbox as one table: a heading for each pile, below it the lines of its letters.

It shows an arrangement that was made elsewhere. A flat table, because a tree asks Python for the
place and the flags of every row whenever it is laid out: for thousands of letters that stops the
window.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.headings import heading
from koba_desktop.gui.letters.cells import cell_text, column_title, pile_title, spoken
from koba_desktop.gui.letters.checking import Checked
from koba_desktop.gui.letters.piles import TICKABLE, Arrangement, Column, Pile
from koba_desktop.gui.letters.problems import problem_text
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe
from koba_desktop.services.letters.outbox import OutboxItem

Index = QModelIndex | QPersistentModelIndex

_CHECK_ROLE = Qt.ItemDataRole.CheckStateRole
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
_HEADING_FLAGS = Qt.ItemFlag.ItemIsEnabled
_ROW_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_CHECKABLE = Qt.ItemFlag.ItemIsUserCheckable


class OutboxModel(QAbstractTableModel):
    """Letters to be printed are ticked from the start, those to be posted are not. A tick on a
    pile's heading is one on all its letters. A folded pile shows its heading only.

    All lines are equally high: what stands against a letter is a line of its own below it.
    """

    ticks_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = Arrangement()
        self.folded: set[Pile] = set()
        self._starts: list[int] = []  # the row of each pile's heading
        self._rows = 0
        # Letters whose tick differs from how their pile starts.
        self._turned: dict[Pile, set[UUID]] = {pile: set() for pile in TICKABLE}
        self._ticked: dict[Pile, int] = {}
        self._note = ""
        self.today = date.min
        self.said: Callable[[UUID], str] | None = None
        """What is to be added about a letter."""
        self.checked: Callable[[OutboxItem], Checked | None] | None = None
        """What a trial of a letter that is to be printed found."""
        self.named: Callable[[UUID], str] | None = None
        """How an advisor is called."""

    def show_arrangement(self, new: Arrangement, differing: list[tuple[int, int]] | None) -> bool:
        """Show letters; ``differing`` is what ``new.differing`` says of what is shown now.

        Returns whether the rows are others: if not, only those that differ are drawn anew. The
        ticks are others as well then, without a signal.
        """
        if differing is None:
            self.beginResetModel()
            self._take(new)
            self.endResetModel()
            return True
        counted = new.more != self.shown.more
        self._take(new)
        for start in self._starts if counted else ():
            self.dataChanged.emit(self.index(start, 0), self.index(start, len(Column) - 1))
        for pile, line in differing:
            row = self._row(pile, line)
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
        return False

    def fold(self, pile: Pile, folded: bool) -> None:
        """Show the heading of a pile alone, or its letters as well."""
        if folded is not (pile in self.folded):
            self.beginResetModel()
            (self.folded.add if folded else self.folded.discard)(pile)
            self._take(self.shown)
            self.endResetModel()

    def _take(self, new: Arrangement) -> None:
        self.shown = new
        self._starts, self._rows = [], 0
        for (pile, _items), lines in zip(new.piles, new.lines, strict=True):
            self._starts.append(self._rows)
            self._rows += 1 + (len(lines) if pile not in self.folded else 0)
        self._ticked = {pile: len(self.ticked(pile)) for pile, _items in new.piles}

    def set_note(self, note: str) -> None:
        """What stands at the right of the heading of the letters to be printed."""
        if note != self._note:
            self._note = note
            index = self.group(Pile.PRINT)
            if index.isValid():
                self.dataChanged.emit(index, index.siblingAtColumn(len(Column) - 1))

    def note_of(self, pile: Pile) -> str:
        return self._note if pile is Pile.PRINT else ""

    # --- what stands where ------------------------------------------------------------------------

    def place(self, row: int) -> tuple[int, int | None]:
        """The number of the pile, and that of the line in it; a heading has no line."""
        number = bisect_right(self._starts, row) - 1
        line = row - self._starts[number] - 1
        return number, line if line >= 0 else None

    def _row(self, pile: int, line: int) -> int | None:
        """Where a line is; None in a folded pile."""
        folded = self.shown.piles[pile][0] in self.folded
        return None if folded else self._starts[pile] + 1 + line

    def item_at(self, row: int) -> OutboxItem | None:
        """The letter of a row; None for a heading."""
        number, line = self.place(row)
        return self.shown.lines[number][line] if line is not None else None

    def pile_at(self, row: int) -> Pile:
        return self.shown.piles[self.place(row)[0]][0]

    def is_second_at(self, row: int) -> bool:
        """Whether a row says what stands against the letter of the row above it."""
        number, line = self.place(row)
        return line is not None and self.shown.is_second(number, line)

    def item(self, index: Index) -> OutboxItem | None:
        return self.item_at(index.row()) if index.isValid() else None

    def pile(self, index: Index) -> Pile | None:
        """The pile of a heading or a letter."""
        return self.pile_at(index.row()) if index.isValid() else None

    def more(self, pile: Pile) -> int:
        """How many letters of a pile were not read."""
        return self.shown.more.get(pile, 0)

    def size(self, pile: Pile) -> str:
        """How many letters a pile has: all of them, or those that a filter leaves."""
        n, more = len(self.items(pile)), self.more(pile)
        return formats.number(n if self.shown.hidden else n + more)

    def items(self, pile: Pile) -> tuple[OutboxItem, ...]:
        return next((items for each, items in self.shown.piles if each is pile), ())

    def find(self, letter_id: UUID) -> QModelIndex:
        """A letter's first row; invalid where it is not shown."""
        place = self.shown.places.get(letter_id)
        row = self._row(*place) if place is not None else None
        return self.index(row, 0) if row is not None else QModelIndex()

    def group(self, pile: Pile) -> QModelIndex:
        """The heading of a pile; invalid where the pile is not shown."""
        for number, (each, _items) in enumerate(self.shown.piles):
            if each is pile:
                return self.index(self._starts[number], 0)
        return QModelIndex()

    # --- ticks ------------------------------------------------------------------------------------

    def ticked(self, pile: Pile) -> list[OutboxItem]:
        if pile not in TICKABLE:
            return []
        starts_on, turned = pile is Pile.PRINT, self._turned[pile]
        return [item for item in self.items(pile) if (item.row.id in turned) is not starts_on]

    def count_ticked(self, pile: Pile) -> int:
        return self._ticked.get(pile, 0)

    def is_ticked(self, pile: Pile, item: OutboxItem) -> bool:
        if pile not in TICKABLE:
            return False
        return (item.row.id in self._turned[pile]) is not (pile is Pile.PRINT)

    def tick_of(self, pile: Pile, item: OutboxItem | None) -> Qt.CheckState:
        """The tick of a letter, or that of a heading for all of its letters."""
        if item is not None:
            on = self.is_ticked(pile, item)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        ticked, size = self.count_ticked(pile), len(self.items(pile))
        if ticked in (0, size):
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return Qt.CheckState.PartiallyChecked

    def toggle(self, index: Index) -> None:
        """Tick a letter or a whole pile, or take the tick off."""
        pile, item = self.pile(index), self.item(index)
        if pile is None or pile not in TICKABLE:
            return
        on = self.tick_of(pile, item) is not Qt.CheckState.Checked
        self.tick(pile, (item,) if item is not None else self.items(pile), on)

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
        last = self.index(self._last_row(head.row()), 0)
        self.dataChanged.emit(head, last, [_CHECK_ROLE])
        self.ticks_changed.emit()

    def _last_row(self, start: int) -> int:
        """The last row of the pile that starts there."""
        later = [each for each in self._starts if each > start]
        return (later[0] if later else self._rows) - 1

    # --- QAbstractTableModel ----------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        number, line = self.place(index.row())
        if line is None:
            flags = _HEADING_FLAGS
        elif self.shown.is_second(number, line):
            return Qt.ItemFlag.NoItemFlags
        else:
            flags = _ROW_FLAGS
        if index.column() == Column.TICK and self.shown.piles[number][0] in TICKABLE:
            flags |= _CHECKABLE
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        titles = tuple(column_title(column) for column in Column)
        return heading(titles, section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number, line = self.place(index.row())
        pile, column = self.shown.piles[number][0], Column(index.column())
        if line is None:
            return self._heading_data(pile, column, role)
        item = self.shown.lines[number][line]
        if self.shown.is_second(number, line):
            wanted = role == Qt.ItemDataRole.ToolTipRole or (
                role in _TEXT_ROLES and column is Column.RECIPIENT
            )
            return problem_text(item) if wanted else None
        return self._item_data(pile, item, column, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick by what assistive technology or a test sets; the keys go to ``toggle``."""
        pile, item = self.pile(index), self.item(index)
        if role != _CHECK_ROLE or pile is None or pile not in TICKABLE:
            return False
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.tick(pile, (item,) if item is not None else self.items(pile), on)
        return True

    def _heading_data(self, pile: Pile, column: Column, role: int) -> Any:
        size = self.size(pile)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            fold = _("folded") if pile in self.folded else ""
            return ", ".join(filter(None, (pile_title(pile), size, self.note_of(pile), fold)))
        if column is not Column.TICK:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return pile_title(pile)
        if role == _CHECK_ROLE and pile in TICKABLE:
            return self.tick_of(pile, None)
        return None

    def refusal(self, item: OutboxItem) -> OfficeError | None:
        """Why a letter that is to be printed cannot be, as far as it was tried."""
        found = self.checked(item) if self.checked is not None else None
        return found.refusal if found is not None else None

    def cell(self, pile: Pile, item: OutboxItem, column: Column) -> str:
        if column is Column.ADVISOR:
            return self.named(item.row.advisor_id) if self.named is not None else ""
        return cell_text(pile, item, column, self.today, self.fits(item))

    def fits(self, item: OutboxItem) -> bool | None:
        """Whether a letter that is to be printed can be; None before it was tried."""
        found = self.checked(item) if self.checked is not None else None
        return None if found is None else found.refusal is None

    def _said(self, item: OutboxItem) -> str:
        return self.said(item.row.id) if self.said is not None else ""

    def _item_data(self, pile: Pile, item: OutboxItem, column: Column, role: int) -> Any:
        if role in _TEXT_ROLES:
            if column is Column.TICK and role == Qt.ItemDataRole.AccessibleTextRole:
                whole = spoken(pile, item, self.today, self.fits(item))
                return ", ".join(filter(None, (whole, self._said(item))))
            return self.cell(pile, item, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            refusal = self.refusal(item) if pile is Pile.PRINT else None
            problem = describe(refusal) if refusal is not None else ""
            problem = problem_text(item) if item.problem is not None else problem
            return "\n".join(filter(None, (problem, self._said(item)))) or None
        if role == _CHECK_ROLE and column is Column.TICK and pile in TICKABLE:
            return self.tick_of(pile, item)
        return None
