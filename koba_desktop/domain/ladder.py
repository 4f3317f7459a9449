"""Reaching a client: which attempts count, and when the next one is due (domain rules § 2).

An attempt *counts* towards the ladder if nobody was reached (no answer, busy, mailbox) and it was
made on another day than the last one that counted, or at least so many hours after it. One made
too early is recorded as evidence but does not count: ringing twice within ten minutes is one
attempt to reach somebody, not two.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from koba_desktop.domain.clock import day_of, instant, wall
from koba_desktop.domain.vocabulary import Outcome

NOT_REACHED = frozenset({Outcome.NO_ANSWER, Outcome.BUSY, Outcome.MAILBOX})
ENDS_TASK = frozenset({Outcome.REACHED, Outcome.REFUSED})
HIDES = NOT_REACHED | {Outcome.THIRD_PERSON}  # the client comes back when the next try is due


@dataclass(frozen=True, slots=True)
class LadderRules:
    """What the office sets. ``best_hour_attempts`` tries are needed before an hour is advised."""

    attempts: int = 2
    hours_apart: float = 3
    best_hour_attempts: int = 3


@dataclass(frozen=True, slots=True)
class Try:
    """What the ladder needs to know of a contact attempt."""

    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a call task stands. ``counted`` are the instants of the attempts that count;
    ``due`` is when the next attempt may be made, None once the task is ended by an answer."""

    counted: tuple[datetime, ...]
    needed: int
    due: datetime | None

    @property
    def made(self) -> int:
        return len(self.counted)

    @property
    def exhausted(self) -> bool:
        """Enough was tried: the program offers the letter."""
        return self.due is not None and self.made >= self.needed

    @property
    def ended(self) -> bool:
        return self.due is None


def far_enough(last: datetime, at: datetime, rules: LadderRules) -> bool:
    """Whether two attempts lie on different days (wall clock) or far enough apart."""
    return day_of(last) != day_of(at) or at - last >= timedelta(hours=rules.hours_apart)


def next_due(last: datetime, rules: LadderRules) -> datetime:
    """The first instant (UTC) at which another attempt counts after one made at ``last``."""
    tomorrow = instant(day_of(last) + timedelta(days=1), time())
    return min(last + timedelta(hours=rules.hours_apart), tomorrow)


def climb(tries: Iterable[Try], rules: LadderRules, due: datetime) -> Ladder:
    """Where the ladder of a task stands whose first attempt was due at ``due``.

    A third person hides the client like an attempt that counts; a wrong number does not: another
    number may be dialled at once.
    """
    counted: list[datetime] = []
    for one in sorted(tries, key=lambda t: t.at):
        if one.outcome in ENDS_TASK:
            return Ladder(tuple(counted), rules.attempts, None)
        if one.outcome in NOT_REACHED and (not counted or far_enough(counted[-1], one.at, rules)):
            counted.append(one.at)
        if one.outcome in HIDES:
            due = max(due, next_due(one.at, rules))
    return Ladder(tuple(counted), rules.attempts, due)


def ends_task(outcome: Outcome) -> bool:
    return outcome in ENDS_TASK


def marks_phone_bad(outcome: Outcome) -> bool:
    return outcome is Outcome.WRONG_NUMBER


@dataclass(frozen=True, slots=True)
class HourTally:
    """How often calls in one hour of the wall clock were tried and reached the client."""

    hour: int
    tried: int
    reached: int


def tally(tries: Iterable[Try]) -> tuple[HourTally, ...]:
    """Tries by hour of the day, by hour. Wrong numbers say nothing about the client's habits."""
    tried: dict[int, int] = {}
    reached: dict[int, int] = {}
    for one in tries:
        if one.outcome is Outcome.WRONG_NUMBER:
            continue
        hour = wall(one.at).hour
        tried[hour] = tried.get(hour, 0) + 1
        if one.outcome in ENDS_TASK:  # who refuses has answered
            reached[hour] = reached.get(hour, 0) + 1
    return tuple(HourTally(hour, tried[hour], reached.get(hour, 0)) for hour in sorted(tried))


def best_hour(tries: Iterable[Try], rules: LadderRules) -> int | None:
    """The hour of the day at which the client is most likely reached; None with too few tries, or
    if nobody ever answered.

    Hours are ranked by Laplace's rule of succession, (reached + 1) / (tried + 2), so that three
    answers of four outrank one of one; the earlier hour of equals.
    """
    hours = tally(tries)
    if sum(h.tried for h in hours) < rules.best_hour_attempts:
        return None
    answered = [h for h in hours if h.reached]
    if not answered:
        return None
    return max(answered, key=lambda h: ((h.reached + 1) / (h.tried + 2), -h.hour)).hour
