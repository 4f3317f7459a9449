"""The page a printer is tried with: its bars, corners and windows are where they say they are."""

import io
from datetime import date
from typing import Any

import pdfplumber
import pypdfium2
import pytest
import zxingcpp

from koba_desktop.letters.sheets.proof_page import BAR, CORNER, MATRIX_SAYS, QR_SAYS, ProofPages
from koba_desktop.letters.typesetting.geometry import FORMS, PAGE_HEIGHT, PAGE_WIDTH, sheet

MM = 72 / 25.4
FORM_AND_ENVELOPE = [("B", "DL"), ("A", "DL"), ("B", "C6/C5"), ("A", "C6/C5")]


def made(form: str = "B", envelope: str = "DL", printer: str = "HBS-EG", tray: str = "") -> bytes:
    return ProofPages(invariant=True).render(
        form=form, envelope=envelope, printer=printer, tray=tray, made_on=date(2021, 4, 13)
    )


@pytest.fixture(params=FORM_AND_ENVELOPE, ids=" ".join)
def page(request: pytest.FixtureRequest) -> tuple[str, str, Any]:
    form, envelope = request.param
    with pdfplumber.open(io.BytesIO(made(form, envelope))) as document:
        [only] = document.pages
        return form, envelope, only


def lines(page: Any) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom in mm."""
    return [
        (one["x0"] / MM, one["top"] / MM, one["x1"] / MM, one["bottom"] / MM) for one in page.lines
    ]


def test_both_bars_are_a_hundred_millimetres_long(page: tuple[str, str, Any]) -> None:
    across = [ln for ln in lines(page[2]) if ln[2] - ln[0] == pytest.approx(BAR, abs=0.01)]
    down = [ln for ln in lines(page[2]) if ln[3] - ln[1] == pytest.approx(BAR, abs=0.01)]
    assert (len(across), len(down)) == (1, 1)


def test_each_corner_is_five_millimetres_from_its_edges(page: tuple[str, str, Any]) -> None:
    found = lines(page[2])
    for x in (CORNER, PAGE_WIDTH - CORNER):
        for y in (CORNER, PAGE_HEIGHT - CORNER):
            ends = [
                ln
                for ln in found
                if any(abs(ln[i] - x) < 0.01 for i in (0, 2))
                and any(abs(ln[i] - y) < 0.01 for i in (1, 3))
            ]
            assert len(ends) == 2, (x, y)


def test_the_frame_is_what_the_window_always_shows(page: tuple[str, str, Any]) -> None:
    form, envelope, only = page
    seen = sheet(form, envelope).always_visible
    drawn = [*only.rects, *only.curves]
    [frame] = [shape for shape in drawn if shape["bottom"] - shape["top"] > 30 * MM]
    box = [frame[name] / MM for name in ("x0", "top", "x1", "bottom")]
    assert box == pytest.approx([seen.left, seen.top, seen.right, seen.bottom], abs=0.05)
    [name] = [word for word in only.extract_words() if word["text"] == "Mustermann"]
    assert seen.top * MM < name["top"] < name["bottom"] < seen.bottom * MM


def test_folding_marks_of_both_forms_are_there(page: tuple[str, str, Any]) -> None:
    found = [ln[1] for ln in lines(page[2]) if ln[2] < 12.0 and ln[0] == pytest.approx(3.5)]
    for form in FORMS.values():
        for mark in form.fold_marks:
            assert any(y == pytest.approx(mark, abs=0.01) for y in found), mark


def test_nothing_runs_off_the_sheet_or_over_something_else(page: tuple[str, str, Any]) -> None:
    words = page[2].extract_words()
    assert all(word["x0"] >= 0 and word["x1"] <= 190.5 * MM for word in words)
    for number, one in enumerate(words):
        for other in words[number + 1 :]:
            across = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
            down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            assert across < 0.5 or down < 3.0, (one["text"], other["text"])


def test_it_says_which_printer_and_tray_were_tried() -> None:
    with pdfplumber.open(io.BytesIO(made(printer="HBS-EG", tray="Fach 2 (Briefkopf)"))) as document:
        assert "HBS-EG · Fach 2 (Briefkopf) · 13. April 2021" in document.pages[0].extract_text()


@pytest.mark.parametrize("name", ["プリンター", "x" * 300, "Büro\u202e 7\x00", ""])
def test_no_name_of_a_printer_stops_it(name: str) -> None:
    assert made(printer=name, tray=name).startswith(b"%PDF")


def test_both_codes_can_be_read_from_a_copy() -> None:
    document = pypdfium2.PdfDocument(made())
    picture = document[0].render(scale=200 / 72).to_pil()
    document.close()
    assert {found.text for found in zxingcpp.read_barcodes(picture)} == {MATRIX_SAYS, QR_SAYS}
