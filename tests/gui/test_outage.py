"""The window while the server is away, and once it is back."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import AppointmentState, CallResult, Channel
from koba_desktop.gui.appointments.editor import AppointmentEditor
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.gui.letters.print_result import PrintResult
from koba_desktop.gui.letters.print_run import PrintRun
from koba_desktop.gui.outage.list_dialog import EmergencyListDialog
from koba_desktop.gui.outage.unsent import UnsentDialog
from koba_desktop.gui.printing.settings import PrinterShare
from koba_desktop.i18n import formats
from koba_desktop.services.commands import (
    CancelAppointment,
    ChangeDetails,
    CloseCallTask,
    Command,
    SetAppointmentState,
)
from koba_desktop.services.commands.door import ArriveVisitor
from koba_desktop.services.outage.state import OutageState
from koba_desktop.services.ports import PrintSettings
from tests.gui.outage_window import OutageWindow, outage_window
from tests.support import Office


@pytest.fixture
def there(demo_office: Office, tmp_path: Path, qtbot: QtBot) -> Iterator[OutageWindow]:
    with outage_window(demo_office, tmp_path) as window:
        yield window


def dialog(kind: type[Any]) -> Any:
    [found] = [
        each for each in QApplication.topLevelWidgets() if type(each) is kind and each.isVisible()
    ]
    return found


def open_dialogs() -> list[QDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def row(there: OutageWindow, appointment_id: Any) -> Appointment:
    with there.office.store.reading() as reader:
        return reader.get(Appointment, appointment_id)


def coming(there: OutageWindow, *, channel: Channel = Channel.TELEPHONE) -> Appointment:
    """An appointment that can still be changed."""
    with there.office.store.reading() as reader:
        found = reader.find(
            Appointment,
            office_id=there.desk.actor.office_id,
            channel=channel,
            state=AppointmentState.CONFIRMED,
            order_by="starts",
        )
    return next(each for each in found if each.starts > there.desk.now())


# --- the banner -----------------------------------------------------------------------------------


def test_the_banner_says_since_when_and_what_is_shown(there: OutageWindow) -> None:
    there.office.clock.advance(minutes=2)
    there.go_away()
    assert there.watch.bar.text() == (
        "The server cannot be reached since 09:44. You see the data of 09:42. Contact attempts, "
        "notes and arrivals are sent as soon as it is back; bookings wait."
    )
    there.until(lambda: there.watch.bar.height() < 3 * there.watch.bar.fontMetrics().height())
    seen = there.watch.bar._line.promise.visibleRegion().boundingRect()
    assert seen.height() >= there.watch.bar.fontMetrics().height()
    status = there.window.status
    assert status.database.text() == "Outage mode · as of 09:42"
    assert not status._dot.reachable
    status.refresh()
    there.settle()
    assert not status._dot.reachable  # the copy on this PC answers
    assert there.window.banner.text() == ""
    there.come_back()
    assert there.quiet() == "The connection is back."
    assert status.database.text() == "Database: shared (koba-db.example)"
    assert status._dot.reachable


def test_somebody_can_ask_for_another_try(there: OutageWindow) -> None:
    there.go_away()
    there.line.away = False  # and nothing has noticed
    there.watch.bar.again.click()
    there.until(lambda: there.watch.bar.text() == "")


def test_every_view_shows_the_copy_meanwhile(there: OutageWindow) -> None:
    there.go_away()
    for tab in ("myday", "reception", "letters", "calendar"):
        there.window.show_tab(tab)
        there.settle()
    assert there.window.banner.text() == ""
    assert open_dialogs() == []


def test_another_language_says_the_same_in_a_new_window(there: OutageWindow) -> None:
    there.go_away()
    assert there.program.session is not None
    there.program.session.language_chosen.emit("de")
    there.until(lambda: there.watch.bar.text().startswith("Der Server"))
    there.come_back()
    assert there.quiet().startswith("Verbindung wieder da.")


# --- what is put in -------------------------------------------------------------------------------


def test_a_call_is_kept_and_sent_exactly_once(there: OutageWindow) -> None:
    task = there.call()
    before = len(there.attempts(task))
    there.go_away()
    saved = there.window.status.saved.text()
    there.record(task, "Nobody at home")
    assert there.quiet() == "A call – will be sent once the server is back."
    assert there.window.messages.link().isHidden()  # it cannot be taken back
    assert there.desk.undo_label == ""
    assert there.window.status.saved.text() == saved
    assert there.window.status.database.text() == "Outage mode · as of 09:42 · 1 input waits"
    assert len(there.attempts(task)) == before
    there.come_back()
    assert there.quiet() == "The connection is back. 1 input was sent."
    assert len(there.attempts(task)) == before + 1


def test_a_booking_says_at_once_that_it_waits_and_keeps_the_form(there: OutageWindow) -> None:
    appointment = coming(there)
    there.desk.edit_appointment_requested.emit(AppointmentRequest(appointment_id=appointment.id))
    there.settle()
    editor = dialog(AppointmentEditor)
    there.go_away()
    editor.ui.phone.setEditText("0391 4711")
    editor.save(letter=False)
    there.settle()
    assert editor.isVisible()
    assert editor.ui.problem.text().startswith("The server is away: this has to wait")
    assert row(there, appointment.id).version == appointment.version
    there.come_back()
    assert editor.ui.problem.text() == "The server is back. You can save now."
    assert editor.ui.phone.currentText() == "0391 4711"
    editor.save(letter=False)
    there.settle()
    assert not open_dialogs()
    assert row(there, appointment.id).phone == "0391 4711"


def test_what_a_panel_cannot_do_now_it_says_in_the_quiet_line(there: OutageWindow) -> None:
    appointment = coming(there)
    there.go_away()
    there.desk.execute(
        SetAppointmentState(
            appointment_id=appointment.id,
            version=appointment.version,
            state=AppointmentState.MISSED,
        ),
        there.desk,
    )
    there.settle()
    assert there.quiet().startswith("The server is away: this has to wait")
    assert there.window.banner.text() == ""


def test_an_appointment_dragged_meanwhile_stays_and_says_why(there: OutageWindow) -> None:
    there.window.show_tab("calendar")
    there.settle()
    assert there.program.session is not None
    panel: Any = there.program.session.panels.made("calendar")
    appointment = coming(there)
    with there.services.view() as view:
        [seen] = view.reader.appointment_rows([appointment.id])
    there.go_away()
    panel._deeds.go(seen, seen.starts.replace(minute=55), seen.ends, seen.advisor_id)
    there.settle()
    assert panel._deeds.notice.text().startswith("The server is away: this has to wait")
    assert panel._deeds.mover.pending == frozenset()
    assert row(there, appointment.id).starts == appointment.starts


def test_no_letter_is_printed_that_nobody_could_remember(there: OutageWindow) -> None:
    with there.office.store.reading() as reader:
        letter = reader.find(Letter, limit=1)[0]
    there.go_away()
    run = PrintRun(there.desk, there.window)
    results: list[PrintResult] = []
    run.finished.connect(results.append)
    run.start([PrinterShare("Paper tray", PrintSettings(), (letter.id,))])
    there.until(lambda: bool(results))
    assert isinstance(results[0].failure, Unavailable)
    assert results[0].failure.code == "waits_for_server"
    assert (results[0].printed, len(results[0].left)) == (0, 1)
    assert there.tray.printed == []


# --- what no longer fits --------------------------------------------------------------------------


def misfit(there: OutageWindow, meanwhile: Callable[[Appointment], Command]) -> Appointment:
    """An arrival recorded here, while a colleague does something with the same appointment."""
    appointment = coming(there, channel=Channel.IN_PERSON)
    there.office.clock.set(appointment.starts - timedelta(minutes=10))
    there.go_away()
    there.desk.execute(
        ArriveVisitor(appointment_id=appointment.id, version=appointment.version), there.desk
    )
    there.settle()
    there.office.services.execute(meanwhile(appointment), there.office.actor)
    there.come_back()
    return appointment


def cancelled(appointment: Appointment) -> Command:
    return CancelAppointment(
        appointment_id=appointment.id, version=appointment.version, by_client=True
    )


def told_a_number(appointment: Appointment) -> Command:
    return ChangeDetails(
        appointment_id=appointment.id,
        version=appointment.version,
        kind_id=appointment.kind_id,
        phone="0391 4712",
        purpose="",
    )


def test_what_no_longer_fits_is_listed_with_its_reason(there: OutageWindow) -> None:
    appointment = misfit(there, cancelled)
    assert there.quiet() == "1 input was not taken over: it no longer fits."
    assert there.window.messages.link().text() == "Look at them"
    there.window.messages.link().click()
    there.settle()
    unsent = dialog(UnsentDialog)
    with there.services.view() as view:
        [seen] = view.reader.appointment_rows([appointment.id])
    assert unsent.list.item(0).text() == (
        f"Arrival of a visitor – {seen.family_name}, {seen.given_name} – "
        + formats.moment_of(there.desk.now())
    )
    assert "Why it was not taken over" in unsent.details.toPlainText()
    unsent.copy.click()
    assert QGuiApplication.clipboard().text().startswith("Arrival of a visitor")
    unsent.send.click()
    there.until(lambda: unsent.question.text() == "It still does not fit.")
    there.settle()
    assert unsent.list.count() == 1
    unsent.discard.click()
    assert "for good" in unsent.question.text()
    assert there.services.state.refused
    unsent.question.link.click()
    there.until(lambda: not there.services.state.refused and not open_dialogs())
    there.window.actions_.unsent.trigger()
    assert there.quiet() == "Nothing is left that was not sent."


def test_what_fits_again_is_sent_on_request(there: OutageWindow) -> None:
    appointment = misfit(there, told_a_number)
    there.window.actions_.unsent.trigger()
    there.settle()
    assert "changed this meanwhile" in dialog(UnsentDialog).details.toPlainText()
    dialog(UnsentDialog).send.click()
    there.until(lambda: there.quiet() == "1 input was sent.")
    assert row(there, appointment.id).state is AppointmentState.ARRIVED
    assert not open_dialogs()


def test_a_call_whose_task_a_colleague_closed_is_recorded_all_the_same(
    there: OutageWindow,
) -> None:
    task = there.call()
    there.go_away()
    there.record(task)
    with there.office.store.reading() as reader:
        version = reader.get(CallTask, task.id).version
    there.office.services.execute(
        CloseCallTask(task_id=task.id, version=version, result=CallResult.DROPPED),
        there.office.actor,
    )
    there.come_back()
    assert there.quiet() == "The connection is back. 1 input was sent."


# --- the list to go on by hand with ---------------------------------------------------------------


def test_the_emergency_list_is_printed_before_and_in_an_outage(there: OutageWindow) -> None:
    there.window.actions_.emergency_list.trigger()
    shown = dialog(EmergencyListDialog)
    there.until(lambda: shown.print.isEnabled() and shown.preview.has_page)
    assert shown.note.text() == "As of 09:42"
    shown.print.click()
    there.settle()
    assert not shown.isVisible()
    assert there.tray.printed[0].startswith(b"%PDF")
    assert there.quiet() == "The emergency list is printed."

    there.go_away()
    there.office.clock.advance(minutes=30)
    there.watch.bar.print.click()
    shown = dialog(EmergencyListDialog)
    there.until(lambda: shown.print.isEnabled() and shown.preview.has_page)
    assert shown.note.text() == "As of 09:42"  # not 10:12
    shown.close()


def test_it_is_saved_and_holds_ones_own_only_on_request(
    there: OutageWindow, tmp_path: Path
) -> None:
    there.window.actions_.emergency_list.trigger()
    shown = dialog(EmergencyListDialog)
    there.until(lambda: shown.preview.has_page)
    of_all = shown.turner.count
    shown.mine.setChecked(True)
    assert not shown.save.isEnabled()
    there.until(lambda: shown.save.isEnabled() and there.desk.tasks.idle)
    assert shown.turner.count <= of_all
    assert shown.file_name().startswith("notfallliste-")
    shown.save_to(tmp_path / "list.pdf")
    there.settle()
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


# --- errors on the way ----------------------------------------------------------------------------


def test_what_is_unclear_stays_until_somebody_looks(there: OutageWindow) -> None:
    there.desk.problem.emit(Unavailable("outcome_unclear"))
    banner = there.window.banner
    assert banner.text().startswith("It is unclear whether this was saved")
    assert banner.link().text() == "Reload"
    there.record(there.call())  # something else is saved
    assert banner.text()
    banner.link().click()
    assert not banner.text()


@pytest.mark.parametrize("code", ["statement_timeout", "server_busy", "too_many_connections"])
def test_the_banner_goes_when_the_server_answers_again(there: OutageWindow, code: str) -> None:
    assert there.program.session is not None
    troubles = there.program.session.troubles
    there.desk.problem.emit(Unavailable(code))
    assert there.window.banner.text()
    troubles._probe.setInterval(10)
    there.until(lambda: not there.window.banner.text())
    assert not troubles._probe.isActive()


def test_a_full_disk_of_the_server_is_told_until_something_is_saved(there: OutageWindow) -> None:
    assert there.program.session is not None
    there.desk.problem.emit(Unavailable("disk_full"))
    assert not there.program.session.troubles._probe.isActive()
    assert there.window.banner.text().startswith("The disk is full")
    there.record(there.call())
    assert not there.window.banner.text()


def test_a_server_that_takes_nothing_says_why(there: OutageWindow) -> None:
    there.go_away()
    stopped = Unavailable("disk_full").problems[0]
    there.watch._on_state(replace(there.services.state, stopped=stopped))
    assert there.watch.bar.text().startswith(
        "The server is there, but takes nothing: The disk is full."
    )


def test_whoever_is_shut_out_hears_why(there: OutageWindow) -> None:
    there.go_away()
    stopped = Unavailable("login_disabled").problems[0]
    there.watch._on_state(replace(there.services.state, stopped=stopped))
    assert there.watch.bar.text() == (
        "This login is disabled. Ask your administrator. What you put in while the server was away "
        "is kept on this PC."
    )
    there.desk.problem.emit(Unavailable("login_disabled"))
    assert there.window.banner.text() == ""


def test_without_a_copy_that_is_said(there: OutageWindow) -> None:
    there.watch._on_state(OutageState(offline=True, since=there.desk.now()))
    there.until(lambda: "This PC keeps no copy of the data" in there.watch.bar.text())
    there.watch._on_state(OutageState())
    assert there.watch.bar.isHidden()
