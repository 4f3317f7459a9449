"""The outbox."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain import folding, references
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client, ClientAddress
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.postcodes import KnownAddress
from koba_desktop.domain.vocabulary import Channel, LetterKind, LetterState
from koba_desktop.services.rows import OutboxRow
from koba_desktop.storage.tables import client_search, table_of
from koba_desktop.storage.types import InstantOfText

_letter = table_of(Letter)
_client = table_of(Client)
_address = table_of(ClientAddress)
_appointment = table_of(Appointment)

_until = _letter.c.data["addressed_until"].as_string()
_ROWS = (
    sa.select(
        _letter.c.id,
        _letter.c.version,
        _letter.c.kind,
        _letter.c.language,
        _letter.c.state,
        _letter.c.client_id,
        _client.c.family_name,
        _client.c.given_name,
        _letter.c.advisor_id,
        _letter.c.appointment_id,
        sa.func.coalesce(
            _appointment.c.reference, _letter.c.data["reference"].as_string(), ""
        ).label("reference"),
        _letter.c.data["appointment"]["starts"].as_string().label("letter_starts"),
        _letter.c.data["appointment"]["channel"].as_string().label("letter_channel"),
        _appointment.c.starts.label("appointment_starts"),
        _appointment.c.channel.label("appointment_channel"),
        _appointment.c.state.label("appointment_state"),
        _appointment.c.active.label("appointment_active"),
        _letter.c.assumed_posting,
        _letter.c.created_at,
        _letter.c.hold_reason,
        _letter.c.hold_details,
        _letter.c.printed_at,
        _letter.c.posted_on,
        _letter.c.variant,
        _letter.c.answered_on,
        _letter.c.answer,
        _letter.c.data["client"]["represented"].as_boolean().label("represented"),
        _letter.c.claim,
        _letter.c.claimed_at,
        _letter.c.claimed_by,
        _letter.c.claimed_host,
        _letter.c.claimed_printer,
        _until.label("addressed_until"),
    )
    .select_from(_letter)
    .join(_client, _client.c.id == _letter.c.client_id)
    .outerjoin(_appointment, _appointment.c.id == _letter.c.appointment_id)
)


def outbox(
    connection: sa.Connection,
    office_id: UUID,
    states: Sequence[str],
    text: str,
    posted_after: date | None,
    limit: int | None,
    oldest: bool,
) -> list[OutboxRow]:
    """The newest ``limit`` letters (not withdrawn) of an office in these states, or the oldest
    ones, latest last."""
    query = _ROWS.where(*_wanted(office_id, states, text, posted_after)).limit(limit)
    if oldest:
        query = query.order_by(_letter.c.created_at, _letter.c.id)
        return [_row(row) for row in connection.execute(query).all()]
    query = query.order_by(_letter.c.created_at.desc(), _letter.c.id.desc())
    return [_row(row) for row in reversed(connection.execute(query).all())]


def count_letters(
    connection: sa.Connection,
    office_id: UUID,
    states: Sequence[str],
    text: str,
    posted_after: date | None,
) -> dict[LetterState, int]:
    """How many letters (not withdrawn) of an office are in each of these states."""
    query = (
        sa.select(_letter.c.state, sa.func.count())
        .select_from(_letter)
        .outerjoin(_appointment, _appointment.c.id == _letter.c.appointment_id)
        .where(*_wanted(office_id, states, text, posted_after))
        .group_by(_letter.c.state)
    )
    return {LetterState(state): number for state, number in connection.execute(query).all()}


def doubtful_letters(
    connection: sa.Connection, office_id: UUID, before: datetime, today: date
) -> list[OutboxRow]:
    """Of the pending letters (not withdrawn) of an office those that a run has claimed, those whose
    recipient got the client's letters until a day before ``today``, and those about an appointment
    that begins before ``before``, is not seen, is called off, or does not take place as they say;
    cancellations of one that takes place as well. Latest last."""
    said = _letter.c.data["appointment"]
    doubts = sa.or_(
        _appointment.c.id.is_(None),
        _appointment.c.active.is_(False),
        _letter.c.kind == LetterKind.CANCELLATION,
        _appointment.c.starts < before,
        said["channel"].as_string().is_distinct_from(sa.cast(_appointment.c.channel, sa.String)),
        InstantOfText(said["starts"].as_string()).is_distinct_from(_appointment.c.starts),
    )
    query = _ROWS.where(
        *_wanted(office_id, (LetterState.PENDING,), "", None),
        sa.or_(
            _letter.c.claim.is_not(None),
            _until < today.isoformat(),
            sa.and_(_letter.c.appointment_id.is_not(None), doubts),
        ),
    ).order_by(_letter.c.created_at, _letter.c.id)
    return [_row(row) for row in connection.execute(query).all()]


def letters_about(connection: sa.Connection, appointment_id: UUID) -> list[OutboxRow]:
    """The letters (not withdrawn) about an appointment, latest last."""
    query = _ROWS.where(
        _letter.c.appointment_id == appointment_id, _letter.c.withdrawn_at.is_(None)
    ).order_by(_letter.c.created_at, _letter.c.id)
    return [_row(row) for row in connection.execute(query).all()]


def known_addresses(
    connection: sa.Connection, office_id: UUID, towns: Sequence[str]
) -> list[KnownAddress]:
    """Where clients of an office live in these towns, each place once; blocked addresses are left
    out."""
    query = (
        sa.select(_address.c.street, _address.c.postcode, _address.c.town)
        .join(_client, _client.c.id == _address.c.client_id)
        .where(
            _client.c.office_id == office_id,
            _client.c.address_blocked.is_(False),
            _address.c.country == "",
            sa.func.lower(sa.func.trim(_address.c.town)).in_([town.lower() for town in towns]),
        )
        .distinct()
    )
    return [KnownAddress(*row) for row in connection.execute(query).all()]


def _wanted(
    office_id: UUID, states: Sequence[str], text: str, posted_after: date | None
) -> Iterator[sa.ColumnElement[bool]]:
    """Conditions on letters and, for ``text``, their appointments."""
    yield _letter.c.office_id == office_id
    yield _letter.c.withdrawn_at.is_(None)
    if states:
        yield _letter.c.state.in_(states)
    if posted_after is not None:
        yield _letter.c.posted_on > posted_after
    if text.strip():
        yield _meant(text)


def _meant(text: str) -> sa.ColumnElement[bool]:
    """The recipient's data contain all words, or the reference contains the text."""
    recipient = sa.select(client_search.c.entry).where(
        client_search.c.client_id == _letter.c.client_id,
        *(
            client_search.c.text.contains(word, autoescape=True)
            for word in folding.query_words(text)
        ),
    )
    code = references.normalise(text)
    return sa.or_(recipient.exists(), _appointment.c.reference.contains(code, autoescape=True))


def _row(row: sa.Row[*tuple[Any, ...]]) -> OutboxRow:
    values = dict(row._mapping)
    names = (values.pop("family_name"), values.pop("given_name"))
    starts = values["letter_starts"]
    values["letter_starts"] = datetime.fromisoformat(starts) if starts else None
    values["represented"] = bool(values["represented"])
    channel = values["letter_channel"]
    values["letter_channel"] = Channel(channel) if channel else None
    until = values["addressed_until"]
    values["addressed_until"] = date.fromisoformat(until) if until else None
    return OutboxRow(recipient=", ".join(name for name in names if name), **values)
