"""Each role sees its views, docks and commands in the window, and no others."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Channel, LetterKind, Role
from koba_desktop.gui.allowed import may
from koba_desktop.gui.app import Program
from koba_desktop.gui.calendar.menu import build_menu
from koba_desktop.gui.clients.dock import ClientsDock
from koba_desktop.gui.views import TABS
from koba_desktop.gui.window import MainWindow
from koba_desktop.services.execution import Actor
from koba_desktop.services.letters.wordings import WordingKey

WITH_CLIENTS = {"calendar", "reception", "letters", "mode"}
VIEWS = {
    Role.RECEPTION: WITH_CLIENTS,
    Role.ADVISOR: WITH_CLIENTS | {"myday"},
    Role.LEAD: WITH_CLIENTS | {"myday", "admin", "wordings"},
    Role.ADMINISTRATOR: {"mode", "admin", "audit", "wordings"},
    Role.DATA_PROTECTION: {"mode", "audit"},
}
ABOUT_CLIENTS = frozenset({Role.RECEPTION, Role.ADVISOR, Role.LEAD})
CALLING = ("Call", "Call received", "Propose by letter", "Copy file note")


def become(program: Program, role: Role, qtbot: QtBot) -> MainWindow:
    """Somebody who holds that role and no other sits down."""
    desk = program.desk
    assert desk is not None
    several = {r.staff_id for r in desk.book.roles if r.role is not role}
    held = next(r for r in desk.book.roles if r.role is role and r.staff_id not in several)
    desk.become(Actor(held.staff_id, held.office_id))
    qtbot.waitUntil(lambda: desk.tasks.idle)
    return program.window


def views(window: MainWindow) -> set[str]:
    return {tab.name for number, tab in enumerate(TABS) if window.tabs.isTabVisible(number)}


def offered(window: MainWindow) -> set[str]:
    """What menus and search offer, by name."""

    def name(action: QAction) -> str:
        return action.text().replace("&", "").rstrip("…. ")

    return {name(action) for action in window.commands() if action.isVisible()}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_views_and_docks(program: Program, role: Role, qtbot: QtBot) -> None:
    window = become(program, role, qtbot)
    assert views(window) == VIEWS[role]
    assert window.current_tab() in VIEWS[role]
    there = role in ABOUT_CLIENTS
    for dock in (window.clients, window.rooms):
        assert dock.toggleViewAction().isVisible() is there
        if not there:
            assert not dock.isVisible()
            assert window.ground.left.isHidden()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_has_its_commands(program: Program, role: Role, qtbot: QtBot) -> None:
    window = become(program, role, qtbot)
    names = offered(window)
    about_clients = role in ABOUT_CLIENTS
    for command in ("New appointment", "New client", "Assign an emergency", "Note a callback"):
        assert (command in names) is about_clients, command
    calls = role in (Role.ADVISOR, Role.LEAD)
    for command in CALLING:
        assert (command in names) is calls, command
    shut = {name for name, menu in window.menus.items() if not menu.menuAction().isVisible()}
    assert shut == (set() if about_clients else {"appointment", "clients", "rooms", "letters"})
    qtbot.waitUntil(lambda: window.status.letters.isVisibleTo(window) is about_clients)
    assert window.tools.new.isVisibleTo(window) is about_clients
    assert window.tools.emergency.isVisibleTo(window) is about_clients


def test_nothing_goes_wrong_from_seat_to_seat(program: Program, qtbot: QtBot) -> None:
    """Views made for somebody else show nothing any more, and refuse nothing aloud."""
    desk = program.desk
    assert desk is not None
    troubles: list[object] = []
    desk.problem.connect(troubles.append)
    for role in (*Role, *reversed(Role)):
        become(program, role, qtbot)
        desk.tick.emit()
        desk.others_wrote()
        qtbot.waitUntil(lambda: desk.tasks.idle)
    assert troubles == []


def test_a_key_leads_to_no_view_that_is_not_there(program: Program, qtbot: QtBot) -> None:
    window = become(program, Role.DATA_PROTECTION, qtbot)
    before = window.current_tab()
    for name in ("calendar", "letters", "admin"):
        window.show_tab(name)
    window.show_dock("clients")
    window.arrange("calendar", {"clients": 258})
    assert window.current_tab() == before
    assert not window.clients.isVisible()


def test_docks_come_back_with_the_role(program: Program, qtbot: QtBot) -> None:
    window = become(program, Role.ADVISOR, qtbot)
    window.show_tab("calendar")
    assert not window.clients.isHidden()
    become(program, Role.DATA_PROTECTION, qtbot)
    become(program, Role.ADVISOR, qtbot)
    window.show_tab("calendar")
    assert not window.clients.isHidden()
    assert not window.rooms.isHidden()


def test_reception_has_clients_at_once_and_nobody_to_call(program: Program, qtbot: QtBot) -> None:
    window = become(program, Role.RECEPTION, qtbot)
    window.show_tab("calendar")
    [dock] = window.findChildren(ClientsDock)
    qtbot.waitUntil(lambda: dock.found.rowCount() > 0)
    assert not dock.work.isVisibleTo(window)
    assert dock.results.isVisibleTo(window)
    row = dock.found.client_at(dock.found.index(0, 0))
    assert row is not None
    dock.results.setCurrentIndex(dock.found.index(0, 0))
    qtbot.waitUntil(lambda: dock.card.card is not None)
    assert dock.card.letter_button.isHidden()
    assert "Call" not in {button.text() for button in dock.card.findChildren(QPushButton)}


def test_only_who_calls_is_led_to_the_call_list(program: Program, qtbot: QtBot) -> None:
    for role, there in ((Role.RECEPTION, False), (Role.ADVISOR, True)):
        window = become(program, role, qtbot)
        desk = program.desk
        assert desk is not None
        panel = program.session.panels.made("calendar")  # type: ignore[union-attr]
        assert panel is not None
        rows = [
            row
            for row in panel.view.scene.rows  # type: ignore[attr-defined]
            if row.channel is Channel.TELEPHONE and row.client_id is not None
        ]
        if not rows:
            continue
        menu = build_menu(desk, panel.actions_, rows[0], window)  # type: ignore[attr-defined]
        texts = {action.text().replace("&", "") for action in menu.actions()}
        assert ("Show in call list" in texts) is there


def test_a_deputys_rights_hold_in_the_second_office_too(program: Program, qtbot: QtBot) -> None:
    become(program, Role.RECEPTION, qtbot)
    desk = program.desk
    assert desk is not None
    other = next(office for office in desk.book.offices if office.id != desk.office.id)
    mine = next(r for r in desk.book.roles if r.staff_id == desk.actor.staff_id)
    desk.become(Actor(desk.actor.staff_id, other.id))
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert not may(desk, Right.SEE_CLIENTS)
    assert views(program.window) == {"mode"}
    second = replace(mine, id=other.id, office_id=other.id, role=Role.LEAD)
    before = desk.book
    desk.learn(replace(before, roles=(*before.roles, second)))
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert views(program.window) == VIEWS[Role.LEAD]
    desk.learn(before)
    assert views(program.window) == {"mode"}


def test_a_letter_leads_administrators_to_wording_and_office_data(
    program: Program, qtbot: QtBot
) -> None:
    """Also where these views have not been made before."""
    window = become(program, Role.ADMINISTRATOR, qtbot)
    desk = program.desk
    assert desk is not None
    desk.wording_requested.emit(WordingKey(LetterKind.CANCELLATION, "de", "standard"))
    assert window.current_tab() == "wordings"
    desk.office_data_requested.emit()
    assert window.current_tab() == "admin"
    qtbot.waitUntil(lambda: desk.tasks.idle)
