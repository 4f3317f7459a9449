"""Ticking many letters at once: all, those selected, those of one advisor."""

from collections.abc import Callable, Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.piles import TICKABLE, Pile
from koba_desktop.gui.letters.table import LettersTable
from koba_desktop.gui.naming import member_name
from koba_desktop.i18n import _
from koba_desktop.services.letters.outbox import OutboxItem


class TickActions:
    """Entries of the context menu about the ticks of a pile."""

    def __init__(self, desk: Desk, model: OutboxModel, table: LettersTable) -> None:
        self._desk = desk
        self._model = model
        self._table = table

    def fill(self, menu: QMenu, item: OutboxItem | None) -> None:
        """Offer the ticks of the pile in which the letter lies."""
        pile = self._model.pile(self._model.find(item.row.id)) if item is not None else None
        if item is None or pile not in TICKABLE:
            return
        name = member_name(item.row.advisor_id, self._desk.book)
        advisor = item.row.advisor_id
        items = self._model.items(pile)
        own = [one for one in items if one.row.advisor_id == advisor]
        ids = {one.row.id for one in self._table.selected()}
        selected = [one for one in items if one.row.id in ids]
        self._add(menu, _("Tick &all of the pile"), lambda: self._model.tick(pile, items, True))
        self._add(
            menu,
            _("Tick only those of {name}").format(name=name),
            lambda: self._only(pile, own),
        )
        self._add(menu, _("Tick only those selected"), lambda: self._only(pile, selected))
        self._add(menu, _("Tick n&one"), lambda: self._model.tick(pile, items, False))

    def _only(self, pile: Pile, wanted: Iterable[OutboxItem]) -> None:
        self._model.tick(pile, self._model.items(pile), False)
        self._model.tick(pile, wanted, True)

    @staticmethod
    def _add(menu: QMenu, text: str, act: Callable[[], None]) -> None:
        action = QAction(text, menu)
        action.triggered.connect(lambda: act())
        menu.addAction(action)
