"""A page with the timeline of the rooms, in a small office whose rooms are used."""

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.timeline import wording
from koba_desktop.gui.timeline.legend import TimelineHeader
from koba_desktop.gui.timeline.scene import Block
from koba_desktop.gui.timeline.view import RoomTimeline
from koba_desktop.gui.timeline.wiring import attach
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.rooms.board import room_days
from tests.gui.room_house import RoomHouse
from tests.gui.small_desk import Hands


class Page(QWidget):
    """A page that shows the timeline of today and keeps it fresh, as the reception does."""

    def __init__(self, desk: Desk, *, compact: bool = False) -> None:
        super().__init__()
        self._desk = desk
        self.view = RoomTimeline(desk, self, compact=compact)
        self.attached = attach(desk, self.view)
        layout = QVBoxLayout(self)
        layout.addWidget(TimelineHeader(self, compact=compact))
        layout.addWidget(self.view)
        desk.changed.connect(self._on_changed)
        self.ask()

    def ask(self) -> None:
        office_id, today = self._desk.actor.office_id, self._desk.today()
        self._desk.ask(
            lambda view: room_days(view, office_id, today),
            self.view.show_days,
            owner=self,
            key="days",
        )

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.ROOMS, Topic.APPOINTMENTS):
            self.ask()


def open_page(house: RoomHouse, hands: Hands, qtbot: QtBot, *, compact: bool = False) -> Page:
    made = Page(house.desk, compact=compact)
    qtbot.addWidget(made)
    made.resize(300 if compact else 1100, 300)
    hands.look_at(made)
    made.activateWindow()
    return made


def fresh(page: Page, hands: Hands) -> RoomTimeline:
    """The timeline with what was booked meanwhile."""
    page.ask()
    hands.settle()
    return page.view


def block(view: RoomTimeline, appointment: Appointment) -> Block:
    found = view.scene.of_appointment(appointment.id)
    assert found is not None
    return found


def line(view: RoomTimeline, name: str) -> int:
    return [wording.line_name(each) for each in view.scene.lines].index(name)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def select(view: RoomTimeline, appointment: Appointment) -> Block:
    view.select_appointment(appointment.id)
    view.setFocus()
    found = view.current_block()
    assert found is not None
    return found


def spoken(view: RoomTimeline) -> list[str]:
    """What a screen reader finds in the list."""
    interface = QAccessible.queryAccessibleInterface(view)
    return [interface.child(n).text(QAccessible.Text.Name) for n in range(interface.childCount())]
