"""The list of all wordings: their versions, and how each stands."""

from collections.abc import Mapping
from datetime import date

from koba_desktop.domain.entities.letters import TemplateReview
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.services.commands import ReviewWording, SaveWording
from koba_desktop.services.execution import Receipt
from koba_desktop.services.letters.offering import WordingChoice, wording_choice
from koba_desktop.services.letters.sources import Sources
from koba_desktop.services.letters.wordings import (
    State,
    Wording,
    WordingKey,
    wording_keys,
    wordings,
)
from tests.unit.letter_office import EASY, binding, speaks, worded
from tests.unit.service_office import SmallOffice

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
GERMAN = WordingKey(PROPOSAL, "de", "standard")
ENGLISH = WordingKey(PROPOSAL, "en", "standard")
TODAY = date(2021, 4, 1)
LATER = date(2021, 5, 1)


def listed(office: SmallOffice, which: WordingKey) -> Wording:
    with office.view() as view:
        return next(each for each in wordings(view) if each.which == which)


def save(
    office: SmallOffice,
    which: WordingKey,
    valid_from: date = TODAY,
    blocks: Mapping[str, str] | None = None,
) -> Receipt:
    newest = listed(office, which).newest
    return office.do(
        SaveWording(
            kind=which.kind,
            language=which.language,
            variant=LetterVariant(which.variant),
            blocks=dict(blocks or {"subject": f"{valid_from}"}),
            valid_from=valid_from,
            seen=newest.id if newest is not None else None,
        ),
        by=office.administrator,
    )


def test_all_are_listed_that_a_letter_may_have_whether_there_is_one_or_not(
    office: SmallOffice,
) -> None:
    with office.view() as view:
        assert tuple(each.which for each in wordings(view)) == wording_keys()
    assert WordingKey(LetterKind.SUMMONS, "de", EASY.value) in wording_keys()
    assert WordingKey(LetterKind.SUMMONS, "en", "standard") not in wording_keys()
    assert listed(office, ENGLISH).state is State.MISSING
    assert listed(office, ENGLISH).versions == ()


def test_versions_stand_from_the_newest_on_with_the_one_in_force(office: SmallOffice) -> None:
    first = binding(office, PROPOSAL)
    save(office, GERMAN, LATER)
    found = listed(office, GERMAN)
    assert [each.number for each in found.versions] == [2, 1]
    assert found.versions[0].created_by == office.administrator.id
    assert found.in_force is not None
    assert found.in_force.id == first.id
    assert found.state is State.IN_FORCE


def test_a_german_text_that_waits_for_its_day_is_still_to_come(office: SmallOffice) -> None:
    easy = WordingKey(PROPOSAL, "de", EASY.value)
    save(office, easy, LATER)
    assert listed(office, easy).state is State.COMING
    assert listed(office, GERMAN).state is State.IN_FORCE


def test_leichte_sprache_is_outdated_once_the_standard_text_says_something_else(
    office: SmallOffice,
) -> None:
    easy = WordingKey(PROPOSAL, "de", EASY.value)
    worded(office, PROPOSAL, variant=EASY)
    save(office, GERMAN, blocks={"subject": "Anders"})
    assert listed(office, easy).state is State.IN_FORCE  # of an earlier program: nobody knows
    save(office, easy)
    assert listed(office, easy).state is State.IN_FORCE
    save(office, GERMAN, LATER, blocks={"subject": "Noch einmal anders"})
    assert listed(office, easy).state is State.OUTDATED
    save(office, easy, LATER)
    assert listed(office, easy).state is State.IN_FORCE


def test_whoever_writes_a_letter_is_told_that_leichte_sprache_is_outdated(
    office: SmallOffice,
) -> None:
    """The letter is made all the same: it binds by itself."""

    def chosen() -> WordingChoice:
        with office.view() as view:
            return wording_choice(view, office.kuhn.id, PROPOSAL)

    speaks(office, Language.DE_EASY)
    assert not chosen().outdated  # in standard German
    easy = WordingKey(PROPOSAL, "de", EASY.value)
    save(office, easy)
    assert (chosen().variant, chosen().outdated) == (EASY, False)
    save(office, GERMAN, blocks={"subject": "Anders"})
    assert (chosen().variant, chosen().outdated) == (EASY, True)


def test_a_translation_is_unchecked_checked_and_outdated(office: SmallOffice) -> None:
    version = worded(office, PROPOSAL, "en")
    save(office, ENGLISH)
    found = listed(office, ENGLISH)
    assert found.state is State.UNREVIEWED
    assert found.newest is not None
    assert found.newest.id != version.id
    review = ReviewWording(
        template_version_id=found.newest.id, reviewed_by="Jane Doe", reviewed_on=TODAY
    )
    office.do(review, by=office.administrator)
    found = listed(office, ENGLISH)
    assert found.state is State.REVIEWED
    assert (found.versions[0].reviewed_by, found.versions[0].reviewed_on) == ("Jane Doe", TODAY)
    assert found.versions[1].reviewed_by == ""
    save(office, GERMAN)
    assert listed(office, ENGLISH).state is State.OUTDATED


def test_it_is_outdated_as_soon_as_a_german_text_is_to_come_that_nobody_translated(
    office: SmallOffice,
) -> None:
    worded(office, PROPOSAL, "en")
    assert not listed(office, ENGLISH).outdated
    save(office, GERMAN, LATER)
    assert listed(office, ENGLISH).outdated
    save(office, ENGLISH, LATER)
    assert not listed(office, ENGLISH).outdated
    save(office, GERMAN)  # in force until then
    assert listed(office, ENGLISH).outdated
    save(office, ENGLISH)
    assert not listed(office, ENGLISH).outdated


def test_a_german_text_that_is_brought_back_has_its_translation_again(office: SmallOffice) -> None:
    """Reset to the program's text the wording has a new version, of words translated before."""
    worded(office, PROPOSAL, "en")
    words = binding(office, PROPOSAL).blocks
    [first] = listed(office, ENGLISH).versions
    review = ReviewWording(template_version_id=first.id, reviewed_by="Jane Doe", reviewed_on=TODAY)
    office.do(review, by=office.administrator)
    changed = save(office, GERMAN)
    assert changed.result["outdated"] == ["en"]
    assert listed(office, ENGLISH).state is State.OUTDATED
    back = save(office, GERMAN, blocks=words)
    assert back.result["outdated"] == []
    assert listed(office, ENGLISH).state is State.REVIEWED
    speaks(office, Language.EN)
    _receipt, _appointment, letter = office.proposed()
    assert letter.translation_version_id == first.id
    with office.view() as view:
        translation = Sources(view.reader).of(letter).translation
    assert translation is not None
    assert translation.reviewed_by == "Jane Doe"


def test_of_several_reviews_the_latest_counts(office: SmallOffice) -> None:
    worded(office, PROPOSAL, "en")
    newest = listed(office, ENGLISH).newest
    assert newest is not None
    for name in ("Jane Doe", "John Roe"):
        office.do(
            ReviewWording(
                template_version_id=newest.id, reviewed_by=name, reviewed_on=date(2021, 3, 30)
            ),
            by=office.administrator,
        )
        office.clock.advance(minutes=1)
    assert len(office.all(TemplateReview)) == 2
    again = listed(office, ENGLISH).newest
    assert again is not None
    assert again.reviewed_by == "John Roe"


def test_it_tells_what_differs_from_the_program(office: SmallOffice) -> None:
    found = listed(office, GERMAN)
    assert found.newest is not None
    assert not found.differs(found.newest.blocks)
    assert found.differs({"subject": "Anders"})
