"""The smallest office in which people can be double booked."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import AppointmentState, Channel
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Store

NOW = datetime(2021, 4, 13, 7, 42, tzinfo=UTC)
NINE = datetime(2021, 4, 14, 7, tzinfo=UTC)
HALF_HOUR = timedelta(minutes=30)
QUARTER = timedelta(minutes=15)


def codes() -> Any:
    """Eight characters that no two appointments share."""
    return new_id().hex[-8:].upper()


@dataclass
class House:
    """One office with two advisors, two clients and two places."""

    office: Office = field(
        default_factory=lambda: Office(
            id=new_id(),
            name="Regionalstelle Halberstadt",
            short_name="Halberstadt",
            street="Am Kalkofenring 12",
            postcode="38820",
            town="Halberstadt",
            return_line="Postfach 15 42 · 38805 Halberstadt",
        )
    )

    def __post_init__(self) -> None:
        office_id = self.office.id
        self.advisors = [
            Staff(id=new_id(), login=login, family_name=name, initials=name[:2].upper())
            for login, name in (("d.berger", "Berger"), ("j.hofmann", "Hofmann"))
        ]
        self.kind = AppointmentKind(
            id=new_id(),
            name="Folgegespräch",
            minutes=30,
            channels=tuple(Channel),
            about={},
            papers={},
        )
        self.clients = [
            Client(id=new_id(), family_name=family, given_name=given, office_id=office_id)
            for family, given in (("Kuhn", "Marlies"), ("Rau", "Dirk"))
        ]
        self.room = Room(id=new_id(), office_id=office_id, name="R 1.04")
        self.places = [Place(id=new_id(), room_id=self.room.id, number=number) for number in (1, 2)]

    def move_in(self, store: Store) -> None:
        with store.writing(by=None, now=NOW) as uow:
            uow.add_all(
                [
                    self.office,
                    *self.advisors,
                    self.kind,
                    *self.clients,
                    self.room,
                    *self.places,
                ]
            )

    def appointment(
        self,
        starts: datetime = NINE,
        *,
        length: timedelta = HALF_HOUR,
        advisor: int = 0,
        **values: Any,
    ) -> Appointment:
        return Appointment(
            **{
                "id": new_id(),
                "reference": codes(),
                "office_id": self.office.id,
                "advisor_id": self.advisors[advisor].id,
                "kind_id": self.kind.id,
                "channel": Channel.TELEPHONE,
                "starts": starts,
                "ends": starts + length,
                "state": AppointmentState.CONFIRMED,
                **values,
            }
        )

    def participant(self, appointment: Appointment, client: int = 0) -> Participant:
        return Participant(
            id=new_id(),
            appointment_id=appointment.id,
            client_id=self.clients[client].id,
            starts=appointment.starts,
            ends=appointment.ends,
            active=appointment.active,
        )

    def booking(
        self,
        starts: datetime = NINE,
        *,
        place: int = 0,
        pause: timedelta = QUARTER,
        appointment_id: UUID | None = None,
        **values: Any,
    ) -> RoomBooking:
        return RoomBooking(
            **{
                "id": new_id(),
                "place_id": self.places[place].id,
                "office_id": self.office.id,
                "appointment_id": appointment_id,
                "starts": starts,
                "ends": starts + HALF_HOUR,
                "blocked_until": starts + HALF_HOUR + pause,
                **values,
            }
        )
