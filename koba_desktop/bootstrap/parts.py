"""The parts both programs need: folders, configuration, clock, services, the database's key."""

from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.configuration import FILE, Configuration, instant_of, load
from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from koba_desktop.domain.clock import Clock
    from koba_desktop.services.facade import Services
    from koba_desktop.services.ports import Store
    from koba_desktop.storage.store import SqliteStore
    from koba_desktop.system.folders import Folders

SUBDIVISION = "ST"  # whose public holidays hold: Saxony-Anhalt


def standard_folders() -> "Folders":
    """The folders of this user on this system."""
    from koba_desktop.system.folders import standard

    return standard()


def configuration(folders: "Folders", named: Path | None) -> Configuration:
    """The machine's configuration, below the named file or else the user's own."""
    places = [folders.machine_config / FILE, folders.config / FILE]
    return load(places[:1], named) if named is not None else load(places)


def start_log(folders: "Folders") -> None:
    """The program's log on this PC."""
    from koba_desktop.system import logs

    logs.start(folders.logs)


def clock(now: str | None) -> "Clock":
    """The system's clock, or one that starts at a time in ISO 8601 and runs on."""
    return starting_clock(instant_of(now) if now else None)


def starting_clock(now: "datetime | None") -> "Clock":
    """The system's clock, or one that starts at an instant and runs on."""
    from koba_desktop.system.clock import OffsetClock, SystemClock

    return OffsetClock(now) if now else SystemClock()


def services(store: "Store", clock: "Clock", viewer: "UUID | None" = None) -> "Services":
    """The services on a store, with the public holidays of the office's federal state. ``viewer``:
    as ``Services`` says."""
    from koba_desktop.i18n.holidays import HolidayCalendar
    from koba_desktop.services.facade import Services
    from koba_desktop.system.host import host_name

    holidays = HolidayCalendar(subdivision=SUBDIVISION)
    return Services(store, clock, holidays, host=host_name(), viewer=viewer)


def key_of(path: Path, key_file: Path | None, secret: str) -> str:
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


def create_database(
    path: Path, key_file: Path | None, secret: str = ""
) -> "tuple[SqliteStore, str]":
    """A new database with the wordings of the letters, and its key.

    Raises what ``key_of_new`` and ``make_database`` raise.
    """
    from koba_desktop.storage.files import open_store
    from koba_desktop.system.clock import SystemClock

    key = key_of_new(path, key_file, secret)
    make_database(path, key, lambda store: bring_wordings(store, SystemClock().now()))
    return open_store(path, key), key


def key_of_new(path: Path, key_file: Path | None, secret: str = "") -> str:
    """The key a new database is to have.

    One that nobody named goes to the keyring or, with ``secret``, beside the database, locked by
    that passphrase. A key the keyring has for this place already is taken again: the file it
    belongs to may only be elsewhere for a while.

    Raises Unavailable ``keyring_missing``, ``keyring_locked`` and what ``require_new`` raises;
    Refused ``passphrase_short``.
    """
    from koba_desktop.storage.files import require_new
    from koba_desktop.system import keys, passphrase

    require_new(path)
    named = keys.named_key(key_file)
    if named is None and not secret and not keys.keyring_usable():
        raise Unavailable("keyring_missing")
    if named is not None:
        key = named
    elif secret:
        key = keys.new_key()
        box = passphrase.key_box(path)
        if box.exists():  # of a file that may only be elsewhere for a while
            box.replace(box.with_name(f"{box.name}.before"))
        passphrase.lock(path, key, secret)
    else:
        key = keys.stored_key(path) or keys.new_key()
        keys.store_key(path, key)
    return key


def make_database(path: Path, key: str, fill: "Callable[[SqliteStore], object]") -> None:
    """A new database. The file gets its name only when ``fill`` has put all in it and it is closed:
    whoever pulls the plug meanwhile finds no database, or a whole one.

    Raises what ``create_store`` and ``fill`` raise.
    """
    from koba_desktop.storage.files import create_store, put_in_place, require_new

    require_new(path)
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    try:
        store = create_store(beside, key)
        try:
            fill(store)
        finally:
            store.close()
        put_in_place(beside, path)
    finally:
        for leftover in (beside, Path(f"{beside}-wal"), Path(f"{beside}-shm")):
            leftover.unlink(missing_ok=True)


def bring_wordings(store: "Store", now: "datetime") -> None:
    """Give a database the wordings of letters that this program has and it lacks: all of them to a
    new one, new and newly worded ones to one that an earlier program made."""
    from koba_desktop.letters.letter.texts import shipped_templates
    from koba_desktop.services.letters.shipping import lay_out_wordings

    lay_out_wordings(store, now, shipped_templates())
