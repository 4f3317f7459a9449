"""``init``, ``migrate``, ``backup``, ``check`` and ``demo-data``: the database as a whole."""

import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from koba_desktop.cli.output import worded
from koba_desktop.cli.session import Session, add_command
from koba_desktop.cli.values import day_of
from koba_desktop.cli.wiring import DemoOrder, Wiring
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import number

_MEGABYTE = 1_000_000


def add_database_commands(app: typer.Typer, wiring: Wiring) -> None:
    @add_command(app, wiring, "init", _("Make a new, empty database."))
    def init(
        session: Session,
        create_database: Annotated[
            bool,
            typer.Option(
                "--create-database", help=_("Shared database: make it on the server as well.")
            ),
        ] = False,
    ) -> None:
        made = session.wiring.create(session.target, create_database)
        lines = [_("Database made: {database}").format(database=made.database)]
        if made.recovery_key:
            lines += [
                _("Recovery key, shown this once: {key}").format(key=made.recovery_key),
                _("Print it and lock it away: without it a lost key cannot be replaced."),
            ]
        session.out.answer(
            {
                "database": made.database,
                "schema": made.schema,
                "recovery_key": made.recovery_key,
            },
            lines,
        )

    @add_command(app, wiring, "migrate", _("Bring a database up to this program's schema."))
    def migrate(session: Session) -> None:
        done = session.wiring.migrate(session.target)
        line = (
            _("The schema is up to date ({schema}).")
            if done.before == done.after
            else _("The schema was brought from {before} to {schema}.")
        )
        session.out.answer(
            {"before": done.before, "schema": done.after},
            [line.format(before=done.before, schema=done.after)],
        )

    @add_command(app, wiring, "backup", _("Make a copy of the database and check that it opens."))
    def backup(
        session: Session,
        output: Annotated[
            Path | None,
            typer.Option("--output", help=_("The file to write; default: the backups' folder.")),
        ] = None,
    ) -> None:
        made = session.wiring.backup(session.target, output)
        session.out.answer(
            {"file": made.file, "bytes": made.bytes, "verified": made.verified},
            [
                _("Backup written and checked: {file} ({size} MB)").format(
                    file=made.file, size=number(made.bytes / _MEGABYTE, 1)
                )
            ],
        )

    @add_command(app, wiring, "check", _("Check the database and list what is wrong."))
    def check(
        session: Session,
        seal: Annotated[
            bool,
            typer.Option("--seal", help=_("Shared database: seal the audit before it is checked.")),
        ] = False,
    ) -> int:
        checked = session.wiring.check(session.target, seal)
        findings = [worded(problem) for problem in checked.findings]
        lines = [f"{finding['message']} [{finding['where']}]" for finding in findings]
        lines = lines or [_("The database is in order.")]
        result = {"ok": not findings, "findings": findings}
        if seal:
            result["seal"] = checked.seal
            lines.append(_("Seal over the audit: {seal}").format(seal=checked.seal))
        session.out.answer(result, lines)
        return 1 if findings else 0

    @add_command(app, wiring, "demo-data", _("Fill the database with made-up people."))
    def demo_data(
        session: Session,
        clients: Annotated[int, typer.Option(min=0, help=_("How many clients."))] = 1_000,
        appointments: Annotated[int, typer.Option(min=0, help=_("How many appointments."))] = 5_000,
        seed: Annotated[int, typer.Option(help=_("Equal seeds make equal people."))] = 1,
        until: Annotated[
            date | None,
            typer.Option(
                metavar="ISO",
                parser=day_of,
                help=_("The last day with appointments; default: two weeks on."),
            ),
        ] = None,
    ) -> None:
        began = time.monotonic()
        order = DemoOrder(clients, appointments, seed, until)
        made = session.wiring.make_demo(session.target, order, session.out.progress)
        seconds = round(time.monotonic() - began, 1)
        session.out.answer(
            {"clients": made.clients, "appointments": made.appointments, "seconds": seconds},
            [
                _("{clients} clients and {appointments} appointments in {seconds} s").format(
                    clients=number(made.clients),
                    appointments=number(made.appointments),
                    seconds=number(seconds, 1),
                )
            ],
        )
