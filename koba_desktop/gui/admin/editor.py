"""The form of one record with what can be done with it: save, revert, remove."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from koba_desktop.domain.errors import Conflict, NotFound, OfficeError, Problem, Refused
from koba_desktop.domain.records import Changeable
from koba_desktop.gui import theme
from koba_desktop.gui.admin.form import RecordForm
from koba_desktop.gui.admin.kinds import Context, NotReadable, RecordKind
from koba_desktop.gui.admin.rights import read_only_reason, record_reason
from koba_desktop.gui.admin.sheet import Sheet
from koba_desktop.gui.clients.conflict import ConflictView
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.mnemonics import menu_letters, tidy
from koba_desktop.gui.naming import member_name
from koba_desktop.gui.overtaken import OvertakenLine
from koba_desktop.gui.widgets import Heading, InlineMessage, Level, PrimaryButton
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe, message
from koba_desktop.services.changes import Topic
from koba_desktop.services.commands import SaveMasterData


class RecordEditor(QWidget):
    """Shows one sheet at a time; the page keeps the others."""

    typed = Signal(object)  # Sheet
    saved = Signal(object)  # UUID
    closed = Signal(object)  # UUID of the record whose changes were thrown away
    removed = Signal(object, str)  # the record and its name
    renewed = Signal(object)  # a new record to take the place of a locked one

    def __init__(self, desk: Desk, kind: RecordKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kind = kind
        self._context: Context | None = None
        self._busy = False
        self.sheet: Sheet | None = None
        self._build()
        self.show_nothing()

    @property
    def record_id(self) -> UUID | None:
        return self.sheet.record.id if self.sheet is not None else None

    def _build(self) -> None:
        self.heading = Heading("", 2, self)
        self.heading.setWordWrap(True)
        self.message = InlineMessage(self)
        self.conflict = ConflictView(self, labels=self._labels, shown=self._shown)
        self.conflict.chosen.connect(self._on_chosen)
        self.overtaken = OvertakenLine(
            self._desk,
            self._kind.record_type,
            Topic.OFFICE,
            self._version,
            _("{name} changed this at {time}. What you typed is untouched."),
            self,
        )
        self.overtaken.reload_wanted.connect(self._reload)
        self.form = RecordForm(self)
        self.form.edited.connect(self._on_edited)
        self.save_button = PrimaryButton(_("&Save"), self)
        self.save_button.clicked.connect(self.save)
        self.revert_button = QPushButton(_("Re&vert"), self)
        self.revert_button.clicked.connect(self.revert)
        self.remove_button = QPushButton(_("Rem&ove"), self)
        self.remove_button.setProperty("kind", "danger")
        self.remove_button.clicked.connect(self.remove)
        self.buttons = QWidget(self)
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.save_button)
        row.addWidget(self.revert_button)
        row.addStretch()
        row.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.message)
        layout.addWidget(self.overtaken)
        layout.addWidget(self.conflict)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.buttons)
        self.setMinimumWidth(theme.px(300))

    # --- showing ----------------------------------------------------------------------------------

    def show_nothing(self) -> None:
        """No record is selected."""
        self.sheet = None
        self.overtaken.watch(None)
        self.heading.clear()
        self.message.clear()
        self.conflict.clear()
        self.form.hide()
        self.buttons.hide()

    def show_sheet(self, sheet: Sheet, context: Context) -> None:
        """Show a record as it stands in its sheet."""
        other = self.sheet is None or self.sheet.record.id != sheet.record.id
        self.sheet, self._context = sheet, context
        if other:
            self.message.clear()
            self.form.verticalScrollBar().setValue(0)
        self.form.show()
        self.form.show_fields(self._kind.fields(context, sheet.record))
        self.form.show_content(sheet.content)
        self._show_conflict(sheet)
        self._show_state()
        self.overtaken.watch(sheet.record.id)
        self.overtaken.look()

    def _version(self) -> int | None:
        """The version that was read, while there is something typed that is not being saved."""
        sheet = self.sheet
        if sheet is None or self._busy or sheet.new or not sheet.dirty:
            return None
        return sheet.record.version

    def _reload(self) -> None:
        """What they changed, and what was typed here on top of it."""
        sheet, context, stored = self.sheet, self._context, self.overtaken.stored
        if sheet is None or context is None or stored is None:
            return
        sheet.meet(context, stored, self.overtaken.text())
        self.overtaken.clear()
        self.show_sheet(sheet, context)
        self._focus_conflict()

    def say_restored(self, sheet: Sheet) -> None:
        """The sheet comes from an earlier draft."""
        if self.sheet is sheet:
            self.message.show_message(
                _("This is what you had typed before. It is not saved yet."), Level.INFO
            )

    def go_to_first(self) -> None:
        self.form.go_to_first()

    def _show_conflict(self, sheet: Sheet) -> None:
        if sheet.clashes or (sheet.taken and sheet.who):
            self.conflict.show_clashes(sheet.clashes, sheet.who, sheet.taken, {})
        else:
            self.conflict.clear()

    def _show_state(self) -> None:
        """Heading, problems and buttons as the sheet stands now."""
        sheet, context = self.sheet, self._context
        if sheet is None or context is None:
            return
        unsaved = sheet.new and not self._kind.starts_as_stands
        self.heading.setText(
            self._kind.new_title()
            if unsaved
            else self._kind.name(context, sheet.record) or self._kind.new_title()
        )
        reason = self._why_locked(sheet, context)
        self.form.lock(bool(reason) or self._busy, new=sheet.new)
        self.form.show_problems(self._by_field(sheet.problems))
        self.save_button.setEnabled(not reason and (sheet.dirty or unsaved))
        self.revert_button.setEnabled(sheet.dirty or unsaved)
        self.revert_button.setText(_("&Discard") if sheet.new else _("Re&vert"))
        tidy(self, menu_letters(self.window()))
        self.remove_button.setVisible(self._kind.removable and not sheet.new)
        self.remove_button.setEnabled(not reason)
        self.buttons.setVisible(not read_only_reason(self._desk))

    def _why_locked(self, sheet: Sheet, context: Context) -> str:
        reason = read_only_reason(self._desk)
        if reason:
            return reason
        reason = record_reason(self._desk, sheet.record) or self._kind.locked(context, sheet.record)
        copy = self._kind.copied(context, sheet.record)
        if reason and copy is not None:
            self.message.show_message(
                reason, Level.INFO, self._kind.new_title(), lambda: self.renewed.emit(copy)
            )
        elif reason:
            self.message.show_message(reason, Level.INFO)
        return reason

    def _by_field(self, problems: tuple[Problem, ...]) -> dict[str, str]:
        shown: dict[str, str] = {}
        for problem in problems:
            shown.setdefault(self._kind.field_of(problem), message(self._kind.worded(problem)))
        return shown

    def _labels(self) -> dict[str, str]:
        sheet, context = self.sheet, self._context
        if sheet is None or context is None:
            return {}
        return {each.name: each.label for each in self._kind.fields(context, sheet.record)}

    def _shown(self, name: str, content: Any, _names: object) -> str:
        sheet, context = self.sheet, self._context
        assert sheet is not None
        assert context is not None
        codec = {f.name: f.codec for f in self._kind.fields(context, sheet.record)}[name]
        return codec.shown(content) or "–"

    # --- typing -----------------------------------------------------------------------------------

    def _on_edited(self, name: str) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        sheet.problems = tuple(p for p in sheet.problems if self._kind.field_of(p) != name)
        if sheet.new and self._follow_fixed(sheet, name):
            return
        sheet.type(self.form.content())
        self._show_state()
        self.typed.emit(sheet)

    def _follow_fixed(self, sheet: Sheet, name: str) -> bool:
        """A fixed field says which record this is to be: the form follows it."""
        assert self._context is not None
        fields = {f.name: f for f in self._kind.fields(self._context, sheet.record)}
        if not fields[name].fixed:
            return False
        blank = self._kind.blank_for(self._context, self.form.content())
        self.closed.emit(sheet.record.id)
        sheet.close()
        self.renewed.emit(blank)
        return True

    def _on_chosen(self, name: str, value: Any) -> None:
        if self.sheet is not None:
            self.sheet.choose(name, value)
            self.form.show_content(self.sheet.content)
            self._show_state()
            self.typed.emit(self.sheet)

    def revert(self) -> None:
        """Throw away what was typed."""
        sheet = self.sheet
        if sheet is None or self._busy or not self.revert_button.isEnabled():
            return
        self.message.clear()
        sheet.close()
        self.sheet = None
        self.closed.emit(sheet.record.id)

    # --- saving -----------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the record; what is wrong shows at its field."""
        sheet, context = self.sheet, self._context
        if sheet is None or context is None or self._busy or not self.save_button.isEnabled():
            return
        self.message.clear()
        try:
            records, removed = self._kind.written(context, sheet.record, sheet.content)
        except NotReadable as wrong:
            self._blame(sheet, wrong.problems)
            return
        name = self._kind.name(context, records[0])
        self._begin()
        self._desk.execute(
            SaveMasterData(records=records, removed=removed),
            owner=self,
            done=lambda _receipt: self._on_saved(sheet),
            failed=lambda error: self._on_failed(sheet, error),
            message=_("Saved: {name}.").format(name=name),
        )

    def _begin(self) -> None:
        self._busy = True
        self._show_state()

    def _on_saved(self, sheet: Sheet) -> None:
        self._busy = False
        sheet.close()
        if self.sheet is sheet:
            self.sheet = None
            self.conflict.clear()
        self.saved.emit(sheet.record.id)

    def _on_failed(self, sheet: Sheet, error: Exception) -> None:
        self._busy = False
        if isinstance(error, Conflict) and isinstance(error.theirs, self._kind.record_type):
            assert self._context is not None
            sheet.meet(self._context, error.theirs, self._who(error))
            self.show_sheet(sheet, self._context)
            self._focus_conflict()
        elif isinstance(error, NotFound):
            sheet.meet_gone()
            self.typed.emit(sheet)
            self._say(_("Somebody removed this meanwhile. Save to enter it anew."), Level.WARNING)
        elif isinstance(error, Refused):
            self._blame(sheet, error.problems)
        elif isinstance(error, OfficeError):
            kept = _("What you typed is kept.")
            self._say(f"{describe(error)} {kept}", Level.ERROR)
            sheet.keep()
        else:
            self._desk.problem.emit(error)
        self._show_state()

    def _say(self, text: str, level: Level) -> None:
        self.message.show_message(text, level)

    def _blame(self, sheet: Sheet, problems: tuple[Problem, ...]) -> None:
        """Problems beneath their fields; those without a field above the form."""
        sheet.problems = problems
        if self.sheet is not sheet:
            return
        self._show_state()
        fields = [self._kind.field_of(p) for p in problems]
        placed = [name for name in fields if name in self.form.inputs]
        if placed:
            self.form.go_to(placed[0])
        others = [
            message(self._kind.worded(p))
            for p, name in zip(problems, fields, strict=True)
            if name not in self.form.inputs
        ]
        if others:
            self._say("\n".join(dict.fromkeys(others)), Level.ERROR)

    def _focus_conflict(self) -> None:
        if self.conflict.clashes:
            self.conflict.options[self.conflict.clashes[0].field][0].setFocus()

    def _who(self, error: Conflict) -> str:
        params = error.problems[0].params
        name = member_name(params.get("changed_by"), self._desk.book)
        at = params.get("changed_at")
        if at is None:
            return _("{name} changed this meanwhile.").format(name=name)
        return _("{name} changed this meanwhile ({when}).").format(
            name=name, when=formats.moment_of(at)
        )

    # --- removing ---------------------------------------------------------------------------------

    def remove(self) -> None:
        """Remove the record; the page offers to enter it again."""
        sheet, context = self.sheet, self._context
        if sheet is None or context is None or self._busy or not self.remove_button.isEnabled():
            return
        record = sheet.record
        name = self._kind.name(context, record)
        self._begin()
        self._desk.execute(
            SaveMasterData(removed=(record,)),
            owner=self,
            done=lambda _receipt: self._on_removed(sheet, record, name),
            failed=lambda error: self._on_failed(sheet, error),
        )

    def _on_removed(self, sheet: Sheet, record: Changeable, name: str) -> None:
        self._busy = False
        sheet.close()
        self.sheet = None
        self.removed.emit(record, name)
