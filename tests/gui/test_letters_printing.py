"""Letters to paper: stacks by printer and tray, and what happens when a printer fails."""

import errno
import gc
import os
from dataclasses import replace
from pathlib import Path

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import AuditAction
from koba_desktop.gui.letters import print_run as printing
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.gui.letters.progress import progress_text
from koba_desktop.gui.printing.settings import Printout, no_printer, remember
from koba_desktop.services.commands import MarkPrinted
from koba_desktop.services.execution import Actor
from koba_desktop.services.ports import PrintSettings
from tests.gui.letters_desk import HELD, PENDING, PRINTED, hold, idle, print_all
from tests.gui.real_office import states, the_outbox


def test_the_letters_go_to_the_printer_in_one_job_and_each_keeps_a_copy(
    qtbot, panel, desk, office, printers, letters
):
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED] * 4
    [(printer, pdf)] = printers.sent
    assert printer == "HBS-1.OG-Post"
    with office.services.view() as view:
        copies = [view.reader.find(LetterArchive, letter_id=one)[0] for one in letters]
    assert sum(copy.pages for copy in copies) == desk.pages.page_count(pdf)
    assert all(desk.pages.page_count(copy.pdf) == copy.pages for copy in copies)
    assert not desk.undo_label


def test_a_letter_that_is_not_true_any_more_once_its_turn_comes_is_not_printed(
    qtbot, panel, desk, office, printers, letters
):
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        letter = unit.get(Letter, letters[0])
        told = {**letter.data["appointment"], "starts": "2021-05-20T08:00:00+00:00"}
        unit.update(replace(letter, data={**letter.data, "appointment": told}))
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PENDING, PRINTED, PRINTED, PRINTED]
    assert [item.row.id for item in panel._model.items(Pile.CLARIFY)] == letters[:1]


def test_what_another_pc_printed_meanwhile_is_not_printed_here_too(
    qtbot, panel, desk, office, printers, letters
):
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        letter = unit.get(Letter, letters[0])
        unit.update(replace(letter, state=PRINTED, printed_at=office.clock.now()))
    assert len(panel._model.ticked(Pile.PRINT)) == 4
    print_all(qtbot, panel, desk)
    [(_printer, pdf)] = printers.sent
    with office.services.view() as view:
        copies = [view.reader.find(LetterArchive, letter_id=one) for one in letters]
    assert [len(copy) for copy in copies] == [0, 1, 1, 1]
    assert desk.pages.page_count(pdf) == sum(copy[0].pages for copy in copies[1:])


