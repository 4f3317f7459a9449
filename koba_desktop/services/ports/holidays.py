"""What the use cases need to know of public holidays."""

from datetime import date
from typing import Protocol


class Holidays(Protocol):
    def name(self, day: date) -> str | None:
        """The public holiday of the office's state on that day, in the language of the screen;
        None on other days."""

    def is_holiday(self, day: date) -> bool: ...
