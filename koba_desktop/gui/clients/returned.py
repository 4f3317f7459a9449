"""„Brief zurückgekommen“: the address is marked on the day somebody says."""

from typing import Any

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.sheet import ClientSheet
from koba_desktop.gui.dates import date_pattern, from_qt, to_qt
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.forms.ui_returned_mail import Ui_ReturnedMailForm
from koba_desktop.gui.widgets import InlineMessage
from koba_desktop.i18n import _
from koba_desktop.services.clients.card import ClientCard
from koba_desktop.services.commands import MarkMailReturned


class ReturnedMailSheet(ClientSheet):
    """A sheet in the place of the card: one day, one Enter."""

    form_name = "returned_mail"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.form = Ui_ReturnedMailForm()
        self.form.setupUi(self)
        self.form.title.setFont(theme.font(theme.CARD, bold=True))
        self.form.day.setDisplayFormat(date_pattern())
        self.form.save.clicked.connect(self.save)
        self.form.cancel.clicked.connect(self.finish)
        self.form.day.dateChanged.connect(self.touch)

    def parts(self) -> tuple[InlineMessage, QPushButton, QLabel]:
        return self.form.problem, self.form.save, self.form.who

    def clear(self) -> None:
        """Today; days to come cannot be chosen."""
        form, today = self.form, self._desk.today()
        form.day.setMaximumDate(to_qt(today))
        form.day.setDate(form.day.maximumDate())
        form.day.setFocus()

    def show_card(self, card: ClientCard) -> None:
        lines = [texts.full_name(card.client), texts.identity(card.client)]
        if card.address is not None:
            town = f"{card.address.postcode} {card.address.town}".strip()
            lines.append(", ".join(part for part in (card.address.street, town) if part))
        self.form.who.setText("\n".join(lines))
        self.form.save.setEnabled(True)

    def content(self) -> dict[str, Any]:
        return {"day": self.form.day.date().toString("yyyy-MM-dd")}

    def put(self, content: dict[str, Any]) -> None:
        day = QDate.fromString(str(content.get("day")), "yyyy-MM-dd")
        if day.isValid():
            self.form.day.setDate(day)

    def save(self) -> None:
        if self._card is None or not self.form.save.isEnabled():
            return
        self.carry_out(
            MarkMailReturned(
                client_id=self._card.client.id,
                returned_on=from_qt(self.form.day.date()),
            ),
            _("Saved: the letter to {name} came back. Please call.").format(name=self.name()),
        )
