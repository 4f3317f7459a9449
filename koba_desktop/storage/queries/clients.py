"""Finding clients by any part of what is known of them.

Written as SQL, not put together from expressions: a key typed has three milliseconds, and most
of them went into putting together. Values are always bound.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain import folding
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.services.rows import ClientPage, ClientRow
from koba_desktop.storage.tables import table_of

_client = table_of(Client)
_phone = table_of(ClientPhone)

_LAST = "\U0010ffff"
_TRIGRAM = 3
_AUDIBLE = 4  # letters a word has before what sounds like it is looked for
_SOUNDS = 2  # rank

COUNTED = 500
"""So many hits are counted and put in order. Who has more types on."""

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


_PAGE = sa.select(*_ROW).where(_client.c.id.in_(sa.bindparam("ids", expanding=True)))


def search_clients(
    connection: sa.Connection,
    text: str,
    office_ids: Sequence[UUID],
    advisor_id: UUID | None,
    limit: int,
    offset: int,
) -> ClientPage:
    """A page of the hits, best first, and how many there are, counted up to ``COUNTED``."""
    search = _Search(connection, text, office_ids, advisor_id)
    if not search.words:
        return ClientPage(search.rows(search.by_name("true", limit, offset)), search.everybody())
    found = search.best()
    exact = sum(rank != _SOUNDS for _, rank in found)
    if exact <= COUNTED:
        ids = [client_id for client_id, _ in found[offset : offset + limit]]
        return ClientPage(search.rows(ids), len(found), capped=len(found) - exact > COUNTED)
    ids = search.many(limit, offset)
    if len(ids) < limit:
        return ClientPage(search.rows(ids), offset + len(ids))
    return ClientPage(search.rows(ids), max(COUNTED, offset + limit + 1), capped=True)


class _Search:
    """The conditions of one search as SQL over ``client_search s``, and what they find."""

    def __init__(
        self,
        connection: sa.Connection,
        text: str,
        office_ids: Sequence[UUID],
        advisor_id: UUID | None,
    ) -> None:
        self._connection = connection
        # PostgreSQL looks into the texts of the offices' clients: behind a policy its trigram index
        # could not be used, and twenty thousand short texts are read in a few milliseconds.
        self._indexed = connection.dialect.name == "sqlite"
        self.words = folding.query_words(text)
        self._values: dict[str, Any] = {}
        self._codes = _codes(text)
        self._long = [word for word in self.words if len(word) >= _TRIGRAM]
        self._offices = ", ".join(self._bound(each.hex) for each in office_ids)
        self._advisor = "" if advisor_id is None else self._bound(advisor_id.hex)
        self._open = self._open_to()
        self._short = self._short_words()
        contained = [self._within("s.text", word) for word in self._long]
        self._contained = " and ".join([self._short, *contained])
        self._family = self._begins("s.family") if self.words else "true"

    # --- conditions -------------------------------------------------------------------------------

    def _bound(self, value: str) -> str:
        name = f"v{len(self._values)}"
        self._values[name] = value
        return f":{name}"

    def _within(self, text: str, word: str) -> str:
        function = "instr" if self._indexed else "strpos"
        return f"{function}({text}, {self._bound(word)}) > 0"

    def _begins(self, column: str) -> str:
        low, high = self._bound(self.words[0]), self._bound(self.words[0] + _LAST)
        return f"({column} >= {low} and {column} < {high})"

    def _open_to(self) -> str:
        """A client of these offices, or of this advisor; all where neither is given.

        With a plus the index on the office is left alone: the words are the shorter way.
        """
        ways = []
        plus = "+" if self._indexed else ""
        if self._offices:
            ways.append(f"{plus}s.office_id in ({self._offices})")
        if self._advisor:
            elsewhere = f" and {plus}office_id not in ({self._offices})" if self._offices else ""
            ways.append(
                "s.client_id in"
                f" (select id from client where advisor_id = {self._advisor}{elsewhere})"
            )
        return f"({' or '.join(ways)})" if ways else "true"

    def _short_words(self) -> str:
        """What trigrams cannot tell: words too short for one begin a word in the text; where all
        are short, the first begins a name."""
        short = [word for word in self.words if len(word) < _TRIGRAM]
        meant = ["true"]
        if short and not self._long:
            meant.append(f"({self._begins('s.family')} or {self._begins('s.given')})")
            short = short[1:]
        meant += [self._within("(' ' || s.text)", " " + word) for word in short]
        return " and ".join(meant)

    # --- finding ----------------------------------------------------------------------------------

    def best(self) -> list[tuple[UUID, int]]:
        """Ids with ranks, best first: one more than ``COUNTED`` of each sort at most.

        The family name begins so, before contained somewhere, before it only sounds alike.
        """
        table = "client_search s"
        meant = self._short if self._indexed else self._contained
        if self._long and self._indexed:
            match = self._bound(" AND ".join(f'"{word}"' for word in self._long))
            table = "client_fts f cross join client_search s on s.entry = f.rowid"
            meant = f"client_fts match {match} and {meant}"
        hits = f"select s.entry from {table} where {meant} and {self._open} limit {COUNTED + 1}"
        hits = f"select entry from ({hits}) as a"
        rank = f"case when {self._family} then 0 else 1 end"
        if self._codes:
            alike = " and ".join(
                f"s.entry in (select entry from client_sound where code = {self._bound(code)})"
                for code in self._codes
            )
            hits += (
                f" union all select entry from (select s.entry from client_search s where {alike}"
                f" and not ({self._contained}) and {self._open} limit {COUNTED + 1}) as b"
            )
            rank = (
                f"case when {self._family} then 0 when {self._contained} then 1 else {_SOUNDS} end"
            )
        found = self._read(
            f"select s.client_id, {rank} as rank from client_search s"
            f" where s.entry in ({hits}) order by rank, s.sort_name, s.entry"
        )
        return [(_id(client_id), rank) for client_id, rank in found]

    def many(self, limit: int, offset: int) -> list[UUID]:
        """A page of so many hits that nearly every name is one: along the index of names, family
        names that begin so first."""
        begins = self._begins("s.sort_name")
        ids = self.by_name(f"{begins} and {self._contained}", limit, offset)
        if len(ids) < limit:
            skipped = 0
            if offset:
                first = f"{begins} and {self._contained} and {self._open}"
                (count,) = self._read(f"select count(*) from client_search s where {first}")
                skipped = max(0, offset - count[0])
            rest = f"not {begins} and {self._contained}"
            ids += self.by_name(rest, limit - len(ids), skipped)
        return ids

    def by_name(self, meant: str, limit: int, offset: int) -> list[UUID]:
        """As in a telephone book; reads along the index until the page is full."""
        found = self._read(
            f"select s.client_id from client_search s where {meant} and {self._open}"
            f" order by s.sort_name, s.entry limit {limit:d} offset {offset:d}"
        )
        return [_id(row[0]) for row in found]

    def everybody(self) -> int:
        """How many clients there are of these offices or this advisor."""
        ways = []
        if self._offices:
            ways.append(f"office_id in ({self._offices})")
        if self._advisor:
            plus = "+" if self._indexed else ""
            elsewhere = f"and {plus}office_id not in ({self._offices})" if self._offices else ""
            ways.append(f"advisor_id = {self._advisor} {elsewhere}")
        counts = [f"(select count(*) from client where {way})" for way in ways or ["true"]]
        return int(self._read(f"select {' + '.join(counts)}")[0][0])

    def rows(self, ids: Sequence[UUID]) -> tuple[ClientRow, ...]:
        wanted = list(ids)
        found = {
            row.id: ClientRow(**row._mapping)
            for row in self._connection.execute(_PAGE, {"ids": wanted}).all()
        }
        return tuple(found[each] for each in wanted)

    def _read(self, statement: str) -> list[Any]:
        used = {name: value for name, value in self._values.items() if f":{name}" in statement}
        return list(self._connection.execute(sa.text(statement), used).all())


def _id(found: Any) -> UUID:
    """As the driver gives it, or as the file holds it."""
    return found if isinstance(found, UUID) else UUID(found)


def _codes(text: str) -> list[str]:
    """Phonetic codes of the words typed, if all of them are names of some length."""
    words = folding.fold(text).split()
    if not words or any(len(word) < _AUDIBLE or not word.isalpha() for word in words):
        return []
    codes = folding.phonetic(text).split()
    return codes if all(len(code) > 1 for code in codes) else []  # one sound is nearly anything
