"""What the use cases need to know of public holidays."""

from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    pass


class Holidays(Protocol):
    def name(self, day: date) -> str | None:
        """The public holiday of the office's state on that day, in the language of the screen."""
