"""After assigning: the visitor's number, and what to do now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from koba_desktop.domain.emergency import Rung
from koba_desktop.domain.place_reasons import AT_ONCE
from koba_desktop.domain.places import Step
from koba_desktop.gui import theme
from koba_desktop.gui.emergency.case import Case
from koba_desktop.gui.emergency.wording import offer_room, short_category
from koba_desktop.gui.myday.keys import CapButton
from koba_desktop.gui.widgets import Heading, IconLabel, InlineMessage, Level, SecondText
from koba_desktop.gui.widgets.flow import FlowLayout
from koba_desktop.i18n import _, formats, pgettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was assigned. ``code`` is the visitor's number ("" for a call)."""

    case: Case
    rung: Rung
    advisor: str
    code: str
    phone: str


def waits(done: Done) -> bool:
    """Whether the visitor is in the house and the advisor can be called."""
    return done.rung.step in (Step.ROOM_NOW, Step.ROOM_SOON, Step.OUTDOORS)


def at_once(done: Done, now: datetime) -> bool:
    """Whether the visitor can go in now."""
    return done.rung.offer is not None and done.rung.starts - now <= AT_ONCE


def next_step(done: Done, now: datetime) -> str:
    """What to say to the visitor, and what to do."""
    rung, time = done.rung, formats.time_of(done.rung.starts)
    if rung.offer is None:
        return _("{advisor} calls at {time}: {phone}. Nobody has to wait here.").format(
            advisor=done.advisor, time=time, phone=formats.phone(done.phone)
        )
    place = offer_room(rung.offer)
    if rung.step is Step.OUTDOORS and at_once(done, now):
        return _("Please go to {place} outside the door. {advisor} comes out.").format(
            place=place, advisor=done.advisor
        )
    if at_once(done, now):
        return _("{place} is free: show the visitor in and check in now.").format(place=place)
    if rung.step is Step.ROOM_LATER:
        return _("Please come back at {time}, to {place}. Give the number along.").format(
            time=time, place=place
        )
    return _("Please wait until {time}, then {place}.").format(time=time, place=place)


class DoneCard(QWidget):
    """Shows a Done. Its signals say which button was pressed."""

    finished = Signal()
    next_wanted = Signal()
    check_in_wanted = Signal()
    call_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self.title = IconLabel("tick", "", self, role="ok", bold=True)
        self.number = QLabel(self)
        self.number.setFont(theme.font(theme.TIMER, bold=True))
        self.step = Heading("", 1, self)
        self.step.setWordWrap(True)
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        self.recorded = SecondText("", self)
        self.recorded.setWordWrap(True)
        self.message = InlineMessage(self)
        undo = QKeySequence("Ctrl+Z").toString(QKeySequence.SequenceFormat.NativeText)
        self.finish = CapButton(_("Enter"), _("Done"), self, primary=True)
        self.check_in = CapButton(pgettext("key", "C"), _("Check in now"), self)
        self.call = CapButton(pgettext("key", "A"), _("Call the advisor"), self)
        self.next = CapButton("F2", _("Next emergency"), self)
        self.undo = CapButton(undo, _("Undo"), self)
        for button, signal in (
            (self.finish, self.finished),
            (self.check_in, self.check_in_wanted),
            (self.call, self.call_wanted),
            (self.next, self.next_wanted),
            (self.undo, self.undo_wanted),
        ):
            button.clicked.connect(signal)
        self._lay_out()

    def _lay_out(self) -> None:
        for label in (self.number, self.step, self.facts):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QWidget(self)
        buttons = FlowLayout(row)
        for button in (self.finish, self.check_in, self.call, self.next, self.undo):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (self.title, self.number, self.step, self.facts, self.recorded):
            layout.addWidget(widget)
        layout.addWidget(self.message)
        layout.addSpacing(8)
        layout.addWidget(row)
        layout.addStretch()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_done(self, done: Done) -> None:
        now, rung = self._now(), done.rung
        span = formats.span_of(rung.starts, rung.ends)
        if rung.offer is None:
            self.title.set(_("Call noted"))
            time = formats.time_of(rung.starts)
            self.number.setText(_("Call at {time}").format(time=time))
            place = _("by telephone")
        else:
            self.title.set(_("Assigned"))
            self.number.setText(_("Visitor no. {number}").format(number=done.code))
            place = offer_room(rung.offer)
        self.step.setText(next_step(done, now))
        self.facts.setText(" · ".join((done.case.name, done.advisor, place, span)))
        assert done.case.category is not None
        self.recorded.setText(
            _(
                "“{reason}” is recorded, and why other places were not taken. What was done is "
                "recorded at the end."
            ).format(reason=short_category(done.case.category))
        )
        self.check_in.setVisible(at_once(done, now))
        self.call.setVisible(waits(done))
        self.undo.setVisible(True)
        self.message.clear()
        said = ". ".join((self.title.text(), self.number.text(), self.step.text()))
        self.setAccessibleName(said)
        self.finish.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def checked_in(self, text: str) -> None:
        """The talk has begun."""
        self.step.setText(text)
        self.check_in.hide()
        self.call.hide()
        self._go_on()

    def called(self, text: str) -> None:
        """The advisor knows."""
        self.message.show_message(text, Level.OK)
        self.call.hide()
        self._go_on()

    def press(self, key: str) -> bool:
        """Press the button with that letter, if it is there."""
        for button in (self.check_in, self.call):
            if button.isVisible() and key.upper() == button.key:
                button.click()
                return True
        return False

    def _go_on(self) -> None:
        self.undo.hide()  # taking back the last step would take back that step alone
        self.finish.setFocus(Qt.FocusReason.OtherFocusReason)
