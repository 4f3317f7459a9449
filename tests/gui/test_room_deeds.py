"""What is done with rooms from any panel: the cycle, other places, and what is told about it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.errors import Conflict, OfficeError
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    RoomBookingState,
    RoomUse,
    VisitNeed,
    VisitResult,
)
from koba_desktop.gui.rooms import telling
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.rooms.steps import Deed, next_steps, of_booking
from koba_desktop.services.commands.door import ArriveVisitor, CloseRoom
from koba_desktop.services.ids import new_id
from koba_desktop.services.reception.page import reception_page
from koba_desktop.services.rooms.affected import Affected, Fate
from koba_desktop.services.rows import ArrivalRow
from tests.gui.room_house import RoomHouse
from tests.gui.small_desk import Hands
from tests.unit.service_office import at

S = RoomBookingState

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing)", extend=True
)  # menus, offscreen


@pytest.fixture
def panel(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(400, 300)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def deeds(house: RoomHouse, panel: QWidget) -> RoomDeeds:
    return RoomDeeds(house.desk, panel)


def open_menu(qtbot: QtBot) -> QMenu:
    """The menu that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entries(menu: QMenu) -> list[tuple[str, bool]]:
    """The texts without their mnemonics, and whether each can be chosen."""
    return [
        (action.text().replace("&", ""), action.isEnabled())
        for action in menu.actions()
        if not action.isSeparator()
    ]


def arrival(house: RoomHouse, appointment: Appointment) -> ArrivalRow:
    with house.office.view(house.office.reception) as view:
        page = reception_page(view, house.office.office.id)
    rows = (*page.waiting, *page.talking, *page.expected)
    return next(row for row in rows if row.appointment_id == appointment.id)


# --- the cycle ------------------------------------------------------------------------------------


def test_a_visitor_goes_in_and_the_line_says_where(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands
) -> None:
    moser = house.visit("Moser", 9, 15)
    deeds.enter(house.row(moser))
    hands.settle()
    assert house.booking(moser).state is S.OCCUPIED
    assert house.said == [("Moser: now in R 1.04.", True)]


def test_entering_is_taken_back(house: RoomHouse, deeds: RoomDeeds, hands: Hands) -> None:
    moser = house.visit("Moser", 9, 15)
    deeds.enter(house.row(moser))
    hands.settle()
    house.desk.undo()
    hands.settle()
    assert house.booking(moser).state is S.RESERVED
    assert house.office.one(Appointment, id=moser.id).state is AppointmentState.CONFIRMED


def test_a_second_press_is_the_same_wish(house: RoomHouse, deeds: RoomDeeds, hands: Hands) -> None:
    row = house.row(house.visit("Moser", 9, 15))
    deeds.enter(row)
    deeds.enter(row)
    hands.settle()
    deeds.enter(row)
    hands.settle()
    assert len(house.said) == 1


def test_leaving_says_who_comes_later_and_from_when(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands
) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    moser = house.visit("Moser", 10, 15)
    house.at(10, 10)
    deeds.vacate(house.row(seidel))
    hands.settle()
    assert house.booking(moser).starts == at(1, 10, 26)
    assert house.said == [("Seidel: R 1.04 vacated. Next person not before 10:26 (Moser).", True)]


def test_who_has_no_time_left_gets_another_room_by_name(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands
) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    moser = house.visit("Moser", 10, 15)
    house.at(10, 40)
    deeds.vacate(house.row(seidel))
    hands.settle()
    where = house.row(moser).room_name
    assert where != "R 1.04"
    assert f"Moser: now {where}, " in house.said[-1][0]


def test_who_finds_no_room_is_named(house: RoomHouse, deeds: RoomDeeds, hands: Hands) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    house.visit("Moser", 10, 15)
    for room in (house.second, house.tilted):
        house.office.do(
            CloseRoom(room_id=room.id, use=RoomUse.INTERNAL, starts=at(1, 10), ends=at(1, 15))
        )
    house.at(10, 40)
    deeds.vacate(house.row(seidel))
    hands.settle()
    assert "Moser (10:15) has no room now: choose one." in house.said[-1][0]


