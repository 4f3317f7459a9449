"""Codes on the paper: read back from a copy of 200 dpi that lies askew, and from the calendar."""

import io
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import icalendar
import pdfplumber
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from koba_desktop.domain import references
from koba_desktop.domain.vocabulary import Channel, LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.calendar_entry import calendar_entry
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.typesetting.geometry import sheet
from koba_desktop.services.ports import LetterSource
from tests.unit.letter_samples import MOVED_FROM, letter

STARTS = datetime(2021, 4, 13, 8, 15, tzinfo=UTC)
VISIT = {"number": "124", "companions": 1, "needs": [], "urgent": False}


def rendered(kind: LetterKind = LetterKind.TELEPHONE_PROPOSAL, **changes: Any) -> bytes:
    data = letter(calendar_entry="Telefontermin", **changes)
    return Renderer().render(LetterSource(kind, texts.shipped_blocks(kind), data)).pdf


def copied(pdf: bytes, degrees: float, page: int = 0) -> Image.Image:
    """The page as a scanner of 200 dpi sees it: grey, askew, not quite sharp."""
    image = pypdfium2.PdfDocument(pdf)[page].render(scale=200 / 72, grayscale=True).to_pil()
    turned = image.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return turned.filter(ImageFilter.GaussianBlur(0.6))


def read(image: Image.Image) -> list[tuple[Any, str]]:
    return [(one.format, one.text) for one in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("degrees", [0.0, 1.5, -3.0, 7.0])
def test_every_code_of_a_letter_is_read_from_a_copy_that_lies_askew(degrees: float) -> None:
    found = read(copied(rendered(), degrees))
    numbers = [text for kind, text in found if kind == zxingcpp.BarcodeFormat.DataMatrix]
    calendars = [text for kind, text in found if kind == zxingcpp.BarcodeFormat.QRCode]
    assert numbers == ["K7M49QXR", "K7M49QXR"]  # in the letterhead's corner and on the slip
    assert calendars == [calendar_entry("K7M49QXR", STARTS, 30, "Telefontermin", date(2021, 4, 1))]


def test_a_visitors_letter_has_its_codes_and_stays_one_page() -> None:
    pdf = rendered(LetterKind.PERSONAL, visit=VISIT, appointment={"channel": Channel.IN_PERSON})
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert len(read(copied(pdf, 2.0))) == 3


def test_without_a_name_for_the_calendar_there_is_no_qr_code() -> None:
    kind = LetterKind.TELEPHONE_PROPOSAL
    pdf = Renderer().render(LetterSource(kind, texts.shipped_blocks(kind), letter())).pdf
    assert {text for _kind, text in read(copied(pdf, 0.0))} == {"K7M49QXR"}


def test_codes_keep_their_white_margin_and_stay_away_from_the_window() -> None:
    with pdfplumber.open(io.BytesIO(rendered())) as document:
        page = document.pages[0]
        millimetres = 25.4 / 72
        words = page.extract_words()
        for code in page.images:
            size = code["width"] * millimetres
            quiet = 2.0 if size > 20 else 0.5
            box = (code["x0"], code["top"], code["x1"], code["bottom"])
            for word in words:
                apart = max(
                    box[0] - word["x1"], word["x0"] - box[2], box[1] - word["bottom"],
                    word["top"] - box[3],
                )  # fmt: skip
                assert apart * millimetres >= quiet or word["text"] == "K7M4", word
            window = sheet("B", "DL").ever_visible
            assert box[0] * millimetres >= window.right or box[1] * millimetres >= window.bottom
        assert len(page.images) == 3


@settings(max_examples=60, deadline=None)
@given(
    minutes=st.integers(5, 480),
    offset=st.integers(0, 60 * 24 * 365 * 10),
    summary=st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")), min_size=1,
                    max_size=30),
)  # fmt: skip
def test_the_calendar_entry_is_icalendar_and_says_when(
    minutes: int, offset: int, summary: str
) -> None:
    starts = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(minutes=offset)
    text = calendar_entry("K7M49QXR", starts, minutes, summary, date(2021, 4, 1))
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event["DTSTART"].dt == starts
    assert event["DTEND"].dt == starts + timedelta(minutes=minutes)
    assert event["SUMMARY"] == " ".join(summary.split())
    assert event["UID"] == "K7M49QXR"


@given(st.integers(1, 10**6))
def test_a_later_letter_changes_the_entry_and_the_first_says_no_more_than_it_must(
    sequence: int,
) -> None:
    said = ("K7M49QXR", STARTS, 30, "Termin", date(2021, 4, 1))
    (first,) = icalendar.Calendar.from_ical(calendar_entry(*said)).walk("VEVENT")
    (later,) = icalendar.Calendar.from_ical(calendar_entry(*said, sequence)).walk("VEVENT")
    assert "SEQUENCE" not in first  # 0, says RFC 5545
    assert (later["UID"], int(later["SEQUENCE"])) == (first["UID"], sequence)


def test_a_changed_letter_says_its_sequence_in_a_code_of_three_centimetres() -> None:
    pdf = rendered(LetterKind.CHANGED_TELEPHONE, former=MOVED_FROM, calendar_sequence=12)
    (calendar,) = [text for kind, text in read(copied(pdf, 1.0)) if "BEGIN" in text]
    assert "SEQUENCE:12" in calendar.splitlines()
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        widest = max(code["width"] for code in document.pages[0].images)
    assert widest * 25.4 / 72 <= 30.5


def test_the_calendar_entry_names_nobody_and_no_office() -> None:
    text = calendar_entry("K7M49QXR", STARTS, 30, "Telefontermin", date(2021, 4, 1)).casefold()
    for word in ("jobcenter", "kuhn", "halberstadt", "berger"):
        assert word not in text


def test_every_reference_is_read_back_from_its_data_matrix() -> None:
    random = Random(7)
    for reference in {references.make(random) for _each in range(40)}:
        code = zxingcpp.create_barcode(reference, zxingcpp.BarcodeFormat.DataMatrix)
        assert code.text == reference
        pdf = rendered(reference=reference)
        found = read(copied(pdf, 1.0))
        assert [t for f, t in found if f == zxingcpp.BarcodeFormat.DataMatrix] == [reference] * 2
