"""Signing in to the shared database: each refusal has reason and remedy, no secret gets out."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import Unavailable
from koba_desktop.gui.clients.editor import open_client_editor
from koba_desktop.gui.errors import report
from koba_desktop.gui.sign_in.flow import LAST_LOGIN
from koba_desktop.gui.who_am_i import offices_of
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.facade import Services
from tests.gui.sign_in_door import (
    LOGIN,
    NEW_PASSWORD,
    PASSWORD,
    SERVER,
    AtTheDoor,
    Server,
    all_settings,
    at_the_door,
)
from tests.support import Office

KEYS = Qt.Key


@pytest.fixture
def server(demo_office: Office, qapp: object) -> Server:
    return Server(demo_office)


@pytest.fixture
def door(server: Server, tmp_path: Path) -> Iterator[AtTheDoor]:
    with at_the_door(server, tmp_path) as started:
        started.wait_for_page()
        yield started


def heard(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


# --- the page -------------------------------------------------------------------------------------


def test_login_and_password_typed_and_enter_lead_into_the_office(door: AtTheDoor) -> None:
    assert door.focused() is door.page.password.field  # the login is preset
    door.type(PASSWORD)
    door.press(KEYS.Key_Return)
    door.wait_for_office()
    window = door.program.window
    assert window.office_shown()
    assert door.program.desk is not None
    assert door.program.desk.actor.staff_id == door.server.office.actor.staff_id
    assert window.status.database.text() == f"Database: shared ({SERVER})"


def test_the_page_says_where_it_leads_and_that_the_line_is_encrypted(door: AtTheDoor) -> None:
    page = door.page
    assert page.accessibleName() == f"Sign in: {SERVER}"
    assert page.server.text() == SERVER
    assert page.encrypted.text() == "encrypted"
    assert [heard(each) for each in (page.login, page.password.field, page.password.eye)] == [
        "Login",
        "Password",
        "Show what I type: Password",
    ]


def test_the_keyboard_reaches_everything_in_order(server: Server, tmp_path: Path) -> None:
    server.keyring = {}
    with at_the_door(server, tmp_path, server.sign_in(own=True)) as door:
        page = door.wait_for_page()
        page.login.setFocus()
        reached = [door.focused()]
        for _step in range(5):
            QTest.keyClick(door.focused(), KEYS.Key_Tab)
            reached.append(door.focused())
        assert reached == [
            page.login,
            page.password.field,
            page.password.eye,
            page.remember,
            page.enter,
            page.quit,
        ]
        QTest.keyClick(page.login, KEYS.Key_Backtab)
        assert all(name for name in map(heard, [*reached, page.elsewhere]))


def test_the_password_is_hidden_until_somebody_wants_to_see_it(door: AtTheDoor) -> None:
    password = door.page.password
    assert password.field.echoMode() is QLineEdit.EchoMode.Password
    password.eye.click()
    assert password.field.echoMode() is QLineEdit.EchoMode.Normal
    password.set_text("")
    assert password.field.echoMode() is QLineEdit.EchoMode.Password


def test_large_letters_without_shift_show_that_caps_lock_is_on(door: AtTheDoor) -> None:
    password = door.page.password
    QTest.keyClick(password.field, "D", Qt.KeyboardModifier.ShiftModifier)
    assert password.caps.isHidden()
    QTest.keyClick(password.field, "D")
    assert password.caps.isVisible()
    assert password.field.accessibleDescription() == "Caps Lock is on."
    QTest.keyClick(password.field, "d")
    assert password.caps.isHidden()


def test_what_is_missing_is_asked_for(door: AtTheDoor) -> None:
    door.press(KEYS.Key_Return)
    assert door.page.message.text() == "Type your password."
    door.page.login.clear()
    door.press(KEYS.Key_Return)
    assert door.page.message.text() == "Type your login."
    assert door.focused() is door.page.login
    assert door.server.tried == []


def test_the_login_used_last_is_offered_then_that_of_the_pc(server: Server, tmp_path: Path) -> None:
    with at_the_door(server, tmp_path, server.sign_in(login="")) as door:
        assert door.wait_for_page().login.text() == "dana"
        door.page.login.setFocus()
        door.page.login.selectAll()
        door.type(LOGIN)
        door.enter()
        door.wait_for_office()
    with at_the_door(server, tmp_path, server.sign_in(login="")) as door:
        assert door.wait_for_page().login.text() == LOGIN
    with at_the_door(server, tmp_path, server.sign_in(login="k.kuhn")) as door:
        assert door.wait_for_page().login.text() == "k.kuhn"


# --- every refusal --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "what", "remedy"),
    [
        ("login_disabled", "This login is disabled", "Ask your administrator"),
        ("login_without_right", "no role in any office", "Ask your administrator"),
        ("server_away", "cannot be reached", "Check the network"),
        ("database_newer", "made by a newer program", "Update this program"),
        ("database_older", "made by an older program", "koba-desktop-admin migrate"),
        ("certificate_untrusted", "cannot prove that it is the right one", "ca_file"),
        ("certificate_expired", "not valid today", "Check the date of this PC"),
        ("certificate_wrong_name", "a server of another name", "in the configuration"),
        ("server_without_tls", "does not encrypt", "Tell your IT department"),
        ("too_many_connections", "takes no more connections", "try again in a minute"),
        ("server_too_old", "PostgreSQL that is too old", "Tell your IT department"),
        ("database_without_office", "No office is set up", "Ask your administrator"),
    ],
)
def test_each_refusal_says_what_happened_and_what_to_do(
    door: AtTheDoor, code: str, what: str, remedy: str
) -> None:
    door.server.refuse(code)
    door.enter()
    said = door.refused()
    assert what in said
    assert remedy in said
    assert PASSWORD not in said
    assert heard(door.page.message) == said
    assert door.page.enter.isEnabled()
    assert not door.page.offline_button.isVisible()
    assert door.focused() in (door.page.login, door.page.password.field)


def test_no_two_refusals_read_alike(door: AtTheDoor) -> None:
    said = []
    for code in ("password_wrong", "server_away", "login_disabled", "login_without_right"):
        door.server.refuse(code)
        door.enter()
        said.append(door.refused())
        door.page.message.clear()
    assert len(set(said)) == 4


def test_a_wrong_password_is_marked_and_typed_over(door: AtTheDoor) -> None:
    door.enter("Der Brocken hat keinen Hut")
    assert "The login or the password is not right" in door.refused()
    field = door.page.password.field
    assert field.property("invalid")
    assert door.focused() is field
    door.type(PASSWORD)  # what was selected is replaced
    assert not field.property("invalid")
    door.press(KEYS.Key_Return)
    door.wait_for_office()


def test_a_certificate_is_only_as_valid_as_the_clock_is_right(door: AtTheDoor) -> None:
    door.server.refuse("certificate_expired")
    door.enter()
    assert "This PC says:" in door.refused()


def test_the_same_can_be_tried_again_when_the_server_is_back(door: AtTheDoor) -> None:
    door.server.refuse("server_away")
    door.enter()
    door.refused()
    assert door.page.waiting.text() == "The program tries again every 15 seconds."
    door.server.refuses = None
    door.page.message._link.click()
    door.wait_for_office()


def test_the_program_tries_again_by_itself_without_taking_the_keyboard(door: AtTheDoor) -> None:
    door.server.refuse("server_away")
    door.enter()
    door.refused()
    door.flow._retry.setInterval(1)
    for tries in (2, 3):
        door.flow._retry.start()
        door.until(lambda tries=tries: len(door.server.tried) >= tries)  # type: ignore[misc]
        assert door.page.password.field.isEnabled()
    door.server.refuses = None
    door.wait_for_office()
    assert {password for _login, password in door.server.tried} == {PASSWORD}


def test_whoever_types_stops_the_trying(door: AtTheDoor) -> None:
    door.server.refuse("server_away")
    door.enter()
    door.refused()
    door.type("x")
    assert not door.flow._retry.isActive()
    assert door.page.waiting.isHidden()


def test_an_attempt_can_be_given_up_while_the_server_is_silent(door: AtTheDoor) -> None:
    door.server.answers.clear()
    door.enter()
    door.until(lambda: len(door.server.tried) == 1)
    assert not door.page.login.isEnabled()
    assert door.page.progress.isVisible()
    assert door.focused() is door.page.cancel
    door.press(KEYS.Key_Escape)
    assert door.page.login.isEnabled()
    assert door.focused() is door.page.password.field
    door.server.answers.set()
    door.settle()
    assert door.server.open == 0  # what was opened for nobody is closed again
    assert not door.program.window.office_shown()
    door.enter()
    door.wait_for_office()


def test_closing_the_window_in_the_middle_leaves_no_connection(
    server: Server, tmp_path: Path
) -> None:
    with at_the_door(server, tmp_path) as door:
        door.wait_for_page()
        server.answers.clear()
        door.enter()
        door.until(lambda: len(server.tried) == 1)
    assert server.open == 0


def test_an_error_nobody_expected_is_reported_without_the_password(
    door: AtTheDoor, tmp_path: Path
) -> None:
    door.server.refuses = RuntimeError(f"could not use {PASSWORD}")
    door.enter()
    assert door.refused() == "This is not possible at the moment."
    crash = tmp_path / "state" / "last_crash.txt"
    assert PASSWORD not in crash.read_text(encoding="utf-8")
    assert PASSWORD not in report(door.server.refuses)
    crash.unlink()
    door.dialog().close()


# --- without the server --------------------------------------------------------------------------


def test_what_this_pc_keeps_is_offered_only_while_the_server_is_away(door: AtTheDoor) -> None:
    door.server.kept = PASSWORD
    door.enter("not the password")
    door.refused()
    assert door.page.offline_button.isHidden()
    door.server.refuse("server_away")
    door.enter()
    door.refused()
    assert door.page.offline_button.isVisible()
    assert door.server.opened_kept == 0
    door.page.offline_button.click()  # with the password that was tried
    door.wait_for_office()
    assert door.server.opened_kept == 1


def test_where_nothing_is_kept_nothing_is_offered(door: AtTheDoor) -> None:
    door.server.refuse("server_away")
    door.enter()
    door.refused()
    assert door.page.offline_button.isHidden()


def test_without_the_server_the_password_counts_as_well(door: AtTheDoor) -> None:
    door.server.kept = PASSWORD
    door.server.refuse("server_away")
    door.enter("guessed")
    door.refused()
    door.page.offline_button.click()
    door.until(lambda: "not right" in door.page.message.text())
    door.settle()
    assert door.page.offline_button.isVisible()
    assert not door.flow._retry.isActive()  # the server would be asked with a wrong password
    door.page.password.field.setFocus()
    door.page.password.field.selectAll()
    door.type(PASSWORD)
    door.page.offline_button.click()
    door.wait_for_office()


def test_the_former_password_opens_what_is_kept(door: AtTheDoor) -> None:
    door.server.kept = "the one before"
    door.enter()
    door.until(lambda: bool(door.dialogs()))
    asked = door.dialog()
    asked.former.set_text("guessed")
    asked.open_it.click()
    door.until(lambda: "former password either" in asked.message.text())
    asked.former.set_text("the one before")
    asked.open_it.click()
    door.wait_for_office()
    assert door.server.kept == PASSWORD


def test_where_nobody_knows_it_one_goes_on_without(door: AtTheDoor) -> None:
    door.server.kept = "the one before"
    door.enter()
    door.until(lambda: bool(door.dialogs()))
    door.dialog().without.click()
    door.wait_for_office()
    assert door.server.kept is None


# --- the keyring ----------------------------------------------------------------------------------


def test_without_a_keyring_nothing_is_offered(door: AtTheDoor) -> None:
    assert door.page.remember.isHidden()


def test_a_password_is_remembered_only_when_somebody_wants_it(
    server: Server, tmp_path: Path
) -> None:
    server.keyring = {}
    with at_the_door(server, tmp_path) as door:
        assert not door.wait_for_page().remember.isChecked()
        door.enter()
        door.wait_for_office()
    assert server.keyring == {}
    with at_the_door(server, tmp_path) as door:
        door.wait_for_page().remember.click()
        door.enter()
        door.wait_for_office()
    assert server.keyring == {LOGIN: PASSWORD}


def test_a_remembered_password_signs_in_by_itself(server: Server, tmp_path: Path) -> None:
    server.keyring = {LOGIN: PASSWORD}
    with at_the_door(server, tmp_path) as door:
        door.wait_for_office()
    assert server.tried == [(LOGIN, PASSWORD)]
    assert server.keyring == {LOGIN: PASSWORD}


def test_a_remembered_password_that_is_wrong_is_forgotten_and_said(
    server: Server, tmp_path: Path
) -> None:
    server.keyring = {LOGIN: "Das alte Kennwort von gestern"}
    with at_the_door(server, tmp_path) as door:
        door.wait_for_page()
        assert "this PC remembered is no longer right" in door.refused()
        assert server.keyring == {}
        door.enter()
        door.wait_for_office()
    assert server.keyring == {LOGIN: PASSWORD}  # still ticked


def test_a_remembered_password_waits_for_the_server(server: Server, tmp_path: Path) -> None:
    server.keyring = {LOGIN: PASSWORD}
    server.refuse("server_away")
    with at_the_door(server, tmp_path) as door:
        door.wait_for_page()
        assert "cannot be reached" in door.refused()
        assert server.keyring == {LOGIN: PASSWORD}
        server.refuses = None
        door.press(KEYS.Key_Return)  # nothing has to be typed
        door.wait_for_office()


def test_a_locked_keyring_lets_the_password_be_typed(server: Server, tmp_path: Path) -> None:
    server.keyring, server.keyring_locked = {}, True
    with at_the_door(server, tmp_path) as door:
        door.wait_for_page().remember.click()
        door.enter()
        door.wait_for_office()
        assert "The password is not remembered." in door.program.window.messages.text()


def test_the_password_is_in_no_setting_no_log_and_no_draft(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), at_the_door(server, tmp_path) as door:
        door.come_in()
        with server.office.services.view() as view:
            drafts = view.reader.find(Draft)
    assert PASSWORD not in repr(drafts)
    assert LOGIN in all_settings()
    assert PASSWORD not in all_settings()
    assert PASSWORD not in caplog.text
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert PASSWORD.encode() not in file.read_bytes(), file


# --- another language, another server -------------------------------------------------------------


def test_another_language_keeps_what_was_typed(door: AtTheDoor) -> None:
    door.type("Der Brocken")
    before = door.program.window
    door.program.window.actions_.languages.actions()[0].trigger()
    assert door.program.window is not before
    assert door.page.password.text() == "Der Brocken"
    assert door.page.login.text() == LOGIN


def test_another_language_says_the_reason_in_it(door: AtTheDoor) -> None:
    door.server.refuse("server_away")
    door.enter()
    door.refused()
    door.program.window.actions_.languages.actions()[0].trigger()
    assert "Der Server ist nicht erreichbar" in door.page.message.text()
    door.server.refuses = None
    door.press(KEYS.Key_Return)
    door.wait_for_office()


def test_a_server_of_ones_own_configuration_can_be_changed(server: Server, tmp_path: Path) -> None:
    with at_the_door(server, tmp_path, server.sign_in(own=True)) as door:
        door.wait_for_page().elsewhere.click()
        assert door.program.door is not None
        page = door.program.door.server_page
        assert page is not None
        assert page.server.text() == "koba-db.example"
        assert door.focused() is page.server
        door.press(KEYS.Key_Escape)
        page.server.selectAll()
        door.type("other.example:6432")
        server.refuse("ca_file_missing", file="ca.pem")
        door.press(KEYS.Key_Return)
        door.settle()
        assert "ca.pem, cannot be read" in page.message.text()
        server.refuses = None
        door.press(KEYS.Key_Return)
        door.until(lambda: door.program.door is not None and door.program.door.flow is not None)
        door.enter()
        door.wait_for_office()
    assert [(named.server, named.database) for named in server.named] == [
        ("other.example:6432", "koba")
    ]


def test_the_way_back_from_the_server_leads_to_the_sign_in(server: Server, tmp_path: Path) -> None:
    with at_the_door(server, tmp_path, server.sign_in(own=True)) as door:
        door.wait_for_page().elsewhere.click()
        assert door.program.door is not None
        assert door.program.door.server_page is not None
        door.program.door.server_page.back.click()
        door.wait_for_page()
        door.enter()
        door.wait_for_office()


def test_a_server_the_it_department_configured_is_not_to_be_changed(door: AtTheDoor) -> None:
    assert door.page.elsewhere.isHidden()


# --- signed in ------------------------------------------------------------------------------------


def test_the_login_is_the_person(door: AtTheDoor) -> None:
    door.enter()
    door.wait_for_office()
    actions = door.program.window.actions_
    assert not actions.person.isVisible()
    assert actions.change_password in door.menu("extras")
    assert actions.sign_out in door.menu("file")


def test_one_goes_only_where_one_holds_a_role(door: AtTheDoor) -> None:
    door.enter()
    door.wait_for_office()
    desk = door.program.desk
    assert desk is not None
    mine = offices_of(desk.book, desk.actor.staff_id, desk.today())
    assert len(mine) < len(desk.book.offices)
    offered = [action.text() for action in door.program.window.tools.office.menu().actions()]
    assert offered == [office.name for office in mine]


def test_a_clock_that_is_wrong_by_hours_is_told_until_it_is_put_away(
    server: Server, tmp_path: Path
) -> None:
    server.skew = timedelta(hours=-3)
    with at_the_door(server, tmp_path) as door:
        door.come_in()
        banner = door.program.window.banner
        assert banner.text() == ("The clock of this PC is 3 hours fast; the server's time counts.")
        banner.shut_button().click()
        assert banner.text() == ""


@pytest.mark.parametrize(
    ("skew", "said"),
    [
        (timedelta(minutes=12), "The clock of this PC is 12 minutes slow"),
        (timedelta(seconds=-119), ""),
    ],
)
def test_a_small_difference_is_not_worth_a_word(
    server: Server, tmp_path: Path, skew: timedelta, said: str
) -> None:
    server.skew = skew
    with at_the_door(server, tmp_path) as door:
        door.come_in()
        assert door.program.window.banner.text().startswith(said)
        assert bool(door.program.window.banner.text()) is bool(said)


# --- out again ------------------------------------------------------------------------------------


def test_signing_out_ends_the_connections_and_leads_back_to_the_page(
    server: Server, tmp_path: Path
) -> None:
    server.keyring = {LOGIN: PASSWORD}
    with at_the_door(server, tmp_path) as door:
        door.wait_for_office()
        assert door.program.desk is not None
        shown = door.program.desk.plain_files.open("letter.pdf", b"%PDF")
        door.program.window.actions_.sign_out.trigger()
        page = door.wait_for_page()
        door.settle()
        assert not shown.exists()  # what another program showed goes, too
        assert server.open == 0
        assert len(server.tried) == 1  # whoever signed out does not come in again by itself
        assert page.password.text() == ""
        assert page.login.text() == LOGIN
        assert door.program.desk is None
        door.press(KEYS.Key_Return)  # the keyring still has it
        door.wait_for_office(2)
        assert len(server.tried) == 2


def test_what_stands_in_open_forms_is_kept_before_signing_out(door: AtTheDoor) -> None:
    door.enter()
    door.wait_for_office()
    assert door.program.desk is not None
    open_client_editor(door.program.desk, None, door.program.window)
    door.settle()
    QTest.keyClicks(door.dialog().form.family_name, "Kuhn")
    door.program.window.actions_.sign_out.trigger()
    door.wait_for_page()
    office = door.server.office
    with office.services.view(office.actor.staff_id) as view:
        drafts = [draft.content for draft in open_drafts(view)]
    assert any("Kuhn" in draft.values() for draft in drafts)


def test_nobody_is_signed_out_before_everything_typed_is_kept(
    door: AtTheDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.enter()
    door.wait_for_office()
    assert door.program.desk is not None
    open_client_editor(door.program.desk, None, door.program.window)
    door.settle()
    dialog = door.dialog()
    QTest.keyClicks(dialog.form.family_name, "Kuhn")

    def away(*_arguments: object) -> None:
        raise Unavailable("server_away")

    with monkeypatch.context() as patch:
        patch.setattr(Services, "execute", away)
        door.program.window.actions_.sign_out.trigger()
        door.settle()
    assert door.program.desk is not None
    assert dialog.isVisible()
    assert "You are still signed in" in door.program.window.messages.text()
    assert door.program.window.isEnabled()
    door.program.window.actions_.sign_out.trigger()
    door.wait_for_page()


# --- one's own password ---------------------------------------------------------------------------


def changing(door: AtTheDoor, old: str, new: str, again: str | None = None) -> str:
    """Fill in the dialog and press Enter; what it says, "" where it is done."""
    dialog = door.dialog()
    for made, text in ((dialog.old, old), (dialog.new, new), (dialog.again, again or new)):
        made.set_text("")
        made.field.setFocus()
        QTest.keyClicks(made.field, text)
    QTest.keyClick(dialog.again.field, KEYS.Key_Return)
    door.settle()
    return dialog.message.text() if isValid(dialog) else ""


def test_a_person_changes_the_own_password_and_the_keyring_learns_it(
    server: Server, tmp_path: Path
) -> None:
    server.keyring = {LOGIN: PASSWORD}
    with at_the_door(server, tmp_path) as door:
        door.wait_for_office()
        door.program.window.actions_.change_password.trigger()
        dialog = door.dialog()
        assert dialog.focusWidget() is dialog.old.field
        assert changing(door, PASSWORD, NEW_PASSWORD) == ""
        assert door.program.window.messages.text() == "Your password is changed."
    assert server.logins == {LOGIN: NEW_PASSWORD}
    assert server.keyring == {LOGIN: NEW_PASSWORD}


@pytest.mark.parametrize(
    ("old", "new", "again", "said", "at"),
    [
        ("Das ist es nicht gewesen", NEW_PASSWORD, None, "The old password is not right", "old"),
        (PASSWORD, "zu kurz", None, "at least 12 characters", "new"),
        (PASSWORD, PASSWORD, None, "The new password is the old one", "new"),
        (PASSWORD, NEW_PASSWORD, "Die Bode ist warm", "The two are not the same", "again"),
        ("", NEW_PASSWORD, None, "Type the old password", "old"),
    ],
)
def test_a_password_that_is_no_good_is_said_at_its_field(
    door: AtTheDoor, old: str, new: str, again: str | None, said: str, at: str
) -> None:
    door.enter()
    door.wait_for_office()
    door.program.window.actions_.change_password.trigger()
    dialog = door.dialog()
    assert said in changing(door, old, new, again)
    field = getattr(dialog, at).field
    assert dialog.focusWidget() is field
    assert field.property("invalid")
    assert said in field.accessibleDescription()
    assert door.server.logins == {LOGIN: PASSWORD}
    dialog.reject()


def test_the_length_is_what_makes_a_password_strong(door: AtTheDoor) -> None:
    door.enter()
    door.wait_for_office()
    door.program.window.actions_.change_password.trigger()
    dialog = door.dialog()
    said = []
    for count in (11, 12, 16, 20):
        dialog.new.field.setText("x" * count)
        dialog.new.field.textEdited.emit("")
        said.append(dialog.strength.text())
    assert said == ["1 character is missing", "Long enough", "Good", "Very good"]
    dialog.reject()
    assert dialog.new.text() == ""


def test_a_server_that_is_away_changes_no_password(door: AtTheDoor) -> None:
    door.enter()
    door.wait_for_office()
    door.program.window.actions_.change_password.trigger()
    door.server.refuse("server_away")
    assert "cannot be reached" in changing(door, PASSWORD, NEW_PASSWORD)
    assert door.dialog().save.isEnabled()
    door.dialog().reject()


def test_a_keyring_that_does_not_take_the_new_password_is_told(
    server: Server, tmp_path: Path
) -> None:
    server.keyring = {LOGIN: PASSWORD}
    with at_the_door(server, tmp_path) as door:
        door.wait_for_office()
        server.keyring_locked = True
        door.program.window.actions_.change_password.trigger()
        assert changing(door, PASSWORD, NEW_PASSWORD) == ""
        assert "keyring of this PC did not take the new one" in door.program.window.messages.text()


# --- without a page -------------------------------------------------------------------------------


def test_a_login_and_password_named_for_the_run_ask_nobody(server: Server, tmp_path: Path) -> None:
    server.keyring = {}
    with at_the_door(server, tmp_path, server.sign_in(password=PASSWORD)) as door:
        door.wait_for_office()
        assert door.program.door is None
    assert server.keyring == {}
    assert QSettings().value(LAST_LOGIN) is None


def test_a_named_password_that_is_wrong_ends_a_run_without_a_screen(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with at_the_door(server, tmp_path, server.sign_in(password="falsch")) as door:
        door.until(lambda: door.program.exit_code == 1)
    said = capsys.readouterr().err
    assert "The login or the password is not right" in said
    assert "falsch" not in said


def test_a_named_password_that_is_wrong_leads_to_the_page_where_somebody_can_see_it(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("koba_desktop.gui.entrance._unseen", lambda: False)
    server.keyring = {LOGIN: PASSWORD}
    with at_the_door(server, tmp_path, server.sign_in(password="falsch")) as door:
        door.wait_for_page()
        assert "The login or the password is not right" in door.refused()
        assert server.tried == [(LOGIN, "falsch")]  # no other password is tried by itself
        door.enter()
        door.wait_for_office()
