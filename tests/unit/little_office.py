"""The office the tests of the services look at: Halberstadt in April 2021, as the pictures do."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.appointments import is_active
from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind, Participant
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.contacts import CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.office import Office, OpeningHours, Setting
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.entities.staff import Staff, StaffRole, WorkingPattern
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    Direction,
    LetterKind,
    LetterState,
    Mode,
    ModeSource,
    Outcome,
    Role,
    RoomBookingState,
    RoomKind,
    Salutation,
    Windows,
)
from koba_desktop.services.view import View
from tests.unit.fakes import FakeHolidays, FakeReader, new_id

THURSDAY = date(2021, 4, 1)  # Maundy Thursday
HOLIDAYS = {date(2021, 4, 2): "Karfreitag", date(2021, 4, 5): "Ostermontag"}
LONG_AGO = date(2020, 1, 1)


def at(day: date, clock: str) -> datetime:
    return instant(day, time.fromisoformat(clock))


MADE = at(THURSDAY, "11:18")
"""The instant of the second attempt in vain, when the letter is offered."""


class LittleOffice:
    """One office, two advisors, one kind of talk, one client; what else is needed is added."""

    def __init__(self, now: datetime = MADE) -> None:
        self.now = now
        self.reader = FakeReader()
        self.office = self.reader.add(
            Office(
                id=new_id(),
                name="Regionalstelle Halberstadt",
                short_name="Halberstadt",
                street="Spiegelstraße 21",
                postcode="38820",
                town="Halberstadt",
                return_line="Postfach 15 42 · 38805 Halberstadt",
            )
        )
        self.kind = self.reader.add(
            AppointmentKind(
                id=new_id(),
                name="Folgegespräch",
                minutes=30,
                channels=(Channel.TELEPHONE, Channel.IN_PERSON),
                about={},
                papers={},
            )
        )
        self.berger = self.advisor("Berger")
        self.hofmann = self.advisor("Hofmann")
        self.kuhn = self.client("Kuhn", "Marlies")
        for weekday in range(1, 6):
            for channel in (Channel.TELEPHONE, Channel.IN_PERSON):
                for opens, closes in ((8, 12), (13, 16)):
                    self.reader.add(
                        OpeningHours(
                            id=new_id(),
                            office_id=self.office.id,
                            channel=channel,
                            weekday=weekday,
                            opens=time(opens),
                            closes=time(closes),
                            valid_from=LONG_AGO,
                        )
                    )

    def view(self, viewer: Staff | None = None, now: datetime | None = None) -> View:
        member = viewer or self.berger
        return View(self.reader, now or self.now, FakeHolidays(HOLIDAYS), member.id)  # type: ignore[arg-type]

    def advisor(self, name: str) -> Staff:
        member = self.reader.add(
            Staff(id=new_id(), login=name.lower(), family_name=name, initials=name[:2])
        )
        self.reader.add(
            StaffRole(
                id=new_id(),
                staff_id=member.id,
                office_id=self.office.id,
                role=Role.ADVISOR,
                valid_from=LONG_AGO,
            )
        )
        for weekday in range(1, 6):
            self.reader.add(
                WorkingPattern(
                    id=new_id(),
                    staff_id=member.id,
                    weekday=weekday,
                    starts=time(8),
                    ends=time(16),
                    valid_from=LONG_AGO,
                )
            )
        return member

    def client(self, family_name: str, given_name: str = "") -> Client:
        client = self.reader.add(
            Client(
                id=new_id(),
                family_name=family_name,
                given_name=given_name,
                salutation=Salutation.FRAU,
                office_id=self.office.id,
                advisor_id=self.berger.id,
            )
        )
        self.reader.add(
            ClientPhone(id=new_id(), client_id=client.id, typed="0176 04069118", position=0)
        )
        return client

    def mode(self, mode: Mode, valid_from: date = LONG_AGO) -> OperatingMode:
        return self.reader.add(
            OperatingMode(
                id=new_id(),
                office_id=self.office.id,
                mode=mode,
                valid_from=at(valid_from, "00:00"),
                source=ModeSource.LEAD_DECISION,
                reason="",
            )
        )

    def setting(self, key: str, value: Any) -> Setting:
        return self.reader.add(
            Setting(
                id=new_id(), key=key, value=value, valid_from=LONG_AGO, office_id=self.office.id
            )
        )

    def appointment(
        self,
        day: date,
        starts: str,
        ends: str,
        *,
        client: Client | None = None,
        advisor: Staff | None = None,
        channel: Channel = Channel.TELEPHONE,
        state: AppointmentState = AppointmentState.CONFIRMED,
        letter: LetterState | None = None,
    ) -> Appointment:
        active = is_active(state)
        made = self.reader.add(
            Appointment(
                id=new_id(),
                reference="",
                office_id=self.office.id,
                advisor_id=(advisor or self.berger).id,
                kind_id=self.kind.id,
                channel=channel,
                starts=at(day, starts),
                ends=at(day, ends),
                state=state,
                active=active,
            )
        )
        self.reader.add(
            Participant(
                id=new_id(),
                appointment_id=made.id,
                client_id=(client or self.kuhn).id,
                starts=made.starts,
                ends=made.ends,
                active=active,
            )
        )
        if letter is not None:
            self.reader.add(
                Letter(
                    id=new_id(),
                    client_id=(client or self.kuhn).id,
                    office_id=self.office.id,
                    advisor_id=made.advisor_id,
                    kind=LetterKind.TELEPHONE_PROPOSAL,
                    state=letter,
                    template_version_id=UUID(int=0),
                    data={},
                    appointment_id=made.id,
                    assumed_posting=day - timedelta(days=14),
                )
            )
        return made

    def task(
        self,
        client: Client,
        due: datetime,
        reason: CallReason = CallReason.PLANNED,
        closed_at: datetime | None = None,
    ) -> CallTask:
        return self.reader.add(
            CallTask(
                id=new_id(),
                client_id=client.id,
                advisor_id=self.berger.id,
                office_id=self.office.id,
                reason=reason,
                due=due,
                closed_at=closed_at,
            )
        )

    def attempt(
        self, when: datetime, outcome: Outcome, task: CallTask | None = None
    ) -> ContactAttempt:
        return self.reader.add(
            ContactAttempt(
                id=new_id(),
                call_task_id=task.id if task else None,
                client_id=task.client_id if task else self.kuhn.id,
                staff_id=self.berger.id,
                office_id=self.office.id,
                at=when,
                direction=Direction.OUT,
                outcome=outcome,
            )
        )

    def room(
        self, name: str, places: int = 1, kind: RoomKind = RoomKind.CONSULTATION
    ) -> tuple[Room, list[Place]]:
        room = self.reader.add(
            Room(
                id=new_id(),
                office_id=self.office.id,
                name=name,
                kind=kind,
                area=20,
                height=2.5,
                windows=Windows.FULL,
                position=len(self.reader.find(Room)),
            )
        )
        return room, [
            self.reader.add(Place(id=new_id(), room_id=room.id, number=n + 1))
            for n in range(places)
        ]

    def booking(
        self,
        place: Place,
        starts: datetime,
        minutes: int,
        state: RoomBookingState = RoomBookingState.RESERVED,
        appointment: Appointment | None = None,
    ) -> RoomBooking:
        ends = starts + timedelta(minutes=minutes)
        return self.reader.add(
            RoomBooking(
                id=new_id(),
                place_id=place.id,
                office_id=self.office.id,
                appointment_id=appointment.id if appointment else None,
                starts=starts,
                ends=ends,
                blocked_until=ends + timedelta(minutes=15),
                state=state,
            )
        )

    def change(self, record: Any, **fields: Any) -> Any:
        """Put a changed record in the place of the former one."""
        changed = replace(record, **fields)
        self.reader.records[self.reader.records.index(record)] = changed
        return changed
