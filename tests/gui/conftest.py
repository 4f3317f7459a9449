"""The offices several modules are tried in: the whole program, and a house with rooms."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from koba_desktop.gui.app import Program
from tests.gui.letters_desk import desk, letters, panel, printers
from tests.gui.room_house import RoomHouse
from tests.gui.shell_office import opener_of, running
from tests.gui.small_desk import Hands, small_desk
from tests.gui.timeline_page import Page, open_page
from tests.support import Office

__all__ = ["desk", "letters", "panel", "printers"]  # what the tests of the outbox share


@pytest.fixture
def program(demo_office: Office, tmp_path: Path, qtbot: QtBot) -> Iterator[Program]:
    """The program on a made-up office, open and with every panel made."""
    with running(opener_of(demo_office), tmp_path) as started:
        with qtbot.waitSignal(started.ready, timeout=20_000):
            pass
        yield started


@pytest.fixture
def house(tmp_path: Path, qtbot: QtBot) -> Iterator[RoomHouse]:
    with small_desk(tmp_path) as (office, desk):
        yield RoomHouse(office, desk)


@pytest.fixture
def hands(house: RoomHouse, qtbot: QtBot) -> Hands:
    return Hands(house.office, house.desk, qtbot)


@pytest.fixture
def page(house: RoomHouse, hands: Hands, qtbot: QtBot) -> Page:
    return open_page(house, hands, qtbot)
