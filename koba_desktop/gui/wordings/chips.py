"""The placeholders a text block may use, as buttons."""

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QToolButton, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.widgets import ToolButton
from koba_desktop.gui.widgets.flow import FlowLayout
from koba_desktop.gui.wordings import naming
from koba_desktop.i18n import _

_SHARE = 0.18
"""Of the height of list and text together the placeholders may take so much."""
_LINE = 32  # px at 96 dpi


class Chips(QScrollArea):
    """Where large type leaves no room for all their lines they are scrolled."""

    wanted = Signal(str)  # what is to be inserted

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons = QWidget(self)
        self._flow = FlowLayout(self.buttons, gap=4)
        self._locked = False
        self._height = 0
        self.setWidget(self.buttons)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def offer(self, usable: Mapping[str, str], common: Collection[str]) -> None:
        """A button for each placeholder that has something to say, with an example; those not
        ``common`` in the kind of letter together in a menu."""
        while (item := self._flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for name in usable:
            if name in common:
                self._put(self._chip(name, usable[name]))
        others = [name for name in usable if name not in common]
        if others:
            self._put(self._more(others, usable))
        self._give_room()

    def lock(self, locked: bool) -> None:
        """Nothing can be written now."""
        self._locked = locked
        for button in self.buttons.findChildren(ToolButton):
            button.setEnabled(not locked)

    def _chip(self, name: str, example: str) -> ToolButton:
        button = ToolButton(naming.placeholder_title(name), "", self.buttons)
        button.setProperty("kind", "chip")
        button.setProperty("placeholder", name)
        tip = _tip(name, example)
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.clicked.connect(partial(self.wanted.emit, f"{{{name}}}"))
        return button

    def _more(self, names: list[str], usable: Mapping[str, str]) -> ToolButton:
        """What this kind of letter uses nowhere yet."""
        button = ToolButton(_("More"), "chevron-down", self.buttons)
        button.setAccessibleName(_("More placeholders"))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setToolTipsVisible(True)
        for name in names:
            action = menu.addAction(naming.placeholder_title(name))
            action.setToolTip(_tip(name, usable[name]))
            action.triggered.connect(partial(self.wanted.emit, f"{{{name}}}"))
        button.setMenu(menu)
        return button

    def _put(self, button: ToolButton) -> None:
        button.setEnabled(not self._locked)
        self._flow.addWidget(button)
        button.show()

    # --- room -------------------------------------------------------------------------------------

    def _give_room(self) -> None:
        """As many lines of buttons as their width needs, or as there is room for: a splitter does
        not ask for that."""
        editor = self.parentWidget()
        around = editor.parentWidget() if editor is not None else None
        room = int(around.height() * _SHARE) if around is not None else 0
        bar = self.verticalScrollBar()
        width = self.width() - (bar.width() if bar.isVisible() else 0)
        self._height = self._flow.heightForWidth(width)
        self.setMinimumHeight(min(self._height, max(room, theme.px(_LINE))))
        self.setMaximumHeight(self._height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()


def _tip(name: str, example: str) -> str:
    return _("{placeholder}, for example: {example}").format(
        placeholder=f"{{{name}}}", example=example
    )
