"""Wordings that administrators write, and who checked them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.entities.letters import Template, TemplateReview, TemplateVersion
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import NotFound, Refused
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.services.commands import ReviewWording, SaveWording
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id
from tests.unit.letter_office import EASY, STANDARD, binding, speaks, worded
from tests.unit.service_office import SmallOffice

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
TODAY = date(2021, 4, 1)
WORDS = {"subject": "Ihr Termin am {termin_datum}", "intro": "Wir rufen Sie an."}


def save(
    office: SmallOffice,
    blocks: Mapping[str, str] = WORDS,
    *,
    seen: TemplateVersion | None,
    language: str = "de",
    variant: LetterVariant = STANDARD,
    kind: LetterKind = PROPOSAL,
    valid_from: date = TODAY,
    by: Staff | None = None,
) -> Receipt:
    return office.do(
        SaveWording(
            kind=kind,
            language=language,
            variant=variant,
            blocks=dict(blocks),
            valid_from=valid_from,
            seen=seen.id if seen is not None else None,
        ),
        by=by or office.administrator,
    )


def made(office: SmallOffice, receipt: Receipt) -> TemplateVersion:
    found: TemplateVersion = office.one(TemplateVersion, id=receipt.result["version_id"])
    return found


# --- writing --------------------------------------------------------------------------------------


def test_a_new_version_keeps_the_old_one_and_its_author(office: SmallOffice) -> None:
    old = binding(office, PROPOSAL)
    receipt = save(office, seen=old)
    new = made(office, receipt)
    assert (receipt.result["number"], receipt.result["outdated"]) == (2, [])
    assert (new.template_id, new.number, new.valid_from) == (old.template_id, 2, TODAY)
    assert (new.blocks, new.translates_id) == (WORDS, None)
    assert new.created_by == office.administrator.id
    assert office.one(TemplateVersion, id=old.id) == old
    assert receipt.undo is None
    _receipt, _appointment, letter = office.proposed()
    assert letter.template_version_id == new.id


def test_a_version_can_wait_for_its_day(office: SmallOffice) -> None:
    old = binding(office, PROPOSAL)
    save(office, seen=old, valid_from=date(2021, 5, 1))
    _receipt, _appointment, letter = office.proposed()
    assert letter.template_version_id == old.id


def test_the_first_wording_of_a_language_makes_its_template(office: SmallOffice) -> None:
    german = binding(office, PROPOSAL)
    english = made(office, save(office, {"subject": "Call"}, seen=None, language="en"))
    template = office.one(Template, id=english.template_id)
    assert (template.kind, template.language, template.variant) == (PROPOSAL, "en", "standard")
    assert (english.number, english.translates_id) == (1, german.id)
    speaks(office, Language.EN)
    _receipt, _appointment, letter = office.proposed()
    assert letter.translation_version_id == english.id


def test_leichte_sprache_is_german_and_follows_the_standard_text(office: SmallOffice) -> None:
    """It binds by itself: its blocks need not say by placeholders what the standard ones say."""
    standard = binding(office, PROPOSAL)
    easy = made(office, save(office, {"subject": "Wir rufen an"}, seen=None, variant=EASY))
    assert easy.translates_id == standard.id
    speaks(office, Language.DE_EASY)
    _receipt, _appointment, letter = office.proposed()
    assert letter.template_version_id == easy.id


def test_a_new_german_version_says_which_translations_are_outdated(office: SmallOffice) -> None:
    for language in ("uk", "ar"):
        worded(office, PROPOSAL, language)
    worded(office, LetterKind.CANCELLATION, "en")
    old = worded(office, PROPOSAL, variant=EASY)  # as earlier programs stored it
    receipt = save(office, seen=binding(office, PROPOSAL))
    assert receipt.result["outdated"] == ["ar", "uk"]
    standard = made(office, receipt)
    easy = made(office, save(office, seen=old, variant=EASY))
    assert easy.translates_id == standard.id
    receipt = save(office, {**WORDS, "intro": "Wir rufen nicht an."}, seen=standard)
    assert receipt.result["outdated"] == ["ar", "de_easy", "uk"]
    assert save(office, seen=easy, variant=EASY).result["outdated"] == []  # unchanged: it holds


def test_a_translation_is_of_the_german_text_of_its_own_day(office: SmallOffice) -> None:
    german = binding(office, PROPOSAL)
    later = made(office, save(office, seen=german, valid_from=date(2021, 5, 1)))
    words = {"subject": "{termin_datum}", "intro": "We call you."}
    now = made(office, save(office, words, seen=None, language="en"))
    then = made(office, save(office, words, seen=now, language="en", valid_from=date(2021, 5, 1)))
    assert (now.translates_id, then.translates_id) == (german.id, later.id)


# --- what is refused ------------------------------------------------------------------------------


def test_all_that_is_wrong_with_the_blocks_is_told_at_once(office: SmallOffice) -> None:
    german = made(office, save(office, seen=binding(office, PROPOSAL)))
    before = office.all(TemplateVersion)
    with pytest.raises(Refused) as refused:
        save(
            office,
            {"subject": "Your call", "intro": "<img src='x'/> {nmae}"},
            seen=None,
            language="en",
        )
    assert [(p.code, p.where) for p in refused.value.problems] == [
        ("markup_not_allowed", "intro"),
        ("placeholder_unknown", "intro"),
        ("placeholder_lacking", "subject"),
    ]
    assert office.all(TemplateVersion) == before
    assert german in before


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(office: SmallOffice) -> None:
    seen = binding(office, PROPOSAL)
    save(office, seen=seen)
    with pytest.raises(Refused) as refused:
        save(office, {"subject": "Anders"}, seen=seen)
    (problem,) = refused.value.problems
    assert (problem.code, problem.where, problem.params["by"]) == (
        "wording_changed",
        "seen",
        "Wolter",
    )


def test_nobody_saw_a_version_that_is_there(office: SmallOffice) -> None:
    with pytest.raises(Refused, match="wording_changed"):
        save(office, seen=None)


def test_a_version_that_is_not_there_was_not_seen(office: SmallOffice) -> None:
    with pytest.raises(Refused, match="not_found"):
        save(office, seen=binding(office, PROPOSAL), variant=EASY)


def test_no_wording_is_in_force_on_a_day_that_is_over(office: SmallOffice) -> None:
    with pytest.raises(Refused) as refused:
        save(office, seen=binding(office, PROPOSAL), valid_from=date(2021, 3, 31))
    assert (refused.value.code, refused.value.problems[0].where) == (
        "wording_in_past",
        "valid_from",
    )


def test_the_same_words_on_the_same_day_are_no_new_version(office: SmallOffice) -> None:
    new = made(office, save(office, seen=binding(office, PROPOSAL)))
    with pytest.raises(Refused, match="wording_unchanged"):
        save(office, seen=new)
    assert made(office, save(office, seen=new, valid_from=date(2021, 4, 2))).number == 3


def test_the_same_translation_can_be_that_of_a_new_german_text(office: SmallOffice) -> None:
    words = {"subject": "{termin_datum}"}
    english = made(office, save(office, words, seen=None, language="en"))
    german = made(office, save(office, seen=binding(office, PROPOSAL)))
    again = made(office, save(office, words, seen=english, language="en"))
    assert again.translates_id == german.id


@pytest.mark.parametrize(
    ("kind", "language", "variant"),
    [
        (LetterKind.CONFIRMATION, "en", STANDARD),
        (PROPOSAL, "en", EASY),
        (PROPOSAL, "fr", STANDARD),
        (PROPOSAL, "de_easy", STANDARD),
    ],
)
def test_what_no_letter_would_take_is_not_written(
    office: SmallOffice, kind: LetterKind, language: str, variant: LetterVariant
) -> None:
    with pytest.raises(Refused, match="wording_not_used"):
        save(office, seen=None, kind=kind, language=language, variant=variant)


def test_nothing_is_translated_that_is_not_worded_in_german(office: SmallOffice) -> None:
    german = binding(office, PROPOSAL)
    template = office.one(Template, id=german.template_id)
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.update(replace(template, language="fr"))
    with pytest.raises(Refused, match="template_missing"):
        save(office, seen=None, language="en")


@pytest.mark.parametrize("who", ["berger", "lead", "reception"])
def test_wordings_are_for_administrators(office: SmallOffice, who: str) -> None:
    with pytest.raises(Refused, match="not_entitled"):
        save(office, seen=binding(office, PROPOSAL), by=getattr(office, who))
    version = worded(office, PROPOSAL, "en")
    with pytest.raises(Refused, match="not_entitled"):
        office.do(
            ReviewWording(
                template_version_id=version.id, reviewed_by="Jane Doe", reviewed_on=TODAY
            ),
            by=getattr(office, who),
        )


# --- reviews --------------------------------------------------------------------------------------


def review(office: SmallOffice, version: TemplateVersion, name: str, day: date = TODAY) -> Receipt:
    return office.do(
        ReviewWording(template_version_id=version.id, reviewed_by=name, reviewed_on=day),
        by=office.administrator,
    )


def test_a_native_reader_confirms_a_translation(office: SmallOffice) -> None:
    version = worded(office, PROPOSAL, "en")
    receipt = review(office, version, " Jane Doe ", date(2021, 3, 30))
    stored = office.one(TemplateReview)
    assert stored.id == receipt.result["review_id"]
    assert (stored.template_version_id, stored.reviewed_by, stored.reviewed_on) == (
        version.id,
        "Jane Doe",
        date(2021, 3, 30),
    )
    assert stored.created_by == office.administrator.id


def test_the_binding_text_needs_no_native_reader(office: SmallOffice) -> None:
    with pytest.raises(Refused, match="wording_not_translated"):
        review(office, binding(office, PROPOSAL), "Jane Doe")


@pytest.mark.parametrize(
    ("name", "day", "code", "where"),
    [
        ("  ", TODAY, "field_missing", "reviewed_by"),
        ("Jane Doe", date(2021, 4, 2), "reviewed_in_future", "reviewed_on"),
    ],
)
def test_a_review_says_who_and_when(
    office: SmallOffice, name: str, day: date, code: str, where: str
) -> None:
    with pytest.raises(Refused) as refused:
        review(office, worded(office, PROPOSAL, "en"), name, day)
    assert (refused.value.code, refused.value.problems[0].where) == (code, where)


def test_a_review_of_nothing_is_refused(office: SmallOffice) -> None:
    ghost = replace(binding(office, PROPOSAL), id=new_id())
    with pytest.raises(NotFound):
        review(office, ghost, "Jane Doe")
