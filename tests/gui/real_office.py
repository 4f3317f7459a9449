"""Panels on a real office: its services, a renderer of letters, a printer that remembers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSettings
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import ACTIVE_STATES, LetterKind, LetterState
from koba_desktop.gui import theme
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.plain_files import PlainFiles
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.letter.wording_desk import LetterWordingDesk
from koba_desktop.letters.reading.preview import PdfPages
from koba_desktop.letters.sheets.door_plan import DoorPlans
from koba_desktop.letters.sheets.emergency_list import EmergencyLists
from koba_desktop.letters.sheets.papers import Papers
from koba_desktop.letters.sheets.proof_page import ProofPages
from koba_desktop.services.commands import CreateLetter, VoidLetter
from koba_desktop.services.letters.outbox import Outbox, outbox
from koba_desktop.services.office.book import office_book
from koba_desktop.services.ports import PrinterOptions, PrintSettings
from koba_desktop.services.rows import AppointmentRow
from tests.support import Office


@dataclass
class FakePrinters:
    """Takes jobs until ``jams_after`` of them; ``on_send`` is called with each. ``ways`` are the
    settings of each job."""

    known: list[str] = field(default_factory=lambda: ["HBS-1.OG-Post", "HBS-EG"])
    sent: list[tuple[str, bytes]] = field(default_factory=list)
    ways: list[PrintSettings] = field(default_factory=list)
    jams_after: int | None = None
    on_send: Any = None
    vector: bool = True

    def names(self) -> list[str]:
        return self.known

    def options(self, printer: str) -> PrinterOptions:
        return PrinterOptions(
            trays=(("tray-1", "Fach 1, A4"), ("tray-2", "Fach 2, A4")), duplex=True
        )

    def send(
        self,
        pdf: Path,
        *,
        printer: str,
        title: str,
        settings: PrintSettings = PrintSettings(),
        proceed: Callable[[], bool] = lambda: True,
    ) -> None:
        if self.jams_after is not None and len(self.sent) >= self.jams_after:
            raise Unavailable("print_failed", printer=printer, detail="Papierstau")
        self.sent.append((printer, pdf.read_bytes()))
        self.ways.append(settings)
        if self.on_send is not None:
            self.on_send()
        if not proceed():
            raise Unavailable("print_cancelled", printer=printer)


@contextmanager
def opened_desk(qapp: Any, office: Office, printers: FakePrinters, folder: Path) -> Iterator[Desk]:
    """A desk on the office, with settings of its own."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    theme.install(qapp, theme.Scheme.LIGHT)
    with office.services.view() as view:
        book = office_book(view)
    tasks = TaskRunner()
    yield Desk(
        office.services,
        book,
        office.actor,
        tasks,
        renderer=Renderer(),
        printers=printers,
        pages=PdfPages(),
        door_plans=DoorPlans(),
        emergency_lists=EmergencyLists(),
        papers=Papers(),
        wordings=LetterWordingDesk(),
        proof_pages=ProofPages(),
        plain_files=PlainFiles(folder / "plain"),
    )
    tasks.close()


def coming(office: Office, count: int) -> list[AppointmentRow]:
    """Appointments far enough away for a letter."""
    now = office.clock.now()
    with office.services.view() as view:
        rows = view.reader.appointments_between(
            office.actor.office_id, now + timedelta(days=11), now + timedelta(days=50)
        )
    found = [row for row in rows if row.client_id is not None and row.state in ACTIVE_STATES]
    return found[:count]


def lay_letters(office: Office, count: int) -> list[UUID]:
    """New proposals in the outbox."""
    return [
        office.services.execute(
            CreateLetter(appointment_id=row.id, kind=LetterKind.TELEPHONE_PROPOSAL), office.actor
        ).result["letter_id"]
        for row in coming(office, count)
    ]


def empty_outbox(office: Office) -> None:
    """Nothing is to be printed or clarified any more."""
    waiting = the_outbox(office)
    for item in (*waiting.to_clarify, *waiting.to_print):
        office.services.execute(
            VoidLetter(letter_id=item.row.id, version=item.row.version), office.actor
        )


def the_outbox(office: Office) -> Outbox:
    with office.services.view(office.actor.staff_id) as view:
        return outbox(view, office.actor.office_id)


def states(office: Office, ids: list[UUID]) -> list[LetterState]:
    """The states of these letters, in their order."""
    with office.services.view() as view:
        return [view.reader.get(Letter, one).state for one in ids]


def nameless(widget: QWidget) -> list[str]:
    """What can take the focus in a panel and says nothing to a screen reader."""
    found: list[str] = []
    _walk(QAccessible.queryAccessibleInterface(widget), found)
    return found


def _walk(interface: Any, found: list[str]) -> None:
    state = interface.state()
    hears = interface.text(QAccessible.Text.Name) or interface.text(QAccessible.Text.Value)
    if state.focusable and not state.invisible and not hears:
        thing = interface.object()
        found.append(f"{interface.role()} {thing!r}")
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            _walk(child, found)
