"""From frozen data and wording to a finished, checked PDF: one letter, or many."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from koba_desktop.domain.errors import NotFound, OfficeError, Refused, Unavailable
from koba_desktop.i18n import phones
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.batch import BatchPdf
from koba_desktop.letters.letter.composing import composed
from koba_desktop.letters.reading import window
from koba_desktop.letters.typesetting import fonts, setting, shaping
from koba_desktop.letters.typesetting.geometry import sheet
from koba_desktop.letters.typesetting.pdf import drawn
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.window_check import require_window
from koba_desktop.services.ports import (
    BatchedLetter,
    LetterSource,
    RenderedBatch,
    RenderedLetter,
)

_BATCH_TITLE = "Briefe"

log = logging.getLogger(__name__)


class Renderer:
    """Fulfils ``services.ports.LetterRenderer``. ``invariant`` makes equal letters equal bytes."""

    def __init__(self, *, invariant: bool = False) -> None:
        self._invariant = invariant

    def render(self, source: LetterSource) -> RenderedLetter:
        """The PDF of one letter with what the window check found in it.

        Raises Refused: ``letter_data_missing``, ``address_missing``, ``address_does_not_fit``,
        ``return_line_does_not_fit``, ``unprintable_character``, ``placeholder_unknown``,
        ``placeholder_missing``, ``markup_not_allowed``, ``markup_not_closed``, ``block_missing``,
        ``text_does_not_fit``, ``letter_too_long``; Unavailable ``font_missing``.
        """
        letter = composed(source)
        pdf = drawn(
            [leaf.items for leaf in letter.leaves],
            title=letter.title,
            author=letter.author,
            invariant=self._invariant,
        )
        return RenderedLetter(pdf, len(letter.leaves), window.check(pdf, [letter.window])[0])

    def render_batch(
        self,
        sources: Iterable[LetterSource],
        proceed: Callable[[int], bool] = lambda _n: True,
        *,
        both_sides: bool = False,
    ) -> RenderedBatch:
        """One PDF of the letters that can be set and keep to the window; the others say why not.

        Raises Unavailable ``font_missing`` where no letter at all can be set.
        """
        taken: list[LetterSource] = []
        letters: list[BatchedLetter] = []
        batch = _Batch(both_sides=both_sides, invariant=self._invariant)
        for source in sources:
            if not proceed(len(taken)):
                break
            taken.append(source)
            letters.append(batch.take(source))
        pdf, expected = batch.finished(), batch.expected
        del batch  # it is no smaller than the file, which is still to be read
        found = iter(window.check(pdf, expected))
        letters = [replace(one, violations=next(found)) if one.pages else one for one in letters]
        if any(one.violations for one in letters):
            pdf, letters = self._without_broken(taken, letters, both_sides)
        return RenderedBatch(pdf, tuple(letters))

    def _without_broken(
        self, sources: list[LetterSource], letters: list[BatchedLetter], both_sides: bool
    ) -> tuple[bytes, list[BatchedLetter]]:
        """The batch once more, without those that break a rule."""
        batch = _Batch(both_sides=both_sides, invariant=self._invariant)
        kept = [
            replace(batch.take(source), violations=())
            if one.pages and not one.violations
            else replace(one, first_page=batch.pages, pages=0, empty_pages=0)
            for source, one in zip(sources, letters, strict=True)
        ]
        return batch.finished(), kept

    def archived(self, source: LetterSource) -> bytes:
        """The letter as tagged PDF/A-2b, checked: it is what is printed once more. Raises as
        ``render``, and Refused ``window_check_failed``, ``archive_not_valid``; Unavailable
        ``render_failed`` where the stored data are damaged."""
        from koba_desktop.letters.letter.archive import archived

        with _damage_told():
            letter = composed(source)
            pdf = archived(letter, invariant=self._invariant)
            require_window(window.check(pdf, [letter.window])[0])
        return pdf

    def on_both_sides(self, pdf: bytes) -> bytes:
        """An archive copy with empty pages as in a batch. Raises Unavailable ``pdf_damaged``."""
        from koba_desktop.letters.letter.archive import on_both_sides

        return on_both_sides(pdf)

    def window(self, data: dict[str, Any]) -> tuple[float, float, float, float]:
        """The part of the sheet that is visible wherever it lies in the envelope; mm."""
        frozen = letter_data(data)
        seen = sheet(frozen["form"], frozen["envelope"]).always_visible
        return seen.left, seen.top, seen.right - seen.left, seen.bottom - seen.top


def warm_up() -> None:
    """Load what the first letter of the day would wait for. Takes up to a second: not on the GUI
    thread, and after the first paint."""
    from importlib import import_module

    for module in (
        "pypdfium2.raw",
        "zxingcpp",
        "reportlab.pdfgen.canvas",
        "reportlab.platypus.paragraph",
    ):
        import_module(module)
    fonts.missing("")
    texts.shipped_templates()
    phones.display("03943 58-3000")
    setting.load_hyphenation()
    shaping.text_width("سلام", size=10.0, language="ar")  # the faces and rules of its script


@contextmanager
def _damage_told() -> Iterator[None]:
    """What damaged data of a letter bring about is raised as Unavailable ``render_failed``."""
    try:
        yield
    except OfficeError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        log.exception("a letter could not be laid out")
        raise Unavailable("render_failed") from error


class _Batch:
    """Letters laid out and drawn one by one; of each only what its window must show is kept."""

    def __init__(self, *, both_sides: bool, invariant: bool) -> None:
        self._pdf = BatchPdf(title=_BATCH_TITLE, invariant=invariant)
        self._both_sides = both_sides
        self.expected: list[window.Expected] = []
        self.pages = 0

    def take(self, source: LetterSource) -> BatchedLetter:
        """Where the letter stands; one that cannot be laid out stands nowhere, and says why."""
        first = self.pages
        try:
            with _damage_told():
                letter = composed(source)
        except (Refused, NotFound, Unavailable) as error:
            return BatchedLetter(first, 0, error=error)
        leaves = letter.on_both_sides if self._both_sides else letter.leaves
        for number, leaf in enumerate(leaves):
            family = (source.kind, source.variant, letter.author, leaf.language, number)
            self._pdf.add(leaf.items, family)
        self.expected.append(replace(letter.window, pages=len(leaves)))
        self.pages += len(leaves)
        return BatchedLetter(first, len(leaves), empty_pages=len(leaves) - len(letter.leaves))

    def finished(self) -> bytes:
        return self._pdf.finished()
