"""The program with a window: what ``koba-desktop`` is made of."""

import argparse
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.configuration import Configuration, database_path, instant_of
from koba_desktop.domain.errors import OfficeError, Unavailable

if TYPE_CHECKING:
    from datetime import datetime

    from koba_desktop.domain.clock import Clock
    from koba_desktop.gui.opening import Opened, Progress
    from koba_desktop.services.execution import Actor
    from koba_desktop.storage.store import SqliteStore

log = logging.getLogger(__name__)

DEMO_START = "2021-04-13T09:42"


def desktop(arguments: Sequence[str] | None = None) -> int:
    """``koba-desktop``: the exit code, 0, or 1 where there was no office to open."""
    from koba_desktop.gui.app import WindowOptions, run

    asked = _parser().parse_args(arguments)
    if asked.demo:
        return _run_demo(asked)
    folders = parts.standard_folders()
    folders.make()
    trouble: OfficeError | None = None
    configuration = Configuration()
    try:
        configuration = parts.configuration(folders, asked.config)
    except OfficeError as error:
        trouble = error  # the window says it

    def opener(progress: "Progress", secret: str) -> "Opened":
        from koba_desktop.system import logs

        if trouble is not None:
            raise trouble
        logs.start(folders.logs)
        path = database_path(asked.database or configuration.database, folders.database)
        named = bool(asked.database or configuration.database)
        key_file = asked.key_file or configuration.key_file
        return open_office(path, key_file, secret, parts.clock(asked.now), create=not named)

    options = WindowOptions(
        language=asked.language or "",
        default_language=configuration.language,
        state=folders.state,
    )
    return run(opener, options)


def _run_demo(asked: argparse.Namespace) -> int:
    """The demonstration lies in a folder of its own that goes when the window does."""
    from tempfile import TemporaryDirectory

    from koba_desktop.gui.app import WindowOptions, run

    with TemporaryDirectory(prefix="koba-demo-", ignore_cleanup_errors=True) as name:
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


def open_office(
    path: Path, key_file: Path | None, secret: str, clock: "Clock", *, create: bool
) -> "Opened":
    """The office in a file; ``create`` makes the user's own database at the first start."""
    from koba_desktop.domain.clock import day_of
    from koba_desktop.i18n import _
    from koba_desktop.storage.backup import backup_daily
    from koba_desktop.storage.files import open_store, require_usable

    recovery, failed = "", None
    if create and not path.exists():
        store, recovery = parts.create_database(path, key_file)
    else:
        require_usable(path)
        key = parts.key_of(path, key_file, secret)
        store = open_store(path, key)
        try:
            backup_daily(path, key, day_of(clock.now()))
        except Unavailable as error:
            log.warning("daily backup failed: %s", error.code)
            failed = error
    return _opened(store, clock, place=_("this PC"), recovery_key=recovery, backup_failed=failed)


def open_demo(folder: Path, progress: "Progress", now: str) -> "Opened":
    """A fresh office of invented people in an encrypted file with a key nobody knows."""
    from datetime import timedelta

    from koba_desktop.i18n import _
    from koba_desktop.i18n.holidays import HolidayCalendar
    from koba_desktop.letters.texts import shipped_templates
    from koba_desktop.services.demo.making import make_demo
    from koba_desktop.storage.files import create_store
    from koba_desktop.system.clock import OffsetClock
    from koba_desktop.system.keys import new_key

    clock = OffsetClock(instant_of(now))
    text = _("Setting up an office with fictitious people …")
    progress(text, 0, 0)
    store = create_store(folder / "demo.db", new_key())
    try:
        with _without_collector():
            made = make_demo(
                store,
                clock.now(),
                HolidayCalendar(subdivision=parts.SUBDIVISION),
                shipped_templates(),
                progress=lambda done, of: progress(text, done, of),
            )
        return _opened(
            store,
            clock,
            place=_("Demo"),
            advance=lambda moment: clock.advance(max(moment - clock.now(), timedelta())),
            first=made.first,
        )
    except BaseException:
        store.close()
        raise


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hundreds of thousands of rows that all live: looking for garbage takes a fifth longer."""
    import gc

    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _opened(
    store: "SqliteStore",
    clock: "Clock",
    *,
    place: str,
    advance: "Callable[[datetime], None] | None" = None,
    first: "Actor | None" = None,
    recovery_key: str = "",
    backup_failed: OfficeError | None = None,
) -> "Opened":
    from koba_desktop.gui.opening import Opened
    from koba_desktop.letters.preview import PdfPages
    from koba_desktop.letters.render import Renderer, warm_up
    from koba_desktop.services.office.book import office_book
    from koba_desktop.system.host import user_name

    services = parts.services(store, clock)
    with services.view() as view:
        book = office_book(view)
    return Opened(
        services=services,
        book=book,
        renderer=Renderer(),
        printers=_Printers(),
        pages=PdfPages(),
        place=place,
        os_user=user_name(),
        close=store.close,
        advance=advance,
        first=first,
        recovery_key=recovery_key,
        backup_failed=backup_failed,
        warm_up=warm_up,
    )


class _Printers:
    """The printers of this PC, looked for when somebody prints: most never do."""

    def names(self) -> list[str]:
        from koba_desktop.system.printing import system_printers

        return system_printers().names()

    def send(self, pdf: Path, *, printer: str, title: str) -> None:
        from koba_desktop.system.printing import system_printers

        system_printers().send(pdf, printer=printer, title=title)
