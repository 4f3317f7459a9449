"""Reply slips of appointments as they stand, for everybody who sees the appointment."""

from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.entities.appointments import AppointmentPurpose
from koba_desktop.domain.entities.clients import Client, Representative
from koba_desktop.domain.entities.letters import Letter, Template, TemplateVersion
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import NotFound, Refused
from koba_desktop.domain.vocabulary import (
    Channel,
    Language,
    LetterKind,
    LetterState,
    LetterVariant,
)
from koba_desktop.letters.letter.values import conditions
from koba_desktop.services.commands import (
    CancelAppointment,
    CreateLetter,
    MarkPrinted,
    PrintedLetter,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.data import letter_data, reply_lines
from koba_desktop.services.letters.reply_slips import (
    BlankSlips,
    blank_slips,
    reply_slips,
    slips_of_day,
)
from koba_desktop.services.ports import LetterSource
from tests.unit.letter_office import post
from tests.unit.service_office import LONG_AGO, SmallOffice, at


def slip(office: SmallOffice, appointment_id: object, viewer: Staff | None = None) -> LetterSource:
    with office.view(viewer) as view:
        (made,) = reply_slips(view, [appointment_id])  # type: ignore[list-item]
        return made


def blank(office: SmallOffice, viewer: Staff | None = None) -> BlankSlips:
    with office.view(viewer) as view:
        return blank_slips(view, office.office.id)


def test_a_proposal_is_answered_as_its_letter_asks(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    made = slip(office, appointment.id)
    assert made.kind is LetterKind.TELEPHONE_PROPOSAL
    assert made.blocks == {"subject": "telephone_proposal"}
    data = letter_data(made.data)
    assert data["reference"] == appointment.reference
    assert data["client"] == {"name": "Marlies Kuhn", "number": "118274", "represented": False}
    assert data["office"]["reply_lines"] == [
        *("Regionalstelle Halberstadt", "Spiegelstraße 21", "38820 Halberstadt")
    ]
    assert letter.data["recipient_lines"]
    assert data["recipient_lines"] == []  # nobody's address goes along


def test_it_tells_the_time_of_now_and_not_that_of_the_letter(office: SmallOffice) -> None:
    _receipt, appointment, _letter = office.proposed()
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(appointment, starts=at(14, 9), ends=at(14, 9, 30)))
    said = letter_data(slip(office, appointment.id).data)["appointment"]
    assert said is not None
    assert (said["starts"], said["minutes"]) == (at(14, 9).isoformat(), 30)


def test_without_a_letter_by_how_the_appointment_takes_place(office: SmallOffice) -> None:
    called = office.booked(at(13, 10))
    assert slip(office, called.id).kind is LetterKind.CONFIRMATION
    visited = office.booked(
        at(13, 14), channel=Channel.IN_PERSON, place_id=office.place.id, persons=2, phone=""
    )
    made = slip(office, visited.id)
    assert made.kind is LetterKind.PERSONAL
    data = letter_data(made.data)
    assert data["visit"]["number"] == office.one(Visit).code
    assert "personal" in conditions(data)


def test_a_letter_that_says_another_way_does_not_count(office: SmallOffice) -> None:
    made = office.booked(at(13, 10))
    office.do(CreateLetter(appointment_id=made.id, kind=LetterKind.CONFIRMATION))
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(made, channel=Channel.IN_PERSON))
    assert slip(office, made.id).kind is LetterKind.PERSONAL


def test_of_a_cancelled_one_the_slip_asks_for_another_wish(office: SmallOffice) -> None:
    made = office.booked(at(13, 10))
    office.do(CancelAppointment(appointment_id=made.id, version=made.version, by_client=True))
    assert slip(office, made.id).kind is LetterKind.CANCELLATION


def test_whom_somebody_represents(office: SmallOffice) -> None:
    made = office.booked(at(13, 10))
    office.put(
        Representative(
            id=new_id(),
            client_id=office.kuhn.id,
            family_name="Roth",
            valid_from=date(2020, 1, 1),
        )
    )
    assert "representative" in conditions(letter_data(slip(office, made.id).data))


def test_where_slips_go_back_to(office: SmallOffice) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        stored = unit.get(Office, office.office.id)
        unit.update(replace(stored, reply_lines=("Postfach 15 42", "38805 Halberstadt")))
    made = blank(office)
    assert made == BlankSlips(
        "Regionalstelle Halberstadt", ("Postfach 15 42", "38805 Halberstadt"), False
    )


