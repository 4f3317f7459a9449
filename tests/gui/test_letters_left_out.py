"""Letters that a run leaves out, and why; and whose a letter is while it is printed."""

from dataclasses import replace
from typing import Any

import pytest

from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.gui.letters import print_run as printing
from koba_desktop.gui.letters.panel import OutboxPanel
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.services.commands import (
    ClaimLetters,
    MarkPosted,
    MarkPrinted,
    PrintedLetter,
    SeenLetter,
    VoidLetter,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters import reading
from koba_desktop.services.letters.outbox import PERHAPS_PRINTED
from tests.gui.letters_desk import HELD, PENDING, POSTED, PRINTED, VOID, idle, print_all
from tests.gui.real_office import states, the_outbox


def letter(office: Any, letter_id: Any) -> Letter:
    with office.services.view() as view:
        found: Letter = view.reader.get(Letter, letter_id)
    return found


def change(office: Any, letter_id: Any, **values: Any) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Letter, letter_id), **values))


def seen(office: Any, letter_id: Any) -> SeenLetter:
    return SeenLetter(letter_id=letter_id, version=letter(office, letter_id).version)


def mark_printed(office: Any, letter_id: Any) -> None:
    version = letter(office, letter_id).version
    paper = PrintedLetter(letter_id=letter_id, version=version, pdf=b"%PDF", pages=1)
    office.services.execute(MarkPrinted(letters=(paper,)), office.actor)


def once(printers: Any, act: Any) -> None:
    """While the first stack is at the printer."""

    def at_first() -> None:
        printers.on_send = None
        act()

    printers.on_send = at_first


def in_order(panel: Any) -> list[Any]:
    return [item.row.id for item in panel._model.items(Pile.PRINT)]


# --- letters that cannot be set -------------------------------------------------------------------


def broken_for(monkeypatch: pytest.MonkeyPatch, desk: Any, *numbers: int) -> None:
    """The archive copies of these (in the order in which they are made) need another font."""
    kind, count = type(desk.renderer), [0]
    archived = kind.archived

    def fails(self: Any, source: Any) -> bytes:
        count[0] += 1
        if count[0] in numbers:
            raise Unavailable("font_missing", file="NotoSansArabic-Regular.ttf")
        return archived(self, source)

    monkeypatch.setattr(kind, "archived", fails)


def test_a_letter_whose_font_is_missing_is_held_and_the_others_are_printed(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    order = in_order(panel)
    broken_for(monkeypatch, desk, 3)
    print_all(qtbot, panel, desk)
    assert states(office, order) == [PRINTED, PRINTED, HELD, PRINTED]
    details = letter(office, order[2]).hold_details or {}
    assert (details["code"], details["file"]) == ("font_missing", "NotoSansArabic-Regular.ttf")
    assert "To clarify" in panel.note.text()


def test_a_letter_whose_data_are_damaged_is_held_and_the_others_are_printed(
    qtbot, panel, desk, office, printers, letters
):
    data = {k: v for k, v in letter(office, letters[1]).data.items() if k != "advisor"}
    change(office, letters[1], data=data)
    problems: list[Any] = []
    desk.problem.connect(problems.append)
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED, HELD, PRINTED, PRINTED]
    assert problems == []


def test_where_no_letter_at_all_can_be_set_none_is_held(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    broken_for(monkeypatch, desk, 1, 2, 3, 4)
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PENDING] * 4
    assert "NotoSansArabic-Regular.ttf" in panel.note.text()
    assert panel.note.link.text() == "Print the rest"


def test_a_held_letter_keeps_what_was_refused(qtbot, panel, desk, office, printers, letters):
    data = letter(office, letters[1]).data | {"papers": ["Ein Nachweis mit langem Namen"] * 90}
    change(office, letters[1], data=data)
    print_all(qtbot, panel, desk)
    details = letter(office, letters[1]).hold_details or {}
    assert states(office, letters) == [PRINTED, HELD, PRINTED, PRINTED]
    assert details["code"] == "letter_too_long"


# --- what somebody did meanwhile ------------------------------------------------------------------


