"""The audit viewer: there for those entitled alone; filter, pages, details, export, by keyboard."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.vocabulary import AuditAction, Role
from koba_desktop.gui.app import Program
from koba_desktop.gui.audit.entitlement import offer_audit, reads_audit
from koba_desktop.gui.audit.filters import Period
from koba_desktop.gui.audit.model import Column
from koba_desktop.gui.audit.panel import AuditPanel
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.search.model import command_hits
from koba_desktop.services.audit import writing
from koba_desktop.services.audit.reading import PAGE
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.commands import ViewBlockedAddress
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import office_book
from tests.gui.shell_office import opener_of, running
from tests.gui.small_desk import Hands, small_desk
from tests.support import Office
from tests.unit.service_office import SmallOffice, at

Key = Qt.Key
ENTITLED = (Role.ADMINISTRATOR, Role.DATA_PROTECTION)


@pytest.fixture
def seat(tmp_path: Path, qtbot: QtBot) -> Iterator[Hands]:
    """The administrator's desk, after two appointments and a look at an address."""
    with small_desk(tmp_path) as (office, desk):
        office.booked(at(12, 9))
        office.do(office.booking(at(12, 13)), by=office.lindner)
        office.clock.advance(hours=1)
        office.do(ViewBlockedAddress(client_id=office.kuhn.id, reason="Zustellung"))
        desk.become(Actor(office.administrator.id, office.office.id))
        yield Hands(office, desk, qtbot)


@pytest.fixture
def panel(seat: Hands) -> AuditPanel:
    return shown(seat)


def shown(seat: Hands) -> AuditPanel:
    made = AuditPanel(seat.desk)
    seat.bot.addWidget(made)
    made.resize(1300, 640)
    seat.look_at(made)
    made.activateWindow()
    return made


def cell(panel: AuditPanel, row: int, column: Column) -> str:
    return str(panel.model.index(row, column).data())


def column(panel: AuditPanel, which: Column) -> set[str]:
    return {cell(panel, row, which) for row in range(panel.model.rowCount())}


# --- for whom -------------------------------------------------------------------------------------


def extras(program: Program) -> set[str]:
    """What the menus offer, by name, and the search."""
    entries = [action for action in program.window.commands() if action.isVisible()]
    return {action.text().replace("&", "") for action in entries}


def become(program: Program, role: Role, qtbot: QtBot) -> None:
    desk = program.desk
    assert desk is not None
    held = next(each for each in desk.book.roles if each.role is role)
    desk.become(Actor(held.staff_id, held.office_id))
    qtbot.waitUntil(lambda: desk.tasks.idle)


def offered(program: Program) -> bool:
    """Whether the audit is anywhere: as a tab, in a menu, behind its key, in the search."""
    window = program.window
    index = next(n for n in range(window.tabs.count()) if window.tabs.tabText(n) == "Audit")
    action = next(a for a in window.findChildren(QAction) if a.text().replace("&", "") == "Audit")
    anywhere = {
        window.tabs.isTabVisible(index),
        action.isVisible(),
        action.isEnabled(),
        "Audit" in extras(program),
        any(hit.text == "Audit" for hit in command_hits("audit", window.commands())),
    }
    assert len(anywhere) == 1, "half of it is there"
    return anywhere.pop()


@pytest.mark.parametrize("role", list(Role))
def test_the_view_is_there_for_those_entitled_alone(
    program: Program, demo_office: Office, role: Role, qtbot: QtBot
) -> None:
    assert not offered(program)
    assert program.session is not None
    assert program.session.panels.made("audit") is None
    desk = program.desk
    assert desk is not None
    if role is Role.DATA_PROTECTION:
        held = next(each for each in desk.book.roles if each.role is Role.RECEPTION)
        officer = replace(held, id=new_id(), version=0, role=role)
        with demo_office.store.writing(by=None, now=demo_office.clock.now()) as unit:
            unit.add(officer)
        with demo_office.services.view() as view:
            desk.learn(office_book(view))
    become(program, role, qtbot)
    assert offered(program) is (role in ENTITLED)


