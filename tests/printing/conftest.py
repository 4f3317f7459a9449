"""The printing service, and what the program prints through it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from koba_desktop.system.printing.cups import CupsPrinters
from koba_desktop.system.printing.following import Patience
from tests.printing.measuring import a_letter
from tests.printing.service import PrintService

IMPATIENT = Patience(printing=0.5, a_page=0.0, queued=0.5, service=1.0)


@pytest.fixture(scope="session")
def all_queues() -> Iterator[PrintService]:
    service = PrintService()
    yield service
    service.close()


@pytest.fixture
def service(all_queues: PrintService, monkeypatch: pytest.MonkeyPatch) -> PrintService:
    """The one that ``lp`` knows."""
    for name, value in all_queues.environment.items():
        monkeypatch.setenv(name, value)
    return all_queues


@pytest.fixture
def printers(service: PrintService) -> CupsPrinters:
    return CupsPrinters()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "letter.pdf"
    file.write_bytes(a_letter())
    return file
