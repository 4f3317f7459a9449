"""One window at work in one office: connects the frame, the desk and the panels."""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.vocabulary import ACTIVE_STATES, LetterKind
from koba_desktop.gui import layouts, theme
from koba_desktop.gui.about import show_about, show_keys
from koba_desktop.gui.allowed import show_allowed
from koba_desktop.gui.audit.entitlement import reads_audit
from koba_desktop.gui.carrying_on import form_of
from koba_desktop.gui.demo_clock import DemoClock
from koba_desktop.gui.desk import AppointmentRequest, ClientRequest, Desk
from koba_desktop.gui.errors import CrashReporter
from koba_desktop.gui.mnemonics import menu_letters, tidy, tidy_menus
from koba_desktop.gui.panels import DOCKS, Panels
from koba_desktop.gui.reception.calls import CallWatcher
from koba_desktop.gui.search.popup import SearchPopup
from koba_desktop.gui.sign_in.seated import Seated
from koba_desktop.gui.troubles import Troubles
from koba_desktop.gui.undo_names import undo_name
from koba_desktop.gui.unfinished import UnfinishedDialog
from koba_desktop.gui.who_am_i import (
    PersonDialog,
    actor_of,
    first_tab,
    linking,
    offices_of,
)
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.services.appointments.detail import appointments_seen
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import CreateLetter, DiscardDraft, SaveMasterData
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.execution import Actor, Receipt
from koba_desktop.services.office.book import office_book, office_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from koba_desktop.domain.entities.bookkeeping import Draft
    from koba_desktop.domain.entities.office import Office
    from koba_desktop.gui.emergency.overlay import EmergencyOverlay
    from koba_desktop.gui.opening import Opened
    from koba_desktop.gui.outage.watching import OutageWatch
    from koba_desktop.services.letters.wordings import WordingKey
    from koba_desktop.services.outage.facade import SharedServices
    from koba_desktop.services.rows import AppointmentRow

TICK_MS = 30_000


