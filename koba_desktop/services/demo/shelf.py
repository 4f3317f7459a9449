"""A reader over rows that are not stored yet, so that letters are made by the usual rules."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from koba_desktop.domain.errors import NotFound
from koba_desktop.domain.records import Record

R = TypeVar("R", bound=Record)


class Shelf:
    """``get`` and ``find`` by equal columns, as far as making a letter asks."""

    def __init__(self) -> None:
        self._rows: dict[type[Record], dict[UUID, Record]] = defaultdict(dict)
        self._found: dict[tuple[type[Record], str], dict[Any, list[Record]]] = {}

    def put(self, records: Iterable[Record]) -> None:
        for record in records:
            self._rows[type(record)][record.id] = record
            for (kind, name), index in self._found.items():
                if kind is type(record):
                    index[getattr(record, name)].append(record)

    def add_all(self, records: Iterable[Record]) -> None:
        """What a letter notes on its way, which a demonstration does not keep."""
        self.put(records)

    def get(self, kind: type[R], record_id: UUID) -> R:
        record = self._rows[kind].get(record_id)
        if record is None:
            raise NotFound("not_found", where=str(record_id), kind=kind.__name__)
        assert isinstance(record, kind)
        return record

    def find(self, kind: type[R], *, order_by: str = "", limit: int = 0, **where: Any) -> list[R]:
        rows: Iterable[Record] = self._rows[kind].values()
        if where:
            name, value = next(iter(where.items()))
            rows = self._by(kind, name).get(value, [])
        found = [
            row
            for row in rows
            if isinstance(row, kind) and all(getattr(row, n) == v for n, v in where.items())
        ]
        if order_by:
            column = order_by.removeprefix("-")
            found.sort(key=lambda row: getattr(row, column), reverse=order_by.startswith("-"))
        return found[:limit] if limit else found

    def _by(self, kind: type[Record], name: str) -> dict[Any, list[Record]]:
        if (kind, name) not in self._found:
            index: dict[Any, list[Record]] = defaultdict(list)
            for row in self._rows[kind].values():
                index[getattr(row, name)].append(row)
            self._found[kind, name] = index
        return self._found[kind, name]
