"""Letters about personal appointments: the visitor's number, changes of how and when."""

from dataclasses import replace
from datetime import date, time

import pytest

from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind
from koba_desktop.domain.entities.letters import Letter, Template, TemplateVersion
from koba_desktop.domain.entities.office import OpeningHours
from koba_desktop.domain.entities.rooms import Place, Room, Visit
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    LetterKind,
    LetterState,
    RoomKind,
    Urgency,
    UrgencyCategory,
    VisitNeed,
)
from koba_desktop.services.commands import (
    CancelAppointment,
    CreateLetter,
    MarkPrinted,
    PrintedLetter,
    ReleaseLetter,
    Reschedule,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.outbox import outbox
from koba_desktop.services.letters.shipping import Wording, lay_out_wordings
from tests.unit.service_office import LONG_AGO, SmallOffice, at

PERSONAL = LetterKind.PERSONAL


def to_come(office: SmallOffice, **values: object) -> tuple[Appointment, Letter]:
    """Frau Kuhn is to come on Tue 13 April, 10:15; the letter is in the outbox."""
    given = {"channel": Channel.IN_PERSON, "letter": PERSONAL, **values}
    receipt = office.do(office.booking(at(13, 10, 15), **given))
    return (
        office.one(Appointment, id=receipt.result["appointment_id"]),
        office.one(Letter, id=receipt.result["letter_id"]),
    )


def move(
    office: SmallOffice, appointment: Appointment, day: int = 14, **values: object
) -> Letter | None:
    current = office.one(Appointment, id=appointment.id)
    command = Reschedule(
        appointment_id=current.id,
        version=current.version,
        starts=at(day, 10, 15),
        ends=at(day, 10, 45),
    )
    made = office.do(replace(command, **values)).result["letter_id"]  # type: ignore[arg-type]
    return office.one(Letter, id=made) if made is not None else None


def told(office: SmallOffice, appointment: Appointment, kind: LetterKind) -> Letter:
    made = office.do(CreateLetter(appointment_id=appointment.id, kind=kind))
    letter = office.one(Letter, id=made.result["letter_id"])
    assert isinstance(letter, Letter)
    return letter


def cancelled(appointment: Appointment, *, letter: bool = True) -> CancelAppointment:
    return CancelAppointment(
        appointment_id=appointment.id,
        version=appointment.version,
        by_client=False,
        letter=letter,
    )


def wordings(office: SmallOffice, kind: LetterKind) -> list[TemplateVersion]:
    (template,) = (each for each in office.all(Template) if each.kind is kind)
    return office.all(TemplateVersion, template_id=template.id)


def print_it(office: SmallOffice, letter: Letter) -> None:
    version = office.one(Letter, id=letter.id).version
    paper = PrintedLetter(letter_id=letter.id, version=version, pdf=b"%PDF", pages=1)
    office.do(MarkPrinted(letters=(paper,)))


def outdoors(office: SmallOffice) -> Place:
    """A place outside the door, open on Tuesdays."""
    room = Room(
        id=new_id(), office_id=office.office.id, name="Vor der Tür", kind=RoomKind.OUTDOOR, seats=2
    )
    place = Place(id=new_id(), room_id=room.id)
    hours = OpeningHours(
        id=new_id(),
        office_id=office.office.id,
        channel=Channel.OUTDOORS,
        weekday=2,
        opens=time(8),
        closes=time(16),
        valid_from=LONG_AGO,
    )
    office.put(room, place, hours)
    kind = office.one(AppointmentKind)
    channels = (*kind.channels, Channel.OUTDOORS)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(kind, channels=channels, outdoors_allowed=True))
    return place


# --- what the paper says of the visit -------------------------------------------------------------


def test_it_freezes_the_number_and_who_comes_along(office: SmallOffice) -> None:
    _appointment, letter = to_come(office, needs=(VisitNeed.INTERPRETER,))
    data = letter_data(letter.data)
    assert data["visit"] == {
        "number": office.one(Visit).code,
        "companions": 0,
        "needs": ["interpreter"],
        "urgent": False,
    }
    assert data["appointment"] is not None
    assert data["appointment"]["channel"] == "in_person"
    assert data["former"] is None
    assert data["answer_until"] == "2021-04-12"


def test_what_cannot_wait_is_marked_without_its_category(office: SmallOffice) -> None:
    _appointment, letter = to_come(
        office, urgency=Urgency.URGENT, urgency_category=UrgencyCategory.NO_MONEY
    )
    assert letter.data["visit"]["urgent"] is True
    assert "no_money" not in str(letter.data)


