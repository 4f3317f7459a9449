"""Writing a file whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from koba_desktop.domain.errors import Unavailable


def save_pdf(path: Path, pdf: bytes) -> None:
    """Write the file beside its place and put it there at the end.

    Raises Unavailable ``file_not_written``, naming the file and the system's reason.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
            Path(name).replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise Unavailable(
            "file_not_written", where=str(path), file=path.name, reason=error.strerror or str(error)
        ) from error
