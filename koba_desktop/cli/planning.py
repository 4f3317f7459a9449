"""``slots find`` and ``mode show|set``."""

from datetime import datetime
from typing import Annotated, Any

import typer

from koba_desktop.cli import options
from koba_desktop.cli.session import (
    Session,
    actor,
    add_command,
    book_of,
    client_numbered,
    member_named,
    office_meant,
    office_named,
    open_offices,
)
from koba_desktop.cli.values import instant_of
from koba_desktop.cli.wiring import Wiring
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import Channel, Mode, ModeSource, Urgency
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import text_of
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import SetMode
from koba_desktop.services.facade import Services
from koba_desktop.services.office.book import OfficeBook, Status, office_status
from koba_desktop.services.slots.finding import SlotAnswer, SlotQuery, find_slots

_STANDARD_MINUTES = 30


def add_slot_commands(app: typer.Typer, wiring: Wiring) -> None:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="slots", help=_("Free times."))

    @add_command(group, wiring, "find", _("The first free times, on different days."))
    def find(
        session: Session,
        office: Annotated[
            str | None,
            options.office(_("Name of the office; default: the advisor's or the client's.")),
        ] = None,
        advisor: Annotated[
            list[str] | None,
            typer.Option(metavar="LOGIN", help=_("Only this advisor; may be repeated.")),
        ] = None,
        client: Annotated[
            str | None, typer.Option(metavar="NUMBER", help=_("Client number: who is to come."))
        ] = None,
        kind: Annotated[str | None, typer.Option(help=_("Kind of appointment."))] = None,
        minutes: Annotated[
            int | None, typer.Option(min=1, help=_("Length; default: that of the kind, or 30."))
        ] = None,
        channel: Annotated[
            Channel, typer.Option(help=_("How the consultation takes place."))
        ] = Channel.TELEPHONE,
        urgency: Annotated[Urgency, typer.Option(help=_("How urgent it is."))] = Urgency.NONE,
        earliest: Annotated[
            datetime | None,
            typer.Option(
                metavar="ISO", parser=instant_of, help=_("Not before this date and time.")
            ),
        ] = None,
        latest: Annotated[
            datetime | None,
            typer.Option(metavar="ISO", parser=instant_of, help=_("Before this date and time.")),
        ] = None,
        by_letter: Annotated[
            bool, typer.Option("--by-letter", help=_("A letter made now must arrive before."))
        ] = False,
        every: Annotated[
            bool, typer.Option("--every", help=_("Every free time, not one a day."))
        ] = False,
        limit: Annotated[int, typer.Option(min=1, help=_("How many at most."))] = 10,
    ) -> None:
        with session.services() as services:
            book = book_of(services)
            wanted = _kind_named(book, kind)
            usual = wanted.minutes if wanted else _STANDARD_MINUTES
            advisors = [member_named(book, login, "--advisor") for login in advisor or ()]
            with services.view() as view:
                person = client_numbered(view, client)
                query = SlotQuery(
                    office_id=office_meant(book, office, advisors, person).id,
                    minutes=minutes or usual,
                    channel=channel,
                    advisor_ids=tuple(a.id for a in advisors),
                    client_id=person.id if person else None,
                    kind_id=wanted.id if wanted else None,
                    urgency=urgency,
                    earliest=earliest,
                    latest=latest,
                    by_letter=by_letter,
                    limit=limit,
                    one_per_day=not every,
                )
                answer = find_slots(view, query)
        session.out.answer(_slots_result(book, answer), _slot_lines(answer))


def _slots_result(book: OfficeBook, answer: SlotAnswer) -> dict[str, Any]:
    return {
        "slots": [
            {
                "starts": slot.starts,
                "ends": slot.ends,
                "advisor": book.member(slot.advisor_id).login,
                "channel": slot.channel,
                "reasons_skipped": answer.skipped,
            }
            for slot in answer.slots
        ],
        "reasons_skipped": answer.skipped,
    }


def _slot_lines(answer: SlotAnswer) -> list[str]:
    lines = [
        f"{formats.date_long(day_of(slot.starts))}, {formats.span_of(slot.starts, slot.ends)}"
        f" · {slot.advisor_name} · {word(slot.channel)}"
        for slot in answer.slots
    ]
    if lines:
        return lines
    reasons = [f"{count} × {text_of(code)}" for code, count in answer.skipped.items()]
    return [_("There is no free time."), *reasons]


def _kind_named(book: OfficeBook, name: str | None) -> AppointmentKind | None:
    if name is None:
        return None
    for kind in book.kinds:
        if kind.name.casefold() == name.casefold():
            return kind
    known = [kind.name for kind in book.kinds]
    raise Refused(Problem("kind_unknown", {"value": name, "known": known}, where="--kind"))


def add_mode_commands(app: typer.Typer, wiring: Wiring) -> None:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="mode", help=_("Operating mode of an office."))

    @add_command(group, wiring, "show", _("The mode in force and the one that is planned."))
    def show(
        session: Session,
        office: Annotated[
            str | None, options.office(_("Name of the office; default: all of them."))
        ] = None,
    ) -> None:
        with session.services() as services:
            book = book_of(services)
            chosen = [office_named(book, office)] if office else open_offices(book)
            states = _statuses(services, chosen)
        session.out.answer(
            {"offices": [_mode_result(at, status) for at, status in states]},
            [line for at, status in states for line in _mode_lines(at, status)],
        )

    @add_command(group, wiring, "set", _("Put a mode in force, now or from a later date and time."))
    def put(
        session: Session,
        mode: Annotated[Mode, typer.Option(help=_("The mode."))],
        reason: Annotated[str, typer.Option(help=_("Shown to everybody, such as the regulation."))],
        office: Annotated[str | None, options.office()] = None,
        valid_from: Annotated[
            datetime | None,
            typer.Option(
                "--from", metavar="ISO", parser=instant_of, help=_("From when; default: now.")
            ),
        ] = None,
        source: Annotated[
            ModeSource, typer.Option(help=_("What the decision rests on."))
        ] = ModeSource.LEAD_DECISION,
        acting: Annotated[str | None, options.acting(_("Who decides."))] = None,
    ) -> None:
        with session.services() as services:
            book = book_of(services)
            at = office_named(book, office)
            who = actor(services, acting, at.id)
            command = SetMode(
                office_id=at.id,
                mode=mode,
                valid_from=valid_from or services.clock.now(),
                source=source,
                reason=reason,
            )
            services.execute(command, who)
            ((_same, status),) = _statuses(services, [at])
        session.out.answer(_mode_result(at, status), _mode_lines(at, status))


def _statuses(services: Services, offices: list[Office]) -> list[tuple[Office, Status]]:
    with services.view() as view:
        return [(office, office_status(view, office.id)) for office in offices]


def _mode_result(office: Office, status: Status) -> dict[str, Any]:
    return {
        "office": office.name,
        "mode": status.mode,
        "reason": status.mode_reason,
        "since": status.mode_since,
        "next_mode": status.next_mode,
        "next_from": status.next_mode_from,
    }


def _mode_lines(office: Office, status: Status) -> list[str]:
    line = f"{office.name}: {word(status.mode)}"
    if status.mode_reason:
        line += f" ({status.mode_reason})"
    lines = [line]
    if status.next_mode is not None and status.next_mode_from is not None:
        lines.append(
            _("From {day}: {mode}").format(
                day=formats.date_short(status.next_mode_from), mode=word(status.next_mode)
            )
        )
    return lines