def test_it_goes_with_the_person_who_may_see_it_and_leaves_nothing_behind(
    program: Program, qtbot: QtBot
) -> None:
    assert program.session is not None
    become(program, Role.ADMINISTRATOR, qtbot)
    panel: Any = program.session.bring("audit")
    qtbot.waitUntil(lambda: program.desk is not None and program.desk.tasks.idle)
    assert program.window.current_tab() == "audit"
    assert "Export the audit…" in extras(program)
    become(program, Role.LEAD, qtbot)
    assert program.window.current_tab() == "calendar"
    assert not offered(program)
    assert "Export the audit…" not in extras(program)
    assert command_hits("export audit", program.window.commands()) == []
    assert panel.model.rowCount() == 0
    become(program, Role.ADMINISTRATOR, qtbot)
    assert offered(program)


def test_who_left_the_audit_in_front_is_not_led_there_as_somebody_else(
    demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    with running(opener_of(demo_office), tmp_path) as first:
        with qtbot.waitSignal(first.ready, timeout=20_000):
            pass
        become(first, Role.ADMINISTRATOR, qtbot)
        assert first.session is not None
        first.session.bring("audit")
        first.window.remember()
    assert QSettings().value("window/tab") == "audit"
    with running(opener_of(demo_office), tmp_path) as second:
        with qtbot.waitSignal(second.ready, timeout=20_000):
            pass
        assert second.window.current_tab() == "calendar"
        assert not offered(second)


def test_the_panel_shows_nothing_to_others_even_if_somebody_opened_it(seat: Hands) -> None:
    office, desk = seat.office, seat.desk
    desk.become(Actor(office.lead.id, office.office.id))
    panel = shown(seat)
    assert panel.model.rowCount() == 0
    assert not panel.filters.isEnabled()
    assert not panel.export.isEnabled()


def test_a_role_that_ends_at_midnight_ends_here_too(seat: Hands, panel: AuditPanel) -> None:
    desk = seat.desk
    assert panel.model.rowCount()
    ending = tuple(
        replace(role, valid_until=desk.today()) if role.role is Role.ADMINISTRATOR else role
        for role in desk.book.roles
    )
    desk.learn(replace(desk.book, roles=ending))
    seat.settle()
    assert panel.model.rowCount()
    seat.office.clock.advance(days=1)
    desk.tick.emit()
    seat.settle()
    assert panel.model.rowCount() == 0


# --- what is shown --------------------------------------------------------------------------------


def test_the_latest_events_stand_first_and_say_who_what_and_where(
    seat: Hands, panel: AuditPanel
) -> None:
    assert cell(panel, 0, Column.WHEN) == "01/04/2021 10:12:00"
    assert cell(panel, 0, Column.WHO) == "Berger"
    assert cell(panel, 0, Column.ACTION) == "blocked address shown"
    assert cell(panel, 0, Column.REASON) == "Zustellung"
    assert cell(panel, 0, Column.HOST) == "PC-1"
    assert "Lindner" in column(panel, Column.WHO)
    everything = {cell(panel, row, c) for row in range(panel.model.rowCount()) for c in Column}
    assert not any("Kuhn" in text for text in everything)


def test_the_details_follow_the_keyboard(seat: Hands, panel: AuditPanel) -> None:
    panel.table.setFocus()
    assert str(seat.office.kuhn.id) in panel.details.text()
    assert "Zustellung" in panel.details.text()
    seat.press_in(panel, Key.Key_Down)
    assert "Zustellung" not in panel.details.text()
    assert cell(panel, 1, Column.WHO) in panel.details.text()


def test_tab_walks_through_filter_buttons_table_and_details(seat: Hands, panel: AuditPanel) -> None:
    f = panel.filters
    f.period.setFocus()
    walked = [f.period]
    for _step in range(17):  # a day is passed in three steps
        seat.press_in(panel, Key.Key_Tab)
        if panel.focusWidget() is not walked[-1]:
            walked.append(panel.focusWidget())
    wanted = [f.period, f.first, f.last, f.person, f.action, f.object_kind, f.field, f.subject]
    wanted += [f.reason, panel.reset_button, panel.export_button, panel.table]
    assert walked[:12] == wanted
    assert panel.details.isAncestorOf(walked[12])


def test_older_events_follow_at_the_end_of_the_table(seat: Hands) -> None:
    seat.office.put(
        *(
            AuditEvent(id=new_id(), action=AuditAction.CHANGE, object_kind="Client", object_id=None)
            for _each in range(PAGE)
        )
    )
    panel = shown(seat)
    assert panel.model.rowCount() == PAGE
    assert "older ones" in panel.count.text()
    panel.table.setFocus()
    seat.bot.keyClick(panel.table, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    seat.settle()
    with seat.desk.services.view() as view:
        total = view.reader.count_audit_events(AuditFilter())
    assert panel.model.rowCount() == total > PAGE
    assert not panel.model.canFetchMore()


def test_what_is_recorded_meanwhile_appears(seat: Hands, panel: AuditPanel) -> None:
    before = panel.model.rowCount()
    seat.office.do(ViewBlockedAddress(client_id=seat.office.kuhn.id, reason="Rückruf"))
    seat.desk.others_wrote()
    seat.settle()
    assert panel.model.rowCount() == before + 1
    assert cell(panel, 0, Column.REASON) == "Rückruf"
    assert panel.table.currentIndex().row() == 1  # still the one that was chosen


# --- the filter -----------------------------------------------------------------------------------


def test_person_action_and_reason_narrow_it_down(seat: Hands, panel: AuditPanel) -> None:
    f = panel.filters
    f.person.setCurrentIndex(f.person.findText("Lindner"))
    seat.settle()
    assert column(panel, Column.WHO) == {"Lindner"}
    f.reset()
    f.action.setCurrentIndex(f.action.findData(AuditAction.VIEW_BLOCKED))
    seat.settle()
    assert column(panel, Column.ACTION) == {"blocked address shown"}
    f.reset()
    f.reason.setFocus()
    seat.bot.keyClicks(f.reason, "zustell")
    seat.press_in(panel, Key.Key_Return)
    assert column(panel, Column.REASON) == {"Zustellung"}


def test_what_is_typed_is_looked_for_without_pressing_enter(seat: Hands, panel: AuditPanel) -> None:
    seat.bot.keyClicks(panel.filters.subject, "118274")
    seat.bot.waitUntil(lambda: column(panel, Column.REASON) == {"Zustellung"})
    assert column(panel, Column.ACTION) == {"blocked address shown"}


def test_the_period_is_chosen_by_name_or_by_its_days(seat: Hands) -> None:
    office = seat.office
    office.put(
        AuditEvent(
            id=new_id(),
            created_at=office.clock.now() - timedelta(days=40),
            action=AuditAction.DELETE,
            object_kind="ClientPhone",
            object_id=None,
        )
    )
    panel = shown(seat)
    f = panel.filters
    assert "deleted" not in column(panel, Column.ACTION)
    f.period.setCurrentIndex(f.period.findData(Period.ALL))
    seat.settle()
    assert "deleted" in column(panel, Column.ACTION)
    assert f.wanted() == AuditFilter()
    f.period.setCurrentIndex(f.period.findData(Period.MONTH))
    f.last.setDate(QDate(2021, 3, 31))
    seat.settle()
    assert f.chosen_period is Period.CHOSEN
    f.first.setDate(QDate(2021, 2, 1))
    seat.settle()
    assert column(panel, Column.ACTION) == {"deleted"}


def test_nothing_found_says_what_to_do(seat: Hands, panel: AuditPanel) -> None:
    panel.filters.reason.setText("gibt es nicht")
    seat.bot.waitUntil(panel.empty.isVisible)
    assert "reset the filter" in panel.empty.text()
    assert not panel.table.isVisible()
    panel.reset_button.click()
    seat.settle()
    assert panel.table.isVisible()


def test_everything_about_the_object_of_an_event(seat: Hands, panel: AuditPanel) -> None:
    f = panel.filters
    f.object_kind.setCurrentIndex(f.object_kind.findData("Appointment"))
    seat.settle()
    panel.details.all_of_it.setFocus()
    seat.press_in(panel, Key.Key_Return)
    assert f.chosen_period is Period.ALL
    assert f.object_kind.currentData() == ""
    assert len({text for text in column(panel, Column.OBJECT) if "appointment " in text}) >= 1
    assert "participant" in {text.split(" …")[0] for text in column(panel, Column.OBJECT)}


def test_the_menu_of_an_entry_leads_to_its_audit(seat: Hands, panel: AuditPanel) -> None:
    menu = QMenu()
    seat.bot.addWidget(menu)
    offer_audit(menu, seat.desk, seat.office.kuhn.id)
    menu.actions()[-1].trigger()
    seat.settle()
    assert column(panel, Column.REASON) == {"Zustellung"}
    seat.desk.become(Actor(seat.office.lead.id, seat.office.office.id))
    others = QMenu()
    seat.bot.addWidget(others)
    offer_audit(others, seat.desk, seat.office.kuhn.id)
    assert others.actions() == []


# --- the export -----------------------------------------------------------------------------------


def noted(office: SmallOffice) -> list[Any]:
    return office.all(AuditEvent, action=AuditAction.EXPORT)


def test_the_filtered_events_are_exported_and_that_is_noted(
    seat: Hands, panel: AuditPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audit.csv"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_all: (str(path), "CSV for a spreadsheet (*.csv)")
    )
    messages: list[str] = []
    seat.desk.message.connect(lambda text, _undo: messages.append(text))
    panel.filters.reason.setText("zustellung")
    panel.export_button.setFocus()
    seat.press_in(panel, Key.Key_Return)
    lines = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    (event,) = noted(seat.office)
    assert "Reason contains “zustellung”" in event.reason
    assert [line["Reason"] for line in lines] == [event.reason, "Zustellung"]
    assert messages == ["2 events exported: audit.csv"]
    assert panel.export.isEnabled()
    assert not panel.export_line.isVisible()


def test_the_ending_of_the_name_decides_the_kind(
    seat: Hands, panel: AuditPanel, tmp_path: Path
) -> None:
    panel.export_to(tmp_path / "audit.JSON", ExportFormat.CSV)
    seat.settle()
    assert json.loads((tmp_path / "audit.JSON").read_text("utf-8"))["events"]
    panel.export_to(tmp_path / "april.2021", ExportFormat.CSV)
    seat.settle()
    assert (tmp_path / "april.2021.csv").exists()


def test_a_file_that_cannot_be_written_is_said_here(
    seat: Hands, panel: AuditPanel, tmp_path: Path
) -> None:
    panel.export_to(tmp_path / "missing" / "audit.csv")
    seat.settle()
    assert "audit.csv" in panel.message.text()
    assert panel.message.isVisible()
    assert panel.export.isEnabled()
    assert len(noted(seat.office)) == 1


def test_an_export_can_be_cancelled(
    seat: Hands, panel: AuditPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(writing, "PAGE", 1)
    messages: list[str] = []
    seat.desk.message.connect(lambda text, _undo: messages.append(text))
    panel.export_line.start(AuditFilter(), ExportFormat.CSV, folder / "audit.csv")
    assert panel.export_line.isVisible()
    seat.bot.keyClick(panel.export_line.cancel, Key.Key_Return)
    seat.settle()
    assert list(folder.iterdir()) == []
    assert messages == []
    assert not panel.export_line.isVisible()


def test_an_export_ends_with_the_program(
    seat: Hands, panel: AuditPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    begun: list[int] = []
    desk: Desk = seat.desk

    def page(*args: Any) -> Any:
        begun.append(1)
        if len(begun) == 2:
            desk.tasks._closed = True  # as the window closes meanwhile
        return audit_page(*args)

    audit_page = writing.audit_page
    monkeypatch.setattr(writing, "PAGE", 1)
    monkeypatch.setattr(writing, "audit_page", page)
    panel.export_line.start(AuditFilter(), ExportFormat.CSV, folder / "audit.csv")
    seat.settle()
    assert len(begun) == 2
    assert list(folder.iterdir()) == []


def test_nobody_but_those_entitled_reads_it_through_the_desk(seat: Hands) -> None:
    desk, office = seat.desk, seat.office
    assert reads_audit(desk)
    for other in (office.lead, office.berger, office.reception):
        desk.become(Actor(other.id, office.office.id))
        assert not reads_audit(desk)
