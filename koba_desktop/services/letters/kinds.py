"""What the kinds and states of letters mean for the work."""

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.vocabulary import (
    ACTIVE_STATES,
    AppointmentState,
    Channel,
    LetterKind,
    LetterState,
)
from koba_desktop.services.letters.data import FormerData
from koba_desktop.services.rows import AppointmentRow

ASKS_FOR_ANSWER = frozenset(
    {
        LetterKind.TELEPHONE_PROPOSAL,
        LetterKind.CHANGED_TELEPHONE,
        LetterKind.CONVERSION,
        LetterKind.PERSONAL,
        LetterKind.OPENING,
        LetterKind.POSTPONEMENT,
    }
)
"""Kinds with a day until which the client may ask for another time."""

TELLS_A_TIME = ASKS_FOR_ANSWER | {LetterKind.SUMMONS}
"""Kinds by which the client learns of a time: it must not be before the earliest day by post."""

NAMES_A_TIME = TELLS_A_TIME | {LetterKind.CONFIRMATION}
"""Kinds that say when an appointment takes place: they are wrong once it has moved."""

TRANSLATED = frozenset(
    {
        LetterKind.TELEPHONE_PROPOSAL,
        LetterKind.CHANGED_TELEPHONE,
        LetterKind.CANCELLATION,
        LetterKind.CONVERSION,
        LetterKind.PERSONAL,
    }
)
"""Kinds on which a client must act: a courtesy translation goes along with them."""

ONLY_IN_PERSON = frozenset({LetterKind.PERSONAL, LetterKind.OPENING, LetterKind.SUMMONS})
"""Kinds that ask the client to come."""

FIRST_HEARD = ONLY_IN_PERSON | {LetterKind.TELEPHONE_PROPOSAL}
"""Kinds by which a client may hear of an appointment for the first time."""

BY_TELEPHONE = frozenset(
    {
        LetterKind.TELEPHONE_PROPOSAL,
        LetterKind.CHANGED_TELEPHONE,
        LetterKind.CONFIRMATION,
        LetterKind.CONVERSION,
    }
)
"""Kinds that say the client will be called."""

ABOUT_NO_APPOINTMENT = frozenset({LetterKind.PLEASE_CALL})
"""Kinds that only ask the client to get in touch."""

UNPRINTED = (LetterState.PENDING, LetterState.HELD)
"""States of what can still be changed."""

PAPER = (LetterState.PRINTED, LetterState.POSTED)
"""States of what the client may have read: other paper only can answer it."""


def invites(kind: LetterKind, appointment: Appointment) -> bool:
    """Whether a letter asks the client to come: it names the visitor's number then."""
    personal = appointment.channel is not Channel.TELEPHONE
    return kind in ONLY_IN_PERSON or (kind is LetterKind.POSTPONEMENT and personal)


def suited(kind: LetterKind, appointment: Appointment, former: FormerData | None) -> LetterKind:
    """The kind that says how the appointment takes place now, where ``kind`` says otherwise.

    ``former`` is what the client knows of it by now.
    """
    if appointment.channel is not Channel.TELEPHONE:
        return LetterKind.PERSONAL if kind in BY_TELEPHONE else kind
    if kind not in ONLY_IN_PERSON | {LetterKind.CHANGED_TELEPHONE, LetterKind.CONVERSION}:
        return kind
    if former is not None:
        was = former.get("channel", Channel.TELEPHONE)
        return LetterKind.CHANGED_TELEPHONE if was == Channel.TELEPHONE else LetterKind.CONVERSION
    if kind is LetterKind.CHANGED_TELEPHONE:
        return kind
    if appointment.state is AppointmentState.PROPOSED:
        return LetterKind.TELEPHONE_PROPOSAL
    return LetterKind.CONFIRMATION


def kind_to_tell(row: AppointmentRow | None) -> LetterKind:
    """The kind by which a client learns how an appointment stands that a printed letter tells
    otherwise, by telephone (see ``suited``). None: it is no longer there."""
    stands = row is not None and row.state in ACTIVE_STATES
    return LetterKind.CHANGED_TELEPHONE if stands else LetterKind.CANCELLATION
