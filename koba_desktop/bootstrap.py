"""The only place where the parts are put together: ``desktop`` and ``admin``.

Nothing heavy is imported here before it is used: the window is painted before SQLAlchemy, the
services and the letters are loaded, on a worker lane.
"""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.configuration import FILE, Configuration, database_path, instant_of, load
from koba_desktop.domain.errors import OfficeError, Problem, Refused, Unavailable

if TYPE_CHECKING:
    from datetime import datetime

    from koba_desktop.cli.wiring import BackupMade, Created, DemoMade, DemoOrder, Migrated, Target
    from koba_desktop.domain.clock import Clock
    from koba_desktop.gui.opening import Opened, Progress
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.facade import Services
    from koba_desktop.services.ports import LetterRenderer, Store
    from koba_desktop.storage.store import SqliteStore
    from koba_desktop.system.folders import Folders

log = logging.getLogger(__name__)

SUBDIVISION = "ST"  # whose public holidays hold: Saxony-Anhalt
DEMO_START = "2021-04-13T09:42"


# --- the window -----------------------------------------------------------------------------------


def desktop(arguments: Sequence[str] | None = None) -> int:
    """``koba-desktop``: the exit code, 0, or 1 where there was no office to open."""
    from koba_desktop.gui.app import WindowOptions, run

    asked = _parser().parse_args(arguments)
    if asked.demo:
        return _run_demo(asked)
    folders = _folders()
    folders.make()
    trouble: OfficeError | None = None
    configuration = Configuration()
    try:
        configuration = _configuration(folders, asked.config)
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
        return _open(path, key_file, secret, _clock(asked.now), create=not named)

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
            return _open_demo(folder, progress, asked.now or DEMO_START)

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


def _open(
    path: Path, key_file: Path | None, secret: str, clock: "Clock", *, create: bool
) -> "Opened":
    """The office in a file; ``create`` makes the user's own database at the first start."""
    from koba_desktop.domain.clock import day_of
    from koba_desktop.i18n import _
    from koba_desktop.storage.backup import backup_daily
    from koba_desktop.storage.files import open_store, require_usable

    recovery = ""
    if create and not path.exists():
        store, recovery = _create(path, key_file)
    else:
        require_usable(path)
        key = _key(path, key_file, secret)
        store = open_store(path, key)
        try:
            backup_daily(path, key, day_of(clock.now()))
        except Unavailable as error:
            log.warning("daily backup failed: %s", error.code)
    return _opened(store, clock, place=_("this PC"), recovery_key=recovery)


def _open_demo(folder: Path, progress: "Progress", now: str) -> "Opened":
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
                HolidayCalendar(subdivision=SUBDIVISION),
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
) -> "Opened":
    from koba_desktop.gui.opening import Opened
    from koba_desktop.letters.preview import PdfPages
    from koba_desktop.letters.render import Renderer, warm_up
    from koba_desktop.services.office.book import office_book
    from koba_desktop.system.host import user_name

    services = _services(store, clock)
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


# --- parts ----------------------------------------------------------------------------------------


def _folders() -> "Folders":
    from koba_desktop.system.folders import standard

    return standard()


def _configuration(folders: "Folders", named: Path | None) -> Configuration:
    places = [folders.machine_config / FILE, folders.config / FILE]
    return load(places[:1], named) if named is not None else load(places)


def _clock(now: str | None) -> "Clock":
    from koba_desktop.system.clock import OffsetClock, SystemClock

    return OffsetClock(instant_of(now)) if now else SystemClock()


def _services(store: "Store", clock: "Clock") -> "Services":
    from koba_desktop.i18n.holidays import HolidayCalendar
    from koba_desktop.services.facade import Services
    from koba_desktop.system.host import host_name

    return Services(store, clock, HolidayCalendar(subdivision=SUBDIVISION), host=host_name())


def _key(path: Path, key_file: Path | None, secret: str) -> str:
    """The key of an existing database.

    Raises Unavailable: ``key_missing``, ``passphrase_needed``, ``passphrase_wrong`` and what the
    key's file or the keyring say.
    """
    from koba_desktop.system import keys, passphrase

    if named := keys.named_key(key_file):
        return named
    if passphrase.key_box(path).is_file():
        if not secret:
            raise Unavailable("passphrase_needed", where=str(path))
        return passphrase.unlock(path, secret)
    if keys.keyring_usable() and (stored := keys.stored_key(path)):
        return stored
    raise Unavailable("key_missing", where=str(path))


def _create(path: Path, key_file: Path | None) -> "tuple[SqliteStore, str]":
    """A new database and its recovery key. The key goes to the keyring unless it was named."""
    from koba_desktop.letters.texts import shipped_templates
    from koba_desktop.services.office.founding import lay_out_wordings
    from koba_desktop.storage.files import create_store
    from koba_desktop.system import keys
    from koba_desktop.system.clock import SystemClock
    from koba_desktop.system.recovery import recovery_key

    named = keys.named_key(key_file)
    if named is None and not keys.keyring_usable():
        raise Unavailable("keyring_missing")
    key = named or keys.new_key()
    store = create_store(path, key)
    try:
        lay_out_wordings(store, SystemClock().now(), shipped_templates())
        if named is None:
            keys.store_key(path, key)
    except BaseException:
        store.close()
        path.unlink()
        raise
    return store, recovery_key(key)


