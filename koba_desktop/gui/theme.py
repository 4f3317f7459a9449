"""How the program looks: Fusion, a palette and a little QSS made from the tokens in force.

The scheme follows the system unless the user chose one; a system in high contrast keeps its own
colours. Who paints by hand asks ``tokens()`` each time and repaints on ``watcher().changed``.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import cast

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QRawFont,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton
from shiboken6 import isValid

from koba_desktop.gui import icons
from koba_desktop.gui.style_sheet import style_sheet
from koba_desktop.gui.tokens import DARK, LIGHT, Tokens, of_system

__all__ = [
    "Scheme",
    "Tokens",
    "bind_icon",
    "draw_icon",
    "font",
    "icon",
    "install",
    "pixmap",
    "px",
    "scheme",
    "set_scheme",
    "tokens",
    "watcher",
]

SMALL, PHONE, CARD, TITLE, LARGE, TIMER = 12, 13, 14, 16, 20, 24
"""The sizes of type, in px at 96 dpi where the system font has 9 pt."""

draw_icon: Callable[[QPainter, str, QRectF, QColor], None] = icons.draw_icon
pixmap: Callable[..., QPixmap] = icons.pixmap


class Scheme(StrEnum):
    """What the user chose in Ansicht → Farbschema."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class _Watcher(QObject):
    changed = Signal()


_tokens: Tokens = LIGHT
_watcher: _Watcher | None = None
_system_palette: QPalette | None = None
_usual_px = SMALL


def tokens() -> Tokens:
    """The colours of the scheme in force."""
    return _tokens


def watcher() -> _Watcher:
    """Its signal ``changed`` tells that ``tokens()`` are others now."""
    global _watcher
    if _watcher is None or not isValid(_watcher):
        _watcher = _Watcher()
    return _watcher


def px(size: int) -> int:
    """A size of type or an icon at 96 dpi, scaled with the system font."""
    return round(size * _usual_px / SMALL)


def font(size: int = SMALL, bold: bool = False) -> QFont:
    """The system's font in one of the sizes, regular or bold."""
    made = QFont(QApplication.font())
    made.setPixelSize(px(size))
    made.setBold(bold)
    return made


def icon(name: str, role: str = "text", checked: str = "") -> QIcon:
    """An icon of 16 px in the colour of a token, greyed where disabled; ``checked`` is the token
    for a button that is pressed in, where that is another.

    It does not follow the scheme: ``bind_icon`` does.
    """
    colour: QColor = getattr(_tokens, role)
    faded = QColor(colour)
    faded.setAlphaF(0.4)
    made = QIcon()
    size, ratio = px(16), cast(QApplication, QApplication.instance()).devicePixelRatio()
    made.addPixmap(icons.pixmap(name, size, colour, ratio))
    made.addPixmap(icons.pixmap(name, size, faded, ratio), QIcon.Mode.Disabled)
    if checked:
        lit: QColor = getattr(_tokens, checked)
        made.addPixmap(icons.pixmap(name, size, lit, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


def bind_icon(target: QObject, name: str, role: str = "text") -> None:
    """Give a button or an action its icon, and again whenever the scheme changes."""
    target.setProperty("koba_icon", f"{name}:{role}")
    _set_icon(target, name, role)


def _set_icon(target: QObject, name: str, role: str) -> None:
    # The style sheet fills a framed button that is checked with the accent colour.
    framed = isinstance(target, QPushButton) or target.property("kind") == "button"
    checked = "on_accent" if framed else ""
    cast(QAbstractButton, target).setIcon(icon(name, role, checked))


def _refresh_icons(root: QObject) -> None:
    for child in (root, *root.findChildren(QObject)):
        bound = child.property("koba_icon")
        if isinstance(bound, str) and bound:
            _set_icon(child, *bound.split(":"))


def install(app: QApplication, scheme: Scheme = Scheme.SYSTEM) -> None:
    """Dress the application; once per process, before the first window."""
    global _system_palette, _usual_px
    hints = app.styleHints()
    _ensure_font(app)
    _usual_px = max(SMALL, QFontInfo(app.font()).pixelSize())
    app.setFont(font())
    if _system_palette is None:
        _system_palette = QPalette(app.palette())
        app.setStyle("Fusion")
        hints.colorSchemeChanged.connect(lambda _scheme: _dress(app))
        hints.accessibility().contrastPreferenceChanged.connect(lambda _wish: _dress(app))
    set_scheme(scheme)


def scheme() -> Scheme:
    """What the user chose."""
    app = cast(QApplication, QApplication.instance())
    return Scheme(app.property("koba_scheme") or Scheme.SYSTEM)


def set_scheme(scheme: Scheme) -> None:
    """Put the user's choice in force at once; the system's window frames follow where they can."""
    app = cast(QApplication, QApplication.instance())
    app.setProperty("koba_scheme", scheme.value)
    app.styleHints().setColorScheme(
        {
            Scheme.SYSTEM: Qt.ColorScheme.Unknown,
            Scheme.LIGHT: Qt.ColorScheme.Light,
            Scheme.DARK: Qt.ColorScheme.Dark,
        }[scheme]
    )
    _dress(app)


def _tokens_in_force(app: QApplication) -> Tokens:
    hints = app.styleHints()
    if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
        return of_system(_system_palette or app.palette())
    wish = scheme()
    if wish is Scheme.SYSTEM:
        return DARK if hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if wish is Scheme.DARK else LIGHT


def _dress(app: QApplication) -> None:
    global _tokens
    new = _tokens_in_force(app)
    if new is _tokens and app.styleSheet():
        return
    _tokens = new
    app.setPalette(_palette(new))
    app.setStyleSheet(style_sheet(new, px))
    for window in app.topLevelWidgets():
        _refresh_icons(window)
    watcher().changed.emit()


def _palette(t: Tokens) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for which, colour in {
        role.Window: t.window,
        role.WindowText: t.text,
        role.Base: t.base,
        role.AlternateBase: t.alternate,
        role.Text: t.text,
        role.PlaceholderText: t.text2,
        role.Button: t.window,
        role.ButtonText: t.text,
        role.BrightText: t.on_accent,
        role.Highlight: t.selection,
        role.HighlightedText: t.on_selection,
        role.Accent: t.accent,
        role.Link: t.accent,
        role.LinkVisited: t.accent,
        role.ToolTipBase: t.base,
        role.ToolTipText: t.text,
        role.Light: t.base,
        role.Midlight: t.separator,
        role.Mid: t.edge,
        role.Dark: t.edge,
        role.Shadow: t.text2,
    }.items():
        palette.setColor(which, colour)
    faint = QColor(t.text2)
    faint.setAlphaF(0.6)
    for which in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(group.Disabled, which, faint)
    palette.setColor(group.Disabled, role.Highlight, t.separator)
    return palette


def _ensure_font(app: QApplication) -> None:
    """Where the system has no font at all, take the one shipped with the letters."""
    if QRawFont.fromFont(app.font()).isValid():
        return
    from koba_desktop.paths import resource_root

    for path in sorted((resource_root() / "fonts").rglob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    app.setFont(QFont("Noto Sans", 9))
