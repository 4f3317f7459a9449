"""What is delivered to a PC without Python: it starts, does its work, and leaves nothing behind."""

import json
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from koba_desktop.domain.entities.clients import Client, ClientAddress, ClientPhone
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.storage.files import open_store
from koba_desktop.storage.schema import HEAD
from koba_desktop.storage.store import SqliteStore
from tests.packaging.frozen import (
    ADMIN,
    FOLDER,
    WINDOW,
    BarePc,
    filled,
    runs_still,
    started,
    until,
)
from tests.support import KEY

pytestmark = pytest.mark.process

NOW = "2021-04-13T09:42"
MOST_BYTES = 265_000_000
END_SECONDS = 20


class TestWindow:
    def test_a_demo_fills_the_window_and_leaves_nothing_behind(self, pc: BarePc):
        self.show_and_end(pc, QT_QPA_PLATFORM="offscreen")

    def test_so_it_does_on_a_screen(self, pc: BarePc, screen: str):
        self.show_and_end(pc, QT_QPA_PLATFORM="xcb", DISPLAY=screen)

    def show_and_end(self, pc: BarePc, **surroundings: str) -> None:
        said = pc.root / "said"
        program = started([str(WINDOW), "--demo"], pc.environment(**surroundings), said)
        try:
            until(program, lambda: filled(program))
            assert list(pc.temporary.glob("koba-demo-*/demo.db")), "the office lies elsewhere"
            program.send_signal(signal.SIGTERM)
            code = program.wait(timeout=END_SECONDS)
        finally:
            program.kill()
        assert code == 0, said.read_text(encoding="utf-8")
        assert "Traceback" not in said.read_text(encoding="utf-8")
        assert pc.left_behind() == []
        assert not runs_still(program)

    def test_programs_of_the_system_get_the_libraries_of_the_system(self, pc: BarePc):
        """The printing system's, which the outbox asks for the printers."""
        asked = pc.root / "asked"
        for name in ("lp", "lpstat", "lpoptions", "cancel"):
            stub = pc.programs / name
            stub.write_text(f'#!/bin/sh\necho "libraries: $LD_LIBRARY_PATH" > {asked}\n')
            stub.chmod(0o755)
        environment = pc.environment(QT_QPA_PLATFORM="offscreen", LD_LIBRARY_PATH="/of/the/system")
        program = started([str(WINDOW), "--demo"], environment, pc.root / "said")
        try:
            until(program, lambda: asked.exists() and asked.read_text().endswith("\n"))
        finally:
            program.kill()
            program.wait()
        assert asked.read_text() == "libraries: /of/the/system\n"


@pytest.fixture(scope="class")
def office(tmp_path_factory: pytest.TempPathFactory) -> BarePc:
    """A PC on which an office was made."""
    pc = BarePc(tmp_path_factory.mktemp("office"))
    assert result(pc, "init")["schema"] == HEAD
    result(pc, "demo-data", "--clients", 150, "--appointments", 300, "--seed", 7)
    return pc


@pytest.fixture
def store(office: BarePc) -> Iterator[SqliteStore]:
    opened = open_store(database(office), KEY)
    yield opened
    opened.close()


def database(pc: BarePc) -> Path:
    return pc.root / "office.koba"


def administer(pc: BarePc, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ADMIN), *map(str, arguments)],
        env=pc.environment(**more),
        cwd=pc.root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def result(pc: BarePc, *arguments: object) -> Any:
    """What a command on the PC's own database answers."""
    own = ("--database", database(pc), "--now", NOW, "--json")
    done = administer(pc, *arguments, *own, KOBA_DATABASE_KEY=KEY)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)["result"]


