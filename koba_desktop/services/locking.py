"""Which rows a command is about, so that a database with many writers can let one wait for the
other *before* it reads: whoever waits at a constraint instead has read what is no longer true.

Every command about a personal appointment, a room or a place takes at least the shared lock of
its office, so that the one who may choose or push any place of the office (exclusive) is alone
with all of them. The advisor and the client carry constraints of their own; whatever else belongs
to a client (call tasks, letters, phones) is written under the client's lock.

What is read here may be old by the time the locks are granted. That does no harm: commands name
the version they saw, and nothing here changes hands (the client of an appointment, the office of
a room).
"""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking, Visit
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import AppointmentState, Channel
from koba_desktop.services import commands as c
from koba_desktop.services.audit.exporting import ExportAudit
from koba_desktop.services.clients.importing import ImportClients
from koba_desktop.services.commands import door as d
from koba_desktop.services.locks import IMPORTING, NOTHING, Locks, visitor_numbers
from koba_desktop.services.ports import AnyOf, Reader

_FEW_CLIENTS = 200  # locks are counted by the server; a large import relies on the versions alone


def locks_of(command: c.Command, reader: Reader) -> Locks:
    """What to lock before the command is carried out, by at most two reads. A row that does not
    exist locks nothing: the handler says that it is missing. A class that is not here is a bug
    (KeyError)."""
    return _LOCKS[type(command)](command, reader)


# --- what many have in common ---------------------------------------------------------------------


def _set(ids: Iterable[UUID | None]) -> frozenset[UUID]:
    return frozenset(each for each in ids if each is not None)


def _nothing(_command: Any, _reader: Reader) -> Locks:
    return NOTHING


def _its_client(command: Any, _reader: Reader) -> Locks:
    return Locks(clients=_set([command.client_id]))


def _client_of(reader: Reader, kind: type[CallTask | ContactAttempt], row_id: UUID) -> Locks:
    return Locks(clients=_set(each.client_id for each in reader.find(kind, id=row_id, limit=1)))


def _office_of(reader: Reader, kind: type[OperatingMode | Room], row_id: UUID) -> Locks:
    return Locks(offices=_set(each.office_id for each in reader.find(kind, id=row_id, limit=1)))


def _exclusive(office_id: UUID) -> Locks:
    return Locks(offices=frozenset({office_id}))


def _shared(office_id: UUID, *places: UUID | None) -> Locks:
    return Locks(shared_offices=frozenset({office_id}), places=_set(places))


def _clients_of(reader: Reader, appointment_ids: Iterable[UUID | None]) -> Locks:
    """Those who take part. No read where there is no appointment."""
    ids = _set(appointment_ids)
    if not ids:
        return NOTHING
    found = reader.find(Participant, appointment_id=AnyOf.of(sorted(ids)))
    return Locks(clients=_set(each.client_id for each in found))


def _appointment(
    reader: Reader,
    appointment_id: UUID,
    at_the_door: Callable[[Appointment], Locks],
    wanted: Channel | None = None,
) -> Locks:
    """Advisor and clients of an appointment; and what ``at_the_door`` says, if it is a personal
    one, or ``wanted`` to be."""
    for found in reader.find(Appointment, id=appointment_id, limit=1):
        locks = Locks(advisors=frozenset({found.advisor_id}))
        if {found.channel, wanted or found.channel} != {Channel.TELEPHONE}:
            locks |= at_the_door(found)
        return locks | _clients_of(reader, [found.id])
    return NOTHING


def _gives_number(appointment: Appointment) -> Locks:
    """A known appointment whose visit may be made now."""
    office_id = appointment.office_id
    return _shared(office_id, visitor_numbers(office_id, appointment.starts))


def _keeps_place(appointment: Appointment) -> Locks:
    return _shared(appointment.office_id)


def _any_place(appointment: Appointment) -> Locks:
    return _exclusive(appointment.office_id)


# --- clients and calls ----------------------------------------------------------------------------


