"""The list of visitors: groups that fold, arrows, and a key for each step."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.reception.model import ArrivalsModel, Column, two_lines
from koba_desktop.gui.reception.painting import (
    PAD,
    PRESENT,
    ArrivalDelegate,
    advance,
    cell_width,
    group_of,
    paint_heading,
    paint_second_line,
)
from koba_desktop.gui.reception.visitors import Group, Visitor
from koba_desktop.i18n import _

Index = QModelIndex | QPersistentModelIndex
_WIDEST = {
    Column.CODE: "0000",
    Column.BORN: "00.00.0000",
    Column.TIME: "00:00",
    Column.ADVISOR: "Petrenko-M",
    Column.PLACE: "Vordach",
    Column.SINCE: "00:00",
}
"""What the columns have room for, whatever the font."""
_DISPENSABLE = (Column.SINCE, Column.ADVISOR, Column.BORN)
"""What a narrow list leaves out, in this order."""
_NAME = 150  # px a name likes to have
_LEAST_NAME = 112


class ArrivalsTree(QTreeView):
    """``take_key`` is asked first about every key; what it does not want moves and searches."""

    place_wanted = Signal()

    def __init__(
        self,
        model: ArrivalsModel,
        take_key: Callable[[QKeyEvent], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._arrivals = model
        self._take_key = take_key
        self._folded: set[Group] = {Group.GONE}
        self._widths: dict[Column, int] = {}
        self.setModel(model)
        self.setItemDelegate(ArrivalDelegate(self))
        self.setAccessibleName(_("Visitors of today"))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(theme.px(30))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self._measure()
        self.expanded.connect(lambda group: self._folded.discard(group_of(group)))
        self.collapsed.connect(lambda group: self._folded.add(group_of(group)))
        theme.watcher().changed.connect(self._measure)
        self.dress()

    def _measure(self) -> None:
        """Give each column what its texts need in the font in force."""
        for column in Column:
            title = str(self._arrivals.headerData(column, Qt.Orientation.Horizontal) or "")
            cell = cell_width(column, _WIDEST.get(column, ""))
            self._widths[column] = max(cell, advance(title) + PAD) + PAD
            if column is not Column.NAME:
                self.header().resizeSection(column, self._widths[column])
        needed = sum(w for c, w in self._widths.items() if c not in _DISPENSABLE)
        bar = self.verticalScrollBar().sizeHint().width()
        name = self._widths[Column.NAME]
        self.setMinimumWidth(needed - name + theme.px(_LEAST_NAME) + bar)
        self._fit()
        self.viewport().update()

    def _fit(self) -> None:
        """The name and the state keep their room; what goes for it is still in the sentence."""
        left = self.viewport().width() - sum(self._widths.values()) + self._widths[Column.NAME]
        for column in _DISPENSABLE:
            hidden = left < theme.px(_LEAST_NAME)
            self.setColumnHidden(column, hidden)
            left += self._widths[column] if hidden else 0

    # --- after a new answer -----------------------------------------------------------------------

    def dress(self) -> None:
        """Unfold the groups as they were."""
        for number in range(self._arrivals.rowCount()):
            group = self._arrivals.index(number, 0)
            self.setFirstColumnSpanned(number, QModelIndex(), True)
            self.setExpanded(group, group_of(group) not in self._folded)

    # --- where one is -----------------------------------------------------------------------------

    def visitor(self) -> Visitor | None:
        """Whom the current row is about."""
        return self._arrivals.visitor(self.currentIndex())

    def choose(self, index: QModelIndex) -> bool:
        """Make a row the current one; tells whether there is such a row."""
        if not index.isValid():
            return False
        if index.parent().isValid():
            self.expand(index.parent())
        self.selectionModel().setCurrentIndex(
            index.siblingAtColumn(0),
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)
        return True

    def choose_visitor(self, appointment_id: UUID) -> bool:
        return self.choose(self._arrivals.find(appointment_id))

    def row_rect(self) -> QRect:
        """Where the current row lies, in the coordinates of the viewport."""
        rect = self.visualRect(self.currentIndex().siblingAtColumn(Column.PLACE))
        return rect if rect.isValid() else self.viewport().rect()

    # --- keys and clicks --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        folds = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if folds and current.isValid() and self._arrivals.visitor(current) is None:
            self._fold(current)
            return
        if self._take_key(event):
            return
        super().keyPressEvent(event)

    def _fold(self, index: QModelIndex) -> None:
        group = index.siblingAtColumn(0)
        self.setExpanded(group, not self.isExpanded(group))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        visitor = self._arrivals.visitor(index)
        if visitor is None:
            self._fold(index)
        elif index.column() == Column.PLACE and visitor.wants_place:
            self.place_wanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        visitor = self._arrivals.visitor(index) if index.isValid() else None
        link = visitor is not None and visitor.wants_place and index.column() == Column.PLACE
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    # --- drawing ----------------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = theme.tokens()
        rect = option.rect
        current = index.row() == self.currentIndex().row() and (
            index.parent() == self.currentIndex().parent()
        )
        visitor = self._arrivals.visitor(index)
        if visitor is None:
            paint_heading(painter, rect, index, self.isExpanded(index.sibling(index.row(), 0)))
            selected = current
        else:
            selected = self.selectionModel().isRowSelected(index.row(), index.parent())
            painter.fillRect(rect, t.selection if selected else t.base)
            painter.setPen(t.separator)
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            self._draw_cells(painter, option, index, selected)
            if two_lines(visitor):
                lower = rect.adjusted(0, theme.px(PRESENT) - 3, 0, -2)
                lower.setLeft(self.columnViewportPosition(Column.NAME) + PAD)
                paint_second_line(painter, lower, visitor, selected)
        if selected:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), t.accent)
        if current and self.hasFocus():
            painter.setPen(t.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _draw_cells(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, selected: bool
    ) -> None:
        cell = QStyleOptionViewItem(option)
        if selected:
            cell.state |= QStyle.StateFlag.State_Selected
        for column in Column:
            if self.isColumnHidden(column):
                continue
            left = self.columnViewportPosition(column)
            cell.rect = QRect(
                left, option.rect.top(), self.columnWidth(column), option.rect.height()
            )
            at = self._arrivals.index(index.row(), column, index.parent())
            self.itemDelegate().paint(painter, cell, at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        taken = sum(self._widths.values()) - self._widths[Column.NAME]
        return QSize(taken + theme.px(_NAME), theme.px(380))
