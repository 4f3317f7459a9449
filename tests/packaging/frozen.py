"""The frozen program in ``dist``, started as on a PC without Python, and watched from outside."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "dist" / "koba-desktop"
WINDOW = FOLDER / "koba-desktop"
ADMIN = FOLDER / "koba-desktop-admin"


def require_built() -> None:
    """Raises AssertionError where there is no frozen program, or one of earlier sources."""
    assert WINDOW.is_file(), "not built: the command stands in README.md, Deploy it"
    built = WINDOW.stat().st_mtime
    sources = [ROOT / "installer.spec", ROOT / "requirements-installer.lock"]
    sources += (ROOT / "koba_desktop").rglob("*.py")
    sources += (ROOT / "koba_desktop").rglob("*.sql")
    sources += (each for each in (ROOT / "resources").rglob("*") if each.is_file())
    newer = [each.relative_to(ROOT) for each in sources if each.stat().st_mtime > built]
    assert not newer, f"built before {newer[0]} was written: build again"


@dataclass(frozen=True, slots=True)
class BarePc:
    """A user without anything: empty folders, no Python, no D-Bus, a path with no programs."""

    root: Path

    def __post_init__(self) -> None:
        for folder in (self.home, self.temporary, self.programs):
            folder.mkdir()

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def temporary(self) -> Path:
        return self.root / "tmp"

    @property
    def programs(self) -> Path:
        return self.root / "bin"

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "PATH": str(self.programs),
            "LANG": "C.UTF-8",
            # Otherwise a bus would be started for the screen, and outlive it.
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.root / 'no-bus'}",
            **more,
        }

    def left_behind(self) -> list[Path]:
        return [*self.home.rglob("*"), *self.temporary.rglob("*")]


def started(
    command: list[str], environment: Mapping[str, str], said: Path
) -> subprocess.Popen[bytes]:
    """A program in a session of its own; what it says goes into a file."""
    with said.open("wb") as stream:
        return subprocess.Popen(
            command,
            env=environment,
            cwd=said.parent,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )


def until(
    program: subprocess.Popen[bytes], reached: Callable[[], bool], seconds: float = 120
) -> None:
    """Look until the program has reached something. Raises AssertionError where it ended before,
    or after some time."""
    last = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < last, "waited in vain"
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"ended with {program.wait(timeout=0.005)}")


def filled(program: subprocess.Popen[bytes]) -> bool:
    """Whether the window is filled: the office is open and every panel is made.

    Nothing outside shows that, but what the program does next: it loads what the first letter
    would wait for, the reader of PDFs foremost, and the system tells which libraries it has.
    """
    try:
        loaded = Path(f"/proc/{program.pid}/maps").read_text(encoding="utf-8")
    except OSError:
        return False
    return "libpdfium" in loaded


def runs_still(program: subprocess.Popen[bytes]) -> bool:
    """Whether anything the program started has outlived it."""
    try:
        os.killpg(program.pid, 0)
    except ProcessLookupError:
        return False
    return True
