"""Finding free slots and explaining refusals: gathers the facts, the domain decides."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.vocabulary import Channel, Urgency
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotQuery:
    """What is wanted. ``by_letter``: the client learns of it by a letter made now.

    ``ignore_appointment`` is the appointment being moved. ``latest`` is exclusive; default 60
    days after ``earliest``. ``advisor_ids`` empty: every advisor of the office.
    """

    office_id: UUID
    minutes: int
    channel: Channel = Channel.TELEPHONE
    advisor_ids: tuple[UUID, ...] = ()
    client_id: UUID | None = None
    kind_id: UUID | None = None
    urgency: Urgency = Urgency.NONE
    earliest: datetime | None = None
    latest: datetime | None = None
    by_letter: bool = False
    ignore_appointment: UUID | None = None
    limit: int = 10
    one_per_day: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    starts: datetime
    ends: datetime
    advisor_id: UUID
    advisor_name: str
    advisor_initials: str
    channel: Channel
    best_hour: bool = False  # the client was reached at this hour before


@dataclass(frozen=True, slots=True)
class SlotRefusal:
    """Why a slot is not free: ``code`` is one of ``mode_suspends``, ``outside_hours``,
    ``office_closed``, ``holiday``, ``advisor_absent``, ``outside_pattern``, ``advisor_busy``,
    ``client_busy``, ``room_busy``, ``airing``, ``cap_reached``, ``too_early_by_post``,
    ``in_the_past``, ``channel_not_allowed``, ``held``.

    ``override`` names the least override that opens it (the same code), None where the database
    itself refuses.
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)
    override: str | None = None


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    slots: tuple[Slot, ...]
    skipped: dict[str, int]  # refusal code -> how many candidate slots it took away


def find_slots(view: View, query: SlotQuery) -> SlotAnswer:
    """The first openings, by time."""
    raise NotImplementedError


def explain_slot(view: View, query: SlotQuery, starts: datetime) -> tuple[SlotRefusal, ...]:
    """Everything that stands against this start for ``query.advisor_ids[0]``; empty: it is free."""
    raise NotImplementedError
