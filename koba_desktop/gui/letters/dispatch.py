"""Printing: letters are rendered, checked, handed to the printer one by one, and remembered."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.domain.vocabulary import HoldReason, LetterState
from koba_desktop.services.commands import PrintedLetter
from koba_desktop.services.letters.outbox import LetterView
from koba_desktop.services.ports import LetterRenderer, Printers

HELD_FOR = {
    "address_missing": HoldReason.ADDRESS_MISSING,
    "address_does_not_fit": HoldReason.ADDRESS_DOES_NOT_FIT,
    "unprintable_character": HoldReason.UNPRINTABLE_CHARACTER,
    "window_check_failed": HoldReason.WINDOW_CHECK_FAILED,
}
"""What a refusal of the renderer means for the letter; anything else is RENDER_FAILED."""


@dataclass(frozen=True, slots=True)
class Faulty:
    """A letter that must not leave, and why."""

    letter_id: UUID
    version: int
    reason: HoldReason
    problem: Problem


@dataclass(frozen=True, slots=True)
class Dispatched:
    """What became of a batch. ``stopped`` is the printer's refusal: the rest stays pending."""

    printed: tuple[PrintedLetter, ...]
    faulty: tuple[Faulty, ...]
    stopped: Problem | None = None


def finished_pdf(renderer: LetterRenderer, view: LetterView) -> tuple[bytes, int]:
    """The PDF of a letter and its pages: the archive copy of what was printed, else a fresh one.

    Raises Refused, also where the window check finds a violation (``window_check_failed``).
    """
    if view.pdf is not None and view.letter.state in (LetterState.PRINTED, LetterState.POSTED):
        return view.pdf, 1
    made = renderer.render(view.letter.kind, view.blocks, view.letter.data, demo=view.demo)
    if made.violations:
        raise OfficeError(
            "window_check_failed",
            where=str(view.letter.id),
            found="; ".join(str(v) for v in made.violations),
        )
    return made.pdf, made.pages


def dispatch(
    renderer: LetterRenderer,
    printers: Printers,
    views: Sequence[LetterView],
    printer: str,
    title: str,
    stop: Callable[[], bool],
) -> Dispatched:
    """Print the letters in their order. Runs on the PDF lane; ``stop`` is asked between letters."""
    printed: list[PrintedLetter] = []
    faulty: list[Faulty] = []
    with tempfile.TemporaryDirectory(prefix="koba-print-") as folder:
        for view in views:
            if stop():
                break
            letter = view.letter
            try:
                pdf, pages = finished_pdf(renderer, view)
            except OfficeError as error:
                reason = HELD_FOR.get(error.code, HoldReason.RENDER_FAILED)
                faulty.append(Faulty(letter.id, letter.version, reason, error.problems[0]))
                continue
            path = Path(folder) / f"{letter.id}.pdf"
            path.write_bytes(pdf)
            try:
                printers.send(path, printer=printer, title=title)
            except OfficeError as error:
                return Dispatched(tuple(printed), tuple(faulty), error.problems[0])
            printed.append(
                PrintedLetter(letter_id=letter.id, version=letter.version, pdf=pdf, pages=pages)
            )
    return Dispatched(tuple(printed), tuple(faulty))
