"""What the use cases need of whoever draws letters, lists and plans."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant

if TYPE_CHECKING:
    from koba_desktop.services.calendar.day_list import DayList
    from koba_desktop.services.contacts.call_list import CallList
    from koba_desktop.services.letters.reply_slips import BlankSlips
    from koba_desktop.services.outage.emergency_list import EmergencyList
    from koba_desktop.services.rooms.door_plan import DoorPlan


@dataclass(frozen=True, slots=True)
class CourtesyText:
    """A translation that goes along with a German letter. Until a native reader has confirmed it,
    ``reviewed_by`` is empty and ``reviewed_on`` None, and the page says so."""

    language: str
    blocks: Mapping[str, str]
    reviewed_by: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class LetterSource:
    """All that a letter is rendered from. ``blocks`` are the binding German wording, ``data`` what
    was frozen into the letter; ``demo`` says on the page that it is a specimen."""

    kind: LetterKind
    blocks: Mapping[str, str]
    data: dict[str, Any]
    variant: str = LetterVariant.STANDARD
    translation: CourtesyText | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule of the envelope's window; ``code`` is stable English, ``x`` and ``y`` in mm
    on ``page`` (from 1).

    ``address_glyph_hidden``: not visible in every position. ``address_differs``: the window shows
    other lines than the address. ``return_line_differs``. ``foreign_text_in_window``,
    ``foreign_graphic_in_window``: something else can be seen. ``word_in_window``: the window names
    the kind of office. ``mark_missing``, ``page_not_a4``.
    """

    code: str
    text: str = ""
    x: float = 0.0
    y: float = 0.0
    page: int = 1

    def __str__(self) -> str:
        """For the people who look after the program: code, text, and where it is."""
        said = f" “{self.text}”" if self.text else ""
        return f"{self.code}{said} ({self.page}: {self.x:.1f}/{self.y:.1f} mm)"


@dataclass(frozen=True, slots=True)
class RenderedLetter:
    """A finished PDF and what the window check found (empty = every rule kept)."""

    pdf: bytes
    pages: int
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchedLetter:
    """One letter of a batch: its pages (``first_page`` from 0) in the batch's PDF, of which so many
    are empty, to be printed on both sides; one that could not be set has none, and the reason as
    ``error``."""

    first_page: int
    pages: int
    violations: tuple[Violation, ...] = ()
    error: OfficeError | None = None
    empty_pages: int = 0


@dataclass(frozen=True, slots=True)
class RenderedBatch:
    """Many letters in one PDF, those that are right; ``letters`` are in the order given."""

    pdf: bytes
    letters: tuple[BatchedLetter, ...]


class LetterRenderer(Protocol):
    def render(self, source: LetterSource) -> RenderedLetter:
        """The PDF of one letter, checked.

        Raises Refused with ``address_does_not_fit``, ``unprintable_character``,
        ``placeholder_unknown``, ``placeholder_missing`` …, naming the place; Unavailable
        ``font_missing``.
        """

    def render_batch(
        self,
        sources: Iterable[LetterSource],
        proceed: Callable[[int], bool] = ...,
        *,
        both_sides: bool = False,
    ) -> RenderedBatch:
        """One PDF of many letters, each page checked against the envelope's window. A letter that
        is refused or breaks a rule is left out and says why. ``proceed`` is asked with the number
        of letters set so far; False ends the batch there. For paper printed on ``both_sides``
        there are empty pages, so that each letter begins on a sheet, and nothing stands behind a
        reply slip that is to be cut off."""

    def archived(self, source: LetterSource) -> bytes:
        """The letter as tagged PDF/A-2b for the archive. Raises as ``render``, and Refused
        ``archive_not_valid``."""

    def on_both_sides(self, pdf: bytes) -> bytes:
        """What ``archived`` made, to be printed again on both sides: with empty pages as in a
        batch. Raises Unavailable ``pdf_damaged``."""

    def window(self, data: dict[str, Any]) -> tuple[float, float, float, float]:
        """What the window of the letter's envelope shows of its sheet however it lies in there:
        left, top, width, height in mm."""


