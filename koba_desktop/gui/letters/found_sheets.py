"""Somebody has looked at the printer: the sheets of a run that ended are there, or are not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.commands import Command, MarkPrinted, ReleaseClaims
from koba_desktop.services.execution import Receipt
from koba_desktop.services.letters.printing import printed_before
from koba_desktop.services.letters.reading import LetterView, letter_views
from koba_desktop.services.rows import OutboxRow
from koba_desktop.services.view import View

T = TypeVar("T")


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
        self._busy = False  # with one answer; who clicks twice means it once

    def are_here(self, row: OutboxRow, *, all_of_them: bool) -> None:
        """The sheets came out: they are printed."""
        which = _of(row, all_of_them)
        self._find(lambda view: letter_views(view, which.ids(view)), self._archive)

    def _archive(self, views: Sequence[LetterView]) -> None:
        """Those with a blocked address are left to the responsible advisor, who is asked on."""
        desk = self._desk
        views = [view for view in views if not view.blocked] or views
        desk.make(
            lambda: printed_before(desk.renderer, desk.pages, views),
            lambda letters: self._execute(MarkPrinted(letters=letters), self._tell_printed),
            owner=self,
            failed=self._fail,
        )

    def _tell_printed(self, receipt: Receipt) -> None:
        n = int(receipt.result["printed"])
        text = ngettext(
            "{n} letter is printed and to be posted.",
            "{n} letters are printed and to be posted.",
            n,
        )
        self._desk.tell_done(receipt, text.format(n=n))

    def are_not_here(self, row: OutboxRow, *, all_of_them: bool) -> None:
        """Nothing came out: they are to be printed."""
        which = _of(row, all_of_them)
        self._find(
            which.ids,
            lambda ids: self._execute(
                ReleaseClaims(run=which.run, letter_ids=tuple(ids)), self._tell_released
            ),
        )

    def _tell_released(self, receipt: Receipt) -> None:
        if receipt.result["released"]:
            self._desk.tell_done(receipt, _("To be printed once more."))
        else:
            self._tell_answered()

    def _tell_answered(self) -> None:
        self._desk.message.emit(_("Somebody has answered this meanwhile."), False)

    # --- one after the other ----------------------------------------------------------------------

    def _find(
        self, query: Callable[[View], Sequence[T]], then: Callable[[Sequence[T]], None]
    ) -> None:
        """Ask for what is to be answered for, while nothing else is."""

        def found(answer: Sequence[T]) -> None:
            if answer:
                then(answer)
            else:
                self._tell_answered()
                self._end()

        if not self._busy:
            self._busy = True
            self._desk.ask(query, found, owner=self, failed=self._fail)

    def _execute(self, command: Command, tell: Callable[[Receipt], None]) -> None:
        def done(receipt: Receipt) -> None:
            tell(receipt)
            self._end()

        self._desk.execute(command, owner=self, done=done, failed=self._fail)

    def _end(self) -> None:
        self._busy = False
        self.done.emit()

    def _fail(self, error: Exception) -> None:
        self._busy = False
        self.failed.emit(error)


def _of(row: OutboxRow, all_of_them: bool) -> _Claimed:
    return _Claimed(row.claim or row.id, row.id, all_of_them)
