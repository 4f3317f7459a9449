"""The first page out of a million events of the audit, with and without a filter, and a page far
down, against the raw driver that reads the same rows: what is found must not depend on how much
there is. Where a filter meets nothing, everything has been looked at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from uuid import UUID

import pytest

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.vocabulary import AuditAction, Role
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.audit.reading import PAGE, audit_page, count_audit
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.audit.writing import AuditExport, write_audit
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.storage.files import create_store, open_store
from koba_desktop.storage.store import SqliteStore
from koba_desktop.storage.types import microseconds
from tests.support import KEY, TUESDAY, FixedClock

MILLION = 1_000_000
_BATCH = 50_000
_STAFF = 400
OFFICER = 17  # who protects the data
_FIRST = datetime(2020, 4, 13, tzinfo=UTC)
_STEP = (TUESDAY - _FIRST) / MILLION
_KINDS = ("Appointment", "Client", "Letter", "CallTask", "ContactAttempt", "RoomBooking")
_FIELDS = (("starts", "ends"), ("state",), (), ("phone", "advisor_id", "state"))


@pytest.fixture(scope="module")
def audit() -> Iterator[Services]:
    """A year of an office; made at the first use and kept in the folder for temporary files."""
    path = Path(gettempdir()) / "koba-benchmark-audit.db"
    done = path.with_suffix(".made")
    if not done.exists():
        for old in path.parent.glob(path.name + "*"):
            old.unlink()
        store = create_store(path, KEY)
        _fill(store)
        store.close()
        done.touch()
    store = open_store(path, KEY)
    yield Services(store, FixedClock(TUESDAY), HolidayCalendar(), host="benchmark")
    store.close()


def _fill(store: SqliteStore) -> None:
    office = Office(
        id=new_id(),
        name="Regionalstelle",
        short_name="R",
        street="Weg 1",
        postcode="38820",
        town="Halberstadt",
        return_line="Postfach",
        district_key="15085",
    )
    first = Staff(id=new_id(), login="m", family_name="M", initials="M", office_id=office.id)
    people = [
        replace(first, id=new_id(), login=f"m{n}", family_name=f"Muster {n}", os_user=None)
        for n in range(_STAFF)
    ]
    with store.writing(by=None, now=_FIRST) as unit:
        unit.add_all([office, *people])
        unit.add(
            StaffRole(
                id=new_id(),
                staff_id=people[OFFICER].id,
                office_id=office.id,
                role=Role.DATA_PROTECTION,
                valid_from=_FIRST.date(),
            )
        )
    for start in range(0, MILLION, _BATCH):
        with store.writing(by=None, now=TUESDAY) as unit:
            unit.add_all([_event(n, people) for n in range(start, start + _BATCH)])


def _event(n: int, people: list[Staff]) -> AuditEvent:
    """The n-th: 250,000 objects, each written four times; a reason in every 500th."""
    return AuditEvent(
        id=UUID(int=(n << 80) | n),
        created_at=_FIRST + n * _STEP,
        created_by=people[n % _STAFF].id,
        action=AuditAction.CHANGE if n % 4 else AuditAction.CREATE,
        object_kind=_KINDS[n % len(_KINDS)],
        object_id=UUID(int=(n % 250_000) << 64 | 7),
        fields=_FIELDS[n % len(_FIELDS)],
        host=f"PC-{n % 90}",
        reason="Zustellung nach Umzug" if n % 500 == 0 else "",
    )


def _officer(services: Services) -> UUID:
    with services.view() as view:
        return view.reader.find(Staff, login=f"m{OFFICER}", limit=1)[0].id


def _months() -> AuditFilter:
    last = TUESDAY.date() - timedelta(days=60)
    return AuditFilter(first=last - timedelta(days=30), last=last)


FILTERS = {
    "none": AuditFilter(),
    "a month": _months(),
    "one field": AuditFilter(field="advisor_id"),
    "one kind": AuditFilter(object_kind="Letter"),
    "one object": AuditFilter(subject=str(UUID(int=4711 << 64 | 7))),
    "a reason": AuditFilter(reason="zustellung"),
    "nothing": AuditFilter(reason="kommt nicht vor"),
}


@pytest.mark.parametrize("where", ["", "where e.created_at < ?"])
def test_floor_raw_driver_reads_a_page(benchmark: Any, audit: Services, where: str) -> None:
    """Without a filter, and up to a day."""
    store = audit.store
    assert isinstance(store, SqliteStore)
    connection = store.engine.raw_connection()
    before = microseconds(day_bounds(_months().last or TUESDAY.date())[1])

    def read() -> int:
        cursor = connection.cursor()
        found = cursor.execute(
            "select e.*, s.family_name, s.given_name from audit_event e"
            " left join staff s on s.id = e.created_by"
            f" {where} order by e.created_at desc, e.id desc limit ?",
            (*([before] if where else []), PAGE + 1),
        )
        return len(found.fetchall())

    assert benchmark(read) == PAGE + 1
    connection.close()


@pytest.mark.parametrize("name", FILTERS)
def test_first_page(benchmark: Any, audit: Services, name: str) -> None:
    def read() -> int:
        with audit.view() as view:
            return len(audit_page(view, FILTERS[name]).rows)

    found = benchmark(read)
    assert found == {"one object": 4, "nothing": 0}.get(name, PAGE)


def test_first_page_of_one_person(benchmark: Any, audit: Services) -> None:
    wanted = AuditFilter(staff_id=_officer(audit))

    def read() -> int:
        with audit.view() as view:
            return len(audit_page(view, wanted).rows)

    assert benchmark(read) == PAGE


def test_a_page_far_down(benchmark: Any, audit: Services) -> None:
    with audit.view() as view:
        old = AuditFilter(last=_FIRST.date() + timedelta(days=10))
        after = audit_page(view, old, 1).rows[0].key

    def read() -> int:
        with audit.view() as view:
            return len(audit_page(view, AuditFilter(), after=after).rows)

    assert benchmark(read) == PAGE


def test_count_of_everything(benchmark: Any, audit: Services) -> None:
    def count() -> int:
        with audit.view() as view:
            return count_audit(view, AuditFilter())

    assert benchmark(count) == MILLION


def test_export_of_a_month(benchmark: Any, audit: Services, tmp_path: Path) -> None:
    """About 85,000 events."""
    order = AuditExport(
        wanted=_months(),
        format=ExportFormat.CSV,
        path=tmp_path / "audit.csv",
        viewer=_officer(audit),
    )

    def export() -> int | None:
        return write_audit(audit, order, lambda _done, _of: None)

    written = benchmark.pedantic(export, rounds=2)
    assert written is not None
    assert written > 80_000
