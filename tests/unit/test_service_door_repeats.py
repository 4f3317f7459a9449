"""A lost answer, and an old screen: nothing at the door happens twice, or to what has changed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.errors import Conflict
from koba_desktop.services.commands import Command
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    AssignPlace,
    CallAdvisor,
    CheckVisitor,
    EnterRoom,
    LeaveWaiting,
    MarkAired,
    MarkCleaned,
    MoveBooking,
    VacateRoom,
)
from koba_desktop.services.execution import Receipt
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at
from tests.unit.test_service_door_undo import DEEDS, rows


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_the_same_command_again_gives_the_same_answer_and_does_nothing(
    office: DoorOffice, deed: Callable[[DoorOffice], Receipt]
) -> None:
    first = deed(office)
    before, events = rows(office), len(office.all(AuditEvent))
    office.clock.advance(minutes=90)  # however late
    again = office.do(first.command, by=office.reception)
    assert again.repeated
    assert again.result == first.result
    assert again.undo is None
    assert (rows(office), len(office.all(AuditEvent))) == (before, events)


# --- old screens ----------------------------------------------------------------------------------

OLD: dict[str, Callable[[DoorOffice, Appointment, int], Command]] = {
    "arrive": lambda _o, a, v: ArriveVisitor(appointment_id=a.id, version=v),
    "assign": lambda _o, a, v: AssignPlace(appointment_id=a.id, version=v),
    "check": lambda o, a, v: CheckVisitor(
        visit_id=o.visit_of(a).id, version=v, companions=0, needs=(), checked=()
    ),
    "call": lambda o, a, v: CallAdvisor(visit_id=o.visit_of(a).id, version=v),
    "leave": lambda o, a, v: LeaveWaiting(visit_id=o.visit_of(a).id, version=v),
    "enter": lambda o, a, v: EnterRoom(booking_id=o.use(a).id, version=v),
    "vacate": lambda o, a, v: VacateRoom(booking_id=o.use(a).id, version=v),
    "air": lambda o, a, v: MarkAired(booking_id=o.use(a).id, version=v),
    "clean": lambda o, a, v: MarkCleaned(booking_id=o.use(a).id, version=v, initials="Fi"),
    "move": lambda o, a, v: MoveBooking(
        booking_id=o.use(a).id, version=v, place_id=o.large_place.id
    ),
}


@pytest.mark.parametrize("name", OLD)
@pytest.mark.parametrize("version", [0, 1, 99])
def test_who_sees_an_old_state_changes_nothing_and_is_told_who_was_faster(
    office: DoorOffice, name: str, version: int
) -> None:
    coming = office.visit(at(1, 9, 15))
    office.do(ArriveVisitor(appointment_id=coming.id, version=coming.version), by=office.reception)
    office.clock.set(at(1, 9, 15))
    office.enter(coming)
    before = rows(office)
    with pytest.raises(Conflict) as caught:
        office.do(OLD[name](office, coming, version), by=office.berger)
    params = caught.value.problems[0].params
    assert params["changed_by"] == office.reception.id
    assert rows(office) == before


def test_a_refused_command_may_be_given_again_once_it_fits(office: DoorOffice) -> None:
    """What was refused was never carried out: the same form sends the same id."""
    coming = office.visit(at(1, 9, 30))
    use = office.use(coming)
    move = MoveBooking(booking_id=use.id, version=use.version + 1, place_id=use.place_id)
    with pytest.raises(Conflict):
        office.do(move, by=office.reception)
    fits = replace(move, version=use.version, place_id=office.large_place.id)
    assert not office.do(fits, by=office.reception).repeated
    assert office.use(coming).place_id == office.large_place.id
