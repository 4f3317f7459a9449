"""Commands on the snapshot: the screens show at once what the server will be told later."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.bookkeeping import ExecutedCommand
from koba_desktop.domain.errors import OfficeError
from koba_desktop.services.changes import EVERYTHING
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.footprint import change_set
from koba_desktop.services.handlers import handler_of
from koba_desktop.services.outage.coding import packed, unpacked
from koba_desktop.services.outage.commands import row_seen
from koba_desktop.services.outage.queue import KeptInput
from koba_desktop.services.outage.snapshots import OpenedSnapshot, SnapshotInfo
from koba_desktop.services.ports import Holidays, Reader, Store
from koba_desktop.services.work import Work

log = logging.getLogger(__name__)

Keep = Callable[[Mapping[str, Any], Mapping[UUID, int]], None]
"""Keeps a result and the rows written (with versions) for good; called before the snapshot
commits."""


class LocalOffice:
    """An opened snapshot."""

    def __init__(self, opened: OpenedSnapshot, holidays: Holidays, host: str) -> None:
        self._opened = opened
        self._holidays = holidays
        self._host = host

    @property
    def store(self) -> Store:
        return self._opened.store

    @property
    def info(self) -> SnapshotInfo:
        return self._opened.info

    def carry_out(self, command: Command, actor: Actor, at: datetime, keep: Keep) -> Receipt:
        """Run the command's handler as of ``at``. Whatever it or ``keep`` raises, nothing is
        written."""
        with self.store.writing(by=actor.staff_id, now=at) as uow:
            for earlier in uow.find(ExecutedCommand, id=command.command_id, limit=1):
                result = unpacked(earlier.result)
                return Receipt(command, EVERYTHING, result, repeated=True, queued=True)
            here = _as_seen_here(uow, command)
            work = Work(uow, now=at, actor=actor, holidays=self._holidays, host=self._host)
            result = handler_of(here)(work, here)
            written = {step.after.id: step.after.version for step in work.steps}
            if seen := row_seen(here):
                _kind, row_id, version = seen
                written.setdefault(row_id, version)
            uow.add(
                ExecutedCommand(
                    id=command.command_id, name=type(command).__name__, result=packed(result)
                )
            )
            keep(result, written)
            return Receipt(command, change_set(work), result, queued=True, written=written)

    def catch_up(
        self,
        waiting: Iterable[KeptInput],
        learn: Callable[[UUID, Mapping[str, Any], Mapping[UUID, int]], None],
    ) -> None:
        """Carry out what was kept, and is not in this snapshot: the program was killed between the
        two. ``learn`` is told what came of it."""
        for kept in waiting:
            if kept.command is None:
                continue
            try:
                self.carry_out(
                    kept.command,
                    kept.actor,
                    kept.happened_at,
                    lambda result, written, kept=kept: learn(  # type: ignore[misc]
                        kept.command_id, result, written
                    ),
                )
            except OfficeError as error:
                log.info("input %s not shown: %s", kept.command_id, error.code)

    def close(self) -> None:
        self.store.close()


def _as_seen_here(reader: Reader, command: Command) -> Command:
    """The command on the row as the snapshot has it, where the user saw a later version on the
    server."""
    if seen := row_seen(command):
        kind, row_id, version = seen
        for row in reader.find(kind, id=row_id, limit=1):
            if row.version < version:
                return replace(command, version=row.version)  # type: ignore[call-arg]
    return command
