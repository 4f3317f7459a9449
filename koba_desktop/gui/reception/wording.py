"""What the reception says of a visitor, in cells and in one sentence."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from koba_desktop.domain.clock import wall, whole_minutes
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    Salutation,
    Urgency,
    VisitNeed,
    VisitResult,
)
from koba_desktop.gui.reception.visitors import Group, Readiness, Spot, Visitor
from koba_desktop.i18n import _, formats, ngettext, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.rows import ArrivalRow


class Mark(StrEnum):
    """How loudly a state speaks: in frame, colour and icon, always with its words."""

    QUIET = "quiet"
    NOTE = "note"
    WARNING = "warning"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of a visitor: an icon, what counts in bold, what goes with it, and the key that
    helps."""

    icon: str = ""
    strong: str = ""
    rest: str = ""
    key: str = ""
    mark: Mark = Mark.QUIET

    @property
    def text(self) -> str:
        """Without the key."""
        return (
            f"{self.strong} – {self.rest}"
            if self.strong and self.rest
            else (self.strong or self.rest)
        )


# --- names ----------------------------------------------------------------------------------------


def name(row: ArrivalRow) -> str:
    return formats.name_sorted(row.family_name, row.given_name)


def addressed(row: ArrivalRow) -> str:
    """ "Frau Nagy (420)": how one speaks of a visitor among colleagues."""
    form = "" if row.salutation is Salutation.NONE else word(row.salutation)
    who = " ".join(part for part in (form, row.family_name or row.given_name) if part)
    return f"{who} ({row.code})" if row.code else who


def kind(row: ArrivalRow) -> str:
    """Personal, urgent, an emergency, outside the door: never why."""
    if row.urgency is Urgency.EMERGENCY:
        return word(Urgency.EMERGENCY)
    if row.channel is Channel.OUTDOORS:
        return word(Channel.OUTDOORS)
    if row.urgency is Urgency.URGENT:
        return pgettext("visit", "urgent")
    return word(Channel.IN_PERSON)


def kind_icon(row: ArrivalRow) -> str:
    if row.urgency is Urgency.EMERGENCY:
        return "emergency"
    return "tree" if row.channel is Channel.OUTDOORS else "person"


def place(visitor: Visitor, spot: Spot | None = None) -> str:
    """The room, with the number of the place where it has several; "choose" without one."""
    if visitor.wants_place:
        return pgettext("place", "choose")
    row = visitor.row
    if not row.room_name:
        return "–"
    return place_name(row, spot)


def place_name(row: ArrivalRow, spot: Spot | None) -> str:
    """ "R 1.04", of several places of one room "Hof 1/2"."""
    several = row.place_number > 1 or (spot is not None and spot.line.places > 1)
    return f"{row.room_name}/{row.place_number}" if several else row.room_name


def since(visitor: Visitor) -> str:
    """Since when the visitor waits or talks; of who has gone, when."""
    row = visitor.row
    moment = {
        Group.WAITING: row.arrived_at,
        Group.TALKING: row.entered_at,
        Group.EXPECTED: None,
        Group.GONE: row.left_at,
    }[visitor.group]
    return formats.time_of(moment) if moment is not None else ""


def needs(row: ArrivalRow) -> str:
    """Who comes along and what the visit asks of its place."""
    parts = []
    if row.companions:
        n = row.companions
        parts.append(ngettext("with {n} companion", "with {n} companions", n).format(n=n))
    if VisitNeed.INTERPRETER in row.needs:
        parts.append(_("with interpreter"))
    parts += [word(need) for need in row.needs if need is not VisitNeed.INTERPRETER]
    return ", ".join(parts)


def missing(visitor: Visitor) -> str:
    """What was not looked at on arrival, or an empty text."""
    if not visitor.missing:
        return ""
    return _("missing: {items}").format(items=", ".join(word(item) for item in visitor.missing))


def group_title(group: Group) -> str:
    return {
        Group.WAITING: pgettext("visitors", "Waiting"),
        Group.TALKING: pgettext("visitors", "In a talk"),
        Group.EXPECTED: pgettext("visitors", "Expected"),
        Group.GONE: pgettext("visitors", "Gone"),
    }[group]


def clock(now: datetime) -> str:
    """ "10:24:36" on the office's wall clock."""
    return f"{wall(now):%H:%M:%S}"


def minutes(n: int) -> str:
    return _("{n} min").format(n=n)


# --- states ---------------------------------------------------------------------------------------


def standing(visitor: Visitor, spot: Spot | None, now: datetime, wait_minutes: int) -> Standing:
    """What is going on with a visitor now, and what helps."""
    match visitor.group:
        case Group.WAITING:
            return _waiting(visitor, spot, now, wait_minutes)
        case Group.TALKING:
            return _talking(visitor, spot)
        case Group.EXPECTED:
            return _expected(visitor, spot, now)
        case _:
            return _gone(visitor)