class TestAdministration:
    def test_what_it_made_is_in_order(self, office: BarePc):
        assert result(office, "check") == {"ok": True, "findings": []}

    def test_a_backup_opens(self, office: BarePc):
        assert result(office, "backup", "--output", office.root / "copy.koba")["verified"]

    @pytest.mark.parametrize("language", ["de", "en"])
    def test_a_letter_becomes_a_pdf(
        self, office: BarePc, store: SqliteStore, tmp_path: Path, language: str
    ):
        """Fonts, hyphenation, the window check with PDFium, public holidays in both languages."""
        with store.reading() as reader:
            letter = next(
                each
                for each in reader.find(Letter, order_by="id")
                if each.state not in (LetterState.HELD, LetterState.VOID)
                and not each.data["address_blocked"]
            )
        file = tmp_path / "letter.pdf"
        asked = ("--reference", letter.data["reference"], "--output", file)
        told = result(office, "letters", "render", *asked, "--language", language)
        assert told["posting_day"] < told["deemed_delivered"] < told["earliest"]
        with pdfplumber.open(file) as pdf:
            text = pdf.pages[0].extract_text()
            fonts = {each["fontname"].partition("+")[2] for each in pdf.pages[0].chars}
        assert letter.data["client"]["name"].split()[-1] in text
        assert fonts == {"NotoSans-Regular", "NotoSans-Bold"}

    def test_an_export_is_read_with_its_numbers_and_countries(
        self, office: BarePc, store: SqliteStore, tmp_path: Path
    ):
        file = tmp_path / "export.csv"
        file.write_text(
            "Kundennummer;Nachname;Straße;PLZ;Ort;Land;Telefon;Regionalstelle\r\n"
            "901A1;Grünheid-Wójcik;Długa 4;80-831;Gdańsk;Poland;+48 58 3013147;Halberstadt\r\n",
            encoding="utf-8",
        )
        assert result(office, "import", "clients", file)["created"] == 1
        with store.reading() as reader:
            [client] = reader.find(Client, number="901A1")
            [address] = reader.find(ClientAddress, client_id=client.id)
            [phone] = reader.find(ClientPhone, client_id=client.id)
        assert (address.country, phone.e164) == ("Polen", "+48583013147")

    def test_free_slots_are_found(self, office: BarePc):
        found = result(office, "slots", "find", "--office", "Halberstadt", "--limit", 3)
        assert len(found["slots"]) == 3

    def test_it_speaks_both_languages(self, pc: BarePc):
        german = administer(pc, "--help", "--language", "de")
        english = administer(pc, "--help", "--language", "en")
        assert "Betriebsart einer Regionalstelle" in german.stdout
        assert "Operating mode of an office" in english.stdout

    def test_without_a_keyring_it_says_what_to_do(self, pc: BarePc):
        """Its back ends are found by name: were they missing, so would be this answer."""
        done = administer(pc, "init", "--database", database(pc), "--json")
        assert done.returncode == 1, done.stderr
        assert json.loads(done.stdout)["errors"][0]["code"] == "keyring_missing"
        assert "Traceback" not in done.stderr


class TestFolder:
    def test_the_licences_of_all_its_parts_go_along(self):
        licences = FOLDER / "licences"
        notice = (licences / "NOTICE.txt").read_text(encoding="utf-8")
        listed = notice.rpartition("\n\n")[2]
        named = re.findall(r"^([\w.-]+) \d\S* \(", listed, re.MULTILINE)
        assert {"Python", "PySide6_Essentials", "reportlab", "SQLAlchemy", "pyinstaller"} <= {
            *named
        }
        # Qt's own packages bring no text; its licence lies beside the notice.
        without = {name for name in named if not (licences / name).is_dir()}
        assert without == {"PySide6_Essentials", "shiboken6"}
        for text in ("LGPL-3.0.txt", "GPL-3.0.txt", "EUPL-1.2.txt"):
            assert (licences / text).stat().st_size > 5000

    def test_qt_may_be_replaced(self):
        """As the LGPL asks: its libraries are files of their own."""
        assert [*FOLDER.rglob("*Qt6Core*")]
        assert [*FOLDER.rglob("*Qt6Widgets*")]

    def test_no_link_leads_nowhere(self):
        links = [each for each in FOLDER.rglob("*") if each.is_symlink()]
        assert [each for each in links if not each.exists()] == []

    def test_nothing_tells_where_it_was_built(self):
        assert [*FOLDER.rglob("direct_url.json"), *FOLDER.rglob("RECORD")] == []

    def test_it_stays_small(self):
        size = sum(each.stat().st_size for each in FOLDER.rglob("*") if not each.is_symlink())
        assert size < MOST_BYTES
