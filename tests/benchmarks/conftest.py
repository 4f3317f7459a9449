"""What the benchmarks share: a window's desk on the large file, and waiting for the screen."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.i18n import activate
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.reading.preview import PdfPages
from koba_desktop.services.office.book import office_book
from tests.benchmarks.office_file import OfficeFile, office_file


@pytest.fixture(scope="session")
def million() -> OfficeFile:
    return office_file()


@pytest.fixture
def desk(qtbot: QtBot, qapp: object, million: OfficeFile) -> Iterator[Desk]:
    activate("de")
    theme.install(qapp)  # type: ignore[arg-type]
    with million.services.view() as view:
        book = office_book(view)
    tasks = TaskRunner()
    yield Desk(million.services, book, million.actor, tasks, renderer=Renderer(), pages=PdfPages())
    tasks.close()


@pytest.fixture
def until(qapp: object) -> Callable[[Callable[[], bool]], None]:
    """Turn the event loop until a condition holds: exact to a turn, unlike a polling wait."""

    def wait(condition: Callable[[], bool]) -> None:
        loop = QEventLoop()
        waking = QTimer(interval=100)  # a condition without an event is looked at again
        waking.start()
        while not condition():
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    return wait
