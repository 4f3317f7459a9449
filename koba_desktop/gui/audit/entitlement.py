"""Who sees the audit in the window; the services decide again (``services.audit.reading``)."""

from uuid import UUID

from PySide6.QtWidgets import QMenu

from koba_desktop.domain.rights import may_read_audit
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.who_am_i import roles_in_force
from koba_desktop.i18n import _


def reads_audit(desk: Desk) -> bool:
    """Whether the person at this PC may read the audit today."""
    return may_read_audit(roles_in_force(desk.book, desk.actor.staff_id, desk.today()))


def offer_audit(menu: QMenu, desk: Desk, object_id: UUID) -> None:
    """At the end of an object's menu the way to its audit, for those entitled."""
    if reads_audit(desk):
        menu.addSeparator()
        action = menu.addAction(_("&Audit of this entry"))
        theme.bind_icon(action, "list")
        action.triggered.connect(lambda: desk.audit_requested.emit(object_id))
