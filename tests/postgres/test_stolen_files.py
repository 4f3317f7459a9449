"""A stolen PC, or a copy of its files: nothing there opens the database, or tells of clients."""

import base64
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import psycopg
import pytest

from koba_desktop.bootstrap.shared import Wanted, connecting, sign_in
from koba_desktop.configuration import load
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import Outcome
from koba_desktop.gui.opening import Opened, ServerNamed
from koba_desktop.services.commands import RecordAttempt, SaveDraft
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.system import keys, logs
from koba_desktop.system.folders import below
from tests.postgres.fixtures import Database
from tests.postgres.office import PASSWORD, address_of, make_login, move_to
from tests.support import Office
from tests.unit.keyrings import keyring_from

SAMPLE = Path(__file__).parents[2] / "docs" / "config.sample.toml"
NOTE = "Frau K. war sehr aufgebracht"


@pytest.fixture(params=["keyring", "no keyring"])
def kept_secrets(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[tuple[str, str], str]]:
    """What the system keeps for the person, apart from all files."""
    made = keyring_from("keyring.backends.SecretService")
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: [made])
    if request.param == "no keyring":
        monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    yield made.kept
    logs.stop()


@pytest.fixture
def office(demo_office: Office, pg_database: Database) -> Office:
    move_to(pg_database, demo_office)
    return demo_office


@pytest.fixture
def stolen(
    office: Office,
    pg_database: Database,
    kept_secrets: dict[tuple[str, str], str],
    tmp_path: Path,
) -> dict[Path, bytes]:
    """All files after a day's work on one PC: a server named and remembered, somebody signed in, a
    snapshot, a call recorded while the server was away, a draft, a log."""
    folders = below(tmp_path / "user")
    with office.store.reading() as reader:
        member = reader.get(Staff, office.actor.staff_id)
    make_login(pg_database, member.login)
    way = connecting(folders, Wanted())(ServerNamed(address_of(pg_database).url))
    found = way.open(lambda _text, _done, _total: None, member.login, PASSWORD, True)
    assert found.outage is not None
    _worked(found, office, pg_database)
    found.close()
    logs.stop()
    files = {each: each.read_bytes() for each in (tmp_path / "user").rglob("*") if each.is_file()}
    assert any(each.suffix == ".db" for each in files)
    return files


def _worked(found: Opened, office: Office, database: Database) -> None:
    outage = found.outage
    assert outage is not None
    taken = Event()
    outage.on_state(lambda state: taken.set() if state.taken_at else None)
    assert found.warm_up is not None
    found.warm_up()
    assert taken.wait(60)
    actor = Actor(office.actor.staff_id, office.actor.office_id)
    database.server.stop("immediate")
    try:
        with office.store.reading() as reader:
            client = reader.find(Client, advisor_id=actor.staff_id, order_by="id", limit=1)[0]
        call = RecordAttempt(client_id=client.id, outcome=Outcome.NO_ANSWER, note=NOTE)
        assert outage.execute(call, actor).queued
        draft = SaveDraft(draft_id=new_id(), form="client", subject_id=None, content={"note": NOTE})
        assert outage.execute(draft, actor).queued
    finally:
        database.server.start()


def _forms(secret: str) -> Iterator[bytes]:
    """The ways a secret may be written."""
    raw = secret.encode()
    yield from (raw, base64.b64encode(raw), raw.hex().encode(), secret.encode("utf-16-le"))
    if re.fullmatch(r"([0-9a-f]{2}){16,}", secret):
        key = bytes.fromhex(secret)
        yield from (key, base64.b64encode(key), base64.urlsafe_b64encode(key))


def test_no_file_holds_what_opens_the_database_or_what_is_kept(
    stolen: dict[Path, bytes], kept_secrets: dict[tuple[str, str], str]
) -> None:
    for secret in {PASSWORD, *kept_secrets.values()}:
        for form in _forms(secret):
            holding = [path.name for path, content in stolen.items() if form in content]
            assert holding == [], "a secret lies in a file"
    for path, content in stolen.items():
        assert b"SCRAM-SHA-256" not in content, path


def test_no_file_tells_of_a_client(stolen: dict[Path, bytes], office: Office) -> None:
    """Neither the snapshot and the queue, nor the log, nor what lies beside them while they are
    written."""
    with office.store.reading() as reader:
        people = reader.find(Client)
        numbers = [phone.typed for phone in reader.find(ClientPhone)]
    words = {NOTE, *(each.number for each in people if each.number), *numbers}
    # Short names stand in anything by chance.
    words |= {each.family_name for each in people if len(each.family_name) > 7}
    assert len(words) > 100
    for path, content in stolen.items():
        told = [word for word in words if word.encode() in content]
        assert told == [], path


def test_what_is_kept_for_an_outage_is_no_database_to_anybody_else(
    stolen: dict[Path, bytes], tmp_path: Path
) -> None:
    databases = [path for path in stolen if path.suffix == ".db"]
    assert len(databases) >= 2
    for number, path in enumerate(databases):
        copy = tmp_path / f"copy-{number}.db"
        copy.write_bytes(stolen[path])
        assert not stolen[path].startswith(b"SQLite format 3")
        with sqlite3.connect(copy) as connection, pytest.raises(sqlite3.DatabaseError):
            connection.execute("select count(*) from sqlite_master")


def test_nothing_written_there_is_taken_for_a_password(
    stolen: dict[Path, bytes], office: Office, pg_database: Database, tmp_path: Path
) -> None:
    """Every word of the readable files, tried at the server and at what is kept here."""
    readable = [content for path, content in stolen.items() if path.suffix != ".db"]
    words: dict[str, None] = {"": None}
    for content in readable:
        for word in re.findall(rb"[A-Za-z0-9+/=_.@:-]{6,}", content):
            words[word.decode()] = None
    with office.store.reading() as reader:
        login = reader.get(Staff, office.actor.staff_id).login
    assert len(words) > 5
    for word in list(words)[:60]:
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(pg_database.dsn(login, word or " "))
    kept = sign_in(address_of(pg_database), below(tmp_path / "user"), Wanted()).kept
    assert kept is not None
    for word in list(words)[:10]:
        with pytest.raises(Unavailable) as wrong:
            kept.open(lambda _text, _done, _total: None, login, word)
        assert wrong.value.code == "password_wrong"


def test_the_configuration_names_places_and_a_person_and_nothing_else() -> None:
    said: Any = load([SAMPLE])
    assert said.database.startswith("postgresql://")
    assert "@" not in said.database
    names = set(re.findall(r"^#?\s*([a-z_]+) = ", SAMPLE.read_text(encoding="utf-8"), re.MULTILINE))
    assert names == {"database", "ca_file", "login", "language"}


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://d.berger:geheim@server/koba",
        "postgresql://server/koba?password=geheim",
        "postgresql://server/koba?sslmode=verify-full&PASSWORD=geheim",
        "postgresql://server/koba?passfile=/tmp/x",
        "postgresql://server/koba?sslpassword=geheim",
    ],
)
def test_a_secret_in_a_configuration_is_refused_unread(address: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'database = "{address}"\n', encoding="utf-8")
    with pytest.raises(Unavailable) as refused:
        load([file])
    assert refused.value.code == "password_in_address"
    assert "geheim" not in repr(refused.value.problems)
    file.write_text('password = "geheim"\n', encoding="utf-8")
    with pytest.raises(Unavailable) as unknown:
        load([file])
    assert unknown.value.code == "config_unknown"
    assert "geheim" not in repr(unknown.value.problems)
