"""A small office for the tests of the services: Halberstadt in the closure of April 2021.

Real storage, a clock that stands still until told, two advisors, two clients. The days are those
of the domain rules: Thu 1 April 2021 is before Easter; a letter of that day may propose Tue 13.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind
from koba_desktop.domain.entities.clients import Client, ClientAddress, ClientPhone
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter, Template, TemplateVersion
from koba_desktop.domain.entities.office import Office, OpeningHours
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.entities.staff import Staff, StaffRole, WorkingPattern
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    CallReason,
    Channel,
    LetterKind,
    Outcome,
    PhoneKind,
    Role,
    Salutation,
    Windows,
)
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import (
    BookAppointment,
    Command,
    CreateCallTask,
    ProposeByLetter,
    RecordAttempt,
    Undo,
)
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.services.view import View
from koba_desktop.storage.files import create_store
from tests.contract.programs import AnyStore
from tests.support import KEY, FixedClock

LONG_AGO = date(2020, 1, 1)


def at(day: int, hour: int, minute: int = 0, month: int = 4) -> datetime:
    """An instant of the office's wall clock in 2021, April unless told otherwise."""
    return instant(date(2021, month, day), time(hour, minute))


class SmallOffice:
    def __init__(self, place: Path | AnyStore) -> None:
        self.clock = FixedClock(at(1, 9, 12))
        self.store = create_store(place / "office.koba", KEY) if isinstance(place, Path) else place
        self.services = Services(self.store, self.clock, HolidayCalendar(), host="PC-1")
        self.office = Office(
            id=new_id(),
            name="Regionalstelle Halberstadt",
            short_name="Halberstadt",
            street="Spiegelstraße 21",
            postcode="38820",
            town="Halberstadt",
            return_line="Postfach 15 42 · 38805 Halberstadt",
            phone="03943 58-3000",
            email="halberstadt@koba.example",
            district_key="15085",
        )
        self.berger = self._member("berger", "Berger", Salutation.FRAU, "Bg")
        self.lindner = self._member("lindner", "Lindner", Salutation.FRAU, "Li")
        self.lead = self._member("seidel", "Seidel", Salutation.HERR, "Se")
        self.administrator = self._member("wolter", "Wolter", Salutation.FRAU, "Wo")
        self.reception = self._member("fink", "Fink", Salutation.FRAU, "Fi")
        self.kind = AppointmentKind(
            id=new_id(),
            name="Folgegespräch",
            minutes=30,
            channels=(Channel.TELEPHONE, Channel.IN_PERSON),
            about={"de": "Um Ihre Situation und die nächsten Schritte."},
            papers={"de": ["Ihren aktuellen Lebenslauf"]},
        )
        self.kuhn = self.client("Kuhn", "Marlies", "118274", Salutation.FRAU)
        self.hartwig = self.client("Hartwig", "Jörg", "131906", Salutation.HERR)
        self.kuhn_address = self.address(self.kuhn)
        self.kuhn_phone = ClientPhone(
            id=new_id(), client_id=self.kuhn.id, typed="0176 04069118", kind=PhoneKind.MOBILE
        )
        self.room = Room(
            id=new_id(),
            office_id=self.office.id,
            name="R 1.04",
            area=21,
            height=2.8,
            windows=Windows.FULL,
        )
        self.place = Place(id=new_id(), room_id=self.room.id)
        self.actor = Actor(self.berger.id, self.office.id)
        self.put(
            self.office,
            self.berger,
            self.lindner,
            self.lead,
            self.administrator,
            self.reception,
            *self._duty(self.berger),
            *self._duty(self.lindner),
            self.role(self.lead, Role.LEAD),
            self.role(self.administrator, Role.ADMINISTRATOR),
            self.role(self.reception, Role.RECEPTION),
            *self._hours(),
            self.kind,
            self.kuhn,
            self.hartwig,
            self.kuhn_address,
            self.address(self.hartwig),
            self.kuhn_phone,
            self.room,
            self.place,
            *self._wordings(),
        )

    def close(self) -> None:
        self.store.close()

    # --- what there is ------------------------------------------------------------------------

    def _member(self, login: str, name: str, salutation: Salutation, initials: str) -> Staff:
        return Staff(
            id=new_id(),
            login=login,
            family_name=name,
            salutation=salutation,
            initials=initials,
            phone="03943 58-3412",
            office_id=self.office.id,
        )

    def _duty(self, member: Staff) -> Iterator[Record]:
        yield self.role(member, Role.ADVISOR)
        for weekday in range(1, 6):
            yield WorkingPattern(
                id=new_id(),
                staff_id=member.id,
                weekday=weekday,
                starts=time(8),
                ends=time(16),
                valid_from=LONG_AGO,
            )

    def role(self, member: Staff, role: Role) -> StaffRole:
        return StaffRole(
            id=new_id(),
            staff_id=member.id,
            office_id=self.office.id,
            role=role,
            valid_from=LONG_AGO,
        )

    def _hours(self) -> Iterator[Record]:
        for channel in (Channel.TELEPHONE, Channel.IN_PERSON):
            for weekday in range(1, 6):
                yield OpeningHours(
                    id=new_id(),
                    office_id=self.office.id,
                    channel=channel,
                    weekday=weekday,
                    opens=time(8),
                    closes=time(16) if weekday < 5 else time(12),
                    valid_from=LONG_AGO,
                )

    def _wordings(self) -> Iterator[Record]:
        for kind in (
            LetterKind.TELEPHONE_PROPOSAL,
            LetterKind.CHANGED_TELEPHONE,
            LetterKind.CANCELLATION,
            LetterKind.CONFIRMATION,
            LetterKind.CONVERSION,
            LetterKind.PERSONAL,
        ):
            template = Template(id=new_id(), kind=kind)
            yield template
            yield TemplateVersion(
                id=new_id(),
                template_id=template.id,
                number=1,
                blocks={"subject": kind.value},
                valid_from=LONG_AGO,
            )

    def client(self, family: str, given: str, number: str | None, salutation: Salutation) -> Client:
        return Client(
            id=new_id(),
            family_name=family,
            given_name=given,
            number=number,
            salutation=salutation,
            office_id=self.office.id,
            advisor_id=self.berger.id,
        )

    def address(self, client: Client) -> ClientAddress:
        return ClientAddress(
            id=new_id(),
            client_id=client.id,
            street="Lindenweg 7",
            postcode="38820",
            town="Halberstadt",
        )

    # --- doing and reading --------------------------------------------------------------------

    def put(self, *records: Record) -> None:
        """Write rows past the services: what was there before."""
        with self.store.writing(by=self.berger.id, now=self.clock.now()) as unit:
            unit.add_all(records)

    def do(self, command: Command, by: Staff | None = None) -> Receipt:
        actor = Actor(by.id, self.office.id) if by is not None else self.actor
        return self.services.execute(command, actor)

    def undo(self, receipt: Receipt) -> Receipt:
        assert receipt.undo is not None
        return self.do(Undo(plan=receipt.undo))

    @contextmanager
    def view(self, viewer: Staff | None = None) -> Iterator[View]:
        with self.services.view((viewer or self.berger).id) as view:
            yield view

    def one(self, kind: type[Any], **where: Any) -> Any:
        found = self.all(kind, **where)
        assert len(found) == 1, found
        return found[0]

    def all(self, kind: type[Any], **where: Any) -> list[Any]:
        with self.store.reading() as reader:
            return list(reader.find(kind, order_by="id", **where))

    # --- the usual steps ----------------------------------------------------------------------

    def task(self, client: Client | None = None, **values: Any) -> UUID:
        command = CreateCallTask(
            client_id=(client or self.kuhn).id,
            advisor_id=self.berger.id,
            reason=CallReason.PLANNED,
            due=self.clock.now(),
            kind_id=self.kind.id,
        )
        task_id = self.do(replace(command, **values)).result["task_id"]
        assert isinstance(task_id, UUID)
        return task_id

    def attempt(self, task_id: UUID, outcome: Outcome = Outcome.NO_ANSWER) -> Receipt:
        task = self.one(CallTask, id=task_id)
        return self.do(
            RecordAttempt(
                client_id=task.client_id,
                task_id=task_id,
                outcome=outcome,
                phone=self.kuhn_phone.typed,
                phone_id=self.kuhn_phone.id,
            )
        )

    def exhausted_task(self) -> UUID:
        """Not reached on two days, the second time now (Thu 1 April)."""
        task_id = self.task()
        now = self.clock.now()
        self.clock.advance(days=-2)
        self.attempt(task_id)
        self.clock.set(now)
        self.attempt(task_id)
        return task_id

    def proposal(self, task_id: UUID, starts: datetime | None = None) -> ProposeByLetter:
        return ProposeByLetter(
            client_id=self.kuhn.id,
            advisor_id=self.berger.id,
            kind_id=self.kind.id,
            starts=starts or at(13, 10, 15),
            minutes=30,
            phone=self.kuhn_phone.typed,
            task_id=task_id,
        )

    def proposed(self) -> tuple[Receipt, Appointment, Letter]:
        """The letter is in the outbox."""
        receipt = self.do(self.proposal(self.exhausted_task()))
        return (
            receipt,
            self.one(Appointment, id=receipt.result["appointment_id"]),
            self.one(Letter, id=receipt.result["letter_id"]),
        )

    def booking(self, starts: datetime, minutes: int = 30, **values: Any) -> BookAppointment:
        command = BookAppointment(
            office_id=self.office.id,
            advisor_id=self.berger.id,
            kind_id=self.kind.id,
            channel=Channel.TELEPHONE,
            starts=starts,
            ends=starts + timedelta(minutes=minutes),
            client_id=self.kuhn.id,
            phone=self.kuhn_phone.typed,
        )
        return replace(command, **values)

    def booked(self, starts: datetime, **values: Any) -> Appointment:
        receipt = self.do(self.booking(starts, **values))
        found = self.one(Appointment, id=receipt.result["appointment_id"])
        assert isinstance(found, Appointment)
        return found
