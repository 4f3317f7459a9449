"""The list of letters: keyboard, ticks, groups that fold, buttons where they are needed."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from koba_desktop.gui import theme
from koba_desktop.gui.letters.model import Column, OutboxModel, Pile, pile_of
from koba_desktop.gui.letters.painting import (
    LINE,
    MARGIN,
    TICK,
    LetterDelegate,
    paint_heading,
    paint_problem,
    row_colours,
)
from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.widgets import LinkButton, ToolButton
from koba_desktop.i18n import _
from koba_desktop.services.letters.outbox import OutboxItem

Index = QModelIndex | QPersistentModelIndex
_WIDTHS = {Column.TICK: 34, Column.APPOINTMENT: 136, Column.LANGUAGE: 80}
_NARROW = 720  # below this the language is left out


class LettersTree(QTreeView):
    """Space ticks, Enter opens, arrows move and fold. ``remedies`` gives the buttons of a letter
    that must be clarified, ``posting`` those of the heading of the printed letters."""

    def __init__(
        self,
        model: OutboxModel,
        remedies: Callable[[OutboxItem], Sequence[Remedy]],
        posting: Callable[[], Sequence[Remedy]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._letters = model
        self._remedies = remedies
        self._posting = posting
        self._folded: set[Pile] = set()
        self._bars: list[QWidget] = []
        self.setModel(model)
        self.setItemDelegate(LetterDelegate(self))
        self.setAccessibleName(_("Letters by what needs doing"))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(theme.px(30))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, theme.px(width))
        self.expanded.connect(lambda group: self._folded.discard(pile_of(group)))
        self.collapsed.connect(lambda group: self._folded.add(pile_of(group)))
        theme.watcher().changed.connect(self.viewport().update)

    # --- after a new answer -----------------------------------------------------------------------

    def dress(self) -> None:
        """Unfold the groups as they were, and put the buttons in their places."""
        for old in self._bars:  # those of the former answer; Qt deletes them in its own time
            if isValid(old):
                old.hide()
        self._bars = []
        for number in range(self._letters.rowCount()):
            group = self._letters.index(number, 0)
            pile = pile_of(group)
            self.setFirstColumnSpanned(number, QModelIndex(), True)
            self.setExpanded(group, pile not in self._folded)
            if pile is Pile.POST:
                self._put_buttons(group, self._posting())
        for index in self._letters.letters():
            item = self._letters.item(index)
            if item is not None and item.problem is not None:
                self._put_buttons(index, self._remedies(item))

    def renew_posting(self) -> None:
        """The buttons of the printed letters say how many are ticked."""
        group = self._letters.group(Pile.POST)
        if group.isValid():
            self._put_buttons(group, self._posting())

    def _put_buttons(self, index: QModelIndex, offered: Sequence[Remedy]) -> None:
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
        before = self.indexWidget(index)
        if before is not None:
            before.hide()
        self._bars.append(bar)
        self.setIndexWidget(index, bar)
        self.updateEditorGeometries()

    # --- where one is -----------------------------------------------------------------------------

    def choose(self, letter_id: UUID) -> bool:
        """Make a letter the current one; tells whether it is there."""
        index = self._letters.find(letter_id)
        if not index.isValid():
            return False
        self.expand(index.parent())
        self.selectionModel().setCurrentIndex(
            index.siblingAtColumn(Column.RECIPIENT),
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and current.isValid():
            self._letters.toggle(current)
            return
        folds = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if folds and current.isValid() and self._letters.item(current) is None:
            self.setExpanded(
                current.siblingAtColumn(0), not self.isExpanded(current.siblingAtColumn(0))
            )
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            on_tick = at.x() < MARGIN + theme.px(TICK) + 4
            if on_tick and index.siblingAtColumn(0).flags() & Qt.ItemFlag.ItemIsUserCheckable:
                self._letters.toggle(index)
                return
            if self._letters.item(index) is None:
                group = index.siblingAtColumn(0)
                self.setExpanded(group, not self.isExpanded(group))
        super().mousePressEvent(event)

    # --- drawing ----------------------------------------------------------------------------------

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t = theme.tokens()
        rect = option.rect
        current = index.row() == self.currentIndex().row() and (
            index.parent() == self.currentIndex().parent()
        )
        item = self._letters.item(index)
        if item is None:
            paint_heading(painter, rect, index, self.isExpanded(index.sibling(index.row(), 0)))
            selected = current
        else:
            pile = pile_of(index)
            selected = self.selectionModel().isRowSelected(index.row(), index.parent())
            ground, _ink = row_colours(item, pile, selected)
            painter.fillRect(rect, ground)
            painter.setPen(t.separator)
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            self._draw_cells(painter, option, index, selected)
            if item.problem is not None:
                self._draw_problem(painter, option, index, item)
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
            at = self._letters.index(index.row(), column, index.parent())
            self.itemDelegate().paint(painter, cell, at)

    def _draw_problem(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, item: OutboxItem
    ) -> None:
        pile = pile_of(index)
        _ground, ink = row_colours(item, pile, False)
        bar = self.indexWidget(self._letters.index(index.row(), 0, index.parent()))
        left = self.columnViewportPosition(Column.RECIPIENT) + 6
        right = (bar.x() if bar is not None else self.viewport().width()) - MARGIN
        lower = option.rect.adjusted(0, theme.px(LINE), 0, 0)
        lower.setLeft(left)
        lower.setRight(right)
        paint_problem(painter, lower, item, ink)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(Column.LANGUAGE, self.width() < theme.px(_NARROW))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_NARROW), theme.px(400))
