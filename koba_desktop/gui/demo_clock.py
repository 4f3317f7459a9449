"""The menu "Zeit vorstellen" of a demo: the office's clock goes forward, never back."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from koba_desktop.domain.clock import instant
from koba_desktop.domain.postal import next_working_day
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _

START_OF_DAY = time(7, 45)


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
            lambda: self._to(self._next_morning())
        )

    def _next_morning(self) -> datetime:
        is_holiday = self._desk.services.holidays.is_holiday
        return instant(next_working_day(self._desk.today(), is_holiday), START_OF_DAY)

    def _to(self, moment: datetime) -> None:
        self._advance(moment)
        self._desk.others_wrote()
        self._desk.tick.emit()
