"""Who takes part in an appointment."""

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.services.work import Work


def client_of(work: Work, appointment: Appointment) -> Client | None:
    """The client an appointment is about and its letters go to: the first participant with a
    record; None for a visitor without one."""
    for participant in work.reader.find(Participant, appointment_id=appointment.id, order_by="id"):
        if participant.client_id is not None:
            return work.get(Client, participant.client_id)
    return None
