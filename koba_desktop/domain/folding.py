"""Finding people however their names are written: folded and reduced spelling, phonetics.

``search_text`` is what the database keeps for a client, ``query_words`` what somebody typed. A
client is found if every word is contained in the text.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ı": "i",
        "ł": "l",
        "ø": "oe",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
    }
)
_WORD = re.compile(r"[^\W_]+")
_UMLAUT = re.compile(r"([aou])e")
_NO_DIGIT = re.compile(r"\D")
_DATE = re.compile(r"(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def fold(text: str) -> str:
    """Lower case, ß as ss, umlauts as ae, oe, ue, other accents dropped; words of letters (of any
    script) and digits with single blanks between."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", text).lower().replace("i̇", "i").translate(_LETTERS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
        plain = plain.translate(_LETTERS)  # an ø with an accent has lost it only now
    return " ".join(_WORD.findall(plain))


def reduced(folded: str) -> str:
    """The short form in which Müller, Mueller and Muller, or Groß, Gross and Gros, meet."""
    return _UMLAUT.sub(r"\1", folded).replace("ss", "s")


def search_text(
    *,
    names: Iterable[str],
    numbers: Iterable[str] = (),
    phones: Iterable[str] = (),
    birth_date: date | None = None,
) -> str:
    """What a client is found by: names (family, given, former …), numbers (Kundennummer,
    Bedarfsgemeinschaft), phones (as typed and E.164) and the birth date."""
    names, numbers = list(names), list(numbers)
    folded = fold(" ".join(names))
    short = reduced(folded)
    parts = [folded] if folded == short else [folded, short]
    for number in numbers:
        parts.append(fold(number))
        if (compact := parts[-1].replace(" ", "")) != parts[-1]:
            parts.append(compact)
    if birth_date is not None:
        parts.append(_date_word(birth_date.day, birth_date.month, birth_date.year))
    parts.extend(digits for phone in phones if (digits := _digits(phone)))
    return " | ".join(dict.fromkeys(part for part in parts if part))


def query_words(text: str) -> tuple[str, ...]:
    """The words to look for; each must be contained in the search text.

    Dates ("14.7.1979", "1979-07-14") become the eight digits the search text holds, phone numbers
    and numbers with separators their digits, names their reduced form.
    """
    words: list[str] = []
    for typed in text.split():
        if found := _DATE.fullmatch(typed):
            words.append(_date_word(int(found[1]), int(found[2]), int(found[3])))
        elif found := _ISO_DATE.fullmatch(typed):
            words.append(_date_word(int(found[3]), int(found[2]), int(found[1])))
        elif any(c.isdigit() for c in typed) and not any(c.isalpha() for c in typed):
            words.append(_digits(typed))
        else:
            words.extend(reduced(word) for word in fold(typed).split())
    return tuple(dict.fromkeys(word for word in words if word))


def phonetic(text: str) -> str:
    """Kölner Phonetik (Postel 1969), one code a word: Meyer, Maier and Mayr are all "67"."""
    return " ".join(code for word in fold(text).split() if (code := _cologne(word)))


def _date_word(day: int, month: int, year: int) -> str:
    return f"{day:02}{month:02}{year:04}"


def _digits(typed: str) -> str:
    """The digits of a number, without the international prefix's zeros."""
    digits = _NO_DIGIT.sub("", typed)
    return digits[2:] if digits.startswith("00") else digits


def _cologne(word: str) -> str:
    codes: list[str] = []
    for i, letter in enumerate(word):
        before = word[i - 1] if i else ""
        after = word[i + 1] if i + 1 < len(word) else ""
        codes.append(_cologne_code(letter, before, after))
    squeezed = re.sub(r"(.)\1+", r"\1", "".join(codes))
    return squeezed[:1] + squeezed[1:].replace("0", "")


def _cologne_code(letter: str, before: str, after: str) -> str:
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter == "c":
        if before and before in "sz":
            return "8"
        hard = "ahkoqux" if before else "ahkloqrux"
        return "4" if after and after in hard else "8"
    for letters, code in _COLOGNE:
        if letter in letters:
            return code
    return ""


_COLOGNE = (
    ("aeijouy", "0"),
    ("b", "1"),
    ("fvw", "3"),
    ("gkq", "4"),
    ("l", "5"),
    ("mn", "6"),
    ("r", "7"),
    ("sz", "8"),
)
