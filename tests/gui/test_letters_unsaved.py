"""What is on paper and could not be remembered, and what is left over of a run."""

from collections.abc import Callable
from typing import Any

import pytest

from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.errors import Unavailable
from koba_desktop.gui.letters import print_run as printing
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.services.commands import MarkPosted, MarkPrinted, PrintedLetter, SeenLetter
from tests.gui.letters_desk import HELD, PENDING, POSTED, PRINTED, hold, idle, print_all
from tests.gui.real_office import states


def results(panel: Any) -> list[Any]:
    found: list[Any] = []
    panel.paper.run.finished.connect(found.append)
    return found


def archived(office: Any, letters: list[Any]) -> list[int]:
    """How many copies are kept of each."""
    with office.services.view() as view:
        return [len(view.reader.find(LetterArchive, letter_id=one)) for one in letters]


def failing(
    office: Any, monkeypatch: pytest.MonkeyPatch, *, after: int = 0, carried_out: bool = False
) -> None:
    """Nothing more can be remembered as printed, or nobody learns that it was."""
    execute, count = office.services.execute, [0]

    def fails(command: Any, actor: Any) -> Any:
        if not isinstance(command, MarkPrinted):
            return execute(command, actor)
        count[0] += 1
        if count[0] <= after:
            return execute(command, actor)
        if carried_out:
            execute(command, actor)
            raise Unavailable("outcome_unclear")
        raise Unavailable("database_full")

    monkeypatch.setattr(office.services, "execute", fails)


def test_the_rest_of_a_reprint_is_what_was_to_be_printed_again(
    qtbot, panel, desk, office, printers, letters
):
    others = panel._model.items(Pile.PRINT)[1:]
    panel._model.tick(Pile.PRINT, others, False)
    print_all(qtbot, panel, desk)
    panel._model.tick(Pile.PRINT, panel._model.items(Pile.PRINT), True)
    [item] = panel._model.items(Pile.POST)
    printers.jams_after = len(printers.sent)
    panel.paper.print_again([item])
    idle(qtbot, desk)
    assert panel.note.link.text() == "Print the rest"
    printers.jams_after = None
    panel.note.link.click()
    idle(qtbot, desk)
    assert sorted(states(office, letters)) == sorted([PRINTED, PENDING, PENDING, PENDING])
    assert [pdf for _printer, pdf in printers.sent[1:]] == [archive(office, item.row.id)]


def archive(office: Any, letter_id: Any) -> bytes:
    with office.services.view() as view:
        copy: bytes = view.reader.find(LetterArchive, letter_id=letter_id)[0].pdf
    return copy


def test_the_rest_is_what_was_ticked_then(qtbot, panel, desk, office, printers, letters):
    """Other ticks meanwhile do not change what is left over of the run."""
    items = panel._model.items(Pile.PRINT)
    panel._model.tick(Pile.PRINT, items[2:], False)
    printers.jams_after = 0
    print_all(qtbot, panel, desk)
    panel._model.tick(Pile.PRINT, items[:2], False)
    panel._model.tick(Pile.PRINT, items[2:], True)
    printers.jams_after = None
    panel.note.link.click()
    idle(qtbot, desk)
    assert states(office, [item.row.id for item in items]) == [PRINTED, PRINTED, PENDING, PENDING]


def test_what_could_not_be_saved_is_saved_beside_a_letter_that_was_changed(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    failing(office, monkeypatch)
    print_all(qtbot, panel, desk)
    monkeypatch.undo()
    hold(office, letters[1])
    panel.note.link.click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED, HELD, PRINTED, PRINTED]
    assert "was changed while it was printed" in panel.note.text()
    assert not panel.note.link.isVisibleTo(panel)


