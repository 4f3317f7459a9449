"""The day list on paper: by time, its head on every page, and room for the pen."""

import io
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pdfplumber
import pikepdf
import pytest

from koba_desktop.domain.vocabulary import AppointmentState, Channel, Urgency
from koba_desktop.letters.sheets.papers import Papers
from koba_desktop.services.calendar.day_list import DayList
from koba_desktop.services.ports import PaperRenderer
from tests.unit.paper_samples import (
    LONG,
    MM,
    TEN,
    assert_on_the_sheet,
    day_of,
    line,
    visit,
    words_of,
)
from tests.unit.service_office import at


def render(content: DayList) -> bytes:
    return Papers(invariant=True).day_list(content)


def read(content: DayList) -> list[str]:
    return words_of(render(content))


def test_the_renderer_fulfils_its_port() -> None:
    port: PaperRenderer = Papers()
    assert port.day_list(day_of()).startswith(b"%PDF")


def test_a_line_says_when_what_who_and_where() -> None:
    (page,) = read(day_of(line(), visit(at(13, 11), companions=1)))
    assert "Regionalstelle Halberstadt Tagesliste Dienstag, 13. April 2021" in page
    assert "2 Termine, davon 1 mit Besuchsnummer." in page
    assert "Zeit Art, Stand Name, Kundennummer Telefon bei Raum, Nr. Notiz" in page
    for said in ("10:00", "30 min", "Folgegespräch", "Telefon, bestätigt", "Kuhn, Marlies"):
        assert said in page
    for said in ("118274", "0176 04069118", "Berger"):
        assert said in page
    for said in ("im Haus, bestätigt", "131906 · + 1 Person", "R 1.04", "Nr. 107"):
        assert said in page


def test_an_advisors_own_list_names_him_or_her_once() -> None:
    (page,) = read(day_of(line(), advisor="Berger"))
    assert "Tagesliste Berger" in page
    assert page.count("Berger") == 1
    assert " bei " not in page


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"state": AppointmentState.PROPOSED}, "Telefon, vorgeschlagen"),
        ({"channel": Channel.OUTDOORS, "state": AppointmentState.ARRIVED}, "draußen, ist da"),
        ({"urgency": Urgency.EMERGENCY}, "Telefon, bestätigt, Notfall"),
        ({"more": 2, "companions": 1}, "118274 · + 3 Personen"),
        ({"number": "", "companions": 1}, "+ 1 Person"),
    ],
)
def test_what_else_is_said(values: dict[str, Any], said: str) -> None:
    assert said in read(day_of(line(**values)))[0]


@pytest.mark.parametrize(
    ("called_off", "said"),
    [
        (0, "1 Termin. "),
        (1, "1 Termin, 1 abgesagter steht nicht hier."),
        (2, "1 Termin, 2 abgesagte stehen nicht hier."),
    ],
)
def test_what_was_called_off_is_counted(called_off: int, said: str) -> None:
    assert said in read(day_of(line(), called_off=called_off))[0]


def test_sixty_in_a_day_run_over_pages_with_the_same_head() -> None:
    lines = [
        line(at(13, 8) + timedelta(minutes=10 * n), name=f"Name{n:02d}, Vorname") for n in range(60)
    ]
    pages = read(day_of(*lines))
    assert len(pages) == 3
    for number, page in enumerate(pages, start=1):
        assert "Tagesliste Dienstag, 13. April 2021" in page
        assert "Zeit Art, Stand Name, Kundennummer" in page
        assert "Stand: 13.04.2021, 09:42" in page
        assert "Sozialdaten: nicht liegen lassen, nach Gebrauch vernichten." in page
        assert f"Seite {number} von 3" in page
    whole = " ".join(pages)
    places = [whole.index(f"Name{n:02d}") for n in range(60)]
    assert places == sorted(places)


def test_an_empty_day_says_so_and_still_takes_notes() -> None:
    pdf = render(day_of())
    assert "Keine Termine an diesem Tag." in words_of(pdf)[0]
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        across = sorted({r["top"] * MM for r in page.lines if (r["x1"] - r["x0"]) * MM > 170})
    assert sum(1 for a, b in pairwise(across) if 10.9 < b - a < 11.1) == 3


def test_every_row_has_room_for_the_pen() -> None:
    for content, room in ((day_of(line()), 22), (day_of(line(), advisor="Berger"), 41)):
        with pdfplumber.open(io.BytesIO(render(content))) as document:
            (page,) = document.pages
            [edge] = {round(r["x0"] * MM, 1) for r in page.lines if r["x0"] == r["x1"]}
            assert 196 - edge > room
            below = page.within_bbox((edge / MM, 45 / MM, 196 / MM, 250 / MM))
            assert "".join(below.extract_text().split()) == ""


def test_long_names_are_wrapped_and_cut_with_dots_and_stay_in_their_column() -> None:
    endless = line(at(13, 11), name="X" * 200, phone="9" * 60, advisor="Z" * 60, kind="K" * 90)
    content = day_of(line(name=LONG, kind="Kurzer telefonischer Kontakt"), endless)
    pdf = render(content)
    (page,) = words_of(pdf)
    assert "Leutheusser-Schnarrenberger von" in page
    assert "118274" in page
    assert "X…" in page
    assert_on_the_sheet(pdf)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        chars = [c for c in document.pages[0].chars if c["text"] in "KX9Z" and c["size"] < 7]
    edges = [
        (
            min(c["x0"] for c in chars if c["text"] == t),
            max(c["x1"] for c in chars if c["text"] == t),
        )
        for t in "KX9Z"
    ]
    assert all(left[1] < right[0] for left, right in pairwise(edges))


def test_in_place_of_a_name_the_fonts_lack_stands_the_number() -> None:
    content = day_of(line(name="王, 小明"), line(at(13, 11), name="Nguyễn, Thị Hồng", number="7"))
    (page,) = read(content)
    assert "118274" in page
    assert "Name nicht druckbar" in page
    assert "\ufffd" not in page
    assert "Nguyễn, Thị Hồng" in page
    assert "Zeichen" not in page


def test_without_a_number_a_sign_stands_for_what_the_fonts_lack_and_is_explained() -> None:
    (page,) = read(day_of(line(name="王, 小明", number=""), line(at(13, 11), room="Raum 王")))
    assert "\ufffd, \ufffd\ufffd" in page
    assert "Raum \ufffd" in page
    assert "\ufffd = Zeichen, das diese Schrift nicht hat" in page
    assert "Zeichen" not in read(day_of(line()))[0]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("K <b>x</b> & y", "K <b>x</b> & y"),
        ("Kuhn\x00\x1b, Mar\nlies", "Kuhn , Mar lies"),
        ("\u202eKuhn\u200f, Marlies", "Kuhn, Marlies"),
    ],
)
def test_a_name_is_text(name: str, said: str) -> None:
    assert said in read(day_of(line(name=name)))[0]


def test_a_demonstration_says_so() -> None:
    pdf = render(day_of(line(), demo=True))
    assert "Muster" in words_of(pdf)[0]
    assert_on_the_sheet(pdf)


def test_it_prints_unscaled_under_a_title_without_a_client() -> None:
    with pikepdf.open(io.BytesIO(render(day_of(line(TEN), advisor="Berger")))) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert str(pdf.docinfo.Title) == "Tagesliste Berger, 13. April 2021"
    assert render(day_of(line())) == render(day_of(line()))
