"""The menu "Zeit vorstellen" of a demo: the office's clock goes forward, never back."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from koba_desktop.domain.clock import day_of, instant
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _
from koba_desktop.services.ports import Holidays

START_OF_DAY = time(7, 45)


def next_working_day(now: datetime, holidays: Holidays) -> datetime:
    """07:45 on the wall clock of the next Monday to Friday that is no public holiday."""
    day = day_of(now) + timedelta(days=1)
    while day.isoweekday() > 5 or holidays.name(day) is not None:
        day += timedelta(days=1)
    return instant(day, START_OF_DAY)


class DemoClock(QObject):
    """Adds its menu to another; everything in the window asks anew after each step."""

    def __init__(self, menu: QMenu, desk: Desk, advance: Callable[[datetime], None]) -> None:
        super().__init__(menu)
        self._desk = desk
        self._advance = advance
        steps = menu.addMenu(_("Put the &time forward"))
        steps.setObjectName("demo_clock")
        steps.addAction(_("&15 minutes")).triggered.connect(
            lambda: self._to(desk.now() + timedelta(minutes=15))
        )
        steps.addAction(_("&3 hours")).triggered.connect(
            lambda: self._to(desk.now() + timedelta(hours=3))
        )
        steps.addAction(_("&Next working day")).triggered.connect(
            lambda: self._to(next_working_day(desk.now(), desk.services.holidays))
        )

    def _to(self, moment: datetime) -> None:
        self._advance(moment)
        self._desk.others_wrote()
        self._desk.tick.emit()
