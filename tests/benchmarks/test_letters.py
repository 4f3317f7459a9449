"""Letters, with their codes and the check of their windows.

In a batch of 1,000 ≤ 1.5 ms to set one and ≤ 3 ms to check a page; a batch of 5,000 ≤ 150 MB at
its peak; a single letter ≤ 150 ms from the key press, the first of the day ≤ 400 ms; a page that
runs from right to left ≤ 60 ms. The same letter by typst, fpdf2 and WeasyPrint stands beside it
where the extra ``compare`` is installed.
"""

import io
import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from koba_desktop.domain.vocabulary import LetterKind, LetterVariant
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer, warm_up
from koba_desktop.letters.reading import window
from koba_desktop.letters.typesetting import fonts
from koba_desktop.services.ports import CourtesyText, LetterSource
from tests.benchmarks.figures import tell
from tests.benchmarks.letter_pile import pile

ROOT = Path(__file__).resolve().parents[2]
PROPOSAL = LetterKind.TELEPHONE_PROPOSAL
ROUNDS = 7


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    warm_up()
    Renderer().render_batch(pile(20, seed=9))


@pytest.fixture(scope="module")
def letter() -> LetterSource:
    return next(pile(1))


def translated(source: LetterSource, language: str) -> LetterSource:
    blocks = texts.shipped_blocks(source.kind, language)
    return replace(source, translation=CourtesyText(language, blocks))


def milliseconds(seconds: list[float], share: int = 1) -> list[float]:
    """Of each round, the best first."""
    return [round(1000 * each / share, 2) for each in sorted(seconds)]


def in_a_process(program: str, *arguments: str) -> list[str]:
    """What a fresh process prints, word by word."""
    answer = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return answer.stdout.split()


def test_floor_bare_reportlab_page(benchmark: Any) -> None:
    from reportlab.pdfgen.canvas import Canvas

    fonts.load()

    def page() -> bytes:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, initialFontName=fonts.REGULAR)
        for line in range(40):
            canvas.drawString(70, 800 - 18 * line, "Dienstag, 13. April 2021, 10:15 Uhr")
        canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    assert benchmark(page).startswith(b"%PDF")


def test_floor_bare_reportlab_page_of_a_thousand(benchmark: Any) -> None:
    """As many lines of text as a letter has, each drawn on every page."""
    from reportlab.pdfgen.canvas import Canvas

    fonts.load()
    pages = 1000

    def file() -> bytes:
        buffer = io.BytesIO()
        canvas = Canvas(buffer, initialFontName=fonts.REGULAR, pageCompression=1)
        for page in range(pages):
            for line in range(40):
                canvas.drawString(70, 800 - 18 * line, f"{page}: 13. April 2021, 10:15 Uhr")
            canvas.showPage()
        canvas.save()
        return buffer.getvalue()

    assert benchmark.pedantic(file, rounds=3).startswith(b"%PDF")
    tell(benchmark, ms_a_page=milliseconds(benchmark.stats.stats.data, pages))


def test_letter_with_window_check(benchmark: Any, letter: LetterSource) -> None:
    renderer = Renderer()

    def render() -> bytes:
        made = renderer.render(letter)
        assert not made.violations
        return made.pdf

    assert benchmark(render).startswith(b"%PDF")


FIRST = """
import time, sys, pickle
source = pickle.load(open(sys.argv[1], "rb"))
started = time.perf_counter()
from koba_desktop.letters.letter.render import Renderer
made = Renderer().render(source)
assert made.pdf.startswith(b"%PDF") and not made.violations
print(time.perf_counter() - started)
"""


def test_first_letter_of_the_day(benchmark: Any, letter: LetterSource, tmp_path: Path) -> None:
    """In a fresh process: with ReportLab's import and the fonts, without Python's own start."""
    stored = tmp_path / "letter.pickle"
    stored.write_bytes(pickle.dumps(letter))
    seconds: list[float] = []
    benchmark.pedantic(
        lambda: seconds.append(float(in_a_process(FIRST, str(stored))[0])), rounds=ROUNDS
    )
    tell(benchmark, ms_inside=milliseconds(seconds))


