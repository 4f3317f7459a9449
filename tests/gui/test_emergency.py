"""The emergency desk by keyboard: who, why, Enter; what is said, kept and taken back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.rooms import Refusal, RoomBooking, Visit
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    RefusalReason,
    RoomBookingState,
    Salutation,
    Urgency,
    UrgencyCategory,
    VisitNeed,
)
from koba_desktop.gui.emergency.case import Case
from koba_desktop.gui.emergency.completion import completed
from koba_desktop.services.commands import SetAppointmentState
from koba_desktop.services.ids import new_id
from koba_desktop.services.rows import ClientRow
from tests.gui.emergency_desk import (
    KEYS,
    AtTheDesk,
    close,
    emergency_desk,
    filling_house,
)
from tests.gui.real_office import nameless
from tests.unit.service_office import at


@pytest.fixture
def door(tmp_path: Path, qtbot: Any) -> Iterator[AtTheDesk]:
    with emergency_desk(tmp_path, qtbot) as hands:
        yield hands


# --- four interactions ----------------------------------------------------------------------------


def test_three_letters_a_digit_and_enter_assign_the_best_room(door: AtTheDesk) -> None:
    door.open()
    door.type("adl")
    assert door.panel.form.person.edit.text() == "adler, Kim"
    assert door.panel.form.person.edit.selectedText() == "er, Kim"
    assert "204810" in door.panel.form.person.identity.text()
    door.type("1")
    door.press(KEYS.Key_Return)

    assert door.is_done()
    [appointment] = door.urgent()
    assert appointment.urgency is Urgency.EMERGENCY
    assert appointment.urgency_category is UrgencyCategory.NO_MONEY
    assert appointment.channel is Channel.IN_PERSON
    assert appointment.state is AppointmentState.ARRIVED
    assert door.room_of(appointment) == "R 1.04"
    [visit] = door.office.all(Visit)
    assert visit.arrived_at == at(1, 9, 12)
    assert door.panel.done.number.text() == f"Visitor no. {visit.code}"
    assert "check in now" in door.panel.done.step.text()
    assert door.drafts() == []


def test_a_digit_typed_before_the_answer_still_chooses_the_reason(door: AtTheDesk) -> None:
    door.open()
    door.bot.keyClicks(door.panel.form.person.edit, "bec3")
    door.settle()
    assert door.panel.case().category is UrgencyCategory.ENERGY
    assert door.panel.form.person.edit.text() == "becker, Kim"


def test_enter_before_the_answer_counts_for_the_answer(door: AtTheDesk) -> None:
    door.open()
    door.type("adl")
    edit = door.panel.form.person.edit
    door.bot.keyClicks(edit, "2")
    assert door.panel.inquiry.pending
    door.bot.keyClick(edit, KEYS.Key_Return)
    door.settle()
    assert door.is_done()


def test_digits_are_text_where_a_number_is_typed(door: AtTheDesk) -> None:
    door.open()
    door.type("2048")
    assert door.panel.case().client_id is None
    assert door.panel.case().category is None
    door.type("13")  # the whole number: it is Dietz
    assert door.panel.case().name == "Dietz, Kim"
    assert "Dietz, Kim" in door.panel.form.person.identity.text()
    door.type("5")
    assert door.panel.case().category is UrgencyCategory.DEADLINE


def test_a_digit_that_can_be_no_choice_stays_text(door: AtTheDesk) -> None:
    door.open()
    door.type("ad")
    door.type("4")
    assert door.panel.form.person.edit.text() == "ad4"
    door.type("x9")
    assert door.panel.case() == Case(name="ad4x9")


def test_arrows_go_through_the_hits_and_then_through_the_places(door: AtTheDesk) -> None:
    door.office.put(door.office.client("Adler", "Nina", "300100", Salutation.FRAU))
    door.open()
    door.type("adl")
    assert "1 more hit" in door.panel.form.person.hits.text()
    first = door.panel.case().client_id
    door.press(KEYS.Key_Down)
    assert door.panel.form.person.edit.text() == "adler, Nina"
    assert door.panel.case().client_id != first
    door.type("1")
    assert not door.panel.form.person.next.isVisible()
    assert door.chosen() == "R 1.04"
    door.press(KEYS.Key_Down)
    assert door.chosen() == "telephone"
    assert "09:12" in door.panel.foot.assign.text()


def test_hits_of_one_name_are_told_apart_by_their_birth_dates(door: AtTheDesk) -> None:
    for number, year in enumerate((1971, 1985)):
        client = door.office.client("Adler", "Kim", f"30010{number}", Salutation.FRAU)
        door.office.put(replace(client, birth_date=date(year, 2, 1)))
    door.open()
    door.type("adl")
    assert "2 more hits" in door.panel.form.person.hits.text()
    assert "Adler, Kim (01/02/1971)" in door.panel.form.person.hits.text()


def test_plus_and_minus_count_the_persons(door: AtTheDesk) -> None:
    door.open()
    door.type("adl")
    door.type("++")
    assert door.panel.case().persons == 4
    door.type("-")
    assert door.panel.case().persons == 3
    assert door.panel.form.person.edit.text() == "adler, Kim"


def test_backspace_takes_a_letter_and_completes_no_further(door: AtTheDesk) -> None:
    door.open()
    door.type("adl")
    door.press(KEYS.Key_Backspace)
    assert door.panel.form.person.edit.text() == "ad"
    assert door.panel.case().client_id is None


@pytest.mark.parametrize(
    ("typed", "family", "given", "expected"),
    [
        ("bre", "Brehmer", "Jana", "brehmer, Jana"),
        ("Mue", "Müller", "Eckhard", "Mueller, Eckhard"),
        ("mul", "Müller", "Eckhard", "muller, Eckhard"),
        ("gross", "Groß", "Ida", "gross, Ida"),
        ("brehmer j", "Brehmer", "Jana", "brehmer jana"),
        ("adl-", "Adler", "Kim", None),
        ("jan", "Brehmer", "Jana", "jana Brehmer"),
        ("brehmer, j", "Brehmer", "Jana", "brehmer, jana"),
        ("vogt-w", "Vogt-Wiegand", "Jan", "vogt-wiegand, Jan"),
        ("xyz", "Brehmer", "Jana", None),
        ("wie", "Vogt-Wiegand", "Jan", None),
        ("mad", "Madonna", "", "madonna"),
    ],
)
def test_names_are_completed_however_they_are_spelt(
    typed: str, family: str, given: str, expected: str | None
) -> None:
    row = ClientRow(
        id=new_id(),
        family_name=family,
        given_name=given,
        title="",
        salutation=Salutation.NONE,
        number=None,
        birth_date=None,
        office_id=new_id(),
        advisor_id=None,
    )
    assert completed(typed, row) == expected


# --- who has come ---------------------------------------------------------------------------------


def test_a_visitor_without_number_is_taken_by_name(door: AtTheDesk) -> None:
    door.open()
    door.type("Zander")
    assert "Nobody found" in door.panel.form.person.hits.text()
    door.panel.form.person.without.click()
    door.settle()
    door.type("2")
    door.press(KEYS.Key_Return)
    assert door.is_done()
    [taking_part] = door.office.all(Participant)
    assert taking_part.client_id is None
    assert taking_part.visitor_name == "Zander"
    assert door.urgent()[0].urgency_category is UrgencyCategory.HOUSING


def test_what_is_missing_is_said_at_its_field(door: AtTheDesk) -> None:
    door.open()
    form = door.panel.form
    door.press(KEYS.Key_Return)
    assert "Choose a client" in form.person_problem.text()
    assert form.person.edit.hasFocus()
    door.type("adl")
    assert form.person_problem.text() == ""
    door.press(KEYS.Key_Return)
    assert "Choose why" in form.reason_problem.text()
    assert form.person.edit.hasFocus()
    door.type("7")
    assert form.reason_problem.text() == ""
    door.press(KEYS.Key_Down, KEYS.Key_Return)  # the telephone, and no number known
    assert "Enter the number" in door.panel.foot.phone_problem.text()
    assert door.panel.foot.phone.hasFocus()
    door.type("0151 23456789")
    door.press(KEYS.Key_Return)
    assert door.is_done()
    assert door.urgent()[0].phone == "0151 23456789"


def test_a_call_that_was_urgent_ends_without_being_asked_what_was_done(door: AtTheDesk) -> None:
    door.open()
    door.type("kuh")
    door.type("1")
    door.press(KEYS.Key_Down, KEYS.Key_Return)
    [call] = door.urgent()
    assert call.phone == "0176 04069118"
    for state in (AppointmentState.IN_PROGRESS, AppointmentState.KEPT):
        call = door.office.one(Appointment, id=call.id)
        door.office.do(
            SetAppointmentState(appointment_id=call.id, version=call.version, state=state)
        )
    assert door.office.one(Appointment, id=call.id).state is AppointmentState.KEPT


def test_a_client_given_from_elsewhere_stands_there_already(door: AtTheDesk) -> None:
    door.panel.show()
    door.panel.begin(door.office.kuhn.id)
    door.settle()
    assert door.panel.form.person.edit.text() == "Kuhn, Marlies"
    assert "118274" in door.panel.form.person.identity.text()
    door.type("6")
    door.press(KEYS.Key_Return)
    assert door.is_done()


def test_an_urgent_visit_need_not_be_an_emergency(door: AtTheDesk) -> None:
    door.open()
    door.type("adl")
    door.panel.form.urgency.setCurrentIndex(1)
    door.type("5")
    door.press(KEYS.Key_Return)
    assert door.urgent()[0].urgency is Urgency.URGENT


# --- afterwards -----------------------------------------------------------------------------------


def test_whoever_can_go_in_is_checked_in_with_one_key(door: AtTheDesk) -> None:
    door.assign("adl")
    door.press(KEYS.Key_C)
    [booking] = door.office.all(RoomBooking)
    assert booking.state is RoomBookingState.OCCUPIED
    assert "Checked in at 09:12" in door.panel.done.step.text()
    door.press(KEYS.Key_Return)
    assert door.panel.isHidden()


def test_the_advisor_is_called_with_one_key(door: AtTheDesk) -> None:
    filling_house(door)
    close(door.office, door.office.place, at(1, 9), at(1, 9, 30))
    door.assign("adl")
    assert "wait until 09:30" in door.panel.done.step.text()
    assert not door.panel.done.check_in.isVisible()
    door.press(KEYS.Key_A)
    [visit] = door.office.all(Visit)
    assert visit.called_at == at(1, 9, 12)
    assert not door.panel.done.call.isVisible()


def test_undo_brings_back_everything_that_was_typed(door: AtTheDesk) -> None:
    door.open()
    door.type("adl")
    door.type("4")
    door.panel.form.needs[VisitNeed.CONFIDENTIAL].click()
    door.settle()
    case = door.panel.case()
    door.press(KEYS.Key_Return)
    assert door.is_done()
    door.panel.done.undo.click()
    door.settle()
    assert not door.is_done()
    assert replace(door.panel.case(), phone=None) == case
    assert door.urgent() == []
    door.panel.form.person.edit.setFocus()
    door.press(KEYS.Key_Return)
    assert door.is_done()
    assert len(door.urgent()) == 1


def test_a_refusal_is_recorded_with_its_reason_and_without_a_name(door: AtTheDesk) -> None:
    said: list[str] = []
    door.desk.message.connect(lambda text, _undo: said.append(text))
    door.open()
    door.type("adl")
    menu = door.panel.foot.refuse.menu()
    menu.actions()[0].trigger()
    door.settle()
    [refusal] = door.office.all(Refusal)
    assert refusal.code is RefusalReason.NOT_URGENT
    assert refusal.appointment_id is None
    assert refusal.room_id is None
    assert door.panel.isHidden()
    assert said == ["Not admitted: not urgent: by telephone. The reason is recorded, and no name."]
    assert door.drafts() == []


# --- nothing is lost ------------------------------------------------------------------------------


def test_escape_keeps_what_was_typed_and_the_next_visitor_finds_an_empty_form(
    door: AtTheDesk,
) -> None:
    door.open()
    door.type("adl")
    door.type("3+")
    case = door.panel.case()
    door.press(KEYS.Key_Escape)
    door.settle()
    assert door.panel.isHidden()
    [draft] = door.drafts()
    assert draft.form == "emergency"

    door.open()
    assert door.panel.case() == Case()
    assert "Adler, Kim, 09:12" in door.panel.kept.text.text()
    door.panel.kept.carry_on.click()
    door.settle()
    assert door.panel.case() == case
    door.press(KEYS.Key_Return)
    assert door.offered() == ["telephone"]  # three persons: no room here
    door.panel.foot.phone.setText("0151 23456789")
    door.press(KEYS.Key_Return)
    assert door.is_done()
    assert door.drafts() == []


def test_a_kept_one_can_be_thrown_away(door: AtTheDesk) -> None:
    door.open()
    door.type("adl")
    door.press(KEYS.Key_Escape)
    door.settle()
    door.open()
    assert door.panel.kept.isVisible()
    door.panel.kept.discard.click()
    door.settle()
    assert door.panel.kept.isHidden()
    assert door.drafts() == []


def test_an_empty_form_is_no_draft(door: AtTheDesk) -> None:
    door.open()
    door.press(KEYS.Key_Escape)
    door.settle()
    assert door.drafts() == []


# --- without eyes ---------------------------------------------------------------------------------


def test_everything_has_a_name_and_the_places_are_heard_as_sentences(door: AtTheDesk) -> None:
    filling_house(door)
    door.open()
    door.type("adl")
    door.type("1")
    door.panel.why.link.click()
    door.settle()
    assert nameless(door.panel) == []
    ladder = QAccessible.queryAccessibleInterface(door.panel.ladder)
    heard = [ladder.child(n).text(QAccessible.Text.Name) for n in range(ladder.childCount())]
    assert heard[0].startswith("1. R 1.04, now, free until 10:45, preselected. for it: no wait")
    assert any("mind: others can listen" in text for text in heard)
    described = door.panel.form.person.edit.accessibleDescription()
    assert "204810" in described
    assert described.endswith("Assign R 1.04")


def test_every_place_is_painted_in_both_schemes(door: AtTheDesk) -> None:
    filling_house(door)
    door.open()
    light = door.panel.ladder.grab().toImage()
    assert light.width() == door.panel.ladder.width()
    assert door.panel.ladder.sizeHintForRow(0) > door.panel.ladder.sizeHintForRow(1)
    QTest.keyClick(door.panel.ladder, KEYS.Key_Down)
    door.settle()
    assert door.panel.ladder.grab().toImage() != light
