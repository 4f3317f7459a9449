"""A letter on its way to the printer: rendered, checked, handed over."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from koba_desktop.domain.errors import OfficeError, Problem, Refused, Unavailable
from koba_desktop.domain.vocabulary import HoldReason
from koba_desktop.services.letters.kinds import PAPER
from koba_desktop.services.letters.reading import LetterView
from koba_desktop.services.ports import LetterRenderer, Printers, PrintSettings

_HELD_FOR = {
    "address_missing": HoldReason.ADDRESS_MISSING,
    "address_does_not_fit": HoldReason.ADDRESS_DOES_NOT_FIT,
    "unprintable_character": HoldReason.UNPRINTABLE_CHARACTER,
    "window_check_failed": HoldReason.WINDOW_CHECK_FAILED,
}


def finished_pdf(renderer: LetterRenderer, view: LetterView) -> bytes:
    """The PDF of a letter: the archive copy of what was printed, else a fresh one.

    Raises Refused: ``blocked_address`` where the viewer may not see the address,
    ``archive_damaged``, ``window_check_failed``, and what the renderer refuses.
    """
    require_address(view)
    if view.pdf is not None and view.letter.state in PAPER:
        return view.pdf
    made = renderer.render(view.source)
    if made.violations:
        raise window_refused(view, made.violations)
    return made.pdf


def require_address(view: LetterView) -> None:
    """Raises Refused ``blocked_address``, ``archive_damaged``."""
    if view.blocked:
        raise Refused(Problem("blocked_address", where=str(view.letter.id)))
    if view.damaged:
        raise Refused(Problem("archive_damaged", where=str(view.letter.id)))


def window_refused(view: LetterView, violations: tuple[object, ...]) -> Refused:
    """What the window check found, as a refusal of the letter."""
    found = "; ".join(str(violation) for violation in violations)
    return Refused(Problem("window_check_failed", {"found": found}, str(view.letter.id)))


def print_pdf(
    printers: Printers,
    pdf: bytes,
    *,
    printer: str,
    title: str,
    name: str,
    settings: PrintSettings = PrintSettings(),
    proceed: Callable[[], bool] = lambda: True,
) -> None:
    """Take any finished PDF (a door plan, a list) to a printer at 100 %. Slow: not for this thread.

    ``title`` names the job, ``name`` is the file's without ".pdf", which some systems show
    instead; neither may name a client. ``printers.names()`` has the printers; the file is gone
    when this returns. ``proceed`` as in ``Printers.send``. Raises Unavailable:
    ``print_program_missing``, ``printer_missing``, ``print_failed``, ``print_cancelled``,
    ``print_file_not_written`` where the disk is full.
    """
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="koba-print-"))
            path = Path(folder) / f"{name}.pdf"
            path.write_bytes(pdf)
        except OSError as error:
            reason = error.strerror or str(error)
            raise Unavailable("print_file_not_written", reason=reason) from error
        printers.send(path, printer=printer, title=title, settings=settings, proceed=proceed)


def hold_reason(error: OfficeError) -> HoldReason:
    """What a refusal of the renderer means for the letter that was to be printed."""
    return _HELD_FOR.get(error.code, HoldReason.RENDER_FAILED)
