"""Where errors that no panel shows itself go: a line below, the banner above, or the report."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import Conflict, OfficeError, Unavailable
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.errors import CrashReporter
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.messages import describe
from koba_desktop.services.outage.state import AWAY

PROBE_MS = 5_000
"""How often it is looked whether what stood in the way is over."""
MINUTES_SAID = 90
"""A wrong clock is told in minutes up to so many, then in hours."""

_UNCLEAR = "outcome_unclear"
_OF_WRITING = frozenset({_UNCLEAR, "disk_full", "disk_error", "read_only", "server_read_only"})
"""That the database can be read says nothing about these."""


class Troubles(QObject):
    """Listens to ``desk.problem`` for one window."""

    def __init__(
        self, window: MainWindow, desk: Desk, crashes: CrashReporter, *, goes_on: bool = False
    ) -> None:
        """``goes_on``: somebody else tells when the server is away, for the window goes on."""
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._crashes = crashes
        self._goes_on = goes_on
        self._code = ""  # of what the banner says
        self._probe = QTimer(self, interval=PROBE_MS)
        self._probe.timeout.connect(self._ask_again)
        desk.problem.connect(self._on_problem)
        desk.saved.connect(self._on_answer)
        window.banner.closed.connect(self._forget)

    def no_copy_today(self, reason: OfficeError) -> None:
        """The office is open all the same; the line stands until it is closed or work is saved."""
        text = _("Today's automatic backup could not be made. {reason}")
        self._window.banner.show_message(
            text.format(reason=describe(reason).replace("\n", " ")), Level.WARNING
        )

    def no_outage(self, reason: OfficeError) -> None:
        """Somebody is signed in all the same; without the server there will be nothing to see."""
        text = _("This PC cannot keep a copy for an outage of the server. {reason}")
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
            self._on_unavailable(error)
        elif isinstance(error, OfficeError):
            self._window.messages.show_message(describe(error).replace("\n", " "), Level.WARNING)
        else:
            self._crashes.caught(error)

    def _on_unavailable(self, error: Unavailable) -> None:
        """The banner, with what helps. It goes by itself once that is over."""
        text = describe(error).replace("\n", " ")
        if error.code == "waits_for_server":
            self._window.messages.show_message(text, Level.WARNING)
            return
        stopped = self._desk.outage.stopped
        told = error.code in AWAY or (stopped is not None and stopped.code == error.code)
        if self._goes_on and told:
            return
        self._code = error.code
        self._window.status.set_reachable(False)
        link = _("Reload") if error.code == _UNCLEAR else _("Try again")
        self._window.banner.show_message(text, Level.ERROR, link, "F5", self._reload)
        if error.code not in _OF_WRITING:
            self._probe.start()

    def _ask_again(self) -> None:
        """Whether the database answers by now; then everything is shown anew."""
        self._desk.ask(
            lambda view: view.reader.find(Office, limit=1),
            lambda _found: self._reload(),
            owner=self,
            key="probe",
            failed=self._desk.unless_expected,
        )

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
        self._forget()
        self._window.banner.clear_message()
        self._window.messages.clear_message()
        self._desk.others_wrote()

    def _on_answer(self) -> None:
        """Something was written since. What became of what was unclear is seen only by looking."""
        if self._code != _UNCLEAR:
            self._forget()
            self._window.banner.clear_message()

    def _forget(self) -> None:
        self._code = ""
        self._probe.stop()
