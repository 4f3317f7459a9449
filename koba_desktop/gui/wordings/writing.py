"""Where a wording is written: its blocks, the field of one, what stands against saving it."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.errors import Problem
from koba_desktop.gui import theme
from koba_desktop.gui.widgets import Heading, InlineMessage, PrimaryButton, SecondText, ToolButton
from koba_desktop.gui.widgets.days import DayEdit
from koba_desktop.gui.wordings import naming
from koba_desktop.gui.wordings.blocks import BlocksModel, BlocksTree, groups_of
from koba_desktop.gui.wordings.cases import CaseDialog, Possible
from koba_desktop.gui.wordings.editor import BlockEditor
from koba_desktop.gui.wordings.sheet import WordingSheet
from koba_desktop.gui.wordings.shelf import title_of
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import message

_MOST_LINES = 4


class ProblemList(QListWidget):
    """What stands against saving, one line each; Enter or a click goes to the block."""

    wanted = Signal(str)  # a block's key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("framed", True)
        self.setAccessibleName(_("What stands against saving"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._on_wanted)
        self.itemClicked.connect(self._on_wanted)
        self.hide()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.clear()
        for problem in problems:
            where = naming.full_title(problem.where) if problem.where else _("The whole letter")
            item = QListWidgetItem(f"{where}: {message(problem)}", self)
            item.setToolTip(item.text())
            item.setIcon(theme.icon("emergency", "emergency_edge"))
            item.setData(Qt.ItemDataRole.UserRole, problem.where)
        lines = min(len(problems), _MOST_LINES)
        self.setFixedHeight(lines * max(self.sizeHintForRow(0), theme.px(20)) + theme.px(6))
        self.setVisible(bool(problems))
        if problems:
            self.setCurrentRow(0)

    def _on_wanted(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))


class WritingPage(QWidget):
    """Shows one sheet; what is done with it is up to the panel."""

    typed = Signal()
    block_shown = Signal(str)  # its key
    save_wanted = Signal()
    discard_wanted = Signal()
    versions_wanted = Signal()
    review_wanted = Signal()
    cases_changed = Signal()  # a block is there for another case, or no more

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: WordingSheet | None = None
        self._busy = False
        self._reason = ""
        self._possible: Possible = {}
        self.model = BlocksModel(self)
        self._build()
        self._connect()
        self.show_sheet(None, {}, {}, {})

    def _build(self) -> None:
        """From the top down: Tab goes the way the parts were made."""
        self.heading = Heading("", 2, self)
        self.heading.setWordWrap(True)
        self.versions_button = ToolButton(_("&Versions…"), "list", self)
        self.review_button = ToolButton(_("Enter as chec&ked…"), "tick", self)
        self.status = SecondText("", self)
        self.status.setWordWrap(True)
        self.note = InlineMessage(self)
        self.notice = InlineMessage(self)
        self.blocks = BlocksTree(self.model, self)
        self.editor = BlockEditor(self)
        self.problems = ProblemList(self)
        self.foot = QWidget(self)
        self._build_foot()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.versions_button)
        head.addWidget(self.review_button)
        self.splitter = QSplitter(Qt.Orientation.Vertical, self)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.blocks)
        self.splitter.addWidget(self.editor)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([theme.px(230), theme.px(230)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.status)
        layout.addWidget(self.note)
        layout.addWidget(self.notice)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.problems)
        layout.addWidget(self.foot)

    def _build_foot(self) -> None:
        self._day_label = QLabel(_("In force &from"), self.foot)
        self.day = DayEdit(self.foot)
        self.day.setAccessibleName(_("In force from"))
        self._day_label.setBuddy(self.day)
        self.save_button = PrimaryButton(_("&Save"), self.foot)
        self.discard_button = QPushButton(_("&Discard"), self.foot)
        self.working = SecondText("", self.foot)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._day_label, self.day, self.save_button, self.discard_button):
            row.addWidget(widget)
        row.addWidget(self.working, 1)

    def _connect(self) -> None:
        self.blocks.selectionModel().currentChanged.connect(self._on_block)
        self.blocks.writing_wanted.connect(self.editor.go_to_text)
        self.editor.typed.connect(self._on_typed)
        self.editor.another_case_wanted.connect(self.ask_for_case)
        self.editor.removal_wanted.connect(self.remove_case)
        self.problems.wanted.connect(self.go_to)
        self.save_button.clicked.connect(self.save_wanted)
        self.discard_button.clicked.connect(self.discard_wanted)
        self.versions_button.clicked.connect(self.versions_wanted)
        self.review_button.clicked.connect(self.review_wanted)
        for keys, by in (("Alt+Down", 1), ("Alt+Up", -1)):
            shortcut = QShortcut(QKeySequence(keys), self.editor)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=by: self._step(step))

    # --- showing ----------------------------------------------------------------------------------

    def show_sheet(
        self,
        sheet: WordingSheet | None,
        usable: Mapping[str, Mapping[str, str]],
        master: Mapping[str, str],
        possible: Possible,
    ) -> None:
        """Show a wording; at the block one was at where it has that one, too. ``possible`` is for
        what a block can have a version of its own."""
        before = self.editor.key or self.blocks.current_key()
        place = self.editor.place()
        self._sheet = sheet
        self._possible = possible
        self.heading.setText(title_of(sheet.which) if sheet is not None else "")
        self.editor.show_sheet(sheet, usable, master)
        groups = groups_of(sheet) if sheet is not None else ()
        reset = self.model.show_groups(groups)
        if reset:
            self.blocks.dress()
        for widget in (self.blocks, self.editor, self.versions_button):
            widget.setVisible(sheet is not None)
        self.foot.setVisible(sheet is not None and not self._reason)
        if sheet is not None:
            keys = self.model.keys()
            wanted = before if before in keys else next(iter(keys), "")
            if not self.blocks.go_to(wanted) or self.editor.key != wanted:
                self.editor.show_block(wanted)
            if place is not None:
                self.editor.go_to_place(place)
            self.block_shown.emit(wanted)
        self.renew()

    def renew(self) -> None:
        """Signs, problems and buttons as the sheet stands now."""
        sheet = self._sheet
        if sheet is None:
            self.problems.show_problems(())
            self.review_button.hide()
            return
        self.model.show_groups(groups_of(sheet))
        self.problems.show_problems(sheet.problems)
        self.editor.lock(bool(self._reason) or self._busy)
        free = not self._reason and not self._busy
        self.save_button.setEnabled(free and (sheet.dirty or sheet.wording.outdated))
        self.discard_button.setEnabled(free and sheet.dirty)
        self.day.setEnabled(not self._reason)
        self.working.setText(_("The wording is being tried …") if self._busy else "")
        newest = sheet.wording.newest
        self.review_button.setVisible(not sheet.which.binding)
        self.review_button.setEnabled(free and not sheet.dirty and newest is not None)

    def set_day(self, today: date, proposed: date) -> None:
        """Today or later; ``proposed`` stands there until somebody chooses another."""
        self.day.keep_between(first=today)
        self.day.set_day(proposed)

    def chosen_day(self) -> date:
        return self.day.day()

    def lock(self, reason: str) -> None:
        """Only look; "" lets one write."""
        if reason == self._reason:
            return
        self._reason = reason
        self.foot.setVisible(not reason and self._sheet is not None)
        if reason:
            self.note.show_message(reason)
        else:
            self.note.clear()
        self.editor.read_only(bool(reason))
        self.renew()

    def set_busy(self, busy: bool) -> None:
        """The wording is being tried, or saved."""
        self._busy = busy
        self.renew()

    # --- walking ----------------------------------------------------------------------------------

    def go_to(self, key: str) -> None:
        """To the text of a block."""
        if key and self.blocks.go_to(key):
            self.editor.go_to_text()

    def _step(self, by: int) -> None:
        keys = self.model.keys()
        if self.editor.key in keys:
            at = keys.index(self.editor.key) + by
            if 0 <= at < len(keys):
                self.go_to(keys[at])

    def _on_block(self, current: QModelIndex, _previous: QModelIndex) -> None:
        key = self.blocks.current_key()
        if key and key != self.editor.key:
            self.editor.show_block(key)
            self.editor.lock(bool(self._reason) or self._busy)
            self.block_shown.emit(key)

    # --- cases ------------------------------------------------------------------------------------

    def ask_for_case(self) -> None:
        """Ask in which letters the block one is at is to read otherwise."""
        sheet, key = self._sheet, self.editor.key
        if sheet is None or not key or not self.editor.another.isEnabled():
            return
        dialog = CaseDialog(key, self._possible, sheet.keys, self.window())
        dialog.chosen.connect(self.add_case)
        dialog.open()

    def add_case(self, key: str) -> None:
        """The block for that case; it begins with the text it would have had."""
        sheet = self._sheet
        if sheet is not None:
            sheet.add(key, sheet.text(self.editor.key))
            self._show_case(key)

    def remove_case(self) -> None:
        """Such letters take what is left of the block."""
        sheet, key = self._sheet, self.editor.key
        if sheet is not None and sheet.is_added(key):
            sheet.remove(key)
            name = key.split(".")[0]
            self._show_case(next(each for each in sheet.keys if each.split(".")[0] == name))

    def _show_case(self, key: str) -> None:
        self.notice.clear()
        self.renew()
        self.blocks.dress()
        self.go_to(key)
        self.cases_changed.emit()

    def _on_typed(self, _key: str) -> None:
        self.notice.clear()
        self.renew()
        self.typed.emit()
