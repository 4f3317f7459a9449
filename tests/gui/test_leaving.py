"""What leaves the window on paper or as a file is noted first: once, without a name; and what
cannot be noted does not leave."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import AuditAction
from koba_desktop.gui.calendar.day_list import DayListDialog
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.reply_slips import ReplySlipsDialog
from koba_desktop.gui.myday.call_list import CallListDialog
from koba_desktop.gui.outage.list_dialog import EmergencyListDialog, open_emergency_list
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog
from koba_desktop.gui.reception.door_plans import DoorPlansDialog
from koba_desktop.gui.widgets import Level
from koba_desktop.services.commands import Command, NoteLettersOut, NotePaper
from koba_desktop.services.execution import Actor, Receipt
from tests.gui.letters_desk import idle, print_all
from tests.gui.outage_window import OutageWindow, outage_window
from tests.gui.real_office import FakePrinters, coming
from tests.support import Office

LEAVING = (AuditAction.PRINT, AuditAction.EXPORT)
NAMING = [
    (DayListDialog, "day list 13/04/2021, of …"),
    (CallListDialog, "call list 13/04/2021, of …"),
    (EmergencyListDialog, "emergency list 13/04/2021, "),
    (ReplySlipsDialog, "reply slips, 1 person"),
]


def opened(qtbot: Any, desk: Desk, office: Office, kind: type[SheetsDialog]) -> Any:
    if kind is ReplySlipsDialog:
        dialog: SheetsDialog = ReplySlipsDialog(desk, reference=coming(office, 1)[0].reference)
    else:
        dialog = kind(desk)  # type: ignore[call-arg]
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: desk.tasks.idle and dialog.save.isEnabled())
    return dialog


def noted(office: Office) -> list[AuditEvent]:
    with office.services.view() as view:
        return [event for each in LEAVING for event in view.reader.find(AuditEvent, action=each)]


@pytest.fixture
def unnoted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit takes nothing."""
    execute = office.services.execute

    def refuse(command: Command, actor: Actor, *more: Any) -> Receipt:
        if isinstance(command, NotePaper | NoteLettersOut):
            raise Unavailable("disk_full")
        return execute(command, actor, *more)

    monkeypatch.setattr(office.services, "execute", refuse)


@pytest.mark.parametrize(("kind", "reason"), NAMING)
def test_each_list_is_noted_once_printed_and_once_saved(
    qtbot: Any,
    desk: Desk,
    office: Office,
    printers: FakePrinters,
    tmp_path: Path,
    kind: type[SheetsDialog],
    reason: str,
) -> None:
    before = len(noted(office))
    names = {member.family_name for member in desk.book.staff}
    printers.on_send = lambda: found.extend(noted(office)[before:])
    found: list[AuditEvent] = []
    opened(qtbot, desk, office, kind).print.click()
    qtbot.waitUntil(lambda: desk.tasks.idle and bool(printers.sent))
    [event] = found  # before the printer has it
    assert (event.action, event.object_kind, event.created_by) == (
        AuditAction.PRINT,
        "Office",
        desk.actor.staff_id,
    )
    assert event.object_id == desk.actor.office_id
    assert event.reason.startswith(reason)
    opened(qtbot, desk, office, kind).save_to(tmp_path / "list.pdf")
    qtbot.waitUntil((tmp_path / "list.pdf").exists)
    [printed, saved] = noted(office)[before:]
    assert (printed, saved.action) == (event, AuditAction.EXPORT)
    assert saved.reason == event.reason
    assert not any(name in event.reason for name in names)


@pytest.mark.usefixtures("unnoted")
@pytest.mark.parametrize("kind", [kind for kind, _reason in NAMING])
def test_a_list_that_cannot_be_noted_does_not_leave(
    qtbot: Any,
    desk: Desk,
    office: Office,
    printers: FakePrinters,
    tmp_path: Path,
    kind: type[SheetsDialog],
) -> None:
    dialog = opened(qtbot, desk, office, kind)
    leave: Callable[[], Any]
    for leave in (dialog.print.click, lambda: dialog.save_to(tmp_path / "list.pdf")):
        dialog.message.clear()
        leave()
        qtbot.waitUntil(lambda: desk.tasks.idle and dialog.message.level is Level.ERROR)
        assert dialog.isVisible()
        assert dialog.save.isEnabled()
    assert printers.sent == []
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize("kind", [DoorPlansDialog, ReplySlipsDialog])
@pytest.mark.usefixtures("unnoted")
def test_papers_without_a_name_are_not_noted(
    qtbot: Any, desk: Desk, printers: FakePrinters, kind: type[SheetsDialog]
) -> None:
    dialog = kind(desk)  # type: ignore[call-arg]
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: desk.tasks.idle and dialog.save.isEnabled())
    dialog.print.click()
    qtbot.waitUntil(lambda: len(printers.sent) == 1)


