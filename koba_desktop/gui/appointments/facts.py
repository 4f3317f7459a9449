"""What the editor asks the database while the form is being filled, in one read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.modes import mode_at
from koba_desktop.domain.places import Choice
from koba_desktop.domain.vocabulary import Channel, Mode, VisitNeed
from koba_desktop.gui.appointments.content import Content
from koba_desktop.services.clients.card import good_phones
from koba_desktop.services.modes.history import mode_history
from koba_desktop.services.office.book import setting
from koba_desktop.services.reception.visits import needs_of_client
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from koba_desktop.services.slots.finding import (
    SlotAnswer,
    SlotQuery,
    SlotRefusal,
    explain_slot,
    find_slots,
)
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """``moving`` is the appointment being edited; ``unchanged``: it stays where it is, so nothing
    is explained. ``everybody`` looks for free times of all advisors."""

    office_id: UUID
    content: Content
    moving: UUID | None = None
    unchanged: bool = False
    everybody: bool = False

    def query(self, advisors: tuple[UUID, ...], earliest: datetime | None = None) -> SlotQuery:
        content = self.content
        return SlotQuery(
            office_id=self.office_id,
            minutes=content.minutes,
            channel=content.channel,
            advisor_ids=advisors,
            client_id=content.client_id,
            kind_id=content.kind_id,
            urgency=content.urgency,
            earliest=earliest,
            by_letter=content.by_letter,
            ignore_appointment=self.moving,
            persons=content.persons if content.place_id is None else 0,
        )

    def places(self, needs: frozenset[VisitNeed]) -> PlaceQuery:
        content = self.content
        return PlaceQuery(
            office_id=self.office_id,
            persons=content.persons,
            minutes=content.minutes,
            needs=needs,
            starts=content.starts,
            channel=content.channel,
            ignore_appointment=self.moving,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """``refusals`` empty: the time is free (None: not asked). ``surcharge`` in percent."""

    phones: tuple[ClientPhone, ...]
    mode: Mode
    surcharge: float
    refusals: tuple[SlotRefusal, ...] | None
    slots: SlotAnswer
    places: Choice | None = None  # None: nobody comes to the office


def gather(view: View, question: Question) -> Facts:
    content = question.content
    phones: tuple[ClientPhone, ...] = ()
    if content.client_id is not None:
        phones = good_phones(view, content.client_id)
    refusals = None
    places = None
    if content.channel is not Channel.TELEPHONE:
        places = suggest_places(view, question.places(_needs(view, content.client_id))).choice
    advisors = (content.advisor_id,) if content.advisor_id is not None else ()
    if advisors and not question.unchanged:
        refusals = explain_slot(view, question.query(advisors), content.starts)
    return Facts(
        phones=phones,
        mode=mode_at(mode_history(view, question.office_id), content.starts),
        surcharge=float(setting(view, question.office_id, "duration.surcharge_percent")),
        refusals=refusals,
        slots=find_slots(view, question.query(() if question.everybody else advisors)),
        places=places,
    )


def _needs(view: View, client_id: UUID | None) -> frozenset[VisitNeed]:
    client = view.reader.get(Client, client_id) if client_id is not None else None
    return frozenset(needs_of_client(client))
