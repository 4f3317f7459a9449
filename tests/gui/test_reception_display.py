"""The display in the hall: numbers and rooms, never a name, an advisor or a reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.vocabulary import UrgencyCategory
from koba_desktop.gui.reception import display as display_module
from koba_desktop.gui.reception.display import MOST, SHOWN, HallDisplay
from koba_desktop.gui.reception.hall import HallLine, hall_lines
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n.words import word
from koba_desktop.services.execution import Actor
from koba_desktop.services.reception.page import reception_page
from koba_desktop.services.rooms.board import room_days
from tests.gui.reception_desk import (
    KEYS,
    PURPOSE,
    FrontDesk,
    arrive,
    call,
    enter,
    front_desk,
    person,
    visit,
)
from tests.support import TUESDAY, Office


@pytest.fixture
def door(tmp_path: Path, qtbot: Any) -> Iterator[FrontDesk]:
    with front_desk(tmp_path, qtbot) as made:
        yield made


def lines(door: FrontDesk) -> list[tuple[str, str]]:
    office = door.office
    with office.view(office.reception) as view:
        page = reception_page(view, office.office.id)
        days = room_days(view, office.office.id, view.today)
    return [(line.code, line.place) for line in hall_lines(page, days, office.clock.now())]


def nagy(door: FrontDesk, hour: int = 10, minute: int = 0, **values: Any) -> Appointment:
    return visit(door.office, person(door.office, "Nagy", "Petra"), hour, minute, **values)


def moser(door: FrontDesk, hour: int = 10, minute: int = 0, **values: Any) -> Appointment:
    values = {"advisor_id": door.office.lindner.id, **values}
    return visit(door.office, person(door.office, "Moser", "Lukas"), hour, minute, **values)


# --- what it says ---------------------------------------------------------------------------------


def test_a_number_waits_until_the_advisor_is_called_and_shows_the_room_then(
    door: FrontDesk,
) -> None:
    coming = nagy(door, place_id=door.office.place.id)
    assert lines(door) == []  # expected: nobody in the hall yet
    arrive(door.office, coming)
    assert lines(door) == [("101", "")]
    call(door.office, coming)
    assert lines(door) == [("101", "R 1.04")]


def test_nobody_is_sent_into_a_room_that_is_not_ready(door: FrontDesk) -> None:
    place = door.office.place.id
    first, second = nagy(door, 9, 15, place_id=place), moser(door, 10, 15, place_id=place)
    for each in (first, second):
        arrive(door.office, each)
    enter(door.office, first)
    call(door.office, second)
    assert lines(door) == [("101", "R 1.04"), ("102", "")]


def test_a_number_goes_soon_after_its_visitor_went_in(door: FrontDesk) -> None:
    coming = nagy(door)
    arrive(door.office, coming)
    enter(door.office, coming)
    assert len(lines(door)) == 1
    door.office.clock.advance(minutes=4)
    assert lines(door) == []


def test_those_who_may_go_in_come_first_then_the_order_of_arrival(door: FrontDesk) -> None:
    first, second = nagy(door, 11), moser(door, 10)
    arrive(door.office, first)
    door.office.clock.advance(minutes=2)
    arrive(door.office, second)
    assert [code for code, _place in lines(door)] == ["101", "102"]
    call(door.office, second)
    assert [code for code, _place in lines(door)] == ["102", "101"]


# --- privacy --------------------------------------------------------------------------------------


def painted(widget: QWidget, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text the display draws."""
    drawn: list[str] = []

    class Pen(QPainter):
        def drawText(self, *args: Any) -> Any:
            drawn.extend(each for each in args if isinstance(each, str))
            return super().drawText(*args)

    monkeypatch.setattr(display_module, "QPainter", Pen)
    widget.grab()
    return drawn


