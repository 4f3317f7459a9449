"""The calendar: what it shows, how the keyboard and the mouse move things, what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtTest import QTest

from koba_desktop.domain.errors import Conflict, Problem, Refused, Taken
from koba_desktop.domain.vocabulary import AppointmentState, Channel, LetterState, ReasonCode
from koba_desktop.gui import theme
from koba_desktop.gui.calendar import moves, pages
from koba_desktop.gui.calendar.gestures import CLIENT_MIME
from koba_desktop.gui.calendar.pages import Span, weekday_beside
from koba_desktop.gui.calendar.panel import CalendarPanel
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.i18n import formats
from koba_desktop.services.changes import EVERYTHING, ChangeSet, Topic
from koba_desktop.services.commands import BookAppointment, CreateLetter, Reschedule
from koba_desktop.services.execution import Actor
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.slots.finding import SlotRefusal
from tests.gui.calendar_office import (
    BERGER,
    HALBERSTADT,
    HOFMANN,
    LINDNER,
    MONDAY,
    STAFF,
    TUESDAY,
    CalendarOffice,
    at,
    book,
    prepared_page,
    row,
    week,
)

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def idle(qtbot, desk) -> None:
    qtbot.waitUntil(lambda: desk.tasks.idle)


@pytest.fixture
def office() -> CalendarOffice:
    return CalendarOffice(rows={r.id: r for r in week()})


@pytest.fixture
def desk(qtbot, qapp, office, tmp_path, monkeypatch):
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    theme.install(qapp, theme.Scheme.LIGHT)
    monkeypatch.setattr(pages, "calendar_page", prepared_page)
    tasks = TaskRunner()
    yield Desk(office, book(), Actor(BERGER, HALBERSTADT.id), tasks)
    tasks.close()


@pytest.fixture
def panel(qtbot, desk):
    made = CalendarPanel(desk)
    qtbot.addWidget(made)
    made.resize(1040, 860)
    with qtbot.waitSignal(made.page_shown):
        made.show()
    idle(qtbot, desk)
    return made


def named(rows: Any, name: str) -> AppointmentRow:
    return next(r for r in rows if r.family_name == name)


def show_team(qtbot, panel) -> None:
    with qtbot.waitSignal(panel.page_shown):
        panel.chooser.toggle(HOFMANN)
    with qtbot.waitSignal(panel.page_shown):
        panel.chooser.toggle(LINDNER)


def select(panel, name: str) -> AppointmentRow:
    found = named(panel.view.scene.rows, name)
    panel.view.select_appointment(found.id)
    panel.view.setFocus()
    return found


# --- what it shows ------------------------------------------------------------------------------


def test_a_week_begins_with_my_own_appointments_monday_to_friday(panel):
    assert [c.day for c in panel.view.scene.columns] == [
        MONDAY + timedelta(days=n) for n in range(5)
    ]
    assert {r.advisor_id for r in panel.view.scene.rows} == {BERGER}


def test_saturday_is_shown_when_something_is_there(qtbot, panel, office, desk):
    saturday = MONDAY + timedelta(days=5)
    extra = row("Samstag", saturday, "09:00-09:30")
    office.rows[extra.id] = extra
    with qtbot.waitSignal(panel.page_shown):
        desk.changed.emit(ChangeSet(frozenset({Topic.APPOINTMENTS}), days=frozenset({saturday})))
    assert [c.day for c in panel.view.scene.columns][-1] == saturday


def test_a_day_has_a_column_for_each_advisor_of_my_team(qtbot, panel):
    with qtbot.waitSignal(panel.page_shown):
        panel.show_span(Span.DAY)
    assert [c.advisor_id for c in panel.view.scene.columns] == [BERGER, HOFMANN, LINDNER]
    assert all(r.starts.date() == TUESDAY for r in panel.view.scene.rows)


def test_every_appointment_is_a_named_child_for_assistive_technology(panel):
    interface = QAccessible.queryAccessibleInterface(panel.view)
    names = [interface.child(n).text(QAccessible.Text.Name) for n in range(interface.childCount())]
    kuhn = named(panel.view.scene.rows, "Kuhn")
    start, end = formats.time_of(kuhn.starts), formats.time_of(kuhn.ends)
    [text] = [name for name in names if "Kuhn" in name]
    assert start == "10:15"
    assert start in text
    assert end in text
    assert "13" in text
    assert len([n for n in names if n]) >= len(panel.view.scene.rows)


def test_overlapping_blocks_lie_side_by_side(qtbot, panel):
    show_team(qtbot, panel)
    view = panel.view
    rects = [view.visualRect(view.rows.index(n)) for n in range(len(view.scene.rows))]
    for n, rect in enumerate(rects):
        for other in rects[:n]:
            assert not rect.intersects(other)


def test_a_point_of_a_block_leads_to_its_appointment(panel):
    view = panel.view
    for number in range(len(view.scene.rows)):
        index = view.rows.index(number)
        assert view.indexAt(view.visualRect(index).center()) == index


def test_the_old_picture_stays_until_the_new_one_is_there(qtbot, panel):
    before = panel.view.scene
    panel.turn(5)
    assert panel.view.scene is before
    qtbot.waitSignal(panel.page_shown).wait()
    assert panel.view.scene.columns[0].day == MONDAY + timedelta(days=35)


def test_the_next_page_is_there_at_once_unless_something_changed(qtbot, panel, office, desk):
    qtbot.waitUntil(lambda: office.pages == 3 and desk.tasks.idle)  # the neighbours are here
    panel.turn(1)
    assert panel.view.scene.columns[0].day == MONDAY + timedelta(days=7)
    idle(qtbot, desk)
    kuhn = named(office.rows.values(), "Kuhn")
    office.rows[kuhn.id] = replace(kuhn, family_name="Neumann")
    with qtbot.waitSignal(panel.page_shown):
        desk.changed.emit(ChangeSet(frozenset({Topic.APPOINTMENTS}), days=frozenset({TUESDAY})))
        panel.turn(-1)
    assert named(panel.view.scene.rows, "Neumann").id == kuhn.id


def test_beside_a_weekend_lie_monday_and_friday():
    friday, monday = date(2021, 4, 16), date(2021, 4, 19)
    assert (weekday_beside(friday, 1), weekday_beside(monday, -1)) == (monday, friday)
    assert weekday_beside(monday, 1) == date(2021, 4, 20)


def test_changes_of_other_days_are_none_of_our_business(qtbot, panel, office, desk):
    asked = office.pages
    desk.changed.emit(
        ChangeSet(frozenset({Topic.APPOINTMENTS}), days=frozenset({date(2021, 6, 1)}))
    )
    desk.changed.emit(ChangeSet(frozenset({Topic.DRAFTS})))
    idle(qtbot, desk)
    assert office.pages == asked


def test_hidden_it_does_not_ask_and_shown_again_it_does(qtbot, panel, office, desk):
    panel.hide()
    asked = office.pages
    desk.changed.emit(ChangeSet(everything=True))
    idle(qtbot, desk)
    assert office.pages == asked
    with qtbot.waitSignal(panel.page_shown):
        panel.show()
    assert office.pages > asked


@pytest.mark.parametrize("step", [15, 30, 60])
def test_zoom_keeps_at_least_the_height_of_a_line_for_a_slot(panel, step):
    panel.set_step(step)
    height = panel.view.geometry_now.minute_height * step
    assert height >= 26
    panel.grab()


def test_a_selection_here_is_told_to_the_other_panels_and_taken_from_them(qtbot, panel, desk):
    told: list[UUID] = []
    desk.appointment_selected.connect(told.append)
    kuhn = select(panel, "Kuhn")
    assert told == [kuhn.id]
    krueger = named(panel.view.scene.rows, "Krüger")
    desk.client_selected.emit(krueger.client_id)
    assert panel.view.current_row() == krueger
    assert told == [kuhn.id]


def test_a_client_of_another_advisor_brings_that_advisor_along(qtbot, panel, desk, office):
    lorenz = named(office.rows.values(), "Lorenz")
    desk.client_selected.emit(lorenz.client_id)
    qtbot.waitUntil(lambda: panel.view.current_row() == lorenz)
    assert HOFMANN in {a.id for a in panel.chooser.chosen}


# --- keyboard -----------------------------------------------------------------------------------


def test_arrows_go_through_slots_and_appointments(panel):
    view = panel.view
    select(panel, "Kuhn")
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.current_row() == named(view.scene.rows, "Krüger")
    QTest.keyClick(view, Qt.Key.Key_Up)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.current_slot() is None
    assert view.current_row() == named(view.scene.rows, "Lenz")  # at that time a day later
    QTest.keyClick(view, Qt.Key.Key_Left)
    assert view.current_row() == named(view.scene.rows, "Kuhn")


def test_a_free_slot_has_a_name_with_its_time(panel):
    view = panel.view
    view.stand_on(1, 12 * 60 + 30)
    text = view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "12:30" in text
    assert view.current_slot().closed_by
    view.stand_on(1, 16 * 60 + 30)
    assert not view.current_slot().closed_by


def test_enter_opens_and_n_makes_a_new_one_here(qtbot, panel, desk):
    requests: list[AppointmentRequest] = []
    desk.edit_appointment_requested.connect(requests.append)
    kuhn = select(panel, "Kuhn")
    QTest.keyClick(panel.view, Qt.Key.Key_Return)
    assert requests[-1].appointment_id == kuhn.id
    panel.view.stand_on(1, 14 * 60 + 30)
    QTest.keyClick(panel.view, Qt.Key.Key_N)
    assert requests[-1].starts == at(TUESDAY, "14:30")
    assert requests[-1].advisor_id == BERGER
    panel.view.single_keys = False
    QTest.keyClick(panel.view, Qt.Key.Key_N)
    assert len(requests) == 2


def test_past_the_last_column_the_next_week_comes(qtbot, panel):
    panel.view.setFocus()
    panel.view.stand_on(4, 10 * 60)
    with qtbot.waitSignal(panel.page_shown):
        QTest.keyClick(panel.view, Qt.Key.Key_Right)
    assert panel.view.scene.columns[0].day == MONDAY + timedelta(days=7)
    assert panel.view.current_slot().column == 0


def test_alt_arrows_move_by_a_quarter_and_by_a_day(qtbot, panel, office, desk):
    kuhn = select(panel, "Kuhn")
    QTest.keyPress(panel.view, Qt.Key.Key_Down, ALT)
    QTest.keyPress(panel.view, Qt.Key.Key_Down, ALT)
    QTest.keyPress(panel.view, Qt.Key.Key_Right, ALT)
    QTest.keyRelease(panel.view, Qt.Key.Key_Alt)
    qtbot.waitUntil(lambda: bool(office.commands))
    [command] = office.commands
    assert isinstance(command, Reschedule)
    assert (command.appointment_id, command.version) == (kuhn.id, 1)
    assert command.starts == at(TUESDAY + timedelta(days=1), "10:45")
    assert command.ends - command.starts == kuhn.ends - kuhn.starts
    idle(qtbot, desk)


def test_alt_shift_arrows_change_the_duration(qtbot, panel, office, desk):
    krueger = select(panel, "Krüger")
    QTest.keyPress(panel.view, Qt.Key.Key_Down, ALT | SHIFT)
    QTest.keyRelease(panel.view, Qt.Key.Key_Alt)
    qtbot.waitUntil(lambda: bool(office.commands))
    assert office.commands[0].starts == krueger.starts
    assert office.commands[0].ends == krueger.ends + timedelta(minutes=15)
    idle(qtbot, desk)


def test_escape_takes_a_keyboard_move_back(qtbot, panel, office, desk):
    select(panel, "Kuhn")
    QTest.keyPress(panel.view, Qt.Key.Key_Down, ALT)
    assert panel.view.ghost is not None
    QTest.keyClick(panel.view, Qt.Key.Key_Escape)
    QTest.keyRelease(panel.view, Qt.Key.Key_Alt)
    idle(qtbot, desk)
    assert panel.view.ghost is None
    assert not office.commands


def test_past_friday_a_move_goes_to_monday(qtbot, panel, office, desk):
    reuter = select(panel, "Reuter")
    with qtbot.waitSignal(panel.page_shown):
        QTest.keyClick(panel.view, Qt.Key.Key_Right, ALT)
    idle(qtbot, desk)
    assert office.rows[reuter.id].starts == at(MONDAY + timedelta(days=7), "08:00")
    qtbot.waitUntil(lambda: panel.view.current_row() is not None)
    assert panel.view.current_row().id == reuter.id


def test_in_the_day_view_alt_right_gives_it_to_the_next_advisor(qtbot, panel, office, desk):
    with qtbot.waitSignal(panel.page_shown):
        panel.show_span(Span.DAY)
    krueger = select(panel, "Krüger")
    QTest.keyClick(panel.view, Qt.Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: bool(office.commands))
    assert office.commands[0].advisor_id == HOFMANN
    assert office.commands[0].starts == krueger.starts
    idle(qtbot, desk)


def test_cut_and_paste_moves_to_another_week(qtbot, panel, office, desk):
    krueger = select(panel, "Krüger")
    QTest.keyClick(panel.view, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(panel.page_shown):
        QTest.keyClick(panel.view, Qt.Key.Key_PageDown)
    panel.view.stand_on(2, 9 * 60)
    QTest.keyClick(panel.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(office.commands))
    idle(qtbot, desk)
    assert office.rows[krueger.id].starts == at(MONDAY + timedelta(days=9), "09:00")


def test_copy_and_paste_books_the_same_client_again(qtbot, panel, office, desk):
    krueger = select(panel, "Krüger")
    panel.actions_.copy.trigger()
    panel.view.stand_on(2, 16 * 60)
    panel.actions_.paste.trigger()
    qtbot.waitUntil(lambda: bool(office.commands))
    [command] = office.commands
    assert isinstance(command, BookAppointment)
    assert command.client_id == krueger.client_id
    assert command.starts == at(MONDAY + timedelta(days=2), "16:00")
    idle(qtbot, desk)


# --- mouse --------------------------------------------------------------------------------------


def drag(view, start: QPoint, end: QPoint) -> None:
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(port, (start + end) / 2)
    QTest.mouseMove(port, end)


def drop(view, end: QPoint) -> None:
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def test_a_drag_moves_to_the_quarter_under_the_mouse(qtbot, panel, office, desk):
    view = panel.view
    krueger = named(view.scene.rows, "Krüger")
    start = view.row_rect(krueger.id).center()
    hour = round(60 * view.geometry_now.minute_height)
    end = start + QPoint(0, 4 * hour)
    drag(view, start, end)
    assert view.ghost is not None
    drop(view, end)
    qtbot.waitUntil(lambda: bool(office.commands))
    assert office.commands[0].starts == krueger.starts + timedelta(hours=4)
    idle(qtbot, desk)


def test_a_trembling_hand_moves_nothing(qtbot, panel, office, desk):
    view = panel.view
    start = view.row_rect(named(view.scene.rows, "Krüger").id).center()
    drag(view, start, start + QPoint(2, 3))
    assert view.ghost is None
    drop(view, start + QPoint(2, 3))
    idle(qtbot, desk)
    assert not office.commands


def test_escape_ends_a_drag(qtbot, panel, office, desk):
    view = panel.view
    start = view.row_rect(named(view.scene.rows, "Krüger").id).center()
    drag(view, start, start + QPoint(0, 120))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    drop(view, start + QPoint(0, 120))
    idle(qtbot, desk)
    assert not office.commands


def test_while_dragging_the_ghost_says_what_is_in_the_way(panel):
    view = panel.view
    krueger = named(view.scene.rows, "Krüger")
    kuhn = named(view.scene.rows, "Kuhn")
    drag(view, view.row_rect(krueger.id).center(), view.row_rect(kuhn.id).center())
    assert view.ghost.forbidden
    assert "Kuhn" in view.ghost.problem
    view.grab()
    closed = QPoint(view.row_rect(krueger.id).center().x(), view.geometry_now.y_of(12 * 60 + 30))
    QTest.mouseMove(view.viewport(), closed)
    assert view.ghost.problem
    assert not view.ghost.forbidden


def test_the_lower_handle_makes_it_longer(qtbot, panel, office, desk):
    view = panel.view
    krueger = select(panel, "Krüger")
    block = view.row_rect(krueger.id)
    start = QPoint(block.center().x(), block.bottom() + 1)
    end = start + QPoint(0, round(30 * view.geometry_now.minute_height))
    drag(view, start, end)
    drop(view, end)
    qtbot.waitUntil(lambda: bool(office.commands))
    assert office.commands[0].starts == krueger.starts
    assert office.commands[0].ends == krueger.ends + timedelta(minutes=30)
    idle(qtbot, desk)


def test_a_drag_over_free_time_opens_a_new_one_with_its_duration(panel, desk):
    requests: list[AppointmentRequest] = []
    desk.edit_appointment_requested.connect(requests.append)
    view = panel.view
    x = view.geometry_now.column_rect(3).center().x()
    start = QPoint(x, view.geometry_now.y_of(13 * 60 + 2))
    end = QPoint(x, view.geometry_now.y_of(13 * 60 + 44))
    drag(view, start, end)
    drop(view, end)
    assert requests[-1].starts == at(MONDAY + timedelta(days=3), "13:00")
    assert requests[-1].minutes == 45


def test_a_client_dropped_on_a_time_gets_an_appointment_there(panel, desk, office):
    requests: list[AppointmentRequest] = []
    desk.edit_appointment_requested.connect(requests.append)
    client = named(office.rows.values(), "Kuhn").client_id
    mime = QMimeData()
    mime.setData(CLIENT_MIME, str(client).encode())
    view = panel.view
    place = QPointF(view.geometry_now.column_rect(2).center().x(), view.geometry_now.y_of(9 * 60))
    event = QDropEvent(
        place,
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    view.dragMoveEvent(event)
    view.dropEvent(event)
    assert requests[-1].client_id == client
    assert requests[-1].starts == at(MONDAY + timedelta(days=2), "09:00")


# --- answers ------------------------------------------------------------------------------------


def move_down(panel, name: str) -> AppointmentRow:
    found = select(panel, name)
    QTest.keyClick(panel.view, Qt.Key.Key_Down, ALT)
    return found


def test_a_move_is_seen_at_once(qtbot, panel, office, desk):
    krueger = move_down(panel, "Krüger")
    shown = named(panel.view.scene.rows, "Krüger")
    assert shown.starts == krueger.starts + timedelta(minutes=15)
    assert krueger.id in panel.view.pending
    qtbot.waitUntil(lambda: not panel.view.pending)
    assert named(panel.view.scene.rows, "Krüger").version == 2


def test_two_quick_moves_do_not_get_into_each_others_way(qtbot, panel, office, desk):
    krueger = move_down(panel, "Krüger")
    QTest.keyClick(panel.view, Qt.Key.Key_Down, ALT)
    qtbot.waitUntil(lambda: not panel.view.pending)
    idle(qtbot, desk)
    assert [c.version for c in office.commands] == [1, 2]
    assert office.rows[krueger.id].starts == krueger.starts + timedelta(minutes=30)


def test_a_refusal_names_all_reasons_and_can_be_overruled(qtbot, panel, office, desk, monkeypatch):
    refusals = (
        SlotRefusal("outside_hours", override="outside_hours"),
        SlotRefusal("outside_pattern", override="outside_pattern"),
    )
    monkeypatch.setattr(moves, "explain_slot", lambda _view, _query, _starts: refusals)
    office.refuse = Refused(Problem("outside_hours"))
    krueger = move_down(panel, "Krüger")
    qtbot.waitUntil(panel.notice.isVisible)
    assert len(panel.notice.text().splitlines()) == 2
    assert named(panel.view.scene.rows, "Krüger").starts == krueger.starts
    panel.notice._link.click()
    panel.notice._reason.setCurrentIndex(panel.notice._reason.findData(ReasonCode.OTHER))
    assert not panel.notice._again.isEnabled()
    panel.notice._why.setText("Rückruf nach Dienst")
    panel.notice._again.click()
    qtbot.waitUntil(lambda: bool(office.commands))
    override = office.commands[0].override
    assert override.codes == {"outside_hours", "outside_pattern"}
    assert (override.reason, override.text) == (ReasonCode.OTHER, "Rückruf nach Dienst")
    idle(qtbot, desk)


@pytest.mark.parametrize(
    "error", [Taken("advisor_taken"), Conflict("Appointment", None, changed_by=None)]
)
def test_what_the_database_refuses_cannot_be_overruled(qtbot, panel, office, desk, error):
    office.refuse = error
    krueger = move_down(panel, "Krüger")
    qtbot.waitUntil(panel.notice.isVisible)
    assert panel.notice.text()
    assert not panel.notice._link.isVisible()
    idle(qtbot, desk)
    assert named(panel.view.scene.rows, "Krüger").starts == krueger.starts
    assert not panel.view.pending


def test_what_is_said_goes_when_something_else_is_done_since(qtbot, panel, office, desk):
    office.refuse = Taken("advisor_taken")
    move_down(panel, "Krüger")
    qtbot.waitUntil(panel.notice.isVisible)
    idle(qtbot, desk)
    desk.changed.emit(EVERYTHING)
    assert panel.notice.isVisible()  # somebody else wrote: a reason may be half typed
    office.refuse = None
    desk.changed.emit(ChangeSet(topics=frozenset({Topic.DRAFTS})))
    assert panel.notice.isVisible()
    desk.changed.emit(ChangeSet(topics=frozenset({Topic.APPOINTMENTS})))
    assert not panel.notice.isVisible()
    idle(qtbot, desk)


def test_a_proposal_by_letter_moves_with_its_letter(qtbot, panel, office, desk):
    move_down(panel, "Kuhn")
    qtbot.waitUntil(lambda: bool(office.commands))
    assert office.commands[0].letter
    idle(qtbot, desk)
    assert not panel.notice.isVisible()


@pytest.mark.parametrize("channel", [Channel.TELEPHONE, Channel.IN_PERSON])
def test_who_holds_a_letter_with_the_old_time_is_offered_a_new_one(
    qtbot, panel, office, desk, channel
):
    krueger = named(office.rows.values(), "Krüger")
    office.rows[krueger.id] = replace(krueger, letter_state=LetterState.PRINTED, channel=channel)
    with qtbot.waitSignal(panel.page_shown):
        panel.refresh()
    move_down(panel, "Krüger")
    qtbot.waitUntil(panel.notice.isVisible)
    assert not office.commands[0].letter
    panel.notice._link.click()
    qtbot.waitUntil(lambda: len(office.commands) == 2)
    assert isinstance(office.commands[1], CreateLetter)
    idle(qtbot, desk)


def test_what_was_kept_stays_where_it_was(qtbot, panel, office, desk):
    demir = move_down(panel, "Demir")
    assert demir.state is AppointmentState.KEPT
    assert panel.notice.isVisible()
    idle(qtbot, desk)
    assert not office.commands


def test_the_last_advisor_cannot_be_taken_off(qtbot, panel):
    panel.chooser.toggle(BERGER)
    assert [a.id for a in panel.chooser.chosen] == [BERGER]
    assert STAFF[0].id == BERGER
