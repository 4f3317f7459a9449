"""``letters daylist``, ``calllist`` and ``slips``: lists and reply slips, as PDF."""

from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from koba_desktop.cli.files import write_new
from koba_desktop.cli.session import (
    Session,
    add_command,
    book_of,
    member_named,
    office_meant,
)
from koba_desktop.cli.values import day_of
from koba_desktop.cli.wiring import Wiring
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.calendar.day_list import day_list
from koba_desktop.services.contacts.call_list import call_list
from koba_desktop.services.facade import Services
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.reply_slips import blank_slips, reply_slips, slips_of_day
from koba_desktop.services.view import View


def add_paper_commands(group: typer.Typer, wiring: Wiring) -> None:
    output_option = Annotated[Path, typer.Option(help=_("The file to write."))]
    office_option = Annotated[str | None, typer.Option(help=_("Name of the office."))]
    advisor_option = Annotated[
        str | None, typer.Option(metavar="LOGIN", help=_("Login of the advisor."))
    ]
    force_option = Annotated[
        bool, typer.Option("--force", help=_("Replace the file if there is one."))
    ]

    @add_command(group, wiring, "daylist", _("Write the appointments of a day as a PDF."))
    def daylist(
        session: Session,
        output: output_option,
        office: office_option = None,
        advisor: advisor_option = None,
        day: Annotated[
            date | None,
            typer.Option(metavar="ISO", parser=day_of, help=_("The day; default: today.")),
        ] = None,
        force: force_option = False,
    ) -> None:
        with session.services() as services:
            where, whose = _meant(services, office, advisor)
            with services.view() as view:
                content = day_list(
                    view, where.id, day or view.today, advisor_id=whose.id if whose else None
                )
        write_new(output, session.wiring.papers().day_list(content), force=force)
        session.out.answer(
            {
                "office": where.name,
                "advisor": whose.login if whose else None,
                "day": content.day,
                "file": output,
                "appointments": len(content.lines),
                "called_off": content.called_off,
            },
            [_("Day list written: {file}").format(file=output)],
        )

    @add_command(group, wiring, "calllist", _("Write whom an advisor is to call today as a PDF."))
    def calllist(
        session: Session,
        output: output_option,
        advisor: Annotated[str, typer.Option(metavar="LOGIN", help=_("Login of the advisor."))],
        office: office_option = None,
        force: force_option = False,
    ) -> None:
        with session.services() as services:
            where, whose = _meant(services, office, advisor)
            assert whose is not None
            with services.view() as view:
                content = call_list(view, where.id, whose.id)
        write_new(output, session.wiring.papers().call_list(content), force=force)
        session.out.answer(
            {
                "office": where.name,
                "advisor": whose.login,
                "day": content.day,
                "file": output,
                "calls": len(content.entries),
            },
            [_("Call list written: {file}").format(file=output)],
        )

    @add_command(
        group,
        wiring,
        "slips",
        _("Write reply slips as a PDF: of appointments, or three blank ones."),
    )
    def slips(
        session: Session,
        output: output_option,
        reference: Annotated[
            list[str] | None,
            typer.Option(help=_("Reference of an appointment; may be given again.")),
        ] = None,
        day: Annotated[
            date | None,
            typer.Option(
                metavar="ISO", parser=day_of, help=_("Those of the appointments of this day.")
            ),
        ] = None,
        advisor: advisor_option = None,
        office: office_option = None,
        force: force_option = False,
    ) -> None:
        papers = session.wiring.papers()
        references: list[str] = []
        with session.services() as services:
            where, whose = (None, None) if reference else _meant(services, office, advisor)
            with services.view() as view:
                if where is None:
                    named = [_appointment(view, each) for each in reference or ()]
                    sources = reply_slips(view, named)
                elif day is not None:
                    sources = slips_of_day(view, where.id, day, whose.id if whose else None)
                else:
                    blank = blank_slips(view, where.id)
        if where is None or day is not None:
            references = [letter_data(source.data)["reference"] for source in sources]
            pdf = papers.reply_slips(sources)
        else:
            pdf = papers.blank_slips(blank)
        write_new(output, pdf, force=force)
        n = len(references)
        session.out.answer(
            {"file": output, "references": references, "blank": not references},
            [
                ngettext(
                    "{n} reply slip written: {file}", "{n} reply slips written: {file}", n
                ).format(n=n, file=output)
                if references
                else _("Blank reply slips written: {file}").format(file=output)
            ],
        )


def _meant(
    services: Services, office: str | None, advisor: str | None
) -> tuple[Office, Staff | None]:
    """The office, and the advisor where one is named. Raises Refused."""
    book = book_of(services)
    whose = member_named(book, advisor, "--advisor") if advisor else None
    return office_meant(book, office, [whose] if whose else [], None), whose


def _appointment(view: View, reference: str) -> UUID:
    """Raises Refused ``reference_unknown``."""
    found = view.reader.find_reference(reference)
    if found is None:
        raise Refused(Problem("reference_unknown", {"reference": reference}, "--reference"))
    return found
