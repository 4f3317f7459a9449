"""A morning at the door: who comes when, how long each stays, and what goes wrong.

Tuesday 13 April 2021, eight rooms, three places outside, ten advisors, opening by appointment.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    Channel,
    Mode,
    ModeSource,
    Role,
    RoomKind,
    Salutation,
    Windows,
)
from koba_desktop.services.ids import new_id
from tests.contract.programs import AnyStore
from tests.unit.service_office import LONG_AGO, SmallOffice

DAY = date(2021, 4, 13)
VISITORS = 60
ROOMS = 8
MORE_ROOMS = ("R 1.01", "R 1.02", "R 1.03", "R 1.05", "R 1.06", "R 1.07", "R 1.08")
TALK = timedelta(minutes=20)
ROW = timedelta(minutes=44)
"""Every row fills all rooms: 20 minutes, 16 of airing, and a little air."""

OVERRUNS = {5: 25, 21: 18, 38: 30}
"""Visitor and minutes beyond the plan."""

FAILURES = {"09:20": "R 1.03", "10:50": "R 1.06"}
EMERGENCIES = ("08:21", "09:35", "10:15", "11:02", "12:10")


def at(clock: str) -> datetime:
    return instant(DAY, time.fromisoformat(clock))


@dataclass(frozen=True, slots=True)
class Guest:
    """One visitor with an appointment: when he or she arrives, and how long the talk lasts."""

    client: Client
    number: int
    starts: datetime

    @property
    def arrives(self) -> datetime:
        return self.starts - timedelta(minutes=3 + self.number * 7 % 9)

    @property
    def talks(self) -> timedelta:
        return TALK + timedelta(minutes=OVERRUNS.get(self.number, -(self.number % 4)))


class MorningOffice(SmallOffice):
    """Halberstadt with all its rooms and everybody who comes that morning."""

    def __init__(self, place: Path | AnyStore) -> None:
        super().__init__(place)
        self.clock.set(at("07:30"))
        self.advisors = [self.berger, self.lindner]
        people: list[Record] = []
        for number in range(8):
            advisor = Staff(
                id=new_id(),
                login=f"berater{number:02}",
                family_name=f"Berater{number}",
                salutation=Salutation.FRAU,
                initials=f"B{number}",
                office_id=self.office.id,
            )
            self.advisors.append(advisor)
            people += [advisor, *self._duty(advisor)]
        front = StaffRole(
            id=new_id(),
            staff_id=self.reception.id,
            office_id=self.office.id,
            role=Role.RECEPTION,
            valid_from=LONG_AGO,
        )
        self.put(*people, front, *self._rooms(), *self._rules())
        self.guests = self._guests()
        for guest in self.guests:
            row, place = divmod(guest.number, ROOMS)
            self.do(
                self.booking(
                    guest.starts,
                    minutes=20,
                    channel=Channel.IN_PERSON,
                    client_id=guest.client.id,
                    advisor_id=self.advisors[(place + row) % len(self.advisors)].id,
                    place_id=self.places[place].id,
                    phone="",
                )
            )

    def _rooms(self) -> list[Record]:
        self.places = [self.place]
        records: list[Record] = []
        for number, name in enumerate(MORE_ROOMS, 1):
            room = Room(
                id=new_id(),
                office_id=self.office.id,
                name=name,
                area=22,
                height=2.8,
                windows=Windows.FULL,
                wheelchair=number == 1,
                position=number,
            )
            place = Place(id=new_id(), room_id=room.id)
            self.places.append(place)
            records += [room, place]
        for name, count in (("Hof", 2), ("Vordach", 1)):
            outside = Room(
                id=new_id(),
                office_id=self.office.id,
                name=name,
                kind=RoomKind.OUTDOOR,
                seats=2 * count,
                wheelchair=True,
                position=20,
            )
            records.append(outside)
            records += [Place(id=new_id(), room_id=outside.id, number=n + 1) for n in range(count)]
        return records

    def _rules(self) -> list[Record]:
        return [
            HygieneProfile(
                id=new_id(),
                office_id=self.office.id,
                cleaning_minutes=5,
                reason="Hygienekonzept",
                valid_from=LONG_AGO,
            ),
            OperatingMode(
                id=new_id(),
                office_id=self.office.id,
                mode=Mode.BY_APPOINTMENT,
                valid_from=instant(date(2021, 4, 12), time()),
                source=ModeSource.LEAD_DECISION,
                reason="Probe",
            ),
        ]

    def _guests(self) -> list[Guest]:
        guests = []
        clients: list[Record] = []
        for number in range(VISITORS):
            client = replace(self.client(f"Gast{number:02}", "", None, Salutation.HERR))
            clients.append(client)
            row = number // ROOMS
            guests.append(Guest(client, number, at("08:00") + row * ROW))
        self.put(*clients)
        return guests
