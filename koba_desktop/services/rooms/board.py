"""The rooms of an office on a day: what is stored, and what that means at an instant.

The query reads once; ``present`` is asked anew each second by a live board, without the database.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from koba_desktop.domain import room_cycle
from koba_desktop.domain.airing import Pause
from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.hygiene import Capacity
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import IN_USE, RoomBookingState, RoomUse
from koba_desktop.services.office.entitlement import may_query
from koba_desktop.services.rooms.situations import house_rules, places_of, rooms_in_use
from koba_desktop.services.rows import RoomBookingRow
from koba_desktop.services.view import View

S = RoomBookingState


@dataclass(frozen=True, slots=True)
class RoomDay:
    """A room with its places (id and number) and the day's bookings, those that are over among
    them. ``today`` is False on another day, on which nothing is "now".

    Of today are also bookings of earlier days by which a place is still in use.
    """

    room: Room
    capacity: Capacity
    pause: Pause
    places: tuple[tuple[UUID, int], ...]
    bookings: tuple[RoomBookingRow, ...]
    today: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One place now. ``current`` is the booking that takes it, ``state`` what that means, ``until``
    when it should end (past: it is due), ``overrun`` how far somebody stays beyond the plan.

    ``following`` is what comes next; ``ready_at`` when the place can be used for it as things
    stand, ``late`` whether that is after its beginning.
    """

    place_id: UUID
    number: int
    current: RoomBookingRow | None
    state: RoomBookingState | None
    until: datetime | None
    overrun: timedelta
    following: RoomBookingRow | None
    ready_at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room, what it is now (None: free), until when, and what comes next.

    ``spots`` are its places one by one. ``not_aired_enough``: it was used today and its air cannot
    be changed within the cap, so it is never shown as aired.
    """

    room: Room
    places: int
    places_free: int
    now_state: RoomBookingState | None
    until: datetime | None
    following: RoomBookingRow | None
    bookings: tuple[RoomBookingRow, ...]
    capacity: Capacity
    pause: Pause
    spots: tuple[PlaceLine, ...]
    closure: RoomBookingRow | None
    not_aired_enough: bool

    @property
    def late(self) -> PlaceLine | None:
        """The place whose next booking will have to wait."""
        return next((spot for spot in self.spots if spot.late), None)


def room_days(view: View, office_id: UUID, day: date) -> tuple[RoomDay, ...]:
    """The rooms in their order with all that happens in them on a day; none for who receives no
    visitors there: the bookings name who comes."""
    if not may_query(view, Right.RECEIVE_VISITORS, office_id):
        return ()
    begins, ends = day_bounds(day)
    reader = view.reader.ahead(
        lambda ask: (
            ask.still_in_use(office_id, begins) if day == view.today else (),
            ask.rooms_used_between(office_id, begins, ends),
        )
    )
    rooms = rooms_in_use(reader, office_id, day)
    rules = house_rules(reader, office_id)
    places = places_of(reader, rooms)
    pauses = {room.id: rules.pause(room, day) for room in rooms}
    bookings: dict[UUID, list[RoomBookingRow]] = defaultdict(list)
    if day == view.today:
        for booking in reader.still_in_use(office_id, begins):
            if _is_left(booking, pauses.get(booking.room_id), view.now):
                bookings[booking.room_id].append(booking)
    for booking in reader.rooms_used_between(office_id, begins, ends):
        bookings[booking.room_id].append(booking)
    return tuple(
        RoomDay(
            room=room,
            capacity=rules.capacity(room, len(places[room.id]), day),
            pause=pauses[room.id],
            places=tuple((place.id, place.number) for place in places[room.id]),
            bookings=tuple(bookings[room.id]),
            today=day == view.today,
        )
        for room in rooms
    )


def _is_left(booking: RoomBookingRow, pause: Pause | None, now: datetime) -> bool:
    """Whether somebody still has to check out or to sign for the cleaning of an earlier day."""
    return pause is not None and room_cycle.as_it_is(booking, pause, now).state is not S.FREE


def room_board(view: View, office_id: UUID, day: date) -> tuple[RoomLine, ...]:
    """The rooms as they are at the present instant."""
    return tuple(present(each, view.now) for each in room_days(view, office_id, day))


def present(room_day: RoomDay, now: datetime) -> RoomLine:
    """What a room is at an instant."""
    active = tuple(b for b in room_day.bookings if b.state is not S.FREE)
    spots = tuple(
        _place(room_day, place_id, number, [b for b in active if b.place_id == place_id], now)
        for place_id, number in room_day.places
    )
    following = [spot.following for spot in spots if spot.following is not None]
    free = sum(spot.state is None for spot in spots)
    first = min(following, key=lambda b: (b.starts, b.place_number), default=None)
    state: RoomBookingState | None = None
    until = first.starts if first is not None and room_day.today else None
    if spots and not free:
        # Of several positions the one that is vacated first says how long the place is full.
        first_out = min(
            (spot for spot in spots if spot.until is not None),
            key=lambda spot: (spot.until, spot.number),
        )
        state, until = first_out.state, first_out.until
    current = [spot.current for spot in spots if spot.current is not None]
    closed = [b for b in current if b.use is not RoomUse.CONSULTATION and now < b.ends]
    return RoomLine(
        room=room_day.room,
        places=len(spots),
        places_free=free,
        now_state=state,
        until=until,
        following=first,
        bookings=active,
        capacity=room_day.capacity,
        pause=room_day.pause,
        spots=spots,
        closure=closed[0] if closed and len(closed) == len(spots) else None,
        not_aired_enough=not room_day.pause.sufficient
        and room_day.today
        and any(b.vacated_at is not None for b in room_day.bookings),
    )


def _place(
    room_day: RoomDay, place_id: UUID, number: int, bookings: list[RoomBookingRow], now: datetime
) -> PlaceLine:
    pause = room_day.pause
    current = _current(bookings, pause, now) if room_day.today else None
    state: RoomBookingState | None = None
    until: datetime | None = None
    overrun = timedelta()
    ready: datetime | None = None
    if current is not None:
        at = room_cycle.as_it_is(current, pause, now)
        state = None if at.state is S.FREE else at.state
        until, overrun = at.until, at.overrun
        ready = room_cycle.ready_at(current, pause, now)
        if state is None:
            current, until = None, None
    coming = [
        b
        for b in bookings
        if b is not current and b.state is S.RESERVED and (not room_day.today or b.ends > now)
    ]
    following = min(coming, key=lambda b: b.starts, default=None)
    if following is not None and until is None and room_day.today:
        until = following.starts
    wanted = following.planned_starts or following.starts if following is not None else None
    late = ready is not None and wanted is not None and ready > wanted
    return PlaceLine(
        place_id=place_id,
        number=number,
        current=current,
        state=state,
        until=until,
        overrun=overrun,
        following=following,
        ready_at=ready,
        late=late,
    )


def _current(bookings: list[RoomBookingRow], pause: Pause, now: datetime) -> RoomBookingRow | None:
    """The booking that takes a place now: who is in there, or what is aired or cleaned, before
    what is reserved for now. A closure hides the airing and cleaning that go on meanwhile."""
    used = next((b for b in bookings if b.state in IN_USE), None)
    reserved = next(
        (b for b in bookings if b.state is S.RESERVED and b.starts <= now < b.blocked_until), None
    )
    if used is None or reserved is None:
        return used or reserved
    over = room_cycle.as_it_is(used, pause, now).state is S.FREE
    closed = reserved.use is not RoomUse.CONSULTATION and used.state is not S.OCCUPIED
    return reserved if over or closed else used
