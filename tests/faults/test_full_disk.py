"""A server whose disk is full: told as what it is, nothing is half written, and it goes on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.errors import Unavailable
from tests.faults.desk import Desks
from tests.faults.disk import SmallDisk, can_be_mounted
from tests.postgres.fixtures import TEMPLATE, Database, own_database
from tests.postgres.server import SUPERUSER, Server

MEGABYTES = 48


if can_be_mounted():

    @pytest.fixture
    def disk(own_server: Server) -> Iterator[SmallDisk]:
        with SmallDisk(own_server, MEGABYTES) as made:
            yield made

    @pytest.fixture
    def full_desks(own_server: Server, disk: SmallDisk) -> Iterator[Desks]:
        """The office on a database that lies on the small disk."""
        postgres = Database(own_server, "postgres")
        postgres.run(f"create tablespace small location '{disk.place}'")
        with own_database(own_server, TEMPLATE) as database:
            postgres.run(f"alter database {database.name} set tablespace small")
            with Desks(database) as made:
                yield made
        postgres.run("drop tablespace small")

    def test_a_command_that_finds_no_room_writes_nothing_and_goes_through_once_there_is(
        full_desks: Desks, disk: SmallDisk
    ) -> None:
        desk = full_desks.sit_down()
        slots = full_desks.slots(2)
        booking = full_desks.office.booking(next(slots))
        disk.fill()
        for _ in range(2):
            with pytest.raises(Unavailable, match="disk_full"):
                desk.do(booking)
        assert len(desk.all(Client)) == 2, "what is there can be read"
        full_desks.bookings_are({})
        disk.make_room()
        receipts = [desk.do(booking), desk.do(full_desks.office.booking(next(slots)))]
        assert not receipts[0].repeated
        full_desks.bookings_are(
            {each.command.command_id: each.result["appointment_id"] for each in receipts}
        )


if Path("/dev/full").exists():

    @contextmanager
    def full(desks: Desks, table: str) -> Iterator[None]:
        """There is no room for this one table, which is empty: its file lies on the device that is
        always full. For whoever may not mount anything."""
        with psycopg.connect(desks.database.dsn(), autocommit=True) as connection:
            row = connection.execute("select pg_relation_filepath(%s)", (table,)).fetchone()
            connection.execute("checkpoint")  # nothing is to be written to it by others
        assert row is not None
        file = desks.database.server.data / row[0]
        assert file.stat().st_size == 0
        aside = file.with_name(f"{file.name}.aside")
        file.rename(aside)
        file.symlink_to("/dev/full")
        let_go(desks)
        try:
            yield
        finally:
            file.unlink()
            aside.rename(file)
            let_go(desks)

    def let_go(desks: Desks) -> None:
        """Of files that the server's processes hold open."""
        for login in ("berger", SUPERUSER):
            desks.end_sessions(login)

    @pytest.mark.parametrize("table", ["app.appointment", "app.participant", "app.command"])
    def test_wherever_in_a_command_the_room_ends_nothing_of_it_is_written(
        desks: Desks, table: str
    ) -> None:
        desk = desks.sit_down()
        booking = desks.office.booking(next(desks.slots(1)))
        with full(desks, table):
            with pytest.raises(Unavailable, match="disk_full"):
                desk.do(booking)
            assert len(desk.all(Client)) == 2, "what is there can be read"
        desks.bookings_are({})
        receipt = desk.do(booking)
        assert not receipt.repeated
        desks.bookings_are({booking.command_id: receipt.result["appointment_id"]})
