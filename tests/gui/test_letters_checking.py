"""Letters are tried before anybody prints them: the print bar says whether all of them can be."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.gui.letters import checking
from koba_desktop.gui.letters.piles import Column, Pile
from tests.gui.letters_desk import PENDING, idle
from tests.gui.real_office import states


def tried(panel) -> bool:
    items = panel._model.items(Pile.PRINT)
    return panel.paper.checker.findings(items).complete


def state_of(panel, letter_id) -> str:
    return panel._model.find(letter_id).siblingAtColumn(Column.STATE).data()


@pytest.fixture
def too_long(office, letters):
    """A name that no address field takes."""
    with office.services.view() as view:
        letter = view.reader.get(Letter, letters[1])
    data = letter.data | {"recipient_lines": ["W" * 90, "38820 Halberstadt"]}
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(letter, data=data))
    return letters[1]


def test_what_can_be_printed_says_so_with_its_pages(qtbot, panel, letters):
    qtbot.waitUntil(lambda: tried(panel))
    pages = sum(panel.paper.checker.of(i).pages for i in panel._model.items(Pile.PRINT))
    kept = "All addresses lie in the window, every character can be printed."
    assert panel.foot.sum.text() == f"4 letters, {pages} pages. {kept}"
    assert {state_of(panel, one) for one in letters} == {"checked"}


def test_what_cannot_be_printed_is_named_and_nothing_is_changed(
    qtbot, office, letters, too_long, panel
):
    qtbot.waitUntil(lambda: tried(panel))
    item = panel._model.item(panel._model.find(too_long))
    assert panel.foot.sum.text().startswith("1 of the ticked letters cannot be printed: ")
    assert item.row.recipient in panel.foot.sum.text()
    assert state_of(panel, too_long) == "not printable"
    tip = panel._model.find(too_long).data(Qt.ItemDataRole.ToolTipRole)
    assert "address" in tip
    assert states(office, [too_long]) == [PENDING]
    panel._model.toggle(panel._model.find(too_long))
    assert panel.foot.sum.text().startswith("3 letters, ")
    for one in letters:
        panel._model.toggle(panel._model.find(one))
    said = f"The ticked letter cannot be printed: {item.row.recipient}."
    assert panel.foot.sum.text() == said


def test_a_letter_made_anew_is_tried_anew(qtbot, panel, desk, office, letters):
    qtbot.waitUntil(lambda: tried(panel))
    with office.services.view() as view:
        letter = view.reader.get(Letter, letters[0])
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(letter, data=letter.data | {"recipient_lines": ["W" * 90, "Ort"]}))
    desk.others_wrote()
    idle(qtbot, desk)
    qtbot.waitUntil(lambda: tried(panel))
    assert state_of(panel, letters[0]) == "not printable"


def test_of_very_many_letters_each_is_tried_when_it_is_printed(
    qtbot, panel, desk, letters, monkeypatch
):
    qtbot.waitUntil(lambda: tried(panel))
    monkeypatch.setattr(checking, "MOST", 2)
    panel.paper.checker.want([])
    panel.paper.check()
    idle(qtbot, desk)
    qtbot.waitUntil(lambda: not panel.paper.checker._waiting and desk.tasks.idle)
    assert "Each is checked against the envelope window" in panel.foot.sum.text()
