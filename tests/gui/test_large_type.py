"""Type of 200 % on a small screen: every screen keeps what it offers (domain rules § 9)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.app import WindowOptions
from tests.gui.screens import Screens
from tests.running import SMALL, PaperTray, opened
from tests.support import make_office

LARGE_PT = 18  # twice the system's 9 pt


@pytest.fixture
def program(tmp_path, qapp) -> Iterator[Screens]:
    """The program in German, whose words are the longer ones, at 1366×768."""
    QSettings().clear()
    usual = QFont(QApplication.font())
    large = QFont(usual)
    large.setPointSize(LARGE_PT)
    QApplication.setFont(large)
    theme.install(qapp, theme.Scheme.LIGHT)
    office = make_office(tmp_path)
    running = Screens(
        lambda _progress, _secret: opened(office, PaperTray()), WindowOptions(language="de")
    )
    yield running
    running.stop()
    QApplication.setFont(usual)
    theme.install(qapp, theme.Scheme.LIGHT)


def lies_within(widget: QWidget, window: QWidget) -> bool:
    """Whether the widget stands on the screen, with its whole width in the window."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return widget.isVisible() and place.left() >= 0 and place.right() < window.width()


@pytest.mark.parametrize("view", ["calendar", "myday", "letters"])
def test_the_tool_bar_keeps_search_and_office(program, view):
    program.tab(view)
    window = program.program.window
    tools = window.tools
    assert window.width() == SMALL.width()
    assert theme.px(100) == 200, "the type is twice as large"
    for widget in (tools.new, tools.search, tools.office):
        assert lies_within(widget, window), widget.accessibleName()
        assert widget.width() >= widget.minimumSizeHint().width()
    assert not tools.office.icon().isNull()
    overflow = tools.findChild(QWidget, "qt_toolbar_ext_button")
    assert overflow is None or not overflow.isVisible()
