"""What was done is said at the foot of the window, and taken back there or by the menu."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.undo_names import undo_name
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.appointments.detail import appointments_seen
from koba_desktop.services.commands import CreateLetter
from koba_desktop.services.execution import Receipt
from koba_desktop.services.letters.kinds import kind_to_tell

if TYPE_CHECKING:
    from koba_desktop.services.rows import AppointmentRow


class Undoing(QObject):
    """Lives as long as its window; the desk may outlive it."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(window)
        self._desk = desk
        self._undo, self._redo = window.actions_.undo, window.actions_.redo
        self._messages = window.messages
        self._undo.triggered.connect(self._take_back)
        self._redo.triggered.connect(self._do_again)
        desk.message.connect(self._on_message)
        desk.offers.connect(self._on_offers)
        desk.undo_changed.connect(self._name)
        self._name()

    def _name(self) -> None:
        """The commands say what they would take back, and what they would do again."""
        for action, verb, label in (
            (self._undo, _("&Undo"), self._desk.undo_label),
            (self._redo, _("&Redo"), self._desk.redo_label),
        ):
            name = undo_name(label)
            action.setText(f"{verb}: {name}" if name else verb)
            action.setEnabled(bool(label))

    def _on_message(self, text: str, undoable: bool) -> None:
        if undoable:
            key = QKeySequence("Ctrl+Z").toString(QKeySequence.SequenceFormat.NativeText)
            self._messages.show_message(text, Level.OK, _("Undo"), key, self._take_back)
        else:
            self._messages.show_message(text, Level.OK)

    def _take_back(self) -> None:
        name = undo_name(self._desk.undo_label)

        def done(receipt: Receipt) -> None:
            if not receipt.result.get("offer_letters"):
                said = _("Undone: {what}.").format(what=name)
                self._messages.show_message(said, Level.OK, _("Redo"), action=self._do_again)

        self._desk.undo(done)

    def _do_again(self) -> None:
        said = _("Redone: {what}.").format(what=undo_name(self._desk.redo_label))
        self._desk.redo(lambda _receipt: self._messages.show_message(said, Level.OK))

    def _on_offers(self, appointment_ids: tuple[UUID, ...]) -> None:
        n = len(appointment_ids)
        self._messages.show_message(
            ngettext(
                "Undone. A letter that says otherwise has already been printed.",
                "Undone. {n} letters that say otherwise have already been printed.",
                n,
            ).format(n=n),
            Level.WARNING,
            ngettext("Create a new letter", "Create new letters", n),
            action=lambda: self._create_letters(appointment_ids),
        )

    def _create_letters(self, appointment_ids: tuple[UUID, ...]) -> None:
        def create(rows: "list[AppointmentRow]") -> None:
            seen = {row.id: row for row in rows}
            for each in appointment_ids:
                self._desk.execute(
                    CreateLetter(appointment_id=each, kind=kind_to_tell(seen.get(each))),
                    owner=self,
                    message=_("The new letter lies in the outbox."),
                )

        self._desk.ask(lambda view: appointments_seen(view, appointment_ids), create, owner=self)
