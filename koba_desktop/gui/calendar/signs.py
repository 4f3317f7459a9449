"""How the kinds and states of appointments look: their icons, colours and patterns."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from koba_desktop.domain.vocabulary import AppointmentState
from koba_desktop.gui.calendar.wording import BlockKind, block_kind
from koba_desktop.gui.tokens import Tokens
from koba_desktop.services.rows import AppointmentRow

_KIND_ICONS = {
    BlockKind.TELEPHONE: "phone",
    BlockKind.IN_PERSON: "person",
    BlockKind.OUTDOORS: "tree",
    BlockKind.EMERGENCY: "emergency",
    BlockKind.INTERNAL: "people",
}
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


def kind_icon(kind: BlockKind) -> str:
    return _KIND_ICONS[kind]


def state_mark(row: AppointmentRow) -> str:
    """The icon of the state, empty for "confirmed"."""
    mark = _STATE_MARKS.get(row.state, "")
    if mark == "phone-cross" and block_kind(row) is not BlockKind.TELEPHONE:
        return "leave"
    return mark


def shared_icon(state: AppointmentState, usual: str) -> str:
    """The icon that says telephone and state at once, where there is one; else the usual one."""
    return _SHARED_ICONS.get(state, usual)


@dataclass(frozen=True, slots=True)
class KindColours:
    fill: QColor
    edge: QColor
    text: QColor


def kind_colours(tokens: Tokens, kind: BlockKind) -> KindColours:
    return {
        BlockKind.TELEPHONE: KindColours(
            tokens.telephone_fill, tokens.telephone_edge, tokens.telephone_text
        ),
        BlockKind.IN_PERSON: KindColours(
            tokens.in_person_fill, tokens.in_person_edge, tokens.in_person_text
        ),
        BlockKind.OUTDOORS: KindColours(
            tokens.outdoors_fill, tokens.outdoors_edge, tokens.outdoors_text
        ),
        BlockKind.EMERGENCY: KindColours(
            tokens.emergency_fill, tokens.emergency_edge, tokens.emergency_text
        ),
        BlockKind.INTERNAL: KindColours(
            tokens.internal_fill, tokens.internal_edge, tokens.internal_text
        ),
    }[kind]


def blend(first: QColor, second: QColor, share: float) -> QColor:
    """``share`` of the first colour on the second."""
    return QColor.fromRgbF(
        first.redF() * share + second.redF() * (1 - share),
        first.greenF() * share + second.greenF() * (1 - share),
        first.blueF() * share + second.blueF() * (1 - share),
    )


def hatch(tokens: Tokens) -> QBrush:
    """The diagonal pattern of closed hours."""
    return QBrush(tokens.hatch, Qt.BrushStyle.BDiagPattern)
