"""Every screen of the whole program one after the other, and what a screen reader sees of it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.vocabulary import Role
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.gui.errors import CrashDialog
from koba_desktop.gui.first_run.choice import ChoicePage
from koba_desktop.gui.first_run.setting_up import SetupPage, makers
from koba_desktop.gui.mnemonics import menu_letters
from koba_desktop.gui.passphrase import PassphraseDialog
from koba_desktop.gui.unfinished import UnfinishedDialog
from koba_desktop.services.contacts.worklist import Group, worklist
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.rows import AppointmentRow
from tests.running import Running

Screen = tuple[str, QWidget]


class Screens(Running):
    """The program, and a way to each of its screens."""

    def todays_row(self) -> AppointmentRow:
        with self.desk.services.view() as view:
            rows = view.reader.appointments_between(
                self.desk.actor.office_id,
                *day_bounds(self.desk.today()),
                advisor_ids=(self.desk.actor.staff_id,),
            )
        return next(row for row in rows if row.client_id is not None)

    def become(self, role: Role) -> None:
        """Let somebody with that role sit at the desk."""
        desk = self.desk
        held = next(
            r for r in desk.book.roles if r.role is role and r.office_id == desk.actor.office_id
        )
        desk.become(Actor(held.staff_id, held.office_id))
        self.settle()

    def views(self) -> Iterator[Screen]:
        """The views of the window, with the docks beside the calendar."""
        window = self.program.window
        calendar: Any = self.tab("calendar")
        calendar.actions_.week_view.trigger()
        row = self.todays_row()
        self.desk.appointment_selected.emit(row.id)
        self.desk.client_selected.emit(row.client_id)
        self.settle()
        yield "calendar, week", window
        calendar.actions_.day_view.trigger()
        self.settle()
        yield "calendar, day", window
        dock = window.clients.widget()
        dock.search.setText("sch")
        self.settle()
        yield "clients found", dock
        dock.search.clear()
        self.settle()
        self.tab("myday")
        yield "my day, list", window
        with self.desk.services.view(self.desk.actor.staff_id) as view:
            work = worklist(view, self.desk.actor.office_id, self.desk.actor.staff_id)
        self.desk.proposal_requested.emit(work.of(Group.CALL_NOW)[0].client_id)
        self.settle()
        yield "my day, offer", window
        self.tab("letters")
        yield "letters", window
        self.tab("mode")
        yield "mode", window
        advisor = self.desk.actor
        self.become(Role.LEAD)
        yield "mode, lead", window
        yield from self.reception()
        self.become(Role.ADMINISTRATOR)
        admin: Any = self.tab("admin")
        for number in range(admin.sections.count()):
            admin.show_section(number)
            self.settle()
            yield f"administration, {admin.sections.item(number).text()}", window
        self.tab("audit")
        yield "audit", window
        wordings: Any = self.tab("wordings")
        self.until(lambda: wordings.sample.preview.has_page)
        yield "wordings", window
        wordings.open_versions()
        self.settle()
        yield "wordings, versions", window
        wordings.middle.close_versions()
        self.desk.become(advisor)
        self.tab("calendar")

    def reception(self) -> Iterator[Screen]:
        """Whoever receives visitors has them in front at once."""
        window = self.program.window
        self.become(Role.RECEPTION)
        panel: Any = self.session.panels.made("reception")
        assert window.current_tab() == "reception"
        yield "reception", window
        expected = panel.model.index(2, 0)
        panel.tree.choose(panel.model.index(0, 0, expected))
        panel.acts.arrive.trigger()
        self.settle()
        yield "reception, arrival", window
        panel.strip.leave()

    def search(self) -> Iterator[Screen]:
        field = self.program.window.tools.search
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTest.keyClicks(field, "schm")
        self.settle()
        yield "search", self.session.popup
        field.clear()
        QTest.keyClick(field, Qt.Key.Key_Escape)

    def emergency(self) -> Iterator[Screen]:
        """The desk over the window: empty, filled with everything open, and after assigning."""
        window = self.program.window
        window.actions_.emergency.trigger()
        self.settle()
        panel: Any = self.session.emergency().panel
        yield "emergency", window
        QTest.keyClicks(panel.form.person.edit, "sch")
        self.until(lambda: not panel.form.person.searching)
        self.settle()
        panel.form.reasons.take(1)
        panel.why.link.click()
        panel.ladder.walk(-1)
        self.settle()
        yield "emergency, places", window
        panel.ladder.walk(1)
        panel.assign()
        self.settle()
        yield "emergency, done", window
        self.desk.undo()
        self.settle()
        panel.close_desk()

    def dialogs_of_the_window(self) -> Iterator[Screen]:
        """What opens over the window."""
        row, actions = self.todays_row(), self.program.window.actions_
        request = AppointmentRequest(appointment_id=row.id)
        ways: dict[str, Callable[[], Any]] = {
            "client": lambda: self.desk.edit_client_requested.emit(row.client_id),
            "new client": lambda: self.desk.edit_client_requested.emit(None),
            "appointment": lambda: self.desk.edit_appointment_requested.emit(request),
            "new appointment": lambda: self.desk.edit_appointment_requested.emit(
                AppointmentRequest()
            ),
            "person": actions.person.trigger,
            "keyboard": actions.keys.trigger,
            "about": actions.about.trigger,
        }
        for name, open_it in ways.items():
            open_it()
            self.settle()
            dialog = self.dialog()
            yield name, dialog
            self._close(dialog)

    def dialogs_of_the_start(self) -> Iterator[Screen]:
        """What is shown before there is an office, or when something went wrong."""
        window = self.program.window
        now = datetime(2021, 4, 13, 8, tzinfo=UTC)
        draft = Draft(
            id=new_id(),
            author_id=self.desk.actor.staff_id,
            form="client",
            saved_at=now,
            content={"family_name": "Kuhn"},
        )
        made: dict[str, Callable[[], QWidget]] = {
            "passphrase": lambda: PassphraseDialog(True, window),
            "unfinished": lambda: UnfinishedDialog([draft], print, print, window),
            "crash": lambda: CrashDialog("builtins.KeyError", window),
        }
        for name, make in made.items():
            dialog = make()
            dialog.open()  # type: ignore[attr-defined]
            self.settle()
            yield name, dialog
            self._close(dialog)

    def first_start(self) -> Iterator[Screen]:
        """The choice and the steps of the first start, where the window shows them."""
        window = self.program.window
        choice = ChoicePage(Path("office.db"), window)
        window.show_assistant(choice)
        choice.start()
        self.settle()
        yield "first start, choice", window
        page = SetupPage({name: make(window) for name, make in makers(12).items()}, window)
        window.show_assistant(page)
        page.tidy(menu_letters(window))
        page.key.show_key("0A1B2-C3D4E-F5G6H")
        for name in page.steps:
            page.show_step(name)
            self.settle()
            yield f"first start, {name}", window
        window.show_office()
        self.settle()

    def _close(self, dialog: QWidget) -> None:
        if isValid(dialog):  # else the test closed it
            dialog.close()
        self.settle()

    def everything(self) -> Iterator[Screen]:
        yield from self.views()
        yield from self.search()
        yield from self.emergency()
        yield from self.dialogs_of_the_window()
        yield from self.dialogs_of_the_start()
        yield from self.first_start()


def interfaces(widget: QWidget) -> Iterator[Any]:
    """What assistive technology sees of a widget, everything in it included."""
    yield from _below(QAccessible.queryAccessibleInterface(widget))


def _below(interface: Any) -> Iterator[Any]:
    yield interface
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from _below(child)


def name_of(interface: Any) -> str:
    return str(interface.text(QAccessible.Text.Name))
