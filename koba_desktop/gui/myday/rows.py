"""Short lists in columns: contact attempts, free times."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.clients.painting import paint_ground
from koba_desktop.gui.widgets.ring import FocusRing
from koba_desktop.gui.widgets.text import write

Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole + 1
_GAP = 9


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line: its cells, of which the one at ``icon_before`` has an icon in front; ``quiet``
    cells are in the second text colour."""

    cells: tuple[str, ...]
    spoken: str
    payload: Any = None
    icon: str = ""
    icon_before: int = 0
    quiet: frozenset[int] = frozenset()
    tip: str = ""


class RowsModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[TextRow, ...] = ()

    def show(self, rows: Sequence[TextRow]) -> None:
        if tuple(rows) != self.rows:
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return "  ".join(row.cells)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.tip or None
        return row if role == RowRole else None


class RowsView(QListView):
    """A list of text rows; letters are left to the panel around."""

    taken = Signal(object)  # TextRow: Enter or double click
    current_row = Signal(object)  # TextRow the user went to
    left = Signal()  # Esc

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model = RowsModel(self)
        self.setModel(self.rows_model)
        self.setAccessibleName(name)
        self.setItemDelegate(_RowsDelegate(self))
        FocusRing(self)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._take)
        theme.watcher().changed.connect(self.viewport().update)

    def show_rows(self, rows: Sequence[TextRow]) -> None:
        self.rows_model.show(rows)

    def mark(self, number: int) -> None:
        """Make a row current without telling."""
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self.rows_model.index(number, 0))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def row_height(self) -> int:
        return theme.px(23)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.data(RowRole)
        if row is not None and self.hasFocus():
            self.current_row.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _take(self, index: QModelIndex) -> None:
        row = index.data(RowRole)
        if row is not None:
            self.taken.emit(row)


class _RowsDelegate(QStyledItemDelegate):
    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, self._view.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: TextRow = index.data(RowRole)
        t = theme.tokens()
        painter.save()
        ink = paint_ground(painter, option, self._view.hasFocus())
        soft = ink if option.state & QStyle.StateFlag.State_Selected else t.text2
        font = theme.font()
        metrics = QFontMetrics(font)
        rect = option.rect.adjusted(10, 0, -8, 0)
        left = rect.left()
        icon = theme.px(15)
        for column, text in enumerate(row.cells):
            if row.icon and column == row.icon_before:
                top = rect.center().y() - icon / 2 + 1
                theme.draw_icon(painter, row.icon, QRectF(left, top, icon, icon), ink)
                left += icon + _GAP
            place = QRect(left, rect.top(), rect.right() - left, rect.height())
            write(painter, place, text, font, soft if column in row.quiet else ink)
            left += self._width(metrics, column) + _GAP
        painter.setPen(t.separator)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _width(self, metrics: QFontMetrics, column: int) -> int:
        texts = (row.cells[column] for row in self._view.rows_model.rows if column < len(row.cells))
        return max((metrics.horizontalAdvance(text) for text in texts), default=0)
