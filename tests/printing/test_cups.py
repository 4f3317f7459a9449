"""Paper that came out of a real CUPS."""

from pathlib import Path

import pytest

from koba_desktop.letters.typesetting.geometry import FORMS, HOLE_MARK
from koba_desktop.services.ports import PrinterOptions, PrintSettings
from koba_desktop.system.printing.cups import CupsPrinters
from tests.printing.measuring import a_letter, measured, page_count, strokes
from tests.printing.service import PrintService

TOLERANCE = 0.2  # mm


def assert_in_place(pdf: bytes, form: str) -> None:
    paper = measured(pdf)
    assert paper.width == pytest.approx(210.0, abs=TOLERANCE)
    assert paper.height == pytest.approx(297.0, abs=TOLERANCE)
    assert paper.address_left == pytest.approx(25.0, abs=TOLERANCE)
    marks = sorted((*FORMS[form].fold_marks, HOLE_MARK))
    assert paper.marks == pytest.approx(tuple(marks), abs=TOLERANCE)


@pytest.mark.parametrize("form", ["A", "B"])
def test_address_and_folding_marks_are_where_they_belong(
    service: PrintService, printers: CupsPrinters, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(a_letter(form))
    service.queue(f"form{form}")
    printers.send(file, printer=f"form{form}", title="Briefe")
    [paper] = service.printed(f"form{form}")
    assert_in_place(paper, form)
    assert page_count(paper) == 1


def test_habits_of_the_user_and_of_the_queue_move_nothing(
    service: PrintService, printers: CupsPrinters, letter: Path
) -> None:
    service.queue(
        "habits", "paper", "print-scaling-default=fit", "number-up-default=4", "fit-to-page=true"
    )
    service.tell(
        "lpoptions",
        *("-p", "habits"),
        *("-o", "number-up=2", "-o", "fit-to-page=true", "-o", "scaling=50", "-o", "mirror=true"),
        *("-o", "page-border=double", "-o", "page-set=even", "-o", "job-hold-until=night"),
    )
    printers.send(letter, printer="habits", title="Briefe")
    [paper] = service.printed("habits")
    assert_in_place(paper, "B")
    assert strokes(paper) == strokes(letter.read_bytes())


def test_tray_sides_and_copies_reach_the_printer(
    service: PrintService, printers: CupsPrinters, tmp_path: Path
) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(a_letter(pages=2))
    service.queue("options")
    how = PrintSettings(tray="Letterhead", duplex=True, copies=3)
    printers.send(file, printer="options", title="Ladungen", settings=how)
    told = service.arguments("options")
    assert {"InputSlot=Letterhead", "sides=two-sided-long-edge", "PageSize=A4"} <= set(told)
    assert told[2:4] == ["Ladungen", "3"]
    [paper] = service.printed("options")
    assert page_count(paper) == 6


def test_without_settings_a_letter_is_one_sheet_from_the_usual_tray(
    service: PrintService, printers: CupsPrinters, letter: Path
) -> None:
    service.queue("plain", "paper", "sides-default=two-sided-long-edge")
    printers.send(letter, printer="plain", title="Briefe")
    told = service.arguments("plain")
    assert "sides=one-sided" in told
    assert not [word for word in told if word.startswith("InputSlot")]
    assert told[2:4] == ["Briefe", "1"]


def test_a_printer_says_what_it_can_do(service: PrintService, printers: CupsPrinters) -> None:
    service.queue("able")
    service.queue("simple", both_sides=False)
    trays = (("Auto", "Automatisch"), ("Tray1", "Fach 1"), ("Letterhead", "Fach 2 (Briefkopf)"))
    assert printers.options("able") == PrinterOptions(trays, duplex=True)
    assert printers.options("simple") == PrinterOptions(trays, duplex=False)
    assert {"able", "simple"} <= set(printers.names())
