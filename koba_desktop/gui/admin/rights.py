"""Who may change what of the administration."""

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Role
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.who_am_i import roles_in_force
from koba_desktop.i18n import _


def read_only_reason(desk: Desk) -> str:
    """Why the person at this PC may only look, in this office today; "" if he or she may change."""
    if _administrates(desk) or _leads(desk):
        return ""
    return _(
        "Only the administration and the lead of this office can change these data. "
        "You can see here what holds."
    )


def record_reason(desk: Desk, record: Changeable) -> str:
    """Why this record may only be looked at by somebody who may change others."""
    other = isinstance(record, Office) and record.id != desk.actor.office_id
    if other and not _administrates(desk):
        return _("Only the administration changes other offices.")
    return ""


def _administrates(desk: Desk) -> bool:
    roles = roles_in_force(desk.book, desk.actor.staff_id, desk.today())
    return any(each.role is Role.ADMINISTRATOR for each in roles)


def _leads(desk: Desk) -> bool:
    return any(
        each.role is Role.LEAD and each.office_id == desk.actor.office_id
        for each in roles_in_force(desk.book, desk.actor.staff_id, desk.today())
    )
