"""Services that are set up otherwise, or go away."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import PrintTrouble
from koba_desktop.system.printing import cups
from koba_desktop.system.printing.cups import CupsPrinters
from koba_desktop.system.printing.programs import run
from tests.printing.conftest import IMPATIENT
from tests.printing.service import PrintService, until

Started = Callable[..., PrintService]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    made: list[PrintService] = []

    def start(*, history: bool = True) -> PrintService:
        made.append(PrintService(history=history))
        for name, value in made[-1].environment.items():
            monkeypatch.setenv(name, value)
        return made[-1]

    yield start
    for each in made:
        each.close()


def test_a_service_that_forgets_its_jobs_is_believed_while_its_printer_is_in_order(
    started: Started, letter: Path
) -> None:
    service = started(history=False)
    service.queue("forgetful")
    service.queue("halting", "broken", "printer-error-policy=stop-printer")
    CupsPrinters().send(letter, printer="forgetful", title="Briefe")
    assert len(service.printed("forgetful")) == 1
    with pytest.raises(Unavailable, match="print_failed"):
        CupsPrinters().send(letter, printer="halting", title="Briefe")


def test_a_service_that_ends_in_mid_job_does_not_count_as_printed(
    started: Started, letter: Path
) -> None:
    service = started()
    service.queue("ending", "stuck")
    with ThreadPoolExecutor(1) as pool:
        job = pool.submit(CupsPrinters(IMPATIENT).send, letter, printer="ending", title="Briefe")
        until(lambda: service.begun("ending"), "the printer to begin")
        service.stop()
        with pytest.raises(Unavailable) as refused:
            job.result(60)
    detail = refused.value.problems[0].params["detail"]
    assert detail[0] is PrintTrouble.SERVICE_AWAY
    assert detail[-1] is PrintTrouble.LEFT_IN_QUEUE


def test_a_job_is_taken_back_from_a_service_that_was_away_for_a_while(
    started: Started, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = started()
    service.queue("resuming", "stuck")
    asked: list[int] = []

    def run_and_come_back(words: list[str], **how: Any) -> CompletedProcess[str]:
        done = run(words, **how)
        if words[0] == "cancel":
            asked.append(done.returncode)
            if len(asked) == 1:
                service.start()
        return done

    monkeypatch.setattr(cups, "run", run_and_come_back)
    with ThreadPoolExecutor(1) as pool:
        patience = replace(IMPATIENT, service=3.0)
        job = pool.submit(CupsPrinters(patience).send, letter, printer="resuming", title="Briefe")
        until(lambda: service.begun("resuming"), "the printer to begin")
        service.stop()
        with pytest.raises(Unavailable) as refused:
            job.result(60)
    assert asked[0] != 0
    assert asked[-1] == 0
    assert PrintTrouble.LEFT_IN_QUEUE not in refused.value.problems[0].params["detail"]
    assert service.waiting("resuming") == []


@pytest.fixture
def under_tls(started: Started, monkeypatch: pytest.MonkeyPatch) -> PrintService:
    """A service whose certificate it made itself, on a PC that is told to encrypt."""
    monkeypatch.setenv("CUPS_ENCRYPTION", "Required")
    service = started()
    service.queue("secret")
    return service


def test_a_service_is_followed_under_tls_where_the_pc_is_told_to_encrypt(
    under_tls: PrintService, letter: Path
) -> None:
    [made] = (under_tls.folder / "etc" / "ssl").glob("*.crt")
    kept = under_tls.folder / "home" / ".cups" / "ssl" / "127.0.0.1.crt"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(made.read_bytes())
    printers = CupsPrinters()
    assert printers.options("secret").duplex
    printers.send(letter, printer="secret", title="Briefe")
    assert len(under_tls.printed("secret")) == 1


def test_a_service_with_a_certificate_of_its_own_is_not_believed_unseen(
    under_tls: PrintService, letter: Path
) -> None:
    with pytest.raises(Unavailable) as refused:
        CupsPrinters(IMPATIENT).send(letter, printer="secret", title="Briefe")
    trouble, why = refused.value.problems[0].params["detail"]
    assert trouble is PrintTrouble.SERVICE_AWAY
    assert "127.0.0.1" in why
    assert "certificate" in why
    assert under_tls.waiting("secret") == []
    assert under_tls.printed("secret") == []


def test_without_the_service_nothing_is_sent(started: Started, letter: Path) -> None:
    service = started()
    service.queue("lonely")
    service.stop()
    with pytest.raises(Unavailable) as refused:
        CupsPrinters(IMPATIENT).send(letter, printer="lonely", title="Briefe")
    assert refused.value.problems[0].params["detail"][0] is PrintTrouble.SERVICE_AWAY
    service.start()
    assert service.waiting("lonely") == []
    assert service.printed("lonely") == []
