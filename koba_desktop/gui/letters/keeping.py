"""Where one is in the list of letters, kept over a new answer, a fold, another order."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from koba_desktop.gui.letters.model import OutboxModel
from koba_desktop.gui.letters.piles import Arrangement, Pile
from koba_desktop.gui.letters.table import LettersTable
from koba_desktop.services.letters.outbox import OutboxItem


class ListKeeper(QObject):
    """Shows arrangements in the table. The chosen letter stays chosen, or the one that stands in
    its place now; selection, focus and what is in sight stay as well."""

    moved = Signal(object)  # OutboxItem | None: somebody went to another row
    settled = Signal()  # what is shown is new

    def __init__(self, model: OutboxModel, table: LettersTable) -> None:
        super().__init__(table)
        self._model = model
        self._table = table
        self._busy = 0
        table.fold_wanted.connect(self.fold)
        table.selectionModel().currentChanged.connect(self._on_current_changed)

    def current(self) -> OutboxItem | None:
        """The letter where one is; None on a heading."""
        return self._model.item(self._table.currentIndex())

    def show(
        self,
        shown: Arrangement,
        differing: list[tuple[int, int]] | None,
        wanted: UUID | None = None,
    ) -> None:
        """Show letters; ``differing`` as ``OutboxModel.show_arrangement`` wants it, ``wanted`` the
        letter to go to."""
        table, before = self._table, self._model.shown
        item, pile = self.current(), self._model.pile(table.currentIndex())
        selected = [one.row.id for one in table.selected()]
        elsewhere = False
        with self._undisturbed():
            if self._model.show_arrangement(shown, differing):
                if item is None and pile is not None:
                    self._to_heading(pile)
                elif item is None or not table.choose_letter(item.row.id):
                    self._choose_neighbour(before, item.row.id if item is not None else None)
                    elsewhere = True
                if len(selected) > 1:
                    table.select_letters(selected)
            if wanted is not None:
                elsewhere = table.choose_letter(wanted) or elsewhere
        if elsewhere:
            table.scrollTo(table.currentIndex())
        table.bars.dress()
        self.settled.emit()

    def fold(self, pile: Pile, folded: bool) -> None:
        """Fold or unfold a pile; who was in it is at its heading."""
        item, here = self.current(), self._model.pile(self._table.currentIndex())
        with self._undisturbed():
            self._model.fold(pile, folded)
            if item is None or not self._table.choose(self._place_of(item)):
                self._to_heading(here or pile)
        self._table.scrollTo(self._table.currentIndex())
        self._table.bars.dress()
        self.settled.emit()

    def _place_of(self, item: OutboxItem) -> QModelIndex:
        return self._model.find(item.row.id)

    def _to_heading(self, pile: Pile) -> None:
        self._table.choose(self._model.group(pile))

    def _choose_neighbour(self, before: Arrangement, gone: UUID | None) -> None:
        """The letter that now stands where the chosen one was."""
        order, now = list(before.places), self._model.shown.places
        place = order.index(gone) if gone is not None and gone in before.places else 0
        choice = next((one for one in order[place:] if one in now), None)
        if choice is None and now:
            ids = list(now)
            choice = ids[min(place, len(ids) - 1)]
        if choice is not None:
            self._table.choose_letter(choice)

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """What happens inside is nobody's wish to go elsewhere."""
        table, bar = self._table, self._table.verticalScrollBar()
        scrolled, focus = bar.value(), QApplication.focusWidget()
        inside = focus is not None and table.isAncestorOf(focus)
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
        bar.setValue(scrolled)
        if inside and focus is not table:
            table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._busy:
            self.moved.emit(self._model.item(current))
