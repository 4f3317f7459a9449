"""Many statements as one message to the server, and their answers read afterwards.

psycopg's pipeline sends each statement by itself as soon as it is given, which spares the waiting
and not the sending: on a PC that is most of what a statement costs. This one keeps them until it is
left. It stands on inner names of psycopg's; ``tests/postgres/test_message.py`` says when
another version has others.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg


class _Message(psycopg.Pipeline):
    command_queue: "deque[Callable[[], None]]"

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        super().__init__(connection)
        self._leaving = False

    def _exit_gen(self) -> Generator[Any, Any, None]:
        self._leaving = True
        self._enqueue_sync()
        try:
            yield from self._communicate_gen()
        finally:
            # What the server is to do at the end makes it answer: it need not be asked to, too.
            yield from self._fetch_gen(flush=False)

    def _communicate_gen(self) -> Generator[Any, Any, None]:
        if not self._leaving:
            return
        all_of_it = tuple(self.command_queue)
        self.command_queue.clear()
        self.command_queue.append(lambda: _call(all_of_it))
        yield from super()._communicate_gen()


def _call(each: tuple[Callable[[], None], ...]) -> None:
    for one in each:
        one()


@contextmanager
def one_message(connection: "psycopg.Connection[Any]") -> Iterator[None]:
    """Statements executed inside have their results after it. Raises, on leaving, what the first
    that failed has raised; those behind it were not carried out. OperationalError without an
    sqlstate: the line is closed."""
    connection._pipeline = pipeline = _Message(connection)
    try:
        with pipeline:
            yield
    except psycopg.Error as error:
        # psycopg takes for prepared what stood behind the one that failed.
        connection._prepared.clear()
        if connection.broken and error.sqlstate is None:
            # A statement by itself says so when the line is closed; in a pipeline psycopg does not.
            raise psycopg.OperationalError(*error.args) from error
        raise
    finally:
        connection._pipeline = None
