"""A small office whose rooms are used: three rooms and a yard, on Thursday 1 April 2021, 09:12."""

from dataclasses import replace
from datetime import time
from typing import Any

from PySide6.QtWidgets import QWidget

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.office import OpeningHours
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room, RoomBooking
from koba_desktop.domain.vocabulary import (
    Channel,
    RoomKind,
    Salutation,
    Urgency,
    UrgencyCategory,
    Windows,
)
from koba_desktop.gui.desk import Desk
from koba_desktop.services.commands.door import EnterRoom, MarkCleaned, VacateRoom
from koba_desktop.services.ids import new_id
from koba_desktop.services.rooms.board import RoomDay, RoomLine, present, room_days
from koba_desktop.services.rows import RoomBookingRow
from tests.unit.service_office import LONG_AGO, SmallOffice, at


class RoomHouse:
    """``office`` with R 1.04, R 1.05 (wheelchair, three persons), R 2.01 (tilted windows only) and
    the yard with two places; after each use five minutes of cleaning."""

    def __init__(self, office: SmallOffice, desk: Desk) -> None:
        self.office = office
        self.desk = desk
        self.said: list[tuple[str, bool]] = []
        desk.message.connect(lambda text, undoable: self.said.append((text, undoable)))
        self.second = self.make_room("R 1.05", 1, seats=3, wheelchair=True, screen_height=1.6)
        self.tilted = self.make_room("R 2.01", 2, windows=Windows.TILT)
        self.yard = self.make_room("Hof 1", 3, kind=RoomKind.OUTDOOR, area=None, seats=4, places=2)
        office.put(
            HygieneProfile(
                id=new_id(),
                office_id=office.office.id,
                cleaning_minutes=5,
                valid_from=LONG_AGO,
            )
        )
        self.outdoors = replace(office.kind, id=new_id(), channels=(Channel.OUTDOORS,))
        office.put(
            self.outdoors,
            *(
                OpeningHours(
                    id=new_id(),
                    office_id=office.office.id,
                    channel=Channel.OUTDOORS,
                    weekday=weekday,
                    opens=time(8),
                    closes=time(16),
                    valid_from=LONG_AGO,
                )
                for weekday in range(1, 6)
            ),
        )

    def make_room(self, name: str, position: int, *, places: int = 1, **values: Any) -> Room:
        room = Room(
            id=new_id(),
            office_id=self.office.office.id,
            name=name,
            position=position,
            **{"area": 30.0, "height": 2.8, "windows": Windows.FULL, **values},
        )
        numbers = range(1, places + 1)
        self.office.put(room, *(Place(id=new_id(), room_id=room.id, number=n) for n in numbers))
        return room

    def person(self, family: str) -> Client:
        client = self.office.client(family, "Kim", None, Salutation.NONE)
        self.office.put(client, self.office.address(client))
        return client

    def visit(
        self, family: str, hour: int, minute: int = 0, *, room: str = "R 1.04", **values: Any
    ) -> Appointment:
        """A personal appointment of today in a room, 30 minutes unless told otherwise."""
        outside = room == self.yard.name
        place = self.office.all(Place, room_id=self.room(room).id)[values.pop("place", 0)]
        return self.office.booked(
            at(1, hour, minute),
            channel=Channel.OUTDOORS if outside else Channel.IN_PERSON,
            kind_id=(self.outdoors if outside else self.office.kind).id,
            client_id=self.person(family).id,
            advisor_id=values.pop("advisor", self.office.berger).id,
            place_id=place.id,
            **values,
        )

    def urgent(self, family: str, hour: int, minute: int = 0, **values: Any) -> Appointment:
        return self.visit(
            family,
            hour,
            minute,
            urgency=Urgency.URGENT,
            urgency_category=UrgencyCategory.HOUSING,
            **values,
        )

    def enter(self, appointment: Appointment) -> None:
        booking = self.booking(appointment)
        self.office.do(EnterRoom(booking_id=booking.id, version=booking.version))

    def vacate(self, appointment: Appointment) -> None:
        booking = self.booking(appointment)
        self.office.do(VacateRoom(booking_id=booking.id, version=booking.version))

    def clean(self, appointment: Appointment) -> None:
        booking = self.booking(appointment)
        self.office.do(MarkCleaned(booking_id=booking.id, version=booking.version, initials="Fi"))

    def room(self, name: str) -> Room:
        found = self.office.one(Room, name=name)
        assert isinstance(found, Room)
        return found

    def booking(self, appointment: Appointment) -> RoomBooking:
        """The latest booking of an appointment."""
        found = self.office.all(RoomBooking, appointment_id=appointment.id)[-1]
        assert isinstance(found, RoomBooking)
        return found

    def days(self) -> tuple[RoomDay, ...]:
        with self.office.view() as view:
            return room_days(view, self.office.office.id, view.today)

    def line(self, name: str) -> RoomLine:
        now = self.office.clock.now()
        return next(present(day, now) for day in self.days() if day.room.name == name)

    def row(self, appointment: Appointment) -> RoomBookingRow:
        """The latest booking of an appointment, as the screen gets it."""
        rows = [row for day in self.days() for row in day.bookings]
        found = [row for row in rows if row.appointment_id == appointment.id]
        return max(found, key=lambda row: row.starts)

    def owner(self, bot: Any) -> QWidget:
        """A panel whose deeds these are, as long as the test."""
        panel = QWidget()
        bot.addWidget(panel)
        return panel

    def at(self, hour: int, minute: int = 0) -> None:
        """The clock goes on."""
        self.office.clock.set(at(1, hour, minute))
