"""The program with a window: what ``koba-desktop`` is made of."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.bootstrap.first_start import demo_folder, first_start
from koba_desktop.bootstrap.offices import open_demo, open_office
from koba_desktop.bootstrap.shared import address_of, named_by_user, sign_in, wanted_of
from koba_desktop.configuration import Configuration, database_path, is_shared
from koba_desktop.domain.errors import OfficeError

if TYPE_CHECKING:
    from koba_desktop.gui.opening import Opened, Progress, SignIn
    from koba_desktop.system.folders import Folders

DEMO_START = "2021-04-13T09:42"


def desktop(arguments: Sequence[str] | None = None) -> int:
    """``koba-desktop``: the exit code, 0, or 1 where there was no office to open."""
    from koba_desktop.gui.app import run
    from koba_desktop.gui.application import WindowOptions

    asked = _parser().parse_args(arguments)
    if asked.demo:
        return _run_demo(asked)
    folders = parts.standard_folders()
    trouble: OfficeError | None = None
    configuration = Configuration()
    shared: SignIn | None = None
    try:
        configuration = parts.configuration(folders, asked.config)
        shared = _shared(asked, configuration, folders)
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
            sign_in=shared,
            plain=folders.plain_files,
        )
        return run(opener, options)


def _shared(
    asked: argparse.Namespace, configuration: Configuration, folders: "Folders"
) -> "SignIn | None":
    """How somebody signs in, where the database named is the shared one."""
    named = asked.database or configuration.database
    if not is_shared(named):
        return None
    by_user = not asked.database and named_by_user(folders, named, asked.config)
    wanted = wanted_of(configuration, asked.password_file, asked.now, by_user=by_user)
    return sign_in(address_of(named, asked.ca_file or configuration.ca_file), folders, wanted)


def _is_free(path: Path) -> bool:
    """Whether nothing is there. What cannot be looked at is for opening it to explain."""
    try:
        return not path.exists()
    except OSError:
        return False


def _run_demo(asked: argparse.Namespace) -> int:
    """The demonstration lies in a folder of its own that goes when the window does."""
    from koba_desktop.gui.app import run
    from koba_desktop.gui.application import WindowOptions

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
    parser.add_argument(
        "--database", metavar="URL", help="path of the database, or postgresql://server/database"
    )
    parser.add_argument(
        "--key-file", type=Path, metavar="FILE", help="file with the database's key"
    )
    parser.add_argument(
        "--ca-file", type=Path, metavar="FILE", help="who signed the server's certificate (PEM)"
    )
    parser.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="file with the password of KOBA_LOGIN, for automation",
    )
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration (TOML)")
    parser.add_argument("--language", choices=("de", "en"), help="language of the window")
    parser.add_argument("--now", metavar="ISO", help="the clock starts at this time and runs on")
    return parser
