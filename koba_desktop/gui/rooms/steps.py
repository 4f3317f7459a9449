"""What can be done next with a room or one of its bookings, and which of it comes first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from koba_desktop.domain import room_cycle
from koba_desktop.domain.vocabulary import RoomBookingState, RoomUse
from koba_desktop.services.rooms.board import PlaceLine, RoomLine
from koba_desktop.services.rows import RoomBookingRow

S = RoomBookingState


class Deed(StrEnum):
    ENTER = "enter"
    VACATE = "vacate"
    AIRED = "aired"
    CLEANED = "cleaned"
    MOVE = "move"
    REOPEN = "reopen"


_ORDER = (Deed.VACATE, Deed.CLEANED, Deed.AIRED, Deed.ENTER)


@dataclass(frozen=True, slots=True)
class Step:
    """``booking`` is whom it is about (None: the room as a whole). Before ``since`` it would be
    refused."""

    deed: Deed
    booking: RoomBookingRow | None
    since: datetime | None = None

    def ready(self, now: datetime) -> bool:
        return self.since is None or self.since <= now


def of_booking(line: RoomLine, booking: RoomBookingRow, now: datetime) -> tuple[Step, ...]:
    """What is possible with a booking as it stands, the next step of the room cycle first."""
    if booking.use is not RoomUse.CONSULTATION:
        return (Step(Deed.REOPEN, booking),) if booking == _reopens(line, now) else ()
    match booking.state:
        case S.RESERVED:
            return (Step(Deed.ENTER, booking), Step(Deed.MOVE, booking))
        case S.OCCUPIED:
            return (Step(Deed.VACATE, booking), Step(Deed.MOVE, booking))
        case S.AIRING:
            return tuple(_after_use(line, booking, now))
        case S.CLEANING:
            return (Step(Deed.CLEANED, booking),)
        case _:
            return ()


def _reopens(line: RoomLine, now: datetime) -> RoomBookingRow | None:
    """What ends when the room is released: the closure that holds now, else the first to come."""
    coming = (b for b in line.bookings if b.use is not RoomUse.CONSULTATION and b.starts > now)
    return line.closure or min(coming, key=lambda b: b.starts, default=None)


def _after_use(line: RoomLine, booking: RoomBookingRow, now: datetime) -> Iterator[Step]:
    """Airing ends by the clock: then somebody cleans and signs, or nothing is left to do."""
    ends = room_cycle.airing_ends(booking, line.pause)
    if now < ends:
        yield Step(Deed.AIRED, booking, since=ends)
    elif room_cycle.needs_cleaning(booking, line.pause):
        yield Step(Deed.CLEANED, booking)
        yield Step(Deed.AIRED, booking)


def of_place(line: RoomLine, spot: PlaceLine, now: datetime) -> tuple[Step, ...]:
    """What is possible at a place: with who has it now, else with who comes next."""
    booking = spot.current or spot.following
    return of_booking(line, booking, now) if booking is not None else ()


def next_steps(line: RoomLine, now: datetime) -> tuple[Step, ...]:
    """What a tile offers as buttons, the first for Enter: what ends before what begins, each step
    once. Empty where nothing is to be done."""
    if line.closure is not None:
        return (Step(Deed.REOPEN, line.closure),)
    found: dict[Deed, Step] = {}
    for spot in line.spots:
        for step in of_place(line, spot, now)[:1]:
            found.setdefault(step.deed, step)
    return tuple(found[deed] for deed in _ORDER if deed in found)