def test_a_jam_leaves_its_stack_and_the_rest_to_be_printed_and_names_printer_and_letter(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    monkeypatch.setattr(printing, "STACK", 2)
    printers.jams_after = 1
    order = [item.row for item in panel._model.items(Pile.PRINT)]
    print_all(qtbot, panel, desk)
    assert states(office, [row.id for row in order]) == [PRINTED, PRINTED, PENDING, PENDING]
    with office.services.view() as view:
        third = view.reader.get(Letter, order[2].id).data["client"]["name"]
    assert "HBS-1.OG-Post" in panel.note.text()
    assert f"2 letters are still to be printed, from that to {third} on." in panel.note.text()
    printers.jams_after = None
    panel.note.link.click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert len(printers.sent) == 2


def test_printing_stops_after_the_stack_at_the_printer(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    monkeypatch.setattr(printing, "STACK", 1)
    printers.on_send = panel.paper.run.stop
    print_all(qtbot, panel, desk)
    assert len(printers.sent) == 1
    assert sorted(states(office, letters)) == sorted([PENDING, PENDING, PENDING, PRINTED])
    assert "3 letters are still to be printed." in panel.note.text()
    assert panel.print_action.isEnabled()
    assert panel.foot.progress.isHidden()


def test_the_keyboard_is_with_the_letters_after_the_buttons_of_a_run(
    qtbot, panel, desk, printers, letters, monkeypatch
):
    monkeypatch.setattr(printing, "STACK", 1)
    panel.activateWindow()
    foot, focus = panel.foot, []

    def stop() -> None:
        focus.append(panel.table.hasFocus())
        foot.progress.stop.setFocus()
        foot.progress.stop.click()
        focus.append(foot.progress.stop.hasFocus())

    panel.paper.run.progressed.connect(lambda progress: stop() if progress.printer else None)
    foot.button.setFocus()
    foot.button.click()
    idle(qtbot, desk)
    assert focus[:2] == [True, True]
    assert panel.foot.progress.isHidden()
    assert panel.table.hasFocus()


def test_what_is_taken_back_from_the_printer_stays_to_be_printed(
    qtbot, panel, desk, office, printers, letters
):
    printers.on_send = panel.paper.run.abort
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PENDING] * 4
    assert "Printing on HBS-1.OG-Post was called off." in panel.note.text()


def test_the_bar_tells_how_far_it_is(qtbot, panel, desk, printers, letters):
    told = []
    panel.paper.run.progressed.connect(told.append)
    print_all(qtbot, panel, desk)
    assert [one.count for one in told] == [4] * len(told)
    assert (told[0].done, told[-1].done) == (0, 4)
    assert "HBS-1.OG-Post" in {one.printer for one in told}
    at_printer = next(one for one in told if one.printer)
    assert progress_text(at_printer).endswith(" of 4 letters")
    assert progress_text(replace(at_printer, count=1)).endswith(" of 1 letter")


def test_kinds_go_to_their_own_printer_and_tray(qtbot, panel, desk, office, printers, letters):
    kinds = {item.row.kind for item in panel._model.items(Pile.PRINT)}
    [kind] = kinds
    remember(kind, "HBS-EG", PrintSettings(tray="tray-2", duplex=True, copies=2))
    panel.paper.count()
    assert "HBS-EG · tray-2 · both sides, 2 copies: 4" in panel.foot.ways.text()
    print_all(qtbot, panel, desk)
    [(printer, pdf)] = printers.sent
    assert (printer, printers.ways) == ("HBS-EG", [PrintSettings("tray-2", True, 2)])
    assert desk.pages.page_count(pdf) == 12  # each begins on a sheet, nothing behind a slip


def test_what_is_chosen_in_the_bar_is_how_letters_are_printed(qtbot, panel, desk, printers):
    place = panel.foot.place
    place.tray.setCurrentIndex(2)
    place.tray.activated.emit(2)
    place.duplex.setChecked(True)
    print_all(qtbot, panel, desk)
    assert printers.ways == [PrintSettings("tray-2", True, 1)]


def test_a_printer_that_is_gone_stays_in_the_bar_until_another_is_chosen(
    qtbot, panel, desk, office, printers, letters
):
    bar = panel.foot.place.printer
    remember(Printout.USUAL, "HBS-1.OG-Post", PrintSettings())
    printers.known = ["HBS-EG"]
    printers.jams_after = 0
    print_all(qtbot, panel, desk)  # looks for the printers again
    assert bar.currentText() == "HBS-1.OG-Post (not found)"
    assert states(office, letters) == [PENDING] * 4
    printers.jams_after = None
    bar.setCurrentIndex(bar.findText("HBS-EG"))
    bar.activated.emit(bar.currentIndex())
    print_all(qtbot, panel, desk)
    assert [printer for printer, _pdf in printers.sent] == ["HBS-EG"]
    assert states(office, letters) == [PRINTED] * 4


def test_paper_that_could_not_be_remembered_is_remembered_later(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    execute = office.services.execute

    def full(command, actor):
        if isinstance(command, MarkPrinted):
            raise Unavailable("database_full")
        return execute(command, actor)

    monkeypatch.setattr(office.services, "execute", full)
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PENDING] * 4
    assert panel.note.text().startswith("4 letters are on paper, but this could not be saved.")
    monkeypatch.undo()
    panel.note.link.click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert len(printers.sent) == 1


def test_a_letter_changed_while_it_is_printed_is_named_and_the_others_are_kept(
    qtbot, panel, desk, office, printers, letters
):
    def change() -> None:
        hold(office, letters[1])

    printers.on_send = change
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED, HELD, PRINTED, PRINTED]
    assert "was changed while it was printed" in panel.note.text()


