"""What lies on the PC for the time in which the server is away."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.clock import day_bounds, day_of
from koba_desktop.domain.entities.appointments import Appointment, AppointmentPurpose, Participant
from koba_desktop.domain.entities.bookkeeping import AuditEvent, Draft, ExecutedCommand
from koba_desktop.domain.entities.clients import Client, ClientAddress, ClientNote, ClientPhone
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Problem, Refused, Unavailable
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import CallReason, LetterKind, Outcome
from koba_desktop.services.commands import CreateCallTask, RecordAttempt, SaveDraft
from koba_desktop.services.commands.door import ArriveVisitor
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Reader, Store
from koba_desktop.storage.check import check
from koba_desktop.storage.files import open_store
from koba_desktop.storage.snapshot import (
    OpenSnapshot,
    SnapshotFolder,
    open_snapshot,
    write_snapshot,
)
from koba_desktop.storage.snapshot_rows import gather
from koba_desktop.storage.tables import TABLES
from tests.support import KEY, Office
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at


@pytest.fixture
def house(tmp_path: Path) -> Iterator[DoorOffice]:
    made = DoorOffice(tmp_path)
    yield made
    made.close()


@contextmanager
def snapshot(house: DoorOffice, member: Staff | None = None) -> Iterator[OpenSnapshot]:
    path = house.store.path.with_name("snapshot.db")
    who = (member or house.berger).id
    write_snapshot(house.store, path, KEY, house.clock.now(), who)
    opened = open_snapshot(path, KEY)
    try:
        yield opened
    finally:
        opened.store.close()


def rows(store: Store, kind: type[Any], **where: Any) -> list[Any]:
    with store.reading() as reader:
        return list(reader.find(kind, order_by="id", **where))


@pytest.fixture
def demo_snapshot(demo_office: Office, tmp_path: Path) -> Iterator[OpenSnapshot]:
    path = tmp_path / "snapshot.db"
    write_snapshot(
        demo_office.store, path, KEY, demo_office.clock.now(), demo_office.actor.staff_id
    )
    opened = open_snapshot(path, KEY)
    yield opened
    opened.store.close()


def test_it_is_a_sound_database_with_the_rows_and_versions_of_the_server(
    demo_office: Office, demo_snapshot: OpenSnapshot
):
    assert check(demo_snapshot.store) == []
    assert demo_snapshot.info.taken_at == demo_office.clock.now()
    assert demo_snapshot.info.staff_id == demo_office.actor.staff_id
    found = 0
    for kind in TABLES:
        there = {row.id: row for row in rows(demo_office.store, kind)}
        here = rows(demo_snapshot.store, kind)
        assert [row for row in here if row != there[row.id]] == []
        found += len(here)
    assert found == demo_snapshot.info.rows
    assert found > 500


def test_the_screens_of_fourteen_days_are_those_of_the_server(
    demo_office: Office, demo_snapshot: OpenSnapshot
):
    today = day_of(demo_office.clock.now())
    office_id, me = demo_office.actor.office_id, demo_office.actor.staff_id

    def shown(reader: Reader, day: date) -> list[Any]:
        starts, ends = day_bounds(day)
        return [
            reader.appointments_between(office_id, starts, ends),
            reader.arrivals(office_id, starts, ends),
            reader.rooms_used_between(office_id, starts, ends),
            reader.place_times(office_id, starts, ends),
            reader.still_in_use(office_id, starts),
            reader.open_tasks(me),
            reader.outbox(office_id, states=("pending", "held")),
        ]

    for ahead in range(-1, 14):
        day = today + timedelta(days=ahead)
        with demo_office.store.reading() as there, demo_snapshot.store.reading() as here:
            assert shown(here, day) == shown(there, day)
    with demo_snapshot.store.reading() as here:
        assert shown(here, today)[0]
        starts, ends = day_bounds(today + timedelta(days=20))
        assert here.appointments_between(office_id, starts, ends) == []


def test_clients_of_these_days_are_found_by_name_and_number(
    demo_office: Office, demo_snapshot: OpenSnapshot
):
    (client, *_others) = rows(demo_snapshot.store, Client)
    with demo_snapshot.store.reading() as reader:
        found = reader.search_clients(client.family_name).rows
    assert client.id in {row.id for row in found}


def test_what_is_long_past_or_far_ahead_stays_on_the_server(house: DoorOffice):
    near = house.booked(at(13, 10))
    far = house.booked(at(29, 10), client_id=house.hartwig.id)
    house.clock.set(at(1, 9))
    with snapshot(house) as taken:
        assert [row.id for row in rows(taken.store, Appointment)] == [near.id]
        assert [row.id for row in rows(taken.store, Client)] == [house.kuhn.id]
        assert [row.client_id for row in rows(taken.store, ClientPhone)] == [house.kuhn.id]
        assert rows(taken.store, ExecutedCommand) == []
        assert rows(taken.store, AuditEvent) == []
        assert rows(taken.store, LetterArchive) == []
    house.clock.set(at(28, 9))
    with snapshot(house) as taken:
        assert [row.id for row in rows(taken.store, Appointment)] == [far.id]


def test_an_open_task_brings_what_it_is_about_from_whenever(house: DoorOffice):
    missed = house.booked(at(29, 10))
    task_id = house.do(
        CreateCallTask(
            client_id=house.kuhn.id,
            advisor_id=house.berger.id,
            reason=CallReason.PLANNED,
            due=house.clock.now(),
            appointment_id=missed.id,
        )
    ).result["task_id"]
    with snapshot(house) as taken:
        assert [row.id for row in rows(taken.store, CallTask)] == [task_id]
        assert [row.id for row in rows(taken.store, Appointment)] == [missed.id]
        assert [row.client_id for row in rows(taken.store, Participant)] == [house.kuhn.id]


def test_a_room_that_was_forgotten_is_still_in_use(house: DoorOffice):
    house.clock.set(at(1, 9, 30))
    talk = house.visit(at(1, 9, 30))
    house.do(
        ArriveVisitor(appointment_id=talk.id, version=talk.version),
        by=house.reception,
    )
    house.enter(talk)
    house.clock.set(at(14, 9))
    with snapshot(house) as taken:
        assert [row.id for row in rows(taken.store, RoomBooking)] == [house.use(talk).id]


def test_blocked_addresses_are_never_kept(house: DoorOffice):
    house.put(house.address(house.noack))
    house.booked(at(13, 9), client_id=house.noack.id, letter=LetterKind.CONFIRMATION)
    house.booked(at(13, 10), client_id=house.kuhn.id, letter=LetterKind.CONFIRMATION)
    with house.store.writing(by=house.berger.id, now=house.clock.now()) as uow:
        uow.update(replace(uow.get(Client, house.noack.id), address_blocked=True))
    with snapshot(house) as taken:
        assert {row.id for row in rows(taken.store, Client)} == {house.kuhn.id, house.noack.id}
        assert [row.client_id for row in rows(taken.store, ClientAddress)] == [house.kuhn.id]
        assert [row.client_id for row in rows(taken.store, Letter)] == [house.kuhn.id]


def test_social_data_are_for_those_who_read_them(house: DoorOffice):
    house.booked(at(13, 10), purpose="Miete")
    task_id = house.task()
    house.do(
        RecordAttempt(
            client_id=house.kuhn.id,
            task_id=task_id,
            outcome=Outcome.NO_ANSWER,
            note="weint",
        )
    )
    house.put(ClientNote(id=new_id(), client_id=house.kuhn.id, text="in Trennung"))
    for member, sees in ((house.berger, True), (house.reception, False)):
        with snapshot(house, member) as taken:
            for kind in (AppointmentPurpose, AttemptNote, ClientNote):
                assert bool(rows(taken.store, kind)) is sees
            assert rows(taken.store, Appointment)
    with snapshot(house, house.protection) as taken:
        assert rows(taken.store, Client) == []
        assert rows(taken.store, Staff)


def test_only_ones_own_drafts_are_kept(house: DoorOffice):
    for member in (house.berger, house.lindner):
        house.do(
            SaveDraft(draft_id=new_id(), form="client", subject_id=None, content={}), by=member
        )
    with snapshot(house) as taken:
        assert [row.author_id for row in rows(taken.store, Draft)] == [house.berger.id]


# --- what the session is not shown ----------------------------------------------------------------


class Hiding:
    """A store that hides rows as row-level security does, and refuses tables as rights do."""

    audits_itself = True

    def __init__(self, store: Any, hidden: Any, refused: type[Record] | None = None) -> None:
        self._store, self._hidden, self._refused = store, hidden, refused

    @contextmanager
    def reading(self) -> Iterator[Any]:
        with self._store.reading() as reader:
            find = reader.find

            def shown(kind: type[Record], **where: Any) -> list[Record]:
                if kind is self._refused:
                    raise Refused(Problem("not_entitled"))
                return [row for row in find(kind, **where) if not self._hidden(row)]

            reader.find = shown
            yield reader


def test_rows_that_are_not_shown_are_not_pointed_to(house: DoorOffice):
    appointment = house.booked(at(13, 10))
    house.booked(at(13, 11), client_id=house.hartwig.id)
    task_id = house.task()
    hidden = {house.hartwig.id, house.lindner.id}
    with house.store.writing(by=house.berger.id, now=house.clock.now()) as uow:
        uow.update(replace(uow.get(Client, house.kuhn.id), advisor_id=house.lindner.id))
    path = house.store.path.with_name("snapshot.db")
    source: Any = Hiding(house.store, lambda row: row.id in hidden)
    write_snapshot(source, path, KEY, house.clock.now(), house.berger.id)
    opened = open_snapshot(path, KEY)
    try:
        assert check(opened.store) == []
        (client,) = rows(opened.store, Client)
        assert (client.id, client.advisor_id) == (house.kuhn.id, None)
        assert len(rows(opened.store, Appointment)) == 2
        assert [p.appointment_id for p in rows(opened.store, Participant)] == [appointment.id]
        assert [task.id for task in rows(opened.store, CallTask)] == [task_id]
    finally:
        opened.store.close()


def test_a_table_that_is_refused_is_left_out(house: DoorOffice):
    house.booked(at(13, 10), purpose="Miete")
    source: Any = Hiding(house.store, lambda _row: False, AppointmentPurpose)
    found = gather(source, house.clock.now(), house.berger.id)
    assert not found.get(AppointmentPurpose)
    assert found[Appointment]


def test_few_questions_are_asked(house: DoorOffice):
    """Over a line with 50 ms delay a snapshot is ready within some seconds, whatever it holds."""
    for day in (6, 7, 8, 12, 13):
        house.booked(at(day, 10))
    asked: list[type[Record]] = []

    def count(row: Record) -> bool:
        return False

    class Counting(Hiding):
        @contextmanager
        def reading(self) -> Iterator[Any]:
            with super().reading() as reader:
                find = reader.find

                def counted(kind: type[Record], **where: Any) -> list[Record]:
                    asked.append(kind)
                    return list(find(kind, **where))

                reader.find = counted
                yield reader

    source: Any = Counting(house.store, count)
    gather(source, house.clock.now(), house.berger.id)
    assert len(asked) <= 45


# --- the files ------------------------------------------------------------------------------------


def test_only_the_key_opens_it_and_nothing_can_be_read_without(house: DoorOffice, tmp_path: Path):
    house.booked(at(13, 10))
    folder = tmp_path / "pc"
    folder.mkdir()
    prepared = SnapshotFolder(folder, KEY).prepare(house.store, house.clock.now(), house.berger.id)
    prepared.install()
    (file,) = folder.iterdir()
    assert b"Kuhn" not in file.read_bytes()
    if sys.platform != "win32":
        assert stat.S_IMODE(os.stat(file).st_mode) == 0o600  # noqa: PTH116
    with pytest.raises(Unavailable) as refused:
        open_snapshot(file, "6b" * 32)
    assert refused.value.code == "wrong_key"
    assert SnapshotFolder(folder, "6b" * 32).open() is None


def test_another_database_is_no_snapshot(house: DoorOffice):
    with pytest.raises(Unavailable) as refused:
        open_snapshot(house.store.path, KEY)
    assert refused.value.code == "not_a_database"


def test_the_one_before_stays_until_the_new_one_is_whole(
    house: DoorOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tmp_path / "pc"
    folder.mkdir()
    snapshots = SnapshotFolder(folder, KEY)
    assert snapshots.open() is None
    first = house.clock.now()
    snapshots.prepare(house.store, first, house.berger.id).install()
    house.clock.advance(minutes=10)
    with monkeypatch.context() as broken:
        broken.setattr("koba_desktop.storage.snapshot._fill", _full_disk)
        with pytest.raises(Unavailable):
            snapshots.prepare(house.store, house.clock.now(), house.berger.id)
    assert taken_at(snapshots) == first
    assert len(list(folder.iterdir())) == 1
    prepared = snapshots.prepare(house.store, house.clock.now(), house.berger.id)
    assert taken_at(snapshots) == first
    prepared.install()
    assert taken_at(snapshots) == house.clock.now()
    assert len(list(folder.iterdir())) == 1


def test_one_that_is_being_read_is_not_written_over(house: DoorOffice, tmp_path: Path):
    house.booked(at(13, 10))
    folder = tmp_path / "pc"
    folder.mkdir()
    snapshots = SnapshotFolder(folder, KEY)
    snapshots.prepare(house.store, house.clock.now(), house.berger.id).install()
    opened = snapshots.open()
    assert opened is not None
    with opened.store.writing(by=house.berger.id, now=house.clock.now()) as uow:
        assert uow.find(Client)
        snapshots.prepare(house.store, house.clock.now(), house.berger.id).install()
        assert uow.find(Client)
    opened.store.close()
    assert [file.suffix for file in folder.iterdir()] == [".db"]
    assert snapshots_is_sound(snapshots)


def test_what_a_killed_program_left_behind_goes(house: DoorOffice, tmp_path: Path):
    folder = tmp_path / "pc"
    folder.mkdir()
    old, fresh = folder / "snapshot-000001-7.db.new", folder / "snapshot-000001-8.db.new"
    for file in (old, fresh):
        file.write_bytes(b"half")
    os.utime(old, (0, 0))
    snapshots = SnapshotFolder(folder, KEY)
    snapshots.prepare(house.store, house.clock.now(), house.berger.id).discard()
    assert list(folder.iterdir()) == [fresh]  # perhaps another window is writing it


def test_one_of_an_earlier_program_is_none(house: DoorOffice, tmp_path: Path):
    folder = tmp_path / "pc"
    folder.mkdir()
    snapshots = SnapshotFolder(folder, KEY)
    snapshots.prepare(house.store, house.clock.now(), house.berger.id).install()
    (file,) = folder.iterdir()
    store = open_store(file, KEY)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '0001'")
    store.close()
    assert snapshots.open() is None


def taken_at(snapshots: SnapshotFolder) -> Any:
    opened = snapshots.open()
    assert opened is not None
    opened.store.close()
    return opened.info.taken_at


def snapshots_is_sound(snapshots: SnapshotFolder) -> bool:
    opened = snapshots.open()
    assert opened is not None
    try:
        return check(opened.store) == [] and bool(rows(opened.store, Client))
    finally:
        opened.store.close()


def _full_disk(*_args: object) -> None:
    raise Unavailable("disk_full")
