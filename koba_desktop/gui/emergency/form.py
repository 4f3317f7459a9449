"""The form of the emergency desk: person, reason, persons and needs, advisor."""

from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from koba_desktop.domain.vocabulary import Urgency, VisitNeed
from koba_desktop.gui import tab_order, theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.emergency import wording
from koba_desktop.gui.emergency.case import ALONE, Case
from koba_desktop.gui.emergency.facts import Facts
from koba_desktop.gui.emergency.person import PersonField
from koba_desktop.gui.emergency.reasons import ReasonBar
from koba_desktop.gui.widgets import InlineMessage, Level, SecondText, ToolButton
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.gui.widgets.flow import FlowLayout
from koba_desktop.i18n import _, pgettext
from koba_desktop.services.emergency.ladder import Answer

MOST = 20
"""No room holds more; who brings more comes with a group appointment."""
DURATIONS = (15, 20, 30, 45, 60, 90)


class Count(QSpinBox):
    """A number without arrows of its own: the buttons at its sides and the keys change it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFont(theme.font(bold=True))

    def event(self, event: QEvent) -> bool:
        """The style sheet keeps room for the arrows that are not there."""
        answer = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.StyleChange):
            self.lineEdit().setGeometry(self.rect().adjusted(2, 2, -2, -2))
        return answer


class Form(QWidget):
    """Shows a case and the advisors of an answer. What is missing is said at its field."""

    edited = Signal()  # by the user

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._filling = False
        self._named: UUID | None = None
        self._advisors: tuple[UUID, ...] = ()
        self._minutes: int | None = None
        self._by_hand: set[VisitNeed] = set()
        self.person = PersonField(desk, self)
        self.person_problem = InlineMessage(self)
        self.reasons = ReasonBar(self)
        self.reason_problem = InlineMessage(self)
        self.persons = Count(self)
        self.fewer = ToolButton("", "minus", self, tool_tip=_("One person fewer (−)"))
        self.more = ToolButton("", "plus", self, tool_tip=_("One person more (+)"))
        self.needs = {
            VisitNeed.CONFIDENTIAL: QCheckBox(pgettext("emergency", "Con&fidential"), self),
            VisitNeed.WHEELCHAIR: QCheckBox(pgettext("emergency", "&Wheelchair"), self),
            VisitNeed.INTERPRETER: QCheckBox(pgettext("emergency", "&Interpreter"), self),
            VisitNeed.SCREEN: QCheckBox(pgettext("emergency", "&Screen"), self),
        }
        self.child = QCheckBox(pgettext("emergency", "With a chi&ld"), self)
        self.urgency = QComboBox(self)
        self.advisor = QComboBox(self)
        self.free = SecondText("", self)
        self.minutes = QComboBox(self)
        self._dress()
        self._lay_out()
        self._wire()

    def _dress(self) -> None:
        self.persons.setRange(ALONE, MOST)
        self.persons.setFixedWidth(theme.px(36))
        self.persons.setAccessibleName(_("Persons, advisor, interpreter and child included"))
        for button in (self.fewer, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrows of the number do the same
        self.urgency.addItem(_("Emergency"), Urgency.EMERGENCY)
        self.urgency.addItem(pgettext("emergency", "Urgent visit"), Urgency.URGENT)
        self.urgency.setAccessibleName(_("Urgency"))
        self.advisor.setFixedWidth(theme.px(206))
        self.advisor.view().setMinimumWidth(theme.px(300))
        self.free.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for minutes in DURATIONS:
            self._add_minutes(minutes)

    def _add_minutes(self, minutes: int) -> None:
        self.minutes.addItem(_("{n} min").format(n=minutes), minutes)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, theme.px(84))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        texts = (_("P&erson"), _("Reason"), _("Perso&ns"), _("Ad&visor"))
        buddies = (self.person.edit, None, self.persons, self.advisor)
        for row, (text, buddy) in enumerate(zip(texts, buddies, strict=True)):
            label = QLabel(text, self)
            label.setMinimumHeight(theme.px(26))
            if buddy is not None:
                label.setBuddy(buddy)
            grid.addWidget(label, row * 2, 0, top)
        grid.addWidget(self.person, 0, 1)
        grid.addWidget(self.person_problem, 1, 1)
        grid.addWidget(self.reasons, 2, 1)
        grid.addWidget(self.reason_problem, 3, 1)
        many = QWidget(self)
        flow = FlowLayout(many, gap=12)
        stepper = QWidget(many)
        steps = QHBoxLayout(stepper)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(0)
        for widget in (self.fewer, self.persons, self.more):
            steps.addWidget(widget)
        flow.addWidget(stepper)
        for box in self._boxes():
            box.setFixedHeight(max(theme.px(26), box.sizeHint().height()))
            flow.addWidget(box)
        flow.addWidget(self.urgency)
        grid.addWidget(many, 4, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.advisor)
        line.addWidget(self.free, 1)
        length = QLabel(_("Duration"), self)
        length.setBuddy(self.minutes)
        line.addWidget(length)
        line.addWidget(self.minutes)
        grid.addLayout(line, 6, 1)
        tab_order.follow(
            self.person.edit,
            *(self.person.without, self.person.search),
            *self.reasons.chips.values(),
            self.persons,
            *self._boxes(),
            *(self.urgency, self.advisor, self.minutes),
        )

    def _boxes(self) -> tuple[QCheckBox, ...]:
        need = VisitNeed
        return (
            self.needs[need.CONFIDENTIAL],
            self.needs[need.WHEELCHAIR],
            self.needs[need.INTERPRETER],
            self.child,
            self.needs[need.SCREEN],
        )

    def _wire(self) -> None:
        self.person.edited.connect(self._on_person)
        self.person.reason_typed.connect(self.reasons.take)
        self.person.persons_stepped.connect(self.step_persons)
        self.reasons.chosen.connect(self._on_reason)
        self.persons.valueChanged.connect(self._on_edited)
        self.fewer.clicked.connect(lambda: self.step_persons(-1))
        self.more.clicked.connect(lambda: self.step_persons(1))
        for need, box in self.needs.items():
            box.toggled.connect(partial(self._on_need, need))
        self.child.toggled.connect(self._on_child)
        self.urgency.currentIndexChanged.connect(self._on_edited)
        self.advisor.activated.connect(self._on_advisor)
        self.minutes.activated.connect(self._on_minutes)

    # --- what stands here -------------------------------------------------------------------------

    def case(self) -> Case:
        """What was typed; the phone number stands at the foot of the desk."""
        return Case(
            name=self.person.name(),
            client_id=self.person.client_id,
            visitor=self.person.visitor,
            category=self.reasons.category(),
            urgency=Urgency(self.urgency.currentData()),
            persons=self.persons.value(),
            needs=frozenset(need for need, box in self.needs.items() if box.isChecked()),
            child=self.child.isChecked(),
            advisor_id=self._named,
            minutes=self._minutes,
        )

    @property
    def by_hand(self) -> frozenset[VisitNeed]:
        """The needs somebody has ticked or unticked: the client's record does not change them."""
        return frozenset(self._by_hand)

    def show_case(self, case: Case) -> None:
        """Begin anew with a case."""
        self._by_hand = set(case.needs)
        self._named, self._minutes = case.advisor_id, case.minutes
        self.person.show_case(case)
        self.reasons.show_category(case.category)
        self.person.settle(case.category is not None)
        self._filling = True
        self.urgency.setCurrentIndex(row_of(self.urgency, case.urgency))
        self.child.setChecked(case.child)
        self._filling = False
        self._show_needs(case)
        for problem in (self.person_problem, self.reason_problem):
            problem.clear()

    def _show_needs(self, case: Case) -> None:
        self._filling = True
        for need, box in self.needs.items():
            box.setChecked(need in case.needs)
        self.persons.setValue(case.persons)
        self._filling = False

    def show_facts(self, facts: Facts, now: datetime) -> None:
        """What the client's record adds, and who can take it."""
        self._show_needs(facts.case)
        self.person.show_who(facts.who)
        self._show_advisors(facts.answer, now)
        minutes = facts.answer.minutes
        if row_of(self.minutes, minutes) < 0:
            self._add_minutes(minutes)
        self.minutes.setCurrentIndex(row_of(self.minutes, minutes))

    def _show_advisors(self, answer: Answer, now: datetime) -> None:
        texts = [wording.advisor_text(self._desk.book, duty, now) for duty in answer.advisors]
        if texts != [self.advisor.itemText(row) for row in range(self.advisor.count())]:
            self.advisor.clear()  # not while nothing is new: its list may be open
            self.advisor.addItems(texts)
        self._advisors = tuple(duty.advisor_id for duty in answer.advisors)
        chosen = answer.advisor_id
        index = self._advisors.index(chosen) if chosen in self._advisors else -1
        self.advisor.setCurrentIndex(index)
        free = wording.free_text(answer.advisors[index], now) if index >= 0 else ""
        self.free.setText(free)
        self.advisor.setAccessibleDescription(self.free.text())

    # --- what is typed ----------------------------------------------------------------------------

    def step_persons(self, step: int) -> None:
        self.persons.setValue(self.persons.value() + step)

    def _on_edited(self) -> None:
        if not self._filling:
            self.edited.emit()

    def _on_person(self) -> None:
        self.person_problem.clear()
        self.person.settle(False)
        self._on_edited()

    def _on_reason(self) -> None:
        self.reason_problem.clear()
        self.person.settle(self.case().known)
        self._on_edited()

    def _on_need(self, need: VisitNeed, on: bool) -> None:
        if self._filling:
            return
        self._by_hand.add(need)
        if need is VisitNeed.INTERPRETER:
            self._count(on)
        self._on_edited()

    def _on_child(self, on: bool) -> None:
        if not self._filling:
            self._count(on)
            self._on_edited()

    def _count(self, on: bool) -> None:
        """One person more, or fewer, without telling it twice."""
        self._filling = True
        self.step_persons(1 if on else -1)
        self._filling = False

    def _on_advisor(self, index: int) -> None:
        self._named = self._advisors[index]
        self._on_edited()

    def _on_minutes(self, index: int) -> None:
        self._minutes = self.minutes.itemData(index)
        self._on_edited()

    # --- what is missing --------------------------------------------------------------------------

    def complain_of_person(self, text: str) -> None:
        self.person_problem.show_message(text, Level.ERROR)
        self.person.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def complain_of_reason(self, text: str) -> None:
        """The keyboard stays where a digit answers."""
        self.reason_problem.show_message(text, Level.ERROR)
        if self.person.client_id is not None or self.person.visitor:
            self.person.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            next(iter(self.reasons.chips.values())).setFocus(Qt.FocusReason.OtherFocusReason)
