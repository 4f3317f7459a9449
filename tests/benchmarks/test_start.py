"""The start: first paint ≤ 1.5 ×, filled window ≤ 5 × a bare PySide6 window; ``--demo`` ≤ 8 s."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.office_file import OfficeFile
from tests.support import KEY

ROOT = Path(__file__).resolve().parents[2]


def until_said(word: str, *arguments: str, settings: Path) -> Callable[[], None]:
    """Start the window process and wait until it says ``word``; it is not let on.

    Compiled modules are kept beside the settings, as an installed program keeps them: the first
    start is a fresh environment's, later ones are those of every day.
    """
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(settings / "compiled"),
        "QT_QPA_PLATFORM": "offscreen",
        "KOBA_DATABASE_KEY": KEY,
        "XDG_CONFIG_HOME": str(settings),
        "XDG_DATA_HOME": str(settings),
        "XDG_STATE_HOME": str(settings),
        "XDG_CACHE_HOME": str(settings),
    }

    def run() -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.windows", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == word:
                    process.kill()  # its way out is not measured
                    return
        raise AssertionError(f"the process ended without saying {word!r}")

    return run


def linked(million: OfficeFile) -> list[str]:
    now = million.services.clock.now().isoformat()
    return ["koba", "--database", str(million.path), "--now", now]


def test_floor_bare_window(benchmark: Any, tmp_path: Path) -> None:
    benchmark.pedantic(until_said("filled", "bare", settings=tmp_path), rounds=7, warmup_rounds=1)


def test_first_paint(benchmark: Any, million: OfficeFile, tmp_path: Path) -> None:
    run = until_said("painted", *linked(million), settings=tmp_path)
    benchmark.pedantic(run, rounds=7, warmup_rounds=1)


def test_filled_window(benchmark: Any, million: OfficeFile, tmp_path: Path) -> None:
    run = until_said("filled", *linked(million), settings=tmp_path)
    benchmark.pedantic(run, rounds=7, warmup_rounds=1)


def test_demo_filled_window(benchmark: Any, tmp_path: Path) -> None:
    run = until_said("filled", "koba", "--demo", settings=tmp_path)
    benchmark.pedantic(run, rounds=3)
