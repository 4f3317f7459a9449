"""The wordings a program comes with, brought into databases of every age."""

from dataclasses import replace
from datetime import date

from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.shipping import Wording, lay_out_wordings
from tests.unit.service_office import LONG_AGO, SmallOffice

CALL = LetterKind.PLEASE_CALL
GERMAN: Wording = (CALL, "de", "standard", {"subject": "Bitte rufen Sie uns an"})
EASY: Wording = (CALL, "de", "easy", {"subject": "Rufen Sie an"})
ENGLISH: Wording = (CALL, "en", "standard", {"subject": "Please call us"})
ALL = (ENGLISH, EASY, GERMAN)


def bring(office: SmallOffice, *wordings: Wording) -> int:
    return lay_out_wordings(office.store, office.clock.now(), wordings)


def stored(office: SmallOffice, wording: Wording) -> list[TemplateVersion]:
    (template,) = (
        each
        for each in office.all(Template)
        if (each.kind, each.language, each.variant) == wording[:3]
    )
    found: list[TemplateVersion] = office.all(TemplateVersion, template_id=template.id)
    return sorted(found, key=lambda version: version.number)


def reworded(wording: Wording, text: str) -> Wording:
    return (*wording[:3], {"subject": text})


def test_translations_are_of_the_german_text_whatever_the_order(office: SmallOffice) -> None:
    assert bring(office, *ALL) == 3
    (german,), (easy,), (english,) = (stored(office, each) for each in (GERMAN, EASY, ENGLISH))
    assert german.translates_id is None
    assert (easy.translates_id, english.translates_id) == (german.id, german.id)
    assert bring(office, *ALL) == 0


def test_a_newer_program_brings_its_words_as_the_next_version(office: SmallOffice) -> None:
    bring(office, *ALL)
    office.clock.advance(days=30)
    assert bring(office, GERMAN, reworded(EASY, "Bitte anrufen"), ENGLISH) == 1
    first, second = stored(office, EASY)
    assert (first.blocks, first.number) == (EASY[3], 1)
    assert (second.blocks, second.number) == ({"subject": "Bitte anrufen"}, 2)
    assert (second.valid_from, second.created_by) == (date(2021, 5, 1), None)


def test_a_new_german_text_brings_its_translation_along(office: SmallOffice) -> None:
    bring(office, *ALL)
    assert bring(office, reworded(GERMAN, "Rufen Sie uns bitte an"), EASY, ENGLISH) == 3
    older, newer = stored(office, GERMAN)
    for follows in (ENGLISH, EASY):
        assert [each.translates_id for each in stored(office, follows)] == [older.id, newer.id]


def test_a_text_in_leichte_sprache_of_an_earlier_program_is_left_as_it_is(
    office: SmallOffice,
) -> None:
    """Nobody knows what it follows; it has no second version that says the same."""
    template = Template(id=new_id(), kind=CALL, language="de", variant="easy")
    version = TemplateVersion(
        id=new_id(), template_id=template.id, number=1, blocks=EASY[3], valid_from=LONG_AGO
    )
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.add_all((template, version))
    bring(office, *ALL)
    bring(office, reworded(GERMAN, "Rufen Sie uns bitte an"), EASY, ENGLISH)
    assert [each.translates_id for each in stored(office, EASY)] == [None]


def test_an_older_program_does_not_bring_back_what_was_given_up(office: SmallOffice) -> None:
    bring(office, *ALL)
    newer = (reworded(GERMAN, "Rufen Sie uns bitte an"), EASY, reworded(ENGLISH, "Call us"))
    bring(office, *newer)
    assert bring(office, *ALL) == 0
    assert bring(office, *newer) == 0


def test_what_somebody_wrote_stays_in_force(office: SmallOffice) -> None:
    bring(office, *ALL)
    (german,) = stored(office, GERMAN)
    own = replace(german, id=new_id(), number=2, blocks={"subject": "Ruf an"}, created_at=None)
    office.put(own)  # stamped with who writes
    assert bring(office, reworded(GERMAN, "Rufen Sie uns bitte an"), EASY, ENGLISH) == 0
    assert stored(office, GERMAN)[-1].blocks == {"subject": "Ruf an"}
    assert [each.translates_id for each in stored(office, ENGLISH)] == [german.id]


def test_no_translation_of_the_program_is_of_what_somebody_wrote(office: SmallOffice) -> None:
    bring(office, *ALL)
    (german,) = stored(office, GERMAN)
    own = replace(german, id=new_id(), number=2, blocks={"subject": "Ruf an"}, created_at=None)
    office.put(own)  # stamped with who writes
    french: Wording = (CALL, "fr", "standard", {"subject": "Appelez-nous"})
    assert bring(office, GERMAN, EASY, ENGLISH, french) == 1
    assert stored(office, french)[0].translates_id == german.id
    newer = reworded(GERMAN, "Rufen Sie uns bitte an"), reworded(ENGLISH, "Give us a call")
    assert bring(office, EASY, french, *newer) == 1  # whose German text is nowhere here
    assert stored(office, ENGLISH)[-1].translates_id is None


def test_a_version_that_is_not_in_force_yet_is_translated_later(office: SmallOffice) -> None:
    bring(office, GERMAN)
    (german,) = stored(office, GERMAN)
    office.put(replace(german, id=new_id(), number=2, valid_from=date(2022, 1, 1), created_by=None))
    bring(office, ENGLISH)
    assert stored(office, ENGLISH)[0].translates_id == german.id
    assert german.valid_from > LONG_AGO
