"""``export store``, ``import store`` and ``move``: a whole office into another database."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from koba_desktop.cli import options
from koba_desktop.cli.output import worded
from koba_desktop.cli.session import Session, add_command
from koba_desktop.cli.wiring import Moved, Wiring
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import number


def add_transfer_commands(app: typer.Typer, wiring: Wiring, imports: typer.Typer) -> typer.Typer:
    """``imports`` is the group of what is imported. Returns the group of what is exported."""
    exports = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(exports, name="export", help=_("Export the whole office, or the audit."))

    @add_command(exports, wiring, "store", _("Write the whole office into one encrypted file."))
    def export_store(
        session: Session,
        output: Annotated[Path, options.output()],
        file_key: Annotated[
            Path | None,
            typer.Option(
                "--file-key", help=_("File with the key of the exported file; made if missing.")
            ),
        ] = None,
    ) -> int:
        moved = session.wiring.export_store(session.target, output, file_key, session.out.progress)
        return _answer(session, moved)

    @add_command(imports, wiring, "store", _("Load an exported office into an empty database."))
    def import_store(
        session: Session,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The exported file."))],
        file_key: Annotated[
            Path | None,
            typer.Option(
                "--file-key", help=_("File with the key or the recovery key of the exported file.")
            ),
        ] = None,
    ) -> int:
        moved = session.wiring.import_store(file, file_key, session.target, session.out.progress)
        return _answer(session, moved)

    @add_command(app, wiring, "move", _("Copy the whole office into another, empty database."))
    def move(
        session: Session,
        source: Annotated[
            str, typer.Option("--from", metavar="URL", help=_("The database that has the office."))
        ],
        target: Annotated[
            str, typer.Option("--to", metavar="URL", help=_("The database that is to have it."))
        ],
    ) -> int:
        moved = session.wiring.move_store(
            replace(session.target, database=source),
            replace(session.target, database=target),
            session.out.progress,
        )
        return _answer(session, moved)

    return exports


def _answer(session: Session, moved: Moved) -> int:
    """0 where every row arrived as it was; else 1, and nothing was kept."""
    findings = [worded(problem) for problem in moved.findings]
    rows = sum(moved.tables.values())
    result = {
        "database": moved.database,
        "tables": moved.tables,
        "rows": rows,
        "seconds": moved.seconds,
        "verified": not findings,
        "findings": findings,
        "recovery_key": moved.recovery_key,
    }
    if findings:
        lines = [f"{finding['message']} [{finding['where']}]" for finding in findings]
        lines.append(_("Not everything arrived as it was. Nothing was kept."))
    else:
        lines = [
            _("{rows} entries moved and compared in {seconds} s: {database}").format(
                rows=number(rows), seconds=number(moved.seconds, 1), database=moved.database
            )
        ]
        if moved.recovery_key:
            lines += [
                _("Recovery key, shown this once: {key}").format(key=moved.recovery_key),
                _("Print it and lock it away: without it a lost key cannot be replaced."),
            ]
    session.out.answer(result, lines)
    return 1 if findings else 0
