"""The list for an outage on paper: everything on it, room for the pen, and black on white."""

import io
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest

from koba_desktop.domain.vocabulary import AppointmentState, CallReason, Channel, RoomUse
from koba_desktop.letters.sheets.emergency_list import EmergencyLists
from koba_desktop.services.outage.emergency_list import (
    AdvisorLines,
    AppointmentLine,
    CallLine,
    CallLines,
    DayLines,
    EmergencyList,
    OfficeLines,
    RoomLines,
    RoomUsed,
    VisitorLine,
    emergency_list,
)
from koba_desktop.services.ports import EmergencyListRenderer
from tests.support import make_office
from tests.unit.door_samples import MADE_AT, OFFICE
from tests.unit.service_office import at

MM = 25.4 / 72
DAY = date(2021, 4, 13)


TEN = at(13, 10)


def talk(starts: datetime = TEN, **values: Any) -> AppointmentLine:
    return AppointmentLine(
        **{
            "starts": starts,
            "ends": starts.replace(minute=30),
            "channel": Channel.TELEPHONE,
            "name": "Kuhn, Marlies",
            "phone": "0176 04069118",
            "room": "",
            "state": AppointmentState.CONFIRMED,
            **values,
        }
    )


def visitor(**values: Any) -> VisitorLine:
    return VisitorLine(
        **{
            "starts": at(13, 14),
            "code": "107",
            "name": "Hartwig, Jörg",
            "advisor": "Berger",
            "room": "R 1.04",
            "state": AppointmentState.CONFIRMED,
            "companions": 0,
            **values,
        }
    )


def day(*talks: AppointmentLine, **values: Any) -> DayLines:
    return DayLines(
        **{
            "day": DAY,
            "advisors": (AdvisorLines("Berger", talks),) if talks else (),
            "visitors": (),
            "rooms": (),
            **values,
        }
    )


def content(
    *days: DayLines, calls: tuple[CallLines, ...] | None = None, demo: bool = False
) -> EmergencyList:
    return EmergencyList(MADE_AT, (OfficeLines(OFFICE, days, calls),), demo)


def render(lines: EmergencyList) -> bytes:
    return EmergencyLists(invariant=True).render(lines)


def read(lines: EmergencyList) -> list[str]:
    with pdfplumber.open(io.BytesIO(render(lines))) as document:
        return [" ".join(page.extract_text().split()) for page in document.pages]


def test_the_renderer_fulfils_its_port() -> None:
    port: EmergencyListRenderer = EmergencyLists()
    assert port.render(content(day())).startswith(b"%PDF")


def test_every_page_says_what_it_is_as_of_when_and_what_becomes_of_it() -> None:
    pages = read(content(day(talk()), calls=()))
    assert len(pages) == 4
    for number, page in enumerate(pages, start=1):
        assert "Regionalstelle Halberstadt" in page
        assert "Stand: 13.04.2021, 09:42" in page
        assert "Nach der Störung vernichten." in page
        assert f"Seite {number} von 4" in page
        assert "Notliste: " in page
        assert "Muster" not in page


def test_appointments_stand_under_their_advisor() -> None:
    outside = talk(at(13, 11), channel=Channel.OUTDOORS, room="Hof 1", name="Öztürk, Ayşe", more=1)
    page = read(content(day(talk(), outside)))[2]
    assert "Notliste: Beratungen Dienstag, 13. April 2021" in page
    assert "Berger 10:00 – 10:30 Telefon Kuhn, Marlies 0176 04069118 bestätigt" in page
    assert "11:00 – 11:30 draußen Öztürk, Ayşe + 1 0176 04069118 Hof 1 bestätigt" in page


def test_visitors_with_their_number_and_companions() -> None:
    waiting = visitor(code="108", name="Weiß, Łucja", state=AppointmentState.ARRIVED, companions=2)
    page = read(content(day(visitors=(visitor(), waiting))))[0]
    assert "Zeit Nr. Name bei Raum Stand Ankunft hinein hinaus" in page
    assert "14:00 107 Hartwig, Jörg Berger R 1.04 bestätigt" in page
    assert "14:00 108 Weiß, Łucja + 2 Berger R 1.04 ist da" in page


def test_rooms_show_numbers_and_until_when_they_are_taken() -> None:
    used = RoomUsed(at(13, 14), at(13, 14, 30), at(13, 14, 46), "107", RoomUse.CONSULTATION)
    closed = RoomUsed(at(12, 8), at(15, 8), at(15, 8), "", RoomUse.MAINTENANCE)
    ending = RoomUsed(at(12, 8), at(13, 9), at(13, 9), "", RoomUse.CLEANING)
    beginning = RoomUsed(at(13, 9), at(14, 9), at(14, 9), "", RoomUse.INTERNAL)
    page = read(
        content(
            day(
                rooms=(
                    RoomLines("R 1.04", "1", (used,)),
                    RoomLines("R 2.01", "2", (closed,)),
                    RoomLines("R 2.02", "2", (ending, beginning)),
                    RoomLines("R 2.03", "", ()),
                )
            )
        )
    )[1]
    assert "R 1.04 · 1. Etage 14:00 – 14:30 107 14:46" in page
    assert "R 2.01 · 2. Etage ganztägig gesperrt R 2.02" in page
    assert "bis 09:00 Reinigung 09:00 ab 09:00 belegt R 2.03 frei" in page


def test_calls_with_their_reason() -> None:
    calls = (
        CallLines(
            "Berger", (CallLine(at(13, 8), "Kuhn, Marlies", "03941 1", CallReason.CALLBACK),)
        ),
    )
    page = read(content(day(), calls=calls))[-1]
    assert "Notliste: Anrufe fällig bis Dienstag, 13. April 2021" in page
    assert "Berger 13.04.2021, 08:00 Kuhn, Marlies 03941 1 Rückruf" in page


