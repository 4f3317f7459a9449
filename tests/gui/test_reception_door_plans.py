"""The plans on the doors from the reception: which day, on paper or as a file, and no name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from koba_desktop.gui.printing.settings import Printout, settings_for
from koba_desktop.gui.reception.door_plans import DoorPlansDialog
from koba_desktop.letters.reading.preview import PdfPages
from koba_desktop.letters.sheets.door_plan import DoorPlans
from tests.gui.real_office import FakePrinters, nameless
from tests.gui.reception_desk import FrontDesk, front_desk, person, visit


@pytest.fixture
def printers() -> FakePrinters:
    return FakePrinters()


@pytest.fixture
def door(tmp_path: Path, qtbot: Any, printers: FakePrinters) -> Iterator[FrontDesk]:
    with front_desk(tmp_path, qtbot) as made:
        made.desk._door_plans = DoorPlans()
        made.desk._pages = PdfPages()
        made.desk._printers = printers
        yield made
        for left in made.panel.findChildren(DoorPlansDialog):
            left.close()  # the next test counts the dialogs open


@pytest.fixture
def dialog(door: FrontDesk) -> DoorPlansDialog:
    visit(door.office, person(door.office, "Nagy", "Petra"), 10)
    door.show()
    door.panel.acts.plans.trigger()
    door.settle()
    [made] = door.panel.findChildren(DoorPlansDialog)
    return made  # type: ignore[no-any-return]


def words(pdf: Path) -> str:
    with pdfplumber.open(pdf) as opened:
        return "\n".join(page.extract_text() for page in opened.pages)


def test_todays_plans_go_to_the_printer_chosen(
    door: FrontDesk, dialog: DoorPlansDialog, printers: FakePrinters, tmp_path: Path
) -> None:
    told: list[str] = []
    door.desk.message.connect(lambda text, undo: told.append(text))
    assert dialog.preview.has_page
    assert dialog.turner.text() == "Page 1 of 4"
    dialog.turner.forth.click()
    door.settle()
    assert dialog.turner.text() == "Page 2 of 4"
    dialog.printer.setCurrentText("HBS-EG")
    dialog.print.click()
    door.settle()
    [(printer, pdf)] = printers.sent
    assert (printer, settings_for(Printout.DOOR_PLAN)[0]) == ("HBS-EG", "HBS-EG")
    assert told == ["Door plans of Thu 1 April printed."]
    path = tmp_path / "printed.pdf"
    path.write_bytes(pdf)
    text = words(path)
    assert "101" in text
    assert "Nagy" not in text


def test_the_next_working_days_plans_are_saved(
    door: FrontDesk, dialog: DoorPlansDialog, tmp_path: Path
) -> None:
    dialog._group.button(1).setChecked(True)
    assert not dialog.save.isEnabled()  # of yesterday's choice
    door.settle()
    assert dialog.file_name() == "tuerplan-halberstadt-2021-04-06.pdf"  # after Easter
    path = tmp_path / dialog.file_name()
    dialog.save_to(path)
    door.settle()
    assert "6. April 2021" in words(path)


def test_a_jam_is_told_in_the_dialog_and_nothing_is_lost(
    door: FrontDesk, dialog: DoorPlansDialog, printers: FakePrinters
) -> None:
    printers.jams_after = 0
    dialog.print.click()
    door.settle()
    assert dialog.message.text()
    assert dialog.isVisible()
    assert dialog.print.isEnabled()


def test_without_a_printer_the_file_remains(door: FrontDesk, printers: FakePrinters) -> None:
    printers.known = []
    door.show()
    door.panel.acts.plans.trigger()
    door.settle()
    [dialog] = door.panel.findChildren(DoorPlansDialog)
    assert not dialog.print.isEnabled()
    assert dialog.save.isEnabled()
    assert nameless(dialog) == []


def test_what_cannot_be_shown_is_printed_all_the_same(door: FrontDesk) -> None:
    door.desk._pages = None
    door.show()
    door.panel.acts.plans.trigger()
    door.settle()
    [dialog] = door.panel.findChildren(DoorPlansDialog)
    assert not dialog.preview.has_page
    assert dialog.preview.accessibleDescription()
    assert dialog.print.isEnabled()
    assert not dialog.message.text()
