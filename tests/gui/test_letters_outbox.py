"""The outbox: what it shows, prints, posts, saves, and what it says when something is wrong."""

import errno
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.vocabulary import HoldReason, LetterState
from koba_desktop.gui.letters import wording
from koba_desktop.gui.letters.model import Pile
from koba_desktop.gui.letters.panel import OutboxPanel
from koba_desktop.services.commands import HoldLetter
from koba_desktop.services.execution import Actor
from tests.gui.real_office import (
    FakePrinters,
    empty_outbox,
    lay_letters,
    nameless,
    opened_desk,
    states,
    the_outbox,
)

PENDING, HELD, PRINTED, POSTED = (
    LetterState.PENDING,
    LetterState.HELD,
    LetterState.PRINTED,
    LetterState.POSTED,
)


@pytest.fixture
def printers():
    return FakePrinters()


@pytest.fixture
def letters(office):
    empty_outbox(office)
    return lay_letters(office, 4)


@pytest.fixture
def desk(qapp, office, printers, tmp_path):
    with opened_desk(qapp, office, printers, tmp_path) as made:
        yield made


@pytest.fixture
def panel(qtbot, desk, letters):
    made = OutboxPanel(desk)
    qtbot.addWidget(made)
    made.resize(1300, 620)
    made.show()
    idle(qtbot, desk)
    return made


def idle(qtbot, desk) -> None:
    qtbot.waitUntil(lambda: desk.tasks.idle)


