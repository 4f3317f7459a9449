"""The call list on paper: whom to call, what was tried, boxes to tick, and what not to say."""

import io
from datetime import date, timedelta

import pdfplumber
import pikepdf
import pytest

from koba_desktop.domain.ladder import Try
from koba_desktop.domain.vocabulary import CallReason, Outcome, PhoneKind
from koba_desktop.letters.sheets.papers import Papers
from koba_desktop.services.contacts.call_list import CallList, CallPhone
from tests.unit.paper_samples import (
    LONG,
    MM,
    assert_on_the_sheet,
    calls_of,
    entry,
    tries,
    words_of,
)
from tests.unit.service_office import at


def render(content: CallList) -> bytes:
    return Papers(invariant=True).call_list(content)


def read(content: CallList) -> list[str]:
    return words_of(render(content))


def boxes(pdf: bytes) -> int:
    """How many there are to tick."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return sum(
            2.8 < each["width"] * MM < 3.0
            for page in document.pages
            for each in [*page.rects, *page.curves]
        )


def test_an_entry_says_who_it_is_and_how_to_reach_him_or_her() -> None:
    known = entry(
        birth_date=date(1985, 3, 4),
        best_hour=9,
        phones=(
            CallPhone("0176 04069118", PhoneKind.MOBILE),
            CallPhone("03941 22", PhoneKind.WORK),
            CallPhone("03941 23", PhoneKind.OTHER),
        ),
    )
    (page,) = read(calls_of(known))
    assert "Regionalstelle Halberstadt Anrufliste Berger Dienstag, 13. April 2021" in page
    for said in ("Kuhn, Marlies", "118274 · geb. 04.03.1985", "beste Zeit 9–10 Uhr"):
        assert said in page
    for said in ("0176 04069118 (mobil)", "03941 22 (Arbeit)", "03941 23"):
        assert said in page


def test_groups_in_the_order_of_the_day() -> None:
    (page,) = read(
        calls_of(
            entry(at(13, 8), reason=CallReason.CALLBACK),
            appointments=(
                entry(
                    at(13, 11),
                    reason=None,
                    phones=(CallPhone("0170 1", PhoneKind.OTHER, agreed=True),),
                ),
            ),
            later=(entry(at(13, 14), reason=CallReason.MISSED_APPOINTMENT),),
        )
    )
    order = [
        *("Telefontermine heute", "Termin 11:00", "0170 1 (Termin)"),
        *("Jetzt anrufen", "Rückruf", "ab 13.04., 08:00"),
        *("Später am Tag wieder", "Termin versäumt", "ab 13.04., 14:00"),
    ]
    assert [page.index(said) for said in order] == sorted(page.index(said) for said in order)


def test_what_was_tried_with_day_time_and_outcome() -> None:
    tried = (*tries(2), Try(at(13, 8, 5), Outcome.BUSY))
    (page,) = read(calls_of(entry(tried=tried)))
    assert "11.04. 09:12 nicht erreicht" in page
    assert "12.04. 09:12 nicht erreicht" in page
    assert "13.04. 08:05 besetzt" in page
    assert "davor" not in page
    (page,) = read(calls_of(entry(tried=tries(5))))
    assert "12.04. 09:12" in page
    assert "09.04. 09:12" not in page
    assert "davor 2 weitere" in page


def test_every_outcome_has_its_box_on_every_row_and_on_the_free_ones() -> None:
    pdf = render(calls_of(entry(), entry(at(13, 11))))
    (page,) = words_of(pdf)
    for said in ("erreicht", "nicht erreicht", "besetzt", "Mailbox", "falsche Nr."):
        assert page.count(said) >= 4
    assert page.count("andere Person") == page.count("abgelehnt") == page.count("Notiz") == 4
    assert boxes(pdf) == 4 * len(Outcome)


def test_every_page_says_what_not_to_tell_third_persons() -> None:
    entries = [entry(at(13, 8) + timedelta(minutes=n), name=f"Name{n:02d}, X") for n in range(60)]
    pages = read(calls_of(*entries))
    assert len(pages) == 7
    for number, page in enumerate(pages, start=1):
        assert "Meldet sich jemand anderes: Sagen Sie weder, wer anruft, noch warum." in page
        assert "Erfragen Sie das Geburtsdatum, bevor Sie über anderes sprechen." in page
        assert "Name Telefon Warum Bisher versucht Ergebnis" in page
        assert f"Seite {number} von 7" in page
    assert all("Jetzt anrufen (Fortsetzung)" in page for page in pages[1:6])
    whole = " ".join(pages)
    assert all(whole.count(f"Name{n:02d}") == 1 for n in range(60))


def test_nobody_to_call_and_nobody_to_reach() -> None:
    (page,) = read(calls_of())
    assert "Niemand ist anzurufen." in page
    (page,) = read(calls_of(entry(phones=())))
    assert "keine Nummer" in page


@pytest.mark.parametrize("name", [LONG, "X" * 200, "王, 小明", "K <b>x</b> & y\x07"])
def test_hard_names_keep_to_the_sheet(name: str) -> None:
    hard = entry(
        name=name,
        number="1" * 40,
        birth_date=date(1985, 3, 4),
        best_hour=9,
        phones=tuple(
            CallPhone("+49 (0) 3943 58-3412 Durchwahl 77", PhoneKind.WORK) for _n in "123"
        ),
        kind="Kurzer telefonischer Kontakt mit sehr langem Namen",
        reason=CallReason.RETURNED_LETTER,
        tried=tries(9),
    )
    pdf = render(calls_of(hard, demo=True))
    assert_on_the_sheet(pdf)
    (page,) = words_of(pdf)
    assert ("Name nicht druckbar" in page) is ("王" in name)
    assert "Zeichen, das diese Schrift nicht hat" not in page
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        (sheet,) = document.pages
        ruled = [r for r in sheet.lines if r["x0"] == r["x1"]]  # before the boxes, row by row
        edge, top = ruled[0]["x0"], min(r["top"] for r in ruled)
        printed = [c for c in sheet.chars if c["top"] > top and c["x0"] < edge]
        below = [c for c in printed if c["bottom"] < max(r["bottom"] for r in ruled)]
    assert below
    assert all(char["x1"] < edge for char in below)


def test_it_prints_unscaled_under_a_title_without_a_client() -> None:
    with pikepdf.open(io.BytesIO(render(calls_of(entry())))) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert str(pdf.docinfo.Title) == "Anrufliste Berger, 13. April 2021"
    assert render(calls_of(entry())) == render(calls_of(entry()))