def test_an_older_letter_that_stores_nowhere_goes_back_to_the_office_itself(
    office: SmallOffice,
) -> None:
    _receipt, appointment, _letter = office.proposed()
    made = letter_data(slip(office, appointment.id).data)["office"]
    assert reply_lines({**made, "reply_lines": []}) == made["reply_lines"]
    assert reply_lines({**made, "reply_lines": [], "town": "", "postcode": ""}) == [
        *("Regionalstelle Halberstadt", "Spiegelstraße 21")
    ]


def test_reception_gets_one_of_a_posted_letter_and_nothing_of_what_it_is_about(
    office: SmallOffice,
) -> None:
    _receipt, appointment, letter = office.proposed()
    office.put(AppointmentPurpose(id=new_id(), appointment_id=appointment.id, text="GEHEIM"))
    printed = PrintedLetter(letter_id=letter.id, version=letter.version, pdf=b"%PDF", pages=1)
    office.do(MarkPrinted(letters=(printed,)))
    post(office, letter, date(2021, 4, 1))
    assert office.one(Letter, id=letter.id).state is LetterState.POSTED
    made = slip(office, appointment.id, office.reception)
    assert "GEHEIM" not in repr(made)
    data = letter_data(made.data)
    assert (data["about"], data["papers"], data["attempts"]) == ("", [], [])


def test_past_ones_and_those_of_nobodys_business_are_refused(office: SmallOffice) -> None:
    made = office.booked(at(1, 11))
    with pytest.raises(Refused, match="not_entitled"):
        slip(office, made.id, office.administrator)
    with pytest.raises(Refused, match="not_entitled"):
        blank(office, office.administrator)
    office.clock.set(at(6, 9))
    with pytest.raises(Refused, match="not_entitled"):
        slip(office, made.id, office.reception)
    assert slip(office, made.id, office.berger).data["reference"] == made.reference


def test_a_visitor_without_a_record_and_what_is_not_there(office: SmallOffice) -> None:
    made = office.booked(at(13, 10), client_id=None, visitor_name="Unbekannt")
    with pytest.raises(Refused, match="letter_needs_client"):
        slip(office, made.id)
    with pytest.raises(NotFound):
        slip(office, new_id())


def test_in_leichte_sprache_for_who_reads_that(office: SmallOffice) -> None:
    easy = Template(id=new_id(), kind=LetterKind.CONFIRMATION, variant=LetterVariant.EASY)
    version = TemplateVersion(
        id=new_id(),
        template_id=easy.id,
        number=1,
        blocks={"subject": "einfach"},
        valid_from=LONG_AGO,
    )
    office.put(easy, version)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Client, office.kuhn.id), language=Language.DE_EASY))
    made = slip(office, office.booked(at(13, 10)).id)
    assert (made.variant, made.blocks) == (LetterVariant.EASY, {"subject": "einfach"})
    assert (
        slip(office, office.booked(at(13, 11), client_id=office.hartwig.id).id).variant
        == "standard"
    )


def test_those_of_a_day_that_are_still_to_take_place(office: SmallOffice) -> None:
    office.booked(at(13, 14), client_id=office.hartwig.id, advisor_id=office.lindner.id)
    office.booked(at(13, 10))
    office.booked(at(13, 9), client_id=None, visitor_name="Unbekannt")
    gone = office.booked(at(13, 12))
    office.do(CancelAppointment(appointment_id=gone.id, version=gone.version, by_client=True))
    day = date(2021, 4, 13)
    with office.view() as view:
        every = slips_of_day(view, office.office.id, day)
        hers = slips_of_day(view, office.office.id, day, office.lindner.id)
    assert [each.data["client"]["name"] for each in every] == ["Marlies Kuhn", "Jörg Hartwig"]
    assert hers == every[1:]
    with office.view(office.administrator) as view, pytest.raises(Refused, match="not_entitled"):
        slips_of_day(view, office.office.id, day)


def test_the_command_line_asks_with_the_key(office: SmallOffice) -> None:
    made = office.booked(at(13, 10))
    with office.services.view() as view:
        assert len(reply_slips(view, [made.id, made.id])) == 2
        assert blank_slips(view, office.office.id).reply_lines
