"""Letters that were perhaps printed: what is said of them, and what one says after a look."""

from dataclasses import replace
from typing import Any

import pytest

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble, Role
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.gui.letters.problems import problem_text
from koba_desktop.i18n import formats
from koba_desktop.services.commands import ClaimLetters, SeenLetter
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from tests.gui.letters_desk import PENDING, PRINTED, button, idle, print_all
from tests.gui.real_office import states


@pytest.fixture
def unsure(qtbot, panel, desk, office, printers, letters):
    """Four letters that may come out of the printer yet."""

    def left() -> None:
        detail = (PrintTrouble.STALLED, PrintTrouble.LEFT_IN_QUEUE)
        raise Unavailable("print_failed", printer="HBS-1.OG-Post", detail=detail)

    printers.on_send = left
    print_all(qtbot, panel, desk)
    printers.on_send = None
    return [item.row.id for item in panel._model.items(Pile.CLARIFY)]


def choose(qtbot: Any, panel: Any, desk: Any, letter_id: Any) -> None:
    panel.table.choose_letter(letter_id)
    idle(qtbot, desk)


def entry(panel: Any, text: str) -> Any:
    """What the context menu of the letter chosen offers."""
    menu = panel.acts.menu(panel)
    return next(each for each in menu.actions() if each.text().replace("&", "") == text)


def copies(office: Any, letter_id: Any) -> list[LetterArchive]:
    with office.services.view() as view:
        found: list[LetterArchive] = view.reader.find(LetterArchive, letter_id=letter_id)
    return found


def test_it_is_said_where_since_when_and_by_whom(qtbot, panel, desk, office, unsure):
    choose(qtbot, panel, desk, unsure[0])
    text = problem_text(panel.current())
    assert text.startswith("Are the sheets there? At the printer HBS-1.OG-Post since ")
    assert formats.time_of(office.clock.now()) in text
    assert desk.member.family_name in text


def test_all_sheets_of_a_stack_are_there(qtbot, panel, desk, office, letters, unsure):
    choose(qtbot, panel, desk, unsure[0])
    said: list[str] = []
    desk.message.connect(lambda text, _undo: said.append(text))
    button(panel, "All 4 are here").click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert said == ["4 letters are printed and to be posted."]
    for one in letters:
        [copy] = copies(office, one)
        assert desk.pages.page_count(copy.pdf) == copy.pages
        with office.services.view() as view:
            assert view.reader.get(Letter, one).claim is None


def test_none_of_a_stack_came_out(qtbot, panel, desk, office, printers, letters, unsure):
    choose(qtbot, panel, desk, unsure[0])
    button(panel, "None of the 4 came out").click()
    idle(qtbot, desk)
    assert [item.row.id for item in panel._model.items(Pile.PRINT)] == letters
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert len(printers.sent) == 2


def test_each_letter_is_told_for_itself_where_a_stack_came_out_in_part(
    qtbot, panel, desk, office, letters, unsure
):
    choose(qtbot, panel, desk, unsure[0])
    entry(panel, "This one is here").trigger()
    idle(qtbot, desk)
    choose(qtbot, panel, desk, unsure[1])
    entry(panel, "This one did not come out").trigger()
    idle(qtbot, desk)
    assert states(office, unsure[:2]) == [PRINTED, PENDING]
    assert [item.row.id for item in panel._model.items(Pile.PRINT)] == [unsure[1]]
    assert [item.row.id for item in panel._model.items(Pile.CLARIFY)] == unsure[2:]


def test_the_last_one_has_two_answers(qtbot, panel, desk, office, letters, unsure):
    for one in unsure[:-1]:
        choose(qtbot, panel, desk, one)
        entry(panel, "This one did not come out").trigger()
        idle(qtbot, desk)
    choose(qtbot, panel, desk, unsure[-1])
    labels = [remedy.label for remedy in panel.acts.remedies(panel.current())]
    assert labels == ["The sheets are here", "Nothing came out"]
    button(panel, "The sheets are here").click()
    idle(qtbot, desk)
    assert states(office, unsure) == [PENDING, PENDING, PENDING, PRINTED]


def test_who_discards_one_is_told_that_there_may_be_paper_of_it(qtbot, panel, desk, unsure):
    choose(qtbot, panel, desk, unsure[0])
    said: list[str] = []
    desk.message.connect(lambda text, _undo: said.append(text))
    panel.acts.discard.trigger()
    idle(qtbot, desk)
    [text] = said
    assert text.endswith("Please shred the paper.")
    desk.undo()
    idle(qtbot, desk)
    assert [item.row.id for item in panel._model.items(Pile.CLARIFY)] == unsure


@pytest.mark.parametrize("answer", ["All 4 are here", "None of the 4 came out"])
def test_what_is_answered_twice_counts_once(qtbot, panel, desk, office, letters, unsure, answer):
    """A double click, and a second answer to what another PC has answered meanwhile."""
    choose(qtbot, panel, desk, unsure[0])
    said: list[str] = []
    desk.message.connect(lambda text, _undo: said.append(text))
    row, here = panel.current().row, answer.endswith("here")
    button(panel, answer).click()
    button(panel, answer).click()
    idle(qtbot, desk)
    assert len(said) == 1
    assert panel.note.isHidden()
    after = states(office, letters)
    for other in (here, not here):
        panel.acts.tell_sheets(row, here=other, all_of_them=True)
        idle(qtbot, desk)
        assert said.pop() == "Somebody has answered this meanwhile."
    assert states(office, letters) == after


def test_nobody_is_asked_while_somebody_else_may_be_printing(qtbot, panel, desk, office, letters):
    with office.services.view() as view:
        found = [view.reader.get(Letter, one) for one in letters]
        [reception, *_others] = view.reader.find(
            StaffRole, office_id=office.actor.office_id, role=Role.RECEPTION
        )
    seen = tuple(SeenLetter(letter_id=one.id, version=one.version) for one in found)
    claimed = ClaimLetters(run=new_id(), printer="HBS-EG", letters=seen)
    office.services.execute(claimed, Actor(reception.staff_id, office.actor.office_id))
    desk.others_wrote()
    idle(qtbot, desk)
    choose(qtbot, panel, desk, letters[0])
    assert problem_text(panel.current()).startswith("Being printed: HBS-EG, since ")
    assert panel.acts.remedies(panel.current()) == ()
    assert entry(panel, "None of the 4 came out").isEnabled()


def test_sheets_to_a_blocked_address_are_left_to_the_responsible_advisor(
    qtbot, panel, desk, office, letters, unsure
):
    with office.services.view() as view:
        client = view.reader.get(Client, view.reader.get(Letter, unsure[0]).client_id)
        other = next(each for each in view.reader.find(Staff) if each.id != office.actor.staff_id)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(client, address_blocked=True, advisor_id=other.id))
    choose(qtbot, panel, desk, unsure[1])
    button(panel, "All 4 are here").click()
    idle(qtbot, desk)
    assert states(office, unsure) == [PENDING, PRINTED, PRINTED, PRINTED]
    assert [item.row.id for item in panel._model.items(Pile.CLARIFY)] == unsure[:1]
    button(panel, "The sheets are here").click()
    idle(qtbot, desk)
    assert "blocked" in panel.note.text()
    assert states(office, unsure[:1]) == [PENDING]
