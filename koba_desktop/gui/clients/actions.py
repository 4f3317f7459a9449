"""What can be done with a client from any list: menu entries, and commands of the palette."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Channel, Direction, Outcome
from koba_desktop.gui import theme
from koba_desktop.gui.allowed import may
from koba_desktop.gui.audit.entitlement import offer_audit
from koba_desktop.gui.clients.dialling import dial
from koba_desktop.gui.clients.texts import short_name
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import phone
from koba_desktop.services.appointments.detail import file_note
from koba_desktop.services.clients.card import ClientCard, client_card
from koba_desktop.services.commands import RecordAttempt


class ClientActions(QObject):
    """Acts on the client it was told last. Who shows the two sheets connects to the signals."""

    callback_wanted = Signal(object)  # UUID of a client
    returned_wanted = Signal(object)  # UUID of a client

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.client_id: UUID | None = None
        self.phone = ""
        self.call = self._action(_("&Call"), "phone", self._call)
        self.inbound = self._action(_("Call &received"), "arrive", self._record_inbound)
        self.appointment = self._action(_("New &appointment…"), "calendar", self._appointment)
        self.letter = self._action(_("Propose by &letter…"), "letter", self._propose)
        self.callback = self._action(
            _("Note a call&back…"), "bell", lambda: self._emit(self.callback_wanted)
        )
        self.returned = self._action(
            _("Letter came bac&k…"), "mailbox", lambda: self._emit(self.returned_wanted)
        )
        self.edit = self._action(_("Open the &file"), "pencil", self._edit)
        self.note = self._action(_("Copy file &note"), "copy", self._copy_note)
        self.point_at(None)
        desk.actor_changed.connect(self._allow)
        desk.book_changed.connect(self._allow)
        self._allow()

    def _allow(self) -> None:
        """Who calls nobody leaves the wish to be called back."""
        calls = may(self._desk, Right.CALL)
        for action, there in (
            (self.call, calls),
            (self.inbound, calls),
            (self.letter, may(self._desk, Right.PROPOSE)),
            (self.note, may(self._desk, Right.READ_SOCIAL_DATA)),
        ):
            action.setVisible(there)

    def point_at(self, client_id: UUID | None, number: str = "") -> None:
        """The client all actions are about from now on, and the number "call" dials."""
        self.client_id = client_id
        self.phone = number
        for action in self.all():
            action.setEnabled(client_id is not None)
        self.call.setEnabled(bool(number))
        self.call.setText(
            _("&Call {number}").format(number=phone(number)) if number else _("&Call")
        )

    def all(self) -> list[QAction]:
        return [
            *(self.call, self.inbound, self.appointment, self.letter),
            *(self.callback, self.returned, self.edit, self.note),
        ]

    def show_menu(self, at: QPoint, parent: QWidget) -> None:
        menu = QMenu(parent)
        menu.addActions([self.call, self.inbound])
        menu.addSeparator()
        menu.addActions([self.appointment, self.letter, self.callback, self.returned])
        menu.addSeparator()
        menu.addActions([self.edit, self.note])
        if self.client_id is not None:
            offer_audit(menu, self._desk, self.client_id)
        menu.popup(at)

    def _action(self, text: str, icon: str, act: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        theme.bind_icon(action, icon)
        action.triggered.connect(lambda: act())
        return action

    def _emit(self, signal: object) -> None:
        signal.emit(self.client_id)  # type: ignore[attr-defined]

    # --- acting -----------------------------------------------------------------------------------

    def _call(self) -> None:
        if self.client_id is None:
            return
        self._desk.call_requested.emit(self.client_id)
        dial(self._desk, self.phone)

    def _appointment(self) -> None:
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(client_id=self.client_id, channel=Channel.TELEPHONE)
        )

    def _propose(self) -> None:
        self._desk.call_requested.emit(self.client_id)
        self._desk.proposal_requested.emit(self.client_id)

    def _edit(self) -> None:
        self._desk.edit_client_requested.emit(self.client_id)

    def _copy_note(self) -> None:
        client_id = self.client_id
        if client_id is not None:
            self._desk.ask(
                lambda view: file_note(view, None, client_id), self._put_note, self, "note"
            )

    def _put_note(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._desk.message.emit(_("The note is on the clipboard."), False)

    def _record_inbound(self) -> None:
        client_id = self.client_id
        if client_id is not None:
            self._desk.ask(
                lambda view: client_card(view, client_id), self._record_received, self, "inbound"
            )

    def _record_received(self, card: ClientCard) -> None:
        row = card.client
        name = short_name(row.salutation, row.given_name, row.family_name)
        self._desk.execute(
            RecordAttempt(
                client_id=row.id,
                outcome=Outcome.REACHED,
                direction=Direction.IN,
                task_id=card.open_task.id if card.open_task is not None else None,
            ),
            self,
            message=_("Saved: {name} called.").format(name=name),
            kept=_("{name} called").format(name=name),
        )
