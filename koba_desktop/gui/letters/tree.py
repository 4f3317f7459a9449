"""The list of letters: ticks, selection, sorting, and buttons where they are needed."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.painting import (
    LINE,
    MARGIN,
    TICK,
    LetterDelegate,
    paint_pile,
    paint_problem,
    row_colours,
)
from koba_desktop.gui.letters.piles import Column, Order, Pile
from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.widgets import LinkButton, ToolButton
from koba_desktop.gui.widgets.groups import GroupedTree, Index
from koba_desktop.i18n import _
from koba_desktop.services.letters.outbox import OutboxItem

_WIDTHS = {Column.TICK: 34, Column.APPOINTMENT: 128, Column.LANGUAGE: 128, Column.STATE: 138}
_NARROW = 720  # below this the language is left out


class LettersTree(GroupedTree):
    """Space ticks what is selected, Enter opens, arrows move and fold, with Shift they select.

    ``remedies`` gives the buttons of a letter that must be clarified, ``posting`` those of the
    heading of the printed letters. Only letters in sight have buttons: there may be thousands.
    """

    order_chosen = Signal(object)  # Order, by a click on a header

    def __init__(
        self,
        model: OutboxModel,
        remedies: Callable[[OutboxItem], Sequence[Remedy]],
        posting: Callable[[], Sequence[Remedy]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parent)
        self._letters = model
        self._remedies = remedies
        self._posting = posting
        self._bars: dict[UUID, tuple[OutboxItem, QWidget]] = {}
        self._posting_bar: QWidget | None = None
        self.setItemDelegate(LetterDelegate(self))
        self.setAccessibleName(_("Letters by what needs doing"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # By pixel Qt would ask for the height of every letter whenever it lays the list out.
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._dressing = QTimer(self, singleShot=True, interval=0)
        self._dressing.timeout.connect(self._dress_sight)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._dressing.start())
        self.expanded.connect(lambda _index: self._dressing.start())
        self.collapsed.connect(lambda _index: self._dressing.start())
        model.modelReset.connect(self._forget_bars)
        model.dataChanged.connect(lambda _first, _last: self._dressing.start())
        self._make_header()
        theme.watcher().changed.connect(self.viewport().update)

    def _make_header(self) -> None:
        header = self.header()
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
        header = self.header()
        before = header.blockSignals(True)
        header.setSortIndicator(-1 if order.column is None else order.column, way)
        header.blockSignals(before)
        header.viewport().update()

    def _on_sort_indicator(self, section: int, way: Qt.SortOrder) -> None:
        column = Column(section) if section > 0 else None
        descending = column is not None and way is Qt.SortOrder.DescendingOrder
        self.order_chosen.emit(Order(column, descending))

    # --- after a new answer -----------------------------------------------------------------------

    def dress(self) -> None:
        """Unfold the piles as they were, and put the buttons in their places."""
        super().dress()
        self.renew_posting()
        self._dressing.start()

    def renew_posting(self) -> None:
        """The buttons of the printed letters say how many are ticked."""
        pile = self._letters.group(Pile.POST)
        if pile.isValid():
            if self._posting_bar is not None:
                self._posting_bar.hide()
            self._posting_bar = self._put_buttons(pile, self._posting())

    def _forget_bars(self) -> None:
        """Those of the former answer: Qt deletes them in its own time."""
        for _item, bar in self._bars.values():
            bar.hide()
        if self._posting_bar is not None:
            self._posting_bar.hide()
        self._bars, self._posting_bar = {}, None

    def _dress_sight(self) -> None:
        """Buttons for the letters in sight that have something against them, and for no others."""
        seen: dict[UUID, tuple[OutboxItem, Index]] = {}
        for index in self._in_sight():
            item = self._letters.item(index)
            if item is not None and item.problem is not None:
                seen[item.row.id] = (item, index)
        for letter_id, (item, bar) in list(self._bars.items()):
            if letter_id not in seen or seen[letter_id][0] is not item:
                bar.hide()
                at = self._letters.find(letter_id)
                if at.isValid():
                    self.setIndexWidget(at, None)  # type: ignore[arg-type]
                del self._bars[letter_id]
        for letter_id, (item, index) in seen.items():
            if letter_id not in self._bars:
                first = index.sibling(index.row(), 0)
                self._bars[letter_id] = (item, self._put_buttons(first, self._remedies(item)))

    def _in_sight(self) -> list[Index]:
        bottom = self.viewport().height()
        found: list[Index] = []
        index: Index = self.indexAt(self.viewport().rect().topLeft())
        while index.isValid() and self.visualRect(index).top() < bottom:
            found.append(index)
            index = self.indexBelow(index)
        return found

    def _put_buttons(self, index: Index, offered: Sequence[Remedy]) -> QWidget:
        bar = QWidget(self.viewport())
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for number, remedy in enumerate(offered):
            button = (
                LinkButton(remedy.label, bar)
                if number
                else ToolButton(remedy.label, remedy.icon, bar)
            )
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, act=remedy.act: act())
            layout.addWidget(button)
        buttons = bar.findChildren(QAbstractButton)
        for earlier, later in pairwise((self, *buttons)):  # Tab leads from the list to them
            QWidget.setTabOrder(earlier, later)
        self.setIndexWidget(index, bar)
        self.updateEditorGeometries()
        return bar

    # --- where one is, and what is selected -------------------------------------------------------

    def choose_letter(self, letter_id: UUID) -> bool:
        """Make a letter the current one; tells whether it is there."""
        return self.choose(self._letters.find(letter_id).siblingAtColumn(Column.RECIPIENT))

    def selected(self) -> list[OutboxItem]:
        """The letters selected, from top to bottom."""
        found: list[tuple[int, int, OutboxItem]] = []
        for span in self.selectionModel().selection().toList():
            if not span.parent().isValid():
                continue
            number = span.parent().row()
            items = self._letters.shown.piles[number][1]
            rows = range(span.top(), span.bottom() + 1)
            found += [(number, row, items[row]) for row in rows]
        unique = {(number, row): item for number, row, item in found}
        return [unique[place] for place in sorted(unique)]

    def select_letters(self, ids: Sequence[UUID]) -> None:
        """Select these as well, as far as they are shown."""
        places = sorted(p for one in ids if (p := self._letters.shown.places.get(one)))
        selection, model = QItemSelection(), self._letters
        start = 0
        for at in range(1, len(places) + 1):
            (pile, row), last = places[at - 1], at == len(places)
            if last or places[at] != (pile, row + 1):  # one span for rows that follow each other
                first = model.row_index(*places[start])
                selection.select(first, model.row_index(pile, row, len(Column) - 1))
                start = at
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.Select | flags.Rows)

    # --- keys and clicks --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and current.isValid():
            self._toggle_selected(current)
            return
        super().keyPressEvent(event)

    def _toggle_selected(self, current: Index) -> None:
        """The tick of the letter where one is goes over; the others selected follow it."""
        model, item = self._letters, self._letters.item(current)
        ids = {one.row.id for one in self.selected()}
        if item is None or len(ids) < 2 or item.row.id not in ids:
            model.toggle(current)
            return
        pile = model.pile(current)
        assert pile is not None
        on = not model.is_ticked(pile, item)
        for each, items in model.shown.piles:
            wanted = [one for one in items if one.row.id in ids]
            if wanted:
                model.tick(each, wanted, on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        on_tick = at.x() < MARGIN + theme.px(TICK) + 4
        left = event.button() is Qt.MouseButton.LeftButton
        if left and on_tick and index.siblingAtColumn(0).flags() & Qt.ItemFlag.ItemIsUserCheckable:
            self._letters.toggle(index)
            return
        super().mousePressEvent(event)

    # --- drawing ----------------------------------------------------------------------------------

    def draw_heading(self, painter: QPainter, rect: QRect, heading: Index) -> None:
        paint_pile(painter, rect, heading, self.isExpanded(heading))

    def draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool
    ) -> None:
        item, pile = self._letters.item(index), self._letters.pile(index)
        assert item is not None
        assert pile is not None
        ground, ink = row_colours(item, pile, chosen)
        self.draw_cells(painter, option, index, chosen, ground)
        if item.problem is not None:
            self._draw_problem(painter, option, item, ink)

    def _draw_problem(
        self, painter: QPainter, option: QStyleOptionViewItem, item: OutboxItem, ink: QColor
    ) -> None:
        bar = self._bars.get(item.row.id)
        left = self.columnViewportPosition(Column.RECIPIENT) + 6
        right = (bar[1].x() if bar is not None else self.viewport().width()) - MARGIN
        lower = option.rect.adjusted(0, theme.px(LINE), 0, 0)
        lower.setLeft(left)
        lower.setRight(right)
        paint_problem(painter, lower, item, ink)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(Column.LANGUAGE, self.width() < theme.px(_NARROW))
        super().resizeEvent(event)
        self._dressing.start()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_NARROW), theme.px(400))
