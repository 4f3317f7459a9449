"""``import clients``: what a specialist program exported."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from koba_desktop.cli import options
from koba_desktop.cli.session import Session, actor, add_command, book_of
from koba_desktop.cli.wiring import Wiring
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import text_of
from koba_desktop.services.clients.importing import ImportClients
from koba_desktop.services.clients.reading import ReadingNote


def add_import_commands(app: typer.Typer, wiring: Wiring) -> typer.Typer:
    """Returns the group, for imports of other kinds."""
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="import", help=_("Import what other programs exported."))

    @add_command(group, wiring, "clients", _("Create and update clients from a CSV export."))
    def clients(
        session: Session,
        file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The exported file."))],
        acting: Annotated[str | None, options.acting(_("Who imports."))] = None,
    ) -> int:
        data = _content(file)
        with session.services() as services:
            book = book_of(services)
            who = actor(services, acting)
            with services.view() as view:
                today = view.today
            read = session.wiring.read_clients(data, book.offices, book.staff, today=today)
            receipt = services.execute(ImportClients(records=read.records), who)
        for note in read.notes:
            session.out.tell(_note_line(note))
        if read.ignored:
            session.out.tell(
                _("Columns that were not used: {columns}").format(columns=", ".join(read.ignored))
            )
        result = {
            **receipt.result,
            "refused": [_worded(entry) for entry in receipt.result["refused"]],
        }
        session.out.answer(result, _lines(result))
        return 1 if result["refused"] else 0

    return group


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        problem = Problem("file_unreadable", {"file": file, "reason": error.strerror}, where="FILE")
        raise Refused(problem) from error


def _worded(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A refusal with its sentence instead of what fills it."""
    told = {name: value for name, value in entry.items() if name != "params"}
    return {**told, "message": text_of(entry["code"], entry.get("params", {}))}


def _note_line(note: ReadingNote) -> str:
    return _place(note.line, note.column, note.value) + text_of(note.code, note.params)


def _place(line: int, column: str, value: str) -> str:
    if not value:
        return _("Line {line}, {column}: ").format(line=line, column=column)
    return _("Line {line}, {column} “{value}”: ").format(line=line, column=column, value=value)


def _lines(result: Mapping[str, Any]) -> list[str]:
    summary = _(
        "{rows} records: {created} created, {updated} updated, {unchanged} unchanged, "
        "{refused} refused"
    ).format(
        rows=result["rows"],
        created=result["created"],
        updated=result["updated"],
        unchanged=result["unchanged"],
        refused=len({entry["record"] for entry in result["refused"]}),
    )
    return [
        *(
            _place(entry["line"], entry["column"], entry["value"]) + entry["message"]
            for entry in result["refused"]
        ),
        summary,
    ]
