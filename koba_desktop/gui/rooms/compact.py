"""What of a room's tile is said where there is room for three short lines."""

from dataclasses import dataclass

from koba_desktop.domain.clock import begun_minutes
from koba_desktop.domain.vocabulary import RoomBookingState, RoomKind, RoomUse
from koba_desktop.gui.rooms import wording
from koba_desktop.gui.rooms.tiles import Alarm, Tile
from koba_desktop.i18n import _, formats


@dataclass(frozen=True, slots=True)
class Third:
    """The third line: ``short`` where ``full`` does not fit; ``until`` where the state's own line
    had no room for the time; ``quiet`` says that nothing comes."""

    full: str
    short: str
    until: str = ""
    quiet: bool = False
    alarm: Alarm = Alarm.NONE


def states(tile: Tile) -> tuple[str, ...]:
    """The state, the longest first: "occupied until 10:00", "airing · 9 min", "airing"."""
    line, now = tile.line, tile.moment
    full = wording.state_text(line, now)
    if line.now_state is RoomBookingState.AIRING and line.until is not None and line.until > now:
        n = begun_minutes(line.until - now)
        return full, _("{state} · {n} min").format(state=tile.state, n=n), tile.state
    return full, tile.state


def persons(tile: Tile) -> str:
    """How many persons; outside the state says how many places there are."""
    return "" if tile.line.room.kind is RoomKind.OUTDOOR else tile.persons


def third(tile: Tile) -> Third:
    """What is wrong; else why the room is closed, who is in it, or who comes next."""
    line = tile.line
    if tile.warnings:
        worst = tile.warnings[0]
        return Third(worst.text, worst.short, alarm=worst.alarm)
    if line.closure is not None:
        why = tile.lines[0] if tile.lines else ""
        return Third(why, why)
    if line.now_state is RoomBookingState.OCCUPIED and len(line.spots) == 1:
        inside = line.spots[0].current
        if inside is not None and inside.use is RoomUse.CONSULTATION:
            until = _("until {time}").format(time=formats.time_of(inside.ends))
            until = " · ".join(filter(None, (until, inside.advisor_initials)))
            return Third(wording.who(inside), inside.label, until)
    return Third(wording.next_text(line), wording.next_short(line), quiet=line.following is None)
