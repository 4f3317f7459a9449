"""The services as bootstrap puts them together: commands in, receipts out; reads for screens."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from koba_desktop.domain.clock import Clock
from koba_desktop.services.commands import Command
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.ports import Holidays, Store
from koba_desktop.services.view import View


class Services:
    """One per open database; safe in worker threads (each call is a transaction of its own)."""

    def __init__(self, store: Store, clock: Clock, holidays: Holidays, *, host: str = "") -> None:
        self.store = store
        self.clock = clock
        self.holidays = holidays
        self.host = host

    def execute(self, command: Command, actor: Actor) -> Receipt:
        """Carry out a command in one transaction.

        Raises Refused, NotFound, Taken, Conflict, Unavailable; nothing is written then.
        """
        raise NotImplementedError

    @contextmanager
    def view(self, viewer: UUID | None = None) -> Iterator[View]:
        """A consistent read at the present instant."""
        with self.store.reading() as reader:
            yield View(reader, self.clock.now(), self.holidays, viewer)
