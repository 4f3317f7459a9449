"""The program with a window: what ``koba-desktop`` is made of."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.bootstrap.first_start import demo_folder, first_start
from koba_desktop.bootstrap.offices import open_demo, open_office
from koba_desktop.configuration import Configuration, database_path
from koba_desktop.domain.errors import OfficeError

if TYPE_CHECKING:
    from koba_desktop.gui.opening import Opened, Progress

DEMO_START = "2021-04-13T09:42"


def desktop(arguments: Sequence[str] | None = None) -> int:
    """``koba-desktop``: the exit code, 0, or 1 where there was no office to open."""
    from koba_desktop.gui.app import WindowOptions, run

    asked = _parser().parse_args(arguments)
    if asked.demo:
        return _run_demo(asked)
    folders = parts.standard_folders()
    trouble: OfficeError | None = None
    configuration = Configuration()
    try:
        configuration = parts.configuration(folders, asked.config)
    except OfficeError as error:
        trouble = error  # the window says it
    named = asked.database or configuration.database
    key_file = asked.key_file or configuration.key_file

    def opener(_progress: "Progress", secret: str) -> "Opened":
        if trouble is not None:
            raise trouble
        folders.make()
        parts.start_log(folders)
        path = database_path(named, folders.database)
        return open_office(path, key_file, secret, parts.clock(asked.now))

    with ExitStack() as left:
        first = None
        if trouble is None and not named and _is_free(folders.database):
            first = first_start(folders, key_file, asked.now, asked.now or DEMO_START, left)
        options = WindowOptions(
            language=asked.language or "",
            default_language=configuration.language,
            state=folders.state,
            first=first,
        )
        return run(opener, options)


def _is_free(path: Path) -> bool:
    """Whether nothing is there. What cannot be looked at is for opening it to explain."""
    try:
        return not path.exists()
    except OSError:
        return False


def _run_demo(asked: argparse.Namespace) -> int:
    """The demonstration lies in a folder of its own that goes when the window does."""
    from koba_desktop.gui.app import WindowOptions, run

    with demo_folder() as name:
        folder = Path(name)

        def opener(progress: "Progress", _secret: str) -> "Opened":
            return open_demo(folder, progress, asked.now or DEMO_START)

        return run(opener, WindowOptions(language=asked.language or "", settings=folder))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="koba-desktop", description="Consultation by telephone, letters and rooms."
    )
    parser.add_argument(
        "--demo", action="store_true", help="an office of fictitious people; nothing is left behind"
    )
    parser.add_argument("--database", metavar="URL", help="path or sqlite:///path of the database")
    parser.add_argument(
        "--key-file", type=Path, metavar="FILE", help="file with the database's key"
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration (TOML)")
    parser.add_argument("--language", choices=("de", "en"), help="language of the window")
    parser.add_argument("--now", metavar="ISO", help="the clock starts at this time and runs on")
    return parser
