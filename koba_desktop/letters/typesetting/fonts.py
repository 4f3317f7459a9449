"""The fonts letters are set in, and which characters they have.

Noto Sans sets Latin, Greek and Cyrillic. Noto Sans Arabic is loaded only once a text has Arabic
letters; the faces of other scripts only for names on lists, which are printed as they are written.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any

from koba_desktop.domain.errors import Problem, Unavailable
from koba_desktop.letters.typesetting.arabic_font import arabic_font
from koba_desktop.letters.typesetting.geometry import POINTS_PER_MM
from koba_desktop.paths import resource_root

REGULAR = "NotoSans"
BOLD = "NotoSans-Bold"
ITALIC = "NotoSans-Italic"
ARABIC = "NotoSansArabic"
ARABIC_BOLD = "NotoSansArabic-Bold"
ARMENIAN = "NotoSansArmenian"
ARMENIAN_BOLD = "NotoSansArmenian-Bold"
GEORGIAN = "NotoSansGeorgian"
GEORGIAN_BOLD = "NotoSansGeorgian-Bold"
_FILES = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    ITALIC: "NotoSans-Italic.ttf",
}
_ARABIC_FILES = {
    ARABIC: "NotoSansArabic-Regular.ttf",
    ARABIC_BOLD: "NotoSansArabic-Bold.ttf",
}
_MORE_FILES = {
    ARMENIAN: "NotoSansArmenian-Regular.ttf",
    ARMENIAN_BOLD: "NotoSansArmenian-Bold.ttf",
    GEORGIAN: "NotoSansGeorgian-Regular.ttf",
    GEORGIAN_BOLD: "NotoSansGeorgian-Bold.ttf",
}
_SETS = ((ARABIC, ARABIC_BOLD), (ARMENIAN, ARMENIAN_BOLD), (GEORGIAN, GEORGIAN_BOLD))
"""Regular and bold of each script that the letter font lacks, in the order they are asked."""
_SHA256 = {
    REGULAR: "89c3c497f618fdaa0b2d1e98fef93582f28c71debd2c4a8cdf41f190ced2909d",
    BOLD: "e83493c945848ecd4a9ad0f6d19164541a0d3e23a9c952304a00a46e00272ac5",
    ITALIC: "5d7618dda819443fd07301c84adcee9fe8960c873ea5e5e1f0f59db384b78082",
    ARABIC: "504d7407d86875acf7d04dfaa0fd7524d0b8797723bc4aa18022f29db25b0b6e",
    ARABIC_BOLD: "ded6fc7359ca36d15d7aab9ef0c066e21ce48b26a069994d6602fa2cb9a1b952",
    ARMENIAN: "9636c32c121f4fc1fc6963dfad60ea32c41889507118a46f83a818eacf40348e",
    ARMENIAN_BOLD: "a0f398d0205f0b96d6637ac66d92e6e42b230f8ed3853a050d0aa5792eb9b7f7",
    GEORGIAN: "ba75f2154fef9beac8439f94c631dc37ef9c708d32f9254bb019afdfa9aa3138",
    GEORGIAN_BOLD: "2cee22513f5c94b5577fe1a91df94836dc9825ac78e5b3a9f3c49d1f038a5f11",
}
"""Of the faces' files as they are shipped: a damaged one may look whole until a letter is saved."""

JOINERS = "\u200c\u200d"
"""They keep letters apart or together, and have no shape."""

ACCENTS = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
"""Marks that are put on the letter before them, as a class of a regular expression."""
# No letter has more than two accents that no character has for itself, and none stands on nothing.
_STRAY = re.compile(f"(?:^|(?<=\\s))[{ACCENTS}]|(?<=[{ACCENTS}]{{2}})[{ACCENTS}]")
# What nobody sees: controls (Cc), characters that only say how others are set (Cf), and others that
# Unicode calls ignorable (Default_Ignorable_Code_Point).
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


