"""How the parts are put together, without a window."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.bootstrap import administration, offices, parts, window
from koba_desktop.cli.wiring import DemoOrder, Target
from koba_desktop.configuration import Configuration
from koba_desktop.domain.entities.letters import Template
from koba_desktop.domain.errors import Refused, Unavailable
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.opening import ServerNamed, SignIn
from koba_desktop.letters.letter.texts import shipped_templates
from koba_desktop.services.letters.shipping import lay_out_wordings
from koba_desktop.storage.files import create_store, open_store, put_in_place
from koba_desktop.storage.store import SqliteStore
from koba_desktop.system import keys, logs, passphrase, passwords
from koba_desktop.system.clock import SystemClock
from koba_desktop.system.folders import Folders, below
from koba_desktop.system.recovery import recovery_key
from tests.support import KEY, FixedClock


@pytest.fixture(autouse=True)
def named_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv(keys.ENVIRONMENT, KEY)
    yield
    logs.stop()


@pytest.fixture
def works(tmp_path: Path) -> administration.AdminWorks:
    return administration.AdminWorks(below(tmp_path / "user"), Configuration())


def test_importing_it_loads_nothing_heavy() -> None:
    """The window is painted before the database's and the letters' libraries are loaded."""
    heavy = ("sqlalchemy", "alembic", "reportlab", "pypdfium2", "phonenumbers", "typer", "holidays")
    code = (
        "import sys, koba_desktop.bootstrap, koba_desktop.gui.app;"
        f"print([m for m in {heavy!r} if m in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60
    )
    assert said.stdout.strip() == "[]"


def told(_text: str, _done: int, _total: int) -> None:
    """Nobody looks at the progress."""


def test_a_new_database_holds_all_wordings_and_shows_its_recovery_key(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    opened = offices.open_new(path, None, "", SystemClock(), told)
    try:
        assert opened.recovery_key == recovery_key(KEY)
        assert opened.book.offices == ()
        with opened.services.view() as view:
            assert len(view.reader.find(Template)) >= 3
    finally:
        opened.close()
    again = offices.open_office(path, None, "", SystemClock())
    assert again.recovery_key == opened.recovery_key
    again.close()
    assert [file.name for file in tmp_path.glob("office*")] == ["office.db"]


KINDS_OF_0_1 = {"telephone_proposal", "changed_telephone", "cancellation"}


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database that knows only the kinds of letters of the first version."""
    path = tmp_path / "office.db"
    store = create_store(path, KEY)
    known = [each for each in shipped_templates() if each[0].value in KINDS_OF_0_1]
    assert lay_out_wordings(store, SystemClock().now(), known) == len(known)
    store.close()
    return path


def kinds_in(path: Path) -> list[str]:
    store = open_store(path, KEY)
    try:
        with store.reading() as reader:
            return sorted(template.kind.value for template in reader.find(Template))
    finally:
        store.close()


def test_an_older_database_gets_the_new_wordings_when_it_is_opened(older: Path) -> None:
    assert set(kinds_in(older)) == KINDS_OF_0_1
    for _start in range(2):
        offices.open_office(older, None, "", SystemClock()).close()
        assert kinds_in(older) == sorted(each[0].value for each in shipped_templates())


def test_migrating_brings_the_new_wordings(works: administration.AdminWorks, older: Path) -> None:
    done = works.migrate(Target(str(older)))
    assert done.before == done.after
    assert kinds_in(older) == sorted(each[0].value for each in shipped_templates())


def test_a_database_made_but_for_its_last_step_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plug is pulled before the file has got its name."""
    path = tmp_path / "office.db"

    def pulled(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("koba_desktop.storage.files.put_in_place", pulled)
        with pytest.raises(KeyboardInterrupt):
            parts.create_database(path, None)
    assert not path.exists()
    store, key = parts.create_database(path, None)
    store.close()
    assert key == KEY
    assert [file.name for file in tmp_path.iterdir()] == ["office.db"]


def test_a_database_somebody_else_made_meanwhile_stays(tmp_path: Path, store: SqliteStore) -> None:
    made = tmp_path / "made.db"
    made.write_bytes(b"new")
    before = store.path.read_bytes()
    with pytest.raises(Unavailable) as refused:
        put_in_place(made, store.path)
    assert refused.value.code == "database_exists"
    assert store.path.read_bytes() == before


def test_a_passphrase_keeps_the_key_where_there_is_no_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(keys.ENVIRONMENT)
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    monkeypatch.setattr(passphrase.lock, "__kwdefaults__", {"cost": 2**4})
    path = tmp_path / "office.db"
    with pytest.raises(Unavailable) as missing:
        parts.create_database(path, None)
    assert missing.value.code == "keyring_missing"
    passphrase.key_box(path).write_text("of a file that is elsewhere", encoding="ascii")
    store, key = parts.create_database(path, None, "correct horse battery")
    store.close()
    assert parts.key_of(path, None, "correct horse battery") == key
    assert (tmp_path / "office.db.key.before").read_text(encoding="ascii").startswith("of a file")


def test_a_key_the_keyring_has_for_that_place_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file it belongs to may only be elsewhere for a while."""
    monkeypatch.delenv(keys.ENVIRONMENT)
    ring: dict[Path, str] = {}
    monkeypatch.setattr(keys, "keyring_usable", lambda: True)
    monkeypatch.setattr(keys, "stored_key", ring.get)
    monkeypatch.setattr(keys, "store_key", ring.__setitem__)
    path = tmp_path / "office.db"
    store, first = parts.create_database(path, None)
    store.close()
    path.rename(tmp_path / "elsewhere.db")
    store, second = parts.create_database(path, None)
    store.close()
    assert first == second == ring[path]


