"""Files that commands write."""

import os
import tempfile
from pathlib import Path

from koba_desktop.domain.errors import Problem, Refused


def write_new(file: Path, content: bytes, *, force: bool) -> None:
    """Write a file wholly or not at all, readable by its owner only.

    Raises Refused: ``file_exists`` unless ``force``, ``file_unwritable`` with the reason.
    """
    if file.exists() and not force:
        raise Refused(Problem("file_exists", {"file": file}, where="--output"))
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        part = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        problem = Problem(
            "file_unwritable", {"file": file, "reason": error.strerror}, where="--output"
        )
        raise Refused(problem) from error
