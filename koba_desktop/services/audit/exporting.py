"""Taking the audit out of the house is audited itself, before the file is written."""

from dataclasses import dataclass
from typing import Any

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import AuditAction
from koba_desktop.services.audit.reading import require_audit_reader
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.audit.wording import filter_text
from koba_desktop.services.commands import Command
from koba_desktop.services.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportAudit(Command):
    """Note in the audit that what meets the filter is exported. The event of it is part of what
    is exported afterwards, where it meets the filter.

    Raises Refused ``not_entitled``.
    """

    wanted: AuditFilter
    format: ExportFormat


def export_audit(work: Work, command: ExportAudit) -> dict[str, Any]:
    """See ``ExportAudit``."""
    require_audit_reader(work.view)
    staff_id = command.wanted.staff_id
    member = None if staff_id is None else work.first(Staff, id=staff_id)
    words = filter_text(command.wanted, member)
    work.audit(AuditAction.EXPORT, AuditEvent, f"{command.format.upper()}: {words}")
    return {}
