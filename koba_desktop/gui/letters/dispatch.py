"""A letter on its way to the printer: rendered, checked, handed over."""

import tempfile
from pathlib import Path

from koba_desktop.domain.errors import OfficeError, Problem, Refused
from koba_desktop.domain.vocabulary import HoldReason, LetterState
from koba_desktop.services.commands import PrintedLetter
from koba_desktop.services.letters.outbox import LetterView
from koba_desktop.services.ports import LetterRenderer, LetterSource, PagePreview, Printers

_HELD_FOR = {
    "address_missing": HoldReason.ADDRESS_MISSING,
    "address_does_not_fit": HoldReason.ADDRESS_DOES_NOT_FIT,
    "unprintable_character": HoldReason.UNPRINTABLE_CHARACTER,
    "window_check_failed": HoldReason.WINDOW_CHECK_FAILED,
}


def finished_pdf(renderer: LetterRenderer, view: LetterView) -> bytes:
    """The PDF of a letter: the archive copy of what was printed, else a fresh one.

    Raises Refused: ``blocked_address`` where the viewer may not see the address,
    ``window_check_failed``, and what the renderer refuses.
    """
    if view.blocked:
        raise Refused(Problem("blocked_address", where=str(view.letter.id)))
    if view.pdf is not None and view.letter.state in (LetterState.PRINTED, LetterState.POSTED):
        return view.pdf
    made = renderer.render(
        LetterSource(view.letter.kind, view.blocks, view.letter.data, demo=view.demo)
    )
    if made.violations:
        found = "; ".join(str(violation) for violation in made.violations)
        raise Refused(Problem("window_check_failed", {"found": found}, str(view.letter.id)))
    return made.pdf


def send(
    renderer: LetterRenderer,
    pages: PagePreview,
    printers: Printers,
    view: LetterView,
    *,
    printer: str,
    title: str,
) -> PrintedLetter:
    """Print one letter. Raises what ``finished_pdf`` raises, and Unavailable by the printer."""
    pdf = finished_pdf(renderer, view)
    printed = PrintedLetter(
        letter_id=view.letter.id,
        version=view.letter.version,
        pdf=pdf,
        pages=pages.page_count(pdf),
    )
    print_pdf(printers, pdf, printer=printer, title=title, name=str(view.letter.id))
    return printed


def print_pdf(printers: Printers, pdf: bytes, *, printer: str, title: str, name: str) -> None:
    """Take any finished PDF (a door plan, a list) to a printer at 100 %. Slow: for ``desk.make``.

    ``title`` names the job, ``name`` is the file's without ".pdf", which some systems show
    instead; neither may name a client. ``printers.names()`` has the printers; the file is gone
    when this returns. Raises Unavailable: ``print_program_missing``, ``printer_missing``,
    ``print_failed``.
    """
    with tempfile.TemporaryDirectory(prefix="koba-print-") as folder:
        path = Path(folder) / f"{name}.pdf"
        path.write_bytes(pdf)
        printers.send(path, printer=printer, title=title)


def hold_reason(error: OfficeError) -> HoldReason:
    """What a refusal of the renderer means for the letter that was to be printed."""
    return _HELD_FOR.get(error.code, HoldReason.RENDER_FAILED)
