"""At the start: what this person was typing when the program ended, to be carried on."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import Qt
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
from koba_desktop.gui.carrying_on import form_of
from koba_desktop.gui.drafts import ABOUT
from koba_desktop.gui.widgets import Heading, PrimaryButton
from koba_desktop.i18n import _, formats


def draft_name(draft: Draft) -> str:
    """ "Client: Kuhn – Mo 12. April, 16:55": the form, what it is about, when."""
    form = form_of(draft)
    title = form.title() if form is not None else _("Form")
    content = draft.content
    named = content.get(ABOUT) or content.get("family_name") or content.get("name") or ""
    what = f"{title}: {named}" if named else title
    return f"{what} – {formats.moment_of(draft.saved_at)}"


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
