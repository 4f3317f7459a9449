"""A letter somebody wants to write: to whom, about what, of which kind; with a sample beside it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import Language, LetterKind, LetterVariant
from koba_desktop.gui import theme
from koba_desktop.gui.appointments.clientfield import ClientField
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.fitting import open_at
from koba_desktop.gui.letters.review import Review
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.printing.page_turner import PageTurner
from koba_desktop.gui.printing.preview import DPI, PagePreviewWidget
from koba_desktop.gui.refusals import show_refusal
from koba_desktop.gui.widgets import (
    Heading,
    IconLabel,
    InlineMessage,
    PrimaryButton,
    SecondText,
)
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import message
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import Command, CreateLetter, WriteLetter
from koba_desktop.services.execution import Receipt
from koba_desktop.services.letters.offering import (
    LetterChoices,
    OfferedKind,
    WordingChoice,
    letter_choices,
    offered_kinds,
    wording_choice,
)
from koba_desktop.services.rows import AppointmentRow, ClientRow

if TYPE_CHECKING:
    from koba_desktop.services.ports import PageImage


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a sample, from 0, of so many."""

    pdf: bytes
    number: int
    count: int
    image: "PageImage"


class NewLetterDialog(QDialog):
    """Nothing is chosen that is refused afterwards: kinds that do not suit say why not. The sample
    shows the wording in force with made-up data."""

    def __init__(self, desk: Desk, parent: QWidget | None, client_id: UUID | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choices: LetterChoices | None = None
        self._sample: bytes | None = None
        self.setWindowTitle(_("New letter"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make()
        self._lay_out()
        tidy(self)
        if client_id is not None:
            self._ask(client_id)
        self.client.setFocus()

    def _make(self) -> None:
        self.client = QLineEdit(self)
        self.client.setPlaceholderText(_("Name, number, phone or date of birth"))
        self.field = ClientField(self._desk, self.client, [])
        self.field.chosen.connect(self._on_client)
        self.appointment = QComboBox(self)
        self.appointment.currentIndexChanged.connect(self._on_appointment)
        self.kind = QComboBox(self)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.language = IconLabel("letter", "", self)
        self.review = Review(self)
        self.others = SecondText("", self)
        self.others.setWordWrap(True)
        self.message = InlineMessage(self)
        self.preview = PagePreviewWidget(self)
        self.preview.setAccessibleName(_("Sample of the letter"))
        self.preview.setMinimumSize(theme.px(240), theme.px(240))
        self.turner = PageTurner(self)
        self.turner.turned.connect(self._turn)
        invented = _(
            "A sample with invented names and dates. The letter itself stands in the outbox."
        )
        self.note = SecondText(invented, self)
        self.note.setWordWrap(True)
        self.close_button = QPushButton(_("&Close"), self)
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self.lay = PrimaryButton(_("Lay in the &outbox"), self, "letter")
        self.lay.setAutoDefault(False)
        self.lay.clicked.connect(self.save)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow(_("C&lient"), self.client)
        form.addRow(_("&About"), self.appointment)
        form.addRow(_("&Kind of letter"), self.kind)
        left = QVBoxLayout()
        left.setSpacing(10)
        left.addWidget(Heading(_("New letter"), 1, self))
        left.addLayout(form)
        for told in (self.language, self.review, self.others, self.message):
            left.addWidget(told)
        left.addStretch()
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.lay)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.note)
        right.addWidget(self.turner)
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(columns, 1)
        layout.addLayout(buttons)
        open_at(self, 900, 600)
        self._show_nothing()

    # --- to whom, about what ----------------------------------------------------------------------

    def _on_client(self, row: ClientRow | None) -> None:
        if row is None:
            self._show_nothing()
        else:
            self._ask(row.id)

    def _ask(self, client_id: UUID) -> None:
        self._desk.ask(
            lambda view: letter_choices(view, client_id),
            self._show_choices,
            owner=self,
            key="choices",
            failed=self._failed,
        )

    def _show_nothing(self) -> None:
        self._choices = None
        for box in (self.appointment, self.kind):
            box.clear()
            box.setEnabled(False)
        self.language.hide()
        self.review.show_translation(None)
        self.others.clear()
        self._show_sample(None, _("Choose whom the letter is to."))
        self.lay.setEnabled(False)

    def _show_choices(self, choices: LetterChoices) -> None:
        self.message.clear()
        self._choices = choices
        row = choices.client
        self.field.set(row.id, formats.name_sorted(row.family_name, row.given_name))
        self.client.selectAll()  # whoever types another name replaces this one
        self.appointment.blockSignals(True)
        self.appointment.clear()
        for each in choices.appointments:
            self.appointment.addItem(_about(each), each.id)
        self.appointment.addItem(_("no appointment"), None)
        self.appointment.blockSignals(False)
        self.appointment.setEnabled(bool(choices.appointments))
        self._on_appointment()

    def _chosen_appointment(self) -> AppointmentRow | None:
        wanted, choices = self.appointment.currentData(), self._choices
        rows = choices.appointments if choices is not None else ()
        return next((row for row in rows if row.id == wanted), None)

    def _on_appointment(self) -> None:
        choices = self._choices
        if choices is None:
            return
        offered = offered_kinds(
            self._chosen_appointment(), self._desk.now(), summons=choices.summons
        )
        before = self.kind.currentData()
        self.kind.blockSignals(True)
        self.kind.clear()
        for one in offered:
            if not one.refusal:
                self.kind.addItem(word(one.kind), one.kind)
        self.kind.setCurrentIndex(max(0, row_of(self.kind, before)))
        self.kind.blockSignals(False)
        self.kind.setEnabled(True)
        self.others.setText(_why_not(offered))
        self._on_kind()

    # --- the wording ------------------------------------------------------------------------------

    def _on_kind(self) -> None:
        choices, kind = self._choices, self.kind.currentData()
        if choices is None or kind is None:
            return
        client_id, wanted = choices.client.id, LetterKind(kind)
        self.lay.setEnabled(True)
        self._desk.ask(
            lambda view: wording_choice(view, client_id, wanted),
            self._show_wording,
            owner=self,
            key="wording",
            failed=self._failed,
        )

    def _show_wording(self, choice: WordingChoice) -> None:
        self.message.clear()
        self.language.set(_language(choice))
        self.language.show()
        self.review.show_translation(choice.translation)
        if choice.outdated:
            self.review.show_outdated()
        desk = self._desk

        def make() -> _Page:
            translation = choice.translation
            language = translation.language if translation is not None else Language.DE.value
            made = desk.wordings.sample(
                choice.kind,
                language,
                choice.variant,
                translation.blocks if translation is not None else choice.blocks,
                choice.blocks,
                hard=False,
            )
            return _Page(made.pdf, 0, made.pages, desk.pages.page_image(made.pdf, 0, DPI))

        desk.make(make, self._show_page, owner=self, key="sample", failed=self._failed)

    def _turn(self, number: int) -> None:
        pdf, count, pages = self._sample, self.turner.count, self._desk.pages
        if pdf is None:
            return
        self._desk.make(
            lambda: _Page(pdf, number, count, pages.page_image(pdf, number, DPI)),
            self._show_page,
            owner=self,
            key="sample",
            failed=self._failed,
        )

    def _show_page(self, shown: _Page) -> None:
        if self._choices is None:
            return
        self._sample = shown.pdf
        self.note.show()
        self.turner.show_page(shown.number, shown.count)
        self.preview.show_page(shown.image, None, self.turner.text())

    def _show_sample(self, pdf: bytes | None, text: str) -> None:
        self._sample = pdf
        self.note.hide()
        self.turner.clear()
        self.preview.show_text(text)

    # --- into the outbox --------------------------------------------------------------------------

    def command(self) -> Command | None:
        """What the form asks for; None while it is not complete."""
        choices, kind = self._choices, self.kind.currentData()
        if choices is None or kind is None:
            return None
        appointment = self._chosen_appointment()
        if appointment is not None:
            return CreateLetter(appointment_id=appointment.id, kind=LetterKind(kind))
        advisor_id = choices.advisor_id or self._desk.actor.staff_id
        return WriteLetter(
            client_id=choices.client.id, advisor_id=advisor_id, kind=LetterKind(kind)
        )

    def save(self) -> None:
        """Lay the letter in the outbox and show it there."""
        command = self.command()
        if command is None or not self.lay.isEnabled():
            return
        self.lay.setEnabled(False)
        self._desk.execute(
            command,
            owner=self,
            done=self._on_saved,
            failed=self._on_refused,
            message=_("The new letter lies in the outbox."),
        )

    def _on_saved(self, receipt: Receipt) -> None:
        made = receipt.result.get("letter_id")
        self.accept()
        if made:
            self._desk.letter_requested.emit(UUID(str(made)))

    def _on_refused(self, error: Exception) -> None:
        self.lay.setEnabled(True)
        self._failed(error)

    def _failed(self, error: Exception) -> None:
        show_refusal(self._desk, self.message, error)


def open_new_letter(desk: Desk, parent: QWidget | None, client_id: UUID | None) -> NewLetterDialog:
    """Show the form, with the client chosen already where one is."""
    dialog = NewLetterDialog(desk, parent, client_id)
    dialog.show()
    return dialog


def _about(row: AppointmentRow) -> str:
    """ "Mo 26.04., 09:00 · Telefon · vorgeschlagen" """
    return " · ".join((formats.moment_numeric(row.starts), word(row.channel), word(row.state)))


def _why_not(offered: tuple[OfferedKind, ...]) -> str:
    """Which kinds are not to be had, those with the same reason together."""
    reasons: dict[str, list[str]] = {}
    for one in offered:
        if one.refusal:
            reasons.setdefault(message(Problem(one.refusal)), []).append(word(one.kind))
    lines = [f"{', '.join(kinds)}: {reason}" for reason, kinds in reasons.items()]
    return "\n".join((_("Not offered:"), *lines)) if lines else ""


def _language(choice: WordingChoice) -> str:
    if choice.variant is LetterVariant.EASY:
        return word(Language.DE_EASY)
    german = word(Language.DE)
    if choice.translation is None:
        return german
    return f"{german}, {word(Language(choice.translation.language))}"
