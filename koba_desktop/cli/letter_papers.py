"""``letters daylist``, ``calllist`` and ``slips``: lists and reply slips, as PDF."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from koba_desktop.cli import options
from koba_desktop.cli.files import write_new, write_noted
from koba_desktop.cli.session import (
    Session,
    add_command,
    appointment_named,
    office_and_advisor,
    person,
)
from koba_desktop.cli.wiring import Wiring
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.audit.papers import call_list_note, day_list_note, reply_slips_note
from koba_desktop.services.calendar.day_list import day_list
from koba_desktop.services.contacts.call_list import call_list
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.reply_slips import blank_slips, reply_slips, slips_of_day
from koba_desktop.services.ports import LetterSource


def add_paper_commands(group: typer.Typer, wiring: Wiring) -> None:
    @add_command(group, wiring, "daylist", _("Write the appointments of a day as a PDF."))
    def daylist(
        session: Session,
        output: Annotated[Path, options.output()],
        office: Annotated[str | None, options.office()] = None,
        advisor: Annotated[str | None, options.advisor()] = None,
        day: Annotated[date | None, options.day(_("The day; default: today."))] = None,
        force: Annotated[bool, options.force()] = False,
        acting: Annotated[str | None, options.acting(_("Who asks; is noted in the audit."))] = None,
    ) -> None:
        with session.services() as services:
            where, whose = office_and_advisor(services, office, advisor)
            who, advisor_id = person(services, acting, where.id), whose.id if whose else None
            with services.view(who.staff_id if who else None) as view:
                content = day_list(view, where.id, day or view.today, advisor_id=advisor_id)
            pdf = session.wiring.papers().day_list(content)
            note = day_list_note(content, advisor_id, printed=False)
            write_noted(services, output, pdf, note, who, force=force)
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
        output: Annotated[Path, options.output()],
        advisor: Annotated[str, options.advisor()],
        office: Annotated[str | None, options.office()] = None,
        force: Annotated[bool, options.force()] = False,
        acting: Annotated[str | None, options.acting(_("Who asks; is noted in the audit."))] = None,
    ) -> None:
        with session.services() as services:
            where, whose = office_and_advisor(services, office, advisor)
            assert whose is not None
            who = person(services, acting, where.id)
            with services.view(who.staff_id if who else None) as view:
                content = call_list(view, where.id, whose.id)
            pdf = session.wiring.papers().call_list(content)
            note = call_list_note(content, whose.id, printed=False)
            write_noted(services, output, pdf, note, who, force=force)
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
        output: Annotated[Path, options.output()],
        reference: Annotated[
            list[str] | None,
            typer.Option(help=_("Reference of an appointment; may be given again.")),
        ] = None,
        day: Annotated[
            date | None, options.day(_("Those of the appointments of this day."))
        ] = None,
        advisor: Annotated[str | None, options.advisor()] = None,
        office: Annotated[str | None, options.office()] = None,
        force: Annotated[bool, options.force()] = False,
        acting: Annotated[str | None, options.acting(_("Who asks; is noted in the audit."))] = None,
    ) -> None:
        papers = session.wiring.papers()
        references: list[str] = []
        with session.services() as services:
            who = person(services, acting)
            sources: Sequence[LetterSource] = ()
            office_id, whose = None, None
            if not reference:
                where, whose = office_and_advisor(services, office, advisor)
                office_id = where.id
            advisor_id = whose.id if whose else None
            with services.view(who.staff_id if who else None) as view:
                if office_id is None:
                    named = [appointment_named(view, each) for each in reference or ()]
                    sources = reply_slips(view, [each.id for each in named])
                    office_id = named[0].office_id
                elif day is not None:
                    sources = slips_of_day(view, office_id, day, advisor_id)
                else:
                    blank = blank_slips(view, office_id)
            if reference or day is not None:
                references = [letter_data(source.data)["reference"] for source in sources]
                pdf = papers.reply_slips(sources)
                of_day = None if reference else day
                note = reply_slips_note(sources, office_id, of_day, advisor_id, printed=False)
                write_noted(services, output, pdf, note, who, force=force)
            else:
                write_new(output, papers.blank_slips(blank), force=force)
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
