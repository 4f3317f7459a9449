"""Moving what is on the timeline by keyboard and mouse, and what is refused."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.appointments import Appointment, AppointmentChange, ChangeReason
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.rooms import Place
from koba_desktop.domain.vocabulary import ChangeKind, LetterKind, ReasonCode, RoomBookingState
from koba_desktop.gui.timeline.scene import Phase
from koba_desktop.gui.timeline.view import RoomTimeline
from koba_desktop.services.commands.door import MoveBooking, VacateRoom
from tests.gui.room_house import RoomHouse
from tests.gui.small_desk import Hands
from tests.gui.timeline_page import Page, block, clock, fresh, line, select
from tests.unit.service_office import at

ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing)", extend=True
)  # menus, offscreen


# --- moving by keyboard ---------------------------------------------------------------------------


def test_alt_arrows_move_in_time_by_five_minutes_and_undo_brings_it_back(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Right, ALT)
    QTest.keyPress(view, Key.Key_Right, ALT)
    assert view.ghost is not None
    QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    assert house.office.one(Appointment, id=visit.id).starts == at(1, 10, 10)
    assert clock(block(view, visit).starts) == "10:10"
    assert house.said == [("Kern moved to Thu 1 April, 10:10", True)]
    house.desk.undo()
    hands.settle()
    assert house.office.one(Appointment, id=visit.id).starts == visit.starts
    assert clock(block(view, visit).starts) == "10:00"


def test_a_move_in_time_offers_the_letter_that_tells_the_client(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Right, ALT)
    QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    notice = page.attached.moves.notice
    assert notice is not None
    assert "still expects the former time" in notice.text()
    hands.bot.mouseClick(notice._link, Qt.MouseButton.LeftButton)
    hands.settle()
    letter = house.office.one(Letter)
    assert (letter.appointment_id, letter.kind) == (visit.id, LetterKind.PERSONAL)
    assert not notice.isVisible()


def test_alt_up_and_down_give_another_place_and_nobody_needs_a_letter(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Down, ALT)
    QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    assert house.row(visit).room_name == "R 1.05"
    assert house.office.one(Appointment, id=visit.id).starts == visit.starts
    assert house.said == [("Kern: R 1.05.", True)]
    assert page.attached.moves.notice is None
    current = view.current_block()
    assert current is not None
    assert current.row.appointment_id == visit.id


def test_without_letting_alt_go_a_move_counts_after_a_while(
    page: Page, house: RoomHouse, hands: Hands, qtbot: QtBot
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: view.ghost is None)
    hands.settle()
    assert house.row(visit).room_name == "R 1.05"


def test_escape_drops_what_alt_arrows_have_shown(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Right, ALT)
    QTest.keyClick(view, Key.Key_Escape)
    QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    assert house.said == []
    assert house.row(visit).starts == visit.starts


def test_a_second_move_waits_for_the_answer_to_the_first(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    for _step in range(2):
        QTest.keyPress(view, Key.Key_Right, ALT)
        QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    hands.settle()
    assert house.row(visit).starts == at(1, 10, 10)
    assert not block(view, visit).pending


def test_a_running_talk_keeps_its_time_and_goes_on_elsewhere(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 9, 15)
    house.at(9, 15)
    house.enter(visit)
    house.at(9, 25)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Right, ALT)
    assert view.ghost is not None
    assert not view.ghost.elsewhere
    QTest.keyPress(view, Key.Key_Down, ALT)
    QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    row = house.row(visit)
    assert (row.room_name, row.state) == ("R 1.05", RoomBookingState.OCCUPIED)
    assert row.starts == at(1, 9, 25)
    left = view.scene.by_line[0][0]
    assert left.phase is Phase.PAUSE


# --- what is refused ------------------------------------------------------------------------------


def test_a_place_that_is_still_being_aired_then_is_refused_and_the_block_jumps_back(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    house.visit("Balke", 9, 30, room="R 1.05", advisor=house.office.lindner)
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Down, ALT)
    ghost = view.ghost
    assert ghost is not None
    assert ghost.forbidden
    assert "taken by" not in ghost.problem
    assert ghost.problem == "being aired after Balke until 10:16"
    QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    notice = page.attached.moves.notice
    assert notice is not None
    assert notice.text().splitlines() == [
        "R 1.05: being aired after Balke until 10:16",
        "The room is already booked or being aired. Nothing was saved.",
        "Choose another time or another place.",
    ]
    assert house.row(visit).room_name == "R 1.04"
    assert block(view, visit).line == 0
    view.setFocus()
    QTest.keyClick(view, Key.Key_Escape)
    assert not notice.isVisible()
    assert view.hasFocus()
    assert not block(view, visit).pending


def test_a_pause_that_would_reach_into_the_next_booking_shows_while_it_is_tried(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    house.visit("Balke", 10, 40, room="R 1.05", advisor=house.office.lindner)
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Down, ALT)
    ghost = view.ghost
    assert ghost is not None
    assert ghost.problem == "no time to air before Balke at 10:40"
    QTest.keyClick(view, Key.Key_Escape)


def test_too_many_persons_can_be_overruled_with_a_reason_that_is_kept(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10, room="R 1.05", persons=3)
    view = fresh(page, hands)
    select(view, visit)
    QTest.keyPress(view, Key.Key_Up, ALT)
    ghost = view.ghost
    assert ghost is not None
    assert ghost.problem
    assert not ghost.forbidden
    QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    notice = page.attached.moves.notice
    assert notice is not None
    assert "holds 2 persons at most" in notice.text()
    hands.bot.mouseClick(notice._link, Qt.MouseButton.LeftButton)
    notice._reason.setCurrentIndex(notice._reason.findData(ReasonCode.URGENT))
    notice._why.setText("no other room")
    hands.bot.mouseClick(notice._again, Qt.MouseButton.LeftButton)
    hands.settle()
    assert house.row(visit).room_name == "R 1.04"
    change = house.office.all(AppointmentChange, appointment_id=visit.id)[-1]
    assert (change.kind, change.reason) == (ChangeKind.ROOM, ReasonCode.URGENT)
    assert house.office.one(ChangeReason).text == "no other room"


def test_what_somebody_else_changed_meanwhile_is_explained_and_asked_again(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    row = house.row(visit)
    [place] = house.office.all(Place, room_id=house.tilted.id)
    house.office.do(
        MoveBooking(booking_id=row.id, version=row.version, place_id=place.id),
        by=house.office.lindner,
    )
    select(view, visit)
    QTest.keyPress(view, Key.Key_Down, ALT)
    QTest.keyRelease(view, Key.Key_Alt)
    hands.settle()
    notice = page.attached.moves.notice
    assert notice is not None
    assert notice.isVisible()
    assert block(view, visit).line == line(view, "R 2.01")


# --- the mouse ------------------------------------------------------------------------------------


def drag(view: RoomTimeline, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)


def drop(view: RoomTimeline, end: QPoint) -> None:
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def pull(
    view: RoomTimeline, appointment: Appointment, *, row: str, by: timedelta = timedelta()
) -> tuple[QPoint, QPoint]:
    """From the middle of a block to the same point of it in another row or at another time."""
    found = block(view, appointment)
    start = view.row_rect(found.id).center()
    geometry = view.geometry_now
    down = geometry.bands[line(view, row)].top - geometry.bands[found.line].top
    right = round(by.total_seconds() / 60 * geometry.minute_width)
    return start, start + QPoint(right, down)


def test_a_drag_to_another_row_keeps_the_time_however_the_hand_trembles(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    start, end = pull(view, visit, row="R 1.05")
    end += QPoint(QApplication.startDragDistance() - 2, 0)
    drag(view, start, end)
    assert view.ghost is not None
    drop(view, end)
    hands.settle()
    row = house.row(visit)
    assert (row.room_name, row.starts) == ("R 1.05", at(1, 10))


def test_a_drag_in_time_snaps_to_five_minutes(page: Page, house: RoomHouse, hands: Hands) -> None:
    visit = house.visit("Kern", 10, 2)
    view = fresh(page, hands)
    start, end = pull(view, visit, row="R 1.04", by=timedelta(minutes=86))
    drag(view, start, end)
    drop(view, end)
    hands.settle()
    assert house.row(visit).starts == at(1, 11, 30)


def test_nothing_moves_below_the_drag_distance_after_escape_or_far_away(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    start, end = pull(view, visit, row="R 1.05")
    drag(view, start, start + QPoint(2, 3))
    assert view.ghost is None
    drop(view, start + QPoint(2, 3))
    drag(view, start, end)
    QTest.keyClick(view, Key.Key_Escape)
    drop(view, end)
    away = QPoint(end.x(), view.viewport().height() + 200)
    drag(view, start, away)
    drop(view, away)
    hands.settle()
    assert house.said == []
    assert house.row(visit).room_name == "R 1.04"


def test_what_is_over_or_being_aired_cannot_be_dragged(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 9, 15)
    house.at(9, 15)
    house.enter(visit)
    house.at(9, 45)
    booking = house.booking(visit)
    house.office.do(VacateRoom(booking_id=booking.id, version=booking.version))
    vacated = house.booking(visit)
    view = fresh(page, hands)
    start, end = pull(view, visit, row="R 1.05")
    drag(view, start, end)
    assert view.ghost is None
    drop(view, end)
    hands.settle()
    assert house.booking(visit).version == vacated.version


def test_a_drag_at_the_edge_brings_the_rows_below(
    page: Page, house: RoomHouse, hands: Hands, qtbot: QtBot
) -> None:
    visit = house.visit("Kern", 10)
    page.resize(1100, 150)
    view = fresh(page, hands)
    assert view.verticalScrollBar().maximum() > 0
    start = view.row_rect(block(view, visit).id).center()
    end = QPoint(start.x(), view.viewport().height() - 3)
    drag(view, start, end)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    ghost = view.ghost
    assert ghost is not None
    assert ghost.line == len(view.scene.lines) - 1
    QTest.keyClick(view, Key.Key_Escape)
    assert view.ghost is None
    drop(view, end)


def test_while_it_is_on_its_way_a_block_shows_where_it_goes(
    page: Page, house: RoomHouse, hands: Hands
) -> None:
    visit = house.visit("Kern", 10)
    view = fresh(page, hands)
    start, end = pull(view, visit, row="R 1.05")
    drag(view, start, end)
    drop(view, end)
    on_its_way = block(view, visit)
    assert on_its_way.pending
    assert on_its_way.line == line(view, "R 1.05")
    hands.settle()
    assert not block(view, visit).pending
