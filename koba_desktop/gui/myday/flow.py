"""The calling loop: dial, one outcome, perhaps a letter, on to the next. No widgets."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.clock import day_of, whole_minutes
from koba_desktop.domain.entities.clients import ClientPhone
from koba_desktop.domain.vocabulary import AppointmentState, Outcome, ReasonCode
from koba_desktop.gui.clients import texts
from koba_desktop.gui.clients.dialling import dial
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.myday.dossier import Dossier, Subject, dossier
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import moment_of, time_of
from koba_desktop.i18n.words import word
from koba_desktop.services.appointments.detail import appointments_seen
from koba_desktop.services.commands import (
    NoteAttempt,
    ProposeByLetter,
    RecordAttempt,
    SetAppointmentState,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.slots.finding import Slot

NOT_REACHED = frozenset({Outcome.NO_ANSWER, Outcome.BUSY, Outcome.MAILBOX, Outcome.WRONG_NUMBER})
WAITING = frozenset(
    {AppointmentState.PROPOSED, AppointmentState.CONFIRMED, AppointmentState.ARRIVED}
)


class Step(StrEnum):
    """Where the call in hand stands."""

    CALL = "call"
    OFFER = "offer"  # the letter is offered, also before the ladder is exhausted
    TALK = "talk"  # reached: the talk is under way or just over
    REMINDER = "reminder"  # somebody else answered
    MISSED = "missed"  # an appointment was due and nobody answered


class CallFlow(QObject):
    """One client at a time. Results come as signals; commands carry their own undo."""

    dossier_changed = Signal()
    step_changed = Signal()
    dialled_changed = Signal()
    recorded = Signal(object)  # Outcome, or None: nothing recorded for this client yet
    finished = Signal()  # on to the next
    refused = Signal(object)  # Exception
    note_saved = Signal(object)  # UUID of the client a note was given along for
    note_refused = Signal(object)  # UUID of a client: neither call nor note was saved

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.subject: Subject | None = None
        self.dossier: Dossier | None = None
        self.step = Step.CALL
        self.dialled: tuple[ClientPhone, datetime] | None = None
        self.attempt_id: UUID | None = None
        self.busy = False
        self._offer_wanted = False
        self._noted = False

    # --- whom -------------------------------------------------------------------------------------

    def begin(self, subject: Subject | None, *, offer: bool = False) -> None:
        """Turn to a client (None: to nobody); with ``offer`` propose a letter at once."""
        if self._offer_wanted:
            self.busy = False  # what was waited for concerned somebody else
        self.subject = subject
        self.dossier = None
        self.dialled = None
        self.attempt_id = None
        self._noted = False
        self._offer_wanted = offer
        self._go(Step.CALL)
        self.recorded.emit(None)
        self.dialled_changed.emit()
        self.dossier_changed.emit()
        self.refresh()

    def refresh(self) -> None:
        """Read the client anew; where the call stands stays as it is."""
        subject = self.subject
        if subject is not None:
            self._desk.ask(
                lambda view: dossier(view, subject),
                self._take_dossier,
                self,
                "dossier",
                self._on_not_read,
            )

    def _on_not_read(self, error: Exception) -> None:
        if self._offer_wanted:
            self._offer_wanted = self.busy = False
        self.refused.emit(error)

    def _take_dossier(self, answer: Dossier) -> None:
        if answer.subject != self.subject:
            return
        self.dossier = answer
        undone = (
            self.step is Step.OFFER
            and self.attempt_id is not None
            and answer.offer is not None
            and not answer.offer.exhausted
        )
        if undone:
            self.attempt_id = None
            self._noted = False
            self.recorded.emit(None)
            self._go(Step.CALL)
        self.dossier_changed.emit()
        if self._offer_wanted:
            self._offer_wanted = False
            self.busy = False
            if answer.offer is not None:
                self._go(Step.OFFER)
            elif answer.no_offer is not None:
                self.refused.emit(answer.no_offer)

    def _go(self, step: Step) -> None:
        self.step = step
        self.step_changed.emit()

    @property
    def engaged(self) -> bool:
        """A call is under way or waits for a decision: nobody may put another client here."""
        return (
            self.busy
            or self.step is not Step.CALL
            or (self.dialled is not None and not self._noted)
        )

    @property
    def name(self) -> str:
        """ "Frau Kuhn" """
        if self.dossier is None:
            return ""
        row = self.dossier.card.client
        return texts.short_name(row.salutation, row.given_name, row.family_name)

    # --- calling ----------------------------------------------------------------------------------

    def phone_at(self, number: int) -> ClientPhone | None:
        """The number behind a digit key (1 …), if it is good."""
        phones = self.dossier.card.phones if self.dossier is not None else ()
        if not 1 <= number <= len(phones) or phones[number - 1].bad_since is not None:
            return None
        return phones[number - 1]

    def good_phones(self) -> list[ClientPhone]:
        phones = self.dossier.card.phones if self.dossier is not None else ()
        return [entry for entry in phones if entry.bad_since is None]

    def dial(self, entry: ClientPhone | None = None) -> None:
        """Dial a number (default: the first good one) and remember it with the time."""
        good = self.good_phones()
        chosen = entry or (good[0] if good else None)
        if chosen is None or self.busy:
            return
        self.dialled = (chosen, self._desk.now())
        self._noted = False
        if self.step is not Step.CALL:
            self._go(Step.CALL)
        self.recorded.emit(None)
        self.dialled_changed.emit()
        dial(self._desk, chosen.typed)

    def record(self, outcome: Outcome, note: str) -> bool:
        """Record what came of the call; False where there is nothing to record now."""
        found = self.dossier
        if self.busy or found is None or self.step not in (Step.CALL, Step.REMINDER):
            return False
        good = self.good_phones()
        entry = self.dialled[0] if self.dialled is not None else good[0] if good else None
        now = self._desk.now()
        minutes = None
        if outcome is Outcome.REACHED and self.dialled is not None:
            minutes = whole_minutes(now - self.dialled[1]) or None
        self.busy = True
        kind = texts.phone_kind(entry) if entry is not None else ""
        what = _("{who}, {time} – {outcome}").format(
            who=", ".join(part for part in (self.name, kind) if part),
            time=time_of(now),
            outcome=word(outcome),
        )
        self._desk.execute(
            RecordAttempt(
                client_id=found.card.client.id,
                outcome=outcome,
                task_id=found.task_id,
                phone=entry.typed if entry is not None else "",
                phone_id=entry.id if entry is not None else None,
                minutes=minutes,
                note=note,
            ),
            self,
            done=lambda receipt: self._on_recorded(found.subject, outcome, receipt),
            failed=lambda error: self._on_not_recorded(found.subject, error),
            message=_("Saved: {what}.").format(what=what),
            kept=what,
        )
        return True

    def _on_recorded(self, subject: Subject, outcome: Outcome, receipt: Receipt) -> None:
        self.busy = False
        self.note_saved.emit(subject.client_id)
        if subject != self.subject or self.dossier is None:
            return
        attempt_id = receipt.result.get("attempt_id")
        self.attempt_id = UUID(str(attempt_id)) if attempt_id is not None else None
        self._noted = True
        self.recorded.emit(outcome)
        appointment = self.dossier.appointment
        due = appointment is not None and appointment.state in WAITING
        if outcome is Outcome.REACHED:
            if due:
                self._set_state(AppointmentState.IN_PROGRESS)
            self._go(Step.TALK)
        elif outcome is Outcome.THIRD_PERSON:
            self._go(Step.REMINDER)
        elif receipt.result.get("exhausted"):
            self.busy = self._offer_wanted = True
            self.refresh()
        elif due and outcome in NOT_REACHED:
            self._go(Step.MISSED)
        elif outcome is Outcome.WRONG_NUMBER and len(self.good_phones()) > 1:
            self._go(Step.CALL)
            self.refresh()
        else:
            self.finished.emit()

    def note(self, text: str) -> None:
        """Add a note to the attempt just recorded."""
        subject = self.subject
        if self.attempt_id is not None and subject is not None and text:
            self._desk.execute(
                NoteAttempt(attempt_id=self.attempt_id, text=text),
                self,
                done=lambda _receipt: self.note_saved.emit(subject.client_id),
                failed=lambda error: self._on_not_recorded(subject, error),
                message=_("Saved: note on the call with {name}.").format(name=self.name),
                kept=_("Note on the call with {name}").format(name=self.name),
            )

    # --- the letter -------------------------------------------------------------------------------

    def offer_letter(self) -> None:
        """Offer the letter now, before the ladder is exhausted."""
        if self.subject is not None and not self.busy:
            self._offer_wanted = True
            self.refresh()

    def accept(self, slot: Slot, reason: ReasonCode | None) -> None:
        """Book the time and lay the letter in the outbox."""
        found = self.dossier
        if self.busy or found is None or found.offer is None:
            return
        offer = found.offer
        self.busy = True
        self._desk.execute(
            ProposeByLetter(
                client_id=found.card.client.id,
                advisor_id=slot.advisor_id,
                kind_id=offer.kind_id,
                starts=slot.starts,
                minutes=offer.minutes,
                phone=offer.phone,
                task_id=found.task_id,
                early_reason=None if offer.exhausted else reason,
            ),
            self,
            done=self._on_done,
            failed=self._on_refused,
            message=_("In the outbox: letter to {name} for {when}.").format(
                name=self.name, when=moment_of(slot.starts)
            ),
        )

    def leave(self) -> None:
        """No letter, no further step: on to the next."""
        if not self.busy:
            self.finished.emit()

    def again(self) -> datetime | None:
        """When the client comes back onto the list without a letter."""
        task = self.dossier.card.open_task if self.dossier is not None else None
        if task is None or task.due <= self._desk.now():
            return None
        return task.due

    # --- an appointment held by telephone ---------------------------------------------------------

    def keep(self) -> None:
        """The talk is over: the appointment, if there was one, was kept."""
        if self.dossier is not None and self.dossier.appointment is not None:
            self._set_state(AppointmentState.KEPT, self._on_done)
        else:
            self.leave()

    def miss(self) -> None:
        """The appointment was missed; the client comes onto the call list."""
        self._set_state(AppointmentState.MISSED, self._on_done)

    def _set_state(
        self, state: AppointmentState, done: Callable[[Receipt], None] | None = None
    ) -> None:
        """Set the state on the version as it stands after what this call has written itself."""
        appointment = self.dossier.appointment if self.dossier is not None else None
        if appointment is None or self.busy:
            return
        self.busy = True
        name = self.name
        started_today = day_of(appointment.starts) == self._desk.today()

        def carry_out(found: list[int]) -> None:
            self._desk.execute(
                SetAppointmentState(
                    appointment_id=appointment.id,
                    version=found[0] if found else appointment.version,
                    state=state,
                ),
                self,
                done=done or self._on_started,
                failed=self._on_refused,
                message=_("Appointment {name}, {time}: {state}.").format(
                    name=name,
                    time=time_of(appointment.starts)
                    if started_today
                    else moment_of(appointment.starts),
                    state=word(state),
                ),
            )

        self._desk.ask(
            lambda view: [row.version for row in appointments_seen(view, [appointment.id])],
            carry_out,
            self,
            "version",
            self._on_refused,
        )

    def _on_started(self, receipt: Receipt) -> None:
        self.busy = False

    def _on_done(self, receipt: Receipt) -> None:
        self.busy = False
        self.finished.emit()

    def _on_not_recorded(self, subject: Subject, error: Exception) -> None:
        self.note_refused.emit(subject.client_id)
        self._on_refused(error)

    def _on_refused(self, error: Exception) -> None:
        self.busy = False
        self.refused.emit(error)
        self.refresh()
