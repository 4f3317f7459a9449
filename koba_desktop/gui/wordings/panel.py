"""The wordings of letters: which there are, their text blocks, and the page they make."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QWidget

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.gui import theme
from koba_desktop.gui.admin.rights import administrates
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.mnemonics import menu_letters, tidy
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.wordings import notices
from koba_desktop.gui.wordings.cases import Possible
from koba_desktop.gui.wordings.middle import Middle
from koba_desktop.gui.wordings.review import open_review
from koba_desktop.gui.wordings.sample import Content, SamplePane
from koba_desktop.gui.wordings.saving import Saver
from koba_desktop.gui.wordings.sheet import WordingSheet
from koba_desktop.gui.wordings.sheets import Sheets, Shipped, all_shipped
from koba_desktop.gui.wordings.shelf import Shelf, author_of, full_status, shelf, status_text
from koba_desktop.gui.wordings.tree import WordingsModel, WordingsTree
from koba_desktop.i18n import _
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.execution import Receipt
from koba_desktop.services.letters.wordings import Version, WordingKey


class WordingsPanel(QWidget):
    """What is typed stays with its wording while others are looked at, and survives the program:
    leaving asks nothing."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("wordings")
        self.setAccessibleName(_("Wordings of letters"))
        self._desk = desk
        self._actor = desk.actor
        self._stale = True
        self._tidied = False
        self._sheets = Sheets(desk, self)
        self._sheet: WordingSheet | None = None
        self._displayed: WordingSheet | None = None  # what the page and the sample show by now
        self._wanted: WordingKey | None = None
        self._saver = Saver(desk, self)
        self.model = WordingsModel(lambda wording: status_text(wording, desk.today()), self)
        self.model.altered = self._sheets.altered
        self.model.typed = self._sheets.typed
        self._build()
        self._make_actions()
        self._connect()

    # --- building ---------------------------------------------------------------------------------

    def commands(self) -> list[QAction]:
        """For the menu and the search."""
        return [self._menu.menuAction()]

    def tools(self) -> list[list[QAction]]:
        """None in the tool bar: the buttons stand with the text."""
        return []

    def _build(self) -> None:
        """From left to right: Tab goes the way the parts were made."""
        self.tree = WordingsTree(self.model, self)
        self.middle = Middle(self._author, self)
        self.page, self.versions = self.middle.page, self.middle.versions
        self.sample = SamplePane(self._desk, self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setChildrenCollapsible(False)
        for widget, stretch in ((self.tree, 0), (self.middle, 1), (self.sample, 1)):
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([theme.px(312), theme.px(590), theme.px(440)])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.splitter)

    def _make_actions(self) -> None:
        self._menu = QMenu(_("&Wordings of letters"), self)
        self.show_versions = self._menu.addAction(_("&Versions and comparison…"))
        self.enter_review = self._menu.addAction(_("Enter a translation as chec&ked…"))
        theme.bind_icon(self.show_versions, "list")
        theme.bind_icon(self.enter_review, "tick")
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.save)

    def _connect(self) -> None:
        desk = self._desk
        self.tree.selectionModel().currentChanged.connect(self._on_current)
        self.tree.activated.connect(lambda _index: self.page.blocks.setFocus())
        self.page.typed.connect(self._on_typed)
        self.page.cases_changed.connect(self._on_cases)
        self.page.block_shown.connect(self.sample.show_case)
        self.page.save_wanted.connect(self.save)
        self.page.discard_wanted.connect(self.discard)
        self.page.versions_wanted.connect(self.open_versions)
        self.page.review_wanted.connect(self.review)
        self.versions.taken.connect(self._on_taken)
        self.middle.turned.connect(self.sample.renew)
        self.show_versions.triggered.connect(self.open_versions)
        self.enter_review.triggered.connect(self.review)
        self._saver.saved.connect(self._on_saved)
        self._saver.blamed.connect(self._on_blamed)
        self._saver.overtaken.connect(self._on_overtaken)
        self._saver.failed.connect(self._on_failed)
        desk.changed.connect(self._on_changed)
        desk.book_changed.connect(self._lock)
        desk.actor_changed.connect(self._on_actor_changed)
        desk.wording_requested.connect(self.show_wording)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the list of wordings. A focus proxy would make Tab pass over it."""
        self.tree.setFocus(event.reason())

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._tidied:
            self._tidied = True
            tidy(self, menu_letters(self.window()))
        if self._stale:
            self.refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.WORDINGS):
            self.refresh()

    def refresh(self) -> None:
        """Ask for the wordings again, now or as soon as the panel is seen."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        if not self._sheets.shipped:
            self._desk.make(
                lambda: all_shipped(self._desk.wordings),
                self._learn_shipped,
                owner=self,
                key="shipped",
            )
            return
        self._desk.ask(shelf, self._show, owner=self, key="shelf")

    def _learn_shipped(self, shipped: Shipped) -> None:
        self._sheets.shipped = shipped
        self.refresh()

    def _show(self, found: Shelf) -> None:
        first = self._sheets.shelf is None
        for sheet, both in self._sheets.meet(found):
            if sheet is self._sheet and sheet.wording.newest is not None:
                newest = sheet.wording.newest
                said = notices.overtaken(self._author(newest), newest.number, bool(both))
                self.page.notice.show_message(said, Level.WARNING, _("Compare"), self.open_versions)
        if self.model.show_wordings(found.wordings):
            self.tree.dress()
        self._lock()
        wanted = self._wanted or (self._sheet.which if self._sheet is not None else None)
        self._wanted = None
        if wanted is None and first:
            wanted = found.wordings[0].which
        if wanted is not None and self.tree.go_to(wanted):
            self._open(wanted)

    def _on_actor_changed(self) -> None:
        """Another person does not see what this one typed; it waits among the drafts."""
        if self._actor.staff_id != self._desk.actor.staff_id:
            self._sheets.forget()
            self._sheet = self._displayed = None
            self.page.show_sheet(None, {}, {}, {})
            self.sample.show_wording(lambda: None)
        self._actor = self._desk.actor
        self.refresh()

    def _lock(self) -> None:
        reason = "" if administrates(self._desk) else notices.only_administrators()
        self.page.lock(reason)
        self.versions.lock(bool(reason))

    def show_wording(self, which: WordingKey) -> None:
        """Go to a wording, as soon as the wordings are there."""
        self._wanted = which
        self.refresh()

    # --- one wording ------------------------------------------------------------------------------

    def _on_current(self) -> None:
        wording = self.tree.current()
        if wording is not None and self._sheets.shelf is not None:
            self._open(wording.which)

    def _open(self, which: WordingKey) -> None:
        """Show a wording with what was typed in it."""
        left = self._sheet
        if left is not None and left.which != which:
            self._sheets.put_aside(left)
        sheet = self._sheets.open(which)
        if self._displayed is None or self._displayed.which != which:
            self.page.notice.clear()
        if sheet is not left:
            self.page.set_day(self._desk.today(), self._sheets.day_for(which))
            self.middle.close_versions()
        self._sheet = sheet
        self.model.renew()
        blocks = {key: sheet.text(key) for key in sheet.keys}
        self._desk.make(
            lambda: (
                self._desk.wordings.placeholders(*which, blocks),
                self._desk.wordings.conditions(which.kind),
            ),
            partial(self._show_sheet, sheet),
            owner=self,
            key="placeholders",
        )

    def _show_sheet(
        self, sheet: WordingSheet, found: tuple[Mapping[str, Mapping[str, str]], Possible]
    ) -> None:
        if sheet is not self._sheet:
            return
        usable, possible = found
        other, self._displayed = sheet is not self._displayed, sheet
        self._lock()
        self.page.show_sheet(sheet, usable, self._sheets.master_of(sheet.which), possible)
        status = full_status(sheet.wording, sheet.shipped, self._author, self._desk.today())
        self.page.status.setText(status)
        if sheet.restored and sheet.dirty:
            sheet.restored = False
            self.page.notice.show_message(notices.restored(), Level.INFO)
        if other:
            self.sample.show_wording(self._content)
            self.sample.show_case(self.page.editor.key)
        else:
            self.sample.renew()

    def _content(self) -> Content | None:
        if self._sheet is None:
            return None
        return self._sheets.content(self._sheet, self.middle.looked_at)

    def _author(self, version: Version) -> str:
        return author_of(version, self._desk.book)

    def _on_cases(self) -> None:
        """What the new block may use, and the sample in its case."""
        if self._sheet is not None:
            self._displayed = None
            self._open(self._sheet.which)

    def _on_typed(self) -> None:
        self.model.renew()
        self.sample.renew()

    # --- saving -----------------------------------------------------------------------------------

    def save(self) -> None:
        """Try the wording, then save it; what stands against it shows at its blocks."""
        sheet = self._sheet
        if sheet is None or self._saver.busy or not self.page.save_button.isEnabled():
            return
        self.page.notice.clear()
        self._saver.save(sheet, self._sheets.master_of(sheet.which), self.page.chosen_day())
        self.page.set_busy(True)

    def _on_saved(self, sheet: WordingSheet, receipt: Receipt) -> None:
        self._end(sheet)
        outdated = [str(each) for each in receipt.result.get("outdated", ())]
        self._desk.tell_done(receipt, notices.saved(sheet.which, receipt.result.get("number", "")))
        if outdated:
            self.page.notice.show_message(notices.outdated(outdated), Level.WARNING)
        if not self.page.editor.field.hasFocus():  # who writes goes on writing
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _end(self, sheet: WordingSheet) -> None:
        """Nothing is typed in the sheet any more."""
        self._sheets.end(sheet)
        if self._sheet is sheet:
            self._wanted = sheet.which
            self._sheet = None
        self.page.set_busy(False)
        self.refresh()

    def _on_blamed(self, sheet: WordingSheet, problems: tuple[Problem, ...]) -> None:
        sheet.problems = problems
        self.page.set_busy(False)
        if sheet is self._sheet:
            self.page.editor.show_problems()
            self.page.go_to(next((p.where for p in problems if p.where), ""))

    def _on_overtaken(self, sheet: WordingSheet, error: OfficeError) -> None:
        """The newer version is read, and what was typed put on top of it."""
        self._on_failed(sheet, error)
        self.refresh()

    def _on_failed(self, _sheet: WordingSheet, error: Exception) -> None:
        self.page.set_busy(False)
        if isinstance(error, OfficeError):
            self.page.notice.show_message(notices.failed(error), Level.ERROR)

    def discard(self) -> None:
        """Throw away what was typed in this wording."""
        sheet = self._sheet
        if sheet is not None and not self._saver.busy and sheet.dirty:
            self._end(sheet)
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- versions and review ----------------------------------------------------------------------

    def open_versions(self) -> None:
        """Look at the versions and compare them."""
        sheet = self._sheet
        if sheet is not None:
            self.middle.open_versions(sheet, self._desk.today())

    def _on_taken(self, blocks: dict[str, str], name: str) -> None:
        """Another wording stands in the editor now: saving makes it a new version."""
        sheet = self._sheet
        if sheet is None:
            return
        sheet.take(blocks)
        sheet.problems = ()
        self.middle.close_versions()
        self._open(sheet.which)
        self.model.renew()
        self.page.notice.show_message(notices.taken(name, sheet.dirty), Level.INFO)

    def review(self) -> None:
        """Enter the translation as checked by a native reader."""
        if self._sheet is not None and self.page.review_button.isEnabled():
            open_review(self._desk, self._sheet.wording, self.window())

    # --- from elsewhere ---------------------------------------------------------------------------

    def carry_on(self, draft: Draft) -> None:
        """Show what was typed before an interruption."""
        self._wanted = self._sheets.carry_on(draft)
        self._stale = True
        self.refresh()
