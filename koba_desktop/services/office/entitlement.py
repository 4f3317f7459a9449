"""What the person at the screen may see and do, asked of the database."""

from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain import rights
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.services.ports import Reader
from koba_desktop.services.view import View
from koba_desktop.services.work import Work


def roles_of(reader: Reader, staff_id: UUID | None, today: date) -> tuple[StaffRole, ...]:
    """The roles somebody holds today, in whichever office; who left the house holds none."""
    if staff_id is None:
        return ()
    members = reader.find(Staff, id=staff_id, limit=1)
    if any(member.left_on is not None and member.left_on <= today for member in members):
        return ()
    return rights.in_force(reader.find(StaffRole, staff_id=staff_id), today)


def my_roles(view: View) -> tuple[StaffRole, ...]:
    """The roles the viewer holds today; asked once a view."""
    if view.viewer is None:
        return ()
    if view.viewer not in view.known:
        view.known[view.viewer] = roles_of(view.reader, view.viewer, view.today)
    return view.known[view.viewer]


def may(view: View, right: Right, office_id: UUID, *responsible: UUID | None) -> bool:
    """Whether the viewer has a right in an office, or over what he or she is responsible for."""
    return rights.may(my_roles(view), right, office_id, view.viewer, *responsible)


def may_somewhere(view: View, right: Right) -> bool:
    """Whether the viewer has a right in any office."""
    return rights.anywhere(my_roles(view), right)


def may_query(view: View, right: Right, office_id: UUID, *responsible: UUID | None) -> bool:
    """The same for a question the command line asks as well: it has no viewer, and the key."""
    return view.viewer is None or may(view, right, office_id, *responsible)


def require(work: Work, right: Right, office_id: UUID, *responsible: UUID | None) -> None:
    """Raises Refused ``not_entitled`` unless the actor has the right in the office, or is
    responsible."""
    if not may(work.view, right, office_id, *responsible):
        raise not_entitled()


def require_somewhere(work: Work, right: Right) -> None:
    """Raises Refused ``not_entitled`` unless the actor has the right in any office."""
    if not may_somewhere(work.view, right):
        raise not_entitled()


def require_appointment(work: Work, right: Right, appointment: Appointment) -> None:
    """Raises Refused ``not_entitled`` unless the actor may do that with the appointment: a past
    one is for who may read social data."""
    responsible = appointment.advisor_id
    require(work, right, appointment.office_id, responsible)
    if day_of(appointment.starts) < work.today and not may(
        work.view, Right.READ_SOCIAL_DATA, appointment.office_id, responsible
    ):
        raise not_entitled()


def require_client(view: View, client: Client) -> bool:
    """Raises Refused ``not_entitled`` where the client is none of the viewer's business; returns
    whether the viewer may read social data of the client, too."""
    roles = my_roles(view)
    if not rights.may_see_client(roles, client, view.viewer):
        raise not_entitled(where="client_id")
    return rights.may_read_social_data(roles, client, view.viewer)


def client_for(work: Work, right: Right, client_id: UUID) -> Client:
    """The client, if the actor has the right over it. Raises NotFound, Refused ``not_entitled``."""
    client = work.get(Client, client_id)
    require_client(work.view, client)
    require(work, right, client.office_id, client.advisor_id)
    return client


def sees_appointment(view: View, office_id: UUID, advisor_id: UUID, starts: datetime) -> bool:
    """Whether the viewer sees an appointment: of the offices in which he or she has to do with
    clients, and the own ones; a past one where he or she may read social data."""
    right = Right.SEE_CLIENTS if day_of(starts) >= view.today else Right.READ_SOCIAL_DATA
    return may(view, right, office_id, advisor_id)


def reads_social_data(view: View, office_id: UUID, *responsible: UUID | None) -> bool:
    """Whether the viewer may read social data of an office, or is one of those responsible."""
    return may(view, Right.READ_SOCIAL_DATA, office_id, *responsible)


def not_entitled(where: str = "") -> Refused:
    return Refused(Problem("not_entitled", where=where))
