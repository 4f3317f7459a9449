"""What the search found, as one list: an appointment, clients, commands."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QKeySequence

from koba_desktop.domain.folding import fold
from koba_desktop.gui.actions import plain
from koba_desktop.i18n import _, formats
from koba_desktop.services.rows import AppointmentRow, ClientRow

MAX_COMMANDS = 8


class HitKind(Enum):
    APPOINTMENT = "appointment"
    CLIENT = "client"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the list; ``target`` is an appointment's or client's id, or an action."""

    kind: HitKind
    icon: str
    text: str
    detail: str
    target: UUID | QAction

    @property
    def spoken(self) -> str:
        kind = {
            HitKind.APPOINTMENT: _("Appointment"),
            HitKind.CLIENT: _("Client"),
            HitKind.COMMAND: _("Command"),
        }[self.kind]
        return ", ".join(part for part in (kind, self.text, self.detail) if part)


def client_hit(row: ClientRow) -> Hit:
    born = _("born {day}").format(day=formats.date_short(row.birth_date)) if row.birth_date else ""
    detail = " · ".join(
        part for part in (born, formats.phone(row.phone) if row.phone else "") if part
    )
    name = formats.name_sorted(row.family_name, row.given_name)
    return Hit(HitKind.CLIENT, "person", name, detail, row.id)


def appointment_hit(row: AppointmentRow) -> Hit:
    name = formats.name_sorted(row.family_name, row.given_name)
    when = f"{formats.moment_of(row.starts)} · {formats.reference(row.reference)}"
    return Hit(HitKind.APPOINTMENT, "calendar", name, when, row.id)


def command_hits(text: str, actions: Sequence[QAction]) -> list[Hit]:
    """The commands whose names hold all the words typed: the one that is called so first, then
    those that begin so."""
    words = fold(text).split()
    found: list[tuple[bool, bool, str, QAction]] = []
    seen: set[str] = set()
    for action in actions:
        name = plain(action.text())
        folded = fold(name)
        if not name or name in seen or not action.isEnabled() or action.isSeparator():
            continue
        if words and all(word in folded for word in words):
            seen.add(name)
            short = fold(plain(action.iconText()))  # as its button is called
            other = words not in (folded.split(), short.split())
            found.append((other, not folded.startswith(words[0]), name, action))
    found.sort(key=lambda each: each[:3])
    native = QKeySequence.SequenceFormat.NativeText
    return [
        Hit(HitKind.COMMAND, "run", name, action.shortcut().toString(native), action)
        for *_late, name, action in found[:MAX_COMMANDS]
    ]


class HitModel(QAbstractListModel):
    """The list below the field."""

    HIT = Qt.ItemDataRole.UserRole + 1

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._hits: list[Hit] = []

    def put(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self._hits = hits
        self.endResetModel()

    def hit(self, row: int) -> Hit | None:
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._hits)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        hit = self.hit(index.row())
        if hit is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return hit.spoken
        return hit if role == self.HIT else None
