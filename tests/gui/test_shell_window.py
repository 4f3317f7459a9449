"""The window as a whole: it opens an office, follows what happens, and remembers."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QToolButton
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Conflict, Refused, Unavailable
from koba_desktop.domain.vocabulary import CallReason, Role
from koba_desktop.gui import theme
from koba_desktop.gui.app import Program
from koba_desktop.gui.clients.editor import ClientEditor
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.opening import Opened, Progress
from koba_desktop.gui.rooms.board import RoomBoard
from koba_desktop.gui.unfinished import UnfinishedDialog
from koba_desktop.gui.who_am_i import PersonDialog
from koba_desktop.services.commands import CreateCallTask, SaveDraft
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from tests.gui.shell_office import opener_of, running
from tests.support import TUESDAY, Office


@pytest.fixture
def desk(program: Program) -> Desk:
    assert program.desk is not None
    return program.desk


def command(program: Program, name: str) -> QAction:
    plain = {a.text().replace("&", "").rstrip("…"): a for a in program.window.commands()}
    return plain[name]


def test_the_window_is_painted_before_the_office_is_opened(
    demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    order: list[str] = []
    really = opener_of(demo_office)

    def opener(progress: Progress, secret: str) -> Opened:
        order.append("opened")
        return really(progress, secret)

    with running(opener, tmp_path) as program:
        program.window.ground.painted.connect(lambda: order.append("painted"))
        with qtbot.waitSignal(program.ready, timeout=20_000):
            pass
    assert order == ["painted", "opened"]


def test_the_title_names_the_office_and_says_that_it_is_a_demo(
    program: Program, desk: Desk
) -> None:
    assert program.window.windowTitle() == f"KoBa Desktop – {desk.office.name} – Demo"


def test_the_status_bar_shows_mode_letters_and_person(
    program: Program, desk: Desk, qtbot: QtBot
) -> None:
    status = program.window.status
    qtbot.waitUntil(lambda: "to print" in status.letters.text())
    assert "(" in status.mode.text()  # the reason of the mode in force
    assert status.person.text() == f"{desk.member.given_name[0]}. {desk.member.family_name}"
    assert "Demo" in status.database.text()


def test_reload_finds_a_printer_that_came_later(
    program: Program, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.window.show_tab("letters")
    assert program.session is not None
    bar = program.session.panels.made("letters").foot.printer
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert not bar.count()
    monkeypatch.setattr(desk.printers, "names", lambda: ["HBS-EG"])
    command(program, "Reload").trigger()
    qtbot.waitUntil(lambda: bar.currentText() == "HBS-EG")


def test_docks_stand_by_the_calendar_and_make_room_for_other_views(program: Program) -> None:
    window = program.window
    window.show_tab("calendar")
    assert window.clients.isVisible()
    assert window.rooms.isVisible()
    window.show_tab("letters")
    assert not window.clients.isVisible()
    window.show_tab("calendar")
    assert window.clients.isVisible()


def test_what_stands_at_the_end_of_the_tabs_lies_beside_them_and_changes_with_the_view(
    program: Program,
) -> None:
    window = program.window
    for name in ("letters", "reception", "myday"):
        window.show_tab(name)
        corner = window.tabs.cornerWidget()
        assert corner is not None
        QApplication.processEvents()
        bar = window.tabs.tabBar().geometry()
        assert bar.adjusted(0, -1, window.width(), 1).contains(corner.geometry())
        buttons = [each for each in corner.findChildren(QToolButton) if each.isVisible()]
        assert len(buttons) == (1 if name == "reception" else 0)
        assert window.tabs.day.isVisible() is (name != "reception")


def test_a_dock_closed_beside_a_view_stays_closed_there(program: Program) -> None:
    window = program.window
    window.show_tab("calendar")
    window.rooms.close()
    window.show_tab("letters")
    window.show_tab("calendar")
    assert window.clients.isVisible()
    assert not window.rooms.isVisible()
    assert window.ground.right.isVisible()


def test_a_dock_is_detached_and_attached_with_the_same_button(
    program: Program, qtbot: QtBot
) -> None:
    window = program.window
    window.show_tab("calendar")
    button = next(
        each
        for each in window.clients.findChildren(QToolButton)
        if each.accessibleName() == "Detach or attach this panel"
    )
    button.setFocus()
    for floating in (True, False):
        QTest.keyClick(button, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is button)
        assert window.clients.isFloating() is floating


def test_a_dock_detached_is_brought_before_the_window_with_its_view(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = program.window
    window.show_tab("calendar")
    window.clients.setFloating(True)
    window.show_tab("letters")
    assert window.clients.isHidden()
    raised: list[str] = []
    for dock in (window.clients, window.rooms):
        monkeypatch.setattr(dock, "raise_", partial(raised.append, dock.objectName()))
    window.show_tab("calendar")
    assert window.clients.isFloating()
    assert raised == ["clients"]


def test_the_layout_is_remembered(demo_office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    with running(opener_of(demo_office), tmp_path) as first:
        with qtbot.waitSignal(first.ready, timeout=20_000):
            pass
        first.window.show_tab("mode")
        first.window.clients.toggleViewAction().trigger()
    with running(opener_of(demo_office), tmp_path) as second:
        with qtbot.waitSignal(second.ready, timeout=20_000):
            pass
        assert second.window.current_tab() == "mode"
        assert second.window.clients.isVisible()


def test_the_presets_bring_their_view_and_docks(program: Program) -> None:
    window = program.window
    window.actions_.lead.trigger()
    assert window.current_tab() == "mode"
    assert not window.clients.isVisible()
    window.actions_.consultation.trigger()
    assert window.current_tab() == "calendar"
    assert window.clients.isVisible()
    assert window.rooms.isVisible()
    window.actions_.reception.trigger()
    assert not window.clients.isVisible()


def test_another_office_and_another_person(program: Program, desk: Desk, qtbot: QtBot) -> None:
    other = next(o for o in desk.book.offices if o.id != desk.office.id)
    program.window.tools.office_chosen.emit(other.id)
    assert other.name in program.window.windowTitle()
    program.window.tools.search.setFocus()
    program.window.actions_.person.trigger()
    dialog = program.window.findChild(PersonDialog)
    assert isinstance(dialog, PersonDialog)
    dialog.search.setText("reception")
    chosen = dialog.staff_id()
    dialog.accept()
    assert chosen is not None
    assert desk.actor.staff_id == chosen
    page = program.window.tabs.currentWidget()
    qtbot.waitUntil(lambda: page.isAncestorOf(program.window.focusWidget()))
    assert not dialog.link.isVisible()  # nobody is linked in a demo


def test_the_demo_clock_goes_forward_and_panels_are_told(
    program: Program, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.now()
    with qtbot.waitSignals([desk.tick, desk.changed]):
        command(program, "15 minutes").trigger()
    assert (desk.now() - before).total_seconds() == 15 * 60
    command(program, "Next working day").trigger()
    assert desk.today().isoformat() == "2021-04-14"


def test_a_message_offers_undo_and_goes_when_it_is_closed(program: Program, desk: Desk) -> None:
    desk.message.emit("Saved: Ms Kuhn – not reached.", True)
    assert program.window.messages.text() == "Saved: Ms Kuhn – not reached."
    assert program.window.messages.link().text() == "Undo"
    program.window.messages.clear_message()
    assert program.window.messages.text() == ""


def test_the_way_back_goes_with_the_person_whose_it_is(program: Program) -> None:
    assert program.desk is not None
    desk = program.desk
    desk.message.emit("Saved: Ms Kuhn.", True)
    other = next(one for one in desk.book.staff if one.id != desk.actor.staff_id)
    desk.become(Actor(other.id, desk.actor.office_id))
    assert program.window.messages.text() == ""


def test_troubles_are_told_where_they_belong(program: Program, desk: Desk, qtbot: QtBot) -> None:
    window = program.window
    desk.problem.emit(Refused())
    desk.problem.emit(
        Conflict("Client", None, changed_by=desk.book.staff[-1].id, changed_at=TUESDAY)
    )
    assert desk.book.staff[-1].family_name in window.messages.text()
    assert "09:42" in window.messages.text()
    desk.problem.emit(Unavailable("database_locked"))
    assert window.banner.text()
    with qtbot.waitSignal(desk.changed):
        window.banner.link().click()
    assert window.banner.text() == ""


def test_a_day_without_its_backup_is_told(
    demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    opener = opener_of(demo_office)

    def without_copy(progress: Progress, secret: str) -> Opened:
        return replace(opener(progress, secret), backup_failed=Unavailable("disk_full"))

    with running(without_copy, tmp_path) as program:
        with qtbot.waitSignal(program.ready, timeout=20_000):
            pass
        assert "automatic backup" in program.window.banner.text()
        assert "The disk is full" in program.window.banner.text()


def test_an_unfinished_form_is_offered_at_the_start(
    demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    demo_office.services.execute(
        SaveDraft(
            draft_id=new_id(), form="client", subject_id=None, content={"family_name": "Kuhn"}
        ),
        demo_office.actor,
    )
    with running(opener_of(demo_office), tmp_path) as program:
        with qtbot.waitSignal(program.ready, timeout=20_000):
            pass
        qtbot.waitUntil(lambda: "unfinished" in program.window.messages.text())
        program.window.messages.link().click()
        dialog = program.window.findChild(UnfinishedDialog)
        assert isinstance(dialog, UnfinishedDialog)
        assert "Kuhn" in dialog.list.item(0).text()
        dialog.discard_button.click()
        assert dialog.list.count() == 0

        def gone() -> bool:
            with demo_office.services.view(demo_office.actor.staff_id) as view:
                from koba_desktop.services.drafts.keeping import open_drafts

                return not open_drafts(view)

        qtbot.waitUntil(gone)


def test_another_language_makes_the_window_anew_on_the_same_desk(
    program: Program, desk: Desk, qtbot: QtBot
) -> None:
    before = program.window
    german = next(a for a in before.actions_.languages.actions() if a.data() == "de")
    german.trigger()
    assert program.window is not before
    assert program.desk is desk
    assert program.window.office_shown()
    assert QSettings().value("window/language") == "de"
    assert program.session is not None
    with qtbot.waitSignal(program.ready, timeout=20_000):
        pass


def test_after_another_language_the_last_deed_can_still_be_taken_back(
    program: Program, desk: Desk, qtbot: QtBot
) -> None:
    with desk.services.view() as view:
        [client] = view.reader.find(Client, limit=1)
    callback = CreateCallTask(
        client_id=client.id,
        advisor_id=desk.actor.staff_id,
        reason=CallReason.CALLBACK,
        due=desk.now(),
    )
    with qtbot.waitSignal(desk.undo_changed):
        desk.execute(callback, owner=desk)
    german = next(a for a in program.window.actions_.languages.actions() if a.data() == "de")
    german.trigger()
    undo = program.window.actions_.undo
    assert undo.isEnabled()
    with qtbot.waitSignal(desk.undo_changed):
        undo.trigger()
    assert not undo.isEnabled()


def test_after_another_language_only_the_new_window_shows_what_is_asked_for(
    program: Program, desk: Desk, qtbot: QtBot
) -> None:
    german = next(a for a in program.window.actions_.languages.actions() if a.data() == "de")
    german.trigger()
    with qtbot.waitSignal(program.ready, timeout=20_000):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the window before
    program.window.show_tab("letters")
    desk.day_requested.emit(desk.today())
    assert program.window.current_tab() == "calendar"
    assert program.window.banner.text() == ""


def test_the_colour_scheme_changes_at_once_and_is_remembered(program: Program) -> None:
    dark = next(a for a in program.window.actions_.schemes.actions() if a.data() == "dark")
    try:
        dark.trigger()
        assert theme.tokens().dark
        assert QApplication.palette().window().color() == theme.tokens().window
        assert QSettings().value("window/scheme") == "dark"
    finally:
        theme.set_scheme(theme.Scheme.LIGHT)


def test_a_database_that_cannot_be_opened_is_explained(tmp_path: Path, qtbot: QtBot) -> None:
    def opener(_progress: Progress, _secret: str) -> Opened:
        raise Unavailable("database_newer", where="office.db", found="9999")

    with running(opener, tmp_path) as program:
        qtbot.waitUntil(lambda: program.exit_code == 1)
        assert program.window.start_page.text.text()
        assert not program.window.office_shown()


def test_every_window_command_has_a_name_and_no_key_is_given_twice(program: Program) -> None:
    commands: list[QAction] = program.window.commands()
    assert all(action.text() for action in commands)
    wide = Qt.ShortcutContext.WindowShortcut
    keys = [
        a.shortcut().toString()
        for a in set(commands)
        if not a.shortcut().isEmpty() and a.shortcutContext() is wide
    ]
    assert len(keys) == len(set(keys))


def test_what_was_typed_in_an_open_editor_is_kept_when_the_window_closes(
    demo_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    with running(opener_of(demo_office), tmp_path) as program:
        with qtbot.waitSignal(program.ready, timeout=20_000):
            pass
        assert program.desk is not None
        program.desk.edit_client_requested.emit(None)
        editor = program.window.findChild(ClientEditor)
        assert editor is not None

        qtbot.waitUntil(lambda: editor.form.family_name.isEnabled())
        qtbot.keyClicks(editor.form.family_name, "Kuhn")
        program.window.close()
        assert not editor.isVisible()
    with demo_office.services.view(demo_office.actor.staff_id) as view:
        assert [draft.content["family_name"] for draft in open_drafts(view)] == ["Kuhn"]


def test_docks_keep_their_width_beside_the_calendar(program: Program, qtbot: QtBot) -> None:
    window = program.window
    window.resize(1366, 768)
    before = (window.clients.width(), window.rooms.width())
    for name in ("myday", "letters", "calendar"):
        window.show_tab(name)
    qtbot.waitUntil(lambda: (window.clients.width(), window.rooms.width()) == before)


@pytest.mark.parametrize(
    ("view", "printed"),
    [
        ("calendar", "Print day list"),
        ("myday", "Print call list"),
        ("letters", "Print ticked letters"),
    ],
)
def test_the_key_for_printing_prints_what_belongs_to_the_view_also_from_beside_it(
    program: Program, desk: Desk, qtbot: QtBot, view: str, printed: str
) -> None:
    window = program.window
    window.show_tab(view)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    action = command(program, printed)
    action.setEnabled(True)
    action.triggered.disconnect()
    told: list[str] = []
    action.triggered.connect(lambda: told.append(view))
    inside = window.focusWidget()
    assert inside is not None
    for focused in (inside, window.clients.widget().search, window.tools.search):
        QTest.keyClick(focused, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert told == [view] * 3


def test_the_view_in_front_has_the_keyboard_at_the_start(program: Program) -> None:
    page = program.window.tabs.currentWidget()
    focused = program.window.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


@pytest.mark.parametrize("name", ["calendar", "myday", "letters", "mode", "admin"])
def test_a_view_that_comes_to_the_front_takes_the_keyboard(program: Program, name: str) -> None:
    window = program.window
    desk = program.desk
    assert desk is not None
    lead = next(each for each in desk.book.roles if each.role is Role.LEAD)
    desk.become(Actor(lead.staff_id, lead.office_id))  # whoever has them all
    window.show()
    window.tools.search.setFocus()
    window.show_tab(name)
    page = window.tabs.currentWidget()
    focused = window.focusWidget()
    assert isinstance(focused, QAbstractItemView)
    assert page.isAncestorOf(focused)


@pytest.mark.parametrize("name", ["calendar", "myday", "reception", "letters", "mode"])
def test_after_another_language_the_view_in_front_has_the_keyboard(
    program: Program, qtbot: QtBot, name: str
) -> None:
    program.window.show_tab(name)
    german = next(a for a in program.window.actions_.languages.actions() if a.data() == "de")
    german.trigger()
    with qtbot.waitSignal(program.ready, timeout=20_000):
        pass
    qtbot.waitUntil(program.window.isActiveWindow)
    focused = program.window.focusWidget()
    assert program.window.current_tab() == name
    assert isinstance(focused, QAbstractItemView)
    assert program.window.tabs.currentWidget().isAncestorOf(focused)


def test_the_key_for_the_rooms_leads_to_rooms_that_are_seen(program: Program, qtbot: QtBot) -> None:
    window = program.window
    window.arrange("reception", {})
    [board] = window.findChildren(RoomBoard)
    qtbot.waitUntil(lambda: board.model().rowCount() > 0)
    command(program, "Go to the rooms").trigger()
    assert board.hasFocus()
    assert not window.rooms.isVisible()

    window.arrange("calendar", {})
    assert not window.rooms.isVisible()
    command(program, "Go to the rooms").trigger()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()
    assert window.rooms.isAncestorOf(focus)
