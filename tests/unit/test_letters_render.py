"""Whole letters: what they say, that nothing overlaps or is lost, and what is refused."""

import io
import sys
from typing import Any

import pdfplumber
import pikepdf
import pytest

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.letters.letter import render as render_module
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.services.ports import LetterRenderer, LetterSource, RenderedLetter
from tests.unit.letter_samples import LONG_ADDRESS, LONG_NAME, MOVED_FROM, NINE_LINES, letter

PROPOSAL, CHANGED, CANCELLATION = (
    LetterKind.TELEPHONE_PROPOSAL,
    LetterKind.CHANGED_TELEPHONE,
    LetterKind.CANCELLATION,
)
TEN_PAPERS = [
    f"Unterlage {n} mit einer längeren Beschreibung dessen, was gebraucht wird"
    for n in range(1, 11)
]
FULL: dict[str, Any] = {
    "recipient_lines": LONG_ADDRESS,
    "salutation_line": f"Sehr geehrte Frau Prof. Dr. Dr. {LONG_NAME},",
    "office": {
        "name": "Regionalstelle Halberstadt-Osterwieck-Huy mit Außenstellen Dingelstedt und Huy",
        "email": "terminvereinbarung.halberstadt-osterwieck@landkreis-harz.koba.example",
        "reply_lines": [
            "Regionalstelle Halberstadt-Osterwieck-Huy",
            "Postfach 15 42",
            "38805 Halberstadt",
        ],
    },
    "advisor": {
        "name": "Herr Müller-Lüdenscheidt-Oberwiesenthaler",
        "signature": "Müller-Lüdenscheidt",
    },
    "client": {"name": LONG_NAME, "number": "118 274"},
    "papers": TEN_PAPERS,
    "attempts": ["2021-03-26", "2021-03-29", "2021-03-30", "2021-04-01"],
}


def render(kind: LetterKind = PROPOSAL, **changes: Any) -> RenderedLetter:
    return Renderer(invariant=True).render(
        LetterSource(kind, texts.shipped_blocks(kind), letter(**changes))
    )


def said(rendered: RenderedLetter) -> str:
    """All words of a letter, single-spaced."""
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        return " ".join(" ".join(page.extract_text() for page in document.pages).split())


def refusal(
    kind: LetterKind = PROPOSAL, blocks: dict[str, str] | None = None, **changes: Any
) -> Any:
    with pytest.raises(Refused) as refused:
        Renderer().render(
            LetterSource(kind, blocks or texts.shipped_blocks(kind), letter(**changes))
        )
    return refused.value.problems[0]


def test_the_renderer_fulfils_its_port() -> None:
    port: LetterRenderer = Renderer()
    assert port.render(LetterSource(PROPOSAL, texts.shipped_blocks(PROPOSAL), letter())).pages == 1


def test_a_proposal_says_when_who_calls_and_how_to_change_it() -> None:
    text = said(render())
    for words in (
        "Frau Kuhn, am 30. März und am 1. April 2021 haben wir Sie angerufen",
        "Dienstag, 13. April 2021, 10:15 Uhr",
        "Frau Berger ruft Sie unter der Nummer 0176 04069118 an.",
        "Das Gespräch dauert etwa 30 Minuten.",
        "Ihren aktuellen Lebenslauf",
        "Bitte melden Sie sich bis zum 12. April 2021:",
        "03943 58-3000",
        "Mo, Mi 8–16 · Di, Do 8–17:30 · Fr 8–12 Uhr",
        "Ansprechpartnerin Frau Berger",
        "Im Auftrag Berger",
        "Der Termin passt.",
    ):
        assert words in text
    assert text.count("K7M4 9QXR") == 2  # in the information block and on the slip


def slip_of(rendered: RenderedLetter) -> str:
    """The words of the first page below the lower fold."""
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        page = document.pages[0]
        below = page.crop((0, 210 / 25.4 * 72, page.width, page.height))
        return " ".join(below.extract_text().split())


@pytest.mark.parametrize("variant", list(LetterVariant))
def test_a_slip_without_an_appointment_is_found_by_the_number_of_the_client(variant: str) -> None:
    kind = LetterKind.PLEASE_CALL
    blocks = texts.shipped_blocks(kind, "de", variant)
    data = letter(reference="", appointment=None, answer_until=None)
    if variant == LetterVariant.STANDARD:
        slip = slip_of(Renderer().render(LetterSource(kind, blocks, data)))
        assert "118 274" in slip
        assert "Kundennummer" in slip
        assert slip.index("118 274") < slip.index("Marlies Kuhn")
    data["client"]["number"] = ""
    nobody = said(Renderer().render(LetterSource(kind, blocks, data, variant)))
    assert "Kunden" not in nobody


def test_a_slip_with_an_appointment_is_found_by_that() -> None:
    assert "Kundennummer" not in slip_of(render())


def test_a_proposal_without_tries_does_not_speak_of_them() -> None:
    text = said(render(attempts=[]))
    assert "Kuhn, wir möchten gern mit Ihnen sprechen" in text
    assert "versucht" not in text


