"""The sign of what somebody else changed a moment ago: a folded corner, everywhere alike.

The sentence that goes with it is in the tip and in what a screen reader says.
"""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
)
from PySide6.QtGui import QPainter, QPen, QPolygon
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from koba_desktop.gui import theme
from koba_desktop.gui.foreign import Marks

Index = QModelIndex | QPersistentModelIndex
_LEG = 10  # px: less than the margin of a row, and clear of the icons of a low block


def sign_rect(box: QRect) -> QRect:
    """What the sign of a block, a tile or a row covers: its lower right corner."""
    leg = min(theme.px(_LEG), box.height() * 2 // 5)
    return QRect(box.right() + 1 - leg, box.bottom() + 1 - leg, leg, leg)


def paint_changed(painter: QPainter, box: QRect) -> None:
    """Paint the sign over ``box``."""
    t, place = theme.tokens(), sign_rect(box)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(t.base, 1))
    painter.setBrush(t.accent)
    right, bottom = place.right() + 1, place.bottom() + 1
    painter.drawPolygon(
        QPolygon([QPoint(right, place.top()), QPoint(right, bottom), QPoint(place.left(), bottom)])
    )
    painter.restore()


class RowSigns(QObject):
    """The signs on the rows of a list: painted with the row, and alone when a mark comes or goes.

    ``ids_of`` tells by which ids a row is known; ``box_of`` where it is painted, if not over its
    whole width.
    """

    def __init__(
        self,
        view: QAbstractItemView,
        marks: Marks,
        ids_of: Callable[[Index], Iterable[UUID | None]],
        box_of: Callable[[Index], QRect] | None = None,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._marks = marks
        self._ids_of = ids_of
        self._box_of = box_of or self._row
        marks.changed.connect(self._on_changed)

    def paint(self, painter: QPainter, index: Index) -> None:
        """Paint the sign of a row that has a mark; after the row itself."""
        if self._marks.any and self._marks.of(*self._ids_of(index)) is not None:
            paint_changed(painter, self._box_of(index))

    def _row(self, index: Index) -> QRect:
        rect = self._view.visualRect(index)
        rect.setLeft(0)
        rect.setRight(self._view.viewport().width() - 1)
        return rect

    def _on_changed(self, ids: frozenset[UUID]) -> None:
        if not self._view.isVisible():
            return
        for index in self._shown():
            if not ids.isdisjoint(each for each in self._ids_of(index) if each is not None):
                self._view.viewport().update(sign_rect(self._box_of(index)))

    def _shown(self) -> Iterator[QModelIndex]:
        """The rows in sight, from top to bottom."""
        view, bottom = self._view, self._view.viewport().height()
        if isinstance(view, QTreeView):
            index = view.indexAt(QPoint(0, 0))
            while index.isValid() and view.visualRect(index).top() < bottom:
                yield index
                index = view.indexBelow(index)
        else:
            for row in range(view.model().rowCount()):
                yield view.model().index(row, 0)
