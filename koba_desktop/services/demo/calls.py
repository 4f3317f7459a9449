"""Call tasks and contact attempts of the demonstration: every step of the ladder is there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from koba_desktop.domain import ladder
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    CallReason,
    CallResult,
    Direction,
    Outcome,
)
from koba_desktop.services.demo.entry import Entry
from koba_desktop.services.demo.house import Branch, House
from koba_desktop.services.demo.maker import Maker
from koba_desktop.services.demo.people import Population

O = Outcome  # noqa: E741
_RULES = ladder.LadderRules()
_MISSED = (O.NO_ANSWER, O.NO_ANSWER, O.MAILBOX, O.BUSY)
_CALLBACK_NOTES = (
    "Bittet um Rückruf wegen des Bescheids.",
    "Fragt nach dem Stand des Antrags.",
    "Neue Telefonnummer, möchte kurz sprechen.",
)
_RESULTS = {O.REACHED: CallResult.REACHED, O.REFUSED: CallResult.REFUSED}


@dataclass(frozen=True, slots=True)
class Plan:
    """One task to be drawn: why, and its attempts as (working days back, hour, outcome).

    An hour of None is "an hour ago"; a task whose last outcome ends the ladder is closed.
    """

    reason: CallReason
    attempts: tuple[tuple[int, int | None, Outcome], ...] = ()


_PLANNED, _CALLBACK = CallReason.PLANNED, CallReason.CALLBACK

# The worklist of an advisor: second attempts, first ones, callbacks, some back later today, one
# exhausted ladder that asks for the letter, and what was done today.
_FULL = (
    Plan(_PLANNED, ((1, 14, O.MAILBOX),)),
    Plan(_PLANNED),
    Plan(_CALLBACK),
    Plan(_PLANNED, ((0, None, O.NO_ANSWER),)),
    Plan(_PLANNED, ((2, 10, O.NO_ANSWER), (1, 15, O.BUSY))),
    Plan(_PLANNED, ((0, 8, O.REACHED),)),
    Plan(_PLANNED),
    Plan(_PLANNED, ((1, 9, O.BUSY),)),
    Plan(_PLANNED, ((0, None, O.THIRD_PERSON),)),
    Plan(_CALLBACK, ((0, 8, O.REACHED),)),
    Plan(CallReason.RETURNED_LETTER),
    Plan(_PLANNED, ((1, 10, O.NO_ANSWER), (0, 8, O.REACHED))),
    Plan(_PLANNED),
)
_USUAL = _FULL[:6]
_STAR = Plan(_PLANNED, ((2, 14, O.NO_ANSWER),))

# The calls to the handbook's client in months gone by: reached between nine and ten.
_STAR_PAST = (
    (90, 9, 55, 0, O.REACHED, 8),
    (61, 16, 30, 1, O.MAILBOX, None),
    (59, 9, 12, 0, O.REACHED, 24),
    (33, 15, 20, 1, O.BUSY, None),
    (32, 9, 40, 0, O.REACHED, 12),
)


class Calls:
    """Draws tasks with their attempts; a client has at most one open task."""

    def __init__(self, maker: Maker, house: House, people: Population) -> None:
        self._maker = maker
        self._house = house
        self._people = people
        self._busy: set[object] = set()

    def worklists(self, branch: Branch) -> Iterator[Record]:
        """Open tasks and today's work of every advisor of an office."""
        for position, advisor in enumerate(branch.advisors):
            clients = [
                c
                for c in reversed(self._people.of_advisor[advisor.id])
                if self._people.phone(c) is not None and c.id not in self._busy
            ]
            star = self._people.star
            if star is not None and star.advisor_id == advisor.id:
                yield from self._task(branch, advisor, star, _STAR)
                yield from self._past(branch, advisor, star)
            plans = _FULL if position < 3 else _USUAL
            for plan, client in zip(plans, clients, strict=False):
                yield from self._task(branch, advisor, client, plan)

    def missed(self, branch: Branch, entry: Entry) -> Iterator[Record]:
        """Who missed a talk in the last days is called again."""
        a = entry.appointment
        if entry.client.id in self._busy or self._maker.now - a.ends > timedelta(days=3):
            return
        self._busy.add(entry.client.id)
        ended = min(a.ends, self._maker.now)
        yield CallTask(
            **self._maker.stamps(ended, a.advisor_id),
            client_id=entry.client.id,
            advisor_id=a.advisor_id,
            office_id=branch.office.id,
            reason=CallReason.MISSED_APPOINTMENT,
            due=ended,
            kind_id=a.kind_id,
            appointment_id=a.id,
        )

    def before_letter(self, branch: Branch, entry: Entry) -> tuple[CallTask, list[Record]]:
        """The two attempts after which a talk was proposed by letter, and their closed task."""
        maker, a = self._maker, entry.appointment
        self._busy.add(entry.client.id)
        day = entry.made
        tries = [
            day - timedelta(days=maker.random.choice((1, 3)), minutes=maker.random.randrange(200)),
            day - timedelta(minutes=maker.random.randrange(3, 12)),
        ]
        task = CallTask(
            **maker.stamps(tries[0] - timedelta(hours=20), a.advisor_id),
            client_id=entry.client.id,
            advisor_id=a.advisor_id,
            office_id=branch.office.id,
            reason=CallReason.PLANNED,
            due=tries[0] - timedelta(hours=20),
            kind_id=a.kind_id,
            closed_at=entry.made,
            result=CallResult.LETTER,
        )
        return task, [
            self._attempt(task, entry.client, at, maker.random.choice(_MISSED)) for at in tries
        ]

    def history(self, branch: Branch, entry: Entry) -> Iterator[Record]:
        """The call in which a talk was agreed on."""
        a = entry.appointment
        task = CallTask(
            **self._maker.stamps(entry.made, a.advisor_id),
            client_id=entry.client.id,
            advisor_id=a.advisor_id,
            office_id=branch.office.id,
            reason=CallReason.PLANNED,
            due=entry.made - timedelta(hours=3),
            kind_id=a.kind_id,
            closed_at=entry.made,
            result=CallResult.REACHED,
        )
        yield task
        if self._maker.chance(0.4):
            at = entry.made - timedelta(days=1, minutes=self._maker.random.randrange(180))
            yield self._attempt(task, entry.client, at, self._maker.random.choice(_MISSED))
        yield self._attempt(task, entry.client, entry.made, O.REACHED)

    # --- drawing ----------------------------------------------------------------------------------

    def _task(self, branch: Branch, advisor: Staff, client: Client, plan: Plan) -> Iterator[Record]:
        maker = self._maker
        self._busy.add(client.id)
        tries = [(self._when(days, hour), outcome) for days, hour, outcome in plan.attempts]
        begun = maker.at(maker.working_day(-3), 8)
        due = begun
        if not tries:
            due = maker.at(maker.working_day(0), 8)
            if plan.reason is CallReason.CALLBACK:
                due = max(due, maker.now - timedelta(minutes=maker.random.randrange(10, 90)))
        standing = ladder.climb([ladder.Try(at, outcome) for at, outcome in tries], _RULES, due)
        result = _RESULTS.get(tries[-1][1]) if tries else None
        task = CallTask(
            **maker.stamps(begun, advisor.id),
            client_id=client.id,
            advisor_id=advisor.id,
            office_id=branch.office.id,
            reason=plan.reason,
            due=standing.due if standing.due is not None else due,
            kind_id=None
            if plan.reason is CallReason.CALLBACK
            else self._house.kinds[maker.random.choice((0, 1, 1, 1, 2, 3))].id,
            closed_at=tries[-1][0] if result is not None else None,
            result=result,
        )
        yield task
        for at, outcome in tries:
            yield self._attempt(task, client, at, outcome)
        if plan.reason is CallReason.CALLBACK:
            yield AttemptNote(
                **maker.stamps(due, advisor.id),
                call_task_id=task.id,
                text=maker.random.choice(_CALLBACK_NOTES),
            )

    def _when(self, days: int, hour: int | None) -> datetime:
        maker = self._maker
        day: date = maker.working_day(-days)
        minute = maker.random.randrange(2, 50)
        if hour is not None:
            return maker.at(day, hour, minute)
        return max(maker.now - timedelta(minutes=minute + 20), maker.at(day, 8))

    def _attempt(
        self, task: CallTask, client: Client, at: datetime, outcome: Outcome
    ) -> ContactAttempt:
        maker = self._maker
        at = min(at, maker.now)
        phone = self._people.phone(client)
        return ContactAttempt(
            **maker.stamps(at, task.advisor_id),
            call_task_id=task.id,
            client_id=client.id,
            staff_id=task.advisor_id,
            office_id=task.office_id,
            at=at,
            direction=Direction.OUT,
            outcome=outcome,
            phone=phone.typed if phone is not None else "",
            phone_id=phone.id if phone is not None else None,
            minutes=maker.random.randrange(4, 26) if outcome is O.REACHED else None,
        )

    def _past(self, branch: Branch, advisor: Staff, client: Client) -> Iterator[Record]:
        maker = self._maker
        phones = self._people.phones[client.id]
        for days, hour, minute, number, outcome, minutes in _STAR_PAST:
            day = maker.today - timedelta(days=days)
            while not maker.works(day):
                day -= timedelta(days=1)
            at = maker.at(day, hour, minute)
            yield ContactAttempt(
                **maker.stamps(at, advisor.id),
                call_task_id=None,
                client_id=client.id,
                staff_id=advisor.id,
                office_id=branch.office.id,
                at=at,
                direction=Direction.OUT,
                outcome=outcome,
                phone=phones[number].typed,
                phone_id=phones[number].id,
                minutes=minutes,
            )