def test_no_name_no_advisor_and_no_reason_is_ever_painted_or_said(
    office: Office, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The full demonstration, at every quarter of its day."""
    shown: set[str] = set()
    names: set[str] = set()
    for quarter in range(32):
        office.clock.set(TUESDAY.replace(hour=6, minute=0))
        office.clock.advance(minutes=15 * quarter)
        now = office.clock.now()
        with office.services.view(office.actor.staff_id) as view:
            page = reception_page(view, office.actor.office_id)
            days = room_days(view, office.actor.office_id, view.today)
        for row in (*page.waiting, *page.talking, *page.expected, *page.gone):
            names |= {row.family_name, row.given_name, row.advisor_name, row.kind_name}
        window = HallDisplay()
        qtbot.addWidget(window)
        window.resize(900, 600)
        window.show_lines(hall_lines(page, days, now), now)
        shown |= set(painted(window, monkeypatch))
        interface = QAccessible.queryAccessibleInterface(window)
        shown |= {interface.text(kind) for kind in list(QAccessible.Text)[:4]}
    text = "\n".join(shown)
    assert any(char.isdigit() for char in text)
    reasons = {word(each) for each in UrgencyCategory} | {PURPOSE, "emergency", "urgent"}
    assert {each for each in (names | reasons) - {""} if each in text} == set()


def test_it_is_given_numbers_and_places_and_nothing_else(door: FrontDesk) -> None:
    arrive(door.office, nagy(door))
    door.show()
    door.panel.hall.action.setChecked(True)
    door.settle()
    display = door.panel.hall.display
    assert display is not None
    assert display.lines == (HallLine("101", ""),)
    assert display.windowTitle() == "Hall display"
    kept = {str(value) for value in vars(display).values()}
    assert not any("Nagy" in each or "Berger" in each for each in kept)


# --- the window -----------------------------------------------------------------------------------


def test_it_is_switched_on_and_off_and_says_which_it_is(door: FrontDesk) -> None:
    door.show()
    action = door.panel.hall.action
    assert action in door.panel.corner()
    assert action in door.panel.commands()
    assert action.iconText() == "Hall display: off"
    action.trigger()
    assert action.iconText() == "Hall display: on"
    display = door.panel.hall.display
    assert display is not None
    assert display.isVisible()
    assert door.panel.isActiveWindow()  # the keyboard stays at the desk
    assert QSettings().value(SHOWN, type=bool) is True
    door.bot.keyClick(display, KEYS.Key_Escape)
    assert not door.panel.hall.on
    assert action.iconText() == "Hall display: off"


def test_it_lives_on_while_another_view_is_in_front(door: FrontDesk) -> None:
    coming = nagy(door)
    door.show()
    door.panel.hall.action.trigger()
    door.panel.hide()
    arrive(door.office, coming)
    door.reload()
    display = door.panel.hall.display
    assert display is not None
    assert display.lines == (HallLine("101", ""),)
    call(door.office, coming)
    door.reload()
    assert display.lines[0].place.startswith("R 1.0")
    assert display.lines[0].place in display.accessibleDescription()


def test_another_person_at_the_desk_leaves_no_number_behind(door: FrontDesk) -> None:
    arrive(door.office, nagy(door))
    door.show()
    door.panel.hall.action.trigger()
    door.settle()
    display = door.panel.hall.display
    assert display is not None
    assert display.lines
    door.desk.become(Actor(door.office.administrator.id, door.office.office.id))
    assert display.lines == ()
    door.settle()


def test_it_goes_with_the_main_window_and_is_not_forgotten(tmp_path: Path, qtbot: Any) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    with front_desk(tmp_path, qtbot) as door:
        panel = type(door.panel)(door.desk, window)
        window.tabs.fill("reception", panel)
        window.show()
        panel.hall.action.trigger()
        display = panel.hall.display
        assert display is not None
        assert display.isVisible()
        window.close()
        assert not panel.hall.on
        assert QSettings().value(SHOWN, type=bool) is True
        door.settle()


def test_it_holds_as_many_numbers_as_can_be_read(qtbot: Any) -> None:
    window = HallDisplay()
    qtbot.addWidget(window)
    window.show_lines(tuple(HallLine(str(n), "") for n in range(40)), TUESDAY)
    assert len(window.lines) == MOST
    assert window.focusPolicy() is Qt.FocusPolicy.StrongFocus
