"""A field for a day of the calendar, typed or chosen from a month."""

from datetime import date

from PySide6.QtWidgets import QDateEdit, QWidget

from koba_desktop.gui.dates import date_pattern, from_qt, to_qt


class DayEdit(QDateEdit):
    """Writes days as the language in force does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat(date_pattern())

    def day(self) -> date:
        """The day shown."""
        return from_qt(self.date())

    def set_day(self, day: date) -> None:
        """Show a day, or the nearest that may be chosen."""
        self.setDate(to_qt(day))

    def keep_between(self, first: date | None = None, last: date | None = None) -> None:
        """What may be chosen, both days included; None: there is no such end."""
        if first is not None:
            self.setMinimumDate(to_qt(first))
        if last is not None:
            self.setMaximumDate(to_qt(last))
