"""The states of a letter: pending → (held) → printed → posted, or void."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from koba_desktop.domain import addresses, policy, postal
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    AuditAction,
    HoldReason,
    LetterKind,
    LetterState,
)
from koba_desktop.services.clients.blocked import hidden
from koba_desktop.services.commands import (
    HoldLetter,
    MarkPosted,
    MarkPrinted,
    ReleaseLetter,
    VoidLetter,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.data import FormerData, letter_data
from koba_desktop.services.letters.kinds import (
    FIRST_HEARD,
    NAMES_A_TIME,
    PAPER,
    TELLS_A_TIME,
    UNPRINTED,
    suited,
)
from koba_desktop.services.letters.making import frozen, known_of, make_letter, recipient
from koba_desktop.services.office.entitlement import (
    not_entitled,
    reads_social_data,
    require,
)
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.work import Work, conflict

_OF_ADDRESS = (
    HoldReason.ADDRESS_MISSING,
    HoldReason.ADDRESS_INCOMPLETE,
    HoldReason.ADDRESS_RETURNED,
    HoldReason.ADDRESS_DOES_NOT_FIT,
    HoldReason.UNPRINTABLE_CHARACTER,
)
_CHANGES = (LetterKind.CHANGED_TELEPHONE, LetterKind.CONVERSION, LetterKind.POSTPONEMENT)
_WEIGHTY = (LetterKind.SUMMONS, LetterKind.OPENING)
_OUTWEIGHED = (LetterKind.PERSONAL, LetterKind.POSTPONEMENT)

# --- commands -------------------------------------------------------------------------------------


def mark_printed(work: Work, command: MarkPrinted) -> dict[str, Any]:
    """The printer took them; each keeps its PDF. One printed before is a reprint.

    Raises Refused ``letter_not_printable`` for one that is held or void, ``not_entitled``, also
    for what has left the house by who may not read it, and ``blocked_address`` where the address
    is blocked and the actor not the responsible advisor.
    """
    letters = work.many(Letter, (each.letter_id for each in command.letters))
    clients = work.many(Client, (each.client_id for each in letters.values()))
    for printed in command.letters:
        letter = letters[printed.letter_id]
        if letter.version != printed.version:
            raise conflict(letter)
        if letter.state not in (LetterState.PENDING, *PAPER):
            raise Refused(Problem("letter_not_printable", {"state": letter.state}, str(letter.id)))
        require_readable(work, letter)
        if not addresses.may_see_address(clients[letter.client_id], work.actor.staff_id):
            raise Refused(Problem("blocked_address", where=str(letter.id)))
        if letter.state is LetterState.PENDING:
            work.change(letter, state=LetterState.PRINTED, printed_at=work.now)
        work.audit(AuditAction.PRINT, letter)
        work.add(
            LetterArchive(
                id=new_id(),
                letter_id=letter.id,
                pdf=printed.pdf,
                sha256=sha256(printed.pdf).hexdigest(),
                pages=printed.pages,
            )
        )
    return {"printed": len(command.letters)}


def mark_posted(work: Work, command: MarkPosted) -> dict[str, Any]:
    """One that is posted already gets another day by who may read what has left the house; that
    somebody else said the same day meanwhile is nothing to be told.

    Raises Refused: ``letter_not_printed``, ``posted_in_future``, ``posted_before_printed``,
    ``not_entitled``.
    """
    if command.day > work.today:
        raise Refused(Problem("posted_in_future", {"day": command.day}, "day"))
    too_early: list[UUID] = []
    letters = work.many(Letter, command.letter_ids)
    about = {each.appointment_id for each in letters.values() if each.appointment_id is not None}
    found = work.reader.find(Appointment, id=AnyOf.of(about)) if about else []
    appointments: dict[UUID | None, Appointment] = {each.id: each for each in found}
    for letter in letters.values():
        require_letter(work, letter)
        if letter.posted_on != command.day:
            require_readable(work, letter)
        if letter.state not in PAPER or letter.printed_at is None:
            raise Refused(Problem("letter_not_printed", where=str(letter.id)))
        if command.day < day_of(letter.printed_at):
            raise Refused(Problem("posted_before_printed", {"day": command.day}, "day"))
        work.change(letter, state=LetterState.POSTED, posted_on=command.day)
        appointment = appointments.get(letter.appointment_id)
        if appointment is not None and _is_too_early(work, letter, appointment, command.day):
            too_early.append(letter.id)
    return {"too_early": too_early}


def hold_letter(work: Work, command: HoldLetter) -> dict[str, Any]:
    letter = _unprinted(work, command.letter_id, command.version)
    work.change(
        letter,
        state=LetterState.HELD,
        hold_reason=command.reason,
        hold_details=command.details or None,
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
    work.change(letter, state=LetterState.VOID)
    return {"letter_id": letter.id}


# --- what appointments do to their letters --------------------------------------------------------


def tell(
    work: Work, appointment: Appointment, kind: LetterKind, *, before: Appointment | None
) -> Letter:
    """Tell the client by letter how the appointment stands now; ``before`` is how it stood.

    Unprinted letters about it become void. The new one names what the client knows as the former
    time; where the client never heard of the appointment that was to be changed, it is as new.
    Who was to be summoned, or invited to the opening, still is when the appointment moves.
    """
    unprinted = letters_of(work, appointment.id, UNPRINTED)
    known = known_before(work, appointment.id, before)
    kind = suited(kind, appointment, known)
    if kind is not LetterKind.CANCELLATION:
        if never_heard(work, appointment, unprinted):
            known = None
            if before is not None or kind in _CHANGES:
                kind = suited(_first_kind(unprinted), appointment, None)
        elif before is not None and kind in _OUTWEIGHED:
            kind = suited(_weightier(unprinted) or kind, appointment, known)
        if kind is LetterKind.TELEPHONE_PROPOSAL or _still_so(known, appointment):
            known = None
    for one in unprinted:
        work.change(one, state=LetterState.VOID)
    task_id = next((one.call_task_id for one in unprinted if one.call_task_id is not None), None)
    return make_letter(
        work,
        appointment,
        kind,
        call_task_id=task_id,
        former=known,
        replaces=unprinted[-1] if unprinted else None,
    )


def tell_cancelled(work: Work, before: Appointment, after: Appointment) -> Letter | None:
    """The letter that calls the appointment off; None where the client never heard of it, because
    what proposed it was not printed."""
    if never_heard(work, before, letters_of(work, before.id, UNPRINTED)):
        return None
    return tell(work, after, LetterKind.CANCELLATION, before=before)


def never_heard(work: Work, appointment: Appointment, unprinted: Sequence[Letter]) -> bool:
    """Whether the client learns of an appointment by a letter that is not printed yet."""
    if letters_of(work, appointment.id, PAPER):
        return False
    kinds = {one.kind for one in unprinted}
    if appointment.state is AppointmentState.PROPOSED:
        return bool(kinds & FIRST_HEARD)
    return LetterKind.TELEPHONE_PROPOSAL in kinds


def void_unprinted(work: Work, appointment_id: UUID) -> None:
    """Letters about an appointment that will not take place need not be printed."""
    for one in letters_of(work, appointment_id, UNPRINTED):
        work.change(one, state=LetterState.VOID)


def refresh_unprinted(
    work: Work, *, appointment_id: UUID | None = None, client_id: UUID | None = None
) -> None:
    """Letters that wait to be printed say what is true now. One that is held for its address goes
    on once there is another; the others wait for their release."""
    where = (
        {"client_id": client_id} if client_id is not None else {"appointment_id": appointment_id}
    )
    for letter in work.reader.find(Letter, state=AnyOf(UNPRINTED), order_by="id", **where):
        waits = letter.state is LetterState.PENDING or _has_another_address(work, letter)
        if waits and _takes_place(work, letter):
            refresh(work, letter)


def refresh(work: Work, letter: Letter) -> Letter:
    """An unprinted letter with everything taken afresh, of the kind that suits how the appointment
    takes place by now."""
    if not _takes_place(work, letter):
        raise Refused(Problem("appointment_over", where=str(letter.id)))
    client = work.get(Client, letter.client_id)
    if letter.appointment_id is None:
        return work.replace(letter, frozen(work, letter, None, client, None))
    appointment = work.get(Appointment, letter.appointment_id)
    former = letter_data(letter.data)["former"]
    fresh = replace(letter, kind=suited(letter.kind, appointment, former))
    return work.replace(letter, frozen(work, fresh, appointment, client, former))


def letters_of(work: Work, appointment_id: UUID, states: tuple[LetterState, ...]) -> list[Letter]:
    """The letters about an appointment in these states, oldest first."""
    found = work.reader.find(Letter, appointment_id=appointment_id, order_by="id")
    return [letter for letter in found if letter.state in states]


def known_before(work: Work, appointment_id: UUID, before: Appointment | None) -> FormerData | None:
    """What the client knows: by the last printed letter that tells a time, else what an unprinted
    letter calls the former one, else how it stood before."""
    for letter in reversed(letters_of(work, appointment_id, PAPER)):
        told = letter_data(letter.data)["appointment"]
        if told is not None:
            return FormerData(starts=told["starts"], channel=told["channel"])
    for letter in letters_of(work, appointment_id, UNPRINTED):
        former = letter_data(letter.data)["former"]
        if former is not None:
            return former
    return known_of(before) if before is not None else None


# --- helpers --------------------------------------------------------------------------------------


def _first_kind(unprinted: Sequence[Letter]) -> LetterKind:
    """How the client was to hear of the appointment at first."""
    kinds = [one.kind for one in unprinted if one.kind in FIRST_HEARD]
    return kinds[-1] if kinds else LetterKind.TELEPHONE_PROPOSAL


def _weightier(unprinted: Sequence[Letter]) -> LetterKind | None:
    """The kind that takes the place of a mere change, if one of these was to be of it."""
    kinds = [one.kind for one in unprinted if one.kind in _WEIGHTY]
    return kinds[-1] if kinds else None


def _still_so(known: FormerData | None, appointment: Appointment) -> bool:
    """Whether what the client knows is how the appointment takes place."""
    if known is None:
        return False
    channel = known.get("channel", appointment.channel)
    return (datetime.fromisoformat(known["starts"]), channel) == (
        appointment.starts,
        appointment.channel,
    )


def require_letter(work: Work, letter: Letter) -> None:
    """Raises Refused ``not_entitled``."""
    require(work, Right.SEND_LETTERS, letter.office_id, letter.advisor_id)


def require_readable(work: Work, letter: Letter) -> None:
    """Raises Refused ``not_entitled``: what has left the house is for who may read it."""
    require_letter(work, letter)
    if letter.state is LetterState.POSTED and not reads_social_data(
        work.view, letter.office_id, letter.advisor_id
    ):
        raise not_entitled(where=str(letter.id))


def _unprinted(work: Work, letter_id: UUID, version: int) -> Letter:
    letter = work.seen(Letter, letter_id, version)
    require_letter(work, letter)
    if letter.state not in UNPRINTED:
        raise Refused(Problem("letter_is_paper", {"state": letter.state}, str(letter.id)))
    return letter


def _has_another_address(work: Work, letter: Letter) -> bool:
    """Whether what the letter was held for may be mended: it would go elsewhere by now. A letter
    to a blocked address is released by hand in any case."""
    if letter.hold_reason not in _OF_ADDRESS:
        return False
    client = work.get(Client, letter.client_id)
    if client.address_blocked:
        return False
    to = recipient(work, client)
    lines = list(addresses.address_lines(to)) if to is not None else []
    return lines != letter_data(letter.data)["recipient_lines"]


def _takes_place(work: Work, letter: Letter) -> bool:
    """Whether what the letter announces, if it announces a time, still takes place."""
    if letter.kind not in NAMES_A_TIME or letter.appointment_id is None:
        return True
    return work.get(Appointment, letter.appointment_id).active


def _is_too_early(work: Work, letter: Letter, appointment: Appointment, posted: date) -> bool:
    if letter.kind not in TELLS_A_TIME or not appointment.active:
        return False
    rules = policy.postal_rules(work.settings, letter.office_id, work.today)
    return postal.too_early(day_of(appointment.starts), posted, rules, work.is_holiday)
