"""The audit is read page by page, filtered and exported by those entitled, and by nobody else."""

import csv
import io
import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.clients import ClientPhone
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Refused, Unavailable
from koba_desktop.domain.vocabulary import AuditAction, Role
from koba_desktop.i18n import activate
from koba_desktop.i18n.audit_words import field_names, object_kinds
from koba_desktop.services.audit.exporting import ExportAudit
from koba_desktop.services.audit.reading import audit_page, count_audit
from koba_desktop.services.audit.rows import AuditFilter, AuditRow, short_id
from koba_desktop.services.audit.texts import ExportFormat, harmless
from koba_desktop.services.audit.writing import PAGE, AuditExport, write_audit
from koba_desktop.services.commands import ViewBlockedAddress
from koba_desktop.services.ids import new_id
from koba_desktop.storage.files import create_store
from koba_desktop.storage.tables import TABLES
from tests.support import KEY
from tests.unit.service_office import SmallOffice, at

ALL = AuditFilter()
EPOCH = datetime(2021, 4, 1, 6, tzinfo=UTC)
OBJECTS = tuple(UUID(int=0xA000_0000_0000 + n) for n in range(3))
KINDS = ("Appointment", "Client", "ClientPhone")
FIELDS = ("starts", "starts_late", "state", "family_name")
REASONS = ("", "Post kam zurück", "ÄRGER mit 100 %", "Ueber_prüfung", "über/prüfung \\ neu")


@pytest.fixture
def officer(office: SmallOffice) -> Staff:
    """The data protection officer."""
    member = replace(office.lindner, id=new_id(), login="dsb", os_user=None, family_name="Arndt")
    office.put(member, office.role(member, Role.DATA_PROTECTION))
    return member


def rows(office: SmallOffice, by: Staff, wanted: AuditFilter = ALL) -> tuple[AuditRow, ...]:
    with office.view(by) as view:
        return audit_page(view, wanted, 1_000).rows


# --- who ------------------------------------------------------------------------------------------


def test_the_administrator_and_data_protection_read_it_others_do_not(
    office: SmallOffice, officer: Staff
) -> None:
    office.booked(at(12, 9))
    assert rows(office, office.administrator) == rows(office, officer) != ()
    for other in (office.lead, office.berger, office.reception):
        with office.view(other) as view:
            for ask in (audit_page, count_audit):
                with pytest.raises(Refused) as refusal:
                    ask(view, ALL)
                assert refusal.value.code == "not_entitled"


def test_the_command_line_reads_it(office: SmallOffice) -> None:
    office.booked(at(12, 9))
    with office.services.view() as view:
        assert audit_page(view, ALL).rows
        assert count_audit(view, ALL) == len(rows(office, office.administrator))


def test_who_left_the_house_reads_it_no_more(office: SmallOffice, officer: Staff) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Staff, officer.id), left_on=date(2021, 4, 1)))
    with office.view(officer) as view, pytest.raises(Refused):
        audit_page(view, ALL)


# --- what -----------------------------------------------------------------------------------------


def test_an_event_names_person_place_object_and_fields(office: SmallOffice) -> None:
    booked = office.booked(at(12, 9))
    found = rows(office, office.administrator, AuditFilter(subject=str(booked.id)))
    event = next(row for row in found if row.object_kind == "Appointment")
    assert (event.family_name, event.host, event.action) == ("Berger", "PC-1", AuditAction.CREATE)
    assert event.reference == booked.reference
    assert "Kuhn" not in repr(found)


def test_an_appointment_is_found_by_its_reference_and_with_what_belongs_to_it(
    office: SmallOffice,
) -> None:
    booked, other = office.booked(at(12, 9)), office.booked(at(12, 11))
    spoken = f"{booked.reference[:4].lower()} {booked.reference[4:].lower()}"
    by_code = rows(office, office.administrator, AuditFilter(subject=spoken))
    assert {row.object_kind for row in by_code} >= {"Appointment", "Participant"}
    assert by_code == rows(office, office.administrator, AuditFilter(subject=str(booked.id)))
    assert other.id not in {row.object_id for row in by_code}


def test_a_client_is_found_by_number_with_the_parts_of_the_card(office: SmallOffice) -> None:
    office.do(ViewBlockedAddress(client_id=office.kuhn.id, reason="Zustellung"))
    phone = ClientPhone(id=new_id(), client_id=office.kuhn.id, typed="03941 1234")
    office.put(
        phone, AuditEvent(id=new_id(), action=AuditAction.CREATE, object_kind="ClientPhone",
                          object_id=phone.id)
    )  # fmt: skip
    found = rows(office, office.administrator, AuditFilter(subject="118274"))
    assert {(row.object_kind, row.object_id) for row in found} == {
        ("Client", office.kuhn.id),
        ("ClientPhone", phone.id),
    }
    assert rows(office, office.administrator, AuditFilter(subject="999999")) == ()


