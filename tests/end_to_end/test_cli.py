"""``koba-desktop-admin`` as a process of its own, on a database it made itself."""

import json
import os
import re
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.storage.files import open_store
from tests.support import KEY

pytestmark = pytest.mark.process

PROGRAM = "from koba_desktop.bootstrap import admin; admin()"
NOW = "2021-04-13T09:42"


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def result(self) -> Any:
        assert self.document["ok"], self.out
        return self.document["result"]

    @property
    def error(self) -> Any:
        assert self.document["ok"] is False
        (error,) = self.document["errors"]
        return error


@dataclass(frozen=True)
class Pc:
    """A user's PC: a home of its own, the key in the environment."""

    home: Path
    key: str | None = KEY
    database: Path = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "database", self.home / "office.db")

    def run(self, *arguments: object) -> Answer:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("KOBA_", "XDG_", "DBUS_"))
        }
        environment |= {"HOME": str(self.home), "COLUMNS": "120"}
        environment |= {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        if self.key is not None:
            environment["KOBA_DATABASE_KEY"] = self.key
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *map(str, arguments)],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Answer(done.returncode, done.stdout, done.stderr)

    def on_office(self, *arguments: object) -> Answer:
        return self.run(*arguments, "--database", self.database, "--now", NOW, "--json")


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Pc:
    """A PC with a demonstration office as it stands on 13 April 2021."""
    pc = Pc(tmp_path_factory.mktemp("pc"))
    made = pc.on_office("init")
    assert made.code == 0, made
    filled = pc.on_office("demo-data", "--clients", 150, "--appointments", 300, "--seed", 7)
    assert filled.code == 0, filled
    return pc


@pytest.fixture
def empty(tmp_path: Path) -> Pc:
    return Pc(tmp_path)


@pytest.fixture(scope="module")
def reference(pc: Pc) -> str:
    """The reference of an appointment with a letter."""
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        letters = reader.find(Letter, order_by="id")
    store.close()
    return next(
        letter.data["reference"]
        for letter in letters
        if letter.state not in (LetterState.HELD, LetterState.VOID)
        and not letter.data["address_blocked"]
    )


class TestTheDatabase:
    def test_init_makes_a_database_and_tells_the_recovery_key_once(self, empty: Pc):
        made = empty.on_office("init")
        assert made.code == 0
        assert set(made.result) == {"database", "schema", "recovery_key"}
        assert made.result["database"] == str(empty.database)
        assert len(made.result["recovery_key"]) > 40
        assert stat.S_IMODE(empty.database.stat().st_mode) == 0o600

    def test_init_never_touches_a_database_that_is_there(self, pc: Pc):
        before = pc.database.stat().st_size
        again = pc.on_office("init")
        assert (again.code, again.error["code"]) == (1, "database_exists")
        assert pc.database.stat().st_size == before

    def test_demo_data_goes_into_an_empty_database_only(self, pc: Pc):
        again = pc.on_office("demo-data", "--clients", 5, "--appointments", 5)
        assert (again.code, again.error["code"]) == (1, "database_not_empty")

    def test_check_finds_a_fresh_office_in_order(self, pc: Pc):
        checked = pc.on_office("check")
        assert (checked.code, checked.result) == (0, {"ok": True, "findings": []})

    def test_backup_is_verified_and_opens(self, pc: Pc, tmp_path: Path):
        made = pc.on_office("backup", "--output", tmp_path / "copy.db")
        assert made.code == 0
        assert made.result == {
            "file": str(tmp_path / "copy.db"),
            "bytes": (tmp_path / "copy.db").stat().st_size,
            "verified": True,
        }
        copy = pc.run("check", "--database", tmp_path / "copy.db", "--json")
        assert copy.result["ok"]

    def test_migrate_says_that_there_was_nothing_to_do(self, pc: Pc):
        done = pc.on_office("migrate").result
        assert done["before"] == done["schema"]

    def test_a_missing_database_is_named(self, empty: Pc):
        answer = empty.on_office("check")
        assert (answer.code, answer.error["code"]) == (1, "file_missing")
        assert str(empty.database) in answer.error["where"]

    def test_the_key_may_come_from_a_file_of_its_owner(self, pc: Pc, tmp_path: Path):
        key_file = tmp_path / "key"
        key_file.write_text(KEY)
        key_file.chmod(0o600)
        keyless = Pc(pc.home, key=None)
        assert keyless.on_office("check", "--key-file", key_file).code == 0
        key_file.chmod(0o644)
        answer = keyless.on_office("check", "--key-file", key_file)
        assert (answer.code, answer.error["code"]) == (1, "key_file_open_to_others")

    def test_without_a_key_the_remedy_is_told(self, pc: Pc):
        answer = Pc(pc.home, key=None).on_office("check")
        assert (answer.code, answer.error["code"]) == (1, "key_missing")
        assert "--key-file" in answer.error["message"]

    def test_a_wrong_key_opens_nothing(self, pc: Pc):
        answer = Pc(pc.home, key="ab" * 32).on_office("check")
        assert (answer.code, answer.error["code"]) == (1, "wrong_key")


