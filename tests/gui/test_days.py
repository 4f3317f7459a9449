"""A field for a day: what it shows, gives back and lets somebody choose."""

from datetime import date

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from koba_desktop.gui.widgets.days import DayEdit
from koba_desktop.i18n import activate, language

TUESDAY = date(2021, 4, 13)


@pytest.mark.parametrize(("code", "shown"), [("de", "13.04.2021"), ("en", "13/04/2021")])
def test_a_day_stands_there_as_the_language_writes_it(qtbot: QtBot, code: str, shown: str) -> None:
    before = language()
    activate(code)
    try:
        edit = DayEdit()
    finally:
        activate(before)
    qtbot.addWidget(edit)
    edit.set_day(TUESDAY)
    assert (edit.text(), edit.day()) == (shown, TUESDAY)


def test_no_day_outside_can_be_chosen(qtbot: QtBot) -> None:
    edit = DayEdit()
    qtbot.addWidget(edit)
    edit.keep_between(date(2021, 4, 12), TUESDAY)
    edit.set_day(date(2021, 5, 1))
    assert edit.day() == TUESDAY
    edit.set_day(date(2021, 4, 1))
    assert edit.day() == date(2021, 4, 12)


def test_a_day_typed_is_the_day_it_gives(qtbot: QtBot) -> None:
    edit = DayEdit()
    qtbot.addWidget(edit)
    edit.set_day(TUESDAY)
    edit.setSelectedSection(DayEdit.Section.DaySection)
    QTest.keyClicks(edit, "24")
    assert edit.day() == date(2021, 4, 24)