def _note_attempt(command: c.NoteAttempt, reader: Reader) -> Locks:
    return _client_of(reader, ContactAttempt, command.attempt_id)


def _close_task(command: c.CloseCallTask, reader: Reader) -> Locks:
    return _client_of(reader, CallTask, command.task_id)


def _save_client(command: c.SaveClient, _reader: Reader) -> Locks:
    return Locks(clients=frozenset({command.profile.client.id}))


def _import(command: ImportClients, reader: Reader) -> Locks:
    numbers = sorted({record.number for record in command.records if record.number})
    one_at_a_time = Locks(places=frozenset({IMPORTING}))
    if not numbers or len(numbers) > _FEW_CLIENTS:
        return one_at_a_time
    known = reader.find(Client, number=AnyOf.of(numbers))
    return one_at_a_time | Locks(clients=_set(client.id for client in known))


# --- appointments ---------------------------------------------------------------------------------


def _propose(command: c.ProposeByLetter, _reader: Reader) -> Locks:
    return Locks(advisors=frozenset({command.advisor_id}), clients=frozenset({command.client_id}))


def _book(command: c.BookAppointment | d.AssignEmergency, _reader: Reader) -> Locks:
    people = Locks(
        advisors=frozenset({command.advisor_id}),
        clients=_set([command.client_id]),
    )
    if command.channel is Channel.TELEPHONE:
        return people
    if command.place_id is None:
        return people | _exclusive(command.office_id)
    number = visitor_numbers(command.office_id, command.starts)
    return people | _shared(command.office_id, command.place_id, number)


def _reschedule(command: c.Reschedule, reader: Reader) -> Locks:
    """In person before or afterwards: a place is given back, another is chosen."""
    known = _appointment(reader, command.appointment_id, _any_place, command.channel)
    return known | Locks(advisors=_set([command.advisor_id]))


def _state(command: c.SetAppointmentState, reader: Reader) -> Locks:
    """Entering and leaving a room pushes who comes next."""
    if command.state in (AppointmentState.IN_PROGRESS, AppointmentState.KEPT):
        return _appointment(reader, command.appointment_id, _any_place)
    return _appointment(reader, command.appointment_id, _gives_number)


def _cancel(command: c.CancelAppointment, reader: Reader) -> Locks:
    return _appointment(reader, command.appointment_id, _keeps_place)


def _about(command: c.ChangeDetails | c.CreateLetter | d.ArriveVisitor, reader: Reader) -> Locks:
    """Letters that ask somebody to come name the visitor's number, and make it where it lacks."""
    return _appointment(reader, command.appointment_id, _gives_number)


def _hold(command: c.HoldSlot, reader: Reader) -> Locks:
    """A hold binds like an appointment: whoever chooses among the office's places sees it."""
    people = Locks(advisors=frozenset({command.advisor_id}), clients=_set([command.client_id]))
    if command.place_id is None:
        return people
    for place in reader.find(Place, id=command.place_id, limit=1):
        for room in reader.find(Room, id=place.room_id, limit=1):
            return people | _shared(room.office_id, place.id)
    return people


# --- letters --------------------------------------------------------------------------------------


def _letters(ids: Iterable[UUID], reader: Reader) -> list[Letter]:
    return reader.find(Letter, id=AnyOf.of(sorted(set(ids))))


def _clients_of_letters(found: Iterable[Letter]) -> Locks:
    return Locks(clients=_set(letter.client_id for letter in found))


def _letter(command: c.HoldLetter | c.VoidLetter | c.ResendLetter, reader: Reader) -> Locks:
    return _clients_of_letters(_letters([command.letter_id], reader))


def _release(command: c.ReleaseLetter, reader: Reader) -> Locks:
    """The advisor's time is not touched: the appointment stays as it is."""
    return _appointment_of_letter(command.letter_id, reader, _gives_number, advisor=False)


