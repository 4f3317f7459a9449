"""Remembering what is on paper: with the very same command until it is saved."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtCore import QObject

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Conflict, NotFound, Refused
from koba_desktop.gui.desk import Desk
from koba_desktop.services.commands import MarkPrinted, PrintedLetter
from koba_desktop.services.execution import Actor
from koba_desktop.services.letters.kinds import PAPER


@dataclass(frozen=True, slots=True)
class Recorded:
    """The letters that are remembered as printed, and those that somebody changed while they were
    printed: their paper is not right. ``failure`` is why the others are not saved yet."""

    saved: tuple[UUID, ...] = ()
    overtaken: tuple[UUID, ...] = ()
    failure: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Paper:
    """One command, and whose it is. ``again``: there was paper of these letters before."""

    command: MarkPrinted
    actor: Actor
    run: UUID
    again: bool


class Recorder(QObject):
    """Saves what the printer took, one command after the other.

    A command whose outcome is not known is carried out again, never a new one in its place: if it
    was written after all, the repeat says so. Where one letter of a command is in the way, each
    becomes a command of its own.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: deque[_Paper] = deque()
        self._told: list[Callable[[Recorded], None]] = []  # once what is being saved is
        self._saved: list[UUID] = []
        self._overtaken: list[UUID] = []

    @property
    def unsaved(self) -> tuple[UUID, ...]:
        """The letters on paper of which this is not saved yet."""
        return tuple(each.letter_id for paper in self._waiting for each in paper.command.letters)

    @property
    def runs(self) -> frozenset[UUID]:
        """Whose they are."""
        return frozenset(paper.run for paper in self._waiting)

    def record(
        self,
        letters: Sequence[PrintedLetter],
        *,
        run: UUID,
        actor: Actor,
        again: bool,
        done: Callable[[Recorded], None],
    ) -> None:
        """Remember that these are on paper."""
        self._waiting.append(_Paper(MarkPrinted(letters=tuple(letters)), actor, run, again))
        self.save(done)

    def save(self, done: Callable[[Recorded], None]) -> None:
        """Save all that is not saved yet, as far as it can be. Who asks while that goes on is told
        what becomes of it, and nothing is saved twice."""
        self._told.append(done)
        if len(self._told) == 1:
            self._saved, self._overtaken = [], []
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._tell(None)
            return
        paper = self._waiting[0]
        self._desk.execute(
            paper.command,
            owner=self,
            done=lambda _receipt: self._on_saved(paper),
            failed=lambda error: self._on_failed(paper, error),
            actor=paper.actor,
        )

    def _on_saved(self, paper: _Paper) -> None:
        self._waiting.popleft()
        self._saved += [each.letter_id for each in paper.command.letters]
        self._next()

    def _on_failed(self, paper: _Paper, error: Exception) -> None:
        letters = paper.command.letters
        if not isinstance(error, (Conflict, Refused, NotFound)):
            self._tell(error)
        elif len(letters) > 1:
            self._waiting.popleft()
            singly = [
                _Paper(MarkPrinted(letters=(each,)), paper.actor, paper.run, paper.again)
                for each in letters
            ]
            self._waiting.extendleft(reversed(singly))
            self._next()
        else:
            letter_id = letters[0].letter_id
            moved_on = isinstance(error, Conflict)
            self._desk.ask(
                lambda view: view.reader.find(Letter, id=letter_id),
                lambda found: self._settle(paper, found, moved_on=moved_on),
                owner=self,
                failed=self._tell,
            )

    def _settle(self, paper: _Paper, found: Sequence[Letter], *, moved_on: bool) -> None:
        """Somebody was quicker: who found the sheets at the printer has said so, or the letter is
        another by now. A letter printed once more may have been posted meanwhile."""
        self._waiting.popleft()
        letter = next((each for each in found if each.state in PAPER), None)
        if letter is None:
            self._overtaken += [each.letter_id for each in paper.command.letters]
        elif paper.again and moved_on:
            as_it_is = replace(paper.command.letters[0], version=letter.version)
            again = replace(paper, command=MarkPrinted(letters=(as_it_is,)))
            self._waiting.appendleft(again)
        else:
            self._saved.append(letter.id)
        self._next()

    def _tell(self, failure: Exception | None) -> None:
        recorded = Recorded(tuple(self._saved), tuple(self._overtaken), failure)
        told, self._told = self._told, []
        for done in told:
            done(recorded)
