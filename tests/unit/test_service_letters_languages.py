"""The client's language chooses the wordings of a letter."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from koba_desktop.domain.entities.letters import (
    Letter,
    TemplateReview,
    TemplateVersion,
)
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.services.commands import CreateLetter, ReviewWording, SaveWording
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.offering import wording_choice
from koba_desktop.services.letters.reading import letter_views
from koba_desktop.services.ports import CourtesyText
from tests.unit.letter_office import binding, printed, speaks, worded
from tests.unit.service_office import SmallOffice, at

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL


def chosen(letter: Letter) -> tuple[object, ...]:
    return (
        letter.language,
        letter.variant,
        letter.template_version_id,
        letter.translation_version_id,
    )


def test_german_is_written_in_german(office: SmallOffice) -> None:
    worded(office, PROPOSAL, "en")
    worded(office, PROPOSAL, "de", LetterVariant.EASY)
    _receipt, _appointment, letter = office.proposed()
    assert chosen(letter) == ("de", "standard", binding(office, PROPOSAL).id, None)
    assert "translated" not in letter.data


def test_who_wants_easy_german_gets_it_as_the_binding_letter(office: SmallOffice) -> None:
    easy = worded(office, PROPOSAL, "de", LetterVariant.EASY)
    speaks(office, Language.DE_EASY)
    kind = {**office.kind.about, "de_easy": "Wir sprechen über Ihre Arbeit."}
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.update(replace(uow.get(type(office.kind), office.kind.id), about=kind))
    _receipt, _appointment, letter = office.proposed()
    assert chosen(letter) == ("de", "easy", easy.id, None)
    data = letter_data(letter.data)
    assert data["about"] == "Wir sprechen über Ihre Arbeit."
    assert data["papers"] == ["Ihren aktuellen Lebenslauf"]


def test_without_easy_words_the_standard_ones_are_taken(office: SmallOffice) -> None:
    speaks(office, Language.DE_EASY)
    _receipt, _appointment, letter = office.proposed()
    assert chosen(letter) == ("de", "standard", binding(office, PROPOSAL).id, None)


def test_a_translation_goes_along_and_german_binds(office: SmallOffice) -> None:
    english = worded(office, PROPOSAL, "en")
    office.put(
        replace(english, id=new_id(), number=2, valid_from=date(2021, 5, 1)),
    )
    speaks(office, Language.EN)
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        stored = uow.get(type(office.kind), office.kind.id)
        uow.update(
            replace(
                stored,
                about={**stored.about, "en": "Your next steps."},
                papers={**stored.papers, "en": ["your CV", "pen and paper"]},
            )
        )
    _receipt, _appointment, letter = office.proposed()
    assert chosen(letter) == ("en", "standard", binding(office, PROPOSAL).id, english.id)
    data = letter_data(letter.data)
    assert data["about"] == "Um Ihre Situation und die nächsten Schritte."
    assert data["translated"] == {
        "about": "Your next steps.",
        "papers": ["your CV", "pen and paper"],
        "hours": ["Mon, Tue, Wed, Thu 08:00–16:00", "Fri 08:00–12:00"],
    }


def test_what_nobody_translated_is_empty_in_the_translation(office: SmallOffice) -> None:
    worded(office, PROPOSAL, "ar")
    speaks(office, Language.AR)
    _receipt, _appointment, letter = office.proposed()
    translated = letter_data(letter.data)["translated"]
    assert (translated["about"], translated["papers"]) == ("", [])
    assert translated["hours"] == [
        "الاثنين، الثلاثاء، الأربعاء، الخميس 08:00–16:00",
        "الجمعة 08:00–12:00",
    ]


def test_a_language_without_a_wording_in_force_gets_german_alone(office: SmallOffice) -> None:
    worded(office, PROPOSAL, "pl", valid_from=date(2021, 4, 2))
    speaks(office, Language.PL)
    _receipt, _appointment, letter = office.proposed()
    assert chosen(letter) == ("de", "standard", binding(office, PROPOSAL).id, None)


def test_other_kinds_stay_german(office: SmallOffice) -> None:
    kind = LetterKind.CONFIRMATION
    worded(office, kind, "en")
    speaks(office, Language.EN)
    appointment = office.booked(at(20, 10))
    letter_id = office.do(CreateLetter(appointment_id=appointment.id, kind=kind)).result[
        "letter_id"
    ]
    assert chosen(office.one(Letter, id=letter_id)) == (
        "de",
        "standard",
        binding(office, kind).id,
        None,
    )


def test_a_letter_that_waits_follows_the_language(office: SmallOffice) -> None:
    english = worded(office, PROPOSAL, "en")
    _receipt, _appointment, letter = office.proposed()
    speaks(office, Language.EN)
    waiting = office.one(Letter, id=letter.id)
    assert (waiting.language, waiting.translation_version_id) == ("en", english.id)
    speaks(office, Language.DE)
    waiting = office.one(Letter, id=letter.id)
    assert (waiting.language, waiting.translation_version_id) == ("de", None)
    assert "translated" not in waiting.data


@pytest.mark.parametrize(
    ("words", "goes_along"),
    [
        ({"subject": "Wir rufen Sie an"}, True),
        ({"subject": "Wir rufen Sie an", "intro": "Bis bald."}, True),
        ({"subject": "Wir rufen Sie am {termin_datum} an"}, False),
        ({"subject": "Wir rufen Sie an", "intro": "Am {termin_datum}."}, False),
    ],
)
def test_a_translation_of_an_older_german_text_goes_along_where_it_states_the_same(
    office: SmallOffice, words: dict[str, str], goes_along: bool
) -> None:
    english = worded(office, PROPOSAL, "en")
    speaks(office, Language.EN)
    german = reworded(office, words)
    _receipt, _appointment, letter = office.proposed()
    assert chosen(letter) == (
        ("en", "standard", german, english.id) if goes_along else ("de", "standard", german, None)
    )


def reworded(office: SmallOffice, words: dict[str, str]) -> UUID:
    """The administrator words the German proposal anew."""
    command = SaveWording(
        kind=PROPOSAL,
        language="de",
        variant=LetterVariant.STANDARD,
        blocks=words,
        valid_from=date(2021, 4, 1),
        seen=binding(office, PROPOSAL).id,
    )
    version_id = office.do(command, by=office.administrator).result["version_id"]
    assert isinstance(version_id, UUID)
    return version_id


def shown_with(office: SmallOffice, letter: Letter) -> CourtesyText:
    """The translation a letter is rendered with now."""
    with office.view() as view:
        (shown,) = letter_views(view, [letter.id])
    assert shown.source.translation is not None
    return shown.source.translation


def reviewed(office: SmallOffice, version: TemplateVersion, name: str, day: date) -> None:
    office.clock.advance(hours=1)
    review = ReviewWording(template_version_id=version.id, reviewed_by=name, reviewed_on=day)
    office.do(review, by=office.administrator)


def test_beside_another_german_text_a_translation_counts_as_not_checked(
    office: SmallOffice,
) -> None:
    english = worded(office, PROPOSAL, "en")
    speaks(office, Language.EN)
    reviewed(office, english, "Jane Doe", date(2021, 3, 1))
    _receipt, appointment, letter = office.proposed()
    assert shown_with(office, letter).reviewed_by == "Jane Doe"
    reworded(office, {"subject": "Wir rufen Sie an"})
    again = office.do(CreateLetter(appointment_id=appointment.id, kind=PROPOSAL))
    fresh = office.one(Letter, id=again.result["letter_id"])
    assert fresh.translation_version_id == english.id
    assert (shown_with(office, fresh).reviewed_by, shown_with(office, letter).reviewed_by) == (
        "",
        "Jane Doe",
    )
    with office.view() as view:
        offered = wording_choice(view, office.kuhn.id, PROPOSAL)
    assert offered.translation is not None
    assert (offered.translation.language, offered.translation.reviewed_on) == ("en", None)


def test_what_is_printed_says_for_ever_who_had_checked_it_by_then(office: SmallOffice) -> None:
    english = worded(office, PROPOSAL, "en")
    speaks(office, Language.EN)
    _receipt, appointment, letter = office.proposed()
    printed(office, letter)
    reviewed(office, english, "Jane Doe", date(2021, 3, 1))
    assert shown_with(office, letter).reviewed_by == ""
    again = office.do(CreateLetter(appointment_id=appointment.id, kind=PROPOSAL))
    fresh = printed(office, office.one(Letter, id=again.result["letter_id"]))
    reviewed(office, english, "Ann Roe", date(2021, 3, 2))
    assert shown_with(office, fresh).reviewed_by == "Jane Doe"


def test_an_unprinted_letter_in_leichte_sprache_says_that_the_standard_text_has_changed(
    office: SmallOffice,
) -> None:
    standard = binding(office, PROPOSAL)
    easy = worded(office, PROPOSAL, "de", LetterVariant.EASY)
    speaks(office, Language.DE_EASY)
    _receipt, appointment, letter = office.proposed()

    def outdated() -> bool:
        with office.view() as view:
            (shown,) = letter_views(view, [letter.id])
        return shown.outdated

    assert not outdated()  # of an earlier program: nobody knows what it follows
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.add(replace(easy, id=new_id(), number=2, translates_id=standard.id))
    again = office.do(CreateLetter(appointment_id=appointment.id, kind=PROPOSAL))
    letter = office.one(Letter, id=again.result["letter_id"])
    assert not outdated()
    office.put(replace(standard, id=new_id(), number=2, blocks={"subject": "Anders"}))
    assert outdated()
    printed(office, letter)
    assert not outdated()  # it was up to date enough to leave


def test_a_letter_is_rendered_with_the_review_as_it_stands(office: SmallOffice) -> None:
    english = worded(office, PROPOSAL, "en")
    speaks(office, Language.EN)
    _receipt, _appointment, letter = office.proposed()
    with office.view() as view:
        (shown,) = letter_views(view, [letter.id])
    source = shown.source
    assert (source.kind, source.variant, source.demo) == (PROPOSAL, "standard", False)
    assert source.blocks == {"subject": "telephone_proposal"}
    assert source.data == letter.data
    assert source.translation is not None
    assert source.translation.language == "en"
    assert source.translation.blocks == english.blocks
    assert (source.translation.reviewed_by, source.translation.reviewed_on) == ("", None)
    for name, day in (("Jane Doe", date(2021, 3, 1)), ("Ann Roe", date(2021, 4, 1))):
        office.clock.advance(hours=1)
        office.put(
            TemplateReview(
                id=new_id(), template_version_id=english.id, reviewed_by=name, reviewed_on=day
            )
        )
    with office.view() as view:
        (shown,) = letter_views(view, [letter.id])
    assert shown.source.translation is not None
    assert shown.source.translation.reviewed_by == "Ann Roe"
    assert shown.source.translation.reviewed_on == date(2021, 4, 1)
