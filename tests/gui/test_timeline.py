"""The timeline of the rooms: what it shows and says, and how the keyboard goes about in it."""

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from koba_desktop.domain.vocabulary import ReasonCode, RoomUse
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.gui.timeline import wording
from koba_desktop.gui.timeline.scene import Phase
from koba_desktop.i18n import activate
from koba_desktop.services.commands import Override
from koba_desktop.services.commands.door import CloseRoom, VacateRoom
from tests.gui.room_house import RoomHouse
from tests.gui.small_desk import Hands
from tests.gui.timeline_page import Page, block, clock, fresh, line, open_page, select, spoken
from tests.unit.service_office import at

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing)", extend=True
)  # menus, offscreen


# --- what it shows --------------------------------------------------------------------------------


def test_the_places_stand_in_the_order_of_the_rooms(page: Page) -> None:
    names = [wording.line_name(each) for each in page.view.scene.lines]
    assert names == ["R 1.04", "R 1.05", "R 2.01", "Hof 1, place 1", "Hof 1, place 2"]


def test_the_hours_go_from_before_the_opening_to_after_the_end_and_to_what_is_booked(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    assert (page.view.scene.first, page.view.scene.last) == (7 * 60 + 30, 16 * 60 + 30)
    late = frozenset({"outside_hours", "outside_pattern"})
    overruled = Override(codes=late, reason=ReasonCode.URGENT)
    house.visit("Horn", 16, 15, ends=at(1, 17), override=overruled)
    view = fresh(page, hands)
    assert clock(view.scene.last) == "17:30"  # 17:00, and the pause after it


def test_a_block_lies_at_its_time_in_its_row_with_the_pause_behind_it(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10, 15)
    view = fresh(page, hands)
    geometry, found = view.geometry_now, block(view, visit)
    rect = view.row_rect(found.id)
    assert rect.left() == geometry.x_of(10 * 60 + 15)
    assert rect.right() + 1 == geometry.x_of(10 * 60 + 45)
    assert geometry.line_at(view.to_content(rect.center()).y()) == line(view, "R 1.04")
    assert clock(found.until) == "11:01"
    assert view.indexAt(rect.center()) == view.rows.index_of(found.id)
    behind = QPoint(geometry.x_of(10 * 60 + 50), rect.center().y())
    assert view.block_at(behind) == found
    assert view.block_at(QPoint(geometry.x_of(12 * 60), rect.center().y())) is None


def test_in_the_dock_the_places_of_a_room_share_its_row(
    house: RoomHouse, hands: Hands, qtbot: QtBot
) -> None:
    house.visit("Wolter", 11, room="Hof 1")
    house.visit("Gruber", 11, room="Hof 1", place=1, advisor=house.office.lindner)
    dock = open_page(house, hands, qtbot, compact=True)
    view = dock.view
    first, second = (view.geometry_now.bands[line(view, f"Hof 1, place {n}")] for n in (1, 2))
    room = view.geometry_now.bands[0]
    assert first.top + first.height == second.top
    assert first.height + second.height == room.height
    blocks = [view.visualRect(view.rows.index(n)) for n in range(len(view.scene.blocks))]
    assert len(blocks) == 2
    assert not blocks[0].intersects(blocks[1])
    view.grab()


def test_a_screen_reader_hears_place_kind_time_people_state_and_pause(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    activate("de")
    house.visit("Kern", 10, 15)
    view = fresh(page, hands)
    expected = (
        "R 1.04, persönlich, 10:15 bis 10:45, Kern, Frau Berger, reserviert, "
        "danach 16 Minuten lüften"
    )
    assert spoken(view)[0] == expected


def test_a_closed_room_is_named_with_its_reason(page: Page, house: RoomHouse, hands: Hands) -> None:
    house.office.do(
        CloseRoom(
            room_id=house.tilted.id,
            use=RoomUse.MAINTENANCE,
            starts=house.office.clock.now(),
            ends=at(1, 15),
            reason=ReasonCode.DEFECT,
            note="Heizung defekt",
        )
    )
    view = fresh(page, hands)
    assert spoken(view)[0] == "R 2.01, closed until 15:00: Heizung defekt"
    assert view.scene.blocks[0].closure
    assert not view.scene.blocks[0].movable_elsewhere


def test_an_overrun_grows_with_the_clock_and_moves_its_pause_and_who_comes_next(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    running, coming = house.visit("Kern", 9, 15), house.visit("Balke", 10, 5)
    house.at(9, 15)
    house.enter(running)
    view = fresh(page, hands)
    assert [clock(block(view, running).ends), clock(block(view, running).until)] == [
        "09:45",
        "10:01",
    ]
    assert block(view, coming).ready is None
    house.at(9, 58)
    house.desk.tick.emit()
    late = block(view, running)
    assert (late.overrun, clock(late.ends), clock(late.until)) == (13, "09:58", "10:14")
    assert block(view, coming).ready == late.until
    index = view.rows.index_of(block(view, coming).id)
    assert "room not before 10:14" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    index = view.rows.index_of(late.id)
    assert "13 minutes over" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    view.grab()


def test_who_was_pushed_back_stands_at_the_later_time_with_a_mark(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    running, coming = house.visit("Kern", 9, 15), house.visit("Balke", 10, 5)
    house.at(9, 15)
    house.enter(running)
    house.at(9, 59)
    booking = house.booking(running)
    house.office.do(VacateRoom(booking_id=booking.id, version=booking.version))
    view = fresh(page, hands)
    pushed = block(view, coming)
    assert (clock(pushed.starts), pushed.ready) == ("10:15", pushed.starts)
    assert block(view, running).phase is Phase.PAUSE
    assert "room not before 10:15" in " ".join(spoken(view))


def test_only_the_rows_that_changed_are_painted_again(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    house.visit("Kern", 10, 15)
    house.visit("Balke", 10, 15, room="R 1.05", advisor=house.office.lindner)
    view = fresh(page, hands)
    before = view.scene.by_line
    house.visit("Moser", 13, room="R 1.05", advisor=house.office.lindner)
    after = fresh(page, hands).scene.by_line
    same = [old is new for old, new in zip(before, after, strict=True)]
    assert same == [True, False, True, True, True]


def test_the_card_names_the_people_the_times_and_the_reason_of_the_pause(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10, 15)
    view = fresh(page, hands)
    found = block(view, visit)
    text = "\n".join(
        wording.tip_lines(found, view.scene.lines[found.line], at(1, 9).date(), house.office.berger)
    )
    assert "Kern · Ms Berger" in text
    assert "10:15–10:45" in text
    assert "then 16 min airing" in text
    assert "9 air changes an hour" in text
    assert "can be used again from 11:01" in text


# --- going about ----------------------------------------------------------------------------------


def test_arrows_go_along_a_row_through_uses_and_what_is_free(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    first, second = house.visit("Kern", 10), house.visit("Balke", 11)
    view = fresh(page, hands)
    select(view, first)
    QTest.keyClick(view, Key.Key_Right)
    spot = view.current_spot()
    assert spot is not None
    assert (clock(spot.stop.starts), clock(spot.stop.ends)) == ("10:46", "11:00")
    assert spoken(view)[-1] == "R 1.04, 10:46 to 11:00, free"
    QTest.keyClick(view, Key.Key_Right)
    current = view.current_block()
    assert current is not None
    assert current.row.appointment_id == second.id
    QTest.keyClick(view, Key.Key_Home)
    spot = view.current_spot()
    assert spot is not None
    assert clock(spot.stop.starts) == "07:30"


def test_up_and_down_keep_the_time_from_row_to_row(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    first = house.visit("Kern", 10)
    other = house.visit("Balke", 9, 45, room="R 2.01", advisor=house.office.lindner)
    view = fresh(page, hands)
    select(view, first)
    QTest.keyClick(view, Key.Key_Down)
    spot = view.current_spot()
    assert spot is not None
    assert (spot.line, clock(spot.stop.starts)) == (line(view, "R 1.05"), "10:00")
    QTest.keyClick(view, Key.Key_Down)
    current = view.current_block()
    assert current is not None
    assert current.row.appointment_id == other.id
    QTest.keyClick(view, Key.Key_Up)
    QTest.keyClick(view, Key.Key_Up)
    current = view.current_block()
    assert current is not None
    assert current.row.appointment_id == first.id


def test_the_focus_selects_nobody_and_enter_opens_who_is_selected(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    opened: list[AppointmentRequest] = []
    told: list[UUID] = []
    house.desk.edit_appointment_requested.connect(opened.append)
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    house.desk.appointment_selected.connect(told.append)
    view.clearFocus()
    view.setFocus()
    assert view.current_spot() is not None
    assert told == []
    house.desk.appointment_selected.emit(visit.id)
    QTest.keyClick(view, Key.Key_Return)
    assert [request.appointment_id for request in opened] == [visit.id]


def test_a_click_tells_the_other_panels_whose_appointment_it_is(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    told: list[UUID] = []
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    house.desk.appointment_selected.connect(told.append)
    point = view.row_rect(block(view, visit).id).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert told == [visit.id]


def test_the_menu_key_offers_what_can_be_done_with_the_use(
    page: Page, house: RoomHouse, hands: Hands, qtbot: QtBot
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    asked: list[tuple[Any, ...]] = []
    view.menu_requested.connect(lambda *what: asked.append(what))
    QApplication.sendEvent(
        view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    )
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert asked[0][1].appointment_id == visit.id
    assert asked[0][3] == at(1, 10)
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert "Open the appointment…" in texts
    enter = next(a for a in menu.actions() if isinstance(a, QAction) and a.isEnabled())
    menu.close()
    enter.trigger()
    hands.settle()
    assert block(view, visit).phase is Phase.RUNNING


def test_the_card_appears_over_a_use_and_its_pause_and_not_over_what_is_free(
    page: Page, house: RoomHouse, hands: Hands, qtbot: QtBot
) -> None:
    visit = house.visit("<Kern>", 10, 15)
    view = fresh(page, hands)
    rect = view.row_rect(block(view, visit).id)
    pause = QPoint(view.geometry_now.x_of(10 * 60 + 55), rect.center().y())

    def hover(point: QPoint) -> None:
        place = view.viewport().mapToGlobal(point)
        QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, point, place))

    for point in (rect.center(), pause):
        hover(point)
        assert "&lt;Kern&gt; · Ms Berger" in QToolTip.text()
    hover(QPoint(view.geometry_now.x_of(12 * 60), rect.center().y()))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
