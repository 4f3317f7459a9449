"""„Rückruf notieren“: who is to call back, when, and why."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QDate, QTime
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from koba_desktop.domain.clock import instant, wall
from koba_desktop.domain.vocabulary import CallReason
from koba_desktop.gui import theme
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.sheet import ClientSheet
from koba_desktop.gui.dates import date_pattern, from_qt, to_qt
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.forms.ui_callback import Ui_CallbackForm
from koba_desktop.gui.widgets import InlineMessage, Level
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import moment_of, name_full
from koba_desktop.services.clients.card import ClientCard
from koba_desktop.services.commands import CreateCallTask


class CallbackSheet(ClientSheet):
    """A sheet in the place of the card: due now, by the client's advisor, unless said otherwise."""

    form_name = "callback"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = Ui_CallbackForm()
        self.form.setupUi(self)
        self.form.title.setFont(theme.font(theme.CARD, bold=True))
        self.form.day.setDisplayFormat(date_pattern())
        self.form.save.clicked.connect(self.save)
        self.form.cancel.clicked.connect(self.finish)
        self.form.note.textChanged.connect(self.touch)
        self.form.advisor.activated.connect(self.touch)
        self.form.day.dateChanged.connect(self.touch)
        self.form.from_time.timeChanged.connect(self.touch)

    def parts(self) -> tuple[InlineMessage, QPushButton, QLabel]:
        return self.form.problem, self.form.save, self.form.who

    def clear(self) -> None:
        form, local = self.form, wall(self._desk.now())
        form.note.clear()
        form.day.setMinimumDate(to_qt(local.date()))
        form.day.setDate(form.day.minimumDate())
        form.from_time.setTime(QTime(local.hour, local.minute))
        form.note.setFocus()

    def show_card(self, card: ClientCard) -> None:
        form = self.form
        form.who.setText(f"{texts.full_name(card.client)}\n{texts.identity(card.client)}")
        form.advisor.clear()
        advisors = self._desk.book.advisors(card.client.office_id, self._desk.today())
        for member in advisors:
            name = name_full(member.salutation, "", member.given_name, member.family_name)
            form.advisor.addItem(name, str(member.id))
        chosen = card.client.advisor_id or self._desk.actor.staff_id
        row = next((i for i, member in enumerate(advisors) if member.id == chosen), 0)
        form.advisor.setCurrentIndex(row)
        form.save.setEnabled(bool(advisors))
        if not advisors:
            form.problem.show_message(_("This office has no advisor today."), Level.ERROR)

    def content(self) -> dict[str, Any]:
        form = self.form
        return {
            "advisor": form.advisor.currentData(),
            "day": from_qt(form.day.date()).isoformat(),
            "from": form.from_time.time().toString("HH:mm"),
            "note": form.note.toPlainText(),
        }

    def put(self, content: dict[str, Any]) -> None:
        """A day that is past by now becomes today, an advisor who left stays unchosen."""
        form = self.form
        row = row_of(form.advisor, content.get("advisor"))
        if row >= 0:
            form.advisor.setCurrentIndex(row)
        day = QDate.fromString(str(content.get("day")), "yyyy-MM-dd")
        if day.isValid():
            form.day.setDate(day)
        at = QTime.fromString(str(content.get("from")), "HH:mm")
        if at.isValid():
            form.from_time.setTime(at)
        form.note.setPlainText(str(content.get("note", "")))

    def due(self) -> datetime:
        at = self.form.from_time.time()
        return instant(from_qt(self.form.day.date()), time(at.hour(), at.minute()))

    def save(self) -> None:
        card, form = self._card, self.form
        if card is None or not form.save.isEnabled():
            return
        due = self.due()
        now = self._desk.now()
        if due < now - timedelta(days=1):
            form.problem.show_message(_("This day is past."), Level.ERROR)
            form.day.setFocus()
            return
        self.carry_out(
            CreateCallTask(
                client_id=card.client.id,
                advisor_id=UUID(form.advisor.currentData()),
                reason=CallReason.CALLBACK,
                due=due,
                note=form.note.toPlainText().strip(),
            ),
            _("Saved: call {name} back, {when}.").format(name=self.name(), when=moment_of(due)),
        )
