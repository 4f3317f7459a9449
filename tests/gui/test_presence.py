"""Who else has the same appointment or client open: two desks on one database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.bookkeeping import PRESENT_FOR, Presence
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Unavailable
from koba_desktop.gui.appointments.editor import AppointmentEditor, open_appointment_editor
from koba_desktop.gui.clients.editor import ClientEditor, open_client_editor
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.presence import BEAT_MS, POLL_MS
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import office_book
from koba_desktop.services.ports import Foreign
from koba_desktop.storage.files import open_store
from koba_desktop.storage.store import SqliteStore
from tests.gui.small_desk import small_desk
from tests.support import KEY
from tests.unit.service_office import SmallOffice, at


@dataclass
class Place:
    """Somebody at a PC."""

    desk: Desk
    store: SqliteStore
    bot: QtBot
    opened: list[QWidget] = field(default_factory=list)

    def settle(self) -> None:
        self.bot.waitUntil(lambda: self.desk.tasks.idle)

    def opens(self, appointment: Any) -> AppointmentEditor:
        request = AppointmentRequest(appointment_id=appointment.id)
        editor = open_appointment_editor(self.desk, request)
        self.opened.append(editor)
        self.settle()
        return editor

    def opens_client(self, client: Any) -> ClientEditor:
        editor = open_client_editor(self.desk, client.id, None)
        self.opened.append(editor)
        self.settle()
        return editor

    def asks(self) -> None:
        self.desk.presences.ask()
        self.settle()

    def leave(self) -> None:
        for editor in self.opened:
            try:
                editor.close()
            except RuntimeError:  # closed already
                continue
        self.settle()


@dataclass
class House:
    office: SmallOffice
    berger: Place
    arrive: Callable[..., Place]

    def rows(self) -> list[Presence]:
        with self.office.view() as view:
            return view.reader.find(Presence)


@pytest.fixture
def house(tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    """Frau Berger at PC-1; others ``arrive`` at PCs of their own."""
    QSettings().clear()
    with small_desk(tmp_path) as (office, desk):
        places: list[Place] = []

        def arrive(who: Staff, host: str) -> Place:
            store = open_store(office.store.path, KEY)
            services = Services(store, office.clock, HolidayCalendar(), host=host)
            with services.view() as view:
                book = office_book(view)
            theirs = Desk(services, book, Actor(who.id, office.office.id), TaskRunner())
            places.append(Place(theirs, store, qtbot))
            return places[-1]

        berger = Place(desk, office.store, qtbot)
        yield House(office, berger, arrive)
        berger.leave()
        for place in places:
            place.leave()
            place.desk.tasks.close()
            place.store.close()


def line(editor: Any) -> str:
    shown = editor.meanwhile.presence if isinstance(editor, AppointmentEditor) else editor._presence
    return "" if shown.isHidden() else shown.text()


def test_both_see_each_other(house: House) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    mine = house.berger.opens(booked)
    assert line(mine) == ""
    lindner = house.arrive(house.office.lindner, "PC-17")
    theirs = lindner.opens(booked)
    assert line(theirs) == "Ms Berger (PC-1) has this appointment open just now."
    house.berger.asks()
    assert line(mine) == "Ms Lindner (PC-17) has this appointment open just now."
    assert mine.meanwhile.presence.accessibleName() == line(mine)
    theirs.close()
    lindner.settle()
    house.berger.asks()
    assert line(mine) == ""


def test_of_another_appointment_nobody_is_told(house: House) -> None:
    one = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    other = house.office.booked(at(14, 10), client_id=house.office.hartwig.id)
    house.arrive(house.office.lindner, "PC-17").opens(other)
    assert line(house.berger.opens(one)) == ""


def test_the_client_too(house: House) -> None:
    lindner = house.arrive(house.office.lindner, "PC-17")
    lindner.opens_client(house.office.kuhn)
    editor = house.berger.opens_client(house.office.kuhn)
    assert line(editor) == "Ms Lindner (PC-17) has this client open just now."


def test_a_pc_that_crashed_is_gone_after_a_minute(house: House) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    lindner = house.arrive(house.office.lindner, "PC-17")
    lindner.opens(booked)
    mine = house.berger.opens(booked)
    house.office.clock.advance(seconds=PRESENT_FOR.seconds - 1)
    house.berger.asks()
    assert "Lindner" in line(mine)
    house.office.clock.advance(seconds=1)
    house.berger.asks()
    assert line(mine) == ""
    house.berger.opens_client(house.office.kuhn).close()
    house.berger.settle()
    assert house.office.lindner.id in {row.staff_id for row in house.rows()}
    lindner.desk.presences.say()  # it was only very slow
    lindner.settle()
    house.berger.asks()
    assert "Lindner" in line(mine)


def test_what_a_crash_left_behind_goes_with_the_next_closing(house: House) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    house.arrive(house.office.lindner, "PC-17").opens(booked)
    house.office.clock.advance(minutes=2)
    later = house.arrive(house.office.lindner, "PC-18")
    later.opens_client(house.office.kuhn)
    later.leave()
    assert house.rows() == []


def test_several_are_named_in_one_line(house: House) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    house.arrive(house.office.lindner, "PC-17").opens(booked)
    house.office.clock.advance(seconds=1)
    house.arrive(house.office.lead, "").opens(booked)
    mine = house.berger.opens(booked)
    assert line(mine) == "Also open just now: Mr Seidel, Ms Lindner (PC-17)"


def test_ones_own_second_window_is_nobody_else(house: House) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    mine = house.berger.opens(booked)
    second = house.arrive(house.office.berger, "PC-1").opens(booked)
    house.berger.asks()
    assert (line(mine), line(second)) == ("", "")


def test_oneself_at_another_pc_is_told_and_so_is_another_at_this_one(house: House) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    mine = house.berger.opens(booked)
    elsewhere = house.arrive(house.office.berger, "PC-2")
    elsewhere.opens(booked)
    house.berger.asks()
    assert line(mine) == "Also open just now: you yourself (PC-2)"
    elsewhere.leave()
    house.arrive(house.office.lindner, "PC-1").opens(booked)
    house.berger.asks()
    assert line(mine) == "Ms Lindner (PC-1) has this appointment open just now."


def test_the_database_tells_of_it_where_it_can(house: House, qtbot: QtBot) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    mine = house.berger.opens(booked)
    presences = house.berger.desk.presences
    assert presences._poll.interval() == POLL_MS
    house.arrive(house.office.lindner, "PC-17").opens(booked)
    house.berger.desk.others_wrote(Foreign(frozenset({("presence", new_id())})))
    house.berger.settle()
    assert line(mine) == ""
    house.berger.desk.others_wrote(Foreign(frozenset({("presence", booked.id)})))
    qtbot.waitUntil(lambda: "Lindner" in line(mine))
    assert presences._poll.interval() == BEAT_MS


def test_a_file_tells_nothing_of_it_and_is_asked(house: House, qtbot: QtBot) -> None:
    """No commit is counted for it: others' windows are not woken, they look by themselves."""
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    mine = house.berger.opens(booked)
    woken: list[Foreign] = []
    stop = house.office.store.watch(woken.append)
    try:
        house.berger.desk.presences._poll.setInterval(20)
        house.arrive(house.office.lindner, "PC-17").opens(booked)
        qtbot.waitUntil(lambda: "Lindner" in line(mine))
    finally:
        stop()
    assert woken == []