def _appointment_of_letter(
    letter_id: UUID,
    reader: Reader,
    at_the_door: Callable[[Appointment], Locks],
    *,
    advisor: bool = True,
) -> Locks:
    """The letter's client and the ``advisor`` of its appointment; and what ``at_the_door`` says, if
    that is a personal one."""
    found = _letters([letter_id], reader)
    locks = _clients_of_letters(found)
    about = _set(letter.appointment_id for letter in found)
    for appointment in reader.find(Appointment, id=AnyOf.of(about)) if about else []:
        if advisor:
            locks |= Locks(advisors=frozenset({appointment.advisor_id}))
        if appointment.channel is not Channel.TELEPHONE:
            locks |= at_the_door(appointment)
    return locks


def _move_by_letter(command: c.MoveByLetter, reader: Reader) -> Locks:
    return _appointment_of_letter(command.letter_id, reader, _any_place)


def _answer(command: c.RecordAnswer, reader: Reader) -> Locks:
    """ "It fits" confirms the appointment."""
    return _appointment_of_letter(command.letter_id, reader, _keeps_place)


def _several(command: c.ClaimLetters | c.MarkPrinted | c.MarkPosted, reader: Reader) -> Locks:
    return _clients_of_letters(_letters([each.letter_id for each in command.letters], reader))


def _released(command: c.ReleaseClaims, reader: Reader) -> Locks:
    return _clients_of_letters(_letters(command.letter_ids, reader))


# --- the mode -------------------------------------------------------------------------------------


def _mode(command: c.SetMode, _reader: Reader) -> Locks:
    """Who books a visit meanwhile is admitted by the mode before or by the one after it, not by
    half of each; two who decide do so one after the other."""
    return _exclusive(command.office_id)


def _withdraw_mode(command: c.WithdrawMode, reader: Reader) -> Locks:
    return _office_of(reader, OperatingMode, command.mode_id)


# --- the door -------------------------------------------------------------------------------------


def _visit(command: d.CheckVisitor | d.CallAdvisor, reader: Reader) -> Locks:
    """The number of persons goes to the booking of the place."""
    for visit in reader.find(Visit, id=command.visit_id, limit=1):
        about = _set([visit.appointment_id])
        found = reader.find(Appointment, id=AnyOf.of(about)) if about else []
        advisors = _set(each.advisor_id for each in found)
        return _shared(visit.office_id) | Locks(advisors=advisors)
    return NOTHING


def _leave_waiting(command: d.LeaveWaiting, reader: Reader) -> Locks:
    """A call task is made for the client. Alone in the office, it needs no lock of the advisor."""
    for visit in reader.find(Visit, id=command.visit_id, limit=1):
        return _exclusive(visit.office_id) | _clients_of(reader, [visit.appointment_id])
    return NOTHING


def _any_place_of_booking(command: d.EnterRoom | d.VacateRoom, reader: Reader) -> Locks:
    """What follows in the room is pushed, or goes elsewhere."""
    for booking in reader.find(RoomBooking, id=command.booking_id, limit=1):
        return _exclusive(booking.office_id)
    return NOTHING


def _its_place(command: d.MarkAired | d.MarkCleaned, reader: Reader) -> Locks:
    for booking in reader.find(RoomBooking, id=command.booking_id, limit=1):
        return _shared(booking.office_id, booking.place_id)
    return NOTHING


def _move_booking(command: d.MoveBooking, reader: Reader) -> Locks:
    """Another time moves the appointment with it."""
    for booking in reader.find(RoomBooking, id=command.booking_id, limit=1):
        locks = _exclusive(booking.office_id)
        about = [booking.appointment_id] if booking.appointment_id is not None else []
        for row in reader.appointment_rows(about) if about else []:
            locks |= Locks(
                advisors=frozenset({row.advisor_id}),
                clients=_set([row.client_id]),
            )
        return locks
    return NOTHING


