"""The versions of a wording: what each said, what another changed, and the way back to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.vocabulary import RIGHT_TO_LEFT
from koba_desktop.gui import theme
from koba_desktop.gui.widgets import Heading, PrimaryButton, SecondText, ToolButton
from koba_desktop.gui.widgets.flow import FlowLayout
from koba_desktop.gui.wordings import naming
from koba_desktop.gui.wordings.diffing import BlockChange, Change, changes, everything
from koba_desktop.gui.wordings.sheet import shown
from koba_desktop.gui.wordings.shelf import title_of
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.letters.wordings import Version, Wording

Index = QModelIndex | QPersistentModelIndex
CHANGE_ROLE = Qt.ItemDataRole.UserRole
_LINE = 24
_MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Text:
    """A wording one can look at: a version, the program's own, or what stands in the editor."""

    name: str
    blocks: Mapping[str, str]


class ChangesModel(QAbstractListModel):
    """A row for each block that reads otherwise."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[BlockChange, ...] = ()

    def show_changes(self, rows: tuple[BlockChange, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == CHANGE_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row)
        return None


def spoken(change: BlockChange) -> str:
    """A changed block in words, for a screen reader: what went, what came."""
    parts = []
    for piece in change.pieces:
        text = " ".join(shown(piece.text).split())
        if piece.change is Change.GONE:
            parts.append(_("deleted “{text}”").format(text=text or _("a space")))
        elif piece.change is Change.NEW:
            parts.append(_("new “{text}”").format(text=text or _("a space")))
    if not parts:
        parts.append(_("unchanged: {text}").format(text=_plain(change)))
    return f"{naming.full_title(change.key)}: {', '.join(parts)}"


def _plain(change: BlockChange) -> str:
    return " ".join("".join(shown(piece.text) for piece in change.pieces).split())


def as_html(change: BlockChange, *, right_to_left: bool) -> str:
    """Words that went are struck through, words that came underlined; the colours say it twice."""
    t = theme.tokens()
    styles = {
        Change.SAME: "",
        Change.GONE: f"color:{t.emergency_text.name()};background:{t.emergency_fill.name()};"
        "text-decoration:line-through",
        Change.NEW: f"color:{t.outdoors_text.name()};background:{t.outdoors_fill.name()};"
        "text-decoration:underline",
    }
    said = "".join(
        f'<span style="{styles[piece.change]}">{escape(piece.text)}</span>'
        for piece in change.pieces
    )
    direction = ' dir="rtl"' if right_to_left else ""
    title = escape(naming.full_title(change.key))
    return f"<p><b>{title}</b></p><p{direction}>{said}</p>"


class _Delegate(QStyledItemDelegate):
    """Draws a changed block as rich text, as high as its width makes it."""

    right_to_left = False

    def _document(self, index: Index, width: int) -> QTextDocument:
        document = QTextDocument()
        document.setDefaultFont(theme.font())
        document.setDefaultStyleSheet(
            f"p {{ margin: 1px 0; color: {theme.tokens().text.name()}; }}"
        )
        document.setHtml(as_html(index.data(CHANGE_ROLE), right_to_left=self.right_to_left))
        document.setTextWidth(max(120, width))
        return document

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, QListView)
        width = view.viewport().width() - 16
        return QSize(width, round(self._document(index, width).size().height()) + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        t, rect = theme.tokens(), option.rect
        view = self.parent()
        assert isinstance(view, QListView)
        painter.save()
        painter.fillRect(rect, t.base)
        painter.setPen(t.separator)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.translate(rect.left() + 8, rect.top() + 2)
        self._document(index, rect.width() - 16).drawContents(painter)
        painter.restore()
        if view.currentIndex() == index:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), t.accent)
            if view.hasFocus():
                painter.setPen(t.accent)
                painter.drawRect(rect.adjusted(0, 0, -1, -1))


class ChangesList(QListView):
    """Arrows walk from one changed block to the next."""

    def __init__(self, model: ChangesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _Delegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setProperty("framed", True)
        self.setAccessibleName(_("What is different"))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        theme.watcher().changed.connect(self.viewport().update)

    def set_right_to_left(self, on: bool) -> None:
        self._delegate.right_to_left = on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class VersionsPage(QWidget):
    """All versions, the newest first; the one chosen is compared with any other."""

    taken = Signal(object, str)  # blocks to be put into the editor, and what they are called
    looked_at = Signal(object)  # blocks of the version chosen
    closed = Signal()

    def __init__(self, author: Callable[[Version], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._author = author
        self._texts: list[Text] = []
        self._typed = False
        self._locked = False
        self.model = ChangesModel(self)
        self._build()

    def _build(self) -> None:
        """From the top down: Tab goes the way the parts were made."""
        self.heading = Heading("", 2, self)
        self.heading.setWordWrap(True)
        self.close_button = ToolButton(_("&Back to writing"), "arrow-left", self)
        self.close_button.clicked.connect(self.closed)
        self.versions = QListWidget(self)
        self.versions.setProperty("framed", True)
        self.versions.setAccessibleName(_("Versions, the newest first"))
        self.versions.currentRowChanged.connect(self._on_version)
        self.take_button = PrimaryButton(_("&Put into the editor"), self)
        self.take_button.clicked.connect(self._on_take)
        self.reset_button = ToolButton(_("Back to the text of the &program"), "undo", self)
        self.reset_button.clicked.connect(self._on_reset)
        word = QLabel(_("Co&mpared with"), self)
        self.before = QComboBox(self)
        self.before.setAccessibleName(_("Version it is compared with"))
        self.before.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.before.currentIndexChanged.connect(self._compare)
        word.setBuddy(self.before)
        self.all = QCheckBox(_("Show &unchanged text blocks too"), self)
        self.all.toggled.connect(lambda _on: self._compare())
        self.count = SecondText("", self)
        self.count.setWordWrap(True)
        self.changes = ChangesList(self.model, self)
        self.versions.itemActivated.connect(lambda _item: self.changes.setFocus())
        head, buttons, compared = QHBoxLayout(), FlowLayout(), QHBoxLayout()
        for line in (head, compared):
            line.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.close_button)
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.reset_button)
        compared.addWidget(word)
        compared.addWidget(self.before, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.versions)
        layout.addLayout(buttons)
        layout.addLayout(compared)
        layout.addWidget(self.all)
        layout.addWidget(self.count)
        layout.addWidget(self.changes, 1)

    # --- showing ----------------------------------------------------------------------------------

    def show_texts(
        self,
        wording: Wording,
        shipped: Mapping[str, str],
        typed: Mapping[str, str] | None,
        today: date,
    ) -> None:
        """All there is to look at: what is typed first, then the versions from the newest on, then
        the program's text. ``typed`` is None where nothing is."""
        self.heading.setText(title_of(wording.which))
        self.changes.set_right_to_left(wording.which.language in RIGHT_TO_LEFT)
        self._typed = typed is not None
        self._texts = []
        if typed is not None:
            self._texts.append(Text(_("What stands in the editor, not saved"), typed))
        self._texts += [
            Text(self._name(version, wording, today), version.blocks)
            for version in wording.versions
        ]
        if shipped:
            self._texts.append(Text(_("Text of the program"), shipped))
        names = [text.name for text in self._texts]
        self.before.blockSignals(True)
        self.before.clear()
        self.before.addItems(names)
        self.before.setCurrentIndex(min(1, len(names) - 1))
        self.before.blockSignals(False)
        self.versions.clear()
        for name in names:
            item = QListWidgetItem(name, self.versions)
            item.setSizeHint(QSize(0, theme.px(_LINE)))
        lines = min(max(len(names), 2), _MOST_LINES)
        self.versions.setFixedHeight(lines * theme.px(_LINE) + theme.px(6))
        self.reset_button.setVisible(bool(shipped))
        self.versions.setCurrentRow(0)

    def lock(self, locked: bool) -> None:
        """Only look."""
        self._locked = locked
        self._renew_buttons()

    def _name(self, version: Version, wording: Wording, today: date) -> str:
        """ "Fassung 2, ab 01.04.2021, von Frau Berger (gilt heute)" """
        text = _("Version {n}, from {day} on, by {author}").format(
            n=version.number,
            day=formats.date_short(version.valid_from),
            author=self._author(version),
        )
        if version == wording.in_force:
            return _("{version} (in force today)").format(version=text)
        if version.valid_from > today:
            return _("{version} (still to come)").format(version=text)
        return text

    def _on_version(self, _row: int) -> None:
        text = self.chosen()
        self._renew_buttons()
        self._compare()
        if text is not None:
            self.looked_at.emit(dict(text.blocks))

    def _renew_buttons(self) -> None:
        """What stands in the editor already is not put there again."""
        there = self.versions.currentRow() == 0
        self.take_button.setEnabled(not self._locked and not there)
        self.reset_button.setEnabled(not self._locked)

    def _compare(self) -> None:
        after, before = self.chosen(), self._text(self.before.currentIndex())
        if after is None or before is None:
            self.model.show_changes(())
            return
        rows = changes(before.blocks, after.blocks)
        self.model.show_changes(
            everything(before.blocks, after.blocks) if self.all.isChecked() else rows
        )
        self.count.setText(_count(len(rows)))
        self.changes.setVisible(self.model.rowCount() > 0)
        if self.model.rowCount():
            self.changes.setCurrentIndex(self.model.index(0))

    def chosen(self) -> Text | None:
        """The version one looks at."""
        return self._text(self.versions.currentRow())

    def _text(self, row: int) -> Text | None:
        return self._texts[row] if 0 <= row < len(self._texts) else None

    # --- taking over ------------------------------------------------------------------------------

    def _on_take(self) -> None:
        text = self.chosen()
        if text is not None:
            self.taken.emit(dict(text.blocks), text.name)

    def _on_reset(self) -> None:
        text = self._text(len(self._texts) - 1)
        if text is not None:
            self.taken.emit(dict(text.blocks), text.name)


def _count(n: int) -> str:
    if not n:
        return _("Both read alike.")
    return ngettext(
        "{n} text block is different: words that went are struck through, words that came are "
        "underlined.",
        "{n} text blocks are different: words that went are struck through, words that came are "
        "underlined.",
        n,
    ).format(n=n)
