"""Nobody and nothing is booked twice, whoever writes."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from koba_desktop.domain.entities.appointments import Appointment, Hold, Participant
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Conflict, Refused, Taken
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import AppointmentState, RoomBookingState
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import UnitOfWork
from koba_desktop.storage.check import check
from tests.contract.conftest import Another
from tests.contract.house import HALF_HOUR, NINE, NOW, QUARTER, House
from tests.contract.programs import AnyStore, place_of


def keep(store: AnyStore, *records: Record) -> None:
    with store.writing(by=None, now=NOW) as uow:
        for record in records:
            uow.add(record)


def refusal(store: AnyStore, *records: Record) -> Taken:
    with pytest.raises(Taken) as caught:
        keep(store, *records)
    return caught.value


def test_an_advisor_has_one_appointment_at_a_time(store: AnyStore, house: House) -> None:
    first = house.appointment()
    keep(store, first)
    refused = refusal(store, house.appointment(NINE + QUARTER))
    assert refused.code == "advisor_taken"
    params = refused.problems[0].params
    assert params["appointment_id"] == first.id
    assert (params["starts"], params["ends"]) == (first.starts, first.ends)


def test_appointments_may_touch(store: AnyStore, house: House) -> None:
    keep(store, house.appointment(), house.appointment(NINE + HALF_HOUR))
    assert check(store) == []


def test_a_short_appointment_inside_a_long_one_is_refused(store: AnyStore, house: House) -> None:
    keep(store, house.appointment(length=timedelta(hours=8)))
    assert refusal(store, house.appointment(NINE + 7 * HALF_HOUR)).code == "advisor_taken"


@pytest.mark.parametrize("state", [AppointmentState.MISSED, AppointmentState.CANCELLED_BY_CLIENT])
def test_what_does_not_take_place_blocks_nobody(
    store: AnyStore, house: House, state: AppointmentState
) -> None:
    keep(store, house.appointment(state=state, active=False), house.appointment())
    assert check(store) == []


def test_taking_a_cancellation_back_meets_who_came_meanwhile(store: AnyStore, house: House) -> None:
    state = AppointmentState.CANCELLED_BY_CLIENT
    cancelled = house.appointment(state=state, active=False)
    keep(store, cancelled, house.appointment())
    with store.reading() as reader:
        again = reader.get(Appointment, cancelled.id)
    with pytest.raises(Taken), store.writing(by=None, now=NOW) as uow:
        uow.update(replace(again, state=AppointmentState.CONFIRMED, active=True))


def test_active_must_say_what_the_state_says(store: AnyStore, house: House) -> None:
    with pytest.raises(Refused) as caught:
        keep(store, house.appointment(state=AppointmentState.MISSED, active=True))
    assert caught.value.problems[0].params["rule"] == "active"


def test_a_client_is_with_one_advisor_at_a_time(store: AnyStore, house: House) -> None:
    first, second = house.appointment(), house.appointment(NINE + QUARTER, advisor=1)
    keep(store, first, house.participant(first))
    refused = refusal(store, second, house.participant(second))
    assert refused.code == "client_taken"
    assert refused.problems[0].params["appointment_id"] == first.id


def test_moving_an_appointment_moves_its_participants(store: AnyStore, house: House) -> None:
    appointment = house.appointment()
    participant = house.participant(appointment)
    keep(store, appointment, participant)
    with store.writing(by=None, now=NOW) as uow:
        stored = uow.get(Appointment, appointment.id)
        uow.update(replace(stored, starts=NINE + HALF_HOUR, ends=NINE + 2 * HALF_HOUR))
        moved = uow.get(Participant, participant.id)
    assert (moved.starts, moved.ends) == (NINE + HALF_HOUR, NINE + 2 * HALF_HOUR)


def test_a_client_cannot_be_moved_onto_another_appointment(store: AnyStore, house: House) -> None:
    early, late = house.appointment(), house.appointment(NINE + 2 * HALF_HOUR, advisor=1)
    keep(store, early, house.participant(early), late, house.participant(late))
    with store.reading() as reader:
        stored = reader.get(Appointment, late.id)
    with pytest.raises(Taken) as caught, store.writing(by=None, now=NOW) as uow:
        uow.update(replace(stored, starts=NINE + QUARTER, ends=NINE + 3 * QUARTER))
    assert caught.value.code == "client_taken"
    assert caught.value.problems[0].params["appointment_id"] == early.id


def test_a_participant_cannot_say_another_time_than_the_appointment(
    store: AnyStore, house: House
) -> None:
    appointment = house.appointment()
    wrong = replace(house.participant(appointment), starts=NINE - HALF_HOUR, active=False)
    keep(store, appointment, wrong)
    with store.reading() as reader:
        stored = reader.get(Participant, wrong.id)
    assert (stored.starts, stored.ends, stored.active) == (NINE, NINE + HALF_HOUR, True)
    assert check(store) == []


def test_a_place_is_not_booked_while_it_is_aired(store: AnyStore, house: House) -> None:
    keep(store, house.booking())
    refused = refusal(store, house.booking(NINE + HALF_HOUR))
    assert refused.code == "place_taken"
    assert refused.problems[0].params["room"] == "R 1.04"
    keep(store, house.booking(NINE + HALF_HOUR + QUARTER), house.booking(place=1))


def test_a_released_place_is_free(store: AnyStore, house: House) -> None:
    booking = house.booking()
    keep(store, booking)
    with store.writing(by=None, now=NOW) as uow:
        stored = uow.get(type(booking), booking.id)
        uow.update(replace(stored, state=RoomBookingState.RELEASED, active=False))
        uow.add(house.booking())
    assert check(store) == []


def test_a_hold_keeps_others_away_and_lets_its_owner_in(store: AnyStore, house: House) -> None:
    one, other = (advisor.id for advisor in house.advisors)
    hold = Hold(
        id=new_id(),
        advisor_id=one,
        starts=NINE,
        ends=NINE + HALF_HOUR,
        until=NOW + timedelta(minutes=5),
    )
    with store.writing(by=one, now=NOW) as uow:
        uow.add(hold)
    with pytest.raises(Taken) as caught, store.writing(by=other, now=NOW) as uow:
        uow.add(house.appointment())
    assert caught.value.code == "advisor_taken"
    assert caught.value.problems[0].params["held"] is True
    with store.writing(by=one, now=NOW) as uow:
        uow.add(house.appointment())


def test_a_hold_lets_its_owner_move_what_another_booked(store: AnyStore, house: House) -> None:
    one, other = (advisor.id for advisor in house.advisors)
    booked, later = house.appointment(), NINE + 2 * HALF_HOUR
    with store.writing(by=one, now=NOW) as uow:
        uow.add_all([booked, house.participant(booked)])
    with store.writing(by=other, now=NOW) as uow:
        uow.add(
            Hold(
                id=new_id(),
                advisor_id=other,
                client_id=house.clients[0].id,
                starts=later,
                ends=later + HALF_HOUR,
                until=NOW + timedelta(minutes=5),
            )
        )
    with store.reading() as reader:
        stored = reader.get(Appointment, booked.id)
    moved = replace(stored, starts=later, ends=later + HALF_HOUR)
    with pytest.raises(Taken) as caught, store.writing(by=one, now=NOW) as uow:
        uow.update(moved)
    assert caught.value.code == "client_taken"
    assert caught.value.problems[0].params["held"] is True
    with store.writing(by=other, now=NOW) as uow:
        uow.update(moved)
    assert check(store) == []


def test_a_hold_ends_by_the_clock(
    store: AnyStore, house: House, tell_time: Callable[[datetime], None]
) -> None:
    one, other = (advisor.id for advisor in house.advisors)
    until = NOW + timedelta(minutes=5)
    with store.writing(by=one, now=NOW) as uow:
        uow.add(Hold(id=new_id(), advisor_id=one, starts=NINE, ends=NINE + HALF_HOUR, until=until))
    tell_time(until)
    with store.writing(by=other, now=until) as uow:
        uow.add(house.appointment())
        assert uow.find(Hold) == []


def test_bulk_writing_is_refused_like_any_other(store: AnyStore, house: House) -> None:
    with pytest.raises(Taken), store.writing(by=None, now=NOW) as uow:
        uow.add_all([house.appointment(), house.appointment(NINE + QUARTER)])
    with store.reading() as reader:
        assert reader.find(Appointment) == []


def attack(store: AnyStore, house: House, seed: int, attempts: int) -> int:
    """Book, move and cancel at random within one morning; how many attempts were refused."""
    random = Random(seed)
    refused = 0
    for _ in range(attempts):
        starts = NINE + random.randrange(16) * QUARTER
        length = random.choice((QUARTER, HALF_HOUR, 2 * HALF_HOUR))
        move = random.choice((_book, _book, _move, _cancel))
        try:
            with store.writing(by=None, now=NOW) as uow:
                move(uow, house, random, starts, length)
        except (Taken, Conflict):  # of two that move one appointment, one is late
            refused += 1
    return refused


def _book(
    uow: UnitOfWork, house: House, random: Random, starts: datetime, length: timedelta
) -> None:
    appointment = house.appointment(starts, length=length, advisor=random.randrange(2))
    uow.add(appointment)
    uow.add(house.participant(appointment, random.randrange(2)))
    uow.add(house.booking(starts, appointment_id=appointment.id))


def _move(
    uow: UnitOfWork, house: House, random: Random, starts: datetime, length: timedelta
) -> None:
    for chosen in uow.find(Appointment, active=True)[:1]:
        uow.update(replace(chosen, starts=starts, ends=starts + length))


def _cancel(
    uow: UnitOfWork, house: House, random: Random, starts: datetime, length: timedelta
) -> None:
    if len(booked := uow.find(Appointment, active=True)) < 2:
        return
    chosen = random.choice(booked)
    uow.update(replace(chosen, state=AppointmentState.CANCELLED_BY_OFFICE, active=False))
    for booking in uow.find(RoomBooking, appointment_id=chosen.id):
        uow.update(replace(booking, state=RoomBookingState.RELEASED, active=False))


def test_threads_that_fight_for_slots_never_overlap(another: Another, house: House) -> None:
    stores = [another() for _ in range(3)]
    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(attack, stores[n % 3], house, n, 25) for n in range(6)]
        refused = sum(job.result() for job in jobs)
    assert refused > 0
    assert check(stores[0]) == []


_ATTACKER = """
import sys, pickle
from tests.contract.programs import open_at
from tests.contract.test_overlaps import attack
house = pickle.loads(bytes.fromhex(sys.stdin.read()))
store = open_at(sys.argv[1])
print(attack(store, house, int(sys.argv[2]), 20))
store.close()
"""


@pytest.mark.process
def test_programs_that_fight_for_slots_never_overlap(store: AnyStore, house: House) -> None:
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", _ATTACKER, place_of(store), str(seed)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for seed in range(4)
    ]
    told = pickle.dumps(house).hex()
    answers = [program.communicate(told, timeout=60)[0] for program in programs]
    assert [program.returncode for program in programs] == [0] * 4
    assert sum(map(int, answers)) > 0
    with store.reading() as reader:
        assert reader.find(Appointment, active=True)
    assert check(store) == []
