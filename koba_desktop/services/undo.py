"""Taking a command back: the former values return, if nothing else has changed since.

A row the command made is withdrawn, not deleted; a row it changed gets its former values, through
the same constraints of the database as any other change (the slot may be taken now). Paper that
was printed meanwhile stays: the client must be told by a new letter.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain import addresses
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentPurpose,
    ChangeReason,
    Participant,
)
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientNote,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import UNCLAIMED, Letter
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.errors import Conflict, NotFound, Problem, Refused
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    HAS_PLACE,
    AppointmentState,
    ChangeKind,
    LetterState,
    RoomBookingState,
)
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.rooming import channel_of, room_of, spot
from koba_desktop.services.clients.blocked import hidden
from koba_desktop.services.clients.importing import ImportClients
from koba_desktop.services.commands import (
    ClaimLetters,
    Command,
    MarkPrinted,
    ReleaseClaims,
    Step,
    Undo,
    UndoPlan,
)
from koba_desktop.services.letters.kinds import PAPER
from koba_desktop.services.office.entitlement import may, may_somewhere, not_entitled
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.reception.visits import numbered
from koba_desktop.services.work import Work, conflict, content, same_content

_RESTORABLE = (
    Appointment,
    AppointmentPurpose,
    Participant,
    RoomBooking,
    Visit,
    Letter,
    CallTask,
    ContactAttempt,
    AttemptNote,
    Client,
    ClientAddress,
    ClientPhone,
    ClientEmail,
    ClientNote,
    Representative,
)
_LASTING = (ImportClients, ClaimLetters, ReleaseClaims, MarkPrinted)


def undo_plan(command: Command, work: Work) -> UndoPlan | None:
    """What takes back all that was written; None where some of it can not be taken back.

    Undoing an Undo keeps the label of the command it is about. The texts of reasons stay with
    the history they explain.
    """
    steps = tuple(s for s in work.steps if not isinstance(s.after, ChangeReason))
    if not steps or work.removed or isinstance(command, _LASTING):
        return None
    if not all(_can_be_restored(step, work.now) for step in steps):
        return None
    label = command.plan.label if isinstance(command, Undo) else type(command).__name__
    return UndoPlan(label=label, steps=steps)


def _can_be_restored(step: Step, now: datetime) -> bool:
    if step.before is None:
        return _withdrawn(step.after, now) is not None
    return isinstance(step.after, _RESTORABLE)


def take_back(work: Work, command: Undo) -> dict[str, Any]:
    """Restore the former values. Raises Conflict, naming who changed what when, Taken, and
    Refused ``not_entitled`` where the actor may not do such things, ``address_hidden``,
    ``printed_meanwhile`` where nothing was done but letters that are paper by now."""
    for step in command.plan.steps:
        _require_entitled(work, step)
    offer: set[UUID] = set()
    rows: list[tuple[Changeable, Changeable]] = []
    for step in command.plan.steps:
        current = _unchanged(work, step)
        if current is None:
            letter = step.after
            if isinstance(letter, Letter) and letter.appointment_id is not None:
                offer.add(letter.appointment_id)
            continue
        rows.append((current, _former(work, step)))
    if not rows:
        raise Refused(Problem("printed_meanwhile"))
    # Backwards, as each row made room for the next; what gives up its time altogether goes first.
    rows.reverse()
    rows.sort(key=lambda pair: getattr(pair[1], "active", False))
    written = [(current, work.change(current, **content(target))) for current, target in rows]
    for _current, after in written:
        if isinstance(after, RoomBooking) and after.state in HAS_PLACE:
            _require_wanted(work, after)
    _remember(work, written)
    return {"offer_letters": sorted(offer)}


def _require_entitled(work: Work, step: Step) -> None:
    """Whoever takes back needs the right to do it, be it somebody else's work."""
    row = step.after
    own = step.before is None  # what the command made is withdrawn with it
    match row:
        case ClientNote():
            _require_any(work, (Right.READ_SOCIAL_DATA,), _client_of(work, row.client_id, row))
        case Client():
            _require_any(work, (Right.KEEP_CLIENTS,), _client_of(work, row.id, row))
        case ClientAddress() | ClientPhone() | ClientEmail() | Representative():
            client = _client_of(work, row.client_id, row)
            _require_any(work, (Right.KEEP_CLIENTS, Right.CALL), client)
        case Appointment() | Visit() | RoomBooking():
            advisor_id = row.advisor_id if isinstance(row, Appointment) else None
            scope = (row.office_id, advisor_id)
            _require_any(work, (Right.BOOK, Right.RECEIVE_VISITORS), scope)
        case Letter():
            _require_any(work, (Right.SEND_LETTERS,), (row.office_id, row.advisor_id))
        case CallTask():
            rights = (Right.CALL, Right.ASK_FOR_CALL) if own else (Right.CALL,)
            _require_any(work, rights, (row.office_id, row.advisor_id))
        case ContactAttempt():
            _require_any(work, (Right.CALL,), (row.office_id, row.staff_id))
        case AttemptNote():
            rights = (Right.CALL, Right.ASK_FOR_CALL) if own else (Right.CALL,)
            if not any(may_somewhere(work.view, right) for right in rights):
                raise not_entitled()
        case AppointmentPurpose():
            appointment = work.get(Appointment, row.appointment_id)
            scope = (appointment.office_id, appointment.advisor_id)
            _require_any(work, (Right.READ_SOCIAL_DATA,), scope)
        case _:
            pass  # who takes part goes with the appointment


