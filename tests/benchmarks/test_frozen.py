"""The frozen program starts in ≤ 1.3 × the time of the source, both watched from outside.

Needs ``dist/koba-desktop``; the command stands in README.md.
"""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from subprocess import Popen
from typing import Any

import pytest

from tests.benchmarks.office_file import OfficeFile
from tests.packaging.frozen import WINDOW, BarePc, filled, require_built, started, until
from tests.support import KEY

SOURCE = (sys.executable, "-m", "koba_desktop")
ROUNDS = 11
AT_MOST = 1.3


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    require_built()


def start_of(
    program: Sequence[str], million: OfficeFile, folder: Path, reached: str
) -> Callable[[], None]:
    """Start a program on the large file until its window is ``painted`` or ``filled``.

    At the first paint it opens the file for crash reports. As in the benchmarks of the start,
    compiled modules of the source are kept: its first start is not measured.
    """
    folder.mkdir()
    pc = BarePc(folder)
    state = pc.root / "state"
    painted = state / "koba-desktop" / "fatal.txt"
    environment = pc.environment(
        QT_QPA_PLATFORM="offscreen",
        KOBA_DATABASE_KEY=KEY,
        XDG_STATE_HOME=str(state),
        PYTHONPATH=str(Path(__file__).resolve().parents[2]),
        PYTHONPYCACHEPREFIX=str(pc.root / "compiled"),
    )
    now = million.services.clock.now().isoformat()
    command = [*program, "--database", str(million.path), "--now", now]

    def is_painted(_running: Popen[bytes]) -> bool:
        return painted.exists()

    seen = {"painted": is_painted, "filled": filled}[reached]

    def run() -> None:
        painted.unlink(missing_ok=True)
        running = started(command, environment, pc.root / "said")
        try:
            until(running, lambda: seen(running))
        finally:
            running.kill()  # its way out is not measured
            running.wait()

    return run


@pytest.mark.parametrize("reached", ["painted", "filled"])
def test_frozen(benchmark: Any, million: OfficeFile, tmp_path: Path, reached: str) -> None:
    """Source and frozen program take turns, so that other work on the machine meets both alike."""
    source = start_of(SOURCE, million, tmp_path / "source", reached)
    frozen = start_of([str(WINDOW)], million, tmp_path / "frozen", reached)
    source_seconds: list[float] = []

    def source_first() -> None:
        began = time.perf_counter()
        source()
        source_seconds.append(time.perf_counter() - began)

    source()
    frozen()
    benchmark.pedantic(frozen, setup=source_first, rounds=ROUNDS)
    floor = median(source_seconds)
    benchmark.extra_info["source"] = floor
    assert benchmark.stats.stats.median <= AT_MOST * floor
