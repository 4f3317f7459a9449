"""What all offices of the demonstration share: kinds of appointment, mode, wording, incidence."""

from collections.abc import Iterable
from datetime import date, time, timedelta

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.entities.modes import IncidenceValue, OperatingMode
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import Channel, LetterKind, Mode, ModeSource
from koba_desktop.services.demo.maker import DAY, Maker

FOUNDED = date(2020, 1, 1)
DISTRICT = "15085"

Wording = tuple[LetterKind, str, str, dict[str, str]]
"""Kind, language, variant, blocks: as ``letters.texts.shipped_templates`` hands them out."""


def kinds(maker: Maker) -> list[AppointmentKind]:
    founded = instant(FOUNDED, time(8))
    talk, visit, outside = Channel.TELEPHONE, Channel.IN_PERSON, Channel.OUTDOORS
    rows = (
        ("Erstgespräch", 60, (talk, visit), _ABOUT_FIRST, _PAPERS_FIRST),
        ("Folgegespräch", 30, (talk, visit, outside), _ABOUT, _PAPERS),
        ("Fallmanagement", 60, (talk, visit), _ABOUT, _PAPERS),
        ("Antrag", 30, (talk, visit, outside), _ABOUT_CLAIM, _PAPERS_CLAIM),
        ("Kurzes Telefonat", 15, (talk,), _ABOUT_SHORT, _NO_PAPERS),
    )
    return [
        AppointmentKind(
            **maker.stamps(founded),
            name=name,
            minutes=minutes,
            channels=channels,
            outdoors_allowed=outside in channels,
            about=dict(about),
            papers={language: list(lines) for language, lines in papers.items()},
            position=position,
        )
        for position, (name, minutes, channels, about, papers) in enumerate(rows)
    ]


_ABOUT = {
    "de": "Um Ihre Situation, Ihre Fragen und die nächsten Schritte.",
    "en": "Your situation, your questions and the next steps.",
}
_ABOUT_FIRST = {
    "de": "Um Ihre berufliche Situation, Ihre Ziele und unsere Unterstützung.",
    "en": "Your working life, your goals and how we can support you.",
}
_ABOUT_CLAIM = {
    "de": "Um Ihren Antrag und die Unterlagen, die noch fehlen.",
    "en": "Your application and the papers that are still missing.",
}
_ABOUT_SHORT = {"de": "Um eine kurze Rückfrage.", "en": "A short question."}
_PAPERS = {
    "de": ["Ihre Kundennummer", "Schreiben, zu denen Sie Fragen haben"],
    "en": ["your client number", "letters you have questions about"],
}
_NO_PAPERS: dict[str, list[str]] = {"de": [], "en": []}
_PAPERS_FIRST = {
    "de": ["Ihren Lebenslauf", "Zeugnisse und Nachweise", "Ihre Kundennummer"],
    "en": ["your CV", "certificates", "your client number"],
}
_PAPERS_CLAIM = {
    "de": ["den Antrag, soweit ausgefüllt", "Kontoauszüge der letzten drei Monate", "Mietvertrag"],
    "en": [
        "the application form, as far as filled in",
        "bank statements for the last three months",
        "tenancy agreement",
    ],
}


def modes(maker: Maker, offices: list[Office]) -> tuple[date, list[OperatingMode]]:
    """Regelbetrieb since the founding, Schließzeit for two weeks now."""
    ordered = maker.today - timedelta(days=maker.today.weekday() + 14)
    closed_from = ordered + DAY
    rows: list[OperatingMode] = []
    for office in offices:
        rows += [
            OperatingMode(
                **maker.first(instant(FOUNDED, time(8))),
                office_id=office.id,
                mode=Mode.REGULAR,
                valid_from=instant(FOUNDED, time()),
                source=ModeSource.FOUNDING,
                reason="Beginn",
            ),
            OperatingMode(
                **maker.first(instant(ordered, time(11))),
                office_id=office.id,
                mode=Mode.CLOSED,
                valid_from=instant(closed_from, time()),
                source=ModeSource.STATE_REGULATION,
                reason=f"Regelung vom {ordered:%d.%m.%Y}",
            ),
        ]
    return closed_from, rows


def wordings(
    maker: Maker, shipped: Iterable[Wording], known: Iterable[Template]
) -> tuple[dict[LetterKind, TemplateVersion], list[Record]]:
    founded = instant(FOUNDED, time(8))
    stored = {(t.kind, t.language, t.variant): t for t in known}
    versions: dict[LetterKind, TemplateVersion] = {}
    records: list[Record] = []
    for kind, language, variant, blocks in shipped:
        template = stored.get((kind, language, variant))
        number = 1 if template is None else 2
        if template is None:
            template = Template(
                **maker.stamps(founded), kind=kind, language=language, variant=variant
            )
            records.append(template)
        version = TemplateVersion(
            **maker.first(founded),
            template_id=template.id,
            number=number,
            blocks=dict(blocks),
            valid_from=FOUNDED,
        )
        records.append(version)
        if (language, variant) == ("de", "standard"):
            versions[kind] = version
    return versions, records


def incidence(maker: Maker) -> list[IncidenceValue]:
    """A month of values that wander; one day is missing, as happens."""
    value = 142.0
    rows: list[IncidenceValue] = []
    for back in range(30, -1, -1):
        day = maker.today - back * DAY
        value = max(20.0, value + maker.random.uniform(-8, 10))
        if back == 11:
            continue
        rows.append(
            IncidenceValue(
                **maker.first(maker.at(day, 8, 30)),
                district_key=DISTRICT,
                day=day,
                value=round(value, 1),
                published_on=day,
                source="Vorführung",
            )
        )
    return rows
