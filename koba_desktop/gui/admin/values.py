"""How the values of records stand in a form: as JSON content that a draft can keep.

A codec turns a value into what its input shows (``encode``) and back (``decode``, which raises
Wrong), and says it in a word or two for a table (``shown``).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from koba_desktop.domain.clock import instant, wall
from koba_desktop.gui.dates import parse_date
from koba_desktop.i18n import _, formats, language


class Input(StrEnum):
    """What a field looks like."""

    LINE = "line"  # content: str
    LINES = "lines"  # content: str with line breaks
    CHOICE = "choice"  # content: the key of an option
    TICKS = "ticks"  # content: list of keys
    CHECK = "check"  # content: bool


class Wrong(Exception):
    """What was typed is no such value; ``code`` has a sentence in ``i18n.messages``."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Codec:
    """A text on one line, without blanks around it."""

    input: ClassVar[Input] = Input.LINE

    def encode(self, value: Any) -> Any:
        return value

    def decode(self, content: Any) -> Any:
        return content.strip()

    def shown(self, content: Any) -> str:
        return str(content)


@dataclass(frozen=True, slots=True)
class OptionalText(Codec):
    """A text; an empty one is None."""

    def encode(self, value: str | None) -> str:
        return value or ""

    def decode(self, content: str) -> str | None:
        return content.strip() or None


@dataclass(frozen=True, slots=True)
class Paragraph(Codec):
    """A text of several lines."""

    input: ClassVar[Input] = Input.LINES

    def shown(self, content: str) -> str:
        return " ".join(content.split())


