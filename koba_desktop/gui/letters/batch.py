"""What the PDF lane does for a stack of letters: archive copies, then one PDF for the printer."""

from collections.abc import Sequence
from dataclasses import dataclass

from koba_desktop.domain.errors import Refused
from koba_desktop.gui.letters.dispatch import require_address, window_refused
from koba_desktop.services.commands import PrintedLetter
from koba_desktop.services.letters.kinds import PAPER
from koba_desktop.services.letters.reading import LetterView
from koba_desktop.services.ports import LetterRenderer, PagePreview


@dataclass(frozen=True, slots=True)
class Refusal:
    """A letter that cannot be printed, and why."""

    view: LetterView
    error: Refused


@dataclass(frozen=True, slots=True)
class Copy:
    """A letter with its copy for the archive."""

    view: LetterView
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Stack:
    """What goes to the printer in one job, and what is to be remembered once it was taken."""

    pdf: bytes
    letters: tuple[PrintedLetter, ...]
    refused: tuple[Refusal, ...] = ()


def archive_copies(
    renderer: LetterRenderer, views: Sequence[LetterView]
) -> tuple[list[Copy], list[Refusal]]:
    """The archive copy of each letter, made before any paper is: what is printed can be kept.

    Raises Unavailable ``font_missing``.
    """
    copies, refused = [], []
    for view in views:
        try:
            require_address(view)
            copies.append(Copy(view, renderer.archived(view.source)))
        except Refused as error:
            refused.append(Refusal(view, error))
    return copies, refused


def stacked(renderer: LetterRenderer, copies: Sequence[Copy], *, both_sides: bool) -> Stack:
    """One PDF of letters, each page checked against the envelope's window. With ``both_sides``
    every letter begins on a sheet of its own. Raises Unavailable ``font_missing``."""
    batch = renderer.render_batch((copy.view.source for copy in copies), both_sides=both_sides)
    printed, refused = [], []
    for copy, placed in zip(copies, batch.letters, strict=True):
        if placed.violations:
            refused.append(Refusal(copy.view, window_refused(copy.view, placed.violations)))
        elif isinstance(placed.error, Refused):
            refused.append(Refusal(copy.view, placed.error))
        elif placed.error is not None:
            raise placed.error
        else:
            printed.append(_printed(copy.view, copy.pdf, placed.pages))
    return Stack(batch.pdf, tuple(printed), tuple(refused))


def printed_again(pages: PagePreview, view: LetterView) -> Stack:
    """A letter that was printed before: the same paper, from the archive. Raises Refused
    ``blocked_address``."""
    require_address(view)
    assert view.pdf is not None
    return Stack(view.pdf, (_printed(view, view.pdf, pages.page_count(view.pdf)),))


def is_reprint(view: LetterView) -> bool:
    """Whether there is paper of it whose copy is kept."""
    return view.letter.state in PAPER and view.pdf is not None


def _printed(view: LetterView, pdf: bytes, pages: int) -> PrintedLetter:
    letter = view.letter
    return PrintedLetter(letter_id=letter.id, version=letter.version, pdf=pdf, pages=pages)