def press(qtbot, panel, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    panel.activateWindow()
    panel.tree.setFocus()
    QTest.keyClick(panel.tree, key, modifier)


def print_all(qtbot, panel, desk) -> None:
    panel.print_ticked()
    idle(qtbot, desk)


def button(panel, text: str) -> QAbstractButton:
    found = panel.tree.findChildren(QAbstractButton)
    return next(b for b in found if text in b.text() and b.isVisibleTo(panel))


def hold(office, letter_id) -> None:
    with office.services.view() as view:
        letter = view.reader.get(Letter, letter_id)
    office.services.execute(
        HoldLetter(letter_id=letter_id, version=letter.version, reason=HoldReason.ADDRESS_MISSING),
        office.actor,
    )


# --- what it shows ------------------------------------------------------------------------------


def test_new_letters_are_ticked_and_the_button_counts_them(panel):
    assert [i.row.id for i in panel._model.ticked(Pile.PRINT)] == [
        i.row.id for i in panel._model.items(Pile.PRINT)
    ]
    assert panel.foot.button.text() == "Print 4 letters"
    assert not panel._model.ticked(Pile.POST)


def test_the_preview_shows_the_page_and_says_it(panel, qtbot):
    qtbot.waitUntil(lambda: panel.pane.preview.has_page)
    assert panel.pane.pages.text() == "Page 1 of 1"
    assert panel.current().row.recipient in panel.pane.preview.accessibleDescription()


def test_the_head_of_a_narrow_preview_cuts_nothing(panel, qtbot):
    pane = panel.pane
    qtbot.waitUntil(lambda: pane.preview.has_page)
    needed = pane.show_window.sizeHint().width() + pane.pages.sizeHint().width()
    assert pane.show_window.geometry().top() > pane.title.geometry().top()
    assert pane.minimumSizeHint().width() < needed + 60
    assert pane.show_window.width() >= pane.show_window.sizeHint().width()


def test_the_days_lead_from_posting_to_the_appointment(panel, letters, office):
    panel.tree.choose_letter(letters[0])
    text = panel.pane.chain.text()
    assert "Posting Tue 13 April → deemed delivered Fri 16 April → earliest Fri 23 April" in text
    assert "Appointment" in text


def test_a_held_letter_says_why_and_what_helps(qtbot, panel, desk, office, letters):
    hold(office, letters[1])
    desk.others_wrote()
    idle(qtbot, desk)
    asked = []
    desk.edit_client_requested.connect(asked.append)
    button(panel, "Open the address").click()
    item = panel._model.item(panel._model.find(letters[1]))
    assert asked == [item.row.client_id]
    spoken = panel._model.find(letters[1]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "There is no postal address" in spoken


def test_each_missing_part_of_an_address_is_named(qtbot, panel, desk, office, letters):
    with office.services.view() as view:
        letter = view.reader.get(Letter, letters[0])
    office.services.execute(
        HoldLetter(
            letter_id=letter.id,
            version=letter.version,
            reason=HoldReason.ADDRESS_INCOMPLETE,
            details={"codes": ["street_missing", "postcode_missing"]},
        ),
        office.actor,
    )
    desk.others_wrote()
    idle(qtbot, desk)
    spoken = panel._model.find(letters[0]).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "The street is missing" in spoken
    assert "The postcode is missing" in spoken


def test_nothing_is_asked_while_nobody_looks(qtbot, panel, desk, office, letters):
    panel.hide()
    hold(office, letters[0])
    desk.others_wrote()
    idle(qtbot, desk)
    assert not panel._model.items(Pile.CLARIFY)
    panel.show()
    qtbot.waitUntil(lambda: bool(panel._model.items(Pile.CLARIFY)))


def test_a_new_answer_keeps_the_letter_chosen_and_the_focus(qtbot, panel, desk, office, letters):
    panel.activateWindow()
    panel.tree.setFocus()
    panel.tree.choose_letter(letters[2])
    told = []
    desk.client_selected.connect(told.append)
    hold(office, letters[0])
    desk.others_wrote()
    idle(qtbot, desk)
    assert panel.current().row.id == letters[2]
    assert panel.tree.hasFocus()
    assert not told


def test_the_neighbour_is_chosen_when_the_letter_goes(qtbot, panel, desk, letters):
    order = [i.row.id for i in panel._model.items(Pile.PRINT)]
    panel.tree.choose_letter(order[1])
    press(qtbot, panel, Qt.Key.Key_Delete)
    idle(qtbot, desk)
    assert panel.current().row.id == order[2]


def test_the_search_finds_a_name_and_says_when_there_is_none(qtbot, panel, desk, letters):
    wanted = panel._model.item(panel._model.find(letters[3])).row
    panel.head.search.setText(wanted.reference)
    idle(qtbot, desk)
    assert [i.row.id for i in panel._model.items(Pile.PRINT)] == [letters[3]]
    panel.head.search.setText("Nobody of that name")
    idle(qtbot, desk)
    assert panel.empty.isVisible()
    assert "Nobody of that name" in panel.empty.text()


def test_a_letter_asked_for_elsewhere_is_shown_even_if_filtered_out(qtbot, panel, desk, letters):
    panel.head.search.setText("Nobody of that name")
    idle(qtbot, desk)
    desk.letter_requested.emit(letters[2])
    idle(qtbot, desk)
    assert panel.current().row.id == letters[2]


# --- keyboard -----------------------------------------------------------------------------------


def test_space_takes_the_tick_off_and_puts_it_back(qtbot, panel, letters):
    panel.tree.choose_letter(letters[0])
    press(qtbot, panel, Qt.Key.Key_Space)
    assert letters[0] not in [i.row.id for i in panel._model.ticked(Pile.PRINT)]
    press(qtbot, panel, Qt.Key.Key_Space)
    assert letters[0] in [i.row.id for i in panel._model.ticked(Pile.PRINT)]


def test_a_click_on_the_box_ticks_and_does_not_choose(qtbot, panel, letters):
    panel.tree.choose_letter(letters[0])
    row = panel.tree.visualRect(panel._model.find(letters[3]))
    QTest.mouseClick(
        panel.tree.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(16, 12)
    )
    assert letters[3] not in [i.row.id for i in panel._model.ticked(Pile.PRINT)]
    assert panel.current().row.id == letters[0]


def test_a_tick_on_the_heading_is_one_on_all(panel):
    head = panel._model.group(Pile.PRINT)
    panel._model.toggle(head)
    assert not panel._model.ticked(Pile.PRINT)
    assert panel.foot.button.text() == "Print"
    assert not panel.print_action.isEnabled()


def test_enter_opens_the_appointment(qtbot, panel, desk, letters):
    panel.tree.choose_letter(letters[0])
    asked = []
    desk.edit_appointment_requested.connect(asked.append)
    press(qtbot, panel, Qt.Key.Key_Return)
    assert [request.appointment_id for request in asked] == [panel.current().row.appointment_id]


def test_ctrl_p_prints_what_is_ticked(qtbot, panel, desk, printers, office, letters):
    press(qtbot, panel, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: states(office, letters) == [PRINTED] * 4)
    idle(qtbot, desk)
    assert len(printers.sent) == 4


def test_delete_discards_and_can_be_taken_back(qtbot, panel, desk, office, letters):
    panel.tree.choose_letter(letters[0])
    press(qtbot, panel, Qt.Key.Key_Delete)
    idle(qtbot, desk)
    assert states(office, letters[:1]) == [LetterState.VOID]
    desk.undo()
    idle(qtbot, desk)
    assert states(office, letters[:1]) == [PENDING]


def test_the_menu_offers_what_the_letter_allows(qtbot, panel, desk, office, letters):
    panel.tree.choose_letter(letters[0])
    texts = [a.text() for a in panel.acts.menu(panel).actions() if a.isEnabled()]
    assert "&Discard the letter" in texts
    assert "Posted &today" not in texts
    print_all(qtbot, panel, desk)
    panel.tree.choose_letter(letters[0])
    menu = panel.acts.menu(panel)
    texts = [a.text() for a in menu.actions() if a.isEnabled()]
    assert "Posted &today" in texts
    assert "&Discard the letter" not in texts


def test_tab_leads_from_the_list_to_the_remedies(qtbot, panel, desk, office, letters):
    hold(office, letters[0])
    desk.others_wrote()
    idle(qtbot, desk)
    panel.activateWindow()
    panel.tree.setFocus()
    QTest.keyClick(panel.tree, Qt.Key.Key_Tab)
    assert panel.tree.isAncestorOf(panel.window().focusWidget())
    assert isinstance(panel.window().focusWidget(), QAbstractButton)


# --- printing -----------------------------------------------------------------------------------


def test_printed_letters_keep_the_paper(qtbot, panel, desk, office, printers, letters):
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert {printer for printer, _pdf in printers.sent} == {"HBS-1.OG-Post"}
    with office.services.view() as view:
        copies = [view.reader.find(LetterArchive, letter_id=one)[0] for one in letters]
    assert sorted(c.pdf for c in copies) == sorted(pdf for _name, pdf in printers.sent)
    assert [c.pages for c in copies] == [1] * 4
    assert not desk.undo_label


def test_a_jam_leaves_the_rest_to_be_printed_and_says_so(
    qtbot, panel, desk, office, printers, letters
):
    printers.jams_after = 1
    print_all(qtbot, panel, desk)
    assert sorted(states(office, letters)) == sorted([PRINTED, PENDING, PENDING, PENDING])
    assert "Check the printer HBS-1.OG-Post" in panel.note.text()
    assert "3 letters are still to be printed." in panel.note.text()
    printers.jams_after = None
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PRINTED] * 4
    assert len(printers.sent) == 4


def test_printing_stops_between_two_letters(qtbot, panel, desk, office, printers, letters):
    printers.on_send = panel._run.stop
    print_all(qtbot, panel, desk)
    assert len(printers.sent) == 1
    assert sorted(states(office, letters)) == sorted([PRINTED, PENDING, PENDING, PENDING])
    assert "3 letters are still to be printed." in panel.note.text()
    assert panel.print_action.isEnabled()


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
    panel.tree.choose_letter(other)
    qtbot.waitUntil(lambda: not panel.pane.preview.has_page)
    print_all(qtbot, panel, desk)
    assert states(office, [other]) == [PENDING]
    assert len(printers.sent) == 3
    assert "its address is blocked" in panel.note.text()
    desk.become(Actor(client.advisor_id, office.actor.office_id))
    idle(qtbot, desk)
    print_all(qtbot, panel, desk)
    assert states(office, [other]) == [PRINTED]


def test_without_a_printer_nothing_is_printed_and_one_can_search_again(
    qtbot, panel, desk, printers, office, letters
):
    printers.known = []
    panel.foot.printer.search()
    idle(qtbot, desk)
    print_all(qtbot, panel, desk)
    assert states(office, letters) == [PENDING] * 4
    assert panel.note.text() == wording.no_printer()


def test_a_reprint_is_the_same_paper(qtbot, panel, desk, printers, letters):
    print_all(qtbot, panel, desk)
    first = {pdf for _printer, pdf in printers.sent}
    panel.tree.choose_letter(letters[0])
    panel.acts.reprint.trigger()
    idle(qtbot, desk)
    assert len(printers.sent) == 5
    assert printers.sent[-1][1] in first


# --- posting ------------------------------------------------------------------------------------


def test_one_click_posts_all_printed_letters_today_and_can_be_undone(
    qtbot, panel, desk, office, letters
):
    print_all(qtbot, panel, desk)
    n = len(panel._model.items(Pile.POST))
    button(panel, f"All {n} posted today").click()
    idle(qtbot, desk)
    assert states(office, letters) == [POSTED] * 4
    desk.undo()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED] * 4


