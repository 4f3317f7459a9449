from datetime import date, timedelta
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Hold
from koba_desktop.domain.entities.office import ClosingDay
from koba_desktop.domain.entities.staff import Absence, StaffRole
from koba_desktop.domain.errors import NotFound, OfficeError
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    Mode,
    Outcome,
    RoomKind,
    Urgency,
)
from koba_desktop.services.contacts.offer import letter_offer, postal_chain, reached_hours
from koba_desktop.services.slots.finding import SlotQuery, explain_slot, find_slots
from tests.unit.fakes import new_id
from tests.unit.little_office import HOLIDAYS, THURSDAY, LittleOffice, at

TUESDAY_13 = date(2021, 4, 13)
TUESDAY_6 = date(2021, 4, 6)


@pytest.fixture
def office() -> LittleOffice:
    return LittleOffice()


def query(office: LittleOffice, **more: Any) -> SlotQuery:
    usual: dict[str, Any] = {
        "office_id": office.office.id,
        "minutes": 30,
        "advisor_ids": (office.berger.id,),
        "client_id": office.kuhn.id,
        "kind_id": office.kind.id,
    }
    return SlotQuery(**{**usual, **more})


def codes(office: LittleOffice, day: date, clock: str, **more: Any) -> list[str]:
    return [r.code for r in explain_slot(office.view(), query(office, **more), at(day, clock))]


def test_the_first_openings_are_on_different_days_and_skip_the_holidays(
    office: LittleOffice,
) -> None:
    answer = find_slots(office.view(), query(office, limit=3))
    assert [slot.starts for slot in answer.slots] == [
        at(THURSDAY, "11:30"),
        at(TUESDAY_6, "08:00"),
        at(date(2021, 4, 7), "08:00"),
    ]
    assert answer.slots[0].ends - answer.slots[0].starts == timedelta(minutes=30)
    assert answer.slots[0].advisor_name == "Berger"
    assert answer.skipped == {"holiday": 2 * (15 + 11)}


def test_by_letter_the_earliest_day_is_the_13th(office: LittleOffice) -> None:
    answer = find_slots(office.view(), query(office, by_letter=True, limit=10))
    assert answer.slots[0].starts == at(TUESDAY_13, "08:00")
    assert len({slot.starts.date() for slot in answer.slots}) == len(answer.slots) == 10
    (refusal,) = explain_slot(
        office.view(), query(office, by_letter=True), at(date(2021, 4, 12), "15:00")
    )
    assert refusal.code == refusal.override == "too_early_by_post"
    assert refusal.params == {"earliest": TUESDAY_13}


def test_without_an_advisor_named_all_of_the_office_are_asked(office: LittleOffice) -> None:
    office.appointment(THURSDAY, "11:30", "12:00")
    (slot,) = find_slots(office.view(), query(office, advisor_ids=(), limit=1)).slots
    assert (slot.starts, slot.advisor_name) == (at(THURSDAY, "13:00"), "Berger")
    other = office.client("Weiß")
    (slot,) = find_slots(
        office.view(), query(office, advisor_ids=(), client_id=other.id, limit=1)
    ).slots
    assert (slot.starts, slot.advisor_name) == (at(THURSDAY, "11:30"), "Hofmann")


def test_a_deputy_is_asked_only_while_the_role_holds(office: LittleOffice) -> None:
    (role,) = office.reader.find(StaffRole, staff_id=office.hofmann.id)
    office.change(role, valid_until=THURSDAY)
    office.reader.add(
        Absence(
            id=new_id(),
            staff_id=office.berger.id,
            starts=at(THURSDAY, "00:00"),
            ends=at(date(2021, 4, 10), "00:00"),
            label="Urlaub",
        )
    )
    slots = find_slots(office.view(), query(office, advisor_ids=(), limit=2)).slots
    assert [(s.starts, s.advisor_name) for s in slots] == [
        (at(THURSDAY, "11:30"), "Hofmann"),
        (at(date(2021, 4, 12), "08:00"), "Berger"),
    ]


def test_an_absence_is_named(office: LittleOffice) -> None:
    office.reader.add(
        Absence(
            id=new_id(),
            staff_id=office.berger.id,
            starts=at(TUESDAY_6, "00:00"),
            ends=at(TUESDAY_6, "10:00"),
            label="Schulung",
        )
    )
    (refusal,) = explain_slot(office.view(), query(office), at(TUESDAY_6, "09:45"))
    assert (refusal.code, refusal.params["label"]) == ("advisor_absent", "Schulung")
    assert refusal.override == "advisor_absent"


def test_appointments_bind_advisor_and_client_but_not_the_one_being_moved(
    office: LittleOffice,
) -> None:
    booked = office.appointment(TUESDAY_6, "09:00", "09:30")
    assert codes(office, TUESDAY_6, "09:15") == ["advisor_busy", "client_busy"]
    assert codes(office, TUESDAY_6, "09:15", advisor_ids=(office.hofmann.id,)) == ["client_busy"]
    assert codes(office, TUESDAY_6, "09:15", ignore_appointment=booked.id) == []
    assert codes(office, TUESDAY_6, "09:30") == []


