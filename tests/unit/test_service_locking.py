"""What is locked before a command is carried out covers all that it writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.contacts import CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallResult,
    Channel,
    HoldReason,
    LetterAnswer,
    LetterKind,
    Mode,
    ModeSource,
    Outcome,
    ReasonCode,
    RoomUse,
    UrgencyCategory,
)
from koba_desktop.services import commands as c
from koba_desktop.services.clients.importing import ImportClients, ImportedClient
from koba_desktop.services.commands import door as d
from koba_desktop.services.handlers import _HANDLERS
from koba_desktop.services.ids import new_id
from koba_desktop.services.locking import _LOCKS, locks_of
from koba_desktop.services.locks import IMPORTING, NOTHING, Locks, visitor_numbers
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


class Counting:
    """A reader that counts the round trips."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.reads = 0

    def __getattr__(self, name: str) -> Any:
        self.reads += 1
        return getattr(self._reader, name)


def locks(office: DoorOffice, command: c.Command) -> Locks:
    """What the command locks; never by more than two reads."""
    with office.store.reading() as reader:
        counting = Counting(reader)
        found = locks_of(command, counting)  # type: ignore[arg-type]
    assert counting.reads <= 2, type(command).__name__
    return found


def numbers(office: DoorOffice, day: int = 1) -> UUID:
    return visitor_numbers(office.office.id, at(day, 12))


def in_person(office: DoorOffice, **values: Any) -> c.BookAppointment:
    usual = {"channel": Channel.IN_PERSON, "place_id": office.place.id}
    return office.booking(at(1, 10), **(usual | values))


def plan(*rows: Changeable) -> c.UndoPlan:
    return c.UndoPlan(label="", steps=tuple(c.Step(before=None, after=row) for row in rows))


# --- every command --------------------------------------------------------------------------------


def test_every_command_says_what_it_locks() -> None:
    assert set(_LOCKS) == set(_HANDLERS)


def test_a_command_nobody_thought_of_is_a_bug(office: DoorOffice) -> None:
    with pytest.raises(KeyError):
        locks(office, c.Command())


def test_what_does_not_exist_locks_nothing(office: DoorOffice) -> None:
    missing = new_id()
    for command in (
        c.NoteAttempt(attempt_id=missing, text=""),
        c.CloseCallTask(task_id=missing, version=1, result=CallResult.REACHED),
        c.CancelAppointment(appointment_id=missing, version=1, by_client=True),
        c.VoidLetter(letter_id=missing, version=1),
        c.ResendLetter(letter_id=missing),
        c.MoveByLetter(letter_id=missing, version=1),
        c.RecordAnswer(letter_id=missing, version=1, answer=LetterAnswer.FITS, day=at(1, 9).date()),
        c.ReleaseLetter(letter_id=missing, version=1),
        c.WithdrawMode(mode_id=missing, reason=""),
        d.LeaveWaiting(visit_id=missing, version=1),
        d.CallAdvisor(visit_id=missing, version=1),
        d.EnterRoom(booking_id=missing, version=1),
        d.MarkAired(booking_id=missing, version=1),
        d.MoveBooking(booking_id=missing, version=1, place_id=missing),
        d.AssignPlace(appointment_id=missing, version=1),
        d.ReopenRoom(room_id=missing),
    ):
        assert locks(office, command) == NOTHING


# --- which ----------------------------------------------------------------------------------------


def test_a_call_locks_advisor_and_client(office: DoorOffice) -> None:
    people = Locks(advisors=frozenset({office.berger.id}), clients=frozenset({office.kuhn.id}))
    booking = office.booking(at(13, 10))
    assert locks(office, booking) == people
    booked = office.booked(at(13, 10))
    told = {"appointment_id": booked.id, "version": booked.version}
    for command in (
        c.CancelAppointment(**told, by_client=True),
        c.SetAppointmentState(**told, state=AppointmentState.MISSED),
        c.ChangeDetails(**told, kind_id=office.kind.id, phone="", purpose=""),
        c.Reschedule(**told, starts=at(14, 10), ends=at(14, 11)),
        c.CreateLetter(appointment_id=booked.id, kind=LetterKind.CONFIRMATION),
    ):
        assert locks(office, command) == people
    assert office.hartwig.advisor_id == office.berger.id
    other = c.Reschedule(**told, starts=at(14, 10), ends=at(14, 11), advisor_id=office.lindner.id)
    assert locks(office, other).advisors == {office.berger.id, office.lindner.id}


