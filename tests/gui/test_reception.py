"""The reception: a visit from expected to gone by keyboard, what waits too long, and privacy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QDialog, QMenu

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client, ClientNote
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChecklistItem,
    RoomBookingState,
    VisitNeed,
    VisitResult,
)
from koba_desktop.gui.appointments.editor import open_appointment_editor
from koba_desktop.gui.clients.dock import ClientsDock
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.gui.reception.actions import SINGLE_KEYS
from koba_desktop.gui.reception.model import STANDING_ROLE, VISITOR_ROLE, Column
from koba_desktop.gui.reception.visitors import Group
from koba_desktop.gui.reception.wording import Mark
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from tests.gui.real_office import nameless
from tests.gui.reception_desk import (
    KEYS,
    PURPOSE,
    FrontDesk,
    arrive,
    enter,
    front_desk,
    person,
    settle_policy,
    take_place,
    visit,
)

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing)", extend=True
)  # menus, offscreen

W, T, X, G = Group.WAITING, Group.TALKING, Group.EXPECTED, Group.GONE


@pytest.fixture
def door(tmp_path: Path, qtbot: Any) -> Iterator[FrontDesk]:
    with front_desk(tmp_path, qtbot) as made:
        yield made


def nagy(door: FrontDesk, hour: int = 10, minute: int = 0, **values: Any) -> Appointment:
    return visit(door.office, person(door.office, "Nagy", "Petra"), hour, minute, **values)


def moser(door: FrontDesk, hour: int = 10, minute: int = 0, **values: Any) -> Appointment:
    values = {"advisor_id": door.office.lindner.id, **values}
    return visit(door.office, person(door.office, "Moser", "Lukas"), hour, minute, **values)


# --- one visit ------------------------------------------------------------------------------------


def test_a_visit_goes_from_expected_to_gone_by_keyboard(door: FrontDesk) -> None:
    coming = nagy(door)
    door.show()
    assert door.names(X) == ["Nagy, Petra"]

    door.press(KEYS.Key_Space)
    assert door.panel.strip.isVisible()
    door.press(KEYS.Key_1, KEYS.Key_A, KEYS.Key_Plus, KEYS.Key_Return)
    assert door.names(W) == ["Nagy, Petra"]
    assert door.row.companions == 1
    assert door.panel.tree.hasFocus()

    door.press(KEYS.Key_R)
    assert door.row.called_at == door.office.clock.now()
    assert "called 09:12" in door.state(W)

    door.press(KEYS.Key_Return)
    assert door.names(T) == ["Nagy, Petra"]
    assert door.office.one(RoomBooking).state is RoomBookingState.OCCUPIED

    door.office.clock.advance(minutes=25)
    door.press(KEYS.Key_Return)
    door.press_in_menu(KEYS.Key_1)
    assert door.names(G) == ["Nagy, Petra"]
    made = door.office.one(Visit, appointment_id=coming.id)
    assert (made.result, made.left_at) == (VisitResult.SETTLED, door.office.clock.now())
    assert door.office.one(Appointment, id=coming.id).state is AppointmentState.KEPT


def test_without_a_list_of_what_to_look_at_space_is_enough(door: FrontDesk) -> None:
    settle_policy(door.office, "reception.checklist", [])
    nagy(door)
    door.show()
    door.press(KEYS.Key_Space)
    assert not door.panel.strip.isVisible()
    assert door.names(W) == ["Nagy, Petra"]


def test_escape_closes_the_strip_and_nobody_has_arrived(door: FrontDesk) -> None:
    nagy(door)
    door.show()
    door.press(KEYS.Key_Space, KEYS.Key_1, KEYS.Key_Escape)
    assert not door.panel.strip.isVisible()
    assert door.panel.tree.hasFocus()
    assert door.names(X) == ["Nagy, Petra"]


def test_the_visitor_stays_in_sight_above_the_strip(door: FrontDesk) -> None:
    for hour in range(9, 16):
        nagy(door, hour, 30)
    door.show()
    door.panel.resize(1318, 560)
    tree = door.panel.tree
    tree.choose(door.rows(X)[-1])
    door.press(KEYS.Key_Space)
    assert door.panel.strip.isVisible()
    assert tree.viewport().rect().contains(tree.visualRect(tree.currentIndex()).center())


def test_what_was_not_looked_at_stays_visible_until_it_is(door: FrontDesk) -> None:
    nagy(door)
    door.show()
    door.press(KEYS.Key_Space, KEYS.Key_1, KEYS.Key_Return)
    assert door.chosen.missing == (ChecklistItem.SYMPTOMS, ChecklistItem.CONTACT_DATA)
    assert "missing: no symptoms, contact data known" in door.spoken(W)
    door.press(KEYS.Key_Space)
    ticked = [box.isChecked() for box in door.panel.strip.boxes.values()]
    assert ticked == [True, False, False]
    door.press(KEYS.Key_2, KEYS.Key_3, KEYS.Key_Return)
    assert door.chosen.missing == ()
    assert "missing" not in door.spoken(W)


def test_the_strip_notes_needs_and_warns_of_a_place_too_small(door: FrontDesk) -> None:
    coming = nagy(door)
    door.show()
    door.press(KEYS.Key_Space)
    strip = door.panel.strip
    strip.needs[VisitNeed.INTERPRETER].setChecked(True)
    most = strip._most
    assert most is not None
    strip.count(most - 1)
    assert strip._warning.isVisible()
    door.press(KEYS.Key_Return)
    made = door.office.one(Visit, appointment_id=coming.id)
    assert (made.needs, made.companions) == ((VisitNeed.INTERPRETER,), most - 1)
    assert "with interpreter" in door.spoken(W)


def test_who_leaves_without_a_talk_is_called_and_can_be_taken_back(door: FrontDesk) -> None:
    arrive(door.office, nagy(door))
    told: list[tuple[str, bool]] = []
    door.desk.message.connect(lambda text, undo: told.append((text, undo)))
    door.show()
    door.press(KEYS.Key_X)
    assert door.names(G) == ["Nagy, Petra"]
    assert door.state(G) == "left without a talk"
    assert door.office.one(CallTask).advisor_id == door.office.berger.id
    text, undoable = told[-1]
    assert undoable
    assert "Ms Nagy (" in text
    assert "Berger finds a call" in text
    door.desk.undo()
    door.settle()
    assert door.names(W) == ["Nagy, Petra"]


def test_a_key_pressed_twice_is_one_wish(door: FrontDesk) -> None:
    settle_policy(door.office, "reception.checklist", [])
    nagy(door)
    door.show()
    door.panel.acts.arrive.trigger()
    door.panel.acts.arrive.trigger()
    door.settle()
    assert door.names(W) == ["Nagy, Petra"]


def test_the_wish_for_another_time_opens_the_editor(door: FrontDesk) -> None:
    coming = nagy(door)
    asked: list[AppointmentRequest] = []
    door.desk.edit_appointment_requested.connect(asked.append)
    door.show()
    door.press(KEYS.Key_W)
    assert [request.appointment_id for request in asked] == [coming.id]


def test_the_number_is_shown_in_large_type_and_escape_puts_it_away(door: FrontDesk) -> None:
    nagy(door)
    door.show()
    door.press(KEYS.Key_C)
    overlay = door.panel.overlay
    assert overlay.isVisible()
    assert overlay.rect() == door.panel.rect()
    assert (overlay.code, overlay.place) == (door.row.code, "R 1.04")
    assert "Nagy" not in overlay.accessibleName()
    door.bot.keyClick(overlay, KEYS.Key_Escape)
    assert not overlay.isVisible()
    assert door.panel.tree.hasFocus()


# --- places ---------------------------------------------------------------------------------------


def test_a_visitor_without_a_place_is_given_the_best_one_with_enter(door: FrontDesk) -> None:
    waiting = nagy(door)
    arrive(door.office, waiting)
    take_place(door.office, waiting)
    door.show()
    assert door.cells(door.rows(W)[0])[6] == "choose"
    assert "without a place" in door.spoken(W)
    door.press(KEYS.Key_Return)
    menu = door.menu()
    first = menu.activeAction()
    assert first is not None
    best = first.text()
    assert "R 1.0" in best
    door.press_in_menu(KEYS.Key_Return)
    assert door.chosen.placed
    assert door.row.room_name in best


def test_a_click_on_choose_opens_the_places(door: FrontDesk) -> None:
    waiting = nagy(door)
    take_place(door.office, waiting)
    door.show()
    tree = door.panel.tree
    cell = door.panel.model.index(0, 6, door.panel.model.index(2, 0))
    door.bot.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualRect(cell).center()
    )
    door.settle()
    assert isinstance(door.menu(), QMenu)
    door.menu().close()


def test_who_waits_sees_what_the_place_is_waiting_for(door: FrontDesk) -> None:
    place = door.office.place.id
    first, second = nagy(door, 9, 15, place_id=place), moser(door, 10, 15, place_id=place)
    for each in (first, second):
        arrive(door.office, each)
    enter(door.office, first)
    door.show()
    assert door.state(W) == "0 min – still occupied"


# --- time -----------------------------------------------------------------------------------------


def test_waiting_counts_on_without_asking_and_warns_with_the_key_that_helps(
    door: FrontDesk,
) -> None:
    arrive(door.office, nagy(door))
    door.show()
    asked: list[object] = []
    door.desk.ask = lambda *args, **kwargs: asked.append(args)  # type: ignore[assignment,method-assign]
    door.pass_minutes(9)
    assert door.state(W) == "9 min – place is free"
    assert not door.panel.head.long.isVisible()
    door.pass_minutes(5)
    assert door.state(W) == "14 min – call"
    standing = door.rows(W)[0].data(STANDING_ROLE)
    assert (standing.icon, standing.key, standing.mark) == ("warning", "R", Mark.WARNING)
    assert "waiting since 09:12, 14 min – call, too long, key R." in door.spoken(W)
    assert door.panel.head.long.text() == "1 longer than 10 min"
    assert door.panel.head.clock.text() == "09:26:00"
    assert asked == []


def test_those_who_wait_stand_in_the_order_they_came(door: FrontDesk) -> None:
    later, sooner = nagy(door, 10), moser(door, 11)
    arrive(door.office, sooner)
    door.office.clock.advance(minutes=3)
    arrive(door.office, later)
    door.show()
    assert door.names(W) == ["Moser, Lukas", "Nagy, Petra"]


def test_an_overrun_is_said_in_words(door: FrontDesk) -> None:
    coming = nagy(door, 9, 15)
    arrive(door.office, coming)
    enter(door.office, coming)
    door.show()
    assert door.state(T) == "until 09:45"
    door.pass_minutes(57)
    assert door.state(T) == "24 min over"
    assert door.rows(T)[0].data(STANDING_ROLE).mark is Mark.ALARM


def test_who_is_late_is_said_to_be_overdue(door: FrontDesk) -> None:
    nagy(door, 9, 15)
    door.show()
    door.pass_minutes(15)
    assert door.state(X) == "overdue for 12 min"


def test_the_head_counts_and_knows_the_cap(door: FrontDesk) -> None:
    settle_policy(door.office, "visitors.cap", 2)
    inside, waiting = nagy(door, 9, 15), moser(door, 10)
    nagy(door, 14)
    for each in (inside, waiting):
        arrive(door.office, each)
    enter(door.office, inside)
    door.show()
    head = door.panel.head
    counts = [each.text() for each in (head.waiting, head.talking, head.expected)]
    assert counts == ["1 waits", "1 in a talk", "1 expected"]
    assert head.house.text() == "In the house: 2 of 2 visitors at most – full"


# --- keys -----------------------------------------------------------------------------------------


def test_letters_work_in_the_list_alone_and_can_be_switched_off(door: FrontDesk) -> None:
    arrive(door.office, nagy(door))
    door.show()
    door.panel.rooms.board.setFocus()
    door.press(KEYS.Key_R)
    assert door.row.called_at is None
    door.panel.tree.setFocus()
    door.panel.acts.keys.setChecked(False)
    door.press(KEYS.Key_R)
    assert door.row.called_at is None
    assert QSettings().value(SINGLE_KEYS, type=bool) is False
    door.panel.acts.keys.setChecked(True)
    door.press(KEYS.Key_R)
    assert door.row.called_at is not None


def test_a_number_typed_finds_its_visitor(door: FrontDesk) -> None:
    nagy(door)
    moser(door)
    door.show()
    door.bot.keyClicks(door.panel.tree, "102")
    assert (door.row.code, door.row.family_name) == ("102", "Moser")


def test_steps_that_do_not_fit_are_not_offered(door: FrontDesk) -> None:
    arrive(door.office, nagy(door))
    moser(door)
    door.show()
    acts = door.panel.acts
    assert (acts.arrive.isEnabled(), acts.call.isEnabled(), acts.leave.isEnabled()) == (
        False,
        True,
        True,
    )
    assert acts.step.text().replace("&", "") == "Next step: enter the room"
    door.panel.tree.choose(door.rows(X)[0])
    assert (acts.arrive.isEnabled(), acts.call.isEnabled(), acts.leave.isEnabled()) == (
        True,
        False,
        False,
    )


def test_the_choice_follows_the_visitor_when_somebody_else_acts(door: FrontDesk) -> None:
    coming = nagy(door)
    moser(door)
    door.show()
    door.panel.tree.choose_visitor(coming.id)
    arrive(door.office, coming)
    door.reload()
    assert (door.chosen.group, door.row.appointment_id) == (W, coming.id)


def test_the_choice_does_not_follow_a_visitor_out_of_the_house(door: FrontDesk) -> None:
    gone = nagy(door)
    arrive(door.office, gone)
    enter(door.office, gone)
    arrive(door.office, moser(door))
    door.show()
    door.panel.tree.choose_visitor(gone.id)
    door.press(KEYS.Key_Return)
    door.press_in_menu(KEYS.Key_1)
    assert door.names(G) == ["Nagy, Petra"]
    assert door.panel.tree.visitor() is None
    assert door.panel.tree.currentIndex() == door.panel.model.index(list(Group).index(T), 0)
    assert not door.panel.tree.isExpanded(door.panel.model.index(list(Group).index(G), 0))
    door.press(KEYS.Key_Return)  # once more: nobody else is let in or out
    assert door.names(W) == ["Moser, Lukas"]


def test_choosing_goes_along_with_the_rooms_and_the_hours(door: FrontDesk) -> None:
    coming = nagy(door)
    door.show()
    door.panel.tree.clearFocus()
    door.panel.rooms.board.appointment_selected.emit(coming.id)
    assert door.row.appointment_id == coming.id
    block = door.panel.hours.timeline.current_block()
    assert block is not None
    assert block.row.appointment_id == coming.id


def test_the_parts_keep_the_size_they_were_given(door: FrontDesk) -> None:
    door.show()
    door.panel.across.splitterMoved.emit(400, 1)
    assert QSettings().value("reception/across") is not None


# --- seen and heard -------------------------------------------------------------------------------


def test_a_visitor_is_heard_in_a_sentence(door: FrontDesk) -> None:
    arrive(door.office, nagy(door), needs=(VisitNeed.INTERPRETER,))
    door.show()
    code = door.rows(W)[0].data()
    assert door.spoken(W) == (
        f"Nagy, Petra, number {code}, born 03/06/1988, urgent, appointment 10:00, with Berger, "
        "R 1.04, waiting since 09:12, 0 min – place is free, with interpreter."
    )


def test_every_row_is_a_named_child_of_the_list(door: FrontDesk) -> None:
    nagy(door)
    door.show()
    interface = QAccessible.queryAccessibleInterface(door.panel.tree)
    names = [interface.child(n).text(QAccessible.Text.Name) for n in range(interface.childCount())]
    assert door.spoken(X) in names


def test_everything_that_takes_the_focus_has_a_name(door: FrontDesk) -> None:
    nagy(door)
    door.show()
    assert nameless(door.panel) == []
    door.press(KEYS.Key_Space)
    assert nameless(door.panel) == []


def test_a_narrow_list_keeps_name_and_state(door: FrontDesk) -> None:
    arrive(door.office, nagy(door))
    door.show()
    tree = door.panel.tree
    hidden = []
    for width in (1000, 640, tree.minimumWidth()):
        tree.resize(width, 300)
        hidden.append([column for column in Column if tree.isColumnHidden(column)])
        assert tree.header().length() <= tree.viewport().width()
    assert hidden[0] == []
    assert hidden[-1] == [Column.BORN, Column.ADVISOR, Column.SINCE]


def test_a_narrow_head_keeps_how_many_wait(door: FrontDesk) -> None:
    arrive(door.office, nagy(door))
    door.show()
    head = door.panel.head
    head.resize(1200, head.height())
    assert (head.day.text(), head.house.isVisible()) == ("Thursday, 1 April 2021", True)
    head.resize(520, head.height())
    assert (head.day.text(), head.house.isVisible()) == ("Thu 1 April", False)
    assert head.waiting.isVisible()


def test_a_day_without_visitors_says_so(door: FrontDesk) -> None:
    door.show()
    assert door.panel.empty.isVisible()
    assert "F2" in door.panel.empty.text()


# --- privacy --------------------------------------------------------------------------------------


def texts(door: FrontDesk) -> str:
    """Everything the panel says in words, roles of every cell included."""
    model, said = door.panel.model, []
    for group in Group:
        for index in door.rows(group):
            for column in range(model.columnCount()):
                cell = model.index(index.row(), column, index.parent())
                said += [str(cell.data(role) or "") for role in range(16)]
                said.append(str(cell.data(VISITOR_ROLE) or ""))
    interface = QAccessible.queryAccessibleInterface(door.panel)
    return "\n".join((*said, *_heard(interface)))


def _heard(interface: Any) -> Iterator[str]:
    for kind in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description):
        yield interface.text(kind)
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from _heard(child)


def test_the_reason_for_a_visit_and_past_days_are_nowhere_to_be_found(door: FrontDesk) -> None:
    arrive(door.office, nagy(door))
    door.show()
    said = texts(door)
    assert "Nagy" in said
    assert PURPOSE not in said
    assert "electricity" not in said  # not even the category, where others look on
    door.office.clock.advance(days=5)
    door.reload()
    assert "Nagy" not in texts(door)


def test_the_editor_and_the_card_tell_the_reception_no_more(door: FrontDesk, qtbot: Any) -> None:
    nagy(door)
    client = door.office.one(Client, family_name="Nagy")
    door.office.put(ClientNote(id=new_id(), client_id=client.id, text="Schulden"))
    door.show()
    door.desk.edit_appointment_requested.connect(
        lambda request: open_appointment_editor(door.desk, request, door.panel)
    )
    door.press(KEYS.Key_W)
    door.settle()
    [dialog] = [d for d in door.panel.findChildren(QDialog) if d.isVisible()]
    heard = "\n".join(_heard(QAccessible.queryAccessibleInterface(dialog)))
    assert "Nagy" in heard
    assert PURPOSE not in heard
    dialog.close()
    dock = ClientsDock(door.desk)
    qtbot.addWidget(dock)
    dock.show()
    door.desk.client_selected.emit(client.id)
    door.settle()
    heard = "\n".join(_heard(QAccessible.queryAccessibleInterface(dock)))
    assert "Nagy" in heard
    assert "Schulden" not in heard


def test_whoever_receives_nobody_sees_nobody(door: FrontDesk) -> None:
    nagy(door)
    door.show()
    assert door.names(X)
    door.desk.become(Actor(door.office.administrator.id, door.office.office.id))
    assert door.names(X) == []  # at once, not when the answer comes
    door.settle()
    assert door.panel.empty.isVisible()
    assert not door.panel.tree.isVisible()
    assert "Nagy" not in texts(door)
