"""Inputs are written down and read back without losing anything."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime, time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import AppointmentState, LetterKind
from koba_desktop.services.commands import (
    BookAppointment,
    Command,
    CreateCallTask,
    DiscardDraft,
    NoteAttempt,
    NoteLettersOut,
    NotePaper,
    RecordAttempt,
    SaveDraft,
    SetMode,
)
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    CallAdvisor,
    CheckVisitor,
    LeaveWaiting,
)
from koba_desktop.services.outage.coding import (
    packed,
    packed_problems,
    unpacked,
    unpacked_problems,
)
from koba_desktop.services.outage.commands import (
    QUEUEABLE,
    answer_unseen,
    command_of,
    is_queueable,
    text_of,
)

NAMED = {
    RecordAttempt,
    NoteAttempt,
    CreateCallTask,
    ArriveVisitor,
    CheckVisitor,
    CallAdvisor,
    LeaveWaiting,
    SaveDraft,
    DiscardDraft,
    NoteLettersOut,
    NotePaper,
}
TEXT = st.text(max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
INSTANTS = st.datetimes(timezones=st.just(UTC))
st.register_type_strategy(datetime, INSTANTS)


def commands() -> st.SearchStrategy[Command]:
    def of(kind: type[Command]) -> st.SearchStrategy[Command]:
        more = {"content": st.dictionaries(TEXT, JSON, max_size=4)} if kind is SaveDraft else {}
        names = {f.name: ... for f in fields(kind) if f.name not in more}
        return st.builds(kind, **more, **names)

    return st.sampled_from(sorted(QUEUEABLE)).flatmap(lambda name: of(QUEUEABLE[name]))


def test_what_may_be_queued_is_what_happened_or_was_said():
    assert set(QUEUEABLE.values()) == NAMED
    assert not any(is_queueable(kind.__new__(kind)) for kind in (BookAppointment, SetMode))


@given(commands())
def test_a_command_comes_back_as_it_was(command: Command):
    back = command_of(type(command).__name__, text_of(command))
    assert back == command
    assert [type(getattr(back, f.name)) for f in fields(command)] == [
        type(getattr(command, f.name)) for f in fields(command)
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("OpenTheSafe", "{}"),
        ("NoteAttempt", "{}"),
        ("NoteAttempt", "nonsense"),
        ("NoteAttempt", '{"attempt_id": 5, "text": "x"}'),
        ("NoteAttempt", '{"attempt_id": "no id", "text": "x"}'),
        ("NoteAttempt", '{"attempt_id": "018f0000-0000-7000-8000-000000000000", "text": 5}'),
        ("NoteAttempt", "[1, 2]"),
    ],
)
def test_a_command_of_another_version_is_none(name: str, text: str):
    assert command_of(name, text) is None


@given(commands())
def test_every_command_has_an_answer_where_its_rows_are_not_here(command: Command):
    answer = answer_unseen(command)
    assert answer
    assert unpacked(json.loads(json.dumps(packed(answer)))) == answer


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | TEXT
    | st.uuids()
    | INSTANTS
    | st.dates()
    | st.times()
    | st.sampled_from([AppointmentState.ARRIVED, LetterKind.PERSONAL]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXT, inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


@given(VALUES)
def test_results_and_params_say_what_they_are(value: object):
    assert unpacked(json.loads(json.dumps(packed(value)))) == value


def test_a_problem_comes_back_with_its_params():
    problems = (
        Problem("not_today", {"day": date(2021, 4, 1), "at": time(9)}, "appointment_id"),
        Problem("conflict", {"kind": "Visit", "changed_by": UUID(int=7), "changed_at": None}),
    )
    assert unpacked_problems(json.loads(json.dumps(packed_problems(problems)))) == problems
