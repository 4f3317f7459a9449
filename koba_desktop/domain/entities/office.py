"""Offices, when they are open, and what they have decided."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Changeable):
    """One site (Regionalstelle).

    ``return_line`` is what the envelope window may show above the address (never "Jobcenter").
    ``district_key`` is the five-character key of the district, "15085" for Harz.
    """

    name: str
    short_name: str
    street: str
    postcode: str
    town: str
    return_line: str
    reply_lines: tuple[str, ...] = ()  # where the reply slip goes back to
    phone: str = ""
    email: str = ""
    district_key: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours(Changeable):
    """Speaking hours on one weekday (ISO, Monday = 1) for one channel, ``opens`` to ``closes``."""

    office_id: UUID
    channel: Channel
    weekday: int
    opens: time
    closes: time
    valid_from: date
    valid_until: date | None = None  # last day it holds


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingDay(Changeable):
    """An exception to the pattern on one day: closed, or (with times) open only from–to.

    ``channel`` None means every channel. Exceptions beat patterns.
    """

    office_id: UUID
    day: date
    reason: str
    channel: Channel | None = None
    opens: time | None = None
    closes: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Changeable):
    """One policy value with its validity; ``office_id`` None holds for all offices."""

    key: str
    value: Any
    valid_from: date
    office_id: UUID | None = None
