"""A desk in a real small office, and what a person does at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.services.office.book import office_book
from tests.unit.service_office import SmallOffice


@contextmanager
def small_desk(folder: Path) -> Iterator[tuple[SmallOffice, Desk]]:
    """Thursday, 1 April 2021, 09:12 in Halberstadt. At the end there must have been no problem."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.install(app)
    office = SmallOffice(folder)
    with office.view() as view:
        book = office_book(view)
    desk = Desk(office.services, book, office.actor, TaskRunner())
    problems: list[Exception] = []
    desk.problem.connect(problems.append)
    yield office, desk
    desk.tasks.close()
    desk.plain_files.close()
    office.close()
    assert problems == []


@dataclass
class Hands:
    """Somebody who waits for what they have asked for."""

    office: SmallOffice
    desk: Desk
    bot: Any

    def idle(self) -> bool:
        return self.desk.tasks.idle

    def settle(self) -> None:
        self.bot.waitUntil(self.idle)
        QApplication.processEvents()

    def press_in(self, panel: QWidget, *keys: Qt.Key) -> None:
        """Press keys where the focus of the panel is, each after the one before is done with."""
        for key in keys:
            focused = panel.focusWidget()
            assert focused is not None
            self.bot.keyClick(focused, key)
            self.settle()

    def look_at(self, panel: QWidget) -> None:
        panel.show()
        self.bot.waitExposed(panel)
        self.settle()