def test_ticked_letters_are_posted_alone(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    panel._model.toggle(panel._model.find(letters[1]))
    button(panel, "1 posted today").click()
    idle(qtbot, desk)
    assert states(office, letters) == [PRINTED, POSTED, PRINTED, PRINTED]


def test_only_the_latest_buttons_are_seen(qtbot, panel, desk, letters):
    print_all(qtbot, panel, desk)
    panel._model.toggle(panel._model.find(letters[1]))
    panel._model.toggle(panel._model.find(letters[2]))
    seen = [
        b.text()
        for b in panel.tree.findChildren(QAbstractButton)
        if "posted today" in b.text() and b.isVisibleTo(panel)
    ]
    assert seen == ["2 posted today"]


def test_another_day_of_posting_is_not_later_than_today(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    office.clock.advance(days=2)
    panel._model.toggle(panel._model.find(letters[0]))
    panel.posted_on_action.trigger()
    field = panel.posting_day.day
    assert field.maximumDate().toPython() == desk.today()
    assert field.date().toPython() == desk.today() - timedelta(days=1)
    QTest.keyClick(field, Qt.Key.Key_Return)
    idle(qtbot, desk)
    with office.services.view() as view:
        assert view.reader.get(Letter, letters[0]).posted_on == desk.today() - timedelta(days=1)


def test_a_day_before_the_printing_is_refused_with_words(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    panel.posted_on_action.trigger()
    QTest.keyClick(panel.posting_day.day, Qt.Key.Key_Return)
    idle(qtbot, desk)
    assert "was not printed yet" in panel.note.text()
    assert states(office, letters) == [PRINTED] * 4


def test_letters_posted_too_late_are_reported_with_a_remedy(qtbot, panel, desk, office, letters):
    print_all(qtbot, panel, desk)
    office.clock.advance(days=12)
    panel.posted_action.trigger()
    idle(qtbot, desk)
    assert "too early" in panel.note.text()
    panel.note._link.click()
    idle(qtbot, desk)
    assert panel.head.gone.isChecked()
    assert panel.current().problem == HoldReason.SLOT_TOO_EARLY
    asked = []
    desk.edit_appointment_requested.connect(asked.append)
    button(panel, "Choose a later time").click()
    assert len(asked) == 1


# --- saving -------------------------------------------------------------------------------------


def test_a_letter_is_saved_as_pdf(qtbot, panel, desk, letters, tmp_path):
    path = tmp_path / "letter.pdf"
    panel.acts.save_to(path)
    idle(qtbot, desk)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_full_disk_is_named_and_leaves_nothing_half_written(
    qtbot, panel, desk, tmp_path, monkeypatch
):
    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(Path, "replace", full)
    panel.acts.save_to(folder / "letter.pdf")
    idle(qtbot, desk)
    assert "letter.pdf" in panel.note.text()
    assert os.strerror(errno.ENOSPC) in panel.note.text()
    assert not list(folder.iterdir())


def test_a_folder_that_takes_no_files_is_named(qtbot, panel, desk, tmp_path):
    panel.acts.save_to(tmp_path / "gone" / "letter.pdf")
    idle(qtbot, desk)
    assert "letter.pdf could not be written" in panel.note.text()


def test_the_name_of_the_file_suits_every_file_system(panel, letters):
    row = panel._model.item(panel._model.find(letters[0])).row
    name = wording.file_name(replace(row, recipient="D'Arc/Weiß, Özlem"))
    assert name == f"D_Arc_Weiß_Özlem_{row.reference}.pdf"


# --- for everybody ------------------------------------------------------------------------------


def test_everything_that_takes_the_focus_has_a_name(qtbot, panel, desk, office, letters):
    hold(office, letters[0])
    desk.others_wrote()
    idle(qtbot, desk)
    panel.posted_on_action.trigger()
    assert nameless(panel) == []
