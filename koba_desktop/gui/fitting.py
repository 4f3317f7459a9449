"""Windows open as large as they would like to be, and no larger than the screen."""

from PySide6.QtWidgets import QWidget

from koba_desktop.gui import theme

_FRAME, _TITLE = 8, 40  # px the system draws around a window


def open_at(window: QWidget, width: int, height: int) -> None:
    """A size in px at 96 dpi, scaled with the type as far as the screen has room."""
    free = window.screen().availableGeometry()
    window.resize(
        min(theme.px(width), free.width() - _FRAME), min(theme.px(height), free.height() - _TITLE)
    )
