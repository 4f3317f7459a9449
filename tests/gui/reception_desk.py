"""A reception in a real small office with visitors, and what a receptionist does there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtWidgets import QApplication, QMenu

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking, Visit
from koba_desktop.domain.vocabulary import (
    Channel,
    ChecklistItem,
    RoomBookingState,
    RoomKind,
    Salutation,
    Urgency,
    UrgencyCategory,
    Windows,
)
from koba_desktop.gui.reception.actions import SINGLE_KEYS
from koba_desktop.gui.reception.panel import ReceptionPanel
from koba_desktop.gui.reception.visitors import Group, Visitor
from koba_desktop.services.commands.door import ArriveVisitor, CallAdvisor, EnterRoom
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.rows import ArrivalRow
from tests.gui.small_desk import Hands, small_desk
from tests.unit.service_office import SmallOffice, at

KEYS = Qt.Key
PURPOSE = "Stromsperre"
TEXT = Qt.ItemDataRole.AccessibleTextRole


def furnish(office: SmallOffice) -> None:
    """A second room and two places outside, and people with days of birth."""
    room = Room(
        id=new_id(),
        office_id=office.office.id,
        name="R 1.05",
        area=31,
        height=2.8,
        windows=Windows.CROSS,
        wheelchair=True,
    )
    yard = Room(
        id=new_id(), office_id=office.office.id, name="Hof 1", kind=RoomKind.OUTDOOR, position=9
    )
    office.put(
        room,
        Place(id=new_id(), room_id=room.id),
        yard,
        Place(id=new_id(), room_id=yard.id, number=1),
        Place(id=new_id(), room_id=yard.id, number=2),
    )


def settle_policy(office: SmallOffice, key: str, value: Any) -> None:
    office.put(
        Setting(
            id=new_id(),
            office_id=office.office.id,
            key=key,
            value=value,
            valid_from=date(2021, 1, 1),
        )
    )


def person(office: SmallOffice, family: str, given: str) -> Client:
    made = replace(office.client(family, given, None, Salutation.FRAU), birth_date=date(1988, 6, 3))
    office.put(made)
    return made


def visit(
    office: SmallOffice, client: Client, hour: int, minute: int = 0, **values: Any
) -> Appointment:
    """An urgent personal visit of today, with a place and a purpose reception must not read."""
    return office.booked(
        at(1, hour, minute),
        **{
            "channel": Channel.IN_PERSON,
            "client_id": client.id,
            "urgency": Urgency.URGENT,
            "urgency_category": UrgencyCategory.ENERGY,
            "purpose": PURPOSE,
            **values,
        },
    )


def arrive(office: SmallOffice, appointment: Appointment, **values: Any) -> None:
    now = office.one(Appointment, id=appointment.id)
    command = ArriveVisitor(appointment_id=now.id, version=now.version)
    values = {"checked": tuple(ChecklistItem), **values}
    office.do(replace(command, **values), by=office.reception)


def call(office: SmallOffice, appointment: Appointment) -> None:
    made = office.one(Visit, appointment_id=appointment.id)
    office.do(CallAdvisor(visit_id=made.id, version=made.version), by=office.reception)


def enter(office: SmallOffice, appointment: Appointment) -> None:
    booking = office.one(RoomBooking, appointment_id=appointment.id)
    office.do(EnterRoom(booking_id=booking.id, version=booking.version), by=office.reception)


def take_place(office: SmallOffice, appointment: Appointment) -> None:
    """The place is gone, as when an overrun left none."""
    booking = office.one(RoomBooking, appointment_id=appointment.id)
    with office.store.writing(by=office.berger.id, now=office.clock.now()) as unit:
        unit.update(replace(booking, state=RoomBookingState.RELEASED, active=False))


@dataclass
class FrontDesk(Hands):
    """The panel over a real office, with the receptionist at it."""

    panel: ReceptionPanel

    def show(self) -> None:
        self.panel.resize(1318, 640)
        self.look_at(self.panel)
        self.panel.tree.setFocus()

    def press(self, *keys: Qt.Key) -> None:
        self.press_in(self.panel, *keys)

    def press_in_menu(self, key: Qt.Key) -> None:
        """In the little menu that opened; it must be there."""
        menu = self.menu()
        self.bot.keyClick(menu, key)
        self.settle()

    def menu(self) -> QMenu:
        found = QApplication.activePopupWidget()
        assert isinstance(found, QMenu)
        return found

    def reload(self) -> None:
        """Somebody else wrote."""
        self.desk.others_wrote()
        self.settle()

    def pass_minutes(self, n: int) -> None:
        """Time passes; nothing is asked."""
        self.office.clock.advance(minutes=n)
        self.panel.pass_time()

    @property
    def chosen(self) -> Visitor:
        found = self.panel.tree.visitor()
        assert found is not None
        return found

    @property
    def row(self) -> ArrivalRow:
        return self.chosen.row

    def rows(self, group: Group) -> list[QModelIndex]:
        """First cells of a group's rows."""
        model = self.panel.model
        head = model.index(list(Group).index(group), 0)
        return [model.index(n, 0, head) for n in range(model.rowCount(head))]

    def cells(self, index: QModelIndex) -> list[str]:
        model = self.panel.model
        return [
            str(model.index(index.row(), column, index.parent()).data() or "")
            for column in range(model.columnCount())
        ]

    def names(self, group: Group) -> list[str]:
        return [self.cells(index)[1] for index in self.rows(group)]

    def spoken(self, group: Group, row: int = 0) -> str:
        return str(self.rows(group)[row].data(TEXT))

    def state(self, group: Group, row: int = 0) -> str:
        return self.cells(self.rows(group)[row])[-1]


@contextmanager
def front_desk(folder: Path, bot: Any) -> Iterator[FrontDesk]:
    """Thursday, 1 April 2021, 09:12 in Halberstadt, Ms Fink at the reception."""
    QSettings().remove(SINGLE_KEYS)
    with small_desk(folder) as (office, desk):
        furnish(office)
        desk.become(Actor(office.reception.id, office.office.id))
        panel = ReceptionPanel(desk)
        bot.addWidget(panel, before_close_func=lambda made: made.hall.shut())
        yield FrontDesk(office, desk, bot, panel)


def minutes(n: int) -> timedelta:
    return timedelta(minutes=n)
