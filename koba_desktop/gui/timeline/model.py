"""The uses of all places as a list, and what its entries say."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from koba_desktop.domain.entities.staff import Staff
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.timeline import wording
from koba_desktop.gui.timeline.scene import Block, Scene, Stop
from koba_desktop.i18n import _
from koba_desktop.services.rows import RoomBookingRow

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of the keyboard where no use is."""

    line: int
    stop: Stop


class Advisors:
    """Whose talk a use is, as far as the program knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._staff: dict[UUID, Staff] = {}
        self.learn()

    def learn(self) -> None:
        self._staff = {member.id: member for member in self._desk.book.staff}

    def of(self, row: RoomBookingRow) -> Staff | None:
        return self._staff.get(row.advisor_id) if row.advisor_id is not None else None


class TimelineModel(QAbstractListModel):
    """The uses row by row, each row by time; then one more: the free spot under the keyboard,
    which so has a name a screen reader can say. ``advisor_of`` tells whose talk a use is."""

    def __init__(
        self, advisor_of: Callable[[RoomBookingRow], Staff | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._advisor_of = advisor_of
        self.scene = Scene()
        self.spot: Spot | None = None

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.scene.blocks) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        block = self.block_at(index)
        if role in _TEXT_ROLES:
            return self._text(block)
        if role == Qt.ItemDataRole.UserRole and block is not None:
            return block.id
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    # --- the timeline's own -----------------------------------------------------------------------

    def block_at(self, index: Index) -> Block | None:
        """The use of an index; None for the free spot and for no index."""
        if index.isValid() and index.row() < len(self.scene.blocks):
            return self.scene.blocks[index.row()]
        return None

    def index_of(self, booking_id: UUID | None) -> QModelIndex:
        number = self.scene.number_of(booking_id)
        return QModelIndex() if number is None else self.index(number)

    def spot_index(self) -> QModelIndex:
        return self.index(len(self.scene.blocks))

    def show(self, scene: Scene) -> bool:
        """Take another scene. True if the indexes held before are gone (the model was reset)."""
        old, new = self.scene.blocks, scene.blocks
        if [b.id for b in old] == [b.id for b in new]:
            self.scene = scene
            for number, block in enumerate(new):
                if block is not old[number]:
                    self.dataChanged.emit(self.index(number), self.index(number))
            return False
        self.beginResetModel()
        self.scene = scene
        self.endResetModel()
        return True

    def place_spot(self, spot: Spot | None) -> None:
        if spot != self.spot:
            self.spot = spot
            self.dataChanged.emit(self.spot_index(), self.spot_index())

    def _text(self, block: Block | None) -> str:
        scene = self.scene
        if block is not None and scene.day is not None:
            line = scene.lines[block.line]
            return wording.accessible_text(block, line, scene.day, self._advisor_of(block.row))
        if self.spot is not None and scene.day is not None and self.spot.line < len(scene.lines):
            return wording.spot_text(self.spot.stop, scene.lines[self.spot.line], scene.day)
        return _("Free time")
