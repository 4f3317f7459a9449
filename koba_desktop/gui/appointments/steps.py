"""What can be done with an appointment beside changing it: its next state, or cancelling it."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.vocabulary import AppointmentState, ReasonCode, VisitResult
from koba_desktop.gui import theme
from koba_desktop.gui.calendar.menu import needs_result, next_states
from koba_desktop.gui.forms.ui_appointment_editor import Ui_AppointmentEditor
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word
from koba_desktop.services.appointments.detail import AppointmentDetail
from koba_desktop.services.commands import CancelAppointment, SetAppointmentState


class Steps(QObject):
    """Fills the two menus of the editor."""

    chosen = Signal(object, str)  # Command, what the quiet line says

    def __init__(self, ui: Ui_AppointmentEditor, parent: QObject) -> None:
        super().__init__(parent)
        self._ui = ui

    def show(self, detail: AppointmentDetail) -> None:
        """The steps an appointment can take as it stands."""
        ui, row = self._ui, detail.row
        steps = QMenu(ui.next_state)
        for state, text, icon in next_states(row):
            if state is AppointmentState.KEPT and needs_result(row):
                self._add_results(steps.addMenu(text), detail)
                continue
            action = steps.addAction(text)
            theme.bind_icon(action, icon)
            action.triggered.connect(lambda _on=False, s=state: self._set_state(detail, s))
        ui.next_state.setMenu(steps)
        ui.next_state.setEnabled(not steps.isEmpty())
        cancel = QMenu(ui.cancel_appointment)
        cancel.addAction(_("by the client")).triggered.connect(
            lambda _on=False: self._cancel(detail, by_client=True)
        )
        for reason in (ReasonCode.ADVISOR_ABSENT, ReasonCode.OFFICE_CLOSED, ReasonCode.OTHER):
            text = _("by the office, with letter: {reason}").format(reason=word(reason))
            cancel.addAction(text).triggered.connect(
                lambda _on=False, r=reason: self._cancel(detail, by_client=False, reason=r)
            )
        ui.cancel_appointment.setMenu(cancel)
        ui.cancel_appointment.setEnabled(row.state in MOVABLE)

    def _add_results(self, menu: QMenu, detail: AppointmentDetail) -> None:
        """What was done in an urgent visit, recorded when it ends."""
        for result in VisitResult:
            menu.addAction(word(result)).triggered.connect(
                lambda _on=False, r=result: self._set_state(detail, AppointmentState.KEPT, r)
            )

    def _set_state(
        self,
        detail: AppointmentDetail,
        state: AppointmentState,
        result: VisitResult | None = None,
    ) -> None:
        appointment = detail.appointment
        command = SetAppointmentState(
            appointment_id=appointment.id,
            version=appointment.version,
            state=state,
            result=result,
        )
        self.chosen.emit(command, f"{detail.row.family_name}: {word(state)}")

    def _cancel(
        self, detail: AppointmentDetail, *, by_client: bool, reason: ReasonCode | None = None
    ) -> None:
        appointment = detail.appointment
        command = CancelAppointment(
            appointment_id=appointment.id,
            version=appointment.version,
            by_client=by_client,
            letter=not by_client and detail.row.client_id is not None,
            reason=reason,
        )
        name = detail.row.family_name
        self.chosen.emit(command, _("Appointment with {name} cancelled").format(name=name))
