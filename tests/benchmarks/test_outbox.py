"""Five thousand letters in the outbox: nothing a person does there may hold the window."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import HoldReason, LetterState
from koba_desktop.gui.letters.panel import OutboxPanel
from koba_desktop.gui.letters.piles import Column, Order, Pile, Tab
from koba_desktop.i18n import activate
from koba_desktop.letters.letter.render import warm_up
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.kinds import PAPER
from tests.benchmarks.figures import tell
from tests.benchmarks.test_stalls import Probe
from tests.gui.real_office import FakePrinters, opened_desk
from tests.support import Office, make_office

LETTERS = 5000
_STATES = (LetterState.PENDING,) * 6 + (LetterState.HELD, LetterState.PRINTED, LetterState.POSTED)
Until = Callable[[Callable[[], bool]], None]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """The demonstration, with its letters over and over again."""
    made = make_office(tmp_path, clients=1500, appointments=2500)
    yesterday = made.clock.now() - timedelta(hours=20)
    with made.services.view() as view:
        known = view.reader.find(Letter, office_id=made.actor.office_id)
    with made.store.writing(by=None, now=made.clock.now()) as unit:
        unit.add_all([_again(known[n % len(known)], n, yesterday) for n in range(LETTERS)])
    yield made
    made.store.close()


def _again(letter: Letter, n: int, printed: datetime) -> Letter:
    """The same letter once more, in the state of its turn."""
    state = _STATES[n % len(_STATES)]
    return replace(
        letter,
        id=new_id(),
        version=0,
        created_at=None,
        state=state,
        hold_reason=HoldReason.ADDRESS_MISSING if state is LetterState.HELD else None,
        hold_details=None,
        printed_at=printed if state in PAPER else None,
        posted_on=printed.date() if state is LetterState.POSTED else None,
    )


@pytest.fixture
def panel(qapp: Any, office: Office, until: Until, tmp_path: Path) -> Iterator[OutboxPanel]:
    activate("de")
    with opened_desk(qapp, office, FakePrinters(), tmp_path) as desk:
        warm_up()
        made = OutboxPanel(desk)
        made.resize(1320, 640)
        made.show()
        until(lambda: desk.tasks.idle)
        gc.freeze()  # as the program does once it has started
        yield made
        gc.unfreeze()
        made.hide()
        made.deleteLater()


def _choose(panel: OutboxPanel, tab: Tab) -> None:
    panel.head.choose(tab)


def _sort(panel: OutboxPanel) -> None:
    order = panel.head.filter.wanted_order
    panel.head.filter.take_order(Order(Column.RECIPIENT, not order.descending))


def _filter(panel: OutboxPanel) -> None:
    advisor = panel._model.items(Pile.PRINT)[0].row.advisor_id
    panel.head.filter.narrow_to_advisor(advisor)


def _key(key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> Callable[[Any], None]:
    return lambda panel: QTest.keyClick(panel.table, key, modifier)


DOINGS: dict[str, Callable[[OutboxPanel], None]] = {
    "all letters": lambda panel: _choose(panel, Tab.ALL),
    "somebody wrote": lambda panel: panel._desk.others_wrote(),
    "sort": _sort,
    "filter": _filter,
    "filter off": lambda panel: panel.head.filter.reset(),
    "end": _key(Qt.Key.Key_End),
    "page up": _key(Qt.Key.Key_PageUp),
    "select all": lambda panel: panel.table.selectAll(),
    "tick all": lambda panel: panel._model.toggle(panel._model.group(Pile.PRINT)),
    "fold": lambda panel: panel.keeper.fold(Pile.PRINT, True),
    "unfold": lambda panel: panel.keeper.fold(Pile.PRINT, False),
    "search": lambda panel: panel.head.search.setText("schm"),
    "search off": lambda panel: panel.head.search.clear(),
}


def test_five_thousand_letters(benchmark: Any, panel: OutboxPanel, until: Until) -> None:
    desk = panel._desk
    worst: dict[str, int] = {}
    answered: dict[str, int] = {}

    def once() -> None:
        for name, act in DOINGS.items():
            until(lambda: desk.tasks.idle)
            probe, began = Probe(), perf_counter()
            act(panel)
            until(lambda: desk.tasks.idle)
            answered[name] = round(1000 * (perf_counter() - began))
            worst[name] = max(worst.get(name, 0), round(1000 * probe.worst))

    benchmark.pedantic(once, rounds=3)
    pixels = QPixmap(panel.table.size())
    began = perf_counter()
    for _time in range(20):
        panel.table.viewport().render(pixels)
    tell(
        benchmark,
        letters=LETTERS,
        paint_ms=round(50 * (perf_counter() - began), 1),
        worst_stall_ms=worst,
        answered_ms=answered,
    )


def test_a_long_print_run(benchmark: Any, panel: OutboxPanel, until: Until) -> None:
    """Archive copies, stacks, a printer that takes them at once: what a letter costs, and how long
    the window stands still meanwhile."""
    ticked = panel._model.ticked(Pile.PRINT)
    wanted = ticked[:300]
    panel._model.tick(Pile.PRINT, ticked, False)
    panel._model.tick(Pile.PRINT, wanted, True)
    probe, began = Probe(), perf_counter()

    def run() -> None:
        panel.paper.print_ticked()
        until(lambda: not panel.paper.running)

    benchmark.pedantic(run, rounds=1)
    tell(
        benchmark,
        letters=len(wanted),
        ms_a_letter=round(1000 * (perf_counter() - began) / len(wanted), 1),
        worst_stall_ms=round(1000 * probe.worst),
    )
    until(lambda: panel._desk.tasks.idle)
