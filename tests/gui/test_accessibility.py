"""Without eyes, without a mouse: what EN 301 549 asks of every screen (domain rules § 9)."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QListView,
    QMenu,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from koba_desktop.gui import theme
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.calendar.view import CalendarView
from koba_desktop.gui.mnemonics import distinct, letter_of
from koba_desktop.gui.widgets import InlineMessage
from tests.gui.screens import Screens, interfaces, name_of
from tests.running import PaperTray, opened
from tests.support import make_office

TAB, BACKTAB = Qt.Key.Key_Tab, Qt.Key.Key_Backtab
ROLELESS = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane)


def started(folder, language: str) -> Screens:
    QSettings().clear()
    theme.install(QApplication.instance(), theme.Scheme.LIGHT)
    QAccessible.setActive(True)  # as with a screen reader at work
    office = make_office(folder)
    return Screens(
        lambda _progress, _secret: opened(office, PaperTray()), WindowOptions(language=language)
    )


@pytest.fixture
def program(tmp_path, qapp) -> Iterator[Screens]:
    running = started(tmp_path, "en")
    yield running
    running.stop()
    QAccessible.setActive(False)


@pytest.fixture(params=["en", "de"])
def in_both_languages(request, tmp_path, qapp) -> Iterator[Screens]:
    running = started(tmp_path, request.param)
    yield running
    running.stop()
    QAccessible.setActive(False)


# --- names, roles, values -------------------------------------------------------------------------


def test_whatever_takes_the_focus_has_a_name_and_a_role(program):
    wrong = []
    for screen, widget in program.everything():
        for each in interfaces(widget):
            state, role = each.state(), each.role()
            if not state.focusable or state.invisible:
                continue
            if role is QAccessible.Role.Cell and not each.text(QAccessible.Text.Value):
                continue  # an empty cell of a table is read with its column's head
            has_role = role not in ROLELESS or bool(each.object().focusProxy())
            if not name_of(each).strip() or not has_role:
                wrong.append(f"{screen}: {role} {each.object()!r}")
    assert wrong == []


def test_what_is_painted_by_hand_has_a_named_child_for_each_item(program):
    empty, wrong = [], []
    for screen, widget in program.views():
        for view in widget.findChildren(QWidget):
            if not isinstance(view, QListView | QTableView) or not view.isVisible():
                continue
            model = view.model()
            items = [model.index(row, 0) for row in range(model.rowCount())]
            names = [name_of(each) for each in interfaces(view)]
            for index in items:
                spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data()
                if spoken and spoken not in names:
                    wrong.append(f"{screen}: {view!r} hides {spoken!r}")
            if view.hasFocus() and not view.accessibleName():
                empty.append(f"{screen}: {view!r}")
    assert (empty, wrong) == ([], [])


def test_an_appointment_is_heard_with_kind_time_and_state(program):
    calendar: Any = program.tab("calendar")
    names = [name_of(each) for each in interfaces(calendar.view)]
    row = program.todays_row()
    assert any(row.family_name in name and "13 April" in name for name in names), names


def test_what_only_decorates_can_not_be_focused(program):
    found = [
        f"{screen}: {label!r}"
        for screen, widget in program.everything()
        for label in widget.findChildren(QLabel)
        if label.isVisible() and label.focusPolicy() & Qt.FocusPolicy.TabFocus and not label.text()
    ]
    assert found == []


# --- the keyboard ---------------------------------------------------------------------------------


def round_trip(top: QWidget, key: Qt.Key) -> list[QWidget]:
    """Where the key leads, until it comes back to where it began."""
    shift = Qt.KeyboardModifier.ShiftModifier
    modifier = shift if key is BACKTAB else Qt.KeyboardModifier.NoModifier
    seen: list[QWidget] = []
    for _press in range(400):
        target = QApplication.focusWidget()
        assert target is not None, f"the focus is lost after {seen[-1:]}"
        QTest.keyClick(target, key, modifier)
        now = QApplication.focusWidget()
        if seen and now is seen[0] and now is not seen[-1]:
            return seen
        if now not in seen:
            seen.append(now)
        elif now is not seen[-1]:  # a field of several sections is left at its last one
            raise AssertionError(f"{key} turns round at {seen[-1]!r} to {now!r}")
        if len(seen) == 1 and _press > 20:
            return seen
    raise AssertionError(f"{key} never comes back")


def reachable(top: QWidget) -> set[QWidget]:
    return {
        widget
        for widget in top.findChildren(QWidget)
        if isValid(widget)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.window() is top
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    }


def everything_to_tab_through(program: Screens) -> Iterator[tuple[str, QWidget]]:
    for screen, widget in program.everything():
        if widget is not program.session.popup:  # the keys stay in its field
            top = widget.window()
            top.activateWindow()
            QApplication.processEvents()
            yield screen, top


def test_tab_reaches_everything_and_returns(program):
    wrong = []
    for screen, top in everything_to_tab_through(program):
        there, back = round_trip(top, TAB), round_trip(top, BACKTAB)
        for direction, seen in (("Tab", there), ("Shift+Tab", back)):
            wrong += [
                f"{screen}: {direction} passes over {missed!r} {missed.accessibleName()}"
                for missed in reachable(top) - set(seen)
            ]
    assert wrong == []


def test_tab_finishes_one_part_of_the_window_before_the_next(program):
    """Tool bar, view and docks: each is one stretch of Tab's way."""
    window = program.program.window
    parts = (window.tools, window.tabs, window.clients, window.rooms)
    wrong = []
    for screen, _widget in program.views():
        window.activateWindow()
        QApplication.processEvents()
        way = [
            next((part for part in parts if part.isAncestorOf(widget)), None)
            for widget in round_trip(window, TAB)
        ]
        way = [part for part in way if part is not None]
        turns = Counter(
            part for before, part in zip([way[-1], *way], way, strict=False) if before is not part
        )
        wrong += [f"{screen}: {part!r}" for part, n in turns.items() if n > 1]
    assert wrong == []


