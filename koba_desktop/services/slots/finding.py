"""Finding free slots and explaining refusals: gathers the facts, the domain decides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.policy import ladder_rules, postal_rules, value_in_force
from koba_desktop.domain.postal import postal_dates
from koba_desktop.domain.rights import Right
from koba_desktop.domain.slot_search import search
from koba_desktop.domain.slots import obstacles
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.services.contacts.hours import best_hour_of, calls_asked
from koba_desktop.services.office.advisors import advisors_of, members
from koba_desktop.services.office.entitlement import may_query, require_client
from koba_desktop.services.slots.facts import Gathering
from koba_desktop.services.slots.query import SlotQuery
from koba_desktop.services.view import View

__all__ = ["Slot", "SlotAnswer", "SlotQuery", "SlotRefusal", "explain_slot", "find_slots"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    starts: datetime
    ends: datetime
    advisor_id: UUID
    advisor_name: str
    advisor_initials: str
    channel: Channel
    best_hour: bool = False  # the client was reached at this hour before


@dataclass(frozen=True, slots=True)
class SlotRefusal:
    """Why a slot is not free: ``code`` is one of ``mode_suspends``, ``outside_hours``,
    ``office_closed``, ``holiday``, ``advisor_absent``, ``outside_pattern``, ``advisor_busy``,
    ``client_busy``, ``room_busy``, ``no_place``, ``airing``, ``cap_reached``,
    ``too_early_by_post``, ``in_the_past``, ``channel_not_allowed``, ``held``.

    ``override`` names the least override that opens it (the same code), None where the database
    itself refuses.
    """

    code: str
    params: dict[str, Any] = field(default_factory=dict)
    override: str | None = None


@dataclass(frozen=True, slots=True)
class SlotAnswer:
    slots: tuple[Slot, ...]
    skipped: dict[str, int]  # refusal code -> how many candidate slots it took away


def find_slots(view: View, query: SlotQuery) -> SlotAnswer:
    """The first openings, by time; within a day the client's best hour first where it is known.

    None for who books nothing in that office. Raises Refused ``not_entitled`` for a client who is
    none of the viewer's business.
    """
    client_id = query.client_id
    if client_id is not None:
        view = view.ahead(lambda ask: (ask.get(Client, client_id), calls_asked(ask, client_id)))
    if not may_query(view, Right.BOOK, query.office_id, *query.advisor_ids):
        return SlotAnswer((), {})
    if view.viewer is not None and query.client_id is not None:
        require_client(view, view.reader.get(Client, query.client_id))
    settings = view.reader.find(Setting)
    by_post = _by_post(view, query, settings)
    earliest = max(query.earliest or view.now, view.now)
    latest = query.latest
    if latest is None:
        horizon = value_in_force(settings, "slots.horizon_days", query.office_id, view.today)
        begins = earliest if by_post is None else max(earliest, day_bounds(by_post)[0])
        latest = begins + timedelta(days=horizon)
    gathering = Gathering(view, query, settings, earliest, latest, by_post)
    if query.advisor_ids:
        staff = members(view, query.advisor_ids)
    else:
        staff = advisors_of(view, query.office_id, gathering.first, gathering.last)
    hour = None
    if query.client_id is not None and query.channel is Channel.TELEPHONE:
        hour = best_hour_of(
            view, query.client_id, ladder_rules(settings, query.office_id, view.today)
        )
    found = search(
        gathering.facts(staff),
        limit=query.limit,
        one_per_day=query.one_per_day,
        preferred_hour=hour,
    )
    by_id = {member.id: member for member in staff}
    slots = tuple(
        Slot(
            starts=opening.starts,
            ends=opening.starts + timedelta(minutes=query.minutes),
            advisor_id=opening.advisor_id,
            advisor_name=by_id[opening.advisor_id].family_name,
            advisor_initials=by_id[opening.advisor_id].initials,
            channel=query.channel,
            best_hour=opening.preferred,
        )
        for opening in found.openings
    )
    return SlotAnswer(slots, dict(found.skipped))


def explain_slot(view: View, query: SlotQuery, starts: datetime) -> tuple[SlotRefusal, ...]:
    """Everything that stands against this start for ``query.advisor_ids[0]``; empty: it is free.

    Raises NotFound for an unknown advisor, ValueError if the query names none.
    """
    if not query.advisor_ids:
        raise ValueError("whose slot is to be explained?")
    advisor = view.reader.get(Staff, query.advisor_ids[0])
    settings = view.reader.find(Setting)
    ends = starts + timedelta(minutes=query.minutes)
    gathering = Gathering(view, query, settings, starts, ends, _by_post(view, query, settings))
    facts = gathering.facts([advisor])
    return tuple(
        SlotRefusal(obstacle.code, dict(obstacle.params), obstacle.override)
        for obstacle in obstacles(facts, facts.advisors[0], starts)
    )


def _by_post(view: View, query: SlotQuery, settings: Iterable[Setting]) -> date | None:
    """The first day a letter made now may propose."""
    if not query.by_letter:
        return None
    rules = postal_rules(settings, query.office_id, view.today)
    return postal_dates(view.now, rules, view.is_holiday).earliest
