"""The emergency desk of a small office, and what is done at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.places import Step
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    Channel,
    Need,
    RoomKind,
    RoomUse,
    Salutation,
    Urgency,
    Windows,
)
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.emergency.panel import EmergencyDesk
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import office_book
from tests.gui.small_desk import Hands, small_desk
from tests.unit.service_office import SmallOffice, at

KEYS = Qt.Key
FAMILIES = ("Adler", "Becker", "Conrad", "Dietz", "Engel", "Fuchs")


@dataclass
class AtTheDesk(Hands):
    """Somebody at the emergency desk of a small office."""

    panel: EmergencyDesk
    rooms: dict[str, Place] = field(default_factory=dict)

    def open(self) -> None:
        self.panel.show()
        self.panel.begin()
        self.bot.waitExposed(self.panel.window())
        self.settle()

    def settle(self) -> None:
        person = self.panel.form.person
        self.bot.waitUntil(lambda: self.desk.tasks.idle and not person.searching)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        focused = self.panel.focusWidget()
        assert focused is not None
        self.bot.keyClicks(focused, text)
        self.settle()

    def press(self, *keys: Qt.Key) -> None:
        self.press_in(self.panel, *keys)

    def steps(self) -> list[Step]:
        return [rung.step for rung in self.panel.ladder.rungs]

    def offered(self) -> list[str]:
        """Room names in their order; "telephone" for the call."""
        return [
            rung.offer.room.name if rung.offer is not None else "telephone"
            for rung in self.panel.ladder.rungs
        ]

    def chosen(self) -> str:
        rung = self.panel.ladder.rung()
        assert rung is not None
        return rung.offer.room.name if rung.offer is not None else "telephone"

    def assign(self, letters: str, digit: str = "1") -> None:
        """F2, three letters, a digit, Enter."""
        self.open()
        self.type(letters)
        self.type(digit)
        self.press(KEYS.Key_Return)

    def name_advisor(self, member: Staff) -> None:
        """Choose an advisor in the list."""
        advisors = [
            duty.advisor_id
            for duty in self.panel.inquiry.facts.answer.advisors  # type: ignore
        ]
        self.panel.form.advisor.activated.emit(advisors.index(member.id))
        self.settle()

    def is_done(self) -> bool:
        return self.panel.pages.currentWidget() is self.panel.done

    def urgent(self) -> list[Appointment]:
        every = self.office.all(Appointment)
        return [a for a in every if a.urgency is not Urgency.NONE and a.withdrawn_at is None]

    def room_of(self, appointment: Appointment) -> str:
        [booking] = self.office.all(RoomBooking, appointment_id=appointment.id, active=True)
        return next(name for name, place in self.rooms.items() if place.id == booking.place_id)

    def drafts(self) -> list[Draft]:
        return self.office.all(Draft)


def add_room(office: SmallOffice, name: str, **values: Any) -> Place:
    usual = {"area": 21, "height": 2.8, "windows": Windows.FULL, "position": 9}
    room = Room(id=new_id(), office_id=office.office.id, name=name, **(usual | values))
    place = Place(id=new_id(), room_id=room.id)
    office.put(room, place)
    return place


def close(office: SmallOffice, place: Place, starts: datetime, ends: datetime) -> None:
    """Out of service, without a pause."""
    office.put(
        RoomBooking(
            id=new_id(),
            place_id=place.id,
            office_id=office.office.id,
            use=RoomUse.MAINTENANCE,
            starts=starts,
            ends=ends,
            blocked_until=ends,
        )
    )


def people(office: SmallOffice) -> Iterator[Record]:
    """More clients, more advisors, and a kind of appointment for outside the door."""
    for number, family in enumerate(FAMILIES):
        yield office.client(family, "Kim", f"20481{number}", Salutation.FRAU)
    for number in range(4):
        member = office._member(f"more{number}", f"Mehr{number}", Salutation.HERR, f"M{number}")
        yield member
        yield from office._duty(member)
    yield AppointmentKind(
        id=new_id(),
        name="Notfall",
        minutes=30,
        channels=(Channel.TELEPHONE, Channel.IN_PERSON),
        outdoors_allowed=True,
        position=5,
        about={},
        papers={},
    )


def needing(office: SmallOffice, *needs: Need) -> Client:
    return replace(office.client("Roland", "Kim", "300200", Salutation.FRAU), needs=needs)


@contextmanager
def at_the_desk(office: SmallOffice, desk: Desk, bot: Any) -> Iterator[AtTheDesk]:
    host = QWidget()
    host.resize(660, 700)
    panel = EmergencyDesk(desk, host)
    panel.resize(640, 690)
    bot.addWidget(host)
    host.show()
    yield AtTheDesk(office, desk, bot, panel, {"R 1.04": office.place})
    panel.close_desk()
    bot.waitUntil(lambda: desk.tasks.idle)


@contextmanager
def emergency_desk(tmp_path: Path, qtbot: Any) -> Iterator[AtTheDesk]:
    """Thursday, 1 April 2021, 09:12 in Halberstadt: one room, six advisors, eight clients."""
    with small_desk(tmp_path) as (office, desk):
        office.put(*people(office))
        with office.view() as view:
            desk.learn(office_book(view))
        with at_the_desk(office, desk, qtbot) as hands:
            yield hands


def filling_house(door: AtTheDesk) -> None:
    """R 1.04 is free now and once more later, R 1.05 from 09:30, the yard once; then nothing."""
    office, evening = door.office, at(1, 20)
    soon = add_room(office, "R 1.05")
    yard = add_room(
        office, "Hof 1", kind=RoomKind.OUTDOOR, area=None, height=None, windows=Windows.NONE
    )
    close(office, soon, at(1, 8), at(1, 9, 30))
    close(office, soon, at(1, 10, 20), evening)
    close(office, yard, at(1, 9, 42), evening)
    close(office, office.place, at(1, 10, 45), evening)
    door.rooms |= {"R 1.05": soon, "Hof 1": yard}
