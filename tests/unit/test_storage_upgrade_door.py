"""A file of version 0.1 becomes one with a door (0001 → 0002): nothing is lost, nothing blocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.rooms import Refusal, RoomBooking, Visit
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import IN_USE, RoomBookingState
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands.door import EnterRoom
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.storage import migrations, schema
from koba_desktop.storage.backup import FOLDER
from koba_desktop.storage.check import check
from koba_desktop.storage.engine import sqlite_engine
from koba_desktop.storage.files import open_store
from koba_desktop.storage.migrations.upgrade import upgrade
from koba_desktop.storage.store import SqliteStore
from tests.support import KEY, FixedClock
from tests.unit.old_rows import NINE, insert

FIRST = Path(migrations.__file__).parent / "versions" / "r0001_first_schema.sqlite.sql"
S = RoomBookingState


def nine(minutes: float, days: int = 0) -> datetime:
    return NINE + timedelta(days=days, minutes=minutes)


class OldFile:
    """A database as version 0.1 made it, filled by hand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()
        self._engine = sqlite_engine(path, KEY)
        self._connection = self._engine.connect()
        self._connection.begin()
        for statement in FIRST.read_text(encoding="utf-8").removesuffix(";\n").split(";\n\n"):
            self._connection.exec_driver_sql(statement)
        schema.stamp(self._connection, "0001")
        self.office = self.row("office", name="Halberstadt", short_name="Halberstadt")
        self.advisor = self.row("staff", login="berger", salutation="frau", office_id=self.office)
        self.role = self.row(
            "staff_role",
            staff_id=self.advisor,
            office_id=self.office,
            role="advisor",
            valid_from="2020-01-01",
        )
        self.kind = self.row("appointment_kind", name="Folgegespräch", minutes=30)
        self.room = self.row(
            "room",
            office_id=self.office,
            name="R 1.04",
            kind="consultation",
            windows="full",
            area=21.0,
            height=2.8,
            seats=2,
        )
        self.place = self.row("place", room_id=self.room)
        self.other_place = self.row("place", room_id=self.room, number=2)

    def row(self, table: str, **values: Any) -> str:
        return insert(self._connection, table, **values)

    def appointment(self, starts: datetime, state: str = "kept") -> str:
        made = self.row(
            "appointment",
            reference=uuid4().hex[:8].upper(),
            office_id=self.office,
            advisor_id=self.advisor,
            kind_id=self.kind,
            channel="in_person",
            starts=starts,
            ends=starts + timedelta(minutes=30),
            state=state,
            active=1,
            urgency="none",
        )
        self.row(
            "participant",
            appointment_id=made,
            visitor_name="Herr Gast",
            starts=starts,
            ends=starts + timedelta(minutes=30),
            active=1,
        )
        return made

    def booking(self, starts: datetime, state: str, **values: Any) -> UUID:
        usual: dict[str, Any] = {
            "place_id": self.place,
            "office_id": self.office,
            "use": "consultation",
            "starts": starts,
            "ends": starts + timedelta(minutes=30),
            "blocked_until": starts + timedelta(minutes=46),
            "persons": 2,
            "state": state,
            "active": state not in ("free", "released"),
        }
        return UUID(self.row("room_booking", **(usual | values)))

    def visit(self, arrived: datetime, code: str, **values: Any) -> UUID:
        usual: dict[str, Any] = {"office_id": self.office, "arrived_at": arrived, "code": code}
        return UUID(self.row("visit", **(usual | {"companions": 0} | values)))

    def look_away(self) -> None:
        """From here on references may point to nothing."""
        self._connection.commit()
        self._connection.connection.cursor().execute("pragma foreign_keys = off")
        self._connection.begin()

    def done(self) -> Path:
        self._connection.commit()
        self._connection.close()
        self._engine.dispose()
        return self.path


@pytest.fixture
def old(tmp_path: Path) -> OldFile:
    return OldFile(tmp_path / "office.db")


@pytest.fixture
def opened() -> Iterator[list[SqliteStore]]:
    stores: list[SqliteStore] = []
    yield stores
    for store in stores:
        store.close()


def upgraded(old: OldFile, opened: list[SqliteStore]) -> SqliteStore:
    assert upgrade(old.done(), KEY) is not None
    store = open_store(old.path, KEY)
    opened.append(store)
    assert check(store) == []
    return store


def all_of(store: SqliteStore, kind: type[Any]) -> dict[UUID, Any]:
    with store.reading() as reader:
        return {row.id: row for row in reader.find(kind)}


# --- bookings -------------------------------------------------------------------------------------


def test_every_booking_is_kept_with_what_it_was(old: OldFile, opened: list[SqliteStore]) -> None:
    appointment = old.appointment(nine(0), "confirmed")
    reserved = old.booking(nine(0), "reserved", appointment_id=appointment, version=7)
    given_back = old.booking(nine(60), "released", reason="client_asked")
    repair = old.booking(
        nine(120), "reserved", use="maintenance", reason="defect", place_id=old.other_place
    )
    store = upgraded(old, opened)
    rows = all_of(store, RoomBooking)
    assert len(rows) == 3
    kept = rows[reserved]
    assert (kept.appointment_id, kept.version, kept.state) == (UUID(appointment), 7, S.RESERVED)
    assert (kept.starts, kept.ends, kept.blocked_until) == (nine(0), nine(30), nine(46))
    assert (kept.occupied_at, kept.vacated_at, kept.note) == (None, None, "")
    assert (rows[given_back].active, rows[given_back].reason) == (False, "client_asked")
    assert rows[repair].use == "maintenance"
    assert len(all_of(store, Appointment)) == len(all_of(store, Participant)) == 1


