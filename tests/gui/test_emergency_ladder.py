"""The ladder of the emergency desk as rooms run out, and two who want the last one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.entities.rooms import Refusal, RoomBooking
from koba_desktop.domain.places import Step
from koba_desktop.domain.vocabulary import (
    Channel,
    Need,
    RefusalReason,
    VisitNeed,
)
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.office.book import office_book
from koba_desktop.storage.files import open_store
from tests.gui.emergency_desk import (
    FAMILIES,
    KEYS,
    AtTheDesk,
    add_room,
    at_the_desk,
    close,
    emergency_desk,
    filling_house,
    needing,
)
from tests.support import KEY
from tests.unit.service_office import at


@pytest.fixture
def door(tmp_path: Path, qtbot: Any) -> Iterator[AtTheDesk]:
    with emergency_desk(tmp_path, qtbot) as hands:
        yield hands


# --- one after the other --------------------------------------------------------------------------


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
    assert "R 1.04, R 0.01: 2 persons at most" in door.panel.why.line.text()
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


def test_the_chosen_place_stays_in_sight_when_the_number_to_call_appears(door: AtTheDesk) -> None:
    for number in range(8):
        add_room(door.office, f"R 3.0{number}")
    door.open()
    door.type("adl")
    door.type("1")
    door.press(KEYS.Key_Up)
    assert door.chosen() == "telephone"
    ladder = door.panel.ladder
    assert ladder.viewport().rect().contains(ladder.visualRect(ladder.currentIndex()))


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
