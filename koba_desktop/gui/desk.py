"""The desk: what every panel is given. It asks, it commands, it tells what changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.gui.foreign import Marks, Pace
from koba_desktop.gui.naming import changed_text
from koba_desktop.gui.plain_files import PlainFiles
from koba_desktop.gui.presence import Presences
from koba_desktop.gui.tasks import Lane, Task, TaskRunner
from koba_desktop.i18n import _
from koba_desktop.services.changes import EVERYTHING, ChangeSet
from koba_desktop.services.commands import Command, Undo, UndoPlan
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.facade import Services
from koba_desktop.services.footprint import foreign_changes, shown, table_name
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.outage.state import OutageState
from koba_desktop.services.ports import (
    DoorPlanRenderer,
    EmergencyListRenderer,
    Foreign,
    LetterRenderer,
    PagePreview,
    PaperRenderer,
    Printers,
    ProofPageRenderer,
    WordingDesk,
)
from koba_desktop.services.touched import touched
from koba_desktop.services.view import View

if TYPE_CHECKING:
    from koba_desktop.gui.letters.print_run import PrintRun

T = TypeVar("T")
MOST_MARKED = 200
"""Where others changed more rows at once (an import, a deletion run), no mark helps to see them."""
_PRESENCE = table_name(Presence)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentRequest:
    """Open the appointment editor: an existing appointment, or a new one with what is known."""

    appointment_id: UUID | None = None
    client_id: UUID | None = None
    advisor_id: UUID | None = None
    starts: datetime | None = None
    minutes: int | None = None
    channel: Channel | None = None
    task_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ClientRequest:
    """Open the client editor at one field of its form; ``phones`` is where the numbers are."""

    client_id: UUID
    field: str


class Desk(QObject):
    """Shared by all panels of one window. Lives on the GUI thread."""

    changed = Signal(object)  # ChangeSet: own commands, and what others wrote
    book_changed = Signal()  # offices, staff, kinds
    actor_changed = Signal()  # another person or office
    tick = Signal()  # each half minute, and when the demo's time is put forward
    client_selected = Signal(object)  # UUID | None
    appointment_selected = Signal(object)  # UUID | None
    message = Signal(str, bool)  # a quiet line; True: with "Rückgängig"
    problem = Signal(object)  # an Exception nobody else shows inline
    undo_changed = Signal()
    outage_changed = Signal()  # the server went away or came back, inputs wait or were sent
    saved = Signal(object)  # datetime (UTC) of the last command of this window that was written
    print_settings_changed = Signal()  # where and how this PC prints each kind of paper
    offers = Signal(object)  # tuple of UUIDs: appointments whose client needs a new letter

    edit_client_requested = Signal(object)  # UUID, ClientRequest, or None for a new client
    edit_appointment_requested = Signal(object)  # AppointmentRequest
    day_requested = Signal(object)  # date: show it in the calendar
    letter_requested = Signal(object)  # UUID of a letter: show it in the outbox
    call_requested = Signal(object)  # UUID of a client: show in "Mein Tag"
    proposal_requested = Signal(object)  # UUID of a client: offer a letter in "Mein Tag"
    wording_requested = Signal(object)  # WordingKey: show it among the wordings
    office_data_requested = Signal()  # show the data of the office in the administration
    audit_requested = Signal(object)  # UUID: show what the audit holds about it, to those entitled
    emergency_requested = Signal(object)  # UUID of a client who is there, or None: who is it?

    def __init__(
        self,
        services: Services,
        book: OfficeBook,
        actor: Actor,
        tasks: TaskRunner,
        parent: QObject | None = None,
        *,
        renderer: LetterRenderer | None = None,
        printers: Printers | None = None,
        pages: PagePreview | None = None,
        door_plans: DoorPlanRenderer | None = None,
        emergency_lists: EmergencyListRenderer | None = None,
        papers: PaperRenderer | None = None,
        wordings: WordingDesk | None = None,
        proof_pages: ProofPageRenderer | None = None,
        plain_files: PlainFiles | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.book = book
        self.actor = actor
        self.tasks = tasks
        self._renderer = renderer
        self._printers = printers
        self._pages = pages
        self._door_plans = door_plans
        self._emergency_lists = emergency_lists
        self._papers = papers
        self._wordings = wordings
        self._proof_pages = proof_pages
        self.plain_files = plain_files or PlainFiles()
        self.outage = OutageState()
        self.printing: PrintRun | None = None  # the run that letters are printed in, while it is
        self._undo: list[UndoPlan] = []
        self._redo: list[UndoPlan] = []
        self.marks = Marks(self)
        self.presences = Presences(self)
        self._pace = Pace(tasks, self)
        self._pace.told.connect(self._on_foreign)

    # --- who, where, when -------------------------------------------------------------------------

    @property
    def office(self) -> Office:
        return self.book.office(self.actor.office_id)

    @property
    def member(self) -> Staff:
        return self.book.member(self.actor.staff_id)

    @property
    def renderer(self) -> LetterRenderer:
        """Makes letters into PDF, on the PDF lane (``make``). Raises Unavailable without one."""
        if self._renderer is None:
            raise Unavailable("renderer_missing")
        return self._renderer

    @property
    def printers(self) -> Printers:
        """The printers of this PC, asked on the PDF lane. Raises Unavailable without any."""
        if self._printers is None:
            raise Unavailable("printer_missing")
        return self._printers

    @property
    def pages(self) -> PagePreview:
        """Turns pages of a PDF into pixels, on the PDF lane. Raises Unavailable without one."""
        if self._pages is None:
            raise Unavailable("renderer_missing")
        return self._pages

    @property
    def door_plans(self) -> DoorPlanRenderer:
        """Makes the plans on the doors into a PDF, on the PDF lane (``make``) from what
        ``services.rooms.door_plan.door_plan`` answers. Raises Unavailable without one.

        ``print_pdf`` of ``gui.printing.handing_over`` takes the PDF to a printer, ``write_whole``
        of ``services.whole_files`` to a file.
        """
        if self._door_plans is None:
            raise Unavailable("renderer_missing")
        return self._door_plans

    @property
    def emergency_lists(self) -> EmergencyListRenderer:
        """Makes the list for an outage into a PDF, on the PDF lane (``make``) from what
        ``services.outage.emergency_list.emergency_list`` answers. Raises Unavailable without one.
        """
        if self._emergency_lists is None:
            raise Unavailable("renderer_missing")
        return self._emergency_lists

    @property
    def proof_pages(self) -> ProofPageRenderer:
        """Makes the page a printer is tried with, on the PDF lane. Raises Unavailable without
        one."""
        if self._proof_pages is None:
            raise Unavailable("renderer_missing")
        return self._proof_pages

    @property
    def papers(self) -> PaperRenderer:
        """Makes lists and reply slips into a PDF, on the PDF lane (``make``). Raises Unavailable
        without one."""
        if self._papers is None:
            raise Unavailable("renderer_missing")
        return self._papers

    @property
    def wordings(self) -> WordingDesk:
        """Tries wordings of letters on fonts and sheet, on the PDF lane (``make``). Raises
        Unavailable without one."""
        if self._wordings is None:
            raise Unavailable("renderer_missing")
        return self._wordings

    def now(self) -> datetime:
        return self.services.clock.now()

    def today(self) -> date:
        return day_of(self.now())

    # --- asking and commanding --------------------------------------------------------------------

    def ask(
        self,
        query: Callable[[View], T],
        done: Callable[[T], None],
        owner: QObject,
        key: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Run a query on a worker lane; ``done`` gets its frozen answer on the GUI thread."""
        services, viewer = self.services, self.actor.staff_id
        return self.tasks.submit(
            Lane.QUERIES,
            lambda: services.ask(query, viewer),
            done,
            failed or self.problem.emit,
            owner,
            key,
        )

    def execute(
        self,
        command: Command,
        owner: QObject,
        done: Callable[[Receipt], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        message: str = "",
        actor: Actor | None = None,
        kept: str = "",
    ) -> Task:
        """Carry out a command; then tell all panels, remember how to undo it, show ``message``, or
        ``kept`` where it waits for the server (see ``tell_done``).

        ``actor`` is whose command it is where that need not be who sits at the desk by now.
        """
        acting = actor or self.actor

        def finish(receipt: Receipt) -> None:
            if receipt.undo is not None:
                self._remember(receipt.undo)
            self._tell(receipt)
            if message:
                self.tell_done(receipt, message, kept)
            if done is not None:
                done(receipt)

        return self.tasks.submit(
            Lane.COMMANDS,
            lambda: self.services.execute(command, acting),
            finish,
            failed or self.problem.emit,
            owner,
        )

    def tell_done(self, receipt: Receipt, message: str, kept: str = "") -> None:
        """Say in the quiet line that a command is done, with a way back if there is one; of one
        that waits for the server that it does, after ``kept`` or a ``message`` true by now."""
        if receipt.queued:
            what = (kept or message).rstrip(".")
            message = _("{what} – will be sent once the server is back.").format(what=what)
        self.message.emit(message, receipt.undo is not None)

    def make(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        owner: QObject,
        key: str = "",
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Run slow work that needs no database (rendering a PDF) on its own lane."""
        return self.tasks.submit(Lane.PDF, job, done, failed or self.problem.emit, owner, key)

    def hand_over(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        owner: QObject,
        failed: Callable[[Exception], None] | None = None,
    ) -> Task:
        """Wait for a printer on a lane of its own: it may take minutes, and pages are drawn
        meanwhile."""
        return self.tasks.submit(Lane.PRINTER, job, done, failed or self.problem.emit, owner)

    # --- what others did --------------------------------------------------------------------------

    def others_wrote(self, foreign: Foreign | None = None) -> None:
        """Another program committed: whom it concerns asks again, at a pace the window can keep.
        Without ``foreign`` (somebody wants to see everything anew) everybody asks at once."""
        if foreign is None:
            self.changed.emit(EVERYTHING)
            return
        subjects = frozenset(subject for table, subject in foreign.rows if table == _PRESENCE)
        if subjects:
            self.presences.told(subjects)
        seen = shown(foreign)
        if seen.everything or seen.rows:
            self._pace.take(seen)

    def _on_foreign(self, foreign: Foreign) -> None:
        changes = foreign_changes(foreign)
        self.changed.emit(changes)
        if changes.foreign and len(foreign.rows) <= MOST_MARKED and self.marks.seconds:
            rows = foreign.rows
            self.ask(
                lambda view: touched(view, rows), self.marks.put, self, failed=self.unless_expected
            )

    def unless_expected(self, error: Exception) -> None:
        """The error path of what nobody asked for: that the database is away is told elsewhere."""
        if not isinstance(error, OfficeError):
            self.problem.emit(error)

    def said_of(self, *ids: UUID | None) -> str:
        """ "changed at 09:42 by Ms Lindner", of what others changed a moment ago; else empty."""
        mark = self.marks.of(*ids)
        return changed_text(mark.by, mark.at, self.book, self.member.id) if mark else ""

    # --- undo -------------------------------------------------------------------------------------

    @property
    def undo_label(self) -> str:
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        return self._redo[-1].label if self._redo else ""

    def undo(self, done: Callable[[Receipt], None] | None = None) -> None:
        self._take_back(self._undo, self._redo, done)

    def redo(self, done: Callable[[Receipt], None] | None = None) -> None:
        self._take_back(self._redo, self._undo, done)

    def _take_back(
        self,
        source: list[UndoPlan],
        target: list[UndoPlan],
        done: Callable[[Receipt], None] | None,
    ) -> None:
        if not source:
            return
        plan = source.pop()

        def finish(receipt: Receipt) -> None:
            if receipt.undo is not None:
                target.append(receipt.undo)
            self.undo_changed.emit()
            self._tell(receipt)
            if done is not None:
                done(receipt)

        def fail(error: Exception) -> None:
            if isinstance(error, Unavailable):  # it can still be taken back later
                source.append(plan)
                self.undo_changed.emit()
            self.problem.emit(error)

        actor = self.actor
        self.tasks.submit(
            Lane.COMMANDS,
            lambda: self.services.execute(Undo(plan=plan), actor),
            finish,
            fail,
            self,
        )
        self.undo_changed.emit()

    def _tell(self, receipt: Receipt) -> None:
        if not receipt.queued:
            self.saved.emit(self.now())
        self.changed.emit(receipt.changes)
        offered = tuple(UUID(str(each)) for each in receipt.result.get("offer_letters", ()))
        if offered:
            self.offers.emit(offered)

    def _remember(self, plan: UndoPlan) -> None:
        self._undo.append(plan)
        del self._undo[:-100]
        self._redo.clear()
        self.undo_changed.emit()

    # --- changes of place -------------------------------------------------------------------------

    def become(self, actor: Actor) -> None:
        """Act as another person or in another office."""
        if actor != self.actor:
            if actor.staff_id != self.actor.staff_id:
                self.plain_files.clear()
            self.actor = actor
            self._undo.clear()
            self._redo.clear()
            self.undo_changed.emit()
            self.actor_changed.emit()
            self.changed.emit(ChangeSet(everything=True))

    def learn(self, book: OfficeBook) -> None:
        self.book = book
        self.book_changed.emit()

    def learn_outage(self, state: OutageState) -> None:
        """The server went away or came back, or what waits for it is another."""
        self.outage = state
        self.outage_changed.emit()
