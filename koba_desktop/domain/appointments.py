"""The states of an appointment, and how long one is planned (data model, domain rules § 6)."""

from koba_desktop.domain.vocabulary import ACTIVE_STATES, AppointmentState

S = AppointmentState

_ENDED_BEFORE = (S.MISSED, S.CANCELLED_BY_CLIENT, S.CANCELLED_BY_OFFICE)

TRANSITIONS: dict[AppointmentState, frozenset[AppointmentState]] = {
    # A telephone proposal nobody answered is held by calling at that time.
    S.PROPOSED: frozenset({S.CONFIRMED, S.ARRIVED, S.IN_PROGRESS, *_ENDED_BEFORE}),
    S.CONFIRMED: frozenset({S.ARRIVED, S.IN_PROGRESS, *_ENDED_BEFORE}),
    S.ARRIVED: frozenset({S.IN_PROGRESS, *_ENDED_BEFORE}),
    S.IN_PROGRESS: frozenset({S.KEPT}),
    S.KEPT: frozenset(),
    S.MISSED: frozenset(),
    S.CANCELLED_BY_CLIENT: frozenset(),
    S.CANCELLED_BY_OFFICE: frozenset(),
}

MOVABLE = frozenset({S.PROPOSED, S.CONFIRMED})
"""States in which an appointment can still be given another time."""

ROUNDING_MINUTES = 5


def may_become(state: AppointmentState, new: AppointmentState) -> bool:
    return new in TRANSITIONS[state]


def is_active(state: AppointmentState, *, withdrawn: bool = False) -> bool:
    """Whether the appointment blocks advisor and client."""
    return state in ACTIVE_STATES and not withdrawn


def planned_minutes(minutes: int, surcharge_percent: float = 0) -> int:
    """Planned duration with the surcharge of the time, rounded up to five minutes.

    Without a surcharge the duration of the kind stays exactly as it is.
    """
    if surcharge_percent <= 0:
        return minutes
    hundredths = round(minutes * (100 + surcharge_percent))  # whole, so that 30 + 0 % stays 30
    steps = -(-hundredths // (100 * ROUNDING_MINUTES))
    return steps * ROUNDING_MINUTES
