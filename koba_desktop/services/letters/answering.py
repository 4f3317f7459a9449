"""What clients answer to letters, and which letters wait for an answer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import ACTIVE_STATES, AppointmentState, ChangeKind, LetterAnswer
from koba_desktop.services.appointments.becoming import become
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.commands import RecordAnswer
from koba_desktop.services.letters.kinds import ASKS_FOR_ANSWER, PAPER
from koba_desktop.services.letters.states import require_readable
from koba_desktop.services.letters.told import is_as_told
from koba_desktop.services.office.entitlement import require_appointment
from koba_desktop.services.rows import OutboxRow
from koba_desktop.services.work import Work, conflict


def can_be_answered(row: OutboxRow, now: datetime) -> bool:
    """Whether an answer to this letter still means something: it is on paper, asks for one, and
    its appointment is to come."""
    return (
        row.state in PAPER
        and row.kind in ASKS_FOR_ANSWER
        and row.appointment_state in ACTIVE_STATES
        and row.appointment_starts is not None
        and row.appointment_starts > now
    )


def answerable(rows: Iterable[OutboxRow], now: datetime) -> OutboxRow | None:
    """The letter about an appointment that an answer is to: the latest that is on paper."""
    found = [row for row in rows if can_be_answered(row, now)]
    return found[-1] if found else None


def awaits_answer(row: OutboxRow, now: datetime) -> bool:
    """Whether the client has still to say something to a letter that was posted: the appointment
    is to come at the time the letter names, and nobody has confirmed it meanwhile."""
    return (
        row.answer is None
        and row.kind in ASKS_FOR_ANSWER
        and row.appointment_state is AppointmentState.PROPOSED
        and row.appointment_starts is not None
        and row.appointment_starts == row.letter_starts
        and row.appointment_starts > now
    )


def record_answer(work: Work, command: RecordAnswer) -> dict[str, Any]:
    """The answer stands with the letter; a later one takes its place. That somebody has noted the
    same meanwhile is nothing to be told. "It fits" confirms the appointment, where it is still
    proposed and takes place as the letter says.

    Raises Refused ``letter_not_answerable`` (state) for one that was never printed or is void,
    ``letter_asks_nothing`` (kind), ``answered_in_future``, ``answered_before_printed`` (day),
    ``not_entitled``; Conflict.
    """
    letter = work.get(Letter, command.letter_id)
    require_readable(work, letter)
    if letter.version != command.version:
        if (letter.answer, letter.answered_on) == (command.answer, command.day):
            return {"letter_id": letter.id, "noted": False}
        raise conflict(letter)
    if letter.kind not in ASKS_FOR_ANSWER:
        raise Refused(Problem("letter_asks_nothing", {"kind": letter.kind}, str(letter.id)))
    if letter.state not in PAPER or letter.printed_at is None:
        raise Refused(Problem("letter_not_answerable", {"state": letter.state}, str(letter.id)))
    if command.day > work.today:
        raise Refused(Problem("answered_in_future", {"day": command.day}, "day"))
    if command.day < day_of(letter.printed_at):
        raise Refused(Problem("answered_before_printed", {"day": command.day}, "day"))
    work.change(letter, answer=command.answer, answered_on=command.day)
    if command.answer is LetterAnswer.FITS and letter.appointment_id is not None:
        _confirm(work, letter, work.get(Appointment, letter.appointment_id))
    return {"letter_id": letter.id, "noted": True}


def _confirm(work: Work, letter: Letter, appointment: Appointment) -> None:
    if appointment.state is not AppointmentState.PROPOSED or not is_as_told(letter, appointment):
        return
    require_appointment(work, Right.BOOK, appointment)
    confirmed = become(work, appointment, AppointmentState.CONFIRMED)
    remember(work, ChangeKind.STATE, appointment, confirmed, letter_id=letter.id)
