"""What a command changed; the screens decide from it whether to ask again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Topic(StrEnum):
    CLIENTS = "clients"
    CONTACTS = "contacts"
    APPOINTMENTS = "appointments"
    ROOMS = "rooms"
    LETTERS = "letters"
    WORDINGS = "wordings"  # of letters
    MODES = "modes"
    OFFICE = "office"  # offices, staff, hours, settings, kinds of appointment
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Topics, ids and wall-clock days touched.

    ``everything`` stands for "it is not known what". ``foreign``: another program did it; the days
    are not known then.
    """

    topics: frozenset[Topic] = frozenset()
    ids: frozenset[UUID] = frozenset()
    days: frozenset[date] = frozenset()
    everything: bool = False
    foreign: bool = False

    @property
    def own(self) -> bool:
        """Whether this window did it, and knows what."""
        return not self.everything and not self.foreign

    def concerns(self, *topics: Topic) -> bool:
        return self.everything or not self.topics.isdisjoint(topics)


EVERYTHING = ChangeSet(everything=True)
