"""A new database: what it holds before an office is named, and what is wrong with the first one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar, cast

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.records import Changeable, Record
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.validators import problems_of, problems_together
from koba_desktop.services.ports import Reader, Store

R = TypeVar("R", bound=Record)

Wording = tuple[LetterKind, str, str, dict[str, str]]
"""Kind, language, variant, blocks."""


def lay_out_wordings(store: Store, now: datetime, wordings: Iterable[Wording]) -> int:
    """Store the shipped wordings that the database lacks, each as the first version of its
    template, in force from today; how many they were.

    A new database lacks all of them, one that an earlier program made those of the kinds of
    letters it did not know. What is there stays as it is, whoever wrote it.
    """
    wordings = tuple(wordings)
    try:
        return _laid_out(store, now, wordings)
    except Refused as error:
        if error.code != "already_exists":
            raise
        # Another program brought them at the same time: what is lacking now is none of them.
        return _laid_out(store, now, wordings)


def _laid_out(store: Store, now: datetime, wordings: tuple[Wording, ...]) -> int:
    with store.reading() as reader:
        if not _lacking(reader, wordings):
            return 0
    with store.writing(by=None, now=now) as uow:
        lacking = _lacking(uow, wordings)
        for kind, language, variant, blocks in lacking:
            template = uow.add(Template(id=new_id(), kind=kind, language=language, variant=variant))
            uow.add(
                TemplateVersion(
                    id=new_id(),
                    template_id=template.id,
                    number=1,
                    blocks=blocks,
                    valid_from=day_of(now),
                )
            )
    return len(lacking)


def _lacking(reader: Reader, wordings: Sequence[Wording]) -> list[Wording]:
    known = {(one.kind, one.language, one.variant) for one in reader.find(Template)}
    return [wording for wording in wordings if wording[:3] not in known]


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
