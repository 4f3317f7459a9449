"""What the two sheets in the place of a client's card have in common: they lose nothing typed."""

from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui.clients import texts
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.drafts import DraftKeeper
from koba_desktop.gui.refusals import show_refusal
from koba_desktop.gui.widgets import InlineMessage, Level
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import name_sorted
from koba_desktop.services.clients.card import ClientCard, client_card
from koba_desktop.services.commands import Command
from koba_desktop.services.drafts.keeping import open_draft
from koba_desktop.services.view import View

Answer = tuple[ClientCard, Draft | None]


class ClientSheet(QWidget):
    """A short form about one client.

    Saving and "Cancel" end it. Escape, another client and whatever else takes the sheet away only
    leave it: what was typed is kept as a draft, and stands there again when the sheet is opened for
    that client.
    """

    closed = Signal()
    form_name: ClassVar[str]  # its drafts' name in ``gui.carrying_on``

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._card: ClientCard | None = None
        self._keeper: DraftKeeper | None = None
        self._saving: DraftKeeper | None = None
        self._client_id: UUID | None = None  # whom the sheet is open for
        self._typed = False  # before the card was there

    # --- what each sheet is -----------------------------------------------------------------------

    def clear(self) -> None:
        """The form as it is before anything was typed."""
        raise NotImplementedError

    def show_card(self, card: ClientCard) -> None:
        """Fill in what is known of the client."""
        raise NotImplementedError

    def content(self) -> dict[str, Any]:
        """What stands in the form, for a draft."""
        raise NotImplementedError

    def put(self, content: dict[str, Any]) -> None:
        """Put the content of a draft into the form, as far as it still holds."""
        raise NotImplementedError

    def save(self) -> None:
        """Carry out what was typed."""
        raise NotImplementedError

    def parts(self) -> tuple[InlineMessage, QPushButton, QLabel]:
        """The line for messages, the button that saves, and who it is about."""
        raise NotImplementedError

    # --- life -------------------------------------------------------------------------------------

    def open_for(self, client_id: UUID, draft: Draft | None = None) -> None:
        """Start about a client, or carry on what was typed about that client before."""
        self.leave()
        problem, save, who = self.parts()
        problem.clear()
        who.clear()
        save.setEnabled(False)
        self.clear()
        self._client_id, self._typed = client_id, False

        def query(view: View) -> Answer:
            found = draft or open_draft(view, self.form_name, client_id)
            return client_card(view, client_id), found

        self._desk.ask(query, self._fill, self, "card")

    def _fill(self, answer: Answer) -> None:
        card, draft = answer
        if card.client.id != self._client_id:
            return  # left before the answer came
        typed = self.content() if self._typed else None
        if typed is not None:
            self.clear()
            draft = None  # it stays among the unfinished forms
        self._card = card
        self.show_card(card)
        self._keeper = DraftKeeper(
            self._desk,
            self.form_name,
            card.client.id,
            self.content,
            self.put,
            self,
            draft_id=draft.id if draft is not None else None,
            about=lambda: name_sorted(card.client.family_name, card.client.given_name),
        )
        if typed is not None:
            self.put(typed)
        elif draft is not None:
            self._keeper.restore(draft.content)
            self.parts()[0].show_message(
                _("This is what you had typed before. It is not saved yet."), Level.INFO
            )

    def touch(self) -> None:
        """The user changed something."""
        if self._keeper is not None:
            self._keeper.touch()
        else:
            self._typed = True

    def leave(self) -> None:
        """Somebody looks elsewhere: keep what was typed."""
        keeper, self._keeper = self._keeper, None
        self._client_id = self._card = None
        if keeper is not None:
            keeper.keep()
            if keeper is not self._saving:
                if keeper.kept and keeper.belongs_to(self._desk.actor):
                    self._desk.message.emit(
                        _("Not saved yet. What you typed is kept among the unfinished forms."),
                        False,
                    )
                keeper.deleteLater()

    def finish(self) -> None:
        """It was saved or thrown away."""
        keeper, self._keeper = self._keeper, None
        self._client_id = self._card = None
        if keeper is not None:
            keeper.discard()
            keeper.deleteLater()
        self.closed.emit()

    def carry_out(self, command: Command, message: str) -> None:
        """Save; the sheet may be about another client by the time the answer comes."""
        keeper = self._saving = self._keeper
        self.parts()[1].setEnabled(False)
        self._desk.execute(
            command,
            self,
            done=lambda _receipt: self._on_saved(keeper),
            failed=lambda error: self._on_failed(keeper, error),
            message=message,
        )

    def _on_saved(self, keeper: DraftKeeper | None) -> None:
        self._saving = None
        if keeper is self._keeper:
            self.finish()
        elif keeper is not None:
            keeper.discard()
            keeper.deleteLater()

    def _on_failed(self, keeper: DraftKeeper | None, error: Exception) -> None:
        self._saving = None
        if keeper is self._keeper:
            problem, save, _who = self.parts()
            save.setEnabled(True)
            show_refusal(self._desk, problem, error)
        elif keeper is not None:
            keeper.deleteLater()
            self._desk.problem.emit(error)

    def name(self) -> str:
        """ "Frau Kuhn" """
        assert self._card is not None
        row = self._card.client
        return texts.short_name(row.salutation, row.given_name, row.family_name)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._keeper is not None:
            self._keeper.keep()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)
