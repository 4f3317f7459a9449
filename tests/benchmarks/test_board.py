"""The room board with 40 rooms in sight: a full repaint ≤ 16 ms, a second of the clock far less.

The floor is an empty list of 40 plain tiles: the same view and grid, a name in each.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QSize, QStringListModel
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from koba_desktop.domain.airing import pause
from koba_desktop.domain.entities.rooms import HygieneProfile, Room
from koba_desktop.domain.hygiene import capacity
from koba_desktop.domain.vocabulary import (
    Channel,
    RoomBookingState,
    RoomUse,
    Urgency,
    Windows,
)
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.rooms.board import RoomBoard
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.services.ids import new_id
from koba_desktop.services.rooms.board import RoomDay, present
from koba_desktop.services.rows import RoomBookingRow
from tests.gui.small_desk import small_desk
from tests.unit.service_office import LONG_AGO, at

ROOMS, COLUMNS = 40, 6
TODAY = LONG_AGO.replace(year=2021, month=4)
S = RoomBookingState


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with small_desk(tmp_path) as (_office, made):
        yield made


def booking(
    room: Room, place_id: UUID, state: RoomBookingState, hour: int, minutes: int, **values: Any
) -> RoomBookingRow:
    starts = at(1, hour)
    ends = starts + timedelta(minutes=minutes)
    return RoomBookingRow(
        id=new_id(),
        version=1,
        room_id=room.id,
        room_name=room.name,
        place_id=place_id,
        place_number=1,
        appointment_id=new_id(),
        label="Meier-Landrut",
        advisor_initials="Bg",
        use=RoomUse.CONSULTATION,
        starts=starts,
        ends=ends,
        blocked_until=ends + timedelta(minutes=16),
        persons=2,
        state=state,
        urgency=Urgency.NONE,
        channel=Channel.IN_PERSON,
        planned_starts=starts,
        planned_ends=ends,
        code="412",
        **values,
    )


def rooms(office_id: UUID) -> tuple[RoomDay, ...]:
    """Every state in turn: free, occupied, overrun, airing, to be cleaned; four more to come."""
    days = []
    profile = HygieneProfile(
        id=new_id(), office_id=office_id, cleaning_minutes=5, valid_from=LONG_AGO
    )
    for number in range(ROOMS):
        room = Room(
            id=new_id(),
            office_id=office_id,
            name=f"R {number + 100}",
            area=24,
            height=2.8,
            windows=Windows.FULL,
            wheelchair=number % 3 == 0,
        )
        place_id = new_id()
        now = {
            0: (),
            1: (booking(room, place_id, S.OCCUPIED, 9, 45, occupied_at=at(1, 9)),),
            2: (booking(room, place_id, S.OCCUPIED, 8, 60, occupied_at=at(1, 8)),),
            3: (booking(room, place_id, S.AIRING, 9, 10, vacated_at=at(1, 9, 10)),),
            4: (booking(room, place_id, S.AIRING, 8, 20, vacated_at=at(1, 8, 20)),),
        }[number % 5]
        later = tuple(booking(room, place_id, S.RESERVED, hour, 30) for hour in range(10, 14))
        days.append(
            RoomDay(
                room=room,
                capacity=capacity(room, 1, profile, TODAY),
                pause=pause(room, profile, TODAY, 30),
                places=((place_id, 1),),
                bookings=(*now, *later),
                today=True,
            )
        )
    return tuple(days)


@pytest.fixture
def board(desk: Desk, qtbot: QtBot) -> RoomBoard:
    owner = QWidget()
    qtbot.addWidget(owner)
    made = RoomBoard(desk, RoomDeeds(desk, owner), owner)
    made.resize(1100, 1200)
    owner.resize(1100, 1200)
    made.show_days(rooms(desk.actor.office_id))
    made.set_now(desk.now())
    with qtbot.waitExposed(owner):
        owner.show()
    assert all(made.viewport().rect().intersects(made.tile_rect(row)) for row in range(ROOMS))
    return made


def test_floor_a_list_of_plain_tiles(benchmark: Any, desk: Desk, qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    view.setFlow(QListView.Flow.LeftToRight)
    view.setWrapping(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)
    view.setGridSize(QSize(1100 // COLUMNS - 4, 170))
    view.setModel(QStringListModel([f"R {number + 100}" for number in range(ROOMS)], view))
    view.resize(1100, 1200)
    with qtbot.waitExposed(view):
        view.show()
    benchmark(view.viewport().repaint)


def test_floor_what_the_rooms_are_by_the_clock(benchmark: Any, desk: Desk) -> None:
    days, now = rooms(desk.actor.office_id), desk.now()
    benchmark(lambda: [present(day, now) for day in days])


def test_one_paint_of_the_board(benchmark: Any, board: RoomBoard) -> None:
    benchmark(board.viewport().repaint)


def test_a_second_of_the_clock_with_its_paint(
    benchmark: Any, board: RoomBoard, desk: Desk, qapp: QApplication
) -> None:
    seconds = count(1)

    def tick() -> None:
        board.set_now(desk.now() + timedelta(seconds=next(seconds) % 50))
        qapp.processEvents()

    benchmark(tick)


def test_other_days_are_shown(benchmark: Any, board: RoomBoard, desk: Desk) -> None:
    """What a change costs until it is painted: half of the rooms say something else."""
    days = rooms(desk.actor.office_id)
    changed = tuple(
        replace(day, bookings=day.bookings[1:]) if number % 2 else day
        for number, day in enumerate(days)
    )
    board.show_days(days)
    turn = count()

    def show() -> None:
        board.show_days(changed if next(turn) % 2 else days)
        board.viewport().repaint()

    benchmark(show)
