"""Dialling: the number goes to the PC's telephone program as a ``tel:`` link."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import phone
from koba_desktop.i18n.phones import e164


def dial(desk: Desk, number: str) -> None:
    """Dial a number as typed. A demo dials nothing and says so."""
    if desk.book.demo:
        desk.message.emit(
            _("This is a demo: {number} is not dialled.").format(number=phone(number)), False
        )
        return
    target = e164(number) or "".join(ch for ch in number if ch.isdigit() or ch == "+")
    if not QDesktopServices.openUrl(QUrl(f"tel:{target}")):
        desk.message.emit(
            _("No program on this PC takes calls. Please dial {number} by hand.").format(
                number=phone(number)
            ),
            False,
        )
