"""Forms that were being filled in when the program ended, and the program started anew."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QSettings, Qt
from PySide6.QtTest import QTest

from koba_desktop.domain.entities.clients import ClientAddress
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.vocabulary import CallReason, Mode, Role
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.unfinished import UnfinishedDialog
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.modes.history import mode_history
from tests.gui.screens import Screens
from tests.running import PaperTray, opened
from tests.support import make_office, office_at


@pytest.fixture
def path(tmp_path: Path, qapp: object) -> Path:
    QSettings().clear()
    made = make_office(tmp_path)
    made.store.close()
    return made.store.path


@contextmanager
def started(path: Path) -> Iterator[Screens]:
    """The program on that file, until it is closed."""
    office = office_at(path)
    window = Screens(
        lambda _progress, _secret: opened(office, PaperTray()),
        WindowOptions(language="en", settings=path.parent),
    )
    try:
        yield window
    finally:
        window.stop()
        office.store.close()


def drafts(window: Screens) -> list[str]:
    with window.desk.services.view(window.desk.actor.staff_id) as view:
        return [draft.form for draft in open_drafts(view)]


def kept(window: Screens, form: str) -> Callable[[], bool]:
    return lambda: drafts(window) == [form]


def carry_on(window: Screens) -> str:
    """Choose the one unfinished form from the list; what the list calls it."""
    window.program.window.actions_.drafts.trigger()
    window.settle()
    dialog = window.dialog()
    assert isinstance(dialog, UnfinishedDialog)
    [called] = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    dialog.open_button.click()
    window.settle()
    return called.partition(" – ")[0]


def dock(window: Screens) -> Any:
    panel = window.session.panels.made("clients")
    assert panel is not None
    return panel


def name_of(window: Screens) -> str:
    row = window.todays_row()
    return f"{row.family_name}, {row.given_name}"


def choose_client(window: Screens) -> Any:
    window.desk.client_selected.emit(window.todays_row().client_id)
    window.settle()
    return dock(window)


def test_a_callback_being_noted_comes_back_and_can_be_saved(path: Path) -> None:
    with started(path) as window:
        panel = choose_client(window)
        panel.actions_.callback.trigger()
        window.settle()
        QTest.keyClicks(panel.callback.form.note, "Frage zum Bescheid")
        panel.callback.form.day.setDate(QDate(2021, 4, 15))
        window.until(kept(window, "callback"))
        name = name_of(window)

    with started(path) as window:
        assert carry_on(window) == f"Callback note: {name}"
        form = dock(window).callback.form
        assert form.note.isVisible()
        assert form.note.toPlainText() == "Frage zum Bescheid"
        assert form.day.date() == QDate(2021, 4, 15)
        assert "not saved yet" in form.problem.text()
        form.save.click()
        window.settle()
        with window.desk.services.view() as view:
            tasks = view.reader.find(CallTask, client_id=window.todays_row().client_id)
        assert CallReason.CALLBACK in [task.reason for task in tasks]
        assert drafts(window) == []


def test_a_day_a_letter_came_back_on_comes_back(path: Path) -> None:
    with started(path) as window:
        panel = choose_client(window)
        panel.actions_.returned.trigger()
        window.settle()
        panel.returned.form.day.setFocus()
        QTest.keyClick(panel.returned.form.day, Qt.Key.Key_Down)
        day = panel.returned.form.day.date()
        window.until(kept(window, "returned_mail"))
        name = name_of(window)

    with started(path) as window:
        assert carry_on(window) == f"Letter came back: {name}"
        form = dock(window).returned.form
        assert form.day.date() == day
        form.save.click()
        window.settle()
        with window.desk.services.view() as view:
            client_id = window.todays_row().client_id
            [address] = view.reader.find(ClientAddress, client_id=client_id)
        assert address.returned_on == day.toPython()
        assert drafts(window) == []


def test_a_decision_on_the_mode_comes_back_by_itself_and_from_the_list(path: Path) -> None:
    with started(path) as window:
        window.become(Role.LEAD)
        panel = window.tab("mode")
        panel.form.mode.setCurrentIndex(panel.form.mode.findData(Mode.REGULAR))
        begins = panel.form.valid_from.dateTime().addDays(3)
        panel.form.valid_from.setDateTime(begins)
        QTest.keyClicks(panel.form.reason, "Verordnung vom")
        window.until(kept(window, "mode"))

    with started(path) as window:
        window.become(Role.LEAD)
        panel = window.tab("mode")
        assert panel.form.reason.text() == "Verordnung vom"
        assert panel.form.valid_from.dateTime() == begins
        window.tab("calendar")
        assert carry_on(window) == f"Operating mode: {window.desk.office.short_name}"
        assert panel.isVisible()
        QTest.keyClicks(panel.form.reason, " 12. April")
        panel.form.decide.click()
        window.settle()
        with window.desk.services.view() as view:
            decided = mode_history(view, window.desk.actor.office_id)
        assert "Verordnung vom 12. April" in [row.reason for row in decided]
        assert drafts(window) == []


def test_a_decision_typed_by_the_lead_is_not_shown_to_others(path: Path) -> None:
    with started(path) as window:
        advisor = window.desk.actor
        window.become(Role.LEAD)
        panel = window.tab("mode")
        QTest.keyClicks(panel.form.reason, "halb getippt")
        lead = window.desk.actor
        window.desk.become(advisor)
        window.settle()
        assert panel.form.reason.text() == ""
        assert drafts(window) == []
        window.desk.become(lead)
        window.settle()
        assert panel.form.reason.text() == "halb getippt"


def test_a_note_on_a_call_comes_back_with_the_client(path: Path) -> None:
    with started(path) as window:
        panel = window.tab("myday")
        client_id = panel.flow.subject.client_id
        QTest.keyClicks(panel.caller.note, "ruft selbst an")
        window.until(kept(window, "call_note"))
        card = panel.flow.dossier.card.client
        name = f"{card.family_name}, {card.given_name}"

    with started(path) as window:
        panel = window.tab("myday")
        window.press(Qt.Key.Key_Down)
        assert panel.flow.subject.client_id != client_id
        assert panel.caller.note.text() == ""
        window.tab("calendar")
        assert carry_on(window) == f"Note on the call: {name}"
        assert panel.isVisible()
        assert panel.flow.subject.client_id == client_id
        assert panel.caller.note.text() == "ruft selbst an"
        window.press(Qt.Key.Key_Return, Qt.Key.Key_N)  # out of the field, not reached
        window.settle()
        assert drafts(window) == []
