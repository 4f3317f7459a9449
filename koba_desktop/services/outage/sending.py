"""Taking to the server what was put in while it was away: in order, each exactly once.

Rows that a command made on the snapshot have other ids on the server, and other versions where
somebody else was there meanwhile. What is learnt from each answer is put into the commands that
follow.
"""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.errors import OfficeError, Problem, Refused, Unavailable
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.outage.commands import row_seen
from koba_desktop.services.outage.queue import NEVER, InputQueue, KeptInput, Known
from koba_desktop.services.ports import AnyOf, Store

log = logging.getLogger(__name__)

_NO_VERSION = -1
"""A version no row ever has: whoever names it meets a conflict."""

Execute = Callable[[Command, Actor, datetime], Receipt]


def with_known_ids(command: Command, ids: Mapping[UUID, UUID]) -> Command:
    """The command with the server's ids in the place of those of a snapshot, also in a draft."""
    if not ids:
        return command
    texts = {str(local): str(server) for local, server in ids.items()}

    def on_server(value: Any) -> Any:
        match value:
            case UUID():
                return ids.get(value, value)
            case str():
                return texts.get(value, value)
            case dict():
                return {name: on_server(each) for name, each in value.items()}
            case list():
                return [on_server(each) for each in value]
            case _:
                return value

    values = {
        f.name: on_server(getattr(command, f.name))
        for f in fields(command)
        if f.name != "command_id"
    }
    return replace(command, **values)


class Sender:
    """``execute`` carries out a command on the server as of an instant."""

    def __init__(self, queue: InputQueue, store: Store, execute: Execute) -> None:
        self._queue = queue
        self._store = store
        self._execute = execute

    def send(self, staff_id: UUID) -> int:
        """Send what waits and is that person's; how many were taken. What the server refuses stays
        and says why. Raises Unavailable: that one and the rest wait on."""
        taken = 0
        for kept in self._queue.all():
            if not kept.waiting or kept.command is None or kept.actor.staff_id != staff_id:
                continue
            try:
                self._send(kept, kept.command)
                taken += 1
            except Unavailable:
                raise
            except OfficeError as error:
                self._queue.refuse(kept.command_id, error.problems)
            except Exception:
                log.exception("input %s could not be sent", kept.command_id)
                self._queue.refuse(kept.command_id, (Problem("input_failed"),))
        return taken

    def _send(self, kept: KeptInput, command: Command) -> None:
        known = self._queue.known()
        if not kept.anew and _made_by(command) & self._lost(known):
            raise Refused(Problem("earlier_input_refused"))
        ready = self._versioned(kept, with_known_ids(command, known.ids), known)
        receipt = self._execute(ready, kept.actor, kept.happened_at)
        self._queue.sent(kept.command_id, self._learnt(kept, ready, receipt, known))

    def _lost(self, known: Known) -> set[UUID]:
        """Rows that only refused inputs would have made."""
        return {
            value
            for kept in self._queue.all()
            if not kept.waiting and kept.command is not None
            for value in kept.result.values()
            if isinstance(value, UUID)
            and value not in known.ids
            and value not in _made_by(kept.command)
        }

    def _versioned(self, kept: KeptInput, ready: Command, known: Known) -> Command:
        """With the version the row has on the server by all that is known."""
        if (seen := row_seen(ready)) is None:
            return ready
        assert kept.command is not None
        local = row_seen(kept.command)
        assert local is not None
        kind, row_id, version = seen
        if kept.anew:
            with self._store.reading() as reader:
                for row in reader.find(kind, id=row_id, limit=1):
                    version = row.version
        elif (found := known.versions.get((local[1], local[2]))) == NEVER:
            raise Refused(Problem("earlier_input_refused"))
        elif found is not None:
            version = found
        return replace(ready, version=version)  # type: ignore[call-arg]

    def _learnt(self, kept: KeptInput, ready: Command, receipt: Receipt, known: Known) -> Known:
        ids = {
            local: server
            for name, local in kept.result.items()
            if isinstance(local, UUID)
            and isinstance(server := receipt.result.get(name), UUID)
            and server != local
        }
        every = {**known.ids, **ids}
        rows = {row_id: every.get(row_id, row_id) for row_id in kept.written}
        written = receipt.written
        if receipt.repeated:
            written = self._as_left(rows.values(), kept.actor)
        elif seen := row_seen(ready):
            written = {seen[1]: seen[2], **written}  # it was so already: nothing was written
        versions = {
            (row_id, kept.written[row_id]): written[server]
            for row_id, server in rows.items()
            if server in written
        }
        return Known(ids=ids, versions=versions)

    def _as_left(self, ids: Collection[UUID], actor: Actor) -> dict[UUID, int]:
        """The versions of rows after a command whose answer was lost: those they have now, unless
        somebody else wrote since."""
        wanted = AnyOf.of(ids)
        if not wanted.values:
            return {}
        with self._store.reading() as reader:
            rows = [row for kind in (Visit, Appointment) for row in reader.find(kind, id=wanted)]
        return {
            row.id: row.version if row.changed_by == actor.staff_id else _NO_VERSION for row in rows
        }


def _made_by(command: Command) -> set[UUID]:
    """The ids a command names."""
    values = (getattr(command, f.name) for f in fields(command) if f.name != "command_id")
    return {value for value in values if isinstance(value, UUID)}
