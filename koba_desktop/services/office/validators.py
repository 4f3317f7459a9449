"""What may be wrong with master data: with one record by itself, and with all of them together."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import combinations
from typing import Any, TypeVar
from uuid import UUID

from koba_desktop.domain import policy
from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.office import ClosingDay, Office, OpeningHours, Setting
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room, RoomBooking
from koba_desktop.domain.entities.staff import Absence, Staff, StaffRole, WorkingPattern
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.records import Changeable, Record
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import Role
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.ports import After, AnyOf, Reader

C = TypeVar("C", bound=Changeable)

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_GERMAN_POSTCODE = re.compile(r"[0-9]{5}")
_DISTRICT_KEY = re.compile(r"[0-9]{5}")
_LONGEST_MINUTES = 480


def problems_of(
    reader: Reader, record: Changeable, beside: Sequence[Changeable] = ()
) -> tuple[Problem, ...]:
    """What is wrong with a record, ``where`` the field. ``beside`` is saved together with it: ids
    among them are known though not stored yet."""
    check = _CHECKS[type(record)]
    problems = [*check(reader, record), *_unknown_ids(reader, record, beside)]
    if isinstance(record, Staff):
        problems += _login_of_another(reader, record, beside)
    return tuple(problems)


def problems_together(reader: Reader, command: SaveMasterData, today: date) -> tuple[Problem, ...]:
    """What is wrong once all is written: overlapping hours and patterns, no administrator left.

    ``where`` is "<id>.<field>" of a record that was saved.
    """
    saved = {r.id for r in command.records}
    offices = {r.office_id for r in command.records if isinstance(r, OpeningHours)}
    members = {r.staff_id for r in command.records if isinstance(r, WorkingPattern)}
    overlaps: list[tuple[OpeningHours, OpeningHours] | tuple[WorkingPattern, WorkingPattern]] = [
        *(pair for office_id in offices for pair in _overlapping_hours(reader, office_id)),
        *(pair for staff_id in members for pair in _overlapping_patterns(reader, staff_id)),
    ]
    problems = []
    for one, other in overlaps:
        blamed = other if other.id in saved else one
        field = "opens" if isinstance(blamed, OpeningHours) else "starts"
        problems.append(
            Problem("hours_overlap", {"weekday": blamed.weekday}, f"{blamed.id}.{field}")
        )
    touches_roles = any(
        isinstance(r, StaffRole | Staff) for r in (*command.records, *command.removed)
    )
    if touches_roles and not _administrators(reader, today):
        problems.append(Problem("last_administrator", where="role"))
    return tuple(problems)


# --- by kind --------------------------------------------------------------------------------------


def _office(reader: Reader, office: Office) -> Iterator[Problem]:
    yield from _missing(office, "name", "short_name", "street", "town")
    if not _GERMAN_POSTCODE.fullmatch(office.postcode.strip()):
        yield Problem("postcode_not_german", {"postcode": office.postcode}, "postcode")
    yield from _return_line(office.return_line)
    if office.email and not _EMAIL.fullmatch(office.email.strip()):
        yield Problem("email_invalid", where="email")
    if not _DISTRICT_KEY.fullmatch(office.district_key):
        yield Problem("district_key_invalid", where="district_key")
    yield from _same_name(reader, office, "name")


def _return_line(line: str) -> Iterator[Problem]:
    """The window of the envelope must not say who writes (domain rules § 8)."""
    if not line.strip():
        yield Problem("field_missing", where="return_line")
    elif "jobcenter" in re.sub(r"[\s-]", "", line.casefold()):
        yield Problem("return_line_tells", where="return_line")


def _opening_hours(reader: Reader, hours: OpeningHours) -> Iterator[Problem]:
    yield from _weekday(hours.weekday)
    yield from _span(hours.opens, hours.closes, "closes")
    yield from _validity(hours.valid_from, hours.valid_until)


def _closing_day(reader: Reader, closing: ClosingDay) -> Iterator[Problem]:
    yield from _missing(closing, "reason")
    if (closing.opens is None) != (closing.closes is None):
        yield Problem("field_missing", where="opens" if closing.opens is None else "closes")
    elif closing.opens is not None and closing.closes is not None:
        yield from _span(closing.opens, closing.closes, "closes")


def _setting(reader: Reader, setting: Setting) -> Iterator[Problem]:
    problem = policy.problem_with(setting.key, setting.value)
    if problem is not None:
        yield problem
    for other in reader.find(Setting, key=setting.key, valid_from=setting.valid_from):
        if other.office_id == setting.office_id and other.id != setting.id:
            yield Problem("already_exists", {"kind": "Setting"}, "valid_from")


def _staff(reader: Reader, member: Staff) -> Iterator[Problem]:
    yield from _missing(member, "login", "family_name", "initials")
    if member.email and not _EMAIL.fullmatch(member.email.strip()):
        yield Problem("email_invalid", where="email")
    yield from _same_name(reader, member, "login")


def _login_of_another(
    reader: Reader, member: Staff, beside: Iterable[Changeable]
) -> Iterator[Problem]:
    """A login of the PC stands for one person; who gives it up in the same step does not count."""
    if member.os_user is None:
        return
    saved = {r.id: r for r in beside if isinstance(r, Staff)}
    for other in reader.find(Staff, os_user=member.os_user):
        keeps = saved.get(other.id, other).os_user == member.os_user
        if other.id != member.id and keeps:
            yield Problem("already_exists", {"kind": "Staff"}, "os_user")


def _staff_role(reader: Reader, role: StaffRole) -> Iterator[Problem]:
    yield from _validity(role.valid_from, role.valid_until)


def _working_pattern(reader: Reader, pattern: WorkingPattern) -> Iterator[Problem]:
    yield from _weekday(pattern.weekday)
    yield from _span(pattern.starts, pattern.ends, "ends")
    yield from _validity(pattern.valid_from, pattern.valid_until)
    if pattern.week_parity not in (None, 0, 1):
        yield Problem("week_parity_invalid", where="week_parity")


def _absence(reader: Reader, absence: Absence) -> Iterator[Problem]:
    if absence.ends <= absence.starts:
        yield Problem("ends_before_start", where="ends")


def _kind(reader: Reader, kind: AppointmentKind) -> Iterator[Problem]:
    yield from _missing(kind, "name")
    if not 0 < kind.minutes <= _LONGEST_MINUTES:
        yield Problem("minutes_invalid", {"most": _LONGEST_MINUTES}, "minutes")
    if not kind.channels:
        yield Problem("channel_missing", where="channels")
    yield from _same_name(reader, kind, "name")


def _room(reader: Reader, room: Room) -> Iterator[Problem]:
    yield from _missing(room, "name")
    for name in ("area", "height", "screen_height", "air_changes"):
        value = getattr(room, name)
        if value is not None and value <= 0:
            yield Problem("not_positive", where=name)
    if room.seats < 1:
        yield Problem("not_positive", where="seats")
    for other in reader.find(Room, office_id=room.office_id, name=room.name):
        if other.id != room.id:
            yield Problem("already_exists", {"kind": "Room"}, "name")
    if room.retired_on is not None:
        yield from _still_booked(reader, room, instant(room.retired_on, time()))


def _still_booked(reader: Reader, room: Room, retired: datetime) -> Iterator[Problem]:
    """A room goes out of use only after its last booking, whoever is in there among them."""
    places = AnyOf.of(place.id for place in reader.find(Place, room_id=room.id))
    booked = reader.find(RoomBooking, place_id=places, active=True, blocked_until=After(retired))
    if booked:
        until = max(booking.blocked_until for booking in booked)
        yield Problem("room_has_bookings", {"until": until}, "retired_on")


def _place(reader: Reader, place: Place) -> Iterator[Problem]:
    if place.number < 1:
        yield Problem("not_positive", where="number")


def _hygiene(reader: Reader, profile: HygieneProfile) -> Iterator[Problem]:
    for name in ("area_per_person", "distance"):
        if getattr(profile, name) <= 0:
            yield Problem("not_positive", where=name)
    if profile.cleaning_minutes < 0:
        yield Problem("not_positive", where="cleaning_minutes")
    if profile.airing_minutes_min is not None and profile.airing_minutes_min < 0:
        yield Problem("not_positive", where="airing_minutes_min")
    yield from _validity(profile.valid_from, profile.valid_until)


_CHECKS: dict[type[Changeable], Callable[[Reader, Any], Iterator[Problem]]] = {
    Office: _office,
    OpeningHours: _opening_hours,
    ClosingDay: _closing_day,
    Setting: _setting,
    Staff: _staff,
    StaffRole: _staff_role,
    WorkingPattern: _working_pattern,
    Absence: _absence,
    AppointmentKind: _kind,
    Room: _room,
    Place: _place,
    HygieneProfile: _hygiene,
}


# --- fields ---------------------------------------------------------------------------------------


def _missing(record: Record, *names: str) -> Iterator[Problem]:
    for name in names:
        if not getattr(record, name).strip():
            yield Problem("field_missing", where=name)


def _weekday(weekday: int) -> Iterator[Problem]:
    if not 1 <= weekday <= 7:
        yield Problem("weekday_invalid", where="weekday")


def _span(starts: time, ends: time, where: str) -> Iterator[Problem]:
    if ends <= starts:
        yield Problem("ends_before_start", where=where)


def _validity(valid_from: date, valid_until: date | None) -> Iterator[Problem]:
    if valid_until is not None and valid_until < valid_from:
        yield Problem("ends_before_start", where="valid_until")


def _same_name(reader: Reader, record: Record, name: str) -> Iterator[Problem]:
    for other in reader.find(type(record), **{name: getattr(record, name)}):
        if other.id != record.id:
            yield Problem("already_exists", {"kind": type(record).__name__}, name)


_REFERENCES: dict[str, type[Record]] = {
    "office_id": Office,
    "staff_id": Staff,
    "room_id": Room,
}


def _unknown_ids(reader: Reader, record: Record, beside: Iterable[Record]) -> Iterator[Problem]:
    fresh = {(type(r), r.id) for r in beside}
    for name, kind in _REFERENCES.items():
        value = getattr(record, name, None)
        if not isinstance(value, UUID) or (kind, value) in fresh:
            continue
        if not reader.find(kind, id=value, limit=1):
            yield Problem("unknown_id", {"kind": kind.__name__}, name)


# --- together -------------------------------------------------------------------------------------


def _overlapping_hours(
    reader: Reader, office_id: UUID
) -> Iterator[tuple[OpeningHours, OpeningHours]]:
    hours = reader.find(OpeningHours, office_id=office_id)
    for one, other in _pairs(hours):
        if (
            one.channel is other.channel
            and one.weekday == other.weekday
            and one.opens < other.closes
            and other.opens < one.closes
            and _valid_at_once(one, other)
        ):
            yield one, other


def _overlapping_patterns(
    reader: Reader, staff_id: UUID
) -> Iterator[tuple[WorkingPattern, WorkingPattern]]:
    """Patterns of one weekday may overlap where they hold in other weeks or for other channels."""
    patterns = reader.find(WorkingPattern, staff_id=staff_id)
    for one, other in _pairs(patterns):
        if (
            one.weekday == other.weekday
            and one.starts < other.ends
            and other.starts < one.ends
            and _valid_at_once(one, other)
            and _same_weeks(one, other)
            and _same_channels(one, other)
        ):
            yield one, other


def _same_weeks(one: WorkingPattern, other: WorkingPattern) -> bool:
    return (
        one.week_parity is None or other.week_parity is None or one.week_parity == other.week_parity
    )


def _same_channels(one: WorkingPattern, other: WorkingPattern) -> bool:
    return (
        not one.channels or not other.channels or not set(one.channels).isdisjoint(other.channels)
    )


def _pairs(records: Sequence[C]) -> Iterator[tuple[C, C]]:
    return combinations(sorted(records, key=lambda r: r.id), 2)


def _valid_at_once(
    one: OpeningHours | WorkingPattern, other: OpeningHours | WorkingPattern
) -> bool:
    return (one.valid_until is None or other.valid_from <= one.valid_until) and (
        other.valid_until is None or one.valid_from <= other.valid_until
    )


def _administrators(reader: Reader, today: date) -> bool:
    """Whether anybody can still administer; an office without any yet is being set up."""
    roles = reader.find(StaffRole, role=Role.ADMINISTRATOR)
    if not roles:
        return not reader.find(StaffRole, limit=1)
    gone = {m.id for m in reader.find(Staff) if m.left_on is not None and m.left_on <= today}
    return any(r.staff_id not in gone and valid_on(r, today) for r in roles)