def test_an_object_is_found_by_the_end_of_its_id(office: SmallOffice) -> None:
    booked = office.booked(at(12, 9))
    found = rows(office, office.administrator, AuditFilter(subject=short_id(booked.id).upper()))
    assert [row.object_id for row in found] == [booked.id]


def test_events_of_one_person(office: SmallOffice) -> None:
    office.booked(at(12, 9))
    office.do(office.booking(at(12, 13)), by=office.lindner)
    of_lindner = rows(office, office.administrator, AuditFilter(staff_id=office.lindner.id))
    assert {row.family_name for row in of_lindner} == {"Lindner"}
    assert len(of_lindner) < len(rows(office, office.administrator))


# --- the filter against the same in Python --------------------------------------------------------


def small(text: str) -> str:
    return text.lower()


def meets(event: AuditEvent, wanted: AuditFilter) -> bool:
    assert event.created_at is not None
    day = day_of(event.created_at)
    return (
        (wanted.first is None or day >= wanted.first)
        and (wanted.last is None or day <= wanted.last)
        and (wanted.staff_id is None or event.created_by == wanted.staff_id)
        and (wanted.action is None or event.action is wanted.action)
        and wanted.object_kind in ("", event.object_kind)
        and (not wanted.subject or str(event.object_id) == wanted.subject)
        and (not wanted.field or wanted.field in event.fields)
        and small(wanted.reason.strip()) in small(event.reason)
    )


