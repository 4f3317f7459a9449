"""Letters that ask somebody to come, and those that turn a visit into a call or confirm one."""

import io
from typing import Any

import pdfplumber
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.typesetting.geometry import ENVELOPES, FORMS
from koba_desktop.services.ports import LetterSource, RenderedLetter
from tests.unit.letter_samples import (
    LONG_ADDRESS,
    LONG_NAME,
    MOVED_FROM,
    NINE_LINES,
    REPRESENTED,
    letter,
    personal,
    visit,
)

SAME_TIME = "2021-04-13T08:15:00+00:00"
FROM_TELEPHONE = {**MOVED_FROM, "channel": "telephone"}
FROM_VISIT = {**MOVED_FROM, "channel": "in_person"}


def render(kind: LetterKind, data: dict[str, Any]) -> RenderedLetter:
    return Renderer(invariant=True).render(LetterSource(kind, texts.shipped_blocks(kind), data))


def said(rendered: RenderedLetter) -> str:
    """All words of a letter, single-spaced, one column after the other."""
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        parts = []
        for page in document.pages:
            middle = page.width * 105 / 210
            left = page.crop((0, 0, middle, page.height))
            right = page.crop((middle, 0, page.width, page.height))
            parts += [page.extract_text(), left.extract_text(), right.extract_text()]
    return " ".join(" ".join(parts).split())


def come(**changes: Any) -> str:
    return said(render(LetterKind.PERSONAL, personal(**changes)))


# --- come to us -----------------------------------------------------------------------------------


def test_it_says_when_where_and_by_which_number_the_visitor_is_called() -> None:
    text = come()
    for words in (
        "Ihr persönlicher Termin bei uns",
        "Dienstag, 13. April 2021, 10:15 Uhr",
        "Spiegelstraße 21, 38820 Halberstadt",
        "Das Gespräch dauert etwa 30 Minuten.",
        "Ihre Besuchsnummer",
        "Wir rufen die Besuchsnummer auf, keine Namen.",
        "diesen Brief und Ihren Ausweis",
        "Ihren aktuellen Lebenslauf",
        "Bitte melden Sie sich bis zum 12. April 2021:",
        "Hören wir nichts, bleibt es bei dieser Zeit.",
        "Ich komme.",
        "Lieber am Telefon, unter der Nummer:",
    ):
        assert words in text
    assert "124" in text
    assert "statt am" not in text


def test_it_gives_the_rules_of_hygiene_as_a_short_list() -> None:
    text = come()
    for rule in (
        "Kommen Sie höchstens 5 Minuten vorher.",
        "Kommen Sie möglichst allein.",
        "Tragen Sie eine medizinische Maske.",
        "Halten Sie 1,5 m Abstand zu anderen.",
        "Erkältet? Bitte anrufen, nicht kommen.",
        "Vor dem Gespräch lüften wir den Raum.",
    ):
        assert rule in text


@pytest.mark.parametrize(
    ("visitor", "words"),
    [
        (visit(companions=1), "Kommen Sie nur mit einer Begleitperson."),
        (visit(needs=["interpreter"]), "Kommen Sie allein oder mit Sprachmittlung."),
        (
            visit(companions=2, needs=["interpreter", "wheelchair"]),
            "Kommen Sie nur mit zwei Begleitpersonen, die Sprachmittlung mitgezählt.",
        ),
        (visit(urgent=True), "Ihr Anliegen lässt sich nicht aufschieben."),
    ],
)
def test_it_knows_who_comes_along_and_what_cannot_wait(visitor: dict[str, Any], words: str) -> None:
    assert words in come(visit=visitor)


def test_outside_the_door_it_says_so() -> None:
    text = come(channel="outdoors")
    assert "Beratung vor der Tür: Spiegelstraße 21, 38820 Halberstadt" in text
    assert "Wir sprechen draußen: Bitte ans Wetter denken." in text
    assert "lüften" not in text


def test_a_day_too_near_for_an_answer_asks_for_one_soon() -> None:
    assert "Bitte sagen Sie uns bald Bescheid:" in come(answer_until=None)


def test_to_a_representative_it_speaks_of_the_client() -> None:
    text = come(**REPRESENTED)
    assert "Der persönliche Termin von Marlies Kuhn bei uns" in text
    assert "Sie vertreten Marlies Kuhn." in text
    assert "Bitte nur so viele Personen wie nötig." in text
    assert "Ich komme" not in text


