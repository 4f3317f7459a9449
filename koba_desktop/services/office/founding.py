"""A new database: what is wrong with its first office."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar, cast

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.records import Changeable, Record
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.office.validators import problems_of, problems_together
from koba_desktop.services.ports import Reader

R = TypeVar("R", bound=Record)


def problems_of_new(records: Sequence[Changeable], today: date) -> tuple[Problem, ...]:
    """What ``SaveMasterData`` would find wrong with the first records of a database that need not
    be there yet; ``where`` is "<id>.<field>"."""
    reader = cast(Reader, _Given(records))
    single = tuple(
        replace(problem, where=f"{record.id}.{problem.where}")
        for record in records
        for problem in problems_of(reader, record, records)
    )
    command = SaveMasterData(records=tuple(records))
    return single or problems_together(reader, command, today)


class _Given:
    """Reads the records as though they were stored, as far as master data is checked by it."""

    def __init__(self, records: Sequence[Changeable]) -> None:
        self._records = records

    def find(self, kind: type[R], *, order_by: str = "", limit: int = 0, **where: Any) -> list[R]:
        return [
            record
            for record in self._records
            if isinstance(record, kind)
            and all(getattr(record, name) == value for name, value in where.items())
        ]
