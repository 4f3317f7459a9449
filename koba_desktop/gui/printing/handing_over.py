"""A finished PDF on its way to a printer."""

from collections.abc import Callable
from contextlib import ExitStack

from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.gui.plain_files import PlainFiles
from koba_desktop.services.ports import Printers, PrintSettings


def print_pdf(
    printers: Printers,
    pdf: bytes,
    *,
    files: PlainFiles,
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
            path = stack.enter_context(files.lend(f"{name}.pdf", pdf))
        except OSError as error:
            reason = error.strerror or str(error)
            raise Unavailable("print_file_not_written", reason=reason) from error
        printers.send(path, printer=printer, title=title, settings=settings, proceed=proceed)


def may_still_print(failure: Exception) -> bool:
    """Whether sheets may come out of the printer yet, for all that is known."""
    if not isinstance(failure, OfficeError):
        return True
    return PrintTrouble.LEFT_IN_QUEUE in failure.problems[0].params.get("detail", ())
