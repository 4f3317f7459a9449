"""Buttons on the lines of a list, for those in sight only: there may be thousands of lines."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from koba_desktop.gui.letters.problems import Remedy
from koba_desktop.gui.widgets import LinkButton, ToolButton
from koba_desktop.gui.widgets.changed import Index

MARGIN = 10
_AT_ONCE = 3
"""New bars a turn of the event loop: making one takes some milliseconds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Buttons on a line. ``key`` knows the line over new answers, ``mark`` tells whether the
    buttons are still the same, ``about`` whom or what they are about."""

    key: Hashable
    mark: object
    index: Index
    offered: Callable[[], Sequence[Remedy]]
    about: str = ""


class _Bar(QWidget):
    """One line of buttons, used for one letter after the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key: Hashable = None
        self.mark: object = None
        self.buttons: list[ToolButton | LinkButton] = []
        self._acts: list[Callable[[], None]] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(10)

    def show_remedies(self, wanted: Wanted) -> None:
        offered = wanted.offered()
        self.key, self.mark = wanted.key, wanted.mark
        self._acts = [remedy.act for remedy in offered]
        while len(self.buttons) < len(offered):
            self._add(offered[len(self.buttons)])
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(offered))
            if number < len(offered):
                button.setText(offered[number].label)
                button.setAccessibleName(offered[number].label)
                button.setAccessibleDescription(wanted.about)
        for button, remedy in zip(self.buttons[:1], offered, strict=False):  # there may be none
            if isinstance(button, ToolButton):
                button.show_picture(remedy.icon)

    def _add(self, remedy: Remedy) -> None:
        number = len(self.buttons)
        button = LinkButton("", self) if number else ToolButton(remedy.label, remedy.icon, self)
        button.clicked.connect(lambda: self._acts[number]())
        self._layout.addWidget(button)
        self.buttons.append(button)


class Bars(QObject):
    """``wanted`` tells which lines in sight have buttons; ``dress`` puts them there. Tab leads to
    those of the line where one is, which ``here`` tells, and to no others."""

    def __init__(
        self,
        view: QAbstractItemView,
        wanted: Callable[[], Sequence[Wanted]],
        here: Callable[[], Hashable],
    ) -> None:
        super().__init__(view)
        self._view = view
        self._wanted = wanted
        self._here = here
        self._used: dict[Hashable, _Bar] = {}
        self._free: list[_Bar] = []
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.dress)
        view.verticalScrollBar().valueChanged.connect(lambda _at: self.soon())
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._later.start()
        return False

    def soon(self) -> None:
        """Look again when everything else is done."""
        self._later.start()

    def left_of(self, key: Hashable) -> int | None:
        """Where the buttons of a line begin; None where it has none."""
        bar = self._used.get(key)
        return bar.x() if bar is not None else None

    def forget(self) -> None:
        """The lines are others: no button stands any more."""
        for key in list(self._used):
            self._put_away(key)

    def dress(self) -> None:
        wanted = {one.key: one for one in self._wanted()}
        for key, bar in list(self._used.items()):
            if key not in wanted or bar.mark is not wanted[key].mark:
                self._put_away(key)
        made = 0
        for key, one in wanted.items():
            if key not in self._used:
                if not self._free:
                    made += 1
                    if made > _AT_ONCE:
                        self._later.start()
                        break
                bar = self._free.pop() if self._free else _Bar(self._view.viewport())
                bar.show_remedies(one)
                self._used[key] = bar
            self._place(self._used[key], self._view.visualRect(one.index))
        self.lead()

    def _place(self, bar: _Bar, line: QRect) -> None:
        """At the right end of its line."""
        size = bar.sizeHint()
        height = min(size.height(), line.height() - 2)
        left = self._view.viewport().width() - MARGIN - size.width()
        top = line.top() + (line.height() - height) // 2
        place = QRect(left, top, size.width(), height)
        if bar.geometry() != place:
            bar.setGeometry(place)
            self._view.viewport().update(0, line.top(), left, line.height())
        bar.show()

    def _put_away(self, key: Hashable) -> None:
        bar = self._used.pop(key)
        bar.hide()
        self._free.append(bar)

    def lead(self) -> None:
        """Let Tab lead from the list to the buttons of the line where one is."""
        here = self._here()
        for key, bar in self._used.items():
            way = Qt.FocusPolicy.TabFocus if key == here else Qt.FocusPolicy.NoFocus
            for each in bar.buttons:
                each.setFocusPolicy(way)
        if here in self._used:
            shown = (each for each in self._used[here].buttons if not each.isHidden())
            chain = [self._view, *shown]
            for earlier, later in pairwise(chain):
                QWidget.setTabOrder(earlier, later)