def test_what_is_cancelled_binds_nobody(office: LittleOffice) -> None:
    office.appointment(TUESDAY_6, "09:00", "09:30", state=AppointmentState.CANCELLED_BY_CLIENT)
    assert codes(office, TUESDAY_6, "09:00") == []


def test_a_hold_of_somebody_else_binds_while_it_lives(office: LittleOffice) -> None:
    hold = office.reader.add(
        Hold(
            id=new_id(),
            advisor_id=office.berger.id,
            starts=at(TUESDAY_6, "09:00"),
            ends=at(TUESDAY_6, "09:30"),
            until=office.now + timedelta(minutes=5),
            changed_by=office.hofmann.id,
        )
    )
    assert codes(office, TUESDAY_6, "09:00") == ["held"]
    expired = office.change(hold, until=office.now)
    assert codes(office, TUESDAY_6, "09:00") == []
    office.change(expired, until=office.now + timedelta(minutes=5), changed_by=office.berger.id)
    assert codes(office, TUESDAY_6, "09:00") == []  # my own


def test_holiday_closing_day_and_hours_are_told_apart(office: LittleOffice) -> None:
    office.reader.add(
        ClosingDay(
            id=new_id(), office_id=office.office.id, day=TUESDAY_6, reason="Personalversammlung"
        )
    )
    (refusal,) = explain_slot(office.view(), query(office), at(date(2021, 4, 5), "09:00"))
    assert (refusal.code, refusal.params["name"]) == ("holiday", "Ostermontag")
    (refusal,) = explain_slot(office.view(), query(office), at(TUESDAY_6, "09:00"))
    assert (refusal.code, refusal.params["reason"]) == ("office_closed", "Personalversammlung")
    assert codes(office, date(2021, 4, 7), "07:00") == ["outside_hours", "outside_pattern"]
    assert codes(office, date(2021, 4, 7), "11:45") == ["outside_hours"]


def test_the_past_is_past(office: LittleOffice) -> None:
    assert codes(office, THURSDAY, "11:00") == ["in_the_past"]


def test_a_visit_obeys_the_mode_at_its_start(office: LittleOffice) -> None:
    office.room("1.04")
    office.mode(Mode.CLOSED)
    office.mode(Mode.BY_APPOINTMENT, date(2021, 4, 12))
    visit = {"channel": Channel.IN_PERSON}
    assert codes(office, TUESDAY_6, "09:00", **visit) == ["mode_suspends"]
    assert codes(office, TUESDAY_6, "09:00", urgency=Urgency.URGENT, **visit) == []
    assert codes(office, TUESDAY_13, "09:00", **visit) == []
    (slot,) = find_slots(office.view(), query(office, limit=1, **visit)).slots
    assert slot.starts == at(date(2021, 4, 12), "08:00")


def test_a_visit_needs_a_room_of_its_kind(office: LittleOffice) -> None:
    visit = {"channel": Channel.IN_PERSON}
    assert codes(office, TUESDAY_6, "09:00", **visit) == ["no_place"]
    office.room("Hof", kind=RoomKind.OUTDOOR)
    assert codes(office, TUESDAY_6, "09:00", **visit) == ["no_place"]
    _, (place,) = office.room("1.04")
    assert codes(office, TUESDAY_6, "09:00", **visit) == []
    office.booking(place, at(TUESDAY_6, "09:00"), 30)
    assert codes(office, TUESDAY_6, "09:15", **visit) == ["room_busy"]
    assert codes(office, TUESDAY_6, "09:30", **visit) == ["airing"]
    assert codes(office, TUESDAY_6, "09:45", **visit) == []


def test_visitors_are_capped_in_terminierte_oeffnung(office: LittleOffice) -> None:
    office.room("1.04")
    office.mode(Mode.BY_APPOINTMENT)
    office.setting("visitors.cap", 1)
    other = office.client("Weiß")
    office.appointment(
        TUESDAY_6, "09:00", "10:00", client=other, advisor=office.hofmann, channel=Channel.IN_PERSON
    )
    assert codes(office, TUESDAY_6, "09:30", channel=Channel.IN_PERSON) == ["cap_reached"]
    assert codes(office, TUESDAY_6, "10:00", channel=Channel.IN_PERSON) == []
    assert codes(office, TUESDAY_6, "09:30") == []  # the telephone knows no cap


def test_a_kind_is_held_by_its_channels_only(office: LittleOffice) -> None:
    office.room("Hof", kind=RoomKind.OUTDOOR)
    outdoors = {"channel": Channel.OUTDOORS}
    assert "channel_not_allowed" in codes(office, TUESDAY_6, "09:00", **outdoors)
    office.change(office.kind, outdoors_allowed=True)
    assert "channel_not_allowed" not in codes(office, TUESDAY_6, "09:00", **outdoors)


