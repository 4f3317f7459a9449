"""The fields of the client form: what stands in them, and what is wrong beside them."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import Language, Need, Salutation
from koba_desktop.gui import theme
from koba_desktop.gui.clients.profile_text import TEXTS, Content
from koba_desktop.gui.forms.ui_client_editor import Ui_ClientEditorForm
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import name_sorted
from koba_desktop.i18n.messages import message
from koba_desktop.i18n.words import word
from koba_desktop.services.office.book import OfficeBook

_NEEDS = {
    Need.WHEELCHAIR: "need_wheelchair",
    Need.INTERPRETER: "need_interpreter",
    Need.NO_PHONE: "need_no_phone",
    Need.HEARING: "need_hearing",
    Need.CONFIDENTIALITY: "need_confidentiality",
}
_CHOICES = ("salutation", "rep_salutation", "language", "office_id", "advisor_id")
_WITH_ERROR = (
    *("family_name", "birth_date", "number", "closed_on", "phones", "email", "email_consent"),
    *("postcode", "rep_family_name", "rep_valid_from"),
)
_SHOWN_AT = {"rep_valid_until": "rep_valid_from"}


def book_names(book: OfficeBook) -> dict[str, str]:
    """Offices and staff by their ids as texts."""
    names = {str(office.id): office.name for office in book.offices}
    return names | {
        str(member.id): name_sorted(member.family_name, member.given_name) for member in book.staff
    }


class ProfileFields(QObject):
    """Reads and fills the form; tells what the user changes, not what is filled in."""

    typed = Signal(str)  # the field
    left = Signal(str)  # the field

    def __init__(self, form: Ui_ClientEditorForm, book: OfficeBook, parent: QWidget) -> None:
        super().__init__(parent)
        self._form: Any = form
        self._book = book
        self._filling = False
        self._errors = [self._field(f"{name}_error") for name in _WITH_ERROR]
        self._offer_choices()
        self._connect()
        theme.watcher().changed.connect(self._dress)
        self._dress()

    def _field(self, name: str) -> Any:
        return getattr(self._form, name)

    def _offer_choices(self) -> None:
        form = self._form
        for box in (form.salutation, form.rep_salutation):
            for salutation in Salutation:
                box.addItem(word(salutation), salutation.value)
        for language in Language:
            form.language.addItem(word(language), language.value)
        for office in self._book.offices:
            if office.closed_on is None:
                form.office_id.addItem(office.name, str(office.id))
        form.advisor_id.addItem(_("nobody yet"), "")
        for member in sorted(self._book.staff, key=lambda who: (who.family_name, who.given_name)):
            if member.left_on is None:
                name = name_sorted(member.family_name, member.given_name)
                form.advisor_id.addItem(name, str(member.id))

    def _connect(self) -> None:
        form = self._form
        for name in TEXTS:
            field = self._field(name)
            field.textChanged.connect(partial(self._tell, name))
            if isinstance(field, QLineEdit):
                field.editingFinished.connect(partial(self.left.emit, name))
        for name in _CHOICES:
            self._field(name).currentIndexChanged.connect(partial(self._tell, name))
        for box in _NEEDS.values():
            self._field(box).toggled.connect(partial(self._tell, "needs"))
        for name in ("address_blocked", "representative"):
            self._field(name).toggled.connect(partial(self._tell, name))
        form.phones.changed.connect(partial(self._tell, "phones"))

    def _tell(self, name: str, *_value: object) -> None:
        if not self._filling:
            self.typed.emit(name)

    def _dress(self) -> None:
        for error in self._errors:
            error.setStyleSheet(f"color: {theme.tokens().emergency_edge.name()}")

    # --- content ----------------------------------------------------------------------------------

    def content(self) -> Content:
        """What stands in the form, as JSON values."""
        content: Content = {name: self._text(name) for name in TEXTS}
        for name in _CHOICES:
            content[name] = self._field(name).currentData()
        content["needs"] = sorted(
            need.value for need, box in _NEEDS.items() if self._field(box).isChecked()
        )
        form = self._form
        content["address_blocked"] = form.address_blocked.isChecked()
        content["representative"] = form.representative.isChecked()
        content["phones"] = form.phones.content()
        return content

    def _text(self, name: str) -> str:
        field = self._field(name)
        return str(field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text())

    def fill(self, content: Content) -> None:
        """Put a content into the form, quietly."""
        self._filling = True
        form = self._form
        for name in TEXTS:
            field = self._field(name)
            if isinstance(field, QPlainTextEdit):
                field.setPlainText(content[name])
            elif field.text() != content[name]:
                field.setText(content[name])
                field.setCursorPosition(0)
        for name in _CHOICES:
            self._choose(self._field(name), content[name])
        for need, box in _NEEDS.items():
            self._field(box).setChecked(need.value in content["needs"])
        form.address_blocked.setChecked(content["address_blocked"])
        form.representative.setChecked(content["representative"])
        form.phones.show_rows(content["phones"])
        self._filling = False

    def _choose(self, box: QComboBox, value: str) -> None:
        """Also what is no choice any more (an advisor who left) stays what it was."""
        if row_of(box, value) < 0:
            box.addItem(book_names(self._book).get(value, _("unknown")), value)
        box.setCurrentIndex(row_of(box, value))

    # --- problems ---------------------------------------------------------------------------------

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Say beside each field what is wrong with it; all others are right."""
        shown: dict[str, str] = {}
        for problem in problems:
            shown.setdefault(problem.where.split(".")[0], message(problem))
        beside = {_SHOWN_AT.get(name, name): text for name, text in shown.items()}
        for name in _WITH_ERROR:
            label: QLabel = self._field(f"{name}_error")
            label.setText(beside.get(name, ""))
            label.setVisible(name in beside)
        for name in TEXTS:
            self._mark(self._field(name), shown.get(name, ""))

    @staticmethod
    def _mark(field: QWidget, problem: str) -> None:
        if bool(field.property("invalid")) != bool(problem):
            field.setProperty("invalid", bool(problem))
            field.style().unpolish(field)
            field.style().polish(field)
        field.setAccessibleDescription(problem)
