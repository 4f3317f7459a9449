"""What unit tests share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.service_office import SmallOffice


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SmallOffice]:
    """Halberstadt on Thursday, 1 April 2021, 09:12."""
    small = SmallOffice(tmp_path)
    yield small
    small.close()


@pytest.fixture
def keyrings(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The keyrings this PC has; none to begin with."""
    installed: list[Any] = []
    monkeypatch.setattr("keyring.backend.get_all_keyring", lambda: installed)
    return installed
