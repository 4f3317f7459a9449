"""Asking ahead: what a screen is going to ask is fetched in one journey and remembered.

The questions are recorded by asking them of a reader that answers nothing, sent together, and
answered by the same code as ever from what came back.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from koba_desktop.domain.errors import OfficeError
from koba_desktop.services.ports import Reader
from koba_desktop.storage.postgres.master import KINDS
from koba_desktop.storage.postgres.together import Statement

if TYPE_CHECKING:
    from koba_desktop.storage.postgres.line import WriteLine
    from koba_desktop.storage.postgres.reader import PostgresReader
    from koba_desktop.storage.postgres.session import ReadSession

_Call = tuple[str, tuple[Any, ...], tuple[tuple[str, Any], ...]]


def asked_ahead(
    reader: "PostgresReader", session: "ReadSession | WriteLine", ask: Callable[[Reader], object]
) -> Reader:
    """See ``services.ports.Reader.ahead``."""
    listener = _Listener()
    ask(cast(Reader, listener))
    recorded: list[tuple[_Call, list[Statement]]] = []
    for call in dict.fromkeys(listener.calls):
        if call[1] and call[1][0] in KINDS:
            continue  # known by heart
        recording = _Recording(session.dialect)
        with suppress(OfficeError):  # there is nothing yet to be found
            _answer(reader.on(recording), call)
        recorded.append((call, recording.statements))
    answers = iter(session.together([one for _, some in recorded for one in some]))
    known = {}
    for call, statements in recorded:
        replay = _Replay(session, [next(answers) for _ in statements])
        # Whoever asks for it then hears for himself that there is nothing.
        with suppress(OfficeError):
            known[call] = _answer(reader.on(replay), call)
    return cast(Reader, _KnownReader(reader, session, known))


def _call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> _Call:
    named = tuple((key, _hashable(value)) for key, value in sorted(kwargs.items()))
    return name, tuple(map(_hashable, args)), named


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _answer(reader: Any, call: _Call) -> Any:
    name, args, kwargs = call
    return getattr(reader, name)(*args, **dict(kwargs))


class _Listener:
    """Hears questions and answers that there is nothing."""

    def __init__(self) -> None:
        self.calls: list[_Call] = []

    def __getattr__(self, name: str) -> Callable[..., list[Any]]:
        def asked(*args: Any, **kwargs: Any) -> list[Any]:
            self.calls.append(_call(name, args, kwargs))
            return []

        return asked


class _Nothing:
    """The result of a statement that was only written down."""

    def all(self) -> list[Any]:
        return []

    def scalars(self) -> "_Nothing":
        return self

    def first(self) -> None:
        return None

    def __iter__(self) -> Any:
        return iter(())


class _Recording:
    """A connection that writes down what it is asked."""

    def __init__(self, dialect: Any) -> None:
        self.dialect = dialect
        self.statements: list[Statement] = []

    def execute(self, statement: Any, values: Any = None) -> _Nothing:
        self.statements.append((statement, values))
        return _Nothing()

    def scalar(self, statement: Any, values: Any = None) -> None:
        self.statements.append((statement, values))


class _Replay:
    """A connection that has the first answers already, and asks for what follows from them."""

    def __init__(self, session: "ReadSession | WriteLine", answers: list[Any]) -> None:
        self.dialect = session.dialect
        self._session = session
        self._answers = answers

    def execute(self, statement: Any, values: Any = None) -> Any:
        if self._answers:
            return self._answers.pop(0)
        return self._session.execute(statement, values)

    def scalar(self, statement: Any, values: Any = None) -> Any:
        return self.execute(statement, values).scalar()


class _KnownReader:
    """Knows some answers; asks the reader for all others."""

    def __init__(
        self,
        reader: "PostgresReader",
        session: "ReadSession | WriteLine",
        known: dict[_Call, Any],
    ) -> None:
        self._reader = reader
        self._session = session
        self._known = known

    def ahead(self, ask: Callable[[Reader], object]) -> Reader:
        further = asked_ahead(self._reader, self._session, ask)
        assert isinstance(further, _KnownReader)
        further._known = self._known | further._known
        return cast(Reader, further)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method: Callable[..., Any] = getattr(self._reader, name)

        def answered(*args: Any, **kwargs: Any) -> Any:
            call = _call(name, args, kwargs)
            if call not in self._known:
                return method(*args, **kwargs)
            answer = self._known[call]
            return list(answer) if isinstance(answer, list) else answer

        return answered
