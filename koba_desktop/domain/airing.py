"""The pause after a room's use: airing and cleaning before the next one (domain rules § 5)."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from koba_desktop.domain.entities.rooms import HygieneProfile, Room
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import RoomKind, Windows

RESIDUAL = 0.1
"""The share of the used air that may be left. One air change replaces only 63 % of it."""

UNKNOWN_ROOM_MINUTES = 15

# Air changes per hour by windows; of a range the lower value counts.
_WINDOW_CHANGES = {Windows.NONE: 0.0, Windows.TILT: 0.5, Windows.FULL: 9.0, Windows.CROSS: 40.0}

# Least minutes of airing by month: winter 3, spring and autumn 5, summer 10 (ASR A3.6).
_SEASON = {12: 3, 1: 3, 2: 3, 6: 10, 7: 10, 8: 10}
_SPRING_AUTUMN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """How long a place stays blocked after a use, in whole minutes, and how that came about.

    ``airing`` is the time to the residual (None where the room never gets there), ``season`` and
    ``cleaning`` the other two of which the longest counts. ``sufficient`` is False where the
    residual is not reached within the cap: such a room is never shown as aired.
    ``airing_minutes`` is the pause without cleaning, which goes on beside the airing.
    """

    minutes: int
    air_changes: float
    airing: float | None
    season: int
    cleaning: int
    sufficient: bool
    airing_minutes: int


def profile_in_force(
    profiles: Iterable[HygieneProfile], room: Room, day: date
) -> HygieneProfile | None:
    """The hygiene profile of a room on a day: its own before the office's, of either the latest."""
    valid = [
        p
        for p in profiles
        if p.room_id in (None, room.id) and p.office_id == room.office_id and valid_on(p, day)
    ]
    return max(valid, key=lambda p: (p.room_id is not None, p.valid_from, p.id), default=None)


def air_changes(room: Room) -> float:
    """Air changes per hour: mechanical ventilation or windows, whichever brings more."""
    return max(room.air_changes or 0.0, _WINDOW_CHANGES[room.windows])


def minutes_to_residual(changes: float, residual: float = RESIDUAL) -> float:
    """Minutes until only ``residual`` of the used air is left: t = ln(1/r)/n, n > 0 per hour."""
    return math.log(1 / residual) / changes * 60


def pause(room: Room, profile: HygieneProfile | None, day: date, cap_minutes: int) -> Pause:
    """The pause after a use of the room on a day.

    The longest of airing time, the season's minimum and cleaning; airing is cut off at the cap.
    Outdoors nothing needs airing. Where nothing is known of a room, 15 minutes.
    """
    cleaning = profile.cleaning_minutes if profile is not None else 0
    if room.kind is RoomKind.OUTDOOR:
        return _pause(changes=0, airing=0, season=0, cleaning=cleaning, longest=0, sufficient=True)
    season = _SEASON.get(day.month, _SPRING_AUTUMN)
    if profile is not None and profile.airing_minutes_min is not None:
        season = profile.airing_minutes_min
    changes = air_changes(room)
    if changes == 0:
        unknown = room.area is None and room.height is None
        longest = max(UNKNOWN_ROOM_MINUTES if unknown else cap_minutes, season)
        return _pause(
            changes=0,
            airing=None,
            season=season,
            cleaning=cleaning,
            longest=min(longest, cap_minutes),
            sufficient=False,
        )
    needed = minutes_to_residual(changes)
    return _pause(
        changes=changes,
        airing=needed,
        season=season,
        cleaning=cleaning,
        longest=min(math.ceil(max(needed, season)), cap_minutes),
        sufficient=needed <= cap_minutes,
    )


def _pause(
    *,
    changes: float,
    airing: float | None,
    season: int,
    cleaning: int,
    longest: int,
    sufficient: bool,
) -> Pause:
    return Pause(
        minutes=max(longest, cleaning),
        air_changes=changes,
        airing=airing,
        season=season,
        cleaning=cleaning,
        sufficient=sufficient,
        airing_minutes=longest,
    )