def _assign_place(command: d.AssignPlace, reader: Reader) -> Locks:
    for found in reader.find(Appointment, id=command.appointment_id, limit=1):
        advisor = Locks(advisors=frozenset({found.advisor_id}))
        if command.place_id is None:
            return advisor | _exclusive(found.office_id)
        return advisor | _shared(found.office_id, command.place_id)
    return NOTHING


def _room(command: d.CloseRoom | d.ReopenRoom, reader: Reader) -> Locks:
    """Who is in the way is given another place."""
    return _office_of(reader, Room, command.room_id)


# --- undo -----------------------------------------------------------------------------------------


def _undo(command: c.Undo, reader: Reader) -> Locks:
    """What the command wrote, as it was and as it stood afterwards: places and visits go back to
    where somebody else may be by now."""
    locks, about = NOTHING, set[UUID]()
    for step in command.plan.steps:
        for record in (step.before, step.after):
            if record is not None:
                locks |= _locks_of_row(record)
                if isinstance(record, Appointment):
                    about.add(record.id)
    return locks | _clients_of(reader, about)


def _locks_of_row(record: Changeable) -> Locks:
    match record:
        case Appointment():
            advisor = Locks(advisors=frozenset({record.advisor_id}))
            by_telephone = record.channel is Channel.TELEPHONE
            return advisor if by_telephone else advisor | _exclusive(record.office_id)
        case RoomBooking() | Visit():
            return _exclusive(record.office_id)
        case Client():
            return Locks(clients=frozenset({record.id}))
        case _:
            return Locks(clients=_set([getattr(record, "client_id", None)]))


_LOCKS: dict[type[c.Command], Callable[[Any, Reader], Locks]] = {
    c.RecordAttempt: _its_client,
    c.NoteAttempt: _note_attempt,
    c.CreateCallTask: _its_client,
    c.CloseCallTask: _close_task,
    c.ProposeByLetter: _propose,
    c.MarkMailReturned: _its_client,
    c.SaveClient: _save_client,
    c.ViewBlockedAddress: _nothing,  # writes nothing but the audit
    ExportAudit: _nothing,
    c.NoteLettersOut: _nothing,
    c.NotePaper: _nothing,
    ImportClients: _import,
    c.BookAppointment: _book,
    c.Reschedule: _reschedule,
    c.ChangeDetails: _about,
    c.SetAppointmentState: _state,
    c.CancelAppointment: _cancel,
    c.HoldSlot: _hold,
    c.ReleaseSlot: _nothing,  # one's own row, which blocks nobody any more
    c.CreateLetter: _about,
    c.ClaimLetters: _several,
    c.ReleaseClaims: _released,
    c.MarkPrinted: _several,
    c.MarkPosted: _several,
    c.HoldLetter: _letter,
    c.ReleaseLetter: _release,
    c.WriteLetter: _its_client,
    c.ResendLetter: _letter,
    c.MoveByLetter: _move_by_letter,
    c.RecordAnswer: _answer,
    c.VoidLetter: _letter,
    c.SetMode: _mode,
    c.WithdrawMode: _withdraw_mode,
    c.SaveWording: _nothing,  # a version of its own; two at once have the same number
    c.ReviewWording: _nothing,
    c.SaveMasterData: _nothing,  # whole rows with versions; a place that is in use refuses to go
    c.SaveDraft: _nothing,  # only its author's
    c.DiscardDraft: _nothing,
    c.Undo: _undo,
    d.ArriveVisitor: _about,
    d.CheckVisitor: _visit,
    d.CallAdvisor: _visit,
    d.LeaveWaiting: _leave_waiting,
    d.EnterRoom: _any_place_of_booking,
    d.VacateRoom: _any_place_of_booking,
    d.MarkAired: _its_place,
    d.MarkCleaned: _its_place,
    d.MoveBooking: _move_booking,
    d.AssignPlace: _assign_place,
    d.CloseRoom: _room,
    d.ReopenRoom: _room,
    d.AssignEmergency: _book,
    d.RefuseVisit: _nothing,  # a row of its own, nobody's
}