def test_letters_about_calls_know_no_visit(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    assert "visit" not in letter.data


def test_a_visit_that_is_not_there_yet_is_made_for_its_letter(office: SmallOffice) -> None:
    """As with a personal appointment that an earlier program booked."""
    appointment, first = to_come(office)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(office.one(Visit), withdrawn_at=office.clock.now()))
    letter = told(office, appointment, PERSONAL)
    assert letter.data["visit"]["number"] == "102"
    assert office.one(Visit, withdrawn_at=None).code == "102"
    assert office.one(Letter, id=first.id).state is LetterState.VOID


# --- another time ---------------------------------------------------------------------------------


def test_on_another_day_the_letter_names_the_new_number_and_the_time_known(
    office: SmallOffice,
) -> None:
    appointment, letter = to_come(office)
    other = office.booking(
        at(14, 9),
        channel=Channel.IN_PERSON,
        client_id=office.hartwig.id,
        advisor_id=office.lindner.id,
    )
    office.do(other)  # has number 101 on the day she moves to
    print_it(office, letter)
    changed = move(office, appointment, letter=True)
    assert changed is not None
    assert changed.kind is PERSONAL
    assert changed.data["visit"]["number"] == "102"
    assert changed.data["former"] == {
        "starts": at(13, 10, 15).isoformat(),
        "channel": "in_person",
    }


def test_a_letter_not_printed_waits_after_a_move_and_takes_the_new_number(
    office: SmallOffice,
) -> None:
    appointment, letter = to_come(office)
    office.do(
        office.booking(
            at(14, 9),
            channel=Channel.IN_PERSON,
            client_id=office.hartwig.id,
            advisor_id=office.lindner.id,
        )
    )
    move(office, appointment)
    with office.view() as view:
        (item,) = outbox(view, office.office.id).to_clarify
    assert (item.row.id, item.problem) == (letter.id, "appointment_moved")
    office.do(ReleaseLetter(letter_id=letter.id, version=office.one(Letter, id=letter.id).version))
    fresh = office.one(Letter, id=letter.id)
    assert fresh.data["visit"]["number"] == "102"
    assert fresh.data["appointment"]["starts"] == at(14, 10, 15).isoformat()


def test_who_never_heard_of_a_proposed_visit_hears_of_no_change(office: SmallOffice) -> None:
    appointment, _letter = to_come(office, state=AppointmentState.PROPOSED)
    changed = move(office, appointment, letter=True)
    assert changed is not None
    assert (changed.kind, changed.data["former"]) == (PERSONAL, None)
    by_telephone = move(office, appointment, channel=Channel.TELEPHONE, letter=True)
    assert by_telephone is not None
    assert by_telephone.kind is LetterKind.TELEPHONE_PROPOSAL
    assert by_telephone.data["former"] is None


def test_what_was_agreed_is_named_when_it_moves_before_the_letter_is_printed(
    office: SmallOffice,
) -> None:
    appointment, _letter = to_come(office)
    changed = move(office, appointment, letter=True)
    assert changed is not None
    assert changed.data["former"]["starts"] == at(13, 10, 15).isoformat()


# --- another way ----------------------------------------------------------------------------------


def test_a_visit_that_becomes_a_call_is_converted(office: SmallOffice) -> None:
    appointment, letter = to_come(office)
    print_it(office, letter)
    converted = move(office, appointment, 13, channel=Channel.TELEPHONE, letter=True)
    assert converted is not None
    assert converted.kind is LetterKind.CONVERSION
    assert converted.data["former"]["channel"] == "in_person"
    assert "visit" not in converted.data


def test_a_call_that_becomes_a_visit_gets_the_letter_for_visits(office: SmallOffice) -> None:
    appointment = office.booked(at(13, 10, 15))
    letter = move(office, appointment, 13, channel=Channel.IN_PERSON, letter=True)
    assert letter is not None
    assert letter.kind is PERSONAL
    assert letter.data["former"] == {"starts": at(13, 10, 15).isoformat(), "channel": "telephone"}
    assert letter.data["visit"]["number"] == "101"


@pytest.mark.parametrize("kind", [LetterKind.CHANGED_TELEPHONE, LetterKind.CONFIRMATION])
def test_nobody_who_is_to_come_is_told_of_a_call(office: SmallOffice, kind: LetterKind) -> None:
    """Whatever kind a button asks for."""
    appointment, letter = to_come(office)
    print_it(office, letter)
    move(office, appointment)
    assert told(office, appointment, kind).kind is PERSONAL


def test_nobody_who_is_to_be_called_is_told_to_come(office: SmallOffice) -> None:
    appointment, letter = to_come(office)
    print_it(office, letter)
    move(office, appointment, channel=Channel.TELEPHONE)
    assert told(office, appointment, LetterKind.CHANGED_TELEPHONE).kind is LetterKind.CONVERSION
    agreed = office.booked(at(15, 10, 15))
    assert told(office, agreed, PERSONAL).kind is LetterKind.CONFIRMATION


