"""What blocks, closures and slots are called on the screen and by a screen reader."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.vocabulary import (
    ACTIVE_STATES,
    AppointmentState,
    Channel,
    LetterState,
    Salutation,
    Urgency,
)
from koba_desktop.gui.blocks.kinds import BlockKind
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.calendar.days import Closure
from koba_desktop.services.rows import AppointmentRow

CANCELLED = frozenset({AppointmentState.CANCELLED_BY_CLIENT, AppointmentState.CANCELLED_BY_OFFICE})
RUNNING = frozenset({AppointmentState.ARRIVED, AppointmentState.IN_PROGRESS})


def block_kind(row: AppointmentRow) -> BlockKind:
    if row.client_id is None and not row.family_name and not row.given_name:
        return BlockKind.INTERNAL
    if row.urgency is Urgency.EMERGENCY:
        return BlockKind.EMERGENCY
    return {
        Channel.TELEPHONE: BlockKind.TELEPHONE,
        Channel.IN_PERSON: BlockKind.IN_PERSON,
        Channel.OUTDOORS: BlockKind.OUTDOORS,
    }[row.channel]


def kind_text(row: AppointmentRow) -> str:
    """ "Telefontermin": channel and urgency in one word."""
    kind = block_kind(row)
    if kind is BlockKind.EMERGENCY:
        return _("Emergency")
    if kind is BlockKind.INTERNAL:
        return row.kind_name
    text = {
        Channel.TELEPHONE: _("Telephone appointment"),
        Channel.IN_PERSON: _("Personal appointment"),
        Channel.OUTDOORS: _("Appointment outdoors"),
    }[row.channel]
    if row.urgency is Urgency.URGENT:
        return _("Urgent: {kind}").format(kind=text)
    return text


def short_name(row: AppointmentRow) -> str:
    """What stands on the block: the family name, or the kind of an internal entry."""
    return row.family_name or row.given_name or row.kind_name


def person(row: AppointmentRow) -> str:
    """ "Frau Kuhn"; the given name where no salutation is known."""
    if row.salutation is Salutation.NONE:
        return formats.name_full(row.salutation, "", row.given_name, row.family_name)
    return formats.name_full(row.salutation, "", "", row.family_name or row.given_name)


def accessible_text(row: AppointmentRow) -> str:
    """ "Telefontermin, Dienstag 13. April, 10:15 bis 10:45, Frau Kuhn, vorgeschlagen"."""
    parts = [kind_text(row), spoken_time(row.starts, row.ends)]
    if person(row):
        parts.append(person(row))
    parts.append(word(row.state))
    if row.room_name:
        parts.append(row.room_name)
    return ", ".join(parts)


def spoken_time(starts: datetime, ends: datetime) -> str:
    return _("{day}, {start} to {end}").format(
        day=spoken_day(day_of(starts)),
        start=formats.time_of(starts),
        end=formats.time_of(ends),
    )


def spoken_day(day: date) -> str:
    """The weekday in full, without the year: "Dienstag 13. April"."""
    _short, rest = formats.weekday_date(day).split(" ", 1)
    return f"{formats.weekday_name(day.isoweekday())} {rest}"


def slot_text(starts: datetime, ends: datetime, closed_by: str = "") -> str:
    """What a screen reader says of a slot without an appointment."""
    if closed_by:
        return _("{time}, closed: {reason}").format(
            time=spoken_time(starts, ends), reason=closed_by
        )
    return _("{time}, free").format(time=spoken_time(starts, ends))


def closure_text(closure: Closure) -> str:
    """The reason of a shaded stretch, as text."""
    if closure.code == "holiday":
        return closure.text or _("Public holiday")
    if closure.code == "closing_day":
        return closure.text or _("Closed")
    if closure.code == "absence":
        return closure.text or _("Absent")
    if closure.code == "lunch":
        return _("Closed at midday")
    if closure.code == "off_duty":
        return _("Off duty")
    return _("Outside opening hours")


def closure_lines(closure: Closure, opened_before: bool) -> tuple[str, str]:
    """A bold line (or none) and a line for the middle of the hatch.

    ``opened_before``: the office was open earlier that day, so the hatch says when it ends.
    """
    starts = formats.time_of(closure.starts)
    if closure.code == "outside_hours":
        return "", _("Opening hours end at {time}").format(time=starts) if opened_before else ""
    if closure.code == "closing_day" and opened_before:
        return _("Closed from {time}").format(time=starts), closure.text
    if closure.code in ("closing_day", "holiday"):
        return _("Closed"), closure.text
    if closure.code == "off_duty":
        ends = formats.time_of(closure.ends)
        text = _("Off duty from {time}") if opened_before else _("On duty from {time}")
        return "", text.format(time=starts if opened_before else ends)
    return "", closure_text(closure)


def doing_now(
    rows: Sequence[AppointmentRow], closures: Sequence[Closure], advisor_id: UUID, now: datetime
) -> tuple[str, str]:
    """Icon and words for what an advisor is doing: "am Telefon", "in R 1.04", "frei bis 09:45"."""
    mine = [r for r in rows if r.advisor_id == advisor_id]
    for row in mine:
        if row.state in RUNNING and day_of(row.starts) == day_of(now):
            if row.urgency is Urgency.EMERGENCY:
                return "emergency", ", ".join(p for p in (_("Emergency"), row.room_name) if p)
            if row.channel is Channel.TELEPHONE:
                return "run", _("on the phone")
            if row.channel is Channel.OUTDOORS:
                return "tree", row.room_name or _("outdoors")
            return "person", _("in {room}").format(room=row.room_name or _("conversation"))
    for closure in closures:
        if closure.advisor_id == advisor_id and closure.starts <= now < closure.ends:
            return "leave", closure_text(closure)
    ahead = [r.starts for r in mine if r.starts > now and r.state in ACTIVE_STATES]
    if ahead:
        return "free", _("free until {time}").format(time=formats.time_of(min(ahead)))
    return "free", _("nothing more today")


def letter_text(row: AppointmentRow) -> str:
    """Where the letter of the appointment is, as one sentence; empty without a letter."""
    if row.letter_state is None or row.letter_state is LetterState.VOID:
        return ""
    if row.letter_posted_on is not None:
        text = _("Letter of {day}").format(day=formats.date_short(row.letter_posted_on))
        if row.state is AppointmentState.PROPOSED:
            return _("{letter}, no answer yet: the appointment stands").format(letter=text)
        return text
    return _("Letter: {state}").format(state=word(row.letter_state))
