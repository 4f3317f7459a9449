"""The kinds of blocks, and how they look: their icons and colours."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QColor

from koba_desktop.gui.tokens import Tokens


class BlockKind(StrEnum):
    """What decides shape, icon and colour of a block."""

    TELEPHONE = "telephone"
    IN_PERSON = "in_person"
    OUTDOORS = "outdoors"
    EMERGENCY = "emergency"
    INTERNAL = "internal"


_KIND_ICONS = {
    BlockKind.TELEPHONE: "phone",
    BlockKind.IN_PERSON: "person",
    BlockKind.OUTDOORS: "tree",
    BlockKind.EMERGENCY: "emergency",
    BlockKind.INTERNAL: "people",
}


def kind_icon(kind: BlockKind) -> str:
    return _KIND_ICONS[kind]


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
