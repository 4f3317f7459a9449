from datetime import date, time, timedelta

import pytest

from koba_desktop.domain.entities.office import ClosingDay
from koba_desktop.domain.entities.staff import Absence, WorkingPattern
from koba_desktop.domain.vocabulary import Channel, Mode, RoomBookingState
from koba_desktop.services.calendar.days import Closure, calendar_page
from koba_desktop.services.calendar.hours import OfficeHours
from koba_desktop.services.rooms.board import RoomLine, room_board
from tests.unit.fakes import new_id
from tests.unit.little_office import THURSDAY, LittleOffice, at

MONDAY = date(2021, 4, 12)
TUESDAY = date(2021, 4, 13)
State = RoomBookingState


@pytest.fixture
def office() -> LittleOffice:
    return LittleOffice(now=at(TUESDAY, "09:42"))


def described(closures: tuple[Closure, ...]) -> list[tuple[str, str]]:
    return [(c.code, c.text) for c in closures]


def test_a_week_of_the_calendar(office: LittleOffice) -> None:
    office.mode(Mode.CLOSED)
    office.mode(Mode.BY_APPOINTMENT, TUESDAY)
    booked = office.appointment(TUESDAY, "10:15", "10:45")
    office.appointment(MONDAY + timedelta(days=7), "10:15", "10:45")
    page = calendar_page(office.view(), office.office.id, MONDAY, MONDAY + timedelta(days=6))
    assert [day.day for day in page.days] == [MONDAY + timedelta(days=n) for n in range(7)]
    assert [row.id for row in page.appointments] == [booked.id]
    assert [c for c, _ in described(page.days[0].closures)] == [
        "outside_hours",
        "lunch",
        "outside_hours",
    ]
    assert [c for c, _ in described(page.days[6].closures)] == ["outside_hours"]
    assert [day.mode for day in page.days[:2]] == [Mode.CLOSED, Mode.BY_APPOINTMENT]
    assert all(not day.advisor_closures and not day.notes for day in page.days)


def test_holidays_and_closing_days_are_noted_in_the_header(office: LittleOffice) -> None:
    office.reader.add(
        ClosingDay(id=new_id(), office_id=office.office.id, day=THURSDAY, reason="Umzug")
    )
    page = calendar_page(office.view(), office.office.id, THURSDAY, THURSDAY + timedelta(days=1))
    assert [described(day.closures) for day in page.days] == [
        [("closing_day", "Umzug")],
        [("holiday", "Karfreitag")],
    ]
    assert [day.notes for day in page.days] == [("Umzug",), ("Karfreitag",)]


def test_absences_and_time_off_duty_are_shaded_within_the_hours(office: LittleOffice) -> None:
    office.reader.add(
        Absence(
            id=new_id(),
            staff_id=office.hofmann.id,
            starts=at(TUESDAY, "09:00"),
            ends=at(TUESDAY + timedelta(days=3), "00:00"),
            label="Urlaub",
        )
    )
    (pattern,) = office.reader.find(WorkingPattern, staff_id=office.hofmann.id, weekday=2)
    office.change(pattern, starts=time(8, 30))
    page = calendar_page(office.view(), office.office.id, TUESDAY, TUESDAY)
    (day,) = page.days
    assert day.notes == ("Hofmann: Urlaub",)
    assert [(c.code, c.starts, c.ends, c.advisor_id) for c in day.advisor_closures] == [
        ("off_duty", at(TUESDAY, "08:00"), at(TUESDAY, "08:30"), office.hofmann.id),
        ("absence", at(TUESDAY, "09:00"), at(TUESDAY, "12:00"), office.hofmann.id),
        ("absence", at(TUESDAY, "13:00"), at(TUESDAY, "16:00"), office.hofmann.id),
    ]


def test_of_some_advisors_only_theirs_is_shown(office: LittleOffice) -> None:
    office.appointment(TUESDAY, "10:15", "10:45", advisor=office.hofmann)
    mine = calendar_page(office.view(), office.office.id, TUESDAY, TUESDAY, [office.berger.id])
    assert mine.appointments == ()


def test_the_next_telephone_hour(office: LittleOffice) -> None:
    hours = OfficeHours(office.view(), office.office.id, THURSDAY)
    assert hours.next_open(at(THURSDAY, "09:10"), Channel.TELEPHONE) == at(THURSDAY, "09:10")
    assert hours.next_open(at(THURSDAY, "12:00"), Channel.TELEPHONE) == at(THURSDAY, "13:00")
    assert hours.next_open(at(THURSDAY, "16:00"), Channel.TELEPHONE) == at(
        date(2021, 4, 6), "08:00"
    )
    assert hours.next_open(at(THURSDAY, "16:00"), Channel.OUTDOORS) == at(THURSDAY, "16:00")


# --- rooms --------------------------------------------------------------------------------------


def board(office: LittleOffice, clock: str = "09:42", day: date = TUESDAY) -> tuple[RoomLine, ...]:
    return room_board(office.view(now=at(TUESDAY, clock)), office.office.id, day)


def test_a_free_room_is_free_until_the_next_booking(office: LittleOffice) -> None:
    _, (place,) = office.room("1.04")
    booked = office.booking(place, at(TUESDAY, "10:30"), 30)
    (line,) = board(office)
    assert (line.now_state, line.places_free, line.until) == (None, 1, at(TUESDAY, "10:30"))
    assert line.following is not None
    assert line.following.id == booked.id
    assert len(line.bookings) == 1


@pytest.mark.parametrize(
    ("clock", "stored", "shown", "until"),
    [
        ("09:42", State.RESERVED, State.RESERVED, "10:00"),
        ("09:42", State.OCCUPIED, State.OCCUPIED, "10:00"),
        ("10:05", State.RESERVED, State.AIRING, "10:15"),
        ("10:05", State.AIRING, State.AIRING, "10:15"),
        ("10:15", State.RESERVED, None, None),
        ("10:20", State.OCCUPIED, State.OCCUPIED, "10:00"),  # an overrun
        ("10:20", State.CLEANING, State.CLEANING, "10:15"),
    ],
)
def test_what_a_booked_room_is_now(
    office: LittleOffice, clock: str, stored: State, shown: State | None, until: str | None
) -> None:
    _, (place,) = office.room("1.04")
    office.booking(place, at(TUESDAY, "09:30"), 30, stored)
    (line,) = board(office, clock)
    assert line.now_state is shown
    assert line.until == (None if until is None else at(TUESDAY, until))


def test_a_place_for_several_is_full_only_when_all_positions_are_taken(
    office: LittleOffice,
) -> None:
    _, (first, second) = office.room("Hof 1", places=2)
    office.booking(first, at(TUESDAY, "09:30"), 60)
    (line,) = board(office)
    assert (line.places, line.places_free, line.now_state) == (2, 1, None)
    office.booking(second, at(TUESDAY, "09:30"), 30)
    (line,) = board(office)
    assert (line.places_free, line.now_state, line.until) == (
        0,
        State.RESERVED,
        at(TUESDAY, "10:00"),
    )


def test_on_another_day_nothing_is_now(office: LittleOffice) -> None:
    room, (place,) = office.room("1.04")
    office.booking(place, at(MONDAY, "09:30"), 30)
    (line,) = board(office, day=MONDAY)
    assert (line.now_state, line.until, line.places_free) == (None, None, 1)
    assert line.following is not None
    office.change(room, retired_on=MONDAY)
    assert board(office) == ()
