"""The door: 40 rooms and 300 bookings that day, three months of bookings behind them.

A suggestion ≤ 10 ms with its SQL on the encrypted file; the emergency ladder with 25 advisors and
the reception's page with 60 visitors likewise. The floor reads the same rows with the bare driver.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking, Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.places import choose
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    RoomBookingState,
    RoomKind,
    RoomUse,
    Salutation,
    VisitNeed,
    Windows,
)
from koba_desktop.services.emergency.ladder import Question, emergency_ladder
from koba_desktop.services.ids import new_id
from koba_desktop.services.reception.page import reception_page
from koba_desktop.services.rooms.board import present, room_days
from koba_desktop.services.rooms.situations import house_rules, situations
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from tests.unit.service_office import SmallOffice, at

ROOMS, ADVISORS, SLOTS, VISITORS = 40, 25, 10, 60
PAUSE = timedelta(minutes=16)
TODAY = date(2021, 4, 1)
DAYS_BEHIND = 60


@dataclass(frozen=True)
class Door:
    office: SmallOffice
    advisors: list[Staff]
    client: Client


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    office = SmallOffice(Path(tmp_path_factory.mktemp("door")))
    made = _fill(office)
    office.clock.set(at(1, 9, 12))
    yield made
    office.close()


def _fill(office: SmallOffice) -> Door:
    rooms = [_room(office, number) for number in range(ROOMS)]
    places = [Place(id=new_id(), room_id=room.id) for room in rooms]
    advisors = [
        office._member(f"a{number}", f"Berater {number}", Salutation.FRAU, f"B{number}")
        for number in range(ADVISORS)
    ]
    clients = [
        office.client("Gast", f"Nr. {number}", str(number), Salutation.HERR)
        for number in range(ADVISORS * SLOTS)
    ]
    office.put(*rooms, *places, *advisors, *clients)
    office.put(*(record for advisor in advisors for record in office._duty(advisor)))
    for back in range(DAYS_BEHIND, -1, -1):
        office.put(*_day(office, TODAY - timedelta(days=back), places, advisors, clients))
    return Door(office, advisors, clients[0])


def _room(office: SmallOffice, number: int) -> Room:
    return replace(
        office.room,
        id=new_id(),
        name=f"R {number}",
        windows=list(Windows)[1 + number % 3],
        wheelchair=number % 4 == 0,
        screen_height=1.6 if number % 2 else None,
        kind=RoomKind.OUTDOOR if number == ROOMS - 1 else RoomKind.CONSULTATION,
        position=number,
    )


def _day(
    office: SmallOffice,
    day: date,
    places: list[Place],
    advisors: list[Staff],
    clients: list[Client],
) -> Iterator[Record]:
    """25 talks in each of ten slots, and 50 uses without a client: 300 bookings."""
    today = day == TODAY
    shift = timedelta(days=(TODAY - day).days)
    number = 0
    for slot in range(SLOTS):
        starts = at(1, 8) + slot * (timedelta(minutes=30) + PAUSE) - shift
        ends = starts + timedelta(minutes=30)
        for nth in range(ADVISORS + 5):
            place = places[(nth + 7 * slot) % ROOMS]  # so that there are gaps
            talk = nth < ADVISORS
            appointment = None
            if talk:
                appointment = Appointment(
                    id=new_id(),
                    reference=f"{(TODAY - day).days:02}{slot:02}{nth:04}",
                    office_id=office.office.id,
                    advisor_id=advisors[nth].id,
                    kind_id=office.kind.id,
                    # Of today 60 come in person; the others are calls that need a quiet room.
                    channel=Channel.IN_PERSON if number < VISITORS else Channel.TELEPHONE,
                    starts=starts,
                    ends=ends,
                    state=AppointmentState.CONFIRMED if today else AppointmentState.KEPT,
                )
                yield appointment
                yield Participant(
                    id=new_id(),
                    appointment_id=appointment.id,
                    client_id=clients[slot * ADVISORS + nth].id,
                    starts=starts,
                    ends=ends,
                )
                if today and number < VISITORS:
                    yield Visit(
                        id=new_id(),
                        office_id=office.office.id,
                        appointment_id=appointment.id,
                        day=day,
                        code=str(101 + number),
                        needs=(VisitNeed.WHEELCHAIR,) if number % 9 == 0 else (),
                    )
                number += 1
            yield RoomBooking(
                id=new_id(),
                place_id=place.id,
                office_id=office.office.id,
                appointment_id=appointment.id if appointment else None,
                use=RoomUse.CONSULTATION if talk else RoomUse.INTERNAL,
                starts=starts,
                ends=ends,
                blocked_until=ends + PAUSE,
                state=RoomBookingState.RESERVED if today else RoomBookingState.FREE,
                active=today,
            )


# --- floors ---------------------------------------------------------------------------------------


def test_floor_raw_driver_reads_rooms_and_bookings(benchmark: Any, door: Door) -> None:
    low, high = day_bounds(TODAY)
    connection = door.office.store.engine.raw_connection()
    given = (door.office.office.id.hex, *(int(t.timestamp() * 1_000_000) for t in (high, low)))

    def read() -> int:
        cursor = connection.cursor()
        rooms = cursor.execute(
            "select r.*, p.* from room r join place p on p.room_id = r.id where r.office_id = ?",
            given[:1],
        ).fetchall()
        bookings = cursor.execute(
            "select b.place_id, b.id, b.starts, b.ends, b.blocked_until, b.state, b.use,"
            " b.occupied_at, b.vacated_at, b.aired_at, b.cleaned_at, b.appointment_id,"
            " c.family_name"
            " from room_booking b"
            " left join participant p on p.appointment_id = b.appointment_id"
            " left join client c on c.id = p.client_id"
            " where b.active and b.office_id = ? and b.starts < ? and b.blocked_until > ?"
            " order by b.starts",
            given,
        ).fetchall()
        assert len(rooms) >= ROOMS
        return len(bookings)

    assert benchmark(read) == 300
    connection.close()


# --- figures --------------------------------------------------------------------------------------


def suggestion(door: Door, **values: Any) -> int:
    query = PlaceQuery(**({"office_id": door.office.office.id} | values))
    with door.office.view() as view:
        return len(suggest_places(view, query).choice.offers)


def test_suggestion_now(benchmark: Any, door: Door) -> None:
    """As soon as possible: every place weighed over the whole day."""
    assert benchmark(suggestion, door) > 20


def test_suggestion_at_a_time(benchmark: Any, door: Door) -> None:
    offers = benchmark(
        suggestion,
        door,
        starts=at(1, 11, 4),
        minutes=30,
        advisor_id=door.office.lindner.id,
        client_id=door.office.kuhn.id,
    )
    assert offers > 2


def test_suggestion_without_the_reading(benchmark: Any, door: Door) -> None:
    """What the domain takes of it: 41 places ranked, with their reasons."""
    with door.office.view() as view:
        rules = house_rules(view.reader, door.office.office.id)
        found = situations(view, door.office.office.id, view.now, at(1, 16), rules=rules)
        query = PlaceQuery(office_id=door.office.office.id)
        wish = suggest_places(view, query).wish
    assert len(benchmark(choose, found, wish).offers) > 20


def test_emergency_ladder_with_25_advisors(benchmark: Any, door: Door) -> None:
    question = Question(office_id=door.office.office.id, client_id=door.client.id)

    def ask() -> int:
        with door.office.view() as view:
            answer = emergency_ladder(view, question)
        assert len(answer.advisors) >= ADVISORS
        return len(answer.ladder.rungs)

    assert benchmark(ask) > 20


def test_reception_page_with_60_visitors(benchmark: Any, door: Door) -> None:
    def read() -> int:
        with door.office.view() as view:
            return len(reception_page(view, door.office.office.id).expected)

    assert benchmark(read) == VISITORS


def test_room_board_read(benchmark: Any, door: Door) -> None:
    def read() -> int:
        with door.office.view() as view:
            return len(room_days(view, door.office.office.id, TODAY))

    assert benchmark(read) == ROOMS + 1


def test_room_board_each_second(benchmark: Any, door: Door) -> None:
    """What a live board works out each second, without the database."""
    with door.office.view() as view:
        days = room_days(view, door.office.office.id, TODAY)
    now = door.office.clock.now()

    def tick() -> int:
        return len([present(day, now) for day in days])

    assert benchmark(tick) == ROOMS + 1
