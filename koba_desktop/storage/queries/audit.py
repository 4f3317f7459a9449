"""The audit, latest first, page by page.

A page is found by the instant and the id of the event before it, not by counting: the last of a
million is as near as the first. Nothing here is one database's own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain import references
from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentPurpose,
    Participant,
)
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientNote,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.services.audit.rows import AuditFilter, AuditKey, AuditRow
from koba_desktop.storage.tables import table_of

_event = table_of(AuditEvent)
_author = table_of(Staff)
_appointment = table_of(Appointment)
_client = table_of(Client)

PARTS = (
    *(
        table_of(kind).c.client_id
        for kind in (ClientAddress, ClientPhone, ClientEmail, Representative, ClientNote)
    ),
    *(
        table_of(kind).c.appointment_id
        for kind in (
            Participant,
            AppointmentPurpose,
            AppointmentChange,
            RoomBooking,
            Visit,
            Letter,
        )
    ),
)
"""The rows that belong to a client or an appointment, by the column that says to which."""
_END_OF_ID = re.compile(r"[0-9a-f]{6,12}")
_CAPITALS = ("Ä", "Ö", "Ü")  # lower() of SQLite knows those of ASCII only

_ROWS = (
    sa.select(
        _event.c.id,
        _event.c.created_at,
        _event.c.created_by,
        sa.func.coalesce(_author.c.family_name, "").label("family_name"),
        sa.func.coalesce(_author.c.given_name, "").label("given_name"),
        _event.c.login,
        _event.c.host,
        _event.c.action,
        _event.c.object_kind,
        _event.c.object_id,
        _event.c.fields,
        _event.c.reason,
    )
    .select_from(_event)
    .outerjoin(_author, _author.c.id == _event.c.created_by)
)

_NAMES = tuple(_ROWS.selected_columns.keys())


class Objects(Protocol):
    """What the audit asks about the objects of its events: whoever reads the audit need not be
    able to read them."""

    def audit_subjects(self, text: str) -> Sequence[UUID]: ...

    def audit_references(self, ids: Sequence[UUID]) -> Mapping[UUID, str]: ...


def audit_events(
    connection: sa.Connection,
    objects: Objects,
    wanted: AuditFilter,
    limit: int,
    after: AuditKey | None,
) -> list[AuditRow]:
    """The latest events that meet the filter and come after ``after``."""
    query = _ROWS.where(*_meeting(objects, wanted))
    if after is not None:
        query = query.where(
            _event.c.created_at <= after.created_at,
            sa.or_(_event.c.created_at < after.created_at, _event.c.id < after.id),
        )
    query = query.order_by(_event.c.created_at.desc(), _event.c.id.desc()).limit(limit)
    rows = connection.execute(query).all()
    about = {row.object_id for row in rows if row.object_kind == Appointment.__name__}
    codes = objects.audit_references(list(about)) if about else {}
    return [
        AuditRow(**dict(zip(_NAMES, row, strict=True)), reference=codes.get(row.object_id, ""))
        for row in rows
    ]


def count_audit_events(connection: sa.Connection, objects: Objects, wanted: AuditFilter) -> int:
    """How many events meet the filter."""
    query = sa.select(sa.func.count()).select_from(_event).where(*_meeting(objects, wanted))
    return connection.scalar(query) or 0


def audit_subjects(connection: sa.Connection, text: str) -> Sequence[UUID]:
    """The ids somebody means by an id, a reference or a client's number, and those of the rows
    that belong to them; none where nothing of the kind is known."""
    meant, code, number = terms(text)
    known = sa.union_all(
        sa.select(_appointment.c.id).where(_appointment.c.reference == code),
        sa.select(_client.c.id).where(_client.c.number == number),
    )
    heads = [meant] if meant is not None else connection.scalars(known).all()
    if not heads:
        return ()
    parts = sa.union_all(*(sa.select(c.table.c.id).where(c.in_(heads)) for c in PARTS))
    return (*heads, *connection.scalars(parts))


def audit_references(connection: sa.Connection, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    """The references of appointments by their ids, of those still there."""
    query = sa.select(_appointment.c.id, _appointment.c.reference).where(_appointment.c.id.in_(ids))
    return {row.id: row.reference for row in connection.execute(query)}


def terms(text: str) -> tuple[UUID | None, str, str]:
    """A text as an id, if it is one, as a reference and as a client's number."""
    try:
        return UUID(text), "", ""
    except ValueError:
        return None, references.normalise(text), text.strip()


def _meeting(objects: Objects, wanted: AuditFilter) -> Iterator[sa.ColumnElement[bool]]:
    """The conditions of a filter."""
    if wanted.first is not None:
        yield _event.c.created_at >= day_bounds(wanted.first)[0]
    if wanted.last is not None:
        yield _event.c.created_at < day_bounds(wanted.last)[1]
    if wanted.staff_id is not None:
        yield _event.c.created_by == wanted.staff_id
    if wanted.action is not None:
        yield _event.c.action == wanted.action
    if wanted.object_kind:
        yield _event.c.object_kind == wanted.object_kind
    if wanted.subject.strip():
        yield _about(objects, wanted.subject.strip())
    if wanted.field:
        names = sa.cast(_event.c.fields, sa.Text)
        yield names.contains(f'"{wanted.field}"', autoescape=True)
    if wanted.reason.strip():
        yield _event.c.reason != ""  # most have none: the rest is not looked into for them
        part = _small(sa.literal(_escaped(wanted.reason.strip()), sa.Text))
        pattern = sa.literal("%", sa.Text).concat(part).concat("%")
        yield _small(_event.c.reason).like(pattern, escape="/")


def _about(objects: Objects, text: str) -> sa.ColumnElement[bool]:
    """The end of an id has no index: it is looked for only where the text means nothing else."""
    ids = objects.audit_subjects(text)
    end = text.lower()
    if not ids and _END_OF_ID.fullmatch(end):
        return sa.cast(_event.c.object_id, sa.Text).like(f"%{end}")
    return _event.c.object_id.in_(ids)


def _small(text: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """A text without capitals, the German ones on every database."""
    small: sa.ColumnElement[str] = sa.func.lower(text, type_=sa.Text)
    for letter in _CAPITALS:
        small = sa.func.replace(small, letter, letter.lower(), type_=sa.Text)
    return small


def _escaped(text: str) -> str:
    """A text that stands for itself in LIKE."""
    return re.sub(r"([/%_])", r"/\1", text)
