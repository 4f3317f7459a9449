"""What is printed: the archive copy of each letter first, then one PDF of a stack of them.

Nothing here needs a database: it is done where pages are drawn. Who prints which letter and what is
remembered of it is ``claiming``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from koba_desktop.domain.errors import NotFound, OfficeError, Refused, Unavailable
from koba_desktop.domain.vocabulary import HoldReason
from koba_desktop.services.commands import PrintedLetter
from koba_desktop.services.letters.claiming import LeftOut, to_be_printed
from koba_desktop.services.letters.kinds import PAPER
from koba_desktop.services.letters.reading import LetterView, letter_views, require_address
from koba_desktop.services.letters.window_check import require_window, window_problem
from koba_desktop.services.ports import LetterRenderer, PagePreview
from koba_desktop.services.view import View

_HELD_FOR = {
    "address_missing": HoldReason.ADDRESS_MISSING,
    "address_does_not_fit": HoldReason.ADDRESS_DOES_NOT_FIT,
    "unprintable_character": HoldReason.UNPRINTABLE_CHARACTER,
    "window_check_failed": HoldReason.WINDOW_CHECK_FAILED,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A letter that cannot be printed, and why."""

    view: LetterView
    error: OfficeError


@dataclass(frozen=True, slots=True)
class Copy:
    """A letter with its copy for the archive."""

    view: LetterView
    pdf: bytes

    def printed(self, pages: int) -> PrintedLetter:
        """What is to be remembered once so many pages are paper."""
        letter = self.view.letter
        return PrintedLetter(letter_id=letter.id, version=letter.version, pdf=self.pdf, pages=pages)


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What goes to the printer in one job, and what is to be remembered once it was taken."""

    pdf: bytes
    letters: tuple[PrintedLetter, ...]
    refused: tuple[Refusal, ...] = ()

    def claimed(self, versions: dict[UUID, int]) -> "PrintJob":
        """The same with the versions that the claims gave the letters."""
        letters = (replace(one, version=versions[one.letter_id]) for one in self.letters)
        return replace(self, letters=tuple(letters))


def views_to_print(
    view: View, letter_ids: Sequence[UUID], *, run: UUID | None = None, again: bool = False
) -> tuple[tuple[LetterView, ...], list[LeftOut]]:
    """What the letters that may be printed now are rendered from, and why not the others."""
    letters, left = to_be_printed(view, letter_ids, run=run, again=again)
    return letter_views(view, [each.id for each in letters]), left


def archive_copies(
    renderer: LetterRenderer, views: Sequence[LetterView]
) -> tuple[list[Copy], list[Refusal]]:
    """The archive copy of each letter, made before any paper is: what is printed can be kept. One
    that cannot be set keeps no other from being printed."""
    copies, refused = [], []
    for view in views:
        try:
            require_address(view)
            copies.append(Copy(view, renderer.archived(view.source)))
        except (Refused, NotFound, Unavailable) as error:
            refused.append(Refusal(view, error))
    return copies, refused


def stacked(renderer: LetterRenderer, copies: Sequence[Copy], *, both_sides: bool) -> PrintJob:
    """One PDF of letters, each page checked against the envelope's window. With ``both_sides``
    every letter begins on a sheet of its own. Raises Unavailable ``font_missing`` where no letter
    at all can be set."""
    batch = renderer.render_batch((copy.view.source for copy in copies), both_sides=both_sides)
    printed, refused = [], []
    for copy, placed in zip(copies, batch.letters, strict=True):
        if placed.violations:
            problem = window_problem(placed.violations, str(copy.view.letter.id))
            refused.append(Refusal(copy.view, Refused(problem)))
        elif placed.error is not None:
            refused.append(Refusal(copy.view, placed.error))
        else:
            printed.append(copy.printed(placed.pages - placed.empty_pages))
    return PrintJob(batch.pdf, tuple(printed), tuple(refused))


def printed_again(
    renderer: LetterRenderer, pages: PagePreview, view: LetterView, *, both_sides: bool
) -> PrintJob:
    """A letter that was printed before: the same paper, from the archive. Raises Refused
    ``blocked_address``, ``archive_damaged``; Unavailable ``pdf_damaged``."""
    require_address(view)
    assert view.pdf is not None
    pdf = renderer.on_both_sides(view.pdf) if both_sides else view.pdf
    return PrintJob(pdf, (Copy(view, view.pdf).printed(pages.page_count(view.pdf)),))


def printed_before(
    renderer: LetterRenderer, pages: PagePreview, views: Sequence[LetterView]
) -> tuple[PrintedLetter, ...]:
    """Letters of which there is paper and no copy yet: with one made now. Raises as
    ``require_address`` and the renderer."""
    letters = []
    for view in views:
        require_address(view)
        pdf = renderer.archived(view.source)
        letters.append(Copy(view, pdf).printed(pages.page_count(pdf)))
    return tuple(letters)


def is_reprint(view: LetterView) -> bool:
    """Whether there is paper of it whose copy is kept."""
    return view.letter.state in PAPER and view.pdf is not None


def finished_pdf(renderer: LetterRenderer, view: LetterView, *, where: str = "") -> bytes:
    """The PDF of a letter: the archive copy of what was printed, else a fresh one.

    ``where`` is what a refusal names instead of the letter. Raises Refused: ``blocked_address``
    where the viewer may not see the address, ``archive_damaged``, ``window_check_failed``, and
    what the renderer refuses; Unavailable ``font_missing``.
    """
    require_address(view, where=where)
    if view.pdf is not None and view.letter.state in PAPER:
        return view.pdf
    made = renderer.render(view.source)
    require_window(made.violations, where or str(view.letter.id))
    return made.pdf


def hold_reason_of(error: OfficeError) -> HoldReason:
    """What a refusal of the renderer means for the letter that was to be printed."""
    return _HELD_FOR.get(error.code, HoldReason.RENDER_FAILED)


def hold_details_of(error: OfficeError) -> dict[str, Any]:
    """The refusal itself, to be told where the letter is clarified: its ``code``, what fills its
    sentence, and ``where``."""
    problem = error.problems[0]
    return {**problem.params, "code": problem.code, "where": problem.where}
