"""What this person was typing when the program ended, to be carried on."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui import theme
from koba_desktop.gui.carrying_on import Stage, form_of
from koba_desktop.gui.drafts import ABOUT
from koba_desktop.gui.widgets import Heading, Level, PrimaryButton
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.commands import DiscardDraft
from koba_desktop.services.drafts.keeping import open_drafts


def draft_name(draft: Draft) -> str:
    """ "Client: Kuhn – Mo 12. April, 16:55": the form, what it is about, when."""
    form = form_of(draft)
    title = form.title() if form is not None else _("Form")
    content = draft.content
    named = content.get(ABOUT) or content.get("family_name") or content.get("name") or ""
    what = f"{title}: {named}" if named else title
    return f"{what} – {formats.moment_of(draft.saved_at)}"


class Unfinished(QObject):
    """Says at the start how many forms are kept, lists them, and opens one again on the stage."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage.window)
        self._stage = stage
        self._desk, self._messages = stage.desk, stage.window.messages

    def tell(self) -> None:
        """Say how many there are, if any."""
        self._look(lambda drafts: self._tell(drafts) if drafts else None)

    def show(self) -> None:
        """List them, or say that there are none."""
        self._look(self._list)

    def _look(self, found: Callable[[list[Draft]], None]) -> None:
        self._desk.ask(lambda view: list(open_drafts(view)), found, owner=self, key="drafts")

    def _tell(self, drafts: list[Draft]) -> None:
        n = len(drafts)
        self._messages.show_message(
            ngettext("{n} unfinished form is kept.", "{n} unfinished forms are kept.", n).format(
                n=n
            ),
            Level.INFO,
            _("Show"),
            action=lambda: self._list(drafts),
        )

    def _list(self, drafts: list[Draft]) -> None:
        if not drafts:
            self._messages.show_message(_("There are no unfinished forms."), Level.INFO)
            return
        dialog = UnfinishedDialog(drafts, self.carry_on, self._discard, self._stage.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def carry_on(self, draft: Draft) -> None:
        """Open the form again; one of a later version stays kept."""
        form = form_of(draft)
        if form is None:
            self._messages.show_message(
                _("This version of the program does not know that form. It stays kept."),
                Level.WARNING,
            )
        else:
            form.carry_on(self._stage, draft)

    def _discard(self, draft: Draft) -> None:
        self._desk.execute(DiscardDraft(draft_id=draft.id), owner=self)


class UnfinishedDialog(QDialog):
    """Open one of the drafts, or discard it."""

    def __init__(
        self,
        drafts: list[Draft],
        carry_on: Callable[[Draft], None],
        discard: Callable[[Draft], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._carry_on = carry_on
        self._discard = discard
        self.setWindowTitle(_("Unfinished forms"))
        self.setMinimumSize(theme.px(460), theme.px(300))
        self.list = QListWidget(self)
        self.list.setProperty("framed", True)
        self.list.setAccessibleName(_("Unfinished forms"))
        for draft in drafts:
            item = QListWidgetItem(draft_name(draft), self.list)
            item.setData(Qt.ItemDataRole.UserRole, draft)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _item: self._on_carry_on())
        self.open_button = PrimaryButton(_("&Carry on"), self)
        self.open_button.clicked.connect(self._on_carry_on)
        self.discard_button = QPushButton(_("&Discard"), self)
        self.discard_button.clicked.connect(self._on_discard)
        close = QPushButton(_("C&lose"), self)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.discard_button)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(Heading(_("Carry on where you stopped?"), 1, self))
        layout.addWidget(self.list)
        layout.addLayout(buttons)

    def _current(self) -> Draft | None:
        item = self.list.currentItem()
        return cast(Draft, item.data(Qt.ItemDataRole.UserRole)) if item is not None else None

    def _on_carry_on(self) -> None:
        draft = self._current()
        if draft is not None:
            self.accept()
            self._carry_on(draft)

    def _on_discard(self) -> None:
        draft = self._current()
        if draft is not None:
            self._discard(draft)
            self.list.takeItem(self.list.currentRow())
        if self.list.count() == 0:
            self.accept()
