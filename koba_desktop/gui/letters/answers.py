"""What the client answered to a letter: one key, and what follows from it is opened."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from koba_desktop.domain.vocabulary import LetterAnswer
from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, ClientRequest, Desk
from koba_desktop.gui.widgets import IconLabel, ToolButton
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import Command, RecordAnswer
from koba_desktop.services.letters.answering import answerable, can_be_answered
from koba_desktop.services.letters.outbox import OutboxItem
from koba_desktop.services.rows import OutboxRow

_ICONS = {
    LetterAnswer.FITS: "tick",
    LetterAnswer.OTHER_TIME: "clock",
    LetterAnswer.OTHER_PHONE: "phone",
    LetterAnswer.TRANSLATION: "speaker",
}
_KEYS = dict(zip(LetterAnswer, "1234", strict=True))


class AnswerActions:
    """The four answers of the reply slip as actions about one letter.

    ``send`` carries the command out with its message and then calls what it is given;
    ``other_time`` leads to where the appointment is moved.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        send: Callable[[Command, str, Callable[[], None]], None],
        other_time: Callable[[UUID], None] | None = None,
    ) -> None:
        self._desk = desk
        self._parent = parent
        self._send = send
        self._other_time = other_time or self._edit_appointment
        self.row: OutboxRow | None = None
        self.actions = {answer: self._action(answer) for answer in LetterAnswer}

    def _action(self, answer: LetterAnswer) -> QAction:
        action = QAction(_text(answer), self._parent)
        theme.bind_icon(action, _ICONS[answer])
        action.triggered.connect(lambda: self.record(answer))
        return action

    def bind_keys(self, widget: QWidget) -> None:
        """1 to 4 while ``widget`` has the focus, and nowhere else."""
        for answer, action in self.actions.items():
            action.setShortcut(QKeySequence(_KEYS[answer]))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setProperty("key_hint", _KEYS[answer])
            widget.addAction(action)

    def show_row(self, row: OutboxRow | None) -> bool:
        """The letter the answers are to; tells whether it can be answered."""
        possible = row is not None and can_be_answered(row, self._desk.now())
        self.row = row if possible else None
        for action in self.actions.values():
            action.setEnabled(possible)
        return possible

    def record(self, answer: LetterAnswer) -> None:
        """Note the answer with today as the day it came, then open what is to be changed."""
        row = self.row
        if row is None:
            return
        command = RecordAnswer(
            letter_id=row.id, version=row.version, answer=answer, day=self._desk.today()
        )
        text = _("{name} answers: {answer}").format(name=row.recipient, answer=word(answer))
        self._send(command, text, lambda: self._follow(answer, row))

    def _follow(self, answer: LetterAnswer, row: OutboxRow) -> None:
        if answer is LetterAnswer.OTHER_TIME and row.appointment_id is not None:
            self._other_time(row.appointment_id)
        elif answer is LetterAnswer.OTHER_PHONE:
            self._desk.edit_client_requested.emit(ClientRequest(row.client_id, "phones"))

    def _edit_appointment(self, appointment_id: UUID) -> None:
        request = AppointmentRequest(appointment_id=appointment_id)
        self._desk.edit_appointment_requested.emit(request)


class AnswerBar(QWidget):
    """The answers as buttons, with what was answered already."""

    def __init__(
        self, desk: Desk, acts: AnswerActions, parent: QWidget | None = None, *, columns: int = 2
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.acts = acts
        self._said = IconLabel("note", "", self)
        self._said.label.setWordWrap(True)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for number, (answer, action) in enumerate(acts.actions.items()):
            button = ToolButton(action.text(), _ICONS[answer], self)
            button.follow(action)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, number // columns, number % columns)
        layout = QVBoxLayout(self)
        beside = 10 if columns == 2 else 0  # in the pane of the letter; a form has its own margins
        layout.setContentsMargins(beside, 0, beside, 8)
        layout.setSpacing(6)
        layout.addWidget(self._said)
        layout.addLayout(grid)
        self.hide()

    def show_item(self, item: OutboxItem | None) -> None:
        self._show(item.row if item is not None else None)

    def show_letters(self, rows: Sequence[OutboxRow]) -> None:
        """The letters about an appointment: the answer is to the latest."""
        self._show(answerable(rows, self._desk.now()))

    def _show(self, row: OutboxRow | None) -> None:
        possible = self.acts.show_row(row)
        answered = answer_text(row) if row is not None else ""
        self._said.set(
            answered or _("What does the client answer?"), "note" if answered else "help"
        )
        self.setVisible(possible or bool(answered))
        for button in self.findChildren(ToolButton):
            button.setVisible(possible)


def answer_text(row: OutboxRow) -> str:
    """ "Antwort vom 20.04.2021: Der Termin passt."; "" where there is none."""
    if row.answer is None or row.answered_on is None:
        return ""
    day = formats.date_short(row.answered_on)
    return _("Answer of {day}: {answer}").format(day=day, answer=word(row.answer))


def _text(answer: LetterAnswer) -> str:
    return {
        LetterAnswer.FITS: _("The time &fits"),
        LetterAnswer.OTHER_TIME: _("&Other time…"),
        LetterAnswer.OTHER_PHONE: _("Other &number…"),
        LetterAnswer.TRANSLATION: _("Wants &translation"),
    }[answer]
