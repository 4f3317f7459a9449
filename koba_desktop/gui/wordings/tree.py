"""The list of all wordings: kinds of letter, and below each its languages with how they stand."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from koba_desktop.domain.vocabulary import LetterKind
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
from koba_desktop.gui.widgets.text import advance, write
from koba_desktop.gui.wordings.naming import language_title
from koba_desktop.gui.wordings.shelf import ICONS, title_of
from koba_desktop.i18n import _, ngettext, pgettext
from koba_desktop.i18n.words import word
from koba_desktop.services.letters.wordings import State, Wording, WordingKey, wording_keys

WORDING_ROLE = OWN_ROLE
LINE, HEADING, MARGIN = 24, 27, 8
_TO_DO = (State.MISSING, State.OUTDATED, State.UNREVIEWED)


class Column(IntEnum):
    LANGUAGE = 0
    STATUS = 1


class WordingsModel(GroupedModel):
    """``status`` gives the words of a wording's state, ``altered`` tells whether it says something
    else than the program's, ``typed`` whether something in it is not saved."""

    def __init__(self, status: Callable[[Wording], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = status
        self._groups: tuple[tuple[LetterKind, tuple[Wording, ...]], ...] = ()
        self.altered: Callable[[Wording], bool] = lambda _wording: False
        self.typed: Callable[[WordingKey], bool] = lambda _address: False

    def show_wordings(self, wordings: Sequence[Wording]) -> bool:
        """Returns whether the rows are others now."""
        kinds: dict[LetterKind, list[Wording]] = {}
        for wording in wordings:
            kinds.setdefault(wording.which.kind, []).append(wording)
        groups = tuple((kind, tuple(each)) for kind, each in kinds.items())
        if [_addresses(group) for group in groups] != [_addresses(g) for g in self._groups]:
            self.beginResetModel()
            self._groups = groups
            self.endResetModel()
            return True
        self._groups = groups
        self.renew()
        return False

    def renew(self) -> None:
        """Signs of the rows have changed."""
        for number in range(len(self._groups)):
            head = self.index(number, 0)
            last = self.index(self.rowCount(head) - 1, Column.STATUS, head)
            self.dataChanged.emit(self.index(0, 0, head), last)

    def find(self, which: WordingKey) -> QModelIndex:
        for number, group in enumerate(self._groups):
            for row, wording in enumerate(group[1]):
                if wording.which == which:
                    return self.row_index(number, row)
        return QModelIndex()

    def wording(self, index: Index) -> Wording | None:
        if not index.isValid():
            return None
        number, row = self.place(index)
        return self._groups[number][1][row] if row is not None else None

    # --- QAbstractItemModel -----------------------------------------------------------------------

    def sizes(self) -> list[int]:
        return [len(group[1]) for group in self._groups]

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        kind, wordings = self._groups[self.place(index)[0]]
        wording = self.wording(index)
        if role == GROUP_ROLE:
            return kind
        if wording is None:
            return _heading(kind, wordings, index.column(), role)
        if role == WORDING_ROLE:
            return wording
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == Column.LANGUAGE:
                return language_title(wording.which.language, wording.which.variant)
            return self.status(wording)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(wording)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.spoken(wording)
        return None

    def status(self, wording: Wording) -> str:
        """ "since 01.04.2021, changed" """
        parts = [self._status(wording)]
        if wording.newest is not None and self.altered(wording):
            parts.append(pgettext("wording", "changed"))
        if self.typed(wording.which):
            parts.insert(0, pgettext("wording", "not saved"))
        return ", ".join(parts)

    def spoken(self, wording: Wording) -> str:
        """The wording in one sentence, for a screen reader."""
        newest = wording.newest
        version = _("version {n}").format(n=newest.number) if newest is not None else ""
        parts = (title_of(wording.which), version, self.status(wording))
        return ", ".join(filter(None, parts))


def _addresses(group: tuple[LetterKind, tuple[Wording, ...]]) -> list[WordingKey]:
    return [wording.which for wording in group[1]]


def _heading(kind: LetterKind, wordings: Sequence[Wording], column: int, role: int) -> Any:
    """How many of a kind need somebody's attention."""
    n = sum(wording.state in _TO_DO for wording in wordings)
    said = ngettext("{n} to look at", "{n} to look at", n).format(n=n) if n else ""
    if role == Qt.ItemDataRole.AccessibleTextRole:
        return ", ".join(filter(None, (word(kind), said)))
    if column:
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return word(kind)
    return said if role == COUNT_ROLE else None


class WordingsTree(GroupedTree):
    """Arrows walk through the wordings; a kind folds on its heading."""

    def __init__(
        self,
        model: WordingsModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(model, parent)
        self._wordings = model
        self.setItemDelegate(_Delegate(self))
        self.setProperty("framed", True)
        self.setAccessibleName(_("Wordings by kind of letter and language"))
        self.setHeaderHidden(True)
        header = self.header()
        header.setSectionResizeMode(Column.LANGUAGE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.STATUS, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(Column.LANGUAGE, _languages_width())
        self.setMinimumWidth(_languages_width())
        theme.watcher().changed.connect(self.viewport().update)

    def current(self) -> Wording | None:
        """The wording one is at; None on a heading."""
        return self._wordings.wording(self.currentIndex())

    def go_to(self, which: WordingKey) -> bool:
        return self.choose(self._wordings.find(which))

    def draw_heading(self, painter: QPainter, rect: QRect, heading: QModelIndex) -> None:
        paint_heading(painter, rect, rect.left() + MARGIN, heading, self.isExpanded(heading))

    def draw_line(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, chosen: bool
    ) -> None:
        t = theme.tokens()
        self.draw_cells(painter, option, index, chosen, t.selection if chosen else t.base)


def _languages_width() -> int:
    """Room for the longest name in bold, as the chosen one is written."""
    names = {language_title(each.language, each.variant) for each in wording_keys()}
    widest = max(advance(name, bold=True) for name in names)
    return MARGIN + theme.px(18) + widest + 4 + theme.px(8)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(WORDING_ROLE) is not None
        return QSize(0, theme.px(LINE if row else HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, WordingsModel)
        wording = model.wording(index)
        if wording is None:
            return
        t = theme.tokens()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = t.on_selection if chosen else t.text
        if index.column() == Column.LANGUAGE:
            inner = option.rect.adjusted(MARGIN + theme.px(18), 0, -4, 0)
            write(painter, inner, index.data(), theme.font(bold=chosen), ink)
            return
        name, role = ICONS[wording.state]
        if model.typed(wording.which):
            name, role = "pencil", "text"
        size = theme.px(14)
        place = QRectF(option.rect.left(), option.rect.center().y() - size / 2 + 1, size, size)
        colour = ink if chosen or role == "text" else getattr(t, role)
        theme.draw_icon(painter, name, place, colour)
        inner = option.rect.adjusted(size + 5, 0, -4, 0)
        write(painter, inner, model.status(wording), theme.font(), ink)