def test_what_was_saved_after_all_counts_as_saved(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    failing(office, monkeypatch, carried_out=True)
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert panel.note.text().startswith("4 letters are on paper, but this could not be saved.")
    monkeypatch.undo()
    said: list[str] = []
    desk.message.connect(lambda text, _undo: said.append(text))
    panel.note.link.click()
    idle(qtbot, desk)
    assert said == ["4 letters printed."]
    assert panel.note.isHidden()
    assert archived(office, letters) == [1] * 4


def test_sheets_that_somebody_found_at_the_printer_meanwhile_are_saved(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    failing(office, monkeypatch)
    print_all(qtbot, panel, desk)
    monkeypatch.undo()
    with office.services.view() as view:
        found = view.reader.get(Letter, letters[2])
    paper = PrintedLetter(letter_id=found.id, version=found.version, pdf=b"%PDF", pages=1)
    office.services.execute(MarkPrinted(letters=(paper,)), office.actor)
    panel.note.link.click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert panel.note.isHidden()
    assert archived(office, letters) == [1] * 4


def test_what_is_on_paper_is_saved_and_not_printed_once_more(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    failing(office, monkeypatch)
    print_all(qtbot, panel, desk)
    monkeypatch.undo()
    found = results(panel)
    assert len(panel._model.items(Pile.PRINT)) == 4  # this window knows that they are on paper
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert len(printers.sent) == 1
    assert [(one.printed, one.left, one.unsaved) for one in found] == [(0, (), 0)]


def test_nothing_is_printed_as_long_as_the_earlier_paper_cannot_be_saved(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    failing(office, monkeypatch)
    items = panel._model.items(Pile.PRINT)
    panel._model.tick(Pile.PRINT, items[2:], False)
    print_all(qtbot, panel, desk)
    panel._model.tick(Pile.PRINT, items[2:], True)
    found = results(panel)
    print_all(qtbot, panel, desk)
    assert len(printers.sent) == 1
    assert [len(one.left) for one in found] == [2]
    assert panel.note.link.text() == "Save once more"
    monkeypatch.undo()
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert len(printers.sent) == 2


def test_a_server_that_goes_away_among_the_letters_of_a_stack_loses_none(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    failing(office, monkeypatch, after=2)  # all at once, which fails, then one of them
    printers.on_send = lambda: hold(office, letters[0])
    found = results(panel)
    print_all(qtbot, panel, desk)
    [result] = found
    assert (result.printed + len(result.overtaken), result.unsaved) == (1, 3)
    assert result.left == ()
    monkeypatch.undo()
    panel.note.link.click()
    idle(qtbot, desk)
    assert states(office, letters) == [HELD, PRINTED, PRINTED, PRINTED]


def test_a_letter_posted_while_it_is_printed_again_keeps_its_copy(
    qtbot, panel, desk, office, printers, letters
):
    print_all(qtbot, panel, desk)
    [item, *_others] = panel._model.items(Pile.POST)

    def post() -> None:
        with office.services.view() as view:
            version = view.reader.get(Letter, item.row.id).version
        seen = SeenLetter(letter_id=item.row.id, version=version)
        command = MarkPosted(letters=(seen,), day=desk.today())
        office.services.execute(command, office.actor)

    printers.on_send = post
    panel.paper.print_again([item])
    idle(qtbot, desk)
    assert states(office, [item.row.id]) == [POSTED]
    assert archived(office, [item.row.id]) == [2]
    assert panel.note.isHidden()


@pytest.mark.parametrize("stacks", [1, 2])
def test_counts_are_those_of_the_run(
    qtbot, panel, desk, office, printers, letters, monkeypatch, stacks
):
    monkeypatch.setattr(printing, "STACK", 4 // stacks)
    failing(office, monkeypatch, after=stacks - 1)
    found = results(panel)
    told: list[Callable[[], Any]] = []
    panel.paper.run.progressed.connect(told.append)
    print_all(qtbot, panel, desk)
    [result] = found
    assert result.printed + result.unsaved + len(result.left) == 4
    assert all(0 <= one.done <= one.count == 4 for one in told)


def test_saving_twice_at_once_saves_once(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    """Whoever clicks twice, or prints something else before the first is saved."""
    items = panel._model.items(Pile.PRINT)
    panel._model.tick(Pile.PRINT, items[2:], False)
    failing(office, monkeypatch)
    print_all(qtbot, panel, desk)
    monkeypatch.undo()
    panel._model.tick(Pile.PRINT, panel._model.items(Pile.PRINT), True)
    panel.note.link.click()
    assert panel.note.isHidden()
    panel.print_action.trigger()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert archived(office, letters) == [1] * 4
    assert panel.paper.run.recorder.unsaved == ()
    assert len(printers.sent) == 2


def test_whoever_asks_while_it_is_saved_is_told_the_same(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    failing(office, monkeypatch)
    print_all(qtbot, panel, desk)
    monkeypatch.undo()
    told: list[Any] = []
    recorder = panel.paper.run.recorder
    recorder.save(told.append)
    recorder.save(told.append)
    idle(qtbot, desk)
    assert [sorted(each.saved) for each in told] == [sorted(letters)] * 2
    assert states(office, letters) == [PRINTED] * 4
