"""Where Tab goes: widgets made later come last in Qt's chain, wherever they stand on the screen."""

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow(first: QWidget, *widgets: QWidget) -> None:
    """Let Tab come from ``first`` to the widgets, in their order."""
    for before, after in pairwise((first, *widgets)):
        QWidget.setTabOrder(before, after)


def precede(last: QWidget, *widgets: QWidget) -> None:
    """Let Tab come to the widgets, in their order, before ``last``, which stays where it is."""
    before = last.previousInFocusChain()
    while before is not None and (before in widgets or not _takes_tab(before)):
        before = before.previousInFocusChain()
    if before is not None:
        follow(before, *widgets)


def lead_into(room: QWidget, *widgets: QWidget) -> None:
    """Let Tab come to the widgets right before what is in ``room``, which stays where it is."""
    inside = room.nextInFocusChain()
    while inside is not None and inside is not room:
        if room.isAncestorOf(inside) and _takes_tab(inside):
            precede(inside, *widgets)
            return
        inside = inside.nextInFocusChain()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
