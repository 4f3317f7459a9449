"""The door of the demonstration at the very moment it begins: every state of a room can be seen.

Somebody overruns, one room is aired, one waits to be cleaned, one is out of service, and one
visitor waits without a place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from koba_desktop.domain.clock import day_of, instant
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    ReasonCode,
    RoomBookingState,
    RoomUse,
    UrgencyCategory,
)
from koba_desktop.services.demo.house import Branch
from koba_desktop.services.demo.maker import Maker

S = AppointmentState
MINUTE = timedelta(minutes=1)
_CLOSED_ROOM = "R 2.01"
_REPORTED = time(16, 10)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen, in minutes before now: begin, planned end, and when it was over (None:
    it is not). ``room``: whether a place was found."""

    state: AppointmentState
    begins: int
    length: int
    left: int | None
    category: UrgencyCategory
    room: bool = True
    arrived: int = 0


SCENES = (
    Scene(S.IN_PROGRESS, 55, 30, None, UrgencyCategory.NO_MONEY, arrived=57),
    Scene(S.KEPT, 55, 30, 27, UrgencyCategory.ENERGY, arrived=58),
    Scene(S.KEPT, 45, 30, 7, UrgencyCategory.HOUSING, arrived=50),
    Scene(S.ARRIVED, 5, 30, None, UrgencyCategory.DEADLINE, room=False, arrived=14),
)


def closures(maker: Maker, branch: Branch) -> Iterator[RoomBooking]:
    """A room whose heating failed the day before, for some days."""
    reported = maker.working_day(-1)
    until = instant(maker.working_day(2), time(16))
    for room, places in branch.rooms:
        if room.name == _CLOSED_ROOM:
            for place in places:
                yield RoomBooking(
                    **maker.stamps(instant(reported, _REPORTED)),
                    place_id=place.id,
                    office_id=branch.office.id,
                    use=RoomUse.MAINTENANCE,
                    starts=instant(reported, _REPORTED),
                    ends=until,
                    blocked_until=until,
                    persons=1,
                    reason=ReasonCode.DEFECT,
                    note="Heizung defekt",
                )


def scenes(maker: Maker, branch: Branch, day: date) -> tuple[Scene, ...]:
    """What is going on at the door of an office, if it is open now and has been for an hour."""
    now = maker.now
    hours = [
        (instant(day, h.opens), instant(day, h.closes))
        for h in branch.hours
        if h.channel is Channel.IN_PERSON and h.weekday == day.isoweekday()
    ]
    opened = any(opens + timedelta(hours=1) <= now < closes for opens, closes in hours)
    return SCENES if day == day_of(now) and maker.works(day) and opened else ()


def begins(scene: Scene, now: datetime) -> datetime:
    """On a full five minutes of the wall clock."""
    at = now - scene.begins * MINUTE
    return at.replace(minute=at.minute // 5 * 5, second=0, microsecond=0)


def booking_of(
    maker: Maker,
    scene: Scene,
    where: tuple[Room, Place, int],
    appointment_id: UUID,
    office_id: UUID,
) -> RoomBooking:
    """The room of a scene; ``where`` holds the pause in minutes."""
    _room, place, pause = where
    starts = begins(scene, maker.now)
    left = maker.now - scene.left * MINUTE if scene.left is not None else None
    ends = left or starts + scene.length * MINUTE
    return RoomBooking(
        **maker.stamps(starts),
        place_id=place.id,
        office_id=office_id,
        appointment_id=appointment_id,
        starts=starts,
        ends=ends,
        blocked_until=ends + pause * MINUTE,
        state=RoomBookingState.OCCUPIED if left is None else RoomBookingState.AIRING,
        occupied_at=starts,
        vacated_at=left,
    )
