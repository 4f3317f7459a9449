"""Every letter as it is shipped: each kind, variant and language, with easy and with the hardest
data, read back by a second reader and held against the table of DIN 5008; codes as a scanner sees
them.

With ``--full-letters`` in every case its wording has versions for, on every sheet (a quarter of an
hour); without, each with the hardest data and the German ones with easy data, too, on sheets in
turns.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
import zxingcpp

from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.dummies import dummy
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.letter.wording_desk import cases
from koba_desktop.services.letters.data import storable
from koba_desktop.services.letters.kinds import NAMES_A_TIME
from koba_desktop.services.ports import CourtesyText, LetterSource
from tests.unit.letter_reading import ALWAYS, MARKS, MM, Char, Page, faults, read
from tests.unit.test_letters_codes import copied

GERMAN = "de"
SHEETS = [(form, envelope) for form in MARKS for envelope in ALWAYS]
SHIPPED = [(kind, language, variant) for kind, language, variant, _ in texts.shipped_templates()]
of_every_wording = pytest.mark.parametrize(("kind", "language", "variant"), SHIPPED)


def letter(
    kind: LetterKind,
    language: str,
    variant: str,
    *,
    hard: bool,
    sheet: tuple[str, str],
    case: frozenset[str] = frozenset(),
) -> LetterSource:
    """As it is shipped; a translation stands behind its German letter."""
    data = storable(dummy(kind, case, hard=hard))
    data |= {"form": sheet[0], "envelope": sheet[1]}
    blocks = texts.shipped_blocks(kind, language, variant)
    if language == GERMAN:
        return LetterSource(kind, blocks, data, variant)
    courtesy = CourtesyText(language, blocks)
    return LetterSource(kind, texts.shipped_blocks(kind), data, translation=courtesy)


def letters(kind: LetterKind, language: str, variant: str, *, full: bool) -> Iterator[LetterSource]:
    place = SHIPPED.index((kind, language, variant))
    if not full:
        for hard in (True, False) if language == GERMAN else (True,):
            sheet = SHEETS[(place + hard) % len(SHEETS)]
            yield letter(kind, language, variant, hard=hard, sheet=sheet)
        return
    for case in cases(kind, texts.shipped_blocks(kind, language, variant)):
        for hard in (False, True):
            for sheet in SHEETS:
                yield letter(kind, language, variant, hard=hard, sheet=sheet, case=case)


@of_every_wording
def test_it_is_right_to_the_millimetre(
    kind: LetterKind, language: str, variant: str, pytestconfig: pytest.Config
) -> None:
    full = pytestconfig.getoption("--full-letters")
    for source in letters(kind, language, variant, full=full):
        rendered = Renderer().render(source)
        assert rendered.violations == ()
        data = source.data
        window = [data["office"]["return_line"], *data["recipient_lines"]]
        pages = read(rendered.pdf)
        assert len(pages) == rendered.pages
        assert faults(pages, data["form"], data["envelope"], window) == []


@pytest.mark.parametrize("variant", list(LetterVariant))
@pytest.mark.parametrize("kind", list(LetterKind))
def test_its_codes_are_read_from_a_copy_that_lies_askew(
    kind: LetterKind, variant: str, pytestconfig: pytest.Config
) -> None:
    full = pytestconfig.getoption("--full-letters")
    hard, *others = letters(kind, GERMAN, variant, full=full)
    for source in (hard, *others) if full else (hard,):
        rendered = Renderer().render(source)
        found = [
            (code.format, code.text)
            for page in range(rendered.pages)
            for code in zxingcpp.read_barcodes(copied(rendered.pdf, 3.0 - 6.0 * (page % 2), page))
        ]
        numbers = [text for kind, text in found if kind == zxingcpp.BarcodeFormat.DataMatrix]
        calendars = [text for kind, text in found if kind == zxingcpp.BarcodeFormat.QRCode]
        reference = source.data["reference"]
        assert numbers == ([reference] * 2 if reference else [])
        assert len(calendars) == (kind in NAMES_A_TIME)
        for calendar in calendars:
            assert {f"UID:{reference}", "DTSTART:20210413T081500Z"} <= set(calendar.splitlines())


# --- the second reader finds what is wrong ------------------------------------------------------


def moved(char: Char, dx: float = 0.0, dy: float = 0.0) -> Char:
    return replace(char, x0=char.x0 + dx, x1=char.x1 + dx, baseline=char.baseline + dy)


def changed(page: Page, size: float, change: Callable[[Char], Char | None]) -> Page:
    """With another character in the place of each one of a size (points), None for none."""
    chars = (change(char) if abs(char.size / MM - size) < 0.1 else char for char in page.chars)
    return replace(page, chars=tuple(filter(None, chars)))


def with_char(page: Page, x: float, baseline: float) -> Page:
    return replace(page, chars=(*page.chars, Char("x", x, x + 2, baseline, 10 * MM)))


ADDRESS_SIZE, SUBJECT_SIZE, INFO_SIZE = 10.5, 13.0, 9.2
WRONG: dict[str, Callable[[Page], Page]] = {
    "begins at": lambda page: changed(page, ADDRESS_SIZE, lambda char: moved(char, dx=0.3)),
    "may be hidden": lambda page: changed(page, ADDRESS_SIZE, lambda char: moved(char, dy=12.0)),
    "the window shows": lambda page: with_char(page, 104, 70),
    "drawn in the window": lambda page: replace(page, frames=(*page.frames, (90, 60, 99, 70))),
    "is outside the margins": lambda page: with_char(page, 189, 150),
    "marks at": lambda page: replace(
        page, rules=tuple(r for r in page.rules if abs(r[1] - 105) > 1)
    ),
    "the subject begins": lambda page: changed(page, SUBJECT_SIZE, lambda c: moved(c, dy=0.3)),
    "the information block": lambda page: changed(page, INFO_SIZE, lambda c: moved(c, dx=0.3)),
    "lies on": lambda page: with_char(page, page.chars[-1].x0, page.chars[-1].baseline - 0.5),
    "is too near a code": lambda page: with_char(page, page.codes[-1][0] - 2.2, 230),
    "is struck through": lambda page: replace(
        page,
        rules=(*page.rules, (25, page.chars[-1].baseline - 1, 190, page.chars[-1].baseline - 1)),
    ),
}


@pytest.fixture(scope="module")
def right() -> tuple[Page, list[str]]:
    """A letter in order, with what its window shows."""
    source = letter(
        LetterKind.TELEPHONE_PROPOSAL, GERMAN, "standard", hard=False, sheet=("B", "DL")
    )
    (page,) = read(Renderer().render(source).pdf)
    window = [source.data["office"]["return_line"], *source.data["recipient_lines"]]
    assert faults([page], "B", "DL", window) == []
    return page, window


@pytest.mark.parametrize("said", WRONG)
def test_the_second_reader_finds_it(said: str, right: tuple[Page, list[str]]) -> None:
    page, window = right
    found = faults([WRONG[said](page)], "B", "DL", window)
    assert any(said in fault for fault in found), found


def test_the_second_reader_looks_at_the_window_of_every_page(
    right: tuple[Page, list[str]],
) -> None:
    page, window = right
    behind = with_char(Page((), (), (), ()), 104, 70)
    assert "page 2: the window shows ['x']" in faults([page, behind], "B", "DL", window)
