"""A blocked address (§ 51 BMG): asked for with a reason, which is logged, and then shown."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QInputDialog, QWidget

from koba_desktop.domain.entities.clients import ClientAddress
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _
from koba_desktop.services.clients.blocked import blocked_address
from koba_desktop.services.commands import ViewBlockedAddress


class BlockedAddress(QObject):
    """Asks the responsible advisor for the reason, and hands out the address once it is logged."""

    shown = Signal(object, str)  # UUID of the client, the address in one line

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._parent = parent
        self.dialog: QInputDialog | None = None

    def ask(self, client_id: UUID) -> None:
        """Ask why, in a dialog over the window."""
        dialog = QInputDialog(self._parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Show blocked address"))
        dialog.setLabelText(_("Why do you need to see the address? Your reason is logged."))
        dialog.textValueSelected.connect(partial(self._log, client_id))
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def _log(self, client_id: UUID, reason: str) -> None:
        self._desk.execute(
            ViewBlockedAddress(client_id=client_id, reason=reason),
            owner=self,
            done=lambda _receipt: self._fetch(client_id),
        )

    def _fetch(self, client_id: UUID) -> None:
        self._desk.ask(
            lambda view: blocked_address(view, client_id),
            lambda address: self.shown.emit(client_id, _one_line(address)),
            owner=self,
            key="address",
        )


def _one_line(address: ClientAddress | None) -> str:
    if address is None:
        return _("No address is known.")
    town = f"{address.postcode} {address.town}".strip()
    lines = (address.care_of, address.extra, address.street, town, address.country)
    return ", ".join(line for line in lines if line.strip())
