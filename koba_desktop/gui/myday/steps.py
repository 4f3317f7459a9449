"""What follows a call: a talk under way, a reminder, a missed appointment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.myday.caller import third_person_reminder
from koba_desktop.gui.myday.flow import CallFlow
from koba_desktop.gui.myday.keys import CapButton
from koba_desktop.gui.myday.offer import Framed
from koba_desktop.gui.widgets import IconLabel, InlineMessage
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import time_of


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a step: its key ("Enter", "T", "Esc"), its text, what it does."""

    key: str
    text: str
    act: Callable[[], None]


class StepCard(Framed):
    """A question or a state with up to four answers; the first is the main one."""

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = IconLabel("phone-run", "", role="accent", bold=True)
        self._title.label.setFont(theme.font(theme.CARD, bold=True))
        self._text = QLabel()
        self._text.setWordWrap(True)
        self.message = InlineMessage(self)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.choices: tuple[Choice, ...] = ()
        self.buttons: list[CapButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._text)
        layout.addWidget(self.message)
        layout.addLayout(self._buttons)

    def show_step(self, icon: str, title: str, text: str, choices: tuple[Choice, ...]) -> None:
        self._title.set(title, icon)
        self._text.setText(text)
        self.setAccessibleName(f"{title}. {text}")
        self.message.clear()
        self.choices = choices
        while (item := self._buttons.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.buttons = []
        for number, choice in enumerate(choices):
            if choice.key == _("Esc"):
                self._buttons.addStretch()
            button = CapButton(choice.key, choice.text, self, primary=number == 0)
            button.clicked.connect(lambda _on=False, act=choice.act: act())
            self._buttons.addWidget(button)
            self.buttons.append(button)
        if not any(choice.key == _("Esc") for choice in choices):
            self._buttons.addStretch()

    def focus_first(self) -> None:
        if self.buttons:
            self.buttons[0].setFocus()

    def press(self, key: str) -> bool:
        """Press the answer with this key; False where there is none."""
        for choice in self.choices:
            if choice.key == key:
                choice.act()
                return True
        return False


Shown = tuple[str, str, str, tuple[Choice, ...]]


def talk_step(
    flow: CallFlow, since: datetime, appointment: Callable[[], None], note: Callable[[], None]
) -> Shown:
    """Reached: an appointment is under way until somebody says it is over."""
    held = flow.dossier is not None and flow.dossier.appointment is not None
    text = (
        _("The time is noted. Close the appointment when the conversation is over.")
        if held
        else _("The call is noted, and the client leaves the call list.")
    )
    return (
        "phone-run",
        _("Reached – in conversation since {time}").format(time=time_of(since)),
        text,
        (
            Choice(_("Enter"), _("Conversation over") if held else _("Next client"), flow.keep),
            Choice("T", _("New appointment …"), appointment),
            Choice("V", _("Copy file note"), note),
        ),
    )


def reminder_step(flow: CallFlow, reached: Callable[[], None]) -> Shown:
    """Somebody else answered: what not to say."""
    return (
        "people",
        _("Somebody else answers"),
        third_person_reminder(),
        (
            Choice(_("Enter"), _("Next client"), flow.leave),
            Choice("E", _("It is the client after all"), reached),
        ),
    )


def missed_step(flow: CallFlow) -> Shown:
    """Nobody answered at the time of an appointment."""
    return (
        "phone-cross",
        _("Not reached at the time of the appointment"),
        _("A missed appointment brings the client back onto the call list."),
        (
            Choice(_("Enter"), _("Mark as missed"), flow.miss),
            Choice(_("Esc"), _("Try again later"), flow.leave),
        ),
    )
