"""„Rückruf notieren“: who is to call back, when, and why."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from PySide6.QtCore import QDate, Qt, QTime, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.clock import instant, wall
from koba_desktop.domain.vocabulary import CallReason
from koba_desktop.gui import theme
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.dates import date_pattern
from koba_desktop.gui.clients.refusals import show_refusal
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.forms.ui_callback import Ui_CallbackForm
from koba_desktop.gui.widgets import Level
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import moment_of, name_full
from koba_desktop.services.clients.card import ClientCard, client_card
from koba_desktop.services.commands import CreateCallTask
from koba_desktop.services.execution import Receipt


class CallbackSheet(QWidget):
    """A sheet in the place of the card. What was typed stays until it is saved or cancelled."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card: ClientCard | None = None
        self.form = Ui_CallbackForm()
        self.form.setupUi(self)
        self.form.title.setFont(theme.font(theme.CARD, bold=True))
        self.form.day.setDisplayFormat(date_pattern())
        self.form.save.clicked.connect(self._save)
        self.form.cancel.clicked.connect(self._cancel)

    def open_for(self, client_id: UUID) -> None:
        """Start a callback note about a client: due now, by the client's advisor."""
        form = self.form
        form.problem.clear()
        form.note.clear()
        form.who.clear()
        form.save.setEnabled(False)
        local = wall(self._desk.now())
        form.day.setDate(QDate(local.year, local.month, local.day))
        form.day.setMinimumDate(QDate(local.year, local.month, local.day))
        form.from_time.setTime(QTime(local.hour, local.minute))
        self._desk.ask(lambda view: client_card(view, client_id), self._fill, self, "card")
        form.note.setFocus()

    def _fill(self, card: ClientCard) -> None:
        self._card = card
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

    def due(self) -> datetime:
        day, at = self.form.day.date(), self.form.from_time.time()
        return instant(date(day.year(), day.month(), day.day()), time(at.hour(), at.minute()))

    def _save(self) -> None:
        card, form = self._card, self.form
        if card is None or not form.save.isEnabled():
            return
        due = self.due()
        now = self._desk.now()
        if due < now - timedelta(days=1):
            form.problem.show_message(_("This day is past."), Level.ERROR)
            form.day.setFocus()
            return
        form.save.setEnabled(False)
        name = texts.short_name(
            card.client.salutation, card.client.given_name, card.client.family_name
        )
        self._desk.execute(
            CreateCallTask(
                client_id=card.client.id,
                advisor_id=UUID(form.advisor.currentData()),
                reason=CallReason.CALLBACK,
                due=due,
                note=form.note.toPlainText().strip(),
            ),
            self,
            done=self._on_saved,
            failed=self._on_failed,
            message=_("Saved: call {name} back, {when}.").format(name=name, when=moment_of(due)),
        )

    def _on_saved(self, receipt: Receipt) -> None:
        self.closed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.form.save.setEnabled(True)
        show_refusal(self._desk, self.form.problem, error)

    def _cancel(self) -> None:
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._cancel()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)
