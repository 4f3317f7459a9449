"""The room board: what its tiles say, the running clock, and the steps by key, mouse and button."""

from datetime import timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.vocabulary import (
    ReasonCode,
    RoomBookingState,
    RoomUse,
    VisitResult,
    Windows,
)
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.rooms.board import RoomBoard
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.rooms.durations import gone, running
from koba_desktop.gui.rooms.steps import Deed
from koba_desktop.gui.rooms.tiles import Alarm, Around, Tile, booking_of, tile_of
from koba_desktop.gui.rooms.wording import plain_step
from koba_desktop.services.changes import ChangeSet
from koba_desktop.services.commands.door import CloseRoom
from koba_desktop.services.rooms.board import room_days
from tests.gui.real_office import nameless
from tests.gui.room_house import RoomHouse
from tests.gui.small_desk import Hands
from tests.unit.service_office import at

S = RoomBookingState
NOBODY = Around(lambda _staff_id: "")

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing)", extend=True
)  # menus, offscreen


class Front(QWidget):
    """A panel with nothing but the board, which asks when something changed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.board = RoomBoard(desk, RoomDeeds(desk, self), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.board)
        desk.changed.connect(self._ask)

    def _ask(self, _changes: ChangeSet | None = None) -> None:
        office_id, today = self._desk.actor.office_id, self._desk.today()
        self._desk.ask(
            lambda view: room_days(view, office_id, today), self.board.show_days, owner=self
        )

    def look(self) -> None:
        self.board.set_now(self._desk.now())
        self._ask()


@pytest.fixture
def front(house: RoomHouse, hands: Hands, qtbot: QtBot) -> Front:
    made = Front(house.desk)
    made.resize(714, 340)
    qtbot.addWidget(made)
    hands.look_at(made)
    made.activateWindow()
    return made


def look(front: Front, hands: Hands) -> RoomBoard:
    front.look()
    hands.settle()
    front.board.setFocus()
    return front.board


def tile(house: RoomHouse, room: str, around: Around = NOBODY) -> Tile:
    now = house.office.clock.now()
    return next(tile_of(day, now, around) for day in house.days() if day.room.name == room)


def row_of(board: RoomBoard, room: str) -> int:
    return next(n for n in range(board.model().rowCount()) if board.tile(n).name == room)


def choose(board: RoomBoard, room: str) -> int:
    row = row_of(board, room)
    board.setCurrentIndex(board.model().index(row, 0))
    return row


def press_button(board: RoomBoard, room: str, number: int = 0) -> None:
    """Click the painted button of a tile."""
    row = row_of(board, room)
    place = board.layout_of(row).buttons[number].rect.center() + board.tile_rect(row).topLeft()
    QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=place)


def used_room(house: RoomHouse) -> Appointment:
    """R 1.04 was used and vacated; now, at 09:46, it is to be cleaned."""
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    house.at(9, 30)
    house.vacate(seidel)
    house.at(9, 46)
    return seidel


# --- what a tile says -----------------------------------------------------------------------------


def test_a_free_room_says_how_long_and_who_comes(house: RoomHouse) -> None:
    house.visit("Moser", 13, 30, room="R 1.05")
    shown = tile(house, "R 1.05")
    assert (shown.state, shown.persons) == ("free", "3 p.")
    assert (shown.timer.value, shown.timer.after) == ("4 h 18", "until 13:30")
    assert shown.coming == "then 13:30 Moser · Bg"


def test_a_room_nobody_wants_any_more_says_so(house: RoomHouse) -> None:
    shown = tile(house, "R 1.04")
    assert (shown.timer.value, shown.timer.after) == ("today", "nothing more")
    assert shown.coming == "nothing more today"
    assert shown.steps == ()


def test_an_occupied_room_counts_down_with_a_bar(house: RoomHouse) -> None:
    seidel = house.urgent("Seidel", 9, 15)
    house.enter(seidel)
    house.at(9, 30)
    shown = tile(house, "R 1.04")
    assert (shown.timer.before, shown.timer.value) == ("still", "15:00")
    assert shown.timer.share == pytest.approx(18 / 33, abs=0.001)
    assert shown.persons == "2/2 p."
    assert shown.lines[0].startswith("Seidel (101) · ")
    assert shown.lines[0].endswith("urgent visit")
    assert shown.lines[1] == "until 09:45, then 16 min airing"


def test_an_overrun_counts_up_and_warns_whoever_comes_next(house: RoomHouse) -> None:
    seidel = house.visit("Seidel", 9, 15)
    house.enter(seidel)
    house.visit("Moser", 10, 15)
    house.at(10, 9)
    shown = tile(house, "R 1.04")
    assert (shown.timer.value, shown.timer.after) == ("+24:00", "over time")
    assert [(each.text, each.alarm) for each in shown.warnings] == [
        ("airing moves back", Alarm.ERROR),
        ("room only from 10:25", Alarm.WARNING),
    ]
    assert shown.lines[1] == "planned until 09:45"
    assert shown.alarm is Alarm.ERROR


def test_who_waits_already_is_named(house: RoomHouse) -> None:
    moser = house.visit("Moser", 9, 30)
    early = tile(house, "R 1.04", Around(lambda _id: "", {moser.id: at(1, 9, 10)}))
    assert [each.text for each in early.warnings] == ["Moser is here"]
    house.at(9, 36)
    late = tile(house, "R 1.04", Around(lambda _id: "", {moser.id: at(1, 9, 10)}))
    assert [each.text for each in late.warnings] == ["Moser waits 26 min"]
    assert (late.timer.value, late.timer.after) == ("+06:00", "past the beginning")


def test_airing_counts_down_and_then_cleaning_counts_to_the_appointment(house: RoomHouse) -> None:
    used_room(house)
    house.visit("Moser", 10)
    house.at(9, 40)
    airing = tile(house, "R 1.04")
    assert (airing.state, airing.timer.value) == ("airing", "06:00")
    assert airing.lines == ("ends 09:46, then Moser (102)", "windows wide open, 16 min")
    house.at(9, 50)
    cleaning = tile(house, "R 1.04")
    assert (cleaning.state, cleaning.timer.value) == ("cleaning", "10:00")
    assert cleaning.timer.after == "to the appointment"
    assert cleaning.lines[0] == "due since 09:46"


def test_a_closed_room_says_why_until_when_and_who_said_so(house: RoomHouse) -> None:
    house.office.do(
        CloseRoom(
            room_id=house.office.room.id,
            use=RoomUse.MAINTENANCE,
            starts=house.office.clock.now(),
            ends=at(6, 16),
            reason=ReasonCode.DEFECT,
            note="Heizung defekt",
        )
    )
    shown = tile(house, "R 1.04", Around(lambda _id: "Berger"))
    assert (shown.icon, shown.state) == ("blocked", "out of service")
    assert (shown.timer.value, shown.timer.after) == ("Tue 6", "April")
    assert shown.lines == ("Heizung defekt", "reported 09:12 by Berger")
    assert shown.coming == "no booking affected"


def test_a_room_closed_for_a_while_says_who_comes_afterwards(house: RoomHouse) -> None:
    house.visit("Moser", 14)
    room, now = house.office.room.id, house.office.clock.now()
    house.office.do(CloseRoom(room_id=room, use=RoomUse.CLEANING, starts=now, ends=at(1, 12)))
    shown = tile(house, "R 1.04")
    assert (shown.icon, shown.state, shown.timer.value) == ("clean", "cleaning", "12:00")
    assert shown.coming == "then 14:00 Moser · Bg"
    assert [step.deed for step in shown.steps] == [Deed.REOPEN]


def test_a_room_whose_air_cannot_be_changed_is_never_shown_as_aired(house: RoomHouse) -> None:
    assert house.tilted.windows is Windows.TILT
    seidel = house.visit("Seidel", 9, 15, room="R 2.01")
    house.enter(seidel)
    house.at(9, 30)
    house.vacate(seidel)
    house.at(10, 30)
    house.clean(seidel)
    shown = tile(house, "R 2.01")
    assert shown.state == "free"
    assert [each.text for each in shown.warnings] == ["not aired sufficiently"]
    assert not any("aired" in line for line in shown.lines)


def test_a_yard_lists_its_places(house: RoomHouse) -> None:
    lange = house.visit("Lange", 9, 15, room="Hof 1")
    house.enter(lange)
    house.visit("Gruber", 11, room="Hof 1", place=1, advisor=house.office.lindner)
    shown = tile(house, "Hof 1")
    assert (shown.icon, shown.state, shown.persons) == ("tree", "1 of 2 free", "2 places")
    assert shown.lines == ("Place 1: Lange (101), until 09:45", "Place 2: free until 11:00")
    assert shown.timer.value == "33:00"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "00:00"), (264, "04:24"), (3599, "59:59"), (11_100, "3 h 05")]
)
def test_spans_are_shown_as_a_clock(seconds: int, shown: str) -> None:
    assert running(timedelta(seconds=seconds)) == shown
    assert gone(timedelta(seconds=seconds, milliseconds=900)) == shown


# --- the view -------------------------------------------------------------------------------------


def test_eight_rooms_stand_side_by_side_on_a_small_screen(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    for number in range(4):
        house.make_room(f"R 3.0{number}", 10 + number)
    board = look(front, hands)
    shown = [row for row in range(8) if front.rect().contains(board.tile_rect(row))]
    assert len(shown) == 8
    assert not board.verticalScrollBar().isVisible()


def test_beside_the_arrivals_tiles_are_low_before_they_are_out_of_sight(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    for number in range(4):
        house.make_room(f"R 3.0{number}", 10 + number)
    house.visit("Moser", 9, 15)
    front.resize(586, 366)
    board = look(front, hands)
    row = row_of(board, "R 1.04")
    assert all(front.rect().contains(board.tile_rect(each)) for each in range(8))
    assert board.tile_rect(row).height() < theme.px(150)
    layout = board.layout_of(row)
    assert [text.text for text in layout.texts][:2] == ["R 1.04", "2 p."]
    assert layout.buttons[0].label == "Check in"
    inside = QRect(QPoint(0, 0), board.tile_rect(row).size())
    assert all(inside.contains(each) for each in (layout.live, layout.bar, layout.buttons[0].rect))


def test_forty_rooms_scroll(house: RoomHouse, front: Front, hands: Hands) -> None:
    for number in range(36):
        house.make_room(f"R {number}", 10 + number)
    board = look(front, hands)
    assert board.model().rowCount() == 40
    assert board.verticalScrollBar().maximum() > 0
    QTest.keyClick(board, Qt.Key.Key_End)
    assert board.viewport().rect().intersects(board.tile_rect(39))


def test_a_tick_paints_the_running_clocks_alone(
    house: RoomHouse, front: Front, hands: Hands, qtbot: QtBot
) -> None:
    house.enter(house.visit("Seidel", 9, 15))
    board = look(front, hands)
    seidel, empty = row_of(board, "R 1.04"), row_of(board, "R 2.01")
    regions: list[QRegion] = []
    watcher = PaintWatch(regions)
    board.viewport().installEventFilter(watcher)
    before = board.tile(seidel).timer.value
    house.office.clock.advance(seconds=1)
    board.set_now(house.desk.now())
    qtbot.waitUntil(lambda: bool(regions))
    assert board.tile(seidel).timer.value != before
    painted = regions[0]
    assert painted.intersects(board.tile_rect(seidel))
    assert painted.boundingRect().height() < board.tile_rect(seidel).height() / 3
    assert not painted.intersects(board.tile_rect(empty))


class PaintWatch(QWidget):
    """Remembers what is painted."""

    def __init__(self, regions: list[QRegion]) -> None:
        super().__init__()
        self._regions = regions

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._regions.append(QRegion(event.region()))  # type: ignore[attr-defined]
        return False


def test_a_state_changes_by_the_clock_without_asking(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    used_room(house)
    house.at(9, 40)
    board = look(front, hands)
    row = row_of(board, "R 1.04")
    assert board.tile(row).state == "airing"
    house.at(9, 47)
    board.set_now(house.desk.now())
    assert board.tile(row).state == "cleaning"
    assert hands.idle()


def test_an_appointment_chosen_elsewhere_chooses_its_tile(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    moser = house.visit("Moser", 10, room="R 1.05")
    board = look(front, hands)
    told: list[UUID] = []
    board.appointment_selected.connect(told.append)
    board.select_appointment(moser.id)
    assert board.currentIndex().row() == row_of(board, "R 1.05")
    assert told == []
    board.select_appointment(None)
    assert not board.selectionModel().hasSelection()
    choose(board, "R 1.04")
    choose(board, "R 1.05")
    assert told == [moser.id]


# --- steps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_takes_the_next_step_of_the_tile(
    house: RoomHouse, front: Front, hands: Hands, key: Qt.Key
) -> None:
    moser = house.visit("Moser", 9, 15)
    board = look(front, hands)
    choose(board, "R 1.04")
    QTest.keyClick(board, key)
    hands.settle()
    assert house.booking(moser).state is S.OCCUPIED
    assert board.tile(row_of(board, "R 1.04")).state == "occupied"
    QTest.keyClick(board, key)
    hands.settle()
    assert house.booking(moser).state is S.AIRING


def test_a_click_on_the_painted_button_takes_the_step(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    moser = house.visit("Moser", 9, 15)
    board = look(front, hands)
    row = row_of(board, "R 1.04")
    QTest.mouseClick(
        board.viewport(),
        Qt.MouseButton.LeftButton,
        pos=board.tile_rect(row).topLeft() + QPoint(30, 30),
    )
    hands.settle()
    assert house.booking(moser).state is S.RESERVED
    press_button(board, "R 1.04")
    hands.settle()
    assert house.booking(moser).state is S.OCCUPIED


def test_each_place_of_a_yard_has_its_button(house: RoomHouse, front: Front, hands: Hands) -> None:
    lange = house.visit("Lange", 9, 15, room="Hof 1")
    house.enter(lange)
    gruber = house.visit("Gruber", 9, 30, room="Hof 1", place=1, advisor=house.office.lindner)
    board = look(front, hands)
    press_button(board, "Hof 1", 1)
    hands.settle()
    assert house.booking(gruber).state is S.OCCUPIED
    press_button(board, "Hof 1", 0)
    hands.settle()
    assert house.booking(lange).state is not S.OCCUPIED


def test_a_double_click_on_a_button_is_one_wish(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    moser = house.visit("Moser", 9, 15)
    board = look(front, hands)
    opened = []
    house.desk.edit_appointment_requested.connect(opened.append)
    row = row_of(board, "R 1.04")
    place = board.layout_of(row).buttons[0].rect.center() + board.tile_rect(row).topLeft()
    QTest.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(board.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hands.settle()
    assert house.booking(moser).state is S.OCCUPIED
    assert opened == []
    away = board.tile_rect(row).topLeft() + QPoint(30, 30)
    QTest.mouseDClick(board.viewport(), Qt.MouseButton.LeftButton, pos=away)
    assert [request.appointment_id for request in opened] == [moser.id]


def test_a_real_button_lies_over_the_painted_one_for_tab_and_screen_readers(
    house: RoomHouse, front: Front, hands: Hands, qtbot: QtBot
) -> None:
    moser = house.visit("Moser", 9, 15)
    board = look(front, hands)
    choose(board, "R 1.04")
    QTest.keyClick(board, Qt.Key.Key_Tab)
    button = QApplication.focusWidget()
    assert button is not None
    spoken = QAccessible.queryAccessibleInterface(button)
    assert spoken.role() is QAccessible.Role.Button
    assert spoken.text(QAccessible.Text.Name) == "Check in, R 1.04, Moser"
    spoken.actionInterface().doAction("Press")
    qtbot.waitUntil(lambda: house.booking(moser).state is S.OCCUPIED)
    hands.settle()


def test_what_was_done_in_an_urgent_visit_is_asked_at_the_tile(
    house: RoomHouse, front: Front, hands: Hands, qtbot: QtBot
) -> None:
    seidel = house.urgent("Seidel", 9, 15)
    house.enter(seidel)
    board = look(front, hands)
    choose(board, "R 1.04")
    QTest.keyClick(board, Qt.Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_1)
    hands.settle()
    assert house.office.one(Visit, appointment_id=seidel.id).result is VisitResult.SETTLED


def test_cleaning_is_signed_with_two_keys(house: RoomHouse, front: Front, hands: Hands) -> None:
    used_room(house)
    board = look(front, hands)
    choose(board, "R 1.04")
    QTest.keyClick(board, Qt.Key.Key_Return)
    field = front.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert (field.text(), field.selectedText()) == ("Bg", "Bg")
    assert field.accessibleName() == "Initials of who cleaned R 1.04"
    QTest.keyClick(field, Qt.Key.Key_Return)
    hands.settle()
    assert house.line("R 1.04").now_state is None
    assert house.said[-1] == ("R 1.04 is cleaned (Bg) and free.", True)
    assert board.hasFocus()


def test_somebody_else_signs_and_the_clock_leaves_alone_what_is_typed(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    seidel = used_room(house)
    board = look(front, hands)
    press_button(board, "R 1.04")
    field = front.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "xy")
    house.office.clock.advance(seconds=61)
    board.set_now(house.desk.now())
    front.look()
    hands.settle()
    assert field.text() == "xy"
    press_button(board, "R 1.04")  # the same button signs
    hands.settle()
    assert house.booking(seidel).initials == "xy"


def test_leaving_the_field_signs_nothing(house: RoomHouse, front: Front, hands: Hands) -> None:
    seidel = used_room(house)
    board = look(front, hands)
    choose(board, "R 1.04")
    QTest.keyClick(board, Qt.Key.Key_Space)
    field = front.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    hands.settle()
    assert house.booking(seidel).state is S.AIRING
    assert board.hasFocus()
    QTest.keyClick(board, Qt.Key.Key_Space)
    choose(board, "R 1.05")
    hands.settle()
    assert house.booking(seidel).state is S.AIRING


def test_without_initials_the_field_stays_open(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    used_room(house)
    problems: list[Exception] = []
    house.desk.problem.disconnect()
    house.desk.problem.connect(problems.append)
    board = look(front, hands)
    choose(board, "R 1.04")
    QTest.keyClick(board, Qt.Key.Key_Return)
    field = front.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Return)
    hands.settle()
    assert field.property("invalid")
    assert [getattr(error, "code", "") for error in problems] == ["initials_missing"]


def test_the_field_goes_when_somebody_else_has_signed(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    seidel = used_room(house)
    board = look(front, hands)
    choose(board, "R 1.04")
    QTest.keyClick(board, Qt.Key.Key_Return)
    house.clean(seidel)
    front.look()
    hands.settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert front.findChild(QLineEdit) is None


def test_the_menu_key_offers_the_rest(
    house: RoomHouse, front: Front, hands: Hands, qtbot: QtBot
) -> None:
    house.visit("Moser", 10)
    board = look(front, hands)
    choose(board, "R 1.04")
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(board.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert texts[:3] == ["Check in", "Move to another place…", "Open the appointment…"]
    QTest.keyClick(menu, Qt.Key.Key_Escape)


# --- for everybody --------------------------------------------------------------------------------


def test_a_screen_reader_hears_each_tile_and_what_enter_does(
    house: RoomHouse, front: Front, hands: Hands
) -> None:
    house.visit("Moser", 9, 15, room="R 1.05")
    board = look(front, hands)
    spoken = QAccessible.queryAccessibleInterface(board)
    names = [spoken.child(n).text(QAccessible.Text.Name) for n in range(board.model().rowCount())]
    assert names[1] == (
        "R 1.05, 3 p., wheelchair access, free until 09:15, screen, then 09:15 Moser · Berger, "
        "Enter: Check in"
    )
    assert nameless(front) == []


def test_large_type_makes_large_tiles(
    house: RoomHouse, front: Front, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = look(front, hands)
    before = board.tile_rect(0).size()
    monkeypatch.setattr(theme, "_usual_px", 24)
    front.resize(714, 700)
    hands.settle()
    after = board.tile_rect(0).size()
    assert after.width() > 1.5 * before.width()
    assert after.height() >= theme.px(150)


def test_an_office_without_rooms_is_no_trap(house: RoomHouse, front: Front, hands: Hands) -> None:
    front.board.show_days(())
    front.board.setFocus()
    QTest.keyClick(front.board, Qt.Key.Key_Return)
    QTest.keyClick(front.board, Qt.Key.Key_Space)
    assert front.board.model().rowCount() == 0
    assert house.said == []


def test_a_tile_that_is_aired_or_cleaned_is_that_of_who_comes_next(house: RoomHouse) -> None:
    used_room(house)
    moser = house.visit("Moser", 10)
    shown = booking_of(tile(house, "R 1.04"))
    assert shown is not None
    assert shown.appointment_id == moser.id


def test_all_of_a_tile_rounds_to_the_same_minute(house: RoomHouse) -> None:
    """An airing that ends at 10:01:20 is over for people at 10:02, wherever the tile says so."""
    seidel = house.visit("Seidel", 9, 15)
    house.visit("Moser", 10, 1)
    house.enter(seidel)
    house.office.clock.set(at(1, 9, 45) + timedelta(seconds=20))
    house.vacate(seidel)
    shown = tile(house, "R 1.04")
    assert shown.lines[0].startswith("ends 10:02, then Moser")
    assert [each.text for each in shown.warnings] == ["room only from 10:02"]
    [step] = shown.steps
    assert plain_step(step, shown.moment) == "Aired from 10:02"