def test_a_known_place_is_shared_and_a_free_choice_is_not(office: DoorOffice) -> None:
    people = Locks(advisors=frozenset({office.berger.id}), clients=frozenset({office.kuhn.id}))
    alone = people | Locks(offices=frozenset({office.office.id}))
    shared = people | Locks(
        shared_offices=frozenset({office.office.id}),
        places=frozenset({office.place.id, numbers(office)}),
    )
    assert locks(office, in_person(office)) == shared
    assert locks(office, in_person(office, place_id=None)) == alone
    urgent = d.AssignEmergency(
        office_id=office.office.id,
        advisor_id=office.berger.id,
        channel=Channel.IN_PERSON,
        starts=at(1, 10),
        ends=at(1, 11),
        category=UrgencyCategory.NO_MONEY,
        client_id=office.kuhn.id,
        place_id=office.place.id,
    )
    assert locks(office, urgent) == shared
    hold = c.HoldSlot(
        hold_id=new_id(),
        advisor_id=office.berger.id,
        starts=at(1, 10),
        ends=at(1, 11),
        client_id=office.kuhn.id,
        place_id=office.place.id,
    )
    held = people | Locks(
        shared_offices=frozenset({office.office.id}), places=frozenset({office.place.id})
    )
    assert locks(office, hold) == held
    assert locks(office, replace(hold, place_id=None)) == people
    assert locks(office, replace(hold, place_id=new_id())) == people


def test_who_pushes_or_moves_others_is_alone_in_the_office(office: DoorOffice) -> None:
    visit = office.visit(at(1, 10))
    use = office.use(visit)
    of_booking = {"booking_id": use.id, "version": use.version}
    of_visit = {"appointment_id": visit.id, "version": visit.version}
    for command in (
        d.EnterRoom(**of_booking),
        d.VacateRoom(**of_booking),
        d.MoveBooking(**of_booking, place_id=office.large_place.id),
        d.AssignPlace(**of_visit),
        d.CloseRoom(room_id=office.room.id, use=RoomUse.CLEANING, starts=at(1, 10), ends=at(1, 11)),
        d.ReopenRoom(room_id=office.room.id),
        d.LeaveWaiting(visit_id=office.visit_of(visit).id, version=1),
        c.SetAppointmentState(**of_visit, state=AppointmentState.IN_PROGRESS),
        c.Reschedule(**of_visit, starts=at(1, 11), ends=at(1, 12)),
        c.Reschedule(**of_visit, starts=at(1, 11), ends=at(1, 12), channel=Channel.TELEPHONE),
        c.SetMode(
            office_id=office.office.id,
            mode=Mode.REGULAR,
            valid_from=at(2, 0),
            source=ModeSource.DISTRICT_ORDER,
            reason="Erlass",
        ),
        c.Undo(plan=plan(use)),
        c.Undo(plan=plan(office.visit_of(visit))),
        c.Undo(plan=plan(visit)),
    ):
        found = locks(office, command)
        assert found.offices == {office.office.id}, command
        assert not found.shared_offices, command


def test_becoming_personal_locks_the_office(office: DoorOffice) -> None:
    booked = office.booked(at(13, 10))
    command = c.Reschedule(
        appointment_id=booked.id,
        version=booked.version,
        starts=at(13, 10),
        ends=at(13, 11),
        channel=Channel.IN_PERSON,
    )
    assert locks(office, command).offices == {office.office.id}


def test_everything_about_a_visit_shares_the_office(office: DoorOffice) -> None:
    visit = office.visit(at(1, 10))
    use, guest = office.use(visit), office.visit_of(visit)
    told = {"appointment_id": visit.id, "version": visit.version}
    for command in (
        d.ArriveVisitor(**told),
        d.CheckVisitor(visit_id=guest.id, version=1, companions=0, needs=(), checked=()),
        d.CallAdvisor(visit_id=guest.id, version=1),
        d.MarkAired(booking_id=use.id, version=1),
        d.MarkCleaned(booking_id=use.id, version=1, initials="X"),
        d.AssignPlace(**told, place_id=office.large_place.id),
        c.CancelAppointment(**told, by_client=True),
        c.SetAppointmentState(**told, state=AppointmentState.MISSED),
        c.ChangeDetails(**told, kind_id=office.kind.id, phone="", purpose=""),
        c.CreateLetter(appointment_id=visit.id, kind=LetterKind.PERSONAL),
    ):
        found = locks(office, command)
        assert found.shared_offices == {office.office.id}, command
        assert not found.offices, command
    assert numbers(office) in locks(office, d.ArriveVisitor(**told)).places


