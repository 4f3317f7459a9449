"""Whoever is signed in to the shared database: the commands that only he or she has."""

from datetime import timedelta

from PySide6.QtCore import QObject, Qt, Signal

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.opening import Seat
from koba_desktop.gui.troubles import Troubles
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import describe

CLOCK_MAY_DIFFER = timedelta(minutes=2)


class Seated(QObject):
    """The login is the person: nobody changes who works here but by signing out."""

    sign_out_wanted = Signal()

    def __init__(self, seat: Seat, window: MainWindow, desk: Desk, troubles: Troubles) -> None:
        super().__init__(window)
        self._seat = seat
        self._window = window
        self._desk = desk
        a = window.actions_
        a.person.setVisible(False)
        for action in (a.change_password, a.sign_out):
            action.setVisible(True)
        a.change_password.triggered.connect(self._change_password)
        a.sign_out.triggered.connect(self.sign_out_wanted)
        if abs(seat.clock_skew) > CLOCK_MAY_DIFFER and not desk.book.demo:
            troubles.clock_is_wrong(seat.clock_skew)
        if seat.no_outage is not None:
            troubles.no_outage(seat.no_outage)
        if seat.not_remembered is not None:
            text = _("The password is not remembered. {reason}")
            window.messages.show_message(
                text.format(reason=describe(seat.not_remembered)), Level.WARNING
            )

    def _change_password(self) -> None:
        from koba_desktop.gui.sign_in.change_password import ChangePasswordDialog

        desk = self._desk
        dialog = ChangePasswordDialog(self._seat, desk.tasks, desk.problem.emit, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self._on_changed)
        dialog.open()

    def _on_changed(self, remembered: bool) -> None:
        text = _("Your password is changed.")
        if not remembered:
            text = _(
                "Your password is changed. The keyring of this PC did not take the new one: type "
                "it at the next sign-in."
            )
        self._window.messages.show_message(text, Level.OK if remembered else Level.WARNING)
