"""What the large tile of a room says at an instant: words and numbers, nothing of how it looks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID

from koba_desktop.domain.clock import day_of, next_minute, whole_minutes
from koba_desktop.domain.hygiene import has_screen
from koba_desktop.domain.vocabulary import RoomBookingState, RoomKind, RoomUse, Urgency, Windows
from koba_desktop.gui.rooms import wording
from koba_desktop.gui.rooms.steps import Step, next_steps
from koba_desktop.gui.rooms.timers import Timer, timer_of
from koba_desktop.i18n import _, formats, ngettext, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.rooms.board import PlaceLine, RoomDay, RoomLine, present
from koba_desktop.services.rows import RoomBookingRow

S = RoomBookingState


class Alarm(IntEnum):
    """How much a tile asks to be looked at."""

    NONE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, and the same in two words for a small tile."""

    text: str
    short: str
    alarm: Alarm = Alarm.WARNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One room. ``role`` is the token whose colour repeats what ``icon`` and ``state`` say;
    ``lines`` tell who is in it and until when, ``coming`` what is next, ``steps`` what its buttons
    do. Two tiles are equal where nothing but the clock would tell them apart."""

    name: str
    wheelchair: bool
    persons: str
    icon: str
    state: str
    role: str
    lines: tuple[str, ...]
    warnings: tuple[Warned, ...]
    coming: str
    steps: tuple[Step, ...]
    line: RoomLine = field(compare=False)
    timer: Timer = field(compare=False)
    moment: datetime = field(compare=False)

    @property
    def closed(self) -> bool:
        return self.line.closure is not None

    @property
    def alarm(self) -> Alarm:
        return max((each.alarm for each in self.warnings), default=Alarm.NONE)


@dataclass(frozen=True, slots=True)
class Around:
    """What a tile needs to know beside its room: names of staff, and who waits since when."""

    name_of: Callable[[UUID | None], str]
    waiting: Mapping[UUID, datetime] = field(default_factory=dict)


def tile_of(day: RoomDay, now: datetime, around: Around) -> Tile:
    """The tile of a room at an instant."""
    line = present(day, now)
    return _Writer(day, line, now, around).tile()


class _Writer:
    """Words for one room at one instant."""

    def __init__(self, day: RoomDay, line: RoomLine, now: datetime, around: Around) -> None:
        self._day = day
        self._line = line
        self._now = now
        self._around = around

    def tile(self) -> Tile:
        line = self._line
        return Tile(
            name=line.room.name,
            wheelchair=line.room.wheelchair,
            persons=self._persons(),
            icon=wording.state_icon(line),
            state=wording.state_short(line),
            role=wording.state_role(line),
            lines=tuple(filter(None, self._lines())),
            warnings=tuple(sorted(self._warnings(), key=lambda each: -each.alarm)),
            coming=self._coming(),
            steps=next_steps(line, self._now),
            line=line,
            timer=timer_of(line, self._now),
            moment=self._now,
        )

    # --- head -------------------------------------------------------------------------------------

    def _persons(self) -> str:
        line = self._line
        if line.room.kind is RoomKind.OUTDOOR:
            n = line.places
            return ngettext("{n} place", "{n} places", n).format(n=n)
        most = line.capacity.persons
        inside = self._main()
        if inside is not None and inside.state is S.OCCUPIED and line.closure is None:
            return _("{n}/{most} p.").format(n=inside.persons, most=most)
        return _("{n} p.").format(n=most)

    def _main(self) -> RoomBookingRow | None:
        """The booking the tile is about: of several places the one that ends first."""
        current = [spot.current for spot in self._line.spots if spot.current is not None]
        return min(current, key=lambda b: b.ends, default=None)

    def _until(self, until: datetime) -> str:
        return _("until {time}").format(time=formats.time_of(until))

    # --- lines ------------------------------------------------------------------------------------

    def _lines(self) -> list[str]:
        line = self._line
        if line.closure is not None:
            return self._closed(line.closure)
        if len(line.spots) > 1:
            return [self._place(spot) for spot in line.spots]
        spot = line.spots[0] if line.spots else None
        if spot is None or spot.current is None or spot.state is None:
            return self._ready()
        booking = spot.current
        match spot.state:
            case S.OCCUPIED:
                return [self._who(booking), self._planned_end(spot, booking)]
            case S.AIRING:
                return [self._then(spot), self._airing()]
            case S.CLEANING:
                return [self._due_since(spot), self._announced(spot.following)]
            case _:
                return [self._who(booking), formats.span_of(booking.starts, booking.ends)]

    def _closed(self, closure: RoomBookingRow) -> list[str]:
        why = closure.note or (word(closure.reason) if closure.reason is not None else "")
        if closure.changed_at is None:
            return [why]
        day = day_of(closure.changed_at)
        same = day == day_of(self._now)
        when = formats.time_of(closure.changed_at) if same else formats.weekday_short(day)
        who = self._around.name_of(closure.changed_by)
        reported = _("reported {when} by {name}") if who else _("reported {when}")
        return [why, reported.format(when=when, name=who)]

    def _place(self, spot: PlaceLine) -> str:
        """ "Place 1: Lange (423), until 10:45" """
        booking = spot.current
        if spot.state is None or booking is None:
            what = wording.free_until(spot.until)
        elif booking.use is not RoomUse.CONSULTATION:
            what = word(booking.use)
        else:
            until = self._until(spot.until) if spot.until is not None else ""
            what = ", ".join(filter(None, (self._named(booking), until)))
        return _("Place {n}: {what}").format(n=spot.number, what=what)

    def _planned_end(self, spot: PlaceLine, booking: RoomBookingRow) -> str:
        ends = formats.time_of(booking.ends)
        if spot.overrun:
            return _("planned until {time}").format(time=ends)
        n = self._line.pause.minutes
        if not n:
            return _("until {time}").format(time=ends)
        return _("until {time}, then {n} min airing").format(time=ends, n=n)

    def _airing(self) -> str:
        """By what the air is changed, and how long that takes."""
        room, pause = self._line.room, self._line.pause
        by_fan = (room.air_changes or 0.0) >= pause.air_changes > 0
        how = {
            Windows.TILT: _("windows tilted"),
            Windows.FULL: _("windows wide open"),
            Windows.CROSS: _("cross ventilation"),
            Windows.NONE: _("no window"),
        }[room.windows]
        how = pgettext("airing", "ventilation") if by_fan else how
        return _("{how}, {n} min").format(how=how, n=pause.airing_minutes)

    def _then(self, spot: PlaceLine) -> str:
        ends = formats.time_of(next_minute(spot.until)) if spot.until is not None else ""
        if spot.following is None:
            return _("ends {time}").format(time=ends)
        return _("ends {time}, then {who}").format(time=ends, who=self._named(spot.following))

    def _due_since(self, spot: PlaceLine) -> str:
        if spot.until is None:
            return ""
        return _("due since {time}").format(time=formats.time_of(spot.until))

    def _announced(self, booking: RoomBookingRow | None) -> str:
        if booking is None:
            return ""
        starts = formats.time_of(booking.planned_starts or booking.starts)
        return f"{starts} {self._who(booking)}"

    def _ready(self) -> list[str]:
        """Nobody is in there: when it was aired and cleaned, and what the room has."""
        return [self._last_aired(), ", ".join(self._features())]

    def _last_aired(self) -> str:
        used = [b for b in self._day.bookings if b.vacated_at is not None]
        last = max(used, key=lambda b: b.vacated_at or b.ends, default=None)
        if last is None or self._line.not_aired_enough or not self._day.today:
            return ""
        outdoors = self._line.room.kind is RoomKind.OUTDOOR
        left = last.vacated_at or last.ends
        at = last.aired_at or left + timedelta(minutes=self._line.pause.airing_minutes)
        parts = [] if outdoors else [_("aired {time}").format(time=formats.time_of(at))]
        if last.cleaned_at is not None:
            parts.append(_("cleaned {time}").format(time=formats.time_of(last.cleaned_at)))
        return ", ".join(parts)

    def _features(self) -> list[str]:
        room = self._line.room
        found = []
        if has_screen(room):
            found.append(_("screen"))
        if room.equipment:
            found.append(room.equipment)
        if room.kind is RoomKind.OUTDOOR:
            found.append(_("nothing confidential"))
        return found

    # --- who --------------------------------------------------------------------------------------

    def _named(self, booking: RoomBookingRow) -> str:
        """ "Nagy (420)", or what the place is used for."""
        if booking.use is not RoomUse.CONSULTATION:
            return booking.note or word(booking.use)
        name = booking.label or pgettext("visitor", "somebody")
        return f"{name} ({booking.code})" if booking.code else name

    def _who(self, booking: RoomBookingRow, *, code: bool = True) -> str:
        """ "Seidel (415) · Lindner, emergency" """
        advisor = self._around.name_of(booking.advisor_id) or booking.advisor_initials
        if booking.use is not RoomUse.CONSULTATION:
            advisor = ""
        name = self._named(booking) if code else booking.label or self._named(booking)
        text = " · ".join(filter(None, (name, advisor)))
        return text if booking.urgency is Urgency.NONE else f"{text}, {word(booking.urgency)}"

    # --- warnings ---------------------------------------------------------------------------------

    def _warnings(self) -> list[Warned]:
        found = []
        for spot in self._line.spots:
            if self._line.closure is None:
                found += self._of_place(spot)
        if self._line.not_aired_enough:
            found.append(Warned(_("not aired sufficiently"), _("too little air")))
        return found

    def _of_place(self, spot: PlaceLine) -> list[Warned]:
        found = []
        following = spot.following
        if spot.late and spot.ready_at is not None:
            ready = formats.time_of(next_minute(spot.ready_at))
            text, short = _("room only from {time}"), _("only from {time}")
            found.append(Warned(text.format(time=ready), short.format(time=ready)))
        if spot.overrun and spot.state is S.OCCUPIED:
            n = whole_minutes(spot.overrun)
            short = _("+{n} min").format(n=n)
            found.append(Warned(_("airing moves back"), short, Alarm.ERROR))
        reserved = spot.current is not None and spot.state is S.RESERVED
        expected = spot.current if reserved else following
        if expected is not None and expected.appointment_id in self._around.waiting:
            found.append(self._waits(expected))
        return found

    def _waits(self, booking: RoomBookingRow) -> Warned:
        assert booking.appointment_id is not None
        since = self._now - self._around.waiting[booking.appointment_id]
        if self._now < (booking.planned_starts or booking.starts):
            text = _("{name} is here").format(name=booking.label)
            return Warned(text, _("is here"))
        n = max(0, whole_minutes(since))
        text = _("{name} waits {n} min").format(name=booking.label, n=n)
        return Warned(text, _("waits {n} min").format(n=n))

    # --- what comes -------------------------------------------------------------------------------

    def _coming(self) -> str:
        """The next booking that no line above names."""
        closed = self._line.closure is not None
        named = {self._announced_id(spot) for spot in self._line.spots}
        coming = [b for b in self._line.bookings if self._is_to_come(b) and b.id not in named]
        following = min(coming, key=lambda b: b.starts, default=None)
        if following is None:
            return _("no booking affected") if closed else _("nothing more today")
        starts = formats.time_of(following.planned_starts or following.starts)
        return _("then {time} {who}").format(time=starts, who=self._who(following, code=False))

    def _announced_id(self, spot: PlaceLine) -> UUID | None:
        told = spot.state in (S.AIRING, S.CLEANING) and len(self._line.spots) == 1
        return spot.following.id if told and spot.following is not None else None

    def _is_to_come(self, booking: RoomBookingRow) -> bool:
        current = {spot.current.id for spot in self._line.spots if spot.current is not None}
        return (
            booking.state is S.RESERVED and booking.ends > self._now and booking.id not in current
        )


def spoken(tile: Tile) -> str:
    """The tile in one sentence for a screen reader, without seconds."""
    line = tile.line
    parts = [line.room.name, tile.persons]
    if line.room.wheelchair:
        parts.append(_("wheelchair access"))
    parts += [wording.state_text(line, tile.moment), *tile.lines]
    parts += [each.text for each in tile.warnings]
    parts.append(tile.coming)
    if tile.steps:
        text = wording.plain_step(tile.steps[0], tile.moment)
        parts.append(_("Enter: {step}").format(step=text))
    return ", ".join(filter(None, parts))


def booking_of(tile: Tile) -> RoomBookingRow | None:
    """Whose tile it is: who is in there, else who comes next; not who has left it to be aired."""
    line = tile.line
    current = [spot.current for spot in line.spots]
    for booking in (*current, line.following):
        if booking is None or booking.vacated_at is not None:
            continue
        if booking.use is RoomUse.CONSULTATION:
            return booking if booking.appointment_id is not None else None
    return None