def _waiting(visitor: Visitor, spot: Spot | None, now: datetime, wait_minutes: int) -> Standing:
    n = visitor.waited(now)
    long = n >= wait_minutes
    icon, mark = ("warning", Mark.WARNING) if long else ("clock", Mark.QUIET)
    row, waited = visitor.row, minutes(n)
    if visitor.wants_place:
        return Standing(icon, waited, wanted(), enter_key(), mark)
    if long and row.called_at is None:
        return Standing(icon, waited, pgettext("wait", "call"), "R", mark)
    if row.called_at is not None:
        called = _("called {time}").format(time=formats.time_of(row.called_at))
        return Standing(icon, waited, called, "", mark)
    return Standing(icon, waited, _place_state(row, spot), "", mark)


def wanted() -> str:
    """What somebody without a place needs."""
    return pgettext("wait", "place")


def _place_state(row: ArrivalRow, spot: Spot | None) -> str:
    if spot is None:
        return ""
    return {
        Readiness.READY: pgettext("wait", "place is free"),
        Readiness.OCCUPIED: pgettext("wait", "still occupied"),
        Readiness.AIRING: pgettext("wait", "is being aired"),
        Readiness.CLEANING: pgettext("wait", "is being cleaned"),
        Readiness.CLOSED: pgettext("wait", "out of service"),
    }[spot.readiness(row.booking_id)]


def _talking(visitor: Visitor, spot: Spot | None) -> Standing:
    row = visitor.row
    if visitor.wants_place:
        return Standing("warning", _("without a place"), "", enter_key(), Mark.WARNING)
    over = spot.overrun(row.booking_id) if spot is not None else None
    if over is not None and (n := whole_minutes(over)) > 0:
        text = _("{n} min over").format(n=n)
        return Standing("warning", text, "", "", Mark.ALARM)
    ends = row.ends
    if spot is not None and spot.place.current is not None and spot.place.until is not None:
        ends = spot.place.until
    return Standing("run", "", _("until {time}").format(time=formats.time_of(ends)))


def _expected(visitor: Visitor, spot: Spot | None, now: datetime) -> Standing:
    n = visitor.overdue(now)
    if n > 0:
        text = _("overdue for {n} min").format(n=n)
        return Standing("warning", "", text, "", Mark.NOTE)
    ready = spot.late_for(visitor.row.booking_id) if spot is not None else None
    if ready is not None:
        text = _("place not before {time}").format(time=formats.time_of(ready))
        return Standing("warning", "", text, "", Mark.NOTE)
    return Standing(rest=needs(visitor.row))


def _gone(visitor: Visitor) -> Standing:
    row = visitor.row
    if row.result is VisitResult.LEFT:
        return Standing(rest=word(VisitResult.LEFT))
    if row.state is AppointmentState.MISSED:
        return Standing(rest=_("did not come"))
    return Standing(rest=_("talk held"))


# --- for a screen reader --------------------------------------------------------------------------


def spoken(visitor: Visitor, spot: Spot | None, now: datetime, wait_minutes: int) -> str:
    """The visitor in one sentence."""
    row = visitor.row
    parts = [name(row)]
    if row.code:
        parts.append(_("number {code}").format(code=row.code))
    if row.birth_date is not None:
        parts.append(_("born {day}").format(day=formats.date_short(row.birth_date)))
    parts.append(kind(row))
    parts.append(_("appointment {time}").format(time=formats.time_of(row.starts)))
    parts.append(_("with {advisor}").format(advisor=row.advisor_name))
    if visitor.wants_place:
        parts.append(_("without a place"))
    elif row.room_name:
        parts.append(place_name(row, spot))
    parts.append(_spoken_state(visitor, spot, now, wait_minutes))
    told = needs(row)
    if told and told not in parts:
        parts.append(told)
    parts.append(missing(visitor))
    return ", ".join(part for part in parts if part) + "."


def _spoken_state(visitor: Visitor, spot: Spot | None, now: datetime, wait_minutes: int) -> str:
    at = standing(visitor, spot, now, wait_minutes)
    moment = since(visitor)
    text = at.text
    match visitor.group:
        case Group.WAITING:
            text = _("waiting since {time}, {state}").format(time=moment, state=text)
            if visitor.waited(now) >= wait_minutes:
                text = _("{state}, too long").format(state=text)
        case Group.TALKING:
            text = _("in a talk since {time}, {state}").format(time=moment, state=text)
        case Group.EXPECTED:
            text = ", ".join(part for part in (_("expected"), text) if part)
        case Group.GONE if moment:
            text = _("gone at {time}, {state}").format(time=moment, state=text)
    return _("{state}, key {key}").format(state=text, key=at.key) if at.key else text


def enter_key() -> str:
    """What is printed on the key, as in a menu."""
    return pgettext("key", "Enter")
