"""Where errors that no panel shows itself go: a line below, the banner above, or the report."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.errors import Conflict, OfficeError, Unavailable
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.errors import CrashReporter
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.messages import describe

MINUTES_SAID = 90
"""A wrong clock is told in minutes up to so many, then in hours."""


class Troubles(QObject):
    """Listens to ``desk.problem`` for one window."""

    def __init__(self, window: MainWindow, desk: Desk, crashes: CrashReporter) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._crashes = crashes
        desk.problem.connect(self._on_problem)
        desk.saved.connect(self._on_answer)

    def no_copy_today(self, reason: OfficeError) -> None:
        """The office is open all the same; the line stands until it is closed or work is saved."""
        text = _("Today's automatic backup could not be made. {reason}")
        self._window.banner.show_message(
            text.format(reason=describe(reason).replace("\n", " ")), Level.WARNING
        )

    def clock_is_wrong(self, skew: timedelta) -> None:
        """``skew`` is the server's clock minus this PC's: what is stamped is right all the same."""
        minutes = round(abs(skew) / timedelta(minutes=1))
        hours = round(abs(skew) / timedelta(hours=1))
        time = (
            ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes)
            if minutes < MINUTES_SAID
            else ngettext("{n} hour", "{n} hours", hours).format(n=hours)
        )
        fast = _("The clock of this PC is {time} fast; the server's time counts.")
        slow = _("The clock of this PC is {time} slow; the server's time counts.")
        text = (fast if skew < timedelta() else slow).format(time=time)
        self._window.banner.show_message(text, Level.WARNING)

    def _on_problem(self, error: Exception) -> None:
        if isinstance(error, Conflict):
            self._window.messages.show_message(
                self._who_was_faster(error), Level.WARNING, _("Reload"), "F5", self._reload
            )
        elif isinstance(error, Unavailable):
            self._window.status.set_reachable(False)
            self._window.banner.show_message(
                describe(error).replace("\n", " "), Level.ERROR, _("Try again"), "F5", self._reload
            )
        elif isinstance(error, OfficeError):
            self._window.messages.show_message(describe(error).replace("\n", " "), Level.WARNING)
        else:
            self._crashes.caught(error)

    def _who_was_faster(self, error: Conflict) -> str:
        params: Any = error.problems[0].params
        name, at = self._name(params.get("changed_by")), params.get("changed_at")
        if name and at is not None:
            when = formats.time_of(at)
            if day_of(at) != self._desk.today():
                when = formats.moment_of(at)
            return _("{name} changed this at {time}. Your change was not written over it.").format(
                name=name, time=when
            )
        return describe(error)

    def _name(self, staff_id: UUID | None) -> str:
        member = next((s for s in self._desk.book.staff if s.id == staff_id), None)
        if member is None:
            return ""
        if member.id == self._desk.actor.staff_id:
            return _("Somebody under your name")
        return f"{member.given_name} {member.family_name}".strip()

    def _reload(self) -> None:
        self._window.banner.clear_message()
        self._window.messages.clear_message()
        self._desk.others_wrote()

    def _on_answer(self) -> None:
        self._window.banner.clear_message()
