"""Errors shown where they happened."""

from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.widgets import InlineMessage, Level
from koba_desktop.i18n.messages import describe


def show_refusal(desk: Desk, line: InlineMessage, error: Exception) -> None:
    """An expected refusal stands beside the form; anything else is a bug and goes to the desk."""
    if isinstance(error, OfficeError):
        line.show_message(describe(error), Level.ERROR)
    else:
        desk.problem.emit(error)
