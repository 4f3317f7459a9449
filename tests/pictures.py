"""Pictures of every screen: ``python -m tests.pictures FOLDER [SCREEN …]``.

The real program runs offscreen on the demonstration office of Tuesday 13 April 2021, in German
and English, light and dark, at 1366×768, and the main window at 1600×1000 besides. Files are
called ``<screen>_<language>_<scheme>.png``.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from types import SimpleNamespace
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from koba_desktop.bootstrap import window
from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.errors import Problem, Unavailable
from koba_desktop.domain.vocabulary import AppointmentState, CallReason, Channel, Outcome, Role
from koba_desktop.gui import theme
from koba_desktop.gui.application import WindowOptions, prepare
from koba_desktop.gui.calendar.day_list import open_day_list
from koba_desktop.gui.calendar.panel import CalendarPanel
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.gui.first_run.choice import ChoicePage
from koba_desktop.gui.first_run.setting_up import SetupPage, makers
from koba_desktop.gui.letters.reply_slips import open_reply_slips
from koba_desktop.gui.myday.call_list import open_call_list
from koba_desktop.gui.opening import Opened, Progress
from koba_desktop.gui.outage.watching import OutageWatch
from koba_desktop.gui.reception import visitors
from koba_desktop.gui.reception.door_plans import open_door_plans
from koba_desktop.gui.rooms.panel import RoomsPanel
from koba_desktop.gui.sign_in.flow import RETRY_S
from koba_desktop.gui.sign_in.page import SignInPage
from koba_desktop.gui.sign_in.reasons import reason
from koba_desktop.i18n import _
from koba_desktop.services.audit.exporting import ExportAudit
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.commands import CreateCallTask, RecordAttempt, SetAppointmentState
from koba_desktop.services.commands.door import ArriveVisitor
from koba_desktop.services.contacts.worklist import Group, worklist
from koba_desktop.services.execution import Actor
from koba_desktop.services.outage.state import OutageState, RefusedInput
from koba_desktop.services.rows import AppointmentRow
from tests.running import SMALL, Running

LARGE = QSize(1600, 1000)
Shot = Iterator[tuple[str, QWidget]]


class Studio(Running):
    """The program, and how its screens are brought up one after the other."""

    def coming_row(self) -> AppointmentRow:
        """The next telephone appointment of the advisor."""
        first, _end = day_bounds(self.desk.today())
        with self.desk.services.view() as view:
            rows = view.reader.appointments_between(
                self.desk.actor.office_id,
                first,
                first + timedelta(days=5),
                advisor_ids=(self.desk.actor.staff_id,),
            )
        now = self.desk.now()
        return next(
            row
            for row in rows
            if row.starts > now
            and row.channel is Channel.TELEPHONE
            and row.state in (AppointmentState.PROPOSED, AppointmentState.CONFIRMED)
        )

    # --- screens ----------------------------------------------------------------------------------

    def main(self) -> Shot:
        calendar = self.tab("calendar")
        assert isinstance(calendar, CalendarPanel)
        calendar.actions_.week_view.trigger()
        calendar.go_today()
        self.settle()
        row = self.coming_row()
        self.desk.appointment_selected.emit(row.id)
        self.desk.client_selected.emit(row.client_id)
        yield "main", self.program.window
        self.program.window.resize(LARGE)
        yield "main_large", self.program.window
        self.program.window.resize(SMALL)
        calendar.actions_.day_view.trigger()
        yield "day", self.program.window
        calendar.actions_.week_view.trigger()

    def my_day(self) -> Shot:
        self.tab("myday")
        with self.desk.services.view(self.desk.actor.staff_id) as view:
            work = worklist(view, self.desk.actor.office_id, self.desk.actor.staff_id)
        yield "my_day_list", self.program.window
        self.desk.proposal_requested.emit(work.of(Group.CALL_NOW)[0].client_id)
        yield "my_day", self.program.window

    def reception(self) -> Shot:
        """What the receptionist of the office begins with, an arrival, and the screen in the hall.
        Somebody else sits at the desk again afterwards."""
        desk, before = self.desk, self.desk.actor
        held = next(
            role
            for role in desk.book.roles
            if role.role is Role.RECEPTION and role.office_id == before.office_id
        )
        desk.become(Actor(held.staff_id, held.office_id))
        panel = self.tab("reception")
        panel.tree.setFocus()
        yield "reception", self.program.window
        self.program.window.resize(LARGE)
        yield "reception_large", self.program.window
        self.program.window.resize(SMALL)
        self.settle()
        expected = panel.model.index(list(visitors.Group).index(visitors.Group.EXPECTED), 0)
        panel.tree.choose(panel.model.index(0, 0, expected))
        panel.acts.arrive.trigger()
        yield "reception_arrival", panel
        panel.strip.tick_all()
        panel.strip.confirm.click()
        self.settle()
        panel.acts.call.trigger()
        panel.hall.action.setChecked(True)
        self.settle()
        panel.pass_time()
        yield "hall_display", panel.hall.display
        panel.hall.action.setChecked(False)
        for _step in ("call", "arrival"):  # the other colours begin where these began
            desk.undo()
            self.settle()
        self.program.window.messages.clear_message()
        desk.become(before)
        self.settle()

    def letters(self) -> Shot:
        self.tab("letters")
        yield "letters", self.program.window

    def prints(self) -> Shot:
        """What is printed besides letters, each in its dialog."""
        self.tab("calendar")
        row = self.coming_row()
        for name, opened in (
            ("day_list", lambda: open_day_list(self.desk, self.program.window)),
            ("call_list", lambda: open_call_list(self.desk, self.program.window)),
            (
                "reply_slips",
                lambda: open_reply_slips(self.desk, self.program.window, row.reference),
            ),
            ("door_plans", lambda: open_door_plans(self.desk, self.program.window)),
        ):
            dialog = opened()
            self.settle()
            yield name, dialog
            dialog.close()

    def mode(self) -> Shot:
        self.tab("mode")
        yield "mode", self.program.window

    def admin(self) -> Shot:
        self.tab("admin")
        yield "admin", self.program.window

    def audit(self) -> Shot:
        """What the administrator sees of a morning's work. Somebody else sits at the desk again
        afterwards."""
        desk, before = self.desk, self.desk.actor
        row = self.coming_row()
        assert row.client_id is not None
        for command in (
            CreateCallTask(
                client_id=row.client_id,
                advisor_id=row.advisor_id,
                reason=CallReason.CALLBACK,
                due=desk.now(),
            ),
            SetAppointmentState(
                appointment_id=row.id, version=row.version, state=AppointmentState.MISSED
            ),
        ):
            desk.execute(command, owner=desk)
            self.settle()
        for _step in range(2):  # the other colours begin where these began
            desk.undo()
            self.settle()
        self.program.window.messages.clear_message()
        held = next(role for role in desk.book.roles if role.role is Role.ADMINISTRATOR)
        desk.become(Actor(held.staff_id, before.office_id))
        wanted = AuditFilter(reason="Zustellung")
        desk.execute(ExportAudit(wanted=wanted, format=ExportFormat.CSV), owner=desk)
        panel = self.tab("audit")
        panel.table.setFocus()
        panel.table.selectRow(3)
        yield "audit", self.program.window
        desk.become(before)
        self.settle()

    def wordings(self) -> Shot:
        """A text being changed by an administrator. Somebody else sits at the desk again
        afterwards, and nothing of it is kept."""
        desk, before = self.desk, self.desk.actor
        held = next(role for role in desk.book.roles if role.role is Role.ADMINISTRATOR)
        desk.become(Actor(held.staff_id, before.office_id))
        panel = self.tab("wordings")
        self.until(lambda: panel.sample.preview.has_page)
        panel.page.go_to("intro")
        panel.page.editor.field.insert("Guten Tag! ")
        self.until(lambda: not panel.sample.waiting)
        yield "wordings", self.program.window
        panel.open_versions()
        self.until(lambda: not panel.sample.waiting)
        yield "wordings_versions", self.program.window
        panel.middle.close_versions()
        panel.discard()
        self.settle()
        desk.become(before)
        self.settle()

    def search(self) -> Shot:
        self.tab("calendar")
        field = self.program.window.tools.search
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTest.keyClicks(field, "schm")
        yield "search", self.program.window
        field.clear()
        QTest.keyClick(field, Qt.Key.Key_Escape)

    def emergency(self) -> Shot:
        self.tab("calendar")
        self.program.window.actions_.emergency.trigger()
        self.settle()
        panel = self.session.emergency().panel
        QTest.keyClicks(panel.form.person.edit, "bre")
        self.until(lambda: not panel.form.person.searching)
        panel.form.reasons.take(1)
        yield "emergency", self.program.window
        panel.assign()
        yield "emergency_done", self.program.window
        self.desk.undo()
        self.settle()
        panel.close_desk()

    def room_closing(self) -> Shot:
        panel = self.session.bring("rooms")
        assert isinstance(panel, RoomsPanel)
        panel.deeds.close_room(None)
        self.settle()
        dialog = self.dialog()
        yield "room_closing", dialog
        dialog.close()

    def client_editor(self) -> Shot:
        self.desk.edit_client_requested.emit(self.coming_row().client_id)
        self.settle()
        dialog = self.dialog()
        yield "client_editor", dialog
        dialog.close()

    def appointment_editor(self) -> Shot:
        self.desk.edit_appointment_requested.emit(
            AppointmentRequest(appointment_id=self.coming_row().id)
        )
        self.settle()
        dialog = self.dialog()
        yield "appointment_editor", dialog
        dialog.close()

    def first_start(self) -> Shot:
        """The choice of the first start and its third step, without the window around them."""
        shown = self.program.window
        choice = ChoicePage(Path("~/.local/share/koba-desktop/office.db"), shown)
        shown.show_assistant(choice)
        choice.start()
        yield "first_start", choice
        steps = SetupPage({name: make(shown) for name, make in makers(None).items()}, shown)
        shown.show_assistant(steps)
        steps.show_step("times")
        yield "first_steps", steps
        shown.show_office()
        self.tab("calendar")
        for dock in ("clients", "rooms"):  # the other colours begin where these began
            shown.show_dock(dock)

    def sign_in(self) -> Shot:
        """The way into the shared database, and what it says when the server is away."""
        shown = self.program.window
        page = SignInPage("koba-db.example/koba", True, False, shown)
        page.put("d.berger", "")
        page.offer_remembering(True, False)
        shown.show_assistant(page)
        page.start()
        yield "sign_in", page
        page.show_reason(
            reason(Unavailable("server_away"), kept=False, now=self.desk.now()),
        )
        page.show_waiting(_("The program tries again every {n} seconds.").format(n=RETRY_S))
        page.offline_button.show()
        yield "sign_in_error", page
        shown.show_office()
        self.tab("calendar")
        for dock in ("clients", "rooms"):  # the other colours begin where these began
            shown.show_dock(dock)

    def outage(self) -> Shot:
        """The server is away: the banner, the list for on paper; and what no longer fits then."""
        desk, window = self.desk, self.program.window
        self.tab("calendar")
        row, now = self.coming_row(), desk.now()
        with desk.services.view(desk.actor.staff_id) as view:
            call = worklist(view, desk.actor.office_id, desk.actor.staff_id).of(Group.CALL_NOW)[0]
        assert call.client_id is not None
        arrival = ArriveVisitor(appointment_id=row.id, version=row.version)
        attempt = RecordAttempt(
            client_id=call.client_id, outcome=Outcome.THIRD_PERSON, note=_("Callback")
        )
        by = next(role.staff_id for role in desk.book.roles if role.role is Role.RECEPTION)
        meanwhile = Problem(
            "conflict", {"changed_by": by, "changed_at": now - timedelta(minutes=11)}
        )
        refused = tuple(
            RefusedInput(command.command_id, type(command).__name__, command, at, (problem,))
            for command, at, problem in (
                (arrival, now - timedelta(minutes=9), meanwhile),
                (attempt, now - timedelta(minutes=4), Problem("earlier_input_refused")),
            )
        )
        services: Any = SimpleNamespace(
            on_state=lambda _listener: lambda: None, state=OutageState(), wake=Event()
        )
        watch = OutageWatch(window, desk, services, lambda: None)
        self.settle()
        away = OutageState(offline=True, since=now, taken_at=now - timedelta(minutes=2), waiting=3)
        watch._on_state(away)
        watch._show()
        yield "outage", window
        window.actions_.emergency_list.trigger()
        self.settle()
        dialog = self.dialog()
        yield "emergency_list", dialog
        dialog.close()
        watch._on_state(OutageState(refused=refused))
        yield "outage_over", window
        watch.show_unsent()
        self.settle()
        dialog = self.dialog()
        yield "unsent", dialog
        dialog.close()
        watch._on_state(OutageState())
        window.messages.clear_message()
        window.removeToolBar(watch.bar)
        window.actions_.unsent.setVisible(False)
        watch.deleteLater()

    def all(self) -> list[Callable[[], Shot]]:
        return [
            self.main,
            self.my_day,
            self.reception,
            self.letters,
            self.prints,
            self.mode,
            self.admin,
            self.audit,
            self.wordings,
            self.search,
            self.emergency,
            self.room_closing,
            self.client_editor,
            self.appointment_editor,
            self.first_start,
            self.sign_in,
            self.outage,
        ]


def take(folder: Path, language: str, wanted: set[str]) -> None:
    """All wanted screens in one language, light and dark."""
    with TemporaryDirectory(prefix="koba-pictures-") as scratch:

        def opener(progress: Progress, _secret: str) -> Opened:
            return window.open_demo(Path(scratch), progress, window.DEMO_START)

        options = WindowOptions(language=language, settings=Path(scratch))
        prepare(options)
        studio = Studio(opener, options)
        for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
            theme.set_scheme(scheme)
            for screen in studio.all():
                if wanted and screen.__name__ not in wanted:
                    continue
                for name, widget in screen():
                    studio.settle()
                    path = folder / f"{name}_{language}_{scheme}.png"
                    widget.grab().save(str(path))
                    print(path)
        studio.stop()


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    if len(arguments) > 1 and arguments[1] in ("--de", "--en"):
        take(folder, arguments[1][2:], set(arguments[2:]))
        return
    for language in ("--de", "--en"):  # a process each: a language is in force for a whole one
        subprocess.run(
            [sys.executable, "-m", "tests.pictures", str(folder), language, *arguments[1:]],
            check=True,
        )


if __name__ == "__main__":
    main(sys.argv[1:])
