"""The plans on the doors: times and numbers, never a name; what fits where."""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import RoomKind, RoomUse
from koba_desktop.letters.sheets.door_plan import DoorPlans
from koba_desktop.services.ports import DoorPlanRenderer
from koba_desktop.services.rooms.door_plan import DoorPlan, door_plan
from tests.support import TUESDAY, make_office
from tests.unit.door_samples import MADE_AT, busy_plan, door, entry, plan
from tests.unit.service_office import at

MM = 25.4 / 72


def render(doors: DoorPlan) -> bytes:
    return DoorPlans(invariant=True).render(doors, MADE_AT)


def read(pdf: bytes) -> list[str]:
    """The words of each page, single-spaced."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [" ".join(page.extract_text().split()) for page in document.pages]


def pages(*doors: Any, demo: bool = False) -> list[str]:
    return read(render(plan(*doors, demo=demo)))


def test_the_renderer_fulfils_its_port() -> None:
    port: DoorPlanRenderer = DoorPlans()
    assert port.render(plan(door("R 1.04")), MADE_AT).startswith(b"%PDF")


# --- the page of a room ---------------------------------------------------------------------------


def test_a_room_s_page_says_what_it_is_and_who_is_awaited_when() -> None:
    _overview, page = pages(
        door("R 1.04", entry(at(13, 8, 45), "101"), entry(at(13, 10, 30), "116"), wheelchair=True)
    )
    for words in (
        "Regionalstelle Halberstadt",
        "R 1.04",
        "1. Etage",
        "höchstens 2 Personen",
        "mit dem Rollstuhl erreichbar",
        "Dienstag, 13. April 2021",
        "08:45 – 09:15 101 danach lüften 16 min, bis 09:31",
        "10:30 – 11:00 116 danach lüften 16 min, bis 11:16",
        "Stand: 13. April 2021, 09:42 Uhr",
        "Seite 2 von 2",
    ):
        assert words in page
    assert "Muster" not in page


def test_the_uses_stand_in_the_order_of_the_day() -> None:
    _overview, page = pages(door("R 1.04", entry(at(13, 14), "102"), entry(at(13, 9), "103")))
    assert page.index("09:00") < page.index("14:00")


@pytest.mark.parametrize(
    ("use", "word"),
    [
        (RoomUse.CLEANING, "Reinigung"),
        (RoomUse.MAINTENANCE, "gesperrt"),
        (RoomUse.INTERNAL, "belegt"),
        (RoomUse.CONSULTATION, "belegt"),
    ],
)
def test_a_use_without_a_visitor_says_what_it_is_for(use: RoomUse, word: str) -> None:
    overview, page = pages(door("R 1.04", entry(at(13, 9), use=use, pause=0)))
    assert f"09:00 – 09:30 {word}" in page
    assert "lüften" not in page
    assert "Keine Termine an diesem Tag." in overview


@pytest.mark.parametrize(
    ("starts", "minutes", "said"),
    [
        (at(12, 8), 3 * 24 * 60, "ganztägig gesperrt"),
        (at(12, 8), 28 * 60, "bis 12:00 gesperrt"),
        (at(13, 15), 24 * 60, "ab 15:00 gesperrt"),
    ],
)
def test_a_closure_of_several_days_says_what_of_this_day_it_takes(
    starts: Any, minutes: int, said: str
) -> None:
    closed = entry(starts, minutes=minutes, pause=0, use=RoomUse.MAINTENANCE)
    assert said in pages(door("R 2.01", closed))[1]


def test_an_empty_day_says_so() -> None:
    overview, page = pages(door("R 1.04"))
    assert "Keine Termine an diesem Tag." in page
    assert "Keine Termine an diesem Tag." in overview


def test_outside_the_door_each_place_has_its_list() -> None:
    overview, page = pages(
        door(
            "Hof",
            entry(at(13, 9), "102", place=2, pause=5),
            entry(at(13, 10), "101", place=1, pause=5),
            kind=RoomKind.OUTDOOR,
            floor="",
            places=2,
        )
    )
    assert "Beratung vor der Tür · 2 Plätze · je Platz höchstens 2 Personen" in page
    assert (
        "Platz 1 10:00 – 10:30 101 danach Pause 5 min, bis 10:35 Platz 2 09:00 – 09:30 102" in page
    )
    assert "lüften" not in page
    assert "09:00 102 Hof, Platz 2" in overview


@pytest.mark.parametrize(
    ("floor", "said"),
    [("0", "Erdgeschoss"), ("2", "2. Etage"), ("-1", "1. Untergeschoss"), ("EG links", "EG links")],
)
def test_a_floor_reads_as_german(floor: str, said: str) -> None:
    assert said in pages(door("R 1.04", floor=floor))[1]


@pytest.mark.parametrize(
    ("persons", "said"),
    [(1, "höchstens 1 Person"), (0, "nicht für Gespräche"), (4, "höchstens 4 Personen")],
)
def test_it_says_how_many_may_be_inside(persons: int, said: str) -> None:
    page = pages(door("R 1.04", persons=persons))[1]
    assert said in page
    assert "1 Personen" not in page


# --- the overview ---------------------------------------------------------------------------------


def test_the_overview_lists_every_number_by_time_with_its_room() -> None:
    overview = pages(
        door("R 1.04", entry(at(13, 10, 30), "116"), entry(at(13, 8, 45), "101")),
        door("R 2.02", entry(at(13, 8, 45), "99"), floor="2"),
        door("R 2.03", floor="2"),
    )[0]
    assert "Suchen Sie Ihre Besuchsnummer." in overview
    rows = "08:45 99 R 2.02, 2. Etage 08:45 101 R 1.04, 1. Etage 10:30 116 R 1.04, 1. Etage"
    assert rows in overview
    assert "Kein Termin in: R 2.03, 2. Etage" in overview


def test_a_demonstration_says_so_on_every_page() -> None:
    read_pages = pages(door("R 1.04", entry(at(13, 9), "101")), door("R 1.05"), demo=True)
    assert len(read_pages) == 3
    assert all("Muster" in page for page in read_pages)


# --- numbers, never names -------------------------------------------------------------------------


def test_the_demonstration_s_plan_holds_its_numbers_and_nobody_s_name(tmp_path: Path) -> None:
    office = make_office(tmp_path, clients=1_500, appointments=4_000)
    try:
        with office.services.view() as view:
            made = door_plan(view, office.actor.office_id, date(2021, 4, 13))
            people = [*view.reader.find(Client), *view.reader.find(Staff)]
    finally:
        office.store.close()
    names = {person.family_name for person in people} | {person.given_name for person in people}
    text = read(DoorPlans().render(made, TUESDAY))
    codes = [each.code for one in made.doors for each in one.entries if each.code]
    assert len(codes) > 3
    assert len(text) == 1 + len(made.doors)
    for number, one in enumerate(made.doors):
        for each in one.entries:
            assert each.code in text[0]
            assert each.code in text[1 + number]
    words = set(re.findall(r"\w+", " ".join(text)))
    own = {word for one in made.doors for word in re.findall(r"\w+", one.room.name)}
    assert words & (names - own) == set()


# --- the pages ------------------------------------------------------------------------------------


def test_forty_rooms_and_three_hundred_visits_are_all_there() -> None:
    busy = busy_plan()
    text = read(render(busy))
    assert len(text) == 40 + 3  # an overview of three pages
    whole = " ".join(text[:3])
    assert all(re.search(rf"\b{101 + n}\b", whole) for n in range(300))
    for number, one in enumerate(busy.doors):
        page = text[3 + number]
        assert one.room.name in page
        assert all(each.code in page for each in one.entries)
    assert f"Seite 43 von {len(text)}" in text[-1]


def test_a_room_with_very_many_uses_goes_on_under_its_name() -> None:
    many = [entry(at(13, 6), str(101 + n), minutes=5, pause=3) for n in range(80)]
    text = pages(door("R 1.04", *many))
    rooms = [page for page in text if "höchstens 2 Personen" in page]
    assert len(rooms) == 2
    assert all("R 1.04" in page for page in rooms)
    assert all(re.search(rf"\b{101 + n}\b", " ".join(rooms)) for n in range(80))


LONG = "Großer Sitzungssaal der Kreisverwaltung mit Empore und Nebenraum"


@pytest.mark.parametrize(
    "doors",
    [
        busy_plan(),
        busy_plan(8, 24),
        plan(door(LONG, *(entry(at(13, 8 + n), str(101 + n)) for n in range(9)), floor="EG links")),
        plan(door("Donaudampfschifffahrtsgesellschaftskapitänszimmer", entry(at(13, 9), "101"))),
        plan(
            door(
                "Hof",
                *(entry(at(13, 8 + n % 8), str(101 + n), place=1 + n % 6) for n in range(36)),
                kind=RoomKind.OUTDOOR,
                places=6,
                wheelchair=True,
            ),
            demo=True,
        ),
    ],
    ids=["busy", "usual", "long name", "long word", "six places"],
)
def test_nothing_leaves_the_sheet_or_stands_on_something_else(doors: DoorPlan) -> None:
    with pdfplumber.open(io.BytesIO(render(doors))) as document:
        for page in document.pages:
            assert (round(page.width * MM), round(page.height * MM)) == (210, 297)
            words = sorted(page.extract_words(), key=lambda word: word["x0"])
            for number, one in enumerate(words):
                assert one["x0"] * MM > 19
                assert one["x1"] * MM < 191
                assert one["top"] * MM > 10
                assert one["bottom"] * MM < 287
                for other in words[number + 1 :]:
                    if other["x0"] >= one["x1"] - 1:
                        break
                    middle = (other["top"] + other["bottom"]) / 2
                    quarter = (one["bottom"] - one["top"]) / 4
                    assert not one["top"] + quarter < middle < one["bottom"] - quarter


def test_the_room_and_its_numbers_are_read_from_afar() -> None:
    with pdfplumber.open(
        io.BytesIO(render(plan(door("R 1.04", entry(at(13, 9), "101")))))
    ) as document:
        chars = document.pages[1].chars
    name = [c for c in chars if c["size"] > 60]
    code = [c for c in chars if c["text"] in "01" and c["size"] == 24 and "Bold" in c["fontname"]]
    assert "".join(c["text"] for c in name) == "R 1.04"
    assert "".join(c["text"] for c in code) == "101"
    assert round(name[0]["x0"] * MM) == 20
    # base lines, mm from the top: the name's and the first row's
    assert [round((842 - c["matrix"][5]) * MM) for c in (name[0], code[0])] == [47, 95]


def test_it_prints_unscaled_with_its_fonts_and_a_title() -> None:
    with pikepdf.open(io.BytesIO(render(plan(door("R 1.04"))))) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert pdf.Root.Lang == "de-DE"
        title = str(pdf.docinfo.Title)
        assert title == "Türplan Regionalstelle Halberstadt, 13. April 2021"


def test_equal_plans_are_equal_bytes() -> None:
    doors = plan(door("R 1.04", entry(at(13, 9), "101")))
    assert render(doors) == render(doors)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Raum 王", "unprintable_character"), ("Raum " * 80, "text_does_not_fit")],
)
def test_a_room_whose_name_cannot_be_set_is_named(name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        render(plan(door(name, entry(at(13, 9), "101"))))
    assert refused.value.code == code
    assert refused.value.problems[0].where.startswith("Raum")


def test_a_name_is_text_and_no_markup() -> None:
    assert "R <b>1</b> & 2" in pages(door("R <b>1</b> & 2"))[1]
