"""The small office with a door: several rooms, a place outside, people who may not open it.

Thursday, 1 April 2021, 09:12. R 1.04 is aired for 16 minutes, R 1.05 (wheelchair access) for 5,
R 2.01 never enough; R 1.05 is cleaned by somebody who signs for it.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from koba_desktop.domain.entities.appointments import Appointment, AppointmentChange
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room, RoomBooking, Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import (
    ChangeKind,
    Channel,
    Role,
    RoomBookingState,
    RoomKind,
    Salutation,
    Urgency,
    UrgencyCategory,
    Windows,
)
from koba_desktop.services.commands.door import EnterRoom, MarkAired, MarkCleaned, VacateRoom
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id
from koba_desktop.services.rooms.board import RoomLine, room_board
from koba_desktop.storage.check import check
from tests.unit.service_office import LONG_AGO, SmallOffice


class DoorOffice(SmallOffice):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.large, self.large_place = self._room(
            "R 1.05", area=31, seats=3, windows=Windows.CROSS, wheelchair=True, position=1
        )
        self.stale, self.stale_place = self._room("R 2.01", windows=Windows.TILT, position=2)
        self.yard = Room(
            id=new_id(),
            office_id=self.office.id,
            name="Hof 1",
            kind=RoomKind.OUTDOOR,
            seats=4,
            position=3,
        )
        self.yard_places = [Place(id=new_id(), room_id=self.yard.id, number=n) for n in (1, 2)]
        self.elsewhere = replace(
            self.office, id=new_id(), name="Regionalstelle Quedlinburg", short_name="Quedlinburg"
        )
        self.far = replace(self.room, id=new_id(), office_id=self.elsewhere.id, name="Q 1")
        self.far_place = Place(id=new_id(), room_id=self.far.id)
        self.protection = self._member("datenschutz", "Ott", Salutation.NONE, "Ot")
        self.noack = self.client("Noack", "Ilse", "140222", Salutation.FRAU)
        self.put(
            self.elsewhere,
            self.far,
            self.far_place,
            self.large,
            self.large_place,
            self.stale,
            self.stale_place,
            self.yard,
            *self.yard_places,
            HygieneProfile(
                id=new_id(),
                office_id=self.office.id,
                room_id=self.large.id,
                cleaning_minutes=5,
                reason="Hygienekonzept",
                valid_from=LONG_AGO,
            ),
            self.protection,
            self.role(self.protection, Role.DATA_PROTECTION),
            self.noack,
        )

    def _room(self, name: str, **values: Any) -> tuple[Room, Place]:
        room = replace(self.room, id=new_id(), name=name, **values)
        return room, Place(id=new_id(), room_id=room.id)

    # --- who comes ----------------------------------------------------------------------------

    def visit(
        self,
        starts: datetime,
        *,
        place: Place | None = None,
        client: Client | None = None,
        by: Staff | None = None,
        urgent: bool = False,
        minutes: int = 30,
        **values: Any,
    ) -> Appointment:
        """A personal appointment with its room; ``place`` None: R 1.04."""
        if urgent:
            values |= {
                "urgency": Urgency.EMERGENCY,
                "urgency_category": UrgencyCategory.NO_MONEY,
            }
        usual = {
            "minutes": minutes,
            "channel": Channel.IN_PERSON,
            "advisor_id": (by or self.berger).id,
            "client_id": (client or self.kuhn).id,
            "place_id": (place or self.place).id,
        }
        return self.booked(starts, **(usual | values))

    def appointment(self, appointment: Appointment) -> Appointment:
        """As it stands now."""
        found = self.one(Appointment, id=appointment.id)
        assert isinstance(found, Appointment)
        return found

    def uses(self, appointment: Appointment) -> list[RoomBooking]:
        """Every booking an appointment has or had, the oldest first."""
        return self.all(RoomBooking, appointment_id=appointment.id)

    def use(self, appointment: Appointment) -> RoomBooking:
        """The latest booking of an appointment, as it stands now."""
        return self.uses(appointment)[-1]

    def visit_of(self, appointment: Appointment) -> Visit:
        found = self.one(Visit, appointment_id=appointment.id, withdrawn_at=None)
        assert isinstance(found, Visit)
        return found

    def rooms_before_and_after(self, appointment: Appointment) -> list[tuple[str, str]]:
        """The names of both rooms ("": none) of each entry about a room in the history."""
        names = {str(room.id): room.name for room in self.all(Room)}
        return [
            (
                names.get(change.before.get("room_id") or "", ""),
                names.get(change.after.get("room_id") or "", ""),
            )
            for change in self.all(AppointmentChange, appointment_id=appointment.id)
            if change.kind is ChangeKind.ROOM
        ]

    # --- the steps ----------------------------------------------------------------------------

    def enter(self, appointment: Appointment) -> Receipt:
        use = self.use(appointment)
        return self.do(EnterRoom(booking_id=use.id, version=use.version), by=self.reception)

    def vacate(self, appointment: Appointment, **values: Any) -> Receipt:
        use = self.use(appointment)
        command = VacateRoom(booking_id=use.id, version=use.version, **values)
        return self.do(command, by=self.reception)

    def aired(self, appointment: Appointment) -> Receipt:
        use = self.use(appointment)
        return self.do(MarkAired(booking_id=use.id, version=use.version), by=self.reception)

    def cleaned(self, appointment: Appointment, initials: str = "Fi") -> Receipt:
        use = self.use(appointment)
        command = MarkCleaned(booking_id=use.id, version=use.version, initials=initials)
        return self.do(command, by=self.reception)

    def state(self, appointment: Appointment) -> RoomBookingState:
        return self.use(appointment).state

    # --- what stands --------------------------------------------------------------------------

    def line(self, name: str) -> RoomLine:
        """A room as the board shows it now."""
        with self.view(self.reception) as view:
            lines = room_board(view, self.office.id, view.today)
        return next(line for line in lines if line.room.name == name)

    def in_order(self) -> bool:
        """Whether the database finds nothing wrong: no overlap, nothing broken."""
        assert check(self.store) == []
        return True
