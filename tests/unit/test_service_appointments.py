"""Booking, moving, changing and cancelling; undo; commands that come twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentPurpose,
    ChangeReason,
    Participant,
)
from koba_desktop.domain.entities.bookkeeping import AuditEvent, ExecutedCommand
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.rooms import Place, RoomBooking
from koba_desktop.domain.errors import Conflict, NotFound, Refused, Taken
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    AuditAction,
    CallReason,
    ChangeKind,
    Channel,
    LetterKind,
    LetterState,
    Mode,
    ModeSource,
    ReasonCode,
    RoomBookingState,
    Urgency,
    UrgencyCategory,
)
from koba_desktop.services.appointments.detail import appointment_detail, file_note
from koba_desktop.services.changes import Topic
from koba_desktop.services.commands import (
    CancelAppointment,
    ChangeDetails,
    Details,
    MarkPrinted,
    Override,
    PrintedLetter,
    Reschedule,
    SetAppointmentState,
)
from koba_desktop.services.ids import new_id
from tests.unit.service_office import SmallOffice, at


def moved(appointment: Appointment, days: int = 1, **values: object) -> Reschedule:
    later = timedelta(days=days)
    command = Reschedule(
        appointment_id=appointment.id,
        version=appointment.version,
        starts=appointment.starts + later,
        ends=appointment.ends + later,
    )
    return replace(command, **values)  # type: ignore[arg-type]


def state(appointment: Appointment, new: AppointmentState) -> SetAppointmentState:
    return SetAppointmentState(
        appointment_id=appointment.id, version=appointment.version, state=new
    )


def printed(office: SmallOffice, letter: Letter) -> MarkPrinted:
    current = office.one(Letter, id=letter.id)
    return MarkPrinted(
        letters=(PrintedLetter(letter_id=letter.id, version=current.version, pdf=b"%PDF", pages=1),)
    )


# --- once, and whole ------------------------------------------------------------------------------


def test_a_command_repeated_after_a_lost_answer_books_once(office: SmallOffice) -> None:
    command = office.booking(at(12, 9))
    first = office.do(command)
    again = office.do(command)
    assert not first.repeated
    assert again.repeated
    assert again.result == first.result
    assert again.undo is None
    assert len(office.all(Appointment)) == 1


def test_the_same_command_twice_at_once_books_once(office: SmallOffice) -> None:
    command = office.booking(at(12, 9))
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _n: office.do(command), range(4)))
    assert sum(not r.repeated for r in receipts) == 1
    assert len({r.result["appointment_id"] for r in receipts}) == 1
    assert len(office.all(Appointment)) == 1


def test_two_people_want_one_slot_and_one_gets_it(office: SmallOffice) -> None:
    commands = [
        office.booking(at(12, 9)),
        office.booking(at(12, 9), client_id=office.hartwig.id),
    ]

    def attempt(command: object) -> str:
        try:
            office.do(command)  # type: ignore[arg-type]
        except (Refused, Taken) as refusal:
            return refusal.code
        return "booked"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(attempt, commands))
    assert outcomes == ["advisor_busy", "booked"]


def test_what_is_refused_leaves_nothing_behind(office: SmallOffice) -> None:
    command = office.booking(at(12, 9), letter=LetterKind.PLEASE_CALL)
    with pytest.raises(Refused) as refused:
        office.do(command)
    assert refused.value.code == "template_missing"
    assert office.all(Appointment) == []
    assert office.all(ExecutedCommand, id=command.command_id) == []


def test_everything_written_is_in_the_audit_without_its_content(office: SmallOffice) -> None:
    appointment = office.booked(at(12, 9), purpose="Umzug")
    office.do(moved(appointment))
    (event,) = office.all(AuditEvent, object_id=appointment.id, action=AuditAction.CHANGE)
    assert set(event.fields) == {"starts", "ends"}
    assert event.host == "PC-1"
    assert event.created_by == office.berger.id
    kinds = {e.object_kind for e in office.all(AuditEvent, action=AuditAction.CREATE)}
    assert {"Appointment", "Participant", "AppointmentPurpose"} <= kinds


# --- booking --------------------------------------------------------------------------------------


def test_a_booking_tells_what_it_touched(office: SmallOffice) -> None:
    receipt = office.do(office.booking(at(12, 9), purpose=" Umzug "))
    assert receipt.changes.topics == {Topic.APPOINTMENTS}
    assert receipt.changes.days == {date(2021, 4, 12)}
    assert {receipt.result["appointment_id"], office.kuhn.id} <= receipt.changes.ids
    assert office.one(AppointmentPurpose).text == "Umzug"
    assert office.one(Participant).client_id == office.kuhn.id


def test_the_client_can_not_be_at_two_advisors_at_once(office: SmallOffice) -> None:
    office.booked(at(12, 9))
    with pytest.raises(Refused) as refused:
        office.do(office.booking(at(12, 9, 15), advisor_id=office.lindner.id))
    assert [p.code for p in refused.value.problems] == ["client_busy"]


def test_in_the_closure_a_personal_appointment_needs_an_override_that_is_logged(
    office: SmallOffice,
) -> None:
    office.put(
        OperatingMode(
            id=new_id(),
            office_id=office.office.id,
            mode=Mode.CLOSED,
            valid_from=at(29, 0, month=3),
            source=ModeSource.DISTRICT_ORDER,
            reason="Regelung vom 29.03.2021",
        )
    )
    command = office.booking(at(12, 9), channel=Channel.IN_PERSON)
    with pytest.raises(Refused) as refused:
        office.do(command)
    assert [p.code for p in refused.value.problems] == ["mode_suspends"]
    override = Override(
        codes=frozenset({"mode_suspends"}),
        reason=ReasonCode.LEAD_DECISION,
        text="Frau Roth: ja",
    )
    office.do(replace(command, command_id=new_id(), override=override))
    change = office.one(AppointmentChange)
    assert change.reason is ReasonCode.LEAD_DECISION
    assert office.one(ChangeReason, subject_id=change.id).text == "Frau Roth: ja"


def test_an_urgent_visit_in_the_closure_says_why_it_cannot_wait(office: SmallOffice) -> None:
    office.put(
        OperatingMode(
            id=new_id(),
            office_id=office.office.id,
            mode=Mode.CLOSED,
            valid_from=at(1, 0),
            source=ModeSource.DISTRICT_ORDER,
            reason="Regelung vom 29.03.2021",
        )
    )
    visit = office.booking(
        at(12, 9), channel=Channel.IN_PERSON, urgency=Urgency.URGENT, place_id=office.place.id
    )
    with pytest.raises(Refused) as refused:
        office.do(visit)
    assert [(p.code, p.where) for p in refused.value.problems] == [
        ("urgency_category_missing", "urgency_category")
    ]
    office.do(replace(visit, urgency_category=UrgencyCategory.HOUSING))
    assert office.one(Appointment).urgency_category is UrgencyCategory.HOUSING


def test_what_the_database_refuses_can_not_be_overruled(office: SmallOffice) -> None:
    office.booked(at(12, 9))
    override = Override(codes=frozenset({"advisor_busy"}), reason=ReasonCode.OTHER)
    with pytest.raises(Refused) as refused:
        office.do(office.booking(at(12, 9), client_id=office.hartwig.id, override=override))
    assert refused.value.code == "advisor_busy"


def test_a_visitor_without_a_number_can_be_booked_but_gets_no_letter(office: SmallOffice) -> None:
    command = office.booking(at(12, 9), client_id=None, visitor_name="Breitner")
    office.do(command)
    assert office.one(Participant).visitor_name == "Breitner"
    with pytest.raises(Refused) as refused:
        office.do(
            replace(
                command,
                command_id=new_id(),
                starts=at(20, 9),
                ends=at(20, 9, 30),
                letter=LetterKind.TELEPHONE_PROPOSAL,
            )
        )
    assert refused.value.code == "letter_needs_client"


def test_the_room_is_booked_with_its_airing_pause(office: SmallOffice) -> None:
    appointment = office.booked(at(12, 9), channel=Channel.IN_PERSON, place_id=office.place.id)
    booking = office.one(RoomBooking)
    assert (booking.starts, booking.ends) == (appointment.starts, appointment.ends)
    assert booking.blocked_until == at(12, 9, 46)  # 15.4 minutes with open windows
    free = replace(office.room, id=new_id(), name="R 1.05")
    office.put(free, Place(id=new_id(), room_id=free.id))
    with pytest.raises(Taken) as taken:
        office.do(
            office.booking(
                at(12, 9, 45),
                channel=Channel.IN_PERSON,
                place_id=office.place.id,
                advisor_id=office.lindner.id,
                client_id=office.hartwig.id,
            )
        )
    assert taken.value.code == "place_taken"
    assert len(office.all(Appointment)) == 1


# --- moving ---------------------------------------------------------------------------------------


def test_moving_keeps_identity_and_reference_and_remembers_the_former_time(
    office: SmallOffice,
) -> None:
    before = office.booked(at(12, 9), channel=Channel.IN_PERSON, place_id=office.place.id)
    receipt = office.do(moved(before))
    after = office.one(Appointment)
    assert after.reference == before.reference
    assert office.one(Participant).starts == at(13, 9)
    assert office.one(RoomBooking).blocked_until == at(13, 9, 46)
    change = office.all(AppointmentChange)[-1]
    assert change.kind is ChangeKind.MOVED
    assert change.before["starts"] == before.starts.isoformat()
    assert change.after["starts"] == after.starts.isoformat()
    assert receipt.changes.days == {date(2021, 4, 12), date(2021, 4, 13)}


def test_a_stale_move_is_a_conflict_with_the_row_as_it_stands(office: SmallOffice) -> None:
    before = office.booked(at(12, 9))
    office.do(moved(before), by=office.lindner)
    with pytest.raises(Conflict) as conflict:
        office.do(moved(before, days=2))
    assert conflict.value.theirs.starts == at(13, 9)
    assert conflict.value.problems[0].params["changed_by"] == office.lindner.id


def test_making_it_a_telephone_appointment_gives_the_room_back(office: SmallOffice) -> None:
    before = office.booked(at(12, 9), channel=Channel.IN_PERSON, place_id=office.place.id)
    receipt = office.do(moved(before, days=0, channel=Channel.TELEPHONE))
    assert office.one(RoomBooking).state is RoomBookingState.RELEASED
    assert office.all(AppointmentChange)[-1].before["room_id"] == str(office.room.id)
    office.undo(receipt)
    assert office.one(RoomBooking).active
    assert office.one(Appointment).channel is Channel.IN_PERSON


def test_moves_are_undone_one_after_the_other_and_done_again(office: SmallOffice) -> None:
    first = office.booked(at(12, 9))
    one = office.do(moved(first))
    two = office.do(moved(office.one(Appointment), days=2))
    redo_two = office.undo(two)
    assert office.one(Appointment).starts == at(13, 9)
    redo_one = office.undo(one)
    assert office.one(Appointment).starts == at(12, 9)
    assert office.one(Participant).starts == at(12, 9)
    office.undo(redo_one)
    office.undo(redo_two)
    assert office.one(Appointment).starts == at(15, 9)
    assert redo_two.undo is not None
    assert redo_two.undo.label == "Reschedule"


def test_a_move_with_new_details_is_one_step(office: SmallOffice) -> None:
    first = office.booked(at(12, 9), purpose="Antrag")
    receipt = office.do(
        moved(
            first,
            details=Details(kind_id=first.kind_id, phone=" 03941 1234 ", purpose="Bescheid"),
        )
    )
    after = office.one(Appointment)
    assert (after.starts, after.phone) == (at(13, 9), "03941 1234")
    assert office.one(AppointmentPurpose).text == "Bescheid"
    entry = office.all(AppointmentChange)[-1]
    assert entry.kind is ChangeKind.MOVED
    assert entry.after["phone"] == "03941 1234"
    office.undo(receipt)
    back = office.one(Appointment)
    assert (back.starts, back.phone) == (first.starts, first.phone)
    assert office.one(AppointmentPurpose).text == "Antrag"


def test_undo_names_who_changed_it_since(office: SmallOffice) -> None:
    receipt = office.do(moved(office.booked(at(12, 9))))
    office.do(moved(office.one(Appointment)), by=office.lindner)
    with pytest.raises(Conflict) as conflict:
        office.undo(receipt)
    assert conflict.value.problems[0].params["changed_by"] == office.lindner.id
    assert office.one(Appointment).starts == at(14, 9)


def test_undo_does_not_push_somebody_out_of_the_slot(office: SmallOffice) -> None:
    receipt = office.do(moved(office.booked(at(12, 9))))
    office.booked(at(12, 9), client_id=office.hartwig.id)
    with pytest.raises(Taken) as taken:
        office.undo(receipt)
    assert taken.value.code == "advisor_taken"


def test_what_is_over_can_not_be_moved(office: SmallOffice) -> None:
    appointment = office.booked(at(12, 9))
    office.do(state(appointment, AppointmentState.MISSED))
    with pytest.raises(Refused) as refused:
        office.do(moved(office.one(Appointment)))
    assert refused.value.code == "appointment_not_movable"


# --- moving and letters ---------------------------------------------------------------------------


def test_moving_a_proposal_never_printed_makes_a_fresh_proposal(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    result = office.do(moved(appointment, letter=True)).result
    assert office.one(Letter, id=letter.id).state is LetterState.VOID
    fresh = office.one(Letter, id=result["letter_id"])
    assert fresh.kind is LetterKind.TELEPHONE_PROPOSAL
    assert fresh.replaces_id == letter.id
    assert fresh.data["former"] is None
    assert fresh.data["attempts"] == ["2021-03-30", "2021-04-01"]


def test_moving_a_printed_proposal_tells_the_client_the_time_he_or_she_knows(
    office: SmallOffice,
) -> None:
    _receipt, appointment, letter = office.proposed()
    office.do(printed(office, letter))
    office.do(moved(appointment, letter=True))
    # Moved once more before that second letter was printed: the client still knows the first time.
    result = office.do(moved(office.one(Appointment), letter=True)).result
    changed = office.one(Letter, id=result["letter_id"])
    assert changed.kind is LetterKind.CHANGED_TELEPHONE
    assert changed.data["former"] == {
        "starts": at(13, 10, 15).isoformat(),
        "channel": "telephone",
    }
    states = {one.id: one.state for one in office.all(Letter)}
    assert sorted(s.value for s in states.values()) == ["pending", "printed", "void"]


def test_undo_leaves_printed_paper_and_offers_a_new_letter(office: SmallOffice) -> None:
    receipt, appointment, letter = office.proposed()
    office.do(printed(office, letter))
    undone = office.undo(receipt)
    assert undone.result["offer_letters"] == [appointment.id]
    assert office.one(Letter).state is LetterState.PRINTED
    assert not office.one(Appointment).active


def test_printing_itself_can_not_be_undone(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    assert office.do(printed(office, letter)).undo is None


# --- states ---------------------------------------------------------------------------------------


def test_a_consultation_is_started_and_kept_with_its_times(office: SmallOffice) -> None:
    appointment = office.booked(at(1, 9, 15), channel=Channel.IN_PERSON, place_id=office.place.id)
    office.clock.advance(minutes=4)
    office.do(state(appointment, AppointmentState.IN_PROGRESS))
    assert office.one(RoomBooking).state is RoomBookingState.OCCUPIED
    office.clock.advance(minutes=25)
    office.do(state(office.one(Appointment), AppointmentState.KEPT))
    kept = office.one(Appointment)
    assert (kept.started_at, kept.finished_at) == (at(1, 9, 16), at(1, 9, 41))
    assert kept.active
    assert office.one(RoomBooking).state is RoomBookingState.AIRING


def test_a_missed_appointment_frees_the_room_and_makes_a_call_task(office: SmallOffice) -> None:
    appointment = office.booked(at(12, 9), channel=Channel.IN_PERSON, place_id=office.place.id)
    receipt = office.do(state(appointment, AppointmentState.MISSED))
    task = office.one(CallTask)
    assert receipt.result["task_id"] == task.id
    assert task.reason is CallReason.MISSED_APPOINTMENT
    assert task.appointment_id == appointment.id
    assert not office.one(Participant).active
    assert not office.one(RoomBooking).active
    office.undo(receipt)
    assert office.one(Appointment).state is AppointmentState.CONFIRMED
    assert office.one(RoomBooking).active
    assert office.one(CallTask).withdrawn_at is not None


def test_a_kept_appointment_can_not_be_missed(office: SmallOffice) -> None:
    appointment = office.booked(at(1, 9, 15))
    office.do(state(appointment, AppointmentState.IN_PROGRESS))
    office.do(state(office.one(Appointment), AppointmentState.KEPT))
    with pytest.raises(Refused) as refused:
        office.do(state(office.one(Appointment), AppointmentState.MISSED))
    assert refused.value.code == "state_not_possible"


def test_cancelling_frees_the_slot_and_undo_takes_it_again(office: SmallOffice) -> None:
    appointment = office.booked(at(12, 9), channel=Channel.IN_PERSON, place_id=office.place.id)
    receipt = office.do(
        CancelAppointment(
            appointment_id=appointment.id,
            version=appointment.version,
            by_client=True,
            reason=ReasonCode.CLIENT_ASKED,
            text="Hat Arbeit.",
        )
    )
    assert receipt.result["letter_id"] is None
    assert not office.one(RoomBooking).active
    change = office.all(AppointmentChange)[-1]
    assert change.after == {"state": "cancelled_by_client"}
    assert office.one(ChangeReason, subject_id=change.id).text == "Hat Arbeit."
    office.undo(receipt)
    assert office.one(Appointment).active
    assert office.one(Participant).active
    assert office.one(RoomBooking).state is RoomBookingState.RESERVED


def cancelled(office: SmallOffice, appointment: Appointment) -> CancelAppointment:
    current = office.one(Appointment, id=appointment.id)
    return CancelAppointment(
        appointment_id=appointment.id,
        version=current.version,
        by_client=False,
        letter=True,
        reason=ReasonCode.ADVISOR_ABSENT,
    )


def test_cancelling_a_proposal_never_printed_needs_no_letter(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    assert office.do(cancelled(office, appointment)).result["letter_id"] is None
    assert office.one(Letter, id=letter.id).state is LetterState.VOID


def test_cancelling_a_printed_proposal_calls_the_known_time_off(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    office.do(printed(office, letter))
    office.do(moved(appointment, letter=True))
    result = office.do(cancelled(office, appointment)).result
    cancellation = office.one(Letter, id=result["letter_id"])
    assert cancellation.kind is LetterKind.CANCELLATION
    assert cancellation.data["appointment"]["starts"] == at(13, 10, 15).isoformat()
    assert [one.kind for one in office.all(Letter, state=LetterState.PENDING)] == [
        LetterKind.CANCELLATION
    ]


# --- details --------------------------------------------------------------------------------------


def test_a_new_phone_number_is_in_the_letter_not_printed_yet(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    office.do(
        ChangeDetails(
            appointment_id=appointment.id,
            version=appointment.version,
            kind_id=appointment.kind_id,
            phone="03941 4711",
            purpose="Bewerbungskosten",
        )
    )
    assert office.one(Letter, id=letter.id).data["appointment"]["phone"] == "03941 4711"
    with office.view() as view:
        detail = appointment_detail(view, appointment.id)
    assert detail.purpose == "Bewerbungskosten"
    assert [c.kind for c in detail.history] == [ChangeKind.CREATED, ChangeKind.DETAILS]
    assert [row.id for row in detail.letters] == [letter.id]


def test_an_appointment_taken_back_has_no_detail(office: SmallOffice) -> None:
    receipt = office.do(office.booking(at(12, 9)))
    office.undo(receipt)
    with office.view() as view, pytest.raises(NotFound):
        appointment_detail(view, receipt.result["appointment_id"])


def test_the_file_note_says_who_was_called_and_what_was_proposed(office: SmallOffice) -> None:
    _receipt, appointment, _letter = office.proposed()
    with office.view() as view:
        text = file_note(view, appointment.id, office.kuhn.id)
    code = f"{appointment.reference[:4]} {appointment.reference[4:]}"
    assert text.splitlines() == [
        "Marlies Kuhn, Kundennummer 118274",
        "Di 30.03.2021, 09:12 Uhr: Anruf 0176 04069118, nicht erreicht (Bg)",
        "Do 01.04.2021, 09:12 Uhr: Anruf 0176 04069118, nicht erreicht (Bg)",
        f"Telefontermin Di 13.04.2021, 10:15 Uhr, Berger, Terminnummer {code}: vorgeschlagen",
        "Brief „Vorschlag Telefontermin“ im Ausgang, noch nicht gedruckt",
    ]


def test_undoing_a_move_brings_the_former_letter_back(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    receipt = office.do(moved(appointment, letter=True))
    office.undo(receipt)
    assert office.one(Letter, id=letter.id).state is LetterState.PENDING
    assert office.one(Letter, id=receipt.result["letter_id"]).state is LetterState.VOID
    with office.view() as view:
        assert [row.id for row in view.reader.outbox(office.office.id)] == [letter.id]
