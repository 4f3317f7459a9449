"""The states of a letter: pending → (held) → printed → posted, or void."""

from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain import addresses, policy, postal
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import UNCLAIMED, Letter
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    LetterState,
)
from koba_desktop.i18n import _
from koba_desktop.services.clients.blocked import hidden
from koba_desktop.services.commands import (
    HoldLetter,
    MarkPosted,
    ReleaseLetter,
    VoidLetter,
)
from koba_desktop.services.letters.kinds import (
    PAPER,
    TELLS_A_TIME,
    UNPRINTED,
)
from koba_desktop.services.letters.reading import is_readable
from koba_desktop.services.letters.telling import refresh
from koba_desktop.services.letters.told import appointments_of
from koba_desktop.services.office.entitlement import (
    may,
    not_entitled,
    require,
)
from koba_desktop.services.work import Work


def mark_posted(work: Work, command: MarkPosted) -> dict[str, Any]:
    """Each letter for itself: what cannot have been posted that day is told and keeps nobody from
    posting the others. One that is posted already gets another day by who saw the day it has and
    may read what has left the house; that somebody else said the same day meanwhile is nothing to
    be told.

    Raises Refused ``posted_in_future``; where none is posted, for each letter (``where`` its id)
    one of ``letter_not_printed``, ``posted_before_printed`` (``printed``), ``posted_meanwhile``
    (``by``, ``day``), ``not_entitled``.
    """
    if command.day > work.today:
        raise Refused(Problem("posted_in_future", {"day": command.day}, "day"))
    letters = work.many(Letter, (each.letter_id for each in command.letters))
    appointments = appointments_of(work.reader, letters.values())
    posted: list[UUID] = []
    too_early: list[UUID] = []
    refused: list[Problem] = []
    for seen in command.letters:
        letter = letters[seen.letter_id]
        problem = _not_posted(work, letter, seen.version, command.day)
        if problem is not None:
            refused.append(problem)
            continue
        work.change(letter, state=LetterState.POSTED, posted_on=command.day)
        posted.append(letter.id)
        appointment = appointments.get(letter.appointment_id)
        if appointment is not None and _is_too_early(work, letter, appointment, command.day):
            too_early.append(letter.id)
    if refused and not posted:
        raise Refused(*refused)
    return {
        "posted": posted,
        "refused": [
            {"id": UUID(each.where), "code": each.code, "params": dict(each.params)}
            for each in refused
        ],
        "too_early": too_early,
    }


def _not_posted(work: Work, letter: Letter, version: int, day: date) -> Problem | None:
    """Why the letter was not posted that day, as far as one knows."""
    where = str(letter.id)
    if not may(work.view, Right.SEND_LETTERS, letter.office_id, letter.advisor_id):
        return Problem("not_entitled", where=where)
    if letter.state not in PAPER or letter.printed_at is None:
        return Problem("letter_not_printed", where=where)
    if letter.posted_on == day:
        return None
    if not is_readable(work.view, letter):
        return Problem("not_entitled", where=where)
    if letter.posted_on is not None and letter.version != version:
        who = work.first(Staff, id=letter.changed_by) if letter.changed_by is not None else None
        by = who.family_name if who is not None else _("Somebody")
        params = {"by": by, "day": letter.posted_on.isoformat()}
        return Problem("posted_meanwhile", params, where)
    printed = day_of(letter.printed_at)
    if day < printed:
        params = {"day": day.isoformat(), "printed": printed.isoformat()}
        return Problem("posted_before_printed", params, where)
    return None


def hold_letter(work: Work, command: HoldLetter) -> dict[str, Any]:
    """It is not to be printed before somebody has cleared up what is in the way.

    Result: ``letter_id``. Raises Conflict; Refused ``letter_is_paper`` where it is not to be
    printed any more, and ``not_entitled``.
    """
    letter = _unprinted(work, command.letter_id, command.version)
    work.change(
        letter,
        state=LetterState.HELD,
        hold_reason=command.reason,
        hold_details=command.details or None,
        **UNCLAIMED,
    )
    return {"letter_id": letter.id}


def release_letter(work: Work, command: ReleaseLetter) -> dict[str, Any]:
    """Take address and dates afresh. What is still wrong with the address holds it again. One to a
    blocked address is released by the responsible advisor only (``address_hidden``).

    Result: ``letter_id``, ``state``. Raises Refused ``appointment_over`` where the appointment
    the letter announces does not take place any more.
    """
    letter = _unprinted(work, command.letter_id, command.version)
    client = work.get(Client, letter.client_id)
    if not addresses.may_see_address(client, work.actor.staff_id):
        raise hidden("address_hidden", str(letter.id))
    return {"letter_id": letter.id, "state": refresh(work, letter).state}


def void_letter(work: Work, command: VoidLetter) -> dict[str, Any]:
    """It is not to leave the house. Raises Refused: ``letter_is_paper`` where it has, and
    ``not_entitled``."""
    letter = work.seen(Letter, command.letter_id, command.version)
    require_letter(work, letter)
    if letter.state not in (*UNPRINTED, LetterState.PRINTED):
        raise Refused(Problem("letter_is_paper", {"state": letter.state}, str(letter.id)))
    work.change(letter, state=LetterState.VOID, **UNCLAIMED)
    return {"letter_id": letter.id}


def require_letter(work: Work, letter: Letter) -> None:
    """Raises Refused ``not_entitled``."""
    require(work, Right.SEND_LETTERS, letter.office_id, letter.advisor_id)


def require_readable(work: Work, letter: Letter) -> None:
    """Raises Refused ``not_entitled``: what has left the house is for who may read it."""
    require_letter(work, letter)
    if not is_readable(work.view, letter):
        raise not_entitled(where=str(letter.id))


def _unprinted(work: Work, letter_id: UUID, version: int) -> Letter:
    letter = work.seen(Letter, letter_id, version)
    require_letter(work, letter)
    if letter.state not in UNPRINTED:
        raise Refused(Problem("letter_is_paper", {"state": letter.state}, str(letter.id)))
    return letter


def _is_too_early(work: Work, letter: Letter, appointment: Appointment, posted: date) -> bool:
    if letter.kind not in TELLS_A_TIME or not appointment.active:
        return False
    rules = policy.postal_rules(work.settings, letter.office_id, work.today)
    return postal.too_early(day_of(appointment.starts), posted, rules, work.is_holiday)