@pytest.mark.parametrize(
    ("changes", "present", "absent"),
    [
        (
            {"former": FROM_VISIT},
            ["hat eine neue Zeit", "statt am Montag, 12. April 2021, 09:00 Uhr"],
            ["Telefontermin"],
        ),
        (
            {"former": FROM_TELEPHONE},
            [
                "Aus Ihrem Telefontermin wird ein persönlicher Termin",
                "statt am Montag",
                "rufen nicht",
            ],
            [],
        ),
        (
            {"former": {"starts": SAME_TIME, "channel": "telephone"}},
            ["Aus Ihrem Telefontermin wird ein persönlicher Termin", "zur selben Zeit"],
            ["statt am Dienstag"],
        ),
        (
            {"former": {"starts": SAME_TIME, "channel": "in_person"}, "channel": "outdoors"},
            ["hat sich geändert", "Tag und Uhrzeit bleiben gleich", "jetzt draußen vor der Tür"],
            ["neue Zeit", "statt am"],
        ),
        (
            {"former": {"starts": SAME_TIME, "channel": "outdoors"}},
            ["hat sich geändert", "Tag und Uhrzeit bleiben gleich", "jetzt bei uns im Haus"],
            ["neue Zeit", "statt am", "Beratung vor der Tür"],
        ),
        (
            {"former": {"starts": SAME_TIME, "channel": "telephone"}, "channel": "outdoors"},
            ["Aus Ihrem Telefontermin wird ein persönlicher Termin", "Beratung vor der Tür"],
            ["jetzt draußen"],
        ),
        ({"former": {"starts": SAME_TIME, "channel": "in_person"}}, ["bei uns"], ["geändert"]),
        ({"former": MOVED_FROM}, ["hat eine neue Zeit", "statt am Montag"], ["Telefontermin"]),
    ],
    ids=[
        *("later", "was a call", "call at that time", "now outside", "now inside"),
        *("call outside", "unchanged", "unknown channel"),
    ],
)
def test_a_change_says_what_is_new(
    changes: dict[str, Any], present: list[str], absent: list[str]
) -> None:
    text = come(**changes)
    assert [words for words in present if words not in text] == []
    assert [words for words in absent if words in text] == []


def test_a_letter_of_an_earlier_program_has_no_visit_and_still_prints() -> None:
    data = personal()
    del data["visit"]
    rendered = render(LetterKind.PERSONAL, data)
    text = said(rendered)
    assert rendered.violations == ()
    assert "Spiegelstraße 21, 38820 Halberstadt" in text
    assert "Bitte am Eingang melden." in text
    assert "Besuchsnummer" not in text


def test_without_its_appointment_it_is_refused() -> None:
    for kind in (LetterKind.PERSONAL, LetterKind.CONVERSION, LetterKind.CONFIRMATION):
        with pytest.raises(Refused, match="letter_data_missing"):
            render(kind, letter(appointment=None, former=MOVED_FROM))


# --- the others -----------------------------------------------------------------------------------


def test_a_conversion_says_not_to_come_and_who_will_call() -> None:
    text = said(render(LetterKind.CONVERSION, letter(former=FROM_VISIT)))
    assert "Aus Ihrem persönlichen Termin wird ein Telefontermin" in text
    assert "Bitte kommen Sie nicht: Wir rufen Sie an." in text
    assert "statt bei uns am Montag, 12. April 2021, 09:00 Uhr" in text
    assert "Frau Berger ruft Sie unter der Nummer 0176 04069118 an." in text
    assert "Hören wir nichts, rufen wir zu dieser Zeit an." in text


def test_a_conversion_at_the_same_time_says_that_it_stays() -> None:
    data = letter(former={"starts": SAME_TIME, "channel": "in_person"})
    text = said(render(LetterKind.CONVERSION, data))
    assert "Tag und Uhrzeit bleiben gleich." in text
    assert "statt bei uns am" not in text


def test_a_conversion_without_a_number_asks_for_one_and_promises_no_call() -> None:
    data = letter(former=FROM_VISIT, appointment={"phone": ""})
    text = said(render(LetterKind.CONVERSION, data))
    assert "Bitte nennen Sie uns vorher eine Nummer" in text
    assert "Wir rufen Sie an" not in text


def test_a_confirmation_repeats_what_was_agreed_and_asks_for_nothing() -> None:
    text = said(render(LetterKind.CONFIRMATION, letter(answer_until=None, attempts=[])))
    assert "Ihr Telefontermin ist vereinbart" in text
    assert "Dienstag, 13. April 2021, 10:15 Uhr" in text
    assert "Sonst müssen Sie nichts tun." in text
    assert "Der Termin passt." not in text


def test_a_cancelled_visit_asks_nobody_to_come() -> None:
    data = personal(channel="outdoors", answer_until=None)
    text = said(render(LetterKind.CANCELLATION, data))
    assert "Bitte kommen Sie zu dieser Zeit nicht zu uns." in text


# --- the page -------------------------------------------------------------------------------------

