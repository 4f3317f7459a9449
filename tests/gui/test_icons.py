"""Icons are seen on whatever they stand."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from koba_desktop.gui import theme
from koba_desktop.gui.widgets import ToolButton
from koba_desktop.paths import resource_root


@pytest.fixture(params=[theme.Scheme.LIGHT, theme.Scheme.DARK])
def scheme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[None]:
    theme.install(qapp, request.param)
    yield
    theme.install(qapp, theme.Scheme.LIGHT)


def colours(icon: QIcon, state: QIcon.State) -> set[str]:
    """Of the pixels an icon covers wholly."""
    image = icon.pixmap(QSize(16, 16), QIcon.Mode.Normal, state).toImage()
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {each.name() for each in pixels if each.alpha() == 255}


@pytest.mark.usefixtures("scheme")
def test_the_icon_of_a_button_that_is_pressed_in_stands_out_from_the_accent(qtbot: QtBot) -> None:
    button = ToolButton("Filter", "filter")
    qtbot.addWidget(button)
    button.setCheckable(True)
    assert colours(button.icon(), QIcon.State.Off) == {theme.tokens().text.name()}
    assert colours(button.icon(), QIcon.State.On) == {theme.tokens().on_accent.name()}


def test_every_icon_is_used() -> None:
    package = Path(theme.__file__).parents[1]
    words = {
        word
        for path in package.rglob("*.py")
        for word in re.findall(r"[\w-]+", path.read_text(encoding="utf-8"))
    }
    icons = {path.stem for path in (resource_root() / "icons").glob("**/*.svg")}
    assert icons
    assert icons - words == set()
