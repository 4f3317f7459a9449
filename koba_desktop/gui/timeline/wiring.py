"""What a timeline is connected to: moves, the menu of the rooms' deeds, and the other panels."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.timeline.moves import TimelineMoves
from koba_desktop.gui.timeline.view import RoomTimeline
from koba_desktop.services.rooms.board import PlaceLine, present
from koba_desktop.services.rows import RoomBookingRow


def attach(desk: Desk, view: RoomTimeline) -> "Attached":
    """Let a timeline do what it is asked for. It keeps what is returned alive itself."""
    return Attached(desk, view)


class Attached(QObject):
    """Carries out moves, fills the context menu, opens appointments, selects along."""

    def __init__(self, desk: Desk, view: RoomTimeline) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self.deeds = RoomDeeds(desk, view)
        self.moves = TimelineMoves(desk, view, self.deeds)
        view.menu_requested.connect(self._on_menu)
        view.opened.connect(self._on_opened)
        view.selected.connect(desk.appointment_selected)
        desk.appointment_selected.connect(view.select_appointment)

    def _on_opened(self, appointment_id: UUID) -> None:
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(appointment_id=appointment_id)
        )

    def _on_menu(
        self, place: QPoint, row: RoomBookingRow | None, place_id: UUID, _moment: datetime
    ) -> None:
        """What can be done with a use; on a free spot, with the place as it is now."""
        for day in self._view.days:
            if any(place_id == each for each, _number in day.places):
                line = present(day, self._desk.now())
                break
        else:
            return
        about: PlaceLine | RoomBookingRow = row or next(
            spot for spot in line.spots if spot.place_id == place_id
        )
        menu = QMenu(self._view)
        menu.setObjectName("timeline_menu")
        self.deeds.fill_menu(menu, line, about, place)
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
