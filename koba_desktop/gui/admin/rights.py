"""Who may change what of the administration, as the screen knows before anything is saved.

The services decide (``services.office.permission``); this tells it beforehand, with the reason.
"""

from uuid import UUID

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Absence, StaffRole, WorkingPattern
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Role
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.who_am_i import roles_in_force
from koba_desktop.i18n import _
from koba_desktop.services.office.book import OfficeBook

_GIVEN_BY_ADMINISTRATORS = (Role.ADMINISTRATOR, Role.DATA_PROTECTION)


def administrates(desk: Desk) -> bool:
    """Whether the person at this PC looks after the data of all offices."""
    roles = roles_in_force(desk.book, desk.actor.staff_id, desk.today())
    return any(each.role is Role.ADMINISTRATOR for each in roles)


def read_only_reason(desk: Desk) -> str:
    """Why the person at this PC may only look, in this office today; "" if he or she may change."""
    if administrates(desk) or _leads(desk):
        return ""
    return _(
        "Only administrators and the lead of this office can change this. Here you can see "
        "what applies."
    )


def record_reason(desk: Desk, record: Changeable) -> str:
    """Why the lead of an office may only look at this record; "" where it may be changed."""
    if administrates(desk):
        return ""
    if isinstance(record, StaffRole) and record.role in _GIVEN_BY_ADMINISTRATORS:
        return _("Only administrators can give this role.")
    if _office_of(desk.book, record) != desk.actor.office_id:
        return _("This does not concern your office alone: only administrators can change it.")
    return ""


def _leads(desk: Desk) -> bool:
    return any(
        each.role is Role.LEAD and each.office_id == desk.actor.office_id
        for each in roles_in_force(desk.book, desk.actor.staff_id, desk.today())
    )


def _office_of(book: OfficeBook, record: Changeable) -> UUID | None:
    """The one office a record belongs to; None for what holds in all of them."""
    if isinstance(record, Office):
        return record.id
    if isinstance(record, WorkingPattern | Absence):
        return book.member(record.staff_id).office_id
    office_id: UUID | None = getattr(record, "office_id", None)
    return office_id