class WordingDesk(Protocol):
    """What the editor of wordings asks of the fonts and of the sheet. Fulfilled by
    ``letters.letter.wording_desk.LetterWordingDesk``."""

    def shipped(self, kind: LetterKind, language: str, variant: str) -> Mapping[str, str]:
        """The wording that comes with the program. Raises NotFound."""

    def sample(
        self,
        kind: LetterKind,
        language: str,
        variant: str,
        blocks: Mapping[str, str],
        master: Mapping[str, str],
        *,
        conditions: Collection[str] = (),
        hard: bool = True,
        review: tuple[str, date] | None = None,
        form: str = "B",
        envelope: str = "DL",
    ) -> RenderedLetter:
        """A letter in this wording with the hardest data there is (long name, six lines of
        address), or easy ones, in the case of these ``conditions``; of a translation the page
        behind its German ``master``, with who has checked it and when. ``form`` and ``envelope``
        as the settings ``letters.form`` and ``letters.envelope``. Raises as ``render``."""

    def placeholders(
        self, kind: LetterKind, language: str, variant: str, blocks: Mapping[str, str]
    ) -> Mapping[str, Mapping[str, str]]:
        """What each block may use, with what stands there in a sample."""

    def conditions(self, kind: LetterKind) -> Mapping[str, frozenset[str]]:
        """For what a block of a kind can have a version of its own: each condition with those that
        may hold beside it."""

    def problems(
        self,
        kind: LetterKind,
        language: str,
        variant: str,
        blocks: Mapping[str, str],
        master: Mapping[str, str],
    ) -> tuple[Problem, ...]:
        """Why this wording cannot be saved: unknown placeholder, missing glyph, overflow, what the
        German ``master`` says and the translation does not; ``where`` is the block. Tried with
        short and with the hardest data, and under every condition a block has versions for."""


class DoorPlanRenderer(Protocol):
    """Fulfilled by ``letters.door_plan.DoorPlans``."""

    def render(self, plan: "DoorPlan", made_at: datetime) -> bytes:
        """The PDF of the plans on the doors: an overview for the entrance, then each room's page.
        ``made_at`` stands at the foot.

        Numbers, never names. Raises Refused: ``unprintable_character``, ``text_does_not_fit``.
        """


class EmergencyListRenderer(Protocol):
    """Fulfilled by ``letters.emergency_list.EmergencyLists``."""

    def render(self, content: "EmergencyList") -> bytes:
        """The PDF of the list for an outage, with room to write by hand. It names clients;
        where the fonts lack a character of a name, by number."""


class PaperRenderer(Protocol):
    """Lists and slips, German whatever the screen speaks. Fulfilled by ``letters.papers.Papers``.

    As in the list for an outage, a name the fonts cannot show stops no list.
    """

    def day_list(self, content: "DayList") -> bytes:
        """The PDF of a day's appointments. It names clients."""

    def call_list(self, content: "CallList") -> bytes:
        """The PDF of whom to call. It names clients."""

    def unprintable(self, names: "Iterable[str]") -> frozenset[str]:
        """The names that no list can show, in whose place there the client's number stands."""

    def reply_slips(self, slips: "Sequence[LetterSource]") -> bytes:
        """The PDF of the slips of appointments, three on a sheet.

        Raises Refused: ``slips_none``, ``block_missing``, ``placeholder_unknown``,
        ``placeholder_missing``, ``text_does_not_fit`` …
        """

    def blank_slips(self, content: "BlankSlips") -> bytes:
        """The PDF of three slips on which people write who they are."""


class ProofPageRenderer(Protocol):
    """Fulfilled by ``letters.test_page.ProofPages``."""

    def render(self, *, form: str, envelope: str, printer: str, tray: str, made_on: date) -> bytes:
        """The page that shows on paper whether a printer keeps to 100 % and an address lies in the
        window; for the settings ``letters.form`` and ``letters.envelope``. ``printer`` and
        ``tray`` as people call them."""
