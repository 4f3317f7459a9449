"""What all offices of the demonstration share: kinds of appointment, mode, wording, incidence."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.entities.modes import IncidenceValue, OperatingMode
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import LetterKind, Mode, ModeSource
from koba_desktop.services.demo.maker import DAY, Maker
from koba_desktop.services.letters.shipping import Wording, is_master
from koba_desktop.services.office.usual import usual_kinds

FOUNDED = date(2020, 1, 1)
DISTRICT = "15085"


def kinds(maker: Maker) -> list[AppointmentKind]:
    founded = instant(FOUNDED, time(8))
    return [replace(kind, **maker.stamps(founded)) for kind in usual_kinds()]


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
    masters_first = sorted(shipped, key=lambda wording: not is_master(*wording[1:3]))
    for kind, language, variant, blocks in masters_first:
        template = stored.get((kind, language, variant))
        number = 1 if template is None else 2
        if template is None:
            template = Template(
                **maker.stamps(founded), kind=kind, language=language, variant=variant
            )
            records.append(template)
        master = versions.get(kind) if not is_master(language, variant) else None
        version = TemplateVersion(
            **maker.first(founded),
            template_id=template.id,
            number=number,
            blocks=dict(blocks),
            valid_from=FOUNDED,
            translates_id=master.id if master is not None else None,
        )
        records.append(version)
        if is_master(language, variant):
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
