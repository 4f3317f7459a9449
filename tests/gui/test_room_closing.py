"""The form "Close a room …": whom it touches, what is wrong at its fields, and that it survives."""

from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import ReasonCode, RoomUse
from koba_desktop.gui.app import Program
from koba_desktop.gui.carrying_on import form_of
from koba_desktop.gui.rooms.closing import FORM, RoomClosing, open_room_closing
from koba_desktop.gui.rooms.deeds import RoomDeeds
from koba_desktop.gui.unfinished import draft_name
from koba_desktop.services.commands.door import CloseRoom
from koba_desktop.services.ids import new_id
from tests.gui.real_office import nameless
from tests.gui.room_house import RoomHouse
from tests.gui.small_desk import Hands
from tests.unit.service_office import at


@pytest.fixture
def form(house: RoomHouse, hands: Hands, qtbot: QtBot) -> RoomClosing:
    """The form for R 1.04, as a tile's menu opens it."""
    return opened(house, hands, qtbot)


def opened(house: RoomHouse, hands: Hands, qtbot: QtBot, draft: Draft | None = None) -> RoomClosing:
    owner = house.owner(qtbot)
    tell = RoomDeeds(house.desk, owner).tell
    made = open_room_closing(house.desk, house.office.room.id, tell, owner, draft)
    hands.settle()
    made.activateWindow()
    asked(made, hands)
    return made


def asked(form: RoomClosing, hands: Hands) -> None:
    """Whom it touches has been asked and answered."""
    hands.bot.waitUntil(lambda: not form._pause.isActive())
    hands.settle()


def closures(house: RoomHouse) -> list[RoomBooking]:
    return house.office.all(RoomBooking, appointment_id=None)


def problem(form: RoomClosing, name: str) -> str:
    label = form._errors[name]
    return label.text() if label.isVisible() else ""


def test_a_room_is_closed_from_now_to_closing_time_with_a_few_keys(
    house: RoomHouse, hands: Hands, form: RoomClosing
) -> None:
    assert form.note.hasFocus()
    QTest.keyClicks(form.note, "Heizung defekt")
    QTest.keyClick(form.note, Qt.Key.Key_Return)
    hands.settle()
    [closure] = closures(house)
    assert (closure.use, closure.reason) == (RoomUse.MAINTENANCE, ReasonCode.DEFECT)
    assert (closure.starts, closure.ends) == (at(1, 9, 12), at(1, 16))
    assert closure.note == "Heizung defekt"
    assert house.said == [("R 1.04 is closed.", True)]
    house.desk.undo()
    hands.settle()
    assert house.line("R 1.04").closure is None


def test_cleaning_and_internal_use_need_no_reason(
    house: RoomHouse, hands: Hands, form: RoomClosing
) -> None:
    assert form.reason.isEnabled()
    form.use.setCurrentIndex(2)
    assert not form.reason.isEnabled()
    form.save()
    hands.settle()
    [closure] = closures(house)
    assert (closure.use, closure.reason) == (RoomUse.INTERNAL, None)


def test_those_in_the_way_are_named_before_and_after(
    house: RoomHouse, hands: Hands, qtbot: QtBot
) -> None:
    moser = house.visit("Moser", 13)
    form = opened(house, hands, qtbot)
    assert form.hint.text() == ("1 booking is in the way and gets another room: 13:00 Moser · Bg")
    form.save()
    hands.settle()
    where = house.row(moser).room_name
    assert where != "R 1.04"
    assert house.said == [(f"R 1.04 is closed. Moser: now {where}, 13:00.", True)]


def test_with_nobody_in_the_way_it_says_so(form: RoomClosing) -> None:
    assert form.hint.text() == "No booking is in the way."


def test_words_that_appear_take_no_room_from_the_fields(
    house: RoomHouse, hands: Hands, qtbot: QtBot
) -> None:
    for hour in (10, 12, 13, 14):
        house.visit("Moser-Kowalski", hour)
    form = opened(house, hands, qtbot)
    form._show_problems(
        [Problem("room_closed_then", {"starts": at(1, 9), "ends": at(1, 16)}, "starts")]
    )
    hands.settle()
    for moment in (form.starts, form.ends):
        assert moment.height() >= moment.day.minimumSizeHint().height()
        assert moment.rect().contains(moment.day.geometry())
    label = form._errors["starts"]
    assert label.height() >= label.heightForWidth(label.width())


