"""A printer that fails says so, and leaves nothing behind that would be printed once more."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.i18n.messages import describe
from koba_desktop.system.printing import cups
from koba_desktop.system.printing.cups import CupsPrinters
from tests.printing.conftest import IMPATIENT
from tests.printing.service import PrintService, until


@pytest.fixture
def impatient(service: PrintService) -> CupsPrinters:
    """Waits for half a second, where the office waits for minutes."""
    return CupsPrinters(IMPATIENT)


@pytest.fixture
def aside() -> Iterator[ThreadPoolExecutor]:
    """Somebody prints while something happens to the printer."""
    with ThreadPoolExecutor(1) as pool:
        yield pool


def trouble(
    send: Callable[[], object], code: str = "print_failed"
) -> tuple[PrintTrouble | str, ...]:
    with pytest.raises(Unavailable) as refused:
        send()
    assert refused.value.code == code
    assert "…" not in describe(refused.value)
    detail: tuple[PrintTrouble | str, ...] = refused.value.problems[0].params.get("detail", ())
    return detail


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("abort-job", PrintTrouble.ABORTED),
        ("retry-job", PrintTrouble.ABORTED),
        ("stop-printer", PrintTrouble.STOPPED),
    ],
)
def test_a_broken_printer_is_found_out_at_once_whatever_its_queue_does(
    service: PrintService,
    printers: CupsPrinters,
    letter: Path,
    policy: str,
    found: PrintTrouble,
) -> None:
    name = f"broken-{policy}"
    service.queue(name, "broken", f"printer-error-policy={policy}")
    detail = trouble(lambda: printers.send(letter, printer=name, title="Briefe"))
    assert detail == (found, "the drum is worn out")
    assert service.waiting(name) == []


def test_a_printer_that_begins_anew_and_anew_is_found_out(
    service: PrintService, printers: CupsPrinters, letter: Path
) -> None:
    service.queue("circling", "broken", "printer-error-policy=retry-current-job")
    detail = trouble(lambda: printers.send(letter, printer="circling", title="Briefe"))
    assert detail[0] is PrintTrouble.ABORTED
    assert service.waiting("circling") == []


def test_a_stopped_printer_gets_no_job(
    service: PrintService, printers: CupsPrinters, letter: Path
) -> None:
    service.queue("stopped")
    service.tell("cupsdisable", "stopped")
    assert trouble(lambda: printers.send(letter, printer="stopped", title="Briefe")) == (
        PrintTrouble.STOPPED,
    )
    assert service.waiting("stopped") == []
    service.tell("cupsenable", "stopped")
    assert service.printed("stopped") == []
    printers.send(letter, printer="stopped", title="Briefe")
    assert len(service.printed("stopped")) == 1


def test_a_printer_that_takes_no_jobs_is_told_from_one_that_is_gone(
    service: PrintService, printers: CupsPrinters, letter: Path
) -> None:
    service.queue("closed")
    service.tell("cupsreject", "closed")
    assert trouble(lambda: printers.send(letter, printer="closed", title="Briefe")) == (
        PrintTrouble.REJECTING,
    )
    trouble(lambda: printers.send(letter, printer="gone", title="Briefe"), "printer_missing")
    trouble(lambda: printers.options("gone"), "printer_missing")


def test_what_is_no_pdf_is_refused(
    service: PrintService, printers: CupsPrinters, tmp_path: Path
) -> None:
    service.queue("picky")
    file = tmp_path / "letter.pdf"
    file.write_bytes(bytes(range(256)))
    assert trouble(lambda: printers.send(file, printer="picky", title="Briefe"))
    assert service.waiting("picky") == []


def sent(
    pool: ThreadPoolExecutor,
    printers: CupsPrinters,
    service: PrintService,
    letter: Path,
    name: str,
    proceed: Callable[[], bool] = lambda: True,
) -> Future[None]:
    """A job that the printer has begun and does not finish."""
    job = pool.submit(printers.send, letter, printer=name, title="Briefe", proceed=proceed)
    until(lambda: service.begun(name) or job.done(), "the printer to begin")
    assert not job.done()
    return job


def test_a_printer_that_vanishes_in_mid_job_is_named(
    service: PrintService, printers: CupsPrinters, aside: ThreadPoolExecutor, letter: Path
) -> None:
    service.queue("vanishing", "stuck")
    job = sent(aside, printers, service, letter, "vanishing")
    service.remove("vanishing")
    trouble(lambda: job.result(60), "printer_missing")


def test_a_job_cancelled_at_the_printer_was_not_printed(
    service: PrintService, printers: CupsPrinters, aside: ThreadPoolExecutor, letter: Path
) -> None:
    service.queue("cancelled", "stuck")
    job = sent(aside, printers, service, letter, "cancelled")
    service.tell("cancel", "-a", "cancelled")
    assert PrintTrouble.CANCELLED in trouble(lambda: job.result(60))
    assert service.waiting("cancelled") == []


@pytest.mark.parametrize("purge", [("cancel", "-x", "-a", "purged"), ("cancel", "-x", "-a")])
def test_a_job_removed_with_its_history_was_not_printed(
    service: PrintService,
    printers: CupsPrinters,
    aside: ThreadPoolExecutor,
    letter: Path,
    purge: tuple[str, ...],
) -> None:
    service.queue("before")
    printers.send(
        letter, printer="before", title="Briefe"
    )  # the service remembers one that is over
    service.queue("purged", "stuck")
    job = sent(aside, printers, service, letter, "purged")
    service.tell(*purge)
    assert PrintTrouble.CANCELLED in trouble(lambda: job.result(60))
    assert service.waiting("purged") == []
    service.remove("purged")
    for file in (service.folder / "paper").glob("purged-*"):
        file.unlink()


def test_a_program_that_is_given_up_leaves_nothing_in_the_queue(
    service: PrintService,
    impatient: CupsPrinters,
    letter: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It sent its job, and then did not come back."""
    service.queue("silent", "stuck")
    service.tell("lp", "-d", "silent", "-t", "Liste", str(letter))
    hanging = tmp_path / "bin" / "lp"
    hanging.parent.mkdir()
    real, never = shutil.which("lp"), service.folder / "gate-of-nobody"
    os.mkfifo(never)
    hanging.write_text(f'#!/bin/sh\n{real} "$@"\nread -r _line < {never}\n', encoding="utf-8")
    hanging.chmod(0o755)
    monkeypatch.setenv("PATH", f"{hanging.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(cups, "_SEND_SECONDS", 2.0)
    found = trouble(lambda: impatient.send(letter, printer="silent", title="3 Briefe"))
    assert found[0] is PrintTrouble.STALLED
    assert PrintTrouble.LEFT_IN_QUEUE not in found
    [other] = service.waiting("silent")  # of another title
    service.tell("cancel", other.split()[0])


def test_a_printer_stopped_in_mid_job_did_not_print(
    service: PrintService, printers: CupsPrinters, aside: ThreadPoolExecutor, letter: Path
) -> None:
    service.queue("halted", "stuck")
    job = sent(aside, printers, service, letter, "halted")
    service.tell("cupsdisable", "halted")
    assert trouble(lambda: job.result(60))
    assert service.waiting("halted") == []


def test_a_job_that_does_not_get_on_is_taken_back(
    service: PrintService, impatient: CupsPrinters, letter: Path
) -> None:
    service.queue("slow", "stuck")
    found = trouble(lambda: impatient.send(letter, printer="slow", title="Briefe"))
    assert found[0] is PrintTrouble.STALLED
    assert service.waiting("slow") == []


def test_a_printer_without_paper_says_so(
    service: PrintService, impatient: CupsPrinters, letter: Path
) -> None:
    service.queue("empty", "empty")
    found = trouble(lambda: impatient.send(letter, printer="empty", title="Briefe"))
    assert found[0] is PrintTrouble.NO_PAPER
    assert service.waiting("empty") == []


def test_a_job_behind_that_of_another_waits_and_is_taken_back_at_last(
    service: PrintService,
    printers: CupsPrinters,
    impatient: CupsPrinters,
    aside: ThreadPoolExecutor,
    letter: Path,
) -> None:
    service.queue("busy", "stuck")
    stop = threading.Event()
    other = sent(aside, printers, service, letter, "busy", lambda: not stop.is_set())
    assert PrintTrouble.STALLED in trouble(
        lambda: impatient.send(letter, printer="busy", title="Briefe")
    )
    assert len(service.waiting("busy")) == 1
    stop.set()
    trouble(lambda: other.result(60), "print_cancelled")


def test_whoever_prints_can_take_it_back(
    service: PrintService, printers: CupsPrinters, aside: ThreadPoolExecutor, letter: Path
) -> None:
    service.queue("regretted", "stuck")
    stop = threading.Event()
    job = sent(aside, printers, service, letter, "regretted", lambda: not stop.is_set())
    stop.set()
    trouble(lambda: job.result(60), "print_cancelled")
    assert service.waiting("regretted") == []


def test_a_printer_that_goes_on_when_paper_is_put_in_has_printed(
    service: PrintService, printers: CupsPrinters, aside: ThreadPoolExecutor, letter: Path
) -> None:
    service.queue("refilled", "empty")
    job = sent(aside, printers, service, letter, "refilled")
    (service.folder / "gate").write_text("paper\n")
    assert job.result(60) is None


def test_a_held_job_is_not_printed_some_night(
    service: PrintService, printers: CupsPrinters, aside: ThreadPoolExecutor, letter: Path
) -> None:
    service.queue("nightly", "stuck")
    first_stop = threading.Event()
    first = sent(aside, printers, service, letter, "nightly", lambda: not first_stop.is_set())
    with ThreadPoolExecutor(1) as another:
        second = another.submit(printers.send, letter, printer="nightly", title="Briefe")
        until(lambda: len(service.waiting("nightly")) == 2, "the second job to wait")
        held = service.waiting("nightly")[1].split()[0]
        service.tell("lp", "-i", held, "-H", "hold")
        assert PrintTrouble.HELD in trouble(lambda: second.result(60))
    assert [held] != [job.split()[0] for job in service.waiting("nightly")]
    first_stop.set()
    trouble(lambda: first.result(60), "print_cancelled")
    assert service.waiting("nightly") == []
