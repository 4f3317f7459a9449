"""The list for an outage: what is needed to go on by hand, and only what its reader may see."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from koba_desktop.domain.entities import office as offices
from koba_desktop.domain.entities.appointments import Appointment, AppointmentPurpose
from koba_desktop.domain.entities.clients import ClientNote, ClientPhone
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    Outcome,
    Role,
)
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.services.outage.emergency_list import (
    EmergencyList,
    emergency_list,
)
from koba_desktop.storage.snapshot import open_snapshot, write_snapshot
from tests.support import KEY, FixedClock, Office
from tests.unit.service_office import LONG_AGO, SmallOffice, at


def listed(office: SmallOffice, viewer: Staff | None = None, **wanted: object) -> EmergencyList:
    with office.view(viewer) as view:
        return emergency_list(view, **wanted)  # type: ignore[arg-type]


def visited(office: SmallOffice) -> Appointment:
    """Frau Kuhn comes to Frau Berger today at 14:00, into R 1.04."""
    return office.booked(at(1, 14), channel=Channel.IN_PERSON, place_id=office.place.id, persons=2)


def test_today_and_the_next_working_day_by_advisor(office: SmallOffice) -> None:
    office.booked(at(1, 11))
    office.booked(at(6, 9), client_id=office.hartwig.id, phone="")
    content = listed(office)
    assert content.as_of == office.clock.now()
    (here,) = content.offices
    # Thursday before Easter: Good Friday, the weekend and Easter Monday are no working days.
    assert [day.day for day in here.days] == [date(2021, 4, 1), date(2021, 4, 6)]
    (berger,) = here.days[0].advisors
    assert berger.advisor == "Berger"
    (line,) = berger.lines
    assert (line.starts, line.ends) == (at(1, 11), at(1, 11, 30))
    assert (line.name, line.phone, line.channel) == (
        "Kuhn, Marlies",
        "0176 04069118",
        Channel.TELEPHONE,
    )
    assert line.state is AppointmentState.CONFIRMED
    assert here.days[1].advisors[0].lines[0].name == "Hartwig, Jörg"
    assert here.days[1].advisors[0].lines[0].phone == ""


def test_the_first_good_number_stands_where_none_was_agreed_on(office: SmallOffice) -> None:
    office.put(
        ClientPhone(
            id=new_id(),
            client_id=office.hartwig.id,
            typed="03941 1",
            position=0,
            bad_since=at(1, 8),
        ),
        ClientPhone(id=new_id(), client_id=office.hartwig.id, typed="03941 3", position=2),
        ClientPhone(id=new_id(), client_id=office.hartwig.id, typed="03941 2", position=1),
    )
    office.booked(at(1, 11), client_id=office.hartwig.id, phone="")
    (berger,) = listed(office).offices[0].days[0].advisors
    assert berger.lines[0].phone == "03941 2"


def test_numbers_go_along_for_names_that_cannot_be_printed(office: SmallOffice) -> None:
    visited(office)
    office.task()
    (here,) = listed(office).offices
    (advisor,) = here.days[0].advisors
    assert [line.number for line in advisor.lines] == ["118274"]
    assert here.calls is not None
    assert [line.number for line in here.calls[0].lines] == ["118274"]
    (at_the_door,) = listed(office, office.reception).offices
    assert at_the_door.days[0].visitors is not None
    assert [line.number for line in at_the_door.days[0].visitors] == ["118274"]


def test_what_was_called_off_is_not_on_the_list(office: SmallOffice) -> None:
    made = office.booked(at(1, 11))
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.update(replace(made, state=AppointmentState.CANCELLED_BY_CLIENT, active=False))
    assert listed(office).offices[0].days[0].advisors == ()


def test_visitors_are_named_to_reception_and_rooms_hold_numbers(office: SmallOffice) -> None:
    visited(office)
    visit = office.one(Visit)
    (here,) = listed(office, office.reception).offices
    today = here.days[0]
    assert today.visitors is not None
    (visitor,) = today.visitors
    assert (visitor.name, visitor.code, visitor.room) == ("Kuhn, Marlies", visit.code, "R 1.04")
    assert (visitor.advisor, visitor.starts) == ("Berger", at(1, 14))
    assert today.rooms is not None
    (room,) = today.rooms
    (used,) = room.used
    assert (room.room, used.code, used.starts) == ("R 1.04", visit.code, at(1, 14))
    assert used.blocked_until > used.ends == at(1, 14, 30)
    assert "Kuhn" not in repr(today.rooms)
    assert here.days[1].visitors == ()


def test_reception_sees_no_calls_and_nobody_sees_what_was_written(office: SmallOffice) -> None:
    made = visited(office)
    secret = "GEHEIM"
    office.put(
        AppointmentPurpose(id=new_id(), appointment_id=made.id, text=secret),
        ClientNote(id=new_id(), client_id=office.kuhn.id, text=secret),
    )
    office.task()
    assert listed(office, office.reception).offices[0].calls is None
    for viewer in (office.reception, office.berger, office.lead):
        content = repr(listed(office, viewer))
        assert "Kuhn" in content
        assert secret not in content


def test_calls_due_until_the_next_working_day_by_advisor(office: SmallOffice) -> None:
    office.task(due=at(6, 10))
    office.task(office.hartwig, reason=CallReason.CALLBACK, advisor_id=office.lindner.id)
    office.task(due=at(7, 8))
    done = office.task(office.hartwig)
    office.attempt(done, Outcome.REACHED)
    calls = listed(office).offices[0].calls
    assert calls is not None
    assert [(each.advisor, [line.name for line in each.lines]) for each in calls] == [
        ("Berger", ["Kuhn, Marlies"]),
        ("Lindner", ["Hartwig, Jörg"]),
    ]
    assert calls[0].lines[0].phone == "0176 04069118"
    assert calls[1].lines[0].reason is CallReason.CALLBACK


def test_one_advisors_own_list(office: SmallOffice) -> None:
    office.booked(at(1, 11))
    office.booked(at(1, 11), client_id=office.hartwig.id, advisor_id=office.lindner.id)
    office.task(office.hartwig, advisor_id=office.lindner.id)
    (here,) = listed(office, advisor_id=office.berger.id).offices
    assert [each.advisor for each in here.days[0].advisors] == ["Berger"]
    assert here.calls == ()


def test_who_has_nothing_to_do_with_clients_gets_no_list(office: SmallOffice) -> None:
    with pytest.raises(Refused, match="not_entitled"):
        listed(office, office.administrator)
    with office.services.view(None) as view, pytest.raises(Refused, match="not_entitled"):
        emergency_list(view)


def test_only_the_viewers_offices_and_a_deputys_second_one(office: SmallOffice) -> None:
    second = replace(office.office, id=new_id(), name="Wernigerode", short_name="Wernigerode")
    office.put(second)
    assert [each.office.short_name for each in listed(office).offices] == ["Halberstadt"]
    with pytest.raises(Refused):
        listed(office, office_id=second.id)
    office.put(
        StaffRole(
            id=new_id(),
            staff_id=office.berger.id,
            office_id=second.id,
            role=Role.ADVISOR,
            valid_from=LONG_AGO,
            valid_until=date(2021, 4, 1),
        )
    )
    assert [each.office.short_name for each in listed(office).offices] == [
        "Halberstadt",
        "Wernigerode",
    ]
    assert [o.office.id for o in listed(office, office_id=second.id).offices] == [second.id]
    assert len(office.all(offices.Office)) == 2
    office.clock.advance(days=1)
    assert [each.office.short_name for each in listed(office).offices] == ["Halberstadt"]


@pytest.mark.parametrize(
    ("today", "expected"),
    [(at(1, 9), date(2021, 4, 6)), (at(13, 9), date(2021, 4, 14)), (at(16, 9), date(2021, 4, 19))],
)
def test_the_second_day_is_the_next_working_day(
    office: SmallOffice, today: datetime, expected: date
) -> None:
    office.clock.set(today)
    [listed_office] = listed(office).offices
    assert [lines.day for lines in listed_office.days] == [today.date(), expected]


def test_the_snapshot_on_the_pc_gives_the_same_list(demo_office: Office, tmp_path: Path) -> None:
    """That is what is there when the server is not."""
    office = demo_office
    with office.store.reading() as reader:
        reception = reader.find(StaffRole, role=Role.RECEPTION, order_by="id", limit=1)[0]
    for number, viewer in enumerate((office.actor.staff_id, reception.staff_id)):
        path = tmp_path / f"snapshot-{number}.db"
        taken_at = office.clock.now()
        write_snapshot(office.store, path, KEY, taken_at, viewer)
        with office.services.view(viewer) as view:
            expected = emergency_list(view)
        snapshot = open_snapshot(path, KEY)
        later = FixedClock(taken_at + timedelta(minutes=50))
        try:
            with Services(snapshot.store, later, HolidayCalendar()).view(viewer) as view:
                found = emergency_list(view, taken_at=snapshot.info.taken_at)
        finally:
            snapshot.store.close()
        assert found == expected
        assert found.as_of == taken_at
        assert found.offices[0].days[0].advisors
