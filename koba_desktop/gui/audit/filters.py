"""Which events are wanted: period, person, action, object, field, number, reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QWidget,
)

from koba_desktop.domain.vocabulary import AuditAction
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.gui.widgets.days import DayEdit
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.audit_words import field_names, field_word, object_kinds, object_word
from koba_desktop.i18n.words import word
from koba_desktop.services.audit.rows import AuditFilter

TYPING_MS = 300
"""So long nothing is asked while somebody types on."""
_NO_DAY = date(2000, 1, 1)  # no office kept an audit then: shown as "–"


class Period(StrEnum):
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"
    CHOSEN = "chosen"


_DAYS = {Period.TODAY: 0, Period.WEEK: 6, Period.MONTH: 29, Period.YEAR: 364}


class AuditFilters(QWidget):
    """``changed`` when something else is wanted than before."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told = AuditFilter()
        self._quiet = False
        self._typing = QTimer(self, singleShot=True, interval=TYPING_MS)
        self._typing.timeout.connect(self._tell)
        self.period = self._combo()
        self.first, self.last = self._day(), self._day()
        self.person = self._combo()
        self.action = self._combo()
        self.object_kind = self._combo()
        self.field = self._combo()
        self.subject = self._line(_("Appointment, client or identifier"))
        self.reason = self._line(_("Any part of the reason"))
        self._lay_out()
        self._fill()
        self.reset()

    # --- what is wanted ---------------------------------------------------------------------------

    def wanted(self) -> AuditFilter:
        action = self.action.currentData()  # a plain text by now
        return AuditFilter(
            first=_day_in(self.first),
            last=_day_in(self.last),
            staff_id=self.person.currentData(),
            action=AuditAction(action) if action else None,
            object_kind=self.object_kind.currentData() or "",
            subject=self.subject.text().strip(),
            field=self.field.currentData() or "",
            reason=self.reason.text().strip(),
        )

    @property
    def chosen_period(self) -> Period:
        return Period(self.period.currentData())

    def reset(self) -> None:
        """Back to the last 30 days of everything."""
        with self._quietly():
            for combo in (self.person, self.action, self.object_kind, self.field):
                combo.setCurrentIndex(0)
            for line in (self.subject, self.reason):
                line.clear()
            self._choose(Period.MONTH)

    def ask_about(self, subject: str) -> None:
        """Everything ever noted about one object."""
        with self._quietly():
            for combo in (self.person, self.action, self.object_kind, self.field):
                combo.setCurrentIndex(0)
            self.reason.clear()
            self.subject.setText(subject)
            self._choose(Period.ALL)

    def pass_day(self) -> None:
        """At midnight "today" is another day."""
        with self._quietly():
            if self.chosen_period is not Period.CHOSEN:
                self._choose(self.chosen_period)

    def learn_people(self) -> None:
        """The staff as the book has it now; who is chosen stays chosen."""
        with self._quietly():
            chosen = self.person.currentData()
            self.person.clear()
            self.person.addItem(_("All persons"), None)
            people = [
                (formats.name_sorted(each.family_name, each.given_name), each.id)
                for each in self._desk.book.staff
            ]
            for name, staff_id in sorted(people, key=lambda person: person[0].casefold()):
                self.person.addItem(name, staff_id)
            self.person.setCurrentIndex(max(0, row_of(self.person, chosen)))

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Several fields change; who listens is told once."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False
        self._tell()

    def _tell(self) -> None:
        self._typing.stop()
        if not self._quiet and self.wanted() != self._told:
            self._told = self.wanted()
            self.changed.emit()

    def _choose(self, period: Period) -> None:
        self.period.setCurrentIndex(row_of(self.period, period))
        self._show_days(period)

    def _show_days(self, period: Period) -> None:
        """The days of a period; of one that is chosen those that stand there, if any do."""
        first = last = _NO_DAY
        if period is not Period.ALL:
            today = self._desk.today()
            days = _DAYS.get(period, _DAYS[Period.MONTH])
            first, last = today - timedelta(days=days), today
        for edit, day in ((self.first, first), (self.last, last)):
            if period is not Period.CHOSEN or edit.day() == _NO_DAY:
                edit.blockSignals(True)
                edit.set_day(day)
                edit.blockSignals(False)
            edit.setEnabled(period is not Period.ALL)

    # --- fields -----------------------------------------------------------------------------------

    def _combo(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(10)
        return combo

    def _line(self, hint: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(hint)
        line.setClearButtonEnabled(True)
        line.setMinimumWidth(theme.px(120))
        line.textChanged.connect(lambda _text: self._typing.start())
        line.returnPressed.connect(self._tell)
        return line

    def _day(self) -> DayEdit:
        edit = DayEdit(self)
        edit.keep_between(first=_NO_DAY)
        edit.setSpecialValueText("–")
        edit.setKeyboardTracking(False)  # "1.4.202" is not a day somebody means
        edit.dateChanged.connect(self._on_day)
        return edit

    def _lay_out(self) -> None:
        """Two lines of fields, each under its name."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        places = (
            (_("&Period"), self.period, 0, 0),
            (_("From"), self.first, 0, 1),
            (_("Until"), self.last, 0, 2),
            (_("Perso&n"), self.person, 0, 3),
            (_("Acti&on"), self.action, 0, 4),
            (_("O&bject"), self.object_kind, 2, 0),
            (_("Fi&eld"), self.field, 2, 1),
            (_("N&umber"), self.subject, 2, 3),
            (_("&Reason"), self.reason, 2, 4),
        )
        for text, field, line, column in places:
            label = QLabel(text, self)
            label.setBuddy(field)
            span = 2 if field is self.field else 1
            grid.addWidget(label, line, column, 1, span)
            grid.addWidget(field, line + 1, column, 1, span)
        for edit in (self.first, self.last):  # as high as the lists beside them
            edit.setFixedHeight(self.period.sizeHint().height())
        for column, stretch in enumerate((3, 2, 2, 4, 4)):
            grid.setColumnStretch(column, stretch)

    def _fill(self) -> None:
        for period, text in (
            (Period.TODAY, _("Today")),
            (Period.WEEK, _("Last 7 days")),
            (Period.MONTH, _("Last 30 days")),
            (Period.YEAR, _("Last 12 months")),
            (Period.ALL, _("Everything")),
            (Period.CHOSEN, _("From … until …")),
        ):
            self.period.addItem(text, period)
        self.action.addItem(_("All actions"), None)
        for action in AuditAction:
            self.action.addItem(word(action), action)
        self.object_kind.addItem(_("All objects"), "")
        for kind in object_kinds():
            self.object_kind.addItem(object_word(kind), kind)
        self.field.addItem(_("All fields"), "")
        for name in sorted(field_names(), key=lambda each: field_word(each).casefold()):
            self.field.addItem(field_word(name), name)
        self.learn_people()
        self.period.currentIndexChanged.connect(self._on_period)
        for combo in (self.person, self.action, self.object_kind, self.field):
            combo.currentIndexChanged.connect(lambda _index: self._tell())

    def _on_period(self) -> None:
        self._show_days(self.chosen_period)
        if self.chosen_period is Period.CHOSEN and not self._quiet:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _on_day(self) -> None:
        """A day somebody chose is no period of the list any more."""
        with self._quietly():
            self._choose(Period.CHOSEN)


def _day_in(edit: DayEdit) -> date | None:
    shown = edit.day()
    return None if shown == _NO_DAY else shown
