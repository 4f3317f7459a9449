"""Somebody has looked at the printer: the sheets of a run that ended are there, or are not."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.commands import MarkPrinted, ReleaseClaims
from koba_desktop.services.letters.printing import printed_before
from koba_desktop.services.letters.reading import LetterView, letter_views
from koba_desktop.services.rows import OutboxRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A letter that a run claimed, or with ``all_of_them`` all that it did and that are open."""

    run: UUID
    letter_id: UUID
    all_of_them: bool

    def ids(self, view: View) -> list[UUID]:
        found = view.reader.find(Letter, claim=self.run, order_by="id")
        return [each.id for each in found if self.all_of_them or each.id == self.letter_id]


class FoundSheets(QObject):
    """What is said of a letter that was perhaps printed. Each is marked as printed with a copy made
    now: it has not changed since, or it would not be claimed."""

    done = Signal()
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def are_here(self, row: OutboxRow, *, all_of_them: bool) -> None:
        """The sheets came out: they are printed."""
        which = _of(row, all_of_them)
        self._desk.ask(
            lambda view: letter_views(view, which.ids(view)),
            self._archive,
            owner=self,
            failed=self.failed.emit,
        )

    def _archive(self, views: Sequence[LetterView]) -> None:
        desk = self._desk
        desk.make(
            lambda: printed_before(desk.renderer, desk.pages, views),
            lambda letters: self._mark(MarkPrinted(letters=letters)),
            owner=self,
            failed=self.failed.emit,
        )

    def _mark(self, command: MarkPrinted) -> None:
        n = len(command.letters)
        self._desk.execute(
            command,
            owner=self,
            done=lambda _receipt: self.done.emit(),
            failed=self.failed.emit,
            message=ngettext(
                "{n} letter is printed and to be posted.",
                "{n} letters are printed and to be posted.",
                n,
            ).format(n=n),
        )

    def are_not_here(self, row: OutboxRow, *, all_of_them: bool) -> None:
        """Nothing came out: they are to be printed."""
        which = _of(row, all_of_them)
        self._desk.ask(
            lambda view: tuple(which.ids(view)),
            lambda ids: self._release(ReleaseClaims(run=which.run, letter_ids=ids)),
            owner=self,
            failed=self.failed.emit,
        )

    def _release(self, command: ReleaseClaims) -> None:
        self._desk.execute(
            command,
            owner=self,
            done=lambda _receipt: self.done.emit(),
            failed=self.failed.emit,
            message=_("To be printed once more."),
        )


def _of(row: OutboxRow, all_of_them: bool) -> _Claimed:
    return _Claimed(row.claim or row.id, row.id, all_of_them)
