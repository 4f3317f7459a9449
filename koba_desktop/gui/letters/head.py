"""What stands above the letters: which of them are shown, the words that find some, the filter."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.filter_bar import FilterBar
from koba_desktop.gui.letters.piles import POSTED_PILES, Pile, Tab
from koba_desktop.gui.widgets import ToolButton, segmented
from koba_desktop.i18n import _, pgettext

_GAP, _MARGIN = 8, 10


class OutboxHead(QWidget):
    """Which letters are wanted."""

    searched = Signal()  # other words: the database is asked
    chosen = Signal()  # another tab, filter or order: of what is here already

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.tabs = {tab: ToolButton(self._title(tab, 0), "", self) for tab in Tab}
        for button in self.tabs.values():
            button.setCheckable(True)
        self.tabs[Tab.WORK].setChecked(True)
        choice = segmented(tuple(self.tabs.values()), self)
        group = choice.findChild(QButtonGroup)
        assert isinstance(group, QButtonGroup)
        group.idToggled.connect(lambda _id, on: self.chosen.emit() if on else None)
        self.filter_button = ToolButton(_("Filter"), "filter", self)
        self.filter_button.setCheckable(True)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Name, appointment number …"))
        self.search.setAccessibleName(_("Filter letters by name or appointment number"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(150))
        self.search.setMaximumWidth(theme.px(230))
        glass = QAction(self.search)
        theme.bind_icon(glass, "search", "text2")
        self.search.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self.searched.emit())
        self.filter = FilterBar(desk, self)
        self.filter.setVisible(self.filter.narrowing.count > 0)
        self.filter_button.setChecked(self.filter.isVisibleTo(self))
        self.filter_button.toggled.connect(self.filter.setVisible)
        self.filter.changed.connect(self._on_narrowed)
        self._show_narrowed()
        left = QHBoxLayout()
        left.addWidget(choice)
        left.addStretch(1)
        right = QHBoxLayout()
        right.setSpacing(_GAP)
        right.addStretch(1)
        right.addWidget(self.filter_button)
        right.addWidget(self.search, 1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(_GAP)
        self._line.addLayout(left)
        self._line.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 7, _MARGIN, 7)
        layout.setSpacing(7)
        layout.addLayout(self._line)
        layout.addWidget(self.filter)

    @property
    def tab(self) -> Tab:
        return next(tab for tab, button in self.tabs.items() if button.isChecked())

    def choose(self, tab: Tab) -> None:
        self.tabs[tab].setChecked(True)

    def count(self, counts: Mapping[Pile, int]) -> None:
        """How many letters each pile has."""
        posted = sum(counts.get(pile, 0) for pile in POSTED_PILES)
        for tab, number in ((Tab.POSTED, posted), (Tab.OPEN, counts.get(Pile.OPEN, 0))):
            self.tabs[tab].setText(self._title(tab, number))
            self.tabs[tab].setAccessibleName(self._title(tab, number))
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Its line may break."""
        least = sum(each.sizeHint().width() for each in self.tabs.values()) + 2 * _MARGIN
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Filter and search go below where the names of the tabs would be cut."""
        parts = (*self.tabs.values(), self.filter_button)
        needed = sum(each.sizeHint().width() for each in parts) + self.search.minimumWidth()
        room = self.width() - 2 * _MARGIN - 2 * _GAP
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.TopToBottom if needed > room else direction.LeftToRight)

    def clear(self) -> None:
        """No words and no filter: every letter is to be found."""
        self.search.clear()
        self.filter.reset()

    def _on_narrowed(self) -> None:
        self._show_narrowed()
        self.chosen.emit()

    def _show_narrowed(self) -> None:
        n = self.filter.narrowing.count
        text = _("Filter ({n})").format(n=n) if n else _("Filter")
        self.filter_button.setText(text)
        self.filter_button.setAccessibleName(text)

    @staticmethod
    def _title(tab: Tab, number: int) -> str:
        if not number:
            return {
                Tab.WORK: _("Outbox"),
                Tab.POSTED: _("Posted"),
                Tab.OPEN: _("Answer awaited"),
                Tab.ALL: pgettext("Letters", "All"),
            }[tab]
        if tab is Tab.POSTED:
            return _("Posted {n}").format(n=number)
        return _("Answer awaited {n}").format(n=number)
