"""The rooms dock: what each room is now, who comes next, and how it goes along with the rest."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from koba_desktop.domain.vocabulary import RoomBookingState, RoomUse, Urgency
from koba_desktop.gui.rooms import compact
from koba_desktop.gui.rooms import panel as rooms_panel
from koba_desktop.gui.rooms.panel import RoomsPanel
from koba_desktop.gui.rooms.steps import Deed
from koba_desktop.gui.rooms.tiles import Alarm, Around, Tile, tile_of
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.rooms.board import RoomDay, room_days
from koba_desktop.services.rows import RoomBookingRow
from tests.gui.real_office import FakePrinters, nameless, opened_desk
from tests.support import TUESDAY, Office

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing)", extend=True
)  # menus, offscreen


def days_of(office: Office) -> tuple[RoomDay, ...]:
    with office.services.view() as view:
        return room_days(view, office.actor.office_id, view.today)


def booking(
    day: RoomDay,
    begins: int,
    ends: int,
    state: RoomBookingState = RoomBookingState.RESERVED,
    use: RoomUse = RoomUse.CONSULTATION,
) -> RoomBookingRow:
    """A booking, its minutes counted from now."""
    return RoomBookingRow(
        id=uuid4(),
        version=1,
        room_id=day.room.id,
        room_name=day.room.name,
        place_id=day.places[0][0],
        place_number=1,
        appointment_id=uuid4() if use is RoomUse.CONSULTATION else None,
        label="Funk" if use is RoomUse.CONSULTATION else "",
        advisor_initials="HO" if use is RoomUse.CONSULTATION else "",
        use=use,
        starts=TUESDAY + timedelta(minutes=begins),
        ends=TUESDAY + timedelta(minutes=ends),
        blocked_until=TUESDAY + timedelta(minutes=ends + 12),
        persons=2,
        state=state,
        urgency=Urgency.NONE,
    )


@pytest.fixture
def board(office, monkeypatch):
    """Two rooms busy, with somebody to come in each; the others free all day."""
    days = [replace(day, bookings=()) for day in days_of(office)]
    now_in = booking(days[0], -30, 18, RoomBookingState.OCCUPIED)
    days[0] = replace(days[0], bookings=(now_in, booking(days[0], 60, 90)))
    days[1] = replace(days[1], bookings=(booking(days[1], 30, 60),))
    monkeypatch.setattr(rooms_panel, "room_days", lambda *_asked: tuple(days))
    return days


@pytest.fixture
def desk(qapp, office, tmp_path):
    with opened_desk(qapp, office, FakePrinters(), tmp_path) as made:
        yield made


@pytest.fixture
def panel(qtbot, desk, board):
    made = RoomsPanel(desk)
    qtbot.addWidget(made)
    made.resize(240, 620)
    made.show()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    made.activateWindow()
    return made


def test_the_rooms_of_the_office_stand_two_in_a_row(panel, office):
    tiles = panel._tiles
    names = [
        tiles.model().index(n, 0).data().split(",")[0] for n in range(tiles.model().rowCount())
    ]
    assert names == [day.room.name for day in days_of(office)]
    first, second, third = (tiles.visualRect(tiles.model().index(n, 0)) for n in range(3))
    assert first.top() == second.top() < third.top()
    assert not tiles.verticalScrollBar().isVisible()


def test_a_tile_says_until_when_and_who_comes_next(panel, board):
    spoken = panel._tiles.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "until 10:00" in spoken
    assert "then 10:42 Funk · HO" in spoken


def test_airing_counts_down_and_an_overrun_says_since_when(board):
    used = replace(booking(board[0], -30, -4, RoomBookingState.AIRING), vacated_at=TUESDAY)
    airing = tile_at(replace(board[0], bookings=(used,)), TUESDAY)
    assert compact.states(airing) == ("airing, 8 min left", "airing · 8 min", "airing")
    late = tile_at(board[0], TUESDAY + timedelta(minutes=30))
    assert compact.states(late)[0] == "occupied, due at 10:00"
    assert compact.third(late).alarm is Alarm.ERROR


def test_a_room_out_of_service_until_another_day_names_the_day_and_why(board):
    repair = booking(board[2], -30, 2 * 24 * 60, use=RoomUse.MAINTENANCE)
    closed = tile_at(replace(board[2], bookings=(replace(repair, note="Heizung"),)), TUESDAY)
    assert closed.icon == "blocked"
    assert compact.states(closed) == ("out of service until Thu 15", "out of service")
    assert compact.third(closed).full == "Heizung"


def tile_at(day: RoomDay, now: datetime) -> Tile:
    return tile_of(day, now, Around(lambda _staff_id: ""))


def test_those_still_to_come_stand_below_by_time(panel, board):
    shown = [panel._list.model().index(n, 0).data() for n in range(2)]
    assert shown[0].startswith("10:12–10:42")
    assert shown[1].startswith("10:42–11:12")


def test_an_appointment_chosen_elsewhere_chooses_its_room_and_line(panel, desk, board):
    told = []
    desk.appointment_selected.emit(board[1].bookings[0].appointment_id)
    desk.appointment_selected.connect(told.append)
    assert panel._tiles.currentIndex().row() == 1
    assert panel._list.currentIndex().row() == 0
    desk.appointment_selected.emit(None)
    assert not panel._tiles.selectionModel().hasSelection()
    assert told == [None]


def test_arrows_choose_who_is_in_the_room_and_enter_opens(qtbot, panel, desk, board):
    chosen, opened = [], []
    desk.appointment_selected.connect(chosen.append)
    desk.edit_appointment_requested.connect(opened.append)
    panel._show_action.trigger()
    qtbot.waitUntil(panel._tiles.hasFocus)
    QTest.keyClick(panel._tiles, Qt.Key.Key_Right)
    QTest.keyClick(panel._tiles, Qt.Key.Key_Left)
    assert chosen[-1] == board[0].bookings[0].appointment_id
    QTest.keyClick(panel._tiles, Qt.Key.Key_Return)
    assert [request.appointment_id for request in opened] == [chosen[-1]]


def test_the_clock_goes_on_by_itself_while_the_panel_is_seen(qtbot, panel, office, board):
    def state() -> str:
        return compact.states(panel._tiles.model().tile(0))[0]

    assert state() == "occupied until 10:00"
    office.clock.advance(minutes=30)
    qtbot.waitUntil(lambda: state() == "occupied, due at 10:00", timeout=3000)
    panel.hide()
    assert not panel._clock.isActive()
    assert panel._step_action.text() == "&Next step in the room"  # of no tile nobody sees
    panel.show()
    assert panel._clock.isActive()


def test_space_takes_the_next_step_and_the_menu_names_it(qtbot, panel, monkeypatch, board):
    taken = []
    monkeypatch.setattr(panel.deeds, "carry_out", lambda step, at: taken.append(step))
    panel._tiles.setCurrentIndex(panel._tiles.model().index(0, 0))
    QTest.keyClick(panel._tiles, Qt.Key.Key_Space)
    text = panel._step_action.text().replace("&", "")
    assert text == f"Next step: Vacate the room ({board[0].room.name})"
    panel._step_action.trigger()
    assert [(step.deed, step.booking) for step in taken] == 2 * [
        (Deed.VACATE, board[0].bookings[0])
    ]


def test_the_context_menu_offers_what_is_possible(qtbot, panel):
    panel._tiles.setCurrentIndex(panel._tiles.model().index(0, 0))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(panel._tiles.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert [action.text().replace("&", "") for action in menu.actions() if action.text()] == [
        "Vacate the room",
        "Move to another place…",
        "Open the appointment…",
        "Close the room…",
    ]
    QTest.keyClick(menu, Qt.Key.Key_Escape)


def test_the_hours_of_the_day_stand_between_the_tiles_and_who_comes(panel, board):
    assert panel._timeline.days == tuple(board)
    tops = [each.mapTo(panel, QPoint(0, 0)).y() for each in (panel._tiles, panel._hours)]
    assert tops[0] < tops[1] < panel._list.y()


def test_a_new_answer_keeps_the_line_chosen(qtbot, panel, desk, board):
    panel._list.setCurrentIndex(panel._list.model().index(1, 0))
    board[1] = replace(board[1], bookings=())
    desk.changed.emit(ChangeSet(topics=frozenset({Topic.ROOMS})))
    qtbot.waitUntil(lambda: panel._list.model().rowCount() == 1)
    chosen = panel._list.currentIndex().data(Qt.ItemDataRole.UserRole + 1)
    assert chosen.appointment_id == board[0].bookings[1].appointment_id


def test_an_office_without_rooms_says_what_to_do(qtbot, panel, desk, board):
    board.clear()
    desk.others_wrote()
    qtbot.waitUntil(panel._empty.isVisible)
    assert "Administration" in panel._empty.text()


def test_everything_that_takes_the_focus_has_a_name(panel):
    assert nameless(panel) == []
