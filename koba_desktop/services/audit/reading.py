"""Reading the audit: for administrators and the data protection officer (domain rules § 7)."""

from dataclasses import replace

from koba_desktop.domain import rights
from koba_desktop.services.audit.rows import AuditFilter, AuditKey, AuditPage
from koba_desktop.services.office.entitlement import not_entitled, roles_of
from koba_desktop.services.storable import searchable
from koba_desktop.services.view import View

PAGE = 200


def require_audit_reader(view: View) -> None:
    """Raises Refused ``not_entitled``. Nobody at all is the command line, which has the key."""
    if view.viewer is None:
        return
    if not rights.may_read_audit(roles_of(view.reader, view.viewer, view.today)):
        raise not_entitled()


def audit_page(
    view: View, wanted: AuditFilter, limit: int = PAGE, after: AuditKey | None = None
) -> AuditPage:
    """The latest events that meet the filter, or those that come ``after`` one already shown.

    What is written meanwhile moves no page. Raises Refused ``not_entitled``.
    """
    require_audit_reader(view)
    rows = view.reader.audit_events(_askable(wanted), limit=limit + 1, after=after)
    return AuditPage(tuple(rows[:limit]), len(rows) > limit)


def count_audit(view: View, wanted: AuditFilter) -> int:
    """How many events meet the filter. Raises Refused ``not_entitled``."""
    require_audit_reader(view)
    return view.reader.count_audit_events(_askable(wanted))


def _askable(wanted: AuditFilter) -> AuditFilter:
    return replace(
        wanted,
        object_kind=searchable(wanted.object_kind),
        subject=searchable(wanted.subject),
        field=searchable(wanted.field),
        reason=searchable(wanted.reason),
    )
