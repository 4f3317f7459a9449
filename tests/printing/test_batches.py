"""Letters of the outbox through a real CUPS: what was printed counts, and nothing else."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters import print_run as printing
from koba_desktop.gui.letters.print_result import PrintResult
from koba_desktop.gui.letters.print_run import PrintRun
from koba_desktop.gui.printing.settings import PrinterShare
from koba_desktop.services.ports import PrintSettings
from koba_desktop.system.printing.cups import CupsPrinters
from tests.gui.real_office import empty_outbox, lay_letters, opened_desk, states
from tests.printing.measuring import page_count
from tests.printing.service import PrintService, until
from tests.support import Office

PENDING, PRINTED = LetterState.PENDING, LetterState.PRINTED


@pytest.fixture
def letters(office: Office) -> tuple[UUID, ...]:
    empty_outbox(office)
    return tuple(lay_letters(office, 4))


@pytest.fixture
def desk(qapp: Any, office: Office, printers: CupsPrinters, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(qapp, office, printers, tmp_path / "desk") as made:  # type: ignore[arg-type]
        yield made


def printed(qtbot: Any, desk: Desk, *batches: PrinterShare[UUID]) -> PrintResult:
    """What became of these, printed to their end."""
    run = PrintRun(desk, desk)
    with qtbot.waitSignal(run.finished, timeout=60_000) as done:
        run.start(batches)
    [result] = done.args
    assert isinstance(result, PrintResult)
    return result


def test_a_batch_is_one_job_and_counts_as_printed_once_the_printer_took_it(
    qtbot: Any, desk: Desk, office: Office, service: PrintService, letters: tuple[UUID, ...]
) -> None:
    service.queue("batch")
    result = printed(qtbot, desk, PrinterShare("batch", PrintSettings(tray="Letterhead"), letters))
    assert (result.printed, result.failure) == (4, None)
    assert states(office, list(letters)) == [PRINTED] * 4
    [paper] = service.printed("batch")
    assert page_count(paper) >= 4
    assert "InputSlot=Letterhead" in service.arguments("batch")


@pytest.mark.parametrize("does", ["broken", "stopped", "rejecting", "missing"])
def test_a_failing_printer_leaves_everything_to_be_printed(
    qtbot: Any,
    desk: Desk,
    office: Office,
    service: PrintService,
    letters: tuple[UUID, ...],
    does: str,
) -> None:
    name = f"batch-{does}"
    if does != "missing":
        service.queue(name, "broken" if does == "broken" else "paper")
    if does in ("stopped", "rejecting"):
        service.tell("cupsdisable" if does == "stopped" else "cupsreject", name)
    result = printed(qtbot, desk, PrinterShare(name, PrintSettings(), letters))
    assert isinstance(result.failure, Unavailable)
    assert (result.printed, len(result.left)) == (0, 4)
    assert states(office, list(letters)) == [PENDING] * 4
    assert service.printed(name) == []
    if does != "missing":
        assert service.waiting(name) == []


def test_a_printer_gone_in_mid_batch_leaves_what_it_had_not_taken(
    qtbot: Any,
    desk: Desk,
    office: Office,
    service: PrintService,
    letters: tuple[UUID, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printing, "STACK", 2)
    service.queue("first")
    service.queue("vanished", "stuck")

    def take_away() -> None:
        until(lambda: service.begun("vanished"), "the printer to begin")
        service.remove("vanished")

    with ThreadPoolExecutor(1) as pool:
        removed = pool.submit(take_away)
        result = printed(
            qtbot,
            desk,
            PrinterShare("first", PrintSettings(), letters[:2]),
            PrinterShare("vanished", PrintSettings(), letters[2:]),
        )
        removed.result(60)
    assert isinstance(result.failure, Unavailable)
    assert result.failure.code == "printer_missing"
    assert states(office, list(letters)) == [PRINTED, PRINTED, PENDING, PENDING]
