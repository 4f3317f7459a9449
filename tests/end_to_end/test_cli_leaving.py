"""What commands write that names clients is noted in the audit: once, before the file, and without
a name in the reason."""

from pathlib import Path

import pytest

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.vocabulary import AuditAction, LetterState
from koba_desktop.storage.files import open_store
from tests.end_to_end.test_cli import Pc, pc
from tests.support import KEY

__all__ = ["pc"]

ADVISOR = "berater01"
OFFICE = ("--office", "Halberstadt")


def noted(pc: Pc) -> list[AuditEvent]:
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        found = reader.find(AuditEvent, action=AuditAction.EXPORT, order_by="id")
    store.close()
    return found


def login_of(pc: Pc, event: AuditEvent) -> str:
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        assert event.created_by is not None
        found = reader.get(Staff, event.created_by).login
    store.close()
    return found


@pytest.fixture(scope="module")
def reference(pc: Pc) -> str:
    """The reference of an appointment with a letter, in the office of the one who asks."""
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        [member] = reader.find(Staff, login=ADVISOR)
        letters = reader.find(Letter, office_id=member.office_id, order_by="-id")
    store.close()
    return next(
        str(letter.data["reference"])
        for letter in letters
        if letter.state not in (LetterState.HELD, LetterState.VOID)
        and letter.appointment_id is not None
        and not letter.data["address_blocked"]
    )


COMMANDS = {
    "render": ("render", "--reference", "{reference}"),
    "daylist": ("daylist", *OFFICE),
    "calllist": ("calllist", "--advisor", ADVISOR),
    "slips": ("slips", "--reference", "{reference}"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("acting", [None, ADVISOR])
def test_one_event_each(
    pc: Pc, tmp_path: Path, reference: str, command: str, acting: str | None
) -> None:
    file = tmp_path / "out.pdf"
    before = noted(pc)
    asked = [part.format(reference=reference) for part in COMMANDS[command]]
    named = ("--as", acting) if acting else ()
    answer = pc.on_office("letters", *asked, "--output", file, *named)
    assert answer.code == 0, answer.out
    assert file.exists()
    [event] = noted(pc)[len(before) :]
    assert event.object_kind == ("Letter" if command == "render" else "Office")
    assert event.object_id is not None
    if acting is None:
        assert event.created_by is None
    else:
        assert login_of(pc, event) == acting
    assert event.reason
    assert ADVISOR not in event.reason


@pytest.mark.parametrize("command", COMMANDS)
def test_who_may_not_have_it_leaves_neither_file_nor_event(
    pc: Pc, tmp_path: Path, reference: str, command: str
) -> None:
    before = noted(pc)
    asked = [part.format(reference=reference) for part in COMMANDS[command]]
    answer = pc.on_office(
        "letters", *asked, "--output", tmp_path / "out.pdf", "--as", "verwaltung01"
    )
    assert (answer.code, answer.error["code"]) == (1, "not_entitled")
    assert list(tmp_path.iterdir()) == []
    assert noted(pc) == before


def test_a_file_that_is_there_is_not_noted_as_written(pc: Pc, tmp_path: Path) -> None:
    file = tmp_path / "out.pdf"
    file.touch()
    before = noted(pc)
    answer = pc.on_office("letters", "daylist", *OFFICE, "--output", file)
    assert (answer.code, answer.error["code"]) == (1, "file_exists")
    assert noted(pc) == before


def test_plans_on_the_doors_and_blank_slips_name_nobody(pc: Pc, tmp_path: Path) -> None:
    before = noted(pc)
    for what in ("doorplan", "slips", "testpage"):
        file = tmp_path / f"{what}.pdf"
        assert pc.on_office("letters", what, *OFFICE, "--output", file).code == 0
    assert noted(pc) == before


def test_each_letter_of_a_batch_is_noted(pc: Pc, tmp_path: Path) -> None:
    before = noted(pc)
    answer = pc.on_office("letters", "batch", *OFFICE, "--output", tmp_path / "all.pdf")
    assert answer.result["letters"] > 0
    events = noted(pc)[len(before) :]
    assert len({event.object_id for event in events}) == len(events) == answer.result["letters"]
    assert {(event.object_kind, event.created_by) for event in events} == {("Letter", None)}
