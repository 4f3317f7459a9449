"""The connection of a write transaction: what is only to be written waits for the next question.

Over any line it is the journeys that cost. Locks and new rows are answered by nothing but a
refusal, so they are sent in front of whatever is asked or changed next, at the latest with the
commit. Nothing is asked before they are sent, and the server does one after the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
import sqlalchemy as sa

from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.records import Record
from koba_desktop.storage.postgres.message import one_message
from koba_desktop.storage.postgres.session import driver_of
from koba_desktop.storage.postgres.together import Statement, compiled, results

_MOST_WAITING = 100

Refusal = Callable[[Record, psycopg.Error], OfficeError | None]
"""What it means that the server refused a new row; None where it is something else."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    text: str
    values: Sequence[Any]
    record: Record | None


class WriteLine:
    """What queries and the unit of work take for a connection of SQLAlchemy's."""

    def __init__(self, connection: sa.Connection, refusal: Refusal) -> None:
        self._connection = connection
        self._refusal = refusal
        self._waiting: list[_Waiting] = []
        self.dialect = connection.dialect

    def later(self, text: str, values: Sequence[Any], record: Record | None = None) -> None:
        """Send it in front of the next question. ``record`` is the row it adds."""
        self._waiting.append(_Waiting(text, values, record))
        if len(self._waiting) >= _MOST_WAITING:
            self._send(())

    def execute(self, statement: Any, values: Any = None) -> Any:
        if not isinstance(statement, sa.UpdateBase):
            return self.together([(statement, values)])[0]
        self._send(())
        return self._connection.execute(statement, values)

    def scalar(self, statement: Any, values: Any = None) -> Any:
        return self.execute(statement, values).scalar()

    def exec_driver_sql(self, text: str, values: Any = None) -> Any:
        self._send(())
        return self._connection.exec_driver_sql(text, values)

    def together(self, statements: Sequence[Statement]) -> list[Any]:
        """The results of several questions in one journey."""
        asked = [compiled(self.dialect, *each) for each in statements]
        cursors = self._send([(text, values) for text, values, _ in asked])
        return results(self.dialect, statements, asked, cursors)

    def commit(self, *told: str) -> None:
        """What waits, what others are told, and the commit, as one message."""
        self._send([(text, None) for text in (*told, "commit")], prepare=False)

    def _send(
        self, asked: Sequence[tuple[str, Any]], *, prepare: bool | None = None
    ) -> "list[psycopg.Cursor[Any]]":
        """Raises the refusal of the first row that was refused; else what psycopg raises."""
        waiting, self._waiting = self._waiting, []
        if not waiting and not asked:
            return []
        driver = driver_of(self._connection)
        first: list[psycopg.Cursor[Any]] = []
        then: list[psycopg.Cursor[Any]] = []
        try:
            with one_message(driver):
                for each in waiting:
                    first.append(driver.cursor())
                    first[-1].execute(each.text, each.values)
                for text, values in asked:
                    then.append(driver.cursor())
                    then[-1].execute(text, values, prepare=prepare)
        except psycopg.Error as error:
            if found := self._meaning(error, waiting, first):
                raise found from error
            raise
        return then

    def _meaning(
        self, error: psycopg.Error, waiting: Sequence[_Waiting], cursors: Sequence[Any]
    ) -> OfficeError | None:
        """The first without an answer is what was refused; those behind it were not looked at."""
        if driver_of(self._connection).closed:
            return None
        for each, cursor in zip(waiting, cursors, strict=False):
            if cursor.pgresult is None:
                return None if each.record is None else self._refusal(each.record, error)
        return None
