"""A month to choose a day from."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtWidgets import QCalendarWidget, QVBoxLayout, QWidget

from koba_desktop.i18n import _, language


class DatePopup(QWidget):
    """Arrows choose, Enter or a click goes there, Esc closes."""

    chosen = Signal(object)  # date

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.month = QCalendarWidget(self)
        self.month.setAccessibleName(_("Go to date"))
        self.month.setLocale(QLocale(language()))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.activated.connect(self._on_activated)
        self.month.clicked.connect(self._on_activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.month)

    def show_at(self, place: QPoint) -> None:
        self.move(place)
        self.show()
        self.month.setFocus()

    def _on_activated(self, day: QDate) -> None:
        self.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()))