def _client_of(work: Work, client_id: UUID, row: Changeable) -> tuple[UUID, UUID | None]:
    """Office and responsible advisor of a client whose row is restored."""
    client = work.get(Client, client_id)
    address = isinstance(row, Client | ClientAddress)
    if address and not addresses.may_see_address(client, work.actor.staff_id):
        raise hidden("address_hidden")
    return client.office_id, client.advisor_id


def _require_any(work: Work, rights: tuple[Right, ...], scope: tuple[UUID, UUID | None]) -> None:
    if not any(may(work.view, right, *scope) for right in rights):
        raise not_entitled()


def _require_wanted(work: Work, place: RoomBooking) -> None:
    """Raises Conflict where the appointment that gets a place back has another one by now, needs
    none any more, or is held in another way."""
    if place.appointment_id is None:
        return
    appointment = work.get(Appointment, place.appointment_id)
    for other in work.reader.find(
        RoomBooking, appointment_id=appointment.id, state=AnyOf.of(HAS_PLACE)
    ):
        if other.id != place.id:
            raise conflict(other)
    at = spot(work, place.place_id, place.office_id, day_of(place.starts))
    over = not appointment.active or appointment.state is AppointmentState.KEPT
    if over or appointment.channel is not channel_of(at):
        raise conflict(appointment)


def _remember(work: Work, written: list[tuple[Changeable, Changeable]]) -> None:
    """Into the history of each appointment that was written, or whose place was."""
    before: dict[UUID, Appointment] = {}
    rooms: dict[UUID, tuple[UUID | None, UUID | None]] = {}
    for current, after in written:
        if isinstance(current, Appointment):
            before[current.id] = current
        elif isinstance(current, RoomBooking) and isinstance(after, RoomBooking):
            pair = _room(work, current), _room(work, after)
            if current.appointment_id is not None and pair[0] != pair[1]:
                old, new = rooms.get(current.appointment_id, (None, None))
                rooms[current.appointment_id] = (old or pair[0], new or pair[1])
    for appointment_id in {**before, **rooms}:
        after = work.get(Appointment, appointment_id)
        old, new = rooms.get(appointment_id, (None, None))
        remember(
            work,
            ChangeKind.UNDONE,
            before.get(appointment_id, after),
            after,
            room_before=old,
            room_after=new,
        )


def _room(work: Work, booking: RoomBooking) -> UUID | None:
    """The room in which a booking gives its appointment a place."""
    return room_of(work, booking) if booking.state in HAS_PLACE else None


def _unchanged(work: Work, step: Step) -> Changeable | None:
    """The row as it stands, if it is still as the command left it.

    None for a letter that was printed meanwhile. The content counts, not the version: undoing the
    latest command gives a row a new version and the content an earlier command left it with.
    """
    after = step.after
    try:
        current = work.get(type(after), after.id)
    except NotFound:
        raise Conflict(type(after).__name__, None, changed_by=None, changed_at=None) from None
    if isinstance(current, Letter) and isinstance(after, Letter):
        printed_since = current.state in PAPER and after.state not in PAPER
        if printed_since:
            return None
    if not same_content(current, after):
        raise conflict(current)
    return current


def _former(work: Work, step: Step) -> Changeable:
    if isinstance(step.before, Visit):
        return numbered(work, step.before)
    if step.before is not None:
        return step.before
    withdrawn = _withdrawn(step.after, work.now)
    assert withdrawn is not None, "plans only hold rows that can be withdrawn"
    return withdrawn


def _withdrawn(record: Changeable, now: datetime) -> Changeable | None:
    """A row a command made, as it stands once the command is taken back."""
    match record:
        case Appointment():
            return replace(record, active=False, withdrawn_at=now)
        case Participant():
            return replace(record, active=False)
        case RoomBooking():
            return replace(record, active=False, state=RoomBookingState.RELEASED)
        case Letter():
            return replace(record, state=LetterState.VOID, withdrawn_at=now, **UNCLAIMED)
        case CallTask() | ContactAttempt() | Visit():
            return replace(record, withdrawn_at=now)
        case AttemptNote() | AppointmentPurpose() | ClientNote():
            return replace(record, text="")
        case _:
            return None
