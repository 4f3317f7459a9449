"""Writing a file whole or not at all."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from koba_desktop.domain.errors import Unavailable


@contextlib.contextmanager
def whole(path: Path, *, where: str = "") -> Iterator[BinaryIO]:
    """Write into a file beside its later place, readable by its owner only; it gets there once all
    of it lies on the disk. Whatever is raised meanwhile, there is no file, or the one before.

    Raises Unavailable ``file_not_written``, naming the file and the system's reason; ``where`` is
    what the user chose it with, if that is not its path.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(
            "file_not_written",
            where=where or str(path),
            file=path.name,
            reason=error.strerror or str(error),
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """The same for what is at hand already."""
    with whole(path) as file:
        file.write(content)
