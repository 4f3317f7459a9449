"""The reception calls; the advisor's own window tells who waits, and for how long."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow

from koba_desktop.domain.clock import Clock
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.reception.calls import CallWatcher
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.office.book import office_book
from koba_desktop.storage.files import open_store
from tests.gui.reception_desk import KEYS, FrontDesk, arrive, call, enter, front_desk, person, visit
from tests.support import KEY


@dataclass
class Advisor:
    """The window of an advisor: another program on the same file."""

    desk: Desk
    window: QMainWindow
    watcher: CallWatcher
    bot: Any

    @property
    def line(self) -> str:
        return self.watcher.bar.text()

    def hears(self, part: str) -> None:
        self.bot.waitUntil(lambda: part in self.line)

    def hears_nothing(self) -> None:
        self.bot.waitUntil(lambda: self.line == "")


class Feed(QObject):
    """Brings the word from the thread that watches the file, as in the program."""

    wrote = Signal(object)


@pytest.fixture
def door(tmp_path: Path, qtbot: Any) -> Iterator[FrontDesk]:
    with front_desk(tmp_path, qtbot) as made:
        yield made


@pytest.fixture
def advisor(door: FrontDesk, qtbot: Any) -> Iterator[Advisor]:
    yield from _advisor(door, door.office.berger.id, qtbot)


@pytest.fixture
def other(door: FrontDesk, qtbot: Any) -> Iterator[Advisor]:
    yield from _advisor(door, door.office.lindner.id, qtbot)


def _advisor(door: FrontDesk, staff_id: Any, bot: Any) -> Iterator[Advisor]:
    store = open_store(door.office.store.path, KEY)
    clock: Clock = door.office.clock
    services = Services(store, clock, HolidayCalendar(), host="PC-2")
    with services.view() as view:
        book = office_book(view)
    desk = Desk(services, book, Actor(staff_id, door.office.office.id), TaskRunner())
    window = QMainWindow()
    bot.addWidget(window)
    window.show()
    watcher = CallWatcher(window, desk)
    bot.waitUntil(lambda: desk.tasks.idle)
    yield Advisor(desk, window, watcher, bot)
    desk.tasks.close()
    store.close()


def nagy(door: FrontDesk, hour: int = 10, **values: Any) -> Appointment:
    return visit(door.office, person(door.office, "Nagy", "Petra"), hour, **values)


def test_the_advisor_called_is_told_who_waits_and_for_how_long(
    door: FrontDesk, advisor: Advisor, other: Advisor
) -> None:
    arrive(door.office, nagy(door))
    door.office.clock.advance(minutes=14)
    door.show()
    door.press(KEYS.Key_R)
    for each in (advisor, other):
        each.desk.others_wrote()  # as the watch on the file says it
    advisor.hears("Ms Nagy (101) waits at the reception, for 14 min")
    other.bot.waitUntil(lambda: other.desk.tasks.idle)
    assert other.line == ""


def test_another_programs_commit_is_enough(door: FrontDesk, advisor: Advisor) -> None:
    """Nothing is pressed in the advisor's window: the file itself tells it."""
    feed = Feed(advisor.desk)
    feed.wrote.connect(advisor.desk.others_wrote, Qt.ConnectionType.QueuedConnection)
    stop = advisor.desk.services.store.watch(feed.wrote.emit)
    try:
        coming = nagy(door)
        arrive(door.office, coming)
        call(door.office, coming)
        advisor.hears("Ms Nagy (101) waits at the reception, for 0 min")
    finally:
        stop()


def test_the_minutes_go_on_and_the_line_goes_when_the_visitor_is_inside(
    door: FrontDesk, advisor: Advisor
) -> None:
    coming = nagy(door)
    arrive(door.office, coming)
    call(door.office, coming)
    advisor.desk.others_wrote()
    advisor.hears("for 0 min")
    door.office.clock.advance(minutes=3)
    advisor.desk.tick.emit()
    assert "for 3 min" in advisor.line
    enter(door.office, coming)
    advisor.desk.others_wrote()
    advisor.hears_nothing()


def test_the_link_opens_the_appointment(door: FrontDesk, advisor: Advisor) -> None:
    coming = nagy(door)
    arrive(door.office, coming)
    call(door.office, coming)
    advisor.desk.others_wrote()
    advisor.hears("Nagy")
    asked: list[AppointmentRequest] = []
    advisor.desk.edit_appointment_requested.connect(asked.append)
    advisor.watcher.bar.link().click()
    assert [request.appointment_id for request in asked] == [coming.id]


def test_what_was_put_away_stays_away_until_called_again(door: FrontDesk, advisor: Advisor) -> None:
    coming = nagy(door)
    arrive(door.office, coming)
    call(door.office, coming)
    advisor.desk.others_wrote()
    advisor.hears("Nagy")
    advisor.watcher.bar.shut_button().click()
    assert advisor.line == ""
    advisor.desk.tick.emit()
    assert advisor.line == ""
    door.office.clock.advance(minutes=5)
    call(door.office, coming)
    advisor.desk.others_wrote()
    advisor.hears("for 5 min")


def test_several_are_told_in_one_line(door: FrontDesk, advisor: Advisor) -> None:
    first, second = nagy(door, 10), nagy(door, 11)
    for each in (first, second):
        arrive(door.office, each)
        call(door.office, each)
        door.office.clock.advance(minutes=1)
    advisor.desk.others_wrote()
    advisor.hears("1 more waits for you")


def test_who_waits_already_is_told_to_whoever_sits_down(
    door: FrontDesk, qtbot: Any, advisor: Advisor
) -> None:
    coming = nagy(door, advisor_id=door.office.lindner.id)
    arrive(door.office, coming)
    call(door.office, coming)
    assert advisor.line == ""
    advisor.desk.become(Actor(door.office.lindner.id, door.office.office.id))
    advisor.hears("Nagy")
