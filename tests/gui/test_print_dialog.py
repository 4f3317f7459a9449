"""The print settings: a line for each kind of paper, and the page a printer is tried with."""

import io
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox

from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.gui.app import Program
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.print_place import PrintPlace
from koba_desktop.gui.printing.settings import (
    Printed,
    Printout,
    has_own,
    remember,
    settings_for,
)
from koba_desktop.gui.printing.settings_dialog import PrintDialog
from koba_desktop.gui.printing.settings_row import PrintRow
from koba_desktop.gui.widgets import Level
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.i18n import activate, language
from koba_desktop.services.ports import PrinterOptions, PrintSettings
from tests.gui.real_office import FakePrinters, nameless, opened_desk
from tests.support import Office

POST, GROUND = "HBS-1.OG-Post", "HBS-EG"
LETTERHEAD = PrintSettings(tray="tray-2", duplex=True, copies=2)


@pytest.fixture
def printers() -> FakePrinters:
    return FakePrinters()


@pytest.fixture
def desk(qapp: Any, office: Office, printers: FakePrinters, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(qapp, office, printers, tmp_path / "desk") as made:
        remember(Printout.USUAL, POST, PrintSettings(tray="tray-1"))
        yield made


def opened(qtbot: Any, desk: Desk) -> PrintDialog:
    dialog = PrintDialog(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    return dialog


def line(dialog: PrintDialog, kind: Printed) -> PrintRow:
    return next(row for row in dialog.rows if row.kind is kind)


def choose(qtbot: Any, dialog: PrintDialog, kind: Printed, printer: str | None) -> PrintRow:
    """As a person does at the list of printers of a line."""
    row = line(dialog, kind)
    row.printer.setCurrentIndex(row_of(row.printer, printer))
    row.printer.activated.emit(row.printer.currentIndex())
    qtbot.waitUntil(lambda: dialog._desk.tasks.idle)
    return row


def test_every_kind_of_paper_has_its_line(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk)
    assert {row.kind for row in dialog.rows} == {*LetterKind, *Printout}
    assert nameless(dialog) == []


def test_a_line_without_settings_of_its_own_shows_the_usual_ones(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk)
    summons = line(dialog, LetterKind.SUMMONS)
    assert summons.follows
    assert summons.tray.currentText() == "Fach 1, A4"
    assert not summons.copies.isEnabled()
    dialog.usual.copies.setValue(3)
    assert summons.copies.value() == 3


def test_a_kind_gets_settings_of_its_own_and_gives_them_up_again(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk)
    summons = choose(qtbot, dialog, LetterKind.SUMMONS, POST)
    assert summons.tray.currentData() == ""  # its own begin afresh
    summons.tray.setCurrentIndex(row_of(summons.tray, "tray-2"))
    summons.both_sides.click()
    summons.copies.setValue(2)
    dialog.save.click()
    assert settings_for(LetterKind.SUMMONS) == (POST, LETTERHEAD)
    assert settings_for(LetterKind.PERSONAL) == (POST, PrintSettings(tray="tray-1"))
    again = opened(qtbot, desk)
    assert line(again, LetterKind.SUMMONS).way() == (POST, LETTERHEAD)
    choose(qtbot, again, LetterKind.SUMMONS, None)
    again.save.click()
    assert not has_own(LetterKind.SUMMONS)


def test_cancelled_nothing_is_remembered(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk)
    choose(qtbot, dialog, Printout.USUAL, GROUND)
    dialog.cancel.click()
    assert settings_for(Printout.USUAL) == (POST, PrintSettings(tray="tray-1"))


def test_what_a_printer_cannot_do_is_not_offered(
    qtbot: Any, desk: Desk, printers: FakePrinters, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(LetterKind.SUMMONS, GROUND, LETTERHEAD)
    monkeypatch.setattr(printers, "options", lambda _printer: PrinterOptions())
    dialog = opened(qtbot, desk)
    summons = line(dialog, LetterKind.SUMMONS)
    assert summons.way() == (GROUND, PrintSettings(copies=2))
    assert not summons.both_sides.isEnabled()


def test_a_printer_that_does_not_answer_keeps_what_was_chosen(
    qtbot: Any, desk: Desk, printers: FakePrinters, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(printer: str) -> PrinterOptions:
        raise Unavailable("print_failed", printer=printer)

    remember(LetterKind.SUMMONS, GROUND, LETTERHEAD)
    monkeypatch.setattr(printers, "options", away)
    dialog = opened(qtbot, desk)
    assert line(dialog, LetterKind.SUMMONS).way() == (GROUND, LETTERHEAD)


def test_the_printer_of_all_papers_comes_first_and_is_where_one_begins(
    qtbot: Any, desk: Desk
) -> None:
    dialog = opened(qtbot, desk)
    assert dialog.focusWidget() is dialog.usual.printer


@pytest.mark.parametrize("code", ["de", "en"])
def test_how_the_usual_tray_is_called_is_read_whole(qtbot: Any, desk: Desk, code: str) -> None:
    before = language()
    activate(code)
    tray = opened(qtbot, desk).usual.tray
    activate(before)
    option = QStyleOptionComboBox()
    tray.initStyleOption(option)
    room = tray.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        option,
        QStyle.SubControl.SC_ComboBoxEditField,
        tray,
    )
    assert tray.fontMetrics().horizontalAdvance(tray.itemText(0)) <= room.width()


def test_a_printer_that_is_gone_stays_until_another_is_chosen(qtbot: Any, desk: Desk) -> None:
    remember(Printout.DOOR_PLAN, "QLB-EG", PrintSettings(tray="tray-9"))
    dialog = opened(qtbot, desk)
    assert line(dialog, Printout.DOOR_PLAN).printer.currentText() == "QLB-EG (not found)"
    dialog.save.click()
    assert settings_for(Printout.DOOR_PLAN)[0] == "QLB-EG"


def test_without_printers_it_says_so_and_looks_again(
    qtbot: Any, desk: Desk, printers: FakePrinters
) -> None:
    printers.known = []
    dialog = opened(qtbot, desk)
    assert dialog.message.level is Level.WARNING
    printers.known = [POST]
    dialog.message.link.click()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert dialog.message.isHidden()
    assert line(dialog, LetterKind.SUMMONS).printer.isEnabled()


def test_it_says_where_pages_go_out_as_pictures(
    qtbot: Any, desk: Desk, printers: FakePrinters
) -> None:
    assert opened(qtbot, desk).pictures.isHidden()
    printers.vector = False
    assert opened(qtbot, desk).pictures.isVisible()


def test_the_print_bar_learns_what_was_saved(qtbot: Any, desk: Desk) -> None:
    place = PrintPlace(desk, opened(qtbot, desk))
    place.search()
    dialog = opened(qtbot, desk)
    choose(qtbot, dialog, Printout.USUAL, GROUND)
    dialog.save.click()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert place.printer.currentText() == GROUND


# --- the test page --------------------------------------------------------------------------------


def test_a_test_page_goes_to_each_place_that_is_used(
    qtbot: Any, desk: Desk, printers: FakePrinters
) -> None:
    remember(LetterKind.SUMMONS, POST, LETTERHEAD)
    remember(LetterKind.PERSONAL, POST, PrintSettings(tray="tray-2"))
    dialog = opened(qtbot, desk)
    places = [dialog.proof_on.itemText(row) for row in range(dialog.proof_on.count())]
    assert places == [f"{POST} · Fach 1, A4", f"{POST} · Fach 2, A4"]
    dialog.proof_on.setCurrentIndex(1)
    dialog.proof.click()
    qtbot.waitUntil(lambda: dialog.message.level is Level.OK)
    [(printer, pdf)] = printers.sent
    assert (printer, printers.ways) == (POST, [PrintSettings(tray="tray-2")])
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        text = document.pages[0].extract_text()
    assert f"{POST} · Fach 2, A4" in text
    assert "bei 105 und 210" in text


def test_a_test_page_that_is_not_printed_says_why(
    qtbot: Any, desk: Desk, printers: FakePrinters
) -> None:
    printers.jams_after = 0
    dialog = opened(qtbot, desk)
    dialog.proof.click()
    qtbot.waitUntil(lambda: dialog.message.level is Level.ERROR)
    assert "Papierstau" in dialog.message.text()
    assert dialog.proof.isEnabled()


def test_a_test_page_at_a_slow_printer_can_be_stopped(
    qtbot: Any, desk: Desk, printers: FakePrinters
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        assert go_on.wait(20)

    printers.on_send = wait
    dialog = opened(qtbot, desk)
    dialog.proof.click()
    qtbot.waitUntil(begun.is_set)
    assert dialog.message.text() == f"Printing on {POST} …"
    assert not dialog.proof.isEnabled()
    dialog.message.link.click()
    go_on.set()
    qtbot.waitUntil(lambda: dialog.message.level is Level.ERROR)
    assert "called off" in dialog.message.text()


def test_all_of_it_is_done_by_keyboard(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk)
    dialog.usual.printer.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(dialog.usual.printer, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert dialog.usual.way()[0] == GROUND
    visited = []
    for _step in range(4):
        visited.append(dialog.focusWidget())
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    usual = dialog.usual
    assert visited == [usual.printer, usual.tray, usual.both_sides, usual.copies]
    dialog.save.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(dialog.save, Qt.Key.Key_Space)
    assert settings_for(Printout.USUAL)[0] == GROUND


def test_the_menu_opens_the_settings(qtbot: Any, program: Program) -> None:
    window = program.window
    assert window is not None
    window.actions_.print_settings.trigger()
    [dialog] = window.findChildren(PrintDialog)
    qtbot.waitUntil(lambda: dialog.usual.printer.count() > 0 or not dialog.message.isHidden())
    dialog.close()