class TestImport:
    HEAD = "Kundennummer;Nachname;Vorname;Geburtsdatum;PLZ;Ort;Regionalstelle;Berater\r\n"

    def write(self, folder: Path, text: str) -> Path:
        file = folder / "export.csv"
        file.write_bytes((self.HEAD + text).encode("cp1252"))
        return file

    def test_each_record_wholly_or_not_at_all(self, pc: Pc, tmp_path: Path):
        file = self.write(
            tmp_path,
            "901A1;Müller;Änne;17.05.1980;6484;Quedlinburg;Halberstadt;berater01\r\n"
            "901A2;Weiß;Otto;31.02.1980;38820;Halberstadt;Halberstadt;gibtsnicht\r\n"
            "901A1;MÜLLER;Änne;17.05.1980;38820;Halberstadt;Halberstadt;\r\n",
        )
        answer = pc.on_office("import", "clients", file)
        assert answer.code == 1
        counts = {name: answer.result[name] for name in ("rows", "created", "updated", "unchanged")}
        assert counts == {"rows": 3, "created": 1, "updated": 0, "unchanged": 0}
        refused = answer.result["refused"]
        assert [(r["record"], r["line"], r["column"], r["value"], r["code"]) for r in refused] == [
            (2, 3, "Geburtsdatum", "31.02.1980", "date_impossible"),
            (2, 3, "Berater", "gibtsnicht", "advisor_unknown"),
            (3, 4, "Kundennummer", "901A1", "number_twice"),
        ]
        assert all(r["message"] and set(r) == {*_REFUSAL} for r in refused)
        assert "06484" in answer.err

    def test_a_second_import_changes_nothing(self, pc: Pc, tmp_path: Path):
        file = self.write(tmp_path, "902A1;Krüger;Tom;1.2.1990;38820;Halberstadt;Halberstadt;\r\n")
        first, second = (pc.on_office("import", "clients", file) for _ in range(2))
        assert (first.code, first.result["created"]) == (0, 1)
        assert (second.code, second.result["unchanged"]) == (0, 1)

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "file_empty"),
            (b"Nachname;Vorname\r\nKuhn;Marlies\r\n", "columns_missing"),
            (b"PK\x03\x04", "file_kind"),
        ],
    )
    def test_a_file_that_cannot_be_used_is_refused(
        self, pc: Pc, tmp_path: Path, content: bytes, code: str
    ):
        (tmp_path / "x.csv").write_bytes(content)
        answer = pc.on_office("import", "clients", tmp_path / "x.csv")
        assert (answer.code, answer.error["code"]) == (1, code)

    def test_a_missing_file_is_named(self, pc: Pc, tmp_path: Path):
        answer = pc.on_office("import", "clients", tmp_path / "none.csv")
        assert (answer.code, answer.error["code"]) == (1, "file_unreadable")


_REFUSAL = ("record", "line", "column", "value", "code", "message")