def test_what_was_left_as_airing_for_ever_is_over(old: OldFile, opened: list[SqliteStore]) -> None:
    """0.1 never ended the airing: every talk of the past stood there."""
    stale = [old.booking(nine(0, -day), "airing") for day in range(5, 0, -1)]
    running = old.booking(nine(0), "occupied")
    store = upgraded(old, opened)
    rows = all_of(store, RoomBooking)
    assert {rows[each].state for each in stale} == {S.FREE}
    assert not any(rows[each].active for each in stale)
    assert [(rows[each].occupied_at, rows[each].vacated_at) for each in stale[:1]] == [
        (nine(0, -5), nine(30, -5))
    ]
    assert (rows[running].state, rows[running].occupied_at) == (S.OCCUPIED, nine(0))
    assert rows[running].vacated_at is None


def test_of_several_uses_of_a_place_the_latest_stays_and_each_place_has_its_own(
    old: OldFile, opened: list[SqliteStore]
) -> None:
    forgotten = old.booking(nine(0), "occupied")
    now = old.booking(nine(60), "occupied")
    beside = old.booking(nine(0), "cleaning", place_id=old.other_place)
    store = upgraded(old, opened)
    rows = all_of(store, RoomBooking)
    assert rows[forgotten].state is S.FREE
    assert (rows[now].state, rows[beside].state) == (S.OCCUPIED, S.CLEANING)
    assert sum(row.state in IN_USE for row in rows.values()) == 2


def test_the_door_opens_on_the_old_file(old: OldFile, opened: list[SqliteStore]) -> None:
    """The last talk of 0.1 stood as airing; the next visitor goes in as if nothing had been."""
    before = old.booking(nine(-60), "airing")
    appointment = old.appointment(nine(0), "confirmed")
    coming = old.booking(nine(0), "reserved", appointment_id=appointment)
    store = upgraded(old, opened)
    services = Services(store, FixedClock(nine(0)), HolidayCalendar())
    version = all_of(store, RoomBooking)[coming].version
    actor = Actor(UUID(old.advisor), UUID(old.office))
    services.execute(EnterRoom(booking_id=coming, version=version), actor)
    rows = all_of(store, RoomBooking)
    assert (rows[before].state, rows[coming].state) == (S.FREE, S.OCCUPIED)
    assert all_of(store, Appointment)[UUID(appointment)].state == "in_progress"
    assert check(store) == []


# --- visits and refusals --------------------------------------------------------------------------


def test_visits_get_their_day_and_a_number_of_their_own(
    old: OldFile, opened: list[SqliteStore]
) -> None:
    appointment = old.appointment(nine(0))
    first = old.visit(nine(-5), "101", appointment_id=appointment, entered_at=nine(0), companions=2)
    second = old.visit(nine(20), "101", id=f"f{uuid4().hex[1:]}")
    next_day = old.visit(nine(0, 1), "101")
    store = upgraded(old, opened)
    rows = all_of(store, Visit)
    codes = sorted(rows[each].code for each in (first, second))
    assert codes == ["101", "101-2"]
    assert (rows[next_day].code, rows[next_day].day) == ("101", date(2021, 4, 14))
    kept = rows[first]
    assert (kept.appointment_id, kept.arrived_at, kept.entered_at) == (
        UUID(appointment),
        nine(-5),
        nine(0),
    )
    assert (kept.companions, kept.needs, kept.checked, kept.withdrawn_at) == (2, (), (), None)


def test_the_day_of_a_visit_is_that_of_the_wall_clock(
    old: OldFile, opened: list[SqliteStore]
) -> None:
    late = datetime(2021, 4, 13, 22, 30, tzinfo=UTC)  # half past midnight in Halberstadt
    visit = old.visit(late, "7")
    assert all_of(upgraded(old, opened), Visit)[visit].day == date(2021, 4, 14)


def test_refusals_are_kept(old: OldFile, opened: list[SqliteStore]) -> None:
    refusal = UUID(old.row("refusal", office_id=old.office, room_id=old.room, code="room_busy"))
    kept = all_of(upgraded(old, opened), Refusal)[refusal]
    assert (kept.room_id, kept.code, kept.created_at) == (UUID(old.room), "room_busy", NINE)


# --- the file -------------------------------------------------------------------------------------


def test_a_copy_is_made_beforehand_that_is_as_it_was(
    old: OldFile, opened: list[SqliteStore]
) -> None:
    old.booking(nine(0), "airing")
    upgraded(old, opened)
    (copy,) = (old.path.parent / FOLDER).iterdir()
    engine = sqlite_engine(copy, KEY)
    with engine.connect() as connection:
        assert schema.revision(connection) == "0001"
        states = connection.exec_driver_sql("select state from room_booking").all()
        assert [state for (state,) in states] == ["airing"]
    engine.dispose()


def test_what_the_new_tables_refuse_leaves_the_old_file_untouched(old: OldFile) -> None:
    old.row("refusal", office_id=old.office, code="felt_like_it")
    path = old.done()
    with pytest.raises(sa.exc.IntegrityError):
        upgrade(path, KEY)
    engine = sqlite_engine(path, KEY)
    with engine.connect() as connection:
        assert schema.revision(connection) == "0001"
        assert connection.exec_driver_sql("select code from refusal").scalar() == "felt_like_it"
    engine.dispose()


def test_references_that_were_broken_before_stop_the_upgrade(old: OldFile) -> None:
    old.look_away()
    old.booking(nine(0), "reserved", place_id=uuid4().hex)
    with pytest.raises(Unavailable) as caught:
        upgrade(old.done(), KEY)
    assert caught.value.code == "upgrade_broke_references"
