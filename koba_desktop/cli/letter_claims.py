"""Letters that a command writes as printed are claimed before there is a file: nobody prints them
in a window meanwhile."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from koba_desktop.services.commands import ClaimLetters, ReleaseClaims, SeenLetter
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.claiming import LeftOut, claimed_of, lost_of
from koba_desktop.services.letters.reading import LetterView

TOGETHER = 50  # letters claimed, or remembered, in one transaction


class Claims:
    """The claims of one run of the command; ``file`` stands where a window names its printer."""

    def __init__(self, services: Services, who: Actor, file: str) -> None:
        self._services = services
        self._who = who
        self._file = file
        self._run = new_id()

    def take(self, views: Sequence[LetterView]) -> tuple[list[LetterView], list[LeftOut]]:
        """These as they stand now that they are claimed, and those that somebody else has."""
        taken: list[LetterView] = []
        lost: list[LeftOut] = []
        for at in range(0, len(views), TOGETHER):
            some = views[at : at + TOGETHER]
            letters = tuple(
                SeenLetter(letter_id=each.letter.id, version=each.letter.version) for each in some
            )
            command = ClaimLetters(run=self._run, printer=self._file, letters=letters)
            result = self._services.execute(command, self._who).result
            versions = claimed_of(result)
            taken += [
                replace(each, letter=replace(each.letter, version=versions[each.letter.id]))
                for each in some
                if each.letter.id in versions
            ]
            lost += lost_of(result)
        return taken, lost

    @contextmanager
    def until_written(self, letter_ids: Sequence[UUID]) -> Iterator[None]:
        """Where that fails, whatever the reason, these are to be printed as before."""
        try:
            yield
        except BaseException:
            self.give_back(letter_ids)
            raise

    def give_back(self, letter_ids: Sequence[UUID]) -> None:
        """These are not printed."""
        for at in range(0, len(letter_ids), TOGETHER):
            some = tuple(letter_ids[at : at + TOGETHER])
            self._services.execute(ReleaseClaims(run=self._run, letter_ids=some), self._who)
