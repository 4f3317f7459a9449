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

# Ranks of a hit: the name begins with the word, it is contained somewhere, it only sounds alike.
_BEGINS, _CONTAINED, _SOUNDS = 0, 1, 2

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
    connection: sa.Connection, text: str, office_ids: Sequence[UUID], limit: int, offset: int
) -> ClientPage:
    """A page of the hits, best first, and how many there are."""
    words = folding.query_words(text)
    hits = _hits(words, text, office_ids)
    page = connection.execute(
        sa.select(hits.c.client_id, sa.func.count().over().label("total"))
        .order_by(hits.c.rank, hits.c.sort_name, hits.c.client_id)
        .limit(limit)
        .offset(offset)
    ).all()
    if not page:
        beyond = offset and connection.scalar(sa.select(sa.func.count()).select_from(hits))
        return ClientPage((), beyond or 0)
    found = {
        row.id: ClientRow(**row._mapping)
        for row in connection.execute(
            sa.select(*_ROW).where(_client.c.id.in_([hit.client_id for hit in page]))
        )
    }
    return ClientPage(tuple(found[hit.client_id] for hit in page), page[0].total)


def _hits(words: tuple[str, ...], text: str, office_ids: Sequence[UUID]) -> sa.CTE:
    """(client_id, sort_name, rank) of every client that is meant."""
    entry = client_search.c.entry
    if not words:
        ranked: Any = sa.select(entry, sa.literal(_CONTAINED).label("rank"))
    else:
        rank = sa.case((_begins(client_search.c.family, words[0]), _BEGINS), else_=_CONTAINED)
        ranked = sa.select(entry, rank.label("rank")).where(_contains(words))
        if codes := _codes(text):
            sounding = sa.select(client_sound.c.entry).where(client_sound.c.code == codes[0])
            for code in codes[1:]:
                also = sa.select(client_sound.c.entry).where(client_sound.c.code == code)
                sounding = sounding.where(client_sound.c.entry.in_(also))
            alike = sa.select(entry, sa.literal(_SOUNDS).label("rank")).where(entry.in_(sounding))
            both = ranked.union_all(alike).subquery()
            ranked = sa.select(both.c.entry, sa.func.min(both.c.rank).label("rank")).group_by(
                both.c.entry
            )
    best = ranked.subquery()
    query = sa.select(client_search.c.client_id, client_search.c.sort_name, best.c.rank).join(
        client_search, client_search.c.entry == best.c.entry
    )
    if office_ids:
        query = query.join(_client, _client.c.id == client_search.c.client_id).where(
            _client.c.office_id.in_(office_ids)
        )
    return query.cte("hits")


def _contains(words: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """All words are in the text; words too short for a trigram must begin a word there."""
    long = [word for word in words if len(word) >= _TRIGRAM]
    short = [word for word in words if len(word) < _TRIGRAM]
    if long:
        match = " AND ".join(f'"{word}"' for word in long)
        rows = sa.select(_fts.c.rowid).where(_fts.c.client_fts.op("match")(match))
        condition: sa.ColumnElement[bool] = client_search.c.entry.in_(rows)
    else:
        first, *short = short
        condition = client_search.c.entry.in_(
            sa.select(client_search.c.entry)
            .where(_begins(client_search.c.family, first))
            .union(sa.select(client_search.c.entry).where(_begins(client_search.c.given, first)))
        )
    spaced = sa.literal(" ").concat(client_search.c.text)
    return sa.and_(condition, *(spaced.contains(f" {word}", autoescape=True) for word in short))


def _begins(column: sa.Column[Any], word: str) -> sa.ColumnElement[bool]:
    return sa.and_(column >= word, column < word + _LAST)


def _codes(text: str) -> list[str]:
    """Phonetic codes of the words typed, if all of them are names of some length."""
    words = folding.fold(text).split()
    if not words or any(len(word) < _TRIGRAM or not word.isalpha() for word in words):
        return []
    codes = folding.phonetic(text).split()
    return codes if all(len(code) > 1 for code in codes) else []  # one sound is nearly anything
