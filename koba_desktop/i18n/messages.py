"""What the screen says for a code: what happened, and what to do about it.

The sentences stand in ``refusals`` and the modules named ``…_messages``. Codes are stable English
(in JSON, logs and tests), sentences are in the language in force. Their ``{name}`` places
are filled from the params of the problem: days, instants and vocabulary values are written as the
screen writes them, also where they went through JSON and became ISO texts.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any, Protocol

from koba_desktop.domain.errors import OfficeError
from koba_desktop.i18n import (
    formats,
    office_messages,
    outage_messages,
    program_messages,
    transfer_messages,
    wording_messages,
)
from koba_desktop.i18n.catalogue import _, language
from koba_desktop.i18n.refusals import refusals
from koba_desktop.i18n.words import word

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(T.+([+-]\d{2}:\d{2}|Z))?")


class Coded(Protocol):
    """A problem, a refusal of a slot: anything with a code and what fills its sentence."""

    @property
    def code(self) -> str: ...

    @property
    def params(self) -> Mapping[str, Any]: ...


def message(problem: Coded) -> str:
    """The sentence for a problem; a code nobody wrote a sentence for is named as it is."""
    return text_of(problem.code, problem.params)


def text_of(code: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence for a code, its places filled from ``params``."""
    text = _texts(language()).get(code)
    if text is None:
        return _("This is not possible ({code}).").format(code=code)
    return text.format_map(_Filling(params or {}))


def describe(error: OfficeError) -> str:
    """Everything an error has to say, one line a problem."""
    return "\n".join(dict.fromkeys(message(problem) for problem in error.problems))


def known_codes() -> frozenset[str]:
    """All codes with a sentence of their own."""
    return frozenset(_texts(language()))


class _Filling(dict[str, str]):
    """The params of a problem as words; what is missing shows as a gap instead of an error."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({name: _shown(value) for name, value in params.items()})

    def __missing__(self, name: str) -> str:
        return "…"


def _shown(value: Any) -> str:
    match value:
        case StrEnum():
            return _word_or_value(value)
        case str():
            read = _read(value)
            return value if read is None else _shown(read)
        case (datetime() as starts, datetime() as ends):
            return formats.span_of(starts, ends)
        case datetime():
            return formats.moment_of(value)
        case date():
            return formats.date_short(value)
        case time():
            return f"{value:%H:%M}"
        case float():
            return formats.number(value, 1)
        case None:
            return "–"
        case Iterable():
            return ", ".join(_shown(part) for part in value)
    return str(value)


def _read(text: str) -> date | datetime | None:
    if not _ISO.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return None


def _word_or_value(value: StrEnum) -> str:
    try:
        return word(value)
    except KeyError:
        return value.value


@cache
def _texts(code: str) -> Mapping[str, str]:
    return {
        **office_messages.texts(),
        **program_messages.texts(),
        **transfer_messages.texts(),
        **outage_messages.texts(),
        **wording_messages.texts(),
        **refusals(),
    }