class TestSlotsAndModes:
    def test_slots_are_in_order_on_different_days(self, pc: Pc):
        found = pc.on_office("slots", "find", "--office", "Halberstadt", "--limit", 3).result
        starts = [slot["starts"] for slot in found["slots"]]
        assert len({start[:10] for start in starts}) == 3
        assert starts == sorted(starts)
        for slot in found["slots"]:
            assert re.fullmatch(r"2021-0\d-\d\dT\d\d:\d\d:00\+02:00", slot["starts"])
            assert slot["channel"] == "telephone"
            assert set(slot) == {"starts", "ends", "advisor", "channel", "reasons_skipped"}

    def test_a_letter_made_now_leaves_time_to_arrive(self, pc: Pc):
        found = pc.on_office("slots", "find", "--office", "Halberstadt", "--by-letter").result
        # 13 April, before the collection: deemed delivered on the 16th, five working days on.
        assert found["slots"][0]["starts"][:10] == "2021-04-23"

    def test_in_the_closure_nobody_comes_in_person(self, pc: Pc):
        found = pc.on_office(
            "slots", "find", "--office", "Halberstadt", "--channel", "in_person",
            "--latest", "2021-04-17",
        ).result  # fmt: skip
        assert found["slots"] == []
        assert found["reasons_skipped"]["mode_suspends"] > 0

    def test_which_office_must_be_clear(self, pc: Pc):
        answer = pc.on_office("slots", "find")
        assert (answer.code, answer.error["code"]) == (1, "office_unclear")
        assert "Wernigerode" in answer.error["message"]

    def test_an_advisor_named_says_which_office_is_meant(self, pc: Pc):
        found = pc.on_office("slots", "find", "--advisor", "berater01", "--limit", 2).result
        assert [slot["advisor"] for slot in found["slots"]] == ["berater01", "berater01"]

    def test_a_mode_is_planned_and_shown(self, pc: Pc):
        put = pc.on_office(
            "mode", "set", "--office", "Wernigerode", "--mode", "by_appointment",
            "--from", "2021-06-01", "--reason", "Verordnung",
        )  # fmt: skip
        assert put.code == 0
        (shown,) = pc.on_office("mode", "show", "--office", "Wernigerode").result["offices"]
        assert shown == put.result
        assert (shown["mode"], shown["next_mode"], shown["next_from"]) == (
            "closed",
            "by_appointment",
            "2021-06-01",
        )

    def test_who_is_named_must_be_entitled(self, pc: Pc):
        answer = pc.on_office(
            "mode", "set", "--office", "Wernigerode", "--mode", "regular", "--reason", "x",
            "--as", "berater01",
        )  # fmt: skip
        assert (answer.code, answer.error["code"]) == (1, "not_entitled")

    def test_an_unknown_login_is_refused(self, pc: Pc):
        answer = pc.on_office(
            "mode", "set", "--office", "Wernigerode", "--mode", "regular", "--reason", "x",
            "--as", "niemand",
        )  # fmt: skip
        assert (answer.code, answer.error["code"]) == (1, "login_unknown")
        assert answer.error["where"] == "--as"