@pytest.fixture
def checking(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each check of windows took."""
    seconds: list[float] = []
    check = window.check

    def timed(*given: Any) -> Any:
        started = perf_counter()
        found = check(*given)
        seconds.append(perf_counter() - started)
        return found

    monkeypatch.setattr(window, "check", timed)
    return seconds


def batch_of(benchmark: Any, checking: list[float], sources: Callable[[int], Any]) -> None:
    """Tell what setting a letter and checking a page of a batch cost; each round has other
    letters."""
    setting: list[float] = []
    counts: list[tuple[int, int, int]] = []
    rounds = iter(range(100))

    def setup() -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (list(sources(next(rounds))),), {}

    def render(letters: list[LetterSource]) -> None:
        started = perf_counter()
        batch = Renderer().render_batch(letters)
        setting.append(perf_counter() - started - checking[-1])
        assert not any(one.violations or one.error for one in batch.letters)
        pages = sum(one.pages for one in batch.letters)
        counts.append((len(letters), pages, len(batch.pdf) // len(letters)))

    benchmark.pedantic(render, setup=setup, rounds=ROUNDS)
    letters, pages, size = counts[-1]
    tell(
        benchmark,
        pages=pages,
        setting_ms_a_letter=milliseconds(setting, letters),
        check_ms_a_page=milliseconds(checking, pages),
        bytes_a_letter=size,
    )


def test_batch_of_a_thousand(benchmark: Any, checking: list[float]) -> None:
    batch_of(benchmark, checking, lambda seed: pile(1000, seed))


def test_batch_of_a_thousand_of_all_sorts(benchmark: Any, checking: list[float]) -> None:
    """One in ten in Leichte Sprache, one in ten with a page in Ukrainian, one with Arabic."""
    easy = texts.shipped_blocks(PROPOSAL, "de", LetterVariant.EASY)

    def sources(seed: int) -> list[LetterSource]:
        letters = list(pile(1000, seed))
        for at in range(0, len(letters), 10):
            letters[at] = replace(letters[at], blocks=easy, variant=LetterVariant.EASY)
            letters[at + 1] = translated(letters[at + 1], "uk")
            letters[at + 2] = translated(letters[at + 2], "ar")
        return letters

    batch_of(benchmark, checking, sources)


PEAK = """
import sys
from tests.benchmarks import letter_pile
from tests.benchmarks.figures import peak
from koba_desktop.letters.letter.render import Renderer
Renderer().render(next(letter_pile.pile(1)))
started = peak()
letters = int(sys.argv[1])
batch = Renderer().render_batch(list(letter_pile.pile(letters)))
assert sum(one.pages for one in batch.letters) == letters
print(started, peak(), len(batch.pdf) / 1e6)
"""


def test_peak_memory_of_five_thousand(benchmark: Any) -> None:
    """In a process of its own, from Python's start to the checked batch, letters' data included."""
    found: list[list[str]] = []
    benchmark.pedantic(lambda: found.append(in_a_process(PEAK, "5000")), rounds=1)
    started, peak, size = (round(float(figure)) for figure in found[0])
    tell(benchmark, mb_after_one_letter=started, mb_at_the_peak=peak, mb_of_the_file=size)


@pytest.mark.parametrize("language", ["ar", "fa", "uk"])
def test_a_translated_page(benchmark: Any, letter: LetterSource, language: str) -> None:
    """What a letter with a translation takes longer than the same without; other letters each
    time, as their words are kept once they are shaped."""
    renderer = Renderer()
    longer: list[float] = []
    others = iter(pile(200, seed=4))

    def render() -> None:
        source = next(others)
        started = perf_counter()
        assert renderer.render(translated(source, language)).pages == 2
        between = perf_counter()
        renderer.render(source)
        longer.append(2 * between - started - perf_counter())

    benchmark.pedantic(render, rounds=30, warmup_rounds=2)
    tell(benchmark, ms_longer_best=milliseconds(longer)[0], median=milliseconds(longer)[15])


def test_archive_copy(benchmark: Any) -> None:
    """Tagged PDF/A-2b, validated."""
    renderer = Renderer()
    others = iter(pile(200, seed=5))
    made = benchmark.pedantic(lambda: renderer.archived(next(others)), rounds=30, warmup_rounds=2)
    assert made.startswith(b"%PDF")


RIVAL = """
import sys, time
from tests.benchmarks import letter_pile, rivals
from tests.benchmarks.figures import peak
make = getattr(rivals, sys.argv[1])
letters = int(sys.argv[2])
first = list(letter_pile.pile(1, seed=2))
started = time.perf_counter()
make(first)
cold = time.perf_counter() - started
sources = list(letter_pile.pile(letters))
started = time.perf_counter()
made = make(sources)
print(cold, (time.perf_counter() - started) / letters, peak(), len(made) / letters)
"""


@pytest.mark.parametrize(
    ("name", "package", "letters"),
    [
        ("typst_letters", "typst", 1000),
        ("fpdf_letters", "fpdf", 1000),
        ("weasy_letters", "weasyprint", 200),
    ],
)
def test_the_same_letter_by_others(benchmark: Any, name: str, package: str, letters: int) -> None:
    pytest.importorskip(package)
    found: list[list[float]] = []
    benchmark.pedantic(
        lambda: found.append([float(word) for word in in_a_process(RIVAL, name, str(letters))]),
        rounds=3,
    )
    cold, each, peak, size = (min(figures) for figures in zip(*found, strict=True))
    tell(
        benchmark,
        ms_the_first=round(1000 * cold),
        ms_a_letter=round(1000 * each, 2),
        mb_at_the_peak=round(peak),
        bytes_a_letter=round(size),
    )
