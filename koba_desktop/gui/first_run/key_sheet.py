"""The sheet of paper with the recovery key, as a PDF."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)

from koba_desktop.i18n import _

_MARGIN_MM = 25
_POINTS = 11


@dataclass(frozen=True, slots=True)
class KeySheet:
    """What the sheet says: for which office, which file, on which day."""

    key: str
    office: str
    place: str
    day: str

    def html(self) -> str:
        groups = self.key.split("-")
        lines = ("-".join(groups[at : at + 4]) for at in range(0, len(groups), 4))
        facts = "<br>".join(escape(text) for text in (self.office, self.place, self.day) if text)
        heading = escape(_("KoBa Desktop: recovery key"))
        advice = escape(
            _(
                "Whoever has this sheet can open the database. Lock it away, apart from the PC. To "
                "open the file with it, write the key into a text file and start the program with "
                "--key-file and the name of that text file."
            )
        )
        return (
            f"<h1>{heading}</h1><p>{facts}</p>"
            f"<p style='font-family: monospace; font-size: 16pt; font-weight: bold'>"
            f"{'<br>'.join(lines)}</p><p>{advice}</p>"
        )


def write_sheet(sheet: KeySheet, file: Path) -> None:
    """Write the sheet. Raises OSError where the file cannot be written."""
    with file.open("wb"):
        pass  # the writer would only say no
    writer = QPdfWriter(str(file))
    writer.setTitle(_("KoBa Desktop: recovery key"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setDefaultFont(QFont(QGuiApplication.font().family(), _POINTS))
    document.setHtml(sheet.html())
    document.print_(writer)
