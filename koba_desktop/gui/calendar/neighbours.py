"""The pages before and after the one shown, asked for in advance: turning then only paints."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer

from koba_desktop.gui.calendar.pages import Page, PageWish, fetch
from koba_desktop.gui.desk import Desk

PAUSE_MS = 60
"""The page in front is painted first: the worker lanes would only take its time."""


class Neighbours(QObject):
    """Whatever changes makes them worthless: ``forget`` drops them, also those under way."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._held: dict[PageWish, Page] = {}
        self._wishes: list[PageWish] = []
        self._generation = 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._fetch)

    def take(self, wish: PageWish) -> Page | None:
        """The page if it is here."""
        return self._held.pop(wish, None)

    def forget(self) -> None:
        self._generation += 1
        self._held.clear()

    def fetch_around(self, page: Page, days: Iterable[date]) -> None:
        """Ask for the pages of these days, like the one shown otherwise, once that is painted."""
        self._wishes = [replace(page.wish, day=day) for day in days]
        self._held = {wish: held for wish, held in self._held.items() if wish in self._wishes}
        self._timer.start()

    def _fetch(self) -> None:
        for number, wish in enumerate(self._wishes):
            if wish not in self._held:
                self._desk.ask(
                    partial(fetch, wish=wish),
                    partial(self._on_page, self._generation),
                    owner=self,
                    key=f"neighbour {number}",
                )

    def _on_page(self, generation: int, page: Page) -> None:
        if generation == self._generation:
            self._held[page.wish] = page
