"""The emergency desk by keyboard: who, why, Enter; and what it does when there is no room left."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind, Participant
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Place, Refusal, Room, RoomBooking, Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.places import Step
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    Need,
    RefusalReason,
    RoomBookingState,
    RoomKind,
    RoomUse,
    Salutation,
    Urgency,
    UrgencyCategory,
    VisitNeed,
    Windows,
)
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.emergency.case import Case
from koba_desktop.gui.emergency.completion import completed
from koba_desktop.gui.emergency.panel import EmergencyDesk
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import SetAppointmentState
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import office_book
from koba_desktop.services.rows import ClientRow
from koba_desktop.storage.files import open_store
from tests.gui.real_office import nameless
from tests.gui.small_desk import Hands, small_desk
from tests.support import KEY
from tests.unit.service_office import SmallOffice, at

KEYS = Qt.Key
FAMILIES = ("Adler", "Becker", "Conrad", "Dietz", "Engel", "Fuchs")


@dataclass
class AtTheDesk(Hands):
    """Somebody at the emergency desk of a small office."""

    panel: EmergencyDesk
    rooms: dict[str, Place] = field(default_factory=dict)

    def open(self) -> None:
        self.panel.show()
        self.panel.begin()
        self.bot.waitExposed(self.panel.window())
        self.settle()

    def settle(self) -> None:
        person = self.panel.form.person
        self.bot.waitUntil(lambda: self.desk.tasks.idle and not person.searching)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        focused = self.panel.focusWidget()
        assert focused is not None
        self.bot.keyClicks(focused, text)
        self.settle()

    def press(self, *keys: Qt.Key) -> None:
        self.press_in(self.panel, *keys)

    def steps(self) -> list[Step]:
        return [rung.step for rung in self.panel.ladder.rungs]

    def offered(self) -> list[str]:
        """Room names in their order; "telephone" for the call."""
        return [
            rung.offer.room.name if rung.offer is not None else "telephone"
            for rung in self.panel.ladder.rungs
        ]

    def chosen(self) -> str:
        rung = self.panel.ladder.rung()
        assert rung is not None
        return rung.offer.room.name if rung.offer is not None else "telephone"

    def assign(self, letters: str, digit: str = "1") -> None:
        """F2, three letters, a digit, Enter."""
        self.open()
        self.type(letters)
        self.type(digit)
        self.press(KEYS.Key_Return)

    def name_advisor(self, member: Staff) -> None:
        """Choose an advisor in the list."""
        advisors = [
            duty.advisor_id
            for duty in self.panel.inquiry.facts.answer.advisors  # type: ignore
        ]
        self.panel.form.advisor.activated.emit(advisors.index(member.id))
        self.settle()

    def is_done(self) -> bool:
        return self.panel.pages.currentWidget() is self.panel.done

    def urgent(self) -> list[Appointment]:
        every = self.office.all(Appointment)
        return [a for a in every if a.urgency is not Urgency.NONE and a.withdrawn_at is None]

    def room_of(self, appointment: Appointment) -> str:
        [booking] = self.office.all(RoomBooking, appointment_id=appointment.id, active=True)
        return next(name for name, place in self.rooms.items() if place.id == booking.place_id)

    def drafts(self) -> list[Draft]:
        return self.office.all(Draft)


def add_room(office: SmallOffice, name: str, **values: Any) -> Place:
    usual = {"area": 21, "height": 2.8, "windows": Windows.FULL, "position": 9}
    room = Room(id=new_id(), office_id=office.office.id, name=name, **(usual | values))
    place = Place(id=new_id(), room_id=room.id)
    office.put(room, place)
    return place


def close(office: SmallOffice, place: Place, starts: datetime, ends: datetime) -> None:
    """Out of service, without a pause."""
    office.put(
        RoomBooking(
            id=new_id(),
            place_id=place.id,
            office_id=office.office.id,
            use=RoomUse.MAINTENANCE,
            starts=starts,
            ends=ends,
            blocked_until=ends,
        )
    )


def people(office: SmallOffice) -> Iterator[Record]:
    """More clients, more advisors, and a kind of appointment for outside the door."""
    for number, family in enumerate(FAMILIES):
        yield office.client(family, "Kim", f"20481{number}", Salutation.FRAU)
    for number in range(4):
        member = office._member(f"more{number}", f"Mehr{number}", Salutation.HERR, f"M{number}")
        yield member
        yield from office._duty(member)
    yield AppointmentKind(
        id=new_id(),
        name="Notfall",
        minutes=30,
        channels=(Channel.TELEPHONE, Channel.IN_PERSON),
        outdoors_allowed=True,
        position=5,
        about={},
        papers={},
    )


def needing(office: SmallOffice, *needs: Need) -> Client:
    return replace(office.client("Roland", "Kim", "300200", Salutation.FRAU), needs=needs)


@contextmanager
def at_the_desk(office: SmallOffice, desk: Desk, bot: Any) -> Iterator[AtTheDesk]:
    host = QWidget()
    host.resize(660, 700)
    panel = EmergencyDesk(desk, host)
    panel.resize(640, 690)
    bot.addWidget(host)
    host.show()
    yield AtTheDesk(office, desk, bot, panel, {"R 1.04": office.place})
    panel.close_desk()
    bot.waitUntil(lambda: desk.tasks.idle)


@pytest.fixture
def door(tmp_path: Path, qtbot: Any) -> Iterator[AtTheDesk]:
    """Thursday, 1 April 2021, 09:12 in Halberstadt: one room, six advisors, eight clients."""
    with small_desk(tmp_path) as (office, desk):
        office.put(*people(office))
        with office.view() as view:
            desk.learn(office_book(view))
        with at_the_desk(office, desk, qtbot) as hands:
            yield hands


def filling_house(door: AtTheDesk) -> None:
    """R 1.04 is free now and once more later, R 1.05 from 09:30, the yard once; then nothing."""
    office, evening = door.office, at(1, 20)
    soon = add_room(office, "R 1.05")
    yard = add_room(
        office, "Hof 1", kind=RoomKind.OUTDOOR, area=None, height=None, windows=Windows.NONE
    )
    close(office, soon, at(1, 8), at(1, 9, 30))
    close(office, soon, at(1, 10, 20), evening)
    close(office, yard, at(1, 9, 42), evening)
    close(office, office.place, at(1, 10, 45), evening)
    door.rooms |= {"R 1.05": soon, "Hof 1": yard}


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


# --- the ladder -----------------------------------------------------------------------------------


def test_the_ladder_falls_as_places_fill_up_and_each_step_says_what_to_do(
    door: AtTheDesk,
) -> None:
    filling_house(door)
    taken, said = [], []
    for family in FAMILIES[:5]:
        door.open()
        door.type(family[:3].lower())
        door.type("1")
        taken.append((door.steps()[0], door.chosen()))
        door.panel.foot.phone.setText("0151 23456789")
        door.press(KEYS.Key_Return)
        assert door.is_done(), door.panel.foot.message.text()
        said.append(door.panel.done.step.text())
    assert taken == [
        (Step.ROOM_NOW, "R 1.04"),
        (Step.ROOM_SOON, "R 1.05"),
        (Step.OUTDOORS, "Hof 1"),
        (Step.ROOM_LATER, "R 1.04"),
        (Step.TELEPHONE, "telephone"),
    ]
    now, soon, outside, later, call = said
    assert "check in now" in now
    assert "wait until 09:30" in soon
    assert "outside the door" in outside
    assert "come back at 09:58" in later
    assert "calls at 09:12: 01512 3456789" in call
    assert door.panel.done.number.text() == "Call at 09:12"
    channels = [appointment.channel for appointment in door.urgent()]
    assert channels.count(Channel.IN_PERSON) == 3
    assert channels.count(Channel.OUTDOORS) == 1
    assert channels.count(Channel.TELEPHONE) == 1


def test_every_room_that_was_not_taken_is_recorded_with_its_reason(door: AtTheDesk) -> None:
    closed = add_room(door.office, "R 2.01")
    close(door.office, closed, at(1, 8), at(1, 20))
    small = add_room(door.office, "R 2.02", area=9)
    other = add_room(door.office, "R 2.03")
    door.open()
    door.type("adl")
    door.type("1")
    door.press(KEYS.Key_Down, KEYS.Key_Return)
    [appointment] = door.urgent()
    reasons = {
        refusal.room_id: refusal.code
        for refusal in door.office.all(Refusal, appointment_id=appointment.id)
    }
    assert reasons == {
        closed.room_id: RefusalReason.OUT_OF_SERVICE,
        small.room_id: RefusalReason.TOO_MANY_PERSONS,
        door.office.place.room_id: RefusalReason.ANOTHER_CHOSEN,
    }
    assert door.office.one(RoomBooking, appointment_id=appointment.id).place_id == other.id


def test_nothing_confidential_is_offered_outside(door: AtTheDesk) -> None:
    filling_house(door)
    door.open()
    assert "Hof 1" in door.offered()
    door.panel.form.needs[VisitNeed.CONFIDENTIAL].click()
    door.settle()
    assert "Hof 1" not in door.offered()
    assert "Hof 1: others can listen" in door.panel.why.line.text()


def test_who_comes_by_wheelchair_gets_a_room_that_can_be_reached(door: AtTheDesk) -> None:
    door.rooms["R 0.01"] = add_room(door.office, "R 0.01", wheelchair=True)
    door.office.put(needing(door.office, Need.WHEELCHAIR, Need.INTERPRETER))
    door.open()
    assert door.chosen() == "R 1.04"
    door.type("rol")  # the record says so: nobody has to tick it
    case = door.panel.case()
    assert case.needs == {VisitNeed.WHEELCHAIR, VisitNeed.INTERPRETER}
    assert case.persons == 3
    assert door.offered() == ["telephone"]
    assert "R 0.01: 2 persons at most" in door.panel.why.line.text()
    door.panel.form.needs[VisitNeed.INTERPRETER].click()
    door.settle()
    assert door.panel.case().persons == 2
    assert door.chosen() == "R 0.01"
    door.type("1")
    door.press(KEYS.Key_Return)
    [appointment] = door.urgent()
    assert door.room_of(appointment) == "R 0.01"


def test_needs_of_one_record_do_not_stay_for_the_next_person(door: AtTheDesk) -> None:
    door.office.put(needing(door.office, Need.WHEELCHAIR))
    door.open()
    door.panel.form.needs[VisitNeed.CONFIDENTIAL].click()
    door.panel.form.person.edit.setFocus()
    door.type("rol")
    assert door.panel.case().needs == {VisitNeed.WHEELCHAIR, VisitNeed.CONFIDENTIAL}
    door.panel.form.person.edit.selectAll()
    door.type("bec")
    assert door.panel.case().needs == {VisitNeed.CONFIDENTIAL}


def test_more_persons_than_any_room_holds_are_called(door: AtTheDesk) -> None:
    door.open()
    door.type("adl")
    door.type("+++")
    assert door.offered() == ["telephone"]
    assert "R 1.04: 2 persons at most" in door.panel.why.line.text()


def test_a_place_chosen_by_hand_stays_chosen_until_it_is_gone(door: AtTheDesk) -> None:
    door.rooms["R 1.05"] = add_room(door.office, "R 1.05")
    door.open()
    door.type("adl")
    door.type("1")
    door.press(KEYS.Key_Down)
    assert door.chosen() == "R 1.05"
    door.panel.form.child.click()
    door.panel.form.child.click()
    door.settle()
    assert door.chosen() == "R 1.05"
    close(door.office, door.rooms["R 1.05"], at(1, 8), at(1, 20))
    door.desk.others_wrote()
    door.settle()
    assert door.chosen() == "R 1.04"
    assert "R 1.05 is not offered any more" in door.panel.foot.message.text()


def test_an_advisor_named_is_kept_and_the_places_follow(door: AtTheDesk) -> None:
    door.open()
    door.name_advisor(door.office.lindner)
    assert door.panel.form.advisor.currentText() == "Ms Lindner"
    door.panel.form.person.edit.setFocus()
    door.type("adl")
    door.type("1")
    door.press(KEYS.Key_Return)
    [appointment] = door.urgent()
    assert appointment.advisor_id == door.office.lindner.id


def test_why_not_tells_every_reason_and_how_the_numbers_come_about(door: AtTheDesk) -> None:
    close(door.office, add_room(door.office, "R 2.01"), at(1, 8), at(1, 20))
    door.open()
    door.panel.why.link.click()
    door.settle()
    text = door.panel.why.text.toPlainText()
    assert "R 2.01: out of service until 20:00" in text
    assert "R 1.04: 2 at most: seats 2; 21 m² ÷ 10 m² a person = 2" in text
    assert "Pause 16 min: airing ln(10) ÷ 9/h = 15.4 min, season 5 min" in text
    assert "CO₂: 2 persons × 20 l/h in 21 m² × 2.8 m = 59 m³; 420 → 1,000 ppm in 51 min" in text


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


# --- two at once ----------------------------------------------------------------------------------


@pytest.fixture
def two(door: AtTheDesk, qtbot: Any) -> Iterator[tuple[AtTheDesk, AtTheDesk]]:
    """A second program on the same file, at which the reception sits."""
    office = door.office
    store = open_store(office.store.path, KEY)
    services = Services(store, office.clock, HolidayCalendar(), host="PC-2")
    with services.view() as view:
        book = office_book(view)
    actor = Actor(office.reception.id, office.office.id)
    desk = Desk(services, book, actor, TaskRunner())
    with at_the_desk(office, desk, qtbot) as other:
        other.rooms = door.rooms
        yield door, other
    desk.tasks.close()
    store.close()


def test_the_last_room_is_had_by_one_and_the_other_gets_the_next_place(
    two: tuple[AtTheDesk, AtTheDesk],
) -> None:
    here, there = two
    filling_house(here)
    close(here.office, here.rooms["R 1.05"], at(1, 9, 30), at(1, 10, 20))  # one room is left
    for hands, letters in ((here, "adl"), (there, "bec")):
        hands.open()
        hands.type(letters)
        hands.type("1")
        assert hands.chosen() == "R 1.04"
    there.name_advisor(here.office.lindner)
    typed = there.panel.case()
    here.press(KEYS.Key_Return)
    assert here.is_done()
    there.press(KEYS.Key_Return)

    assert not there.is_done()
    assert "Somebody was quicker: R 1.04 is taken now" in there.panel.foot.message.text()
    assert there.panel.case() == typed
    assert there.chosen() == "Hof 1"
    assert len(here.urgent()) == 1
    there.press(KEYS.Key_Return)
    assert there.is_done()
    rooms = sorted(here.room_of(appointment) for appointment in here.urgent())
    assert rooms == ["Hof 1", "R 1.04"]


def test_an_advisor_taken_meanwhile_is_replaced_by_the_next(
    two: tuple[AtTheDesk, AtTheDesk],
) -> None:
    here, there = two
    add_room(here.office, "R 1.05")
    for hands, letters in ((here, "adl"), (there, "bec")):
        hands.open()
        hands.type(letters)
        hands.type("1")
    assert here.panel.form.advisor.currentText() == there.panel.form.advisor.currentText()
    here.press(KEYS.Key_Return)
    there.press(KEYS.Key_Return)
    assert "has another appointment now" in there.panel.foot.message.text()
    there.press(KEYS.Key_Return)
    assert there.is_done()
    first, second = here.urgent()
    assert first.advisor_id != second.advisor_id


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
