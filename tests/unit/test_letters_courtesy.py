"""The page in the client's language: what it says and where it lies, clear of the window."""

import io
import itertools
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pdfplumber
import pikepdf
import pypdfium2
import pytest

from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import courtesy, dummies, foreign, german, texts, values
from koba_desktop.letters.letter.layout import BULLET
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.typesetting import bidi, fonts, markup, page, shaping
from koba_desktop.letters.typesetting.geometry import (
    BOTTOM,
    ENVELOPES,
    FORMS,
    MARGIN_LEFT,
    TEXT_RIGHT,
    Rect,
    sheet,
)
from koba_desktop.letters.typesetting.pdf import drawn
from koba_desktop.services.letters.data import LetterData, storable
from koba_desktop.services.letters.kinds import TRANSLATED
from koba_desktop.services.ports import CourtesyText, LetterSource
from tests.unit.letter_samples import letter

LANGUAGES = ("en", "uk", "ru", "ar", "fa", "tr", "pl", "ro")
PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
GERMAN_MOMENT = "Dienstag, 13. April 2021, 10:15 Uhr"
MM = 25.4 / 72


def wording(kind: LetterKind, data: LetterData) -> dict[str, str]:
    """The filled German letter."""
    blocks = texts.choose(texts.shipped_blocks(kind), values.conditions(data))
    return texts.fill(blocks, values.values(data))


def translation(language: str, kind: LetterKind = PROPOSAL, **changes: Any) -> CourtesyText:
    return replace(CourtesyText(language, texts.shipped_blocks(kind, language)), **changes)


def composed(
    language: str,
    kind: LetterKind = PROPOSAL,
    data: LetterData | None = None,
    *,
    blocks: Mapping[str, str] | None = None,
    **options: Any,
) -> list[page.Item]:
    data = data or dummies.dummy(kind, hard=False)
    text = translation(language, kind)
    if blocks:
        text = replace(text, blocks={**text.blocks, **blocks})
    geometry = sheet(data["form"], data["envelope"])
    return courtesy.compose(text, data, geometry, wording(kind, data), **options)


def placed(items: list[page.Item], where: str) -> list[Any]:
    return [item for item in items if getattr(item, "where", "") == where]


def said(items: list[page.Item], where: str) -> str:
    """All that stands at a place, with ordinary spaces."""
    return plain(" ".join(item.content for item in placed(items, where)))


def plain(text: str) -> str:
    return " ".join(text.split())


