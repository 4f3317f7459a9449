"""The timeline of forty places with eight uses each: a paint ≤ 16 ms at 1600 px."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from koba_desktop.gui.desk import Desk
from koba_desktop.gui.timeline.view import RoomTimeline
from tests.gui.small_desk import small_desk
from tests.gui.timeline_day import NOW, large_house


@pytest.fixture
def office_desk(tmp_path: Path, qapp: object) -> Iterator[Desk]:
    with small_desk(tmp_path) as (office, desk):
        office.clock.set(NOW)
        yield desk


@pytest.fixture
def timeline(office_desk: Desk, qtbot: QtBot) -> RoomTimeline:
    """All forty rows are seen at once."""
    made = RoomTimeline(office_desk)
    qtbot.addWidget(made)
    made.resize(1600, 1080)
    made.show()
    made.show_days(large_house())
    qtbot.waitUntil(lambda: office_desk.tasks.idle)
    assert len(made.scene.blocks) == 320
    made.viewport().repaint()
    return made


def test_one_paint_of_the_timeline(benchmark: Any, timeline: RoomTimeline) -> None:
    """The cached rows with what lives on them."""
    benchmark(timeline.viewport().repaint)


def test_the_clock_goes_on_a_minute(benchmark: Any, timeline: RoomTimeline) -> None:
    """All rooms are looked at again, what differs is painted."""
    minutes = cycle(range(1, 200))

    def tick() -> None:
        timeline.set_now(NOW + timedelta(minutes=next(minutes)))
        timeline.viewport().repaint()

    benchmark(tick)


def test_the_first_paint_draws_every_row(benchmark: Any, timeline: RoomTimeline) -> None:
    """As after a change of the colours: nothing is kept."""

    def paint() -> None:
        timeline._canvas.forget()
        timeline.viewport().repaint()

    benchmark(paint)


def test_fresh_rooms_with_one_change(benchmark: Any, timeline: RoomTimeline) -> None:
    """What a booking of one room costs: the scene anew, one row painted."""
    house = large_house()
    last = replace(house[-1], bookings=house[-1].bookings[:-1])
    turn = cycle([(*house[:-1], last), large_house()])

    def show() -> None:
        timeline.show_days(next(turn))
        timeline.viewport().repaint()

    benchmark(show)
