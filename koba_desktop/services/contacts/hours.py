"""Contact attempts as evidence: what a ladder has seen, and at which hours a client is reached."""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import ContactAttempt
from koba_desktop.domain.ladder import LadderRules, Try, best_hour, tally
from koba_desktop.domain.vocabulary import Direction
from koba_desktop.services.office.entitlement import require_client
from koba_desktop.services.ports import Reader
from koba_desktop.services.view import View

FIRST_HOUR, LAST_HOUR = 8, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class HourCount:
    hour: int
    tried: int
    reached: int


def calls_to(view: View, client_id: UUID) -> tuple[Try, ...]:
    """Our calls to a client that were not taken back."""
    return tuple(
        Try(attempt.at, attempt.outcome) for attempt in calls_asked(view.reader, client_id)
    )


def calls_asked(reader: Reader, client_id: UUID) -> list[ContactAttempt]:
    return reader.find(
        ContactAttempt, client_id=client_id, direction=Direction.OUT, withdrawn_at=None
    )


def attempts_asked(reader: Reader, task_id: UUID) -> list[ContactAttempt]:
    return reader.find(ContactAttempt, call_task_id=task_id, withdrawn_at=None)


def tries_of_task(view: View, task_id: UUID) -> tuple[Try, ...]:
    """The attempts of a call task that were not taken back."""
    found = attempts_asked(view.reader, task_id)
    return tuple(Try(attempt.at, attempt.outcome) for attempt in found)


def best_hour_of(view: View, client_id: UUID, rules: LadderRules) -> int | None:
    """The hour of the wall clock at which to call the client; None with too little evidence."""
    return best_hour(calls_to(view, client_id), rules)


def reached_hours(view: View, client_id: UUID) -> tuple[HourCount, ...]:
    """At which hours (8–17) of the wall clock calls to this client were tried and reached.

    Raises NotFound, Refused ``not_entitled``.
    """
    require_client(view, view.reader.get(Client, client_id))
    counts = {count.hour: count for count in tally(calls_to(view, client_id))}
    return tuple(
        HourCount(
            hour=hour,
            tried=counts[hour].tried if hour in counts else 0,
            reached=counts[hour].reached if hour in counts else 0,
        )
        for hour in range(FIRST_HOUR, LAST_HOUR + 1)
    )