moments = st.integers(0, 40).map(lambda hours: EPOCH + timedelta(hours=hours // 2))
events = st.lists(
    st.builds(
        AuditEvent,
        id=st.uuids(version=4),
        created_at=moments,
        created_by=st.none(),
        action=st.sampled_from(AuditAction),
        object_kind=st.sampled_from(KINDS),
        object_id=st.none() | st.sampled_from(OBJECTS),
        fields=st.lists(st.sampled_from(FIELDS), unique=True).map(tuple),
        reason=st.sampled_from(REASONS),
    ),
    max_size=30,
    unique_by=lambda event: event.id,
)
days = st.none() | st.sampled_from([date(2021, 4, 1), date(2021, 4, 2)])
filters = st.builds(
    AuditFilter,
    first=days,
    last=days,
    action=st.none() | st.sampled_from(AuditAction),
    object_kind=st.sampled_from(("", *KINDS)),
    subject=st.just("") | st.sampled_from(OBJECTS).map(str),
    field=st.sampled_from(("", *FIELDS, "s_arts")),
    reason=st.sampled_from(("", " ", "ärger", "100 %", "_", "\\", "/", "zurück", "prüfung", "%z")),
)


@pytest.fixture(scope="module")
def empty_store() -> Any:
    with TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "audit.db", KEY)
        with store.engine.begin() as connection:  # so that each example begins with none
            connection.exec_driver_sql("drop trigger audit_event_no_delete")
        yield store
        store.close()


@settings(max_examples=150, deadline=None)
@given(written=events, wanted=filters, limit=st.integers(1, 7))
def test_pages_hold_every_event_of_the_filter_once_latest_first(
    empty_store: Any, written: list[AuditEvent], wanted: AuditFilter, limit: int
) -> None:
    with empty_store.engine.begin() as connection:
        connection.exec_driver_sql("delete from audit_event")
    with empty_store.writing(by=None, now=EPOCH) as unit:
        unit.add_all(written)
    found, after = [], None
    with empty_store.reading() as reader:
        while rows := reader.audit_events(wanted, limit=limit, after=after):
            found += rows
            after = rows[-1].key
        counted = reader.count_audit_events(wanted)
    expected = sorted(
        (event for event in written if meets(event, wanted)),
        key=lambda event: (event.created_at, event.id),
        reverse=True,
    )
    assert [row.id for row in found] == [event.id for event in expected]
    assert [row.fields for row in found] == [event.fields for event in expected]
    assert counted == len(expected)


# --- the export -----------------------------------------------------------------------------------


def export(office: SmallOffice, path: Path, by: Staff, wanted: AuditFilter = ALL) -> int | None:
    kind = ExportFormat(path.suffix[1:])
    office.do(ExportAudit(wanted=wanted, format=kind), by=by)
    order = AuditExport(wanted=wanted, format=kind, path=path, viewer=by.id)
    return write_audit(office.services, order, lambda _done, _of: None)


def test_the_export_is_noted_before_the_file_is_written(
    office: SmallOffice, officer: Staff, tmp_path: Path
) -> None:
    wanted = AuditFilter(first=date(2021, 4, 1), staff_id=office.berger.id, field="starts")
    path = tmp_path / "missing" / "audit.csv"
    with pytest.raises(Unavailable) as failure:
        export(office, path, officer, wanted)
    assert failure.value.code == "file_not_written"
    event = office.one(AuditEvent, action=AuditAction.EXPORT)
    assert (event.object_kind, event.object_id, event.created_by) == (
        "AuditEvent",
        None,
        officer.id,
    )
    assert event.reason == "CSV: from 01/04/2021; Person: Berger; Field: beginning"


def test_who_may_not_read_the_audit_may_not_export_it(office: SmallOffice, tmp_path: Path) -> None:
    for other in (office.lead, office.berger, office.reception):
        with pytest.raises(Refused) as refusal:
            export(office, tmp_path / "audit.csv", other)
        assert refusal.value.code == "not_entitled"
        order = AuditExport(
            wanted=ALL, format=ExportFormat.CSV, path=tmp_path / "audit.csv", viewer=other.id
        )
        with pytest.raises(Refused):
            write_audit(office.services, order, lambda _done, _of: None)
    assert office.all(AuditEvent, action=AuditAction.EXPORT) == []
    assert list(tmp_path.glob("*audit*")) == []


def test_csv_opens_in_a_spreadsheet_and_runs_no_formula(
    office: SmallOffice, officer: Staff, tmp_path: Path
) -> None:
    reason = '=HYPERLINK("http://example.org";"Kuhn")'
    office.do(ViewBlockedAddress(client_id=office.kuhn.id, reason=reason))
    activate("de")
    path = tmp_path / "audit.csv"
    written = export(office, path, officer)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert written == len(table) == len(office.all(AuditEvent))
    seen = next(line for line in table if line["Grund"].endswith('"Kuhn")'))
    assert seen["Grund"] == f"'{reason}"
    assert seen["Datum und Uhrzeit"] == "2021-04-01 09:12:00"
    assert (seen["Person"], seen["PC"], seen["Gegenstand"]) == ("Berger", "PC-1", "Kunde/Kundin")
    assert seen["Kennung"] == str(office.kuhn.id)


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = harmless(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert cell in (text, f"'{text}")


def test_json_holds_the_filter_and_every_event(
    office: SmallOffice, officer: Staff, tmp_path: Path
) -> None:
    booked = office.booked(at(12, 9))
    path = tmp_path / "audit.json"
    wanted = AuditFilter(subject=booked.reference)
    written = export(office, path, officer, wanted)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["filter"]["subject"] == booked.reference
    assert document["made_at"] == "2021-04-01T09:12:00+02:00"
    assert len(document["events"]) == written
    assert set(document["events"][0]) == {each.name for each in fields(AuditRow)}
    empty = tmp_path / "none.json"
    assert export(office, empty, officer, AuditFilter(last=date(2020, 1, 1))) == 0
    assert json.loads(empty.read_text(encoding="utf-8"))["events"] == []


def many(office: SmallOffice) -> None:
    office.put(
        *(
            AuditEvent(id=new_id(), action=AuditAction.CHANGE, object_kind="Client", object_id=None)
            for _each in range(PAGE * 2 + 1)
        )
    )


def test_a_long_export_tells_how_far_it_is_and_misses_nothing(
    office: SmallOffice, officer: Staff, tmp_path: Path
) -> None:
    many(office)
    order = AuditExport(
        wanted=ALL, format=ExportFormat.JSON, path=tmp_path / "audit.json", viewer=officer.id
    )
    steps: list[tuple[int, int]] = []
    written = write_audit(office.services, order, lambda *step: steps.append(step))
    assert written is not None
    assert steps == [(PAGE, written), (PAGE * 2, written), (written, written)]
    events = json.loads(order.path.read_text(encoding="utf-8"))["events"]
    assert len({event["id"] for event in events}) == written


def test_a_stopped_export_leaves_no_file_and_spares_the_old_one(
    office: SmallOffice, officer: Staff, tmp_path: Path
) -> None:
    many(office)
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "audit.csv"
    path.write_text("before", encoding="utf-8")
    order = AuditExport(wanted=ALL, format=ExportFormat.CSV, path=path, viewer=officer.id)
    steps: list[int] = []
    written = write_audit(
        office.services, order, lambda done, _of: steps.append(done), lambda: bool(steps)
    )
    assert (written, steps) == (None, [PAGE])
    assert [each.name for each in folder.iterdir()] == ["audit.csv"]
    assert path.read_text(encoding="utf-8") == "before"


# --- words ----------------------------------------------------------------------------------------


def test_every_kind_of_object_and_every_audited_field_has_a_word() -> None:
    unaudited = {"Hold", "Draft", "AuditEvent", "ExecutedCommand", "Presence"}
    stamps = {"id", "version", "changed_at", "changed_by", "created_at", "created_by"}
    logins = {"Login"}  # of the shared database: no entity
    assert set(object_kinds()) == {kind.__name__ for kind in TABLES} | logins
    names = {
        field.name for kind in TABLES if kind.__name__ not in unaudited for field in fields(kind)
    }
    assert names - stamps - set(field_names()) == set()
