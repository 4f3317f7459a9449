"""The line at the foot of the window: mode, incidence, letters, saving, database, who."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStatusBar, QWidget

from koba_desktop.gui import theme
from koba_desktop.gui.widgets import IconLabel
from koba_desktop.i18n import _, ngettext

if TYPE_CHECKING:
    from koba_desktop.gui.desk import Desk
    from koba_desktop.services.changes import ChangeSet
    from koba_desktop.services.office.book import Status


class _Dot(QWidget):
    """The database answers (filled, green) or does not (hollow ring)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.reachable = True
        self.setFixedSize(theme.px(10), theme.px(16))
        theme.watcher().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        t = theme.tokens()
        painter.setPen(t.ok if self.reachable else t.emergency_edge)
        if self.reachable:
            painter.setBrush(t.ok)
        painter.drawEllipse(1, self.height() // 2 - 3, 6, 6)


class _Line(QWidget):
    """A thin upright line between two segments."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(1, theme.px(14))
        theme.watcher().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.tokens().separator)


class _Segments(QObject):
    """Some of the bar's labels in a row, with a line between those that are shown."""

    def __init__(self, row: QHBoxLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = row
        self._parent = parent
        self._lines: dict[QWidget, _Line | None] = {}

    def add(self, widget: QWidget) -> None:
        line = _Line(self._parent) if self._lines else None
        if line is not None:
            self._row.addWidget(line)
        self._lines[widget] = line
        widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._row.addWidget(widget)
        self.show(widget, False)

    def show(self, widget: QWidget, shown: bool) -> None:
        widget.setVisible(shown)
        line = self._lines[widget]
        if line is not None:
            line.setVisible(shown)


class StatusBar(QStatusBar):
    """Asks ``office_status`` when something it shows changed, and each half minute."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setObjectName("status_bar")
        self.mode = IconLabel("", "", self, bold=True)
        self.incidence = IconLabel("chart", "", self)
        self.letters = IconLabel("letter", "", self)
        self.collection = IconLabel("mailbox", "", self)
        self.saved = IconLabel("tick", "", self, role="ok")
        self.database = IconLabel("database", "", self)
        self._dot = _Dot(self)
        self.person = IconLabel("person", "", self)
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(10, 0, 10, 0)
        layout.setSpacing(12)
        self._left = _Segments(layout, row)
        for widget in (self.mode, self.incidence, self.letters, self.collection):
            self._left.add(widget)
        layout.addStretch()
        self._right = _Segments(layout, row)
        for widget in (self.saved, self.database):
            self._right.add(widget)
        layout.addWidget(self._dot)
        self._right.add(self.person)
        self._dot.hide()
        self.addWidget(row, 1)
        self._desk: Desk | None = None
        self._place = self._outage = ""

    def attach(self, desk: "Desk", place: str) -> None:
        """Begin to show an office. ``place`` is what the database is called."""
        self._desk = desk
        self._place = _("Database: {place}").format(place=place)
        self.database.set(self._place)
        self._right.show(self.database, True)
        self._dot.show()
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self.refresh)
        desk.actor_changed.connect(self.refresh)
        desk.book_changed.connect(self.refresh)
        desk.saved.connect(self._on_saved)
        self.refresh()

    def show_outage(self, text: str) -> None:
        """How it stands while the server is away; "" once it is back."""
        self._outage = text
        self.database.set(text or self._place, "warning" if text else "database")
        self.set_reachable(not text)

    def set_reachable(self, reachable: bool) -> None:
        reachable = reachable and not self._outage  # a copy on this PC answers meanwhile
        self._dot.reachable = reachable
        self._dot.setToolTip("" if reachable else _("The database does not answer."))
        self._dot.update()

    def refresh(self) -> None:
        from koba_desktop.services.office.book import office_status

        desk = self._desk
        if desk is None:
            return
        member, office = desk.member, desk.office
        initial = f"{member.given_name[:1]}. " if member.given_name else ""
        self.person.set(initial + member.family_name)
        self.person.setToolTip(_("You work as {name}.").format(name=self.person.text()))
        self._right.show(self.person, True)
        desk.ask(lambda view: office_status(view, office.id), self._show, owner=self, key="status")

    def _on_changed(self, changes: "ChangeSet") -> None:
        from koba_desktop.services.changes import Topic

        if changes.concerns(Topic.LETTERS, Topic.MODES, Topic.OFFICE, Topic.APPOINTMENTS):
            self.refresh()

    def _on_saved(self, at: datetime) -> None:
        from koba_desktop.i18n import formats

        self.saved.set(_("saved {time}").format(time=formats.time_of(at)))
        self._right.show(self.saved, True)
        self.set_reachable(True)

    def _show(self, status: "Status") -> None:
        from koba_desktop.domain.rights import Right
        from koba_desktop.domain.vocabulary import Mode
        from koba_desktop.gui.allowed import may
        from koba_desktop.i18n import formats
        from koba_desktop.i18n.words import word

        reason = f" ({status.mode_reason})" if status.mode_reason else ""
        icon = {Mode.CLOSED: "lock", Mode.BY_APPOINTMENT: "calendar", Mode.REGULAR: "door"}
        self.mode.set(word(status.mode) + reason, icon[status.mode])
        self._left.show(self.mode, True)
        if status.next_mode is not None and status.next_mode_from is not None:
            self.mode.setToolTip(
                _("From {day}: {mode}").format(
                    day=formats.date_long(status.next_mode_from), mode=word(status.next_mode)
                )
            )
        else:
            self.mode.setToolTip("")
        if status.incidence is not None:
            self.incidence.set(
                _("Incidence {value}").format(value=formats.number(status.incidence, 1))
            )
            if status.incidence_day is not None:
                self.incidence.setToolTip(formats.date_long(status.incidence_day))
        self._left.show(self.incidence, status.incidence is not None)
        n = status.letters_to_print
        self.letters.set(ngettext("{n} letter to print", "{n} letters to print", n).format(n=n))
        sends = self._desk is not None and may(self._desk, Right.SEND_LETTERS)
        self._left.show(self.letters, sends)
        self.collection.set(_("Last collection {time}").format(time=status.collection))
        self._left.show(self.collection, sends and bool(status.collection))
        self.set_reachable(True)
