"""The letter that is offered when the ladder is exhausted, with a slot already chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from koba_desktop.domain.appointments import planned_minutes
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.ladder import climb
from koba_desktop.domain.policy import ladder_rules, postal_rules, value_in_force
from koba_desktop.domain.postal import before_collection, deemed_days, postal_dates
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.services.calendar.hours import days_between
from koba_desktop.services.contacts.hours import (
    HourCount,
    attempts_asked,
    best_hour_of,
    calls_asked,
    reached_hours,
    tries_of_task,
)
from koba_desktop.services.office.entitlement import may, not_entitled, require_client
from koba_desktop.services.slots.finding import Slot, SlotQuery, find_slots
from koba_desktop.services.view import View

__all__ = [
    "HourCount",
    "LetterOffer",
    "PostalChain",
    "letter_offer",
    "postal_chain",
    "reached_hours",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalChain:
    """The days that lead to the earliest proposal (domain rules § 3), for the strip of days."""

    posting: date
    deemed: date  # § 37(2) SGB X
    delivery: date
    preparation: tuple[date, ...]  # the k working days; the last of them is ``earliest``
    earliest: date
    deemed_days: int  # 3 or 4
    before_collection: bool  # True: posted today
    collection: str  # "14:00"
    closed_days: dict[date, str]  # holidays between posting and earliest, with their names


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOffer:
    """Everything the offer shows; ``slots`` holds up to ten first openings on different days."""

    client_id: UUID
    advisor_id: UUID
    kind_id: UUID
    kind_name: str
    minutes: int
    phone: str
    chain: PostalChain
    slots: tuple[Slot, ...]
    ladder_needed: int
    ladder_made: int
    exhausted: bool
    best_hour: int | None
    skipped: dict[str, int]


def postal_chain(view: View, office_id: UUID) -> PostalChain:
    """The chain for a letter made at ``view.now``."""
    return _chain(view, office_id, view.reader.find(Setting))


def letter_offer(
    view: View, client_id: UUID, *, task_id: UUID | None = None, advisor_id: UUID | None = None
) -> LetterOffer:
    """The offer for a client; the advisor is the one named, else the task's, the client's, the
    viewer. The kind is the task's, else the first that is held by telephone.

    Raises NotFound, or OfficeError: ``advisor_missing``, ``kind_missing``, ``not_entitled``.
    """
    view = view.ahead(
        lambda ask: (
            ask.get(Client, client_id),
            None if task_id is None else ask.get(CallTask, task_id),
            ask.find(ClientPhone, client_id=client_id, order_by="position"),
            calls_asked(ask, client_id),
            () if task_id is None else attempts_asked(ask, task_id),
        )
    )
    client = view.reader.get(Client, client_id)
    require_client(view, client)
    if not may(view, Right.PROPOSE, client.office_id, client.advisor_id):
        raise not_entitled()
    task = None if task_id is None else view.reader.get(CallTask, task_id)
    settings = view.reader.find(Setting)
    office_id = client.office_id if task is None else task.office_id
    advisor_id = advisor_id or (task.advisor_id if task else client.advisor_id) or view.viewer
    if advisor_id is None:
        raise OfficeError("advisor_missing", where="advisor_id")
    kind = _kind(view, task)
    chain = _chain(view, office_id, settings)
    surcharge = value_in_force(settings, "duration.surcharge_percent", office_id, chain.earliest)
    minutes = planned_minutes(kind.minutes, surcharge)
    answer = find_slots(
        view,
        SlotQuery(
            office_id=office_id,
            minutes=minutes,
            channel=Channel.TELEPHONE,
            advisor_ids=(advisor_id,),
            client_id=client_id,
            kind_id=kind.id,
            by_letter=True,
        ),
    )
    rules = ladder_rules(settings, office_id, view.today)
    ladder = climb(() if task is None else tries_of_task(view, task.id), rules, view.now)
    return LetterOffer(
        client_id=client_id,
        advisor_id=advisor_id,
        kind_id=kind.id,
        kind_name=kind.name,
        minutes=minutes,
        phone=_phone(view, client_id),
        chain=chain,
        slots=answer.slots,
        ladder_needed=ladder.needed,
        ladder_made=ladder.made,
        exhausted=ladder.exhausted,
        best_hour=best_hour_of(view, client_id, rules),
        skipped=answer.skipped,
    )


def _chain(view: View, office_id: UUID, settings: Sequence[Setting]) -> PostalChain:
    rules = postal_rules(settings, office_id, view.today)
    dates = postal_dates(view.now, rules, view.is_holiday)
    closed = {day: view.holidays.name(day) for day in days_between(dates.posting, dates.earliest)}
    return PostalChain(
        posting=dates.posting,
        deemed=dates.deemed,
        delivery=dates.delivery,
        preparation=dates.preparation,
        earliest=dates.earliest,
        deemed_days=deemed_days(dates.posting),
        before_collection=before_collection(view.now, rules, view.is_holiday),
        collection=f"{rules.collection:%H:%M}",
        closed_days={day: holiday for day, holiday in closed.items() if holiday is not None},
    )


def _kind(view: View, task: CallTask | None) -> AppointmentKind:
    if task is not None and task.kind_id is not None:
        return view.reader.get(AppointmentKind, task.kind_id)
    for kind in view.reader.find(AppointmentKind, order_by="position"):
        if Channel.TELEPHONE in kind.channels and (
            kind.retired_on is None or view.today < kind.retired_on
        ):
            return kind
    raise OfficeError("kind_missing", where="kind_id")


def _phone(view: View, client_id: UUID) -> str:
    """The number we will call: the client's first one that is not known to be wrong."""
    phones = view.reader.find(ClientPhone, client_id=client_id, order_by="position")
    return next((phone.typed for phone in phones if phone.bad_since is None), "")