def test_a_letter_not_printed_becomes_one_about_the_call(office: SmallOffice) -> None:
    """The time stays, so only the way of it tells that the letter is wrong."""
    appointment, letter = to_come(office)
    move(office, appointment, 13, channel=Channel.TELEPHONE)
    with office.view() as view:
        found = outbox(view, office.office.id)
    assert found.to_print == ()
    assert [item.problem for item in found.to_clarify] == ["appointment_moved"]
    office.do(ReleaseLetter(letter_id=letter.id, version=office.one(Letter, id=letter.id).version))
    fresh = office.one(Letter, id=letter.id)
    assert fresh.kind is LetterKind.CONFIRMATION
    wording = office.one(TemplateVersion, id=fresh.template_version_id)
    assert wording.blocks == {"subject": "confirmation"}
    with office.view() as view:
        assert [item.row.id for item in outbox(view, office.office.id).to_print] == [letter.id]


def test_outside_the_door_is_another_place_than_the_letter_says(office: SmallOffice) -> None:
    place = outdoors(office)
    appointment, letter = to_come(office)
    print_it(office, letter)
    changed = move(
        office, appointment, 13, channel=Channel.OUTDOORS, place_id=place.id, letter=True
    )
    assert changed is not None
    assert changed.kind is PERSONAL
    assert changed.data["former"] == {"starts": at(13, 10, 15).isoformat(), "channel": "in_person"}


def test_a_repeated_letter_names_no_former_time(office: SmallOffice) -> None:
    appointment, letter = to_come(office)
    print_it(office, letter)
    assert told(office, appointment, PERSONAL).data["former"] is None


# --- confirmed, cancelled -------------------------------------------------------------------------


def test_a_confirmation_is_wrong_once_its_appointment_moved(office: SmallOffice) -> None:
    appointment = office.booked(at(13, 10, 15), letter=LetterKind.CONFIRMATION)
    move(office, appointment)
    with office.view() as view:
        (item,) = outbox(view, office.office.id).to_clarify
    assert item.problem == "appointment_moved"


def test_nothing_off_is_confirmed(office: SmallOffice) -> None:
    appointment = office.booked(at(13, 10, 15))
    office.do(cancelled(appointment, letter=False))
    with pytest.raises(Refused) as refused:
        told(office, appointment, LetterKind.CONFIRMATION)
    assert refused.value.code == "appointment_over"


def test_a_cancelled_visit_is_called_off_as_the_client_knows_it(office: SmallOffice) -> None:
    appointment, letter = to_come(office)
    print_it(office, letter)
    move(office, appointment, channel=Channel.TELEPHONE)
    current = office.one(Appointment)
    receipt = office.do(cancelled(current))
    cancellation = office.one(Letter, id=receipt.result["letter_id"])
    assert cancellation.kind is LetterKind.CANCELLATION
    assert cancellation.data["appointment"]["channel"] == "in_person"
    assert cancellation.data["appointment"]["starts"] == at(13, 10, 15).isoformat()


@pytest.mark.parametrize(
    ("state", "letters"),
    [(AppointmentState.PROPOSED, 0), (AppointmentState.CONFIRMED, 1)],
)
def test_a_visit_nobody_heard_of_is_cancelled_without_a_letter(
    office: SmallOffice, state: AppointmentState, letters: int
) -> None:
    appointment, _letter = to_come(office, state=state)
    office.do(cancelled(appointment))
    kinds = [letter.kind for letter in office.all(Letter)]
    assert kinds.count(LetterKind.CANCELLATION) == letters


# --- wordings of an older database ----------------------------------------------------------------

SHIPPED: tuple[Wording, ...] = (
    (PERSONAL, "de", "standard", {"subject": "neu"}),
    (LetterKind.PLEASE_CALL, "de", "standard", {"subject": "Bitte rufen Sie uns an"}),
)


def test_a_database_gets_the_wordings_it_lacks_and_keeps_its_own(office: SmallOffice) -> None:
    assert lay_out_wordings(office.store, office.clock.now(), SHIPPED) == 1
    (version,) = wordings(office, LetterKind.PLEASE_CALL)
    assert (version.number, version.valid_from) == (1, date(2021, 4, 1))
    (kept,) = wordings(office, PERSONAL)
    assert kept.blocks == {"subject": "personal"}
    appointment = office.booked(at(13, 10, 15))
    letter = told(office, appointment, LetterKind.PLEASE_CALL)
    assert letter.template_version_id == version.id


def test_where_nothing_is_missing_nothing_is_written(office: SmallOffice) -> None:
    lay_out_wordings(office.store, office.clock.now(), SHIPPED)
    before = office.all(TemplateVersion)
    assert lay_out_wordings(office.store, office.clock.now(), SHIPPED) == 0
    assert office.all(TemplateVersion) == before
