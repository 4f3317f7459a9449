"""The small office with all wordings its letters need, and what tests of letters do with it."""

from dataclasses import replace
from datetime import date

from koba_desktop.domain.entities.letters import Letter, Template, TemplateVersion
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import (
    MarkPosted,
    MarkPrinted,
    PrintedLetter,
    SaveClient,
    SeenLetter,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id
from tests.unit.service_office import LONG_AGO, SmallOffice

STANDARD, EASY = LetterVariant


def worded(
    office: SmallOffice,
    kind: LetterKind,
    language: str = "de",
    variant: LetterVariant = STANDARD,
    valid_from: date = LONG_AGO,
) -> TemplateVersion:
    """One more wording of the office; a translation is of the German one it has from the
    beginning."""
    master = None if language == "de" else binding(office, kind)
    template = Template(id=new_id(), kind=kind, language=language, variant=variant)
    version = TemplateVersion(
        id=new_id(),
        template_id=template.id,
        number=1,
        blocks={"subject": f"{kind} {language} {variant}"},
        valid_from=valid_from,
        translates_id=master.id if master is not None else None,
    )
    office.put(template, version)
    return version


def binding(office: SmallOffice, kind: LetterKind) -> TemplateVersion:
    """The German wording the office has from the beginning."""
    (found,) = (v for v in office.all(TemplateVersion) if v.blocks == {"subject": kind.value})
    assert isinstance(found, TemplateVersion)
    return found


def speaks(office: SmallOffice, language: Language) -> None:
    """Frau Kuhn says which language she would like to be written in."""
    with office.view() as view:
        profile = client_profile(view, office.kuhn.id)
    client = replace(profile.client, language=language)
    office.do(SaveClient(profile=replace(profile, client=client)))


def decides(office: SmallOffice, key: str, value: object) -> None:
    office.put(Setting(id=new_id(), key=key, value=value, valid_from=LONG_AGO))


def printed(office: SmallOffice, letter: Letter, pdf: bytes = b"%PDF") -> Letter:
    version = office.one(Letter, id=letter.id).version
    paper = PrintedLetter(letter_id=letter.id, version=version, pdf=pdf, pages=1)
    office.do(MarkPrinted(letters=(paper,)))
    found: Letter = office.one(Letter, id=letter.id)
    return found


def seen(office: SmallOffice, letter: Letter) -> SeenLetter:
    """As it stands now."""
    return SeenLetter(letter_id=letter.id, version=office.one(Letter, id=letter.id).version)


def post(office: SmallOffice, letter: Letter, day: date, by: Staff | None = None) -> Receipt:
    return office.do(MarkPosted(letters=(seen(office, letter),), day=day), by=by)


def posted(office: SmallOffice, letter: Letter) -> Letter:
    printed(office, letter)
    post(office, letter, office.clock.now().date())
    found: Letter = office.one(Letter, id=letter.id)
    return found
