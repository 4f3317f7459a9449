"""What a place must have for a visit, and what of it can be overruled (domain rules § 5)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import Channel, ReasonCode, VisitNeed
from koba_desktop.services.commands import Override
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

OUTSIDE = ("outside_hours", "channel_not_allowed")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def codes(office: DoorOffice, overruled: tuple[str, ...], **values: object) -> list[str]:
    """What still stands against a visit at 10:00."""
    override = Override(codes=frozenset(overruled), reason=ReasonCode.CLIENT_ASKED)
    booking = office.booking(at(1, 10), channel=Channel.IN_PERSON, override=override)
    with pytest.raises(Refused) as caught:
        office.do(replace(booking, **values))  # type: ignore[arg-type]
    assert office.all(Appointment) == []
    return [problem.code for problem in caught.value.problems]


def test_all_that_makes_a_room_unfit_is_named_at_once(office: DoorOffice) -> None:
    needs = (VisitNeed.WHEELCHAIR, VisitNeed.SCREEN)
    found = codes(office, (), place_id=office.place.id, persons=3, needs=needs)
    assert found == ["too_many_persons", "not_accessible", "no_screen"]


def test_who_overrules_one_thing_has_not_overruled_the_others(office: DoorOffice) -> None:
    needs = (VisitNeed.WHEELCHAIR,)
    found = codes(office, ("too_many_persons",), place_id=office.place.id, persons=3, needs=needs)
    assert found == ["not_accessible"]


def test_what_is_confidential_is_never_told_outside(office: DoorOffice) -> None:
    found = codes(
        office,
        (*OUTSIDE, "not_confidential"),
        channel=Channel.OUTDOORS,
        place_id=office.yard_places[0].id,
        needs=(VisitNeed.CONFIDENTIAL,),
    )
    assert found == ["not_confidential"]


def test_capacity_access_and_screen_can_be_overruled_with_a_reason(office: DoorOffice) -> None:
    overruled = ("too_many_persons", "not_accessible", "no_screen")
    override = Override(codes=frozenset(overruled), reason=ReasonCode.CLIENT_ASKED)
    needs = (VisitNeed.WHEELCHAIR, VisitNeed.SCREEN)
    visit = office.visit(at(1, 10), persons=3, needs=needs, override=override)
    assert office.use(visit).persons == 3