def test_of_an_urgent_visit_a_digit_says_what_was_done(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, qtbot: QtBot
) -> None:
    seidel = house.urgent("Seidel", 9, 15)
    house.enter(seidel)
    house.at(9, 40)
    deeds.vacate(house.row(seidel))
    menu = open_menu(qtbot)
    assert entries(menu)[0] == ("Seidel: what was done?", False)
    QTest.keyClick(menu, Qt.Key.Key_3)
    hands.settle()
    assert house.office.one(Visit, appointment_id=seidel.id).result is VisitResult.BY_TELEPHONE
    assert house.said[-1][0] == "Seidel: R 1.04 vacated. Recorded: goes on by telephone."


def test_leaving_the_menu_leaves_the_visitor_in_the_room(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, qtbot: QtBot
) -> None:
    seidel = house.urgent("Seidel", 9, 15)
    house.enter(seidel)
    deeds.vacate(house.row(seidel))
    QTest.keyClick(open_menu(qtbot), Qt.Key.Key_Escape)
    hands.settle()
    assert house.booking(seidel).state is S.OCCUPIED
    deeds.vacate_with(house.row(seidel), VisitResult.SETTLED)
    hands.settle()
    assert house.booking(seidel).state is S.AIRING


def test_airing_and_cleaning_end_with_the_initials_of_who_sits_at_the_desk(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands
) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    house.at(9, 30)
    deeds.vacate(house.row(seidel))
    hands.settle()
    house.at(9, 46)
    deeds.aired(house.row(seidel))
    hands.settle()
    assert house.booking(seidel).state is S.CLEANING
    deeds.cleaned(house.row(seidel))
    hands.settle()
    done = house.booking(seidel)
    assert (done.state, done.initials) == (S.FREE, "Bg")
    assert house.said[-1] == ("R 1.04 is cleaned (Bg) and free.", True)


@pytest.fixture
def problems(house: RoomHouse) -> list[Exception]:
    """Refusals that are expected, kept from the check that there was no problem at all."""
    found: list[Exception] = []
    house.desk.problem.disconnect()
    house.desk.problem.connect(found.append)
    return found


def test_a_refusal_is_told_and_the_deed_can_be_tried_again(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, problems: list[Exception]
) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    deeds.vacate(house.row(seidel))
    hands.settle()
    row = house.row(seidel)
    deeds.aired(row)
    hands.settle()
    [error] = problems
    assert isinstance(error, OfficeError)
    assert error.code == "not_aired_yet"
    house.at(9, 46)
    deeds.aired(row)
    hands.settle()
    assert house.booking(seidel).state is S.CLEANING


def test_without_initials_nothing_is_signed(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, problems: list[Exception]
) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    deeds.vacate(house.row(seidel))
    hands.settle()
    house.at(9, 46)
    deeds.cleaned(house.row(seidel), "  ")
    hands.settle()
    assert [getattr(error, "code", "") for error in problems] == ["initials_missing"]
    assert house.booking(seidel).state is S.AIRING


def test_who_was_slower_is_told(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, problems: list[Exception]
) -> None:
    moser = house.visit("Moser", 9, 15)
    seen = house.row(moser)
    house.enter(moser)
    deeds.enter(seen)
    hands.settle()
    assert [type(error) for error in problems] == [Conflict]


# --- places ---------------------------------------------------------------------------------------


