"""What a handler is given to do its work: one transaction, and a memory of all it wrote."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.errors import Conflict
from koba_desktop.domain.records import Changeable, Record
from koba_desktop.domain.vocabulary import AuditAction
from koba_desktop.services.commands import Step
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import AnyOf, Holidays, UnitOfWork
from koba_desktop.services.view import View

R = TypeVar("R", bound=Record)
C = TypeVar("C", bound=Changeable)

STAMPS = frozenset({"version", "changed_at", "changed_by"})


def content(record: Record) -> dict[str, Any]:
    """The fields of a record without the stamps of its changes."""
    return {f.name: getattr(record, f.name) for f in fields(record) if f.name not in STAMPS}


def same_content(one: Record, other: Record) -> bool:
    return type(one) is type(other) and content(one) == content(other)


class Work:
    """One command being carried out.

    Handlers read through ``reader`` and write through ``add``, ``change``, ``save`` and
    ``remove``, which remember each row as it was and as it became.
    """

    def __init__(
        self, uow: UnitOfWork, *, now: datetime, actor: Actor, holidays: Holidays, host: str
    ) -> None:
        self._uow = uow
        self.now = now
        self.actor = actor
        self.holidays = holidays
        self.host = host
        self._known_roles: dict[UUID, tuple[StaffRole, ...]] = {}
        self._steps: dict[UUID, Step] = {}
        self.appended: list[Record] = []
        self.removed: list[Record] = []
        self.audited: list[tuple[AuditAction, Record | type[Record], str]] = []

    @property
    def reader(self) -> UnitOfWork:
        """The transaction, for reading."""
        return self._uow

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def view(self) -> View:
        """The queries of the screens, asked inside this transaction."""
        return View(self._uow, self.now, self.holidays, self.actor.staff_id, self._known_roles)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """The policy values of all offices (``koba_desktop.domain.policy`` reads them)."""
        return tuple(self._uow.find(Setting))

    def is_holiday(self, day: date) -> bool:
        return self.holidays.is_holiday(day)

    @property
    def writes(self) -> int:
        """How many rows were written or removed so far."""
        return len(self._steps) + len(self.appended) + len(self.removed)

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every changeable row written, in the order of the first writing."""
        return tuple(self._steps.values())

    # --- reading --------------------------------------------------------------------------------

    def get(self, kind: type[R], record_id: UUID) -> R:
        """The record, or NotFound."""
        return self._uow.get(kind, record_id)

    def many(self, kind: type[R], record_ids: Iterable[UUID]) -> dict[UUID, R]:
        """These records by id, with one question, or NotFound."""
        ids = tuple(dict.fromkeys(record_ids))
        found = {each.id: each for each in self._uow.find(kind, id=AnyOf(ids))} if ids else {}
        return {each: found[each] if each in found else self.get(kind, each) for each in ids}

    def seen(self, kind: type[C], record_id: UUID, version: int) -> C:
        """The record if it is still the version the user saw, else Conflict."""
        record = self._uow.get(kind, record_id)
        if record.version != version:
            raise conflict(record)
        return record

    def first(self, kind: type[R], **where: Any) -> R | None:
        found = self._uow.find(kind, limit=1, **where)
        return found[0] if found else None

    # --- writing --------------------------------------------------------------------------------

    def add(self, record: R) -> R:
        stored = self._uow.add(record)
        if isinstance(stored, Changeable):
            self._steps[stored.id] = Step(before=None, after=stored)
        else:
            self.appended.append(stored)
        return stored

    def change(self, record: C, **values: Any) -> C:
        """Write new values into a record read in this transaction; nothing new writes nothing."""
        return self.replace(record, replace(record, **values))

    def replace(self, before: C, after: C) -> C:
        """Write a record read in this transaction as ``after``; nothing new writes nothing."""
        return before if same_content(before, after) else self._write(before, after)

    def save(self, record: C) -> C:
        """Add a new record (version 0), or write one as a form holds it; Conflict if stale."""
        if record.version == 0:
            return self.add(record)
        return self.replace(self.seen(type(record), record.id, record.version), record)

    def touch(self, record: C) -> C:
        """Give a record a new version: rows that belong to it were written."""
        return self._write(record, record)

    def remove(self, record: Record) -> None:
        """Delete a row that carries no history of its own."""
        self._uow.remove(record)
        self._steps.pop(record.id, None)
        self.removed.append(record)

    def audit(self, action: AuditAction, record: Record | type[Record], reason: str = "") -> None:
        """Note what was done with a record, or with many of a kind, beside writing it: viewed,
        printed, exported."""
        self.audited.append((action, record, reason))

    def audit_now(self, action: AuditAction, record: Record, reason: str = "") -> None:
        """The same, written at once: before something is read that only may be read after it."""
        event = AuditEvent(
            id=new_id(),
            action=action,
            object_kind=type(record).__name__,
            object_id=record.id,
            host=self.host,
            reason=reason,
        )
        self._uow.add_all([event])

    def _write(self, before: C, record: C) -> C:
        after = self._uow.update(record)
        earlier = self._steps.get(record.id)
        self._steps[record.id] = Step(
            before=earlier.before if earlier is not None else before, after=after
        )
        return after


def conflict(theirs: Changeable) -> Conflict:
    """Somebody changed ``theirs`` since it was read."""
    return Conflict(
        type(theirs).__name__,
        theirs,
        changed_by=theirs.changed_by,
        changed_at=theirs.changed_at,
    )


Handler = Callable[[Work, Any], dict[str, Any]]
"""Carries out one kind of command and returns its result: JSON values, and ids as UUIDs."""
