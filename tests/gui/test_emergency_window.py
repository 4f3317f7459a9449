"""The emergency desk over the window: F2 from anywhere, for every role, and after a restart."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.vocabulary import Role, Urgency, UrgencyCategory
from koba_desktop.gui import theme
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.gui.emergency.panel import EmergencyDesk
from koba_desktop.gui.unfinished import UnfinishedDialog
from koba_desktop.services.drafts.keeping import open_drafts
from tests.gui.screens import Screens
from tests.running import PaperTray, opened
from tests.support import make_office, office_at

KEYS = Qt.Key


class AtTheDoor(Screens):
    """The program, and what somebody at the door does with it."""

    @property
    def panel(self) -> EmergencyDesk:
        return self.session.emergency().panel

    def settle(self) -> None:
        super().settle()
        self.until(lambda: not self.panel.form.person.searching)
        super().settle()

    def emergencies(self) -> list[Appointment]:
        with self.desk.services.view() as view:
            return list(view.reader.find(Appointment, urgency=Urgency.EMERGENCY))

    def client(self) -> Client:
        """Somebody of this office who has nothing else today."""
        with self.desk.services.view() as view:
            found = view.reader.find(Client, family_name="Kuhn")
        return found[0]


@contextmanager
def at_the_door(path: Path, language: str = "en") -> Iterator[AtTheDoor]:
    office = office_at(path)
    running = AtTheDoor(
        lambda _progress, _secret: opened(office, PaperTray()),
        WindowOptions(language=language, settings=path.parent),
    )
    try:
        yield running
    finally:
        running.stop()
        office.store.close()


@pytest.fixture
def path(tmp_path: Path, qapp: Any) -> Path:
    QSettings().clear()
    made = make_office(tmp_path)
    made.store.close()
    return made.store.path


@pytest.fixture
def door(path: Path) -> Iterator[AtTheDoor]:
    with at_the_door(path) as running:
        yield running


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.ADVISOR, Role.LEAD])
def test_four_interactions_assign_a_room(door: AtTheDoor, role: Role) -> None:
    """F2, three letters, a digit, Enter; at most six are allowed."""
    door.become(role)
    door.tab("calendar")
    before = {appointment.id for appointment in door.emergencies()}
    interactions = 0
    for act in (
        lambda: door.press(KEYS.Key_F2),
        lambda: door.type("kuh"),
        lambda: door.type("2"),
        lambda: door.press(KEYS.Key_Return),
    ):
        act()
        interactions += 1
    assert interactions <= 6
    [appointment] = [each for each in door.emergencies() if each.id not in before]
    assert appointment.urgency_category is UrgencyCategory.HOUSING
    assert door.panel.pages.currentWidget() is door.panel.done
    assert door.panel.done.facts.text().startswith("Kuhn, ")
    assert appointment.office_id == door.desk.actor.office_id
    door.press(KEYS.Key_Return)
    assert door.panel.isHidden()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DATA_PROTECTION])
def test_who_receives_no_visitors_has_no_emergency_desk(door: AtTheDoor, role: Role) -> None:
    if not any(each.role is role for each in door.desk.book.roles):
        pytest.skip("nobody holds that role alone")
    door.become(role)
    door.press(KEYS.Key_F2)
    assert not door.panel.isVisible()
    assert not door.program.window.tools.emergency.isEnabled()


@pytest.mark.parametrize("view", ["calendar", "myday", "letters", "mode"])
def test_f2_opens_it_from_every_view_and_escape_gives_the_keyboard_back(
    door: AtTheDoor, view: str
) -> None:
    door.tab(view)
    before = door.focused()
    door.press(KEYS.Key_F2)
    assert door.panel.isVisible()
    assert door.focused() is door.panel.form.person.edit
    door.press(KEYS.Key_Escape)
    assert door.panel.isHidden()
    assert door.focused() is before


def test_f2_works_while_an_editor_is_open(door: AtTheDoor) -> None:
    request = AppointmentRequest(appointment_id=door.todays_row().id)
    door.desk.edit_appointment_requested.emit(request)
    door.settle()
    QTest.keyClick(door.dialog(), KEYS.Key_F2)
    door.settle()
    assert door.panel.isVisible()


def test_button_menu_and_search_offer_it(door: AtTheDoor) -> None:
    window = door.program.window
    window.tools.emergency.click()
    door.settle()
    assert door.panel.isVisible()
    door.press(KEYS.Key_Escape)
    for menu in ("appointment", "rooms"):
        assert window.actions_.emergency in window.menus[menu].actions()
    field = window.tools.search
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    QTest.keyClicks(field, "emergency")
    door.settle()
    QTest.keyClick(field, KEYS.Key_Return)
    door.settle()
    assert door.panel.isVisible()


def test_it_stands_at_the_right_between_the_bars_and_the_rest_is_dimmed(door: AtTheDoor) -> None:
    window = door.program.window
    door.press(KEYS.Key_F2)
    overlay = door.session.emergency()
    assert overlay.panel.width() == 640
    assert overlay.panel.geometry().right() == window.width() - 1
    tools = QRect(window.tools.mapTo(window, QPoint(0, 0)), window.tools.size())
    assert overlay.panel.y() == tools.bottom() + 1
    assert overlay.panel.geometry().bottom() == window.statusBar().y() - 1
    assert overlay.veil.isVisible()
    assert overlay.veil.geometry().right() + 1 == overlay.panel.x()
    window.resize(1100, 700)
    door.settle()
    assert overlay.panel.geometry().right() == window.width() - 1
    under = window.childAt(QPoint(100, 300))
    assert under is not overlay.veil, "the calendar can still be used"


def test_f2_again_keeps_what_is_being_typed(door: AtTheDoor) -> None:
    door.press(KEYS.Key_F2)
    door.type("kuh")
    door.type("2")
    case = door.panel.case()
    door.press(KEYS.Key_F2)
    assert door.panel.case() == case
    assert door.focused() is door.panel.form.person.edit
    door.press(KEYS.Key_Return)
    door.press(KEYS.Key_F2)  # after assigning it begins the next one
    assert door.panel.case().client_id is None
    assert door.panel.pages.currentWidget() is not door.panel.done


def test_it_opens_with_a_client_given(door: AtTheDoor) -> None:
    client = door.client()
    door.desk.emergency_requested.emit(client.id)
    door.settle()
    assert door.panel.case().client_id == client.id
    assert door.panel.form.person.edit.text() == f"{client.family_name}, {client.given_name}"


def test_taking_it_back_in_the_menu_opens_the_form_again(door: AtTheDoor) -> None:
    door.press(KEYS.Key_F2)
    door.type("kuh")
    door.type("2")
    door.press(KEYS.Key_Return)
    assert door.panel.pages.currentWidget() is door.panel.done
    door.program.window.actions_.undo.trigger()
    door.settle()
    assert door.panel.pages.currentWidget() is not door.panel.done
    assert door.panel.case().category is UrgencyCategory.HOUSING
    assert "Undone" in door.program.window.messages.text()


def test_another_person_at_the_desk_does_not_see_what_was_typed(door: AtTheDoor) -> None:
    door.press(KEYS.Key_F2)
    door.type("kuh")
    door.become(Role.RECEPTION)
    assert door.panel.isHidden()
    door.press(KEYS.Key_F2)
    assert door.panel.case().client_id is None
    assert door.panel.kept.isHidden()


def test_it_comes_back_after_the_program_was_ended(path: Path) -> None:
    with at_the_door(path) as door:
        door.press(KEYS.Key_F2)
        door.type("kuh")
        door.type("2+")
        case = door.panel.case()
        viewer = door.desk.actor.staff_id

        def kept() -> bool:
            with door.desk.services.view(viewer) as view:
                return [draft.form for draft in open_drafts(view)] == ["emergency"]

        door.until(kept)  # without being closed: what a crash finds

    with at_the_door(path) as door:
        door.program.window.actions_.drafts.trigger()
        door.settle()
        dialog = door.dialog()
        assert isinstance(dialog, UnfinishedDialog)
        assert dialog.list.item(0).text().startswith(f"Emergency: {case.name} – ")
        dialog.open_button.click()
        door.settle()
        assert door.panel.isVisible()
        assert door.panel.case() == case
        assert "born" in door.panel.form.person.identity.text()


def test_another_language_keeps_what_was_typed(door: AtTheDoor) -> None:
    door.press(KEYS.Key_F2)
    door.type("kuh")
    QApplication.processEvents()
    door.program._on_language("de")
    door.settle()
    with door.desk.services.view(door.desk.actor.staff_id) as view:
        assert [draft.form for draft in open_drafts(view)] == ["emergency"]
    door.press(KEYS.Key_F2)  # in the new window, and nowhere else
    assert door.panel.isVisible()
    assert "Kuhn" in door.panel.kept.text.text()
    door.program._on_language("en")
    door.settle()


def test_a_minute_later_the_ladder_is_asked_again(door: AtTheDoor) -> None:
    door.press(KEYS.Key_F2)
    before = door.panel.ladder.rung()
    assert before is not None
    door.demo_clock(0)  # 15 minutes
    after = door.panel.ladder.rung()
    assert after is not None
    assert after.starts - before.starts == timedelta(minutes=15)
    assert after.ends > door.desk.now()
    assert "09:57" in door.panel.day.text()


def test_type_of_200_percent_leaves_every_control_between_the_edges(path: Path, qapp: Any) -> None:
    usual = QFont(QApplication.font())
    large = QFont(usual)
    large.setPointSize(18)  # twice the system's 9 pt
    QApplication.setFont(large)
    theme.install(qapp, theme.Scheme.LIGHT)
    try:
        with at_the_door(path, "de") as door:
            door.press(KEYS.Key_F2)
            door.type("sch")
            door.type("1")
            assert theme.px(100) == 200
            panel = door.panel
            for button in panel.findChildren(QAbstractButton):
                if button.isVisible():
                    left = button.mapTo(panel, QPoint(0, 0)).x()
                    assert left >= 0, button.text()
                    assert left + button.width() <= panel.width(), button.text()
            assert panel.foot.assign.width() >= panel.foot.assign.sizeHint().width()
    finally:
        QApplication.setFont(usual)
        theme.install(qapp, theme.Scheme.LIGHT)
