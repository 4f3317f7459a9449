"""Letters on the shared database, everybody with a login of his or her own."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter, TemplateReview, TemplateVersion
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Language,
    LetterAnswer,
    LetterKind,
    LetterState,
    LetterVariant,
)
from koba_desktop.services.commands import (
    ClaimLetters,
    MoveByLetter,
    RecordAnswer,
    ReleaseClaims,
    ResendLetter,
    ReviewWording,
    SaveWording,
    WriteLetter,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.claiming import WhyNot, lost_of
from koba_desktop.services.letters.outbox import BEING_PRINTED, outbox
from koba_desktop.services.letters.reading import archived, letter_views
from tests.postgres.fixtures import Database
from tests.postgres.office import on_the_server, set_clock
from tests.unit import outbox_cases
from tests.unit.letter_office import binding, post, posted, printed, seen, speaks, worded
from tests.unit.service_office import SmallOffice, at

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
TODAY = date(2021, 4, 1)


@pytest.fixture
def office(pg_database: Database) -> Iterator[SmallOffice]:
    """Halberstadt on the server."""
    with on_the_server(pg_database) as small:
        yield small


def english(
    office: SmallOffice, seen: TemplateVersion | None = None, valid_from: date = TODAY
) -> SaveWording:
    return SaveWording(
        kind=PROPOSAL,
        language="en",
        variant=LetterVariant.STANDARD,
        blocks={"subject": "Your call"},
        valid_from=valid_from,
        seen=seen.id if seen is not None else None,
    )


def test_an_administrator_words_and_reviews_and_everybody_writes_by_it(
    office: SmallOffice,
) -> None:
    saved = office.do(english(office), by=office.administrator)
    version = office.one(TemplateVersion, id=saved.result["version_id"])
    assert version.created_by == office.administrator.id
    assert version.translates_id == binding(office, PROPOSAL).id
    speaks(office, Language.EN)
    _receipt, _appointment, letter = office.proposed()
    assert (letter.language, letter.translation_version_id) == ("en", version.id)
    office.do(
        ReviewWording(template_version_id=version.id, reviewed_by="Jane Doe", reviewed_on=TODAY),
        by=office.administrator,
    )
    for reader in (office.berger, office.reception):
        with office.view(reader) as view:
            (shown,) = letter_views(view, [letter.id])
        assert shown.source.translation is not None
        assert shown.source.translation.reviewed_by == "Jane Doe"


def test_the_database_keeps_wordings_for_administrators(office: SmallOffice) -> None:
    version = worded(office, PROPOSAL, "uk")
    for other in (office.berger, office.lead, office.reception):
        with pytest.raises(Refused, match="not_entitled"):
            office.do(english(office), by=other)
        store = office.services.of(other.id).store  # type: ignore[attr-defined]
        review = TemplateReview(
            id=new_id(),
            template_version_id=version.id,
            reviewed_by="Jane Doe",
            reviewed_on=TODAY,
            created_by=other.id,
        )
        with (
            pytest.raises(Refused, match="not_entitled"),
            store.writing(by=other.id, now=office.clock.now()) as uow,
        ):
            uow.add(review)
    assert office.all(TemplateReview) == []


def test_a_letter_goes_once_more_and_the_archive_is_not_for_reception(
    office: SmallOffice,
) -> None:
    _receipt, _appointment, letter = office.proposed()
    first = posted(office, letter)
    again = office.do(ResendLetter(letter_id=first.id)).result["letter_id"]
    assert office.one(Letter, id=again).data == first.data
    with office.view() as view:
        assert archived(view, first.id) == b"%PDF"
    with office.view(office.reception) as view, pytest.raises(Refused):
        archived(view, first.id)


def test_reception_moves_what_waits_and_notes_what_was_answered(
    office: SmallOffice, pg_database: Database
) -> None:
    _receipt, appointment, letter = office.proposed()
    office.clock.set(at(8, 9))
    set_clock(pg_database, office.clock.now())
    move = MoveByLetter(letter_id=letter.id, version=letter.version)
    moved = office.do(move, by=office.reception).result["letter_id"]
    assert office.one(Appointment, id=appointment.id).starts == at(19, 8)
    fresh = printed(office, office.one(Letter, id=moved))
    office.do(
        RecordAnswer(
            letter_id=fresh.id,
            version=fresh.version,
            answer=LetterAnswer.FITS,
            day=date(2021, 4, 8),
        ),
        by=office.reception,
    )
    assert office.one(Letter, id=fresh.id).answer is LetterAnswer.FITS
    assert office.one(Appointment, id=appointment.id).state is AppointmentState.CONFIRMED


def test_reception_prints_again_what_it_has_no_copy_of(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    printed(office, letter)
    for reader, copy in ((office.reception, None), (office.berger, b"%PDF")):
        with office.view(reader) as view:
            (shown,) = letter_views(view, [letter.id])
        assert (shown.pdf, shown.overtaken) == (copy, False)


def test_reception_prints_nothing_whose_appointment_it_does_not_see_any_more(
    office: SmallOffice,
) -> None:
    _receipt, _appointment, letter = office.proposed()
    office.clock.set(at(14, 9))
    for reader in (office.reception, office.berger):
        with office.view(reader) as view:
            found = outbox(view, office.office.id)
            (shown,) = letter_views(view, [letter.id])
        assert (found.to_print, [each.row.id for each in found.to_clarify]) == ((), [letter.id])
        assert shown.overtaken is (reader is office.reception)


def test_reception_posts_what_lay_there_until_its_appointment_was_past(
    office: SmallOffice,
) -> None:
    _receipt, _appointment, letter = office.proposed()
    printed(office, letter)
    office.clock.set(at(14, 9))
    result = post(office, letter, date(2021, 4, 14), by=office.reception).result
    assert (result["posted"], result["too_early"]) == ([letter.id], [])
    assert office.one(Letter, id=letter.id).state is LetterState.POSTED


def test_a_long_outbox_shows_what_waited_longest(office: SmallOffice) -> None:
    outbox_cases.what_waited_longest_is_never_left_out(office)


def test_a_postcode_that_is_missing_is_proposed_from_a_neighbour(office: SmallOffice) -> None:
    outbox_cases.a_postcode_that_is_missing_is_proposed_from_a_neighbour(office)


def test_letters_to_print_are_counted_without_reading_them(
    office: SmallOffice, pg_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The policies ask the server's clock."""
    put = office.clock.set

    def both(now: datetime) -> None:
        put(now)
        set_clock(pg_database, now)

    monkeypatch.setattr(office.clock, "set", both)
    outbox_cases.letters_to_print_are_counted_without_reading_them(office)


