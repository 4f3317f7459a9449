"""Carries out what was asked for on the timeline: at once on the screen, then in the database."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from koba_desktop.domain.errors import Conflict, NotFound, OfficeError, Refused, Taken
from koba_desktop.domain.vocabulary import (
    LetterState,
    RefusalReason,
    RoomBookingState,
)
from koba_desktop.gui.calendar.message import Anyway, BlockMessage
from koba_desktop.gui.calendar.moves import write_letter
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.rooms import telling
from koba_desktop.gui.rooms.booked import occupant
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.timeline import wording
from koba_desktop.gui.timeline.geometry import minute_at
from koba_desktop.gui.timeline.ghost import judged
from koba_desktop.gui.timeline.scene import Aim
from koba_desktop.gui.timeline.view import RoomTimeline
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe
from koba_desktop.services.appointments.detail import appointments_seen
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import Override
from koba_desktop.services.commands.door import MoveBooking
from koba_desktop.services.execution import Receipt
from koba_desktop.services.letters.kinds import PAPER, UNPRINTED
from koba_desktop.services.rows import AppointmentRow, RoomBookingRow

OVERRULABLE = frozenset(
    {
        "mode_suspends",
        "outside_hours",
        "office_closed",
        "holiday",
        "advisor_absent",
        "outside_pattern",
        "cap_reached",
        "in_the_past",
        "channel_not_allowed",
        RefusalReason.TOO_MANY_PERSONS.value,
        RefusalReason.NOT_ACCESSIBLE.value,
        RefusalReason.NO_SCREEN.value,
    }
)
"""What may be overruled with a reason; everything else would be refused all the same."""

_OVERTAKING = (Topic.ROOMS, Topic.APPOINTMENTS, Topic.LETTERS, Topic.MODES, Topic.OFFICE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMove:
    """A booking as it was seen, and where it is to go."""

    row: RoomBookingRow
    aim: Aim
    override: Override | None = None

    @property
    def timed(self) -> bool:
        """Whether the appointment gets another time, which its client must be told."""
        return self.aim.starts != self.row.starts

    def command(self) -> MoveBooking:
        override = self.override
        return MoveBooking(
            booking_id=self.row.id,
            version=self.row.version,
            place_id=self.aim.place_id,
            starts=self.aim.starts if self.timed else None,
            override=override.codes if override is not None else frozenset(),
            reason=override.reason if override is not None else None,
            text=override.text if override is not None else "",
        )

    def overruling(self, override: Override) -> "PlaceMove":
        """The same again with more rules overruled."""
        codes = override.codes | (self.override.codes if self.override is not None else frozenset())
        return replace(self, override=replace(override, codes=codes))


class TimelineMoves(QObject):
    """One command at a time for each booking; a later wish waits for the earlier answer.

    What is to be said about a move stands at its block: why it was refused, and the letter that
    tells the client of another time.
    """

    def __init__(self, desk: Desk, view: RoomTimeline, deeds: RoomDeeds) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._deeds = deeds
        self._shown: dict[UUID, PlaceMove] = {}  # as the screen shows it before the rooms say so
        self._running: set[UUID] = set()
        self._waiting: dict[UUID, PlaceMove] = {}
        self._notice: BlockMessage | None = None
        self._notice_row: RoomBookingRow | None = None
        view.move_requested.connect(self._on_move)
        view.days_shown.connect(self._settle)
        view.escaped.connect(self._dismiss)
        view.geometry_changed.connect(self._place_notice)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._place_notice())
        view.destroyed.connect(self._on_view_gone)
        desk.changed.connect(self._on_changed)

    @property
    def notice(self) -> BlockMessage | None:
        """What is said at a block, once there was something to say."""
        return self._notice if self._notice is not None and isValid(self._notice) else None

    def _dismiss(self) -> None:
        if self.notice is not None:
            self.notice.dismiss()

    # --- moving -----------------------------------------------------------------------------------

    def go(self, move: PlaceMove) -> None:
        """Move a booking, shown at once."""
        key = move.row.id
        self._shown[key] = move
        self._show()
        if key in self._running:
            self._waiting[key] = move
            return
        self._running.add(key)
        text = self._text(move)

        def done(receipt: Receipt) -> None:
            self._running.discard(key)
            self._deeds.tell(receipt, text, but=move.row.appointment_id or key)
            if move.timed and move.row.appointment_id is not None:
                self._ask_about_letter(move.row)

        def failed(error: Exception) -> None:
            self._running.discard(key)
            self._waiting.pop(key, None)
            self._shown.pop(key, None)
            self._show()
            self._explain(move, error)

        self._desk.execute(move.command(), self, done, failed)

    def _on_move(self, row: RoomBookingRow, place_id: UUID, starts: datetime) -> None:
        if self.notice is not None:
            self.notice.overtake()
        self.go(PlaceMove(row=row, aim=Aim(place_id, starts)))

    def _settle(self) -> None:
        """Fresh rooms are here: what was answered is shown as it is; what waited goes on."""
        rows = {row.id: row for day in self._view.days for row in day.bookings}
        for key in [k for k in self._shown if k not in self._running and k not in self._waiting]:
            del self._shown[key]
        for key in [k for k in self._waiting if k not in self._running]:
            move = self._waiting.pop(key)
            row = rows.get(key)
            if row is None or row.state not in (RoomBookingState.RESERVED, move.row.state):
                self._shown.pop(key, None)
            else:
                self.go(replace(move, row=row))
        self._show()

    def _show(self) -> None:
        self._view.set_moved({key: move.aim for key, move in self._shown.items()})

    def _text(self, move: PlaceMove) -> str:
        """What the quiet line says once it is done."""
        scene, who = self._view.scene, occupant(move.row)
        line = scene.line_of(move.aim.place_id)
        room = wording.line_name(scene.lines[line]) if line >= 0 else ""
        if not move.timed:
            return telling.placed(who, room)
        time = formats.moment_of(move.aim.starts)
        if move.aim.place_id == move.row.place_id:
            return _("{name} moved to {time}").format(name=who.name, time=time)
        return _("{name} moved to {place}, {time}").format(name=who.name, place=room, time=time)

    # --- what is said about it --------------------------------------------------------------------

    def _explain(self, move: PlaceMove, error: Exception) -> None:
        """Name every reason and the way to overrule it; what is no refusal goes to the window."""
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        anyway = None
        codes = frozenset(problem.code for problem in error.problems)
        if isinstance(error, Refused) and codes <= OVERRULABLE:
            anyway = Anyway(
                codes, _("Move anyway"), lambda override: self.go(move.overruling(override))
            )
        texts = [describe(error)]
        if isinstance(error, Taken):
            texts = [self._in_the_way(move), *texts, _("Choose another time or another place.")]
        block = self._block(move.row)
        self._say(move.row).explain(_("Not moved"), filter(None, texts), block, anyway)
        if isinstance(error, (Taken, Conflict, NotFound)):
            self._desk.others_wrote()  # what was seen here is no longer so

    def _in_the_way(self, move: PlaceMove) -> str:
        """Who or what has the place then, as far as the timeline shows it."""
        scene = self._view.scene
        block, line = scene.block_of(move.row.id), scene.line_of(move.aim.place_id)
        if block is None or line < 0 or scene.day is None:
            return ""
        starts = block.starts
        if move.timed:
            starts = int(minute_at(move.aim.starts, scene.day))
        ghost = judged(scene, block, line, starts, self._view.now)
        return f"{wording.line_name(scene.lines[line])}: {ghost.problem}" if ghost.problem else ""

    def _ask_about_letter(self, row: RoomBookingRow) -> None:
        """The client must be told of another time: see whether there is somebody to write to."""
        appointment_id = row.appointment_id
        if appointment_id is not None:
            self._desk.ask(
                lambda view: appointments_seen(view, [appointment_id]),
                lambda rows: self._offer_letter(row, rows),
                owner=self,
            )

    def _offer_letter(self, row: RoomBookingRow, found: list[AppointmentRow]) -> None:
        if not found or found[0].client_id is None:
            return
        appointment = found[0]
        self._say(row).offer(
            _("{name} moved to {time}").format(
                name=appointment.family_name or appointment.given_name,
                time=formats.moment_of(appointment.starts),
            ),
            _known_by_letter(appointment.letter_state),
            _("Write a letter about the new time"),
            partial(self._write, row, appointment),
            self._block(row),
        )

    def _write(self, row: RoomBookingRow, appointment: AppointmentRow) -> None:
        write_letter(self._desk, self, appointment, partial(self._letter_failed, row))

    def _letter_failed(self, row: RoomBookingRow, error: Exception) -> None:
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        self._say(row).explain(_("No letter"), (describe(error),), self._block(row))

    def _say(self, row: RoomBookingRow) -> BlockMessage:
        """The message, over the whole window: a dock is too narrow for it."""
        self._notice_row = row
        window: QWidget = self._view.window()
        notice = self.notice
        if notice is None or notice.parentWidget() is not window:
            if notice is not None:
                notice.deleteLater()
            notice = self._notice = BlockMessage(window)
            notice.closed.connect(self._view.setFocus)
            QWidget.setTabOrder(self._view, notice)
        return notice

    def _block(self, row: RoomBookingRow) -> QRect:
        """Where a booking lies in the window; the middle of the timeline if it is not shown."""
        view = self._view
        block = view.row_rect(row.id)
        if block.isNull() and row.appointment_id is not None:
            now = view.scene.of_appointment(row.appointment_id)
            block = view.block_rect(now) if now is not None else block
        seen = view.viewport().rect()
        if not block.intersects(seen):
            block = QRect(seen.center(), seen.center())
        return block.translated(view.viewport().mapTo(view.window(), QPoint(0, 0)))

    def _place_notice(self) -> None:
        notice = self.notice
        if notice is not None and notice.isVisible() and self._notice_row is not None:
            notice.follow(self._block(self._notice_row))

    def _on_changed(self, changes: ChangeSet) -> None:
        """What this window did or took back since; others may write while a reason is typed."""
        if self.notice is not None and changes.own and changes.concerns(*_OVERTAKING):
            self.notice.overtake()

    def _on_view_gone(self) -> None:
        if self._notice is not None and isValid(self._notice):
            self._notice.deleteLater()


def _known_by_letter(state: LetterState | None) -> str:
    """How the client knows the former time."""
    if state in PAPER:
        return _("The client holds a letter with the former time.")
    if state in UNPRINTED:
        return _("The letter in the outbox still names the former time.")
    return _("The client still expects the former time.")
