"""Why a place is not offered, and how the numbers of each place come about."""

from collections.abc import Iterator
from datetime import datetime
from html import escape

from koba_desktop.domain import co2
from koba_desktop.domain.airing import RESIDUAL, Pause
from koba_desktop.domain.emergency import Ladder
from koba_desktop.domain.hygiene import Capacity
from koba_desktop.domain.places import Situation
from koba_desktop.domain.vocabulary import RoomKind
from koba_desktop.gui.emergency.wording import refused_text
from koba_desktop.i18n import _, formats

_LITRES = 1000  # of a m³


def explained(ladder: Ladder, persons: int, litres: float, now: datetime) -> str:
    """Everything as rich text: what is not offered with its reason, then each room's numbers.

    ``litres`` is the CO₂ of one person in an hour.
    """
    parts = []
    if ladder.refused:
        parts.append(_heading(_("Not offered")))
        parts += [
            _line(each.situation.room.name, refused_text(each, now)) for each in ladder.refused
        ]
    offered = [rung.offer.situation for rung in ladder.rungs if rung.offer is not None]
    rooms = [*offered, *(each.situation for each in ladder.refused)]
    if rooms:
        parts.append(_heading(_("This is how the numbers come about")))
    for situation in rooms:
        parts += [
            _line(situation.room.name, persons_text(situation.capacity)),
            *(f"<p>{escape(text)}</p>" for text in _air(situation, persons, litres)),
        ]
    return "".join(parts)


def _heading(text: str) -> str:
    return f"<h4>{escape(text)}</h4>"


def _line(name: str, text: str) -> str:
    return f"<p><b>{escape(name)}</b>: {escape(text)}</p>"


def _air(situation: Situation, persons: int, litres: float) -> Iterator[str]:
    if situation.room.kind is RoomKind.OUTDOOR:
        return
    yield pause_text(situation.pause)
    yield co2_text(situation, persons, litres)


def persons_text(capacity: Capacity) -> str:
    """ "höchstens 2: Sitzplätze 3; 23 m² ÷ 10 m² je Person = 2 (Corona-ArbSchV)" """
    seats = _("{most} at most: seats {seats}").format(most=capacity.persons, seats=capacity.seats)
    if capacity.area_unknown:
        return _("{seats}; the area is not known").format(seats=seats)
    if capacity.area is None or capacity.area_per_person is None:
        return seats
    text = _("{seats}; {area} m² ÷ {each} m² a person = {n}").format(
        seats=seats,
        area=_short(capacity.area),
        each=_short(capacity.area_per_person),
        n=capacity.by_area,
    )
    return f"{text} ({capacity.source})" if capacity.source else text


def pause_text(pause: Pause) -> str:
    """ "Pause 16 min: Lüften ln(10) ÷ 9/h = 15,4 min, Jahreszeit 5 min, Reinigung 0 min" """
    parts = []
    if pause.airing is None:
        parts.append(_("no air change known"))
    else:
        parts.append(
            _("airing ln({share}) ÷ {changes}/h = {minutes} min").format(
                share=round(1 / RESIDUAL),
                changes=_short(pause.air_changes),
                minutes=formats.number(pause.airing, 1),
            )
        )
    parts.append(_("season {minutes} min").format(minutes=pause.season))
    parts.append(_("cleaning {minutes} min").format(minutes=pause.cleaning))
    if not pause.sufficient:
        parts.append(_("not aired sufficiently within the longest pause"))
    return _("Pause {minutes} min: {parts}").format(minutes=pause.minutes, parts=", ".join(parts))


def co2_text(situation: Situation, persons: int, litres: float) -> str:
    """ "CO₂: 2 Personen × 20 l/h in 21 m² × 2,8 m = 59 m³; 420 → 1.000 ppm in 51 min" """
    room = situation.room
    air = co2.air_in(room, persons, litres / _LITRES)
    if air is None or room.area is None or room.height is None:
        return _("CO₂: cannot be worked out, area or height is not known")
    reached = co2.minutes_to(air)
    text = _(
        "CO₂: {persons} persons × {litres} l/h in {area} m² × {height} m = {volume} m³"
    ).format(
        persons=persons,
        litres=_short(litres),
        area=_short(room.area),
        height=_short(room.height),
        volume=formats.number(air.volume),
    )
    if air.changes:
        text += _(", {changes} air changes an hour").format(changes=_short(air.changes))
    span = _("{start} → {limit} ppm").format(
        start=formats.number(air.start), limit=formats.number(co2.LIMIT_PPM)
    )
    if reached is None:
        return _("{text}; {span} is never reached").format(text=text, span=span)
    return _("{text}; {span} in {minutes} min").format(text=text, span=span, minutes=int(reached))


def _short(value: float) -> str:
    """A number with as many decimals as it has, two at most."""
    digits = next(n for n in range(3) if n == 2 or round(value, n) == round(value, 2))
    return formats.number(value, digits)
