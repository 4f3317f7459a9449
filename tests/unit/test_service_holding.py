"""A slot kept while somebody types."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment, Hold
from koba_desktop.domain.errors import OfficeError, Taken
from koba_desktop.services.commands import HoldSlot, ReleaseSlot, Reschedule
from koba_desktop.services.ids import new_id
from koba_desktop.services.slots.finding import SlotQuery, explain_slot
from tests.unit.service_office import SmallOffice, at


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SmallOffice]:
    small = SmallOffice(tmp_path)
    yield small
    small.close()


def hold(office: SmallOffice) -> HoldSlot:
    return HoldSlot(
        hold_id=new_id(),
        advisor_id=office.actor.staff_id,
        starts=at(6, 10),
        ends=at(6, 10) + timedelta(minutes=30),
    )


def reasons(office: SmallOffice, viewer: object) -> list[str]:
    query = SlotQuery(
        office_id=office.actor.office_id, minutes=30, advisor_ids=(office.actor.staff_id,)
    )
    with office.services.view(viewer) as view:  # type: ignore[arg-type]
        return [r.code for r in explain_slot(view, query, at(6, 10))]


def test_a_held_slot_is_free_for_its_owner_and_held_for_everybody_else(
    office: SmallOffice,
) -> None:
    office.do(hold(office))
    assert reasons(office, office.actor.staff_id) == []
    assert reasons(office, None) == ["held"]


def test_a_hold_moves_with_the_form_and_goes_when_it_is_closed(office: SmallOffice) -> None:
    first = hold(office)
    office.do(first)
    office.do(replace(first, command_id=new_id(), starts=at(6, 9), ends=at(6, 10)))
    [held] = office.all(Hold)
    assert held.starts == at(6, 9)
    assert reasons(office, None) == []
    office.do(ReleaseSlot(hold_id=first.hold_id))
    assert office.all(Hold) == []


def test_a_hold_ends_by_itself(office: SmallOffice) -> None:
    office.do(hold(office))
    office.clock.advance(minutes=10)
    assert reasons(office, None) == []


def test_nobody_moves_the_hold_of_another(office: SmallOffice) -> None:
    first = hold(office)
    office.do(first)
    with pytest.raises(OfficeError) as refused:
        office.do(replace(first, command_id=new_id()), by=office.lindner)
    assert refused.value.code == "hold_of_another"
    with pytest.raises(Taken):
        office.do(replace(first, command_id=new_id(), hold_id=new_id()), by=office.lindner)


def test_nobody_books_what_another_holds(office: SmallOffice) -> None:
    office.do(hold(office))
    with pytest.raises(OfficeError) as refused:
        office.do(office.booking(at(6, 10)), by=office.lindner)
    assert refused.value.code == "held"
    office.do(office.booking(at(6, 10)))


def test_who_keeps_a_time_moves_there_what_another_booked(office: SmallOffice) -> None:
    booked = office.booked(at(6, 10))
    kept = replace(
        hold(office),
        client_id=office.kuhn.id,
        starts=at(6, 14),
        ends=at(6, 14) + timedelta(minutes=30),
    )
    office.do(kept, by=office.lindner)
    move = Reschedule(
        appointment_id=booked.id, version=booked.version, starts=kept.starts, ends=kept.ends
    )
    with pytest.raises(OfficeError) as refused:
        office.do(move)
    assert refused.value.code == "held"
    office.do(replace(move, command_id=new_id()), by=office.lindner)
    assert office.one(Appointment, id=booked.id).starts == kept.starts
