"""The list of letters: ticks, selection, sorting, and buttons where they are needed."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.foreign import Marks
from koba_desktop.gui.letters.bars import MARGIN, Bars, Wanted
from koba_desktop.gui.letters.drawn import DrawnLines
from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.painting import (
    LINE,
    TICK,
    Line,
    paint_heading,
    paint_letter,
    paint_problem,
)
from koba_desktop.gui.letters.piles import Column, Order, Pile
from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.widgets.changed import Index, RowSigns
from koba_desktop.i18n import _
from koba_desktop.services.letters.outbox import OutboxItem

_WIDTHS = {
    Column.TICK: 34,
    Column.APPOINTMENT: 126,
    Column.LANGUAGE: 142,
    Column.ADVISOR: 126,
    Column.STATE: 134,
}
_NARROW = 720  # below this the language is left out
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class LettersTable(QTableView):
    """Space ticks what is selected, Enter opens, the arrows move, with Shift they select. Enter,
    Left and Right fold the pile on whose heading one is, and so does a click.

    ``remedies`` gives the buttons of a letter that must be clarified, ``offered`` those of the
    heading of a pile.
    """

    order_chosen = Signal(object)  # Order, by a click on a header
    fold_wanted = Signal(object, bool)  # Pile; whether its letters are to be hidden

    def __init__(
        self,
        model: OutboxModel,
        remedies: Callable[[OutboxItem], Sequence[Remedy]],
        offered: Callable[[Pile], Sequence[Remedy]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._letters = model
        self._remedies = remedies
        self._ask = offered
        self._offered: dict[Pile, tuple[Remedy, ...]] = {}  # on the headings
        self._drawn = DrawnLines()
        self.signs: RowSigns | None = None
        self.setModel(model)
        self.setAccessibleName(_("Letters by what needs doing"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.bars = Bars(self, self._wanted, self._where)
        self.selectionModel().currentChanged.connect(lambda _now, _before: self.bars.lead())
        model.modelReset.connect(self.bars.forget)
        model.dataChanged.connect(lambda _first, _last: self.bars.soon())
        self._make_headers()
        theme.watcher().changed.connect(self._on_theme)

    def _make_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(theme.px(LINE))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(LINE))
        header = self.horizontalHeader()
        # A header that knows the selection asks each row of a column whether it is selected.
        header.setSelectionModel(QItemSelectionModel(self._letters, header))
        header.setMinimumSectionSize(theme.px(30))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, theme.px(width))
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        self.show_order(Order())
        header.setSortIndicatorShown(True)
        header.sortIndicatorChanged.connect(self._on_sort_indicator)

    # --- sorting ----------------------------------------------------------------------------------

    def show_order(self, order: Order) -> None:
        """Show in the header by what the letters are sorted."""
        way = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        before = header.blockSignals(True)
        header.setSortIndicator(-1 if order.column is None else order.column, way)
        header.blockSignals(before)
        self.setColumnHidden(Column.ADVISOR, order.column is not Column.ADVISOR)
        header.viewport().update()

    def _on_sort_indicator(self, section: int, way: Qt.SortOrder) -> None:
        column = Column(section) if section > 0 else None
        descending = column is not None and way is Qt.SortOrder.DescendingOrder
        self.order_chosen.emit(Order(column, descending))

    # --- buttons ----------------------------------------------------------------------------------

    def renew_headings(self) -> None:
        """The buttons of the printed letters say how many are ticked, others how many are left."""
        new = {pile: tuple(self._ask(pile)) for pile, _items in self._letters.shown.piles}
        kept = {pile: self._offered.get(pile, ()) for pile in new}
        if any(_labels(new[pile]) != _labels(kept[pile]) for pile in new):
            for pile in new:
                same = _labels(new[pile]) == _labels(kept[pile])
                self._offered[pile] = kept[pile] if same else new[pile]
            self.bars.dress()

    def _wanted(self) -> list[Wanted]:
        """What is in sight and needs buttons."""
        found: list[Wanted] = []
        model = self._letters
        for row in self.rows_in_sight():
            item = model.item_at(row)
            offered = self._offered.get(model.pile_at(row), ()) if item is None else ()
            if offered:
                index, pile = model.index(row, 0), model.pile_at(row)
                found.append(Wanted(pile, offered, index, partial(tuple, offered)))
            elif item is not None and model.is_second_at(row):
                offer = partial(self._remedies, item)
                index = model.index(row, 0)
                found.append(Wanted(item.row.id, item, index, offer, item.row.recipient))
        return found

    def _where(self) -> Hashable:
        """The line where one is, as its buttons know it."""
        here = self.currentIndex()
        item = self._letters.item(here)
        return item.row.id if item is not None else self._letters.pile(here)

    def rows_in_sight(self) -> range:
        count = self._letters.rowCount()
        first = self.rowAt(0)
        if first < 0 or not count:
            return range(0)
        last = self.rowAt(self.viewport().height() - 1)
        return range(first, (last if last >= 0 else count - 1) + 1)

    # --- where one is, and what is selected -------------------------------------------------------

    def choose(self, index: QModelIndex) -> bool:
        """Make a row the current one; tells whether there is such a row."""
        if not index.isValid():
            return False
        self.selectionModel().setCurrentIndex(index, _CHOOSE)
        self.scrollTo(index)
        return True

    def choose_letter(self, letter_id: UUID) -> bool:
        """Make a letter the current one, unfolded where need be; tells whether it is there."""
        place = self._letters.shown.places.get(letter_id)
        if place is None:
            return False
        pile = self._letters.shown.piles[place[0]][0]
        if pile in self._letters.folded:
            self.fold_wanted.emit(pile, False)
        return self.choose(self._letters.find(letter_id))

    def selected(self) -> list[OutboxItem]:
        """The letters selected, from top to bottom."""
        rows = sorted(
            row
            for span in self.selectionModel().selection().toList()
            for row in range(span.top(), span.bottom() + 1)
        )
        found = (self._letters.item_at(row) for row in dict.fromkeys(rows))
        return list({item.row.id: item for item in found if item is not None}.values())

    def select_letters(self, ids: Sequence[UUID]) -> None:
        """Select these as well, as far as they are shown."""
        model = self._letters
        indexes = (model.find(one) for one in ids)
        rows = sorted(index.row() for index in indexes if index.isValid())
        selection, start = QItemSelection(), 0
        for at in range(1, len(rows) + 1):  # one span for rows that follow each other
            if at == len(rows) or rows[at] != rows[at - 1] + 1:
                last = model.index(rows[at - 1], len(Column) - 1)
                selection.select(model.index(rows[start], 0), last)
                start = at
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.Select | flags.Rows)

    def selectAll(self) -> None:
        """Qt would ask for the flags of every cell."""
        model = self._letters
        everything = QItemSelection(
            model.index(0, 0), model.index(model.rowCount() - 1, len(Column) - 1)
        )
        self.selectionModel().select(everything, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    # --- keys and clicks --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current, key = self.currentIndex(), Qt.Key(event.key())
        if key is Qt.Key.Key_Space and current.isValid():
            self._toggle_selected(current)
        elif not (current.isValid() and self._folds(current, key)):
            super().keyPressEvent(event)

    def _folds(self, current: Index, key: Qt.Key) -> bool:
        """Fold or unfold; from a letter Left leads to its heading. Tells whether it did."""
        model = self._letters
        pile, item = model.pile(current), model.item(current)
        if pile is None:
            return False
        if item is not None:
            if key is Qt.Key.Key_Left:
                self.choose(model.group(pile))
            return key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if key in _ENTER:
            self.fold_wanted.emit(pile, pile not in model.folded)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold_wanted.emit(pile, key is Qt.Key.Key_Left)
        else:
            return False
        return True

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """From row to row; what stands against a letter belongs to the letter."""
        kind, model = QAbstractItemView.CursorAction, self._letters
        count, here = model.rowCount(), self.currentIndex()
        if not count:
            return QModelIndex()
        page = max(1, self.viewport().height() // self.rowHeight(0) - 1)
        steps = {
            kind.MoveUp: -1,
            kind.MovePrevious: -1,
            kind.MoveDown: 1,
            kind.MoveNext: 1,
            kind.MovePageUp: -page,
            kind.MovePageDown: page,
            kind.MoveHome: -count,
            kind.MoveEnd: count,
        }
        step = steps.get(action, 0)
        row = here.row() + step if here.isValid() else 0
        row = min(max(row, 0), count - 1)
        if model.is_second_at(row):
            row += 1 if step > 0 and row + 1 < count else -1
        return model.index(row, 0)  # whose name is the whole letter in a sentence

    def _toggle_selected(self, current: Index) -> None:
        """The tick of the letter where one is goes over; the others selected follow it."""
        model, item, pile = self._letters, self._letters.item(current), self._letters.pile(current)
        ids = {one.row.id for one in self.selected()}
        if item is None or pile is None or len(ids) < 2 or item.row.id not in ids:
            model.toggle(current)
            return
        on = not model.is_ticked(pile, item)
        for each, items in model.shown.piles:
            wanted = [one for one in items if one.row.id in ids]
            if wanted:
                model.tick(each, wanted, on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at, model = event.position().toPoint(), self._letters
        index = self.indexAt(at)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
            return
        on_tick = at.x() < MARGIN + theme.px(TICK) + 4
        if on_tick and index.siblingAtColumn(0).flags() & Qt.ItemFlag.ItemIsUserCheckable:
            model.toggle(index)
            return
        if model.is_second_at(index.row()):  # a click on what stands against a letter chooses it
            self.choose(model.index(index.row() - 1, 0))
            return
        super().mousePressEvent(event)
        pile = model.pile(index)
        if model.item(index) is None and pile is not None:
            self.fold_wanted.emit(pile, pile not in model.folded)

    # --- drawing ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """All rows in sight, whole: cell by cell Qt would ask Python hundreds of times."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.tokens().base)
        columns = {
            column: (self.columnViewportPosition(column), self.columnWidth(column))
            for column in Column
            if not self.isColumnHidden(column)
        }
        width, height = self.viewport().width(), self.rowHeight(0)
        chosen = self.selectionModel().isRowSelected
        root, here = QModelIndex(), self.currentIndex().row()
        for row in self.rows_in_sight():
            rect = QRect(0, self.rowViewportPosition(row), width, height)
            if not rect.intersects(event.rect()):
                continue
            item, pile = self._letters.item_at(row), self._letters.pile_at(row)
            if item is None:
                buttons = self.bars.left_of(pile)
                paint_heading(
                    painter, rect, self._letters, pile, width if buttons is None else buttons
                )
                if row == here:
                    painter.fillRect(0, rect.top(), 3, height, theme.tokens().accent)
            elif self._letters.is_second_at(row):
                line = Line(rect, pile, item, chosen(row - 1, root), columns)
                buttons = self.bars.left_of(item.row.id)
                self._paint_problem(painter, line, width if buttons is None else buttons)
            else:
                self._paint_letter(painter, Line(rect, pile, item, chosen(row, root), columns))
                if self.signs is not None:
                    self.signs.paint(painter, self._letters.index(row, 0))
            if row == here and self.hasFocus():
                painter.setPen(theme.tokens().accent)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_letter(self, painter: QPainter, line: Line) -> None:
        model, item = self._letters, line.item
        looks = (line.pile, line.chosen, line.columns, model.tick_of(line.pile, item))
        named = model.named(item.row.advisor_id) if model.named is not None else ""
        shows = (item, looks, model.fits(item), model.today, named)
        self._drawn.paint(
            painter,
            line.rect,
            item.row.id,
            shows,
            lambda on, rect: paint_letter(on, replace(line, rect=rect), model),
        )

    def _paint_problem(self, painter: QPainter, line: Line, right: int) -> None:
        shows = (line.pile, line.item, line.chosen, line.columns, right)
        self._drawn.paint(
            painter,
            line.rect,
            (line.item.row.id, "problem"),
            shows,
            lambda on, rect: paint_problem(on, replace(line, rect=rect), right),
        )

    def _on_theme(self) -> None:
        self._drawn.forget()
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._drawn.forget()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(Column.LANGUAGE, self.width() < theme.px(_NARROW))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_NARROW), theme.px(400))


def _labels(offered: Sequence[Remedy]) -> list[str]:
    return [one.label for one in offered]


class LetterSigns(RowSigns):
    """The signs of what others changed, on the rows in sight."""

    def __init__(self, table: LettersTable, marks: Marks, model: OutboxModel) -> None:
        def ids_of(index: Index) -> tuple[UUID, ...]:
            item = model.item(index)
            return (item.row.id,) if item is not None else ()

        super().__init__(table, marks, ids_of)
        self._table = table

    def _shown(self) -> Iterator[QModelIndex]:
        for row in self._table.rows_in_sight():
            yield self._table.model().index(row, 0)
