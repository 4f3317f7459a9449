"""The letters of a print run, parted into jobs of the printer."""

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from koba_desktop.gui.printing.settings import PrinterShare
from koba_desktop.services.letters.printing import Copy, Refusal
from koba_desktop.services.letters.reading import LetterView
from koba_desktop.services.ports import PrintSettings


@dataclass(slots=True)
class Stack:
    """The letters of one job. ``views`` are still to be prepared, ``copies`` are ready, ``refused``
    cannot be printed."""

    printer: str
    settings: PrintSettings
    letter_ids: tuple[UUID, ...]
    views: deque[LetterView] = field(default_factory=deque)
    copies: list[Copy] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def keep(self, letter_ids: Collection[UUID]) -> None:
        """Of the copies only these."""
        self.copies = [copy for copy in self.copies if copy.view.letter.id in letter_ids]


def stacks_of(
    batches: Iterable[PrinterShare[UUID]], most: int, *, without: Collection[UUID]
) -> list[Stack]:
    """Stacks of at most so many letters each, in the order of the batches."""
    stacks: list[Stack] = []
    for one in batches:
        wanted = tuple(each for each in one.items if each not in without)
        for at in range(0, len(wanted), most):
            stacks.append(Stack(one.printer, one.settings, wanted[at : at + most]))
    return stacks
