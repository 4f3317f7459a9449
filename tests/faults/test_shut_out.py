"""Somebody who is at work loses the login, the role or the password: told by a code of its own,
and nothing is shown or taken any more."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Condition

import psycopg
import pytest

from koba_desktop.bootstrap.outage import GoingOn, going_on
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.services.outage.state import OutageState
from koba_desktop.storage.postgres import people
from koba_desktop.system import keys
from tests.faults.desk import Desk, Desks
from tests.postgres.office import PASSWORD
from tests.postgres.proxy import Proxy

ANOTHER = "another long password for tests"


def disable(desks: Desks, login: str) -> None:
    """By the administration: the login is closed, and whoever is in is thrown out."""
    with psycopg.connect(desks.database.dsn(), autocommit=True) as connection:
        people.allow_login(connection, login, allowed=False)


def change_password(desks: Desks, login: str) -> None:
    """By the administration, or on another PC; and the connections are ended."""
    with psycopg.connect(desks.database.dsn(), autocommit=True) as connection:
        people.set_login(connection, login, ANOTHER)
    desks.end_sessions(login)


def withdraw_roles(desks: Desks, member: Staff) -> None:
    """The last day of all roles was yesterday."""
    now = desks.office.clock.now()
    with desks.owner.writing(by=None, now=now) as unit:
        for role in unit.find(StaffRole, staff_id=member.id):
            unit.update(replace(role, valid_until=now.date() - timedelta(days=1)))


CASES = [(disable, "login_disabled"), (change_password, "password_wrong")]


@pytest.mark.parametrize(("shut_out", "code"), CASES, ids=["disabled", "password"])
def test_whoever_is_shut_out_reads_and_writes_nothing(
    desks: Desks, shut_out: Callable[[Desks, str], None], code: str
) -> None:
    desk = desks.sit_down()
    assert len(desk.all(Client)) == 2
    shut_out(desks, "berger")
    with pytest.raises(Unavailable, match=code):
        desk.all(Client)
    with pytest.raises(Unavailable, match=code):
        desk.do(desks.office.booking(next(desks.slots(1))))
    desks.bookings_are({})


def test_without_a_role_nothing_is_seen_and_nothing_done(desks: Desks) -> None:
    """The login itself stays: the person may have a role again tomorrow."""
    desk = desks.sit_down()
    assert len(desk.all(Client)) == 2
    withdraw_roles(desks, desk.member)
    assert desk.all(Client) == []
    with pytest.raises(OfficeError) as caught:
        desk.do(desks.office.booking(next(desks.slots(1))))
    assert caught.value.code in ("not_entitled", "not_found")
    desks.bookings_are({})


class Window:
    """A program with its snapshot, as the window has it."""

    def __init__(self, desk: Desk, desks: Desks, root: Path) -> None:
        self.desk = desk
        self._news = Condition()
        self.opened: GoingOn = going_on(
            desk.store,
            desks.office.clock,
            root,
            server="s",
            login=desk.member.login,
            password=PASSWORD,
            staff_id=desk.member.id,
        )
        self.services = self.opened.services
        assert self.services.renew_snapshot()
        self.services.on_state(self._tell)
        self._stop = self.services.watch(lambda _foreign: None)
        self.opened.keeper.start()

    def _tell(self, _state: OutageState) -> None:
        with self._news:
            self._news.notify_all()

    def until(self, holds: Callable[[OutageState], bool]) -> None:
        with self._news:
            assert self._news.wait_for(lambda: holds(self.services.state), 30), self.services.state

    def people(self) -> int:
        return len(self.services.ask(lambda view: view.reader.find(Staff)))

    def close(self) -> None:
        self._stop()
        self.opened.close()


@pytest.fixture
def proxy(desks: Desks) -> Iterator[Proxy]:
    with Proxy(desks.database.server.port) as made:
        yield made


@pytest.fixture
def window(
    desks: Desks, proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    made = Window(desks.sit_down(port=proxy.port), desks, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize(("shut_out", "code"), CASES, ids=["disabled", "password"])
def test_the_snapshot_is_closed_to_whoever_is_shut_out_also_without_the_line(
    desks: Desks,
    proxy: Proxy,
    window: Window,
    tmp_path: Path,
    shut_out: Callable[[Desks, str], None],
    code: str,
) -> None:
    assert window.people() == 5
    proxy.refuse()
    proxy.cut()
    window.until(lambda state: state.offline)
    assert window.people() == 5, "it is for the outage that the snapshot is there"
    shut_out(desks, "berger")
    proxy.resume()
    assert not window.services.try_again()
    window.until(lambda state: state.stopped is not None and state.stopped.code == code)
    with pytest.raises(Unavailable, match=code):
        window.people()
    proxy.refuse()
    proxy.cut()
    window.services.try_again()
    with pytest.raises(Unavailable, match=code):
        window.people()
    kept = list(tmp_path.rglob("snapshot-*.db"))
    assert bool(kept) is (code == "password_wrong"), "it may be the same person, who signs in anew"
