"""How persons, pause and CO2 of each room come about, as the office's own values say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.services.ids import new_id
from koba_desktop.services.rooms.airing_report import RoomAir, airing_report
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import LONG_AGO

APRIL = date(2021, 4, 1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def report(office: DoorOffice, day: date = APRIL, persons: int | None = None) -> dict[str, RoomAir]:
    with office.view() as view:
        found = airing_report(view, office.office.id, day, persons)
    return {each.room.name: each for each in found}


def test_every_room_in_use_that_day_in_its_order(office: DoorOffice) -> None:
    assert list(report(office)) == ["R 1.04", "R 1.05", "R 2.01", "Hof 1"]
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Room, office.stale.id), retired_on=APRIL))
    assert "R 2.01" not in report(office)
    assert "R 2.01" in report(office, date(2021, 3, 31))


def test_what_is_shown_is_what_the_rooms_are_planned_with(office: DoorOffice) -> None:
    rooms = report(office)
    full, stale = rooms["R 1.04"], rooms["R 2.01"]
    assert (full.capacity.persons, full.pause.minutes, full.cap_minutes) == (2, 16, 30)
    assert full.air is not None
    assert full.air.persons == 2
    assert full.co2_minutes == pytest.approx(60 * 580e-6 * 21 * 2.8 / 0.04)
    assert full.co2_final is None
    assert (stale.pause.sufficient, stale.pause.minutes) == (False, 30)


def test_outdoors_there_is_no_air_to_work_out(office: DoorOffice) -> None:
    yard = report(office)["Hof 1"]
    assert (yard.places, yard.air, yard.co2_minutes, yard.co2_final) == (2, None, None, None)


def test_values_of_the_office_count(office: DoorOffice) -> None:
    office.put(
        *(
            Setting(
                id=new_id(),
                key=key,
                value=value,
                valid_from=LONG_AGO,
                office_id=office.office.id,
            )
            for key, value in (("airing.cap_minutes", 10), ("air.co2_litres", 30))
        )
    )
    full = report(office)["R 1.04"]
    assert (full.cap_minutes, full.pause.sufficient, full.pause.minutes) == (10, False, 10)
    assert full.air is not None
    assert full.air.per_person == pytest.approx(0.03)


def test_for_so_many_persons_whether_they_may_or_not(office: DoorOffice) -> None:
    one, ten = report(office, persons=1)["R 1.04"], report(office, persons=10)["R 1.04"]
    assert one.co2_minutes is not None
    assert ten.co2_minutes is not None
    assert one.co2_minutes == pytest.approx(10 * ten.co2_minutes)


def test_ventilation_says_what_it_comes_to(office: DoorOffice) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Room, office.room.id), air_changes=2.0))
    full = report(office)["R 1.04"]
    assert full.co2_final == pytest.approx(420 + 0.04 / (2 * 58.8) * 1e6)
    assert full.co2_minutes is None