def test_a_full_disk_prints_nothing_and_loses_nothing(
    qtbot, panel, desk, office, printers, letters, monkeypatch
):
    def full(self: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PENDING] * 4
    assert printers.sent == []
    assert os.strerror(errno.ENOSPC) in panel.note.text()
    assert "4 letters are still to be printed" in panel.note.text()


def test_a_faulty_letter_is_held_with_its_reason_and_the_others_print(
    qtbot, panel, desk, office, printers, letters
):
    with office.services.view() as view:
        letter = view.reader.get(Letter, letters[0])
    too_long = letter.data | {"recipient_lines": ["W" * 90, "38820 Halberstadt"]}
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(letter, data=too_long))
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [HELD, PRINTED, PRINTED, PRINTED]
    held = the_outbox(office).to_clarify
    assert [(i.row.id, i.problem) for i in held] == [(letters[0], "address_does_not_fit")]
    assert "To clarify" in panel.note.text()


def test_a_blocked_address_is_printed_by_the_responsible_advisor_only(
    qtbot, panel, desk, office, printers, letters
):
    with office.services.view() as view:
        clients = [
            view.reader.get(Client, view.reader.get(Letter, one).client_id) for one in letters
        ]
        other, client = next(
            (one, c)
            for one, c in zip(letters, clients, strict=True)
            if c.advisor_id not in (None, office.actor.staff_id)
        )
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(client, address_blocked=True))
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.choose_letter(other)
    qtbot.waitUntil(lambda: not panel.pane.preview.has_page)
    print_all(qtbot, panel, desk)
    assert states(office, [other]) == [PENDING]
    with office.services.view() as view:
        copies = [view.reader.find(LetterArchive, letter_id=one) for one in letters]
    assert sorted(len(kept) for kept in copies) == [0, 1, 1, 1]
    assert "its address is blocked" in panel.note.text()
    desk.become(Actor(client.advisor_id, office.actor.office_id))
    idle(qtbot, desk)
    print_all(qtbot, panel, desk)
    assert states(office, [other]) == [PRINTED]


def test_without_a_printer_nothing_is_printed_and_one_can_search_again(
    qtbot, panel, desk, printers, office, letters
):
    printers.known = []
    panel.foot.place.search()
    idle(qtbot, desk)
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PENDING] * 4
    assert panel.note.text() == no_printer()


def test_a_reprint_is_the_same_paper_and_is_logged(qtbot, panel, desk, office, printers, letters):
    print_all(qtbot, panel, desk)
    panel.table.choose_letter(letters[0])
    panel.acts.reprint.trigger()
    idle(qtbot, desk)
    with office.services.view() as view:
        kept = view.reader.find(LetterArchive, letter_id=letters[0])
        logged = view.reader.find(AuditEvent, object_id=letters[0], action=AuditAction.PRINT)
    assert len(printers.sent) == 2
    assert printers.sent[-1][1] == kept[0].pdf
    assert len(logged) == 2


def test_the_ticked_letters_are_seen_as_one_pdf(qtbot, panel, desk, letters):
    panel.table.choose_letter(letters[0])
    idle(qtbot, desk)
    pane = panel.pane
    alone = pane.turner.text()
    panel.view_action.trigger()
    idle(qtbot, desk)
    assert pane.turner.text().startswith("Page 1 of ")
    assert pane.turner.text() != alone
    names = {pane.title.text()}
    while pane.turner.forth.isEnabled():
        pane.turner.forth.click()
        idle(qtbot, desk)
        names.add(pane.title.text())
    assert len(names) == 4
    pane._back_to_letter.click()
    idle(qtbot, desk)
    assert pane.turner.text() == alone


def test_the_search_for_garbage_is_as_before_once_the_run_is_over(qtbot, panel, desk, letters):
    frozen = []
    panel.paper.run.progressed.connect(lambda _progress: frozen.append(gc.get_freeze_count()))
    print_all(qtbot, panel, desk)
    assert max(frozen) > 0
    assert gc.get_freeze_count() == 0
