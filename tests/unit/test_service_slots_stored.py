"""The slot search over a real database: what it reads, and what a booking changes."""

from datetime import timedelta

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.vocabulary import Channel, Outcome
from koba_desktop.services.calendar.days import calendar_page
from koba_desktop.services.commands import CancelAppointment
from koba_desktop.services.contacts.worklist import Group, worklist
from koba_desktop.services.rooms.board import room_board
from koba_desktop.services.slots.finding import SlotAnswer, SlotQuery, explain_slot, find_slots
from tests.unit.service_office import SmallOffice, at

MORNING = at(6, 9)


def query(office: SmallOffice, **more: object) -> SlotQuery:
    fields: dict[str, object] = {
        "office_id": office.office.id,
        "minutes": 30,
        "advisor_ids": (office.berger.id,),
        "client_id": office.kuhn.id,
        "kind_id": office.kind.id,
        **more,
    }
    return SlotQuery(**fields)  # type: ignore[arg-type]


def codes(office: SmallOffice, **more: object) -> list[str]:
    with office.view() as view:
        return [r.code for r in explain_slot(view, query(office, **more), MORNING)]


def found(office: SmallOffice, **more: object) -> SlotAnswer:
    with office.view() as view:
        return find_slots(view, query(office, **more))


def test_a_booked_time_is_taken_until_it_is_cancelled(office: SmallOffice) -> None:
    assert codes(office) == []
    booked = office.booked(MORNING)
    assert codes(office) == ["advisor_busy", "client_busy"]
    assert codes(office, ignore_appointment=booked.id) == []
    with office.view() as view:
        times = view.reader.advisor_times(office.berger.id, MORNING, MORNING + timedelta(hours=1))
        assert times == [(booked.starts, booked.ends)]
        later = view.reader.advisor_times(office.berger.id, booked.ends, at(7, 9))
        assert later == []
    office.do(CancelAppointment(appointment_id=booked.id, version=booked.version, by_client=True))
    assert codes(office) == []


def test_the_slots_offered_can_be_booked_one_after_the_other(office: SmallOffice) -> None:
    for _ in range(5):
        slot = found(office, limit=1, one_per_day=False).slots[0]
        office.booked(slot.starts)
    answer = found(office, limit=1)
    assert answer.slots[0].starts >= slot.ends
    assert answer.skipped["advisor_busy"] > 0


def test_a_letter_made_before_easter_proposes_the_13th(office: SmallOffice) -> None:
    answer = found(office, by_letter=True)
    assert day_of(answer.slots[0].starts) == day_of(at(13, 9))
    assert answer.skipped["holiday"] > 0
    assert answer.skipped["too_early_by_post"] > 0


def test_all_advisors_are_asked_where_none_is_named(office: SmallOffice) -> None:
    names = {s.advisor_name for s in found(office, advisor_ids=(), one_per_day=False).slots}
    assert names == {"Berger", "Lindner"}


def test_a_room_in_use_is_shown_on_the_board_and_kept_from_the_next(office: SmallOffice) -> None:
    visit = {"channel": Channel.IN_PERSON}
    other = {"client_id": office.hartwig.id, "advisor_ids": (office.lindner.id,), **visit}
    assert codes(office, **other) == []
    office.booked(MORNING, channel=Channel.IN_PERSON, place_id=office.place.id)
    with office.view() as view:
        (line,) = room_board(view, office.office.id, day_of(MORNING))
    assert [b.starts for b in line.bookings] == [MORNING]
    assert codes(office, **other) == ["room_busy"]


def test_the_worklist_follows_the_calls(office: SmallOffice) -> None:
    task = office.task()
    office.attempt(task, Outcome.NO_ANSWER)
    with office.view() as view:
        work = worklist(view, office.office.id, office.berger.id)
    assert [i.task_id for i in work.of(Group.DUE_AGAIN)] == [task]
    office.clock.advance(hours=3)
    with office.view() as view:
        work = worklist(view, office.office.id, office.berger.id)
    assert [(i.task_id, i.attempts) for i in work.of(Group.CALL_NOW)] == [(task, 1)]


def test_the_calendar_shows_what_was_booked(office: SmallOffice) -> None:
    booked = office.booked(MORNING)
    with office.view() as view:
        page = calendar_page(view, office.office.id, day_of(at(5, 9)), day_of(MORNING))
    assert [row.id for row in page.appointments] == [booked.id]
    assert [closure.code for closure in page.days[0].closures] == ["holiday"]
