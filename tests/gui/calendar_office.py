"""A made-up week in a made-up office, for the calendar's tests and pictures."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

from koba_desktop.domain.clock import day_of, instant
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    LetterState,
    Mode,
    Role,
    Salutation,
    Urgency,
)
from koba_desktop.services.calendar.days import CalendarPage, Closure, DayInfo
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import Command, Reschedule, UndoPlan
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.facade import Services
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.view import View

SPACE = UUID("018f0000-0000-7000-8000-000000000000")
MONDAY = date(2021, 4, 12)
TUESDAY = date(2021, 4, 13)
NOW = datetime(2021, 4, 13, 7, 42, tzinfo=UTC)

S = AppointmentState


def made_id(name: str) -> UUID:
    return uuid5(SPACE, name)


HALBERSTADT = Office(
    id=made_id("office"),
    name="Regionalstelle Halberstadt",
    short_name="Halberstadt",
    street="Schwanebecker Straße 14",
    postcode="38820",
    town="Halberstadt",
    return_line="Postfach 1542 · 38805 Halberstadt",
)


def _member(initials: str, family: str, given: str, team: str) -> Staff:
    return Staff(
        id=made_id(initials),
        login=initials.lower(),
        family_name=family,
        given_name=given,
        initials=initials,
        office_id=HALBERSTADT.id,
        team=team,
    )


STAFF = tuple(
    _member(*line)
    for line in (
        ("BE", "Berger", "Dana", "Team 2"),
        ("HO", "Hofmann", "Tim", "Team 2"),
        ("LI", "Lindner", "Katja", "Team 2"),
        ("AR", "Arndt", "Maria", "Team 3"),
        ("ÖZ", "Öztürk", "Selin", "Team 3"),
        ("PA", "Paschke", "Bernd", "Team 3"),
    )
)
BERGER, HOFMANN, LINDNER = (member.id for member in STAFF[:3])
FOLLOW_UP = AppointmentKind(
    id=made_id("follow-up"),
    name="Folgegespräch",
    minutes=30,
    channels=(Channel.TELEPHONE, Channel.IN_PERSON),
    about={},
    papers={},
)
FIRST_TALK = AppointmentKind(
    id=made_id("first"),
    name="Erstgespräch",
    minutes=60,
    channels=(Channel.TELEPHONE, Channel.IN_PERSON),
    about={},
    papers={},
)


def book(*more_roles: StaffRole) -> OfficeBook:
    roles = tuple(
        StaffRole(
            id=made_id(f"role {member.initials}"),
            staff_id=member.id,
            office_id=HALBERSTADT.id,
            role=Role.ADVISOR,
            valid_from=date(2020, 1, 1),
        )
        for member in STAFF
    )
    return OfficeBook((HALBERSTADT,), STAFF, (*roles, *more_roles), (FOLLOW_UP, FIRST_TALK), False)


def at(day: date, clock: str) -> datetime:
    return instant(day, time.fromisoformat(clock))


def row(
    name: str,
    day: date,
    span: str,
    *,
    advisor: str = "BE",
    state: AppointmentState = S.CONFIRMED,
    channel: Channel = Channel.TELEPHONE,
    urgency: Urgency = Urgency.NONE,
    room: str = "",
    letter: LetterState | None = None,
    client: bool = True,
) -> AppointmentRow:
    """One appointment: ``span`` as "10:15-10:45"."""
    starts, ends = span.split("-")
    member = next(m for m in STAFF if m.initials == advisor)
    return AppointmentRow(
        id=made_id(f"{name} {day} {span}"),
        version=1,
        reference="K7M49QXR",
        office_id=HALBERSTADT.id,
        advisor_id=member.id,
        advisor_name=member.family_name,
        advisor_initials=member.initials,
        kind_id=FOLLOW_UP.id,
        kind_name=FOLLOW_UP.name if client else name,
        channel=channel,
        starts=at(day, starts),
        ends=at(day, ends),
        state=state,
        urgency=urgency,
        phone="0176 04069118",
        client_id=made_id(f"client {name}") if client else None,
        family_name=name if client else "",
        given_name="",
        salutation=Salutation.FRAU if client else Salutation.NONE,
        room_name=room,
        letter_state=letter,
        letter_posted_on=date(2021, 4, 1) if letter is LetterState.POSTED else None,
    )


IN_PERSON, OUTDOORS = Channel.IN_PERSON, Channel.OUTDOORS


def week() -> tuple[AppointmentRow, ...]:
    """A busy week: every kind and state, overlaps, narrow blocks, one emergency."""
    mo, tu = MONDAY, TUESDAY
    we, th, fr = (MONDAY + timedelta(days=n) for n in (2, 3, 4))
    posted = LetterState.POSTED
    rows = (
        row("Weiß", mo, "08:00-09:00", channel=IN_PERSON, state=S.KEPT, room="R 1.04"),
        row("Yılmaz", mo, "08:00-08:30", advisor="HO", state=S.KEPT),
        row("Moll", mo, "08:15-08:45", advisor="LI", state=S.KEPT),
        row("Okafor", mo, "08:45-09:15", advisor="HO", state=S.MISSED),
        row("Peters", mo, "09:00-10:00", state=S.KEPT),
        row("Vogel", mo, "09:30-10:00", advisor="LI", state=S.KEPT),
        row("Jansen", mo, "09:30-10:00", advisor="HO", state=S.KEPT),
        row("Kaya", mo, "10:15-10:45", advisor="LI", state=S.KEPT),
        row(
            "Novak", mo, "10:30-11:30", channel=IN_PERSON, state=S.KEPT, room="R 1.05", advisor="HO"
        ),
        row("Brandt", mo, "10:30-11:00", state=S.CANCELLED_BY_CLIENT),
        row("Schulte", mo, "11:00-11:30", state=S.MISSED),
        row("Graf", mo, "11:15-11:45", advisor="LI", state=S.KEPT),
        row("Fallbesprechung", mo, "13:00-14:00", room="R 2.02", client=False),
        row("Sommer", mo, "14:00-14:30", state=S.KEPT),
        row("Engel", mo, "14:15-15:15", channel=OUTDOORS, state=S.KEPT, room="Hof 1", advisor="HO"),
        row("Fuchs", mo, "14:30-15:00", state=S.KEPT),
        row("Kraus", tu, "08:00-09:00", advisor="HO", state=S.KEPT),
        row("Demir", tu, "08:00-08:30", state=S.KEPT),
        row("Hartwig", tu, "08:30-09:00", advisor="LI", state=S.MISSED),
        row("Thiel", tu, "08:45-09:15", state=S.KEPT),
        row(
            "Funk",
            tu,
            "09:15-10:00",
            advisor="HO",
            channel=IN_PERSON,
            state=S.ARRIVED,
            room="R 1.04",
        ),
        row(
            "Seidel",
            tu,
            "09:15-10:00",
            advisor="LI",
            channel=IN_PERSON,
            urgency=Urgency.EMERGENCY,
            state=S.IN_PROGRESS,
            room="R 1.07",
        ),
        row("Aydin", tu, "09:30-10:00", state=S.IN_PROGRESS),
        row("Petrow", tu, "10:15-11:15", advisor="LI"),
        row("Kuhn", tu, "10:15-10:45", state=S.PROPOSED, letter=posted),
        row("Lorenz", tu, "10:15-10:45", advisor="HO"),
        row("Krüger", tu, "11:00-11:30"),
        row("Abdi", tu, "11:00-11:30", advisor="HO", state=S.PROPOSED, letter=posted),
        row("Busch", tu, "11:30-12:00", advisor="HO", state=S.CANCELLED_BY_CLIENT),
        row("Wolter", tu, "11:30-12:00", channel=OUTDOORS, room="Hof 1"),
        row("Riedel", tu, "13:00-13:30", advisor="HO"),
        row("Hoang", tu, "13:30-14:30", channel=IN_PERSON, room="R 1.05"),
        row("Marx", tu, "13:30-14:00", advisor="LI", state=S.PROPOSED, letter=posted),
        row("Stein", tu, "14:00-14:30", advisor="HO"),
        row("Schröder-Kowalczyk", tu, "15:00-16:00", advisor="HO"),
        row("Adler", tu, "15:00-15:30", state=S.PROPOSED, letter=LetterState.PRINTED),
        row("Horn", tu, "16:00-16:30"),
        row("Simon", we, "08:00-09:00"),
        row("Winter", we, "08:15-08:45", state=S.PROPOSED, advisor="HO"),
        row("Otto", we, "08:30-09:00", advisor="LI"),
        row("Lenz", we, "09:30-10:30"),
        row("Berg", we, "09:15-09:45", advisor="HO"),
        row("Jung", we, "12:00-12:30", advisor="HO"),
        row("Sauer", th, "09:30-10:00", state=S.CANCELLED_BY_OFFICE),
        row("Dahl", th, "10:00-11:00", channel=IN_PERSON, room="R 1.04", urgency=Urgency.URGENT),
        row("Rahimi", th, "10:15-10:45", state=S.PROPOSED, advisor="HO"),
        row("Wolf", th, "10:30-11:00", advisor="LI"),
        row("Götz", th, "15:00-15:30", state=S.PROPOSED, letter=LetterState.PENDING),
        row("Reuter", fr, "08:00-08:30"),
        row("Kowalski", fr, "08:15-09:15", advisor="LI"),
        row("Ebert", fr, "08:45-09:15", state=S.PROPOSED),
    )
    return tuple(sorted(rows, key=lambda r: (r.starts, str(r.id))))


def days(first: date = MONDAY, count: int = 5) -> tuple[DayInfo, ...]:
    closing = {0: "16:00", 1: "17:30", 2: "12:30", 3: "18:00", 4: "12:00"}
    infos = []
    for number in range(count):
        day = first + timedelta(days=number)
        ends = closing.get(day.weekday(), "08:00")
        night = Closure(at(day, "00:00"), at(day, "08:00"), "outside_hours")
        noon = Closure(at(day, "12:00"), at(day, "13:00"), "lunch")
        code, text = (
            ("closing_day", "Personalversammlung") if day.weekday() == 2 else ("outside_hours", "")
        )
        evening = Closure(at(day, ends), at(day + timedelta(days=1), "00:00"), code, text)
        notes = {2: ("Personalversammlung",), 4: ("Hofmann: Urlaub",)}.get(day.weekday(), ())
        closures = (night, noon, evening) if day.weekday() in (0, 1, 3) else (night, evening)
        infos.append(DayInfo(day, closures, (), notes, Mode.CLOSED))
    return tuple(infos)


@dataclass
class StandingClock:
    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant


@dataclass
class CalendarOffice(Services):
    """Answers pages from ``rows``; carries out moves; remembers every command.

    ``refuse`` is raised once instead of the next command. ``pages`` counts the pages asked for.
    """

    clock: Any = field(default_factory=StandingClock)
    rows: dict[UUID, AppointmentRow] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    refuse: Exception | None = None
    pages: int = 0
    host: str = ""
    store: Any = None
    holidays: Any = None

    def execute(self, command: Command, actor: Actor) -> Receipt:
        if self.refuse is not None:
            error, self.refuse = self.refuse, None
            raise error
        self.commands.append(command)
        touched: set[date] = set()
        if isinstance(command, Reschedule):
            old = self.rows[command.appointment_id]
            new = replace(
                old,
                version=old.version + 1,
                starts=command.starts,
                ends=command.ends,
                advisor_id=command.advisor_id or old.advisor_id,
                moved=True,
            )
            self.rows[old.id] = new
            touched = {day_of(old.starts), day_of(new.starts)}
        topics = frozenset({Topic.APPOINTMENTS})
        undo = UndoPlan(label=type(command).__name__, steps=())
        return Receipt(command, ChangeSet(topics, frozenset(), frozenset(touched)), {}, undo)

    @contextmanager
    def view(self, viewer: UUID | None = None) -> Iterator[View]:
        reader: Any = SimpleNamespace(
            appointment_rows=lambda ids: [r for r in self.rows.values() if r.id in ids],
            client_appointments=lambda client: [
                r for r in self.rows.values() if r.client_id == client
            ],
            get=lambda kind, client: Client(id=client, family_name="", office_id=HALBERSTADT.id),
            find=_roles,
            office=self,
        )
        yield View(reader, self.clock.now(), self.holidays, viewer)


def _roles(kind: type[Record], *, staff_id: UUID | None = None, **_where: Any) -> list[Record]:
    """What is asked to know what the viewer may see: everybody here is an advisor."""
    held = book().roles if kind is StaffRole else ()
    return [role for role in held if role.staff_id == staff_id]


def prepared_page(
    view: View, office_id: UUID, first: date, last: date, advisor_ids: tuple[UUID, ...] = ()
) -> CalendarPage:
    """Stands in for ``services.calendar.days.calendar_page``."""
    office: CalendarOffice = view.reader.office  # type: ignore[attr-defined]
    office.pages += 1
    shown = tuple(
        sorted(
            (
                r
                for r in office.rows.values()
                if first <= day_of(r.starts) <= last
                and (not advisor_ids or r.advisor_id in advisor_ids)
            ),
            key=lambda r: (r.starts, str(r.id)),
        )
    )
    return CalendarPage(days(first, (last - first).days + 1), shown)