def test_other_places_stand_in_a_menu_with_their_reasons(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, qtbot: QtBot
) -> None:
    moser = house.visit("Moser", 10, 15)
    deeds.choose_place(house.row(moser))
    menu = open_menu(qtbot)
    found = entries(menu)
    assert found[0] == ("Places for Moser", False)
    names = [text.split()[1:3] for text, enabled in found if enabled]
    assert ["R", "1.05"] in names
    assert not any("1.04" in text for text, _enabled in found)
    assert any("others can listen" in text for text, _enabled in found)
    QTest.keyClick(menu, Qt.Key.Key_1)
    hands.settle()
    where = house.row(moser).room_name
    assert where != "R 1.04"
    assert house.said == [(f"Moser: {where}.", True)]


def test_what_a_visit_needs_decides_which_places_are_offered(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, qtbot: QtBot
) -> None:
    moser = house.visit("Moser", 10, 15, room="R 1.05", needs=(VisitNeed.WHEELCHAIR,))
    deeds.choose_place(house.row(moser))
    found = entries(open_menu(qtbot))
    assert ("No other place is free then.", False) in found
    assert ("R 1.04 – no wheelchair access", False) in found
    QTest.keyClick(open_menu(qtbot), Qt.Key.Key_Escape)


def test_a_running_talk_goes_on_in_another_room(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, qtbot: QtBot
) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    house.at(9, 25)
    deeds.choose_place(house.row(seidel))
    QTest.keyClick(open_menu(qtbot), Qt.Key.Key_Return)
    hands.settle()
    assert house.row(seidel).room_name != "R 1.04"
    assert house.row(seidel).state is S.OCCUPIED
    assert house.said[-1][0].startswith("Seidel: ")
    assert house.said[-1][0].count("Seidel") == 1


def test_an_arrival_without_a_place_is_given_one_now(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, qtbot: QtBot
) -> None:
    moser = house.visit("Moser", 10, 15)
    house.office.do(ArriveVisitor(appointment_id=moser.id, version=moser.version))
    house.office.do(
        CloseRoom(room_id=house.second.id, use=RoomUse.INTERNAL, starts=at(1, 10), ends=at(1, 16))
    )
    house.office.do(
        CloseRoom(room_id=house.tilted.id, use=RoomUse.INTERNAL, starts=at(1, 10), ends=at(1, 16))
    )
    house.office.do(
        CloseRoom(
            room_id=house.office.room.id, use=RoomUse.INTERNAL, starts=at(1, 10, 5), ends=at(1, 16)
        )
    )
    row = arrival(house, moser)
    assert row.booking_id is None
    deeds.choose_place(row)
    menu = open_menu(qtbot)
    QTest.keyClick(menu, Qt.Key.Key_1)
    hands.settle()
    assert house.row(moser).starts == at(1, 9, 12)
    assert house.said[-1][0] == f"Moser: {house.row(moser).room_name}."


def test_the_reception_vacates_by_its_own_rows(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands
) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    deeds.vacate(arrival(house, seidel))
    hands.settle()
    assert house.booking(seidel).state is S.AIRING


# --- what is possible -----------------------------------------------------------------------------


def test_the_next_step_follows_the_cycle(house: RoomHouse) -> None:
    def deeds_now() -> list[tuple[Deed, bool]]:
        now = house.office.clock.now()
        return [(step.deed, step.ready(now)) for step in next_steps(house.line("R 1.04"), now)]

    assert deeds_now() == []
    seidel = house.visit("Seidel", 9, 15)
    assert deeds_now() == [(Deed.ENTER, True)]
    house.enter(seidel)
    assert deeds_now() == [(Deed.VACATE, True)]


def test_a_yard_offers_who_leaves_before_who_comes(house: RoomHouse) -> None:
    lange = house.visit("Lange", 9, 15, room="Hof 1")
    house.enter(lange)
    house.visit("Gruber", 10, room="Hof 1", place=1, advisor=house.office.lindner)
    now = house.office.clock.now()
    steps = next_steps(house.line("Hof 1"), now)
    assert [(s.deed, s.booking.label if s.booking else "") for s in steps] == [
        (Deed.VACATE, "Lange"),
        (Deed.ENTER, "Gruber"),
    ]


