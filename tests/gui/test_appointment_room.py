"""The room of a personal appointment in the editor: chosen with the time, moved with it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTime
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from koba_desktop.domain.entities.appointments import Appointment, AppointmentChange
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking, Visit
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeKind,
    Channel,
    Mode,
    ModeSource,
    RoomBookingState,
    Urgency,
    UrgencyCategory,
    VisitResult,
    Windows,
)
from koba_desktop.gui.appointments.editor import AppointmentEditor, open_appointment_editor
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.services.commands import SetAppointmentState
from koba_desktop.services.ids import new_id
from tests.gui.small_desk import small_desk
from tests.unit.service_office import SmallOffice, at

TEN = at(12, 10)


@pytest.fixture
def desk_of(qapp: Any, tmp_path: Path) -> Iterator[tuple[SmallOffice, Desk]]:
    with small_desk(tmp_path) as (office, desk):
        large = Room(
            id=new_id(),
            office_id=office.office.id,
            name="R 1.05",
            area=45,
            height=2.8,
            seats=4,
            windows=Windows.CROSS,
            wheelchair=True,
            position=2,
        )
        office.put(large, Place(id=new_id(), room_id=large.id))
        yield office, desk


def open_editor(qtbot: Any, desk: Desk, request: AppointmentRequest) -> AppointmentEditor:
    editor = open_appointment_editor(desk, request)
    qtbot.waitSignal(editor.answered).wait()
    return editor


def fresh(qtbot: Any, office: SmallOffice, desk: Desk) -> AppointmentEditor:
    """A new appointment in person with Frau Kuhn on Monday 12 April, 10:00."""
    editor = open_editor(
        qtbot,
        desk,
        AppointmentRequest(client_id=office.kuhn.id, starts=TEN, channel=Channel.IN_PERSON),
    )
    editor.show()
    return editor


def answered(qtbot: Any, editor: AppointmentEditor, deed: Any) -> None:
    with qtbot.waitSignal(editor.answered, timeout=5000):
        deed()


def booked(qtbot: Any, desk: Desk, editor: AppointmentEditor) -> None:
    editor.ui.save.click()
    qtbot.waitUntil(lambda: not isValid(editor))
    qtbot.waitUntil(lambda: desk.tasks.idle)


def room_names(editor: AppointmentEditor) -> list[str]:
    return [editor.ui.room.itemText(n) for n in range(editor.ui.room.count())]


def test_only_who_comes_in_person_is_asked_for_a_room(
    qtbot: Any, desk_of: tuple[SmallOffice, Desk]
) -> None:
    office, desk = desk_of
    editor = fresh(qtbot, office, desk)
    assert editor.ui.room.isVisible()
    assert "R 1.04" in room_names(editor)[0]  # the small one: the accessible one stays free
    answered(
        qtbot,
        editor,
        lambda: editor.ui.channel.setCurrentIndex(
            editor.ui.channel.findData(Channel.TELEPHONE.value)
        ),
    )
    assert not editor.ui.room.isVisible()
    editor.discard()


def test_the_best_room_is_booked_with_the_time_and_the_visitor_gets_a_number(
    qtbot: Any, desk_of: tuple[SmallOffice, Desk]
) -> None:
    office, desk = desk_of
    booked(qtbot, desk, fresh(qtbot, office, desk))
    appointment = office.one(Appointment)
    booking = office.one(RoomBooking)
    assert booking.place_id == office.place.id
    assert (booking.starts, booking.ends) == (appointment.starts, appointment.ends)
    assert (booking.blocked_until - booking.ends).total_seconds() == 16 * 60
    assert office.one(Visit).code == "101"


def test_more_persons_choose_a_larger_room_and_too_many_are_refused_with_the_reason(
    qtbot: Any, desk_of: tuple[SmallOffice, Desk]
) -> None:
    office, desk = desk_of
    editor = fresh(qtbot, office, desk)
    answered(qtbot, editor, lambda: editor.ui.persons.setValue(4))
    assert "R 1.05" in room_names(editor)[0]
    assert any(name.startswith("R 1.04: too small") for name in room_names(editor))
    answered(qtbot, editor, lambda: editor.ui.persons.setValue(9))
    assert "No room is free then." in editor.ui.room_info.text()
    assert any("fits so many persons" in text for text in editor.ui.why.texts())
    editor.ui.save.click()
    qtbot.waitUntil(lambda: editor.ui.time_problem.isVisible())
    assert office.all(Appointment) == []
    assert editor.form.content().persons == 9
    editor.discard()


def test_another_room_alone_is_no_other_time(qtbot: Any, desk_of: tuple[SmallOffice, Desk]) -> None:
    office, desk = desk_of
    booked(qtbot, desk, fresh(qtbot, office, desk))
    appointment = office.one(Appointment)
    editor = open_editor(qtbot, desk, AppointmentRequest(appointment_id=appointment.id))
    number = next(n for n, name in enumerate(room_names(editor)) if name.startswith("R 1.05"))
    answered(qtbot, editor, lambda: editor.ui.room.setCurrentIndex(number))
    booked(qtbot, desk, editor)
    booking = office.one(RoomBooking)
    with office.view() as view:
        assert view.reader.get(Place, booking.place_id).room_id != office.room.id
    kinds = [change.kind for change in office.all(AppointmentChange)]
    assert kinds == [ChangeKind.CREATED, ChangeKind.ROOM]


def test_moving_the_time_takes_the_room_along_or_finds_another(
    qtbot: Any, desk_of: tuple[SmallOffice, Desk]
) -> None:
    office, desk = desk_of
    office.do(
        office.booking(
            at(12, 11),
            channel=Channel.IN_PERSON,
            client_id=office.hartwig.id,
            advisor_id=office.lindner.id,
            place_id=office.place.id,
            phone="",
        )
    )
    booked(qtbot, desk, fresh(qtbot, office, desk))
    mine = next(a for a in office.all(Appointment) if a.starts == TEN)
    editor = open_editor(qtbot, desk, AppointmentRequest(appointment_id=mine.id))
    answered(qtbot, editor, lambda: editor.ui.time.setTime(QTime(11, 0)))
    booked(qtbot, desk, editor)
    booking = office.one(RoomBooking, appointment_id=mine.id)
    assert booking.starts == at(12, 11)
    assert booking.place_id != office.place.id


def test_a_draft_keeps_room_and_persons(qtbot: Any, desk_of: tuple[SmallOffice, Desk]) -> None:
    office, desk = desk_of
    editor = fresh(qtbot, office, desk)
    answered(qtbot, editor, lambda: editor.ui.persons.setValue(3))
    number = next(n for n, name in enumerate(room_names(editor)) if name.startswith("R 1.05"))
    answered(qtbot, editor, lambda: editor.ui.room.setCurrentIndex(number))
    content = editor.form.content()
    assert content.place_id is not None
    assert type(content).from_json(content.to_json()) == content
    editor.discard()


def test_what_was_done_is_asked_when_an_urgent_visit_ends(
    qtbot: Any, desk_of: tuple[SmallOffice, Desk]
) -> None:
    office, desk = desk_of
    office.put(
        OperatingMode(
            id=new_id(),
            office_id=office.office.id,
            mode=Mode.CLOSED,
            valid_from=at(1, 0),
            source=ModeSource.STATE_REGULATION,
            reason="Regelung",
        )
    )
    office.clock.set(at(1, 9, 45))
    visit = office.booked(
        at(1, 10),
        channel=Channel.IN_PERSON,
        urgency=Urgency.URGENT,
        urgency_category=UrgencyCategory.NO_MONEY,
        phone="",
    )
    for state in (AppointmentState.ARRIVED, AppointmentState.IN_PROGRESS):
        now = office.one(Appointment, id=visit.id)
        office.do(SetAppointmentState(appointment_id=now.id, version=now.version, state=state))
    editor = open_editor(qtbot, desk, AppointmentRequest(appointment_id=visit.id))
    steps = editor.ui.next_state.menu()
    assert isinstance(steps, QMenu)
    results = steps.actions()[0].menu()
    assert isinstance(results, QMenu)
    assert len(results.actions()) == len(VisitResult)
    results.actions()[0].trigger()
    qtbot.waitUntil(lambda: office.one(Appointment, id=visit.id).state is AppointmentState.KEPT)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert office.one(Visit).result is VisitResult.SETTLED
    assert office.one(RoomBooking).state is RoomBookingState.AIRING
    editor.discard()
