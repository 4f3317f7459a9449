"""A day and a time of the office's wall clock, side by side."""

from datetime import datetime, time

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTimeEdit, QWidget

from koba_desktop.domain.clock import instant, wall
from koba_desktop.gui.widgets.days import DayEdit
from koba_desktop.i18n import _


class MomentField(QWidget):
    """``name`` is what a screen reader says before "day" and "time"."""

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DayEdit(self)
        self.day.setAccessibleName(_("{name}: day").format(name=name))
        self.time = QTimeEdit(self)
        self.time.setDisplayFormat("HH:mm")
        self.time.setAccessibleName(_("{name}: time").format(name=name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.day, 3)
        layout.addWidget(self.time, 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.day)
        self.day.dateChanged.connect(lambda _day: self.edited.emit())
        self.time.timeChanged.connect(lambda _time: self.edited.emit())

    def parts(self) -> tuple[QWidget, QWidget]:
        """What is typed into."""
        return self.day, self.time

    def moment(self) -> datetime:
        """The instant; a time the clock leaves out in spring is taken as ``domain.clock`` does."""
        at = self.time.time()
        return instant(self.day.day(), time(at.hour(), at.minute()))

    def show_moment(self, moment: datetime) -> None:
        local = wall(moment)
        self.day.set_day(local.date())
        self.time.setTime(QTime(local.hour, local.minute))
