"""What a command did, told to the screens (ChangeSet) and to the audit (AuditEvent)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities import (
    appointments,
    bookkeeping,
    clients,
    contacts,
    letters,
    modes,
    office,
    rooms,
    staff,
)
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import AuditAction
from koba_desktop.services.changes import EVERYTHING, ChangeSet, Topic
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Foreign
from koba_desktop.services.work import STAMPS, Work

_TOPICS: dict[type[Record], tuple[Topic, ...]] = {
    clients.Client: (Topic.CLIENTS,),
    clients.ClientAddress: (Topic.CLIENTS,),
    clients.ClientPhone: (Topic.CLIENTS,),
    clients.ClientEmail: (Topic.CLIENTS,),
    clients.Representative: (Topic.CLIENTS,),
    clients.ClientNote: (Topic.CLIENTS,),
    contacts.CallTask: (Topic.CONTACTS,),
    contacts.ContactAttempt: (Topic.CONTACTS,),
    contacts.AttemptNote: (Topic.CONTACTS,),
    appointments.AppointmentKind: (Topic.OFFICE,),
    appointments.Appointment: (Topic.APPOINTMENTS,),
    appointments.Participant: (Topic.APPOINTMENTS,),
    appointments.AppointmentPurpose: (Topic.APPOINTMENTS,),
    appointments.AppointmentChange: (Topic.APPOINTMENTS,),
    appointments.Hold: (Topic.APPOINTMENTS,),
    appointments.WaitEntry: (Topic.APPOINTMENTS,),
    rooms.Room: (Topic.OFFICE, Topic.ROOMS),
    rooms.Place: (Topic.OFFICE, Topic.ROOMS),
    rooms.HygieneProfile: (Topic.OFFICE, Topic.ROOMS),
    rooms.RoomBooking: (Topic.ROOMS, Topic.APPOINTMENTS),
    rooms.Visit: (Topic.ROOMS,),
    letters.Letter: (Topic.LETTERS, Topic.APPOINTMENTS),  # blocks show the letter's state
    letters.LetterArchive: (Topic.LETTERS,),
    letters.Template: (Topic.LETTERS, Topic.WORDINGS),
    letters.TemplateVersion: (Topic.LETTERS, Topic.WORDINGS),
    letters.TemplateReview: (Topic.LETTERS, Topic.WORDINGS),
    modes.OperatingMode: (Topic.MODES,),
    modes.IncidenceValue: (Topic.MODES,),
    modes.RuleSet: (Topic.MODES,),
    modes.ModeProposal: (Topic.MODES,),
    office.Office: (Topic.OFFICE,),
    office.OpeningHours: (Topic.OFFICE,),
    office.ClosingDay: (Topic.OFFICE,),
    office.Setting: (Topic.OFFICE,),
    staff.Staff: (Topic.OFFICE,),
    staff.StaffRole: (Topic.OFFICE,),
    staff.WorkingPattern: (Topic.OFFICE,),
    staff.Absence: (Topic.OFFICE,),
    bookkeeping.Draft: (Topic.DRAFTS,),
}
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


def table_name(kind: type[Record]) -> str:
    """The table of a record class: ``ClientPhone`` stands in "client_phone"."""
    return _WORD.sub("_", kind.__name__).lower()


_TABLE_TOPICS = {table_name(kind): topics for kind, topics in _TOPICS.items()}
_RELATED = ("client_id", "appointment_id", "call_task_id", "letter_id")
_DAYS = ("due", "at", "valid_from", "posted_on", "day")
_UNAUDITED = (
    appointments.Hold,
    bookkeeping.Draft,
    bookkeeping.AuditEvent,
    bookkeeping.ExecutedCommand,
)


def change_set(work: Work) -> ChangeSet:
    """Topics, ids and wall-clock days of everything written, as it was and as it is now."""
    records = list(_written(work))
    return ChangeSet(
        topics=frozenset(topic for r in records for topic in _TOPICS.get(type(r), ())),
        ids=frozenset(_ids(records)),
        days=frozenset(day for r in records for day in _days(r)),
    )


def shown(foreign: Foreign) -> Foreign:
    """The same without tables no screen shows: the audit, who has what open."""
    rows = frozenset((table, row_id) for table, row_id in foreign.rows if table in _TABLE_TOPICS)
    return Foreign(rows, foreign.everything)


def foreign_changes(foreign: Foreign) -> ChangeSet:
    """What another program committed, for the screens."""
    if foreign.everything:
        return EVERYTHING
    rows = shown(foreign).rows
    return ChangeSet(
        topics=frozenset(topic for table, _id in rows for topic in _TABLE_TOPICS[table]),
        ids=frozenset(row_id for _table, row_id in rows),
        foreign=True,
    )


def audit_events(work: Work) -> list[AuditEvent]:
    """Which objects were created, changed or deleted, and which fields; never their content."""
    events = []
    for step in work.steps:
        if step.before is None:
            events.append(_event(work, AuditAction.CREATE, step.after))
        else:
            names = tuple(
                f.name
                for f in fields(step.after)
                if f.name not in STAMPS
                and getattr(step.before, f.name) != getattr(step.after, f.name)
            )
            if names:
                events.append(_event(work, AuditAction.CHANGE, step.after, names=names))
    events.extend(_event(work, AuditAction.CREATE, record) for record in work.appended)
    events.extend(_event(work, AuditAction.DELETE, record) for record in work.removed)
    unaudited = {kind.__name__ for kind in _UNAUDITED}
    events = [event for event in events if event.object_kind not in unaudited]
    events.extend(_event(work, *audited) for audited in work.audited)
    return events


def _event(
    work: Work,
    action: AuditAction,
    record: Record | type[Record],
    reason: str = "",
    names: tuple[str, ...] = (),
) -> AuditEvent:
    return AuditEvent(
        id=new_id(),
        action=action,
        object_kind=record.__name__ if isinstance(record, type) else type(record).__name__,
        object_id=None if isinstance(record, type) else record.id,
        fields=names,
        host=work.host,
        reason=reason,
    )


def _written(work: Work) -> Iterator[Record]:
    for step in work.steps:
        if step.before is not None:
            yield step.before
        yield step.after
    yield from work.appended
    yield from work.removed


def _ids(records: Iterable[Record]) -> Iterator[UUID]:
    for record in records:
        yield record.id
        for name in _RELATED:
            related = getattr(record, name, None)
            if isinstance(related, UUID):
                yield related


def _days(record: Record) -> Iterator[date]:
    for name in _DAYS:
        value = getattr(record, name, None)
        if isinstance(value, datetime):
            yield day_of(value)
        elif isinstance(value, date):
            yield value
    starts, ends = getattr(record, "starts", None), getattr(record, "ends", None)
    if isinstance(starts, datetime) and isinstance(ends, datetime):
        day = day_of(starts)
        while day <= day_of(ends):
            yield day
            day += timedelta(days=1)
