"""Files that commands write."""

from pathlib import Path

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.services.audit.leaving import Leaving
from koba_desktop.services.audit.noting import note_leaving
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.whole_files import whole


def require_new(file: Path, *, force: bool) -> None:
    """Raises Refused ``file_exists`` unless ``force``."""
    if file.exists() and not force:
        raise Refused(Problem("file_exists", {"file": file}, where="--output"))


def write_new(file: Path, content: bytes, *, force: bool) -> None:
    """Write a file wholly or not at all, readable by its owner only.

    Raises Refused ``file_exists`` unless ``force``, Unavailable ``file_not_written``.
    """
    require_new(file, force=force)
    with whole(file, where="--output") as stream:
        stream.write(content)


def write_noted(
    services: Services, file: Path, content: bytes, note: Leaving, who: Actor | None, *, force: bool
) -> None:
    """The same for what names clients: it is noted in the audit first, by ``who`` or by nobody.
    Raises as ``note_leaving``, too; there is no file then."""
    require_new(file, force=force)
    note_leaving(services, note, who)
    write_new(file, content, force=force)