def test_an_end_before_the_beginning_is_said_at_the_end(
    house: RoomHouse, hands: Hands, form: RoomClosing
) -> None:
    form.ends.show_moment(at(1, 9))
    assert problem(form, "ends") == "The end must come after the beginning."
    assert form.ends.day.property("invalid")
    assert form.ends.day.accessibleDescription() == problem(form, "ends")
    form.save()
    assert form.focusWidget() is form.ends.day
    hands.settle()
    assert closures(house) == []
    form.ends.show_moment(at(1, 12))
    assert problem(form, "ends") == ""
    assert not form.ends.day.property("invalid")


def test_too_long_a_closure_is_said_at_the_end(form: RoomClosing) -> None:
    form.ends.show_moment(form.starts.moment() + timedelta(days=40))
    assert problem(form, "ends") == (
        "A room can be closed for 31 days at once. Choose an earlier end."
    )


def test_a_room_that_is_closed_then_is_said_at_the_beginning(
    house: RoomHouse, hands: Hands, form: RoomClosing
) -> None:
    house.office.do(
        CloseRoom(
            room_id=house.office.room.id, use=RoomUse.INTERNAL, starts=at(1, 11), ends=at(1, 12)
        )
    )
    form.ends.show_moment(at(1, 11, 30))
    asked(form, hands)
    assert problem(form, "starts").startswith("The room is already closed from ")
    form.save()
    hands.settle()
    assert problem(form, "starts").startswith("The room is already closed from ")
    assert form.isVisible()
    assert len(closures(house)) == 1
    form.room.setCurrentIndex(1)
    asked(form, hands)
    assert problem(form, "starts") == ""
    form.save()
    hands.settle()
    assert len(closures(house)) == 2


def test_a_talk_that_still_runs_then_is_said_at_the_beginning(
    house: RoomHouse, hands: Hands, qtbot: QtBot
) -> None:
    house.enter(house.visit("Seidel", 9, 15))
    form = opened(house, hands, qtbot)
    form.starts.show_moment(at(1, 9, 30))
    form.save()
    hands.settle()
    assert problem(form, "starts").startswith("Somebody is still in this room.")


def test_what_was_typed_comes_back_after_a_crash(
    house: RoomHouse, hands: Hands, form: RoomClosing, qtbot: QtBot
) -> None:
    QTest.keyClicks(form.note, "Fenster klemmt")
    form.use.setCurrentIndex(1)
    form.close()
    hands.settle()
    draft = house.office.one(Draft, form=FORM)
    kept = form_of(draft)
    assert kept is not None
    assert draft_name(draft).startswith("Close a room: R 1.04 – ")
    again = opened(house, hands, qtbot, draft)
    assert again.note.text() == "Fenster klemmt"
    assert again.use.currentData() == RoomUse.CLEANING
    again.save()
    hands.settle()
    assert house.office.all(Draft) == []


def test_looking_at_the_form_leaves_no_draft(
    house: RoomHouse, hands: Hands, form: RoomClosing
) -> None:
    form.close()
    hands.settle()
    assert house.office.all(Draft) == []


def test_what_is_thrown_away_does_not_come_back(
    house: RoomHouse, hands: Hands, form: RoomClosing
) -> None:
    QTest.keyClicks(form.note, "Fenster")
    form.discard_button.click()
    hands.settle()
    assert house.office.all(Draft) == []
    assert closures(house) == []


def test_everything_in_the_form_has_a_name(form: RoomClosing) -> None:
    assert nameless(form) == []


def test_the_window_opens_the_form_again_from_its_draft(program: Program, qtbot: QtBot) -> None:
    assert program.session is not None
    desk = program.session.desk
    content: dict[str, Any] = {
        "room": None,
        "use": "internal",
        "starts": "2021-04-13T10:00:00+00:00",
        "ends": "2021-04-13T11:00:00+00:00",
        "reason": "other",
        "note": "Dienstbesprechung",
    }
    draft = Draft(
        id=new_id(), author_id=desk.actor.staff_id, form=FORM, content=content, saved_at=desk.now()
    )
    program.session.unfinished.carry_on(draft)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    [form] = program.window.findChildren(RoomClosing)
    assert form.note.text() == "Dienstbesprechung"
    assert form.use.currentData() == RoomUse.INTERNAL
    form.discard()
