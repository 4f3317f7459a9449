"""Printing on Windows: SumatraPDF, and what the queue says of it through PowerShell."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.i18n.messages import describe
from koba_desktop.services.ports import PrinterOptions, PrintSettings
from koba_desktop.system.printing import powershell as powershell_module
from koba_desktop.system.printing import sumatra as sumatra_module
from koba_desktop.system.printing import windows_queue
from koba_desktop.system.printing.following import Patience
from koba_desktop.system.printing.powershell import PowerShell
from koba_desktop.system.printing.sumatra import SumatraPrinters
from koba_desktop.system.printing.windows_queue import WindowsQueue
from tests.unit import windows_programs as win
from tests.unit.test_system_printing import LETTERS, install, pdf, programs
from tests.unit.windows_programs import FakePowerShell, fake_powershell

__all__ = ["pdf", "programs"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts stand in for programs")

EVIL = 'HBS "EG" [1]; exit'
PATIENCE = Patience(printing=0.6, a_page=0.0, queued=0.6, service=0.6)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_queue, "_FIRST_PAUSE", 0.01)
    monkeypatch.setattr(windows_queue, "_LONGEST_PAUSE", 0.05)


@pytest.fixture
def shell(tmp_path: Path) -> FakePowerShell:
    return fake_powershell(tmp_path / "Windows PowerShell")


@pytest.fixture
def queue(shell: FakePowerShell) -> WindowsQueue:
    return WindowsQueue(PowerShell(str(shell.program)), PATIENCE)


@pytest.fixture
def sumatra(programs: Path, shell: FakePowerShell, queue: WindowsQueue) -> SumatraPrinters:
    return SumatraPrinters(programs / "SumatraPDF", PowerShell(str(shell.program)), queue)


def told(record: Path) -> list[str]:
    words: list[str] = json.loads(record.read_text())
    return words[:-1]


def trouble(send: Callable[[], object], code: str = "print_failed") -> tuple[Any, ...]:
    with pytest.raises(Unavailable) as refused:
        send()
    assert refused.value.code == code
    assert "…" not in describe(refused.value)
    detail: tuple[Any, ...] = refused.value.problems[0].params.get("detail", ())
    return detail


# --- SumatraPDF -----------------------------------------------------------------------------------


def test_sumatra_prints_unscaled_on_a4_and_the_queue_shows_the_title(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, shell: FakePowerShell
) -> None:
    record = install(programs, "SumatraPDF")
    sumatra.send(pdf, printer="HBS EG", title=LETTERS)
    *how, file = told(record)
    assert how == [
        *("-print-to", "HBS EG", "-print-settings", "noscale,paper=A4,simplex", "-silent"),
    ]
    name = Path(file).name
    assert name.startswith("Regionalstelle Halberstadt 3 Briefe ")
    assert Path(file).parent == pdf.parent
    assert not Path(file).exists()
    assert pdf.exists()
    assert {given["KOBA_DOCUMENT"] for _words, given in shell.told} == {name}


def test_no_two_documents_have_the_same_name(
    programs: Path, pdf: Path, sumatra: SumatraPrinters
) -> None:
    record = install(programs, "SumatraPDF")
    names = set()
    for _time in range(3):
        sumatra.send(pdf, printer="HBS EG", title=LETTERS)
        names.add(told(record)[-1])
    assert len(names) == 3


@pytest.mark.parametrize("title", ["", "..\\..\\x", "a/b", "<>:|?*", "Straße " * 60, "x\x00y\nz"])
def test_any_title_makes_a_file_beside_the_pdf(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, title: str
) -> None:
    record = install(programs, "SumatraPDF")
    sumatra.send(pdf, printer="HBS EG", title=title)
    file = Path(told(record)[-1])
    assert file.parent == pdf.parent
    assert len(file.name) < 100
    assert not set(file.name) & set('<>:"/\\|?*\n\x00')


def test_sumatra_is_told_tray_sides_and_copies(
    programs: Path, pdf: Path, sumatra: SumatraPrinters
) -> None:
    record = install(programs, "SumatraPDF")
    how = PrintSettings(tray="258", duplex=True, copies=2)
    sumatra.send(pdf, printer="HBS EG", title=LETTERS, settings=how)
    assert told(record)[3] == "noscale,paper=A4,duplexlong,bin=258,2x"


def test_sumatras_exit_code_is_looked_at(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, shell: FakePowerShell
) -> None:
    install(programs, "SumatraPDF", exit_code=1)
    shell.plan(says="HBS EG\r\nMicrosoft Print to PDF\r\n")
    assert sumatra.names() == ["HBS EG", "Microsoft Print to PDF"]
    assert trouble(lambda: sumatra.send(pdf, printer="HBS EG", title=LETTERS)) == ("exit 1",)
    trouble(lambda: sumatra.send(pdf, printer="QLB", title=LETTERS), "printer_missing")


def test_what_sumatra_complains_of_is_handed_on(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, shell: FakePowerShell
) -> None:
    install(programs, "SumatraPDF", error="warning\nCouldn't open the file\n", exit_code=1)
    shell.plan(says="HBS EG\r\n")
    found = trouble(lambda: sumatra.send(pdf, printer="HBS EG", title=LETTERS))
    assert found == ("Couldn't open the file",)


def test_a_full_disk_is_said_before_anything_is_printed(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    record = install(programs, "SumatraPDF")
    trouble(lambda: sumatra.send(pdf, printer="HBS EG", title=LETTERS), "print_file_not_written")
    assert not record.exists()


def test_sumatra_ended_in_its_work_leaves_nothing_in_the_queue(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, shell: FakePowerShell
) -> None:
    program = programs / "SumatraPDF"
    program.write_text(f"#!{sys.executable}\nimport signal\nsignal.pause()\n")
    program.chmod(0o700)
    shell.plan([0, win.SPOOLING])
    trouble(
        lambda: sumatra.send(pdf, printer="HBS EG", title=LETTERS, proceed=lambda: False),
        "print_cancelled",
    )
    assert shell.runs_of("Remove-PrintJob") == 1


@pytest.mark.parametrize(
    "home", ["LOCALAPPDATA", "PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)"]
)
def test_sumatra_is_found_where_its_installers_put_it(
    programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    for name in sumatra_module._HOMES:
        monkeypatch.delenv(name, raising=False)
    assert sumatra_module.sumatra() is None
    installed = tmp_path / "Program Files" / "SumatraPDF" / "SumatraPDF.exe"
    installed.parent.mkdir(parents=True)
    installed.write_text("")
    install(programs, "SumatraPDF")
    assert sumatra_module.sumatra() == programs / "SumatraPDF"
    monkeypatch.setenv(home, str(tmp_path / "Program Files"))
    assert sumatra_module.sumatra() == installed


def test_a_sumatra_in_the_folder_of_the_day_is_not_run(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in sumatra_module._HOMES:
        monkeypatch.delenv(name, raising=False)
    install(programs, "SumatraPDF")
    monkeypatch.chdir(programs)
    assert sumatra_module.sumatra() is None


def test_a_path_with_spaces_and_a_printer_with_quotes_arrive_as_they_are(
    tmp_path: Path, pdf: Path, shell: FakePowerShell, queue: WindowsQueue
) -> None:
    folder = tmp_path / "Program Files (x86)" / "Größe & Co"
    folder.mkdir(parents=True)
    record = install(folder, "SumatraPDF.exe")
    spaced = tmp_path / "Frau Müller" / "letter.pdf"
    spaced.parent.mkdir()
    spaced.write_bytes(pdf.read_bytes())
    printers = SumatraPrinters(folder / "SumatraPDF.exe", PowerShell(str(shell.program)), queue)
    printers.send(spaced, printer=EVIL, title=LETTERS)
    words = told(record)
    assert words[1] == EVIL
    assert Path(words[-1]).parent == spaced.parent
    assert list(spaced.parent.iterdir()) == [spaced]
    quoted = subprocess.list2cmdline(words)  # as Windows hands it over
    assert EVIL.replace('"', '\\"') in quoted


# --- the queue ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "looks",
    [
        ([0],),
        ([0, win.SPOOLING], [0, win.PRINTING], [0]),
        ([0, win.PRINTING], [0, win.PRINTING | win.RETAINED | win.PRINTED]),
        ([0, win.COMPLETE | win.RETAINED],),
        ([0, win.PRINTED | win.DELETING | win.DELETED],),
        ([win.PRINTER_OFFLINE, win.PRINTING], [0]),  # Windows says so of many that print
        ([0, win.PAPER_OUT | win.ERROR], [0, win.PRINTING], [0]),  # somebody put paper in
        ([0, win.PRINTING], None, [0]),
        ([0, win.PRINTING, win.SPOOLING], [0, win.PRINTING], [0]),
    ],
)
def test_what_leaves_the_queue_is_printed(
    queue: WindowsQueue, shell: FakePowerShell, looks: tuple[list[int] | None, ...]
) -> None:
    shell.plan(*looks)
    queue.follow("HBS EG", "3 Briefe.pdf", lambda: True)
    assert len(shell.told) == len(looks)
    assert shell.runs_of("Remove-PrintJob") == 0


@pytest.mark.parametrize(
    ("looks", "found"),
    [
        (([0, win.ERROR],), (PrintTrouble.ABORTED,)),
        (([win.PRINTER_JAM, win.ERROR],), (PrintTrouble.JAMMED,)),
        (([0, win.OFFLINE],), (PrintTrouble.NOT_REACHED,)),
        (([win.PRINTER_OPEN, win.BLOCKED],), (PrintTrouble.OPEN,)),
        (([0, win.PRINTING], [0, win.DELETING]), (PrintTrouble.CANCELLED,)),
        (([0, win.PAUSED],), (PrintTrouble.HELD,)),
        (([win.PRINTER_PAUSED, win.SPOOLING],), (PrintTrouble.STOPPED,)),
        (([0, win.PAPER_OUT],), (PrintTrouble.NO_PAPER,)),
        (([0, win.INTERVENTION],), (PrintTrouble.STALLED,)),
        (([0, win.PRINTING],), (PrintTrouble.STALLED,)),
        (([0, win.SPOOLING],), (PrintTrouble.STALLED,)),
        (([0, win.PRINTING], None), (PrintTrouble.SERVICE_AWAY, "Get-PrintJob")),
    ],
)
def test_what_does_not_get_on_was_not_printed(
    queue: WindowsQueue,
    shell: FakePowerShell,
    looks: tuple[list[int] | None, ...],
    found: tuple[Any, ...],
) -> None:
    shell.plan(*looks)
    assert trouble(lambda: queue.follow("HBS EG", "3 Briefe.pdf", lambda: True)) == found


def test_a_queue_that_cannot_be_asked_is_believed(
    queue: WindowsQueue, shell: FakePowerShell
) -> None:
    shell.plan(None)
    queue.follow("HBS EG", "3 Briefe.pdf", lambda: True)
    assert len(shell.told) == 3


def test_what_failed_in_the_queue_is_taken_out_of_it(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, shell: FakePowerShell
) -> None:
    install(programs, "SumatraPDF")
    shell.plan([0, win.ERROR])
    found = trouble(lambda: sumatra.send(pdf, printer=EVIL, title=LETTERS))
    assert found == (PrintTrouble.ABORTED,)
    assert shell.runs_of("Remove-PrintJob") == 1
    assert {given["KOBA_PRINTER"] for _words, given in shell.told} == {EVIL}


def test_what_stays_in_the_queue_is_said(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, shell: FakePowerShell
) -> None:
    install(programs, "SumatraPDF")
    shell.plan([0, win.ERROR], removable=False)
    found = trouble(lambda: sumatra.send(pdf, printer="HBS EG", title=LETTERS))
    assert found == (PrintTrouble.ABORTED, PrintTrouble.LEFT_IN_QUEUE)
    assert shell.runs_of("Remove-PrintJob") > 1


def test_whoever_prints_can_take_it_back(
    programs: Path, pdf: Path, sumatra: SumatraPrinters, shell: FakePowerShell
) -> None:
    install(programs, "SumatraPDF")
    shell.plan([0, win.PRINTING])
    stop = threading.Event()
    patient = WindowsQueue(PowerShell(str(shell.program)))
    printers = SumatraPrinters(programs / "SumatraPDF", PowerShell(str(shell.program)), patient)
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(
            printers.send,
            pdf,
            printer="HBS EG",
            title=LETTERS,
            proceed=lambda: not (stop.is_set() or shell.runs_of("Get-PrintJob") >= 2),
        )
        trouble(lambda: job.result(60), "print_cancelled")
    assert shell.runs_of("Remove-PrintJob") == 1


# --- PowerShell -----------------------------------------------------------------------------------


def test_windows_names_the_trays(sumatra: SumatraPrinters, shell: FakePowerShell) -> None:
    shell.plan(says="duplex\tTrue\r\n7\tAuto\r\n258\tFach 2, Größe\r\n")
    assert sumatra.options(EVIL) == PrinterOptions(
        trays=(("7", "Auto"), ("258", "Fach 2, Größe")), duplex=True
    )
    [(words, given)] = shell.told
    assert given["KOBA_PRINTER"] == EVIL  # never part of the script
    assert not any(EVIL in word for word in words)


def test_windows_says_that_a_printer_is_not_there(
    sumatra: SumatraPrinters, shell: FakePowerShell
) -> None:
    shell.plan(exit_code=3)
    trouble(lambda: sumatra.options("QLB"), "printer_missing")


def test_a_mark_before_what_is_said_is_no_part_of_it(tmp_path: Path) -> None:
    shell = fake_powershell(tmp_path / "marked", mark="\ufeff")
    shell.plan([0, win.ERROR])
    queue = WindowsQueue(PowerShell(str(shell.program)), PATIENCE)
    assert trouble(lambda: queue.follow("HBS", "x", lambda: True)) == (PrintTrouble.ABORTED,)
    shell.plan(says="\ufeffHBS Größe\r\n")
    assert SumatraPrinters(tmp_path, PowerShell(str(shell.program))).names() == ["HBS Größe"]


@pytest.mark.parametrize(
    "script",
    [
        sumatra_module._NAMES,
        sumatra_module._OPTIONS,
        windows_queue._LOOK,
        windows_queue._REMOVE,
    ],
)
def test_a_script_is_one_line_that_any_way_of_starting_hands_over_whole(script: str) -> None:
    assert not set(script) & set('"\n%^')
    assert script.isascii()
    for opening, closing in ("()", "{}", "[]"):
        assert script.count(opening) == script.count(closing)
    assert script.count("'") % 2 == 0


def test_it_runs_without_a_window_and_answers_in_utf_8(
    shell: FakePowerShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, Any]] = []
    real = subprocess.Popen

    def popen(words: list[str], **how: Any) -> Any:
        started.append(dict(how))
        return real(words, **how | {"creationflags": 0})

    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    monkeypatch.setattr(subprocess, "Popen", popen)
    PowerShell(str(shell.program)).asked("Get-Date")
    assert started[0]["creationflags"] == 0x08000000
    assert started[0]["encoding"] == "utf-8"
    assert not started[0].get("shell")
    [(words, _given)] = shell.told
    assert words[:3] == ["-NoProfile", "-NonInteractive", "-Command"]
    assert "UTF8Encoding" in words[3]


def test_windows_own_powershell_is_taken_and_not_one_that_lies_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYSTEMROOT", str(tmp_path))
    assert powershell_module._of_windows() == "powershell"
    own = tmp_path / "System32" / "WindowsPowerShell" / "v1.0" / "powershell.exe"
    own.parent.mkdir(parents=True)
    own.write_text("")
    assert powershell_module._of_windows() == str(own)
