"""How the states of appointments and closed hours look: their icons and pattern."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush

from koba_desktop.domain.vocabulary import AppointmentState
from koba_desktop.gui.blocks.kinds import BlockKind
from koba_desktop.gui.calendar.wording import block_kind
from koba_desktop.gui.tokens import Tokens
from koba_desktop.services.rows import AppointmentRow

_STATE_MARKS = {
    AppointmentState.PROPOSED: "letter",
    AppointmentState.ARRIVED: "arrive",
    AppointmentState.IN_PROGRESS: "run",
    AppointmentState.KEPT: "tick",
    AppointmentState.MISSED: "phone-cross",
    AppointmentState.CANCELLED_BY_CLIENT: "cross",
    AppointmentState.CANCELLED_BY_OFFICE: "cross",
}
_SHARED_ICONS = {
    AppointmentState.KEPT: "phone-tick",
    AppointmentState.MISSED: "phone-cross",
    AppointmentState.IN_PROGRESS: "phone-run",
}


def state_mark(row: AppointmentRow) -> str:
    """The icon of the state, empty for "confirmed"."""
    mark = _STATE_MARKS.get(row.state, "")
    if mark == "phone-cross" and block_kind(row) is not BlockKind.TELEPHONE:
        return "leave"
    return mark


def shared_icon(state: AppointmentState, usual: str) -> str:
    """The icon that says telephone and state at once, where there is one; else the usual one."""
    return _SHARED_ICONS.get(state, usual)


def hatch(tokens: Tokens) -> QBrush:
    """The diagonal pattern of closed hours."""
    return QBrush(tokens.hatch, Qt.BrushStyle.BDiagPattern)