def test_escape_closes_every_dialog(program):
    for screen, widget in program.everything():
        if isinstance(widget, QDialog):
            program.press(Qt.Key.Key_Escape)
            assert not (isValid(widget) and widget.isVisible()), screen


def test_the_focus_is_seen_wherever_it_is(program):
    same, seen = [], set()
    for screen, top in everything_to_tab_through(program):
        for widget in reachable(top):
            if not isValid(widget) or type(widget) in seen:
                continue
            pictures = []
            for target in (widget, next(iter(reachable(top) - {widget}), top)):
                if isValid(target):  # the first focus may have brought up something else
                    target.setFocus(Qt.FocusReason.TabFocusReason)
                program.settle()
                if isValid(widget) and widget.isVisible():
                    pictures.append(picture(widget, top))
            if len(pictures) == 2:  # else the focus brought something else up in its place
                seen.add(type(widget))
                if pictures[0] == pictures[1]:
                    same.append(f"{screen}: {type(widget).__name__} {widget.accessibleName()}")
    assert same == [], "\n".join(same)


def picture(widget: QWidget, top: QWidget) -> Any:
    """The widget and two pixels around it, as the screen shows it."""
    corner = widget.mapTo(top, QPoint(0, 0))
    return top.grab(widget.rect().translated(corner).adjusted(-2, -2, 2, 2)).toImage()


# --- mnemonics ------------------------------------------------------------------------------------


def doubled(texts: list[str]) -> list[str]:
    letters = Counter(letter for text in texts if (letter := letter_of(text)))
    return [text for text in texts if letters[letter_of(text)] > 1]


def menus_of(menu: QMenu) -> Iterator[QMenu]:
    yield menu
    for action in menu.actions():
        if action.menu() is not None:
            yield from menus_of(action.menu())


def test_letters_are_unique_in_every_menu(in_both_languages):
    window = in_both_languages.program.window
    assert doubled([action.text() for action in window.menuBar().actions()]) == []
    for top in window.menus.values():
        for menu in menus_of(top):
            menu.aboutToShow.emit()
            texts = [action.text() for action in menu.actions()]
            assert doubled(texts) == [], menu.title()


def test_letters_are_unique_on_every_screen(in_both_languages):
    wrong = {}
    for screen, widget in in_both_languages.everything():
        top = widget.window()
        texts = [
            each.text()
            for each in (*top.findChildren(QAbstractButton), *top.findChildren(QLabel))
            if each.isVisible() and (isinstance(each, QAbstractButton) or each.buddy())
        ]
        if top is in_both_languages.program.window:
            texts += [action.text() for action in top.menuBar().actions()]
        if doubled(texts):
            wrong[screen] = doubled(texts)
    assert wrong == {}


def test_the_first_to_wish_for_a_letter_keeps_it():
    assert distinct(["&Save", "&Street", "Place", "R&&D &s"], {"t"}) == [
        "&Save",
        "St&reet",
        "Place",
        "R&&&D s",
    ]
    assert distinct(["&a", "&a"]) == ["&a", "a"]


# --- single keys, drags, messages -----------------------------------------------------------------


def test_single_keys_are_for_their_list_only_and_can_be_switched_off(program):
    calendar: Any = program.tab("calendar")
    asked: list[object] = []
    calendar.view.creation_requested.connect(asked.append)
    program.program.window.clients.widget().search.setFocus()
    program.press(Qt.Key.Key_N)
    assert asked == []
    calendar.actions_.single_keys.setChecked(False)
    calendar.view.setFocus()
    QTest.keyClick(calendar.view, Qt.Key.Key_N)
    assert asked == []
    my_day: Any = program.tab("myday")
    assert my_day.acts.keys.isCheckable()


def test_every_drag_has_a_way_by_keyboard(program):
    """Only the calendar takes drops: to move, to stretch, to copy, and to book a client."""
    program.tab("calendar")
    droppable = {
        type(widget)
        for widget in program.program.window.findChildren(QWidget)
        if widget.acceptDrops() and type(widget).__module__.startswith("koba_desktop")
    }
    assert CalendarView in droppable
    names = [action.text().replace("&", "") for action in program.program.window.commands()]
    for wanted in ("New appointment", "Copy", "Paste"):
        assert any(name.startswith(wanted) for name in names), (wanted, names)


def test_messages_stay_as_long_as_somebody_wants(program):
    window = program.program.window
    choices = {action.data(): action for action in window.actions_.message_seconds.actions()}
    assert {15, 0} <= set(choices)
    choices[0].trigger()
    window.messages.show_message("Saved.")
    assert not window.messages._timer.isActive()
    choices[15].trigger()
    window.messages.show_message("Saved.")
    assert window.messages._timer.interval() == 15_000


def test_what_a_message_says_is_its_name(program):
    window = program.program.window
    window.messages.show_message("The letter lies in the outbox.")
    heard = [name_of(each) for each in interfaces(window.messages)]
    assert "The letter lies in the outbox." in heard
    line = InlineMessage(window)
    line.show_message("This field is needed.")
    assert name_of(QAccessible.queryAccessibleInterface(line)) == "This field is needed."
