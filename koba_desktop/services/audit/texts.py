"""The audit as text, piece by piece: CSV for people, JSON for programs.

CSV has a byte order mark, semicolons and quotation marks as German spreadsheets expect it, and the
words of the language in force. JSON has the names of the program, instants in ISO 8601.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import wall
from koba_desktop.i18n import _
from koba_desktop.i18n.audit_words import object_word
from koba_desktop.i18n.words import word
from koba_desktop.services.audit.rows import AuditFilter, AuditPage, AuditRow
from koba_desktop.services.audit.wording import author, fields_text

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class ExportFormat(StrEnum):
    """The value is the ending of the file's name."""

    CSV = "csv"
    JSON = "json"


def pieces(
    kind: ExportFormat, pages: Iterable[AuditPage], wanted: AuditFilter, made_at: datetime
) -> Iterator[str]:
    """The whole file, page by page. ``made_at`` is an instant (UTC)."""
    match kind:
        case ExportFormat.CSV:
            yield from _csv(pages)
        case ExportFormat.JSON:
            yield from _json(pages, wanted, made_at)


def harmless(cell: str) -> str:
    """A cell no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _csv(pages: Iterable[AuditPage]) -> Iterator[str]:
    yield _BOM + _lines([_titles()])
    for page in pages:
        yield _lines(_cells(row) for row in page.rows)


def _lines(rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def _titles() -> tuple[str, ...]:
    return (
        _("Date and time"),
        _("Person"),
        _("Login"),
        _("PC"),
        _("Action"),
        _("Object"),
        _("Appointment number"),
        _("Identifier"),
        _("Fields"),
        _("Reason"),
        _("Event"),
    )


def _cells(row: AuditRow) -> tuple[str, ...]:
    return (
        f"{wall(row.created_at):%Y-%m-%d %H:%M:%S}",
        author(row),
        row.login or "",
        row.host,
        word(row.action),
        object_word(row.object_kind),
        row.reference,
        str(row.object_id or ""),
        fields_text(row),
        row.reason,
        str(row.id),
    )


def _json(pages: Iterable[AuditPage], wanted: AuditFilter, made_at: datetime) -> Iterator[str]:
    head = {"made_at": _plain(made_at), "filter": _values(wanted)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "events": ['
    before = "\n"
    for page in pages:
        if page.rows:
            yield before + ",\n".join(
                json.dumps(_values(row), ensure_ascii=False) for row in page.rows
            )
            before = ",\n"
    yield "\n]}\n"


def _values(record: AuditRow | AuditFilter) -> dict[str, Any]:
    return {each.name: _plain(getattr(record, each.name)) for each in fields(record)}


def _plain(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return wall(value).isoformat()
        case UUID():
            return str(value)
        case tuple():
            return list(value)
        case None | str():
            return value
        case _:
            return value.isoformat()  # a day
