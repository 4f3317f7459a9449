"""Names on lists in the script in which they are written, as PDFium reads the finished PDF."""

import io
from collections.abc import Iterator
from itertools import pairwise

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import AppointmentState, CallReason
from koba_desktop.letters.sheets.emergency_list import EmergencyLists
from koba_desktop.letters.sheets.paper_cells import identified, unprintable
from koba_desktop.letters.sheets.papers import Papers
from koba_desktop.letters.typesetting import fonts, mixed
from koba_desktop.letters.typesetting.mixed import Mixed
from koba_desktop.letters.typesetting.page import Text
from koba_desktop.letters.typesetting.pdf import drawn
from koba_desktop.services.outage.emergency_list import (
    CallLine,
    CallLines,
    DayLines,
    EmergencyList,
    OfficeLines,
    VisitorLine,
)
from tests.unit.door_samples import DAY, MADE_AT, OFFICE
from tests.unit.paper_samples import (
    MM,
    assert_on_the_sheet,
    calls_of,
    day_of,
    entry,
    line,
    words_of,
)
from tests.unit.service_office import at

ARABIC = "الحسن, محمد"
ARMENIAN = "Սարգսյան, Անահիտ"
GEORGIAN = "ბერიძე, ნინო"
GREEK = "Παπαδόπουλος, Ἑλένη"
NAMES = (ARABIC, ARMENIAN, GEORGIAN, GREEK)
ARABIC_LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىء"


def read(pdf: bytes) -> str:
    """The text of the first page, Arabic in the order of reading."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        said: str = document[0].get_textpage().get_text_bounded()
    finally:
        document.close()
    return " ".join(said.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_list_shows_a_name_as_it_is_written(name: str) -> None:
    office = OfficeLines(
        OFFICE,
        (
            DayLines(
                DAY,
                (),
                (
                    VisitorLine(
                        at(13, 14), "107", name, "Berger", "R 1", AppointmentState.ARRIVED, 2
                    ),
                ),
                (),
            ),
        ),
        (CallLines("Berger", (CallLine(at(13, 8), name, "03941 1", CallReason.CALLBACK),)),),
    )
    for pdf in (
        Papers().day_list(day_of(line(name=name))),
        Papers().call_list(calls_of(entry(name=name))),
        EmergencyLists().render(EmergencyList(MADE_AT, (office,), demo=False)),
    ):
        said = read(pdf)
        for part in name.split(", "):
            assert part in said
        assert "\ufffd" not in said
        assert "Zeichen" not in said
        assert_on_the_sheet(pdf)


def test_german_and_arabic_names_stand_in_one_cell_each_in_its_direction() -> None:
    pdf = Papers().day_list(day_of(line(name="Kuhn, محمد", companions=1)))
    said = read(pdf)
    assert "Kuhn, محمد" in said
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        chars = [c for c in document.pages[0].chars if c["text"] in "Kmمحد"]
    places = {c["text"]: c["x0"] for c in chars if c["size"] > 8}
    assert places["K"] < places["د"] < places["ح"] < places["م"]


def test_the_comma_of_a_broken_arabic_name_stands_at_its_end() -> None:
    name = "عبد الرحمن بن محمد الهاشمي الدمشقي, فاطمة الزهراء"
    with pdfplumber.open(io.BytesIO(Papers().day_list(day_of(line(name=name))))) as document:
        chars = [c for c in document.pages[0].chars if c["size"] < 7]
    [comma] = [c for c in chars if c["text"] == ","]
    beside = [c for c in chars if c["matrix"][5] == comma["matrix"][5]]  # one base line
    assert len(beside) > 20
    assert min(beside, key=lambda c: c["x0"]) is comma


def test_a_long_arabic_name_ends_in_dots_on_its_left() -> None:
    pdf = Papers().day_list(day_of(line(name="محمد" * 40)))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        chars = [c for c in document.pages[0].chars if c["size"] < 7]
    [dots] = [c for c in chars if c["text"] == "…"]
    others = [c for c in chars if c["text"] in "محد" and abs(c["bottom"] - dots["bottom"]) < 3]
    assert others
    assert all(dots["x1"] <= c["x0"] + 0.1 for c in others)
    assert_on_the_sheet(pdf)


@pytest.mark.parametrize("name", [*NAMES, "Kuhn, محمد", "ბერიძე, Anna Սարգսյան"])
@pytest.mark.parametrize("bold", [False, True])
def test_the_width_reckoned_with_is_that_on_paper(name: str, bold: bool) -> None:
    size = 9.0
    kind = Mixed if fonts.missing(name) else Text
    item: Text | Mixed = kind(20.0, 50.0, name, size, bold=bold)
    with pdfplumber.open(io.BytesIO(drawn([[item]], title="", author=""))) as document:
        chars = document.pages[0].chars
    left, right = min(c["x0"] for c in chars) * MM, max(c["x1"] for c in chars) * MM
    assert left == pytest.approx(20.0, abs=0.05)
    assert right - left == pytest.approx(item.width, abs=0.05)
    assert len({c["fontname"].split("+")[1] for c in chars}) >= (2 if "n" in name else 1)
    assert all(("Bold" in c["fontname"]) is bold for c in chars)


@given(st.lists(st.text(alphabet=ARABIC_LETTERS, min_size=1, max_size=6), min_size=1, max_size=4))
def test_an_arabic_name_is_read_as_it_was_written(words: list[str]) -> None:
    name = " ".join(words)
    said = read(drawn([[Mixed(20.0, 50.0, name, 9.0)]], title="", author=""))
    assert sorted(said.replace(" ", "")) == sorted(name.replace(" ", ""))


def widths(name: str) -> Iterator[float]:
    for end in range(1, len(name) + 1):
        yield mixed.text_width(name[:end], 9.0)


@pytest.mark.parametrize("name", [ARMENIAN, GEORGIAN])
def test_each_character_takes_room(name: str) -> None:
    assert all(shorter < longer for shorter, longer in pairwise(widths(name)))


def test_a_joiner_keeps_the_letters_of_a_farsi_name_apart() -> None:
    """As in "علی‌زاده": without it the letters would be joined."""
    assert mixed.text_width("علی\u200cزاده", 9.0) != mixed.text_width("علیزاده", 9.0)
    pdf = Papers().day_list(day_of(line(name="علی\u200cزاده")))
    assert "\ufffd" not in words_of(pdf)[0]


@pytest.mark.parametrize("name", ["王, 小明", "やまだ, はなこ", "Kuhn 😀", "अनिल"])
def test_what_no_face_has_is_found_before_anything_is_printed(name: str) -> None:
    assert unprintable([name, *NAMES]) == {name}
    assert identified(name, "118274") == ("118274", "Name nicht druckbar")
    assert identified(name, "") == (name, "")
    with pytest.raises(Refused, match="unprintable_character"):
        drawn([[Mixed(20.0, 50.0, name, 9.0)]], title="", author="")


def test_a_name_that_can_be_shown_stays_in_its_place() -> None:
    for name in NAMES:
        assert identified(name, "118274") == (name, "")
