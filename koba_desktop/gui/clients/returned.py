"""„Brief zurückgekommen“: the address is marked on the day somebody says."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.dates import date_pattern
from koba_desktop.gui.clients.refusals import show_refusal
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.forms.ui_returned_mail import Ui_ReturnedMailForm
from koba_desktop.i18n import _
from koba_desktop.services.clients.card import ClientCard, client_card
from koba_desktop.services.commands import MarkMailReturned
from koba_desktop.services.execution import Receipt


class ReturnedMailSheet(QWidget):
    """A sheet in the place of the card: one day, one Enter."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card: ClientCard | None = None
        self.form = Ui_ReturnedMailForm()
        self.form.setupUi(self)
        self.form.title.setFont(theme.font(theme.CARD, bold=True))
        self.form.day.setDisplayFormat(date_pattern())
        self.form.save.clicked.connect(self._save)
        self.form.cancel.clicked.connect(self.closed)

    def open_for(self, client_id: UUID) -> None:
        """Start with today; days to come cannot be chosen."""
        form, today = self.form, self._desk.today()
        form.problem.clear()
        form.who.clear()
        form.save.setEnabled(False)
        form.day.setMaximumDate(QDate(today.year, today.month, today.day))
        form.day.setDate(QDate(today.year, today.month, today.day))
        self._desk.ask(lambda view: client_card(view, client_id), self._fill, self, "card")
        form.day.setFocus()

    def _fill(self, card: ClientCard) -> None:
        self._card = card
        lines = [texts.full_name(card.client), texts.identity(card.client)]
        if card.address is not None:
            town = f"{card.address.postcode} {card.address.town}".strip()
            lines.append(", ".join(part for part in (card.address.street, town) if part))
        self.form.who.setText("\n".join(lines))
        self.form.save.setEnabled(True)

    def _save(self) -> None:
        if self._card is None or not self.form.save.isEnabled():
            return
        self.form.save.setEnabled(False)
        client, day = self._card.client, self.form.day.date()
        self._desk.execute(
            MarkMailReturned(
                client_id=client.id, returned_on=date(day.year(), day.month(), day.day())
            ),
            self,
            done=self._on_saved,
            failed=self._on_failed,
            message=_("Saved: the letter to {name} came back. Please call.").format(
                name=texts.short_name(client.salutation, client.given_name, client.family_name)
            ),
        )

    def _on_saved(self, receipt: Receipt) -> None:
        self.closed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.form.save.setEnabled(True)
        show_refusal(self._desk, self.form.problem, error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)
