"""Text that no database keeps: a NUL character, or half of a character pair (a lone surrogate).

It comes from a broken clipboard or a broken file. PostgreSQL refuses it, SQLite would cut the text
off or fail: so it is refused on both before anything is written, with the field it stands in.
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.services.commands import Command

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# A visitor's name is freed from what is no letter (``names.typed_name``) instead of refused: nobody
# who is in an emergency waits for it.
_CLEANED = "visitor_name"


def require_storable(command: Command) -> None:
    """Raises Refused ``text_not_storable`` for each field of the command such text stands in, as
    ``profile.client.family_name``. What is kept as JSON (a draft) is escaped there and may hold
    anything."""
    problems = [Problem("text_not_storable", where=where) for where in _unstorable(command, "")]
    if problems:
        raise Refused(*problems)


def searchable(text: str) -> str:
    """What can stand in a stored text of what somebody looks for."""
    return _UNSTORABLE.sub("", text)


def _unstorable(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, str):
        if _UNSTORABLE.search(value):
            yield where
    elif is_dataclass(value):
        for field in fields(value):
            if field.name == _CLEANED:
                continue
            name = f"{where}.{field.name}" if where else field.name
            yield from _unstorable(getattr(value, field.name), name)
    elif isinstance(value, tuple | list):
        for number, one in enumerate(value):
            yield from _unstorable(one, f"{where}.{number}")