def test_whoever_takes_the_desk_over_is_there_under_the_own_name(house: House) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    house.berger.opens(booked)
    actor = Actor(house.office.lead.id, house.office.office.id)
    house.berger.desk.become(actor)
    house.berger.settle()
    assert [row.staff_id for row in house.rows()] == [house.office.lead.id]


def test_two_editors_of_one_window_are_one_presence(house: House) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    one, other = house.berger.opens(booked), house.berger.opens(booked)
    assert len(house.rows()) == 1
    one.close()
    house.berger.settle()
    assert len(house.rows()) == 1
    other.close()
    house.berger.settle()
    assert house.rows() == []
    presences = house.berger.desk.presences
    assert not presences._beat.isActive()
    assert not presences._poll.isActive()


def test_an_editor_that_went_with_its_window_is_closed_too(house: House, qtbot: QtBot) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    editor = house.berger.opens(booked)
    house.berger.opened.clear()
    with qtbot.waitSignal(editor.destroyed):
        editor.deleteLater()
    house.berger.settle()
    assert house.rows() == []


def test_whoever_closes_at_once_is_not_there_again(
    house: House, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer of the first word is late; the second must not overtake it."""
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    store, go_on, real = house.office.store, Event(), house.office.store.mark_present

    def slow(presence: Presence) -> None:
        go_on.wait(10)
        real(presence)

    monkeypatch.setattr(store, "mark_present", slow)
    editor = open_appointment_editor(
        house.berger.desk, AppointmentRequest(appointment_id=booked.id)
    )
    editor.close()
    go_on.set()
    house.berger.settle()
    assert house.rows() == []


def test_without_a_database_there_is_no_noise(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked = house.office.booked(at(14, 9), client_id=house.office.kuhn.id)
    house.arrive(house.office.lindner, "PC-17").opens(booked)
    mine = house.berger.opens(booked)
    assert "Lindner" in line(mine)
    problems: list[Exception] = []
    house.berger.desk.problem.connect(problems.append)

    def away(*_given: Any) -> Any:
        raise Unavailable("server_away")

    with monkeypatch.context() as patched:
        for name in ("mark_present", "mark_gone", "reading"):
            patched.setattr(house.office.store, name, away)
        house.berger.desk.presences.say()
        house.berger.asks()
        assert "Lindner" in line(mine)
        house.office.clock.advance(seconds=61)
        house.berger.asks()
        assert line(mine) == ""
    assert problems == []
    house.berger.desk.presences.say()
    house.berger.settle()
    assert house.office.berger.id in {row.staff_id for row in house.rows()}
