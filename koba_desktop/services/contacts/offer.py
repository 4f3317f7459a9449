"""The letter that is offered when the ladder is exhausted, with a slot already chosen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from koba_desktop.services.slots.finding import Slot
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalChain:
    """The days that lead to the earliest proposal (domain rules § 3), for the strip of days."""

    posting: date
    deemed: date  # § 37(2) SGB X
    delivery: date
    preparation: tuple[date, ...]  # the k working days; the last of them is ``earliest``
    earliest: date
    deemed_days: int  # 3 or 4
    before_collection: bool  # True: posted today
    collection: str  # "14:00"
    closed_days: dict[date, str]  # holidays between posting and earliest, with their names


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCount:
    hour: int
    tried: int
    reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOffer:
    """Everything the offer shows; ``slots`` holds up to ten first openings on different days."""

    client_id: UUID
    advisor_id: UUID
    kind_id: UUID
    kind_name: str
    minutes: int
    phone: str
    chain: PostalChain
    slots: tuple[Slot, ...]
    ladder_needed: int
    ladder_made: int
    exhausted: bool
    best_hour: int | None
    skipped: dict[str, int]


def postal_chain(view: View, office_id: UUID) -> PostalChain:
    """The chain for a letter made at ``view.now``."""
    raise NotImplementedError


def letter_offer(
    view: View, client_id: UUID, *, task_id: UUID | None = None, advisor_id: UUID | None = None
) -> LetterOffer:
    """The offer for a client; the advisor is the task's, else the client's, else the viewer."""
    raise NotImplementedError


def reached_hours(view: View, client_id: UUID) -> tuple[HourCount, ...]:
    """At which hours (8–17) of the wall clock calls to this client were tried and reached."""
    raise NotImplementedError
