"""The field a text block is written in: placeholders and markup stand out as one types."""

import re
from collections.abc import Callable, Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeySequence,
    QShortcut,
    QSyntaxHighlighter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextDocumentLayout, QPlainTextEdit, QWidget

from koba_desktop.domain.vocabulary import RIGHT_TO_LEFT
from koba_desktop.domain.wording import PLACEHOLDERS
from koba_desktop.gui import theme
from koba_desktop.gui.wordings.sheet import shown, stored

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")
_TAG = re.compile(r"<\s*(/?)\s*([bi])\s*>", re.IGNORECASE)
_LINES = 3


class Highlighter(QSyntaxHighlighter):
    """Placeholders in colour, unknown ones underlined as faults, bold and italic as they print."""

    def __init__(self, document: QTextDocument, usable: Callable[[], Collection[str]]) -> None:
        super().__init__(document)
        self._usable = usable

    def highlightBlock(self, text: str) -> None:
        styles = [QTextCharFormat() for _character in text]
        for at, (bold, italic, tag) in enumerate(_styled(text)):
            if bold:
                styles[at].setFontWeight(QFont.Weight.Bold)
            if italic:
                styles[at].setFontItalic(True)
            if tag:
                styles[at].setForeground(theme.tokens().text2)
        usable = self._usable()
        for found in _PLACEHOLDER.finditer(text):
            for at in range(found.start(), found.end()):
                _dress(styles[at], found[1], usable)
        for at, style in enumerate(styles):
            self.setFormat(at, 1, style)


def _styled(text: str) -> list[tuple[bool, bool, bool]]:
    """Of each character whether it is bold, italic, part of a tag."""
    marks: list[tuple[bool, bool, bool]] = []
    bold = italic = False
    at = 0
    for tag in _TAG.finditer(text):
        marks += [(bold, italic, False)] * (tag.start() - at)
        marks += [(False, False, True)] * (tag.end() - tag.start())
        if tag[2].lower() == "b":
            bold = not tag[1]
        else:
            italic = not tag[1]
        at = tag.end()
    return marks + [(bold, italic, False)] * (len(text) - at)


def _dress(style: QTextCharFormat, name: str | None, usable: Collection[str]) -> None:
    t = theme.tokens()
    if name in PLACEHOLDERS:
        style.setForeground(t.telephone_text)
        style.setBackground(t.telephone_fill)
        if name not in usable:
            _underline(style, t.warning)
    else:
        style.setForeground(t.emergency_text)
        style.setBackground(t.emergency_fill)
        _underline(style, t.emergency_edge)


def _underline(style: QTextCharFormat, colour: QColor) -> None:
    style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    style.setUnderlineColor(colour)


class BlockField(QPlainTextEdit):
    """One block at a time; each keeps a document of its own, and so its own steps to undo.

    A line break of the letter is a line break here. Tab leaves the field.
    """

    edited = Signal(str)  # the text as it is stored

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._documents: dict[str, QTextDocument] = {}
        self._showing = False
        self.usable: Collection[str] = ()
        self.setTabChangesFocus(True)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * _LINES + theme.px(14))
        for keys, tag in (("Ctrl+B", "b"), ("Ctrl+I", "i")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda name=tag: self.enclose(name))
        theme.watcher().changed.connect(self.renew_marks)

    def forget(self) -> None:
        """Another wording: the steps of the former are not undone in it."""
        self._show(self._made("", right_to_left=False))
        for document in self._documents.values():
            document.deleteLater()
        self._documents = {}

    def show_block(self, key: str, text: str, usable: Collection[str], language: str) -> None:
        """Show a block with what it may use."""
        self.usable = usable
        document = self._documents.get(key)
        if document is None:
            right_to_left = language in RIGHT_TO_LEFT
            document = self._made(shown(text), right_to_left=right_to_left)
            self._documents[key] = document
        self._show(document)
        if stored(document.toPlainText()) != text:
            self._replace(shown(text))
        self.renew_marks()

    def _made(self, text: str, *, right_to_left: bool) -> QTextDocument:
        document = QTextDocument(self)
        document.setDocumentLayout(QPlainTextDocumentLayout(document))
        document.setDefaultFont(self.font())
        document.setPlainText(text)
        direction = (
            Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight
        )
        option = QTextOption()
        option.setTextDirection(direction)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        if right_to_left:
            cursor = QTextCursor(document)
            cursor.select(QTextCursor.SelectionType.Document)
            block = QTextBlockFormat()
            block.setLayoutDirection(direction)
            cursor.mergeBlockFormat(block)
        document.setModified(False)
        document.clearUndoRedoStacks()
        Highlighter(document, lambda: self.usable)
        document.contentsChanged.connect(lambda: self._on_changed(document))
        return document

    def _show(self, document: QTextDocument) -> None:
        if self.document() is not document:
            self._showing = True
            self.setDocument(document)
            option = document.defaultTextOption()
            self.setLayoutDirection(option.textDirection())
            self._showing = False

    def _replace(self, text: str) -> None:
        """Other text from elsewhere, as one step that can be undone."""
        self._showing = True
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._showing = False

    def _on_changed(self, document: QTextDocument) -> None:
        if not self._showing and document is self.document():
            self.edited.emit(stored(document.toPlainText()))

    def renew_marks(self) -> None:
        """What may be used has changed, or the colours have."""
        highlighter = self.document().findChild(QSyntaxHighlighter)
        if isinstance(highlighter, QSyntaxHighlighter):
            self._showing = True
            highlighter.rehighlight()
            self._showing = False

    # --- writing ----------------------------------------------------------------------------------

    def insert(self, text: str) -> None:
        """Put a text where the cursor is, in place of what is selected."""
        if not self.isReadOnly():
            self.textCursor().insertText(text)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def enclose(self, tag: str) -> None:
        """Set what is selected in bold ("b") or italics ("i"), or take that away again; without a
        selection the cursor stands between the tags."""
        if self.isReadOnly():
            return
        opening, closing = f"<{tag}>", f"</{tag}>"
        cursor = self.textCursor()
        text = cursor.selectedText().replace("\u2029", "\n")
        if text.startswith(opening) and text.endswith(closing):
            cursor.insertText(text[len(opening) : -len(closing)])
            return
        start = cursor.selectionStart()
        cursor.insertText(f"{opening}{text}{closing}")
        end = start + len(opening) + len(text)
        if text:
            cursor.setPosition(start)
            cursor.setPosition(end + len(closing), QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.setPosition(end)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def correct(self, wrong: str, right: str) -> None:
        """Write ``right`` wherever ``wrong`` stands, as one step that can be undone."""
        self.replace(self.toPlainText().replace(wrong, right))

    def replace(self, text: str) -> None:
        """Write another text, as one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
