"""A full day in the rooms, made up: Tuesday 13 April 2021 at 10:24, for pictures and benchmarks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from koba_desktop.domain import airing, hygiene
from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.vocabulary import (
    Channel,
    RoomBookingState,
    RoomKind,
    RoomUse,
    Urgency,
    Windows,
)
from koba_desktop.services.rooms.board import RoomDay
from koba_desktop.services.rows import RoomBookingRow

SPACE = UUID("018f0000-0000-7000-8000-000000000001")
DAY = date(2021, 4, 13)
S = RoomBookingState
CAP = 30  # minutes a pause takes at most


def moment(clock: str, day: date = DAY) -> datetime:
    return instant(day, time.fromisoformat(clock))


NOW = moment("10:24") + timedelta(seconds=36)


def made_id(name: str) -> UUID:
    return uuid5(SPACE, name)


@dataclass(frozen=True, slots=True)
class Use:
    """What stands in a row: ``span`` as "10:15-10:45", whose talk, how far it is."""

    span: str
    who: str = ""
    initials: str = ""
    state: RoomBookingState = S.RESERVED
    urgency: Urgency = Urgency.NONE
    use: RoomUse = RoomUse.CONSULTATION
    planned: str = ""  # beginning of the appointment, where it is another
    note: str = ""
    until: date = DAY  # the day it ends


def room(name: str, position: int = 0, **values: object) -> Room:
    made = Room(
        id=made_id(f"room {name}"),
        office_id=made_id("office"),
        name=name,
        area=25.0,
        height=2.8,
        windows=Windows.FULL,
        position=position,
    )
    return replace(made, **values)  # type: ignore[arg-type]


def room_day(where: Room, *places: Iterable[Use]) -> RoomDay:
    """The day of a room, one list of uses a place."""
    pause = airing.pause(where, None, DAY, CAP)
    numbered = tuple((made_id(f"{where.name} {n}"), n) for n in range(1, len(places) + 1))
    return RoomDay(
        room=where,
        capacity=hygiene.capacity(where, len(places), None, DAY),
        pause=pause,
        places=numbered,
        bookings=tuple(
            _booking(where, place_id, number, use, pause.minutes)
            for (place_id, number), uses in zip(numbered, places, strict=True)
            for use in uses
        ),
        today=True,
    )


def _booking(where: Room, place_id: UUID, number: int, use: Use, pause: int) -> RoomBookingRow:
    begins, ends = use.span.split("-")
    starts, end = moment(begins), moment(ends, use.until)
    talk = use.use is RoomUse.CONSULTATION
    key = f"{where.name} {number} {use.span} {use.who}"
    inside = use.state in (S.OCCUPIED, S.AIRING, S.CLEANING, S.FREE)
    return RoomBookingRow(
        id=made_id(key),
        version=1,
        room_id=where.id,
        room_name=where.name,
        place_id=place_id,
        place_number=number,
        appointment_id=made_id(f"appointment {key}") if talk else None,
        label=use.who,
        advisor_initials=use.initials,
        use=use.use,
        starts=starts,
        ends=end,
        blocked_until=end + timedelta(minutes=pause if talk else 0),
        persons=2,
        state=use.state,
        urgency=use.urgency,
        channel=Channel.OUTDOORS if where.kind is RoomKind.OUTDOOR else Channel.IN_PERSON,
        planned_starts=moment(use.planned) if use.planned else starts if talk else None,
        planned_ends=end if talk else None,
        occupied_at=starts if inside else None,
        vacated_at=end if use.state in (S.AIRING, S.CLEANING, S.FREE) else None,
        note=use.note,
    )


def house() -> tuple[RoomDay, ...]:
    """Every kind and state: over, overrun, aired, to be cleaned, pushed back, closed, outdoors."""
    over, inside = S.FREE, S.OCCUPIED
    yard = {"kind": RoomKind.OUTDOOR, "area": None, "windows": Windows.NONE}
    closed = Use(
        "07:30-18:00",
        use=RoomUse.MAINTENANCE,
        note="Heizung defekt",
        until=DAY + timedelta(days=2),
    )
    return (
        room_day(
            room("R 1.04"),
            (
                Use("08:15-08:45", "Ilic", "BE", over),
                Use("09:15-10:17", "Funk", "HO", S.AIRING),
                Use("10:33-10:45", "Nagy", "HO", urgency=Urgency.URGENT, planned="10:25"),
                Use("11:02-11:45", "Balke", "AR"),
                Use("14:00-15:00", "Krämer", "PA"),
            ),
        ),
        room_day(
            room("R 1.05", wheelchair=True, seats=3),
            (
                Use("08:00-08:45", "Wirth", "BE", over),
                Use("09:45-10:05", "Krause", "LI", over, Urgency.EMERGENCY),
                Use("13:30-14:30", "Hoang", "BE"),
                Use("15:30-16:15", "Ivanova", "ÖZ"),
            ),
        ),
        room_day(
            room("R 1.06"),
            (
                Use("08:30-09:35", "Tiede", "ÖZ", S.CLEANING),
                Use("10:30-11:30", "Moser", "ÖZ"),
            ),
        ),
        room_day(
            room("R 1.07"),
            (
                Use("09:15-10:00", "Seidel", "LI", inside, Urgency.EMERGENCY),
                Use("10:30-11:00", "Ehlers", "PA"),
            ),
        ),
        room_day(
            room("R 2.02", kind=RoomKind.MEETING, seats=4, area=40.0),
            (
                Use("08:30-09:15", "Rossi", "AR", over),
                Use("10:00-11:00", "Sturm", "PA", inside),
                Use("13:00-14:00", use=RoomUse.INTERNAL, note="Übergabe Team 2"),
            ),
        ),
        room_day(room("R 2.01"), (closed,)),
        room_day(
            room("Hof 1", seats=4, **yard),
            (
                Use("09:30-10:00", "Pfeil", "AR", over),
                Use("10:15-10:45", "Lange", "AR", inside),
                Use("11:30-12:00", "Wolter", "BE"),
                Use("15:00-15:30", "Janke", "HO"),
            ),
            (Use("11:00-11:45", "Gruber", "ÖZ"),),
        ),
        room_day(room("Vordach", **yard), (Use("14:00-14:30", "Otte", "AR"),)),
    )


def large_house(places: int = 40, uses: int = 8) -> tuple[RoomDay, ...]:
    """As many rooms, each used so often, one after the other with its pause."""
    days = []
    for number in range(places):
        talks = []
        for turn in range(uses):
            begins = moment("08:00") + timedelta(minutes=turn * 65 + number % 7)
            clock, end = (f"{t:%H:%M}" for t in _walls(begins, begins + timedelta(minutes=40)))
            state = S.FREE if turn < 2 else S.RESERVED
            talks.append(Use(f"{clock}-{end}", f"Schneider-{number}", "BE", state))
        days.append(room_day(room(f"R {number // 10}.{number % 10:02d}", number), talks))
    return tuple(days)


def _walls(*moments: datetime) -> list[datetime]:
    zone = moment("08:00") - datetime.combine(DAY, time(8), moment("08:00").tzinfo)
    return [each - zone for each in moments]