def test_a_named_database_that_is_missing_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        offices.open_office(tmp_path / "office.db", None, "", SystemClock())
    assert refused.value.code == "file_missing"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda path: path.write_text("Dear Sir or Madam", encoding="utf-8"), "not_a_database"),
        (lambda path: None, "file_missing"),
    ],
)
def test_what_is_no_database_is_refused(tmp_path: Path, prepare: object, code: str) -> None:
    path = tmp_path / "office.db"
    prepare(path)  # type: ignore[operator]
    with pytest.raises(Unavailable) as refused:
        offices.open_office(path, None, "", SystemClock())
    assert refused.value.code == code


def test_a_wrong_key_is_refused(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.close()
    monkeypatch.setenv(keys.ENVIRONMENT, "00" * 32)
    with pytest.raises(Unavailable) as refused:
        offices.open_office(store.path, None, "", SystemClock())
    assert refused.value.code == "wrong_key"


def test_a_passphrase_is_asked_for_where_it_locks_the_key(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(keys.ENVIRONMENT)
    passphrase.lock(store.path, KEY, "correct horse battery", cost=2**4)
    with pytest.raises(Unavailable) as needed:
        parts.key_of(store.path, None, "")
    assert needed.value.code == "passphrase_needed"
    assert parts.key_of(store.path, None, "correct horse battery") == KEY
    with pytest.raises(Unavailable) as wrong:
        parts.key_of(store.path, None, "battery horse")
    assert wrong.value.code == "passphrase_wrong"


def test_opening_keeps_a_copy_of_the_day(store: SqliteStore) -> None:
    store.close()
    opened = offices.open_office(store.path, None, "", FixedClock())
    opened.close()
    copies = list((store.path.parent / "backups").glob("*-daily-2021-04-13.db"))
    assert len(copies) == 1


def test_a_failed_copy_does_not_keep_the_office_closed(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: object) -> None:
        raise Unavailable("disk_full")

    monkeypatch.setattr("koba_desktop.storage.backup.backup_daily", fail)
    store.close()
    with caplog.at_level(logging.WARNING):
        opened = offices.open_office(store.path, None, "", FixedClock())
    opened.close()
    assert "disk_full" in caplog.text
    assert opened.backup_failed is not None
    assert opened.backup_failed.code == "disk_full"


def test_a_demo_is_full_of_people_and_its_clock_goes_forward(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from functools import partial

    from koba_desktop.services.demo import making

    monkeypatch.setattr(
        making, "make_demo", partial(making.make_demo, clients=120, appointments=60)
    )
    told: list[tuple[int, int]] = []
    opened = offices.open_demo(
        tmp_path, lambda _text, done, total: told.append((done, total)), window.DEMO_START
    )
    try:
        assert opened.book.demo
        assert opened.first is not None
        assert opened.advance is not None
        assert told[-1][0] >= told[0][0]
        before: datetime = opened.services.clock.now()
        opened.advance(before + timedelta(hours=3))
        assert opened.services.clock.now() - before >= timedelta(hours=3)
        opened.advance(before)  # never back
        assert opened.services.clock.now() - before >= timedelta(hours=3)
    finally:
        opened.close()


def test_the_administration_makes_fills_copies_and_checks_a_database(
    works: administration.AdminWorks, tmp_path: Path
) -> None:
    target = Target(database=str(tmp_path / "office.db"))
    created = works.create(target)
    assert created.recovery_key
    with pytest.raises(Unavailable):
        works.create(target)
    services = works.open_services(target)
    order = DemoOrder(clients=100, appointments=40, seed=3, until=datetime(2021, 4, 30).date())  # noqa: DTZ001
    made = administration.fill_with_demo(services, order, lambda done, total: None)
    assert made.clients == 100
    with pytest.raises(Refused) as refused:
        administration.fill_with_demo(services, order, lambda done, total: None)
    assert refused.value.code == "database_not_empty"
    services.store.close()
    copy = works.backup(target, tmp_path / "copy.db")
    assert copy.verified
    assert copy.bytes == (tmp_path / "copy.db").stat().st_size
    assert list(works.check(target).findings) == []
    migrated = works.migrate(target)
    assert migrated.before == migrated.after


@pytest.mark.parametrize(
    ("arguments", "configured", "there", "assistant"),
    [
        ([], "", False, True),
        ([], "", True, False),
        (["--database", "elsewhere.db"], "", False, False),
        ([], 'database = "D:/KoBa/office.koba"', False, False),
        ([], "database = ", False, False),  # the trouble is told instead
    ],
)
def test_the_assistant_comes_where_nothing_is_there_and_nothing_was_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    configured: str,
    there: bool,
    assistant: bool,
) -> None:
    folders = below(tmp_path)
    if configured:
        folders.machine_config.mkdir(parents=True)
        (folders.machine_config / "config.toml").write_text(configured, encoding="utf-8")
    if there:
        folders.make()
        folders.database.write_bytes(b"")
    before = set(tmp_path.rglob("*"))
    seen: list[bool] = []

    def run(_opener: object, options: WindowOptions) -> int:
        seen.append(options.first is not None)
        return 0

    monkeypatch.setattr(parts, "standard_folders", lambda: folders)
    monkeypatch.setattr("koba_desktop.gui.app.run", run)
    assert window.desktop(arguments) == 0
    assert seen == [assistant]
    assert set(tmp_path.rglob("*")) == before


SHARED = "postgresql://koba-db.example/koba"


@dataclass
class Started:
    """What ``desktop`` would have shown."""

    folders: Folders
    opener: Any = None
    options: Any = None

    def run(self, opener: object, options: WindowOptions) -> int:
        self.opener, self.options = opener, options
        return 0

    @property
    def sign_in(self) -> SignIn:
        assert self.options.sign_in is not None
        found: SignIn = self.options.sign_in
        return found

    def configure(self, text: str, *, machine: bool = True) -> None:
        folder = self.folders.machine_config if machine else self.folders.config
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Started:
    made = Started(below(tmp_path))
    monkeypatch.setattr(parts, "standard_folders", lambda: made.folders)
    monkeypatch.setattr("koba_desktop.gui.app.run", made.run)
    for name in (passwords.LOGIN, passwords.PASSWORD):
        monkeypatch.delenv(name, raising=False)
    return made


def test_a_server_named_on_the_command_line_leads_to_the_sign_in(started: Started) -> None:
    assert window.desktop(["--database", SHARED]) == 0
    assert started.sign_in.server == "koba-db.example/koba"
    assert started.sign_in.encrypted
    assert started.sign_in.password == ""
    assert started.sign_in.elsewhere is None
    assert started.options.first is None


def test_a_server_in_the_machines_configuration_is_not_to_be_changed(started: Started) -> None:
    started.configure(f'database = "{SHARED}"\nlogin = "d.berger"\n')
    window.desktop([])
    assert started.sign_in.login == "d.berger"
    assert started.sign_in.elsewhere is None


def test_a_server_in_ones_own_configuration_may_be_changed(started: Started) -> None:
    started.configure(f'database = "{SHARED}"\nca_file = "/etc/koba/ca.pem"\n', machine=False)
    window.desktop([])
    assert started.sign_in.named == ServerNamed("koba-db.example", "koba", "/etc/koba/ca.pem")
    assert started.sign_in.elsewhere is not None


def test_automation_names_login_and_password(
    started: Started, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(passwords.LOGIN, "d.berger")
    monkeypatch.setenv(passwords.PASSWORD, "geheim und lang")
    window.desktop(["--database", SHARED])
    assert (started.sign_in.login, started.sign_in.password) == ("d.berger", "geheim und lang")
    assert "geheim" not in repr(started.sign_in)
    assert passwords.PASSWORD not in os.environ
    file = tmp_path / "password"
    file.write_text("aus der Datei\n", encoding="utf-8")
    file.chmod(0o600)
    window.desktop(["--database", SHARED, "--password-file", str(file)])
    assert started.sign_in.password == "aus der Datei"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--database", "postgresql://d.berger:geheim@server/koba"], "password_in_address"),
        (["--database", "postgresql://server"], "database_address_malformed"),
        (["--database", SHARED, "--password-file", "/nowhere"], "password_file_missing"),
    ],
)
def test_what_is_wrong_with_the_address_is_told_in_the_window(
    started: Started, arguments: list[str], code: str
) -> None:
    window.desktop(arguments)
    assert started.options.sign_in is None
    with pytest.raises(Unavailable) as told:
        started.opener(lambda *_progress: None, "")
    assert told.value.code == code
    assert "geheim" not in repr(told.value.problems)


def test_a_local_database_asks_nobody_to_sign_in(started: Started, tmp_path: Path) -> None:
    window.desktop(["--database", str(tmp_path / "office.db")])
    assert started.options.sign_in is None