def test_a_client_without_a_number_is_asked_for_one() -> None:
    text = said(render(appointment={"phone": ""}))
    assert (
        "Bitte nennen Sie uns vorher eine Nummer, unter der Frau Berger Sie anrufen kann." in text
    )
    assert "Meine Telefonnummer:" in text
    assert "Hören wir nichts" not in text


def test_a_changed_appointment_names_the_former_time() -> None:
    text = said(render(CHANGED, former=MOVED_FROM))
    assert "Dienstag, 13. April 2021, 10:15 Uhr statt am Montag, 12. April 2021, 09:00 Uhr" in text
    assert "statt am" not in said(render(CHANGED))


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        ("telephone", "rufen Sie zu dieser Zeit nicht an"),
        ("in_person", "kommen Sie zu dieser Zeit nicht zu uns"),
    ],
)
def test_a_cancellation_apologises_and_says_what_comes_next(channel: str, words: str) -> None:
    text = said(render(CANCELLATION, appointment={"channel": channel}))
    assert "Das tut uns leid" in text
    assert "Dieser Termin fällt aus Dienstag, 13. April 2021, 10:15 Uhr" in text
    assert words in text
    assert "Wir melden uns bei Ihnen und vereinbaren" in text
    assert "Der Termin passt." not in text


def test_a_cancellation_knows_the_time_from_the_last_letter() -> None:
    text = said(render(CANCELLATION, appointment=None, former=MOVED_FROM))
    assert "Montag, 12. April 2021, 09:00 Uhr" in text


def test_a_representative_is_told_whom_it_concerns() -> None:
    text = said(
        render(
            recipient_lines=["Herrn", "Jörg Hartwig", "Am Breiten Tor 12", "38820 Halberstadt"],
            salutation_line="Sehr geehrter Herr Hartwig,",
            client={"name": "Marlies Kuhn", "number": "118 274", "represented": True},
        )
    )
    assert "Wir möchten mit Marlies Kuhn telefonieren" in text
    assert "Betrifft Marlies Kuhn" in text
    assert "Sie anzurufen" not in text


def test_a_representative_of_the_same_name_is_still_another_person() -> None:
    client = {"name": "Marlies Kuhn", "number": "118 274", "represented": True}
    assert "Betrifft Marlies Kuhn" in said(render(client=client))


def test_however_the_address_names_the_client_it_is_no_representative() -> None:
    text = said(render(recipient_lines=["Frau Dr.", "M. Kuhn", "Lindenweg 7", "38820 Halberstadt"]))
    assert "Betrifft" not in text


@pytest.mark.parametrize("kind", [PROPOSAL, CHANGED, CANCELLATION])
def test_only_a_specimen_says_that_it_is_one(kind: LetterKind) -> None:
    assert "Muster" not in said(render(kind))
    assert "Muster" in said(render(kind, demo=True))
    shown = Renderer().render(LetterSource(kind, texts.shipped_blocks(kind), letter(), demo=True))
    assert "Muster" in said(shown)
    assert shown.violations == ()


CASES: list[tuple[LetterKind, dict[str, Any]]] = [
    (PROPOSAL, {}),
    (PROPOSAL, FULL),
    (PROPOSAL, {**FULL, "demo": True, "form": "A", "envelope": "C6/C5"}),
    (PROPOSAL, {"papers": ["Personalausweis", "Mietvertrag", "Zeugnisse"] * 3}),
    (PROPOSAL, {"recipient_lines": NINE_LINES, "client": {"name": "Ali"}, "demo": True}),
    (CHANGED, {"former": MOVED_FROM}),
    (CHANGED, {**FULL, "former": MOVED_FROM}),
    (CHANGED, {"former": MOVED_FROM, "envelope": "C6/C5"}),
    (CANCELLATION, {}),
    (CANCELLATION, {**FULL, "demo": True}),
]


@pytest.mark.parametrize(("kind", "changes"), CASES)
def test_nothing_is_cut_off_or_printed_over_something_else(
    kind: LetterKind, changes: dict[str, Any]
) -> None:
    rendered = render(kind, **changes)
    assert rendered.violations == ()
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        assert len(document.pages) == rendered.pages
        for page in document.pages:
            words = page.extract_words(use_text_flow=False, keep_blank_chars=False)
            for word in words:
                assert word["x0"] * 25.4 / 72 > 3
                assert word["x1"] * 25.4 / 72 < 203
                assert word["bottom"] * 25.4 / 72 < 293
            assert overlapping(page.chars) == []


def test_label_and_value_stand_on_one_base_line() -> None:
    with pdfplumber.open(io.BytesIO(render().pdf)) as document:
        chars = document.pages[0].chars
    lines = {
        text: {round(c["matrix"][5], 1) for c in chars if left <= c["x0"] <= right}
        for text, left, right in (("labels", 353.0, 360.0), ("values", 441.0, 447.0))
    }
    labels = {y for y in lines["labels"] if 590 < y < 690}
    assert len(labels) == 6
    assert labels == {y for y in lines["values"] if 590 < y < 690}


