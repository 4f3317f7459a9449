"""The audit of the shared database, read with a login of one's own: by those entitled alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import AuditAction, Role
from koba_desktop.services.audit.exporting import ExportAudit
from koba_desktop.services.audit.reading import audit_page, count_audit
from koba_desktop.services.audit.rows import AuditFilter, AuditRow, short_id
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.audit.writing import AuditExport, write_audit
from koba_desktop.services.commands import ViewBlockedAddress
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from tests.postgres.fixtures import Database
from tests.postgres.office import on_the_server
from tests.unit.service_office import SmallOffice, at

ALL = AuditFilter()


@pytest.fixture
def office(pg_database: Database) -> Iterator[SmallOffice]:
    """Halberstadt on the server; each person acts and asks with a login of his or her own."""
    with on_the_server(pg_database) as small:
        yield small


@pytest.fixture
def officer(office: SmallOffice) -> Staff:
    """The data protection officer, who has to do with no client."""
    member = replace(office.lindner, id=new_id(), login="dsb", os_user=None, family_name="Arndt")
    office.put(member, office.role(member, Role.DATA_PROTECTION))
    return member


def rows(office: SmallOffice, by: Staff, wanted: AuditFilter = ALL) -> tuple[AuditRow, ...]:
    with office.view(by) as view:
        found = audit_page(view, wanted, 1_000).rows
        assert count_audit(view, wanted) == len(found)
    return found


def test_those_entitled_read_what_the_triggers_wrote(office: SmallOffice, officer: Staff) -> None:
    booked = office.booked(at(12, 9))
    found = rows(office, officer, AuditFilter(object_kind="Appointment"))
    (event,) = (row for row in found if row.object_id == booked.id)
    assert (event.family_name, event.login) == ("Berger", "berger")
    assert event.action is AuditAction.CREATE
    assert event.reference == booked.reference
    assert rows(office, office.administrator) == rows(office, officer)


def test_an_object_is_found_by_number_reference_and_id_by_who_may_not_read_it(
    office: SmallOffice, officer: Staff
) -> None:
    booked = office.booked(at(12, 9))
    office.booked(at(12, 13), client_id=office.hartwig.id)
    office.do(ViewBlockedAddress(client_id=office.kuhn.id, reason="ÄRGER mit 100 %"))
    by_code = rows(office, officer, AuditFilter(subject=booked.reference.lower()))
    assert {"Appointment", "Participant"} <= {row.object_kind for row in by_code}
    assert by_code == rows(office, officer, AuditFilter(subject=str(booked.id)))
    assert {row.reference for row in by_code} == {booked.reference, ""}
    (seen,) = rows(office, officer, AuditFilter(subject="118274"))
    assert (seen.object_id, seen.action) == (office.kuhn.id, AuditAction.VIEW_BLOCKED)
    short = rows(office, officer, AuditFilter(subject=short_id(booked.id)))
    assert {row.object_id for row in short} == {booked.id}
    assert rows(office, officer, AuditFilter(subject="999999")) == ()


def test_each_filter_finds_what_the_same_in_python_finds(
    office: SmallOffice, officer: Staff
) -> None:
    booked = office.booked(at(12, 9))
    office.do(office.booking(at(12, 13)), by=office.lindner)
    office.clock.advance(days=1)
    office.do(ViewBlockedAddress(client_id=office.kuhn.id, reason="ÄRGER mit 100 %"))
    office.clock.advance(minutes=1)
    office.undo(office.do(office.booking(at(14, 9))))
    everything = rows(office, officer)
    today = at(2, 9).date()
    cases = {
        AuditFilter(first=today): lambda row: row.created_at >= at(2, 0),
        AuditFilter(last=at(1, 9).date()): lambda row: row.created_at < at(2, 0),
        AuditFilter(staff_id=office.lindner.id): lambda row: row.family_name == "Lindner",
        AuditFilter(action=AuditAction.CHANGE): lambda row: row.action is AuditAction.CHANGE,
        AuditFilter(object_kind="Participant"): lambda row: row.object_kind == "Participant",
        AuditFilter(field="withdrawn_at"): lambda row: "withdrawn_at" in row.fields,
        AuditFilter(reason="ärger MIT 100 %"): lambda row: row.reason.startswith("ÄRGER"),
        AuditFilter(reason="_"): lambda row: "_" in row.reason,
    }
    for wanted, meets in cases.items():
        expected = tuple(row for row in everything if meets(row))
        assert rows(office, officer, wanted) == expected, wanted
        assert bool(expected) is (wanted.reason != "_"), wanted
    assert booked.id in {row.object_id for row in everything}


def test_pages_bring_every_event_once(office: SmallOffice, officer: Staff) -> None:
    for hour in (9, 10, 11):
        office.booked(at(12, hour))
    everything, found, after = rows(office, officer), [], None
    while True:
        with office.view(officer) as view:
            page = audit_page(view, ALL, 4, after)
        found += page.rows
        if not page.more:
            break
        after = page.rows[-1].key
    assert tuple(found) == everything


def test_others_are_refused_by_the_program_and_by_the_database(office: SmallOffice) -> None:
    booked = office.booked(at(12, 9))
    for other in (office.lead, office.lindner, office.reception):
        with office.view(other) as view, pytest.raises(Refused):
            audit_page(view, ALL)
        for ask in (
            lambda reader: reader.audit_events(AuditFilter(subject=booked.reference), limit=10),
            lambda reader: reader.audit_subjects(booked.reference),
            lambda reader: reader.audit_references([booked.id]),
        ):
            with pytest.raises(Refused) as refusal, office.view(other) as view:
                ask(view.reader)
            assert refusal.value.code == "not_entitled"
    for other in (office.lead, office.lindner):  # theirs are the addresses they looked at
        with office.view(other) as view:
            assert view.reader.audit_events(ALL, limit=10) == []


def test_the_export_is_noted_with_the_login(
    office: SmallOffice, officer: Staff, tmp_path: Path
) -> None:
    office.booked(at(12, 9))
    order = AuditExport(
        wanted=ALL, format=ExportFormat.JSON, path=tmp_path / "audit.json", viewer=officer.id
    )
    who = Actor(officer.id, office.office.id)
    office.services.execute(ExportAudit(wanted=ALL, format=ExportFormat.JSON), who)
    written = write_audit(office.services, order, lambda _done, _of: None)
    events = json.loads(order.path.read_text("utf-8"))["events"]
    assert len(events) == written
    noted = events[0]
    assert (noted["action"], noted["object_kind"], noted["login"]) == (
        "export",
        "AuditEvent",
        "dsb",
    )
    assert noted["reason"] == "JSON: everything"
    with pytest.raises(Refused):
        office.do(ExportAudit(wanted=ALL, format=ExportFormat.CSV), by=office.lead)
