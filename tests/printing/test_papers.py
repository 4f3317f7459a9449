"""Lists, plans and slips out of a real CUPS: where they were drawn, and all of their pages."""

import io
from pathlib import Path

import pdfplumber
import pytest

from koba_desktop.letters.sheets.door_plan import DoorPlans
from koba_desktop.letters.sheets.emergency_list import EmergencyLists
from koba_desktop.letters.sheets.papers import Papers
from koba_desktop.system.printing.cups import CupsPrinters
from tests.printing.measuring import MM, page_count
from tests.printing.service import PrintService
from tests.unit.door_samples import MADE_AT, door, entry, plan
from tests.unit.paper_samples import calls_of, day_of, line
from tests.unit.paper_samples import entry as call
from tests.unit.service_office import at
from tests.unit.test_letters_emergency_list import content, day, talk
from tests.unit.test_letters_reply_slips import BLANK, source

TOLERANCE = 0.2  # mm
PAPERS = {
    "daylist": lambda: Papers().day_list(day_of(*[line()] * 60)),
    "calllist": lambda: Papers().call_list(calls_of(*[call()] * 12)),
    "slips": lambda: Papers().reply_slips([source()] * 4),
    "blank": lambda: Papers().blank_slips(BLANK),
    "doorplan": lambda: DoorPlans().render(plan(door("R 1.04", entry(at(13, 10), "107"))), MADE_AT),
    "emergency": lambda: EmergencyLists().render(content(day(talk()), calls=())),
}


def lines(pdf: bytes) -> list[float]:
    """Where the lines of all pages begin and end, in mm."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        found = [
            tuple(round(rule[edge] / MM, 2) for edge in ("top", "x0", "x1", "bottom"))
            for page in document.pages
            for rule in page.lines
        ]
    return [edge for rule in sorted(found) for edge in rule]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_comes_out_as_it_was_drawn(
    service: PrintService, printers: CupsPrinters, tmp_path: Path, paper: str
) -> None:
    pdf = PAPERS[paper]()
    file = tmp_path / f"{paper}.pdf"
    file.write_bytes(pdf)
    service.queue(paper)
    printers.send(file, printer=paper, title=paper)
    [printed] = service.printed(paper)
    assert page_count(printed) == page_count(pdf)
    assert lines(printed) == pytest.approx(lines(pdf), abs=TOLERANCE)
