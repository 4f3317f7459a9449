"""The list of letters: ticks, and buttons where they are needed."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
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
    paint_pile,
    paint_problem,
    row_colours,
)
from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.widgets import LinkButton, ToolButton
from koba_desktop.gui.widgets.groups import GroupedTree, Index
from koba_desktop.i18n import _
from koba_desktop.services.letters.outbox import OutboxItem

_WIDTHS = {Column.TICK: 34, Column.APPOINTMENT: 136, Column.LANGUAGE: 80}
_NARROW = 720  # below this the language is left out


class LettersTree(GroupedTree):
    """Space ticks, Enter opens, arrows move and fold. ``remedies`` gives the buttons of a letter
    that must be clarified, ``posting`` those of the heading of the printed letters."""

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
        self._bars: list[QWidget] = []
        self.setItemDelegate(LetterDelegate(self))
        self.setAccessibleName(_("Letters by what needs doing"))
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(column, theme.px(width))
        theme.watcher().changed.connect(self.viewport().update)

    # --- after a new answer -----------------------------------------------------------------------

    def dress(self) -> None:
        """Unfold the groups as they were, and put the buttons in their places."""
        for old in self._bars:  # those of the former answer; Qt deletes them in its own time
            if isValid(old):
                old.hide()
        self._bars = []
        super().dress()
        self.renew_posting()
        for index in self._letters.row_indexes():
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

    def choose_letter(self, letter_id: UUID) -> bool:
        """Make a letter the current one; tells whether it is there."""
        return self.choose(self._letters.find(letter_id).siblingAtColumn(Column.RECIPIENT))

    # --- keys and clicks --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and current.isValid():
            self._letters.toggle(current)
            return
        super().keyPressEvent(event)

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

    def draw_heading(self, painter: QPainter, rect: QRect, heading: QModelIndex) -> None:
        paint_pile(painter, rect, heading, self.isExpanded(heading))

    def draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool
    ) -> None:
        item = self._letters.item(index)
        assert item is not None
        ground, _ink = row_colours(item, pile_of(index), chosen)
        self.draw_cells(painter, option, index, chosen, ground)
        if item.problem is not None:
            self._draw_problem(painter, option, index, item)

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
