"""What others commit shows by itself: asked for by whom it concerns, and marked for a while."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QObject, QRect, QSettings, Qt, Signal
from PySide6.QtGui import QRegion
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.gui.calendar.panel import CalendarPanel
from koba_desktop.gui.calendar.view import CalendarView
from koba_desktop.gui.clients.dock import ClientsDock
from koba_desktop.gui.desk import MOST_MARKED, Desk
from koba_desktop.gui.foreign import MERGE_MS, Marks, Pace
from koba_desktop.gui.reception.panel import ReceptionPanel
from koba_desktop.gui.tasks import Lane, TaskRunner
from koba_desktop.gui.widgets.changed import sign_rect
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import Reschedule
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Foreign
from koba_desktop.services.touched import Touched
from koba_desktop.storage.files import open_store
from tests.gui.reception_desk import person, visit
from tests.gui.small_desk import Hands, small_desk
from tests.support import KEY
from tests.unit.service_office import SmallOffice, at

TEXT = Qt.ItemDataRole.AccessibleTextRole


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Live:
    """A desk, and somebody else who writes into the same file."""

    office: SmallOffice
    desk: Desk
    hands: Hands

    def told(self) -> list[ChangeSet]:
        heard: list[ChangeSet] = []
        self.desk.changed.connect(heard.append)
        return heard

    def moved_elsewhere(self, appointment: Appointment, hour: int) -> Appointment:
        """Frau Lindner moves it in another program."""
        store = open_store(self.office.store.path, KEY)
        services = Services(store, self.office.clock, HolidayCalendar(), host="PC-2")
        services.execute(
            Reschedule(
                appointment_id=appointment.id,
                version=appointment.version,
                starts=at(1, hour),
                ends=at(1, hour, 30),
            ),
            replace(self.office.actor, staff_id=self.office.lindner.id),
        )
        store.close()
        return self.office.one(Appointment, id=appointment.id)

    def hear(self, *rows: tuple[str, UUID]) -> None:
        """As the shared database tells it."""
        self.desk.others_wrote(Foreign(frozenset(rows)))
        self.hands.settle()


@pytest.fixture
def live(tmp_path: Path, qtbot: QtBot) -> Iterator[Live]:
    QSettings().clear()
    with small_desk(tmp_path) as (office, desk):
        yield Live(office, desk, Hands(office, desk, qtbot))


def shown(live: Live, qtbot: QtBot) -> CalendarView:
    panel = CalendarPanel(live.desk)
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    live.hands.look_at(panel)
    return panel.view


# --- whom it concerns -----------------------------------------------------------------------------


def test_only_whom_it_concerns_asks_again(live: Live) -> None:
    heard = live.told()
    live.hear(("letter", new_id()))
    assert [(c.topics, c.foreign) for c in heard] == [
        (frozenset({Topic.LETTERS, Topic.APPOINTMENTS}), True)
    ]


def test_what_no_screen_shows_is_told_to_none(live: Live) -> None:
    heard = live.told()
    live.hear(("presence", new_id()), ("audit_event", new_id()))
    assert heard == []


def test_reloading_asks_for_everything_at_once(live: Live) -> None:
    heard = live.told()
    live.desk.others_wrote()
    live.desk.others_wrote()
    assert [c.everything for c in heard] == [True, True]


def test_a_move_elsewhere_shows_in_the_calendar_with_a_mark(live: Live, qtbot: QtBot) -> None:
    booked = live.office.booked(at(1, 10), client_id=live.office.kuhn.id)
    view = shown(live, qtbot)
    moved = live.moved_elsewhere(booked, 11)
    live.office.clock.advance(minutes=30)
    live.hear(("appointment", booked.id))
    qtbot.waitUntil(lambda: live.desk.marks.of(booked.id) is not None)
    index = view.rows.index_of(booked.id)
    row = view.rows.row_at(index)
    assert row is not None
    assert row.starts == moved.starts
    assert index.data(TEXT).endswith("changed at 09:12 by Ms Lindner")
    live.desk.marks._marks.clear()
    assert "changed" not in index.data(TEXT)


def test_under_my_own_name_it_says_so(live: Live) -> None:
    one = new_id()
    live.desk.marks.put([Touched(frozenset({one}), live.desk.member.id, at(1, 9))])
    assert live.desk.said_of(one) == "changed at 09:00 under your name, in another place"
    assert live.desk.said_of(new_id(), None) == ""


def test_an_unknown_hand_is_somebody(live: Live) -> None:
    one, other = new_id(), new_id()
    live.desk.marks.put([Touched(frozenset({one}), None, at(1, 9))])
    live.desk.marks.put([Touched(frozenset({other}), None, None)])
    assert live.desk.said_of(one) == "changed at 09:00 by Somebody"
    assert live.desk.said_of(other) == "changed by somebody else"


def test_where_nobody_knows_what_nothing_is_marked(live: Live) -> None:
    booked = live.office.booked(at(1, 10), client_id=live.office.kuhn.id)
    live.desk.others_wrote(Foreign(everything=True))
    live.hands.settle()
    assert not live.desk.marks.any
    flood = {("appointment", new_id()) for _n in range(MOST_MARKED)}
    live.desk.others_wrote(Foreign(frozenset({("appointment", booked.id), *flood})))
    live.hands.settle()
    assert not live.desk.marks.any


def test_the_reception_marks_who_came(live: Live, qtbot: QtBot) -> None:
    coming = visit(live.office, person(live.office, "Nagy", "Petra"), 10)
    panel = ReceptionPanel(live.desk)
    qtbot.addWidget(panel)
    panel.resize(1200, 700)
    live.hands.look_at(panel)
    live.hear(("appointment", coming.id))
    qtbot.waitUntil(lambda: live.desk.marks.any)
    spoken = panel.model.find(coming.id).data(TEXT)
    assert spoken.endswith("Changed at 09:12 under your name, in another place.")
    tile = panel.rooms.board.model().index(panel.rooms.board._rooms.row_of_appointment(coming.id))
    if tile.isValid():
        assert "changed at 09:12 under" in tile.data(TEXT)
    assert not panel.grab().isNull()


def test_the_worklist_marks_who_was_called(live: Live, qtbot: QtBot) -> None:
    task = live.office.task(live.office.kuhn)
    dock = ClientsDock(live.desk)
    qtbot.addWidget(dock)
    dock.resize(280, 700)
    live.hands.look_at(dock)
    line = dock.work.work.index_of_client(live.office.kuhn.id)
    assert line.data(Qt.ItemDataRole.ToolTipRole) is None
    live.hear(("call_task", task))
    qtbot.waitUntil(lambda: live.desk.marks.any)
    line = dock.work.work.index_of_client(live.office.kuhn.id)
    assert "changed at 09:12" in line.data(TEXT)
    assert "changed at 09:12" in line.data(Qt.ItemDataRole.ToolTipRole)
    assert not dock.grab().isNull()


# --- how long, and how little is painted ----------------------------------------------------------


def test_a_mark_goes_by_itself(qapp: object, qtbot: QtBot) -> None:
    QSettings().clear()
    clock = Clock()
    marks = Marks(clock=clock)
    one, other = new_id(), new_id()
    changed: list[frozenset[UUID]] = []
    marks.changed.connect(changed.append)
    marks.put([Touched(frozenset({one}), None, None)])
    clock.seconds = 10
    marks.put([Touched(frozenset({other}), None, None)])
    clock.seconds = 19.9
    marks.tidy()
    assert marks.of(one) is not None
    clock.seconds = 20
    marks.tidy()
    assert (marks.of(one), marks.of(one, other) is None) == (None, False)
    clock.seconds = 30
    marks.tidy()
    assert not marks.any
    assert changed == [{one}, {other}, {one}, {other}]
    assert not marks._timer.isActive()


def test_who_wants_no_marks_has_none(qapp: object) -> None:
    QSettings().setValue("marks/seconds", 0)
    marks = Marks()
    marks.put([Touched(frozenset({new_id()}), None, None)])
    assert not marks.any
    QSettings().clear()


def test_a_mark_paints_its_corner_alone(
    live: Live, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked = live.office.booked(at(1, 10), client_id=live.office.kuhn.id)
    live.office.booked(at(1, 13), client_id=live.office.hartwig.id)
    view = shown(live, qtbot)
    painted: list[QRegion] = []
    paint = view._canvas.paint

    def watched(event: Any) -> None:
        painted.append(QRegion(event.region()))
        paint(event)

    monkeypatch.setattr(view._canvas, "paint", watched)
    corner = sign_rect(view.row_rect(booked.id))
    for change in (
        lambda: live.desk.marks.put([Touched(frozenset({booked.id, new_id()}), None, None)]),
        lambda: live.desk.marks.changed.emit(frozenset({booked.id})),
    ):
        view.viewport().repaint()
        live.hands.settle()
        painted.clear()
        change()
        qtbot.waitUntil(lambda: bool(painted))
        assert [each.boundingRect() for each in painted] == [corner]
    picture = view.viewport().grab().toImage()
    ratio = picture.devicePixelRatio()
    inside = corner.bottomRight() * ratio
    assert picture.pixelColor(inside.x() - 2, inside.y() - 2) != picture.pixelColor(
        round(corner.left() * ratio) - 6, inside.y() - 4
    )


def test_a_sign_is_small_in_a_low_block(qapp: object) -> None:
    assert sign_rect(QRect(0, 0, 100, 12)).height() <= 5
    assert sign_rect(QRect(10, 10, 100, 60)).bottomRight() == QRect(10, 10, 100, 60).bottomRight()


# --- a busy office --------------------------------------------------------------------------------


class Lanes(TaskRunner):
    """Lanes that are busy as long as they are told to be."""

    def __init__(self) -> None:
        super().__init__()
        self.busy = False

    def waits_for(self, lane: Lane) -> bool:
        return self.busy and lane is Lane.QUERIES


@pytest.fixture
def lanes(qapp: object) -> Iterator[Lanes]:
    made = Lanes()
    yield made
    made.close()


def test_the_first_is_told_at_once_and_a_burst_as_one(lanes: Lanes, qtbot: QtBot) -> None:
    pace = Pace(lanes)
    told: list[Foreign] = []
    pace.told.connect(told.append)
    rows = [("appointment", new_id()) for _n in range(50)]
    pace.take(Foreign(frozenset(rows[:1])))
    assert len(told) == 1
    for row in rows[1:]:
        pace.take(Foreign(frozenset({row})))
    assert len(told) == 1
    qtbot.waitUntil(lambda: len(told) == 2, timeout=MERGE_MS * 20)
    assert told[1].rows == frozenset(rows[1:])


def test_nobody_is_asked_again_before_the_answer(lanes: Lanes, qtbot: QtBot) -> None:
    pace = Pace(lanes)
    told: list[Foreign] = []
    looked: list[bool] = []
    pace.told.connect(told.append)
    pace._timer.timeout.connect(lambda: looked.append(lanes.busy))
    pace.take(Foreign(everything=True))
    lanes.busy = True
    pace.take(Foreign(everything=True))
    qtbot.waitUntil(lambda: len(looked) >= 3)
    assert len(told) == 1
    lanes.busy = False
    qtbot.waitUntil(lambda: len(told) == 2)


class Feed(QObject):
    wrote = Signal(object)


def test_the_watch_on_the_file_is_heard(live: Live, qtbot: QtBot) -> None:
    booked = live.office.booked(at(1, 10), client_id=live.office.kuhn.id)
    view = shown(live, qtbot)
    feed = Feed()
    feed.wrote.connect(live.desk.others_wrote, Qt.ConnectionType.QueuedConnection)
    stop = live.office.store.watch(feed.wrote.emit)
    try:
        moved = live.moved_elsewhere(booked, 11)

        def there() -> bool:
            row = view.rows.row_at(view.rows.index_of(booked.id))
            return row is not None and row.starts == moved.starts

        qtbot.waitUntil(there)
    finally:
        stop()
    live.hands.settle()
