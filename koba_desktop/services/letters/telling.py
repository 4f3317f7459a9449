"""What appointments do to their letters: each change is told, and unprinted ones follow it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from koba_desktop.domain import addresses
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import UNCLAIMED, Letter
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    LetterKind,
    LetterState,
)
from koba_desktop.services.letters.data import FormerData, letter_data
from koba_desktop.services.letters.freezing import known_of
from koba_desktop.services.letters.kinds import (
    FIRST_HEARD,
    NAMES_A_TIME,
    PAPER,
    UNPRINTED,
    suited,
)
from koba_desktop.services.letters.making import frozen, make_letter, recipient
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.work import Work, same_content

_CHANGES = (LetterKind.CHANGED_TELEPHONE, LetterKind.CONVERSION, LetterKind.POSTPONEMENT)
_WEIGHTY = (LetterKind.SUMMONS, LetterKind.OPENING)
_OF_THE_DAY = ("made_on", "answer_until", "calendar_sequence")
_OUTWEIGHED = (LetterKind.PERSONAL, LetterKind.POSTPONEMENT)


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
    _void(work, unprinted)
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
    """Whether the client learns of an appointment by a letter that is not printed yet. Of one that
    a run took to a printer the sheets may be on their way."""
    if letters_of(work, appointment.id, PAPER) or any(one.claim for one in unprinted):
        return False
    kinds = {one.kind for one in unprinted}
    if appointment.state is AppointmentState.PROPOSED:
        return bool(kinds & FIRST_HEARD)
    return LetterKind.TELEPHONE_PROPOSAL in kinds


def void_unprinted(work: Work, appointment_id: UUID) -> None:
    """Letters about an appointment that will not take place need not be printed."""
    _void(work, letters_of(work, appointment_id, UNPRINTED))


def _void(work: Work, letters: Iterable[Letter]) -> None:
    for one in letters:
        work.change(one, state=LetterState.VOID, **UNCLAIMED)


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
        return _renewed(work, letter, frozen(work, letter, None, client, None))
    appointment = work.get(Appointment, letter.appointment_id)
    former = letter_data(letter.data)["former"]
    fresh = replace(letter, kind=suited(letter.kind, appointment, former))
    return _renewed(work, letter, frozen(work, fresh, appointment, client, former))


def _renewed(work: Work, letter: Letter, fresh: Letter) -> Letter:
    """What is at a printer by now is not this letter any more, if it says anything else. That it
    would be of another day is nothing else: of what was perhaps printed yesterday the sheets may
    lie there."""
    claimed = letter.claim is not None
    if same_content(letter, fresh) or (claimed and same_content(_aged(letter, fresh), fresh)):
        return letter
    return work.replace(letter, replace(fresh, **UNCLAIMED))


def _aged(letter: Letter, fresh: Letter) -> Letter:
    """The letter with what follows from the day on which it is made as ``fresh`` has it."""
    days = {name: value for name, value in fresh.data.items() if name in _OF_THE_DAY}
    data = {name: value for name, value in letter.data.items() if name not in _OF_THE_DAY}
    return replace(letter, data=data | days, assumed_posting=fresh.assumed_posting)


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


def _has_another_address(work: Work, letter: Letter) -> bool:
    """Whether what the letter was held for may be mended: it would go elsewhere by now. A letter
    to a blocked address is released by hand in any case."""
    if letter.hold_reason not in addresses.ADDRESS_HOLDS:
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