def test_two_who_word_the_same_meet(office: SmallOffice) -> None:
    first = office.do(english(office), by=office.administrator).result["version_id"]
    seen = office.one(TemplateVersion, id=first)
    office.do(english(office, seen, TODAY + timedelta(days=1)), by=office.administrator)
    with pytest.raises(Refused, match="wording_changed"):
        office.do(english(office, seen), by=office.administrator)


def test_please_call_is_written_and_shown(office: SmallOffice) -> None:
    worded(office, LetterKind.PLEASE_CALL)
    office.task()
    command = WriteLetter(client_id=office.kuhn.id, advisor_id=office.berger.id)
    letter_id = office.do(command, by=office.reception).result["letter_id"]
    assert office.one(Letter, id=letter_id).state is LetterState.PENDING
    with office.view(office.reception) as view:
        (item,) = outbox(view, office.office.id).to_print
    assert (item.row.id, item.row.reference, item.problem) == (letter_id, "", None)


def test_reception_and_advisor_claim_and_only_one_of_them_prints(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    run = new_id()
    first = office.do(
        ClaimLetters(run=run, printer="HBS-EG", letters=(seen(office, letter),)),
        by=office.reception,
    )
    assert list(first.result["claimed"]) == [str(letter.id)]
    second = office.do(
        ClaimLetters(run=new_id(), printer="HBS-1.OG", letters=(seen(office, letter),))
    )
    [lost] = lost_of(second.result)
    assert (lost.why, lost.by, lost.host) == (WhyNot.CLAIMED, office.reception.id, "PC-1")
    with office.view(office.lindner) as view:
        [item] = outbox(view, office.office.id).to_clarify
    assert item.problem == BEING_PRINTED
    assert (item.problem_params or {})["by"] == office.reception.family_name
    office.do(ReleaseClaims(run=run, letter_ids=(letter.id,)))
    assert office.one(Letter, id=letter.id).claim is None
    printed(office, letter)
