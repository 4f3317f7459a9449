"""Bring the catalogues of a checkout up to date: ``python -m koba_desktop.i18n.update``.

Source strings are collected afresh, entries nobody uses are dropped, English is its own
translation, and the compiled catalogues are written beside the texts. What still lacks a German
translation is listed; the program exits with 1 then.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from koba_desktop.i18n.catalogue import LANGUAGES
from koba_desktop.i18n.extraction import collect

CHECKOUT = Path(__file__).resolve().parents[2]


def po_file(language: str, checkout: Path = CHECKOUT) -> Path:
    return checkout / "resources" / "locale" / language / "LC_MESSAGES" / "koba.po"


def load(path: Path, language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    if not path.exists():
        now = datetime.now(UTC)
        return Catalog(
            locale=language,
            project="KoBa Desktop",
            version="1",
            header_comment="# The texts of KoBa Desktop. EUPL-1.2.",
            msgid_bugs_address="-",
            last_translator="The KoBa Desktop developers",
            language_team="-",
            creation_date=now,
            revision_date=now,
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(template: Catalog, language: str, path: Path) -> Catalog:
    """The catalogue with exactly the template's entries; English is filled with the source."""
    catalogue = load(path, language)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    if language == "en":
        for entry in entries(catalogue):
            entry.string = entry.id
    return catalogue


def entries(catalogue: Catalog) -> Iterator[Message]:
    """All entries but the header."""
    return (entry for entry in catalogue if entry.id)


def untranslated(catalogue: Catalog) -> list[Message]:
    """Entries without a (whole, certain) translation."""
    return [entry for entry in entries(catalogue) if entry.fuzzy or not _whole(entry)]


def _whole(entry: Message) -> bool:
    strings = entry.string if isinstance(entry.string, (tuple, list)) else [entry.string]
    return all(strings)


def po_bytes(catalogue: Catalog) -> bytes:
    """The text form; without line numbers, which would change with every edit of the code."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, sort_by_file=True, include_lineno=False)
    return buffer.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled form, as gettext reads it."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def save(catalogue: Catalog, path: Path) -> None:
    """Write the catalogue and, from what was written, its compiled form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(catalogue))
    path.with_suffix(".mo").write_bytes(mo_bytes(load(path, str(catalogue.locale))))


def main() -> int:
    template = collect(CHECKOUT)
    missing = 0
    for language in LANGUAGES:
        catalogue = merged(template, language, po_file(language))
        save(catalogue, po_file(language))
        for entry in untranslated(catalogue):
            missing += 1
            print(f"{language}: {entry.context or ''} {entry.id!r}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
