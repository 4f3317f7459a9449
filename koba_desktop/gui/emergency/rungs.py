"""The places as a list, the best first; one of them is chosen."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from koba_desktop.domain.emergency import Ladder, Rung
from koba_desktop.gui import theme
from koba_desktop.gui.emergency import wording
from koba_desktop.gui.emergency.painting import RUNG, RungDelegate
from koba_desktop.gui.widgets.ring import FocusRing
from koba_desktop.i18n import _

Index = QModelIndex | QPersistentModelIndex
_LEAST_SHOWN = 96  # px at 96 dpi: one place with its reasons, and that there are more


class RungModel(QAbstractListModel):
    """The ladder as it was answered last."""

    def __init__(self, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._now = now
        self.rungs: tuple[Rung, ...] = ()
        self.phone = ""
        self.chosen = 0
        self.by_hand = False  # somebody chose it, not the program

    def show_rungs(self, rungs: tuple[Rung, ...], phone: str) -> None:
        self.beginResetModel()
        self.rungs, self.phone = rungs, phone
        self.endResetModel()

    def chosen_text(self) -> str:
        """The word at the chosen place."""
        return _("chosen") if self.by_hand else _("preselected")

    def moment(self) -> datetime:
        return self._now()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rungs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        rung = self.rungs[index.row()]
        if role == RUNG:
            return rung
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.place_name(rung)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chosen = self.chosen_text() if index.row() == self.chosen else ""
            return wording.spoken(rung, index.row() + 1, self._now(), chosen)
        return None


def same_place(one: Rung, other: Rung) -> bool:
    """Whether both are the same room, or both the telephone."""
    if one.offer is None or other.offer is None:
        return one.offer is other.offer
    return one.offer.room.id == other.offer.room.id


class RungList(QListView):
    """Arrows choose. The keyboard may stay in the person's field: ``walk`` is the same."""

    chosen = Signal()  # another place, or the same one as it stands now
    entered = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._model = RungModel(now, self)
        self._delegate = RungDelegate(self)
        self._filling = False
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Places, the best first"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        FocusRing(self)
        self.selectionModel().currentChanged.connect(self._on_current)
        theme.watcher().changed.connect(self.viewport().update)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(_LEAST_SHOWN))

    @property
    def rungs(self) -> tuple[Rung, ...]:
        return self._model.rungs

    @property
    def by_hand(self) -> bool:
        """Whether the place was chosen by somebody, not by the program."""
        return self._model.by_hand

    def rung(self) -> Rung | None:
        """The chosen one."""
        row = self._model.chosen
        return self.rungs[row] if row < len(self.rungs) else None

    def show_ladder(self, ladder: Ladder, phone: str) -> Rung | None:
        """Show an answer. A place somebody chose stays chosen while it is offered; the one that
        was given up because it is not, is returned."""
        before = self.rung() if self._model.by_hand else None
        row = None
        if before is not None:
            found = (n for n, rung in enumerate(ladder.rungs) if same_place(rung, before))
            row = next(found, None)
        lost = before if row is None else None
        self._model.by_hand = row is not None
        self._filling = True
        self._delegate.forget()
        self._model.show_rungs(ladder.rungs, phone)
        self._filling = False
        self._take(row or 0)
        return lost

    def start_anew(self) -> None:
        """Let the program choose again."""
        self._model.by_hand = False

    def walk(self, step: int) -> None:
        """Choose the next place, after the last one the first."""
        if self.rungs:
            self._model.by_hand = True
            self._take((self._model.chosen + step) % len(self.rungs))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.walk(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Escape or event.text() in tuple("1234567+-"):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _on_current(self, current: QModelIndex, before: QModelIndex) -> None:
        if self._filling or not current.isValid():
            return
        if current.row() != self._model.chosen:  # by the mouse, or Home, End, a page
            self._model.by_hand = True
            self._take(current.row())

    def _take(self, row: int) -> None:
        self._model.chosen = row
        index = self._model.index(row, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scheduleDelayedItemsLayout()
            self.scrollTo(index)
        self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The chosen place stays in sight."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.scrollTo(self.currentIndex())
