"""What holds from a day to a day: hours, patterns, roles, profiles, representatives."""

from datetime import date
from typing import Protocol


class Dated(Protocol):
    @property
    def valid_from(self) -> date: ...

    @property
    def valid_until(self) -> date | None:
        """The last day it holds; None: without end."""


def valid_on(record: Dated, day: date) -> bool:
    """Whether it holds on a day, first and last day included."""
    return record.valid_from <= day and (record.valid_until is None or day <= record.valid_until)
