"""Letters are claimed before they are paper: no two PCs print the same, none is forgotten."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Representative
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Conflict, Refused
from koba_desktop.domain.vocabulary import HoldReason, LetterKind, LetterState
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import (
    CancelAppointment,
    ClaimLetters,
    HoldLetter,
    MarkPrinted,
    PrintedLetter,
    ReleaseClaims,
    ReleaseLetter,
    Reschedule,
    SaveClient,
    SeenLetter,
    VoidLetter,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.claiming import LeftOut, WhyNot, lost_of, to_be_printed
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.outbox import (
    BEING_PRINTED,
    PERHAPS_PRINTED,
    READDRESSED,
    count_to_print,
    outbox,
)
from tests.unit.letter_office import post, posted, printed, seen
from tests.unit.service_office import SmallOffice, at

PRINTER = "HBS-1.OG-Post"
CLAIM = ("claim", "claimed_at", "claimed_by", "claimed_host", "claimed_printer")


@pytest.fixture
def letter(office: SmallOffice) -> Letter:
    """A proposal to be printed."""
    _receipt, _appointment, made = office.proposed()
    return made


def claim(office: SmallOffice, run: UUID, *letters: Letter, by: Staff | None = None) -> Receipt:
    told = tuple(seen(office, each) for each in letters)
    return office.do(ClaimLetters(run=run, printer=PRINTER, letters=told), by=by)


def now(office: SmallOffice, letter: Letter) -> Letter:
    found: Letter = office.one(Letter, id=letter.id)
    return found


def claims(letter: Letter) -> tuple[object, ...]:
    return tuple(getattr(letter, name) for name in CLAIM)


def test_a_claim_says_who_prints_where_since_when(office: SmallOffice, letter: Letter) -> None:
    run = new_id()
    receipt = claim(office, run, letter)
    taken = now(office, letter)
    assert receipt.result == {"claimed": {str(letter.id): taken.version}, "lost": []}
    assert claims(taken) == (run, office.clock.now(), office.berger.id, "PC-1", PRINTER)
    assert taken.state is LetterState.PENDING
    assert receipt.undo is None


def test_the_same_run_may_ask_again_and_a_repeated_command_answers_the_same(
    office: SmallOffice, letter: Letter
) -> None:
    run = new_id()
    command = ClaimLetters(run=run, printer=PRINTER, letters=(seen(office, letter),))
    first = office.do(command)
    repeated = office.do(command)
    assert repeated.repeated
    assert repeated.result == first.result
    assert claim(office, run, letter).result == first.result


def test_who_comes_second_is_told_who_prints(office: SmallOffice, letter: Letter) -> None:
    claim(office, new_id(), letter, by=office.lindner)
    receipt = claim(office, new_id(), letter)
    assert receipt.result["claimed"] == {}
    lost = LeftOut(letter.id, WhyNot.CLAIMED, office.lindner.id, "PC-1")
    assert lost_of(receipt.result) == [lost]
    assert now(office, letter).claimed_by == office.lindner.id


def test_what_was_lost_is_the_same_after_a_lost_answer(office: SmallOffice, letter: Letter) -> None:
    claim(office, new_id(), letter, by=office.lindner)
    command = ClaimLetters(run=new_id(), printer=PRINTER, letters=(seen(office, letter),))
    assert lost_of(office.do(command).result) == lost_of(office.do(command).result)


def test_a_letter_to_a_representative_whose_time_is_over_is_addressed_anew(
    office: SmallOffice,
) -> None:
    """It was right when it was made, and nobody changed anything since."""
    office.clock.set(at(31, 9, month=3))
    office.put(
        Representative(
            id=new_id(),
            client_id=office.kuhn.id,
            family_name="Roth",
            given_name="Jonas",
            street="Am Markt 1",
            postcode="06484",
            town="Quedlinburg",
            valid_from=date(2020, 1, 1),
            valid_until=date(2021, 3, 31),
        )
    )
    _receipt, _appointment, letter = office.proposed()
    assert letter_data(letter.data)["client"]["represented"]
    assert waits(office) == {letter.id: None}
    office.clock.set(at(1, 9))
    assert waits(office) == {letter.id: READDRESSED}
    [lost] = lost_of(claim(office, new_id(), letter).result)
    assert (lost.letter_id, lost.why) == (letter.id, WhyNot.READDRESSED)
    office.do(ReleaseLetter(letter_id=letter.id, version=letter.version))
    anew = letter_data(now(office, letter).data)
    assert anew["recipient_lines"][-2:] == ["Lindenweg 7", "38820 Halberstadt"]
    assert not anew["client"]["represented"]
    assert waits(office) == {letter.id: None}
    assert claim(office, new_id(), letter).result["lost"] == []


def waits(office: SmallOffice) -> dict[UUID, str | None]:
    """The letters to be printed or clarified with what stands against them; those without are
    counted."""
    with office.view() as view:
        found = outbox(view, office.office.id)
        assert count_to_print(view, office.office.id) == len(found.to_print)
    return {item.row.id: item.problem for item in (*found.to_clarify, *found.to_print)}


def test_nothing_is_claimed_that_was_printed_held_or_is_not_there(
    office: SmallOffice, letter: Letter
) -> None:
    gone = replace(letter, id=new_id())
    receipt = office.do(
        ClaimLetters(
            run=new_id(),
            printer=PRINTER,
            letters=(
                SeenLetter(letter_id=gone.id, version=1),
                SeenLetter(letter_id=printed(office, letter).id, version=1),
            ),
        )
    )
    assert [one.why for one in lost_of(receipt.result)] == [WhyNot.WITHDRAWN, WhyNot.PRINTED]


def test_a_letter_that_says_something_else_by_now_is_not_claimed(
    office: SmallOffice, letter: Letter
) -> None:
    known = SeenLetter(letter_id=letter.id, version=letter.version + 1)
    receipt = office.do(ClaimLetters(run=new_id(), printer=PRINTER, letters=(known,)))
    assert [one.why for one in lost_of(receipt.result)] == [WhyNot.CHANGED]
    assert now(office, letter).claim is None


def test_after_the_collection_a_letter_may_be_too_early_to_be_printed(
    office: SmallOffice, letter: Letter
) -> None:
    office.clock.set(at(8, 15))
    receipt = claim(office, new_id(), letter)
    assert [one.why for one in lost_of(receipt.result)] == [WhyNot.TOO_EARLY]


def test_a_letter_of_an_appointment_that_is_over_is_not_claimed(
    office: SmallOffice, letter: Letter
) -> None:
    appointment = office.one(Appointment, id=letter.appointment_id)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(appointment, active=False, withdrawn_at=office.clock.now()))
    receipt = claim(office, new_id(), letter)
    assert [one.why for one in lost_of(receipt.result)] == [WhyNot.MOVED]


def test_only_what_was_printed_is_printed_again(office: SmallOffice, letter: Letter) -> None:
    with office.view() as view:
        kept, (left,) = to_be_printed(view, [letter.id], again=True)
    assert (kept, left.why, left.name) == ([], WhyNot.WITHDRAWN, "Marlies Kuhn")
    paper = printed(office, letter)
    with office.view() as view:
        assert to_be_printed(view, [letter.id], again=True) == ([paper], [])


def test_reception_cannot_print_again_what_has_left_the_house(
    office: SmallOffice, letter: Letter
) -> None:
    posted(office, letter)
    with office.view(office.reception) as view:
        kept, left = to_be_printed(view, [letter.id], again=True)
    assert (kept, [one.why for one in left]) == ([], [WhyNot.WITHDRAWN])


def test_who_may_print_none_of_them_is_told_so(office: SmallOffice, letter: Letter) -> None:
    with pytest.raises(Refused, match="not_entitled"):
        claim(office, new_id(), letter, by=office.administrator)


def test_once_printed_the_claim_is_gone(office: SmallOffice, letter: Letter) -> None:
    claim(office, new_id(), letter)
    paper = printed(office, letter)
    assert paper.state is LetterState.PRINTED
    assert claims(paper) == (None,) * 5


def test_what_is_found_a_day_later_was_printed_the_day_before(
    office: SmallOffice, letter: Letter
) -> None:
    """Somebody may have posted it by then, before the program knew of the paper."""
    office.clock.set(at(1, 11))
    claim(office, new_id(), letter)
    office.clock.set(at(6, 8))
    assert printed(office, letter).printed_at == at(1, 11)
    assert post(office, letter, date(2021, 4, 1)).result["posted"] == [letter.id]


def test_who_has_not_claimed_it_does_not_mark_it_as_printed(
    office: SmallOffice, letter: Letter
) -> None:
    claim(office, new_id(), letter)
    paper = PrintedLetter(letter_id=letter.id, version=letter.version, pdf=b"%PDF", pages=1)
    with pytest.raises(Conflict):
        office.do(MarkPrinted(letters=(paper,)), by=office.lindner)


def test_a_run_gives_back_only_its_own(office: SmallOffice, letter: Letter) -> None:
    run = new_id()
    claim(office, run, letter)
    other = office.do(ReleaseClaims(run=new_id(), letter_ids=(letter.id,)))
    assert other.result == {"released": []}
    assert now(office, letter).claim == run
    receipt = office.do(ReleaseClaims(run=run, letter_ids=(letter.id,)))
    assert receipt.result == {"released": [letter.id]}
    assert receipt.undo is None
    assert claims(now(office, letter)) == (None,) * 5
    assert claim(office, new_id(), letter).result["lost"] == []


def test_whatever_changes_the_letter_takes_it_from_the_run(
    office: SmallOffice, letter: Letter
) -> None:
    def hold() -> None:
        version = now(office, letter).version
        office.do(HoldLetter(letter_id=letter.id, version=version, reason=HoldReason.RENDER_FAILED))

    def release() -> None:
        hold()
        office.do(ReleaseLetter(letter_id=letter.id, version=now(office, letter).version))

    def rename() -> None:
        with office.view() as view:
            profile = client_profile(view, office.kuhn.id)
        client = replace(profile.client, family_name="Kuhn-Abel")
        office.do(SaveClient(profile=replace(profile, client=client)))

    def void() -> None:
        office.do(VoidLetter(letter_id=letter.id, version=now(office, letter).version))

    for change in (hold, release, rename, void):
        run = new_id()
        if now(office, letter).state is LetterState.HELD:
            office.do(ReleaseLetter(letter_id=letter.id, version=now(office, letter).version))
        claim(office, run, letter)
        assert now(office, letter).claim == run, change
        change()
        assert claims(now(office, letter)) == (None,) * 5, change


def test_saving_a_client_as_before_leaves_the_claim(office: SmallOffice, letter: Letter) -> None:
    run = new_id()
    claim(office, run, letter)
    with office.view() as view:
        profile = client_profile(view, office.kuhn.id)
    office.do(SaveClient(profile=profile))
    assert now(office, letter).claim == run


def test_another_day_alone_leaves_the_claim(office: SmallOffice, letter: Letter) -> None:
    """The sheets of yesterday may lie at the printer: somebody has to look first."""
    run = new_id()
    claim(office, run, letter)
    office.clock.set(at(6, 9))
    with office.view() as view:
        profile = client_profile(view, office.kuhn.id)
    told = replace(profile.client, birth_date=date(1984, 2, 29))
    office.do(SaveClient(profile=replace(profile, client=told)))
    assert (now(office, letter).claim, now(office, letter).data) == (run, letter.data)
    with office.view() as view:
        profile = client_profile(view, office.kuhn.id)
    renamed = replace(profile.client, family_name="Kuhn-Abel")
    office.do(SaveClient(profile=replace(profile, client=renamed)))
    anew = letter_data(now(office, letter).data)
    assert (anew["made_on"], anew["client"]["name"]) == ("2021-04-06", "Marlies Kuhn-Abel")
    assert now(office, letter).claim is None


def test_moving_the_appointment_makes_a_claimed_letter_void(
    office: SmallOffice, letter: Letter
) -> None:
    claim(office, new_id(), letter)
    appointment = office.one(Appointment, id=letter.appointment_id)
    office.do(
        Reschedule(
            appointment_id=appointment.id,
            version=appointment.version,
            starts=at(20, 10),
            ends=at(20, 10, 30),
            letter=True,
        )
    )
    after = now(office, letter)
    assert (after.state, *claims(after)) == (LetterState.VOID, *(None,) * 5)
    [anew] = [each for each in office.all(Letter) if each.state is LetterState.PENDING]
    assert anew.kind is LetterKind.CHANGED_TELEPHONE
    assert letter_data(anew.data)["former"] is not None


@pytest.mark.parametrize("taken", [True, False])
def test_who_may_have_been_written_to_is_told_that_the_appointment_is_off(
    office: SmallOffice, letter: Letter, taken: bool
) -> None:
    if taken:
        claim(office, new_id(), letter)
    appointment = office.one(Appointment, id=letter.appointment_id)
    office.do(
        CancelAppointment(
            appointment_id=appointment.id,
            version=appointment.version,
            by_client=False,
            letter=True,
        )
    )
    assert now(office, letter).state is LetterState.VOID
    others = [each.kind for each in office.all(Letter) if each.id != letter.id]
    assert others == ([LetterKind.CANCELLATION] if taken else [])


def test_the_outbox_asks_whether_the_sheets_of_a_run_that_ended_are_there(
    office: SmallOffice, letter: Letter
) -> None:
    run = new_id()
    claim(office, run, letter)
    with office.view(office.lindner) as view:
        (item,) = outbox(view, office.office.id).to_clarify
    assert item.problem == BEING_PRINTED
    began = office.clock.now()
    office.clock.advance(minutes=10)
    with office.view(office.lindner) as view:
        (item,) = outbox(view, office.office.id).to_clarify
    assert item.problem == PERHAPS_PRINTED
    assert item.problem_params == {
        "printer": PRINTER,
        "since": began,
        "by": "Berger",
        "host": "PC-1",
        "together": 1,
    }
    with office.view() as view:
        seen_here = outbox(view, office.office.id, running={run})
    assert [item.row.id for item in seen_here.to_print] == [letter.id]


def test_who_printed_is_asked_for_the_sheets_at_once(office: SmallOffice, letter: Letter) -> None:
    """The window knows of its own runs which are at work."""
    claim(office, new_id(), letter)
    with office.view() as view:
        (item,) = outbox(view, office.office.id).to_clarify
    assert item.problem == PERHAPS_PRINTED


def test_a_run_counts_all_its_letters_also_those_that_were_not_searched_for(
    office: SmallOffice, letter: Letter
) -> None:
    """What is answered for "all of them" is answered for these, too."""
    second = replace(letter, id=new_id(), version=0, created_at=None, client_id=office.hartwig.id)
    office.put(second)
    claim(office, new_id(), letter, second)
    with office.view() as view:
        (item,) = outbox(view, office.office.id, text="Kuhn").to_clarify
    assert item.row.id == letter.id
    assert (item.problem_params or {})["together"] == 2
