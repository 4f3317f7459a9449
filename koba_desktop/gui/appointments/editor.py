"""The appointment editor: form, free times, „Warum nicht?“, history, both sides of a conflict."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QListWidgetItem, QPushButton, QWidget

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import Conflict, OfficeError, Problem
from koba_desktop.gui import mnemonics, tab_order, theme
from koba_desktop.gui.appointments.content import Content, content_of
from koba_desktop.gui.appointments.facts import Facts, Question, gather
from koba_desktop.gui.appointments.form import Form
from koba_desktop.gui.appointments.fresh import fresh_content
from koba_desktop.gui.appointments.history import fill_history
from koba_desktop.gui.appointments.holding import SlotKeeper
from koba_desktop.gui.appointments.letter_copy import LetterCopy
from koba_desktop.gui.appointments.meanwhile import Meanwhile
from koba_desktop.gui.appointments.saving import Saver
from koba_desktop.gui.appointments.steps import Steps
from koba_desktop.gui.calendar.wording import person
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.forms.ui_appointment_editor import Ui_AppointmentEditor
from koba_desktop.gui.kept_dialog import KeptDialog
from koba_desktop.gui.letters.answers import AnswerActions, AnswerBar
from koba_desktop.gui.refusals import show_refusal
from koba_desktop.gui.widgets import InlineMessage, Level
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import message
from koba_desktop.i18n.words import word
from koba_desktop.services.appointments.detail import (
    AppointmentDetail,
    appointment_detail,
    file_note,
)
from koba_desktop.services.clients.card import client_card
from koba_desktop.services.commands import Command
from koba_desktop.services.rows import ClientRow
from koba_desktop.services.slots.finding import Slot

PAUSE_MS = 200


class AppointmentEditor(KeptDialog):
    """Closing it keeps what was typed as a draft; "Verwerfen" throws it away."""

    loaded = Signal()  # the form shows the appointment, or the new one
    answered = Signal()  # free times and reasons are those of the form

    def __init__(
        self,
        desk: Desk,
        request: AppointmentRequest,
        parent: QWidget | None = None,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request = request
        self._draft = draft
        self.detail: AppointmentDetail | None = None
        self.saving = False
        self._letter = False  # whether what is being saved makes a letter
        self._planned = request.minutes is None
        self.ui = Ui_AppointmentEditor()
        self.ui.setupUi(self)
        self.form = Form(desk, self.ui, self)
        self._saver = Saver(desk, self)
        self._slot = SlotKeeper(desk, self)
        self._steps = Steps(self.ui, self)
        self._steps.chosen.connect(self._execute)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.answers = self._answer_bar()
        self.letter_copy = LetterCopy(desk, self.ui.history, self.ui.history_page)
        self.ui.history_column.insertWidget(1, self.letter_copy, 0, Qt.AlignmentFlag.AlignLeft)
        tab_order.follow(self.ui.history, self.letter_copy)
        self._dress()
        self._wire()
        self.meanwhile: Meanwhile | None = None
        if request.appointment_id is not None:
            self.meanwhile = Meanwhile(desk, self, request.appointment_id)
        self._load()

    def _dress(self) -> None:
        ui = self.ui
        ui.title.setFont(theme.font(theme.TITLE, bold=True))
        ui.slots_info.hide()
        ui.channel_info.hide()
        ui.client_info.hide()
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        new = self._request.appointment_id is None
        ui.state.setEnabled(new)
        ui.client.setReadOnly(not new)
        ui.next_state.setVisible(not new)
        ui.cancel_appointment.setVisible(not new)
        ui.tabs.setTabEnabled(1, not new)
        ui.urgency.setEnabled(new)
        ui.category.setEnabled(new)
        theme.bind_icon(ui.save_letter, "letter")
        theme.bind_icon(ui.note, "copy")

    def _answer_bar(self) -> AnswerBar:
        """What the client answers to the letter about the appointment, below the heading."""

        def send(command: Command, text: str, then: Callable[[], None]) -> None:
            self._execute(command, text)
            then()

        acts = AnswerActions(self._desk, self, send, lambda _id: self.ui.time.setFocus())
        bar = AnswerBar(self._desk, acts, self, columns=4)
        self.ui.column.insertWidget(1, bar)
        return bar

    def _wire(self) -> None:
        ui = self.ui
        self.form.edited.connect(self._on_edited)
        ui.everybody.toggled.connect(lambda _on: self._pause.start())
        ui.slots.itemActivated.connect(self._take_slot)
        ui.slots.itemClicked.connect(self._take_slot)
        ui.save.clicked.connect(lambda: self.save(letter=False))
        ui.save_letter.clicked.connect(lambda: self.save(letter=True))
        ui.discard.clicked.connect(self.discard)
        ui.close_button.clicked.connect(self.close)
        ui.note.clicked.connect(self._copy_note)
        self.letter_copy.failed.connect(self.on_not_loaded)
        self._saver.saved.connect(self._on_saved)
        self._saver.failed.connect(self._on_failed)
        for keys in (QKeySequence("Ctrl+S"), QKeySequence("Ctrl+Return")):
            QShortcut(keys, self, lambda: self.save(letter=False))

    # --- opening ----------------------------------------------------------------------------------

    def _load(self) -> None:
        request = self._request
        self.ui.save.setEnabled(False)
        self.ui.save_letter.setEnabled(False)
        if request.appointment_id is not None:
            appointment_id = request.appointment_id
            self._desk.ask(
                lambda view: appointment_detail(view, appointment_id),
                self.show_detail,
                owner=self,
                key="detail",
                failed=self.on_not_loaded,
            )
            return
        content = fresh_content(self._desk, request)
        self.form.show(content)
        if request.client_id is not None and self._draft is None:
            client_id = request.client_id
            self._desk.ask(
                lambda view: client_card(view, client_id).client,
                self._show_client,
                owner=self,
                key="client",
                failed=self.on_not_loaded,
            )
        else:
            self._begin()

    def _show_client(self, row: ClientRow) -> None:
        name = formats.name_sorted(row.family_name, row.given_name)
        self.form.show(replace(self.form.content(), client_id=row.id, name=name, phone=row.phone))
        self._begin()

    def show_detail(self, detail: AppointmentDetail) -> None:
        self.detail = detail
        self.form.show(content_of(detail))
        self.answers.show_letters(detail.letters)
        fill_history(self.ui.history, detail, self._desk.book)
        self._begin()

    def _begin(self) -> None:
        """Everything is in the form: from now on changes are the user's."""
        detail, draft = self.detail, self._draft
        movable = detail is None or detail.appointment.state in MOVABLE
        for widget in (
            self.ui.day,
            self.ui.time,
            self.ui.minutes,
            self.ui.advisor,
            self.ui.channel,
            self.ui.room,
            self.ui.persons,
        ):
            widget.setEnabled(movable)
        self.ui.save.setEnabled(True)
        self.ui.save_letter.setEnabled(movable)
        self._show_title()
        if self.keeper is None:
            self.keeper = DraftKeeper(
                self._desk,
                "appointment",
                self._request.appointment_id,
                self._read,
                self._write,
                self,
                draft_id=draft.id if draft is not None else None,
            )
            if draft is not None:
                self.keeper.restore(draft.content)
        self._ask()
        self.loaded.emit()

    def on_not_loaded(self, error: Exception) -> None:
        show_refusal(self._desk, self.ui.problem, error)

    def _show_title(self) -> None:
        ui, detail = self.ui, self.detail
        if detail is None:
            ui.title.setText(_("New appointment"))
            ui.subtitle.setText("")
            self.setWindowTitle(_("New appointment"))
            ui.save.setText(_("&Book"))
            ui.save_letter.setText(_("Book + &letter"))
            mnemonics.tidy(self)
            ui.client.setFocus()
            return
        row = detail.row
        name = person(row) or row.kind_name
        ui.title.setText(name)
        number = detail.visit.code if detail.visit is not None else ""
        visitor = _("visitor {number}").format(number=number) if number else ""
        parts = [word(row.state), formats.reference(row.reference), row.room_name, visitor]
        ui.subtitle.setText(" · ".join(part for part in parts if part))
        self.setWindowTitle(_("Appointment with {name}").format(name=name))
        self._steps.show(detail)
        mnemonics.tidy(self)

    # --- drafts -----------------------------------------------------------------------------------

    def _read(self) -> dict[str, Any]:
        return self.form.content().to_json()

    def _write(self, values: dict[str, Any]) -> None:
        try:
            self.form.show(Content.from_json(values))
        except (KeyError, ValueError):
            self.ui.problem.show_message(_("The draft could not be read."), Level.WARNING)

    # --- while typing -----------------------------------------------------------------------------

    def _on_edited(self) -> None:
        if self.keeper is not None:
            self.keeper.touch()
            self._pause.start()
        self._forget_problems()

    def _forget_problems(self) -> None:
        """What was said at the fields was about what stood there before."""
        for line in (self.ui.client_problem, self.ui.time_problem, self.ui.phone_problem):
            line.clear()

    def _ask(self) -> None:
        content = self.form.content()
        base = content_of(self.detail) if self.detail is not None else None
        question = Question(
            office_id=self._desk.office.id,
            content=content,
            moving=self._request.appointment_id,
            unchanged=base is not None and content.same_slot(base) and content.same_place(base),
            everybody=self.ui.everybody.isChecked(),
        )
        self._desk.ask(
            lambda view: gather(view, question),
            lambda facts: self._show_facts(content, facts),
            owner=self,
            key="facts",
        )

    def _show_facts(self, asked: Content, facts: Facts) -> None:
        self.form.show_phones(facts.phones)
        self.form.show_mode(facts.mode)
        self.form.room.show_choice(facts.places)
        new = self.detail is None and self._draft is None
        self.form.set_surcharge(facts.surcharge, apply=new and self._planned)
        if self.keeper is not None:
            self.keeper.begin_again()
        if facts.refusals is None:
            self.ui.why.clear()
        else:
            self.ui.why.show_answer(formats.moment_of(asked.starts), facts.refusals)
        if facts.refusals == ():
            self._slot.keep(asked)
        else:
            self._slot.let_go()
        self._show_slots(facts)
        self.answered.emit()

    def _show_slots(self, facts: Facts) -> None:
        ui = self.ui
        kept = ui.slots.currentRow()
        ui.slots.clear()
        for slot in facts.slots.slots:
            text = f"{formats.moment_of(slot.starts)}–{formats.time_of(slot.ends)}"
            if ui.everybody.isChecked():
                text = f"{text} · {slot.advisor_name} ({slot.advisor_initials})"
            if slot.best_hour:
                text = _("{time} · reached at this hour before").format(time=text)
            item = QListWidgetItem(text, ui.slots)
            item.setData(Qt.ItemDataRole.UserRole, slot)
            item.setSizeHint(QSize(0, theme.px(24)))
        ui.slots.setCurrentRow(min(kept, ui.slots.count() - 1))
        empty = ui.slots.count() == 0
        ui.slots_info.setVisible(empty)
        ui.slots_info.setText(
            _("No free time within the horizon. Try all advisors or a shorter duration.")
        )

    def _take_slot(self, item: QListWidgetItem) -> None:
        slot: Slot = item.data(Qt.ItemDataRole.UserRole)
        content = replace(self.form.content(), advisor_id=slot.advisor_id)
        self.form.take(content.with_start(slot.starts))

    # --- saving -----------------------------------------------------------------------------------

    def save(self, *, letter: bool) -> None:
        """Carry the form out; on an answer of no, everything typed stays."""
        content = self.form.content()
        if self.saving or not self.ui.save.isEnabled() or not self._complete(content, letter):
            return
        self.saving, self._letter = True, letter
        self.ui.problem.clear()
        self._forget_problems()
        self.ui.save.setEnabled(False)
        override = self.ui.why.override()
        if self.detail is None:
            self._saver.book(content, override, letter=letter)
        else:
            self._saver.change(self.detail, content, override, letter=letter)

    def save_again(self) -> None:
        """Save what both changed, as it was to be saved before."""
        self.save(letter=self._letter)

    def _complete(self, content: Content, letter: bool) -> bool:
        """Say at the field what is missing."""
        ui = self.ui
        if self.detail is None and not content.name:
            self._complain(ui.client_problem, _("Whose appointment is it?"), ui.client)
            return False
        if letter and self.detail is None and content.client_id is None:
            text = _(
                "A visitor without a client number has no address here: book without a letter."
            )
            self._complain(ui.client_problem, text, ui.client)
            return False
        if content.advisor_id is None or content.kind_id is None:
            ui.problem.show_message(
                _("Please choose an advisor and a kind of appointment."), Level.ERROR
            )
            return False
        return True

    def _complain(self, line: InlineMessage, text: str, field: QWidget) -> None:
        line.show_message(text, Level.ERROR)
        field.setFocus()

    def _on_saved(self) -> None:
        self.saving = False
        self.discard()

    def _on_failed(self, error: Exception) -> None:
        self.saving = False
        self.ui.save.setEnabled(True)
        if isinstance(error, Conflict) and self.meanwhile is not None:
            self.meanwhile.meet(error)
        elif isinstance(error, OfficeError):
            for problem in error.problems:
                self._show_problem(problem)
            self._pause.start()
        else:
            self._desk.problem.emit(error)

    def _show_problem(self, problem: Problem) -> None:
        """At the field it is about, else above the form."""
        ui = self.ui
        line, field = {
            "client_id": (ui.client_problem, ui.client),
            "starts": (ui.time_problem, ui.time),
            "ends": (ui.time_problem, ui.minutes),
            "phone": (ui.phone_problem, ui.phone),
            "place_id": (ui.time_problem, ui.room),
        }.get(problem.where, (ui.problem, None))
        text = message(problem)
        shown = line.text() if line.isVisibleTo(self) else ""
        line.show_message(f"{shown}\n{text}" if shown else text, Level.ERROR)
        if field is not None:
            field.setFocus()

    # --- states -----------------------------------------------------------------------------------

    def _execute(self, command: Command, text: str) -> None:
        """A step of the appointment; the form is read anew and keeps what was typed."""
        meanwhile = self.meanwhile
        assert meanwhile is not None
        meanwhile.reading = True  # until it is read anew, what is told of it is this step

        def fail(error: Exception) -> None:
            meanwhile.reading = False
            self._on_failed(error)

        self._desk.execute(
            command, self, lambda _receipt: meanwhile.read_anew(), fail, message=text
        )

    def _copy_note(self) -> None:
        """The note for the client's file, to the clipboard."""
        detail = self.detail
        if detail is None or detail.row.client_id is None:
            return
        appointment_id, client_id = detail.row.id, detail.row.client_id

        def copy(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.ui.note_info.setText(_("Copied."))

        self._desk.ask(
            lambda view: file_note(view, appointment_id, client_id), copy, owner=self, key="note"
        )

    # --- closing ----------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self._slot.let_go()
        if self.meanwhile is not None:
            self.meanwhile.leave()
        super().closeEvent(event)


def open_appointment_editor(
    desk: Desk,
    request: AppointmentRequest,
    parent: QWidget | None = None,
    draft: Draft | None = None,
) -> AppointmentEditor:
    """Show the editor beside the window; it may stay open while the calendar is used."""
    editor = AppointmentEditor(desk, request, parent, draft)
    editor.show()
    return editor
