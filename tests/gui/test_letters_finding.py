"""Thousands of letters: filtered, sorted, folded, selected and ticked by keyboard; remembered."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.gui.letters.panel import OutboxPanel
from koba_desktop.gui.letters.piles import Column, Order, Pile, Tab, language_of
from koba_desktop.gui.printing.settings import remember
from koba_desktop.services.commands import WriteLetter
from koba_desktop.services.ports import PrintSettings
from tests.gui.letters_desk import button, hold, idle, press, print_all
from tests.gui.real_office import lay_letters

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def shown(panel, pile: Pile = Pile.PRINT) -> list:
    return [item.row for item in panel._model.items(pile)]


@pytest.fixture
def many(qtbot, panel, desk, office):
    """Twenty letters to be printed."""
    lay_letters(office, 20)
    desk.others_wrote()
    idle(qtbot, desk)
    return panel


def test_a_click_on_a_header_sorts_each_pile_and_a_third_one_ends_it(qtbot, many, desk):
    made = [row.id for row in shown(many)]
    header = many.table.horizontalHeader()
    at = header.sectionViewportPosition(Column.RECIPIENT) + 20
    names = sorted(row.recipient.casefold() for row in shown(many))
    orders = []
    for _click in range(3):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
        idle(qtbot, desk)
        orders.append([row.recipient.casefold() for row in shown(many)])
    assert orders[0][0] == names[0]
    assert orders[1] == orders[0][::-1]
    assert [row.id for row in shown(many)] == made


def test_the_order_is_chosen_by_keyboard_and_remembered(qtbot, many, desk):
    many.head.filter_button.click()
    bar = many.head.filter
    bar.order.setFocus()
    QTest.keyClick(bar.order, Qt.Key.Key_Down)
    idle(qtbot, desk)
    assert bar.wanted_order == Order(Column.RECIPIENT)
    assert many.table.horizontalHeader().sortIndicatorSection() == Column.RECIPIENT
    again = OutboxPanel(desk)
    qtbot.addWidget(again)
    assert again.head.filter.wanted_order == Order(Column.RECIPIENT)


def test_the_filter_narrows_by_advisor_language_and_kind_and_says_so(qtbot, many, desk):
    bar, wanted = many.head.filter, shown(many)[0]
    bar.narrow_to_advisor(wanted.advisor_id)
    idle(qtbot, desk)
    assert {row.advisor_id for row in shown(many)} == {wanted.advisor_id}
    assert many.head.filter_button.text() == "Filter (1)"
    bar.language.setCurrentIndex(
        next(
            n
            for n in range(bar.language.count())
            if bar.language.itemData(n) == language_of(wanted)
        )
    )
    idle(qtbot, desk)
    assert {language_of(row) for row in shown(many)} == {language_of(wanted)}
    assert many.head.filter_button.text() == "Filter (2)"
    bar.reset()
    idle(qtbot, desk)
    assert len({row.advisor_id for row in shown(many)}) > 1


def test_a_filter_by_printer_tray_follows_the_settings_of_each_kind(qtbot, panel, desk, office):
    row = shown(panel)[0]
    remember(LetterKind.PLEASE_CALL, "HBS-EG", PrintSettings(tray="tray-2"))
    office.services.execute(
        WriteLetter(client_id=row.client_id, advisor_id=row.advisor_id), office.actor
    )
    desk.others_wrote()
    idle(qtbot, desk)
    tray = panel.head.filter.tray
    texts = [tray.itemText(n) for n in range(tray.count())]
    tray.setCurrentIndex(texts.index("HBS-EG · tray-2"))
    idle(qtbot, desk)
    assert [one.kind for one in shown(panel)] == [LetterKind.PLEASE_CALL]
    again = OutboxPanel(desk)
    qtbot.addWidget(again)
    assert again.head.filter.narrowing.tray == ("HBS-EG", "tray-2")


def test_what_the_filter_leaves_out_is_said_and_can_be_shown(qtbot, many, desk):
    other = next(
        row.advisor_id for row in shown(many) if row.advisor_id != shown(many)[0].advisor_id
    )
    many.head.choose(Tab.POSTED)
    many.head.filter.narrow_to_advisor(other)
    many.head.filter.kind.addItem("Summons", LetterKind.SUMMONS)
    many.head.filter.kind.setCurrentIndex(many.head.filter.kind.count() - 1)
    idle(qtbot, desk)
    assert many.empty.isVisible()
    assert "left out by the filter" in many.empty_text.text()
    many._show_all.click()
    idle(qtbot, desk)
    assert many.table.isVisible()


def test_a_letter_asked_for_comes_through_filter_and_tab(qtbot, many, desk):
    wanted = shown(many)[-1]
    other = next(row for row in shown(many) if row.advisor_id != wanted.advisor_id)
    many.head.filter.narrow_to_advisor(other.advisor_id)
    many.head.choose(Tab.POSTED)
    idle(qtbot, desk)
    desk.letter_requested.emit(wanted.id)
    idle(qtbot, desk)
    assert many.current().row.id == wanted.id
    assert many.head.tab is Tab.WORK


# --- ticking ------------------------------------------------------------------------------------


def test_space_ticks_what_shift_and_the_arrows_selected(many):
    rows = shown(many)
    many.table.choose_letter(rows[2].id)
    for _step in range(3):
        press(many, Qt.Key.Key_Down, SHIFT)
    press(many, Qt.Key.Key_Space)
    ticked = {item.row.id for item in many._model.ticked(Pile.PRINT)}
    assert ticked == {row.id for row in rows} - {row.id for row in rows[2:6]}
    press(many, Qt.Key.Key_Space)
    assert len(many._model.ticked(Pile.PRINT)) == len(rows)


def test_everything_is_selected_and_ticked_at_once(many):
    press(many, Qt.Key.Key_A, CONTROL)
    press(many, Qt.Key.Key_Space)
    assert not many._model.ticked(Pile.PRINT)


def test_the_letters_of_one_advisor_are_ticked_alone(many):
    row = shown(many)[0]
    many.table.choose_letter(row.id)
    menu = many.acts.menu(many)
    many.ticking.fill(menu, many.current())
    next(a for a in menu.actions() if a.text().startswith("Tick only those of ")).trigger()
    assert {item.row.advisor_id for item in many._model.ticked(Pile.PRINT)} == {row.advisor_id}


def test_the_selection_outlives_a_new_answer(qtbot, many, desk):
    many.table.choose_letter(shown(many)[1].id)
    for _step in range(2):
        press(many, Qt.Key.Key_Down, SHIFT)
    selected = [item.row.id for item in many.table.selected()]
    many.head.filter.take_order(Order(Column.KIND))
    idle(qtbot, desk)
    assert set(selected) <= {item.row.id for item in many.table.selected()}


# --- folding ------------------------------------------------------------------------------------


def test_left_leads_to_the_heading_and_folds_the_pile(many):
    many.table.choose_letter(shown(many)[3].id)
    press(many, Qt.Key.Key_Left)
    heading = many.table.currentIndex()
    assert heading.row() == many._model.group(Pile.PRINT).row()
    press(many, Qt.Key.Key_Left)
    assert many._model.rowCount() < len(shown(many))
    assert "folded" in many._model.group(Pile.PRINT).data(Qt.ItemDataRole.AccessibleTextRole)
    press(many, Qt.Key.Key_Right)
    assert many._model.find(shown(many)[3].id).isValid()


def test_one_stays_on_a_heading_over_a_new_answer(qtbot, many, desk):
    many.table.choose(many._model.group(Pile.PRINT).siblingAtColumn(Column.RECIPIENT))
    many.head.filter.take_order(Order(Column.RECIPIENT))
    idle(qtbot, desk)
    assert many._model.item(many.table.currentIndex()) is None
    assert many._model.pile(many.table.currentIndex()) is Pile.PRINT


def test_a_new_answer_does_not_scroll_back_to_the_chosen_letter(qtbot, many, desk):
    many.resize(1300, 380)
    many.table.choose_letter(shown(many)[0].id)
    bar = many.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = bar.value()
    assert before > 0
    many.head.filter.take_order(Order(Column.KIND))
    idle(qtbot, desk)
    assert bar.value() == before


def test_where_there_are_more_letters_the_heading_counts_them_and_shows_them(
    qtbot, panel, desk, letters
):
    panel._most = 3
    panel._refresh()
    idle(qtbot, desk)
    assert [item.row.id for item in panel._model.items(Pile.PRINT)] == letters[:3]
    assert panel._model.size(Pile.PRINT) == "4"
    button(panel, "Show 1 more").click()
    idle(qtbot, desk)
    assert [item.row.id for item in panel._model.items(Pile.PRINT)] == letters
    assert panel._model.size(Pile.PRINT) == "4"
    assert panel._offered(Pile.PRINT) == ()


def test_a_pile_of_which_nothing_was_read_yet_is_there_all_the_same(
    qtbot, panel, desk, office, letters
):
    for letter_id in letters[:2]:
        hold(office, letter_id)
    panel._most = 2
    desk.others_wrote()
    idle(qtbot, desk)
    assert panel._model.items(Pile.PRINT) == ()
    assert panel._model.size(Pile.PRINT) == "2"
    assert panel._model.tick_of(Pile.PRINT, None) is Qt.CheckState.Unchecked
    button(panel, "Show 2 more").click()
    idle(qtbot, desk)
    assert [item.row.id for item in panel._model.items(Pile.PRINT)] == letters[2:]


def test_the_button_names_a_number_where_more_were_printed(qtbot, panel, desk, letters):
    print_all(qtbot, panel, desk)
    panel._most = 3
    panel._refresh()
    idle(qtbot, desk)
    offered = [one.label for one in panel._offered(Pile.POST)]
    assert offered == ["3 posted today", "another day…", "Show 1 more"]


def test_letters_are_sorted_by_advisor_who_is_named_then(qtbot, panel, desk, letters):
    assert panel.table.isColumnHidden(Column.ADVISOR)
    panel.head.filter.take_order(Order(Column.ADVISOR))
    idle(qtbot, desk)
    assert not panel.table.isColumnHidden(Column.ADVISOR)
    model = panel._model
    rows = [model.find(item.row.id).row() for item in model.items(Pile.PRINT)]
    named = [model.index(row, Column.ADVISOR).data() for row in rows]
    family = {one.id: one.family_name for one in desk.book.staff}
    shown = [family[item.row.advisor_id] for item in model.items(Pile.PRINT)]
    assert shown == sorted(shown)
    assert all(name.endswith(one) for name, one in zip(named, shown, strict=True))
    panel.head.filter.take_order(Order())
    assert panel.table.isColumnHidden(Column.ADVISOR)
