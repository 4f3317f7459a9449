"""The air of a room as JSON and as sentences that show each formula with its inputs."""

from collections.abc import Iterator
from math import ceil
from typing import Any

from koba_desktop.domain import airing, co2
from koba_desktop.domain.vocabulary import RoomKind
from koba_desktop.i18n import _, formats, ngettext, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.rooms.airing_report import RoomAir


def air_result(each: RoomAir) -> dict[str, Any]:
    """Areas in m², heights in m, air changes per hour, times in minutes."""
    room, capacity, pause, air = each.room, each.capacity, each.pause, each.air
    volume = room.area * room.height if room.area and room.height else None
    return {
        "room": room.name,
        "kind": room.kind,
        "places": each.places,
        "area": room.area,
        "height": room.height,
        "volume": _tidy(volume),
        "seats": capacity.seats,
        "capacity": capacity.persons,
        "capacity_by_area": capacity.by_area,
        "area_per_person": capacity.area_per_person,
        "capacity_source": capacity.source,
        "area_unknown": capacity.area_unknown,
        "windows": room.windows,
        "air_changes": pause.air_changes,
        "air_changes_from": _source(each),
        "residual": airing.RESIDUAL,
        "residual_minutes": _tidy(pause.airing),
        "season_minutes": pause.season,
        "cleaning_minutes": pause.cleaning,
        "cap_minutes": each.cap_minutes,
        "airing_minutes": pause.airing_minutes,
        "pause_minutes": pause.minutes,
        "sufficient": pause.sufficient,
        "co2": None
        if air is None
        else {
            "persons": air.persons,
            "litres_per_person": _tidy(air.per_person * 1000),
            "air_changes": air.changes,
            "outdoor_ppm": air.outdoor,
            "limit_ppm": co2.LIMIT_PPM,
            "minutes": _tidy(each.co2_minutes),
            "final_ppm": _tidy(each.co2_final),
        },
        "formulas": [line.strip() for line in _formulas(each)],
    }


def air_lines(each: RoomAir) -> Iterator[str]:
    """A room in three or four lines."""
    yield each.room.name
    yield from (f"  {line}" for line in _formulas(each))


def _formulas(each: RoomAir) -> Iterator[str]:
    yield _persons(each)
    yield from _pause(each)
    yield _co2(each)


def _persons(each: RoomAir) -> str:
    capacity, room = each.capacity, each.room
    n = capacity.persons
    text = ngettext("{n} person", "{n} persons", n).format(n=n)
    seats = ngettext("{n} seat", "{n} seats", capacity.seats).format(n=capacity.seats)
    if capacity.area_unknown:
        text += f": {seats}; " + _("area not known: check the number of persons")
    elif capacity.by_area is None or room.area is None:
        text += f": {seats}"
    else:
        text += f": min({seats}; {_n(room.area)} m² / {_n(capacity.area_per_person or 0)} m² = "
        text += f"{capacity.by_area})"
    return f"{text} – {capacity.source}" if capacity.source else text


def _pause(each: RoomAir) -> Iterator[str]:
    pause, cap = each.pause, each.cap_minutes
    if each.room.kind is RoomKind.OUTDOOR:
        yield _("in the open air, nothing needs airing: {n} min pause").format(n=pause.minutes)
        return
    if pause.airing is None:
        yield _("no air change known: {n} min pause, never aired sufficiently").format(
            n=pause.minutes
        )
    else:
        worked = f"t = ln(10)/{_n(pause.air_changes)} · 60 = {_n(pause.airing)} min"
        if pause.sufficient:
            yield f"{worked} → {ceil(pause.airing)} min ({_how(each)})"
        else:
            more = _("more than {n} min: never aired sufficiently").format(n=cap)
            yield f"{worked}, {more} ({_how(each)})"
    yield _("pause {n} min: season {season}, cleaning {cleaning}, at most {cap} of airing").format(
        n=pause.minutes, season=pause.season, cleaning=pause.cleaning, cap=cap
    )


def _co2(each: RoomAir) -> str:
    air = each.air
    if air is None:
        if each.room.kind is RoomKind.OUTDOOR:
            return _("CO₂: in the open air")
        return _("CO₂ cannot be worked out: area or height missing")
    inputs = f"{air.persons} · {_n(air.per_person * 1000)} l/h, {_n(air.volume)} m³"
    if air.changes:
        inputs += f", {_n(air.changes)} 1/h"
    if each.co2_minutes is None:
        return _("CO₂ ({inputs}): stays below 1,000 ppm, {final} ppm at most").format(
            inputs=inputs, final=formats.number(each.co2_final or 0)
        )
    return _("CO₂ ({inputs}): {start} to 1,000 ppm in {n} min").format(
        inputs=inputs, start=formats.number(air.start), n=_n(each.co2_minutes)
    )


def _source(each: RoomAir) -> str:
    """What changes the air: ``ventilation``, ``windows``, ``outdoors`` or ``unknown``."""
    if each.room.kind is RoomKind.OUTDOOR:
        return "outdoors"
    if not each.pause.air_changes:
        return "unknown"
    ventilated = (each.room.air_changes or 0) >= each.pause.air_changes
    return "ventilation" if ventilated else "windows"


def _how(each: RoomAir) -> str:
    if _source(each) == "ventilation":
        return pgettext("airing", "ventilation")
    return word(each.room.windows)


def _n(value: float) -> str:
    return formats.number(value, 1)


def _tidy(value: float | None) -> float | None:
    """Without the digits no measurement has."""
    return None if value is None else round(value, 2)
