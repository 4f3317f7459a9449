"""The context menu of a block."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    ReasonCode,
    Urgency,
    VisitResult,
)
from koba_desktop.gui import theme
from koba_desktop.gui.allowed import may
from koba_desktop.gui.audit.entitlement import offer_audit
from koba_desktop.gui.calendar.actions import CalendarActions
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import CancelAppointment, SetAppointmentState
from koba_desktop.services.rows import AppointmentRow

State = AppointmentState


def next_states(row: AppointmentRow) -> list[tuple[AppointmentState, str, str]]:
    """What can happen to an appointment next: state, words, icon."""
    steps = []
    if row.state is State.PROPOSED:
        steps.append((State.CONFIRMED, _("&Confirm (client rang)"), "tick"))
    if row.state in MOVABLE and row.channel is not Channel.TELEPHONE:
        steps.append((State.ARRIVED, _("&Arrived"), "arrive"))
    if row.state is State.ARRIVED or (row.state in MOVABLE and row.channel is Channel.TELEPHONE):
        steps.append((State.IN_PROGRESS, _("&Start"), "run"))
    if row.state is State.IN_PROGRESS:
        steps.append((State.KEPT, _("&Finish"), "tick"))
    if row.state in MOVABLE:
        steps.append((State.MISSED, _("&Missed"), "phone-cross"))
    return steps


def needs_result(row: AppointmentRow) -> bool:
    """Of an urgent visit it is recorded at the end what was done (domain rules § 5)."""
    return row.urgency is not Urgency.NONE and row.channel is not Channel.TELEPHONE


def build_menu(
    desk: Desk, actions: CalendarActions, row: AppointmentRow | None, owner: QWidget
) -> QMenu:
    """For an appointment, or for the empty slot where ``row`` is None."""
    menu = QMenu(owner)
    if row is None:
        menu.addActions([actions.new, actions.paste])
        menu.addSeparator()
        menu.addActions([actions.date, actions.today])
        menu.addSeparator()
        menu.addActions([actions.day_list, actions.slips])
        return menu
    menu.addAction(actions.open)
    menu.setDefaultAction(actions.open)
    by_phone = row.channel is Channel.TELEPHONE
    if row.client_id is not None and by_phone and may(desk, Right.CALL):
        client = row.client_id
        _add(menu, _("Show in call &list"), "phone", lambda: desk.call_requested.emit(client))
    menu.addSeparator()
    for state, text, icon in next_states(row):
        if state is State.KEPT and needs_result(row):
            results = menu.addMenu(text)
            theme.bind_icon(results, icon)
            for result in VisitResult:
                _add(results, word(result), "", _state_setter(desk, row, state, owner, result))
        else:
            _add(menu, text, icon, _state_setter(desk, row, state, owner))
    menu.addSeparator()
    menu.addActions([actions.cut, actions.copy])
    menu.addSeparator()
    if row.client_id is not None and may(desk, Right.SEND_LETTERS):
        _add(menu, _("Print reply &slip…"), "printer", lambda: _print_slip(desk, row, owner))
    menu.addActions([actions.day_list, actions.slips])
    if row.state in MOVABLE:
        menu.addSeparator()
        _add(menu, _("Cancelled by client"), "cross", lambda: _cancel(desk, row, owner, True))
        _add(
            menu,
            _("Cancel by office, with letter"),
            "letter",
            lambda: _cancel(desk, row, owner, False),
        )
    offer_audit(menu, desk, row.id)
    return menu


def _add(menu: QMenu, text: str, icon: str, slot: Callable[[], None]) -> None:
    action = menu.addAction(text)
    if icon:
        theme.bind_icon(action, icon)
    action.triggered.connect(lambda _checked=False: slot())


def _state_setter(
    desk: Desk,
    row: AppointmentRow,
    state: AppointmentState,
    owner: QWidget,
    result: VisitResult | None = None,
) -> Callable[[], None]:
    def run() -> None:
        desk.execute(
            SetAppointmentState(
                appointment_id=row.id, version=row.version, state=state, result=result
            ),
            owner,
        )

    return run


def _print_slip(desk: Desk, row: AppointmentRow, owner: QWidget) -> None:
    from koba_desktop.gui.letters.reply_slips import open_reply_slips

    open_reply_slips(desk, owner.window(), row.reference)


def _cancel(desk: Desk, row: AppointmentRow, owner: QWidget, by_client: bool) -> None:
    desk.execute(
        CancelAppointment(
            appointment_id=row.id,
            version=row.version,
            by_client=by_client,
            letter=not by_client and row.client_id is not None,
            reason=None if by_client else ReasonCode.OTHER,
        ),
        owner,
        message=_("Appointment with {name} cancelled").format(name=row.family_name),
    )
