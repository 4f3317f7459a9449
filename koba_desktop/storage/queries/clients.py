"""Finding clients by any part of what is known of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain import folding
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.services.rows import ClientPage, ClientRow
from koba_desktop.storage.tables import client_search, client_sound, table_of

_client = table_of(Client)
_phone = table_of(ClientPhone)
_fts = sa.table("client_fts", sa.column("rowid", sa.Integer), sa.column("client_fts", sa.Text))

_LAST = "\U0010ffff"
_TRIGRAM = 3

first_phone = (
    sa.select(_phone.c.typed)
    .where(_phone.c.client_id == _client.c.id, _phone.c.bad_since.is_(None))
    .order_by(_phone.c.position, _phone.c.id)
    .limit(1)
    .correlate(_client)
    .scalar_subquery()
)

_ROW = (
    _client.c.id,
    _client.c.family_name,
    _client.c.given_name,
    _client.c.title,
    _client.c.salutation,
    _client.c.number,
    _client.c.birth_date,
    _client.c.office_id,
    _client.c.advisor_id,
    sa.func.coalesce(first_phone, "").label("phone"),
    _client.c.address_blocked,
    _client.c.closed_on,
)


def search_clients(
    connection: sa.Connection,
    text: str,
    office_ids: Sequence[UUID],
    advisor_id: UUID | None,
    limit: int,
    offset: int,
) -> ClientPage:
    """A page of the hits, best first, and how many there are."""
    words = folding.query_words(text)
    codes = _codes(text)
    meant = []
    if words:
        meant.append(_meant(words, codes))
    open_to = []
    if office_ids:
        open_to.append(client_search.c.office_id.in_(office_ids))
    if advisor_id is not None:
        own = sa.select(_client.c.id).where(_client.c.advisor_id == advisor_id)
        open_to.append(client_search.c.client_id.in_(own))
    if open_to:
        meant.append(sa.or_(*open_to))
    order: list[Any] = [client_search.c.sort_name, client_search.c.entry]
    if words:
        order.insert(0, _rank(words, sounding=bool(codes)))
    page = connection.scalars(
        sa.select(client_search.c.client_id)
        .where(*meant)
        .order_by(*order)
        .limit(limit)
        .offset(offset)
    ).all()
    total = offset + len(page)
    if len(page) == limit or (offset and not page):
        count = sa.select(sa.func.count()).select_from(client_search).where(*meant)
        total = connection.scalar(count) or 0
    found = {
        row.id: ClientRow(**row._mapping)
        for row in connection.execute(sa.select(*_ROW).where(_client.c.id.in_(page))).all()
    }
    return ClientPage(tuple(found[client_id] for client_id in page), total)


def _meant(words: tuple[str, ...], codes: list[str]) -> sa.ColumnElement[bool]:
    """All words are in the text (too short for a trigram: they begin a word), or all sound so."""
    entry = client_search.c.entry
    long = [word for word in words if len(word) >= _TRIGRAM]
    short = [word for word in words if len(word) < _TRIGRAM]
    entries: Any
    if long:
        match = " AND ".join(f'"{word}"' for word in long)
        entries = sa.select(_fts.c.rowid).where(_fts.c.client_fts.op("match")(match))
    else:
        first, *short = short
        entries = (
            sa.select(entry)
            .where(_begins(client_search.c.family, first))
            .union(sa.select(entry).where(_begins(client_search.c.given, first)))
        )
    if codes:
        entries = entries.union(_sounding(codes))
    spaced = sa.literal(" ").concat(client_search.c.text)
    return sa.and_(
        entry.in_(entries), *(spaced.contains(f" {word}", autoescape=True) for word in short)
    )


def _sounding(codes: list[str]) -> sa.Select[Any]:
    """Entries of which each code is a word's."""
    entries = sa.select(client_sound.c.entry).where(client_sound.c.code == codes[0])
    for code in codes[1:]:
        also = sa.select(client_sound.c.entry).where(client_sound.c.code == code)
        entries = entries.where(client_sound.c.entry.in_(also))
    return entries


def _rank(words: tuple[str, ...], *, sounding: bool) -> sa.ColumnElement[int]:
    """The family name begins so, before contained somewhere, before it only sounds alike."""
    whens: list[Any] = [(_begins(client_search.c.family, words[0]), 0)]
    if sounding:
        whens.append((sa.and_(*(sa.func.instr(client_search.c.text, w) > 0 for w in words)), 1))
    return sa.case(*whens, else_=2)


def _begins(column: sa.Column[Any], word: str) -> sa.ColumnElement[bool]:
    return sa.and_(column >= word, column < word + _LAST)


def _codes(text: str) -> list[str]:
    """Phonetic codes of the words typed, if all of them are names of some length."""
    words = folding.fold(text).split()
    if not words or any(len(word) < _TRIGRAM or not word.isalpha() for word in words):
        return []
    codes = folding.phonetic(text).split()
    return codes if all(len(code) > 1 for code in codes) else []  # one sound is nearly anything
