"""Labels and buttons are read whole, and read out as they are meant."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from koba_desktop.gui import theme
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.widgets import ToolButton


def ink(label: QLabel, size: QSize) -> int:
    """How many pixels of a label are not its ground, where it is as large as that."""
    label.resize(size)
    image = label.grab().toImage()
    ground = image.pixel(image.width() - 1, image.height() - 1)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixel(x, y) != ground for x, y in places)


@pytest.mark.parametrize("text", ["&Termin", "&Telefon", "&Vorname", "&About"])
def test_a_label_is_as_wide_as_it_is_drawn(qapp: QApplication, qtbot: QtBot, text: str) -> None:
    theme.install(qapp, theme.Scheme.LIGHT)
    form = QWidget()
    qtbot.addWidget(form)
    field, label = QLineEdit(form), QLabel(text, form)
    label.setBuddy(field)
    tidy(form)
    small = label.sizeHint().expandedTo(label.minimumSize())
    assert ink(label, small) == ink(label, small + QSize(20, 0))


def test_a_screen_reader_does_not_hear_which_letter_is_underlined(qtbot: QtBot) -> None:
    button = ToolButton("&Forms && letters…")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Forms & letters…"
