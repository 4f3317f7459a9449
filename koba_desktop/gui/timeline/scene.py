"""What is on the timeline at an instant: rows, the uses of each with the pause after it, and where
the keyboard can stand. Made from the rooms' day; knows nothing of pixels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.vocabulary import (
    IN_USE,
    Channel,
    RoomBookingState,
    RoomKind,
    RoomUse,
    Urgency,
)
from koba_desktop.gui.blocks.kinds import BlockKind
from koba_desktop.gui.blocks.minutes import MINUTES_A_DAY, hours_shown
from koba_desktop.gui.timeline.geometry import minute_at
from koba_desktop.services.calendar.days import Closure
from koba_desktop.services.rooms.board import PlaceLine, RoomDay, present
from koba_desktop.services.rows import RoomBookingRow

S = RoomBookingState
SPOT_MINUTES = 30
LEAST_SPOT = 5  # minutes


class Phase(Enum):
    """How far a use is; ``UNUSED``: its time went by and nobody came in."""

    AHEAD = auto()
    RUNNING = auto()
    PAUSE = auto()
    OVER = auto()
    UNUSED = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A row: one place, with the day of its room. ``of``: how many places the room has."""

    place_id: UUID
    number: int
    of: int
    day: RoomDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A use as it stands now; times in minutes of the day.

    ``ends`` grows with the clock while somebody overruns, ``until`` (the end of the pause) with
    it. ``plan`` is the end as planned. ``ready`` is from when the room can be had where that is
    later than its beginning, or than that of the appointment.
    """

    row: RoomBookingRow
    line: int
    starts: int
    ends: int
    until: int
    plan: int
    kind: BlockKind
    phase: Phase
    ready: int | None = None
    pending: bool = False

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def overrun(self) -> int:
        """Minutes beyond the planned end."""
        return self.ends - self.plan if self.phase is Phase.RUNNING else 0

    @property
    def closure(self) -> bool:
        """Whether the place is out of service."""
        return self.row.use is RoomUse.MAINTENANCE

    @property
    def to_clean(self) -> bool:
        """Whether the pause is over for the air, and somebody is to clean."""
        return self.phase is Phase.PAUSE and self.row.state is S.CLEANING

    @property
    def movable(self) -> bool:
        """Whether it can be given another time."""
        return self.row.state is S.RESERVED and not self.closure

    @property
    def movable_elsewhere(self) -> bool:
        """Whether it can be given another place."""
        return self.movable or self.phase is Phase.RUNNING


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the keyboard can stand in a row: a block, or a free spot (``block`` None)."""

    starts: int
    ends: int
    block: Block | None


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a booking is to go: a place and, for what has not begun, a beginning."""

    place_id: UUID
    starts: datetime


class Scene:
    """``moved``: bookings under way to another place or time, shown there already."""

    def __init__(
        self,
        days: Sequence[RoomDay] = (),
        day: date | None = None,
        now: datetime | None = None,
        closures: Sequence[Closure] = (),
        moved: Mapping[UUID, Aim] | None = None,
        before: "Scene | None" = None,
    ) -> None:
        self.day = day
        self.closures = tuple(closures)
        self._pending = frozenset(moved or ())
        rooms = adapted(days, moved, now) if moved else tuple(days)
        self.lines = tuple(
            Line(place_id, number, len(room.places), room)
            for room in rooms
            for place_id, number in room.places
        )
        self.by_line: tuple[tuple[Block, ...], ...] = ()
        if day is not None:
            instant = now or day_bounds(day)[0]
            self.by_line = tuple(
                blocks
                for number, room in zip(_firsts(rooms), rooms, strict=True)
                for blocks in self._room(room, number, day, instant)
            )
        if before is not None:
            self.by_line = tuple(
                _kept(before, number, new) for number, new in enumerate(self.by_line)
            )
        self.blocks = tuple(block for blocks in self.by_line for block in blocks)
        self._numbers = {block.id: n for n, block in enumerate(self.blocks)}
        self.first, self.last = self._hours()

    def number_of(self, booking_id: UUID | None) -> int | None:
        """The place of a booking among all blocks."""
        return None if booking_id is None else self._numbers.get(booking_id)

    def block_of(self, booking_id: UUID | None) -> Block | None:
        number = self.number_of(booking_id)
        return None if number is None else self.blocks[number]

    def of_appointment(self, appointment_id: UUID) -> Block | None:
        """The use an appointment has now; of a talk that changed its room, the newer one."""
        found = [b for b in self.blocks if b.row.appointment_id == appointment_id]
        active = [b for b in found if b.row.state in (S.RESERVED, S.OCCUPIED)]
        return max(active or found, key=lambda b: b.starts, default=None)

    def line_of(self, place_id: UUID) -> int:
        """The row of a place; -1 if it is not shown."""
        return next((n for n, line in enumerate(self.lines) if line.place_id == place_id), -1)

    def stops(self, line: int) -> list[Stop]:
        """The blocks of a row and, in half hours, what is free between them."""
        stops = []
        at = self.first
        for block in self.by_line[line]:
            stops += _spots(at, block.starts)
            if block.ends > 0:  # a use of yesterday that is still to be cleaned is off the day
                stops.append(Stop(block.starts, block.ends, block))
            at = max(at, block.until)
        return stops + _spots(at, self.last)

    def overlapping(self, line: int, starts: int, until: int, but: UUID | None) -> list[Block]:
        """What takes a place, pause included, in a time."""
        return [
            block
            for block in self.by_line[line]
            if block.id != but
            and block.row.state is not S.FREE
            and block.starts < until
            and starts < block.until
        ]

    def busy_elsewhere(self, moved: Block, starts: int, ends: int) -> list[Block]:
        """Other uses of the same advisor in a time."""
        who = moved.row.advisor_id
        return [
            block
            for block in self.blocks
            if who is not None
            and block.row.advisor_id == who
            and block.id != moved.id
            and block.phase in (Phase.AHEAD, Phase.RUNNING)
            and block.starts < ends
            and starts < block.ends
        ]

    def closed_at(self, minute: float) -> Closure | None:
        """Why the office is closed at a minute of the day."""
        if self.day is None:
            return None
        for closure in self.closures:
            starts, ends = (minute_at(m, self.day) for m in (closure.starts, closure.ends))
            if starts <= minute < ends:
                return closure
        return None

    # --- making it --------------------------------------------------------------------------------

    def _room(
        self, room: RoomDay, first: int, day: date, now: datetime
    ) -> Iterable[tuple[Block, ...]]:
        spots = {spot.place_id: spot for spot in present(room, now).spots}
        for number, (place_id, _number) in enumerate(room.places, first):
            mine = [b for b in room.bookings if b.place_id == place_id]
            blocks = [self._block(row, room, spots[place_id], number, day, now) for row in mine]
            yield tuple(sorted(blocks, key=lambda b: (b.starts, b.ends, str(b.id))))

    def _block(
        self,
        row: RoomBookingRow,
        room: RoomDay,
        spot: PlaceLine,
        line: int,
        day: date,
        now: datetime,
    ) -> Block:
        phase = _phase(row, spot, now, today=room.today)
        ends, until = row.ends, max(row.ends, row.blocked_until)
        if spot.current is row and row.state in IN_USE:
            ends = row.ends + spot.overrun
            until = max(spot.ready_at or until, ends)
        return Block(
            row=row,
            line=line,
            starts=_whole(row.starts, day),
            ends=_whole(ends, day),
            until=_whole(until, day),
            plan=_whole(row.ends, day),
            kind=kind_of(row, room),
            phase=phase,
            ready=_ready(row, spot, phase, day),
            pending=row.id in self._pending,
        )

    def _hours(self) -> tuple[int, int]:
        opened: list[tuple[int, int]] = []
        at = 0
        for closure in self.closures if self.day is not None else ():
            assert self.day is not None
            if _whole(closure.starts, self.day) > at:
                opened.append((at, _whole(closure.starts, self.day)))
            at = max(at, _whole(closure.ends, self.day))
        if self.closures and at < MINUTES_A_DAY:
            opened.append((at, MINUTES_A_DAY))
        busy = [(b.starts, b.until) for b in self.blocks if not b.closure and b.starts >= 0]
        return hours_shown(opened, busy)


def kind_of(row: RoomBookingRow, room: RoomDay) -> BlockKind:
    """What decides shape, icon and colour."""
    if row.use is not RoomUse.CONSULTATION:
        return BlockKind.INTERNAL
    if row.urgency is Urgency.EMERGENCY:
        return BlockKind.EMERGENCY
    if row.channel is Channel.OUTDOORS or room.room.kind is RoomKind.OUTDOOR:
        return BlockKind.OUTDOORS
    return BlockKind.IN_PERSON


def aimed(row: RoomBookingRow, aim: Aim, pause: int, now: datetime | None) -> RoomBookingRow:
    """A booking as it would be there: for the time of its appointment unless that is another one.

    A running talk goes on from ``now``. ``pause`` is that of the new place, in minutes.
    """
    if row.state is S.OCCUPIED:
        starts, ends = now or row.starts, max(row.ends, now or row.ends)
    elif aim.starts == row.starts:
        starts, ends = row.planned_starts or row.starts, row.planned_ends or row.ends
    else:
        length = (row.planned_ends or row.ends) - (row.planned_starts or row.starts)
        starts, ends = aim.starts, aim.starts + length
    until = ends + timedelta(minutes=pause)
    moved = aim.starts != row.starts and row.state is not S.OCCUPIED
    return replace(
        row,
        place_id=aim.place_id,
        starts=starts,
        ends=ends,
        blocked_until=until,
        planned_starts=starts if moved else row.planned_starts,
        planned_ends=ends if moved else row.planned_ends,
    )


def adapted(
    days: Sequence[RoomDay], moved: Mapping[UUID, Aim], now: datetime | None
) -> tuple[RoomDay, ...]:
    """The rooms as they will be once the moves under way are through."""
    rooms = {place_id: room for room in days for place_id, _number in room.places}
    going = [
        aimed(row, moved[row.id], rooms[moved[row.id].place_id].pause.minutes, now)
        for room in days
        for row in room.bookings
        if row.id in moved and moved[row.id].place_id in rooms
    ]
    gone = {row.id for row in going}
    return tuple(
        replace(
            room,
            bookings=(
                *(row for row in room.bookings if row.id not in gone),
                *(row for row in going if rooms[row.place_id] is room),
            ),
        )
        for room in days
    )


def _firsts(rooms: Sequence[RoomDay]) -> list[int]:
    """The number of the first row of each room."""
    at, firsts = 0, []
    for room in rooms:
        firsts.append(at)
        at += len(room.places)
    return firsts


def _kept(before: Scene, number: int, new: tuple[Block, ...]) -> tuple[Block, ...]:
    """What is as it was stays the same object: it compares fast, and is not painted again."""
    blocks = tuple(
        old if (old := before.block_of(block.id)) == block and old is not None else block
        for block in new
    )
    held = before.by_line[number] if number < len(before.by_line) else ()
    same = len(held) == len(blocks) and all(a is b for a, b in zip(held, blocks, strict=True))
    return held if same else blocks


def _whole(moment: datetime, day: date) -> int:
    return int(minute_at(moment, day))


def _phase(row: RoomBookingRow, spot: PlaceLine, now: datetime, *, today: bool) -> Phase:
    if row.state is S.OCCUPIED:
        return Phase.RUNNING
    if row.state in (S.AIRING, S.CLEANING):
        return Phase.PAUSE if spot.current is row else Phase.OVER
    if row.state is S.FREE:
        return Phase.OVER
    if row.use is not RoomUse.CONSULTATION:
        return Phase.OVER if today and row.ends <= now else Phase.AHEAD
    return Phase.UNUSED if today and row.ends <= now else Phase.AHEAD


def _ready(row: RoomBookingRow, spot: PlaceLine, phase: Phase, day: date) -> int | None:
    """From when the room can be had, where that is too late for whom it is reserved."""
    if phase is not Phase.AHEAD or row.use is not RoomUse.CONSULTATION:
        return None
    if spot.late and spot.following is row and spot.ready_at is not None:
        return max(_whole(spot.ready_at, day), _whole(row.starts, day))
    if row.planned_starts is not None and row.planned_starts < row.starts:
        return _whole(row.starts, day)
    return None


def _spots(starts: int, ends: int) -> list[Stop]:
    """A free stretch in pieces that begin at its start and at each half hour."""
    spots = []
    at = starts
    while ends - at >= LEAST_SPOT:
        following = min(ends, (at // SPOT_MINUTES + 1) * SPOT_MINUTES)
        if ends - following < LEAST_SPOT:
            following = ends
        if following - at >= LEAST_SPOT:
            spots.append(Stop(at, following, None))
        at = following
    return spots
