"""The list of visitors: its columns, where one is, and a key for each step."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.reception.model import ArrivalsModel, Column, two_lines
from koba_desktop.gui.reception.painting import (
    PAD,
    PRESENT,
    ArrivalDelegate,
    cell_width,
    paint_second_line,
)
from koba_desktop.gui.reception.visitors import Group, Visitor
from koba_desktop.gui.widgets.groups import GroupedTree, Index, paint_heading
from koba_desktop.gui.widgets.text import advance
from koba_desktop.i18n import _

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


class ArrivalsTree(GroupedTree):
    """``take_key`` is asked about every key that folds nothing; what it does not want moves and
    searches."""

    place_wanted = Signal()

    def __init__(
        self,
        model: ArrivalsModel,
        take_key: Callable[[QKeyEvent], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parent, folded=(Group.GONE,))
        self._arrivals = model
        self._take_key = take_key
        self._widths: dict[Column, int] = {}
        self.setItemDelegate(ArrivalDelegate(self))
        self.setAccessibleName(_("Visitors of today"))
        self.setMouseTracking(True)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        self._measure()
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

    # --- where one is -----------------------------------------------------------------------------

    def visitor(self) -> Visitor | None:
        """Whom the current row is about."""
        return self._arrivals.visitor(self.currentIndex())

    def choose_visitor(self, appointment_id: UUID) -> bool:
        return self.choose(self._arrivals.find(appointment_id))

    def row_rect(self) -> QRect:
        """Where the current row lies, in the coordinates of the viewport."""
        rect = self.visualRect(self.currentIndex().siblingAtColumn(Column.PLACE))
        return rect if rect.isValid() else self.viewport().rect()

    # --- keys and clicks --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.folds(event) and not self._take_key(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        left = event.button() is Qt.MouseButton.LeftButton
        if left and self._wants_place(event):
            self.place_wanted.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        link = self._wants_place(event)
        shape = Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def _wants_place(self, event: QMouseEvent) -> bool:
        """Whether the mouse is on the place of somebody who still needs one."""
        index = self.indexAt(event.position().toPoint())
        visitor = self._arrivals.visitor(index)
        return visitor is not None and visitor.wants_place and index.column() == Column.PLACE

    # --- drawing ----------------------------------------------------------------------------------

    def draw_heading(self, painter: QPainter, rect: QRect, heading: QModelIndex) -> None:
        paint_heading(painter, rect, rect.left() + PAD, heading, self.isExpanded(heading))

    def draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool
    ) -> None:
        t = theme.tokens()
        visitor = self._arrivals.visitor(index)
        assert visitor is not None
        self.draw_cells(painter, option, index, chosen, t.selection if chosen else t.base)
        if two_lines(visitor):
            lower = option.rect.adjusted(0, theme.px(PRESENT) - 3, 0, -2)
            lower.setLeft(self.columnViewportPosition(Column.NAME) + PAD)
            paint_second_line(painter, lower, visitor, chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        taken = sum(self._widths.values()) - self._widths[Column.NAME]
        return QSize(taken + theme.px(_NAME), theme.px(380))
