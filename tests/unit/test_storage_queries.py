"""What screens ask for: one statement, frozen rows, everything a block or line shows."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    Participant,
)
from koba_desktop.domain.entities.clients import ClientPhone
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter, Template, TemplateVersion
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    CallResult,
    ChangeKind,
    Direction,
    HoldReason,
    LetterKind,
    LetterState,
    Outcome,
    PhoneKind,
    RoomBookingState,
    Salutation,
    Urgency,
)
from koba_desktop.services.ids import new_id
from koba_desktop.storage.store import SqliteStore
from tests.contract.house import HALF_HOUR, NINE, NOW, QUARTER, House

DAY = timedelta(days=1)


@pytest.fixture
def house(store: SqliteStore) -> House:
    made = House()
    made.move_in(store)
    return made


class Papers:
    """Lays letters about appointments in the outbox."""

    def __init__(self, store: SqliteStore, house: House) -> None:
        self._store = store
        self._house = house
        template = Template(id=new_id(), kind=LetterKind.TELEPHONE_PROPOSAL)
        self._version = TemplateVersion(
            id=new_id(), template_id=template.id, number=1, blocks={}, valid_from=date(2021, 1, 1)
        )
        with store.writing(by=None, now=NOW) as uow:
            uow.add_all([template, self._version])

    def lay(self, appointment: Appointment | None, *, client: int = 0, **values: Any) -> Letter:
        data = {"appointment": None, "reference": "K7M49QXR"}
        if appointment is not None:
            data = {
                "appointment": {"starts": appointment.starts.isoformat()},
                "reference": appointment.reference,
            }
        letter = Letter(
            **{
                "id": new_id(),
                "client_id": self._house.clients[client].id,
                "office_id": self._house.office.id,
                "advisor_id": self._house.advisors[0].id,
                "kind": LetterKind.TELEPHONE_PROPOSAL,
                "template_version_id": self._version.id,
                "data": data,
                "appointment_id": appointment.id if appointment is not None else None,
                "assumed_posting": date(2021, 4, 13),
                **values,
            }
        )
        with self._store.writing(by=None, now=NOW) as uow:
            return uow.add(letter)


@pytest.fixture
def papers(store: SqliteStore, house: House) -> Papers:
    return Papers(store, house)


def test_a_block_shows_client_room_and_letter(
    store: SqliteStore, house: House, papers: Papers
) -> None:
    appointment = house.appointment(phone="0176 04069118")
    booking = house.booking(appointment_id=appointment.id)
    with store.writing(by=None, now=NOW) as uow:
        uow.add(appointment)
        uow.add(house.participant(appointment))
        uow.add(house.participant(appointment, client=1))
        uow.add(booking)
        uow.add(
            AppointmentChange(
                id=new_id(),
                appointment_id=appointment.id,
                kind=ChangeKind.MOVED,
                before={},
                after={},
            )
        )
    papers.lay(appointment, state=LetterState.POSTED, posted_on=date(2021, 4, 1))
    papers.lay(appointment, state=LetterState.PRINTED)
    papers.lay(appointment, state=LetterState.VOID)
    with store.reading() as reader:
        (row,) = reader.appointments_between(house.office.id, NINE, NINE + HALF_HOUR)
        assert reader.appointment_rows([appointment.id]) == [row]
    assert (row.family_name, row.given_name, row.salutation) == ("Kuhn", "Marlies", Salutation.NONE)
    assert (row.advisor_name, row.advisor_initials) == ("Berger", "BE")
    assert (row.kind_name, row.phone, row.participants) == ("Folgegespräch", "0176 04069118", 2)
    assert (row.room_id, row.room_name) == (house.room.id, "R 1.04")
    assert (row.letter_state, row.letter_posted_on) == (LetterState.PRINTED, None)
    assert row.moved is True


def test_a_bare_appointment_is_a_block_as_well(store: SqliteStore, house: House) -> None:
    with store.writing(by=None, now=NOW) as uow:
        uow.add(house.appointment())
    with store.reading() as reader:
        (row,) = reader.appointments_between(house.office.id, NINE, NINE + HALF_HOUR)
    assert (row.family_name, row.client_id, row.room_id, row.letter_state) == ("", None, None, None)
    assert (row.participants, row.moved, row.salutation) == (0, False, Salutation.NONE)


def test_a_visitor_without_a_record_has_a_name(store: SqliteStore, house: House) -> None:
    appointment = house.appointment()
    visitor = replace(house.participant(appointment), client_id=None, visitor_name="Frau Abdi")
    with store.writing(by=None, now=NOW) as uow:
        uow.add(appointment)
        uow.add(visitor)
    with store.reading() as reader:
        (row,) = reader.appointment_rows([appointment.id])
    assert (row.family_name, row.client_id) == ("Frau Abdi", None)


def test_only_appointments_that_touch_the_time_are_shown(store: SqliteStore, house: House) -> None:
    early = house.appointment(NINE - HALF_HOUR)
    shown = [house.appointment(NINE), house.appointment(NINE + HALF_HOUR)]
    other = house.appointment(NINE, advisor=1)
    late = house.appointment(NINE + 2 * HALF_HOUR)
    withdrawn = house.appointment(NINE, withdrawn_at=NOW, active=False)
    with store.writing(by=None, now=NOW) as uow:
        uow.add_all([early, *shown, other, late, withdrawn])
    with store.reading() as reader:
        hour = (house.office.id, NINE, NINE + 2 * HALF_HOUR)
        everybody = reader.appointments_between(*hour)
        berger = reader.appointments_between(*hour, advisor_ids=[house.advisors[0].id])
        elsewhere = reader.appointments_between(new_id(), NINE, NINE + DAY)
    assert [row.id for row in berger] == [a.id for a in shown]
    assert {row.id for row in everybody} == {a.id for a in (*shown, other)}
    assert elsewhere == []


def test_a_clients_appointments_come_latest_first(store: SqliteStore, house: House) -> None:
    made = [house.appointment(NINE + n * DAY) for n in range(3)]
    with store.writing(by=None, now=NOW) as uow:
        uow.add_all([*made, *map(house.participant, made)])
    with store.reading() as reader:
        rows = reader.client_appointments(house.clients[0].id, limit=2)
        assert reader.client_appointments(house.clients[1].id) == []
    assert [row.id for row in rows] == [made[2].id, made[1].id]


@pytest.mark.parametrize("typed", ["K7M49QXR", "k7m4 9qxr", " K7M4-9QXR "])
def test_a_reference_is_found_however_it_is_typed(
    store: SqliteStore, house: House, typed: str
) -> None:
    appointment = house.appointment(reference="K7M49QXR")
    with store.writing(by=None, now=NOW) as uow:
        uow.add(appointment)
    with store.reading() as reader:
        assert reader.find_reference(typed) == appointment.id
        assert reader.find_reference("K7M49QXX") is None


def _task(house: House, **values: Any) -> CallTask:
    return CallTask(
        **{
            "id": new_id(),
            "client_id": house.clients[0].id,
            "advisor_id": house.advisors[0].id,
            "office_id": house.office.id,
            "reason": CallReason.PLANNED,
            "due": NOW,
            **values,
        }
    )


def _attempt(house: House, task: CallTask, after: int, outcome: Outcome, **values: Any) -> Any:
    return ContactAttempt(
        **{
            "id": new_id(),
            "call_task_id": task.id,
            "client_id": task.client_id,
            "staff_id": task.advisor_id,
            "office_id": house.office.id,
            "at": NOW + timedelta(minutes=after),
            "direction": Direction.OUT,
            "outcome": outcome,
            "phone": "0176 04069118",
            **values,
        }
    )


def test_a_call_task_knows_its_ladder(store: SqliteStore, house: House) -> None:
    task = _task(house, kind_id=house.kind.id)
    phones = [
        ClientPhone(id=new_id(), client_id=task.client_id, typed="03941 01", bad_since=NOW),
        ClientPhone(id=new_id(), client_id=task.client_id, typed="0176 04069118", position=1),
    ]
    attempts = [
        _attempt(house, task, 1, Outcome.BUSY),
        _attempt(house, task, 3, Outcome.THIRD_PERSON),
        _attempt(house, task, 2, Outcome.MAILBOX),
        _attempt(house, task, 9, Outcome.NO_ANSWER, withdrawn_at=NOW),
    ]
    with store.writing(by=None, now=NOW) as uow:
        uow.add_all([task, *phones, *attempts])
    with store.reading() as reader:
        (row,) = reader.open_tasks(house.advisors[0].id)
    assert (row.attempts, row.last_outcome) == (2, Outcome.THIRD_PERSON)
    assert row.last_at == NOW + timedelta(minutes=3)
    assert (row.family_name, row.phone, row.kind_name) == ("Kuhn", "0176 04069118", "Folgegespräch")


def test_the_worklist_is_open_tasks_by_due_and_what_was_closed(
    store: SqliteStore, house: House
) -> None:
    late, early = _task(house, due=NOW + DAY), _task(house)
    closed = _task(house, closed_at=NOW, result=CallResult.REACHED)
    withdrawn = _task(house, withdrawn_at=NOW)
    others = _task(house, advisor_id=house.advisors[1].id)
    with store.writing(by=None, now=NOW) as uow:
        uow.add_all([late, early, closed, withdrawn, others])
    berger = house.advisors[0].id
    with store.reading() as reader:
        assert [t.id for t in reader.open_tasks(berger)] == [early.id, late.id]
        assert [t.id for t in reader.tasks_closed_between(berger, NOW, NOW + DAY)] == [closed.id]
        assert reader.tasks_closed_between(berger, NOW - DAY, NOW) == []


def test_attempts_come_latest_first_with_note_and_kind_of_phone(
    store: SqliteStore, house: House
) -> None:
    task = _task(house)
    phone = ClientPhone(
        id=new_id(), client_id=task.client_id, typed="0176 04069118", kind=PhoneKind.MOBILE
    )
    first = _attempt(house, task, 1, Outcome.BUSY)
    second = _attempt(house, task, 2, Outcome.REACHED, phone_id=phone.id, minutes=12)
    note = AttemptNote(id=new_id(), attempt_id=second.id, text="Ruft morgen zurück.")
    gone = _attempt(house, task, 3, Outcome.BUSY, withdrawn_at=NOW)
    with store.writing(by=None, now=NOW) as uow:
        uow.add_all([task, phone, first, second, gone, note])
    with store.reading() as reader:
        rows = reader.client_attempts(task.client_id)
    assert [row.id for row in rows] == [second.id, first.id]
    assert (rows[0].note, rows[0].phone_kind, rows[0].minutes) == (
        "Ruft morgen zurück.",
        "mobile",
        12,
    )
    assert (rows[1].note, rows[1].phone_kind, rows[1].staff_initials) == ("", "", "BE")


def test_the_outbox_shows_what_a_letter_says_and_what_holds_now(
    store: SqliteStore, house: House, papers: Papers
) -> None:
    appointment = house.appointment()
    with store.writing(by=None, now=NOW) as uow:
        uow.add(appointment)
    letter = papers.lay(
        appointment, state=LetterState.HELD, hold_reason=HoldReason.APPOINTMENT_MOVED
    )
    with store.writing(by=None, now=NOW) as uow:
        stored = uow.get(Appointment, appointment.id)
        uow.update(replace(stored, starts=NINE + DAY, ends=NINE + DAY + HALF_HOUR))
    with store.reading() as reader:
        (row,) = reader.outbox(house.office.id)
    assert (row.id, row.recipient, row.reference) == (
        letter.id,
        "Kuhn, Marlies",
        appointment.reference,
    )
    assert (row.letter_starts, row.appointment_starts) == (NINE, NINE + DAY)
    assert (row.appointment_state, row.created_at) == (AppointmentState.CONFIRMED, NOW)
    assert row.hold_reason is HoldReason.APPOINTMENT_MOVED


def test_the_outbox_is_filtered_by_state_and_text(
    store: SqliteStore, house: House, papers: Papers
) -> None:
    appointment = house.appointment(reference="K7M49QXR")
    with store.writing(by=None, now=NOW) as uow:
        uow.add(appointment)
    kuhn = papers.lay(appointment)
    rau = papers.lay(None, client=1, state=LetterState.PRINTED)
    papers.lay(None, withdrawn_at=NOW, state=LetterState.VOID)
    office = house.office.id
    with store.reading() as reader:

        def shown(**filters: Any) -> list[object]:
            return [row.id for row in reader.outbox(office, **filters)]

        assert shown() == [kuhn.id, rau.id]
        assert shown(limit=1) == [rau.id]
        assert shown(states=[LetterState.PRINTED]) == [rau.id]
        assert shown(text="marl kuh") == [kuhn.id]
        assert shown(text="k7m4 9q") == [kuhn.id]
        assert shown(text="nobody") == []
        assert [row.id for row in reader.letters_about(appointment.id)] == [kuhn.id]
        assert shown(limit=1, oldest=True) == [kuhn.id]
        both = {LetterState.PENDING: 1, LetterState.PRINTED: 1}
        assert reader.count_letters(office, tuple(both)) == both
        assert reader.count_letters(office, tuple(both), text="kuhn") == {LetterState.PENDING: 1}
        assert reader.count_letters(office, [LetterState.HELD]) == {}


def test_the_outbox_is_bounded_by_the_day_of_posting(
    store: SqliteStore, house: House, papers: Papers
) -> None:
    day = NOW.date()
    for days in (3, 2, 1):
        papers.lay(None, state=LetterState.POSTED, posted_on=day - timedelta(days=days))
    with store.reading() as reader:
        rows = reader.outbox(house.office.id, posted_after=day - timedelta(days=3))
    assert [row.posted_on for row in rows] == [day - timedelta(days=2), day - timedelta(days=1)]


def test_a_change_does_not_name_the_id_it_keeps(store: SqliteStore, house: House) -> None:
    """Else SQLite looks through a million rows for what points to the changed one."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    with store.writing(by=None, now=NOW) as uow:
        uow.update(replace(uow.get(Staff, house.advisors[0].id), phone="03941 58-1"))
    (update,) = [each for each in statements if each.startswith("UPDATE staff")]
    assert " id=" not in update.partition("WHERE")[0].replace("SET id=", " id=")


def test_bookings_are_shown_until_their_pause_ends(store: SqliteStore, house: House) -> None:
    appointment = house.appointment(urgency=Urgency.EMERGENCY)
    booking = house.booking(appointment_id=appointment.id)
    private = house.booking(place=1)
    released = house.booking(NINE + DAY, place=1, state=RoomBookingState.RELEASED, active=False)
    participant: Participant = house.participant(appointment)
    with store.writing(by=None, now=NOW) as uow:
        uow.add_all([appointment, participant, booking, private, released])
    pause = NINE + HALF_HOUR
    with store.reading() as reader:
        rows = reader.room_bookings_between(house.office.id, pause, pause + QUARTER)
        assert reader.room_bookings_between(house.office.id, pause + QUARTER, NINE + 3 * DAY) == []
    assert [row.id for row in rows] == [booking.id, private.id]
    assert (rows[0].label, rows[0].advisor_initials, rows[0].urgency) == (
        "Kuhn",
        "BE",
        Urgency.EMERGENCY,
    )
    assert (rows[1].label, rows[1].urgency, rows[1].place_number) == ("", Urgency.NONE, 2)
