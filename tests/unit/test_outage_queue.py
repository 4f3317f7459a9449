"""The file of what waits for the server."""

import os
import stat
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from koba_desktop.domain.errors import Problem, Unavailable
from koba_desktop.services.commands import NoteAttempt, SaveDraft
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.outage.queue import NEVER, KeptInput, Known
from koba_desktop.storage.input_queue import EncryptedQueue
from tests.support import KEY, TUESDAY

ACTOR = Actor(new_id(), new_id())


def note(text: str = "Rückruf am Montag") -> KeptInput:
    command = NoteAttempt(attempt_id=new_id(), text=text)
    return KeptInput(
        command_id=command.command_id,
        name="NoteAttempt",
        command=command,
        actor=ACTOR,
        happened_at=TUESDAY,
        result={"attempt_id": command.attempt_id, "exhausted": False},
        written={new_id(): 3},
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inputs.db"


def opened(path: Path, login: str = "fink", key: str = KEY) -> EncryptedQueue:
    return EncryptedQueue(path, key, login)


def test_what_was_kept_is_there_again_in_order(path: Path):
    kept = [note(str(number)) for number in range(5)]
    queue = opened(path)
    for each in kept:
        queue.append(each)
        queue.append(each)  # once more: it stays as it is
    queue.close()
    queue = opened(path)
    assert queue.all() == tuple(kept)
    queue.remove(kept[2].command_id)
    queue.sent(kept[0].command_id, Known())
    assert queue.all() == (kept[1], kept[3], kept[4])
    queue.close()


def test_what_the_server_refuses_stays_and_says_why(path: Path):
    kept, other = note(), note()
    queue = opened(path)
    queue.append(kept)
    queue.append(other)
    problems = (Problem("visitor_not_waiting"), Problem("not_today", {"day": TUESDAY.date()}))
    queue.refuse(kept.command_id, problems)
    queue.close()
    queue = opened(path)
    assert queue.all() == (replace(kept, problems=problems), other)
    (row,) = kept.written.items()
    assert queue.known().versions == {row: NEVER}
    queue.again(kept.command_id)
    assert queue.all() == (replace(kept, anew=True), other)
    queue.refuse(new_id(), problems)  # sent meanwhile by another window
    assert len(queue.all()) == 2
    queue.close()


def test_a_later_draft_takes_the_place_of_the_earlier_one(path: Path):
    first, second = note(), note()
    draft = SaveDraft(draft_id=new_id(), form="client", subject_id=None, content={"a": [1, None]})
    third = replace(note(), command=draft, command_id=draft.command_id, name="SaveDraft")
    queue = opened(path)
    queue.append(first)
    queue.append(second)
    queue.append(third, superseded=[first.command_id])
    assert queue.all() == (second, third)
    queue.close()


def test_what_was_learnt_of_rows_is_kept_until_it_is_of_no_use(path: Path):
    local, server, row = new_id(), new_id(), new_id()
    kept, other = note(), note()
    queue = opened(path)
    queue.append(kept)
    queue.append(other)
    queue.sent(kept.command_id, Known(ids={local: server}, versions={(row, 4): 6}))
    queue.learn(other.command_id, {"attempt_id": server}, {row: 9})
    queue.close()
    queue = opened(path)
    assert queue.known() == Known(ids={local: server}, versions={(row, 4): 6})
    assert queue.all() == (replace(other, result={"attempt_id": server}, written={row: 9}),)
    made = datetime.fromtimestamp((local.int >> 80) / 1000, UTC)
    queue.forget(made - timedelta(seconds=1))
    assert queue.known() == Known(ids={local: server}, versions={(row, 4): 6})
    queue.remove(other.command_id)
    queue.forget(made + timedelta(seconds=1))
    assert queue.known() == Known()
    queue.close()


def test_it_belongs_to_one_login(path: Path):
    queue = opened(path)
    kept = note()
    queue.append(kept)
    queue.close()
    with pytest.raises(Unavailable) as refused:
        opened(path, login="berger")
    assert refused.value.code == "queue_of_another"
    queue = opened(path)
    assert queue.all() == (kept,)
    queue.close()


def test_nobody_reads_it_without_the_key(path: Path):
    queue = opened(path)
    queue.append(note("Frau Kuhn hat ihre Wohnung verloren"))
    queue.close()
    for file in path.parent.iterdir():
        assert b"Wohnung" not in file.read_bytes()
    with pytest.raises(Unavailable) as refused:
        opened(path, key="6b" * 32)
    assert refused.value.code == "wrong_key"
    if sys.platform != "win32":
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600  # noqa: PTH116


def test_what_another_version_kept_is_not_thrown_away(path: Path):
    queue = opened(path)
    kept = note()
    queue.append(kept)
    queue.close()
    connection = sqlcipher.connect(str(path))
    connection.execute(f"""pragma key = "x'{KEY}'" """)
    connection.execute("update input set name = 'SendPigeon'")
    connection.commit()
    connection.close()
    queue = opened(path)
    (found,) = queue.all()
    assert found.command is None
    assert not found.waiting
    assert [problem.code for problem in found.problems] == ["input_unreadable"]
    queue.close()


def test_two_windows_of_one_person_share_it(path: Path):
    one, other = opened(path), opened(path)
    first, second = note(), note()
    one.append(first)
    other.append(second)
    assert one.all() == other.all() == (first, second)
    one.sent(first.command_id, Known())
    other.sent(first.command_id, Known())
    assert other.all() == (second,)
    one.close()
    other.close()


def test_ids_are_ids_again(path: Path):
    queue = opened(path)
    queue.append(note())
    (found,) = queue.all()
    assert isinstance(found.result["attempt_id"], UUID)
    queue.close()
