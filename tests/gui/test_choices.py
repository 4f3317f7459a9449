"""A choice is found by what it stands for, whichever object says so."""

from datetime import date
from uuid import UUID

import pytest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.services.ids import new_id


def test_an_equal_id_is_found(qtbot: QtBot) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    ids = [new_id() for _ in range(3)]
    for each in ids:
        box.addItem("", each)
    assert [row_of(box, UUID(each.hex)) for each in ids] == [0, 1, 2]
    assert row_of(box, new_id()) == -1


@pytest.mark.parametrize("value", [None, "", 0, 15, date(2021, 4, 13), ("a", 1)])
def test_so_is_everything_else(qtbot: QtBot, value: object) -> None:
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItem("", "another")
    assert row_of(box, value) == -1
    box.addItem("", value)
    assert row_of(box, value) == 1
