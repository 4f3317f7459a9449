"""Buttons as the mock-ups draw them; the style sheet knows them by their property ``kind``."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.mnemonics import bare
from koba_desktop.gui.widgets.labels import KeyHint
from koba_desktop.i18n import _

_CAP_GAP = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterButton(QPushButton):
    """Enter presses it as Space does, in a dialog or not."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


class PrimaryButton(EnterButton):
    """The one main action of a form or card, in the accent colour."""

    def __init__(self, text: str = "", parent: QWidget | None = None, icon: str = "") -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "primary")
        if icon:
            theme.bind_icon(self, icon, "on_accent")


class LinkButton(EnterButton):
    """An action that reads like a link: underlined, no frame, reached by Tab."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "link")
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class ToolButton(QToolButton):
    """A framed button of a tool bar, with icon, text, or both. It takes the focus by Tab.

    An action it follows may name in its property ``key_hint`` the key that does the same; its cap
    stands beside the text.
    """

    def __init__(
        self,
        text: str = "",
        icon: str = "",
        parent: QWidget | None = None,
        *,
        primary: bool = False,
        tool_tip: str = "",
    ) -> None:
        super().__init__(parent)
        self._action: QAction | None = None
        self._cap: KeyHint | None = None
        self.setProperty("kind", "primary" if primary else "button")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.setText(text)
        if icon:
            theme.bind_icon(self, icon, "on_accent" if primary else "text")
        self._pictured = bool(icon)
        self.show_text(True)
        self.setToolTip(tool_tip)
        self.setAccessibleName(bare(text).replace("&&", "&") or tool_tip)

    def show_picture(self, icon: str) -> None:
        """Another icon, "" for none."""
        if icon:
            theme.bind_icon(self, icon)
        self._pictured = bool(icon)
        self.show_text(True)

    def show_text(self, on: bool) -> None:
        """The icon with its text, or alone where there is no room; without an icon the text."""
        style = Qt.ToolButtonStyle
        if not self._pictured:
            self.setToolButtonStyle(style.ToolButtonTextOnly)
        elif on and self.text():
            self.setToolButtonStyle(style.ToolButtonTextBesideIcon)
        else:
            self.setToolButtonStyle(style.ToolButtonIconOnly)
        if self._cap is not None:
            self._cap.setVisible(bool(self._cap.text()) and self._has_text())
            self.updateGeometry()

    def _has_text(self) -> bool:
        return self.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly

    def show_key(self, key: str) -> None:
        """The cap of a key beside the text, "" for none."""
        if self._cap is None:
            if not key:
                return
            self._cap = KeyHint(key, self)
            self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cap.setText(key)
        self._cap.setVisible(bool(key) and self._has_text())
        self.setAccessibleDescription(_("Key {key}").format(key=key) if key else "")
        self.updateGeometry()
        self._place_cap()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._cap is None or self._cap.isHidden():
            return hint
        return QSize(hint.width() + self._cap.sizeHint().width() + _CAP_GAP, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cap()

    def _place_cap(self) -> None:
        if self._cap is not None:
            size = self._cap.sizeHint()
            left, top = self.width() - size.width() - 9, (self.height() - size.height()) // 2
            self._cap.setGeometry(left, top, size.width(), size.height())

    def follow(self, action: QAction) -> None:
        """Press the action, and be enabled and checked as it is."""
        self._action = action
        action.changed.connect(self._adopt)
        self.clicked.connect(action.trigger)
        self._adopt()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def _adopt(self) -> None:
        action = self._action
        if action is not None:
            self.setEnabled(action.isEnabled())
            self.setCheckable(action.isCheckable())
            self.setChecked(action.isChecked())
            self.setToolTip(action.toolTip())
            self.show_key(str(action.property("key_hint") or ""))


def segmented(
    buttons: Sequence[QAbstractButton], parent: QWidget | None = None, exclusive: bool = True
) -> QWidget:
    """The buttons side by side as one control, of which one (or several) can be chosen."""
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    group = QButtonGroup(row)
    group.setExclusive(exclusive)
    for index, button in enumerate(buttons):
        if len(buttons) > 1:
            place = {0: "first", len(buttons) - 1: "last"}.get(index, "middle")
            button.setProperty("segment", place)
        group.addButton(button, index)
        layout.addWidget(button)
    return row
