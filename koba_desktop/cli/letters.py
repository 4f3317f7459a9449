"""``letters render``, ``doorplan``, ``testpage``: what the office prints, as PDF."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from koba_desktop.cli import options
from koba_desktop.cli.files import write_new, write_noted
from koba_desktop.cli.letter_batch import add_batch_command
from koba_desktop.cli.letter_papers import add_paper_commands
from koba_desktop.cli.session import (
    Session,
    actor,
    add_command,
    appointment_named,
    book_of,
    office_named,
    person,
)
from koba_desktop.cli.wiring import Wiring
from koba_desktop.domain import policy
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.postal import PostalDates, dates_from_posting
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.i18n import _, formats
from koba_desktop.services.commands import LetterOut, NoteLettersOut
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.printing import finished_pdf
from koba_desktop.services.letters.reading import LetterView, letter_views
from koba_desktop.services.rooms.door_plan import door_plan
from koba_desktop.services.view import View


def add_letter_commands(app: typer.Typer, wiring: Wiring) -> None:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="letters", help=_("Letters to clients."))
    add_batch_command(group, wiring)
    add_paper_commands(group, wiring)

    @add_command(group, wiring, "render", _("Write the letter of an appointment as a PDF."))
    def render(
        session: Session,
        reference: Annotated[str, typer.Option(help=_("Reference of the appointment."))],
        output: Annotated[Path, options.output()],
        force: Annotated[bool, options.force()] = False,
        acting: Annotated[
            str | None,
            options.acting(
                _("Who asks; matters for blocked addresses, and is noted in the audit.")
            ),
        ] = None,
    ) -> None:
        with session.services() as services:
            who = person(services, acting)
            with services.view() as view:
                found = _letter_of(view, reference)
                dates = _dates(view, found.letter)
            if found.blocked:
                who = actor(services, acting)
                with services.view(who.staff_id) as view:
                    found = letter_views(view, [found.letter.id])[0]
                if found.blocked:
                    raise Refused(Problem("blocked_address", where="--as"))
            pdf = finished_pdf(session.wiring.renderer(), found, where="--reference")
            note = NoteLettersOut(letter_ids=(found.letter.id,), how=LetterOut.SAVED)
            write_noted(services, output, pdf, note, who, force=force)
        code = letter_data(found.letter.data)["reference"]
        session.out.answer(
            {
                "reference": code,
                "file": output,
                "posting_day": dates.posting,
                "deemed_delivered": dates.deemed,
                "earliest": dates.earliest,
            },
            [
                _("Letter written: {file}").format(file=output),
                _(
                    "Posted {posting}, deemed delivered {deemed}, earliest appointment {earliest}"
                ).format(
                    posting=formats.date_short(dates.posting),
                    deemed=formats.date_short(dates.deemed),
                    earliest=formats.date_short(dates.earliest),
                ),
            ],
        )

    @add_command(group, wiring, "doorplan", _("Write the plans on the doors as a PDF."))
    def doorplan(
        session: Session,
        output: Annotated[Path, options.output()],
        office: Annotated[str | None, options.office()] = None,
        day: Annotated[date | None, options.day(_("The day; default: today."))] = None,
        force: Annotated[bool, options.force()] = False,
    ) -> None:
        with session.services() as services:
            where = office_named(book_of(services), office)
            with services.view() as view:
                plan = door_plan(view, where.id, day or view.today)
                made_at = view.now
        write_new(output, session.wiring.door_plans().render(plan, made_at), force=force)
        session.out.answer(
            {
                "office": where.name,
                "day": plan.day,
                "file": output,
                "rooms": len(plan.doors),
                "visitors": sum(bool(entry.code) for door in plan.doors for entry in door.entries),
            },
            [_("Plans on the doors written: {file}").format(file=output)],
        )

    @add_command(group, wiring, "testpage", _("Write the page a printer is tried with as a PDF."))
    def testpage(
        session: Session,
        output: Annotated[Path, options.output()],
        office: Annotated[str | None, options.office()] = None,
        printer: Annotated[str, typer.Option(help=_("The printer's name, to be printed."))] = "",
        tray: Annotated[str, typer.Option(help=_("The tray's name, to be printed."))] = "",
        force: Annotated[bool, options.force()] = False,
    ) -> None:
        with session.services() as services:
            where = office_named(book_of(services), office)
            with services.view() as view:
                today, rules = view.today, view.reader.find(Setting)
        form, envelope = (
            policy.value_in_force(rules, key, where.id, today)
            for key in ("letters.form", "letters.envelope")
        )
        made = session.wiring.proof_pages().render(
            form=form, envelope=envelope, printer=printer, tray=tray, made_on=today
        )
        write_new(output, made, force=force)
        session.out.answer(
            {"office": where.name, "file": output, "form": form, "envelope": envelope},
            [
                _("Test page written: {file}").format(file=output),
                _("Print it at 100 % and follow what it says."),
            ],
        )


def _letter_of(view: View, reference: str) -> LetterView:
    """The newest letter of the appointment that is not void."""
    appointment = appointment_named(view, reference)
    letters = view.reader.find(Letter, appointment_id=appointment.id, order_by="-created_at")
    for letter in letters:
        if letter.state is not LetterState.VOID and letter.withdrawn_at is None:
            return letter_views(view, [letter.id])[0]
    raise Refused(Problem("letter_none", {"reference": reference}, where="--reference"))


def _dates(view: View, letter: Letter) -> PostalDates:
    rules = policy.postal_rules(view.reader.find(Setting), letter.office_id, view.today)
    posted = letter.posted_on or letter.assumed_posting
    return dates_from_posting(posted, rules, view.is_holiday)
