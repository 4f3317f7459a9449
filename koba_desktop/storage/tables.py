"""The whole schema: one table an entity, its columns taken from the entity's fields.

What a field's type cannot say stands here: foreign keys, checks, uniqueness and indexes.
"""

from dataclasses import fields
from typing import Any, get_type_hints

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.schema import SchemaItem

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
from koba_desktop.domain.records import Appended, Changeable, Record
from koba_desktop.domain.vocabulary import ACTIVE_STATES, IN_USE
from koba_desktop.storage.types import Identity, column_type

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

TABLES: dict[type[Record], sa.Table] = {}

# A field of this name points to that table, wherever it stands.
_REFERENCES = {
    "office_id": "office",
    "advisor_id": "staff",
    "staff_id": "staff",
    "author_id": "staff",
    "kind_id": "appointment_kind",
    "appointment_id": "appointment",
    "client_id": "client",
    "call_task_id": "call_task",
    "attempt_id": "contact_attempt",
    "phone_id": "client_phone",
    "place_id": "place",
    "room_id": "room",
    "letter_id": "letter",
    "template_id": "template",
    "template_version_id": "template_version",
    "translation_version_id": "template_version",
    "translates_id": "template_version",
    "rule_set_id": "rule_set",
    "replaces_id": "letter",
    "withdraws_id": "operating_mode",
}

# No appointment is longer than a day and no room booking than 31 days: this bounds every search
# for what touches a period, so that it stays fast among a million rows.
LONGEST_APPOINTMENT_DAYS = 1
LONGEST_BOOKING_DAYS = 31
_DAY = 24 * 60 * 60 * 1_000_000


def _table(name: str, kind: type[Record], *extras: SchemaItem) -> sa.Table:
    """A table whose columns are the fields of ``kind``, in their order."""
    hints = get_type_hints(kind)
    columns: list[sa.Column[Any]] = []
    for field in fields(kind):
        type_, nullable = column_type(hints[field.name], f"{field.name}_word")
        keys: list[sa.ForeignKey] = []
        if target := _REFERENCES.get(field.name):
            # A number taken off leaves the attempts made on it.
            gone = "SET NULL" if field.name == "phone_id" else None
            keys.append(sa.ForeignKey(f"{target}.id", ondelete=gone))
        columns.append(
            sa.Column(field.name, type_, *keys, primary_key=field.name == "id", nullable=nullable)
        )
    if issubclass(kind, Changeable):
        extras = (*extras, CheckConstraint("version >= 1", "version"))
    table = sa.Table(name, metadata, *columns, *extras)
    if issubclass(kind, Changeable):
        table.c.changed_at.nullable = False
    if issubclass(kind, Appended):
        table.c.created_at.nullable = False
    TABLES[kind] = table
    return table


def _valid() -> CheckConstraint:
    return CheckConstraint("valid_until is null or valid_from <= valid_until", "valid")


def _at_most(days: int, ends: str) -> tuple[CheckConstraint, CheckConstraint]:
    """No longer than that, in the arithmetic of each kind of database."""
    whole = CheckConstraint(f"{ends} - starts <= {days * _DAY}", "length")
    whole.ddl_if(dialect="sqlite")
    interval = CheckConstraint(f"{ends} - starts <= interval '{days} days'", "length")
    interval.ddl_if(dialect="postgresql")
    return whole, interval


def words(states: frozenset[Any]) -> str:
    """The list of states as SQL writes it."""
    return ", ".join(f"'{state}'" for state in sorted(states))


# --- offices and staff ----------------------------------------------------------------------------

_table("office", office.Office)
_table(
    "opening_hours",
    office.OpeningHours,
    CheckConstraint("weekday between 1 and 7", "weekday"),
    CheckConstraint("opens < closes", "span"),
    _valid(),
    Index(None, "office_id"),
)
_table(
    "closing_day",
    office.ClosingDay,
    CheckConstraint("(opens is null) = (closes is null)", "both_times"),
    CheckConstraint("opens is null or opens < closes", "span"),
    Index(None, "office_id", "day"),
)
_table("setting", office.Setting, Index(None, "key", "office_id", "valid_from"))
_table(
    "staff",
    staff.Staff,
    CheckConstraint("login <> ''", "login"),
    UniqueConstraint("login"),
    UniqueConstraint("os_user"),
)
_table("staff_role", staff.StaffRole, _valid(), Index(None, "office_id"), Index(None, "staff_id"))
_table(
    "working_pattern",
    staff.WorkingPattern,
    CheckConstraint("weekday between 1 and 7", "weekday"),
    CheckConstraint("week_parity is null or week_parity in (0, 1)", "week_parity"),
    CheckConstraint("starts < ends", "span"),
    _valid(),
    Index(None, "staff_id"),
)
_table(
    "absence",
    staff.Absence,
    CheckConstraint("starts < ends", "span"),
    Index(None, "staff_id", "starts"),
)

