"""A PC whose clock is wrong by hours: the server's time holds, and the difference is told.

The server is put ahead of this PC's clock or behind it: it is the difference that counts.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from koba_desktop.domain.clock import day_of, instant
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import CallReason
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services import ids
from koba_desktop.services.appointments.detail import appointment_detail
from koba_desktop.services.commands import CreateCallTask, HoldSlot, Reschedule
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.storage.check import check
from koba_desktop.storage.postgres import check as checking
from tests.faults.desk import Desk, Desks
from tests.postgres.office import set_clock
from tests.unit.service_office import at

WRONG_BY = [timedelta(hours=7), timedelta(days=-1)]
CLOSE = timedelta(seconds=10)


def sit_down(desks: Desks, member: Staff) -> Desk:
    """As the window does: with the clock of the server."""
    desk = desks.sit_down(member)
    services = Services(desk.store, desk.store.clock, HolidayCalendar(), host="PC-1")
    return replace(desk, services=services)


def servers_time(desks: Desks) -> tuple[datetime, date]:
    with psycopg.connect(desks.database.dsn()) as connection:
        row = connection.execute("select app.now(), app.today()").fetchone()
    assert row is not None
    return row


def a_free_time(now: datetime) -> datetime:
    """Ten o'clock on a day on which the office is open, after tomorrow."""
    day = day_of(now) + timedelta(days=2)
    while day.isoweekday() > 4 or HolidayCalendar().name(day) is not None:
        day += timedelta(days=1)
    return instant(day, time(10))


@pytest.mark.parametrize("ahead", WRONG_BY, ids=str)
def test_what_is_stamped_and_what_today_is_follow_the_server(
    desks: Desks, ahead: timedelta
) -> None:
    set_clock(desks.database, datetime.now(UTC) + ahead)
    desk = sit_down(desks, desks.office.berger)
    assert abs(desk.store.clock.skew - ahead) < CLOSE
    task_id = desk.do(
        CreateCallTask(
            client_id=desks.office.kuhn.id,
            advisor_id=desk.member.id,
            reason=CallReason.PLANNED,
            due=desk.services.clock.now(),
        )
    ).result["task_id"]
    now, today = servers_time(desks)
    (task,) = desk.all(CallTask, id=task_id)
    assert abs(task.changed_at - now) < CLOSE
    assert abs(task.due - now) < CLOSE
    with desks.owner.reading() as reader:
        (event,) = reader.find(AuditEvent, object_id=task_id)
    assert event.created_at is not None
    assert abs(event.created_at - now) < CLOSE
    with desk.services.view(desk.member.id) as view:
        assert view.today == today


@pytest.mark.parametrize("ahead", WRONG_BY, ids=str)
def test_a_hold_ends_by_the_servers_time(desks: Desks, ahead: timedelta) -> None:
    set_clock(desks.database, datetime.now(UTC) + ahead)
    hers, his = (sit_down(desks, each) for each in (desks.office.berger, desks.office.lindner))
    starts = a_free_time(servers_time(desks)[0])
    receipt = hers.do(
        HoldSlot(
            hold_id=new_id(),
            advisor_id=hers.member.id,
            starts=starts,
            ends=starts + timedelta(minutes=30),
        )
    )
    until = datetime.fromisoformat(receipt.result["until"])
    assert until > servers_time(desks)[0]
    booking = desks.office.booking(starts)
    with pytest.raises(Refused, match="held"):
        his.do(booking)
    set_clock(desks.database, until + timedelta(seconds=1))
    his.store.look_in()
    his.do(replace(booking, command_id=new_id()))


@pytest.mark.parametrize("ahead", [timedelta(hours=3), timedelta(hours=-3)], ids=str)
def test_looking_the_database_over_tells_a_wrong_clock(
    desks: Desks, monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    class WrongClock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) - ahead

    assert check(desks.owner) == []
    monkeypatch.setattr(checking, "datetime", WrongClock)
    (problem,) = check(desks.owner)
    assert problem.code == "clock_skew"
    assert abs(problem.params["seconds"] - ahead.total_seconds()) < CLOSE.total_seconds()


def test_a_history_is_in_the_order_of_the_server_whatever_clock_its_ids_are_made_by(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, made = desks.sit_down(), ids.uuid7
    appointment = desks.office.booked(at(12, 9))

    def shifted(by: timedelta) -> UUID:
        return UUID(int=made().int + (int(by.total_seconds() * 1000) << 80))

    for number, by in enumerate((timedelta(hours=7), timedelta(), timedelta(hours=-7))):
        monkeypatch.setattr(ids, "uuid7", lambda by=by: shifted(by))
        desks.office.clock.advance(minutes=1)
        desk.do(
            Reschedule(
                appointment_id=appointment.id,
                version=number + 1,
                starts=at(12, 10 + number),
                ends=at(12, 10 + number, 30),
            )
        )
    with desk.services.view(desk.member.id) as view:
        history = appointment_detail(view, appointment.id).history
    moments = [change.created_at for change in history]
    assert moments == sorted(moments)
    assert len(moments) >= 3
