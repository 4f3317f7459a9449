"""Mein Tag: from the list to the letter by keyboard, on a real small office."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QDesktopServices

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.clients import ClientPhone
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.errors import Problem, Refused, Unavailable
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    CallResult,
    LetterState,
    Outcome,
    PhoneKind,
    ReasonCode,
    Salutation,
)
from koba_desktop.gui.myday import flow as flow_module
from koba_desktop.gui.myday.actions import SINGLE_KEYS
from koba_desktop.gui.myday.flow import Step
from koba_desktop.gui.myday.panel import MyDayPanel
from koba_desktop.services.commands import RecordAttempt
from koba_desktop.services.ids import new_id
from tests.gui.small_desk import Hands, small_desk
from tests.unit.service_office import at

KEYS = Qt.Key


@dataclass
class Day(Hands):
    """The panel over a real office, and what a person does with it."""

    panel: MyDayPanel

    def press(self, *keys: Qt.Key) -> None:
        self.press_in(self.panel, *keys)

    def idle(self) -> bool:
        return super().idle() and not self.panel.flow.busy

    def show(self) -> None:
        self.look_at(self.panel)
        self.panel.work.setFocus()

    @property
    def name(self) -> str:
        found = self.panel.flow.dossier
        return found.card.client.family_name if found is not None else ""


@pytest.fixture
def day(tmp_path: Path, qtbot: Any) -> Iterator[Day]:
    """Thursday, 1 April 2021, 09:12 in Halberstadt; nothing is dialled."""
    QSettings().remove(SINGLE_KEYS)
    with small_desk(tmp_path) as (office, desk):
        panel = MyDayPanel(desk)
        qtbot.addWidget(panel)
        panel.resize(1318, 600)
        yield Day(office, desk, qtbot, panel)


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    links: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: links.append(url.toString()) or True
    )
    return links


def tried_before(day: Day, client: Any = None) -> Any:
    """A task with one attempt two days ago: the next one exhausts the ladder."""
    office = day.office
    now = office.clock.now()
    office.clock.advance(days=-2)
    task_id = office.task(client)
    office.attempt(task_id)
    office.clock.set(now)
    return task_id


def test_two_keys_lead_from_not_reached_to_the_letter_in_the_outbox(day: Day) -> None:
    task_id = tried_before(day)
    day.show()
    assert day.name == "Kuhn"

    day.press(KEYS.Key_N)
    assert day.panel.flow.step is Step.OFFER
    assert day.panel.offer.accept.hasFocus()
    assert day.panel.offer.slot is not None
    assert day.panel.offer.slot.starts >= at(13, 0)
    day.press(KEYS.Key_Return)

    letter = day.office.one(Letter)
    assert letter.state is LetterState.PENDING
    assert day.office.one(CallTask, id=task_id).result is CallResult.LETTER
    outcomes = [attempt.outcome for attempt in day.office.all(ContactAttempt)]
    assert outcomes == [Outcome.NO_ANSWER, Outcome.NO_ANSWER]


def test_enter_dials_and_the_number_is_noted_with_the_attempt(day: Day, dialled: list[str]) -> None:
    task_id = day.office.task()
    day.show()
    day.press(KEYS.Key_Return)
    assert dialled == ["tel:+4917604069118"]
    day.office.clock.advance(minutes=12)
    day.press(KEYS.Key_E)
    attempt = day.office.one(ContactAttempt)
    assert (attempt.phone_id, attempt.minutes) == (day.office.kuhn_phone.id, 12)
    assert day.office.one(CallTask, id=task_id).result is CallResult.REACHED
    assert day.panel.flow.step is Step.TALK


def test_digit_dials_the_second_number(day: Day, dialled: list[str]) -> None:
    second = ClientPhone(
        id=new_id(),
        client_id=day.office.kuhn.id,
        typed="03941 1274",
        kind=PhoneKind.PRIVATE,
        position=1,
    )
    day.office.put(second)
    day.office.task()
    day.show()
    day.press(KEYS.Key_2, KEYS.Key_B)
    assert dialled == ["tel:+4939411274"]
    assert day.office.one(ContactAttempt).phone_id == second.id


def test_a_demo_dials_nothing_and_says_so(day: Day, dialled: list[str]) -> None:
    object.__setattr__(day.desk.book, "demo", True)
    told: list[str] = []
    day.desk.message.connect(lambda text, undo: told.append(text))
    day.office.task()
    day.show()
    day.press(KEYS.Key_Return)
    assert dialled == []
    assert "0176 04069118" in told[0]


def test_first_attempt_goes_on_to_the_next_client_and_comes_back_by_itself(day: Day) -> None:
    day.office.task()
    later = day.office.task(day.office.hartwig)
    day.show()
    first = day.name
    day.press(KEYS.Key_N)
    assert day.panel.flow.step is Step.CALL
    assert {first, day.name} == {"Kuhn", "Hartwig"}
    assert day.panel.work.hasFocus()

    day.office.clock.advance(hours=3)
    day.desk.tick.emit()
    day.settle()
    names = [line.name for line in day.panel.work.open_lines() if line.item.attempts == 1]
    assert len(names) == 1
    assert names[0].startswith(first)
    assert day.office.one(CallTask, id=later) is not None


def test_undo_takes_the_offer_back(day: Day) -> None:
    tried_before(day)
    day.show()
    day.press(KEYS.Key_N)
    assert day.panel.flow.step is Step.OFFER
    day.desk.undo()
    day.settle()
    assert day.panel.flow.step is Step.CALL
    assert len(day.office.all(ContactAttempt, withdrawn_at=None)) == 1


def test_right_arrow_takes_the_next_free_time(day: Day) -> None:
    tried_before(day)
    day.show()
    day.press(KEYS.Key_N)
    offered = day.panel.offer.slot
    day.press(KEYS.Key_Right)
    following = day.panel.offer.slot
    assert offered is not None
    assert following is not None
    assert following.starts > offered.starts
    day.press(KEYS.Key_Return)
    assert day.office.one(Appointment).starts == following.starts


def test_another_time_is_chosen_from_the_list_of_free_times(day: Day) -> None:
    tried_before(day)
    day.show()
    day.press(KEYS.Key_N, KEYS.Key_Z)
    assert day.panel.side.slots.hasFocus()
    day.press(KEYS.Key_Down, KEYS.Key_Down, KEYS.Key_Return)
    found = day.panel.flow.dossier
    assert found is not None
    assert found.offer is not None
    assert day.panel.offer.slot == found.offer.slots[2]
    assert day.panel.offer.accept.hasFocus()


def test_escape_writes_no_letter_and_goes_on(day: Day) -> None:
    tried_before(day)
    other = day.office.task(day.office.hartwig)
    day.show()
    assert day.name == "Kuhn"
    day.press(KEYS.Key_N, KEYS.Key_Escape)
    assert day.office.all(Letter) == []
    found = day.panel.flow.dossier
    assert found is not None
    assert found.task_id == other


def test_an_early_letter_needs_a_reason(day: Day) -> None:
    day.office.task()
    day.show()
    day.panel.acts.letter.trigger()
    day.settle()
    assert day.panel.flow.step is Step.OFFER
    assert day.panel.offer.early
    day.panel.offer.accept.click()
    day.settle()
    assert day.office.all(Letter) == []
    assert day.panel.offer.message.isVisible()
    reason = day.panel.offer.reason
    reason.setCurrentIndex(reason.findData(ReasonCode.CLIENT_ASKED))
    day.panel.offer.accept.click()
    day.settle()
    assert day.office.one(Letter).state is LetterState.PENDING


def test_letters_typed_into_the_note_are_no_outcomes_and_go_with_the_attempt(day: Day) -> None:
    day.office.task()
    day.show()
    day.press(KEYS.Key_Tab)
    assert day.panel.caller.note.hasFocus()
    day.bot.keyClicks(day.panel.caller.note, "nebenan")
    assert day.office.all(ContactAttempt) == []
    day.press(KEYS.Key_Return)
    assert day.panel.work.hasFocus()
    day.press(KEYS.Key_N)
    assert day.office.one(AttemptNote).text == "nebenan"


def test_enter_in_the_filter_dials_nobody(day: Day, dialled: list[str]) -> None:
    day.office.task()
    day.office.task(day.office.hartwig)
    day.show()
    day.panel.parts.filter.setFocus()
    day.bot.keyClicks(day.panel.parts.filter, "hart")
    day.press(KEYS.Key_Return)
    assert dialled == []
    assert [line.name for line in day.panel.work.open_lines()] == ["Hartwig, Jörg"]
    assert day.panel.work.hasFocus()


def test_a_note_typed_after_the_outcome_belongs_to_that_attempt(day: Day) -> None:
    tried_before(day)
    day.show()
    day.press(KEYS.Key_N)
    day.panel.caller.note.setFocus()
    day.bot.keyClicks(day.panel.caller.note, "Mailbox voll")
    day.press(KEYS.Key_Return, KEYS.Key_Return)
    newest = max(day.office.all(ContactAttempt), key=lambda attempt: attempt.at)
    assert day.office.one(AttemptNote).attempt_id == newest.id
    assert day.office.one(Letter) is not None


def test_a_note_without_an_attempt_waits_for_the_client(day: Day) -> None:
    day.office.task()
    day.office.task(day.office.hartwig)
    day.show()
    first = day.name
    day.panel.caller.note.setText("ruft selbst an")
    day.press(KEYS.Key_Down)
    assert day.name != first
    assert day.panel.caller.note.text() == ""
    day.press(KEYS.Key_Up)
    assert day.panel.caller.note.text() == "ruft selbst an"


def test_a_note_given_along_with_a_refused_call_stands_in_the_line_again(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    day.office.task()
    day.show()
    day.panel.caller.note.setText("nebenan")
    execute = type(day.desk.services).execute

    def refuse(services: Any, command: Any, actor: Any) -> Any:
        if isinstance(command, RecordAttempt):
            raise Refused(Problem("not_entitled"))
        return execute(services, command, actor)

    monkeypatch.setattr(type(day.desk.services), "execute", refuse)
    day.press(KEYS.Key_N)
    assert day.office.all(ContactAttempt) == []
    assert day.panel.caller.note.text() == "nebenan"
    monkeypatch.undo()
    day.press(KEYS.Key_N)
    assert day.office.one(AttemptNote).text == "nebenan"
    assert day.office.all(Draft) == []


def test_single_keys_can_be_switched_off(day: Day) -> None:
    day.office.task()
    day.show()
    day.panel.acts.keys.setChecked(False)
    day.press(KEYS.Key_N)
    assert day.office.all(ContactAttempt) == []
    day.panel.caller.outcomes[Outcome.NO_ANSWER].click()
    day.settle()
    assert len(day.office.all(ContactAttempt)) == 1
    assert not MyDayPanel(day.desk).acts.single_keys


def test_third_person_shows_what_not_to_say(day: Day) -> None:
    day.office.task()
    day.show()
    day.press(KEYS.Key_D)
    assert day.panel.flow.step is Step.REMINDER
    assert "date of birth" in day.panel.step.accessibleName()
    day.press(KEYS.Key_E)
    outcomes = [attempt.outcome for attempt in day.office.all(ContactAttempt)]
    assert outcomes == [Outcome.THIRD_PERSON, Outcome.REACHED]
    assert day.panel.flow.step is Step.TALK


def test_wrong_number_is_struck_out_and_the_other_one_is_next(day: Day) -> None:
    second = ClientPhone(id=new_id(), client_id=day.office.kuhn.id, typed="03941 1274", position=1)
    day.office.put(second)
    day.office.task()
    day.show()
    day.press(KEYS.Key_F)
    assert day.name == "Kuhn"
    assert [entry.typed for entry in day.panel.flow.good_phones()] == ["03941 1274"]
    assert day.office.one(ClientPhone, id=day.office.kuhn_phone.id).bad_since is not None


def test_an_appointment_is_started_and_kept(day: Day) -> None:
    row = day.office.booked(at(1, 9, 15))
    day.show()
    assert day.name == "Kuhn"
    day.press(KEYS.Key_E)
    assert day.office.one(Appointment, id=row.id).state is AppointmentState.IN_PROGRESS
    day.office.clock.advance(minutes=20)
    day.press(KEYS.Key_Return)
    kept = day.office.one(Appointment, id=row.id)
    assert kept.state is AppointmentState.KEPT
    assert kept.finished_at - kept.started_at == timedelta(minutes=20)


def test_a_missed_appointment_comes_back_onto_the_call_list(day: Day) -> None:
    row = day.office.booked(at(1, 9, 15))
    day.show()
    day.press(KEYS.Key_N)
    assert day.panel.flow.step is Step.MISSED
    day.press(KEYS.Key_Return)
    assert day.office.one(Appointment, id=row.id).state is AppointmentState.MISSED
    assert day.office.one(CallTask).reason is CallReason.MISSED_APPOINTMENT


def test_changes_by_others_leave_focus_and_selection_alone(day: Day) -> None:
    day.office.task()
    day.show()
    day.panel.caller.note.setFocus()
    day.bot.keyClicks(day.panel.caller.note, "halb")
    day.office.task(day.office.hartwig)
    day.desk.others_wrote()
    day.settle()
    assert day.name == "Kuhn"
    assert day.panel.caller.note.hasFocus()
    assert day.panel.caller.note.text() == "halb"
    line = day.panel.work.current_line()
    assert line is not None
    assert line.name.startswith("Kuhn")
    assert len(day.panel.work.open_lines()) == 2


def test_with_nobody_to_call_the_panel_says_what_to_do(day: Day) -> None:
    day.show()
    assert day.panel.flow.subject is None
    assert "Nobody to call right now" in day.panel._empty_text()


def test_a_slot_taken_meanwhile_is_told_and_others_are_offered(day: Day) -> None:
    tried_before(day)
    day.show()
    day.press(KEYS.Key_N)
    offered = day.panel.offer.slot
    assert offered is not None
    day.office.booked(offered.starts, client_id=day.office.hartwig.id)
    day.press(KEYS.Key_Return)
    assert day.panel.flow.step is Step.OFFER
    assert day.panel.offer.message.isVisible()
    assert day.panel.offer.slot is not None
    assert day.panel.offer.slot.starts != offered.starts
    day.press(KEYS.Key_Return)
    assert day.office.one(Letter).state is LetterState.PENDING


def test_a_read_that_fails_does_not_lock_the_panel(
    day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried_before(day)
    day.show()
    real = flow_module.dossier
    failing = [True]

    def read(view: Any, subject: Any) -> Any:
        if failing:
            raise Unavailable("database_locked")
        return real(view, subject)

    monkeypatch.setattr(flow_module, "dossier", read)
    day.press(KEYS.Key_N)
    assert day.panel.parts.message.isVisible()
    failing.clear()
    day.panel.acts.letter.trigger()
    day.settle()
    assert day.panel.flow.step is Step.OFFER
    assert not day.panel.offer.early


def test_turning_to_another_client_while_the_offer_is_read_does_not_lock_the_panel(
    day: Day,
) -> None:
    tried_before(day)
    day.office.task(day.office.hartwig)
    day.show()
    day.panel.record(Outcome.NO_ANSWER)
    day.bot.waitUntil(lambda: day.panel.flow.attempt_id is not None)
    day.panel.show_client(day.office.hartwig.id)
    day.settle()
    assert day.name == "Hartwig"
    assert not day.panel.flow.busy


def test_a_client_from_elsewhere_is_shown_with_the_letter(day: Day) -> None:
    day.office.task()
    day.show()
    day.desk.proposal_requested.emit(day.office.hartwig.id)
    day.settle()
    assert day.name == "Hartwig"
    assert day.panel.flow.step is Step.OFFER


def test_the_clock_of_the_office_decides_about_the_posting_day(day: Day) -> None:
    day.office.clock.set(at(1, 14, 5))
    day.office.task()
    day.show()
    found = day.panel.flow.dossier
    assert found is not None
    assert found.offer is not None
    assert found.offer.chain.posting > day.desk.today()


def test_down_from_the_offer_goes_to_the_client_announced_below_it(day: Day) -> None:
    tried_before(day)
    day.office.attempt(day.office.task(day.office.hartwig))  # due again later, at the list's end
    weiss = day.office.client("Weiß", "Ida", "7", Salutation.FRAU)
    day.office.put(weiss)
    day.office.task(weiss)
    day.show()
    assert day.name == "Kuhn"
    day.press(KEYS.Key_N)
    assert day.panel.flow.step is Step.OFFER
    day.press(KEYS.Key_Down)
    assert day.panel.flow.step is Step.CALL
    assert day.name == "Weiß"
