"""The offices of the demonstration: staff, hours and rooms."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.entities.office import ClosingDay, Office, OpeningHours, Setting
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room, RoomBooking
from koba_desktop.domain.entities.staff import Absence, Staff, StaffRole, WorkingPattern
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    Channel,
    LetterKind,
    Role,
    RoomKind,
    Salutation,
    Windows,
)
from koba_desktop.services.demo import common
from koba_desktop.services.demo.common import DISTRICT, FOUNDED
from koba_desktop.services.demo.maker import DAY, Maker
from koba_desktop.services.demo.material import material
from koba_desktop.services.letters.shipping import Wording

_MORNING = (time(8), time(12))
_HOURS = {
    1: (_MORNING, (time(13), time(16))),
    2: (_MORNING, (time(13), time(17, 30))),
    3: (_MORNING, (time(13), time(16))),
    4: (_MORNING, (time(13), time(17, 30))),
    5: (_MORNING,),
}

# (name, street, postcode, return line, area code)
_OFFICES = (
    ("Halberstadt", "Am Kalkofenring 12", "38820", "Postfach 15 42 · 38805 Halberstadt", "03941"),
    ("Quedlinburg", "Klosterapfelweg 3", "06484", "Postfach 12 70 · 06472 Quedlinburg", "03946"),
    ("Wernigerode", "Kupferhüttenring 8", "38855", "Postfach 10 33 · 38842 Wernigerode", "03943"),
)

# (name, floor, m², height, seats, windows, air changes, screen, wheelchair)
_ROOMS = (
    ("R 1.04", "1", 20.5, 2.8, 2, Windows.FULL, None, 1.6, False),
    ("R 1.05", "1", 31.0, 2.8, 4, Windows.CROSS, None, 1.6, True),
    ("R 1.06", "1", 21.0, 2.8, 2, Windows.FULL, None, 1.6, False),
    ("R 1.07", "1", 22.5, 2.8, 2, Windows.FULL, None, 1.6, True),
    ("R 2.01", "2", 20.0, 2.6, 2, Windows.TILT, None, None, False),
    ("R 2.02", "2", 46.0, 2.6, 8, Windows.NONE, 6.0, None, False),
)
_OUTSIDE = (("Hof 1", 2), ("Vordach", 1))

_KNOWN_ADVISORS = (
    ("Berger", "Daniela", Salutation.FRAU),
    ("Hofmann", "Jens", Salutation.HERR),
    ("Lindner", "Katja", Salutation.FRAU),
)
_PART_TIME: tuple[tuple[set[int], int | None], ...] = (
    ({5}, None),  # not on Fridays
    ({1, 3}, None),
    (set(), 0),  # every other week
    (set(), 1),
)


@dataclass(slots=True)
class Branch:
    """One office with what belongs to it."""

    office: Office
    area_code: str
    hours: list[OpeningHours] = field(default_factory=list)
    closing_days: list[ClosingDay] = field(default_factory=list)
    advisors: list[Staff] = field(default_factory=list)
    patterns: dict[object, list[WorkingPattern]] = field(default_factory=dict)  # by advisor id
    absences: dict[object, list[Absence]] = field(default_factory=dict)
    rooms: list[tuple[Room, list[Place]]] = field(default_factory=list)
    closures: list[RoomBooking] = field(default_factory=list)


@dataclass(slots=True)
class House:
    """All offices. ``records`` holds every row of them, parents first."""

    branches: list[Branch]
    kinds: list[AppointmentKind]
    versions: dict[LetterKind, TemplateVersion]  # the binding German ones
    known: list[Template]  # the wordings the database had already
    closed_from: date
    hygiene: list[HygieneProfile]
    records: list[Record]


_LOGINS = {
    Role.RECEPTION: "empfang",
    Role.ADVISOR: "berater",
    Role.LEAD: "leitung",
    Role.ADMINISTRATOR: "verwaltung",
    Role.DATA_PROTECTION: "datenschutz",
}
"""Logins as offices give them: the function and a number, as exports name the advisor too."""


def build(maker: Maker, advisors: int, wordings: Iterable[Wording], known: list[Template]) -> House:
    """Three offices with so many advisors each. ``known`` are templates the database has already;
    they get the wordings as a further version."""
    founded = instant(FOUNDED, time(8))
    records: list[Record] = []
    logins: Counter[str] = Counter()
    branches = []
    for number, (town, street, postcode, line, code) in enumerate(_OFFICES):
        office = Office(
            **maker.stamps(founded),
            name=f"Regionalstelle {town}",
            short_name=town,
            street=street,
            postcode=postcode,
            town=town,
            return_line=line,
            reply_lines=(f"Regionalstelle {town}", *line.split(" · ")),
            phone=f"{code} 03000",
            email=f"{town.lower()}@koba.example",
            district_key=DISTRICT,
        )
        branch = Branch(office, code)
        branches.append(branch)
        records.append(office)
        records += _hours(maker, branch)
        records += _staff(maker, branch, advisors, logins, first=number == 0)
        records += _rooms(maker, branch)
    hygiene = [
        HygieneProfile(
            **maker.stamps(founded),
            office_id=branch.office.id,
            cleaning_minutes=5,
            reason="Hygienekonzept des Hauses",
            valid_from=FOUNDED,
        )
        for branch in branches
    ]
    kinds = common.kinds(maker)
    closed_from, modes = common.modes(maker, [branch.office for branch in branches])
    versions, wording = common.wordings(maker, wordings, known)
    demo = Setting(**maker.stamps(founded), key="demo", value=True, valid_from=FOUNDED)
    duty = [
        Setting(
            **maker.stamps(founded),
            key="emergency.duty",
            value=[advisor.login for advisor in branch.advisors[-2:]],
            valid_from=FOUNDED,
            office_id=branch.office.id,
        )
        for branch in branches
    ]
    records += [*hygiene, *kinds, *modes, *wording, *common.incidence(maker), demo, *duty]
    return House(branches, kinds, versions, known, closed_from, hygiene, records)


def _hours(maker: Maker, branch: Branch) -> list[Record]:
    founded = instant(FOUNDED, time(8))
    branch.hours = [
        OpeningHours(
            **maker.stamps(founded),
            office_id=branch.office.id,
            channel=channel,
            weekday=weekday,
            opens=opens,
            closes=closes,
            valid_from=FOUNDED,
        )
        for channel in Channel
        for weekday, spans in _HOURS.items()
        for opens, closes in spans
    ]
    monday = maker.today - timedelta(days=maker.today.weekday())
    wednesday = monday + 2 * DAY
    if wednesday == maker.today or not maker.works(wednesday):
        wednesday += timedelta(days=7)
    if maker.works(wednesday):
        branch.closing_days = [
            ClosingDay(
                **maker.stamps(founded),
                office_id=branch.office.id,
                day=wednesday,
                reason="Personalversammlung",
                opens=time(8),
                closes=time(12),
            )
        ]
    return [*branch.hours, *branch.closing_days]


def _staff(
    maker: Maker, branch: Branch, advisors: int, logins: Counter[str], *, first: bool
) -> list[Record]:
    records: list[Record] = []
    taken: set[str] = set()
    names: set[str] = set()

    def employ(role: Role, family: str, given: str, salutation: Salutation, team: str) -> Staff:
        founded = instant(FOUNDED, time(8))
        word = _LOGINS[role]
        logins[word] += 1
        login = f"{word}{logins[word]:02}"
        member = Staff(
            **maker.stamps(founded),
            login=login,
            family_name=family,
            given_name=given,
            salutation=salutation,
            initials=_initials(family, taken),
            phone=f"{branch.area_code} 03{maker.random.randrange(1, 1000):03}",
            email=f"{login}@koba.example",
            office_id=branch.office.id,
            team=team,
        )
        role_row = StaffRole(
            **maker.stamps(founded),
            staff_id=member.id,
            office_id=branch.office.id,
            role=role,
            valid_from=FOUNDED,
        )
        records.extend((member, role_row))
        return member

    def somebody(role: Role, team: str) -> Staff:
        family, given, salutation = _colleague(maker, names)
        return employ(role, family, given, salutation, team)

    known = _KNOWN_ADVISORS if first else ()
    for position in range(advisors):
        team = f"Team {(1 + position // 5) % 5 + 1}"
        if position < len(known):
            advisor = employ(Role.ADVISOR, *known[position], team)
        else:
            advisor = somebody(Role.ADVISOR, team)
        branch.advisors.append(advisor)
        records += _times(maker, branch, advisor, full_time=position < 3)
    for _ in range(3):
        somebody(Role.RECEPTION, "Empfang")
    somebody(Role.LEAD, "Leitung")
    if first:
        somebody(Role.ADMINISTRATOR, "Administration")
        somebody(Role.DATA_PROTECTION, "Datenschutz")
    return records


def _colleague(maker: Maker, names: set[str]) -> tuple[str, str, Salutation]:
    """A name no other colleague of the office has."""
    people = material()
    while True:
        origin = maker.pick(people.origins)
        woman = maker.chance(0.7)
        family = maker.random.choice(origin.family)
        given = maker.random.choice(origin.women if woman else origin.men)
        if family not in names:
            names.add(family)
            return family, given, Salutation.FRAU if woman else Salutation.HERR


def _initials(family: str, taken: set[str]) -> str:
    """Two letters of the name that nobody else in the office has."""
    letters = [c for c in family.upper() if c.isalpha()]
    for second in letters[1:]:
        if (sign := letters[0] + second) not in taken:
            taken.add(sign)
            return sign
    number = 1
    while (sign := f"{letters[0]}{number}") in taken:
        number += 1
    taken.add(sign)
    return sign


def _times(maker: Maker, branch: Branch, advisor: Staff, *, full_time: bool) -> list[Record]:
    """When the advisor holds consultations, and when not."""
    founded = instant(FOUNDED, time(8))
    free: set[int] = set()
    parity: int | None = None
    if not full_time and maker.chance(0.3):
        free, parity = maker.random.choice(_PART_TIME)
    patterns = [
        WorkingPattern(
            **maker.stamps(founded),
            staff_id=advisor.id,
            weekday=weekday,
            starts=starts,
            ends=ends,
            valid_from=FOUNDED,
            week_parity=parity if weekday == 1 else None,
        )
        for weekday, spans in _HOURS.items()
        if weekday not in free
        for starts, ends in spans
    ]
    branch.patterns[advisor.id] = patterns
    absences = []
    for week in range(-3, 4):
        monday = maker.today - timedelta(days=maker.today.weekday()) + timedelta(weeks=week)
        if maker.chance(0.06) and not (full_time and advisor is branch.advisors[0]):
            first, days = monday, 5
        elif maker.chance(0.08):
            first, days = monday + maker.random.randrange(5) * DAY, 1
        else:
            continue
        if first <= maker.today < first + days * DAY and full_time:
            continue
        absences.append(
            Absence(
                **maker.stamps(founded),
                staff_id=advisor.id,
                starts=instant(first, time()),
                ends=instant(first + days * DAY, time()),
                label="Urlaub" if days > 1 or maker.chance(0.5) else "Fortbildung",
            )
        )
    branch.absences[advisor.id] = absences
    return [*patterns, *absences]


def _rooms(maker: Maker, branch: Branch) -> list[Record]:
    founded = instant(FOUNDED, time(8))
    for position, row in enumerate(_ROOMS):
        name, floor, area, height, seats, windows, air_changes, screen, wheelchair = row
        room = Room(
            **maker.stamps(founded),
            office_id=branch.office.id,
            name=name,
            floor=floor,
            kind=RoomKind.MEETING if seats > 4 else RoomKind.CONSULTATION,
            area=area,
            height=height,
            seats=seats,
            windows=windows,
            air_changes=air_changes,
            screen_height=screen,
            wheelchair=wheelchair,
            position=position,
        )
        branch.rooms.append((room, [Place(**maker.stamps(founded), room_id=room.id)]))
    for position, (name, places) in enumerate(_OUTSIDE, len(_ROOMS)):
        room = Room(
            **maker.stamps(founded),
            office_id=branch.office.id,
            name=name,
            kind=RoomKind.OUTDOOR,
            seats=2 * places,
            wheelchair=True,
            notes="vor der Tür, überdacht",
            position=position,
        )
        numbered = [
            Place(**maker.stamps(founded), room_id=room.id, number=n + 1) for n in range(places)
        ]
        branch.rooms.append((room, numbered))
    return [record for room, places in branch.rooms for record in (room, *places)]
