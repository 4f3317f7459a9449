"""``export audit`` as a process of its own (see ``test_cli``)."""

import csv
import json
from pathlib import Path

import pytest

from koba_desktop.domain.entities.bookkeeping import AuditEvent
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.vocabulary import AuditAction, Role
from koba_desktop.storage.files import open_store
from tests.end_to_end.test_cli import Answer, Pc
from tests.support import KEY

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Pc:
    """Demonstration offices on 13 April 2021, in one of which the mode was decided on."""
    pc = Pc(tmp_path_factory.mktemp("pc"))
    assert pc.on_office("init").code == 0
    assert pc.on_office("demo-data", "--clients", 50, "--appointments", 100, "--seed", 7).code == 0
    decided = pc.on_office(
        *("mode", "set", "--office", "Halberstadt", "--mode", "by_appointment"),
        *("--reason", "Verfügung", "--as", login(pc, Role.LEAD)),
    )
    assert decided.code == 0, decided
    return pc


def login(pc: Pc, role: Role) -> str:
    """The login of the first with that role: the offices were made one after the other."""
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        held = reader.find(StaffRole, role=role, order_by="id", limit=1)[0]
        found = reader.get(Staff, held.staff_id).login
    store.close()
    return found


def export(pc: Pc, file: Path, *arguments: object) -> Answer:
    return pc.on_office("export", "audit", "--output", file, *arguments)


def exports(pc: Pc) -> list[AuditEvent]:
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        found = reader.find(AuditEvent, action=AuditAction.EXPORT, order_by="id")
    store.close()
    return found


def test_the_administrator_exports_the_audit_and_is_named_in_it(pc: Pc, tmp_path: Path) -> None:
    file = tmp_path / "audit.csv"
    answer = export(pc, file, "--from", "2021-04-13", "--until", "2021-04-13")
    assert answer.code == 0, answer
    lines = list(csv.DictReader(file.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert answer.result == {"file": str(file), "format": "csv", "events": len(lines)}
    (noted,) = (line for line in lines if line["Vorgang"] == "exportiert")
    assert noted["Grund"] == "CSV: von 13.04.2021; bis 13.04.2021"
    assert "Betriebsart" in {line["Gegenstand"] for line in lines}


def test_json_by_the_ending_or_by_the_option(pc: Pc, tmp_path: Path) -> None:
    for file, options in (("a.json", ()), ("b.txt", ("--format", "json"))):
        answer = export(pc, tmp_path / file, *options)
        document = json.loads((tmp_path / file).read_text("utf-8"))
        assert answer.result["events"] == len(document["events"]) > 1


def test_the_days_narrow_it_down(pc: Pc, tmp_path: Path) -> None:
    answer = export(pc, tmp_path / "none.json", "--until", "2020-12-31")
    assert answer.result["events"] == 0
    wrong = export(pc, tmp_path / "x.csv", "--from", "2021-04-02", "--until", "2021-04-01")
    assert (wrong.code, wrong.error["code"]) == (1, "ends_before_start")
    mistyped = export(pc, tmp_path / "x.csv", "--from", "1.4.2021")
    assert mistyped.code == 2


def test_the_lead_may_not_and_nothing_is_written(pc: Pc, tmp_path: Path) -> None:
    before = exports(pc)
    for role in (Role.LEAD, Role.ADVISOR, Role.RECEPTION):
        answer = export(pc, tmp_path / "audit.csv", "--as", login(pc, role))
        assert (answer.code, answer.error["code"]) == (1, "not_entitled")
    assert list(tmp_path.iterdir()) == []
    assert exports(pc) == before


def test_a_file_that_is_there_is_kept(pc: Pc, tmp_path: Path) -> None:
    file = tmp_path / "audit.csv"
    file.write_text("before", encoding="utf-8")
    before = len(exports(pc))
    answer = export(pc, file)
    assert (answer.code, answer.error["code"]) == (1, "file_exists")
    assert file.read_text("utf-8") == "before"
    assert len(exports(pc)) == before
    assert export(pc, file, "--force").code == 0
    assert file.read_text("utf-8-sig").startswith("Datum und Uhrzeit")


def test_a_folder_that_is_not_there_is_named(pc: Pc, tmp_path: Path) -> None:
    answer = export(pc, tmp_path / "missing" / "audit.csv")
    assert (answer.code, answer.error["code"]) == (1, "file_not_written")
