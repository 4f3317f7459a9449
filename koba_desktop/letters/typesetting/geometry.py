"""Where things lie on the sheet. Millimetres from the sheet's top left corner, y downwards.

Sources: DIN 5008:2020 forms A and B (as in KOMA-Script's ``DIN.lco``), DIN 680 for the windows of
envelopes. A folded sheet is smaller than its envelope and slides: what the window shows in every
position is the *always visible* part, what it can show in any position the *ever visible* part.
"""

from dataclasses import dataclass

POINTS_PER_MM = 72 / 25.4
MM_PER_POINT = 25.4 / 72

PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
MARGIN_LEFT = 25.0
MARGIN_RIGHT = 20.0
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_RIGHT = PAGE_WIDTH - MARGIN_RIGHT
BOTTOM = 285.0  # lowest text of a page

HOLE_MARK = 148.5
MARK_X = 3.5
FOLD_MARK_LENGTH = 4.0
HOLE_MARK_LENGTH = 6.0

INFO_X = 125.0
INFO_WIDTH = 75.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in mm; ``top`` is smaller than ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    def contains(self, other: "Rect", tolerance: float = 0.0) -> bool:
        return (
            self.left - tolerance <= other.left
            and other.right <= self.right + tolerance
            and self.top - tolerance <= other.top
            and other.bottom <= self.bottom + tolerance
        )

    def touches(self, other: "Rect") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def shifted(self, dy: float) -> "Rect":
        return Rect(self.left, self.top + dy, self.right, self.bottom + dy)


@dataclass(frozen=True, slots=True)
class Form:
    """A form of DIN 5008. ``rise`` is how much higher than in form B the upper part lies."""

    name: str
    rise: float
    fold_marks: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the window of an envelope shows of a sheet in form B."""

    name: str
    always_visible: Rect
    ever_visible: Rect
    subject_top: float


FORMS = {
    "B": Form("B", 0.0, (105.0, 210.0)),
    "A": Form("A", 18.0, (87.0, 192.0)),
}

ENVELOPES = {
    # 220 × 110, window 90 × 45; the sheet slides 10 mm to the right and 5 mm up.
    "DL": Envelope("DL", Rect(20, 50, 100, 90), Rect(10, 45, 110, 95), 98.5),
    # 229 × 114: more play, so less is always visible and more can be seen.
    "C6/C5": Envelope("C6/C5", Rect(20, 54, 91, 90), Rect(1, 45, 110, 99), 103.0),
}

_ADDRESS_TOP = 62.7  # the address zone, below the return line and remarks zone of 17.7 mm
_ADDRESS_BOTTOM = 90.0
_INFO_TOP = 50.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form folded into one envelope: the positions a letter is drawn by."""

    form: Form
    envelope: Envelope

    @property
    def always_visible(self) -> Rect:
        return self.envelope.always_visible.shifted(-self.form.rise)

    @property
    def ever_visible(self) -> Rect:
        return self.envelope.ever_visible.shifted(-self.form.rise)

    @property
    def address_zone(self) -> Rect:
        """Where six lines of the address lie; more lines borrow from the remarks zone above."""
        return Rect(
            MARGIN_LEFT,
            _ADDRESS_TOP - self.form.rise,
            self.always_visible.right - 2.0,
            _ADDRESS_BOTTOM - self.form.rise,
        )

    @property
    def info_top(self) -> float:
        return _INFO_TOP - self.form.rise

    @property
    def subject_top(self) -> float:
        return self.envelope.subject_top - self.form.rise

    @property
    def slip_top(self) -> float:
        """The lower fold, where the reply slip is cut off: it fits an envelope DL as it is."""
        return self.form.fold_marks[1]


def sheet(form: str, envelope: str) -> Sheet:
    """The geometry for the settings ``letters.form`` and ``letters.envelope``.

    Raises KeyError for a name that is not in the tables.
    """
    return Sheet(FORMS[form], ENVELOPES[envelope])