# --- clients --------------------------------------------------------------------------------------

_table(
    "client",
    clients.Client,
    CheckConstraint("family_name <> '' or given_name <> ''", "name"),
    CheckConstraint("number <> ''", "number"),
    UniqueConstraint("number"),
    Index(None, "office_id"),
    Index(None, "advisor_id"),
    Index(None, "case_number", sqlite_where=sa.text("case_number is not null")),
)
_table("client_address", clients.ClientAddress, Index(None, "client_id"))
_table("client_phone", clients.ClientPhone, Index(None, "client_id", "position"))
_table("client_email", clients.ClientEmail, Index(None, "client_id"))
_table(
    "representative",
    clients.Representative,
    CheckConstraint("family_name <> '' or given_name <> '' or organisation <> ''", "name"),
    _valid(),
    Index(None, "client_id"),
)
_table("client_note", clients.ClientNote, Index(None, "client_id"))
_table(
    "contact_trace",
    clients.ContactTrace,
    CheckConstraint("starts < ends", "span"),
    Index(None, "created_at"),
)

# --- appointments ---------------------------------------------------------------------------------

_table("appointment_kind", appointments.AppointmentKind, CheckConstraint("minutes > 0", "minutes"))
_table(
    "appointment",
    appointments.Appointment,
    CheckConstraint("starts < ends", "span"),
    *_at_most(LONGEST_APPOINTMENT_DAYS, "ends"),
    CheckConstraint("length(reference) = 8", "reference"),
    CheckConstraint(
        f"active = (state in ({words(ACTIVE_STATES)}) and withdrawn_at is null)", "active"
    ),
    UniqueConstraint("reference"),
    Index(None, "office_id", "starts", "ends"),
    Index(
        "ix_appointment_advisor_active",
        "advisor_id",
        "starts",
        "ends",
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    ),
)
_table(
    "participant",
    appointments.Participant,
    CheckConstraint("starts < ends", "span"),
    CheckConstraint("(client_id is null) = (visitor_name <> '')", "who"),
    Index(None, "appointment_id"),
    Index(None, "client_id", "starts"),
)
_table("appointment_purpose", appointments.AppointmentPurpose, UniqueConstraint("appointment_id"))
_table("appointment_change", appointments.AppointmentChange, Index(None, "appointment_id"))
_table("change_reason", appointments.ChangeReason, Index(None, "subject_id"))
_table(
    "hold",
    appointments.Hold,
    CheckConstraint("starts < ends", "span"),
    CheckConstraint(
        "advisor_id is not null or client_id is not null or place_id is not null", "what"
    ),
    Index(None, "until"),
)
_table("wait_entry", appointments.WaitEntry, Index(None, "office_id"), Index(None, "client_id"))

# --- rooms ----------------------------------------------------------------------------------------

_table(
    "room",
    rooms.Room,
    CheckConstraint("area > 0", "area"),
    CheckConstraint("height > 0", "height"),
    CheckConstraint("air_changes > 0", "air_changes"),
    CheckConstraint("seats >= 1", "seats"),
    Index(None, "office_id"),
)
_table("place", rooms.Place, UniqueConstraint("room_id", "number"))
_table("hygiene_profile", rooms.HygieneProfile, _valid(), Index(None, "office_id"))
_table(
    "room_booking",
    rooms.RoomBooking,
    CheckConstraint("starts < ends and ends <= blocked_until", "span"),
    *_at_most(LONGEST_BOOKING_DAYS, "blocked_until"),
    CheckConstraint("persons >= 1", "persons"),
    CheckConstraint("active = (state not in ('free', 'released'))", "active"),
    CheckConstraint(
        f"state not in ({words(IN_USE)}) or occupied_at is not null", "entered_before_used"
    ),
    CheckConstraint(
        "vacated_at is null or (occupied_at is not null and occupied_at <= vacated_at)",
        "entered_before_vacated",
    ),
    Index(None, "appointment_id"),
    Index(None, "office_id", "starts"),
    Index(
        "ix_room_booking_place_in_use",
        "place_id",
        unique=True,
        sqlite_where=sa.text(f"state in ({words(IN_USE)})"),
        postgresql_where=sa.text(f"state in ({words(IN_USE)})"),
    ),
    Index(
        "ix_room_booking_place_active",
        "place_id",
        "starts",
        "blocked_until",
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    ),
    Index(
        "ix_room_booking_office_active",
        "office_id",
        "starts",
        "blocked_until",
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    ),
)
_table(
    "visit",
    rooms.Visit,
    CheckConstraint("companions >= 0", "companions"),
    CheckConstraint("code <> ''", "code"),
    CheckConstraint(
        "(entered_at is null and left_at is null) or arrived_at is not null", "arrived_first"
    ),
    CheckConstraint("entered_at is null or left_at is null or entered_at <= left_at", "order"),
    UniqueConstraint("office_id", "day", "code"),
    Index(None, "appointment_id"),
)
_table("refusal", rooms.Refusal, Index(None, "office_id", "created_at"))

