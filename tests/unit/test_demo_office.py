"""The demonstration: what the window shows on its first day, by the rules of every day."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from koba_desktop.domain.clock import day_bounds, day_of, wall
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.office import Office as OfficeRecord
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    Language,
    LetterState,
    Mode,
    Urgency,
)
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.demo.making import make_demo
from koba_desktop.services.office.demo import is_demo
from koba_desktop.storage.check import check
from koba_desktop.storage.files import create_store
from tests.support import KEY, TUESDAY, Office, make_office

SUNDAY = datetime(2021, 5, 2, 10, tzinfo=UTC)
EASTER_MONDAY = datetime(2021, 4, 5, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("demo"), clients=600, appointments=1500)


def test_the_demonstration_breaks_no_rule_of_the_database(shown: Office) -> None:
    assert check(shown.store) == []


def test_it_says_that_it_is_a_demonstration(shown: Office) -> None:
    with shown.store.reading() as reader:
        assert is_demo(reader)


def test_the_first_advisor_has_telephone_appointments_today(shown: Office) -> None:
    day = day_bounds(day_of(TUESDAY))
    with shown.store.reading() as reader:
        rows = reader.appointments_between(
            shown.actor.office_id, *day, advisor_ids=[shown.actor.staff_id]
        )
    ahead = [r for r in rows if r.starts > TUESDAY and r.channel is Channel.TELEPHONE]
    assert rows[0].advisor_name == "Berger"
    assert len(ahead) >= 2
    assert all(r.phone for r in ahead if r.state is AppointmentState.PROPOSED)


def test_the_worklist_has_every_step_of_the_ladder(shown: Office) -> None:
    with shown.store.reading() as reader:
        tasks = reader.open_tasks(shown.actor.staff_id)
        closed = reader.tasks_closed_between(shown.actor.staff_id, *day_bounds(day_of(TUESDAY)))
    due = [t for t in tasks if t.due <= TUESDAY]
    assert {t.attempts for t in due} >= {0, 1, 2}
    assert CallReason.CALLBACK in {t.reason for t in due}
    assert any(TUESDAY < t.due < TUESDAY + timedelta(hours=4) for t in tasks)
    assert len(closed) >= 2
    assert any(t.family_name == "Kuhn" and t.attempts == 1 for t in due)


def test_letters_wait_are_held_and_are_on_their_way(shown: Office) -> None:
    with shown.store.reading() as reader:
        offices = reader.find(OfficeRecord)
        states = Counter(row.state for o in offices for row in reader.outbox(o.id))
        letters = reader.find(Letter, state=LetterState.POSTED)
    assert states[LetterState.PENDING] >= 1
    assert states[LetterState.POSTED] >= 10
    assert all(letter.posted_on is not None for letter in letters)


def test_proposals_leave_the_client_time_to_prepare(shown: Office) -> None:
    with shown.store.reading() as reader:
        for letter in reader.find(Letter):
            if letter.appointment_id is None:
                continue
            appointment = reader.get(Appointment, letter.appointment_id)
            if appointment.state is AppointmentState.PROPOSED:
                assert appointment.starts.date() - letter.assumed_posting >= timedelta(days=8)


def test_in_the_closure_only_urgent_people_come_in_person(shown: Office) -> None:
    with shown.store.reading() as reader:
        closed = reader.find(OperatingMode, mode=Mode.CLOSED)[0]
        visits = [
            a
            for a in reader.find(Appointment)
            if a.channel is not Channel.TELEPHONE and a.starts >= closed.valid_from
        ]
    assert visits
    assert all(a.urgency is not Urgency.NONE for a in visits)
    assert closed.reason == "Regelung vom 29.03.2021"


def test_every_telephone_number_is_of_a_block_nobody_has(shown: Office) -> None:
    with shown.store.reading() as reader:
        numbers = {phone.typed for phone in reader.find(ClientPhone)}
    mobile = {n for n in numbers if n.startswith("0176 04069")}
    assert all(n.split(" ")[1].startswith("0") for n in numbers - mobile)


def test_appointments_are_within_the_speaking_hours(shown: Office) -> None:
    with shown.store.reading() as reader:
        appointments = reader.find(Appointment)
    clock = [(wall(a.starts), wall(a.ends)) for a in appointments]
    assert all(start.hour >= 8 and (end.hour, end.minute) <= (17, 30) for start, end in clock)
    assert all(start.weekday() < 5 for start, _ in clock)
    assert not any(start.hour == 12 for start, _ in clock)


@pytest.mark.parametrize("now", [SUNDAY, EASTER_MONDAY])
def test_on_a_free_day_there_is_work_all_the_same(tmp_path: Path, now: datetime) -> None:
    office = make_office(tmp_path, now=now)
    with office.store.reading() as reader:
        tasks = reader.open_tasks(office.actor.staff_id)
    assert check(office.store) == []
    assert sum(task.due <= now for task in tasks) >= 5
    office.store.close()


def test_the_same_seed_gives_the_same_people(tmp_path: Path) -> None:
    people = []
    for name in ("one.db", "other.db"):
        store = create_store(tmp_path / name, KEY)
        make_demo(store, TUESDAY, HolidayCalendar(), (), clients=60, appointments=60, seed=7)
        with store.reading() as reader:
            people.append((reader.find(Client), reader.find(Appointment)))
        store.close()
    assert people[0] == people[1]


def test_letters_of_many_languages_wait_in_the_first_office(shown: Office) -> None:
    with shown.store.reading() as reader:
        waiting = reader.find(
            Letter, office_id=shown.actor.office_id, state=LetterState.PENDING, order_by="id"
        )
        languages = {letter.id: reader.get(Client, letter.client_id).language for letter in waiting}
    assert {Language.AR, Language.UK, Language.TR} <= set(languages.values())
    for letter in waiting:
        spoken = languages[letter.id]
        translated = spoken not in (Language.DE, Language.DE_EASY)
        assert letter.language == (spoken if translated else "de")
        assert (letter.translation_version_id is not None) == translated
        assert letter.variant == ("easy" if spoken is Language.DE_EASY else "standard")