def test_a_closed_room_is_released_from_its_menu(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, panel: QWidget
) -> None:
    house.office.do(
        CloseRoom(
            room_id=house.office.room.id,
            use=RoomUse.CLEANING,
            starts=house.office.clock.now(),
            ends=at(1, 12),
        )
    )
    menu = QMenu(panel)
    deeds.fill_menu(menu, house.line("R 1.04"))
    release = find(menu, "Release the room")
    release.trigger()
    hands.settle()
    assert house.line("R 1.04").closure is None
    assert house.said == [("R 1.04 can be used again.", True)]


def test_a_closure_to_come_is_no_step_of_the_tile_but_can_be_taken_back(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, panel: QWidget
) -> None:
    house.office.do(
        CloseRoom(
            room_id=house.office.room.id, use=RoomUse.INTERNAL, starts=at(1, 13), ends=at(1, 14)
        )
    )
    line, now = house.line("R 1.04"), house.office.clock.now()
    assert next_steps(line, now) == ()
    menu = QMenu(panel)
    deeds.fill_menu(menu, line, line.following)
    find(menu, "Release the room").trigger()
    hands.settle()
    assert house.line("R 1.04").following is None


def test_a_place_taken_back_can_be_given_again(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands
) -> None:
    moser = house.visit("Moser", 10, 15)
    booking = house.booking(moser)
    released = replace(booking, state=S.RELEASED, active=False)
    with house.office.store.writing(by=None, now=house.office.clock.now()) as unit:
        unit.update(released)
    for _turn in range(2):
        row = arrival(house, moser)
        assert row.booking_id is None
        deeds.assign(row, booking.place_id, "R 1.04", now=False)
        hands.settle()
        assert house.row(moser).state is S.RESERVED
        house.desk.undo()
        hands.settle()
    assert [text for text, _undoable in house.said] == ["Moser: R 1.04.", "Moser: R 1.04."]


def test_the_menu_of_a_booking_opens_its_appointment(
    house: RoomHouse, deeds: RoomDeeds, panel: QWidget
) -> None:
    moser = house.visit("Moser", 10, 15)
    asked = []
    house.desk.edit_appointment_requested.connect(asked.append)
    menu = QMenu(panel)
    line = house.line("R 1.04")
    deeds.fill_menu(menu, line, line.following)
    texts = [text for text, _enabled in entries(menu)]
    assert texts[:2] == ["Check in", "Move to another place…"]
    find(menu, "Open the appointment").trigger()
    assert [request.appointment_id for request in asked] == [moser.id]


def test_a_step_that_is_too_early_says_from_when(
    house: RoomHouse, deeds: RoomDeeds, hands: Hands, panel: QWidget
) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    deeds.vacate(house.row(seidel))
    hands.settle()
    menu = QMenu(panel)
    deeds.fill_menu(menu, house.line("R 1.04"))
    assert entries(menu)[0] == ("Aired from 09:28", False)
    [step] = of_booking(house.line("R 1.04"), house.row(seidel), house.office.clock.now())
    assert step.deed is Deed.AIRED


def find(menu: QMenu, text: str) -> QAction:
    return next(a for a in menu.actions() if a.text().replace("&", "").startswith(text))


def test_those_without_a_room_are_named_together_and_first() -> None:
    def touched(fate: Fate, label: str, hour: int) -> Affected:
        return Affected(
            id=new_id(),
            fate=fate,
            label=label,
            use=RoomUse.CONSULTATION,
            room_name="R 1.06",
            starts=at(1, hour),
        )

    found = [
        touched(Fate.MOVED, "Bauer", 11),
        touched(Fate.DISPLACED, "Balke", 10),
        touched(Fate.DISPLACED, "Frenzel", 13),
    ]
    assert telling.with_affected(telling.closed("R 1.04"), found) == (
        "R 1.04 is closed. Without a room now: Balke (10:00), Frenzel (13:00). "
        "Choose one for each. Bauer: now R 1.06, 11:00."
    )