def overlapping(chars: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of characters whose inner halves meet (boxes of a font overlap by nature)."""
    inner = [
        (
            c["x0"] + 0.3 * (c["x1"] - c["x0"]),
            c["top"] + 0.3 * c["height"],
            c["x1"] - 0.3 * (c["x1"] - c["x0"]),
            c["bottom"] - 0.3 * c["height"],
            c["text"],
        )
        for c in chars
        if c["text"].strip()
    ]
    inner.sort()
    found = []
    for number, one in enumerate(inner):
        for other in inner[number + 1 :]:
            if other[0] >= one[2]:
                break
            if one[1] < other[3] and other[1] < one[3]:
                found.append((one[4], other[4]))
    return found


def test_ten_papers_are_all_there_with_the_slip_on_a_second_page() -> None:
    rendered = render(**FULL)
    text = said(rendered)
    assert rendered.pages == 2
    assert all(f"Unterlage {n} " in text for n in range(1, 11))
    assert "mit dem Abschnitt auf Seite 2" in text
    assert "Seite 1 von 2" in text


def test_a_letter_of_usual_length_stays_on_one_page() -> None:
    assert render(papers=["Mietvertrag", "Zeugnisse", "Lebenslauf", "Ausweis"]).pages == 1


def test_what_would_fill_three_pages_is_refused() -> None:
    assert refusal(papers=TEN_PAPERS * 8).code == "letter_too_long"


def test_every_font_is_embedded_and_the_page_prints_unscaled() -> None:
    with pikepdf.open(io.BytesIO(render().pdf)) as pdf:
        root = pdf.Root
        assert root.ViewerPreferences.PrintScaling == "/None"
        assert root.Lang == "de-DE"
        assert str(pdf.docinfo.Title) == "Wir möchten mit Ihnen telefonieren: unser Terminvorschlag"
        drawn = pdf.pages[0].Resources.Font
        for font in drawn.values():
            if "/FontDescriptor" in font:
                assert "/FontFile2" in font.FontDescriptor
            else:
                assert font.BaseFont == "/Helvetica"  # listed by the library, not used
        content = pdf.pages[0].Contents.read_bytes()
        for name, font in drawn.items():
            if "/FontDescriptor" not in font:
                assert name.encode() + b" " not in content


def test_equal_letters_are_equal_bytes() -> None:
    assert render().pdf == render().pdf


def test_values_are_printed_as_text() -> None:
    text = said(render(papers=["<b>A & B</b> {termin}"], about="5 < 6 & 7 > 2"))
    assert "<b>A & B</b> {termin}" in text
    assert "5 < 6 & 7 > 2" in text


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"papers": ["Ausweis 😀"]}, "papers"),
        ({"advisor": {"name": "Frau 王"}}, "box_line"),
        ({"client": {"name": "Marlies Kuhn أ", "represented": True}}, "subject"),
        ({"salutation_line": "Guten Tag أحمد,"}, "salutation_line"),
        ({"recipient_lines": ["Herrn", "أحمد", "38820 Halberstadt"]}, "recipient_lines"),
    ],
)
def test_a_character_without_a_glyph_is_refused_wherever_it_stands(
    changes: dict[str, Any], where: str
) -> None:
    with pytest.raises(Refused) as refused:
        render(**changes)
    assert {p.code for p in refused.value.problems} == {"unprintable_character"}
    assert where in {p.where for p in refused.value.problems}


@pytest.mark.parametrize(
    "changes",
    [
        {"advisor": {"name": "Frau " + "Müller-Lüdenscheidt " * 40}},
        {"client": {"number": "118 274, " * 60}},
        {"office": {"name": "Regionalstelle " * 60}},
        {"office": {"reply_lines": ["Postfach"] * 30}},
    ],
)
def test_what_is_too_long_for_its_place_is_refused_rather_than_cut(changes: dict[str, Any]) -> None:
    assert refusal(**changes).code == "text_does_not_fit"


def test_a_proposal_without_its_appointment_is_refused() -> None:
    problem = refusal(appointment=None)
    assert (problem.code, problem.where) == ("letter_data_missing", "appointment")


def test_a_wording_without_a_needed_block_is_refused() -> None:
    blocks = texts.shipped_blocks(PROPOSAL)
    del blocks["intro"], blocks["intro.no_attempts"], blocks["intro.representative"]
    problem = refusal(blocks=blocks)
    assert (problem.code, problem.where) == ("block_missing", "intro")


def test_an_office_that_names_itself_in_the_window_is_reported() -> None:
    rendered = render(office={"return_line": "KoBa Jobcenter · 38805 Halberstadt"})
    assert {v.code for v in rendered.violations} == {"word_in_window"}


def test_warming_up_loads_what_a_letter_needs() -> None:
    render_module.warm_up()
    assert "reportlab.platypus.paragraph" in sys.modules
