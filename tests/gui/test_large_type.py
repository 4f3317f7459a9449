"""Type of 200 % on a small screen: every screen keeps what it offers (domain rules § 9)."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSettings
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from koba_desktop.domain.vocabulary import Role
from koba_desktop.gui import theme
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.calendar.day_list import open_day_list
from koba_desktop.gui.departure import PrintingBar
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.gui.letters.new_letter import open_new_letter
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.gui.letters.print_result import Progress
from koba_desktop.gui.letters.reply_slips import open_reply_slips
from koba_desktop.gui.printing.settings_dialog import open_print_settings
from koba_desktop.gui.widgets import SectionHeader
from koba_desktop.services.contacts.worklist import Group, worklist
from koba_desktop.services.execution import Actor
from tests.gui.screens import Screens
from tests.running import SMALL, PaperTray, opened
from tests.support import make_office

LARGE_PT = 18  # twice the system's 9 pt


@pytest.fixture
def program(tmp_path, qapp) -> Iterator[Screens]:
    """The program in German, whose words are the longer ones, at 1366×768."""
    QSettings().clear()
    usual = QFont(QApplication.font())
    large = QFont(usual)
    large.setPointSize(LARGE_PT)
    QApplication.setFont(large)
    theme.install(qapp, theme.Scheme.LIGHT)
    office = make_office(tmp_path)
    running = Screens(
        lambda _progress, _secret: opened(office, PaperTray()), WindowOptions(language="de")
    )
    yield running
    running.stop()
    QApplication.setFont(usual)
    theme.install(qapp, theme.Scheme.LIGHT)


def lies_within(widget: QWidget, window: QWidget) -> bool:
    """Whether the widget stands on the screen, with its whole width in the window."""
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return widget.isVisible() and place.left() >= 0 and place.right() < window.width()


@pytest.mark.parametrize("view", ["calendar", "myday", "letters"])
def test_the_tool_bar_keeps_search_and_office(program, view):
    program.tab(view)
    window = program.program.window
    tools = window.tools
    assert window.width() == SMALL.width()
    assert theme.px(100) == 200, "the type is twice as large"
    for widget in (tools.new, tools.search, tools.office):
        assert lies_within(widget, window), widget.accessibleName()
        assert widget.width() >= widget.minimumSizeHint().width()
    assert not tools.office.icon().isNull()
    overflow = tools.findChild(QWidget, "qt_toolbar_ext_button")
    assert overflow is None or not overflow.isVisible()


def test_my_day_has_everything_between_its_edges(program):
    day = program.tab("myday")
    window = program.program.window
    with program.desk.services.view(program.desk.actor.staff_id) as view:
        work = worklist(view, program.desk.actor.office_id, program.desk.actor.staff_id)
    program.desk.proposal_requested.emit(work.of(Group.CALL_NOW)[0].client_id)
    program.settle()
    for part in (day.work, day.caller, day.offer, day.offer.accept, day.side, day.side.slots):
        assert lies_within(part, window), part
    assert day.side.mapTo(window, QPoint(0, 0)).y() > day.offer.mapTo(window, QPoint(0, 0)).y()
    heights = set()
    for button in day.caller.outcomes.values():
        assert button.width() >= button.sizeHint().width(), button.text()
        assert lies_within(button, window), button.text()
        heights.add(button.y())
    assert len(heights) == 2, "the outcomes stand in two rows"


def test_my_day_cuts_no_heading_beside_the_call(program):
    day = program.tab("myday")
    program.program.window.resize(1900, 1000)
    with program.desk.services.view(program.desk.actor.staff_id) as view:
        work = worklist(view, program.desk.actor.office_id, program.desk.actor.staff_id)
    program.desk.proposal_requested.emit(work.of(Group.CALL_NOW)[0].client_id)
    program.settle()
    heads = day.side.findChildren(SectionHeader)
    assert len(heads) == 3
    for head in heads:
        cuts_nothing(head, program.program.window)


def test_the_head_of_the_reception_cuts_nothing(program):
    head = program.tab("reception").head
    for width in (2800, 1900, SMALL.width()):
        program.program.window.resize(width, 900)
        program.settle()
        head.set_now(program.desk.now(), 2, 10)
        program.settle()
        cuts_nothing(head, program.program.window)
        assert head.waiting.isVisible()


def test_my_day_has_its_history_beside_the_call_again_where_there_is_room(program):
    day = program.tab("myday")
    window = program.program.window
    window.resize(2800, 900)
    program.settle()
    assert day.side.isVisible()
    assert (
        day.side.mapTo(window, QPoint(0, 0)).x()
        > day.caller.mapTo(window, QPoint(day.caller.width(), 0)).x()
    )
    assert len({button.y() for button in day.caller.outcomes.values()}) == 1


def test_the_tabs_of_the_letters_are_read_whole(program):
    head = program.tab("letters").head
    for button in (*head.tabs.values(), head.filter_button):
        assert button.width() >= button.sizeHint().width(), button.text()
        assert lies_within(button, program.program.window), button.text()
    assert head.search.width() >= head.search.minimumWidth()


def cuts_nothing(foot: QWidget, window: QWidget) -> None:
    for button in filter(QWidget.isVisible, foot.findChildren(QAbstractButton)):
        assert button.width() >= button.sizeHint().width(), button.text()
        assert lies_within(button, window), button.text()
    for label in foot.findChildren(QLabel):
        if label.isVisible() and label.text():
            assert lies_within(label, window), label.text()
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()


def test_the_print_bar_of_the_letters_cuts_no_text(program):
    foot = program.tab("letters").foot
    foot.progress.show_progress(Progress(12, 40, "HBS-1.OG-Post"))
    program.settle()
    cuts_nothing(foot, program.program.window)


def test_the_print_bar_makes_room_for_what_it_says_next(program):
    panel = program.tab("letters")
    items = panel._model.items(Pile.PRINT)
    for width in range(560, 900, 40):
        panel.splitter.setSizes([width, panel.width() - width])
        for on in (False, True, False):
            panel._model.tick(Pile.PRINT, items, on)
            program.settle()
            cuts_nothing(panel.foot, program.program.window)


@pytest.mark.parametrize("width", [960, SMALL.width(), 1900])
def test_the_question_before_closing_cuts_no_answer(program, width):
    """Letters are printed meanwhile: here only the bar that asks is looked at."""
    window = program.program.window
    window.resize(width, window.height())
    bar = PrintingBar(window)
    window.addToolBar(bar)
    bar.finish.setText("Stapel fertig drucken, dann schließen")
    bar.take_back.setText("Zurücknehmen und schließen")
    bar.ask("Es wird gedruckt: 0 von 6 Briefen sind fertig.")
    program.settle()
    cuts_nothing(bar, window)
    assert all(lies_within(each, window) for each in (bar.finish, bar.take_back, bar.go_on))


def test_the_wordings_have_everything_between_their_edges(program):
    desk, window = program.desk, program.program.window
    held = next(role for role in desk.book.roles if role.role is Role.ADMINISTRATOR)
    desk.become(Actor(held.staff_id, held.office_id))
    program.settle()
    panel = program.tab("wordings")
    assert window.width() == SMALL.width()
    for part in (panel.page.save_button, panel.sample.zoom, panel.sample.show_window):
        assert lies_within(part, window)
        assert part.width() >= part.sizeHint().width()
    assert panel.tree.viewport().width() >= panel.tree.columnWidth(0)
    editor = panel.page.editor
    panel.page.go_to("intro")
    program.settle()
    for button in editor.chips.buttons.findChildren(QAbstractButton):
        assert editor.chips.buttons.rect().contains(button.geometry())  # be it scrolled
    assert editor.field.geometry().bottom() < editor.chips.geometry().top()
    below = editor.chips.mapTo(window, QPoint(0, editor.chips.height())).y()
    assert below <= panel.page.foot.mapTo(window, QPoint(0, 0)).y()


_OPENED = {
    "new letter": lambda desk, window: open_new_letter(desk, window, None),
    "print settings": open_print_settings,
    "day list": open_day_list,
    "reply slips": open_reply_slips,
}


@pytest.mark.parametrize("name", list(_OPENED))
def test_what_writes_and_prints_letters_and_lists_fits_on_a_small_screen(program, name):
    dialog = _OPENED[name](program.desk, program.program.window)
    program.settle()
    assert dialog.height() <= dialog.screen().availableSize().height()
    smallest = dialog.minimumSizeHint()
    assert smallest.height() <= SMALL.height() - 40  # the title's
    assert smallest.width() <= SMALL.width()


def test_the_appointment_editor_opens_no_wider_than_the_screen(program):
    program.desk.edit_appointment_requested.emit(
        AppointmentRequest(appointment_id=program.todays_row().id)
    )
    program.settle()
    dialog = program.dialog()
    assert dialog.width() <= SMALL.width()
    for button in (dialog.ui.save, dialog.ui.close_button, dialog.ui.tabs, dialog.ui.purpose):
        assert lies_within(button, dialog), button.objectName()
