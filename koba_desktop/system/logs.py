"""The log on this PC: what happened to which ids, never names, notes or addresses.

The program logs constant sentences with arguments, ``log.info("letter %s printed", letter_id)``.
What an argument may say is decided here, so that a slip elsewhere cannot write personal data.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

ROOT = "koba_desktop"
_FILE = "koba-desktop.log"
_BYTES = 1_000_000
_KEPT = 5
_CODE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")  # "print_failed"; a single word may be a name
_HIDDEN = "…"

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def start(folder: Path, *, level: int = logging.INFO) -> Path:
    """Write the program's log into a file in this folder, 1 MB each, five old ones kept.

    Returns the file. Starting again replaces the earlier handler.
    """
    stop()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _FILE
    handler = RotatingFileHandler(
        file, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.set_name(_FILE)
    handler.setFormatter(IdsOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger(ROOT)
    logger.addHandler(handler)
    logger.setLevel(level)
    return file


def stop() -> None:
    """Close the log's file."""
    logger = logging.getLogger(ROOT)
    for handler in list(logger.handlers):
        if handler.get_name() == _FILE:
            logger.removeHandler(handler)
            handler.close()


class IdsOnly(logging.Formatter):
    """Lets ids, numbers, times and codes through and hides every other value.

    Of an exception it writes the types and the lines of code, not the message: that may quote the
    values of a row.
    """

    def format(self, record: logging.LogRecord) -> str:
        shown = logging.makeLogRecord(record.__dict__)
        shown.args = _harmless_args(record.args)
        shown.exc_text = None
        shown.stack_info = None
        return super().format(shown)

    def formatException(  # noqa: N802 - overrides logging's
        self, ei: _ExcInfo
    ) -> str:
        lines = []
        error = ei[1]
        while error is not None:
            lines.append(type(error).__qualname__)
            lines += [
                f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(error.__traceback__)
            ]
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def _harmless_args(args: Any) -> Any:
    if isinstance(args, Mapping):
        return {name: _harmless(value) for name, value in args.items()}
    return tuple(_harmless(value) for value in args or ())


def _harmless(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | float() | UUID() | datetime() | date() | timedelta():
            return value
        case str() if _CODE.fullmatch(value) or _is_uuid(value):
            return value
        case _:
            return _HIDDEN


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