ON_ONE_PAGE: list[dict[str, Any]] = [
    {},
    {"answer_until": None, "visit": visit(urgent=True)},
    {"channel": "outdoors"},
    {"visit": visit(companions=2, needs=["interpreter"])},
    {"former": FROM_VISIT},
    {"former": FROM_TELEPHONE},
    {"former": FROM_TELEPHONE, **REPRESENTED},
    {"former": {"starts": SAME_TIME, "channel": "in_person"}, "channel": "outdoors"},
    {"envelope": "C6/C5"},
    {"form": "A"},
    {"demo": True},
    {"papers": ["Mietvertrag", "Zeugnisse", "Lebenslauf"]},
]
LONG: dict[str, Any] = {
    "recipient_lines": LONG_ADDRESS,
    "salutation_line": f"Sehr geehrte Frau Prof. Dr. Dr. {LONG_NAME},",
    "client": {"name": LONG_NAME, "number": "118 274", "represented": True},
    "former": FROM_TELEPHONE,
    "channel": "outdoors",
    "visit": visit(companions=11, needs=["interpreter"], number="1024"),
    "office": {
        "street": "Heinrich-Heine-Straße 117 a, Hinterhaus, Aufgang B",
        "email": "terminvereinbarung.halberstadt-osterwieck@landkreis-harz.koba.example",
    },
}


@pytest.mark.parametrize("changes", ON_ONE_PAGE)
def test_with_usual_papers_letter_and_slip_share_a_page(changes: dict[str, Any]) -> None:
    rendered = render(LetterKind.PERSONAL, personal(**changes))
    assert rendered.violations == ()
    assert rendered.pages == 1


@pytest.mark.parametrize("changes", [{"papers": ["Unterlage " * 4] * 9}, LONG])
def test_what_does_not_fit_takes_the_slip_to_a_second_page(changes: dict[str, Any]) -> None:
    rendered = render(LetterKind.PERSONAL, personal(**changes))
    assert rendered.violations == ()
    assert rendered.pages == 2
    assert "mit dem Abschnitt auf Seite 2" in said(rendered)


@pytest.mark.parametrize("changes", [*ON_ONE_PAGE, LONG])
def test_nothing_is_printed_over_something_else(changes: dict[str, Any]) -> None:
    rendered = render(LetterKind.PERSONAL, personal(**changes))
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        for page in document.pages:
            words = sorted(page.extract_words(), key=lambda word: word["x0"])
            for number, one in enumerate(words):
                assert one["x0"] >= 9
                assert one["x1"] <= 575
                for other in words[number + 1 :]:
                    if other["x0"] >= one["x1"] - 1:
                        break
                    middle = (other["top"] + other["bottom"]) / 2
                    assert not one["top"] + 2 < middle < one["bottom"] - 2, (one, other)


def test_the_number_is_large_and_stands_in_the_box() -> None:
    rendered = render(LetterKind.PERSONAL, personal())
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        page = document.pages[0]
        digits = [c for c in page.chars if c["size"] > 20]
        box = max((*page.rects, *page.curves), key=lambda each: each["width"] * each["height"])
    assert "".join(c["text"] for c in digits) == "124"
    for char in digits:
        assert box["x0"] < char["x0"]
        assert char["x1"] < box["x1"]
        assert box["top"] < char["top"]
        assert char["bottom"] < box["bottom"]


# --- the window -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [LetterKind.PERSONAL, LetterKind.CONVERSION])
@pytest.mark.parametrize("lines", [None, LONG_ADDRESS, NINE_LINES])
@pytest.mark.parametrize("envelope", ENVELOPES)
@pytest.mark.parametrize("form", FORMS)
def test_only_the_address_shows_in_every_window(
    form: str, envelope: str, lines: list[str] | None, kind: LetterKind
) -> None:
    changes: dict[str, Any] = {"form": form, "envelope": envelope, "former": FROM_TELEPHONE}
    if lines is not None:
        changes["recipient_lines"] = lines
    data = personal(**changes) if kind is LetterKind.PERSONAL else letter(**changes)
    assert render(kind, data).violations == ()


words = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x17F, exclude_categories=("Cc", "Cf", "Zs")),
    min_size=1,
    max_size=14,
)
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=25, deadline=None)
@example(name="A" * 60, street="–", number="9" * 6, form="A", envelope="C6/C5")
@given(
    name=lines,
    street=lines,
    number=st.integers(1, 99_999).map(str),
    form=st.sampled_from(sorted(FORMS)),
    envelope=st.sampled_from(sorted(ENVELOPES)),
)
def test_no_name_or_street_can_make_a_visit_s_letter_break_the_window(
    name: str, street: str, number: str, form: str, envelope: str
) -> None:
    if "jobcenter" in f"{name}{street}".replace(" ", "").lower():
        return  # the check refuses a window that names the kind of office
    data = personal(
        recipient_lines=[name, street, "38820 Halberstadt"],
        salutation_line=f"Guten Tag {name},",
        client={"name": name, "number": "118 274", "represented": True},
        office={"street": street},
        visit=visit(number=number, companions=3),
        form=form,
        envelope=envelope,
    )
    try:
        rendered = render(LetterKind.PERSONAL, data)
    except Refused:
        return
    assert rendered.violations == ()
