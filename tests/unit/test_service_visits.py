"""The visit of a personal appointment goes along with it: number, companions, needs."""

from dataclasses import replace

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking, Visit
from koba_desktop.domain.vocabulary import Channel, Need, VisitNeed
from koba_desktop.services.commands import Reschedule
from koba_desktop.services.ids import new_id
from tests.unit.service_office import SmallOffice, at


def moved(office: SmallOffice, appointment: Appointment, day: int, **values: object) -> None:
    current = office.one(Appointment, id=appointment.id)
    command = Reschedule(
        appointment_id=current.id, version=current.version, starts=at(day, 9), ends=at(day, 9, 30)
    )
    office.do(replace(command, **values))  # type: ignore[arg-type]


def personal(office: SmallOffice, day: int, **values: object) -> Appointment:
    return office.booked(at(day, 9), channel=Channel.IN_PERSON, **values)


def test_a_visit_keeps_its_number_unless_another_has_it_that_day(office: SmallOffice) -> None:
    first = personal(office, 12)
    other = personal(office, 13, client_id=office.hartwig.id, advisor_id=office.lindner.id)
    assert [v.code for v in office.all(Visit)] == ["101", "101"]
    moved(office, first, 14)
    assert office.one(Visit, appointment_id=first.id).code == "101"
    moved(office, other, 14, starts=at(14, 11), ends=at(14, 11, 30))
    assert office.one(Visit, appointment_id=other.id).code == "102"


def test_who_comes_along_is_known_when_the_persons_change(office: SmallOffice) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Room, office.room.id), area=60.0, seats=6))
    appointment = personal(office, 12, persons=3)
    assert office.one(Visit).companions == 1
    moved(office, appointment, 12, persons=4)
    assert office.one(Visit).companions == 2
    assert office.one(RoomBooking).persons == 4
    moved(office, appointment, 13)
    assert office.one(Visit).companions == 2


def test_who_is_to_come_after_all_brings_the_needs_of_the_record(office: SmallOffice) -> None:
    """A talk by telephone that becomes a visit of somebody in a wheelchair takes the room that
    can be reached."""
    steps_free = Room(
        id=new_id(), office_id=office.office.id, name="R 1.07", area=21, height=2.8, wheelchair=True
    )
    place = Place(id=new_id(), room_id=steps_free.id)
    office.put(steps_free, place)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Client, office.kuhn.id), needs=(Need.WHEELCHAIR,)))
    appointment = office.booked(at(12, 9))
    moved(office, appointment, 12, channel=Channel.IN_PERSON)
    assert office.one(Visit).needs == (VisitNeed.WHEELCHAIR,)
    assert office.one(RoomBooking).place_id == place.id
