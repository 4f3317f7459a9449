"""The rooms dock: what each room is now, who comes next, and how it goes along with the rest."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from koba_desktop.domain.vocabulary import RoomBookingState, RoomUse, Urgency
from koba_desktop.gui.rooms import panel as rooms_panel
from koba_desktop.gui.rooms import wording
from koba_desktop.gui.rooms.panel import RoomsPanel
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.rooms.board import RoomLine, room_board
from koba_desktop.services.rows import RoomBookingRow
from tests.gui.real_office import FakePrinters, nameless, opened_desk
from tests.support import TUESDAY, Office


def lines_of(office: Office) -> tuple[RoomLine, ...]:
    with office.services.view() as view:
        return room_board(view, office.actor.office_id, view.today)


def booking(
    line: RoomLine,
    begins: int,
    ends: int,
    state: RoomBookingState = RoomBookingState.RESERVED,
    use: RoomUse = RoomUse.CONSULTATION,
) -> RoomBookingRow:
    """A booking, its minutes counted from now."""
    return RoomBookingRow(
        id=uuid4(),
        version=1,
        room_id=line.room.id,
        room_name=line.room.name,
        place_id=UUID(int=1),
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
    free = [
        replace(line, now_state=None, until=None, following=None, bookings=())
        for line in lines_of(office)
    ]
    now_in = booking(free[0], -30, 18, RoomBookingState.OCCUPIED)
    first, second = booking(free[0], 60, 90), booking(free[1], 30, 60)
    free[0] = replace(
        free[0],
        now_state=RoomBookingState.OCCUPIED,
        until=now_in.ends,
        places_free=0,
        following=first,
        bookings=(now_in, first),
    )
    free[1] = replace(free[1], until=second.starts, following=second, bookings=(second,))
    monkeypatch.setattr(rooms_panel, "room_board", lambda *_asked: tuple(free))
    return free


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
    assert names == [line.room.name for line in lines_of(office)]
    first, second, third = (tiles.visualRect(tiles.model().index(n, 0)) for n in range(3))
    assert first.top() == second.top() < third.top()
    assert not tiles.verticalScrollBar().isVisible()


def test_a_tile_says_until_when_and_who_comes_next(panel, board):
    spoken = panel._tiles.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "until 10:00" in spoken
    assert "then 10:42 Funk · HO" in spoken


def test_airing_counts_down_and_an_overrun_says_since_when(board):
    airing = replace(
        board[0], now_state=RoomBookingState.AIRING, until=TUESDAY + timedelta(seconds=400)
    )
    assert "7 min left" in wording.state_text(airing, TUESDAY)
    late = replace(board[0], until=TUESDAY - timedelta(minutes=12))
    assert "due at 09:30" in wording.state_text(late, TUESDAY)


def test_a_room_out_of_service_until_another_day_names_the_day(board):
    repair = booking(board[2], -30, 2 * 24 * 60, use=RoomUse.MAINTENANCE)
    line = replace(
        board[2],
        now_state=RoomBookingState.RESERVED,
        until=repair.ends,
        bookings=(repair,),
        closure=repair,
    )
    assert wording.state_icon(line) == "blocked"
    assert wording.state_text(line, TUESDAY) == "out of service until Thu 15"


def test_those_still_to_come_stand_below_by_time(panel, board):
    shown = [panel._list.model().index(n, 0).data() for n in range(2)]
    assert shown[0].startswith("10:12–10:42")
    assert shown[1].startswith("10:42–11:12")


def test_an_appointment_chosen_elsewhere_chooses_its_room_and_line(panel, desk, board):
    told = []
    desk.appointment_selected.emit(board[1].following.appointment_id)
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


def test_a_new_answer_keeps_the_line_chosen(qtbot, panel, desk, board):
    panel._list.setCurrentIndex(panel._list.model().index(1, 0))
    board[1] = replace(board[1], following=None, bookings=())
    desk.changed.emit(ChangeSet(topics=frozenset({Topic.ROOMS})))
    qtbot.waitUntil(lambda: panel._list.model().rowCount() == 1)
    chosen = panel._list.currentIndex().data(Qt.ItemDataRole.UserRole + 1)
    assert chosen.appointment_id == board[0].following.appointment_id


def test_an_office_without_rooms_says_what_to_do(qtbot, panel, desk, board):
    board.clear()
    desk.others_wrote()
    qtbot.waitUntil(panel._empty.isVisible)
    assert "Administration" in panel._empty.text()


def test_everything_that_takes_the_focus_has_a_name(panel):
    assert nameless(panel) == []