# --- the command line -----------------------------------------------------------------------------


def admin() -> None:
    """``koba-desktop-admin``."""
    from koba_desktop.cli import app
    from koba_desktop.cli.wiring import Wiring
    from koba_desktop.exchange.clients_csv import read_clients
    from koba_desktop.i18n import activate

    folders = _folders()
    activate("de")
    try:
        configuration = _configuration(folders, None)
    except OfficeError as error:
        from koba_desktop.i18n.messages import describe

        print(describe(error), file=sys.stderr)
        sys.exit(1)
    works = _AdminWorks(folders, configuration)
    wiring = Wiring(
        create=works.create,
        migrate=works.migrate,
        open_services=works.open_services,
        make_demo=_fill_with_demo,
        read_clients=read_clients,
        renderer=_renderer,
        backup=works.backup,
        check=works.check,
    )
    sys.exit(app.run(wiring, sys.argv[1:], language=configuration.language or "de"))


def _fill_with_demo(
    services: "Services", order: "DemoOrder", progress: Callable[[int, int], None]
) -> "DemoMade":
    """Invented people for an empty database. Raises Refused ``database_not_empty``."""
    from koba_desktop.cli.wiring import DemoMade
    from koba_desktop.domain.entities.office import Office
    from koba_desktop.letters.texts import shipped_templates
    from koba_desktop.services.demo.making import make_demo

    with services.view() as view:
        if view.reader.find(Office, limit=1):
            raise Refused(Problem("database_not_empty"))
    made = make_demo(
        services.store,
        services.clock.now(),
        services.holidays,
        shipped_templates(),
        clients=order.clients,
        appointments=order.appointments,
        seed=order.seed,
        until=order.until,
        progress=progress,
    )
    return DemoMade(clients=made.clients, appointments=made.appointments)


def _renderer() -> "LetterRenderer":
    from koba_desktop.letters.render import Renderer

    return Renderer()


class _AdminWorks:
    """What the administration's commands do with the database they name."""

    def __init__(self, folders: "Folders", configuration: Configuration) -> None:
        self._folders = folders
        self._configuration = configuration

    def create(self, target: "Target") -> "Created":
        from koba_desktop.cli.wiring import Created
        from koba_desktop.storage.schema import HEAD

        if not target.database and not self._configuration.database:
            self._folders.make()
        path = self._path(target)
        store, recovery = _create(path, self._key_file(target))
        store.close()
        return Created(database=str(path), schema=HEAD, recovery_key=recovery)

    def migrate(self, target: "Target") -> "Migrated":
        from koba_desktop.cli.wiring import Migrated
        from koba_desktop.storage.files import open_store
        from koba_desktop.storage.schema import HEAD

        path, key = self._path_and_key(target)
        try:
            open_store(path, key, upgrade=False).close()
        except Unavailable as error:
            if error.code != "database_older":
                raise
            before = str(error.problems[0].params["found"])
            open_store(path, key).close()
            return Migrated(before=before, after=HEAD)
        return Migrated(before=HEAD, after=HEAD)

    def open_services(self, target: "Target") -> "Services":
        from koba_desktop.storage.files import open_store
        from koba_desktop.system.clock import OffsetClock, SystemClock

        path, key = self._path_and_key(target)
        clock = OffsetClock(target.now) if target.now else SystemClock()
        return _services(open_store(path, key, upgrade=False), clock)

    def backup(self, target: "Target", file: Path | None) -> "BackupMade":
        from koba_desktop.cli.wiring import BackupMade
        from koba_desktop.storage.backup import backup, backup_now
        from koba_desktop.storage.files import open_store
        from koba_desktop.system.clock import SystemClock

        path, key = self._path_and_key(target)
        open_store(path, key, upgrade=False).close()
        if file is None:
            file = backup_now(path, key, SystemClock().now())
        else:
            backup(path, key, file)
        return BackupMade(file=file, bytes=file.stat().st_size, verified=True)

    def check(self, target: "Target") -> "Sequence[Problem]":
        from koba_desktop.storage.check import check
        from koba_desktop.storage.files import open_store

        path, key = self._path_and_key(target)
        store = open_store(path, key, upgrade=False)
        try:
            return check(store)
        finally:
            store.close()

    def _path(self, target: "Target") -> Path:
        return database_path(
            target.database or self._configuration.database, self._folders.database
        )

    def _key_file(self, target: "Target") -> Path | None:
        return target.key_file or self._configuration.key_file

    def _path_and_key(self, target: "Target") -> tuple[Path, str]:
        from koba_desktop.storage.files import require_usable

        path = self._path(target)
        require_usable(path)
        try:
            return path, _key(path, self._key_file(target), "")
        except Unavailable as error:
            if error.code != "passphrase_needed" or not sys.stdin.isatty():
                raise
        from getpass import getpass

        from koba_desktop.i18n import _

        return path, _key(path, None, getpass(_("Passphrase: ")))
