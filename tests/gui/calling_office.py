"""An office on 1 April 2021, 11:18, for tests of calling: prepared answers, no database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.clients import ClientPhone
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    Direction,
    LetterState,
    Outcome,
    PhoneKind,
    Role,
    Salutation,
    Urgency,
)
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.clients.card import ClientCard
from koba_desktop.services.commands import Command
from koba_desktop.services.contacts.offer import HourCount, LetterOffer, PostalChain
from koba_desktop.services.contacts.worklist import Group, WorkItem, Worklist
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.facade import Services
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.rows import AppointmentRow, AttemptRow, ClientPage, ClientRow
from koba_desktop.services.slots.finding import Slot
from koba_desktop.services.view import View

OFFICE = UUID(int=1)
BERGER = UUID(int=2)
KIND = UUID(int=3)
NOW = instant(date(2021, 4, 1), time(11, 18))


def at(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    return instant(date(2021, month, day), time(hour, minute))


def client_id(number: int) -> UUID:
    return UUID(int=1000 + number)


def row(number: int, family: str, given: str, salutation: Salutation) -> ClientRow:
    return ClientRow(
        id=client_id(number),
        family_name=family,
        given_name=given,
        title="",
        salutation=salutation,
        number=f"118 {274 + number}",
        birth_date=date(1979, 7, 14) + timedelta(days=37 * number),
        office_id=OFFICE,
        advisor_id=BERGER,
        phone="0176 04069118",
    )


PEOPLE = {
    person.id: person
    for person in (
        row(0, "Kuhn", "Marlies", Salutation.FRAU),
        row(1, "Rau", "Dirk", Salutation.HERR),
        row(2, "Ebert", "Mandy", Salutation.FRAU),
        row(3, "Reuter", "Jens", Salutation.HERR),
        row(4, "Şahin", "Elif", Salutation.FRAU),
        row(5, "Krüger", "Tom", Salutation.HERR),
        row(6, "Okafor", "Grace", Salutation.FRAU),
        row(7, "Berg", "Annika", Salutation.FRAU),
        row(8, "Hassan", "Omar", Salutation.HERR),
        row(9, "von Hohenstein-Weißenfels", "Friederike Charlotte Amalie", Salutation.FRAU),
    )
}


@dataclass
class StandingClock:
    instant: datetime = NOW

    def now(self) -> datetime:
        return self.instant


class NoHolidays:
    def name(self, day: date) -> str | None:
        return None


def item(number: int, group: Group, due: datetime, **more: Any) -> WorkItem:
    person = PEOPLE[client_id(number)]
    return WorkItem(
        group=group,
        at=due,
        client_id=person.id,
        family_name=person.family_name,
        given_name=person.given_name,
        salutation=person.salutation,
        phone=person.phone,
        **more,
    )


def call(number: int, attempts: int = 0, **more: Any) -> WorkItem:
    return item(
        number,
        more.pop("group", Group.CALL_NOW),
        more.pop("due", at(1, 11)),
        task_id=UUID(int=2000 + number),
        task_version=1,
        reason=more.pop("reason", CallReason.PLANNED),
        kind_name="Folgegespräch",
        attempts=attempts,
        last_outcome=Outcome.NO_ANSWER if attempts else None,
        **more,
    )


@dataclass
class CallingOffice(Services):
    """Answers from ``items`` and ``people``; remembers the commands; plays the ladder of two."""

    clock: Any = field(default_factory=StandingClock)
    holidays: Any = field(default_factory=NoHolidays)
    items: list[WorkItem] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    refuse: Exception | None = None
    host: str = ""
    store: Any = None

    def execute(self, command: Command, actor: Actor) -> Receipt:
        if self.refuse is not None:
            error, self.refuse = self.refuse, None
            raise error
        self.commands.append(command)
        handler = getattr(self, f"_on_{type(command).__name__}", None)
        result = handler(command) if handler is not None else {}
        topics = frozenset({Topic.CONTACTS, Topic.APPOINTMENTS, Topic.LETTERS})
        return Receipt(command, ChangeSet(topics=topics), result)

    def _on_RecordAttempt(self, command: Any) -> dict[str, Any]:
        for index, line in enumerate(self.items):
            if line.client_id != command.client_id or line.task_id is None:
                continue
            if command.outcome in (Outcome.NO_ANSWER, Outcome.BUSY, Outcome.MAILBOX):
                attempts = line.attempts + 1
                self.items[index] = replace(
                    line,
                    group=Group.DUE_AGAIN,
                    at=at(6, 9),
                    attempts=attempts,
                    last_outcome=command.outcome,
                )
                return {"task_closed": False, "exhausted": attempts >= 2}
            if command.outcome in (Outcome.REACHED, Outcome.REFUSED):
                self.items[index] = replace(
                    line, group=Group.DONE_TODAY, last_outcome=command.outcome
                )
                return {"task_closed": True, "exhausted": False}
        return {"task_closed": False, "exhausted": False}

    def _on_ProposeByLetter(self, command: Any) -> dict[str, Any]:
        self.items = [
            replace(line, group=Group.DONE_TODAY) if line.client_id == command.client_id else line
            for line in self.items
        ]
        return {"letter_id": str(UUID(int=77))}

    @contextmanager
    def view(self, viewer: UUID | None = None) -> Iterator[View]:
        reader: Any = SimpleNamespace(
            search_clients=self.search_clients, appointment_rows=self.appointment_rows
        )
        yield View(reader, self.clock.now(), self.holidays, viewer)

    # --- what the services would answer -----------------------------------------------------------

    def search_clients(
        self, text: str, *, office_ids: Any = (), limit: int = 50, offset: int = 0
    ) -> ClientPage:
        found = [
            person
            for person in sorted(PEOPLE.values(), key=lambda p: p.family_name.casefold())
            if all(
                part in f"{person.family_name} {person.given_name} {person.number}".casefold()
                for part in text.casefold().split()
            )
        ]
        return ClientPage(tuple(found[offset : offset + limit]), len(found))

    def appointment_rows(self, ids: Any) -> list[AppointmentRow]:
        return [appointment(index) for index in range(10) if UUID(int=3000 + index) in ids]

    def worklist(self, view: View, office_id: UUID, advisor_id: UUID) -> Worklist:
        return Worklist(tuple(self.items))

    def client_card(self, view: View, wanted: UUID) -> ClientCard:
        person = PEOPLE[wanted]
        number = wanted.int - 1000
        line = next((entry for entry in self.items if entry.client_id == wanted), None)
        task = None
        if line is not None and line.task_id is not None:
            task = CallTask(
                id=line.task_id,
                version=1,
                client_id=wanted,
                advisor_id=BERGER,
                office_id=OFFICE,
                reason=line.reason or CallReason.PLANNED,
                due=line.at,
                kind_id=KIND,
            )
        return ClientCard(
            client=person,
            language="de",
            needs=("interpreter",) if number == 8 else (),
            case_number="",
            office_name="Halberstadt",
            advisor_name="Dana Berger",
            address=None,
            address_hidden=False,
            phones=(
                phone(number, "0176 04069118", PhoneKind.MOBILE, 0),
                phone(number, "03941 01274", PhoneKind.PRIVATE, 1),
            ),
            representative=None,
            note="",
            next_appointment=appointment(number) if number in (0, 7, 8) else None,
            appointments=(),
            attempts=attempts(),
            open_task=task,
            best_hour=9,
            best_hour_reached=3,
            best_hour_tried=3,
        )

    def letter_offer(
        self, view: View, wanted: UUID, *, task_id: UUID | None = None, advisor_id: Any = None
    ) -> LetterOffer:
        line = next((entry for entry in self.items if entry.client_id == wanted), None)
        made = line.attempts if line is not None else 0
        return LetterOffer(
            client_id=wanted,
            advisor_id=BERGER,
            kind_id=KIND,
            kind_name="Folgegespräch",
            minutes=30,
            phone="0176 04069118",
            chain=CHAIN,
            slots=SLOTS,
            ladder_needed=2,
            ladder_made=made,
            exhausted=made >= 2,
            best_hour=9,
            skipped={"advisor_busy": 7},
        )

    def reached_hours(self, view: View, wanted: UUID) -> tuple[HourCount, ...]:
        tried = {9: 3, 11: 1, 14: 1, 15: 1, 16: 1}
        return tuple(
            HourCount(hour=hour, tried=tried.get(hour, 0), reached=3 if hour == 9 else 0)
            for hour in range(8, 18)
        )


def phone(number: int, typed: str, kind: PhoneKind, position: int) -> ClientPhone:
    return ClientPhone(
        id=UUID(int=4000 + number * 10 + position),
        client_id=client_id(number),
        typed=typed,
        kind=kind,
        position=position,
    )


def appointment(number: int) -> AppointmentRow:
    person = PEOPLE[client_id(number)]
    return AppointmentRow(
        id=UUID(int=3000 + number),
        version=4,
        reference="K7M49QXR",
        office_id=OFFICE,
        advisor_id=BERGER,
        advisor_name="Frau Berger",
        advisor_initials="BE",
        kind_id=KIND,
        kind_name="Folgegespräch",
        channel=Channel.TELEPHONE,
        starts=at(1, 11, 30),
        ends=at(1, 12),
        state=AppointmentState.PROPOSED,
        urgency=Urgency.NONE,
        phone="0176 04069118",
        client_id=person.id,
        family_name=person.family_name,
        given_name=person.given_name,
        salutation=person.salutation,
        letter_state=LetterState.POSTED,
        letter_posted_on=date(2021, 3, 22),
    )


def attempts() -> tuple[AttemptRow, ...]:
    return tuple(
        AttemptRow(
            id=UUID(int=5000 + index),
            version=1,
            at=moment,
            direction=Direction.OUT,
            outcome=outcome,
            phone="0176 04069118",
            phone_kind=kind,
            minutes=minutes,
            staff_initials="BE",
        )
        for index, (moment, outcome, kind, minutes) in enumerate(
            (
                (at(30, 14, 5, 3), Outcome.NO_ANSWER, "private", None),
                (at(10, 9, 40, 2), Outcome.REACHED, "mobile", 12),
                (at(9, 15, 20, 2), Outcome.BUSY, "private", None),
                (at(14, 9, 12, 1), Outcome.REACHED, "mobile", 24),
                (at(12, 16, 30, 1), Outcome.MAILBOX, "private", None),
            )
        )
    )


CHAIN = PostalChain(
    posting=date(2021, 4, 1),
    deemed=date(2021, 4, 4),
    delivery=date(2021, 4, 6),
    preparation=tuple(date(2021, 4, day) for day in (7, 8, 9, 12, 13)),
    earliest=date(2021, 4, 13),
    deemed_days=3,
    before_collection=True,
    collection="14:00",
    closed_days={
        date(2021, 4, 2): "Karfreitag",
        date(2021, 4, 4): "Ostersonntag",
        date(2021, 4, 5): "Ostermontag",
    },
)
SLOTS = tuple(
    Slot(
        starts=at(day, hour, minute),
        ends=at(day, hour, minute) + timedelta(minutes=30),
        advisor_id=BERGER,
        advisor_name="Dana Berger",
        advisor_initials="BE",
        channel=Channel.TELEPHONE,
        best_hour=hour == 9,
    )
    for day, hour, minute in (
        *((13, 10, 15), (14, 9, 0), (15, 9, 30), (16, 8, 45), (19, 9, 0)),
        *((20, 9, 15), (21, 10, 30), (22, 8, 30), (23, 9, 0), (26, 9, 30)),
    )
)


def book(*, demo: bool = True) -> OfficeBook:
    office = Office(
        id=OFFICE,
        name="Regionalstelle Halberstadt",
        short_name="Halberstadt",
        street="Rudolf-Diesel-Straße 1",
        postcode="38820",
        town="Halberstadt",
        return_line="",
    )
    berger = Staff(
        id=BERGER,
        login="berger",
        family_name="Berger",
        given_name="Dana",
        salutation=Salutation.FRAU,
        initials="BE",
    )
    advises = StaffRole(
        id=UUID(int=4),
        staff_id=BERGER,
        office_id=OFFICE,
        role=Role.ADVISOR,
        valid_from=date(2020, 1, 1),
    )
    kind = AppointmentKind(
        id=KIND,
        name="Folgegespräch",
        minutes=30,
        channels=(Channel.TELEPHONE,),
        about={},
        papers={},
    )
    return OfficeBook((office,), (berger,), (advises,), (kind,), demo)


def day_of_calls() -> list[WorkItem]:
    """The list of the picture: four appointments, six calls now, two due again."""
    return [
        item(
            7,
            Group.APPOINTMENTS_TODAY,
            at(1, 11, 30),
            appointment_id=UUID(int=3007),
            channel=Channel.TELEPHONE,
            state=AppointmentState.CONFIRMED,
        ),
        item(
            8,
            Group.APPOINTMENTS_TODAY,
            at(1, 13, 30),
            appointment_id=UUID(int=3008),
            channel=Channel.TELEPHONE,
            state=AppointmentState.PROPOSED,
        ),
        call(0, 1),
        call(1, 1),
        call(2),
        call(3),
        call(4),
        call(9),
        call(5, reason=CallReason.CALLBACK),
        call(6, 1, group=Group.DUE_AGAIN, due=at(1, 13)),
    ]


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
