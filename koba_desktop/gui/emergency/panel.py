"""The emergency desk: a form, the places below it, and what Enter does with both."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import OfficeError, Taken, Unavailable
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.emergency import wording
from koba_desktop.gui.emergency.assigning import who_was_faster
from koba_desktop.gui.emergency.case import Case
from koba_desktop.gui.emergency.deeds import Deeds
from koba_desktop.gui.emergency.done import Done, DoneCard
from koba_desktop.gui.emergency.facts import Facts
from koba_desktop.gui.emergency.inquiry import Inquiry
from koba_desktop.gui.emergency.kept import FORM
from koba_desktop.gui.emergency.workplace import Workplace
from koba_desktop.gui.widgets import (
    IconLabel,
    InlineMessage,
    Level,
    SecondText,
    ToolButton,
)
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe, text_of

_DIGITS = "1234567"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EmergencyDesk(QWidget):
    """A child of the window, no dialog. What was typed and not assigned is kept as a draft."""

    closed = Signal()
    shown = Signal()  # the places are those of the form

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("emergency_desk")
        self.setAccessibleName(_("Emergency desk"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing below is painted
        self._desk = desk
        self._keeper: DraftKeeper | None = None
        self._phone: str | None = None
        self._enter_waits = False
        self.day = SecondText("", self)
        self.close_button = ToolButton("", "cross", self, tool_tip=_("Close (Esc)"))
        self.work = work = Workplace(desk, self)
        self.kept, self.form, self.ladder = work.kept, work.form, work.ladder
        self.nothing, self.why, self.foot = work.nothing, work.why, work.foot
        self.done = DoneCard(desk.now, self)
        self.inquiry = Inquiry(desk, lambda: (self.case(), self.form.by_hand), self)
        self.deeds = Deeds(desk, self)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        title = IconLabel("emergency", _("Assign an emergency"), self, role="emergency_edge")
        title.label.setFont(theme.font(theme.CARD, bold=True))
        head = QHBoxLayout()
        head.setContentsMargins(14, 6, 8, 6)
        head.setSpacing(8)
        head.addWidget(title, 1)
        head.addWidget(self.day)
        self.close_button.setProperty("kind", "flat")
        head.addWidget(self.close_button)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.work)
        self.pages.addWidget(self.done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)

    def _wire(self) -> None:
        self.close_button.clicked.connect(self.close_desk)
        self.kept.carry_on_wanted.connect(self.carry_on)
        self.form.edited.connect(self._on_edited)
        self.form.person.walked.connect(self.ladder.walk)
        self.form.person.entered.connect(self.assign)
        self.ladder.chosen.connect(self._on_place)
        self.ladder.entered.connect(self.assign)
        self.foot.assign_wanted.connect(self.assign)
        self.foot.other_wanted.connect(lambda: self.ladder.walk(1))
        self.foot.close_wanted.connect(self.close_desk)
        self.foot.refused.connect(self.deeds.refuse)
        self.foot.phone_edited.connect(self._on_phone)
        self.inquiry.answered.connect(self._show)
        self.inquiry.failed.connect(self._on_not_answered)
        self.deeds.assigned.connect(self._on_assigned)
        self.deeds.failed.connect(self._on_failed)
        self.deeds.checked_in.connect(self._on_checked_in)
        self.deeds.called.connect(
            lambda: self.done.called(_("The advisor's window says who waits, and for how long."))
        )
        self.deeds.refused.connect(self._on_refused)
        self.deeds.taken_back.connect(self._on_taken_back)
        self.done.finished.connect(self.close_desk)
        self.done.next_wanted.connect(self.begin)
        self.done.check_in_wanted.connect(self.deeds.check_in)
        self.done.call_wanted.connect(self.deeds.call_advisor)
        self.done.undo_wanted.connect(lambda: self._desk.undo())
        self._desk.actor_changed.connect(self.close_desk)
        self._desk.tick.connect(self._name_day)
        theme.watcher().changed.connect(self.update)

    # --- opening and closing ----------------------------------------------------------------------

    def begin(self, client_id: UUID | None = None) -> None:
        """A new case, of a client if one is given. One begun and not assigned stays a draft."""
        self._keep()
        self._start(Case(client_id=client_id))
        if client_id is not None:
            self.inquiry.expect(None)
        self.kept.look()
        self.inquiry.ask()

    def carry_on(self, draft: Draft) -> None:
        """Open what was typed before an interruption."""
        self._keep()
        self._start(Case(), draft)
        self.kept.put_away()
        self.inquiry.ask()

    def resume(self) -> None:
        """Once more F2: the keyboard to the person, whatever stands there stays."""
        if self.pages.currentWidget() is self.done:
            self.begin()
        else:
            self.form.person.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.form.person.edit.selectAll()

    def _start(self, case: Case, draft: Draft | None = None) -> None:
        self.deeds.forget()
        self._phone = None
        self._enter_waits = False
        self.foot.message.clear()
        self.foot.phone_problem.clear()
        self.why.close_text()
        self.ladder.start_anew()
        self.pages.setCurrentWidget(self.work)
        self.form.show_case(Case())
        self._keeper = DraftKeeper(
            self._desk,
            FORM,
            case.client_id,
            self._read,
            self._write,
            self,
            draft_id=draft.id if draft is not None else None,
            about=lambda: self.case().name,
        )
        if draft is not None:
            self._keeper.restore(draft.content)
        else:
            self.form.show_case(case)
        self.inquiry.begin(self.case())
        self.inquiry.awake = True
        self._name_day()
        self.form.person.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_desk(self) -> None:
        """Go away; what was typed is kept."""
        if self.isHidden():
            return
        self._keep()
        self.inquiry.awake = False
        self.deeds.forget()
        self.hide()
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """The window closes or another takes its place: what was typed is kept."""
        super().hideEvent(event)
        if not event.spontaneous() and self._keeper is not None:
            self._keeper.keep()

    def _keep(self) -> None:
        if self._keeper is not None:
            self._keeper.keep()
            self._keeper.deleteLater()
            self._keeper = None

    def _discard(self) -> None:
        if self._keeper is not None:
            self._keeper.discard()
            self._keeper.deleteLater()
            self._keeper = None

    def _read(self) -> dict[str, Any]:
        return self.case().to_json()

    def _write(self, values: dict[str, Any]) -> None:
        try:
            case = Case.from_json(values)
        except (KeyError, TypeError, ValueError):
            self.foot.message.show_message(_("The draft could not be read."), Level.WARNING)
            return
        self._phone = case.phone
        self.form.show_case(case)

    def _name_day(self) -> None:
        today, now = self._desk.today(), self._desk.now()
        self.day.setText(f"{formats.date_long(today)} · {formats.time_of(now)}")

    # --- while typing -----------------------------------------------------------------------------

    def case(self) -> Case:
        """What stands in the form."""
        return replace(self.form.case(), phone=self._phone)

    def _on_edited(self) -> None:
        self._enter_waits = False
        self.foot.message.clear()
        self.kept.put_away()
        if self._keeper is not None:
            self._keeper.touch()
        self.inquiry.ask()

    def _on_phone(self) -> None:
        self._phone = self.foot.phone.text()
        self.foot.phone_problem.clear()
        if self._keeper is not None:
            self._keeper.touch()

    def _show(self, facts: Facts) -> None:
        now = self._desk.now()
        self.form.show_facts(facts, now)
        lost = self.ladder.show_ladder(facts.answer.ladder, facts.answer.phone)
        if lost is not None and not self.foot.message.isVisible():
            self.foot.message.show_message(
                _("{place} is not offered any more. The best place is chosen again.").format(
                    place=wording.place_name(lost)
                ),
                Level.WARNING,
            )
        self.work.say_if_nothing(facts)
        self.why.show_facts(facts, now)
        self.foot.show_mode(facts.mode, facts.case.category)
        self.shown.emit()
        if self._enter_waits:
            self._enter_waits = False
            self.assign()

    def _on_place(self) -> None:
        facts = self.inquiry.facts
        rung = self.ladder.rung()
        known = facts.answer.phone if facts is not None else ""
        phone = self._phone if self._phone is not None else formats.phone(known)
        others = len(self.ladder.rungs) > 1
        self.foot.show_rung(rung, phone, self._desk.now(), others=others)
        if rung is not None:
            self.form.person.say_place(self.foot.assign.text())

    def _on_not_answered(self, error: Exception) -> None:
        if isinstance(error, OfficeError) and not isinstance(error, Unavailable):
            self.foot.message.show_message(describe(error), Level.ERROR)
        else:
            self._desk.problem.emit(error)

    # --- assigning --------------------------------------------------------------------------------

    def assign(self) -> None:
        """Assign the chosen place; say at its field what is missing."""
        if self.deeds.busy or self.form.person.searching or not self._complete():
            return
        if self.inquiry.pending:  # Enter came before the answer: it counts for what comes
            self._enter_waits = True
            return
        facts, rung = self.inquiry.facts, self.ladder.rung()
        if facts is None or rung is None or facts.answer.advisor_id is None:
            self.foot.message.show_message(text_of("place_missing"), Level.ERROR)
            return
        case = replace(self.case(), phone=self.foot.phone.text().strip())
        if rung.offer is None and not case.phone:
            self.foot.complain_of_phone(_("Enter the number under which somebody is to call."))
            return
        self.foot.message.clear()
        self.deeds.assign(case, rung, facts.answer.ladder, facts.answer.advisor_id)

    def _complete(self) -> bool:
        case = self.case()
        if not case.known:
            self.form.complain_of_person(text_of("client_missing"))
        elif case.category is None:
            self.form.complain_of_reason(text_of("urgency_category_missing"))
        return case.known and case.category is not None

    def _on_assigned(self, done: Done) -> None:
        self._discard()
        self.inquiry.awake = False
        self.pages.setCurrentWidget(self.done)
        self.done.show_done(done)

    def _on_failed(self, error: Exception) -> None:
        """Everything typed stays; what was taken meanwhile is asked for anew."""
        if self.pages.currentWidget() is self.done:
            self._say(self.done.message, error)
            return
        if isinstance(error, Taken):
            self.ladder.start_anew()
            facts = self.inquiry.facts
            advisor = facts.answer.advisor_id if facts is not None else None
            name = wording.advisor_name(self._desk.book, advisor) if advisor else ""
            self.foot.message.show_message(who_was_faster(error, name), Level.WARNING)
        elif isinstance(error, OfficeError) and not isinstance(error, Unavailable):
            self._say_at_fields(error)
        else:
            self._say(self.foot.message, error)
        self.inquiry.ask()

    def _say_at_fields(self, error: OfficeError) -> None:
        fields = {problem.where for problem in error.problems}
        if "client_id" in fields:
            self.form.complain_of_person(describe(error))
        elif "category" in fields:
            self.form.complain_of_reason(describe(error))
        else:
            self.foot.message.show_message(describe(error), Level.ERROR)

    def _say(self, line: InlineMessage, error: Exception) -> None:
        """The window says what happened; here, that nothing is lost."""
        if isinstance(error, OfficeError):
            line.show_message(describe(error), Level.ERROR)
        if not isinstance(error, OfficeError) or isinstance(error, Unavailable):
            self._desk.problem.emit(error)

    # --- afterwards -------------------------------------------------------------------------------

    def _on_checked_in(self) -> None:
        time = formats.time_of(self._desk.now())
        self.done.checked_in(_("Checked in at {time}. The talk has begun.").format(time=time))

    def _on_refused(self) -> None:
        self._discard()
        self.close_desk()

    def _on_taken_back(self, case: Case) -> None:
        """Undone: everything typed stands here again."""
        self._start(Case())
        self._phone = case.phone
        self.form.show_case(case)
        self.inquiry.begin(case)
        if self._keeper is not None:
            self._keeper.touch()
        self.inquiry.ask()

    # --- keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the widget with the focus has no use for."""
        key, text = Qt.Key(event.key()), event.text()
        done = self.pages.currentWidget() is self.done
        if key is Qt.Key.Key_Escape:
            self.close_desk()
        elif key in _ENTER:
            (self.close_desk if done else self.assign)()
        elif done:
            if not (text and self.done.press(text)):
                super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.ladder.walk(1 if key is Qt.Key.Key_Down else -1)
        elif len(text) == 1 and text in _DIGITS:
            self.form.reasons.take(int(text))
        elif text in ("+", "-"):
            self.form.step_persons(1 if text == "+" else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.tokens()
        painter = QPainter(self)
        painter.fillRect(self.rect(), t.base)
        painter.fillRect(0, 0, 2, self.height(), t.emergency_edge)
