"""Compile ``forms/*.ui`` of a checkout into this package (``ui_<name>.py``)."""

import subprocess
import sys
from pathlib import Path

import PySide6

PACKAGE = Path(__file__).resolve().parent
SOURCES = PACKAGE.parents[2] / "forms"


def compiled(source: Path) -> str:
    """The Python text of one .ui file. Raises CalledProcessError where Qt refuses it."""
    name = "uic.exe" if sys.platform == "win32" else "Qt/libexec/uic"
    uic = Path(PySide6.__file__).parent / name
    command = [str(uic), "--generator", "python", "--tr", "_", source.name]
    return subprocess.run(
        command, cwd=source.parent, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def target(source: Path) -> Path:
    return PACKAGE / f"ui_{source.stem}.py"


def main() -> None:
    for source in sorted(SOURCES.glob("*.ui")):
        target(source).write_text(compiled(source), encoding="utf-8")
        print(target(source).relative_to(PACKAGE.parents[2]))


if __name__ == "__main__":
    main()
