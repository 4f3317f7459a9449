"""Letters somebody asks for: of every kind, about no appointment, once more."""

from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentKind,
)
from koba_desktop.domain.entities.clients import Client, ClientAddress, Representative
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Conflict, Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    HoldReason,
    Language,
    LetterKind,
    LetterState,
    ReasonCode,
    Salutation,
)
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import (
    CancelAppointment,
    CreateLetter,
    MarkMailReturned,
    Override,
    ReleaseLetter,
    Reschedule,
    ResendLetter,
    SaveClient,
    VoidLetter,
    WriteLetter,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.offering import letter_choices
from koba_desktop.services.letters.outbox import outbox
from tests.unit.letter_office import decides, posted, printed, speaks, worded
from tests.unit.service_office import SmallOffice, at

CALL = LetterKind.PLEASE_CALL


def letter_of(office: SmallOffice, receipt: Receipt) -> Letter:
    found: Letter = office.one(Letter, id=receipt.result["letter_id"])
    return found


def told(office: SmallOffice, appointment: Appointment, kind: LetterKind) -> Letter:
    return letter_of(office, office.do(CreateLetter(appointment_id=appointment.id, kind=kind)))


def visit(office: SmallOffice, **values: object) -> Appointment:
    return office.booked(at(13, 10, 15), channel=Channel.IN_PERSON, **values)


def written(office: SmallOffice) -> Letter:
    command = WriteLetter(client_id=office.kuhn.id, advisor_id=office.berger.id)
    return letter_of(office, office.do(command))


# --- about no appointment -------------------------------------------------------------------------


def test_please_call_is_about_client_advisor_and_office_alone(office: SmallOffice) -> None:
    version = worded(office, CALL)
    letter = written(office)
    assert (letter.kind, letter.appointment_id, letter.state) == (CALL, None, LetterState.PENDING)
    assert (letter.advisor_id, letter.office_id) == (office.berger.id, office.office.id)
    assert letter.template_version_id == version.id
    data = letter_data(letter.data)
    assert (data["reference"], data["appointment"], data["former"]) == ("", None, None)
    assert (data["about"], data["papers"], data["answer_until"]) == ("", [], None)
    assert data["attempts"] == []
    assert data["recipient_lines"][1] == "Marlies Kuhn"
    assert "calendar_entry" not in data


def test_please_call_names_the_days_on_which_the_open_call_was_tried(office: SmallOffice) -> None:
    worded(office, CALL)
    task_id = office.exhausted_task()
    letter = written(office)
    assert letter.call_task_id == task_id
    assert letter_data(letter.data)["attempts"] == ["2021-03-30", "2021-04-01"]


def test_nobody_is_to_ask_for_who_has_left_the_house(office: SmallOffice) -> None:
    worded(office, CALL)
    with office.view() as view:
        assert letter_choices(view, office.kuhn.id).advisor_id == office.berger.id
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.update(replace(uow.get(Staff, office.berger.id), left_on=date(2021, 4, 1)))
    command = WriteLetter(client_id=office.kuhn.id, advisor_id=office.berger.id)
    with pytest.raises(Refused, match="advisor_not_here"):
        office.do(command, by=office.lindner)
    with office.view(office.lindner) as view:
        assert letter_choices(view, office.kuhn.id).advisor_id is None
    office.do(replace(command, advisor_id=office.lindner.id), by=office.lindner)
    assert office.one(Letter).data["advisor"]["name"] == "Frau Lindner"


def test_one_that_still_waits_gives_way(office: SmallOffice) -> None:
    worded(office, CALL)
    first = written(office)
    second = written(office)
    assert office.one(Letter, id=first.id).state is LetterState.VOID
    printed(office, second)
    written(office)
    assert office.one(Letter, id=second.id).state is LetterState.PRINTED


def test_it_follows_the_address_and_can_be_released(office: SmallOffice) -> None:
    worded(office, CALL)
    letter = written(office)
    with office.view() as view:
        profile = client_profile(view, office.kuhn.id)
    assert profile.address is not None
    moved = replace(profile.address, street="Am Tor 1")
    office.do(SaveClient(profile=replace(profile, address=moved)))
    assert office.one(Letter, id=letter.id).data["recipient_lines"][2] == "Am Tor 1"
    office.do(MarkMailReturned(client_id=office.kuhn.id, returned_on=date(2021, 4, 1)))
    waiting = office.one(Letter, id=letter.id)
    assert (waiting.state, waiting.hold_reason) == (LetterState.HELD, HoldReason.ADDRESS_RETURNED)
    address = office.one(ClientAddress, client_id=office.kuhn.id)
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.update(replace(address, returned_on=None))
    office.do(ReleaseLetter(letter_id=letter.id, version=waiting.version))
    assert office.one(Letter, id=letter.id).state is LetterState.PENDING


def test_other_kinds_need_an_appointment(office: SmallOffice) -> None:
    with pytest.raises(Refused, match="letter_needs_appointment"):
        office.do(
            WriteLetter(
                client_id=office.kuhn.id,
                advisor_id=office.berger.id,
                kind=LetterKind.CONFIRMATION,
            )
        )


def test_please_call_asked_for_at_an_appointment_leaves_its_letters_alone(
    office: SmallOffice,
) -> None:
    worded(office, CALL)
    _receipt, appointment, proposal = office.proposed()
    letter = told(office, appointment, CALL)
    assert (letter.appointment_id, letter.kind) == (None, CALL)
    assert office.one(Letter, id=proposal.id).state is LetterState.PENDING


def test_writing_can_be_taken_back(office: SmallOffice) -> None:
    worded(office, CALL)
    receipt = office.do(WriteLetter(client_id=office.kuhn.id, advisor_id=office.berger.id))
    office.undo(receipt)
    assert office.one(Letter).state is LetterState.VOID


# --- kinds with rules of their own ----------------------------------------------------------------


def test_a_summons_is_off_until_the_office_wants_it(office: SmallOffice) -> None:
    worded(office, LetterKind.SUMMONS)
    appointment = visit(office)
    with pytest.raises(Refused, match="summons_off"):
        told(office, appointment, LetterKind.SUMMONS)
    decides(office, "letters.summons", True)
    letter = told(office, appointment, LetterKind.SUMMONS)
    data = letter_data(letter.data)
    assert data["visit"]["number"]
    assert data["answer_until"] is None
    with pytest.raises(Refused, match="summons_by_telephone"):
        told(office, office.booked(at(14, 10)), LetterKind.SUMMONS)


@pytest.mark.parametrize(
    ("name", "own", "purpose"),
    [
        ("Folgegespräch", {}, ""),  # the wording has one
        ("Antrag", {}, "Wir bereiten die Entscheidung über den Antrag vor und prüfen, ob die "),
        ("Antrag", {"summons": "Wir beraten."}, "Wir beraten."),
        ("Sprechstunde", {"summons": "Wir beraten zur Berufswahl."}, "Wir beraten zur Berufswahl."),
    ],
)
def test_a_summons_states_a_purpose_and_not_what_other_letters_say(
    office: SmallOffice, name: str, own: dict[str, str], purpose: str
) -> None:
    """§ 309 Abs. 2 SGB III names the purposes; "Um die nächsten Schritte" is none."""
    worded(office, LetterKind.SUMMONS)
    decides(office, "letters.summons", True)
    appointment = visit(office)
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        kind = uow.get(AppointmentKind, appointment.kind_id)
        about = {"de": "Um die nächsten Schritte.", **own}
        uow.update(replace(kind, name=name, about=about))
    data = letter_data(told(office, appointment, LetterKind.SUMMONS).data)
    assert data["about"].startswith(purpose)
    assert bool(data["about"]) == bool(purpose)


def test_nothing_past_is_announced(office: SmallOffice) -> None:
    appointment = office.booked(at(1, 10))
    office.clock.set(at(1, 10, 1))
    with pytest.raises(Refused, match="appointment_over"):
        told(office, appointment, LetterKind.CONFIRMATION)


def test_what_takes_place_is_not_called_off_by_letter_alone(office: SmallOffice) -> None:
    appointment = office.booked(at(13, 10))
    with pytest.raises(Refused, match="appointment_stands"):
        told(office, appointment, LetterKind.CANCELLATION)
    office.do(
        CancelAppointment(
            appointment_id=appointment.id, version=appointment.version, by_client=True
        )
    )
    assert told(office, appointment, LetterKind.CANCELLATION).state is LetterState.PENDING


def test_an_opening_invites_and_names_the_visitor_s_number(office: SmallOffice) -> None:
    worded(office, LetterKind.OPENING)
    letter = told(office, visit(office), LetterKind.OPENING)
    data = letter_data(letter.data)
    assert letter.kind is LetterKind.OPENING
    assert data["visit"]["number"]
    assert data["answer_until"] == "2021-04-12"


def test_an_invitation_to_a_call_gives_way_to_what_suits_it(office: SmallOffice) -> None:
    worded(office, LetterKind.OPENING)
    letter = told(office, office.booked(at(13, 10)), LetterKind.OPENING)
    assert letter.kind is LetterKind.CONFIRMATION


def test_an_opening_nobody_heard_of_stays_one_when_it_moves(office: SmallOffice) -> None:
    worded(office, LetterKind.OPENING)
    appointment = visit(office, state=AppointmentState.PROPOSED)
    told(office, appointment, LetterKind.OPENING)
    moved = moved_to(office, appointment, 14)
    assert moved.kind is LetterKind.OPENING
    assert letter_data(moved.data)["former"] is None


@pytest.mark.parametrize("kind", [LetterKind.OPENING, LetterKind.SUMMONS])
@pytest.mark.parametrize("reason", [ReasonCode.OTHER, ReasonCode.ADVISOR_ABSENT])
def test_what_waits_to_be_printed_stays_what_it_is_when_its_appointment_moves(
    office: SmallOffice, kind: LetterKind, reason: ReasonCode
) -> None:
    worded(office, kind)
    worded(office, LetterKind.POSTPONEMENT)
    decides(office, "letters.summons", True)
    appointment = visit(office)
    told(office, appointment, kind)
    moved = moved_to(office, appointment, 14, reason)
    assert moved.kind is kind
    assert letter_data(moved.data)["former"] == {
        "starts": at(13, 10, 15).isoformat(),
        "channel": "in_person",
    }
    assert letter_data(moved.data)["visit"]["number"]
    converted = moved_to(office, appointment, 15, channel=Channel.TELEPHONE)
    assert converted.kind is LetterKind.CONVERSION


def test_a_summons_on_paper_is_changed_without_another(office: SmallOffice) -> None:
    worded(office, LetterKind.SUMMONS)
    decides(office, "letters.summons", True)
    appointment = visit(office)
    printed(office, told(office, appointment, LetterKind.SUMMONS))
    assert moved_to(office, appointment, 14).kind is LetterKind.PERSONAL


def moved_to(
    office: SmallOffice,
    appointment: Appointment,
    day: int,
    reason: ReasonCode = ReasonCode.OTHER,
    **values: object,
) -> Letter:
    current = office.one(Appointment, id=appointment.id)
    command = Reschedule(
        appointment_id=current.id,
        version=current.version,
        starts=at(day, 10, 15),
        ends=at(day, 10, 45),
        letter=True,
        override=Override(codes=frozenset(), reason=reason),
    )
    return letter_of(office, office.do(replace(command, **values)))  # type: ignore[arg-type]


def test_an_absent_advisor_postpones(office: SmallOffice) -> None:
    worded(office, LetterKind.POSTPONEMENT)
    appointment = office.booked(at(13, 10, 15))
    letter = moved_to(office, appointment, 14, ReasonCode.ADVISOR_ABSENT)
    assert letter.kind is LetterKind.POSTPONEMENT
    data = letter_data(letter.data)
    assert data["former"] == {"starts": at(13, 10, 15).isoformat(), "channel": "telephone"}
    assert "visit" not in data


def test_a_postponed_visit_names_the_number_to_come_with(office: SmallOffice) -> None:
    worded(office, LetterKind.POSTPONEMENT)
    letter = moved_to(office, visit(office), 14, ReasonCode.ADVISOR_ABSENT)
    assert letter.kind is LetterKind.POSTPONEMENT
    assert letter_data(letter.data)["visit"]["number"]


def test_a_colleague_at_the_same_time_postpones_nothing(office: SmallOffice) -> None:
    worded(office, LetterKind.POSTPONEMENT)
    appointment = office.booked(at(13, 10, 15))
    letter = moved_to(
        office, appointment, 13, ReasonCode.ADVISOR_ABSENT, advisor_id=office.lindner.id
    )
    assert letter.kind is LetterKind.CHANGED_TELEPHONE


def test_what_the_client_never_heard_of_is_not_postponed(office: SmallOffice) -> None:
    worded(office, LetterKind.POSTPONEMENT)
    _receipt, appointment, _letter = office.proposed()
    letter = moved_to(office, appointment, 14, ReasonCode.ADVISOR_ABSENT)
    assert letter.kind is LetterKind.TELEPHONE_PROPOSAL


@pytest.mark.parametrize(
    ("wanted", "entry"),
    [("neutral", "Termin"), ("office", "Termin: Regionalstelle Halberstadt"), ("none", None)],
)
def test_the_office_decides_what_the_calendar_says(
    office: SmallOffice, wanted: str, entry: str | None
) -> None:
    decides(office, "letters.calendar_entry", wanted)
    _receipt, _appointment, letter = office.proposed()
    assert letter.data.get("calendar_entry") == entry


def test_the_code_of_a_moved_appointment_follows_that_of_its_first_letter(
    office: SmallOffice,
) -> None:
    decides(office, "letters.calendar_entry", "neutral")
    _receipt, appointment, first = office.proposed()
    posted(office, first)
    second = moved_to(office, appointment, 14)
    sequences = [letter_data(each.data).get("calendar_sequence") for each in (first, second)]
    assert sequences[0] == 0
    assert sequences[1] is not None
    assert sequences[1] > 0


# --- once more ------------------------------------------------------------------------------------


def again(office: SmallOffice, letter: Letter) -> Letter:
    return letter_of(office, office.do(ResendLetter(letter_id=letter.id)))


def test_the_same_paper_goes_once_more(office: SmallOffice) -> None:
    worded(office, LetterKind.TELEPHONE_PROPOSAL, "en")
    speaks(office, Language.EN)
    _receipt, appointment, letter = office.proposed()
    first = posted(office, letter)
    office.clock.advance(days=1)
    second = again(office, first)
    same = ("kind", "language", "variant", "template_version_id", "translation_version_id", "data")
    assert {name: getattr(second, name) for name in same} == {
        name: getattr(first, name) for name in same
    }
    assert second.state is LetterState.PENDING
    assert (second.printed_at, second.posted_on, second.replaces_id) == (None, None, None)
    assert second.assumed_posting == date(2021, 4, 6)
    assert office.one(Letter, id=first.id).state is LetterState.POSTED
    assert office.all(LetterArchive, letter_id=second.id) == []
    told_of = [change.letter_id for change in office.all(AppointmentChange)]
    assert told_of[-1] == second.id
    assert second.appointment_id == appointment.id


@pytest.mark.parametrize("state", ["pending", "void"])
def test_what_was_never_paper_is_not_sent_again(office: SmallOffice, state: str) -> None:
    _receipt, _appointment, letter = office.proposed()
    if state == "void":
        office.do(VoidLetter(letter_id=letter.id, version=letter.version))
    with pytest.raises(Refused) as refused:
        again(office, letter)
    assert refused.value.code == "letter_not_resendable"
    assert refused.value.problems[0].params == {"state": state}


def test_a_letter_whose_appointment_moved_or_is_over_is_not_sent_again(
    office: SmallOffice,
) -> None:
    _receipt, appointment, letter = office.proposed()
    printed(office, letter)
    moved = moved_to(office, appointment, 14)
    with pytest.raises(Refused, match="letter_appointment_moved"):
        again(office, letter)
    printed(office, moved)
    assert again(office, moved).state is LetterState.PENDING
    office.clock.set(at(14, 11))
    with pytest.raises(Refused, match="letter_appointment_moved"):
        again(office, moved)


def test_please_call_goes_once_more_whenever_wanted(office: SmallOffice) -> None:
    worded(office, CALL)
    letter = posted(office, written(office))
    office.clock.set(at(20, 9))
    assert again(office, letter).state is LetterState.PENDING


def test_to_an_address_mail_came_back_from_it_is_held(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    office.do(MarkMailReturned(client_id=office.kuhn.id, returned_on=date(2021, 4, 1)))
    second = again(office, first)
    assert (second.state, second.hold_reason) == (LetterState.HELD, HoldReason.ADDRESS_RETURNED)
    assert second.data == first.data


def test_once_more_means_to_where_the_client_lives_by_now(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    moves_to(office, "Am Tor 1")
    data = letter_data(again(office, first).data)
    assert data["recipient_lines"] == ["Frau", "Marlies Kuhn", "Am Tor 1", "38820 Halberstadt"]
    assert letter_data(first.data) == {**data, "recipient_lines": first.data["recipient_lines"]}


def moves_to(
    office: SmallOffice, street: str, representative: Representative | None = None
) -> None:
    with office.view() as view:
        profile = client_profile(view, office.kuhn.id)
    assert profile.address is not None
    address = replace(profile.address, street=street)
    office.do(SaveClient(profile=replace(profile, address=address, representative=representative)))


def test_once_more_goes_to_whoever_represents_the_client_by_now(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    representative = Representative(
        id=new_id(),
        client_id=office.kuhn.id,
        family_name="Vogt",
        given_name="Ina",
        salutation=Salutation.FRAU,
        street="Markt 3",
        postcode="38820",
        town="Halberstadt",
        valid_from=date(2021, 4, 1),
    )
    moves_to(office, "Lindenweg 7", representative)
    data = letter_data(again(office, first).data)
    assert data["recipient_lines"][:2] == ["Frau", "Ina Vogt"]
    assert data["salutation_line"] == "Sehr geehrte Frau Vogt,"
    assert data["client"] == {"name": "Marlies Kuhn", "number": "118274", "represented": True}


def test_once_more_asks_for_no_answer_by_a_day_it_comes_after(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    assert first.data["answer_until"] == "2021-04-12"
    office.clock.set(at(9, 15))  # too late for the collection of that Friday
    assert again(office, first).data["answer_until"] is None


def test_to_a_blocked_address_only_the_responsible_advisor_sends_again(
    office: SmallOffice,
) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    client = office.one(Client, id=office.kuhn.id)
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.update(replace(client, address_blocked=True))
    with pytest.raises(Refused, match="blocked_address"):
        office.do(ResendLetter(letter_id=first.id), by=office.lindner)
    assert again(office, first).data["recipient_lines"] == first.data["recipient_lines"]


def test_what_left_the_house_is_not_for_reception_to_send_again(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    with pytest.raises(Refused, match="not_entitled"):
        office.do(ResendLetter(letter_id=first.id), by=office.reception)


def test_sending_again_is_not_taken_back_once_it_is_printed(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    receipt = office.do(ResendLetter(letter_id=first.id))
    second = letter_of(office, receipt)
    printed(office, second)
    with pytest.raises(Refused, match="printed_meanwhile"):
        office.undo(receipt)
    assert letter_of(office, receipt).state is LetterState.PRINTED


def test_sending_again_can_be_taken_back(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    receipt = office.do(ResendLetter(letter_id=first.id))
    office.undo(receipt)
    assert letter_of(office, receipt).state is LetterState.VOID
    with pytest.raises(Conflict):
        office.undo(receipt)


# --- held back ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [LetterKind.OPENING, LetterKind.SUMMONS, LetterKind.POSTPONEMENT])
def test_new_kinds_are_held_back_as_the_others(office: SmallOffice, kind: LetterKind) -> None:
    worded(office, kind)
    decides(office, "letters.summons", True)
    appointment = visit(office)
    letter = told(office, appointment, kind)
    assert problem_of(office, letter) is None
    office.clock.set(at(8, 9))
    assert problem_of(office, letter) == "slot_too_early"
    office.clock.set(at(1, 10))
    office.do(
        Reschedule(
            appointment_id=appointment.id,
            version=office.one(Appointment, id=appointment.id).version,
            starts=at(14, 10, 15),
            ends=at(14, 10, 45),
        )
    )
    assert problem_of(office, letter) == "appointment_moved"


def problem_of(office: SmallOffice, letter: Letter) -> str | None:
    with office.view() as view:
        found = outbox(view, office.office.id)
    (item,) = (each for each in (*found.to_clarify, *found.to_print) if each.row.id == letter.id)
    return item.problem