def test_an_unknown_advisor_is_not_found_and_none_is_an_error(office: LittleOffice) -> None:
    with pytest.raises(NotFound):
        explain_slot(office.view(), query(office, advisor_ids=(new_id(),)), office.now)
    with pytest.raises(ValueError, match="whose"):
        explain_slot(office.view(), query(office, advisor_ids=()), office.now)


def test_every_slot_offered_stands_up_to_the_explanation(office: LittleOffice) -> None:
    office.room("1.04")
    office.appointment(TUESDAY_6, "08:00", "11:00")
    for channel in (Channel.TELEPHONE, Channel.IN_PERSON):
        asked = query(office, channel=channel, one_per_day=False, limit=200)
        slots = find_slots(office.view(), asked).slots
        assert len(slots) == 200
        assert not any(explain_slot(office.view(), asked, slot.starts) for slot in slots)


# --- the letter that is offered -----------------------------------------------------------------


def test_the_chain_of_days_of_a_letter_made_on_maundy_thursday(office: LittleOffice) -> None:
    chain = postal_chain(office.view(), office.office.id)
    assert (chain.posting, chain.deemed, chain.delivery, chain.earliest) == (
        THURSDAY,
        date(2021, 4, 4),
        TUESDAY_6,
        TUESDAY_13,
    )
    assert [day.day for day in chain.preparation] == [7, 8, 9, 12, 13]
    assert (chain.deemed_days, chain.before_collection, chain.collection) == (3, True, "14:00")
    assert chain.closed_days == HOLIDAYS


def test_after_the_last_collection_the_letter_waits_for_tuesday(office: LittleOffice) -> None:
    chain = postal_chain(office.view(now=at(THURSDAY, "14:30")), office.office.id)
    assert (chain.posting, chain.before_collection) == (TUESDAY_6, False)


def test_the_offer_comes_with_ten_slots_the_best_hour_first_within_a_day(
    office: LittleOffice,
) -> None:
    task = office.task(office.kuhn, at(date(2021, 3, 30), "08:00"))
    for day in (date(2021, 1, 14), date(2021, 2, 10)):
        office.attempt(at(day, "09:12"), Outcome.REACHED)
    office.attempt(at(date(2021, 3, 30), "14:05"), Outcome.NO_ANSWER, task)
    office.attempt(at(THURSDAY, "11:18"), Outcome.NO_ANSWER, task)
    other = office.client("Weiß")
    office.appointment(TUESDAY_13, "08:00", "10:15", client=other)
    offer = letter_offer(office.view(), office.kuhn.id, task_id=task.id)
    assert [slot.starts for slot in offer.slots[:2]] == [
        at(TUESDAY_13, "10:15"),
        at(date(2021, 4, 14), "09:00"),
    ]
    assert [slot.best_hour for slot in offer.slots[:2]] == [False, True]
    assert len(offer.slots) == 10
    assert (offer.best_hour, offer.exhausted, offer.ladder_made, offer.ladder_needed) == (
        9,
        True,
        2,
        2,
    )
    assert (offer.kind_name, offer.minutes, offer.phone) == ("Folgegespräch", 30, "0176 04069118")
    assert offer.advisor_id == office.berger.id
    assert offer.skipped["advisor_busy"] > 0


def test_before_the_ladder_is_exhausted_the_offer_says_so(office: LittleOffice) -> None:
    task = office.task(office.kuhn, at(THURSDAY, "08:00"))
    office.attempt(at(THURSDAY, "10:00"), Outcome.BUSY, task)
    office.attempt(at(THURSDAY, "10:05"), Outcome.BUSY, task)
    offer = letter_offer(office.view(), office.kuhn.id, task_id=task.id)
    assert (offer.exhausted, offer.ladder_made) == (False, 1)


def test_the_surcharge_of_the_time_lengthens_the_talk(office: LittleOffice) -> None:
    office.setting("duration.surcharge_percent", 50)
    offer = letter_offer(office.view(), office.kuhn.id)
    assert offer.minutes == 45
    assert offer.slots[0].ends - offer.slots[0].starts == timedelta(minutes=45)


def test_without_a_kind_held_by_telephone_there_is_nothing_to_offer(office: LittleOffice) -> None:
    office.change(office.kind, channels=(Channel.IN_PERSON,))
    with pytest.raises(OfficeError) as error:
        letter_offer(office.view(), office.kuhn.id)
    assert error.value.code == "kind_missing"


def test_calls_are_counted_by_the_hour_of_the_wall_clock(office: LittleOffice) -> None:
    office.attempt(at(date(2021, 1, 14), "09:59"), Outcome.REACHED)
    office.attempt(at(THURSDAY, "09:00"), Outcome.NO_ANSWER)
    office.attempt(at(THURSDAY, "19:00"), Outcome.NO_ANSWER)
    counts = reached_hours(office.view(), office.kuhn.id)
    assert [c.hour for c in counts] == list(range(8, 18))
    assert [(c.hour, c.tried, c.reached) for c in counts if c.tried] == [(9, 2, 1)]