class TestLetters:
    def test_a_letter_becomes_a_pdf_with_its_dates(self, pc: Pc, reference: str, tmp_path: Path):
        file = tmp_path / "letter.pdf"
        answer = pc.on_office("letters", "render", "--reference", reference, "--output", file)
        assert answer.code == 0, answer.out
        assert set(answer.result) == {
            *("reference", "file", "posting_day", "deemed_delivered", "earliest")
        }
        assert answer.result["reference"] == reference
        assert answer.result["posting_day"] < answer.result["deemed_delivered"]
        assert answer.result["deemed_delivered"] < answer.result["earliest"]
        assert file.read_bytes().startswith(b"%PDF")
        assert [path.name for path in tmp_path.iterdir()] == ["letter.pdf"]

    def test_a_file_that_is_there_is_kept_unless_forced(
        self, pc: Pc, reference: str, tmp_path: Path
    ):
        file = tmp_path / "letter.pdf"
        file.write_text("mine")
        render = ("letters", "render", "--reference", reference, "--output", file)
        refused = pc.on_office(*render)
        assert (refused.code, refused.error["code"]) == (1, "file_exists")
        assert file.read_text() == "mine"
        assert pc.on_office(*render, "--force").code == 0
        assert file.read_bytes().startswith(b"%PDF")

    def test_a_place_that_cannot_be_written_is_told(self, pc: Pc, reference: str, tmp_path: Path):
        file = tmp_path / "none" / "letter.pdf"
        answer = pc.on_office("letters", "render", "--reference", reference, "--output", file)
        assert (answer.code, answer.error["code"]) == (1, "file_not_written")

    def test_an_unknown_reference_is_refused(self, pc: Pc, tmp_path: Path):
        answer = pc.on_office(
            "letters", "render", "--reference", "00000000", "--output", tmp_path / "x.pdf"
        )
        assert (answer.code, answer.error["code"]) == (1, "reference_unknown")
        assert list(tmp_path.iterdir()) == []

    def test_all_letters_to_be_printed_become_one_pdf(self, pc: Pc, tmp_path: Path):
        file = tmp_path / "letters.pdf"
        batch = ("letters", "batch", "--office", "Halberstadt", "--output", file)
        answer = pc.on_office(*batch)
        assert answer.code == 0, answer.out
        assert answer.result["refused"] == []
        assert answer.result["printed"] is False
        assert 0 < answer.result["letters"] <= answer.result["pages"]
        with pikepdf.open(file) as pdf:
            assert len(pdf.pages) == answer.result["pages"]
        again = pc.on_office(*batch, "--force", "--kind", "telephone_proposal")
        assert 0 < again.result["letters"] <= answer.result["letters"]

    def test_the_letters_of_one_advisor_become_a_pdf(self, pc: Pc, tmp_path: Path):
        file = tmp_path / "letters.pdf"
        batch = ("letters", "batch", "--output", file, "--force")
        whole = pc.on_office(*batch, "--office", "Halberstadt").result["letters"]
        answers = [
            pc.on_office(*batch, "--office", "Halberstadt", "--advisor", f"berater{number:02d}")
            for number in range(1, 5)
        ]
        own = [answer.result["letters"] for answer in answers if answer.code == 0]
        assert 0 < len(own) < len(answers)
        assert sum(own) <= whole
        assert {answer.error["code"] for answer in answers if answer.code} == {
            "letters_none_to_print"
        }
        unknown = pc.on_office(*batch, "--advisor", "niemand")
        assert (unknown.code, unknown.error["code"]) == (1, "login_unknown")

    def test_letters_marked_as_printed_are_not_printed_twice(self, pc: Pc, tmp_path: Path):
        file = tmp_path / "letters.pdf"
        batch = ("letters", "batch", "--office", "Halberstadt", "--output", file, "--force")
        stranger = pc.on_office(*batch, "--printed", "--as", "empfang07")
        assert (stranger.code, stranger.error["code"]) == (1, "not_entitled")
        entitled = (*batch, "--printed", "--as", "empfang01")
        first = pc.on_office(*entitled)
        assert (first.code, first.result["printed"]) == (0, True), first.out
        second = pc.on_office(*entitled)
        assert (second.code, second.error["code"]) == (1, "letters_none_to_print")

    def test_the_plans_on_the_doors_become_a_pdf(self, pc: Pc, tmp_path: Path):
        file = tmp_path / "doors.pdf"
        plan = ("letters", "doorplan", "--office", "Halberstadt", "--output", file)
        answer = pc.on_office(*plan)
        assert answer.code == 0, answer.out
        assert answer.result["office"] == "Regionalstelle Halberstadt"
        assert (answer.result["day"], answer.result["file"]) == ("2021-04-13", str(file))
        assert answer.result["rooms"] > 3
        assert file.read_bytes().startswith(b"%PDF")
        again = pc.on_office(*plan, "--day", "2021-04-14", "--force")
        assert again.result["day"] == "2021-04-14"

    def test_the_page_to_try_a_printer_with_becomes_a_pdf(self, pc: Pc, tmp_path: Path):
        file = tmp_path / "test.pdf"
        page = ("letters", "testpage", "--office", "Halberstadt", "--output", file)
        answer = pc.on_office(*page, "--printer", "HBS-EG", "--tray", "Fach 2")
        assert answer.code == 0, answer.out
        assert (answer.result["form"], answer.result["envelope"]) == ("B", "DL")
        assert file.read_bytes().startswith(b"%PDF")
        assert pc.on_office(*page).error["code"] == "file_exists"


class TestUse:
    @pytest.mark.parametrize(
        ("arguments", "code", "where"),
        [
            (("check", "--nope"), "usage_option_unknown", "--nope"),
            (("import", "clients"), "usage_missing", "FILE"),
            (("letters", "render", "--output", "x"), "usage_missing", "--reference"),
            (("slots", "find", "--channel", "fax"), "usage", "--channel"),
            (("slots", "find", "--earliest", "bald"), "usage", "--earliest"),
            (("demo-data", "--until", "bald"), "usage", "--until"),
            (("teapot",), "usage", ""),
            (("check", "--language", "fr"), "usage_language", "--language"),
        ],
    )
    def test_wrong_use_is_told_as_json_too(self, empty: Pc, arguments, code, where):
        answer = empty.run(*arguments, "--json")
        assert answer.code == 2
        assert (answer.error["code"], answer.error["where"]) == (code, where)

    def test_for_people_errors_go_to_stderr(self, empty: Pc):
        answer = empty.run("check", "--database", empty.database)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.startswith("Fehler: ")

    def test_language_and_json_may_stand_before_the_command(self, pc: Pc):
        english = pc.run("--language", "en", "check", "--database", pc.database)
        assert english.out.strip() == "The database is in order."
        german = pc.run("check", "--database", pc.database, "--language", "de")
        assert german.out.strip() == "Die Datenbank ist in Ordnung."
        assert pc.run("--json", "--database", pc.database, "check").result["ok"]

    def test_help_is_in_the_language(self, empty: Pc):
        answer = empty.run("--help", "--language", "de")
        assert answer.code == 0
        assert "Betriebsart einer Regionalstelle" in answer.out
