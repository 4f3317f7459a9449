"""Writing the audit to a file, whole or not at all, however long it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from koba_desktop.services.audit.reading import audit_page, count_audit
from koba_desktop.services.audit.rows import AuditFilter, AuditPage
from koba_desktop.services.audit.texts import ExportFormat, pieces
from koba_desktop.services.facade import Services
from koba_desktop.services.whole_files import whole

PAGE = 2_000

Progress = Callable[[int, int], None]
"""Called with (events written, of how many), by the thread that writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditExport:
    """One file to be written: what is wanted, who asked for it (a staff id), where it goes."""

    wanted: AuditFilter
    format: ExportFormat
    path: Path
    viewer: UUID


class _Stopped(Exception):
    """Somebody thought better of it."""


def write_audit(
    services: Services,
    export: AuditExport,
    progress: Progress,
    stopped: Callable[[], bool] = lambda: False,
) -> int | None:
    """Write the file; returns the number of events, or None where it was ``stopped`` and there is
    no file. Slow; ``ExportAudit`` must have been carried out before.

    Each page is a read of its own, so that no transaction lasts as long as the export; what is
    written meanwhile is not part of it. Raises Refused ``not_entitled``, Unavailable
    ``file_not_written``, naming the file and the system's reason.
    """
    with services.view(export.viewer) as view:
        total, made_at = count_audit(view, export.wanted), view.now
    written = 0

    def pages() -> Iterator[AuditPage]:
        nonlocal written
        after = None
        while True:
            if stopped():
                raise _Stopped
            with services.view(export.viewer) as view:
                page = audit_page(view, export.wanted, PAGE, after)
            yield page
            written += len(page.rows)
            progress(written, max(written, total))
            if not page.more:
                return
            after = page.rows[-1].key

    try:
        with whole(export.path) as file:
            for piece in pieces(export.format, pages(), export.wanted, made_at):
                file.write(piece.encode())
    except _Stopped:
        return None
    return written
