"""Letters: the frozen data, the outbox, printing, posting."""

from dataclasses import replace
from datetime import date, time
from hashlib import sha256
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client, ClientAddress, Representative
from koba_desktop.domain.entities.letters import Letter, LetterArchive, TemplateVersion
from koba_desktop.domain.entities.office import OpeningHours
from koba_desktop.domain.errors import Conflict, Refused
from koba_desktop.domain.vocabulary import Channel, HoldReason, LetterKind, LetterState, Salutation
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import (
    CreateLetter,
    HoldLetter,
    MarkPosted,
    MarkPrinted,
    PrintedLetter,
    ReleaseLetter,
    Reschedule,
    SaveClient,
    VoidLetter,
    WriteLetter,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.hours import hours_lines
from koba_desktop.services.letters.outbox import outbox
from koba_desktop.services.letters.reading import letter_views
from koba_desktop.services.office.book import office_status
from koba_desktop.services.office.demo import demo_mark
from tests.unit.letter_office import post, seen, worded
from tests.unit.service_office import LONG_AGO, SmallOffice, at


def print_it(office: SmallOffice, letter: Letter) -> None:
    current = office.one(Letter, id=letter.id)
    office.do(
        MarkPrinted(
            letters=(
                PrintedLetter(letter_id=letter.id, version=current.version, pdf=b"%PDF", pages=1),
            )
        )
    )


def move(office: SmallOffice, appointment: Appointment, to: int, **values: bool) -> None:
    current = office.one(Appointment, id=appointment.id)
    office.do(
        Reschedule(
            appointment_id=appointment.id,
            version=current.version,
            starts=at(to, 10, 15),
            ends=at(to, 10, 45),
            **values,
        )
    )


# --- the frozen data ------------------------------------------------------------------------------


def test_a_letter_freezes_everything_the_paper_says(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    data = letter_data(letter.data)
    assert data["recipient_lines"] == ["Frau", "Marlies Kuhn", "Lindenweg 7", "38820 Halberstadt"]
    assert data["salutation_line"] == "Sehr geehrte Frau Kuhn,"
    assert data["advisor"] == {
        "name": "Frau Berger",
        "phone": "03943 58-3412",
        "initials": "Bg",
        "signature": "Berger",
    }
    assert data["client"] == {
        "name": "Marlies Kuhn",
        "number": "118274",
        "represented": False,
    }
    assert data["reference"] == appointment.reference
    assert data["made_on"] == "2021-04-01"
    assert data["appointment"] == {
        "starts": at(13, 10, 15).isoformat(),
        "minutes": 30,
        "channel": "telephone",
        "phone": "0176 04069118",
    }
    assert data["attempts"] == ["2021-03-30", "2021-04-01"]
    assert data["answer_until"] == "2021-04-12"
    assert data["papers"] == ["Ihren aktuellen Lebenslauf"]
    assert data["office"]["hours"] == ["Mo, Di, Mi, Do 8–16", "Fr 8–12"]
    assert (data["form"], data["envelope"]) == ("B", "DL")
    assert data["demo"] is False


def test_what_changes_later_does_not_change_the_paper(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    print_it(office, letter)
    with office.view() as view:
        profile = client_profile(view, office.kuhn.id)
    assert profile.address is not None
    office.do(
        SaveClient(profile=replace(profile, address=replace(profile.address, street="Am Tor 1")))
    )
    assert office.one(Letter).data == letter.data


def test_the_representative_valid_today_gets_the_letter(office: SmallOffice) -> None:
    office.put(
        Representative(
            id=new_id(),
            client_id=office.kuhn.id,
            family_name="Lehnert",
            given_name="Ina",
            salutation=Salutation.FRAU,
            street="Hoher Weg 3",
            postcode="38820",
            town="Halberstadt",
            valid_from=LONG_AGO,
        ),
        Representative(
            id=new_id(),
            client_id=office.kuhn.id,
            family_name="Früher",
            valid_from=LONG_AGO,
            valid_until=date(2021, 1, 1),
        ),
    )
    _receipt, _appointment, letter = office.proposed()
    data = letter_data(letter.data)
    assert data["recipient_lines"][1:3] == ["Ina Lehnert", "Hoher Weg 3"]
    assert data["salutation_line"] == "Sehr geehrte Frau Lehnert,"
    assert data["client"]["name"] == "Marlies Kuhn"
    assert data["client"]["represented"] is True
    with office.view() as view:
        (item,) = outbox(view, office.office.id).to_print
    assert (item.row.recipient, item.row.represented) == ("Kuhn, Marlies", True)


def test_the_wording_in_force_is_the_latest_valid_today(office: SmallOffice) -> None:
    old = next(
        v
        for v in office.all(TemplateVersion)
        if v.blocks["subject"] == LetterKind.TELEPHONE_PROPOSAL.value
    )
    new = replace(old, id=new_id(), number=2, valid_from=date(2021, 4, 1))
    office.put(new, replace(old, id=new_id(), number=3, valid_from=date(2021, 5, 1)))
    _receipt, _appointment, letter = office.proposed()
    assert letter.template_version_id == new.id


def test_a_demo_marks_its_letters(office: SmallOffice) -> None:
    office.put(demo_mark())
    _receipt, _appointment, letter = office.proposed()
    assert letter.data["demo"] is True
    with office.view() as view:
        (shown,) = letter_views(view, [letter.id])
    assert shown.source.demo
    assert shown.source.blocks == {"subject": "telephone_proposal"}
    assert shown.pdf is None


def test_equal_hours_share_a_line() -> None:
    def hours(weekday: int, opens: time, closes: time) -> OpeningHours:
        return OpeningHours(
            id=new_id(),
            office_id=new_id(),
            channel=Channel.TELEPHONE,
            weekday=weekday,
            opens=opens,
            closes=closes,
            valid_from=LONG_AGO,
        )

    rows = [
        hours(2, time(8), time(17, 30)),
        hours(1, time(8), time(12)),
        hours(1, time(13), time(16)),
        hours(4, time(8), time(17, 30)),
    ]
    assert hours_lines(rows, date(2021, 4, 1)) == ("Mo 8–12, 13–16", "Di, Do 8–17:30")


def to_print(office: SmallOffice) -> int:
    with office.view() as view:
        return office_status(view, office.office.id).letters_to_print


# --- the outbox -----------------------------------------------------------------------------------


def test_the_outbox_sorts_by_what_is_to_be_done(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    with office.view() as view:
        waiting = outbox(view, office.office.id)
        assert [i.row.id for i in waiting.to_print] == [letter.id]
        assert waiting.to_print[0].earliest == date(2021, 4, 13)
        status = office_status(view, office.office.id)
    assert status.letters_to_print == 1
    assert status.collection == "14:00"

    print_it(office, letter)
    with office.view() as view:
        assert [i.row.id for i in outbox(view, office.office.id).to_post] == [letter.id]

    posted = post(office, letter, date(2021, 4, 1))
    assert posted.result == {"posted": [letter.id], "refused": [], "too_early": []}
    with office.view() as view:
        assert [i.row.id for i in outbox(view, office.office.id, text="kuhn").posted] == [letter.id]
        assert outbox(view, office.office.id, text="hartwig").posted == ()
    office.clock.advance(days=30)
    with office.view() as view:
        assert outbox(view, office.office.id).posted == ()


def test_a_letter_whose_appointment_moved_since_is_not_printed(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    move(office, appointment, 14)
    with office.view() as view:
        found = outbox(view, office.office.id)
    assert found.to_print == ()
    assert [(i.row.id, i.problem) for i in found.to_clarify] == [(letter.id, "appointment_moved")]
    # Releasing it takes the new time.
    current = office.one(Letter)
    office.do(ReleaseLetter(letter_id=letter.id, version=current.version))
    assert office.one(Letter).data["appointment"]["starts"] == at(14, 10, 15).isoformat()
    with office.view() as view:
        assert len(outbox(view, office.office.id).to_print) == 1


def test_a_letter_that_missed_the_collection_is_too_early(office: SmallOffice) -> None:
    office.proposed()
    office.clock.set(at(1, 14, 1))  # after the last collection on the day before Good Friday
    with office.view() as view:
        (item,) = outbox(view, office.office.id).to_clarify
    assert item.problem == "slot_too_early"
    assert item.problem_params == {"earliest": item.earliest}
    assert item.earliest is not None
    assert item.earliest > date(2021, 4, 13)


def test_a_later_posting_day_reports_proposals_now_too_early(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    print_it(office, letter)
    office.clock.set(at(6, 9))
    receipt = post(office, letter, date(2021, 4, 6))
    assert receipt.result["too_early"] == [letter.id]
    assert office.one(Letter).posted_on == date(2021, 4, 6)
    office.undo(receipt)
    assert office.one(Letter).state is LetterState.PRINTED


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2021, 4, 2), "posted_in_future"), (date(2021, 3, 31), "posted_before_printed")],
)
def test_the_posting_day_must_be_possible(office: SmallOffice, day: date, code: str) -> None:
    _receipt, _appointment, letter = office.proposed()
    print_it(office, letter)
    with pytest.raises(Refused) as refused:
        post(office, letter, day)
    assert refused.value.code == code


def test_who_says_the_same_day_once_more_is_not_turned_away(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    print_it(office, letter)
    office.clock.set(at(6, 9))
    day = date(2021, 4, 6)
    post(office, letter, day, by=office.reception)
    post(office, letter, day, by=office.reception)
    with pytest.raises(Refused, match="not_entitled"):
        post(office, letter, date(2021, 4, 1), by=office.reception)
    post(office, letter, date(2021, 4, 1))
    assert office.one(Letter).posted_on == date(2021, 4, 1)


def test_a_letter_printed_later_keeps_nobody_from_posting_the_others(office: SmallOffice) -> None:
    _receipt, _appointment, early = office.proposed()
    print_it(office, early)
    office.clock.set(at(6, 9))
    worded(office, LetterKind.PLEASE_CALL)
    office.do(WriteLetter(client_id=office.kuhn.id, advisor_id=office.berger.id))
    (late,) = office.all(Letter, state=LetterState.PENDING)
    print_it(office, late)
    both = (seen(office, early), seen(office, late))
    receipt = office.do(MarkPosted(letters=both, day=date(2021, 4, 1)))
    assert receipt.result["posted"] == [early.id]
    (refused,) = receipt.result["refused"]
    assert (refused["id"], refused["code"]) == (late.id, "posted_before_printed")
    assert refused["params"]["printed"] == "2021-04-06"
    assert office.one(Letter, id=late.id).state is LetterState.PRINTED
    office.undo(receipt)
    assert office.one(Letter, id=early.id).state is LetterState.PRINTED


def test_where_no_letter_can_be_posted_each_is_named(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    worded(office, LetterKind.PLEASE_CALL)
    office.do(WriteLetter(client_id=office.kuhn.id, advisor_id=office.berger.id))
    pending = next(one for one in office.all(Letter) if one.id != letter.id)
    print_it(office, letter)
    both = (seen(office, letter), seen(office, pending))
    with pytest.raises(Refused) as refused:
        office.do(MarkPosted(letters=both, day=date(2021, 3, 31)))
    assert [(each.code, each.where) for each in refused.value.problems] == [
        ("posted_before_printed", str(letter.id)),
        ("letter_not_printed", str(pending.id)),
    ]


def test_a_day_entered_meanwhile_is_not_overwritten_by_who_did_not_see_it(
    office: SmallOffice,
) -> None:
    _receipt, _appointment, letter = office.proposed()
    print_it(office, letter)
    stale = seen(office, letter)
    office.clock.set(at(6, 9))
    post(office, letter, date(2021, 4, 6), by=office.lindner)
    with pytest.raises(Refused) as refused:
        office.do(MarkPosted(letters=(stale,), day=date(2021, 4, 1)))
    (problem,) = refused.value.problems
    assert problem.code == "posted_meanwhile"
    assert problem.params == {"by": office.lindner.family_name, "day": "2021-04-06"}
    # The same day is no contradiction; who sees the day there is may enter another one.
    same = office.do(MarkPosted(letters=(stale,), day=date(2021, 4, 6)))
    assert same.result["posted"] == [letter.id]
    post(office, letter, date(2021, 4, 1))
    assert office.one(Letter, id=letter.id).posted_on == date(2021, 4, 1)


# --- states ---------------------------------------------------------------------------------------


def test_printing_keeps_the_paper_and_a_reprint_keeps_another(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    print_it(office, letter)
    print_it(office, letter)
    copies = office.all(LetterArchive)
    assert len(copies) == 2
    assert copies[0].sha256 == sha256(b"%PDF").hexdigest()
    with office.view() as view:
        assert letter_views(view, [letter.id])[0].pdf == b"%PDF"


def test_a_letter_held_for_its_address_goes_on_once_the_address_is_whole(
    office: SmallOffice,
) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(
            replace(unit.get(ClientAddress, office.kuhn_address.id), street="", postcode="")
        )
    _receipt, _appointment, letter = office.proposed()
    codes = {"codes": ["street_missing", "postcode_missing"], "where": ["street", "postcode"]}
    assert letter.hold_details == codes
    steps: tuple[tuple[dict[str, Any], list[str]], ...] = (
        ({"postcode": "38820"}, ["street_missing"]),
        ({"street": "Gartenweg 3"}, []),
    )
    for part, wrong in steps:
        with office.view() as view:
            profile = client_profile(view, office.kuhn.id)
        assert profile.address is not None
        office.do(SaveClient(profile=replace(profile, address=replace(profile.address, **part))))
        now = office.one(Letter)
        assert (now.hold_details or {}).get("codes", []) == wrong
    assert (now.state, now.hold_reason) == (LetterState.PENDING, None)
    assert now.data["recipient_lines"][-2:] == ["Gartenweg 3", "38820 Halberstadt"]


def test_a_letter_held_for_something_else_waits_for_its_release(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    office.do(
        HoldLetter(letter_id=letter.id, version=letter.version, reason=HoldReason.RENDER_FAILED)
    )
    with office.view() as view:
        profile = client_profile(view, office.kuhn.id)
    assert profile.address is not None
    other = replace(profile.address, street="Gartenweg 3")
    office.do(SaveClient(profile=replace(profile, address=other)))
    held = office.one(Letter)
    assert held.state is LetterState.HELD
    assert to_print(office) == 0
    office.do(ReleaseLetter(letter_id=held.id, version=held.version))
    released = office.one(Letter)
    assert (released.state, released.hold_reason) == (LetterState.PENDING, None)
    assert to_print(office) == 1
    assert "Gartenweg 3" in released.data["recipient_lines"]


def test_a_letter_the_printer_could_not_lay_out_is_held(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    office.do(
        HoldLetter(
            letter_id=letter.id,
            version=letter.version,
            reason=HoldReason.UNPRINTABLE_CHARACTER,
            details={"character": "漢"},
        )
    )
    with office.view() as view:
        (item,) = outbox(view, office.office.id).to_clarify
    assert item.problem == "unprintable_character"
    assert item.problem_params == {"character": "漢"}
    with pytest.raises(Refused) as refused:
        print_it(office, letter)
    assert refused.value.code == "letter_not_printable"


def test_a_printed_letter_can_be_shredded_and_a_posted_one_not(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    with pytest.raises(Conflict):
        office.do(VoidLetter(letter_id=letter.id, version=letter.version + 1))
    print_it(office, letter)
    shredded = office.do(VoidLetter(letter_id=letter.id, version=office.one(Letter).version))
    assert office.one(Letter).state is LetterState.VOID
    office.undo(shredded)
    assert office.one(Letter).state is LetterState.PRINTED
    post(office, letter, date(2021, 4, 1))
    with pytest.raises(Refused) as refused:
        office.do(VoidLetter(letter_id=letter.id, version=office.one(Letter).version))
    assert refused.value.code == "letter_is_paper"


def test_a_new_letter_replaces_the_one_not_printed(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    move(office, appointment, 14)
    created = office.do(
        CreateLetter(appointment_id=appointment.id, kind=LetterKind.CHANGED_TELEPHONE)
    )
    fresh = office.one(Letter, id=created.result["letter_id"])
    assert fresh.kind is LetterKind.TELEPHONE_PROPOSAL
    assert office.one(Letter, id=letter.id).state is LetterState.VOID


def test_a_letter_about_a_new_time_names_the_printed_one(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    print_it(office, letter)
    move(office, appointment, 14)
    created = office.do(
        CreateLetter(appointment_id=appointment.id, kind=LetterKind.CHANGED_TELEPHONE)
    )
    fresh = office.one(Letter, id=created.result["letter_id"])
    assert fresh.data["former"] == {"starts": at(13, 10, 15).isoformat(), "channel": "telephone"}


def test_only_the_responsible_advisor_prints_to_a_blocked_address(office: SmallOffice) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Client, office.kuhn.id), address_blocked=True))
    _receipt, _appointment, letter = office.proposed()
    assert letter.data["address_blocked"] is True
    paper = MarkPrinted(
        letters=(PrintedLetter(letter_id=letter.id, version=letter.version, pdf=b"%", pages=1),)
    )
    with pytest.raises(Refused) as refused:
        office.do(paper, by=office.lindner)
    assert refused.value.code == "blocked_address"
    office.do(replace(paper, command_id=new_id()))
