"""What is broken about a letter's wording, data or fonts: a message that says what and what to do,
and a batch that goes on with the others."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.i18n import activate
from koba_desktop.i18n.messages import describe
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.typesetting import arabic_font, fonts, setting, shaping
from koba_desktop.paths import resource_root
from koba_desktop.services.ports import CourtesyText, LetterSource, RenderedBatch
from tests.unit.letter_samples import letter

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
SHIPPED = resource_root() / "fonts"


def source(name: str = "Marlies Kuhn", language: str = "", **changes: Any) -> LetterSource:
    data = letter(recipient_lines=["Frau", name, "Lindenweg 7", "38820 Halberstadt"], **changes)
    translation = None
    if language:
        translation = CourtesyText(language, texts.shipped_blocks(PROPOSAL, language))
    return LetterSource(PROPOSAL, texts.shipped_blocks(PROPOSAL), data, translation=translation)


def reworded(said: LetterSource, **blocks: str | None) -> LetterSource:
    """With other blocks; None takes one out."""
    mixed = {**said.blocks, **blocks}
    return replace(said, blocks={name: text for name, text in mixed.items() if text is not None})


def among_others(broken: LetterSource) -> RenderedBatch:
    """A batch in which everything else is right."""
    letters = [source(f"Kuhn {number}") for number in range(9)]
    letters.insert(4, broken)
    batch = Renderer().render_batch(letters)
    assert [one.pages for one in batch.letters] == [1, 1, 1, 1, 0, 1, 1, 1, 1, 1]
    assert not any(one.error for number, one in enumerate(batch.letters) if number != 4)
    assert batch.pdf.startswith(b"%PDF")
    return batch


BROKEN: dict[str, tuple[Callable[[LetterSource], LetterSource], str, str]] = {
    "unknown placeholder": (
        lambda s: reworded(s, intro="{versuhce} haben wir angerufen."),
        "placeholder_unknown",
        "Unknown placeholder {versuhce}. Did you mean {versuche}?",
    ),
    "placeholder of another kind": (
        lambda s: reworded(s, intro="Kommen Sie mit {begleitung}."),
        "placeholder_missing",
        "There is no value for the placeholder {begleitung}.",
    ),
    "block taken out": (
        lambda s: reworded(s, change_heading=None),
        "block_missing",
        "The wording of the letter lacks the text block “change_heading”.",
    ),
    "tag never closed": (
        lambda s: reworded(s, intro="<b>Wir rufen an."),
        "markup_not_closed",
        "“<b>” is not closed properly in the wording of the letter.",
    ),
    "tag that opens files": (
        lambda s: reworded(s, intro='<img src="/etc/passwd"/>'),
        "markup_not_allowed",
        "is not allowed",
    ),
    "sign of another script": (
        lambda s: reworded(s, intro="龍"),
        "unprintable_character",
        "龍 (U+9F8D)",
    ),
    "no end of a block": (
        lambda s: reworded(s, intro="Wir rufen Sie an, weil es sein muss. " * 400),
        "letter_too_long",
        "too long",
    ),
    "appointment lost": (
        lambda s: replace(s, data={**s.data, "appointment": None}),
        "letter_data_missing",
        "The letter has no appointment to announce. Make a new letter.",
    ),
    "data damaged": (
        lambda s: replace(s, data={**s.data, "made_on": "yesterday"}),
        "render_failed",
        "The letter could not be laid out. Tell your administrator.",
    ),
    "office lost": (
        lambda s: replace(s, data={k: v for k, v in s.data.items() if k != "office"}),
        "render_failed",
        "The letter could not be laid out. Tell your administrator.",
    ),
    "form of no table": (
        lambda s: replace(s, data={**s.data, "form": "C"}),
        "render_failed",
        "The letter could not be laid out. Tell your administrator.",
    ),
}


@pytest.mark.parametrize(("breaking", "code", "said"), BROKEN.values(), ids=BROKEN)
def test_one_broken_letter_is_named_and_stops_no_other(
    breaking: Callable[[LetterSource], LetterSource], code: str, said: str
) -> None:
    activate("en")
    error = among_others(breaking(source())).letters[4].error
    assert error is not None
    assert error.code == code
    assert said in describe(error)


def test_a_translation_with_an_unknown_placeholder_stops_no_other() -> None:
    broken = source(language="pl")
    assert broken.translation
    blocks = {**broken.translation.blocks, "intro": "{versuhce}"}
    broken = replace(broken, translation=replace(broken.translation, blocks=blocks))
    error = among_others(broken).letters[4].error
    assert error is not None
    assert (error.code, error.problems[0].where) == ("placeholder_unknown", "intro")


# --- fonts --------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped fonts, to be broken, as the program finds them at its start."""
    copied = tmp_path / "fonts"
    copied.mkdir()
    for file in SHIPPED.glob("*.ttf"):
        (copied / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(fonts, "resource_root", lambda: tmp_path)
    forgotten = [
        known
        for module in (arabic_font, fonts, setting, shaping)
        for known in vars(module).values()
        if hasattr(known, "cache_clear")
    ]
    for known in forgotten:
        known.cache_clear()
    yield copied
    for known in forgotten:
        known.cache_clear()


def refused_for_a_font(make: Callable[[], object]) -> OfficeError:
    with pytest.raises(Unavailable, match="font_missing") as refused:
        make()
    return refused.value


LATIN = ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf"]


@pytest.mark.parametrize("file", LATIN)
def test_without_a_font_no_letter_is_made_and_the_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    activate("en")
    for make in (
        lambda: Renderer().render(source()),
        lambda: Renderer().render_batch([source()]),
        lambda: Renderer().archived(source()),
    ):
        said = describe(refused_for_a_font(make))
        assert said == (
            f"The font file {file} is missing or damaged, so this letter cannot be laid out. "
            "Install the program again or tell your administrator."
        )


def test_once_the_file_is_there_again_letters_are_made(folder: Path) -> None:
    (folder / LATIN[0]).rename(folder / "away")
    refused_for_a_font(lambda: Renderer().render(source()))
    (folder / "away").rename(folder / LATIN[0])
    assert not Renderer().render(source()).violations


def test_without_the_arabic_font_only_letters_in_that_script_are_left_out(folder: Path) -> None:
    (folder / "NotoSansArabic-Bold.ttf").unlink()
    letters = [source("Eva Lenz"), source("Ali Aydin", "ar"), source("Jan Arndt", "pl")]
    batch = Renderer().render_batch(letters)
    assert [one.pages for one in batch.letters] == [1, 0, 2]
    error = batch.letters[1].error
    assert error is not None
    assert error.problems[0].params == {"file": "NotoSansArabic-Bold.ttf"}


def cut(file: bytes, random: Random) -> bytes:
    return file[: random.randrange(len(file))]


def one_byte_other(file: bytes, random: Random) -> bytes:
    at = random.randrange(len(file))
    return file[:at] + bytes([file[at] ^ (1 << random.randrange(8))]) + file[at + 1 :]


def zeros(file: bytes, random: Random) -> bytes:
    """As a disk that fails leaves a block."""
    at = random.randrange(len(file))
    return file[:at] + bytes(min(4096, len(file) - at)) + file[at + 4096 :]


@pytest.mark.parametrize("damage", [cut, one_byte_other, zeros])
def test_a_damaged_font_is_found_before_anything_is_set_in_it(
    folder: Path, damage: Callable[[bytes, Random], bytes]
) -> None:
    random = Random(3)
    for _each in range(12):
        file = random.choice(LATIN)
        whole = (SHIPPED / file).read_bytes()
        damaged = damage(whole, random)
        (folder / file).write_bytes(damaged)
        if damaged != whole:
            error = refused_for_a_font(lambda: Renderer().render(source()))
            assert error.problems[0].params == {"file": file}
        (folder / file).write_bytes(whole)
        fonts.load.cache_clear()
