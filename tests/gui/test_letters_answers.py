"""What clients answer: one key in the list, one in the appointment, or a scanned reply slip."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import AppointmentState, Channel, LetterAnswer, LetterKind
from koba_desktop.gui.appointments.editor import AppointmentEditor
from koba_desktop.gui.desk import AppointmentRequest, ClientRequest
from koba_desktop.gui.letters.piles import Pile, Tab
from koba_desktop.services.commands import CreateLetter, MarkPosted, SeenLetter
from tests.gui.letters_desk import idle, press, print_all
from tests.gui.real_office import coming, empty_outbox


@pytest.fixture
def letters(office):
    """Proposals of telephone appointments that nobody has confirmed."""
    empty_outbox(office)
    proposed = [
        row
        for row in coming(office, 400)
        if row.state is AppointmentState.PROPOSED and row.channel is Channel.TELEPHONE
    ]
    return [
        office.services.execute(
            CreateLetter(appointment_id=row.id, kind=LetterKind.TELEPHONE_PROPOSAL), office.actor
        ).result["letter_id"]
        for row in proposed[:4]
    ]


@pytest.fixture
def posted(qtbot, panel, desk, office, letters):
    """The letters have left the house, and the tab of open answers is in front."""
    print_all(qtbot, panel, desk)
    seen = tuple(SeenLetter(letter_id=one, version=stored(office, one).version) for one in letters)
    office.services.execute(MarkPosted(letters=seen, day=desk.today()), office.actor)
    desk.others_wrote()
    panel.head.choose(Tab.OPEN)
    idle(qtbot, desk)
    panel.table.choose_letter(letters[0])
    idle(qtbot, desk)
    return letters


def stored(office, letter_id) -> Letter:
    with office.services.view() as view:
        return view.reader.get(Letter, letter_id)


def appointment_of(office, letter_id) -> Appointment:
    with office.services.view() as view:
        return view.reader.get(Appointment, view.reader.get(Letter, letter_id).appointment_id)


def test_another_tab_chosen_while_letters_are_asked_for_stays_in_front(qtbot, panel, desk, letters):
    desk.others_wrote()
    panel.head.choose(Tab.POSTED)
    idle(qtbot, desk)
    assert not panel._model.items(Pile.PRINT)
    assert panel._model.shown.piles


def test_letters_that_wait_for_an_answer_have_a_tab(panel, posted):
    shown = {item.row.id for item in panel._model.items(Pile.OPEN)}
    assert set(posted) <= shown
    assert panel.head.tabs[Tab.OPEN].text() == f"Answer awaited {len(shown)}"


def test_one_key_says_that_the_time_fits(qtbot, panel, desk, office, posted):
    press(panel, Qt.Key.Key_1)
    idle(qtbot, desk)
    letter = stored(office, posted[0])
    assert (letter.answer, letter.answered_on) == (LetterAnswer.FITS, desk.today())
    assert appointment_of(office, posted[0]).state is AppointmentState.CONFIRMED
    assert posted[0] not in panel._model.shown.places
    panel.head.choose(Tab.POSTED)
    idle(qtbot, desk)
    assert posted[0] in [item.row.id for item in panel._model.items(Pile.ANSWERED)]


def test_two_clicks_are_one_answer(qtbot, panel, desk, office, posted):
    asked: list[AppointmentRequest] = []
    desk.edit_appointment_requested.connect(asked.append)
    other_time = panel.acts.answers.actions[LetterAnswer.OTHER_TIME]
    other_time.trigger()
    other_time.trigger()
    idle(qtbot, desk)
    assert stored(office, posted[0]).answer is LetterAnswer.OTHER_TIME
    assert [one.appointment_id for one in asked] == [stored(office, posted[0]).appointment_id]
    assert panel.note.isHidden()


def test_an_answer_can_be_taken_back(qtbot, panel, desk, office, posted):
    press(panel, Qt.Key.Key_1)
    idle(qtbot, desk)
    desk.undo()
    idle(qtbot, desk)
    assert stored(office, posted[0]).answer is None
    assert appointment_of(office, posted[0]).state is AppointmentState.PROPOSED


def test_another_time_opens_the_appointment(qtbot, panel, desk, office, posted):
    asked = []
    desk.edit_appointment_requested.connect(asked.append)
    press(panel, Qt.Key.Key_2)
    idle(qtbot, desk)
    assert stored(office, posted[0]).answer is LetterAnswer.OTHER_TIME
    assert [one.appointment_id for one in asked] == [stored(office, posted[0]).appointment_id]


def test_another_number_opens_the_client(qtbot, panel, desk, office, posted):
    asked = []
    desk.edit_client_requested.connect(asked.append)
    press(panel, Qt.Key.Key_3)
    idle(qtbot, desk)
    assert asked == [ClientRequest(stored(office, posted[0]).client_id, "phones")]


def test_the_pane_offers_the_answers_and_says_the_one_that_came(qtbot, panel, desk, posted):
    bar = panel.pane.answers
    assert bar.isVisible()
    bar.acts.actions[LetterAnswer.TRANSLATION].trigger()
    panel.head.choose(Tab.POSTED)
    idle(qtbot, desk)
    panel.table.choose_letter(posted[0])
    idle(qtbot, desk)
    assert "wants a translation" in bar._said.text()


def test_a_letter_that_is_not_posted_has_no_answer(panel, letters):
    panel.table.choose_letter(letters[0])
    assert panel.pane.answers.isHidden()
    assert not any(action.isEnabled() for action in panel.acts.answers.actions.values())


def test_a_reference_scanned_into_the_filter_chooses_its_letter_wherever_it_lies(
    qtbot, panel, desk, posted
):
    reference = panel.current().row.reference
    panel.head.choose(Tab.WORK)
    idle(qtbot, desk)
    panel.activateWindow()
    panel.head.search.setFocus()
    QTest.keyClicks(panel.head.search, f"{reference[:4]} {reference[4:]}")
    idle(qtbot, desk)
    QTest.keyClick(panel.head.search, Qt.Key.Key_Return)
    assert panel.head.tab is Tab.POSTED
    assert panel.current().row.id == posted[0]
    assert panel.table.hasFocus()


def test_the_appointment_takes_the_answer_as_well(qtbot, desk, office, panel, posted):
    appointment = appointment_of(office, posted[1])
    editor = AppointmentEditor(desk, AppointmentRequest(appointment_id=appointment.id))
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(editor)
    editor.show()
    idle(qtbot, desk)
    assert editor.answers.isVisible()
    editor.answers.acts.actions[LetterAnswer.FITS].trigger()
    idle(qtbot, desk)
    assert stored(office, posted[1]).answer is LetterAnswer.FITS
    assert editor.detail.appointment.state is AppointmentState.CONFIRMED
    editor.discard()
    idle(qtbot, desk)


def test_in_the_appointment_another_time_leads_to_its_time(qtbot, desk, office, panel, posted):
    appointment = appointment_of(office, posted[1])
    editor = AppointmentEditor(desk, AppointmentRequest(appointment_id=appointment.id))
    editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    idle(qtbot, desk)
    opened = []
    desk.edit_appointment_requested.connect(opened.append)
    editor.answers.acts.actions[LetterAnswer.OTHER_TIME].trigger()
    idle(qtbot, desk)
    assert editor.ui.time.hasFocus()
    assert not opened
    editor.discard()
    idle(qtbot, desk)
