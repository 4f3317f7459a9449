"""An appointment nobody came to, or answered."""

from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.vocabulary import AppointmentState, CallReason, ChangeKind
from koba_desktop.services.appointments.becoming import become
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.people import client_of
from koba_desktop.services.appointments.rooming import release
from koba_desktop.services.contacts.tasks import open_task
from koba_desktop.services.letters.telling import void_unprinted
from koba_desktop.services.work import Work


def miss(work: Work, before: Appointment) -> UUID | None:
    """The place is given back, what waits to be printed is not, and somebody calls and asks: a
    missed telephone appointment has no other consequence.

    Returns the call task; None where there is nobody to call. Raises Refused
    ``state_not_possible`` (from, to).
    """
    after = become(work, before, AppointmentState.MISSED)
    release(work, before.id)
    void_unprinted(work, before.id)
    remember(work, ChangeKind.STATE, before, after)
    client = client_of(work, after)
    if client is None:
        return None
    task = open_task(
        work,
        client,
        after.advisor_id,
        CallReason.MISSED_APPOINTMENT,
        work.now,
        kind_id=after.kind_id,
        appointment_id=after.id,
    )
    return task.id