def test_what_another_pc_does_between_two_stacks_is_left_out_and_told(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    monkeypatch.setattr(printing, "STACK", 1)
    order = in_order(panel)

    def elsewhere() -> None:
        mark_printed(office, order[1])
        posted = MarkPosted(letters=(seen(office, order[1]),), day=desk.today())
        office.services.execute(posted, office.actor)
        gone = letter(office, order[2])
        void = VoidLetter(letter_id=gone.id, version=gone.version)
        office.services.execute(void, office.actor)

    once(printers, elsewhere)
    names = [letter(office, one).data["client"]["name"] for one in order]
    print_all(qtbot, panel, desk)
    assert states(office, order) == [PRINTED, POSTED, VOID, PRINTED]
    assert len(printers.sent) == 2
    assert panel.note.text() == (
        f"2 letters were left out: printed elsewhere meanwhile ({names[1]}); "
        f"discarded or held back meanwhile ({names[2]})."
    )


def test_what_is_not_to_be_read_any_more_does_not_end_the_run(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    """As reception sees it: what another PC has posted is not there."""
    monkeypatch.setattr(printing, "STACK", 2)
    monkeypatch.setattr(reading, "reads_social_data", lambda *_scope: False)
    order = in_order(panel)

    def elsewhere() -> None:
        mark_printed(office, order[2])
        posted = MarkPosted(letters=(seen(office, order[2]),), day=desk.today())
        office.services.execute(posted, office.actor)

    once(printers, elsewhere)
    print_all(qtbot, panel, desk)
    assert states(office, order) == [PRINTED, PRINTED, POSTED, PRINTED]
    assert "1 letter was left out" in panel.note.text()


def test_after_the_collection_what_is_too_early_by_now_is_left_out(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    monkeypatch.setattr(printing, "STACK", 2)
    order = in_order(panel)
    once(printers, lambda: office.clock.advance(days=20))
    print_all(qtbot, panel, desk)
    assert states(office, order) == [PRINTED, PRINTED, PENDING, PENDING]
    assert "2 letters were left out: the appointment is too early by now" in panel.note.text()
    problems = {item.row.id: item.problem for item in the_outbox(office).to_clarify}
    assert {problems[one] for one in order[2:]} == {"slot_too_early"}


def test_what_was_discarded_meanwhile_is_not_printed_once_more(
    qtbot, panel, desk, office, printers, letters
):
    print_all(qtbot, panel, desk)
    [item, *_others] = panel._model.items(Pile.POST)
    gone = letter(office, item.row.id)
    void = VoidLetter(letter_id=gone.id, version=gone.version)
    office.services.execute(void, office.actor)
    panel.paper.print_again([item])
    idle(qtbot, desk)
    assert len(printers.sent) == 1
    assert "1 letter was left out: discarded or held back meanwhile" in panel.note.text()


# --- whose letters these are ----------------------------------------------------------------------


def test_letters_are_claimed_before_the_printer_gets_them(
    qtbot, panel, desk, office, printers, letters
):
    claims: list[Any] = []
    printers.on_send = lambda: claims.extend(letter(office, one) for one in letters)
    print_all(qtbot, panel, desk)
    assert {one.claimed_printer for one in claims} == {"HBS-1.OG-Post"}
    assert len({one.claim for one in claims}) == 1
    assert [letter(office, one).claim for one in letters] == [None] * 4


def test_a_letter_that_another_pc_claims_while_the_stack_is_made_is_left_out(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    kind = type(desk.renderer)
    render_batch = kind.render_batch

    def slow(self: Any, *args: Any, **kwargs: Any) -> Any:
        if letter(office, letters[0]).claim is None:
            command = ClaimLetters(
                run=new_id(), printer="HBS-EG", letters=(seen(office, letters[0]),)
            )
            office.services.execute(command, office.actor)
        return render_batch(self, *args, **kwargs)

    panel.paper.checker.want([])
    monkeypatch.setattr(kind, "render_batch", slow)
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PENDING, PRINTED, PRINTED, PRINTED]
    assert "at a printer already, see “To clarify”" in panel.note.text()
    [(_printer, pdf)] = printers.sent
    with office.services.view() as view:
        copies = [view.reader.find(LetterArchive, letter_id=one) for one in letters]
    assert desk.pages.page_count(pdf) == sum(kept[0].pages for kept in copies[1:])


def test_two_windows_print_each_letter_once(qtbot, panel, desk, office, printers, letters):
    other = OutboxPanel(desk)
    qtbot.addWidget(other)
    other.show()
    idle(qtbot, desk)
    other.print_action.trigger()
    print_all(qtbot, panel, desk)
    qtbot.waitUntil(lambda: not (panel.paper.running or other.paper.running))
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4
    with office.services.view() as view:
        kept = [len(view.reader.find(LetterArchive, letter_id=one)) for one in letters]
    assert kept == [1] * 4
    pages = sum(desk.pages.page_count(pdf) for _printer, pdf in printers.sent)
    with office.services.view() as view:
        copies = [view.reader.find(LetterArchive, letter_id=one)[0] for one in letters]
    assert pages == sum(copy.pages for copy in copies)


@pytest.mark.parametrize("stopped", [False, True])
def test_what_did_not_come_out_is_nobodys_any_more(
    qtbot, panel, desk, office, printers, letters, stopped
):
    if stopped:
        printers.on_send = panel.paper.run.abort
    else:
        printers.jams_after = 0
    print_all(qtbot, panel, desk)
    assert [letter(office, one).claim for one in letters] == [None] * 4
    assert [item.row.id for item in the_outbox(office).to_print] == letters


def test_what_is_left_in_the_queue_is_asked_about(qtbot, panel, desk, office, printers, letters):
    def left() -> None:
        detail = (PrintTrouble.STALLED, PrintTrouble.LEFT_IN_QUEUE)
        raise Unavailable("print_failed", printer="HBS-1.OG-Post", detail=detail)

    printers.on_send = left
    print_all(qtbot, panel, desk)
    assert [item.problem for item in the_outbox(office).to_clarify] == [PERHAPS_PRINTED] * 4
    assert len(panel._model.items(Pile.CLARIFY)) == 4
    assert "4 letters may be printed yet." in panel.note.text()
    assert not panel.note.link.isVisibleTo(panel)


def test_while_a_run_prints_its_letters_stay_where_they_are(
    qtbot, panel, desk, office, printers, letters
):
    clarified: list[int] = []

    def look() -> None:
        clarified.append(len(panel._model.items(Pile.CLARIFY)))

    desk.changed.connect(look)
    panel.paper.run.progressed.connect(look)
    print_all(qtbot, panel, desk)
    assert set(clarified) == {0}
