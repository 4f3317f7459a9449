"""A real window on a real server that goes silent, is killed, loses its lines, or is away at the
start: the window goes on by itself, and everything put in is there exactly once."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from koba_desktop.bootstrap.shared import Wanted, sign_in
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.contacts import ContactAttempt
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import AppointmentState, Channel, Outcome
from koba_desktop.gui import theme
from koba_desktop.gui.app import Program
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.appointments.editor import AppointmentEditor
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.opening import Opened, Progress
from koba_desktop.gui.outage.watching import OutageWatch
from koba_desktop.services.commands import ChangeDetails, RecordAttempt
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.outage.facade import SharedServices
from koba_desktop.storage.postgres.address import SharedAddress
from koba_desktop.system import keys, logs
from koba_desktop.system.folders import below
from tests.postgres.fixtures import Database
from tests.postgres.office import (
    PASSWORD,
    make_login,
    move_to,
    store_for,
)
from tests.postgres.proxy import Proxy
from tests.running import turn_until
from tests.support import Office

SECONDS_SILENT = 10.0
"""Until the banner stands there after the network went silent."""
SECONDS_KILLED = 3.0
"""The same where the server died."""


@dataclass
class Place:
    """Somebody's PC: the program, and the line to the server. ``colleague`` works elsewhere."""

    program: Program
    proxy: Proxy
    database: Database
    member: Staff
    colleague: Services

    @property
    def desk(self) -> Desk:
        assert self.program.desk is not None
        return self.program.desk

    @property
    def services(self) -> SharedServices:
        assert isinstance(self.desk.services, SharedServices)
        return self.desk.services

    @property
    def watch(self) -> OutageWatch:
        assert self.program.session is not None
        assert self.program.session.outage is not None
        return self.program.session.outage

    def until(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        turn_until(condition, seconds)

    def settle(self) -> None:
        for _turn in range(3):
            self.until(lambda: self.desk.tasks.idle)

    def banner_within(self, seconds: float) -> None:
        began = time.monotonic()
        self.until(lambda: self.watch.bar.text() != "", seconds + 5)
        assert time.monotonic() - began <= seconds

    def until_back(self) -> None:
        self.until(lambda: self.watch.bar.text() == "")
        self.settle()

    def record(self, client_id: Any, note: str) -> None:
        command = RecordAttempt(client_id=client_id, outcome=Outcome.NO_ANSWER, note=note)
        self.desk.execute(command, self.desk, message="Saved.", kept="A call")

    def attempts(self, client_id: Any) -> list[ContactAttempt]:
        """On the server."""
        with self.colleague.store.reading() as reader:
            return reader.find(ContactAttempt, client_id=client_id)

    def appointment(self) -> Appointment:
        """One of the person's that can still be changed."""
        with self.colleague.store.reading() as reader:
            found = reader.find(
                Appointment,
                advisor_id=self.member.id,
                channel=Channel.TELEPHONE,
                state=AppointmentState.CONFIRMED,
                order_by="starts",
            )
        return next(each for each in found if each.starts > self.desk.now())

    def client_to_call(self) -> Any:
        tasks = self.services.ask(lambda view: view.reader.open_tasks(self.member.id))
        return tasks[0].client_id


def _no_opener(_progress: Progress, _secret: str) -> Opened:
    raise AssertionError("the shared database is opened by signing in")


@pytest.fixture
def arrive(
    demo_office: Office,
    pg_database: Database,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[[str], Place]]:
    """Somebody starts the program at the PC, with a password named for the run or without."""
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    move_to(pg_database, demo_office)
    with demo_office.store.reading() as reader:
        member = reader.get(Staff, demo_office.actor.staff_id)
        other = next(
            each
            for each in reader.find(Staff, office_id=member.office_id, order_by="login")
            if each.login.startswith("berater") and each.id != member.id
        )
    make_login(pg_database, member.login)
    elsewhere = store_for(pg_database, other.login)
    colleague = Services(elsewhere, elsewhere.clock, demo_office.services.holidays, viewer=other.id)
    QSettings().setValue("window/tab", "myday")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    theme.install(app, theme.Scheme.LIGHT)
    proxy = Proxy(pg_database.server.port)
    started: list[Program] = []

    def start(password: str) -> Place:
        address = SharedAddress.parse(
            f"postgresql://127.0.0.1:{proxy.port}/{pg_database.name}?sslmode=disable"
        )
        way = sign_in(address, below(tmp_path), Wanted(login=member.login, password=password))
        program = Program(_no_opener, WindowOptions(language="en", sign_in=way))
        started.append(program)
        place = Place(program, proxy, pg_database, member, colleague)
        filled: list[bool] = []
        program.ready.connect(lambda: filled.append(True))
        program.start()
        if password:
            place.until(lambda: bool(filled))
            place.until(lambda: place.services.state.taken_at is not None)
            place.settle()
        return place

    yield start
    for program in started:
        if isValid(program.window):
            leave(program)
    proxy.close()
    elsewhere.close()
    logs.stop()


def leave(program: Program) -> None:
    program.window.close()
    program.shut_down()
    program.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def editor_of(place: Place, appointment: Appointment) -> Any:
    place.desk.edit_appointment_requested.emit(AppointmentRequest(appointment_id=appointment.id))
    place.settle()
    [found] = [w for w in QApplication.topLevelWidgets() if isinstance(w, AppointmentEditor)]
    return found


def test_a_network_that_goes_silent(arrive: Callable[[str], Place]) -> None:
    place = arrive(PASSWORD)
    appointment, client = place.appointment(), place.client_to_call()
    before = len(place.attempts(client))
    editor = editor_of(place, appointment)
    editor.ui.phone.setEditText("0391 4711")
    place.proxy.silent()
    place.banner_within(SECONDS_SILENT)
    place.record(client, "Nobody at home")
    editor.save(letter=False)
    place.until(lambda: place.services.state.waiting >= 1 and not editor.saving)
    assert editor.isVisible()
    assert "has to wait" in editor.ui.problem.text()
    assert len(place.attempts(client)) == before
    place.proxy.resume()
    place.until_back()
    assert len(place.attempts(client)) == before + 1
    assert editor.ui.phone.currentText() == "0391 4711"
    editor.save(letter=False)
    place.settle()
    with place.colleague.store.reading() as reader:
        assert reader.get(Appointment, appointment.id).phone == "0391 4711"


@pytest.mark.process
def test_a_server_that_is_killed_in_mid_work(arrive: Callable[[str], Place]) -> None:
    place = arrive(PASSWORD)
    client = place.client_to_call()
    before = len(place.attempts(client))
    place.database.server.kill()
    place.record(client, "while nobody knew yet")
    place.banner_within(SECONDS_KILLED)
    place.record(client, "and when everybody knew")
    place.until(lambda: place.services.state.waiting == 2)
    place.database.server.start()
    place.until_back()
    assert len(place.attempts(client)) == before + 2
    assert place.services.state.refused == ()
    assert "2 inputs were sent." in place.program.window.messages.text()


def test_lines_an_administrator_killed_and_a_changed_network(
    arrive: Callable[[str], Place],
) -> None:
    """Nobody is bothered: the window asks again, and hears what colleagues do as before."""
    place = arrive(PASSWORD)
    bothered: list[str] = []
    appointment, client = place.appointment(), place.client_to_call()
    before = len(place.attempts(client))
    place.database.run(
        "select pg_terminate_backend(pid) from pg_stat_activity"
        f" where usename = '{place.member.login}'"
    )
    place.watch.bar.visibilityChanged.connect(
        lambda on: bothered.append(place.watch.bar.text()) if on else None
    )
    place.record(client, "over a new line")
    place.until(lambda: len(place.attempts(client)) == before + 1 and place.desk.tasks.idle)
    place.until_back()
    place.proxy.cut()  # another network: all lines are gone, the server is there
    place.record(client, "and over another")
    place.until(lambda: len(place.attempts(client)) == before + 2 and place.desk.tasks.idle)
    place.until_back()

    told: list[object] = []
    place.desk.changed.connect(lambda changes: None if changes.own else told.append(changes))

    def change(number: int) -> None:
        with place.colleague.store.reading() as reader:
            row = reader.get(Appointment, appointment.id)
        place.colleague.execute(
            ChangeDetails(
                appointment_id=row.id,
                version=row.version,
                kind_id=row.kind_id,
                phone=f"0391 {number}",
                purpose="",
            ),
            Actor(place.colleague.viewer, row.office_id),  # type: ignore[arg-type]
        )

    change(4711)
    place.until(lambda: bool(told))
    assert bothered == []


@pytest.mark.process
def test_a_start_without_the_server_that_goes_on_with_it(
    arrive: Callable[[str], Place],
) -> None:
    first = arrive(PASSWORD)
    client = first.client_to_call()
    before = len(first.attempts(client))
    leave(first.program)
    first.database.server.stop("immediate")
    place = arrive("")
    door: Any = None

    def page_there() -> bool:
        nonlocal door
        door = place.program.door
        return door is not None and door.flow is not None

    place.until(page_there)
    page = door.flow.page
    page.password.set_text(PASSWORD)
    page.sign_in_wanted.emit()
    place.until(page.offline_button.isVisible)
    page.offline_button.click()
    place.until(lambda: place.program.session is not None and bool(place.watch.bar.text()))
    place.settle()
    assert place.desk.member.id == place.member.id
    place.record(client, "before the server was there")
    place.until(lambda: place.services.state.waiting == 1)
    place.database.server.start()
    place.until_back()
    assert len(place.attempts(client)) == before + 1
    place.record(client, "and after")
    place.until(lambda: len(place.attempts(client)) == before + 2)
