"""Pages printed as pictures through Qt, onto paper that is a file."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pdfplumber
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.gui.printing.raster import RasterPrinters
from koba_desktop.letters.reading.preview import PdfPages
from koba_desktop.letters.typesetting.geometry import FORMS, HOLE_MARK
from koba_desktop.services.ports import PageImage, PrinterOptions, PrintSettings
from koba_desktop.system.printing.powershell import PowerShell
from koba_desktop.system.printing.windows_queue import WindowsQueue
from tests.printing.conftest import IMPATIENT
from tests.printing.measuring import MM, a_letter, measured_picture, page_count
from tests.unit.windows_programs import ERROR, PRINTING, FakePowerShell, fake_powershell

TOLERANCE = 0.2  # mm
FIELD_TOP = {"B": 45.0, "A": 27.0}  # of the address field, DIN 5008


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return tmp_path / "paper.pdf"


@pytest.fixture
def printers(qapp: object, paper: Path) -> RasterPrinters:
    return RasterPrinters(PdfPages(), onto(paper))


def onto(paper: Path) -> Callable[[str], QPrinter]:
    """A printer whose paper is a file."""

    def device(_name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(paper))
        return made

    return device


@pytest.mark.parametrize("form", ["A", "B"])
def test_address_and_folding_marks_are_where_they_belong(
    printers: RasterPrinters, paper: Path, letter: Path, form: str
) -> None:
    letter.write_bytes(a_letter(form))
    printers.send(letter, printer="HBS-EG", title="Briefe")
    found = measured_picture(paper.read_bytes(), FIELD_TOP[form])
    meant = measured_picture(letter.read_bytes(), FIELD_TOP[form])
    assert found.address_left == pytest.approx(25.0, abs=TOLERANCE)
    assert found.address_left == pytest.approx(meant.address_left, abs=0.1)
    marks = sorted((*FORMS[form].fold_marks, HOLE_MARK))
    assert found.marks == pytest.approx(tuple(marks), abs=TOLERANCE)
    assert (found.width, found.height) == pytest.approx((210.0, 297.0), abs=TOLERANCE)


def test_nothing_is_lost_in_the_picture(
    printers: RasterPrinters, paper: Path, letter: Path
) -> None:
    printers.send(letter, printer="HBS-EG", title="Briefe")
    with pdfplumber.open(paper) as document:
        [picture] = document.pages[0].images
        assert picture["srcsize"] == (4961, 7016)  # A4 at 600 dpi
        assert str(picture["stream"].attrs["Filter"]) == "/'FlateDecode'"
        assert (picture["x0"], picture["top"]) == pytest.approx((0.0, 0.0), abs=TOLERANCE * MM)


def test_it_prints_off_the_thread_of_the_window(
    printers: RasterPrinters, paper: Path, letter: Path
) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(printers.send, letter, printer="HBS-EG", title="Briefe").result(60)
    assert threading.current_thread() is threading.main_thread()
    assert page_count(paper.read_bytes()) == 1


def test_pages_follow_each_other_and_copies_the_whole(
    printers: RasterPrinters, paper: Path, letter: Path
) -> None:
    page = io.BytesIO()
    canvas = Canvas(page, pagesize=A4)
    canvas.setPageSize(A4)
    canvas.showPage()
    canvas.setPageSize(landscape(A4))
    canvas.showPage()
    canvas.save()
    letter.write_bytes(page.getvalue())
    how = PrintSettings(copies=2, duplex=True, tray="Lower")
    printers.send(letter, printer="HBS-EG", title="Listen", settings=how)
    with pdfplumber.open(paper) as document:
        ways = [sheet.width > sheet.height for sheet in document.pages]
    assert ways == [False, True, False, True]


def test_printing_stops_between_two_pages(printers: RasterPrinters, letter: Path) -> None:
    letter.write_bytes(a_letter(pages=2))
    asked: list[bool] = []

    def proceed() -> bool:
        asked.append(True)
        return len(asked) < 2

    with pytest.raises(Unavailable, match="print_cancelled"):
        printers.send(letter, printer="HBS-EG", title="Briefe", proceed=proceed)
    assert len(asked) == 2


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_begin_has_failed(
    qapp: object, tmp_path: Path, letter: Path
) -> None:
    nowhere = RasterPrinters(PdfPages(), onto(tmp_path / "missing" / "paper.pdf"))
    with pytest.raises(Unavailable) as refused:
        nowhere.send(letter, printer="HBS-EG", title="Briefe")
    assert refused.value.code == "print_failed"


def test_a_page_that_cannot_be_drawn_leaves_no_half_job(
    qapp: object, paper: Path, letter: Path
) -> None:
    class Failing(PdfPages):
        def page_image(self, pdf: bytes, page: int, dpi: float) -> PageImage:
            if page:
                raise Unavailable("pdf_damaged")
            return super().page_image(pdf, page, dpi)

    class Aborting(QPrinter):
        aborted = False

        def abort(self) -> bool:
            self.aborted = True
            return super().abort()

    letter.write_bytes(a_letter(pages=2))
    device = Aborting(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(paper))
    with pytest.raises(Unavailable, match="pdf_damaged"):
        RasterPrinters(Failing(), lambda _name: device).send(letter, printer="HBS", title="Briefe")
    assert device.aborted


@pytest.fixture
def shell(tmp_path: Path) -> FakePowerShell:
    return fake_powershell(tmp_path / "Windows")


@pytest.fixture
def spooled(qapp: object, paper: Path, shell: FakePowerShell) -> RasterPrinters:
    """On Windows, whose queue tells what became of a job."""
    queue = WindowsQueue(PowerShell(str(shell.program)), IMPATIENT)
    return RasterPrinters(PdfPages(), onto(paper), queue)


def test_a_job_is_followed_in_the_queue_of_windows_under_a_name_of_its_own(
    spooled: RasterPrinters, paper: Path, letter: Path, shell: FakePowerShell
) -> None:
    shell.plan([0, PRINTING], [0])
    named = set()
    for _time in range(2):
        spooled.send(letter, printer="HBS EG", title="Briefe")
        [title] = {given["KOBA_DOCUMENT"] for _words, given in shell.told[-1:]}
        assert title.startswith("Briefe ")
        named.add(title)
    assert len(named) == 2
    assert page_count(paper.read_bytes()) == 1
    assert shell.runs_of("Remove-PrintJob") == 0


def test_a_job_the_printer_refuses_is_taken_out_of_the_queue_of_windows(
    spooled: RasterPrinters, letter: Path, shell: FakePowerShell
) -> None:
    shell.plan([0, ERROR])
    with pytest.raises(Unavailable) as refused:
        spooled.send(letter, printer="HBS EG", title="Briefe")
    assert refused.value.code == "print_failed"
    assert refused.value.problems[0].params["detail"] == (PrintTrouble.ABORTED,)
    assert shell.runs_of("Remove-PrintJob") == 1


def test_a_job_is_taken_out_of_the_queue_of_windows_when_nobody_wants_it(
    spooled: RasterPrinters, letter: Path, shell: FakePowerShell
) -> None:
    shell.plan([0, PRINTING])
    with pytest.raises(Unavailable, match="print_cancelled"):
        spooled.send(
            letter,
            printer="HBS EG",
            title="Briefe",
            proceed=lambda: shell.runs_of("Get-PrintJob") < 1,
        )
    assert shell.runs_of("Remove-PrintJob") == 1


def test_what_is_wrong_with_the_pdf_is_no_matter_of_the_queue(
    spooled: RasterPrinters, letter: Path, shell: FakePowerShell
) -> None:
    letter.write_bytes(b"no pdf")
    with pytest.raises(OfficeError):
        spooled.send(letter, printer="HBS EG", title="Briefe")
    assert shell.told == []


def test_printers_of_this_pc_are_asked_of_qt(
    qapp: object, monkeypatch: pytest.MonkeyPatch, letter: Path
) -> None:
    class Known:
        def __init__(self, name: str) -> None:
            self.name = name

        def isNull(self) -> bool:
            return self.name != "HBS EG"

        def supportedDuplexModes(self) -> list[QPrinter.DuplexMode]:
            return [QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexLongSide]

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["HBS EG"])
    monkeypatch.setattr(QPrinterInfo, "printerInfo", Known)
    printers = RasterPrinters(PdfPages())
    assert printers.names() == ["HBS EG"]
    found = printers.options("HBS EG")
    assert isinstance(found, PrinterOptions)
    assert found.duplex
    assert ("Lower", "Lower tray") in found.trays
    for use in (
        lambda: printers.options("QLB"),
        lambda: printers.send(letter, printer="QLB", title="Briefe"),
    ):
        with pytest.raises(Unavailable, match="printer_missing"):
            use()
