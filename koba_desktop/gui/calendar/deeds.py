"""What is done in the calendar: opening, booking, moving, pasting; and what is said about it."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QPoint, QRect

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.clock import day_of
from koba_desktop.gui.blocks.minutes import minute_of, moment_at
from koba_desktop.gui.calendar.ghost import Ghost
from koba_desktop.gui.calendar.menu import build_menu
from koba_desktop.gui.calendar.message import BlockMessage
from koba_desktop.gui.calendar.moves import Move, Mover, Refusal
from koba_desktop.gui.calendar.pages import Span, weekday_beside
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.i18n import _
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.rows import AppointmentRow

if TYPE_CHECKING:
    from koba_desktop.gui.calendar.panel import CalendarPanel

_OVERTAKING = (Topic.APPOINTMENTS, Topic.LETTERS, Topic.MODES, Topic.OFFICE)


class Deeds(QObject):
    """Carries out the wishes of the view; its answers stand at the block they are about."""

    def __init__(self, desk: Desk, panel: "CalendarPanel", notice: BlockMessage) -> None:
        super().__init__(panel)
        self._desk = desk
        self._panel = panel
        self._view = panel.view
        self.notice = notice
        self._notice_row: UUID | None = None
        self._clip: tuple[AppointmentRow, bool] | None = None  # and whether it was cut
        self.mover = Mover(desk, self)
        self._wire()

    def _wire(self) -> None:
        actions, view = self._panel.actions_, self._view
        actions.connect(actions.new, self._new_here)
        actions.connect(actions.open, self._open_current)
        actions.connect(actions.cut, lambda: self._take(cut=True))
        actions.connect(actions.copy, lambda: self._take(cut=False))
        actions.connect(actions.paste, self._paste)
        view.opened.connect(self._open)
        view.creation_requested.connect(self._create)
        view.client_dropped.connect(self._on_client_dropped)
        view.move_requested.connect(self._on_move)
        view.edge_move_requested.connect(self._on_edge_move)
        view.menu_requested.connect(self._on_menu)
        view.verticalScrollBar().valueChanged.connect(lambda _value: self.place_notice())
        view.geometry_changed.connect(self.place_notice)
        self.mover.refused.connect(self._on_refused)
        self.mover.moved.connect(self._on_moved)
        self.notice.retried.connect(self.mover.retry)
        self.notice.closed.connect(self._on_notice_closed)
        self._desk.changed.connect(self._on_changed)

    def place_notice(self) -> None:
        """Keep what is said at its block."""
        if self.notice.isVisible():
            self.notice.follow(self.block(self._notice_row))

    def block(self, appointment_id: UUID | None) -> QRect:
        """The block of an appointment in the panel's coordinates; the middle if it is away."""
        block = self._view.row_rect(appointment_id) if appointment_id else QRect()
        if block.isNull():
            block = QRect(
                self._view.viewport().rect().center(), self._view.viewport().rect().center()
            )
        offset = self._view.viewport().mapTo(self._panel, QPoint(0, 0))
        return block.translated(offset)

    def _open(self, appointment_id: UUID) -> None:
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(appointment_id=appointment_id)
        )

    def _open_current(self) -> None:
        row = self._view.current_row()
        if row is not None:
            self._open(row.id)

    def _new_here(self) -> None:
        slot = self._view.current_slot()
        row = self._view.current_row()
        starts = slot.starts if slot is not None else row.ends if row is not None else None
        advisor = self._column_advisor()
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(advisor_id=advisor, starts=starts)
        )

    def _column_advisor(self, column: int | None = None) -> UUID | None:
        """The advisor a new appointment in a column is for."""
        slot = self._view.current_slot()
        if column is None and slot is not None:
            column = slot.column
        if column is not None and self._view.scene.columns[column].advisor_id is not None:
            return self._view.scene.columns[column].advisor_id
        chosen = [a.id for a in self._panel.chooser.chosen]
        me = self._desk.member.id
        return me if me in chosen else chosen[0] if chosen else None

    def _create(self, ghost: Ghost, client_id: UUID | None = None) -> None:
        starts, _ends = ghost.times(self._view.scene.columns)
        self._desk.edit_appointment_requested.emit(
            AppointmentRequest(
                client_id=client_id,
                advisor_id=self._column_advisor(ghost.column),
                starts=starts,
                minutes=ghost.minutes,
            )
        )

    def _on_client_dropped(self, client_id: UUID, ghost: Ghost) -> None:
        self._create(ghost, client_id)

    def _on_move(self, ghost: Ghost) -> None:
        row = ghost.row
        if row is None:
            return
        starts, ends = ghost.times(self._view.scene.columns)
        advisor = ghost.advisor(self._view.scene.columns) or row.advisor_id
        self.go(row, starts, ends, advisor)

    def go(self, row: AppointmentRow, starts: datetime, ends: datetime, advisor: UUID) -> None:
        self.notice.dismiss()
        if row.state not in MOVABLE:
            self._on_refused(
                Refusal(
                    Move(row=row, starts=starts, ends=ends, advisor_id=advisor),
                    (_("Only proposed and confirmed appointments can be moved."),),
                    frozenset(),
                )
            )
        elif (starts, ends, advisor) != (row.starts, row.ends, row.advisor_id):
            self.mover.go(Move(row=row, starts=starts, ends=ends, advisor_id=advisor))

    def _on_edge_move(self, row: AppointmentRow, side: int) -> None:
        """Alt+arrow past the last day: to the next one from Monday to Friday, and show it."""
        if self._panel.span is Span.DAY:
            return
        day = weekday_beside(day_of(row.starts), side)
        starts = moment_at(day, minute_of(row.starts, day_of(row.starts)))
        self._panel.select_next = row.id
        self.go(row, starts, starts + (row.ends - row.starts), row.advisor_id)
        self._panel.go_to(day)

    def _take(self, *, cut: bool) -> None:
        row = self._view.current_row()
        if row is not None:
            self._clip = (row, cut)
            text = _("{name} cut: paste it at another time") if cut else _("{name} copied")
            self._desk.message.emit(text.format(name=row.family_name or row.kind_name), False)

    def _paste(self) -> None:
        slot = self._view.current_slot()
        if self._clip is None or slot is None:
            return
        row, cut = self._clip
        ends = slot.starts + (row.ends - row.starts)
        advisor = self._view.scene.columns[slot.column].advisor_id or row.advisor_id
        self._panel.select_next = row.id if cut else None
        if cut:
            self._clip = None
            self.go(row, slot.starts, ends, advisor)
        else:
            self.mover.book_copy(
                Move(row=row, starts=slot.starts, ends=ends, advisor_id=advisor, copy=True)
            )

    # --- what is said about it --------------------------------------------------------------------

    def _on_refused(self, refusal: Refusal) -> None:
        self._panel.refresh()
        self._notice_row = refusal.move.row.id
        self.notice.show_refusal(refusal, self.block(self._notice_row))

    def _on_moved(self, move: Move, text: str, offer: bool) -> None:
        if offer:
            self._notice_row = move.row.id
            self.notice.offer(
                text,
                _("The client holds a letter with the former time."),
                _("Write a letter about the new time"),
                partial(self.mover.write_letter, move.row),
                self.block(move.row.id),
            )

    def _on_changed(self, changes: ChangeSet) -> None:
        """What this window did or took back since; others may write while a reason is typed."""
        if changes.own and changes.concerns(*_OVERTAKING):
            self.notice.overtake()

    def _on_notice_closed(self) -> None:
        self._view.setFocus()

    def _on_menu(self, place: QPoint, row: AppointmentRow | None) -> None:
        self._panel.actions_.paste.setEnabled(self._clip is not None)
        menu = build_menu(self._desk, self._panel.actions_, row, self._panel)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
