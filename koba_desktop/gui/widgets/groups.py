"""Lists in groups that fold: a tree of two levels, headings and the rows below them."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.widgets.changed import RowSigns
from koba_desktop.gui.widgets.text import advance, write

Index = QModelIndex | QPersistentModelIndex
GROUP_ROLE = Qt.ItemDataRole.UserRole
"""Of a heading: the text by which the group is known from one answer to the next."""
COUNT_ROLE = Qt.ItemDataRole.UserRole + 1
"""Of a heading: what is written behind its title."""
OWN_ROLE = Qt.ItemDataRole.UserRole + 2
"""The first role a panel may use as it likes."""

_HEADING = 0  # the internal id of a heading; a row carries 1 + the number of its group
_FOLDING_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class GroupedModel(QAbstractItemModel):
    """Where the headings and rows stand; what they say is up to the panel."""

    def sizes(self) -> Sequence[int]:
        """How many rows each group has, from top to bottom."""
        raise NotImplementedError

    def place(self, index: Index) -> tuple[int, int | None]:
        """The number of the group, and that of the row in it; a heading has no row."""
        if index.internalId() == _HEADING:
            return index.row(), None
        return index.internalId() - 1, index.row()

    def row_index(self, group: int, row: int, column: int = 0) -> QModelIndex:
        return self.index(row, column, self.index(group, 0))

    def row_indexes(self) -> list[QModelIndex]:
        """All rows from top to bottom."""
        return [
            self.row_index(group, row)
            for group, size in enumerate(self.sizes())
            for row in range(size)
        ]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _HEADING)

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]
        if not child.isValid() or is_heading(child):
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _HEADING)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self.sizes())
        return self.sizes()[parent.row()] if is_heading(parent) and not parent.column() else 0

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and not is_heading(index):
            flags |= Qt.ItemFlag.ItemNeverHasChildren
        return flags


class GroupedTree(QTreeView):
    """Whole rows in columns. Space and Enter fold the group on whose heading one is, and so does
    a click; a group stays as it was left, also over a new answer."""

    def __init__(
        self, model: GroupedModel, parent: QWidget | None = None, *, folded: Iterable[str] = ()
    ) -> None:
        super().__init__(parent)
        self.signs: RowSigns | None = None
        self._folded = set(folded)
        self.setModel(model)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setMinimumSectionSize(theme.px(30))
        self.expanded.connect(lambda heading: self._folded.discard(heading.data(GROUP_ROLE)))
        self.collapsed.connect(lambda heading: self._folded.add(heading.data(GROUP_ROLE)))

    def dress(self) -> None:
        """After a new answer: unfold the groups as they were."""
        for number in range(self.model().rowCount()):
            heading = self.model().index(number, 0)
            self.setFirstColumnSpanned(number, QModelIndex(), True)
            self.setExpanded(heading, heading.data(GROUP_ROLE) not in self._folded)

    def choose(self, index: QModelIndex) -> bool:
        """Make a row the current one; tells whether there is such a row."""
        if not index.isValid():
            return False
        if index.parent().isValid():
            self.expand(index.parent())
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)
        return True

    # --- keys and clicks --------------------------------------------------------------------------

    def folds(self, event: QKeyEvent) -> bool:
        """Fold or unfold by a key pressed on a heading; tells whether it was one."""
        here = self.currentIndex()
        if event.key() not in _FOLDING_KEYS or not here.isValid() or not is_heading(here):
            return False
        self._fold(here)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.folds(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        if left and index.isValid() and is_heading(index):
            self._fold(index)

    def _fold(self, index: QModelIndex) -> None:
        heading = index.siblingAtColumn(0)
        self.setExpanded(heading, not self.isExpanded(heading))

    # --- drawing ----------------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What is chosen has a bar at the left, where one is has a frame."""
        rect, here = option.rect, self.currentIndex()
        current = index.row() == here.row() and index.parent() == here.parent()
        if is_heading(index):
            chosen = current
            self.draw_heading(painter, rect, index.sibling(index.row(), 0))
        else:
            chosen = self.selectionModel().isRowSelected(index.row(), index.parent())
            self.draw_line(painter, option, index, chosen)
            if self.signs is not None:
                self.signs.paint(painter, index)
        accent = theme.tokens().accent
        if chosen:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), accent)
        if current and self.hasFocus():
            painter.setPen(accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def draw_heading(self, painter: QPainter, rect: QRect, heading: QModelIndex) -> None:
        """Draw the heading of a group."""
        raise NotImplementedError

    def draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool
    ) -> None:
        """Draw a row of a group, as a rule with ``draw_cells``."""
        raise NotImplementedError

    def draw_cells(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: Index,
        chosen: bool,
        ground: QColor,
    ) -> None:
        """The ground of a row, the line below it, and its cells by the delegate."""
        row = option.rect
        painter.fillRect(row, ground)
        painter.setPen(theme.tokens().separator)
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        cell = QStyleOptionViewItem(option)
        if chosen:
            cell.state |= QStyle.StateFlag.State_Selected
        for column in range(self.model().columnCount()):
            if self.isColumnHidden(column):
                continue
            left = self.columnViewportPosition(column)
            cell.rect = QRect(left, row.top(), self.columnWidth(column), row.height())
            at = self.model().index(index.row(), column, index.parent())
            self.itemDelegate().paint(painter, cell, at)


def is_heading(index: Index) -> bool:
    """Whether a valid index of such a model is a group's heading."""
    return index.internalId() == _HEADING


def paint_heading(
    painter: QPainter, rect: QRect, left: int, heading: Index, unfolded: bool
) -> None:
    """The ground of a heading; from ``left`` on chevron, bold title and count."""
    t, title = theme.tokens(), heading.data()
    painter.fillRect(rect, t.alternate)
    painter.setPen(t.separator)
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    size = theme.px(10)
    chevron = "chevron-down" if unfolded else "chevron-right"
    place = QRectF(left, rect.center().y() - size / 2 + 1, size, size)
    theme.draw_icon(painter, chevron, place, t.text)
    rest = QRect(rect)
    rest.setLeft(left + size + 6)
    write(painter, rest, title, theme.font(bold=True), t.text)
    rest.setLeft(rest.left() + advance(title, bold=True) + 8)
    write(painter, rest, heading.data(COUNT_ROLE), theme.font(), t.text2)
