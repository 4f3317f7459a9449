"""Fitting the address and the return line into the envelope's window (DIN 5008, DIN 680)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.letters.typesetting import fonts
from koba_desktop.letters.typesetting.geometry import Sheet

_USUAL = (10.5, 10.0)  # points: DIN 5008 has 10 to 12
_SMALLER = (9.5, 9.0)
_SMALLEST = (*_SMALLER, 8.5, 8.0)
_PITCH = 27.3 / 6  # mm: six lines fill the address zone
_ZONE_LINES = 6
_MOST_LINES = 9  # with the three of the remarks zone
_NINE_LINES_SIZE = 9.0
_ASCENT = 0.75  # share of the pitch from a line's top to its base line
_ANYWHERE = re.compile(r"(?<=[ -])")
_WORDS = re.compile(r"(?<=-)|(?<=\D )(?!\d)")  # a number stays with the words beside it
_ROOM_ABOVE = 0.6  # mm the first line keeps from the edge of what is always visible

_RETURN_SIZES = (8.0, 7.5, 7.0, 6.5, 6.0)
_RETURN_GAP = 1.7  # mm from the return line's base line down to the address


@dataclass(frozen=True, slots=True)
class FittedAddress:
    """The address as it will be drawn. ``size`` in points; ``top`` and ``pitch`` in mm."""

    lines: tuple[str, ...]
    size: float
    top: float
    pitch: float

    def baseline(self, number: int) -> float:
        """Base line of the n-th line (from 0), mm from the sheet's top."""
        return self.top + (number + _ASCENT) * self.pitch


@dataclass(frozen=True, slots=True)
class FittedReturnLine:
    text: str
    size: float
    baseline: float


def fit(lines: Sequence[str], sheet: Sheet) -> FittedAddress:
    """Set an address as large as it fits, 10.5 to 8 points; break lines at spaces and hyphens.

    Up to six lines stand in the address zone, up to nine borrow from the remarks zone above. A
    line is rather broken than set below 10 points, and below that rather whole than larger.
    Raises Refused: ``address_missing``, ``unprintable_character``, ``address_does_not_fit`` with
    the line that is too long, or ``line`` "" where there are too many lines.
    """
    given = [tidied for line in lines if (tidied := fonts.tidy(line))]
    if not given:
        raise Refused(Problem("address_missing", where="recipient_lines"))
    if problems := [p for line in given if (p := fonts.unprintable(line, "recipient_lines"))]:
        raise Refused(*problems)
    width = sheet.address_zone.right - sheet.address_zone.left
    for sizes, breaking, most in (
        (_USUAL, False, _MOST_LINES),
        (_USUAL, True, _ZONE_LINES),
        (_USUAL, True, _MOST_LINES),
        (_SMALLER, False, _MOST_LINES),
        (_SMALLEST, True, _ZONE_LINES),
        (_SMALLEST, True, _MOST_LINES),
    ):
        for size in sizes:
            set_lines = _broken(given, size, width) if breaking else given
            fits = all(fonts.text_width(line, fonts.REGULAR, size) <= width for line in set_lines)
            if fits and len(set_lines) <= most and _readable(len(set_lines), size):
                return _placed(set_lines, size, sheet)
    least = _SMALLEST[-1]
    smallest = _broken(given, least, width)
    too_wide = [line for line in smallest if fonts.text_width(line, fonts.REGULAR, least) > width]
    raise Refused(
        Problem(
            "address_does_not_fit",
            {"line": too_wide[0] if too_wide else "", "lines": len(smallest), "most": _MOST_LINES},
            "recipient_lines",
        )
    )


def fit_return_line(text: str, address: FittedAddress, sheet: Sheet) -> FittedReturnLine:
    """The return line right above the address, 8 points, 6 at least.

    Raises Refused: ``unprintable_character``, ``return_line_does_not_fit``.
    """
    line = fonts.tidy(text)
    if problem := fonts.unprintable(line, "office.return_line"):
        raise Refused(problem)
    width = sheet.address_zone.right - sheet.address_zone.left
    for size in _RETURN_SIZES:
        if fonts.text_width(line, fonts.REGULAR, size) <= width:
            return FittedReturnLine(line, size, address.top - _RETURN_GAP)
    raise Refused(Problem("return_line_does_not_fit", {"line": line}, "office.return_line"))


def _readable(count: int, size: float) -> bool:
    return count < _MOST_LINES or size <= _NINE_LINES_SIZE


def _placed(lines: Sequence[str], size: float, sheet: Sheet) -> FittedAddress:
    zone = sheet.address_zone
    if len(lines) <= _ZONE_LINES:
        return FittedAddress(tuple(lines), size, zone.top, _PITCH)
    highest = sheet.always_visible.top + _ROOM_ABOVE
    pitch = min(_PITCH, (zone.bottom - highest) / len(lines))
    return FittedAddress(tuple(lines), size, zone.bottom - len(lines) * pitch, pitch)


def _broken(lines: Sequence[str], size: float, width: float) -> list[str]:
    """The lines broken after spaces and hyphens; a single long word stays as it is."""

    def fits(text: str) -> bool:
        return fonts.text_width(text.rstrip(), fonts.REGULAR, size) <= width

    broken = []
    for line in lines:
        words = _WORDS.split(line)
        if not all(map(fits, words)):
            words = _ANYWHERE.split(line)
        current = ""
        for word in words:
            if current and not fits(current + word):
                broken.append(current.rstrip())
                current = word
            else:
                current += word
        broken.append(current.rstrip())
    return broken
