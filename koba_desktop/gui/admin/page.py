"""One kind of record: the table of them, and the form of the one selected."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.records import Changeable
from koba_desktop.gui import theme
from koba_desktop.gui.admin.editor import RecordEditor
from koba_desktop.gui.admin.kinds import Context, RecordKind, as_new
from koba_desktop.gui.admin.rights import administrates, read_only_reason, record_reason
from koba_desktop.gui.admin.sheet import Sheet
from koba_desktop.gui.admin.table import RecordsModel
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, SecondText, ToolButton
from koba_desktop.i18n import _
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.office.administering import MasterData, master_data

WIDE = 900
"""From this width on (px at 96 dpi) the form stands beside the table, else beneath it."""


class AdminPage(QWidget):
    """What is typed stays with its record while others are looked at: such rows carry a pencil."""

    person_chosen = Signal(object)  # UUID: whom the selected record is about

    def __init__(self, desk: Desk, kind: RecordKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.kind = kind
        self._actor = desk.actor
        self._stale = True
        self._data: MasterData | None = None
        self._sheets: dict[UUID, Sheet] = {}
        self._wanted: UUID | None = None  # the record to select when the answer comes
        self._draft: Draft | None = None  # to be carried on when the answer comes
        self.staff_id: UUID | None = None
        self.model = RecordsModel(kind, self)
        self._build()
        desk.changed.connect(self._on_changed)
        desk.book_changed.connect(self.refresh)
        desk.actor_changed.connect(self._on_actor_changed)

    # --- building ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Vertical, self)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._build_table())
        self.editor = RecordEditor(self._desk, self.kind, self)
        self.editor.saved.connect(self._on_saved)
        self.editor.closed.connect(self._on_closed)
        self.editor.typed.connect(self._on_typed)
        self.editor.renewed.connect(self._open_new)
        self.editor.removed.connect(self._on_removed)
        self._splitter.addWidget(self.editor)
        self.note = InlineMessage(self)  # why one may only look
        self.notice = InlineMessage(self)  # what was removed
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(self._build_head())
        layout.addWidget(self.note)
        layout.addWidget(self.notice)
        layout.addWidget(self._splitter, 1)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.editor.save)

    def _build_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Heading(self.kind.title(), 1, self))
        self._office = SecondText("", self)
        head.addWidget(self._office)
        head.addStretch(1)
        self.former = QCheckBox(_("&Former ones too"), self)
        self.former.setVisible(self.kind.hides_former)
        self.former.toggled.connect(lambda _on: self._fill())
        head.addWidget(self.former)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("Filter …"))
        self.search.setAccessibleName(_("Filter {list}").format(list=self.kind.title()))
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(theme.px(180))
        self.search.textChanged.connect(lambda _text: self._fill())
        head.addWidget(self.search)
        self.new_button = ToolButton(_("&New"), "plus", self, tool_tip=self.kind.new_title())
        self.new_button.setAccessibleName(self.kind.new_title())
        self.new_button.clicked.connect(self.new)
        head.addWidget(self.new_button)
        return head

    def _build_table(self) -> QWidget:
        side = QWidget(self)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        self.table = QTableView(side)
        self.table.setModel(self.model)
        self.table.setProperty("framed", True)
        self.table.setAccessibleName(self.kind.title())
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(25))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.activated.connect(lambda _index: self.editor.go_to_first())
        self._empty = QLabel(side)
        self._empty.setWordWrap(True)
        self._empty.hide()
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        return side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= theme.px(WIDE)
        orientation = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self._splitter.orientation() != orientation or not event.oldSize().isValid():
            self._splitter.setOrientation(orientation)
            for at, share in enumerate((11, 9) if wide else (2, 3)):
                self._splitter.setStretchFactor(at, share)
            whole = event.size().width() if wide else event.size().height()
            first = whole * 11 // 20 if wide else whole * 2 // 5
            self._splitter.setSizes([first, whole - first])

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.OFFICE):
            self.refresh()

    def _on_actor_changed(self) -> None:
        """Another person does not see what this one typed; it waits among the drafts."""
        same = self._actor.staff_id == self._desk.actor.staff_id
        self._actor = self._desk.actor
        dirty = any(sheet.dirty for sheet in self._sheets.values())
        for sheet in self._sheets.values():
            if same and sheet.dirty:
                sheet.keep()
            sheet.leave()
        self._sheets.clear()
        self.editor.show_nothing()
        if dirty and same:
            self._desk.message.emit(
                _("Not saved yet. What you typed is kept among the unfinished forms."), False
            )
        self._data = None
        self.refresh()

    def refresh(self) -> None:
        """Ask for the records again, now or as soon as the page is seen."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        office_id, record_type = self._desk.actor.office_id, self.kind.record_type
        self._desk.ask(
            lambda view: master_data(view, record_type, office_id),
            self._show,
            owner=self,
            key="records",
        )

    def _show(self, data: MasterData) -> None:
        first = self._data is None
        self._data = data
        reason = read_only_reason(self._desk)
        blank = self.kind.blank(self.context)
        no_new = record_reason(self._desk, blank) if self.kind.for_administrators else ""
        self.new_button.setEnabled(not reason and not no_new)
        self.new_button.setToolTip(no_new or self.kind.new_title())
        if reason:
            self.note.show_message(reason, Level.INFO)
        else:
            self.note.clear()
        self._office.setText("" if self.kind.shared else self._desk.office.name)
        if self._draft is not None:
            self._carry_on(self._draft)
            self._draft = None
        self._fill()
        if first and self._current_id() is None and self.model.rowCount():
            self._select_first()

    def _select_first(self) -> None:
        """The first record about the person chosen last, else the first of all. It is nobody's
        choice, so it does not choose another person."""
        about = [
            row
            for row in range(self.model.rowCount())
            if getattr(self.model.record(row), "staff_id", None) == self.staff_id
        ]
        self.blockSignals(True)
        self.table.setCurrentIndex(self.model.index(about[0] if about else 0, 0))
        self.blockSignals(False)

    @property
    def context(self) -> Context:
        assert self._data is not None
        return Context(
            book=self._desk.book,
            office_id=self._desk.actor.office_id,
            today=self._desk.today(),
            rooms=self._data.rooms,
            places=self._data.places,
            staff_id=self.staff_id,
            administrates=administrates(self._desk),
        )

    def _fill(self) -> None:
        """Show the records, unsaved new ones first, and select again what was selected."""
        if self._data is None:
            return
        context = self.context
        rows = self.kind.rows(context, self._data.records)
        known = {record.id for record in rows}
        new = tuple(s.record for s in self._sheets.values() if s.record.id not in known)
        if self.kind.hides_former and not self.former.isChecked():
            rows = tuple(
                r for r in rows if r.id in self._sheets or not self.kind.former(context, r)
            )
        selected = self._wanted or self._current_id() or self.editor.record_id
        self.model.show_records(context, (*new, *rows), frozenset(self._sheets), self.search.text())
        self._empty.setText(
            _("Nothing here yet. “{button}” makes the first.").format(button=_("New"))
            if not known and not new
            else _("Nothing fits the filter.")
        )
        self._empty.setVisible(self.model.rowCount() == 0)
        self.table.setVisible(self.model.rowCount() > 0)
        row = self.model.row_of(selected)
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))
        else:
            self.editor.show_nothing()

    # --- selecting --------------------------------------------------------------------------------

    def _current_id(self) -> UUID | None:
        record = self.model.record(self.table.currentIndex().row())
        return record.id if record is not None else None

    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        record = self.model.record(current.row())
        if record is None or self._data is None:
            return
        self._wanted = None
        left = self.editor.sheet
        if left is not None and left.record.id != record.id and not left.dirty:
            if self._sheets.pop(left.record.id, None) is not None:
                QTimer.singleShot(0, self, self._fill)
            left.leave()
        sheet = self._sheets.get(record.id)
        if sheet is None:
            sheet = self._fresh(record)
        self.editor.show_sheet(sheet, self.context)
        person = getattr(record, "staff_id", None) or (
            record.id if record.version and self.kind.is_person else None
        )
        if person is not None:
            self.person_chosen.emit(person)

    def _fresh(self, record: Changeable) -> Sheet:
        """A sheet without anything typed; the one shown is carried on if the row did not change."""
        shown = self.editor.sheet
        if shown is not None and not shown.dirty and shown.record == record:
            return shown
        if shown is not None and shown.record.id == record.id:
            shown.leave()
        return Sheet(self._desk, self.kind, self.context, record, self)

    def new(self) -> None:
        """Begin a new record."""
        if self._data is not None and self.new_button.isEnabled():
            self._open_new(self.kind.blank(self.context))

    def _open_new(self, record: Any) -> None:
        self._sheets[record.id] = Sheet(self._desk, self.kind, self.context, record, self)
        self._wanted = record.id
        self._fill()
        self.editor.go_to_first()

    def carry_on(self, draft: Draft) -> None:
        """Show what was typed before an interruption, as soon as the records are there."""
        self._draft = draft
        self.refresh()

    def _carry_on(self, draft: Draft) -> None:
        assert self._data is not None
        open_one = next((s for s in self._sheets.values() if s.draft_id == draft.id), None)
        if open_one is not None:
            self._wanted = open_one.record.id
            return
        stored = next((r for r in self._data.records if r.id == draft.subject_id), None)
        record = stored or self.kind.blank_for(self.context, draft.content)
        sheet = Sheet(self._desk, self.kind, self.context, record, self, draft)
        self._sheets[record.id] = sheet
        self._wanted = record.id
        QTimer.singleShot(0, self.editor, partial(self.editor.say_restored, sheet))

    # --- what the editor did ----------------------------------------------------------------------

    def _on_typed(self, sheet: Sheet) -> None:
        if sheet.dirty or (sheet.new and sheet.record.id in self._sheets):
            self._sheets[sheet.record.id] = sheet
        else:
            self._sheets.pop(sheet.record.id, None)
        self.model.mark(frozenset(self._sheets))

    def _on_saved(self, record_id: UUID) -> None:
        self._sheets.pop(record_id, None)
        self._wanted = record_id
        self.notice.clear()
        self._leave_buttons()
        self.refresh()

    def _on_closed(self, record_id: UUID) -> None:
        """What was typed was thrown away."""
        self._leave_buttons()
        self._sheets.pop(record_id, None)
        stored = self._data.records if self._data is not None else ()
        if all(record.id != record_id for record in stored):
            self._want_neighbour(record_id)
        self._fill()

    def _on_removed(self, record: Changeable, name: str) -> None:
        self._leave_buttons()
        self._want_neighbour(record.id)
        self._sheets.pop(record.id, None)
        if self._data is not None:
            rest = tuple(r for r in self._data.records if r.id != record.id)
            self._data = replace(self._data, records=rest)
        self._fill()
        self.notice.show_message(
            _("Removed: {name}.").format(name=name),
            Level.OK,
            _("Enter it again"),
            partial(self._enter_again, record, name),
        )

    def _enter_again(self, record: Changeable, name: str) -> None:
        again = as_new(record)
        self._wanted = again.id
        self.notice.clear()
        self._desk.execute(
            SaveMasterData(records=(again,)),
            owner=self,
            message=_("Saved: {name}.").format(name=name),
        )

    def _want_neighbour(self, record_id: UUID) -> None:
        """Select the record below the one that goes, or the one above."""
        row = self.model.row_of(record_id)
        neighbour = self.model.record(row + 1) or self.model.record(row - 1)
        if neighbour is not None:
            self._wanted = neighbour.id

    def _leave_buttons(self) -> None:
        """A button that is going to be disabled hands the focus to the table."""
        focused = self.focusWidget()
        if focused is None or self.editor.buttons.isAncestorOf(focused):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
