"""Printed letters are posted: today with one click, or on the day somebody says."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import HoldReason, LetterState
from koba_desktop.gui.letters.piles import Pile, Tab
from koba_desktop.services.commands import MarkPosted, SeenLetter
from tests.gui.letters_desk import POSTED, PRINTED, button, idle, print_all
from tests.gui.real_office import states


def tick(panel, letters):
    for letter_id in letters:
        panel._model.toggle(panel._model.find(letter_id))


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


def test_the_day_of_letters_printed_today_is_today(qtbot, panel, desk, letters):
    print_all(qtbot, panel, desk)
    panel.posted_on_action.trigger()
    field = panel.posting.day.day
    assert field.minimumDate() == field.maximumDate() == field.date()
    assert field.date().toPython() == desk.today()
    assert not panel.posting.day.later.text()


def test_a_letter_printed_later_than_the_day_is_named_and_the_others_are_posted(
    qtbot, panel, desk, office, letters
):
    print_all(qtbot, panel, desk)
    printed_on, late = desk.today(), letters[3]
    office.clock.advance(days=1)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        letter = unit.get(Letter, late)
        unit.update(replace(letter, printed_at=office.clock.now()))
    said = []
    desk.message.connect(lambda text, _undo: said.append(text))
    panel._refresh()
    idle(qtbot, desk)
    tick(panel, letters)
    panel.posted_on_action.trigger()
    ask = panel.posting.day
    assert ask.day.minimumDate().toPython() == printed_on
    assert ask.later.text() == "3 of 4; 1 was printed later"
    ask.day.setDate(ask.day.maximumDate())
    assert not ask.later.text()
    ask.day.setDate(ask.day.minimumDate())
    QTest.keyClick(ask.day, Qt.Key.Key_Return)
    idle(qtbot, desk)
    assert states(office, letters) == [POSTED, POSTED, POSTED, PRINTED]
    assert said[-1].startswith("3 letters posted")
    recipient = panel._model.item(panel._model.find(late)).row.recipient
    assert f"Not posted: {recipient}: printed only on" in panel.note.text()
    panel.note._link.click()
    idle(qtbot, desk)
    assert panel.current().row.id == late
    desk.undo()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4


def test_a_day_another_entered_meanwhile_is_told(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    office.clock.advance(days=1)
    row = panel._model.item(panel._model.find(letters[0])).row
    seen = SeenLetter(letter_id=row.id, version=row.version)
    office.services.execute(MarkPosted(letters=(seen,), day=desk.today()), office.actor)
    panel.posting.post([row], desk.today() - timedelta(days=1))
    idle(qtbot, desk)
    assert "meanwhile" in panel.note.text()
    assert row.recipient in panel.note.text()
    with office.services.view() as view:
        assert view.reader.get(Letter, letters[0]).posted_on == desk.today()


def test_paper_against_which_something_stands_is_posted_on_purpose_only(
    qtbot, panel, desk, office, letters
):
    print_all(qtbot, panel, desk)
    office.clock.advance(days=12)
    panel._refresh()
    idle(qtbot, desk)
    button(panel, "Posted today").click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert "Tick those" in panel.note.text()
    tick(panel, letters[:1])
    button(panel, "1 posted today").click()
    idle(qtbot, desk)
    assert states(office, letters) == [POSTED, PRINTED, PRINTED, PRINTED]


def test_letters_posted_too_late_are_reported_with_a_remedy(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    office.clock.advance(days=12)
    tick(panel, letters)
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
