"""What a person can do with a room: one set of deeds for board, dock, timeline and reception.

How to use it: make one ``RoomDeeds(desk, panel)`` a panel, call ``carry_out(step)`` or one of its
methods, and fill context menus with ``fill_menu``. Each deed is a command at the desk; the window's
quiet line then tells what was done, whom it touched by name and room, and how to take it back.
A refusal or a conflict goes to ``desk.problem``, which shows its reason in the same line. Panels
learn of the change by ``desk.changed``, as always.

Rows may be those of the rooms (``RoomBookingRow``) or of the reception (``ArrivalRow``). ``at`` is
where on the screen a little menu opens where one is needed (what was done, which place); without
it, in the middle of the panel.
"""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from koba_desktop.domain.clock import next_minute
from koba_desktop.domain.vocabulary import VisitResult
from koba_desktop.gui import theme
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.rooms import telling, wording
from koba_desktop.gui.rooms.booked import Booked, Occupant, occupant
from koba_desktop.gui.rooms.placing import PlaceMenu, ask_places
from koba_desktop.gui.rooms.steps import Deed, Step, of_booking
from koba_desktop.i18n import _
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import Command
from koba_desktop.services.commands.door import (
    AssignPlace,
    EnterRoom,
    MarkAired,
    MarkCleaned,
    MoveBooking,
    ReopenRoom,
    VacateRoom,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.rooms.affected import Affected, affected
from koba_desktop.services.rooms.board import PlaceLine, RoomLine
from koba_desktop.services.rooms.suggesting import Suggestion
from koba_desktop.services.rows import ArrivalRow, RoomBookingRow


class RoomDeeds(QObject):
    """Carries out what a panel is asked for, and tells how it went. ``owner`` is that panel."""

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self._owner = owner
        self._asked: set[tuple[UUID, int]] = set()

    # --- the room cycle ---------------------------------------------------------------------------

    def carry_out(self, step: Step, at: QPoint | None = None) -> None:
        """Do what a button or a key stands for."""
        booking = step.booking
        if booking is None:
            return
        match step.deed:
            case Deed.ENTER:
                self.enter(booking)
            case Deed.VACATE:
                self.vacate(booking, at)
            case Deed.AIRED:
                self.aired(booking)
            case Deed.CLEANED:
                self.cleaned(booking)
            case Deed.MOVE:
                self.choose_place(booking, at)
            case Deed.REOPEN:
                self.reopen(booking)

    def enter(self, row: Booked) -> None:
        """Check in: the talk begins."""
        who = occupant(row)
        if who.id is not None:
            command = EnterRoom(booking_id=who.id, version=who.version)
            self._do(command, who, telling.entered(who))

    def vacate(self, row: Booked, at: QPoint | None = None) -> None:
        """Check out. Of an urgent visit it is asked what was done: a menu, digits 1 to 5."""
        if occupant(row).urgent:
            self._ask_result(row, at)
        else:
            self.vacate_with(row, None)

    def vacate_with(self, row: Booked, result: VisitResult | None) -> None:
        """Check out with what was done already known."""
        who = occupant(row)
        if who.id is not None:
            command = VacateRoom(booking_id=who.id, version=who.version, result=result)
            self._do(command, who, telling.vacated(who, result))

    def _vacate_as(self, row: Booked, result: VisitResult, _checked: bool = False) -> None:
        self.vacate_with(row, result)

    def aired(self, row: Booked) -> None:
        """The air was changed."""
        who = occupant(row)
        if who.id is not None:
            command = MarkAired(booking_id=who.id, version=who.version)
            self._do(command, who, telling.aired(who))

    def cleaned(self, row: Booked, initials: str | None = None) -> None:
        """Somebody cleaned and signs for it: the initials, or those of who sits at the desk."""
        who = occupant(row)
        signs = (self._desk.member.initials if initials is None else initials).strip()
        if who.id is not None:
            command = MarkCleaned(booking_id=who.id, version=who.version, initials=signs)
            self._do(command, who, telling.cleaned(who, signs))

    # --- places -----------------------------------------------------------------------------------

    def choose_place(self, row: Booked, at: QPoint | None = None) -> None:
        """Offer the places for a booking (or for an arrival without one), and give the chosen."""
        who = occupant(row)
        now = next_minute(self._desk.now())
        waits = isinstance(row, ArrivalRow) and row.arrived_at is not None
        here = who.inside or (waits and who.id is None)
        starts = now if here else max(who.starts, now)

        def show(found: Suggestion) -> None:
            PlaceMenu(
                who,
                found,
                lambda place_id, room: self._give(row, place_id, room, now=here),
                self._owner,
            ).open_at(self._place(at))

        ask_places(self._desk, self._owner, who, starts, show)

    def move(self, row: Booked, place_id: UUID, room: str) -> None:
        """Another place for the same time; a running talk goes on there."""
        who = occupant(row)
        if who.id is not None:
            command = MoveBooking(booking_id=who.id, version=who.version, place_id=place_id)
            self._do(command, who, telling.placed(who, room))

    def assign(self, row: ArrivalRow, place_id: UUID, room: str, *, now: bool) -> None:
        """A place for an appointment that has none: ``now``, or for its time."""
        who = occupant(row)
        command = AssignPlace(
            appointment_id=row.appointment_id,
            version=row.version,
            place_id=place_id,
            persons=who.persons,
            now=now,
        )
        self._do(command, who, telling.placed(who, room))

    def _give(self, row: Booked, place_id: UUID, room: str, *, now: bool) -> None:
        if isinstance(row, ArrivalRow) and row.booking_id is None:
            self.assign(row, place_id, room, now=now)
        else:
            self.move(row, place_id, room)

    # --- out of service ---------------------------------------------------------------------------

    def reopen(self, closure: RoomBookingRow) -> None:
        """The room can be used again from now on."""
        self._desk.execute(
            ReopenRoom(room_id=closure.room_id, booking_id=closure.id),
            self._owner,
            done=lambda receipt: self.tell(receipt, telling.reopened(closure.room_name)),
        )

    def close_room(self, room_id: UUID | None) -> None:
        """Open the form that takes a room out of service; None: no room is chosen yet."""
        from koba_desktop.gui.rooms.closing import open_room_closing

        open_room_closing(self._desk, room_id, self.tell, self._owner.window())

    # --- menus ------------------------------------------------------------------------------------

    def fill_menu(
        self,
        menu: QMenu,
        line: RoomLine,
        about: PlaceLine | RoomBookingRow | None = None,
        at: QPoint | None = None,
    ) -> None:
        """The entries that are possible now: of one booking, of one place, or of the whole room."""
        now = self._desk.now()
        bookings = _bookings(line, about)
        for booking in bookings:
            several = len(bookings) > 1
            for step in of_booking(line, booking, now):
                text = wording.step_text(step, now)
                if step.deed is Deed.CLEANED:
                    text = f"{text} ({self._desk.member.initials})"
                self._add(
                    menu,
                    f"{text} – {occupant(booking).name}" if several else text,
                    wording.STEP_ICONS[step.deed],
                    partial(self.carry_out, step, at),
                    enabled=step.ready(now),
                )
            if booking.appointment_id is not None:
                self._add_open(menu, booking, several)
            menu.addSeparator()
        if line.closure is None:
            self._add(
                menu,
                _("&Close the room…"),
                "blocked",
                lambda: self.close_room(line.room.id),
            )

    def _add_open(self, menu: QMenu, booking: RoomBookingRow, several: bool) -> None:
        text = _("&Open the appointment…")
        request = AppointmentRequest(appointment_id=booking.appointment_id)
        self._add(
            menu,
            f"{text} – {occupant(booking).name}" if several else text,
            "calendar",
            lambda: self._desk.edit_appointment_requested.emit(request),
        )

    def _add(
        self,
        menu: QMenu,
        text: str,
        icon: str,
        slot: Callable[[], None],
        *,
        enabled: bool = True,
    ) -> None:
        action = menu.addAction(text)
        theme.bind_icon(action, icon)
        action.setEnabled(enabled)
        action.triggered.connect(lambda _checked=False: slot())

    def _ask_result(self, row: Booked, at: QPoint | None) -> None:
        menu = QMenu(self._owner)
        menu.setObjectName("results")
        title = _("{name}: what was done?").format(name=occupant(row).name)
        menu.setAccessibleName(title)
        menu.addAction(title.replace("&", "&&")).setEnabled(False)
        for number, result in enumerate(VisitResult, 1):
            action = menu.addAction(f"&{number}  {word(result)}")
            action.triggered.connect(partial(self._vacate_as, row, result))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._place(at))
        menu.setActiveAction(menu.actions()[1])

    def _place(self, at: QPoint | None) -> QPoint:
        return at or self._owner.mapToGlobal(self._owner.rect().center())

    # --- telling ----------------------------------------------------------------------------------

    def _do(self, command: Command, who: Occupant, said: str) -> None:
        """Once for each state of a booking: a second press while the first is under way, or before
        the panel has heard of it, is the same wish."""
        subject = who.id or who.appointment_id
        assert subject is not None
        key = (subject, who.version)
        if key in self._asked:
            return
        self._asked.add(key)

        def done(receipt: Receipt) -> None:
            if who.id is None:  # only a booking has another version from now on
                self._asked.discard(key)
            self.tell(receipt, said, but=who.appointment_id or who.id)

        def failed(error: Exception) -> None:
            self._asked.discard(key)
            self._desk.problem.emit(error)

        self._desk.execute(command, self._owner, done=done, failed=failed)

    def tell(self, receipt: Receipt, said: str, *, but: UUID | None = None) -> None:
        """Say in the quiet line what was done and whom it touched; ``but`` is who did it."""
        undoable = receipt.undo is not None
        if not any(receipt.result.get(fate) for fate in ("pushed", "moved", "displaced")):
            self._desk.message.emit(said, undoable)
            return

        def names(found: tuple[Affected, ...]) -> None:
            self._desk.message.emit(telling.with_affected(said, found, but), undoable)

        def failed(error: Exception) -> None:
            self._desk.message.emit(said, undoable)
            self._desk.problem.emit(error)

        result = receipt.result
        self._desk.ask(lambda view: affected(view, result), names, owner=self, failed=failed)


def _bookings(line: RoomLine, about: PlaceLine | RoomBookingRow | None) -> list[RoomBookingRow]:
    if isinstance(about, RoomBookingRow):
        return [about]
    spots = line.spots if about is None else (about,)
    if line.closure is not None:
        return [line.closure]
    found = [spot.current or spot.following for spot in spots]
    return [booking for booking in found if booking is not None]
