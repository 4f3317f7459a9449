"""Whoever closes the program while letters are at the printer is asked; what is there is printed
and remembered, or taken back, before anything ends."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QSettings

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.departure import PrintingBar
from koba_desktop.gui.letters import print_run as printing
from koba_desktop.i18n.catalogue import language
from koba_desktop.services.commands import MarkPrinted
from tests.gui.real_office import empty_outbox, lay_letters, states
from tests.running import PaperTray, Running, opened
from tests.support import Office

PENDING, PRINTED = LetterState.PENDING, LetterState.PRINTED


class SlowTray(PaperTray):
    """Takes a job once ``go`` is set; ``busy`` while it has one."""

    def __init__(self) -> None:
        super().__init__()
        self.busy, self.go = threading.Event(), threading.Event()

    def send(self, pdf: Path, *, proceed: Callable[[], bool] = lambda: True, **how: Any) -> None:
        self.busy.set()
        while not self.go.wait(0.02):
            if not proceed():
                raise Unavailable("print_cancelled", printer=str(how["printer"]))
        super().send(pdf, proceed=proceed, **how)


@pytest.fixture
def tray() -> SlowTray:
    return SlowTray()


@pytest.fixture
def letters(office: Office) -> list[UUID]:
    empty_outbox(office)
    return lay_letters(office, 4)


@pytest.fixture
def window(
    qapp: Any,
    office: Office,
    letters: list[UUID],
    tray: SlowTray,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Running]:
    """A program whose first two letters are at the printer."""
    monkeypatch.setattr(printing, "STACK", 2)
    QSettings().clear()
    running = Running(
        lambda _progress, _secret: opened(office, tray),
        WindowOptions(language="en", settings=tmp_path),
    )
    panel = running.tab("letters")
    panel.print_action.trigger()
    running.until(tray.busy.is_set)
    yield running
    tray.go.set()
    running.until(lambda: running.desk.printing is None)
    running.stop()


def asked(window: Running) -> PrintingBar:
    bar = window.session.departure.bar
    assert bar is not None
    assert bar.isVisible()
    return bar


def closed(window: Running) -> bool:
    return not window.program.window.isVisible()


def claims(office: Office, letters: list[UUID]) -> list[UUID | None]:
    with office.services.view() as view:
        return [view.reader.get(Letter, one).claim for one in letters]


def test_the_stack_is_finished_and_remembered_then_the_window_closes(
    window: Running, office: Office, letters: list[UUID], tray: SlowTray
) -> None:
    window.program.window.close()
    assert not closed(window)
    bar = asked(window)
    assert bar.text() == "Letters are being printed: 0 of 4 are done."
    assert bar.finish.hasFocus()
    bar.finish.click()
    assert not closed(window)
    tray.go.set()
    window.until(lambda: closed(window))
    assert sorted(states(office, letters)) == sorted([PENDING, PENDING, PRINTED, PRINTED])
    assert claims(office, letters) == [None] * 4
    assert len(tray.printed) == 1


def test_the_stack_is_taken_back_then_the_window_closes(
    window: Running, office: Office, letters: list[UUID], tray: SlowTray
) -> None:
    window.program.window.close()
    asked(window).take_back.click()
    window.until(lambda: closed(window))
    assert states(office, letters) == [PENDING] * 4
    assert claims(office, letters) == [None] * 4
    assert tray.printed == []


def test_one_may_go_on_printing(
    window: Running, office: Office, letters: list[UUID], tray: SlowTray
) -> None:
    window.program.window.close()
    bar = asked(window)
    bar.go_on.click()
    assert bar.isHidden()
    tray.go.set()
    window.until(lambda: window.desk.printing is None)
    window.settle()
    assert not closed(window)
    assert states(office, letters) == [PRINTED] * 4


def test_where_nobody_can_be_asked_the_stack_is_finished(
    window: Running, office: Office, letters: list[UUID], tray: SlowTray
) -> None:
    window.program.window.end()
    assert not closed(window)
    tray.go.set()
    window.until(lambda: closed(window))
    assert sorted(states(office, letters)) == sorted([PENDING, PENDING, PRINTED, PRINTED])


def test_where_the_system_is_in_a_hurry_the_stack_is_taken_back(
    window: Running, office: Office, letters: list[UUID], tray: SlowTray
) -> None:
    window.program.window.end()
    window.program.window.end()
    window.until(lambda: closed(window))
    assert states(office, letters) == [PENDING] * 4
    assert claims(office, letters) == [None] * 4


def test_what_could_not_be_remembered_keeps_the_window_open(
    window: Running,
    office: Office,
    letters: list[UUID],
    tray: SlowTray,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    execute = office.services.execute

    def full(command: Any, actor: Any) -> Any:
        if isinstance(command, MarkPrinted):
            raise Unavailable("database_full")
        return execute(command, actor)

    monkeypatch.setattr(office.services, "execute", full)
    window.program.window.show_tab("calendar")
    window.program.window.close()
    asked(window).finish.click()
    tray.go.set()
    window.until(lambda: window.desk.printing is None)
    window.settle()
    assert not closed(window)
    assert window.program.window.current_tab() == "letters"
    monkeypatch.undo()
    window.tab("letters").note.link.click()
    window.settle()
    assert states(office, letters).count(PRINTED) == 2
    window.program.window.close()
    assert closed(window)


def test_another_language_waits_for_the_stack(
    window: Running, office: Office, letters: list[UUID], tray: SlowTray
) -> None:
    action = next(
        each for each in window.program.window.actions_.languages.actions() if each.data() == "de"
    )
    action.trigger()
    bar = asked(window)
    assert bar.finish.text() == "Finish this stack first"
    assert language() == "en"
    bar.finish.click()
    tray.go.set()
    window.until(lambda: language() == "de")
    window.settle()
    assert states(office, letters).count(PRINTED) == 2
