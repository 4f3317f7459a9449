"""Turning pages: by arrows and by keys, and only where there is something to turn."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from koba_desktop.gui.printing.page_turner import PageTurner
from koba_desktop.gui.printing.preview import PagePreviewWidget
from koba_desktop.gui.printing.zoom import PageScroll, Zoom
from tests.gui.real_office import nameless


class Host(QWidget):
    """A pane with a turner that turns at once, a field with keys of its own, and a button."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.turner = PageTurner(self)
        self.field = QComboBox(self)
        self.field.addItems([str(n) for n in range(30)])
        self.button = QPushButton("Print", self)
        self.rows = QVBoxLayout(self)
        for widget in (self.turner, self.field, self.button):
            self.rows.addWidget(widget)
        self.wanted: list[int] = []
        self.turner.turned.connect(self.wanted.append)
        self.turner.turned.connect(lambda number: self.turner.show_page(number, count))
        self.turner.show_page(0, count)


@pytest.fixture
def host(qtbot: Any, request: pytest.FixtureRequest) -> Host:
    made = Host(getattr(request, "param", 3))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def press(widget: QWidget, key: Qt.Key) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)


def test_the_arrows_end_at_the_first_and_at_the_last_page(host: Host) -> None:
    turner = host.turner
    assert (turner.text(), turner.back.isEnabled()) == ("Page 1 of 3", False)
    turner.forth.click()
    assert (turner.text(), turner.back.isEnabled()) == ("Page 2 of 3", True)
    turner.forth.click()
    assert (turner.text(), turner.forth.isEnabled()) == ("Page 3 of 3", False)
    assert host.wanted == [1, 2]
    assert nameless(host.turner) == []


def test_the_arrow_that_ends_hands_the_focus_to_the_other(host: Host) -> None:
    host.turner.forth.setFocus()
    for _ in range(2):
        QTest.keyClick(host.turner.forth, Qt.Key.Key_Space)
    assert host.turner.back.hasFocus()


@pytest.mark.parametrize("host", [1], indirect=True)
def test_a_single_page_has_no_arrows(host: Host) -> None:
    assert host.turner.text() == "Page 1 of 1"
    assert not host.turner.back.isVisible()
    assert not host.turner.forth.isVisible()
    press(host.button, Qt.Key.Key_PageDown)
    assert host.wanted == []


def test_page_up_and_page_down_turn_where_nothing_else_takes_them(host: Host) -> None:
    press(host.button, Qt.Key.Key_PageDown)
    press(host.button, Qt.Key.Key_PageDown)
    press(host.button, Qt.Key.Key_PageDown)
    press(host.turner.back, Qt.Key.Key_PageUp)
    assert host.wanted == [1, 2, 1]
    press(host.field, Qt.Key.Key_PageDown)
    assert host.wanted == [1, 2, 1]
    assert host.field.currentIndex() > 0


def test_without_a_page_there_is_nothing_to_say(host: Host) -> None:
    host.turner.clear()
    assert (host.turner.text(), host.turner.count) == ("", 0)
    assert not host.turner.forth.isVisible()


def test_an_enlarged_page_is_moved_first_and_turned_at_its_end(qtbot: Any) -> None:
    host = Host(2)
    qtbot.addWidget(host)
    preview = PagePreviewWidget(host)
    scroll = PageScroll(preview, host)
    scroll.set_zoom(Zoom.WIDTH)
    host.rows.addWidget(scroll)
    host.resize(500, 500)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(lambda: scroll.verticalScrollBar().maximum() > 0)
    bar = scroll.verticalScrollBar()
    for _ in range(20):
        if bar.value() == bar.maximum():
            break
        press(scroll, Qt.Key.Key_PageDown)
    assert (bar.value(), host.wanted) == (bar.maximum(), [])
    press(scroll, Qt.Key.Key_PageDown)
    assert host.wanted == [1]


def test_whoever_turns_faster_than_pages_are_drawn_gets_to_the_page_meant(qtbot: Any) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    turner = PageTurner(host)
    turner.show_page(0, 5)
    wanted: list[int] = []
    turner.turned.connect(wanted.append)
    for _ in range(3):
        turner.forth.click()
    assert wanted == [1, 2, 3]
    turner.show_page(3, 5)
    turner.back.click()
    assert wanted[-1] == 2
