"""Mein Tag: the call worklist, worked with the keyboard alone."""

from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.vocabulary import Channel, Outcome
from koba_desktop.gui.clients.actions import ClientActions
from koba_desktop.gui.clients.lines import Key, Line, SectionKey, day_sections, filtered, following
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.myday import wording
from koba_desktop.gui.myday.actions import DayActions
from koba_desktop.gui.myday.dossier import Subject
from koba_desktop.gui.myday.flow import CallFlow, Step
from koba_desktop.gui.myday.layout import MyDayLayout
from koba_desktop.gui.myday.notes import NoteLine
from koba_desktop.gui.myday.pressing import take_key
from koba_desktop.gui.myday.steps import Choice, missed_step, reminder_step, talk_step
from koba_desktop.gui.refusals import show_refusal
from koba_desktop.i18n import _
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.contacts.worklist import Worklist, worklist
from koba_desktop.services.slots.finding import Slot

_TOPICS = (Topic.CLIENTS, Topic.CONTACTS, Topic.APPOINTMENTS, Topic.LETTERS)


class MyDayPanel(QWidget):
    """↓ next client, Enter dials, one key records the outcome; when the ladder is exhausted the
    letter is already offered and Enter accepts it.

    Single keys work only while the focus is in this panel and not in a field; they can be
    switched off.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("my_day_panel")
        self.setAccessibleName(_("My day"))
        self._desk = desk
        self._worklist = Worklist(())
        self._stale = True
        self._after: Key | None = None

        self.flow = CallFlow(desk, self)
        self.parts = MyDayLayout(self, desk)
        self.work, self.caller = self.parts.work, self.parts.caller
        self.offer, self.step, self.side = self.parts.offer, self.parts.step, self.parts.side
        self.notes = NoteLine(self.caller.note, self.flow, desk)
        self.actions_ = ClientActions(desk, self)
        self.acts = DayActions(self)
        self._connect()
        self.caller.show_keys(self.acts.single_keys)
        self._show_step()
        self._show_dossier()

    def _connect(self) -> None:
        desk, flow, acts = self._desk, self.flow, self.acts
        acts.next.triggered.connect(self._skip)
        acts.call.triggered.connect(lambda: flow.dial())
        acts.letter.triggered.connect(flow.offer_letter)
        acts.call_list.triggered.connect(self._print_calls)
        acts.keys.toggled.connect(self.caller.show_keys)
        desk.changed.connect(self._on_changed)
        desk.tick.connect(self._on_tick)
        desk.actor_changed.connect(self._on_actor_changed)
        desk.call_requested.connect(self.show_client)
        desk.proposal_requested.connect(lambda client: self.show_client(client, offer=True))
        desk.client_selected.connect(self._on_client_selected)
        flow.dossier_changed.connect(self._show_dossier)
        flow.step_changed.connect(self._show_step)
        flow.dialled_changed.connect(self._show_dialled)
        flow.recorded.connect(self.caller.show_outcome)
        flow.finished.connect(self._go_on)
        flow.refused.connect(self._show_refusal)
        self.work.chosen.connect(self._on_chosen)
        self.work.opened.connect(lambda line: self.press_enter())
        self.work.double_clicked.connect(
            lambda line: desk.edit_client_requested.emit(line.item.client_id)
        )
        self.work.menu_wanted.connect(self._show_menu)
        self.parts.filter.textChanged.connect(self._show_lines)
        self.parts.filter.returnPressed.connect(self._leave_filter)
        self.parts.skip.clicked.connect(self._skip)
        self.caller.outcome_pressed.connect(self.record)
        self.caller.dial_pressed.connect(flow.dial)
        self.caller.file_pressed.connect(self.actions_.edit.trigger)
        self.caller.note_entered.connect(self._on_note_entered)
        self.offer.accepted.connect(self._accept)
        self.offer.declined.connect(flow.leave)
        self.offer.other_time.connect(self.side.choose_time)
        self.offer.slot_changed.connect(self.side.mark_slot)
        self.side.slot_highlighted.connect(self.offer.choose)
        self.side.slot_taken.connect(self._take_slot)
        self.side.left.connect(self._focus_step)
        self.actions_.callback_wanted.connect(self.parts.open_callback)
        self.actions_.returned_wanted.connect(self.parts.open_returned)
        self.parts.sheet_closed.connect(self._focus_step)

    def commands(self) -> list[QAction]:
        """For the command palette and the tool bar."""
        return self.acts.all()

    def tools(self) -> list[list[QAction]]:
        """For the window's tool bar."""
        return [[action] for action in self.acts.all()[:4]]

    def prints(self) -> list[QAction]:
        """For the menu of what can be printed."""
        return [self.acts.call_list]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the list, or to what the call in hand asks for next."""
        self._focus_step()

    # --- asking -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.notes.store()

    def _on_changed(self, changes: ChangeSet) -> None:
        if changes.concerns(*_TOPICS):
            self._on_tick()

    def _on_tick(self) -> None:
        if self.isVisible():
            self._refresh()
        else:
            self._stale = True

    def _on_actor_changed(self) -> None:
        self.flow.begin(None)
        self._worklist = Worklist(())
        self._show_lines()

    def _refresh(self) -> None:
        self._stale = False
        office_id, advisor_id = self._desk.actor.office_id, self._desk.actor.staff_id
        self._desk.ask(
            lambda view: worklist(view, office_id, advisor_id), self._take_worklist, self, "list"
        )
        self.flow.refresh()

    def _take_worklist(self, answer: Worklist) -> None:
        self._worklist = answer
        self._show_lines()
        if self.flow.subject is None:
            first = following(self.work.work.sections, None)
            if first is not None:
                self._turn_to(first)

    def _show_lines(self) -> None:
        sections = filtered(
            day_sections(self._worklist, self._desk.today()), self.parts.filter.text()
        )
        self.parts.delegate.measure(sections)
        self.work.show_sections(sections)
        if self.flow.subject is not None and self.work.current_line() is None:
            self.work.go_to(self.flow.subject.key)
        self._show_following()

    # --- choosing ---------------------------------------------------------------------------------

    def _on_chosen(self, line: Line) -> None:
        subject = Subject.of(line.item)
        if subject != self.flow.subject:
            self._begin(subject)

    def _begin(self, subject: Subject | None, *, offer: bool = False) -> None:
        self.notes.keep()
        self.parts.message.clear()
        self.parts.close_sheets()
        self._after = None
        self.flow.begin(subject, offer=offer)
        self.notes.turn_to(subject)
        self.actions_.point_at(subject.client_id if subject is not None else None)
        self._show_following()
        if subject is not None:
            self._desk.client_selected.emit(subject.client_id)
            if subject.appointment_id is not None:
                self._desk.appointment_selected.emit(subject.appointment_id)

    def _turn_to(self, line: Line) -> None:
        self.work.go_to(line.key)
        self._begin(Subject.of(line.item))

    def show_client(self, client_id: UUID, offer: bool = False) -> None:
        """Turn to a client from elsewhere; with ``offer`` propose a letter at once."""
        index = self.work.work.index_of_client(client_id)
        line = self.work.work.line_at(index)
        subject = Subject.of(line.item) if line is not None else Subject(client_id)
        self.work.go_to_client(client_id)
        if subject != self.flow.subject or self.flow.step is not Step.CALL:
            self._begin(subject, offer=offer)
        elif offer:
            self.flow.offer_letter()
        self.work.setFocus()

    def carry_on(self, draft: Draft) -> None:
        """Show the note again that was being typed when something interrupted it."""
        assert draft.subject_id is not None
        self.notes.take(draft)
        self.show_client(draft.subject_id)
        self.caller.note.setFocus()

    def _on_client_selected(self, client_id: UUID | None) -> None:
        here = self.flow.subject
        if client_id is None or (here is not None and here.client_id == client_id):
            return
        if not self.flow.engaged:
            line = self.work.work.line_at(self.work.work.index_of_client(client_id))
            self.work.go_to_client(client_id)
            self.notes.keep()
            subject = Subject.of(line.item) if line is not None else Subject(client_id)
            self.flow.begin(subject)
            self.notes.turn_to(subject)
            self.actions_.point_at(client_id)
            self._show_following()

    def _next_line(self) -> Line | None:
        if self._after is not None:
            line = self.work.work.line_at(self.work.work.index_of(self._after))
            if line is not None:
                return line
        subject = self.flow.subject
        key = subject.key if subject is not None else None
        return following(self.work.work.sections, key)

    def _go_on(self) -> None:
        """The call in hand is done: the next client, focus on the list."""
        self.notes.flush()
        following = self._next_line()
        self.work.setFocus()
        if following is not None:
            self._turn_to(following)
        else:
            self.work.go_to_client(None)
            self._begin(None)

    def _skip(self) -> None:
        following = self._next_line()
        if following is not None and not self.flow.busy:
            self.work.setFocus()
            self._turn_to(following)

    # --- showing ----------------------------------------------------------------------------------

    def _show_dossier(self) -> None:
        found = self.flow.dossier
        self.parts.show_middle(self.flow.subject is not None, self._empty_text())
        self.acts.show_client(found is not None)
        if found is None:
            return
        self.caller.show_dossier(found, wording.reason(found.offer))
        self._show_dialled()
        self.side.show_dossier(found)
        good = self.flow.good_phones()
        self.actions_.point_at(found.card.client.id, good[0].typed if good else "")
        if self.flow.step is Step.OFFER and found.offer is not None:
            self.offer.show_offer(found.offer, self._desk.today(), self.flow.again())

    def _empty_text(self) -> str:
        again = self.work.work.section_index(SectionKey.DUE_AGAIN)
        return wording.nobody(self.work.work.sections[again.row()].lines if again.isValid() else ())

    def _show_dialled(self) -> None:
        dialled = self.flow.dialled
        if dialled is None:
            self.caller.show_dialled(None, None)
        else:
            self.caller.show_dialled(dialled[0].id, dialled[1])

    def _show_step(self) -> None:
        flow = self.flow
        found = flow.dossier
        if flow.step is Step.OFFER and found is not None and found.offer is not None:
            self.offer.show_offer(found.offer, self._desk.today(), flow.again())
        elif flow.step is not Step.CALL:
            self.step.show_step(*self._step_shown())
        self.parts.show_card(flow.step)
        if flow.step is not Step.CALL:
            self._focus_step()

    def _step_shown(self) -> tuple[str, str, str, tuple[Choice, ...]]:
        flow = self.flow
        if flow.step is Step.MISSED:
            return missed_step(flow)
        if flow.step is Step.REMINDER:
            return reminder_step(flow, lambda: self.record(Outcome.REACHED))
        actions = self.actions_
        return talk_step(flow, self._desk.now(), actions.appointment.trigger, actions.note.trigger)

    def _show_following(self) -> None:
        self.parts.show_following(self._next_line(), self._desk.today())

    def _show_refusal(self, error: Exception) -> None:
        if not isinstance(error, OfficeError):
            self._desk.problem.emit(error)
        elif self.flow.step is Step.OFFER:
            show_refusal(self._desk, self.offer.message, error)
        elif self.flow.step is Step.CALL:
            show_refusal(self._desk, self.parts.message, error)
        else:
            show_refusal(self._desk, self.step.message, error)

    # --- acting -----------------------------------------------------------------------------------

    def record(self, outcome: Outcome) -> None:
        """One key, one outcome; what stands in the note line goes along."""
        self.parts.message.clear()
        following = self._next_line()
        if self.flow.record(outcome, self.notes.text()):
            self._after = following.key if following is not None else None
            self.notes.sent()
            if not self.work.hasFocus():
                self.work.setFocus()

    def _accept(self) -> None:
        slot = self.offer.slot
        if slot is None:
            return
        reason = self.offer.early_reason()
        if self.offer.early and reason is None:
            self.offer.ask_for_reason()
            return
        self.flow.accept(slot, reason)

    def _take_slot(self, slot: Slot | None) -> None:
        found = self.flow.dossier
        if found is None or found.offer is None:
            return
        if slot is None:
            self._desk.edit_appointment_requested.emit(
                AppointmentRequest(
                    client_id=found.card.client.id,
                    advisor_id=found.offer.advisor_id,
                    minutes=found.offer.minutes,
                    channel=Channel.TELEPHONE,
                    task_id=found.task_id,
                )
            )
            return
        if self.flow.step is not Step.OFFER:
            self.flow.offer_letter()
        self.offer.choose(slot)
        self._focus_step()

    def _focus_step(self) -> None:
        if self.flow.step is Step.OFFER:
            if self.offer.early and self.offer.early_reason() is None:
                self.offer.reason.setFocus()
            else:
                self.offer.accept.setFocus()
        elif self.flow.step is Step.CALL:
            self.work.setFocus()
        else:
            self.step.focus_first()

    def _show_menu(self, line: Line, at: QPoint) -> None:
        self.actions_.point_at(line.item.client_id, line.item.phone)
        self.actions_.show_menu(at, self)

    def _print_calls(self) -> None:
        from koba_desktop.gui.myday.call_list import open_call_list

        open_call_list(self._desk, self.window())

    def _on_note_entered(self) -> None:
        self.notes.flush()
        self._focus_step()

    # --- keys -------------------------------------------------------------------------------------

    def _leave_filter(self) -> None:
        self.work.setFocus()
        lines = self.work.open_lines()
        if lines and self.work.current_line() is None:
            self._turn_to(lines[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys nobody inside the panel has used: outcomes, digits, Enter, Esc, arrows."""
        if take_key(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def go(self, by: int) -> None:
        """To the person ``by`` lines below (or above), focus on the list.

        Down from a card goes to the one announced below it: with the outcome saved, the person of
        the card may have moved in the list.
        """
        if by > 0 and self._after is not None:
            self._skip()
            return
        line = self.work.step(by)
        if line is not None and not self.flow.busy:
            self.work.setFocus()
            self._turn_to(line)

    def press_enter(self) -> None:
        """Do what the call in hand asks for next: dial, lay the letter, go on."""
        if self.flow.busy:
            return
        if self.flow.step is Step.OFFER:
            self._accept()
        elif self.flow.step is Step.CALL:
            self.flow.dial()
        else:
            self.step.press(_("Enter"))

    def press_escape(self) -> None:
        """Out of a field, or no to what is offered."""
        if self.caller.note.hasFocus() or self.parts.filter.hasFocus():
            self._focus_step()
        elif self.flow.step in (Step.OFFER, Step.MISSED):
            self.flow.leave()
        else:
            self.work.setFocus()