class Session(QObject):
    """Lives as long as its window; the desk may outlive it (another language, a new window)."""

    language_chosen = Signal(str)
    sign_out_wanted = Signal()
    ready = Signal()  # every panel is made

    def __init__(
        self, window: MainWindow, desk: Desk, opened: "Opened", crashes: CrashReporter
    ) -> None:
        super().__init__(window)
        self.window = window
        self.desk = desk
        self._member_id = desk.actor.staff_id
        self._opened = opened
        self._crashes = crashes
        self._emergency: EmergencyOverlay | None = None
        self.outage: OutageWatch | None = None
        self.panels = Panels(window, desk)
        self.panels.complete.connect(self._tidy)
        self.panels.complete.connect(self.ready)
        self.panels.complete.connect(self._prepare_emergency)
        self.troubles = Troubles(window, desk, crashes, goes_on=opened.outage is not None)
        self.calls = CallWatcher(window, desk)
        self.popup = SearchPopup(window.tools.search, desk, window.commands)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(desk.tick)
        self._tick.start()
        self._connect_actions()
        self._connect_desk()
        window.tab_shown.connect(self._on_tab)
        if opened.advance is not None:
            DemoClock(window.menus["extras"], desk, opened.advance)
        window.status.attach(desk, opened.place)
        window.show_office()
        self._name_window()
        self._count_letters()
        self.panels.start()
        window.focus_view()
        self._on_tab(window.current_tab())
        self._look_for_drafts()
        if opened.backup_failed is not None:
            self.troubles.no_copy_today(opened.backup_failed)
        if opened.outage is not None:
            self._watch_outage(opened.outage)
        if opened.seat is not None:
            seated = Seated(opened.seat, window, desk, self.troubles)
            seated.sign_out_wanted.connect(self.sign_out_wanted)

    def _watch_outage(self, services: "SharedServices") -> None:
        from koba_desktop.gui.outage.watching import OutageWatch

        self.outage = OutageWatch(self.window, self.desk, services, self._print_emergency_list)

    # --- wiring -----------------------------------------------------------------------------------

    def _connect_actions(self) -> None:
        a, desk, window = self.window.actions_, self.desk, self.window
        a.new_client.triggered.connect(lambda: desk.edit_client_requested.emit(None))
        a.new_appointment.triggered.connect(
            lambda: desk.edit_appointment_requested.emit(AppointmentRequest())
        )
        a.emergency.triggered.connect(lambda: desk.emergency_requested.emit(None))
        a.drafts.triggered.connect(lambda: self._look_for_drafts(show=True))
        a.emergency_list.triggered.connect(self._print_emergency_list)
        a.print_settings.triggered.connect(self._open_print_settings)
        a.undo.triggered.connect(self._undo)
        a.redo.triggered.connect(self._redo)
        a.search.triggered.connect(self._focus_search)
        a.reload.triggered.connect(lambda: desk.others_wrote())
        a.reload.triggered.connect(desk.print_settings_changed)  # there may be other printers
        a.person.triggered.connect(self._choose_person)
        a.keys.triggered.connect(lambda: show_keys(window, window.commands()))
        a.about.triggered.connect(lambda: show_about(window))
        for action, layout in (
            (a.consultation, layouts.CONSULTATION),
            (a.reception, layouts.RECEPTION),
            (a.lead, layouts.LEAD),
        ):
            action.triggered.connect(partial(self._arrange, layout))
        a.schemes.triggered.connect(self._on_scheme)
        a.languages.triggered.connect(lambda action: self.language_chosen.emit(action.data()))
        a.message_seconds.triggered.connect(self._on_message_seconds)
        a.mark_seconds.triggered.connect(
            lambda action: QSettings().setValue("marks/seconds", action.data())
        )
        window.tools.office_chosen.connect(self._go_to_office)

    def _connect_desk(self) -> None:
        desk = self.desk
        desk.message.connect(self._on_message)
        desk.offers.connect(self._on_offers)
        desk.undo_changed.connect(self._name_undo)
        desk.changed.connect(self._on_changed)
        desk.actor_changed.connect(self.window.messages.clear_message)  # what another one did
        desk.actor_changed.connect(self._name_window)
        desk.actor_changed.connect(self._begin_at_the_door)
        desk.book_changed.connect(self._name_window)
        desk.tick.connect(self._name_day)
        desk.tick.connect(self._allow)
        desk.edit_client_requested.connect(self._edit_client)
        desk.edit_appointment_requested.connect(self._edit_appointment)
        desk.emergency_requested.connect(self._open_emergency)
        # Methods of this object: the desk outlives it when another language opens a new window.
        desk.day_requested.connect(self._bring_day)
        desk.letter_requested.connect(self._bring_letter)
        desk.call_requested.connect(self._bring_call)
        desk.proposal_requested.connect(self._bring_proposal)
        desk.wording_requested.connect(self._bring_wording)
        desk.office_data_requested.connect(self._bring_office_data)
        desk.audit_requested.connect(self._bring_audit)
        self._name_undo()

    def _bring_day(self, day: date) -> None:
        self._bring("calendar", self.desk.day_requested.emit, day)

    def _bring_letter(self, letter_id: UUID) -> None:
        self._bring("letters", self.desk.letter_requested.emit, letter_id)

    def _bring_call(self, client_id: UUID) -> None:
        self._bring("myday", self.desk.call_requested.emit, client_id)

    def _bring_proposal(self, client_id: UUID) -> None:
        self._bring("myday", self.desk.proposal_requested.emit, client_id)

    def _bring_wording(self, which: "WordingKey") -> None:
        self._bring("wordings", self.desk.wording_requested.emit, which)

    def _bring_office_data(self) -> None:
        self._bring("admin", lambda _nothing: self.desk.office_data_requested.emit(), None)

    def _bring_audit(self, object_id: UUID) -> None:
        if reads_audit(self.desk):
            self._bring("audit", self.desk.audit_requested.emit, object_id)

    def _bring(self, tab: str, again: Callable[[object], None], subject: object) -> None:
        """Show the view a signal is for; where it had to be made first, tell it once more."""
        new = self.panels.need(tab)
        self.window.show_tab(tab)
        if new:
            QTimer.singleShot(0, self, lambda: again(subject))

    def _tidy(self) -> None:
        """Each letter once, now that everything is there: in a menu, and beside the menu bar."""
        menus, window = self.window.menus, self.window
        tidy_menus(menus.values())
        taken = menu_letters(window)
        for panel in (window.clients, window.rooms, window.tabs):
            tidy(panel, taken)

    # --- what the frame shows ---------------------------------------------------------------------

    def _name_window(self) -> None:
        title = f"KoBa Desktop – {self.desk.office.name}"
        self.window.setWindowTitle(f"{title} – Demo" if self.desk.book.demo else title)
        self.window.tools.show_offices(self.desk, self._offices())
        self._allow()
        self._name_day()

    def _offices(self) -> "Sequence[Office]":
        """Where one may go: on the shared database only where one holds a role."""
        desk = self.desk
        if self._opened.seat is None:
            return desk.book.offices
        return offices_of(desk.book, desk.actor.staff_id, desk.today())

    def _allow(self) -> None:
        """What the person at the desk may do here."""
        show_allowed(self.window, self.panels, self.desk)

    def _name_day(self) -> None:
        today, now = self.desk.today(), self.desk.now()
        self.window.tabs.day.setText(f"{formats.date_long(today)} · {formats.time_of(now)}")

    def _name_undo(self) -> None:
        a, desk = self.window.actions_, self.desk
        for action, verb, label in (
            (a.undo, _("&Undo"), desk.undo_label),
            (a.redo, _("&Redo"), desk.redo_label),
        ):
            name = undo_name(label)
            action.setText(f"{verb}: {name}" if name else verb)
            action.setEnabled(bool(label))

    def _on_tab(self, name: str) -> None:
        self.panels.need(name)
        self.window.tools.show_for(self.panels.tools(name))
        self.window.tabs.show_corner(self.panels.corner(name))

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(Topic.OFFICE):
            self.desk.ask(office_book, self.desk.learn, owner=self, key="book")
        if changes.concerns(Topic.LETTERS):
            self._count_letters()

    def _count_letters(self) -> None:
        office = self.desk.actor.office_id
        self.desk.ask(
            lambda view: office_status(view, office),
            lambda status: self.window.tabs.show_letters_count(status.letters_to_print),
            owner=self,
            key="letters",
        )

    # --- messages and undo ------------------------------------------------------------------------

    def _on_message(self, text: str, undoable: bool) -> None:
        if undoable:
            key = QKeySequence("Ctrl+Z").toString(QKeySequence.SequenceFormat.NativeText)
            self.window.messages.show_message(text, Level.OK, _("Undo"), key, self._undo)
        else:
            self.window.messages.show_message(text, Level.OK)

    def _undo(self) -> None:
        name = undo_name(self.desk.undo_label)

        def done(receipt: Receipt) -> None:
            if not receipt.result.get("offer_letters"):
                self.window.messages.show_message(
                    _("Undone: {what}.").format(what=name),
                    Level.OK,
                    _("Redo"),
                    action=self._redo,
                )

        self.desk.undo(done)

    def _redo(self) -> None:
        name = undo_name(self.desk.redo_label)
        self.desk.redo(
            lambda _receipt: self.window.messages.show_message(
                _("Redone: {what}.").format(what=name), Level.OK
            )
        )

    def _on_offers(self, appointment_ids: tuple[UUID, ...]) -> None:
        n = len(appointment_ids)
        self.window.messages.show_message(
            ngettext(
                "Undone. A letter that says otherwise has already been printed.",
                "Undone. {n} letters that say otherwise have already been printed.",
                n,
            ).format(n=n),
            Level.WARNING,
            ngettext("Create a new letter", "Create new letters", n),
            action=lambda: self._create_letters(appointment_ids),
        )

    def _create_letters(self, appointment_ids: tuple[UUID, ...]) -> None:
        def create(rows: "list[AppointmentRow]") -> None:
            standing = {row.id for row in rows if row.state in ACTIVE_STATES}
            for each in appointment_ids:
                changed = each in standing
                kind = LetterKind.CHANGED_TELEPHONE if changed else LetterKind.CANCELLATION
                self.desk.execute(
                    CreateLetter(appointment_id=each, kind=kind),
                    owner=self,
                    message=_("The new letter lies in the outbox."),
                )

        self.desk.ask(lambda view: appointments_seen(view, appointment_ids), create, owner=self)

    # --- editors and drafts -----------------------------------------------------------------------

    def _edit_client(self, wanted: UUID | ClientRequest | None) -> None:
        from koba_desktop.gui.clients.editor import open_client_editor

        if isinstance(wanted, ClientRequest):
            open_client_editor(self.desk, wanted.client_id, self.window, field=wanted.field)
        else:
            open_client_editor(self.desk, wanted, self.window)

    def _edit_appointment(self, request: AppointmentRequest) -> None:
        from koba_desktop.gui.appointments.editor import open_appointment_editor

        open_appointment_editor(self.desk, request, self.window)

    def _print_emergency_list(self) -> None:
        from koba_desktop.gui.outage.list_dialog import open_emergency_list

        open_emergency_list(self.desk, self.window)

    def _open_print_settings(self) -> None:
        from koba_desktop.gui.printing.settings_dialog import open_print_settings

        open_print_settings(self.desk, self.window)

    def emergency(self) -> "EmergencyOverlay":
        """The emergency desk over the window, made now if need be."""
        if self._emergency is None:
            from koba_desktop.gui.emergency.overlay import EmergencyOverlay

            made = self._emergency = EmergencyOverlay(self.window, self.desk)
            made.opened.connect(self.window.tools.emergency.show_open)
        return self._emergency

    def _open_emergency(self, client_id: UUID | None) -> None:
        self.emergency().open(client_id)

    def _prepare_emergency(self) -> None:
        """F2 has no time to import anything."""

        def make(_module: object) -> None:
            self.emergency()

        module = "koba_desktop.gui.emergency.overlay"
        self.desk.make(lambda: import_module(module), make, owner=self)

    def _look_for_drafts(self, *, show: bool = False) -> None:
        def found(drafts: "list[Draft]") -> None:
            if show or not drafts:
                if show:
                    self._show_drafts(drafts)
                return
            n = len(drafts)
            self.window.messages.show_message(
                ngettext(
                    "{n} unfinished form is kept.", "{n} unfinished forms are kept.", n
                ).format(n=n),
                Level.INFO,
                _("Show"),
                action=lambda: self._show_drafts(drafts),
            )

        self.desk.ask(lambda view: list(open_drafts(view)), found, owner=self, key="drafts")

    def _show_drafts(self, drafts: "list[Draft]") -> None:
        if not drafts:
            self.window.messages.show_message(_("There are no unfinished forms."), Level.INFO)
            return
        dialog = UnfinishedDialog(drafts, self._carry_on, self._discard, self.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _carry_on(self, draft: "Draft") -> None:
        form = form_of(draft)
        if form is None:
            self.window.messages.show_message(
                _("This version of the program does not know that form. It stays kept."),
                Level.WARNING,
            )
        else:
            form.carry_on(self, draft)

    def bring(self, name: str) -> QWidget:
        """Show a panel, made now if need be, and return it."""
        self.panels.need(name)
        if name in DOCKS:
            self.window.show_dock(name)
        else:
            self.window.show_tab(name)
        panel = self.panels.made(name)
        assert panel is not None
        return panel

    def _discard(self, draft: "Draft") -> None:
        self.desk.execute(DiscardDraft(draft_id=draft.id), owner=self)

    # --- who and where ----------------------------------------------------------------------------

    def _choose_person(self) -> None:
        dialog = PersonDialog(
            self.desk.book, self.desk.today(), link=not self.desk.book.demo, parent=self.window
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._become(dialog))
        dialog.open()

    def _become(self, dialog: PersonDialog) -> None:
        staff_id = dialog.staff_id()
        if staff_id is None:
            return
        member = self.desk.book.member(staff_id)
        self.desk.become(actor_of(self.desk.book, member))
        if dialog.link.isVisibleTo(dialog) and dialog.link.isChecked():
            records = linking(self.desk.book, member, self._opened.os_user)
            if records:
                self.desk.execute(SaveMasterData(records=records), owner=self)

    def _begin_at_the_door(self) -> None:
        """Whoever only receives visitors begins with them."""
        before, self._member_id = self._member_id, self.desk.actor.staff_id
        tab = first_tab(self.desk.book, self.desk.actor, self.desk.today())
        if tab and before != self._member_id:
            self.window.show_tab(tab)

    def _go_to_office(self, office_id: UUID) -> None:
        self.desk.become(Actor(staff_id=self.desk.actor.staff_id, office_id=office_id))

    # --- settings ---------------------------------------------------------------------------------

    def _focus_search(self) -> None:
        self.window.tools.search.begin()

    def _arrange(self, layout: layouts.Layout) -> None:
        self.window.arrange(layout.tab, layout.docks)

    def _on_scheme(self, action: QAction) -> None:
        QSettings().setValue("window/scheme", str(action.data()))
        theme.set_scheme(theme.Scheme(action.data()))

    def _on_message_seconds(self, action: QAction) -> None:
        QSettings().setValue("messages/seconds", action.data())
        self.window.messages.seconds = action.data()
