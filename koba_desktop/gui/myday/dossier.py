"""What Mein Tag shows of one client: one read for the whole panel."""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.clients.lines import Key
from koba_desktop.services.appointments.detail import appointments_seen
from koba_desktop.services.clients.card import ClientCard, client_card
from koba_desktop.services.contacts.offer import (
    HourCount,
    LetterOffer,
    letter_offer,
    reached_hours,
)
from koba_desktop.services.contacts.worklist import WorkItem
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is being called, and why: from a line of the worklist, or chosen elsewhere."""

    client_id: UUID
    task_id: UUID | None = None
    appointment_id: UUID | None = None

    @classmethod
    def of(cls, item: WorkItem) -> "Subject":
        return cls(item.client_id, item.task_id, item.appointment_id)

    @property
    def key(self) -> Key:
        """The line of the worklist it stands in."""
        return self.client_id, self.task_id, self.appointment_id


@dataclass(frozen=True, slots=True)
class Dossier:
    """``offer`` is None where no letter can be offered, and ``no_offer`` says why."""

    subject: Subject
    card: ClientCard
    hours: tuple[HourCount, ...]
    offer: LetterOffer | None
    no_offer: OfficeError | None
    appointment: AppointmentRow | None

    @property
    def task_id(self) -> UUID | None:
        """The call task in hand: the line's, else the client's open one."""
        if self.subject.task_id is not None:
            return self.subject.task_id
        return self.card.open_task.id if self.card.open_task is not None else None


def dossier(view: View, subject: Subject) -> Dossier:
    card = client_card(view, subject.client_id)
    offer: LetterOffer | None = None
    no_offer: OfficeError | None = None
    task_id = subject.task_id or (card.open_task.id if card.open_task is not None else None)
    try:
        offer = letter_offer(view, subject.client_id, task_id=task_id)
    except OfficeError as error:
        no_offer = error
    rows: list[AppointmentRow] = []
    if subject.appointment_id is not None:
        rows = appointments_seen(view, [subject.appointment_id])
    return Dossier(
        subject,
        card,
        reached_hours(view, subject.client_id),
        offer,
        no_offer,
        rows[0] if rows else None,
    )
