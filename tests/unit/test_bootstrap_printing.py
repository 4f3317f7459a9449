"""How this PC prints: with what is installed on it."""

from pathlib import Path

import pytest

from koba_desktop.bootstrap.printing import PrintersOfThisPc
from koba_desktop.domain.errors import Unavailable
from koba_desktop.letters.reading.preview import PdfPages
from tests.unit.test_system_printing import QUEUES, install, pdf, programs

__all__ = ["pdf", "programs"]


def test_with_the_programs_of_cups_the_pdf_itself_is_handed_over(programs: Path, pdf: Path) -> None:
    for name in ("lp", "lpoptions", "cancel"):
        install(programs, name)
    install(programs, "lpstat", output=QUEUES)
    printers = PrintersOfThisPc(PdfPages())
    assert printers.vector
    assert printers.names() == ["HBS-1.OG-Post", "HBS-EG"]


@pytest.mark.usefixtures("programs", "qapp")
def test_without_them_pages_are_printed_as_pictures(pdf: Path) -> None:
    printers = PrintersOfThisPc(PdfPages())
    assert not printers.vector
    assert "QLB" not in printers.names()
    for use in (
        lambda: printers.options("QLB"),
        lambda: printers.send(pdf, printer="QLB", title="Briefe"),
    ):
        with pytest.raises(Unavailable, match="printer_missing"):
            use()
