"""Ctrl+K: clients, references and commands from one field, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from koba_desktop.domain.clock import day_bounds
from koba_desktop.gui.app import Program
from koba_desktop.gui.calendar.panel import CalendarPanel
from koba_desktop.gui.search.late_enter import LateEnter
from koba_desktop.gui.search.model import HitKind
from koba_desktop.gui.search.popup import SearchPopup
from koba_desktop.services.rows import AppointmentRow, ClientRow
from tests.support import Office


@pytest.fixture
def popup(program: Program) -> SearchPopup:
    assert program.session is not None
    program.window.actions_.search.trigger()
    return program.session.popup


def some_client(office: Office) -> ClientRow:
    with office.services.view() as view:
        rows = view.reader.search_clients("", office_ids=[office.actor.office_id], limit=50).rows
    return next(row for row in rows if f"{row.family_name}{row.given_name}".isascii())


def some_appointment(office: Office) -> AppointmentRow:
    with office.services.view() as view:
        starts, ends = day_bounds(view.today)
        return view.reader.appointments_between(office.actor.office_id, starts, ends)[0]


def texts(popup: SearchPopup, kind: HitKind) -> list[str]:
    hits = [popup.model.hit(row) for row in range(popup.model.rowCount())]
    return [hit.text for hit in hits if hit is not None and hit.kind is kind]


def test_ctrl_k_puts_the_cursor_into_the_field(program: Program, qtbot: QtBot) -> None:
    field = program.window.tools.search
    program.window.activateWindow()
    program.window.actions_.search.trigger()
    qtbot.waitUntil(field.hasFocus)


def test_escape_leads_back_to_where_one_came_from(program: Program, qtbot: QtBot) -> None:
    window = program.window
    window.activateWindow()
    before = window.findChild(CalendarPanel)
    assert before is not None
    before.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    came_from = QApplication.focusWidget()
    window.actions_.search.trigger()
    window.actions_.search.trigger()
    qtbot.waitUntil(window.tools.search.hasFocus)
    qtbot.keyClick(window.tools.search, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is came_from


def test_a_client_is_found_and_chosen_by_keyboard(
    program: Program, popup: SearchPopup, demo_office: Office, qtbot: QtBot
) -> None:
    client = some_client(demo_office)
    field = program.window.tools.search
    qtbot.keyClicks(field, f"{client.family_name} {client.given_name}"[:30])
    qtbot.waitUntil(lambda: bool(texts(popup, HitKind.CLIENT)))
    assert texts(popup, HitKind.CLIENT)[0].startswith(client.family_name)
    assert program.desk is not None
    with qtbot.waitSignal(program.desk.client_selected) as chosen:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args is not None
    assert field.text() == ""
    assert popup.isHidden()


def test_a_command_is_found_by_any_part_of_its_name(
    program: Program, popup: SearchPopup, qtbot: QtBot
) -> None:
    field = program.window.tools.search
    qtbot.keyClicks(field, "layout recep")
    qtbot.waitUntil(lambda: "Layout Reception" in texts(popup, HitKind.COMMAND))
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not program.window.clients.isVisible()


def test_a_scanned_reference_opens_its_appointment_at_once(
    program: Program, popup: SearchPopup, demo_office: Office, qtbot: QtBot
) -> None:
    appointment = some_appointment(demo_office)
    desk = program.desk
    assert desk is not None
    desk.edit_appointment_requested.disconnect()  # the editor has tests of its own
    with qtbot.waitSignals([desk.edit_appointment_requested, desk.day_requested]):
        qtbot.keyClicks(program.window.tools.search, appointment.reference)


def test_the_late_enter_of_a_scanner_presses_nothing(
    program: Program, popup: SearchPopup, demo_office: Office, qtbot: QtBot
) -> None:
    """The appointment opens with the last character; the scanner's Enter follows it."""
    appointment = some_appointment(demo_office)
    desk, window = program.desk, program.window
    assert desk is not None
    desk.edit_appointment_requested.disconnect()
    elsewhere = QLineEdit(window)
    pressed: list[bool] = []
    elsewhere.returnPressed.connect(lambda: pressed.append(True))
    elsewhere.show()
    with qtbot.waitSignal(desk.edit_appointment_requested):
        qtbot.keyClicks(window.tools.search, appointment.reference)
    qtbot.keyClick(elsewhere, Qt.Key.Key_Return)
    assert pressed == []
    qtbot.keyClick(elsewhere, Qt.Key.Key_Return)  # this one somebody typed
    assert pressed == [True]


def test_nobody_waits_for_a_late_enter_for_long(
    program: Program, popup: SearchPopup, demo_office: Office, qtbot: QtBot
) -> None:
    desk = program.desk
    assert desk is not None
    desk.edit_appointment_requested.disconnect()
    with qtbot.waitSignal(desk.edit_appointment_requested):
        qtbot.keyClicks(program.window.tools.search, some_appointment(demo_office).reference)
    late = popup.findChild(LateEnter)
    assert late is not None
    qtbot.waitUntil(lambda: not late.expected, timeout=2_000)
    edit = QLineEdit(program.window)
    edit.show()
    with qtbot.waitSignal(edit.returnPressed):
        qtbot.keyClick(edit, Qt.Key.Key_Return)


def test_enter_before_the_answer_opens_the_first_hit_when_it_comes(
    program: Program, popup: SearchPopup, demo_office: Office, qtbot: QtBot
) -> None:
    client = some_client(demo_office)
    field = program.window.tools.search
    assert program.desk is not None
    with qtbot.waitSignal(program.desk.client_selected):
        qtbot.keyClicks(field, client.family_name)
        qtbot.keyClick(field, Qt.Key.Key_Return)


def test_nothing_found_says_what_to_do(popup: SearchPopup, program: Program, qtbot: QtBot) -> None:
    qtbot.keyClicks(program.window.tools.search, "qqxyz")
    qtbot.waitUntil(popup.isVisible)
    assert popup.model.rowCount() == 0
    foot = popup.findChild(QLabel)
    assert foot is not None
    assert foot.height() >= foot.heightForWidth(foot.width()), "the sentence is cut"
    qtbot.keyClick(program.window.tools.search, Qt.Key.Key_Escape)
    assert popup.isHidden()


def test_the_list_speaks_what_each_line_is(
    program: Program, popup: SearchPopup, qtbot: QtBot
) -> None:
    qtbot.keyClicks(program.window.tools.search, "undo")
    qtbot.keyClicks(program.window.tools.search, "\b\b\b\bquit")
    qtbot.waitUntil(lambda: "Quit" in texts(popup, HitKind.COMMAND))
    row = next(r for r in range(popup.model.rowCount()) if popup.model.index(r).data() == "Quit")
    spoken = popup.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Command, Quit, Ctrl+Q"
