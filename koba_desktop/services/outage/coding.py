"""Commands and their answers as JSON and back, without losing a type.

A command is written field by field and read back by the types of its fields. What has no declared
type (results, params of problems) says itself what it is.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from koba_desktop.domain import vocabulary
from koba_desktop.domain.errors import Problem

# --- values whose type is declared ----------------------------------------------------------------


def encoded(value: Any) -> Any:
    """A field's value as JSON. Raises TypeError for what has no JSON form here."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case UUID():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {name: encoded(each) for name, each in value.items()}
        case list() | tuple():
            return [encoded(each) for each in value]
        case frozenset():
            return sorted(encoded(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: encoded(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"no JSON for {type(value).__name__}")


def decoded(kind: Any, value: Any) -> Any:
    """The opposite of ``encoded`` for a field of that type. Raises ValueError, TypeError, KeyError
    for what is not of that type."""
    if kind is Any:
        return value
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (kind,) = (each for each in get_args(kind) if each is not type(None))
        return decoded(kind, value)
    if origin in (tuple, frozenset):
        item = get_args(kind)[0]
        return origin(decoded(item, each) for each in value)
    if origin is list:
        return [decoded(get_args(kind)[0], each) for each in value]
    if origin is dict:
        return {name: decoded(get_args(kind)[1], each) for name, each in value.items()}
    if kind in (datetime, date, time):
        return kind.fromisoformat(value)
    if not isinstance(kind, type):
        raise TypeError(f"no JSON for {kind}")
    if is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: decoded(hints[name], each) for name, each in value.items()})
    if issubclass(kind, (Enum, UUID)):
        return kind(value)
    if not isinstance(value, kind):
        raise TypeError(f"{type(value).__name__} instead of {kind.__name__}")
    return value


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


# --- values that say themselves what they are -----------------------------------------------------


def packed(value: Any) -> Any:
    """Any value of a result or a problem as JSON; what is none of ours becomes its text."""
    match value:
        case Enum():
            return {"word": [type(value).__name__, value.value]}
        case None | bool() | int() | float() | str():
            return value
        case UUID():
            return {"id": str(value)}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case Mapping():
            return {"map": {str(name): packed(each) for name, each in value.items()}}
        case tuple():
            return {"row": [packed(each) for each in value]}
        case list() | set() | frozenset():
            return [packed(each) for each in value]
        case _:
            return str(value)


def unpacked(value: Any) -> Any:
    """The opposite of ``packed``."""
    if isinstance(value, list):
        return [unpacked(each) for each in value]
    if not isinstance(value, dict):
        return value
    ((what, content),) = value.items()
    match what:
        case "id":
            return UUID(content)
        case "instant":
            return datetime.fromisoformat(content)
        case "day":
            return date.fromisoformat(content)
        case "time":
            return time.fromisoformat(content)
        case "row":
            return tuple(unpacked(each) for each in content)
        case "word":
            name, word = content
            kind = getattr(vocabulary, name, None)
            return kind(word) if kind is not None else word
        case _:
            return {name: unpacked(each) for name, each in content.items()}


def packed_problems(problems: tuple[Problem, ...]) -> Any:
    return [[problem.code, packed(problem.params), problem.where] for problem in problems]


def unpacked_problems(value: Any) -> tuple[Problem, ...]:
    return tuple(Problem(code, unpacked(params), where) for code, params, where in value)