def boxes(sheet_of_pdf: Any) -> list[Rect]:
    """Each glyph and each stroke on a page, in mm."""
    marks = (
        *sheet_of_pdf.chars,
        *sheet_of_pdf.rects,
        *sheet_of_pdf.curves,
        *sheet_of_pdf.lines,
    )
    return [
        Rect(each["x0"] * MM, each["top"] * MM, each["x1"] * MM, each["bottom"] * MM)
        for each in marks
        if each.get("text", "x").strip()
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_clear_of_the_window_and_none_is_set_too_small(language):
    cases = list(itertools.product(sorted(TRANSLATED), (False, True), FORMS, ENVELOPES))
    pages, geometries = [], []
    for kind, hard, form, envelope in cases:
        data = dummies.dummy(kind, ("changed", "accompanied") if hard else (), hard=hard)
        data["form"], data["envelope"] = form, envelope
        pages.append(composed(language, kind, data))
        geometries.append(sheet(form, envelope))
    pdf = drawn(pages, title="", author="")
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == len(cases)
        for case, drawn_page, geometry in zip(cases, document.pages, geometries, strict=True):
            found = boxes(drawn_page)
            assert not [box for box in found if box.touches(geometry.ever_visible)], case
            assert min(box.left for box in found) >= MARGIN_LEFT - 0.5, case
            assert max(box.right for box in found) <= TEXT_RIGHT + 0.5, case
            assert max(box.bottom for box in found) <= BOTTOM + 1.0, case
            assert min(char["size"] for char in drawn_page.chars) >= 8.99, case


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(TRANSLATED))
def test_each_page_repeats_date_and_time_of_the_german_letter_exactly(language, kind):
    data = dummies.dummy(kind, hard=True)
    starts = values.appointment_start(data)
    assert starts is not None
    place = said(composed(language, kind, data), "appointment")
    said_in_german = texts.shipped_blocks(kind, language)["german_letter"]
    assert f"{said_in_german} {german.moment(starts)}" in place
    assert plain(foreign.moment(starts, language)) in place


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_large_that_the_german_letter_counts(language):
    items = composed(language)
    blocks = texts.shipped_blocks(PROPOSAL, language)
    assert said(items, "binding") == blocks["binding"]
    assert said(items, "translation_title") == blocks["translation_title"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_whether_a_native_reader_has_read_it(language):
    blocks = texts.shipped_blocks(PROPOSAL, language)
    data = dummies.dummy(PROPOSAL, hard=False)
    geometry, in_german = sheet("B", "DL"), wording(PROPOSAL, data)
    unread = courtesy.compose(translation(language), data, geometry, in_german)
    assert said(unread, "unreviewed") == blocks["unreviewed"]
    assert said(unread, "reviewed") == ""
    checked = translation(language, reviewed_by="Olena Koval", reviewed_on=date(2021, 3, 31))
    read = courtesy.compose(checked, data, geometry, in_german)
    assert "Olena Koval" in said(read, "reviewed")
    assert "31" in said(read, "reviewed")
    assert "2021" in said(read, "reviewed")
    assert said(read, "unreviewed") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_ends_with_two_full_stops(language):
    """Where a date ends with one of its own: "31 березня 2021 р."."""
    for kind in sorted(TRANSLATED):
        data = dummies.dummy(kind, ("changed",), hard=False, language=language)
        checked = translation(
            language, kind, reviewed_by="Olena Koval", reviewed_on=date(2021, 3, 31)
        )
        items = courtesy.compose(checked, data, sheet("B", "DL"), wording(kind, data))
        contents = [item.content for item in items if hasattr(item, "content")]
        assert len(contents) > 10
        assert [content for content in contents if ".." in content] == []


MOMENTS = {
    "en": "Tuesday, 13 April 2021, 10:15",
    "uk": "Вівторок, 13 квітня 2021 р., 10:15",
    "ru": "Вторник, 13 апреля 2021 г., 10:15",
    "ar": "الثلاثاء، 13 أبريل 2021، 10:15",
    "fa": "سه‌شنبه 13 آوریل 2021، 10:15",
    "tr": "13 Nisan 2021 Salı, 10:15",
    "pl": "Wtorek, 13 kwietnia 2021, 10:15",
    "ro": "Marți, 13 aprilie 2021, 10:15",
}


@pytest.mark.parametrize(("language", "expected"), MOMENTS.items())
def test_date_and_time_are_said_as_the_language_says_them_in_latin_digits(language, expected):
    starts = datetime(2021, 4, 13, 8, 15, tzinfo=UTC)
    assert plain(foreign.moment(starts, language)) == expected


def test_tries_are_listed_and_the_year_stands_once():
    data = letter(attempts=["2021-03-29", "2021-03-30", "2021-04-01"])
    assert "29 March, 30 March and 1 April 2021" in said(composed("en", data=data), "intro")
    assert "29 مارس و30 مارس و1 أبريل 2021" in said(composed("ar", data=data), "intro")


def test_tries_of_two_years_name_both():
    data = letter(attempts=["2020-12-30", "2021-01-04"])
    assert "30 December 2020 and 4 January 2021" in said(composed("en", data=data), "intro")


def test_of_many_tries_the_last_three_are_named():
    data = letter(attempts=["2021-03-01", "2021-03-02", "2021-03-03", "2021-03-04"])
    intro = said(composed("en", data=data), "intro")
    assert "2 March, 3 March and 4 March 2021" in intro


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_of_the_page_stand_in_order(language):
    """The time, the numbers of telephones and of the appointment, from left to right."""
    data = dummies.dummy(PROPOSAL, hard=True)
    pdf = drawn([composed(language, data=data)], title="", author="")
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        chars = sorted(
            document.pages[0].chars, key=lambda each: (-round(each["matrix"][5], 1), each["x0"])
        )
    row = "".join(each["text"] for each in chars if each["text"].strip())
    for number in ("10:15", "0176" + "04069118", "0394358-3000", "K7M49QXR", "2021"):
        assert number in row
    assert row.count("10:15") == 2
    assert not re.search("[٠-٩۰-۹]", row)


# --- what nobody translated -------------------------------------------------------------------


def test_what_to_have_ready_stands_there_in_german_and_says_so():
    data = letter(papers=["Ihren aktuellen Lebenslauf"])
    assert said(composed("en", data=data), "papers").endswith("Ihren aktuellen Lebenslauf (German)")
    assert "Ihren aktuellen Lebenslauf (آلمانی)" in said(composed("fa", data=data), "papers")


def test_what_it_is_about_falls_back_to_the_general_words():
    blocks = texts.shipped_blocks(PROPOSAL, "en")
    items = composed("en", data=letter(about="Um Ihren Lebenslauf."))
    assert said(items, "about") == blocks["about.no_about"]
    assert "Lebenslauf." not in said(items, "about")


def test_what_was_translated_stands_there_in_the_language_alone():
    translated = {
        "about": "سيرتكم الذاتية",
        "papers": ["السيرة الذاتية الحالية"],
        "hours": ["الاثنين، الأربعاء 8–16", "الجمعة 8–12"],
    }
    items = composed("ar", data=letter(translated=translated))
    assert said(items, "about") == "سيرتكم الذاتية"
    assert "السيرة الذاتية الحالية" in said(items, "papers")
    assert "Lebenslauf" not in said(items, "papers")
    assert "الجمعة 8–12" in said(items, "office.hours")
    assert "Mo, Mi" not in said(items, "office.hours")


def test_hours_that_nobody_translated_are_german_down_to_the_clock():
    items = composed("uk", data=letter())
    assert said(items, "office.hours") == "Mo, Mi 8–16 · Di, Do 8–17:30 Fr 8–12 Uhr"


def test_farsi_letters_of_papers_and_hours_stay_apart():
    translated = {
        "about": "پرسش‌های شما",
        "papers": ["نامه‌هایی که درباره آن‌ها پرسش دارید"],
        "hours": ["سه‌شنبه 08:00–16:00"],
    }
    items = composed("fa", data=letter(translated=translated))
    assert said(items, "about") == "پرسش‌های شما"
    assert said(items, "papers").endswith("نامه‌هایی که درباره آن‌ها پرسش دارید")
    assert said(items, "office.hours").startswith("سه‌شنبه 08:00–16:00")


@pytest.mark.parametrize(
    ("language", "week"),
    [
        ("ar", "الاثنين، الثلاثاء، الأربعاء، الخميس، الجمعة 08:00–12:00، 13:00–17:30"),
        ("fa", "دوشنبه، سه‌شنبه، چهارشنبه، پنجشنبه، جمعه 08:00–12:00، 13:00–17:30"),
        ("ru", "понедельник, вторник, среда, четверг, пятница 08:00–12:00, 13:00–17:30"),
    ],
)
def test_hours_longer_than_a_line_break_between_words(language, week):
    translated = {"about": "", "papers": [], "hours": [week]}
    items = placed(composed(language, data=letter(translated=translated)), "office.hours")
    with pypdfium2.PdfDocument(drawn([items], title="", author="")) as document:
        shown = document[0].get_textpage().get_text_range()
    assert len(shown.splitlines()) > 1
    days = set(re.findall(r"[^\W\d]+", week.replace("\u200c", "")))
    assert len(days) == 5
    assert days <= set(re.findall(r"[^\W\d]+", shown.replace("\u200c", "")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_the_hours_ends_or_begins_with_what_stands_between_two(language):
    weeks = [["Mo, Mi 8–16", "Di, Do 8–17:30", "Fr 8–12"], [f"{d} 8–12" for d in "ABCDEFG"]]
    if language in ("ar", "fa"):
        days = ["الاثنين، الأربعاء 8–16", "الثلاثاء، الخميس 8–17:30", "الجمعة 8–12"]
        weeks += [days, [days[2]] * 5]
    for week in weeks:
        translated = {"about": "", "papers": [], "hours": week}
        items = composed(language, data=letter(translated=translated))
        with pypdfium2.PdfDocument(
            drawn([placed(items, "office.hours")], title="", author="")
        ) as document:
            shown = document[0].get_textpage().get_text_range().splitlines()
        assert shown
        assert not [line for line in shown if line.strip()[:1] == "·" or line.strip()[-1:] == "·"]
        assert sum(line.count("·") for line in shown) >= len(week) - len(shown)


def test_the_word_for_the_clock_goes_whole_into_the_next_line():
    translated = {"about": "", "papers": [], "hours": ["الثلاثاء، الخميس 08:00–17:30"]}
    [hours] = placed(composed("ar", data=letter(translated=translated)), "office.hours")
    assert isinstance(hours, shaping.Shaped)
    clock = texts.shipped_blocks(PROPOSAL, "ar")["contact_clock"]
    assert len(hours.lines) == 2
    assert {piece.text for piece in hours.lines[1].pieces} - {"\u00a0"} == set(clock.split())


def test_an_office_without_hours_or_mail_has_no_empty_lines():
    items = composed("en", data=letter(office={"hours": [], "email": ""}))
    assert said(items, "office.hours") == ""
    assert said(items, "contact_mail") == ""
    assert "03943 58-3000" in said(items, "contact_phone")


# --- people -----------------------------------------------------------------------------------


def test_a_representative_is_not_greeted_by_the_name_of_the_client():
    represented = letter(client={"represented": True})
    greeted = said(composed("en", data=letter()), "salutation")
    assert "Marlies Kuhn" in greeted
    assert "Marlies Kuhn" not in said(composed("en", data=represented), "salutation")
    assert "Marlies Kuhn" in said(composed("en", data=represented), "subject")


def test_markup_in_a_name_is_text():
    items = composed("ar", data=letter(client={"name": "A & <b>B</b>"}))
    assert "A & <b>B</b>" in said(items, "salutation")
    items = composed("en", data=letter(client={"name": "A & <b>B</b>"}))
    assert "A & <b>B</b>" in said(items, "salutation")


@pytest.mark.parametrize("language", ["en", "uk", "ar"])
def test_an_arabic_name_with_marks_of_direction_is_set_in_every_language(language):
    items = composed(language, data=letter(client={"name": "\u200fمحمد\u202e الأحمد\u200f"}))
    page.require_glyphs(items)
    assert "محمد الأحمد" in said(items, "salutation")
    assert all(isinstance(item, shaping.Shaped) for item in placed(items, "salutation"))


def test_a_character_no_font_has_is_named_with_its_place():
    items = composed("ar", data=letter(client={"name": "中"}))
    with pytest.raises(Refused) as refused:
        page.require_glyphs(items)
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == ("unprintable_character", "salutation")
    assert "U+4E2D" in problem.params["character"]


# --- layout -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_a_language_from_right_to_left_is_the_mirror_image(language):
    items = composed(language)
    latin = composed("en")
    bars = [item for item in items if isinstance(item, page.Frame) and item.filled]
    latin_bars = [item for item in latin if isinstance(item, page.Frame) and item.filled]
    assert {round(bar.x + bar.width, 1) for bar in bars} == {TEXT_RIGHT}
    assert min(bar.x for bar in latin_bars) == MARGIN_LEFT
    [title] = placed(items, "translation_title")
    assert isinstance(title, shaping.Shaped)
    assert title.right_aligned
    assert title.x + title.width == pytest.approx(TEXT_RIGHT)
    bullet, entry = placed(items, BULLET)[0], placed(items, "papers")[0]
    assert bullet.content == "•"
    assert bullet.x >= entry.x + entry.width


def test_the_german_words_of_the_slip_stand_beside_what_they_mean():
    items = composed("en")
    assert said(items, "slip_fits").startswith("Der Termin passt. Bitte rufen Sie mich an.")
    meant = markup.plain(texts.shipped_blocks(PROPOSAL, "en")["slip_fits"])
    assert said(items, "slip_fits").endswith(meant)
    german_row, english_row = placed(items, "slip_fits")
    assert german_row.top == english_row.top


def test_a_row_the_german_slip_lacks_is_not_explained():
    assert said(composed("en", LetterKind.CANCELLATION), "slip_fits") == ""


def test_where_the_slip_is_overleaf_the_page_says_so():
    blocks = texts.shipped_blocks(PROPOSAL, "en")
    assert said(composed("en", second_page=True), "contact_post").endswith(
        blocks["contact_slip.second_page"]
    )
    assert said(composed("en"), "contact_post").endswith(blocks["contact_slip"])


def test_a_specimen_says_so_in_german():
    for language in ("en", "ar"):
        assert said(composed(language, specimen=True), "specimen") == "Muster"
        assert said(composed(language), "specimen") == ""


def test_a_long_text_is_set_smaller_and_one_too_long_is_refused():
    def size(times: int) -> float:
        items = composed("ar", blocks={"about.no_about": "نص طويل جدا " * times}, data=letter())
        return placed(items, "about")[0].size

    assert size(5) == 10.5
    assert 9.0 <= size(60) < 10.5
    with pytest.raises(Refused) as refused:
        size(1000)
    problem = refused.value.problems[0]
    assert (problem.code, problem.where) == ("letter_too_long", "translation")
    assert problem.params["over"] > 0


def test_a_notice_too_long_for_its_place_is_refused():
    with pytest.raises(Refused) as refused:
        composed("en", blocks={"binding": "Only the German letter is binding. " * 30})
    assert refused.value.problems[0].code == "text_does_not_fit"
    assert refused.value.problems[0].where == "binding"


def test_a_block_the_page_needs_and_the_translation_lacks_is_named():
    data = dummies.dummy(PROPOSAL, hard=False)
    text = translation("en")
    lacking = {name: said for name, said in text.blocks.items() if name != "slip_explained"}
    with pytest.raises(Refused) as refused:
        courtesy.compose(
            replace(text, blocks=lacking), data, sheet("B", "DL"), wording(PROPOSAL, data)
        )
    problem = refused.value.problems[0]
    assert (problem.code, problem.params) == ("block_missing", {"name": "slip_explained"})


def test_an_unknown_placeholder_in_a_translation_is_named():
    with pytest.raises(Refused) as refused:
        composed("ar", blocks={"intro": "{termni}", "intro.no_attempts": "{termni}"})
    assert refused.value.problems[0].code == "placeholder_unknown"


def test_values_are_isolated_and_nothing_of_that_is_printed():
    filled = foreign.filled(translation("ar"), letter())
    assert f"{bidi.LEFT_TO_RIGHT}0176\u00a004069118" in filled["box_line"]
    for item in composed("en", data=letter()):
        assert bidi.without_controls(getattr(item, "content", "")) == getattr(item, "content", "")


def test_fonts_of_the_page_have_all_that_the_shipped_translations_say():
    for language in LANGUAGES:
        for kind in TRANSLATED:
            for text in texts.shipped_blocks(kind, language).values():
                bare = bidi.without_controls(markup.plain(text)).replace("\u200c", "")
                assert fonts.missing(bare, arabic=True) == ""


# --- the whole letter -------------------------------------------------------------------------


def source(language: str, data: LetterData) -> LetterSource:
    return LetterSource(
        PROPOSAL,
        texts.shipped_blocks(PROPOSAL),
        storable(data),
        translation=translation(language),
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("form", "envelope"), list(itertools.product(FORMS, ENVELOPES)))
def test_a_letter_with_its_translation_passes_the_window_check(language, form, envelope):
    data = dummies.dummy(PROPOSAL, hard=False)
    data["form"], data["envelope"] = form, envelope
    rendered = Renderer(invariant=True).render(source(language, data))
    assert rendered.pages == 2
    assert rendered.violations == ()


def test_a_screen_reader_is_told_an_arabic_page_in_the_order_of_reading():
    archived = Renderer(invariant=True).archived(source("ar", dummies.dummy(PROPOSAL, hard=False)))
    with pikepdf.open(io.BytesIO(archived)) as pdf:
        elements = list(pdf.Root.StructTreeRoot.K.K)
        told = [plain(str(each.ActualText)) for each in elements if "/ActualText" in each]
    assert "ترجمة إلى اللغة العربية" in told
    assert any(text.startswith("الثلاثاء، 13 أبريل 2021، 10:15") for text in told)
    assert not any(bidi.without_controls(text) != text for text in told)


def test_a_name_in_arabic_letters_is_refused_on_the_german_page_by_name_of_the_letter():
    data = letter(
        client={"name": "محمد"}, recipient_lines=["محمد", "Lindenweg 7", "38820 Halberstadt"]
    )
    with pytest.raises(Refused) as refused:
        Renderer(invariant=True).render(source("ar", data))
    problem = refused.value.problems[0]
    assert problem.code == "unprintable_character"
    assert "م (U+0645)" in problem.params["character"]


def test_marks_of_direction_in_a_name_do_not_keep_a_letter_from_being_made():
    name = "\u200eMarlies\u200f Kuhn\u2069"
    data = letter(client={"name": name}, recipient_lines=[name, "Lindenweg 7", "38820 Halberstadt"])
    for language in ("ar", "pl"):
        assert Renderer(invariant=True).render(source(language, data)).violations == ()
