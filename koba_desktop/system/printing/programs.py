"""Running the programs that print, and saying what went wrong with them."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble

ANSWER_SECONDS = 20.0
"""How long a program may take that only answers."""
_LOOK_SECONDS = 0.1
_DETAIL_LENGTH = 200


def run(
    arguments: Sequence[str],
    *,
    seconds: float = ANSWER_SECONDS,
    printer: str = "",
    proceed: Callable[[], bool] = lambda: True,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program without a shell and without a window; its words in English.

    ``proceed`` is asked while it runs; False ends the program. Raises Unavailable:
    ``print_program_missing``, ``print_cancelled``, and ``print_failed`` after ``seconds``.
    """
    try:
        process = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise Unavailable("print_program_missing", program=arguments[0]) from error
    with process:
        try:
            said, complained = _spoken(process, time.monotonic() + seconds, proceed)
        except subprocess.TimeoutExpired as error:
            raise failed(printer, PrintTrouble.STALLED, f"{arguments[0]}: {seconds:.0f} s") from (
                error
            )
        except _Stopped:
            raise cancelled(printer) from None
        finally:
            process.kill()  # does nothing to one that has ended
    return subprocess.CompletedProcess(arguments, process.returncode, said, complained)


def failed(printer: str, *detail: PrintTrouble | str) -> Unavailable:
    """``print_failed`` with what is known of the cause, the telling parts only."""
    return Unavailable(
        "print_failed",
        "printer",
        printer=printer,
        detail=tuple(part if isinstance(part, PrintTrouble) else brief(part) for part in detail),
    )


def missing(printer: str) -> Unavailable:
    return Unavailable("printer_missing", "printer", printer=printer)


def cancelled(printer: str) -> Unavailable:
    return Unavailable("print_cancelled", "printer", printer=printer)


def last_words(of: subprocess.CompletedProcess[str]) -> str:
    """The last line that a program said before it failed; else how it ended."""
    said = (of.stderr or of.stdout).strip().splitlines()
    return brief(said[-1]) if said else f"exit {of.returncode}"


def brief(text: str) -> str:
    return text.strip()[:_DETAIL_LENGTH]


class Pauses:
    """Between two looks, longer from one to the next: a letter is quick to follow, a long batch
    cheap."""

    def __init__(self, first: float = 0.03, longest: float = 1.0) -> None:
        self._seconds = first
        self._longest = longest

    def wait(self) -> None:
        time.sleep(self._seconds)
        self._seconds = min(self._seconds * 1.4, self._longest)


class _Stopped(Exception):
    """Somebody does not want the program's work any more."""


def _spoken(
    process: subprocess.Popen[str], until: float, proceed: Callable[[], bool]
) -> tuple[str, str]:
    while True:
        try:
            return process.communicate(timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if time.monotonic() >= until:
                raise
            if not proceed():
                raise _Stopped from None
