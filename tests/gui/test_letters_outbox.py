"""The outbox: what it shows, what the keys do, and what it says when something is wrong."""

import re
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import HoldReason, LetterState, Role
from koba_desktop.gui.desk import ClientRequest
from koba_desktop.gui.letters.cells import cell_text
from koba_desktop.gui.letters.piles import Column, Pile, Tab
from koba_desktop.gui.mnemonics import letter_of
from koba_desktop.services.commands import HoldLetter
from koba_desktop.services.execution import Actor
from tests.gui.letters_desk import PENDING, PRINTED, button, hold, idle, press, print_all
from tests.gui.real_office import nameless, states

# --- what it shows ------------------------------------------------------------------------------


def test_new_letters_are_ticked_and_the_button_counts_them(panel):
    assert [i.row.id for i in panel._model.ticked(Pile.PRINT)] == [
        i.row.id for i in panel._model.items(Pile.PRINT)
    ]
    assert panel.foot.button.text() == "Print 4 letters"
    assert not panel._model.ticked(Pile.POST)


def test_the_preview_shows_the_page_and_says_it(panel, qtbot):
    qtbot.waitUntil(lambda: panel.pane.preview.has_page)
    assert panel.pane.turner.text().startswith("Page 1 of ")
    assert panel.current().row.recipient in panel.pane.preview.accessibleDescription()


def test_the_head_of_a_narrow_preview_cuts_nothing(panel, qtbot):
    pane = panel.pane
    qtbot.waitUntil(lambda: pane.preview.has_page)
    assert pane.show_window.geometry().top() > pane.title.geometry().top()
    panel.splitter.setSizes([panel.width(), 0])
    assert pane.width() >= pane.minimumSizeHint().width()
    assert pane.show_window.width() >= pane.show_window.sizeHint().width()


def test_the_days_lead_from_posting_to_the_appointment(qtbot, desk, panel, letters):
    panel.table.choose_letter(letters[0])
    idle(qtbot, desk)
    text = panel.pane.chain.text()
    assert "Posting today → deemed delivered Fri 16/04 → answer until" in text
    assert re.search(r"Appointment \w{3} \d\d/04, \d\d:\d\d\. \d+ working days to prepare", text)


def test_a_held_letter_says_why_and_what_helps(qtbot, panel, desk, office, letters):
    hold(office, letters[1])
    desk.others_wrote()
    idle(qtbot, desk)
    asked = []
    desk.edit_client_requested.connect(asked.append)
    button(panel, "Open the address").click()
    item = panel._model.item(panel._model.find(letters[1]))
    assert asked == [ClientRequest(item.row.client_id, "street")]
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
    panel.table.setFocus()
    panel.table.choose_letter(letters[2])
    told = []
    desk.client_selected.connect(told.append)
    hold(office, letters[0])
    desk.others_wrote()
    idle(qtbot, desk)
    assert panel.current().row.id == letters[2]
    assert panel.table.hasFocus()
    assert not told


def test_the_neighbour_is_chosen_when_the_letter_goes(qtbot, panel, desk, letters):
    order = [i.row.id for i in panel._model.items(Pile.PRINT)]
    panel.table.choose_letter(order[1])
    press(panel, Qt.Key.Key_Delete)
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
    assert "Nobody of that name" in panel.empty_text.text()


def test_the_reception_is_told_why_it_sees_no_posted_letters(qtbot, panel, desk, letters):
    [role, *_others] = [one for one in desk.book.roles if one.role is Role.RECEPTION]
    desk.become(Actor(role.staff_id, role.office_id))
    for tab in (Tab.POSTED, Tab.OPEN):
        panel.head.choose(tab)
        idle(qtbot, desk)
        assert panel.empty.isVisible()
        assert "shown to advisors and team leads" in panel.empty_text.text()


def test_a_letter_asked_for_elsewhere_is_shown_even_if_filtered_out(qtbot, panel, desk, letters):
    panel.head.search.setText("Nobody of that name")
    idle(qtbot, desk)
    desk.letter_requested.emit(letters[2])
    idle(qtbot, desk)
    assert panel.current().row.id == letters[2]


# --- keyboard -----------------------------------------------------------------------------------


def test_space_takes_the_tick_off_and_puts_it_back(qtbot, panel, letters):
    panel.table.choose_letter(letters[0])
    press(panel, Qt.Key.Key_Space)
    assert letters[0] not in [i.row.id for i in panel._model.ticked(Pile.PRINT)]
    press(panel, Qt.Key.Key_Space)
    assert letters[0] in [i.row.id for i in panel._model.ticked(Pile.PRINT)]