@cache
def load() -> None:
    """Read the font files (some 30 ms, once in a process). Raises Unavailable ``font_missing``."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    _register(_FILES, TTFont)
    pdfmetrics.registerFontFamily(
        REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD
    )


@cache
def load_arabic() -> None:
    """Read the Arabic faces too. Raises Unavailable ``font_missing``."""
    load()
    _register(_ARABIC_FILES, arabic_font)


@cache
def load_more() -> None:
    """Read the faces of every script. Raises Unavailable ``font_missing``."""
    from reportlab.pdfbase.ttfonts import TTFont

    load_arabic()
    _register(_MORE_FILES, TTFont)


@lru_cache(maxsize=16_384)
def text_width(text: str, font: str, size: float) -> float:
    """Width in mm of a text set in ``size`` points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    load()
    return float(stringWidth(text, font, size) / POINTS_PER_MM)


def tidy(text: str) -> str:
    """One line as it can be set: composed characters, single spaces, nothing invisible."""
    spaced = " ".join(text.split())
    if spaced.isascii() and spaced.isprintable():
        return spaced
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", spaced)).split())


def missing(text: str, *, arabic: bool = False) -> str:
    """The characters of a text that the letter font lacks, each once, in order; ``arabic`` where
    the text may be set in the Arabic font as well. Accents that belong to no letter, or heaped on
    one, are among them."""
    glyphs = glyphs_of(arabic=arabic)
    absent = [ch for ch in text if ord(ch) not in glyphs and ch != "\n"]
    if not text.isascii():
        absent += _STRAY.findall(text)
    return "".join(dict.fromkeys(absent))


def face_of(ch: str, *, bold: bool = False) -> str | None:
    """The first face that has a character; None where none has it."""
    if ord(ch) in glyphs_of():
        return BOLD if bold else REGULAR
    load_arabic()
    if ord(ch) not in _of_set(_SETS[0]):
        load_more()
    for names in _SETS:
        if ord(ch) in _of_set(names):
            return names[int(bold)]
    return None


@lru_cache(maxsize=16_384)
def missing_everywhere(text: str) -> str:
    """As ``missing``, of all faces there are: what no list can show."""
    letters = glyphs_of()
    return "".join(
        ch
        for ch in missing(text)
        if ch not in JOINERS and (ord(ch) in letters or face_of(ch) is None)
    )


@lru_cache(maxsize=16_384)
def unprintable(text: str, where: str, *, arabic: bool = False) -> Problem | None:
    """What to say about a text that cannot be printed; None where every glyph is there.

    A glyph that is missing would otherwise vanish without a word.
    """
    absent = missing(text, arabic=arabic)
    if not absent:
        return None
    named = " ".join(
        f"{ch} (U+{ord(ch):04X})" if ch.isprintable() else f"U+{ord(ch):04X}" for ch in absent
    )
    return Problem("unprintable_character", {"character": named, "text": text}, where)


@cache
def glyphs_of(*, arabic: bool = False) -> frozenset[int]:
    """Code points that all faces of the letter font have; with ``arabic`` those of either font.

    To be asked before anything is shaped: ReportLab enters glyphs without a code point of their
    own as private ones.
    """
    load()
    if not arabic:
        return _common(_FILES)
    latin = glyphs_of()
    load_arabic()
    return latin | _common(_ARABIC_FILES)


@cache
def _of_set(names: tuple[str, str]) -> frozenset[int]:
    """The code points of the faces of a script, which are loaded."""
    return _common(names)


def _common(names: Iterable[str]) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    faces = [pdfmetrics.getFont(name).face.charToGlyph for name in names]
    return frozenset(faces[0]).intersection(*faces[1:])


def _register(files: dict[str, str], embedded: Callable[[str, str], Any]) -> None:
    from reportlab.pdfbase import pdfmetrics

    for name, file in files.items():
        path = resource_root() / "fonts" / file
        try:
            whole = sha256(path.read_bytes()).hexdigest() == _SHA256[name]
        except OSError:
            whole = False
        if not whole:
            raise Unavailable("font_missing", file=file)
        pdfmetrics.registerFont(embedded(name, str(path)))
