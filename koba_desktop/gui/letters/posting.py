"""The day printed letters were posted, where it was not today."""

from collections.abc import Sequence
from datetime import date
from typing import cast
from uuid import UUID

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QWidget

from koba_desktop.gui.clients.dates import date_pattern
from koba_desktop.gui.widgets import PrimaryButton, ToolButton
from koba_desktop.i18n import _, ngettext


class PostingDay(QWidget):
    """A line that asks for the day: not later than today. Enter takes it, Escape closes."""

    chosen = Signal(object, object)  # tuple of letter ids, date

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter_ids: tuple[UUID, ...] = ()
        self._label = QLabel(self)
        self.day = QDateEdit(self)
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat(date_pattern())
        self.day.setAccessibleName(_("Day of posting"))
        self._label.setBuddy(self.day)
        take = PrimaryButton(_("&Take this day"), self)
        take.clicked.connect(self._take)
        shut = ToolButton("", "cross", self, tool_tip=_("Close without a change"))
        shut.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._label)
        layout.addWidget(self.day)
        layout.addWidget(take)
        layout.addWidget(shut)
        layout.addStretch()
        self.hide()

    def ask(self, letter_ids: Sequence[UUID], today: date) -> None:
        """Ask for the day of these letters; yesterday is proposed."""
        self._letter_ids = tuple(letter_ids)
        n = len(letter_ids)
        self._label.setText(
            ngettext("{n} letter was &posted on", "{n} letters were &posted on", n).format(n=n)
        )
        last = QDate(today.year, today.month, today.day)
        self.day.setMaximumDate(last)
        self.day.setDate(last.addDays(-1))
        self.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        self.hide()
        self.chosen.emit(self._letter_ids, cast(date, self.day.date().toPython()))
