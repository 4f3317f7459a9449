"""What is asked of the slot search."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.vocabulary import Channel, Urgency, VisitNeed


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotQuery:
    """What is wanted. ``by_letter``: the client learns of it by a letter made now.

    ``ignore_appointment`` is the appointment being moved. ``latest`` is exclusive; default 60
    days after ``earliest``. ``advisor_ids`` empty: every advisor of the office. Only rooms that
    hold ``persons`` (0: any room) and meet ``needs`` count.
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
    persons: int = 0
    needs: frozenset[VisitNeed] = frozenset()
