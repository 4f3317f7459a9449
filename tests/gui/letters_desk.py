"""The outbox of a real office, and what a person does in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import HoldReason, LetterState
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.panel import OutboxPanel
from koba_desktop.services.commands import HoldLetter
from tests.gui.real_office import FakePrinters, empty_outbox, lay_letters, opened_desk
from tests.support import Office

PENDING, HELD, PRINTED, POSTED, VOID = (
    LetterState.PENDING,
    LetterState.HELD,
    LetterState.PRINTED,
    LetterState.POSTED,
    LetterState.VOID,
)


@pytest.fixture
def printers() -> FakePrinters:
    return FakePrinters()


@pytest.fixture
def letters(office: Office) -> list[UUID]:
    """Four proposals to be printed."""
    empty_outbox(office)
    return lay_letters(office, 4)


@pytest.fixture
def desk(qapp: Any, office: Office, printers: FakePrinters, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(qapp, office, printers, tmp_path) as made:
        yield made


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk, letters: list[UUID]) -> OutboxPanel:
    made = OutboxPanel(desk)
    qtbot.addWidget(made)
    made.resize(1300, 620)
    made.show()
    idle(qtbot, desk)
    return made


def idle(qtbot: QtBot, desk: Desk) -> None:
    qtbot.waitUntil(lambda: desk.tasks.idle)


def press(panel: OutboxPanel, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    panel.activateWindow()
    panel.table.setFocus()
    QTest.keyClick(panel.table, key, modifier)


def print_all(qtbot: QtBot, panel: OutboxPanel, desk: Desk) -> None:
    panel.print_action.trigger()
    idle(qtbot, desk)


def button(panel: OutboxPanel, text: str) -> QAbstractButton:
    """The button of a letter or a pile that is called so."""
    found = panel.table.findChildren(QAbstractButton)
    return next(b for b in found if text in b.text() and b.isVisibleTo(panel))


def hold(office: Office, letter_id: UUID) -> None:
    with office.services.view() as view:
        letter = view.reader.get(Letter, letter_id)
    office.services.execute(
        HoldLetter(letter_id=letter_id, version=letter.version, reason=HoldReason.ADDRESS_MISSING),
        office.actor,
    )
