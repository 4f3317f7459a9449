"""A native reader has read a translation: the name and the day go on the page."""

from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.mnemonics import tidy
from koba_desktop.gui.refusals import show_refusal
from koba_desktop.gui.widgets import Heading, InlineMessage, PrimaryButton
from koba_desktop.gui.widgets.days import DayEdit
from koba_desktop.gui.wordings.shelf import title_of
from koba_desktop.i18n import _
from koba_desktop.services.commands import ReviewWording
from koba_desktop.services.letters.wordings import Version, Wording, WordingKey


def open_review(desk: Desk, wording: Wording, window: QWidget) -> None:
    """Ask who has read the newest version of a translation."""
    if wording.newest is not None and not wording.which.binding:
        ReviewDialog(desk, wording.which, wording.newest, window).open()


class ReviewDialog(QDialog):
    """Asks who has read this version, and when."""

    def __init__(
        self, desk: Desk, which: WordingKey, version: Version, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._version = version
        self.setWindowTitle(_("Enter as checked"))
        self.setMinimumWidth(theme.px(420))
        title = _("{wording}, version {n}").format(wording=title_of(which), n=version.number)
        note = QLabel(
            _(
                "Whoever speaks this language from childhood on has read the whole text and found "
                "it right. The page of the letter names the person and the day."
            ),
            self,
        )
        note.setWordWrap(True)
        self.reader = QLineEdit(self)
        self.reader.setMaxLength(80)
        self.day = DayEdit(self)
        self.day.keep_between(last=desk.today())
        self.day.set_day(desk.today())
        self.message = InlineMessage(self)
        self.save_button = PrimaryButton(_("&Enter as checked"), self)
        self.save_button.setEnabled(False)
        self.save_button.clicked.connect(self.save)
        cancel = QPushButton(_("&Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.reader.textChanged.connect(
            lambda text: self.save_button.setEnabled(bool(text.strip()))
        )
        form = QFormLayout()
        form.addRow(_("Read &by"), self.reader)
        form.addRow(_("&on"), self.day)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(title, 2, self))
        layout.addWidget(note)
        layout.addLayout(form)
        layout.addWidget(self.message)
        layout.addLayout(buttons)
        self.save_button.setDefault(True)
        self.reader.setFocus()
        tidy(self)

    def save(self) -> None:
        """Record the review; what stands against it is said here."""
        name = self.reader.text().strip()
        if not name:
            return
        self.save_button.setEnabled(False)
        self._desk.execute(
            ReviewWording(
                template_version_id=self._version.id,
                reviewed_by=name,
                reviewed_on=self.day.day(),
            ),
            owner=self,
            done=lambda _receipt: self.accept(),
            failed=self._failed,
            message=_("Entered as checked by {name}.").format(name=name),
        )

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(True)
        show_refusal(self._desk, self.message, error)
