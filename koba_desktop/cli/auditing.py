"""``export audit``: the events of some days as a file, for those entitled; the export is noted."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from koba_desktop.cli import options
from koba_desktop.cli.files import require_new
from koba_desktop.cli.session import Session, actor, add_command
from koba_desktop.cli.wiring import Wiring
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.audit.exporting import ExportAudit
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.audit.writing import AuditExport, write_audit


def add_audit_commands(exports: typer.Typer, wiring: Wiring) -> None:
    """``exports`` is the group of what is exported."""

    @add_command(exports, wiring, "audit", _("Write the audit of some days into a file."))
    def export_audit(
        session: Session,
        output: Annotated[Path, options.output()],
        first: Annotated[
            date | None, options.day(_("First day; default: the first."), "--from")
        ] = None,
        until: Annotated[
            date | None, options.day(_("Last day; default: today."), "--until")
        ] = None,
        kind: Annotated[
            ExportFormat | None,
            typer.Option("--format", help=_("Kind of file; default: as its name ends, or CSV.")),
        ] = None,
        force: Annotated[bool, options.force()] = False,
        acting: Annotated[
            str | None, options.acting(_("Who exports; is noted in the audit."))
        ] = None,
    ) -> None:
        if first is not None and until is not None and until < first:
            raise Refused(Problem("ends_before_start", where="--until"))
        require_new(output, force=force)
        kind = kind or _kind_of(output)
        wanted = AuditFilter(first=first, last=until)
        with session.services() as services:
            who = actor(services, acting)
            services.execute(ExportAudit(wanted=wanted, format=kind), who)
            order = AuditExport(wanted=wanted, format=kind, path=output, viewer=who.staff_id)
            written = write_audit(services, order, session.out.progress)
        assert written is not None  # nobody stops it
        session.out.answer(
            {"file": output, "format": kind, "events": written},
            [
                ngettext(
                    "{n} event exported: {file}", "{n} events exported: {file}", written
                ).format(n=formats.number(written), file=output)
            ],
        )


def _kind_of(file: Path) -> ExportFormat:
    ending = file.suffix[1:].lower()
    return ExportFormat(ending) if ending in list(ExportFormat) else ExportFormat.CSV
