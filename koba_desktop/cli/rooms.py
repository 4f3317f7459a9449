"""``rooms suggest`` and ``rooms airing``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from koba_desktop.cli import options
from koba_desktop.cli.air import air_lines, air_result
from koba_desktop.cli.session import (
    Session,
    add_command,
    book_of,
    client_numbered,
    member_named,
    office_meant,
    office_named,
)
from koba_desktop.cli.values import instant_of
from koba_desktop.cli.wiring import Wiring
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.place_reasons import Bearing, Reason
from koba_desktop.domain.places import NotOffered, Offer, misfit
from koba_desktop.domain.vocabulary import Channel, RefusalReason, VisitNeed
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.place_reasons import reason_text
from koba_desktop.i18n.words import word
from koba_desktop.services.emergency.ladder import Answer, Question, emergency_ladder
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.reception.visits import needs_of_client
from koba_desktop.services.rooms.airing_report import RoomAir, airing_report
from koba_desktop.services.rooms.situations import rooms_in_use
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from koba_desktop.services.view import View

_LONGEST_MINUTES = 480  # as long as a kind of appointment may be


class Where(StrEnum):
    """How somebody comes: a room, or a place outside the door."""

    IN_PERSON = "in_person"
    OUTDOORS = "outdoors"


class Need(StrEnum):
    """What of ``VisitNeed`` a place can fail. An interpreter is one more person."""

    WHEELCHAIR = "wheelchair"
    SCREEN = "screen"
    CONFIDENTIAL = "confidential"


def add_room_commands(app: typer.Typer, wiring: Wiring) -> None:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="rooms", help=_("Rooms and places outside."))

    @add_command(group, wiring, "suggest", _("The places that fit, the best first, with reasons."))
    def suggest(
        session: Session,
        office: Annotated[
            str | None,
            options.office(_("Name of the office; default: the advisor's or the client's.")),
        ] = None,
        persons: Annotated[
            int, typer.Option(help=_("Everybody in the room, advisor and companions too."))
        ] = 2,
        minutes: Annotated[
            int | None, typer.Option(help=_("Length of the talk; default: that of emergencies."))
        ] = None,
        at: Annotated[
            datetime | None,
            typer.Option(
                metavar="ISO", parser=instant_of, help=_("From when, on that day; default: now.")
            ),
        ] = None,
        need: Annotated[
            list[Need] | None, typer.Option(help=_("What is needed; may be repeated."))
        ] = None,
        channel: Annotated[
            Where | None, typer.Option(help=_("Only rooms, or only places outside."))
        ] = None,
        client: Annotated[
            str | None,
            typer.Option(metavar="NUMBER", help=_("Client number: who must be free, and needs.")),
        ] = None,
        advisor: Annotated[str | None, options.advisor(_("Who must be free as well."))] = None,
        emergency: Annotated[
            bool,
            typer.Option(
                "--emergency", help=_("The whole ladder, with who is on duty and the telephone.")
            ),
        ] = False,
    ) -> None:
        if emergency and (at is not None or channel is not None):
            raise typer.BadParameter(
                _("An emergency is now and looks everywhere: without --at and --channel.")
            )
        _require_sound(persons, minutes)
        with session.services() as services:
            book = book_of(services)
            member = member_named(book, advisor, "--advisor") if advisor else None
            with services.view() as view:
                person = client_numbered(view, client)
                house = office_meant(book, office, [member] if member else [], person)
                _require_rooms(view, house)
                needs = frozenset(VisitNeed(each) for each in need or ())
                needs |= frozenset(needs_of_client(person))
                shared: dict[str, Any] = {
                    "office_id": house.id,
                    "persons": persons,
                    "minutes": minutes,
                    "needs": needs,
                    "advisor_id": member.id if member else None,
                    "client_id": person.id if person else None,
                }
                if emergency:
                    answer = emergency_ladder(view, Question(**shared))
                    now = view.now
                else:
                    where = Channel(channel) if channel else None
                    query = PlaceQuery(**shared, earliest=at, channel=where)
                    found = suggest_places(view, query)
                    now = found.wish.earliest
        if emergency:
            result, lines = _ladder(book, answer, now)
        else:
            _require_possible(house, found.choice.refused, found.choice.offers, persons, needs)
            result, lines = _places(found.choice.offers, found.choice.refused, now)
            result = {"minutes": found.wish.minutes, **result}
        asked = {"office": house.name, "persons": persons, "needs": sorted(needs)}
        session.out.answer({**asked, **result}, lines)

    @add_command(group, wiring, "airing", _("How persons, pause and CO₂ of each room come about."))
    def airing(
        session: Session,
        office: Annotated[str | None, options.office()] = None,
        room: Annotated[str | None, typer.Option(help=_("Only the room of that name."))] = None,
        day: Annotated[date | None, options.day(_("By the rules of that day."))] = None,
        persons: Annotated[
            int | None, typer.Option(help=_("For the CO₂; default: as many as the room holds."))
        ] = None,
    ) -> None:
        _require_sound(persons, None)
        with session.services() as services:
            house = office_named(book_of(services), office)
            with services.view() as view:
                on = day or view.today
                found = airing_report(view, house.id, on, persons)
        shown = _named(house, found, room)
        session.out.answer(
            {"office": house.name, "day": on, "rooms": [air_result(each) for each in shown]},
            [line for each in shown for line in air_lines(each)],
        )


# --- what is asked --------------------------------------------------------------------------------


def _require_sound(persons: int | None, minutes: int | None) -> None:
    if persons is not None and persons < 1:
        raise Refused(Problem("not_positive", where="--persons"))
    if minutes is not None and not 0 < minutes <= _LONGEST_MINUTES:
        raise Refused(Problem("minutes_invalid", {"most": _LONGEST_MINUTES}, where="--minutes"))


def _require_rooms(view: View, office: Office) -> None:
    if not rooms_in_use(view.reader, office.id, view.today):
        raise Refused(Problem("room_none", {"office": office.name}, where="--office"))


def _require_possible(
    office: Office,
    refused: Sequence[NotOffered],
    offers: Sequence[Offer],
    persons: int,
    needs: frozenset[VisitNeed],
) -> None:
    """Raises Refused where no place would ever do: ``no_room_fits``, ``room_none``."""
    if offers:
        return
    if not refused:
        raise Refused(Problem("room_none", {"office": office.name}, where="--channel"))
    if all(misfit(each.situation, persons, needs) for each in refused):
        most = max(each.situation.capacity.persons for each in refused)
        where = "--persons" if persons > most else "--need"
        raise Refused(Problem("no_room_fits", {"persons": persons, "most": most}, where=where))


def _named(office: Office, rooms: Sequence[RoomAir], name: str | None) -> Sequence[RoomAir]:
    if not rooms:
        raise Refused(Problem("room_none", {"office": office.name}, where="--office"))
    if name is None:
        return rooms
    chosen = [each for each in rooms if each.room.name.casefold() == name.strip().casefold()]
    if not chosen:
        known = [each.room.name for each in rooms]
        raise Refused(Problem("room_unknown", {"value": name, "known": known}, where="--room"))
    return chosen


# --- what is answered -----------------------------------------------------------------------------


def _places(
    offers: Iterable[Offer], refused: Sequence[NotOffered], now: datetime
) -> tuple[dict[str, Any], list[str]]:
    found = [_place(offer.step, offer.starts, offer.ends, offer.reasons, offer) for offer in offers]
    result = {"places": found, "refused": [_refused(each, now) for each in refused]}
    return result, list(_place_lines(found, result["refused"]))


def _ladder(book: OfficeBook, answer: Answer, now: datetime) -> tuple[dict[str, Any], list[str]]:
    found = [
        _place(rung.step, rung.starts, rung.ends, rung.reasons, rung.offer)
        for rung in answer.ladder.rungs
    ]
    refused = [_refused(each, now) for each in answer.ladder.refused]
    chosen = book.member(answer.advisor_id) if answer.advisor_id is not None else None
    result = {
        "minutes": answer.minutes,
        "advisor": chosen.login if chosen is not None else None,
        "advisors": [
            {
                "login": book.member(duty.advisor_id).login,
                "on_duty": duty.on_duty,
                "responsible": duty.responsible,
                "free_from": duty.free_from,
                "free_until": duty.free_until,
            }
            for duty in answer.advisors
        ],
        "places": found,
        "refused": refused,
    }
    lines = []
    if chosen is not None:
        name = formats.name_sorted(chosen.family_name, chosen.given_name)
        lines.append(_("Advisor: {name}").format(name=name))
    return result, [*lines, *_place_lines(found, refused)]


def _place(
    step: StrEnum,
    starts: datetime,
    ends: datetime,
    reasons: Sequence[Reason],
    offer: Offer | None,
) -> dict[str, Any]:
    """A place as JSON tells it; without an offer it is the telephone."""

    def texts(*bearings: Bearing) -> list[str]:
        return [_anonymous(reason) for reason in reasons if reason.bearing in bearings]

    return {
        "room": offer.room.name if offer is not None else None,
        "place": offer.situation.number if offer is not None else None,
        "step": step,
        "from": starts,
        "until": ends,
        "blocked_until": offer.blocked_until if offer is not None else None,
        "reasons_for": texts(Bearing.FOR),
        "reasons_against": texts(Bearing.AGAINST, Bearing.WARNING),
        "notes": texts(Bearing.NOTE),
        "codes": [reason.code for reason in reasons],
    }


def _anonymous(reason: Reason) -> str:
    """A reason in words, without the name of who comes next: what a script reads ends in logs."""
    if "who" in reason.params:
        reason = replace(reason, params={**reason.params, "who": ""})
    return reason_text(reason)


def _refused(each: NotOffered, now: datetime) -> dict[str, Any]:
    return {
        "room": each.situation.room.name,
        "code": each.code,
        "message": _why_not(each, now),
    }


def _why_not(each: NotOffered, now: datetime) -> str:
    """ "höchstens 2 Personen", "gesperrt bis 12:00" """
    if each.code is RefusalReason.TOO_MANY_PERSONS:
        most = each.situation.capacity.persons
        return ngettext("{n} person at most", "{n} persons at most", most).format(n=most)
    text = word(each.code)
    current = next((t for t in each.situation.taken if t.interval.includes(now)), None)
    if current is None:
        return text
    until = current.interval.ends
    same_day = day_of(until) == day_of(now)
    time = formats.time_of(until) if same_day else formats.moment_of(until)
    return _("{why} until {time}").format(why=text, time=time)


def _place_lines(places: Sequence[dict[str, Any]], refused: Any) -> Iterator[str]:
    if not places:
        yield _("No place is free.")
    for number, place in enumerate(places, 1):
        name = place["room"] or _("Telephone, today")
        line = f"{number}. {name} · {formats.span_of(place['from'], place['until'])}"
        if place["blocked_until"] is not None and place["blocked_until"] > place["until"]:
            time = formats.time_of(place["blocked_until"])
            line += " · " + _("blocked until {time}").format(time=time)
        yield line
        for sign, name in (("+", "reasons_for"), ("–", "reasons_against"), ("·", "notes")):
            if place[name]:
                yield f"   {sign} {'; '.join(place[name])}"
    for each in refused:
        yield _("{room}: {why}").format(room=each["room"], why=each["message"])
