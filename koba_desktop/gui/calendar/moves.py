"""Carries out what the user did in the calendar: at once on the screen, then in the database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.clock import whole_minutes
from koba_desktop.domain.errors import OfficeError, Refused, Taken
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    LetterKind,
    LetterState,
)
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.messages import describe, message
from koba_desktop.services.commands import (
    BookAppointment,
    CreateLetter,
    Override,
    Reschedule,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.letters.kinds import PAPER, UNPRINTED
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.slots.finding import SlotQuery, SlotRefusal, explain_slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An appointment as it was seen, and where it is to go. ``copy`` books another instead."""

    row: AppointmentRow
    starts: datetime
    ends: datetime
    advisor_id: UUID
    override: Override | None = None
    copy: bool = False

    def applied(self, row: AppointmentRow) -> AppointmentRow:
        return replace(row, starts=self.starts, ends=self.ends, advisor_id=self.advisor_id)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A move that was not carried out: the reasons as texts, and what would overrule them.

    ``overrides`` is empty where the database itself refuses.
    """

    move: Move
    texts: tuple[str, ...]
    overrides: frozenset[str]


def letter_goes_along(row: AppointmentRow) -> bool:
    """Whether moving changes the letter in the same step: a proposal by letter needs a new one,
    and a letter not printed yet would name the wrong time."""
    if row.letter_state is None or row.letter_state is LetterState.VOID:
        return False
    return row.state is AppointmentState.PROPOSED or row.letter_state in UNPRINTED


def letter_to_offer(row: AppointmentRow) -> bool:
    """Whether the client holds a letter with the former time and should be asked for a new one."""
    return row.state in MOVABLE and row.letter_state in PAPER and not letter_goes_along(row)


def write_letter(
    desk: Desk,
    owner: QObject,
    row: AppointmentRow,
    failed: Callable[[Exception], None] | None = None,
) -> None:
    """Tell the client by letter when the moved appointment takes place now, and how."""
    by_phone = row.channel is Channel.TELEPHONE
    desk.execute(
        CreateLetter(
            appointment_id=row.id,
            kind=LetterKind.CHANGED_TELEPHONE if by_phone else LetterKind.PERSONAL,
        ),
        owner,
        failed=failed,
        message=_("Letter to {name} in the outbox").format(name=row.family_name),
    )


class Mover(QObject):
    """One command at a time for each appointment; a later wish waits for the earlier answer."""

    pending_changed = Signal()
    refused = Signal(object)  # Refusal
    moved = Signal(object, str, bool)  # Move, what was done, whether to offer a letter

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: dict[UUID, Move] = {}  # as the screen shows it before the page says so
        self._running: set[UUID] = set()
        self._waiting: dict[UUID, Move] = {}

    @property
    def pending(self) -> frozenset[UUID]:
        return frozenset(self._shown)

    def adapt(self, rows: Iterable[AppointmentRow]) -> tuple[AppointmentRow, ...]:
        """The rows as they will be once the commands under way are through."""
        adapted = [self._shown[r.id].applied(r) if r.id in self._shown else r for r in rows]
        return tuple(sorted(adapted, key=lambda r: (r.starts, str(r.id))))

    def settle(self, rows: Iterable[AppointmentRow]) -> None:
        """A fresh page is here: what was answered is shown as it is; what waited goes on."""
        by_id = {row.id: row for row in rows}
        for key in [k for k in self._shown if k not in self._running and k not in self._waiting]:
            del self._shown[key]
        for key in [k for k in self._waiting if k not in self._running]:
            move = self._waiting.pop(key)
            if key in by_id:
                self.go(replace(move, row=by_id[key]))
            else:
                self._shown.pop(key, None)

    def go(self, move: Move) -> None:
        """Reschedule, shown at once."""
        key = move.row.id
        self._shown[key] = move
        self.pending_changed.emit()
        if key in self._running:
            self._waiting[key] = move
            return
        self._running.add(key)
        letter = letter_goes_along(move.row)
        text = _("{name} moved to {time}").format(
            name=move.row.family_name or move.row.kind_name, time=formats.moment_of(move.starts)
        )
        if letter:
            text = _("{moved}, letter in the outbox").format(moved=text)

        def done(_receipt: Receipt) -> None:
            self._running.discard(key)
            self.moved.emit(move, text, letter_to_offer(move.row))

        def failed(error: Exception) -> None:
            self._running.discard(key)
            self._shown.pop(key, None)
            self._waiting.pop(key, None)
            self.pending_changed.emit()
            self._explain(move, error)

        self._desk.execute(
            Reschedule(
                appointment_id=key,
                version=move.row.version,
                starts=move.starts,
                ends=move.ends,
                advisor_id=move.advisor_id,
                letter=letter,
                override=move.override,
            ),
            self,
            done,
            failed,
            message=text,
        )

    def book_copy(self, move: Move) -> None:
        """Another appointment of the same kind for the same client."""
        row = move.row

        def done(_receipt: Receipt) -> None:
            self.moved.emit(move, "", False)

        self._desk.execute(
            BookAppointment(
                office_id=row.office_id,
                advisor_id=move.advisor_id,
                kind_id=row.kind_id,
                channel=row.channel,
                starts=move.starts,
                ends=move.ends,
                client_id=row.client_id,
                visitor_name=row.family_name if row.client_id is None else "",
                phone=row.phone,
                urgency=row.urgency,
                override=move.override,
            ),
            self,
            done,
            lambda error: self._explain(move, error),
            message=_("{name} booked for {time}").format(
                name=row.family_name or row.kind_name, time=formats.moment_of(move.starts)
            ),
        )

    def retry(self, move: Move, override: Override) -> None:
        """The same again, overruling what stood against it."""
        again = replace(move, override=override)
        if move.copy:
            self.book_copy(again)
        else:
            self.go(again)

    def write_letter(self, row: AppointmentRow) -> None:
        """Tell the client of the new time by letter."""
        write_letter(self._desk, self, row)

    def _explain(self, move: Move, error: Exception) -> None:
        """Name every reason and the least override; what is no refusal goes to the window."""
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
            return
        if not isinstance(error, Refused) or isinstance(error, Taken):
            self.refused.emit(Refusal(move, (describe(error),), frozenset()))
            return
        row = move.row
        query = SlotQuery(
            office_id=row.office_id,
            minutes=whole_minutes(move.ends - move.starts),
            channel=row.channel,
            advisor_ids=(move.advisor_id,),
            client_id=row.client_id,
            kind_id=row.kind_id,
            urgency=row.urgency,
            by_letter=letter_goes_along(row) and not move.copy,
            ignore_appointment=None if move.copy else row.id,
        )
        plain = Refusal(move, tuple(message(p) for p in error.problems), frozenset())

        def told(refusals: tuple[SlotRefusal, ...]) -> None:
            if not refusals:
                self.refused.emit(plain)
                return
            overrides = frozenset(r.override for r in refusals if r.override is not None)
            if any(r.override is None for r in refusals):
                overrides = frozenset()
            texts = tuple(dict.fromkeys(message(r) for r in refusals))
            self.refused.emit(Refusal(move, texts, overrides))

        self._desk.ask(
            lambda view: explain_slot(view, query, move.starts),
            told,
            self,
            failed=lambda _error: self.refused.emit(plain),
        )
