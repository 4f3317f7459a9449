"""Selecting in one panel brings the others along: from the calendar to them, and back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.clock import day_of
from koba_desktop.gui.desk import Desk
from koba_desktop.services.appointments.detail import appointments_seen
from koba_desktop.services.clients.card import coming_appointments
from koba_desktop.services.rows import AppointmentRow

if TYPE_CHECKING:
    from koba_desktop.gui.calendar.panel import CalendarPanel


class Following(QObject):
    """Tells what is selected here, and shows what is selected elsewhere."""

    def __init__(self, desk: Desk, panel: "CalendarPanel") -> None:
        super().__init__(panel)
        self._desk = desk
        self._panel = panel
        self._view = panel.view
        self._telling = False
        self._view.selectionModel().currentChanged.connect(lambda _n, _o: self._on_current())
        desk.appointment_selected.connect(self._on_appointment_selected)
        desk.client_selected.connect(self._on_client_selected)

    def _on_current(self) -> None:
        row = self._view.current_row()
        if self._telling or row is None:
            return
        self._telling = True
        try:
            self._desk.appointment_selected.emit(row.id)
            if row.client_id is not None:
                self._desk.client_selected.emit(row.client_id)
        finally:
            self._telling = False

    def _on_appointment_selected(self, appointment_id: UUID | None) -> None:
        if self._telling or appointment_id is None:
            return
        if self._view.rows.index_of(appointment_id).isValid():
            self._quietly_select(appointment_id)
        elif self._panel.isVisible():
            self._desk.ask(
                lambda view: appointments_seen(view, [appointment_id]),
                self._show_found,
                owner=self,
                key="found",
            )

    def _on_client_selected(self, client_id: UUID | None) -> None:
        """Bring the client's next appointment into view."""
        if self._telling or client_id is None or not self._panel.isVisible():
            return
        now = self._desk.now()

        def upcoming(rows: Sequence[AppointmentRow]) -> list[AppointmentRow]:
            ahead = [r for r in rows if r.ends > now and r.state in MOVABLE]
            return sorted(ahead, key=lambda r: r.starts)[:1]

        shown = upcoming([r for r in self._view.scene.rows if r.client_id == client_id])
        if shown:
            self._quietly_select(shown[0].id)
        else:
            self._desk.ask(
                lambda view: upcoming(coming_appointments(view, client_id)),
                self._show_found,
                owner=self,
                key="found",
            )

    def _show_found(self, rows: Sequence[AppointmentRow]) -> None:
        """Go to the day of an appointment; its advisor joins those shown."""
        if not rows or rows[0].office_id != self._desk.office.id:
            return
        row = rows[0]
        self._panel.select_next = row.id
        self._panel.go_to(day_of(row.starts), row.advisor_id)

    def _quietly_select(self, appointment_id: UUID) -> None:
        self._telling = True
        try:
            self._view.select_appointment(appointment_id)
        finally:
            self._telling = False
