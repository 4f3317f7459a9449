"""``kill -9`` while letters are at the printer: the next start asks whether the sheets are there,
and prints nothing a second time by itself."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui.letters.panel import OutboxPanel
from koba_desktop.services.letters.outbox import PERHAPS_PRINTED
from tests.gui.letters_desk import button, idle, print_all
from tests.gui.real_office import (
    FakePrinters,
    empty_outbox,
    lay_letters,
    opened_desk,
    states,
    the_outbox,
)
from tests.support import Office, make_office, office_at

ROOT = Path(__file__).resolve().parents[2]
PENDING, PRINTED = LetterState.PENDING, LetterState.PRINTED


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, list[UUID]]:
    """A database and three letters that were at the printer when the program was killed."""
    made = make_office(tmp_path)
    empty_outbox(made)
    laid = lay_letters(made, 3)
    made.store.close()
    command = [sys.executable, "-m", "tests.end_to_end.printing_then_killed", str(made.store.path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "printing\n"
        program.kill()
    return made.store.path, laid


@pytest.fixture
def letters(killed: tuple[Path, list[UUID]]) -> list[UUID]:
    return killed[1]


@pytest.fixture
def office(killed: tuple[Path, list[UUID]]) -> Iterator[Office]:
    found = office_at(killed[0])
    yield found
    found.store.close()


@pytest.mark.process
@pytest.mark.parametrize("there", [True, False])
def test_the_next_start_asks_for_the_sheets(
    qtbot: QtBot, qapp: Any, office: Office, letters: list[UUID], tmp_path: Path, there: bool
) -> None:
    items = the_outbox(office).to_clarify
    assert [item.row.id for item in items] == letters
    assert {item.problem for item in items} == {PERHAPS_PRINTED}
    printers = FakePrinters()
    with opened_desk(qapp, office, printers, tmp_path / "desk") as desk:
        panel = OutboxPanel(desk)
        qtbot.addWidget(panel)
        panel.resize(1300, 620)
        panel.show()
        idle(qtbot, desk)
        print_all(qtbot, panel, desk)
        assert printers.sent == []
        panel.table.choose_letter(letters[0])
        idle(qtbot, desk)
        button(panel, "All 3 are here" if there else "None of the 3 came out").click()
        idle(qtbot, desk)
        assert states(office, letters) == [PRINTED if there else PENDING] * 3
        print_all(qtbot, panel, desk)
        assert states(office, letters) == [PRINTED] * 3
        assert len(printers.sent) == (0 if there else 1)
