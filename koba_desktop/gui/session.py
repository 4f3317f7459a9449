"""One window at work in one office: connects the frame, the desk and the panels."""

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from koba_desktop.gui import layouts, theme
from koba_desktop.gui.about import show_about, show_keys
from koba_desktop.gui.allowed import show_allowed
from koba_desktop.gui.audit.entitlement import reads_audit
from koba_desktop.gui.demo_clock import DemoClock
from koba_desktop.gui.departure import Departure
from koba_desktop.gui.desk import AppointmentRequest, ClientRequest, Desk
from koba_desktop.gui.errors import CrashReporter
from koba_desktop.gui.mnemonics import menu_letters, tidy, tidy_menus
from koba_desktop.gui.panels import DOCKS, Panels
from koba_desktop.gui.reception.calls import CallWatcher
from koba_desktop.gui.search.popup import SearchPopup
from koba_desktop.gui.sign_in.seated import Seated
from koba_desktop.gui.troubles import Troubles
from koba_desktop.gui.undoing import Undoing
from koba_desktop.gui.unfinished import Unfinished
from koba_desktop.gui.who_am_i import (
    PersonDialog,
    actor_of,
    first_tab,
    link_login,
    offices_of,
)
from koba_desktop.gui.window import MainWindow
from koba_desktop.i18n import formats
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.execution import Actor
from koba_desktop.services.office.book import office_book, office_status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from koba_desktop.domain.entities.office import Office
    from koba_desktop.domain.entities.staff import Staff
    from koba_desktop.gui.emergency.overlay import EmergencyOverlay
    from koba_desktop.gui.opening import Opened
    from koba_desktop.gui.outage.watching import OutageWatch
    from koba_desktop.services.letters.wordings import WordingKey
    from koba_desktop.services.outage.facade import SharedServices

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
        self.departure = Departure(desk, window)
        self.panels = Panels(window, desk)
        self.panels.complete.connect(self._tidy)
        self.panels.complete.connect(self.ready)
        self.panels.complete.connect(self._prepare_emergency)
        self.troubles = Troubles(window, desk, crashes, goes_on=opened.outage is not None)
        self.calls = CallWatcher(window, desk)
        self.undoing = Undoing(window, desk)
        self.unfinished = Unfinished(self)
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
        self.unfinished.tell()
        if opened.backup_failed is not None:
            self.troubles.no_copy_today(opened.backup_failed)
        if opened.outage is not None:
            self._watch_outage(opened.outage)
        if opened.seat is not None:
            seated = Seated(opened.seat, window, desk, self.troubles)
            seated.sign_out_wanted.connect(
                lambda: self.departure.when_free(self.sign_out_wanted.emit)
            )

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
        a.drafts.triggered.connect(self.unfinished.show)
        a.emergency_list.triggered.connect(self._print_emergency_list)
        a.print_settings.triggered.connect(self._open_print_settings)
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
        a.languages.triggered.connect(
            lambda action: self.departure.when_free(
                partial(self.language_chosen.emit, action.data())
            )
        )
        a.message_seconds.triggered.connect(self._on_message_seconds)
        a.mark_seconds.triggered.connect(
            lambda action: QSettings().setValue("marks/seconds", action.data())
        )
        window.tools.office_chosen.connect(self._go_to_office)

    def _connect_desk(self) -> None:
        desk = self.desk
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

    # --- editors and dialogs ----------------------------------------------------------------------

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

    # --- who and where ----------------------------------------------------------------------------

    def _choose_person(self) -> None:
        book = self.desk.book
        dialog = PersonDialog(book, self.desk.today(), link=not book.demo, parent=self.window)
        dialog.chosen.connect(self._become)
        dialog.open()

    def _become(self, member: "Staff", linked: bool) -> None:
        self.desk.become(actor_of(self.desk.book, member))
        self.window.focus_view()  # the one before may not be there any more
        if linked:
            link_login(self.desk, member, self._opened.os_user)

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
