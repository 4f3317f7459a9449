"""What signing in opens on a real server, and why it opens nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest

from koba_desktop.bootstrap.shared import Wanted, connecting, sign_in
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import Refused, Unavailable
from koba_desktop.gui.opening import Opened, ServerNamed
from koba_desktop.services.ids import new_id
from koba_desktop.storage.postgres import people
from koba_desktop.system import keys, logs, passwords
from koba_desktop.system.folders import below
from koba_desktop.system.vault import Vault
from tests.postgres.fixtures import Database
from tests.postgres.office import PASSWORD, address_of, make_login, move_to, owner_store
from tests.support import Office
from tests.unit.keyrings import keyring_from

NEW_PASSWORD = "Die Bode ist im April noch kalt"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[tuple[str, str], str]]:
    """What the keyring of this PC keeps."""
    made = keyring_from("keyring.backends.SecretService")
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [made])
    yield made.kept
    logs.stop()


@pytest.fixture
def office(demo_office: Office, pg_database: Database) -> Office:
    """The made-up offices, in the shared database as well."""
    move_to(pg_database, demo_office)
    return demo_office


@pytest.fixture
def member(office: Office, pg_database: Database) -> Staff:
    """The advisor, who can sign in."""
    with office.store.reading() as reader:
        found = reader.get(Staff, office.actor.staff_id)
    make_login(pg_database, found.login)
    return found


def told(_text: str, _done: int, _total: int) -> None:
    """Nobody looks at the progress."""


def opened(
    database: Database, folder: Path, login: str, password: str, remember: bool | None = None
) -> Opened:
    way = sign_in(address_of(database), below(folder), Wanted())
    return way.open(told, login, password, remember)


def remembered(keyring: dict[tuple[str, str], str]) -> list[str]:
    """The passwords it keeps; beside them it has the keys of what lies on this PC for an outage."""
    return [secret for (_service, account), secret in keyring.items() if "@" in account]


def refused(database: Database, folder: Path, login: str, password: str) -> str:
    with pytest.raises(Unavailable) as error:
        opened(database, folder, login, password)
    assert password not in repr(error.value.problems)
    return error.value.code


def change_roles(database: Database, member: Staff, **changes: Any) -> None:
    store = owner_store(database)
    with store.writing(by=None, now=store.clock.now()) as uow:
        for role in uow.find(StaffRole, staff_id=member.id):
            uow.update(replace(role, **changes))
    store.close()


def test_the_login_is_the_person_and_the_clock_the_servers(
    office: Office, member: Staff, pg_database: Database, tmp_path: Path, keyring: object
) -> None:
    found = opened(pg_database, tmp_path, member.login, PASSWORD)
    try:
        assert found.seat is not None
        assert found.seat.staff_id == member.id
        assert found.place == f"shared ({address_of(pg_database).server})"
        assert abs(found.services.clock.now() - office.clock.now()) < timedelta(days=1)
        assert len(found.book.offices) > 1
        assert found.book.member(member.id).login == member.login
    finally:
        found.close()


def test_every_wrong_way_in_has_its_own_answer(
    office: Office, member: Staff, pg_database: Database, tmp_path: Path, keyring: object
) -> None:
    assert refused(pg_database, tmp_path, member.login, "not the password") == "password_wrong"
    assert refused(pg_database, tmp_path, "nobody", PASSWORD) == "password_wrong"
    pg_database.run(f'alter role "{member.login}" nologin')
    assert refused(pg_database, tmp_path, member.login, PASSWORD) == "login_disabled"
    pg_database.run(f'alter role "{member.login}" login')
    pg_database.run("update app.alembic_version set version_num = '0000'")
    assert refused(pg_database, tmp_path, member.login, PASSWORD) == "database_older"
    pg_database.run("update app.alembic_version set version_num = '9999'")
    assert refused(pg_database, tmp_path, member.login, PASSWORD) == "database_newer"


def test_without_a_role_in_force_nobody_comes_in(
    office: Office, member: Staff, pg_database: Database, tmp_path: Path, keyring: object
) -> None:
    change_roles(pg_database, member, valid_until=date(2021, 4, 12))
    assert refused(pg_database, tmp_path, member.login, PASSWORD) == "login_without_right"


def test_who_has_left_does_not_come_in(
    office: Office, member: Staff, pg_database: Database, tmp_path: Path, keyring: object
) -> None:
    store = owner_store(pg_database)
    with store.writing(by=None, now=store.clock.now()) as uow:
        uow.update(replace(uow.get(Staff, member.id), left_on=date(2021, 4, 1)))
    store.close()
    assert refused(pg_database, tmp_path, member.login, PASSWORD) in (
        "login_without_right",
        "login_disabled",
    )


def test_nothing_of_an_attempt_that_failed_stays_connected(
    office: Office, member: Staff, pg_database: Database, tmp_path: Path, keyring: object
) -> None:
    def stop(_text: str, done: int, total: int) -> None:
        steps.append(done)
        if len(steps) == 3:
            raise InterruptedError

    steps: list[int] = []
    way = sign_in(address_of(pg_database), below(tmp_path), Wanted())
    with pytest.raises(InterruptedError):
        way.open(stop, member.login, PASSWORD, None)
    store = owner_store(pg_database)
    with store.engine.connect() as connection:
        asked = "select count(*) from pg_stat_activity where usename = %s"
        assert connection.exec_driver_sql(asked, (member.login,)).scalar_one() == 0
    store.close()


def test_a_changed_password_holds_at_once_and_in_the_keyring(
    office: Office,
    member: Staff,
    pg_database: Database,
    tmp_path: Path,
    keyring: dict[tuple[str, str], str],
) -> None:
    found = opened(pg_database, tmp_path, member.login, PASSWORD, remember=True)
    assert remembered(keyring) == [PASSWORD]
    assert found.seat is not None
    try:
        with pytest.raises(Unavailable) as wrong:
            found.seat.change_password("not the password", NEW_PASSWORD)
        assert wrong.value.code == "password_wrong"
        with pytest.raises(Refused) as short:
            found.seat.change_password(PASSWORD, "zu kurz")
        assert short.value.code == "password_short"
        assert found.seat.change_password(PASSWORD, NEW_PASSWORD)
        with found.services.view(member.id) as view:  # the same window goes on
            assert view.reader.get(Staff, member.id).id == member.id
    finally:
        found.close()
    assert remembered(keyring) == [NEW_PASSWORD]
    assert refused(pg_database, tmp_path, member.login, PASSWORD) == "password_wrong"
    again = opened(pg_database, tmp_path, member.login, NEW_PASSWORD, remember=False)
    again.close()
    assert remembered(keyring) == []


def test_a_password_named_for_the_run_leaves_the_keyring_alone(
    office: Office,
    member: Staff,
    pg_database: Database,
    tmp_path: Path,
    keyring: dict[tuple[str, str], str],
) -> None:
    address = address_of(pg_database)
    account = passwords.account(member.login, address.server, address.database)
    passwords.remember(account, "of another day")
    opened(pg_database, tmp_path, member.login, PASSWORD, remember=None).close()
    assert remembered(keyring) == ["of another day"]


def test_no_file_of_this_pc_holds_the_password(
    office: Office, member: Staff, pg_database: Database, tmp_path: Path, keyring: object
) -> None:
    opened(pg_database, tmp_path / "user", member.login, PASSWORD, remember=True).close()
    refused(pg_database, tmp_path / "user", member.login, NEW_PASSWORD)
    for file in (tmp_path / "user").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert PASSWORD.encode() not in content, file
            assert NEW_PASSWORD.encode() not in content, file


def test_a_server_nobody_answers_at_is_away(tmp_path: Path, keyring: object) -> None:
    way = connecting(below(tmp_path), Wanted())(
        ServerNamed("postgresql://127.0.0.1:1/koba?sslmode=disable")
    )
    assert not way.encrypted
    with pytest.raises(Unavailable) as away:
        way.open(told, "d.berger", PASSWORD, False)
    assert away.value.code == "server_away"


def test_without_an_office_there_is_nothing_to_work_in(
    pg_database: Database, tmp_path: Path, keyring: object
) -> None:
    store = owner_store(pg_database)
    with store.writing(by=None, now=store.clock.now()) as uow:
        made = uow.add(Staff(id=new_id(), login="d.berger", family_name="Berger"))
    store.close()
    make_login(pg_database, made.login)
    assert refused(pg_database, tmp_path, made.login, PASSWORD) == "database_without_office"


def test_what_is_kept_opens_without_the_server_with_the_password_it_took_last(
    office: Office, member: Staff, pg_database: Database, tmp_path: Path, keyring: object
) -> None:
    """Also where the keyring has the key: whoever sits at the PC has that, too."""
    kept = sign_in(address_of(pg_database), below(tmp_path), Wanted()).kept
    assert kept is not None
    assert not kept.holds(member.login)
    with pytest.raises(Unavailable) as nothing:
        kept.open(told, member.login, PASSWORD)
    assert nothing.value.code == "server_away"
    _with_snapshot(pg_database, tmp_path, member)
    assert kept.holds(member.login)
    pg_database.server.stop("immediate")
    try:
        with pytest.raises(Unavailable) as wrong:
            kept.open(told, member.login, NEW_PASSWORD)
        assert wrong.value.code == "password_wrong"
        found = kept.open(told, member.login, PASSWORD)
        assert found.seat is not None
        assert found.seat.staff_id == member.id
        assert found.outage is not None
        assert found.outage.state.offline
        assert found.outage.state.taken_at is not None
        assert found.book.member(member.id) == member
        found.close()
    finally:
        pg_database.server.start()


def test_the_former_password_opens_what_is_kept_once_more(
    office: Office,
    member: Staff,
    pg_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a keyring the password locks the key; an administrator has given another one."""
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    _with_snapshot(pg_database, tmp_path, member)
    with psycopg.connect(pg_database.dsn(), autocommit=True) as connection:
        people.set_login(connection, member.login, NEW_PASSWORD)
    assert refused(pg_database, tmp_path, member.login, NEW_PASSWORD) == "vault_password_changed"
    kept = sign_in(address_of(pg_database), below(tmp_path), Wanted()).kept
    assert kept is not None
    with pytest.raises(Unavailable) as wrong:
        kept.take_over(member.login, "guessed", NEW_PASSWORD)
    assert wrong.value.code == "vault_password_changed"
    kept.take_over(member.login, PASSWORD, NEW_PASSWORD)
    opened(pg_database, tmp_path, member.login, NEW_PASSWORD).close()
    logs.stop()


def test_where_nobody_knows_it_the_locked_files_are_put_aside(
    office: Office,
    member: Staff,
    pg_database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    _with_snapshot(pg_database, tmp_path, member)
    folders = below(tmp_path)
    address = address_of(pg_database)
    kept = sign_in(address, folders, Wanted()).kept
    assert kept is not None
    kept.put_aside(member.login)
    assert not kept.holds(member.login)
    place = Vault.place(folders.data, f"{address.server}/{address.database}", member.login)
    assert list(place.glob("locked-1/*.db"))
    opened(pg_database, tmp_path, member.login, PASSWORD).close()
    logs.stop()


def _with_snapshot(database: Database, folder: Path, member: Staff) -> None:
    """Somebody worked here, until the first snapshot was taken."""
    found = opened(database, folder, member.login, PASSWORD)
    assert found.outage is not None
    taken = Event()
    found.outage.on_state(lambda state: taken.set() if state.taken_at else None)
    assert found.warm_up is not None
    found.warm_up()
    assert taken.wait(60)
    found.close()
