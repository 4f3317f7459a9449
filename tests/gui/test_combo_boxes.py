"""Lists of choices show all of what they offer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFrame
from pytestqt.qtbot import QtBot

from koba_desktop.gui import theme


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("entries", [2, 3, 6])
def test_a_list_opened_by_key_is_as_high_as_its_entries(
    qapp: QApplication, qtbot: QtBot, entries: int
) -> None:
    theme.install(qapp, theme.Scheme.LIGHT)
    window = QFrame()
    qtbot.addWidget(window)
    box = QComboBox(window)
    box.addItems([f"Entry {n}" for n in range(entries)])
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    before = box.sizeHint()
    qtbot.keyClick(box, Qt.Key.Key_F4)
    view = box.view()
    qtbot.waitUntil(view.isVisible)
    assert view.viewport().height() >= entries * view.sizeHintForRow(0)
    box.hidePopup()
    box.clearFocus()
    assert box.sizeHint() == before
