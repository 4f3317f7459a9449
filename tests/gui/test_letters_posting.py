"""Printed letters are posted: today with one click, or on the day somebody says."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import HoldReason, LetterState
from koba_desktop.gui.letters.piles import Pile, Tab
from tests.gui.letters_desk import POSTED, PRINTED, button, idle, print_all
from tests.gui.real_office import states


def test_one_click_posts_all_printed_letters_today_and_can_be_undone(
    qtbot, panel, desk, office, letters
):
    print_all(qtbot, panel, desk)
    n = len(panel._model.items(Pile.POST))
    button(panel, f"All {n} posted today").click()
    idle(qtbot, desk)
    assert states(office, letters) == [POSTED] * 4
    desk.undo()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4


def test_paper_with_a_wrong_time_is_not_among_all_and_can_be_shredded(
    qtbot, panel, desk, office, letters
):
    print_all(qtbot, panel, desk)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        letter = unit.get(Letter, letters[0])
        told = {**letter.data["appointment"], "starts": "2021-05-20T08:00:00+00:00"}
        unit.update(replace(letter, data={**letter.data, "appointment": told}))
    panel._refresh()
    idle(qtbot, desk)
    n = len(panel._model.items(Pile.POST))
    button(panel, f"{n - 1} posted today").click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED, POSTED, POSTED, POSTED]
    panel.table.choose_letter(letters[0])
    panel.acts.discard.trigger()
    idle(qtbot, desk)
    assert states(office, letters)[0] is LetterState.VOID
    desk.undo()
    idle(qtbot, desk)
    assert states(office, letters)[0] is PRINTED


def test_ticked_letters_are_posted_alone(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    panel._model.toggle(panel._model.find(letters[1]))
    button(panel, "1 posted today").click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED, POSTED, PRINTED, PRINTED]


def test_only_the_latest_buttons_are_seen(qtbot, panel, desk, letters):
    print_all(qtbot, panel, desk)
    panel._model.toggle(panel._model.find(letters[1]))
    panel._model.toggle(panel._model.find(letters[2]))
    seen = [
        b.text()
        for b in panel.table.findChildren(QAbstractButton)
        if "posted today" in b.text() and b.isVisibleTo(panel)
    ]
    assert seen == ["2 posted today"]


def test_another_day_of_posting_is_not_later_than_today(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    office.clock.advance(days=2)
    panel._model.toggle(panel._model.find(letters[0]))
    panel.posted_on_action.trigger()
    field = panel.posting.day.day
    assert field.maximumDate().toPython() == desk.today()
    assert field.date().toPython() == desk.today() - timedelta(days=1)
    QTest.keyClick(field, Qt.Key.Key_Return)
    idle(qtbot, desk)
    with office.services.view() as view:
        assert view.reader.get(Letter, letters[0]).posted_on == desk.today() - timedelta(days=1)


def test_a_day_before_the_printing_is_refused_with_words(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    panel.posted_on_action.trigger()
    QTest.keyClick(panel.posting.day.day, Qt.Key.Key_Return)
    idle(qtbot, desk)
    assert "was not printed yet" in panel.note.text()
    assert states(office, letters) == [PRINTED] * 4


def test_letters_posted_too_late_are_reported_with_a_remedy(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    office.clock.advance(days=12)
    panel.posted_action.trigger()
    idle(qtbot, desk)
    assert "too early" in panel.note.text()
    panel.note._link.click()
    idle(qtbot, desk)
    assert panel.head.tab is Tab.POSTED
    assert panel.current().problem == HoldReason.SLOT_TOO_EARLY
    asked = []
    desk.edit_appointment_requested.connect(asked.append)
    button(panel, "Choose the time yourself").click()
    assert len(asked) == 1