# --- letters --------------------------------------------------------------------------------------


def files_shown(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What the system's program for PDF is asked to show."""
    shown: list[QUrl] = []

    def show(url: QUrl) -> bool:
        shown.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    return shown


def ways_out(panel: Any, letter_id: UUID, file: Path) -> dict[str, Callable[[], None]]:
    """Each with the reason it is noted with."""
    return {
        "letter saved": lambda: panel.acts.save_to(file),
        "copy saved": lambda: panel.acts._copies.save(letter_id, file),
        "copy opened": lambda: panel.acts._copies.open(letter_id, file.name),
    }


@pytest.mark.parametrize("way", ["letter saved", "copy saved", "copy opened"])
def test_each_letter_that_leaves_is_noted_once(
    qtbot: Any,
    panel: Any,
    desk: Desk,
    office: Office,
    letters: list[UUID],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    shown = files_shown(monkeypatch)
    if way != "letter saved":
        print_all(qtbot, panel, desk)
    panel.table.choose_letter(letters[0])
    file = tmp_path / "letter.pdf"
    before = len(noted(office))
    ways_out(panel, letters[0], file)[way]()
    idle(qtbot, desk)
    assert file.exists() or shown
    [event] = [each for each in noted(office) if each.action is AuditAction.EXPORT]
    assert len(noted(office)) == before + 1
    assert (event.object_kind, event.object_id) == ("Letter", letters[0])
    assert event.reason == ("opened as PDF" if shown else "saved as PDF")


@pytest.mark.parametrize("way", ["letter saved", "copy saved", "copy opened"])
def test_a_letter_that_cannot_be_noted_does_not_leave(
    request: pytest.FixtureRequest,
    qtbot: Any,
    panel: Any,
    desk: Desk,
    letters: list[UUID],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    shown = files_shown(monkeypatch)
    if way != "letter saved":
        print_all(qtbot, panel, desk)
    panel.table.choose_letter(letters[0])
    request.getfixturevalue("unnoted")
    file = tmp_path / "letter.pdf"
    ways_out(panel, letters[0], file)[way]()
    idle(qtbot, desk)
    assert panel.note.isVisible()
    assert not shown
    assert not file.exists()


def test_a_copy_is_not_shown_to_whoever_sits_down_meanwhile(
    qtbot: Any,
    panel: Any,
    desk: Desk,
    office: Office,
    letters: list[UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown = files_shown(monkeypatch)
    print_all(qtbot, panel, desk)
    first = desk.actor
    other = next(m.id for m in desk.book.staff if m.id != first.staff_id)
    kept: list[Path] = []
    lay_out = desk.plain_files.open

    def open_slowly(name: str, pdf: bytes) -> Path:
        kept.append(lay_out(name, pdf))
        return kept[-1]

    monkeypatch.setattr(desk.plain_files, "open", open_slowly)
    panel.acts._copies.open(letters[0], "letter.pdf")
    desk.become(Actor(other, first.office_id))
    idle(qtbot, desk)
    qtbot.waitUntil(lambda: bool(kept) and not kept[0].exists())
    assert not shown
    [event] = [each for each in noted(office) if each.action is AuditAction.EXPORT]
    assert event.created_by == first.staff_id


# --- while the server is away ---------------------------------------------------------------------


@pytest.fixture
def there(demo_office: Office, tmp_path: Path, qtbot: Any) -> Iterator[OutageWindow]:
    with outage_window(demo_office, tmp_path) as window:
        yield window


def test_the_list_printed_in_an_outage_is_noted_once_the_server_is_back(
    there: OutageWindow,
) -> None:
    before = len(noted(there.office))
    there.go_away()
    dialog = open_emergency_list(there.desk, there.window)
    there.until(lambda: dialog.print.isEnabled() and dialog.preview.has_page)
    dialog.print.click()
    there.until(lambda: bool(there.tray.printed))
    there.settle()
    assert len(noted(there.office)) == before
    there.come_back()
    there.until(lambda: len(noted(there.office)) > before)
    [event] = noted(there.office)[before:]
    assert event.reason.startswith("emergency list 13/04/2021, ")
    assert event.created_by == there.desk.actor.staff_id
