"""What all tests share. Qt must be told to stay off the screen before it is imported."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import pytest  # noqa: E402

from koba_desktop.storage.files import create_store  # noqa: E402
from koba_desktop.storage.store import SqliteStore  # noqa: E402
from tests.support import KEY  # noqa: E402


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """An empty database."""
    made = create_store(tmp_path / "office.db", KEY)
    yield made
    made.close()