# --- contacts -------------------------------------------------------------------------------------

_table(
    "call_task",
    contacts.CallTask,
    Index(None, "client_id"),
    Index(None, "advisor_id", "closed_at", "due"),
    Index(None, "appointment_id"),
)
_table(
    "contact_attempt",
    contacts.ContactAttempt,
    CheckConstraint("minutes >= 0", "minutes"),
    Index(None, "call_task_id", "at"),
    Index(None, "client_id", "at"),
    Index(None, "phone_id"),
)
_table("attempt_note", contacts.AttemptNote, Index(None, "attempt_id"), Index(None, "call_task_id"))

# --- letters --------------------------------------------------------------------------------------

_table("template", letters.Template, UniqueConstraint("kind", "language", "variant"))
_table("template_version", letters.TemplateVersion, UniqueConstraint("template_id", "number"))
_table(
    "template_review",
    letters.TemplateReview,
    CheckConstraint("reviewed_by <> ''", "reviewed_by"),
    Index(None, "template_version_id"),
)
_table(
    "letter",
    letters.Letter,
    CheckConstraint("state <> 'held' or hold_reason is not null", "held"),
    CheckConstraint("state <> 'posted' or posted_on is not null", "posted"),
    CheckConstraint("(answer is null) = (answered_on is null)", "answered"),
    Index(None, "office_id", "state", "posted_on"),
    Index(None, "appointment_id"),
    Index(None, "client_id"),
    Index(None, "call_task_id"),
)
_table(
    "letter_archive",
    letters.LetterArchive,
    CheckConstraint("length(sha256) = 64", "sha256"),
    CheckConstraint("pages >= 1", "pages"),
    Index(None, "letter_id"),
)

# --- mode and incidence ---------------------------------------------------------------------------

_table("operating_mode", modes.OperatingMode, Index(None, "office_id", "valid_from"))
_table(
    "incidence_value",
    modes.IncidenceValue,
    CheckConstraint("length(district_key) = 5", "district_key"),
    CheckConstraint("value >= 0", "value"),
    Index(None, "district_key", "day"),
)
_table("rule_set", modes.RuleSet, _valid())
_table("mode_proposal", modes.ModeProposal, Index(None, "office_id", "effective_on"))

# --- bookkeeping ----------------------------------------------------------------------------------

_table("command", bookkeeping.ExecutedCommand)
_table("draft", bookkeeping.Draft, Index(None, "author_id"))
_table(
    "audit_event",
    bookkeeping.AuditEvent,
    Index(None, "created_at"),
    Index(None, "object_id"),
)
_table("presence", bookkeeping.Presence, UniqueConstraint("subject_id", "staff_id", "host"))

# --- what search looks at: no entity, kept by the unit of work ------------------------------------

# Compared by code points everywhere: what stands there is folded already.
_FOLDED = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

client_search = sa.Table(
    "client_search",
    metadata,
    # Its own key: an implicit rowid would change with VACUUM and leave the index pointing astray.
    sa.Column("entry", sa.Integer, primary_key=True),
    sa.Column(
        "client_id", Identity(), sa.ForeignKey("client.id", ondelete="CASCADE"), nullable=False
    ),
    sa.Column("office_id", Identity(), nullable=False),
    sa.Column("sort_name", _FOLDED, nullable=False),  # as a telephone book sorts, DIN 5007-1
    sa.Column("family", _FOLDED, nullable=False),  # reduced, for searches of one or two letters
    sa.Column("given", _FOLDED, nullable=False),
    sa.Column("text", _FOLDED, nullable=False),
    UniqueConstraint("client_id"),
    Index(None, "sort_name"),
    Index(None, "office_id", "sort_name"),
    Index(None, "family"),
    Index(None, "given"),
)
client_sound = sa.Table(
    "client_sound",
    metadata,
    sa.Column("code", _FOLDED, primary_key=True),
    sa.Column(
        "entry",
        sa.Integer,
        sa.ForeignKey("client_search.entry", ondelete="CASCADE"),
        primary_key=True,
    ),
    Index(None, "entry"),
    sqlite_with_rowid=False,
)


def table_of(kind: type[Record]) -> sa.Table:
    """The table of a record class. Raises KeyError for a class the schema does not know."""
    return TABLES[kind]


_ORDER = {table: position for position, table in enumerate(metadata.sorted_tables)}


def parents_first(kind: type[Record]) -> int:
    """A sorting key: tables that are pointed to come before those that point."""
    return _ORDER[TABLES[kind]]
