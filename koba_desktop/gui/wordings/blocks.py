"""The list of the text blocks of a wording, in the parts of the letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from koba_desktop.domain.wording import TAG
from koba_desktop.gui import theme
from koba_desktop.gui.widgets.groups import (
    COUNT_ROLE,
    GROUP_ROLE,
    OWN_ROLE,
    GroupedModel,
    GroupedTree,
    Index,
    paint_heading,
)
from koba_desktop.gui.widgets.text import write
from koba_desktop.gui.wordings import naming
from koba_desktop.gui.wordings.naming import Section
from koba_desktop.gui.wordings.sheet import WordingSheet
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import message

KEY_ROLE = OWN_ROLE
LINE, HEADING, MARGIN = 24, 26, 8


class Column(IntEnum):
    NAME = 0
    TEXT = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A version of a block, with what there is to see of it."""

    key: str
    title: str  # the block, or the case of a further version
    text: str
    changed: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    section: Section
    rows: tuple[Row, ...]


def groups_of(sheet: WordingSheet) -> tuple[Group, ...]:
    """The blocks by parts of the letter; further versions of a block follow it."""
    names: dict[str, list[str]] = {}
    for key in sheet.keys:
        names.setdefault(key.split(".")[0], []).append(key)
    by_part: dict[Section, list[Row]] = {}
    for name, keys in names.items():
        by_part.setdefault(naming.section_of(name), []).extend(
            _row(sheet, key) for key in sorted(keys, key=lambda key: key.count("."))
        )
    return tuple(Group(part, tuple(by_part[part])) for part in Section if part in by_part)


def _row(sheet: WordingSheet, key: str) -> Row:
    name, *conditions = key.split(".")
    title = naming.short_case(key) if conditions else naming.block_title(name)
    said = " ".join(message(problem) for problem in sheet.of([key]))
    return Row(key, title, plain(sheet.text(key)), sheet.changed(key), said)


def plain(text: str) -> str:
    """A block in one line, without its markup."""
    return " ".join(TAG.sub(" ", text).split())


class BlocksModel(GroupedModel):
    """Rows change in place while somebody writes, so that the list stays where it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups: tuple[Group, ...] = ()

    def show_groups(self, groups: Sequence[Group]) -> bool:
        """Returns whether the rows are others now."""
        if tuple(groups) == self._groups:
            return False
        before = [[row.key for row in group.rows] for group in self._groups]
        if before != [[row.key for row in group.rows] for group in groups]:
            self.beginResetModel()
            self._groups = tuple(groups)
            self.endResetModel()
            return True
        self._groups = tuple(groups)
        for number in range(len(groups)):
            head = self.index(number, 0)
            last = self.index(self.rowCount(head) - 1, Column.TEXT, head)
            self.dataChanged.emit(self.index(0, 0, head), last)
            self.dataChanged.emit(head, head)
        return False

    def find(self, key: str) -> QModelIndex:
        for number, group in enumerate(self._groups):
            for row, each in enumerate(group.rows):
                if each.key == key:
                    return self.row_index(number, row)
        return QModelIndex()

    def keys(self) -> list[str]:
        """All blocks from top to bottom."""
        return [row.key for group in self._groups for row in group.rows]

    # --- QAbstractItemModel -----------------------------------------------------------------------

    def sizes(self) -> list[int]:
        return [len(group.rows) for group in self._groups]

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(Column)

    def row(self, index: Index) -> Row | None:
        if not index.isValid():
            return None
        number, row = self.place(index)
        return self._groups[number].rows[row] if row is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        group = self._groups[self.place(index)[0]]
        row = self.row(index)
        if role == GROUP_ROLE:
            return group.section
        if row is None:
            return _heading(group, index.column(), role)
        if role == KEY_ROLE:
            return row.key
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if index.column() == Column.NAME else row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row) if index.column() == Column.NAME else row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (naming.full_title(row.key), row.problem)))
        return None


def _heading(group: Group, column: int, role: int) -> Any:
    title = naming.section_title(group.section)
    faulty = sum(bool(row.problem) for row in group.rows)
    count = _("{n}, of them {faulty} to correct") if faulty else "{n}"
    said = count.format(n=len(group.rows), faulty=faulty)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return f"{title}, {said}"
    if column:
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return title
    return said if role == COUNT_ROLE else None


def spoken(row: Row) -> str:
    """The block in one sentence, for a screen reader."""
    marks = (_("changed, not saved") if row.changed else "", row.problem)
    return ", ".join(filter(None, (naming.full_title(row.key), row.text, *marks)))


class BlocksTree(GroupedTree):
    """Arrows walk through the blocks, Enter goes to the text of one."""

    writing_wanted = Signal()

    def __init__(self, model: BlocksModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent, folded=(Section.FRAME.value,))
        self._blocks = model
        self.setItemDelegate(_Delegate(self))
        self.setProperty("framed", True)
        self.setAccessibleName(_("Text blocks"))
        self.setHeaderHidden(True)
        header = self.header()
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.TEXT, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(Column.NAME, theme.px(232))
        theme.watcher().changed.connect(self.viewport().update)

    def current_key(self) -> str:
        """The block one is at; "" on a heading."""
        row = self._blocks.row(self.currentIndex())
        return row.key if row is not None else ""

    def go_to(self, key: str) -> bool:
        """Make a block the current one, unfolded if need be."""
        return self.choose(self._blocks.find(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if enters and self.current_key():
            self.writing_wanted.emit()
            return
        super().keyPressEvent(event)

    def draw_heading(self, painter: QPainter, rect: QRect, heading: QModelIndex) -> None:
        paint_heading(painter, rect, rect.left() + MARGIN, heading, self.isExpanded(heading))

    def draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool
    ) -> None:
        t = theme.tokens()
        row = self._blocks.row(index)
        ground = t.emergency_fill if row is not None and row.problem else t.base
        self.draw_cells(painter, option, index, chosen, t.selection if chosen else ground)


class _Delegate(QStyledItemDelegate):
    """The name with a sign of what was changed or is wrong, and the text in one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(KEY_ROLE) is not None
        return QSize(0, theme.px(LINE if row else HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, BlocksModel)
        row = model.row(index)
        if row is None:
            return
        t = theme.tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = t.on_selection if chosen else (t.emergency_text if row.problem else t.text)
        if index.column() == Column.TEXT:
            quiet = ink if chosen or row.problem else t.text2
            write(painter, option.rect.adjusted(6, 0, -MARGIN, 0), row.text, theme.font(), quiet)
            return
        size = theme.px(14)
        inner = option.rect.adjusted(MARGIN, 0, -4, 0)
        sign = ("emergency", ink) if row.problem else (("pencil", ink) if row.changed else None)
        if sign is not None:
            place = QRectF(inner.left(), inner.center().y() - size / 2 + 1, size, size)
            theme.draw_icon(painter, sign[0], place, sign[1])
        further = "." in row.key
        inner.setLeft(inner.left() + size + 5 + (theme.px(12) if further else 0))
        write(painter, inner, row.title, theme.font(bold=not further), ink)
