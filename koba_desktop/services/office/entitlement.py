"""What the person at the screen may see and do, asked of the database."""

from datetime import date
from uuid import UUID

from koba_desktop.domain import rights
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


def may(view: View, right: Right, office_id: UUID) -> bool:
    """Whether the viewer has a right in an office."""
    return right in rights.rights_in(roles_of(view.reader, view.viewer, view.today), office_id)


def require(work: Work, right: Right, office_id: UUID) -> None:
    """Raises Refused ``not_entitled`` unless the actor has the right in the office."""
    if not may(work.view, right, office_id):
        raise not_entitled()


def require_client(view: View, client: Client) -> bool:
    """Raises Refused ``not_entitled`` where the client is none of the viewer's business; returns
    whether the viewer may read social data of the client, too."""
    roles = roles_of(view.reader, view.viewer, view.today)
    if not rights.may_see_client(roles, client, view.viewer):
        raise not_entitled(where="client_id")
    return rights.may_read_social_data(roles, client, view.viewer)


def reads_social_data(view: View, office_id: UUID, *responsible: UUID | None) -> bool:
    """Whether the viewer may read social data of an office, or is one of those responsible."""
    if view.viewer is None:
        return False
    return view.viewer in responsible or may(view, Right.READ_SOCIAL_DATA, office_id)


def not_entitled(where: str = "") -> Refused:
    return Refused(Problem("not_entitled", where=where))