def test_a_click_on_the_box_ticks_and_does_not_choose(qtbot, panel, letters):
    panel.table.choose_letter(letters[0])
    row = panel.table.visualRect(panel._model.find(letters[3]))
    QTest.mouseClick(
        panel.table.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(16, 12)
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
    panel.table.choose_letter(letters[0])
    asked = []
    desk.edit_appointment_requested.connect(asked.append)
    press(panel, Qt.Key.Key_Return)
    assert [request.appointment_id for request in asked] == [panel.current().row.appointment_id]


def test_ctrl_p_prints_what_is_ticked(qtbot, panel, desk, printers, office, letters):
    press(panel, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: states(office, letters) == [PRINTED] * 4)
    idle(qtbot, desk)
    assert len(printers.sent) == 1


def test_delete_discards_and_can_be_taken_back(qtbot, panel, desk, office, letters):
    panel.table.choose_letter(letters[0])
    press(panel, Qt.Key.Key_Delete)
    idle(qtbot, desk)
    assert states(office, letters[:1]) == [LetterState.VOID]
    desk.undo()
    idle(qtbot, desk)
    assert states(office, letters[:1]) == [PENDING]


def test_the_menu_offers_what_the_letter_allows(qtbot, panel, desk, office, letters):
    panel.table.choose_letter(letters[0])
    texts = [a.text() for a in panel.acts.menu(panel).actions() if a.isEnabled()]
    assert "&Discard the letter" in texts
    assert "Posted &today" not in texts
    print_all(qtbot, panel, desk)
    panel.table.choose_letter(letters[0])
    menu = panel.acts.menu(panel)
    texts = [a.text() for a in menu.actions() if a.isEnabled()]
    assert "Posted &today" in texts
    assert "&Discard the letter" in texts  # the paper is still here
    panel.posted_action.trigger()
    idle(qtbot, desk)
    panel.head.choose(Tab.POSTED)
    idle(qtbot, desk)
    panel.table.choose_letter(letters[0])
    texts = [a.text() for a in panel.acts.menu(panel).actions() if a.isEnabled()]
    assert "&Discard the letter" not in texts


def test_each_entry_of_the_menu_has_a_letter_of_its_own(qtbot, panel, desk, letters):
    print_all(qtbot, panel, desk)
    panel.table.choose_letter(letters[0])
    menu = panel.acts.menu(panel)
    panel.ticking.fill(menu, panel.current())
    menu.aboutToShow.emit()
    entries = [action.text() for action in menu.actions() if action.text()]
    underlined = [letter for entry in entries if (letter := letter_of(entry))]
    assert len(underlined) > 8
    assert len(set(underlined)) == len(underlined)


def test_tab_leads_from_a_letter_to_its_own_remedies_and_on(qtbot, panel, desk, office, letters):
    for letter_id in letters[:2]:
        hold(office, letter_id)
    desk.others_wrote()
    idle(qtbot, desk)
    panel.activateWindow()
    panel.table.setFocus()
    panel.table.choose_letter(letters[1])
    recipient = panel.current().row.recipient
    reached = []
    while panel.table.isAncestorOf(focus := panel.window().focusWidget()) or not reached:
        if focus is not panel.table:
            assert isinstance(focus, QAbstractButton)
            reached.append((focus.text(), focus.accessibleDescription()))
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert reached == [("Open the address", recipient), ("Check again", recipient)]


def test_remedies_are_there_as_soon_as_their_letter_comes_into_sight(
    qtbot, panel, desk, office, letters
):
    for letter_id in letters:
        hold(office, letter_id)
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.setFixedHeight(panel.table.horizontalHeader().height() + panel.table.rowHeight(0))
    panel.table.scrollToTop()
    QApplication.processEvents()
    bar = panel.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()  # without a pause
    assert panel.table.bars.left_of(panel._model.items(Pile.CLARIFY)[-1].row.id) is not None


# --- for everybody ------------------------------------------------------------------------------


def test_everything_that_takes_the_focus_has_a_name(qtbot, panel, desk, office, letters):
    hold(office, letters[0])
    desk.others_wrote()
    idle(qtbot, desk)
    panel.posted_on_action.trigger()
    assert nameless(panel) == []


def test_a_screen_reader_hears_the_letter_where_one_is_in_a_sentence(qtbot, panel, letters):
    qtbot.waitUntil(lambda: panel.foot.sum.text().startswith("4 letters, "))
    panel.table.choose_letter(letters[0])
    press(panel, Qt.Key.Key_Down)
    row = panel.current().row
    heard = QAccessible.queryAccessibleInterface(panel.table).focusChild()
    said = heard.text(QAccessible.Text.Name)
    for words in (row.recipient, "German", "checked"):
        assert words in said


def test_a_letter_to_a_representative_says_so(panel, letters):
    item = panel._model.item(panel._model.find(letters[0]))
    plain = replace(item, row=replace(item.row, represented=False))
    represented = replace(item, row=replace(item.row, represented=True))
    name = item.row.recipient
    assert cell_text(Pile.PRINT, plain, Column.RECIPIENT, date.min) == name
    shown = cell_text(Pile.PRINT, represented, Column.RECIPIENT, date.min)
    assert shown == f"{name} · representative"
