"""Keeping the search tables in step with clients and their telephone numbers."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain import folding
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.storage.mapping import record_of
from koba_desktop.storage.tables import client_search, client_sound, table_of

_BATCH = 500

_LETTERS = str.maketrans({"ß": "ss", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


def sort_name(family_name: str, given_name: str) -> str:
    """The name as a telephone book sorts it: umlauts like their vowels (DIN 5007-1), a family
    name before the double names that begin with it."""
    return "\t".join(name for name in map(_sortable, (family_name, given_name)) if name)


# Names repeat: an import of thousands looks at each of them once.
@lru_cache(maxsize=10_000)
def _sortable(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


@lru_cache(maxsize=10_000)
def _reduced(name: str) -> str:
    return folding.reduced(folding.fold(name))


@lru_cache(maxsize=10_000)
def _sounds(name: str) -> tuple[str, ...]:
    return tuple(folding.phonetic(name).split())


def refresh(connection: sa.Connection, client_ids: Iterable[UUID]) -> None:
    """Write the search rows of these clients anew (deleted clients lose theirs by themselves)."""
    ids = list(client_ids)
    for start in range(0, len(ids), _BATCH):
        _refresh_batch(connection, ids[start : start + _BATCH])


def _refresh_batch(connection: sa.Connection, ids: list[UUID]) -> None:
    clients, phones = table_of(Client), table_of(ClientPhone)
    numbers: dict[UUID, list[str]] = defaultdict(list)
    for phone in connection.execute(
        sa.select(phones).where(phones.c.client_id.in_(ids)).order_by(phones.c.position)
    ):
        numbers[phone.client_id] += [phone.typed, phone.e164 or ""]
    connection.execute(sa.delete(client_search).where(client_search.c.client_id.in_(ids)))
    records = [
        record_of(Client, row)
        for row in connection.execute(sa.select(clients).where(clients.c.id.in_(ids)))
    ]
    if records:
        insert(connection, records, numbers)


def insert(
    connection: sa.Connection, clients: list[Client], numbers: dict[UUID, list[str]]
) -> None:
    """Add search rows for clients that have none yet; ``numbers`` by client, typed and E.164."""
    rows = [_row(client, numbers.get(client.id, ())) for client in clients]
    entries = _DIALECTS[connection.dialect.name](connection, rows)
    sounds = [
        (code, entry)
        for client, entry in zip(clients, entries, strict=True)
        for code in {*_sounds(client.family_name), *_sounds(client.given_name)}
    ]
    if sounds:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        connection.exec_driver_sql(
            f"insert into {client_sound.name} (code, entry) values ({mark}, {mark})", sounds
        )


_Row = tuple[str, str, str, str, str, str]
_COLUMNS = "client_id, office_id, sort_name, family, given, text"


def _row(client: Client, phones: Iterable[str]) -> _Row:
    names = (client.family_name, client.given_name)
    text = folding.search_text(
        names=names,
        numbers=[number for number in (client.number, client.case_number) if number],
        phones=phones,
        birth_date=client.birth_date,
    )
    family, given = map(_reduced, names)
    return client.id.hex, client.office_id.hex, sort_name(*names), family, given, text


def _into_sqlite(connection: sa.Connection, rows: list[_Row]) -> list[int]:
    """One statement: the trigram index is written once for all, not once a row (four times
    slower)."""
    last = connection.scalar(sa.select(sa.func.max(client_search.c.entry))) or 0
    entries = list(range(last + 1, last + 1 + len(rows)))
    numbered = [(entry, *row) for entry, row in zip(entries, rows, strict=True)]
    connection.exec_driver_sql(
        f"insert into {client_search.name} (entry, {_COLUMNS})"
        " select value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6"
        " from json_each(?)",
        (json.dumps(numbered),),
    )
    return entries


def _into_postgres(connection: sa.Connection, rows: list[_Row]) -> list[int]:
    """The server numbers the rows: many programs add clients at a time."""
    found = connection.exec_driver_sql(
        f"insert into {client_search.name} ({_COLUMNS})"
        " select * from unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[],"
        " %s::text[]) returning client_id, entry",
        tuple(list(column) for column in zip(*rows, strict=True)),
    )
    by_client = {client_id.hex: entry for client_id, entry in found}
    return [by_client[row[0]] for row in rows]


_DIALECTS = {"sqlite": _into_sqlite, "postgresql": _into_postgres}
