"""The worklist as a tree of two levels: groups and persons."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from koba_desktop.gui.clients.lines import Key, Line, Section, SectionKey
from koba_desktop.gui.foreign import Marks
from koba_desktop.gui.widgets.changed import RowSigns
from koba_desktop.gui.widgets.groups import GroupedModel
from koba_desktop.gui.widgets.ring import FocusRing
from koba_desktop.i18n import ngettext

Index = QModelIndex | QPersistentModelIndex
CLIENT_MIME = "application/x-koba-client"

LineRole = Qt.ItemDataRole.UserRole + 1  # Line, on persons
SectionRole = Qt.ItemDataRole.UserRole + 2  # Section, on groups


def client_mime(client_id: UUID, name: str) -> QMimeData:
    """What is dragged from a list: the client's id, and the name for anything else."""
    data = QMimeData()
    data.setData(CLIENT_MIME, str(client_id).encode())
    data.setText(name)
    return data


def ids_of(line: Line) -> tuple[UUID | None, ...]:
    """By what a line is known: the call task, the appointment, and the client."""
    item = line.item
    return item.task_id, item.appointment_id, item.client_id


class WorkModel(GroupedModel):
    """Holds prepared lines only; asks nobody anything."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sections: tuple[Section, ...] = ()
        self.said: Callable[..., str] | None = None
        """What is to be added about a person known by some ids."""

    def show(self, sections: Sequence[Section]) -> bool:
        """Replace everything; False where nothing would change."""
        if tuple(sections) == self.sections:
            return False
        self.beginResetModel()
        self.sections = tuple(sections)
        self.endResetModel()
        return True

    # --- finding ----------------------------------------------------------------------------------

    def index_of(self, key: Key) -> QModelIndex:
        for top, section in enumerate(self.sections):
            for row, line in enumerate(section.lines):
                if line.key == key:
                    return self.row_index(top, row)
        return QModelIndex()

    def index_of_client(self, client_id: UUID) -> QModelIndex:
        for top, section in enumerate(self.sections):
            for row, line in enumerate(section.lines):
                if line.item.client_id == client_id:
                    return self.row_index(top, row)
        return QModelIndex()

    def section_index(self, key: SectionKey) -> QModelIndex:
        for row, section in enumerate(self.sections):
            if section.key is key:
                return self.index(row, 0)
        return QModelIndex()

    def line_at(self, index: Index) -> Line | None:
        if not index.isValid():
            return None
        section, row = self.place(index)
        return None if row is None else self.sections[section].lines[row]

    # --- Qt ---------------------------------------------------------------------------------------

    def sizes(self) -> list[int]:
        return [len(section.lines) for section in self.sections]

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line_at(index)
        if line is None:
            return self._section_data(self.sections[index.row()], role)
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            said = self.said(*ids_of(line)) if self.said is not None else ""
            if role == Qt.ItemDataRole.ToolTipRole:
                return said or None
            return ", ".join(filter(None, (line.spoken, said)))
        if role == LineRole:
            return line
        return None

    def _section_data(self, section: Section, role: int) -> Any:
        count = len(section.lines)
        if role == Qt.ItemDataRole.DisplayRole:
            return section.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            people = ngettext("{n} person", "{n} persons", count).format(n=count)
            return f"{section.title}, {people}"
        if role == SectionRole:
            return section
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.line_at(index) is None:
            return flags & ~Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [CLIENT_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        line = self.line_at(indexes[0])
        return QMimeData() if line is None else client_mime(line.item.client_id, line.name)


class WorkView(QTreeView):
    """Arrows go from person to person; left and right fold the group; letters are left to the
    panel around (its single keys)."""

    chosen = Signal(object)  # Line: the user went to a person
    opened = Signal(object)  # Line: Enter
    double_clicked = Signal(object)  # Line
    menu_wanted = Signal(object, object)  # Line, QPoint (global)

    def __init__(self, model: WorkModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work = model
        self.signs: RowSigns | None = None
        self._folded: dict[SectionKey, bool] = {}
        self._last_row = 0
        self._quiet = False
        self.setModel(model)
        self.setHeaderHidden(True)
        FocusRing(self)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setMouseTracking(True)
        self.collapsed.connect(lambda index: self._remember_fold(index, True))
        self.expanded.connect(lambda index: self._remember_fold(index, False))
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    def show_marks(self, marks: Marks, said: Callable[..., str]) -> None:
        """Show on the lines what others changed; ``said`` is the sentence about it."""
        self.work.said = said
        self.signs = RowSigns(self, marks, self._ids_of)

    def _ids_of(self, index: Index) -> tuple[UUID | None, ...]:
        line = self.work.line_at(index)
        return ids_of(line) if line is not None else ()

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().drawRow(painter, option, index)
        if self.signs is not None:
            self.signs.paint(painter, index)

    # --- content ----------------------------------------------------------------------------------

    def show_sections(self, sections: Sequence[Section]) -> None:
        """New lines; the person shown stays current wherever the line went, quietly."""
        here = self.current_line()
        scrolled = self.verticalScrollBar().value()
        self._quiet = True
        try:
            if self.work.show(sections):
                for row, section in enumerate(self.work.sections):
                    folded = self._folded.get(section.key, not section.open)
                    self.setExpanded(self.work.index(row, 0), not folded)
                if here is not None:
                    self.setCurrentIndex(self.work.index_of(here.key))
                self.verticalScrollBar().setValue(scrolled)
        finally:
            self._quiet = False

    def current_line(self) -> Line | None:
        return self.work.line_at(self.currentIndex())

    def go_to(self, key: Key) -> bool:
        """Make a person current without telling; False where the list does not hold the key."""
        return self._go(self.work.index_of(key))

    def go_to_client(self, client_id: UUID | None) -> bool:
        """Like ``go_to``; without a client, or one who is not listed, nobody is current."""
        here = self.current_line()
        if here is not None and here.item.client_id == client_id:
            return True
        found = QModelIndex() if client_id is None else self.work.index_of_client(client_id)
        return self._go(found)

    def _go(self, index: QModelIndex) -> bool:
        self._quiet = True
        try:
            if index.isValid():
                self.expand(index.parent())
                self.setCurrentIndex(index)
                self.scrollTo(index)
            else:
                self.clearSelection()
                self.setCurrentIndex(QModelIndex())
        finally:
            self._quiet = False
        return index.isValid()

    def step(self, by: int) -> Line | None:
        """The person ``by`` lines after (or before) the current one, over groups that are open.

        Where the current person has left the list, the one who took the place.
        """
        lines = self.open_lines()
        if not lines:
            return None
        here = self.current_line()
        if here is None:
            place = self._last_row - (1 if by > 0 else 0)
        else:
            place = next((i for i, line in enumerate(lines) if line.key == here.key), 0)
        target = place + by
        return lines[target] if 0 <= target < len(lines) else None

    def open_lines(self) -> list[Line]:
        return [
            line
            for row, section in enumerate(self.work.sections)
            if self.isExpanded(self.work.index(row, 0))
            for line in section.lines
        ]

    def _remember_fold(self, index: QModelIndex, folded: bool) -> None:
        if not self._quiet and not index.parent().isValid():
            self._folded[self.work.sections[index.row()].key] = folded

    # --- the user ---------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        line = self.work.line_at(current)
        if line is None:
            return
        places = [other.key for other in self.open_lines()]
        if line.key in places:
            self._last_row = places.index(line.key)
        if not self._quiet:
            self.chosen.emit(line)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Up and down leave out the headings of open groups; left folds, also from a person."""
        moves = QAbstractItemView.CursorAction
        here = self.currentIndex()
        if action == moves.MoveLeft and self.work.line_at(here) is not None:
            self.collapse(here.parent())
            return here.parent()
        index = super().moveCursor(action, modifiers)
        if action in (moves.MoveDown, moves.MoveNext, moves.MoveHome, moves.MovePageDown):
            return self._past_headings(index, self.indexBelow, here)
        if action in (moves.MoveUp, moves.MovePrevious, moves.MovePageUp):
            return self._past_headings(index, self.indexAbove, here)
        return index

    def _past_headings(self, index: QModelIndex, further: Any, here: QModelIndex) -> QModelIndex:
        while index.isValid() and self.work.line_at(index) is None and self.isExpanded(index):
            if not self.work.rowCount(index):
                return index
            index = further(index)
        return index if index.isValid() else here

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            index = self.currentIndex()
            line = self.work.line_at(index)
            if line is not None:
                self.opened.emit(line)
            elif index.isValid():
                self.setExpanded(index, not self.isExpanded(index))
            return
        navigation = event.key() in (
            *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right),
            *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
        )
        if navigation:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        line = self.work.line_at(index)
        if line is None:
            return
        at = self.visualRect(index).center() if by_key else event.pos()
        self.menu_wanted.emit(line, self.viewport().mapToGlobal(at))

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.work.line_at(index) is None:
            self.setExpanded(index, not self.isExpanded(index))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        line = self.work.line_at(index)
        if line is not None:
            self.double_clicked.emit(line)