def test_what_somebody_may_not_see_has_no_page() -> None:
    pages = read(content(day(talk(), visitors=None, rooms=None)))
    assert len(pages) == 1
    assert "Notliste: Beratungen" in pages[0]


def test_an_empty_day_says_so_and_still_takes_notes() -> None:
    lines = content(day(), calls=())
    pages = read(lines)
    for words, page in zip(
        ("Keine Besuche erwartet.", "Keine Räume.", "Keine Beratungen.", "Keine Anrufe offen."),
        pages,
        strict=True,
    ):
        assert words in page
    with pdfplumber.open(io.BytesIO(render(lines))) as document:
        assert [ruled(page) for page in document.pages] == [5, 0, 5, 5]


def ruled(page: Any) -> int:
    """How many free lines a page has: rules across it without text above them."""
    across = sorted({round(line["top"], 1) for line in page.lines if line["x1"] - line["x0"] > 480})
    words = [(word["top"], word["bottom"]) for word in page.extract_words()]
    return sum(
        1
        for above, below in pairwise(across)
        if 20 < below - above < 30
        and not any(above < bottom and top < below for top, bottom in words)
    )


def test_a_long_list_goes_on_under_its_advisor() -> None:
    talks = [talk(at(13, 8), name=f"Name{number:03d}, Vorname") for number in range(90)]
    pages = read(content(day(*talks, visitors=None, rooms=None)))
    assert len(pages) == 4
    assert all("Notliste: Beratungen" in page for page in pages)
    assert all("Berger (Fortsetzung)" in page for page in pages[1:])
    whole = " ".join(pages)
    assert all(whole.count(f"Name{number:03d}") == 1 for number in range(90))


def test_names_too_long_are_wrapped_and_cut_with_dots() -> None:
    double = "Leutheusser-Schnarrenberger von Hohenzollern, Alexandra Friederike"
    endless = "X" * 300
    (page,) = read(content(day(talk(name=double), talk(name=endless), visitors=None, rooms=None)))
    assert "Leutheusser-Schnarrenberger" in page
    assert "X…" in page


def test_nothing_leaves_the_sheet_and_all_of_it_is_black() -> None:
    talks = [
        talk(
            at(13, 8), name="Leutheusser-Schnarrenberger, Alexandra", phone="+49 (0) 3943 58-3412"
        ),
        talk(at(13, 9), state=AppointmentState.PROPOSED, room="Großer Saal"),
    ]
    lines = content(day(*talks, visitors=(visitor(name="Y" * 80),)), calls=(), demo=True)
    with pdfplumber.open(io.BytesIO(render(lines))) as document:
        for page in document.pages:
            assert (round(page.width * MM), round(page.height * MM)) == (210, 297)
            assert "Muster" in page.extract_text()
            for word in page.extract_words():
                assert word["x0"] * MM > 13
                assert word["x1"] * MM < 197
                assert word["bottom"] * MM < 290
            inks = {tuple(char["non_stroking_color"]) for char in page.chars}
            assert inks <= {(0,), (0, 0, 0)}


def test_cells_do_not_run_into_each_other() -> None:
    lines = content(
        day(talk(name="Z" * 60, phone="9" * 40, room="R" * 30), visitors=None, rooms=None)
    )
    with pdfplumber.open(io.BytesIO(render(lines))) as document:
        chars = [c for c in document.pages[0].chars if c["text"] in "Z9R…" and c["size"] < 7]
    name, phone = (max(c["x1"] for c in chars if c["text"] == t) for t in "Z9")
    assert name < min(c["x0"] for c in chars if c["text"] == "9")
    assert phone < min(c["x0"] for c in chars if c["text"] == "R")


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        (content(day(talk(name="王, 小明"))), "\ufffd, \ufffd\ufffd"),
        (content(day(visitors=(visitor(room="Raum 王"),))), "Raum \ufffd"),
        (content(day(rooms=(RoomLines("Raum 王", "", ()),))), "Raum \ufffd"),
        (content(day(talk(name="王, 小明", number="118274", more=2))), "Kundennr. 118274 + 2"),
        (content(day(talk(name="\x07Kuhn\x00, Marlies"))), "Kuhn , Marlies"),
    ],
)
def test_what_the_fonts_lack_stops_no_list(lines: EmergencyList, rest: str) -> None:
    (page,) = [page for page in read(lines) if rest in page]
    assert ("\ufffd = Zeichen, das diese Schrift nicht hat" in page) is ("\ufffd" in rest)
    assert ("Name nicht druckbar" in page) is ("Kundennr." in rest)


def test_a_name_is_text_and_no_markup() -> None:
    assert "K <b>x</b> & y" in read(content(day(talk(name="K <b>x</b> & y"))))[2]


def test_it_prints_unscaled_with_a_title() -> None:
    with pikepdf.open(io.BytesIO(render(content(day())))) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert str(pdf.docinfo.Title) == "Notliste, Stand 13.04.2021, 09:42"


def test_equal_lists_are_equal_bytes() -> None:
    assert render(content(day(talk()))) == render(content(day(talk())))


def test_the_demonstrations_list_has_everybody_on_it(tmp_path: Path) -> None:
    office = make_office(tmp_path, clients=1_500, appointments=4_000)
    try:
        with office.services.view(office.actor.staff_id) as view:
            made = emergency_list(view)
    finally:
        office.store.close()
    text = " ".join(read(made))
    (here,) = made.offices
    lines = [line for each in here.days for advisor in each.advisors for line in advisor.lines]
    assert len(lines) > 50
    assert all(line.name.split(",")[0] in text for line in lines)
    assert here.calls
    assert all(line.phone in text for calls in here.calls for line in calls.lines)
