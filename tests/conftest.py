"""What all tests share. Qt must be told to stay off the screen before it is imported."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from koba_desktop.i18n import activate
from koba_desktop.storage.files import create_store
from koba_desktop.storage.store import SqliteStore
from tests.support import KEY, Office, make_office

pytest_plugins = ["tests.postgres.fixtures"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full-letters",
        action="store_true",
        help="every letter in every case on every sheet, and 10,000 random addresses",
    )


@pytest.fixture(autouse=True)
def fresh_surroundings(tmp_path: Path) -> Iterator[None]:
    """English, settings that are nobody's, and no thread left behind."""
    activate("en")
    ini = QSettings.Format.IniFormat
    QSettings.setDefaultFormat(ini)
    QSettings.setPath(ini, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    before = set(threading.enumerate())
    yield
    left = [t.name for t in set(threading.enumerate()) - before if t.name.startswith("koba")]
    assert left == [], "threads were left running"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """An empty database."""
    made = create_store(tmp_path / "office.db", KEY)
    yield made
    made.close()


@pytest.fixture
def demo_office(tmp_path: Path) -> Iterator[Office]:
    """Three made-up offices with a full week, on Tuesday 13 April 2021, 09:42."""
    folder = tmp_path / "office"
    folder.mkdir()
    made = make_office(folder)
    yield made
    made.store.close()


@pytest.fixture
def office(demo_office: Office) -> Office:
    return demo_office
