"""A finished PDF goes to a printer from a dialog, which says so and lets it be stopped."""

import threading
from collections.abc import Callable

from shiboken6 import isValid

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.printing.handing_over import print_pdf
from koba_desktop.gui.printing.settings import Way
from koba_desktop.gui.widgets import InlineMessage, Level
from koba_desktop.i18n import _


def send(
    desk: Desk,
    pdf: bytes,
    way: Way,
    *,
    title: str,
    name: str,
    message: InlineMessage,
    done: Callable[[], None],
    failed: Callable[[Exception], None],
) -> None:
    """Print it in this ``way``; ``title`` and ``name`` as in ``print_pdf``. ``done`` and ``failed``
    are called even if the dialog is closed by then, but not once the window is."""
    printer, settings = way
    stopped = threading.Event()
    if isValid(message):  # else the dialog was closed at once
        message.show_message(
            _("Printing on {printer} …").format(printer=printer),
            Level.INFO,
            link=_("Stop"),
            action=stopped.set,
        )
    desk.hand_over(
        lambda: print_pdf(
            desk.printers,
            pdf,
            files=desk.plain_files,
            printer=printer,
            title=title,
            name=name,
            settings=settings,
            proceed=lambda: not (stopped.is_set() or desk.tasks.closed),
        ),
        lambda _none: done(),
        owner=desk,
        failed=failed,
    )