@dataclass(frozen=True, slots=True)
class Lines(Codec):
    """Texts, one a line; empty lines do not count. ``container`` is what the record holds."""

    input: ClassVar[Input] = Input.LINES
    container: type[tuple[str, ...]] | type[list[str]] = tuple

    def encode(self, value: tuple[str, ...] | list[str] | None) -> str:
        return "\n".join(value or ())

    def decode(self, content: str) -> tuple[str, ...] | list[str]:
        return self.container(line.strip() for line in content.splitlines() if line.strip())

    def shown(self, content: str) -> str:
        return " · ".join(line.strip() for line in content.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Words(Codec):
    """Any number of words on one line, with commas between them."""

    def encode(self, value: list[str]) -> str:
        return ", ".join(value)

    def decode(self, content: str) -> list[str]:
        return [word.strip() for word in content.split(",") if word.strip()]


@dataclass(frozen=True, slots=True)
class Day(Codec):
    """A day of the calendar."""

    optional: bool = False

    def encode(self, value: date | None) -> str:
        return "" if value is None else formats.date_short(value)

    def decode(self, content: str) -> date | None:
        return _day(content) if _optional(content, self.optional) else None


@dataclass(frozen=True, slots=True)
class TimeOfDay(Codec):
    """A time of the wall clock; also typed "8", "830" or "8.30"."""

    optional: bool = False

    def encode(self, value: time | None) -> str:
        return "" if value is None else f"{value:%H:%M}"

    def decode(self, content: str) -> time | None:
        return _time(content) if _optional(content, self.optional) else None


@dataclass(frozen=True, slots=True)
class TimeText(Codec):
    """A time of day that the record keeps as text, "14:00"."""

    def decode(self, content: str) -> str:
        _optional(content, False)
        return f"{_time(content):%H:%M}"


@dataclass(frozen=True, slots=True)
class Moment(Codec):
    """An instant: day and time of the wall clock. A day alone is the whole of it: midnight, at
    which it begins or, with ``end``, at which it is over."""

    end: bool = False

    def encode(self, value: datetime) -> str:
        read = wall(value)
        if read.time() != time():
            return f"{formats.date_short(read.date())} {read:%H:%M}"
        return formats.date_short(read.date() - timedelta(days=1 if self.end else 0))

    def decode(self, content: str) -> datetime:
        _optional(content, False)
        day, _blank, at = content.strip().partition(" ")
        if at.strip():
            return instant(_day(day), _time(at))
        return instant(_day(day) + timedelta(days=1 if self.end else 0), time())


@dataclass(frozen=True, slots=True)
class Whole(Codec):
    """A whole number, of ``least`` or more."""

    optional: bool = False
    least: int | None = None

    def encode(self, value: int | None) -> str:
        return "" if value is None else str(value)

    def decode(self, content: str) -> int | None:
        if not _optional(content, self.optional):
            return None
        try:
            number = int(content.strip())
        except ValueError:
            raise Wrong("no_such_number", typed=content) from None
        if self.least is not None and number < self.least:
            raise Wrong("not_positive")
        return number


@dataclass(frozen=True, slots=True)
class Decimal(Codec):
    """A number with decimals, typed with comma or point."""

    optional: bool = False

    def encode(self, value: float | None) -> str:
        if value is None:
            return ""
        return f"{value:g}".replace(".", "," if language() == "de" else ".")

    def decode(self, content: str) -> float | None:
        if not _optional(content, self.optional):
            return None
        typed = content.strip().replace(",", ".")
        if not re.fullmatch(r"-?\d{1,6}(\.\d{1,4})?", typed):
            raise Wrong("no_such_number", typed=content)
        return float(typed)


@dataclass(frozen=True, slots=True)
class Choice(Codec):
    """One of several values. ``options`` are (value, what the screen calls it)."""

    input: ClassVar[Input] = Input.CHOICE
    options: tuple[tuple[Any, str], ...] = ()

    def encode(self, value: Any) -> str:
        return _key(value)

    def decode(self, content: str) -> Any:
        for value, _text in self.options:
            if _key(value) == content:
                return value
        raise Wrong("field_missing")

    def shown(self, content: str) -> str:
        return next((text for value, text in self.options if _key(value) == content), "")


@dataclass(frozen=True, slots=True)
class Ticks(Codec):
    """Any number of several values, in the order of ``options``; ``none`` is shown for none."""

    input: ClassVar[Input] = Input.TICKS
    options: tuple[tuple[Any, str], ...] = ()
    container: type[tuple[Any, ...]] | type[list[Any]] = tuple
    none: str = ""

    def encode(self, value: tuple[Any, ...] | list[Any]) -> list[str]:
        return [_key(option) for option, _text in self.options if option in value]

    def decode(self, content: list[str]) -> tuple[Any, ...] | list[Any]:
        return self.container(option for option, _text in self.options if _key(option) in content)

    def shown(self, content: list[str]) -> str:
        texts = [text for option, text in self.options if _key(option) in content]
        return ", ".join(texts) or self.none


@dataclass(frozen=True, slots=True)
class Check(Codec):
    """Yes or no."""

    input: ClassVar[Input] = Input.CHECK

    def decode(self, content: bool) -> bool:
        return content

    def shown(self, content: bool) -> str:
        return _("yes") if content else _("no")


def keyed(options: tuple[tuple[Any, str], ...]) -> tuple[tuple[str, str], ...]:
    """The options as an input knows them: (key, text)."""
    return tuple((_key(value), text) for value, text in options)


def _key(value: Any) -> str:
    return "" if value is None else str(value)


def _optional(content: str, optional: bool) -> bool:
    """Whether something was typed. Raises Wrong where that has to be."""
    if not content.strip() and not optional:
        raise Wrong("field_missing")
    return bool(content.strip())


_CENTURY_ENDS = date(2099, 12, 31)
"""Years of two digits are of this century: "31.12.30" is 2030."""


def _day(typed: str) -> date:
    try:
        return parse_date(typed, _CENTURY_ENDS)
    except ValueError:
        raise Wrong("no_such_day", typed=typed.strip()) from None


_TIME = re.compile(r"(\d{1,2})(?:\s*[:.]\s*(\d{2}))?|(\d{1,2})(\d{2})")


def _time(typed: str) -> time:
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise Wrong("no_such_time", typed=typed.strip())
    hour, minute = found[1] or found[3], found[2] or found[4] or "0"
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise Wrong("no_such_time", typed=typed.strip()) from None