def test_moving_the_time_of_a_booking_locks_whose_it_is(office: DoorOffice) -> None:
    use = office.use(office.visit(at(1, 10)))
    move = d.MoveBooking(booking_id=use.id, version=1, place_id=office.place.id, starts=at(1, 12))
    assert locks(office, move) == Locks(
        offices=frozenset({office.office.id}),
        advisors=frozenset({office.berger.id}),
        clients=frozenset({office.kuhn.id}),
    )


def test_calls_and_letters_lock_their_client(office: DoorOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    task, *_ = office.all(CallTask)
    attempt = office.all(ContactAttempt)[0]
    of_letter = {"letter_id": letter.id, "version": letter.version}
    for command in (
        c.RecordAttempt(client_id=office.kuhn.id, outcome=Outcome.BUSY),
        c.NoteAttempt(attempt_id=attempt.id, text=""),
        c.CloseCallTask(task_id=task.id, version=1, result=CallResult.REACHED),
        c.MarkMailReturned(client_id=office.kuhn.id, returned_on=at(1, 9).date()),
        c.SaveClient(profile=c.ClientProfile(client=office.kuhn)),
        c.HoldLetter(**of_letter, reason=HoldReason.ADDRESS_RETURNED),
        c.ReleaseLetter(**of_letter),
        c.VoidLetter(**of_letter),
        c.ResendLetter(letter_id=letter.id),
        c.WriteLetter(client_id=office.kuhn.id, advisor_id=office.berger.id),
        c.ClaimLetters(run=new_id(), printer="P", letters=(c.SeenLetter(**of_letter),)),
        c.ReleaseClaims(run=new_id(), letter_ids=(letter.id,)),
        c.MarkPrinted(letters=(c.PrintedLetter(**of_letter, pdf=b"", pages=1),)),
        c.MarkPosted(letters=(c.SeenLetter(**of_letter),), day=at(1, 9).date()),
        c.Undo(plan=plan(letter)),
        c.Undo(plan=plan(attempt)),
        c.Undo(plan=plan(office.kuhn)),
    ):
        assert locks(office, command) == Locks(clients=frozenset({office.kuhn.id})), command


def test_a_letter_that_moves_or_confirms_its_appointment_locks_advisor_and_place(
    office: DoorOffice,
) -> None:
    _receipt, _appointment, letter = office.proposed()
    people = Locks(advisors=frozenset({office.berger.id}), clients=frozenset({office.kuhn.id}))
    move = c.MoveByLetter(letter_id=letter.id, version=letter.version)
    answer = c.RecordAnswer(
        letter_id=letter.id,
        version=letter.version,
        answer=LetterAnswer.FITS,
        day=at(1, 9).date(),
    )
    assert locks(office, move) == locks(office, answer) == people
    receipt = office.do(in_person(office))
    visit_id = receipt.result["appointment_id"]
    receipt = office.do(c.CreateLetter(appointment_id=visit_id, kind=LetterKind.PERSONAL))
    of_visit = {"letter_id": receipt.result["letter_id"], "version": 1}
    assert locks(office, c.MoveByLetter(**of_visit)).offices == {office.office.id}
    shared = locks(office, replace(answer, **of_visit))
    assert (shared.shared_offices, shared.offices) == ({office.office.id}, frozenset())


def test_an_import_is_alone_and_locks_the_clients_it_knows(office: DoorOffice) -> None:
    def rows(*given: str) -> ImportClients:
        return ImportClients(
            records=tuple(
                ImportedClient(record=n, line=n, number=number) for n, number in enumerate(given, 1)
            )
        )

    known = office.kuhn.number
    assert known is not None
    assert locks(office, rows(known, "999999")) == Locks(
        places=frozenset({IMPORTING}), clients=frozenset({office.kuhn.id})
    )
    many = rows(known, *(f"8{n:05}" for n in range(300)))
    assert locks(office, many) == Locks(places=frozenset({IMPORTING}))


def test_numbers_are_of_one_office_and_one_day(office: DoorOffice) -> None:
    here = visitor_numbers(office.office.id, at(1, 8))
    assert here == visitor_numbers(office.office.id, at(1, 15))
    assert here != visitor_numbers(office.office.id, at(2, 8))
    assert here != visitor_numbers(office.elsewhere.id, at(1, 8))


def test_locks_unite_and_alone_is_more_than_shared() -> None:
    one, other = new_id(), new_id()
    both = Locks(shared_offices=frozenset({one, other})) | Locks(offices=frozenset({one}))
    assert both == Locks(offices=frozenset({one}), shared_offices=frozenset({other}))


# --- they cover what is written -------------------------------------------------------------------


@contextmanager
def watched(office: DoorOffice, covered: list[str]) -> Iterator[None]:
    """Every command from now on is checked: its locks cover each row it wrote."""
    carry_out = office.services._carry_out

    def checking(command: c.Command, actor: Any, *more: Any) -> Any:
        held = locks(office, command)
        receipt = carry_out(command, actor, *more)
        for step in receipt.undo.steps if receipt.undo is not None else ():
            for row in (step.before, step.after):
                if row is not None:
                    assert covers(office, held, row), (type(command).__name__, row)
        covered.append(type(command).__name__)
        return receipt

    office.services._carry_out = checking  # type: ignore[method-assign]
    yield


def covers(office: DoorOffice, held: Locks, row: Changeable) -> bool:
    alone = getattr(row, "office_id", None) in held.offices
    inside = alone or getattr(row, "office_id", None) in held.shared_offices
    match row:
        case Appointment():
            personal = row.channel is not Channel.TELEPHONE
            return row.advisor_id in held.advisors or (personal and alone)
        case RoomBooking():
            return inside
        case Visit():
            numbered = visitor_numbers(row.office_id, at(row.day.day, 12, month=row.day.month))
            return alone or (inside and (row.version > 1 or numbered in held.places))
        case Participant():
            return row.client_id is None or row.client_id in held.clients
        case Letter() | CallTask() | ContactAttempt():
            return row.client_id in held.clients
        case _:
            return True


def test_a_morning_at_the_door_is_covered(office: DoorOffice) -> None:
    covered: list[str] = []
    with watched(office, covered):
        first = office.visit(at(1, 9, 30), purpose="Antrag")
        second = office.visit(at(1, 10, 20), client=office.hartwig, by=office.lindner)
        office.do(d.ArriveVisitor(appointment_id=first.id, version=1), by=office.reception)
        office.clock.set(at(1, 9, 30))
        office.enter(first)
        office.clock.set(at(1, 10, 16))
        office.vacate(first)
        office.undo(
            office.do(
                d.CloseRoom(
                    room_id=office.large.id,
                    use=RoomUse.MAINTENANCE,
                    starts=at(1, 11),
                    ends=at(1, 12),
                    reason=ReasonCode.OTHER,
                ),
                by=office.reception,
            )
        )
        now = office.appointment(second)
        office.do(
            c.Reschedule(
                appointment_id=now.id,
                version=now.version,
                starts=at(13, 14),
                ends=at(13, 14, 30),
                letter=True,
            )
        )
        now = office.appointment(second)
        gone = office.do(
            c.CancelAppointment(
                appointment_id=now.id, version=now.version, by_client=True, letter=True
            )
        )
        office.undo(gone)
    assert {"EnterRoom", "VacateRoom", "CloseRoom", "Reschedule", "Undo"} <= set(covered)


def test_a_proposal_and_its_end_are_covered(office: DoorOffice) -> None:
    covered: list[str] = []
    with watched(office, covered):
        receipt, appointment, letter = office.proposed()
        office.do(c.HoldLetter(letter_id=letter.id, version=1, reason=HoldReason.ADDRESS_MISSING))
        held = office.one(Letter, id=letter.id)
        office.do(c.ReleaseLetter(letter_id=held.id, version=held.version))
        office.do(
            c.SetAppointmentState(
                appointment_id=appointment.id, version=1, state=AppointmentState.MISSED
            )
        )
        assert receipt.undo is not None
    assert {"ProposeByLetter", "ReleaseLetter", "SetAppointmentState"} <= set(covered)
