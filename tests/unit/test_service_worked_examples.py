"""The worked examples of the domain rules § 3 through the services, and days that are not usual."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from koba_desktop.domain.clock import BERLIN, day_bounds, day_of, instant, wall
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.office import ClosingDay
from koba_desktop.domain.entities.staff import WorkingPattern
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import LetterState, Outcome, ReasonCode
from koba_desktop.services.calendar.days import calendar_page
from koba_desktop.services.commands import (
    MarkPrinted,
    Override,
    PrintedLetter,
    Reschedule,
)
from koba_desktop.services.contacts.offer import letter_offer
from koba_desktop.services.contacts.worklist import Group, worklist
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.letters.outbox import outbox
from koba_desktop.services.slots.finding import SlotQuery, find_slots
from tests.unit.letter_office import post
from tests.unit.service_office import SmallOffice

UNUSUAL = Override(
    codes=frozenset({"outside_hours", "outside_pattern", "holiday"}),
    reason=ReasonCode.LEAD_DECISION,
)


def on(day: date, hour: int, minute: int = 0) -> datetime:
    return instant(day, time(hour, minute))


def print_and_post(office: SmallOffice, letter: Letter, day: date) -> dict[str, object]:
    printed = PrintedLetter(letter_id=letter.id, version=letter.version, pdf=b"%PDF", pages=1)
    office.do(MarkPrinted(letters=(printed,)))
    office.clock.set(on(day, 15))
    return post(office, letter, day).result


# --- the letter and time --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("made", "deemed", "delivery", "earliest", "next_working_day"),
    [
        (date(2021, 4, 1), date(2021, 4, 4), date(2021, 4, 6), date(2021, 4, 13), date(2021, 4, 6)),
        (
            date(2025, 4, 17),
            date(2025, 4, 21),
            date(2025, 4, 22),
            date(2025, 4, 29),
            date(2025, 4, 22),
        ),
    ],
)
def test_from_the_second_try_on_maundy_thursday_to_the_posted_letter(
    office: SmallOffice,
    made: date,
    deemed: date,
    delivery: date,
    earliest: date,
    next_working_day: date,
) -> None:
    office.clock.set(on(made - timedelta(days=1), 9, 5))
    task_id = office.task()
    assert office.attempt(task_id).result["exhausted"] is False
    office.clock.set(on(made, 11, 18))
    assert office.attempt(task_id, Outcome.BUSY).result["exhausted"] is True

    with office.view() as view:
        offer = letter_offer(view, office.kuhn.id, task_id=task_id)
    chain = offer.chain
    assert (chain.posting, chain.before_collection) == (made, True)
    assert (chain.deemed, chain.delivery, chain.earliest) == (deemed, delivery, earliest)
    assert (offer.exhausted, offer.ladder_made) == (True, 2)
    assert day_of(offer.slots[0].starts) == earliest

    too_soon = office.proposal(task_id, offer.slots[0].starts - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        office.do(too_soon)
    assert refused.value.code == "too_early_by_post"

    office.do(office.proposal(task_id, offer.slots[0].starts))
    letter = office.one(Letter)
    data = letter_data(letter.data)
    assert letter.assumed_posting == made
    assert data["made_on"] == made.isoformat()
    assert data["attempts"] == [(made - timedelta(days=1)).isoformat(), made.isoformat()]
    assert data["appointment"] is not None
    assert datetime.fromisoformat(data["appointment"]["starts"]) == offer.slots[0].starts
    assert data["recipient_lines"][:2] == ["Frau", "Marlies Kuhn"]
    assert office.one(CallTask).result is not None
    with office.view() as view:
        assert worklist(view, office.office.id, office.berger.id).of(Group.CALL_NOW) == ()

    assert print_and_post(office, letter, next_working_day)["too_early"] == [letter.id]
    with office.view() as view:
        (item,) = outbox(view, office.office.id).posted
    assert item.problem == "slot_too_early"
    assert item.earliest is not None
    assert item.earliest > earliest


def test_posted_as_assumed_nothing_is_reported(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    assert print_and_post(office, letter, date(2021, 4, 1))["too_early"] == []
    assert office.one(Letter).state is LetterState.POSTED


# --- the change of summer time --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2021, 3, 28), 23), (date(2021, 3, 29), 24), (date(2021, 10, 31), 25)],
)
def test_a_day_is_as_long_as_the_wall_clock_makes_it(day: date, hours: int) -> None:
    starts, ends = day_bounds(day)
    assert ends - starts == timedelta(hours=hours)
    assert day_of(starts) == day
    assert day_of(ends - timedelta(microseconds=1)) == day
    assert day_of(ends) == day + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [(date(2021, 3, 28), 60), (date(2021, 10, 31), 180)],
)
def test_an_appointment_across_the_change_keeps_its_real_length(
    office: SmallOffice, day: date, minutes: int
) -> None:
    office.clock.set(on(date(2021, 3, 1), 9))
    starts, ends = on(day, 1, 30), on(day, 3, 30)
    assert ends - starts == timedelta(minutes=minutes)
    appointment = office.booked(starts, ends=ends, override=UNUSUAL)
    with office.view() as view:
        page = calendar_page(view, office.office.id, day, day)
        other = calendar_page(view, office.office.id, day + timedelta(1), day + timedelta(1))
    assert [row.id for row in page.appointments] == [appointment.id]
    assert other.appointments == ()
    assert (wall(page.appointments[0].starts).hour, wall(page.appointments[0].ends).hour) == (1, 3)
    with pytest.raises(Refused) as refused:
        office.do(office.booking(ends - timedelta(minutes=15), override=UNUSUAL))
    assert "advisor_busy" in [p.code for p in refused.value.problems]
    office.do(
        Reschedule(
            appointment_id=appointment.id,
            version=appointment.version,
            starts=ends,
            ends=ends + timedelta(minutes=30),
            override=UNUSUAL,
        )
    )


def test_both_hours_of_the_autumn_night_are_apart(office: SmallOffice) -> None:
    office.clock.set(on(date(2021, 3, 1), 9))
    first = datetime(2021, 10, 31, 2, 30, tzinfo=BERLIN).astimezone(UTC)
    second = datetime(2021, 10, 31, 2, 30, fold=1, tzinfo=BERLIN).astimezone(UTC)
    assert second - first == timedelta(hours=1)
    office.booked(first, override=UNUSUAL)
    office.booked(second, override=UNUSUAL)


@pytest.mark.parametrize("monday", [date(2021, 3, 22), date(2021, 10, 25)])
def test_slots_keep_the_wall_clock_over_the_change(office: SmallOffice, monday: date) -> None:
    office.clock.set(on(monday, 7))
    with office.view() as view:
        slots = find_slots(
            view,
            SlotQuery(
                office_id=office.office.id,
                minutes=30,
                advisor_ids=(office.berger.id,),
                limit=8,
            ),
        ).slots
    assert {wall(slot.starts).time() for slot in slots} == {time(8)}
    assert len({day_of(slot.starts) for slot in slots}) == 8


# --- holidays, closing days, the turn of the year -------------------------------------------------


def first_days(office: SmallOffice, now: date, count: int = 6) -> list[date]:
    office.clock.set(on(now, 7))
    query = SlotQuery(
        office_id=office.office.id, minutes=30, advisor_ids=(office.berger.id,), limit=count
    )
    with office.view() as view:
        return [day_of(slot.starts) for slot in find_slots(view, query).slots]


def test_epiphany_and_reformation_day_are_holidays_here(office: SmallOffice) -> None:
    assert date(2021, 1, 6) not in first_days(office, date(2021, 1, 4))
    assert date(2022, 10, 31) not in first_days(office, date(2022, 10, 28))
    with office.view() as view:
        page = calendar_page(view, office.office.id, date(2022, 10, 31), date(2022, 10, 31))
    assert [c.code for c in page.days[0].closures] == ["holiday"]


def test_an_office_may_open_on_a_holiday_and_close_beside_it(office: SmallOffice) -> None:
    office.put(
        ClosingDay(
            id=new_id(),
            office_id=office.office.id,
            day=date(2021, 1, 6),
            reason="Sondersprechtag",
            opens=time(10),
            closes=time(11),
        ),
        ClosingDay(
            id=new_id(), office_id=office.office.id, day=date(2021, 1, 7), reason="Inventur"
        ),
    )
    days = first_days(office, date(2021, 1, 5), 3)
    assert days == [date(2021, 1, 5), date(2021, 1, 6), date(2021, 1, 8)]


def test_alternating_weeks_follow_the_iso_week_over_the_turn_of_the_year(
    office: SmallOffice,
) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        for pattern in unit.find(WorkingPattern, staff_id=office.berger.id):
            unit.update(replace(pattern, week_parity=1))
    days = first_days(office, date(2020, 12, 28), 8)
    # Week 53 of 2020 and week 1 of 2021 are both odd: two weeks on duty in a row.
    assert days == [
        date(2020, 12, 28),
        date(2020, 12, 29),
        date(2020, 12, 30),
        date(2020, 12, 31),
        date(2021, 1, 4),
        date(2021, 1, 5),
        date(2021, 1, 7),
        date(2021, 1, 8),
    ]
    weeks = {day.isocalendar().week for day in first_days(office, date(2021, 1, 11), 8)}
    assert all(later - earlier == 2 for earlier, later in pairwise(sorted(weeks)))
