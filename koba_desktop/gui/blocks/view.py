"""A list view whose items are blocks at their places in time.

Deriving from QListView gives Qt's accessible list with a named child for each block, and
selection, for nothing. Where a block lies, and what is said and done there, each view knows itself.
"""

from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.blocks.keyboard import BlockKeyboard

Index = QModelIndex | QPersistentModelIndex
GhostT = TypeVar("GhostT")


class Canvas(Protocol):
    """Paints the blocks and what lives above them."""

    def paint(self, event: QPaintEvent) -> None: ...
    def forget(self) -> None: ...


class Gestures(Protocol):
    """What the mouse does; ``key`` is true if a key meant something to a drag."""

    def press(self, event: QMouseEvent) -> None: ...
    def moved(self, event: QMouseEvent) -> None: ...
    def release(self, event: QMouseEvent) -> None: ...
    def double_click(self, event: QMouseEvent) -> None: ...
    def left(self) -> None: ...
    def key(self, event: QKeyEvent) -> bool: ...


class BlockView(QListView, Generic[GhostT]):
    """Scrolls, selects, and hands painting, keys and mouse on. ``GhostT`` is a move being tried.

    A view of this kind makes its ``_canvas``, ``_gestures`` and ``_keyboard``, and says where a
    block lies (``visualRect``, ``indexAt``). The last row of its model is the free time under the
    keyboard.
    """

    geometry_changed = Signal()
    _canvas: Canvas
    _gestures: Gestures
    _keyboard: BlockKeyboard[GhostT]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ghost: GhostT | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.watcher().changed.connect(self._on_theme_changed)

    # --- what each view knows itself --------------------------------------------------------------

    def ensure_shown(self, rect: QRect) -> None:
        """Scroll so that a rectangle of the viewport is seen, with a little air."""
        raise NotImplementedError

    def _measure(self) -> None:
        """Take the geometry anew."""
        raise NotImplementedError

    def _update_ghost(self, ghost: GhostT) -> None:
        """Have painted again what a ghost covers, and the block it comes from."""
        raise NotImplementedError

    def _tell(self, event: QHelpEvent) -> None:
        """The tip for what is under the pointer."""
        raise NotImplementedError

    # --- what Qt asks of a view -------------------------------------------------------------------

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        rect = self.visualRect(index)
        if not rect.isNull():
            self.ensure_shown(rect)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        return self._keyboard.move(action)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index).adjusted(-4, -4, 4, 4)
        return region

    def updateGeometries(self) -> None:
        self._measure()

    # --- what is shown ----------------------------------------------------------------------------

    def set_ghost(self, ghost: GhostT | None) -> None:
        if ghost != self.ghost:
            for each in (self.ghost, ghost):
                if each is not None:
                    self._update_ghost(each)
            self.ghost = ghost

    def _make_current(self, index: QModelIndex) -> None:
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _on_theme_changed(self) -> None:
        self._canvas.forget()
        self._measure()
        self.viewport().update()

    # --- events go to canvas, keyboard and gestures -----------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        self._canvas.paint(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._gestures.key(event) and not self._keyboard.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._keyboard.release(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard.enter()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keyboard.commit()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._gestures.moved(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._gestures.double_click(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._gestures.left()
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().viewportEvent(event)
