"""Somebody changed the appointment meanwhile: what was, mine and theirs, field by field."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from koba_desktop.gui.appointments.content import (
    Content,
    compared,
    field_names,
    field_text,
    with_values,
)
from koba_desktop.gui.clients.conflict import ConflictView
from koba_desktop.gui.clients.merging import Clash, merge


@dataclass(frozen=True, slots=True)
class Merged:
    """``content`` holds what both changed; of the fields both changed it holds mine."""

    content: Content
    clashes: tuple[Clash, ...]
    from_theirs: tuple[str, ...]


def merged(base: Content, mine: Content, theirs: Content) -> Merged:
    """Three-way; ``base`` is what both began with. The state is theirs: it has steps of its own."""
    result = merge(compared(base), compared(mine), compared(theirs))
    content = with_values(mine, result.content)
    state = {"state": theirs.state, "by_letter": theirs.by_letter}
    return Merged(with_values(content, state), result.clashes, result.from_theirs)


class ConflictBox(ConflictView):
    """Hidden until there are fields both changed. What is chosen is in the form at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, labels=field_names, shown=field_text)
