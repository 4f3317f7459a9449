"""The block one writes in: what it is, its German text, the field, and what may be inserted."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain import wording
from koba_desktop.domain.errors import Problem
from koba_desktop.gui import theme
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, SecondText, ToolButton
from koba_desktop.gui.widgets.flow import FlowLayout
from koba_desktop.gui.wordings import naming
from koba_desktop.gui.wordings.chips import Chips
from koba_desktop.gui.wordings.field import BlockField
from koba_desktop.gui.wordings.sheet import WordingSheet, shown
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import message

_NARROWEST = 240  # px at 96 dpi


class BlockEditor(QWidget):
    """Shows one block of one wording. What is typed goes into the sheet at once."""

    typed = Signal(str)  # the block's key
    another_case_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: WordingSheet | None = None
        self._key = ""
        self._usable: Mapping[str, Mapping[str, str]] = {}
        self._master: Mapping[str, str] = {}
        self._common: frozenset[str] = frozenset()
        self._locked = False
        self._only_read = False
        self._build()

    def _build(self) -> None:
        """From the top down: Tab goes the way the parts were made."""
        self.title = Heading("", 3, self)
        self.title.setWordWrap(True)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.master_label = SecondText("", self)
        self.master = QPlainTextEdit(self)
        self.master.setReadOnly(True)
        self.master.setTabChangesFocus(True)
        self.master.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + theme.px(10))
        self.field = BlockField(self)
        self.field.edited.connect(self._on_edited)
        self.message = InlineMessage(self)
        self.tools = self._build_tools()
        self.chips = Chips(self)
        self.chips.wanted.connect(self.field.insert)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(4)
        tools = FlowLayout(gap=4)
        for button in self.tools:
            tools.addWidget(button)
        layout.addWidget(self.title)
        layout.addLayout(tools)
        layout.addWidget(self.master_label)
        layout.addWidget(self.master)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.message)
        layout.addWidget(self.chips)

    def _build_tools(self) -> list[ToolButton]:
        bold = ToolButton(_("B"), "", self, tool_tip=_("Bold (Ctrl+B)"))
        bold.setFont(theme.font(bold=True))
        italic = ToolButton(_("I"), "", self, tool_tip=_("Italic (Ctrl+I)"))
        slanted = theme.font()
        slanted.setItalic(True)
        italic.setFont(slanted)
        line = ToolButton("↵", "", self, tool_tip=_("Line break (Enter)"))
        undo = ToolButton("", "undo", self, tool_tip=_("Undo in this text (Ctrl+Z)"))
        redo = ToolButton("", "redo", self, tool_tip=_("Redo in this text"))
        bold.clicked.connect(lambda: self.field.enclose("b"))
        italic.clicked.connect(lambda: self.field.enclose("i"))
        line.clicked.connect(lambda: self.field.insert("\n"))
        undo.clicked.connect(self.field.undo)
        redo.clicked.connect(self.field.redo)
        self.field.undoAvailable.connect(undo.setEnabled)
        self.field.redoAvailable.connect(redo.setEnabled)
        for button in (bold, italic, line):
            button.setAccessibleName(button.toolTip())
        self._undo, self._redo = undo, redo
        return [bold, italic, line, undo, redo, *self._build_case_tools()]

    def _build_case_tools(self) -> list[ToolButton]:
        self.reset = ToolButton("", "refresh", self, tool_tip=_("Back to the program's text"))
        self.remove = ToolButton("", "trash", self, tool_tip=_("Remove this case"))
        self.another = ToolButton(_("Another c&ase…"), "plus", self)
        self.another.setToolTip(_("This text for particular letters only"))
        self.reset.clicked.connect(self._on_reset)
        self.remove.clicked.connect(self.removal_wanted)
        self.another.clicked.connect(self.another_case_wanted)
        return [self.reset, self.remove, self.another]

    # --- showing ----------------------------------------------------------------------------------

    @property
    def key(self) -> str:
        return self._key

    def show_sheet(
        self,
        sheet: WordingSheet | None,
        usable: Mapping[str, Mapping[str, str]],
        master: Mapping[str, str],
    ) -> None:
        """Another wording, or the same with other placeholders or another German text."""
        if sheet is not self._sheet:
            self.field.forget()
            self._key = ""
        self._sheet, self._usable, self._master = sheet, usable, master
        said = [*(sheet.text(key) for key in sheet.keys), *master.values()] if sheet else []
        self._common = frozenset(name for text in said for name in wording.placeholders(text))
        if sheet is None or self._key not in sheet.keys:
            self.show_block("")
        else:
            self.show_block(self._key)

    def show_block(self, key: str) -> None:
        """Show a block; "" for none."""
        sheet = self._sheet
        there = bool(key) and sheet is not None
        self.title.setVisible(there)
        self.field.setVisible(there)
        for widget in (self.chips, *self.tools):
            widget.setVisible(there and not self._only_read)
        follows = sheet is not None and not sheet.which.is_master
        self.master.setVisible(there and follows)
        self.master_label.setVisible(there and follows)
        self._key = key
        if not there or sheet is None:
            self.message.clear()
            return
        others = any(each.startswith(f"{key}.") for each in sheet.keys)
        title = naming.full_title(key, others)
        self.title.setText(title)
        self.title.setToolTip(title)
        self.field.setAccessibleName(title)
        easy = sheet.which.binding
        self.master_label.setText(_("In standard German:") if easy else _("In the German wording:"))
        self.master.setAccessibleName(
            _("Standard wording of this text block")
            if easy
            else _("German wording of this text block")
        )
        self.master.setPlainText(shown(self._master.get(key, "")))
        usable = self._usable.get(key, {})
        self.field.show_block(key, sheet.text(key), usable, sheet.which.language)
        self._undo.setEnabled(self.field.document().isUndoAvailable())
        self._redo.setEnabled(self.field.document().isRedoAvailable())
        self.chips.offer(usable, self._common)
        self._renew_case_tools(sheet)
        self.show_problems()

    def _renew_case_tools(self, sheet: WordingSheet) -> None:
        """Only where there is something to go back to, or a case that was added."""
        shipped = sheet.shipped.get(self._key)
        differs = shipped is not None and shown(shipped) != shown(sheet.text(self._key))
        self.reset.setVisible(differs and not self._only_read)
        self.remove.setVisible(sheet.is_added(self._key) and not self._only_read)

    def _on_reset(self) -> None:
        """The text of the program in this block; it can be undone."""
        if self._sheet is not None and self._key in self._sheet.shipped:
            self.field.replace(shown(self._sheet.shipped[self._key]))
            self.go_to_text()

    def read_only(self, on: bool) -> None:
        """Somebody who may not write sees no buttons to write with."""
        if on != self._only_read:
            self._only_read = on
            self.show_block(self._key)

    def lock(self, locked: bool) -> None:
        """Nothing can be written now."""
        self._locked = locked
        self.field.setReadOnly(locked)
        for button in self.tools:
            button.setEnabled(not locked)
        self.chips.lock(locked)
        if not locked:
            self._undo.setEnabled(self.field.document().isUndoAvailable())
            self._redo.setEnabled(self.field.document().isRedoAvailable())

    # --- writing ----------------------------------------------------------------------------------

    def _on_edited(self, text: str) -> None:
        sheet = self._sheet
        if sheet is None or not self._key or text == sheet.text(self._key):
            return
        sheet.problems = tuple(p for p in sheet.problems if p.where != self._key)
        sheet.type(self._key, text)
        self._renew_case_tools(sheet)
        self.show_problems()
        self.typed.emit(self._key)

    def show_problems(self) -> None:
        """What is wrong with the block: seen as one types, or found when it was to be saved."""
        sheet = self._sheet
        if sheet is None or not self._key:
            return
        found = self._seen(sheet) or list(sheet.of([self._key]))
        self.field.setProperty("invalid", bool(found))
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)
        if not found:
            self._warn(sheet)
            return
        first = found[0]
        text = "\n".join(dict.fromkeys(message(problem) for problem in found))
        self.field.setAccessibleDescription(text)
        if first.code == "placeholder_unknown" and not self._locked:
            wrong, right = first.params["placeholder"], first.params["suggestion"]
            link = _("Insert {placeholder}").format(placeholder=right)
            self.message.show_message(
                text, Level.ERROR, link, partial(self.field.correct, wrong, right)
            )
        else:
            self.message.show_message(text, Level.ERROR)

    def _warn(self, sheet: WordingSheet) -> None:
        """Leichte Sprache may say it otherwise, but should say it."""
        lacking = self._lacking(sheet) if sheet.which.binding else []
        names = ", ".join(problem.params["placeholder"] for problem in lacking)
        text = _("The standard text also names {placeholders} here.").format(placeholders=names)
        self.field.setAccessibleDescription(text if lacking else "")
        if lacking:
            self.message.show_message(text, Level.WARNING)
        else:
            self.message.clear()

    def _lacking(self, sheet: WordingSheet) -> list[Problem]:
        """What the standard German text says here by placeholders, and this text does not."""
        text = sheet.text(self._key)
        if sheet.which.is_master or not text or self._key not in self._master:
            return []
        return wording.lacking(self._master, {self._key: text})

    def _seen(self, sheet: WordingSheet) -> list[Problem]:
        """Faults that need no layout."""
        found = wording.check({self._key: sheet.text(self._key)})
        return found if found or sheet.which.binding else self._lacking(sheet)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(480), theme.px(300))

    def minimumSizeHint(self) -> QSize:
        """A splitter does not ask what height goes with the width: lines that wrap are counted."""
        least, laid = super().minimumSizeHint(), self.layout()
        if laid is None or self.width() < theme.px(_NARROWEST):  # not laid out yet
            return least
        wrapped = laid.totalMinimumHeightForWidth(self.width())
        return QSize(least.width(), max(least.height(), wrapped))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def place(self) -> int | None:
        """Where somebody is writing in the text; None where nobody is."""
        return self.field.textCursor().position() if self.field.hasFocus() else None

    def go_to_place(self, place: int) -> None:
        """The keyboard to the field, as far into it as that."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.field.textCursor()
        cursor.setPosition(min(place, self.field.document().characterCount() - 1))
        self.field.setTextCursor(cursor)

    def go_to_text(self) -> None:
        """The keyboard to the field, behind what stands there."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
