"""The outage with a real server: what each login's snapshot holds, and a server that is killed."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.bootstrap.outage import GoingOn, going_on
from koba_desktop.domain.clock import day_bounds, day_of
from koba_desktop.domain.entities.appointments import Appointment, AppointmentPurpose
from koba_desktop.domain.entities.clients import Client, ClientAddress, ClientNote
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.office import Office as OfficeRecord
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import Outcome, Role
from koba_desktop.services.commands import NoteAttempt, RecordAttempt
from koba_desktop.services.execution import Actor
from koba_desktop.services.outage.state import OutageState
from koba_desktop.storage.check import check
from koba_desktop.storage.postgres.store import PostgresStore
from koba_desktop.storage.snapshot import OpenSnapshot, open_snapshot, write_snapshot
from koba_desktop.system import keys, passphrase
from tests.postgres.fixtures import Database
from tests.postgres.office import PASSWORD, address_of, move_to, store_for
from tests.support import KEY, FixedClock, Office


@pytest.fixture
def office(demo_office: Office, pg_database: Database) -> Office:
    """The made-up offices, in the shared database as well."""
    move_to(pg_database, demo_office)
    return demo_office


def member_of(office: Office, role: Role) -> Staff:
    with office.store.reading() as reader:
        roles = reader.find(
            StaffRole, role=role, office_id=office.actor.office_id, order_by="id", limit=1
        )
        return reader.get(Staff, roles[0].staff_id)


def rows(store: Any, kind: type[Any], **where: Any) -> list[Any]:
    with store.reading() as reader:
        return list(reader.find(kind, order_by="id", **where))


@pytest.fixture
def taken(
    office: Office, pg_database: Database, tmp_path: Path
) -> Iterator[Callable[[Role], tuple[PostgresStore, OpenSnapshot]]]:
    opened: list[Any] = []

    def take(role: Role) -> tuple[PostgresStore, OpenSnapshot]:
        member = member_of(office, role)
        store = store_for(pg_database, member.login)
        path = tmp_path / f"{role}.db"
        write_snapshot(store, path, KEY, office.clock.now(), member.id)
        snapshot = open_snapshot(path, KEY)
        opened.extend((store, snapshot.store))
        return store, snapshot

    yield take
    for each in opened:
        each.close()


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.ADVISOR, Role.LEAD])
def test_a_snapshot_holds_what_the_login_is_shown_and_no_more(
    office: Office, taken: Callable[[Role], tuple[PostgresStore, OpenSnapshot]], role: Role
) -> None:
    store, snapshot = taken(role)
    assert check(snapshot.store) == []
    mine = office.actor.office_id
    assert {row.office_id for row in rows(snapshot.store, Appointment)} == {mine}
    for kind in (AppointmentPurpose, AttemptNote, ClientNote):
        assert bool(rows(snapshot.store, kind)) is (role is not Role.RECEPTION), kind
    blocked = {row.id for row in rows(snapshot.store, Client) if row.address_blocked}
    assert not rows(snapshot.store, ClientAddress, client_id=next(iter(blocked), None))
    starts, ends = day_bounds(day_of(office.clock.now()))
    with store.reading() as there, snapshot.store.reading() as here:
        shown = here.appointments_between(mine, starts, ends)
        assert shown
        assert shown == there.appointments_between(mine, starts, ends)
        assert here.arrivals(mine, starts, ends) == there.arrivals(mine, starts, ends)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DATA_PROTECTION])
def test_who_sees_no_clients_keeps_none(
    office: Office, taken: Callable[[Role], tuple[PostgresStore, OpenSnapshot]], role: Role
) -> None:
    _store, snapshot = taken(role)
    assert rows(snapshot.store, Client) == rows(snapshot.store, Appointment) == []
    assert rows(snapshot.store, OfficeRecord)


@pytest.mark.process
def test_a_server_that_is_killed_gets_all_calls_once_it_is_back(
    office: Office, pg_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    member = member_of(office, Role.ADVISOR)
    store = store_for(pg_database, member.login)
    opened = _opened(store, office.clock, tmp_path, member)
    services = opened.services
    told = threading.Condition()

    def tell(_state: OutageState) -> None:
        with told:
            told.notify_all()

    def until(holds: Callable[[OutageState], bool]) -> None:
        with told:
            assert told.wait_for(lambda: holds(services.state), timeout=60), services.state

    services.on_state(tell)
    stop = services.watch(lambda _foreign: None)
    actor = Actor(member.id, office.actor.office_id)
    try:
        opened.start()
        until(lambda state: state.taken_at is not None)
        with services.view() as view:
            task = view.reader.open_tasks(member.id)[0]
        before = {row.id for row in rows(store, ContactAttempt)}
        pg_database.server.kill()
        until(lambda state: state.offline)
        attempts = []
        for number in range(3):
            office.clock.advance(minutes=1)
            command = RecordAttempt(
                client_id=task.client_id, task_id=task.id, outcome=Outcome.NO_ANSWER
            )
            receipt = services.execute(command, actor)
            assert receipt.queued
            attempt_id = receipt.result["attempt_id"]
            attempts.append(attempt_id)
            services.execute(NoteAttempt(attempt_id=attempt_id, text=str(number)), actor)
        assert len(services.ask(lambda view: view.reader.client_attempts(task.client_id))) >= 3
        pg_database.server.start()
        until(lambda state: not state.offline and not state.waiting)
        assert services.state.refused == ()
        fresh = [row for row in rows(store, ContactAttempt) if row.id not in before]
        now = office.clock.now()
        assert [(now - row.at).total_seconds() for row in fresh] == [120, 60, 0]
        assert {row.staff_id for row in fresh} == {member.id}
        notes = [rows(store, AttemptNote, attempt_id=row.id)[0].text for row in fresh]
        assert notes == ["0", "1", "2"]
        assert rows(store, CallTask, id=task.id)[0].due > now
    finally:
        stop()
        opened.close()
        store.close()


def test_a_start_without_the_server_opens_what_was_kept(
    office: Office, pg_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    member = member_of(office, Role.ADVISOR)
    store = store_for(pg_database, member.login)
    with pytest.raises(Unavailable) as refused:
        _opened(store, office.clock, tmp_path, None)
    assert refused.value.code == "server_away"
    first = _opened(store, office.clock, tmp_path, member)
    assert first.services.renew_snapshot()
    first.close()
    store.close()
    assert list(tmp_path.glob("outage/*/*" + passphrase.key_box(Path("x")).suffix))

    pg_database.server.stop("immediate")
    try:
        away = PostgresStore(address_of(pg_database), member.login, PASSWORD)
        again = _opened(away, office.clock, tmp_path, None)
        again.start()
        assert again.services.staff_id == member.id
        assert again.services.state.offline
        with again.services.view() as view:
            assert view.viewer == member.id
            assert view.reader.open_tasks(member.id)
        again.close()
        away.close()
        with pytest.raises(Unavailable) as refused:
            going_on(
                away, office.clock, tmp_path, server="s", login=member.login, password="another"
            )
        assert refused.value.code == "vault_password_changed"
    finally:
        pg_database.server.start()


def _opened(store: PostgresStore, clock: FixedClock, root: Path, member: Staff | None) -> GoingOn:
    return going_on(
        store,
        clock,
        root,
        server="s",
        login=store.login,
        password=PASSWORD,
        staff_id=member.id if member is not None else None,
    )
