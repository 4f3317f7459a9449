"""Day list, call list and reply slips in the window: where they are found, looked at, printed."""

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.vocabulary import Role
from koba_desktop.gui.calendar.actions import CalendarActions
from koba_desktop.gui.calendar.day_list import DayListDialog, open_day_list
from koba_desktop.gui.calendar.menu import build_menu
from koba_desktop.gui.calendar.panel import CalendarPanel
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.letters.reply_slips import ReplySlipsDialog
from koba_desktop.gui.myday.call_list import CallListDialog, open_call_list
from koba_desktop.gui.myday.panel import MyDayPanel
from koba_desktop.gui.printing.settings import Printout, remember, settings_for
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog
from koba_desktop.gui.widgets import Level
from koba_desktop.services.execution import Actor
from koba_desktop.services.ports import PrintSettings
from koba_desktop.services.rows import AppointmentRow
from tests.gui.outage_window import OutageWindow, outage_window
from tests.gui.real_office import FakePrinters, coming, nameless
from tests.support import Office

TODAY = date(2021, 4, 13)


@pytest.fixture
def told(desk: Desk) -> list[str]:
    heard: list[str] = []
    desk.message.connect(lambda text, _undo: heard.append(text))
    return heard


@pytest.fixture
def at_the_door(desk: Desk) -> Desk:
    """The receptionist of the office sits at the desk."""
    held = next(
        role
        for role in desk.book.roles
        if role.role is Role.RECEPTION and role.office_id == desk.actor.office_id
    )
    desk.become(Actor(held.staff_id, held.office_id))
    return desk


@pytest.fixture(autouse=True)
def _shut(qapp: Any) -> Iterator[None]:
    yield
    for dialog in shown():
        dialog.close()


def shown() -> list[QDialog]:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
    return [dialog for dialog in found if dialog.isVisible()]


def opened(qtbot: Any, desk: Desk, dialog: SheetsDialog) -> Any:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    return dialog


def the_dialog(qtbot: Any, desk: Desk, kind: type[QDialog]) -> Any:
    qtbot.waitUntil(lambda: desk.tasks.idle)
    [found] = shown()
    assert type(found) is kind
    return found


def words(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return " ".join(" ".join(page.extract_text().split()) for page in document.pages)


def rows_of(office: Office, day: date, advisor: bool = False) -> list[AppointmentRow]:
    with office.services.view() as view:
        return view.reader.appointments_between(
            office.actor.office_id,
            *day_bounds(day),
            advisor_ids=(office.actor.staff_id,) if advisor else (),
        )


# --- the day list ---------------------------------------------------------------------------------


def test_an_advisor_sees_the_own_day_and_prints_it(
    qtbot: Any, desk: Desk, office: Office, printers: FakePrinters, told: list[str]
) -> None:
    dialog = opened(qtbot, desk, DayListDialog(desk))
    assert (dialog.day, dialog.whose.currentText()) == (TODAY, "Ms Daniela Berger")
    assert dialog.preview.has_page
    assert dialog.preview.accessibleDescription() == "Page 1 of 1"
    assert dialog.note.text() == "As of 09:42"
    assert nameless(dialog) == []
    how = PrintSettings(tray="tray-2", copies=2)
    remember(Printout.DAY_LIST, "HBS-EG", how)
    dialog.printer.search()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    dialog.print.click()
    qtbot.waitUntil(lambda: told == ["Day list of Tue 13 April printed."])
    assert (printers.sent[0][0], printers.ways) == ("HBS-EG", [how])
    text = words(printers.sent[0][1])
    assert "Tagesliste Berger" in text
    assert "Dienstag, 13. April 2021" in text
    mine = [row for row in rows_of(office, TODAY, advisor=True) if row.client_id is not None]
    assert mine
    assert all(row.family_name in text for row in mine if not row.state.startswith("cancelled"))


def test_the_whole_office_on_another_day_is_saved(
    qtbot: Any, desk: Desk, office: Office, tmp_path: Path
) -> None:
    dialog = opened(qtbot, desk, DayListDialog(desk))
    dialog.whose.setCurrentIndex(0)
    assert not dialog.save.isEnabled()  # what was chosen before is not to be had any more
    dialog.date.setDate(QDate(2021, 4, 14))
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert dialog.file_name() == "tagesliste-halberstadt-2021-04-14.pdf"
    path = tmp_path / dialog.file_name()
    dialog.save_to(path)
    qtbot.waitUntil(path.exists)
    text = words(path.read_bytes())
    assert "Tagesliste Mittwoch, 14. April 2021" in text
    there = rows_of(office, TODAY + timedelta(days=1))
    assert len({row.advisor_id for row in there}) > 1
    assert all(row.advisor_name in text for row in there)


def test_the_fields_stand_below_each_other(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk, DayListDialog(desk))
    fields = (dialog.date, dialog.whose, dialog.printer)
    assert len({field.geometry().left() for field in fields}) == 1
    assert dialog.date.y() < dialog.whose.y() < dialog.printer.y()


def test_turning_the_pages(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk, CallListDialog(desk))
    count = dialog.turner.count
    assert count > 1
    assert dialog.turner.text() == f"Page 1 of {count}"
    assert not dialog.turner.back.isEnabled()
    dialog.turner.forth.click()
    qtbot.waitUntil(lambda: dialog.turner.text() == f"Page 2 of {count}")
    dialog.turner.back.click()
    qtbot.waitUntil(lambda: dialog.turner.text() == f"Page 1 of {count}")


def test_reception_prints_everybodys_day_and_no_past_one(qtbot: Any, at_the_door: Desk) -> None:
    dialog = opened(qtbot, at_the_door, DayListDialog(at_the_door, day=date(2021, 4, 1)))
    assert dialog.whose.currentText() == "The whole office"
    assert dialog.day == TODAY
    assert dialog.print.isEnabled()


def test_what_is_refused_is_told_in_the_dialog(qtbot: Any, desk: Desk) -> None:
    nobody = next(
        member.id
        for member in desk.book.staff
        if all(
            role.staff_id != member.id or role.role is Role.ADMINISTRATOR
            for role in desk.book.roles
        )
    )
    desk.become(Actor(nobody, desk.actor.office_id))
    dialog = opened(qtbot, desk, DayListDialog(desk))
    assert dialog.message.level is Level.ERROR
    assert not dialog.print.isEnabled()
    assert not dialog.preview.has_page


def test_only_the_last_choice_is_shown(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk, DayListDialog(desk))
    for day in (14, 15, 16):
        dialog.date.setDate(QDate(2021, 4, day))
    dialog.whose.setCurrentIndex(0)
    qtbot.waitUntil(lambda: desk.tasks.idle and dialog.save.isEnabled())
    assert "Freitag, 16. April 2021" in words(dialog._pdf)
    assert "bei Raum" in words(dialog._pdf)


# --- the call list --------------------------------------------------------------------------------


def test_the_call_list_of_whoever_sits_at_the_desk(
    qtbot: Any, desk: Desk, printers: FakePrinters, told: list[str]
) -> None:
    dialog = opened(qtbot, desk, CallListDialog(desk))
    assert nameless(dialog) == []
    assert dialog.file_name() == "anrufliste-berger-halberstadt-2021-04-13.pdf"
    dialog.print.click()
    qtbot.waitUntil(lambda: told == ["Call list of Tue 13 April printed."])
    assert settings_for(Printout.CALL_LIST)[0] == printers.sent[0][0]
    text = words(printers.sent[0][1])
    assert "Anrufliste Berger" in text
    assert "Sagen Sie weder, wer anruft, noch warum." in text
    assert "Kuhn, Marlies" in text


def test_that_of_a_colleague(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk, CallListDialog(desk))
    other = next(row for row in range(dialog.whose.count()) if row != dialog.whose.currentIndex())
    dialog.whose.setCurrentIndex(other)
    qtbot.waitUntil(lambda: desk.tasks.idle and dialog.save.isEnabled())
    assert f"Anrufliste {dialog.whose.currentText().split()[-1]}" in words(dialog._pdf)


# --- reply slips ----------------------------------------------------------------------------------


def test_blank_slips_to_lay_out(
    qtbot: Any, desk: Desk, printers: FakePrinters, told: list[str]
) -> None:
    dialog = opened(qtbot, desk, ReplySlipsDialog(desk))
    assert nameless(dialog) == []
    assert not dialog.reference.isEnabled()
    dialog.print.click()
    qtbot.waitUntil(lambda: told == ["Reply slips printed."])
    assert words(printers.sent[0][1]).count("Ihre Antwort") == 3


def test_the_slip_of_an_appointment(qtbot: Any, desk: Desk, office: Office) -> None:
    row = coming(office, 1)[0]
    dialog = opened(qtbot, desk, ReplySlipsDialog(desk, reference=row.reference))
    assert dialog.reference.text() == f"{row.reference[:4]} {row.reference[4:]}"
    text = words(dialog._pdf)
    assert dialog.reference.text() in text
    assert row.family_name in text
    assert row.reference not in dialog.file_name()


def test_a_code_scanned_into_the_field_shows_its_slip(
    qtbot: Any, desk: Desk, office: Office
) -> None:
    row = coming(office, 1)[0]
    dialog = opened(qtbot, desk, ReplySlipsDialog(desk))
    dialog.chosen.setChecked(True)
    assert dialog.reference.isEnabled()
    assert "Scan the code" in dialog.preview.accessibleDescription()
    assert not dialog.print.isEnabled()
    QTest.keyClicks(dialog.reference, row.reference.lower())
    QTest.keyClick(dialog.reference, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.tasks.idle and dialog.print.isEnabled())
    assert dialog.isVisible()
    assert row.family_name in words(dialog._pdf)


def test_a_reference_nobody_knows(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk, ReplySlipsDialog(desk, reference="00000000"))
    assert "0000 0000" in dialog.message.text()
    assert not dialog.save.isEnabled()
    dialog.blank.setChecked(True)
    qtbot.waitUntil(lambda: desk.tasks.idle and dialog.save.isEnabled())
    assert not dialog.message.text()


def test_the_slips_of_a_day(
    qtbot: Any, desk: Desk, office: Office, printers: FakePrinters, told: list[str]
) -> None:
    day = TODAY + timedelta(days=1)
    dialog = opened(qtbot, desk, ReplySlipsDialog(desk, day=day))
    assert nameless(dialog) == []
    assert (dialog.day, dialog.whose.currentText()) == (day, "Ms Daniela Berger")
    assert dialog.file_name() == "antwortabschnitte-halberstadt-2021-04-14.pdf"
    wanted = {row.reference for row in rows_of(office, day, advisor=True) if _awaited(row)}
    others = {row.reference for row in rows_of(office, day) if _awaited(row)} - wanted
    assert wanted
    assert others
    text = words(dialog._pdf)
    assert all(f"{each[:4]} {each[4:]}" in text for each in wanted)
    assert not any(f"{each[:4]} {each[4:]}" in text for each in others)
    dialog.whose.setCurrentIndex(0)
    qtbot.waitUntil(lambda: desk.tasks.idle and dialog.save.isEnabled())
    text = words(dialog._pdf)
    assert all(f"{each[:4]} {each[4:]}" in text for each in wanted | others)
    dialog.print.click()
    qtbot.waitUntil(lambda: told == ["Reply slips printed."])
    assert len(printers.sent) == 1


def _awaited(row: AppointmentRow) -> bool:
    return row.client_id is not None and row.state in MOVABLE


def test_only_the_fields_of_what_is_chosen_can_be_filled_in(qtbot: Any, desk: Desk) -> None:
    dialog = opened(qtbot, desk, ReplySlipsDialog(desk))
    assert not any(each.isEnabled() for each in (dialog.reference, dialog.date, dialog.whose))
    dialog.of_day.setChecked(True)
    assert dialog.date.isEnabled()
    assert dialog.whose.isEnabled()
    assert not dialog.reference.isEnabled()


# --- where they are found -------------------------------------------------------------------------


@pytest.fixture
def calendar(qtbot: Any, desk: Desk) -> CalendarPanel:
    made = CalendarPanel(desk)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: desk.tasks.idle and made.page is not None)
    return made


def test_ctrl_p_in_the_calendar_prints_the_day_somebody_stands_on(
    qtbot: Any, desk: Desk, calendar: CalendarPanel
) -> None:
    calendar.go_to(date(2021, 4, 15))
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert calendar.page is not None
    row = next(r for r in calendar.page.content.appointments if r.starts.day == 15)
    calendar.view.select_appointment(row.id)
    calendar.view.setFocus()
    QTest.keyClick(calendar.view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    dialog = the_dialog(qtbot, desk, DayListDialog)
    assert dialog.day == date(2021, 4, 15)
    assert dialog.whose.advisor_id == row.advisor_id  # the only one the calendar shows


def test_ctrl_p_in_my_day_prints_the_call_list(qtbot: Any, desk: Desk) -> None:
    panel = MyDayPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(1200, 700)
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    panel.work.setFocus()
    QTest.keyClick(panel.work, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    the_dialog(qtbot, desk, CallListDialog)


def test_the_calendar_prints_the_slips_of_the_day_somebody_stands_on(
    qtbot: Any, desk: Desk, calendar: CalendarPanel
) -> None:
    calendar.go_to(date(2021, 4, 15))
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert calendar.page is not None
    row = next(r for r in calendar.page.content.appointments if r.starts.day == 15)
    calendar.view.select_appointment(row.id)
    assert calendar.actions_.slips in menu_of(desk, calendar, row)
    calendar.actions_.slips.trigger()
    dialog = the_dialog(qtbot, desk, ReplySlipsDialog)
    assert dialog.of_day.isChecked()
    assert (dialog.day, dialog.whose.advisor_id) == (date(2021, 4, 15), row.advisor_id)


def menu_of(desk: Desk, calendar: CalendarPanel, row: AppointmentRow | None) -> list[QAction]:
    actions: CalendarActions = calendar.actions_
    return build_menu(desk, actions, row, calendar).actions()


def test_an_appointments_context_menu_prints_its_slip(
    qtbot: Any, desk: Desk, office: Office, calendar: CalendarPanel
) -> None:
    row = coming(office, 1)[0]
    [slip] = [a for a in menu_of(desk, calendar, row) if a.text() == "Print reply &slip…"]
    slip.trigger()
    dialog = the_dialog(qtbot, desk, ReplySlipsDialog)
    assert dialog.chosen.isChecked()
    assert row.family_name in words(dialog._pdf)


def test_the_day_list_is_in_every_context_menu_of_the_calendar(
    desk: Desk, office: Office, calendar: CalendarPanel
) -> None:
    for row in (None, coming(office, 1)[0]):
        assert calendar.actions_.day_list in menu_of(desk, calendar, row)


def test_the_menu_of_what_can_be_printed_has_them_all(program: Any) -> None:
    texts = [action.text().replace("&", "") for action in program.window.menus["print"].actions()]
    assert texts == [
        "Emergency list…",
        "Print day list…",
        "Print reply slips of the day…",
        "Print call list…",
        "Door plans…",
        "Print ticked letters",
        "Print reply slips…",
    ]


@pytest.fixture
def there(demo_office: Office, tmp_path: Path, qtbot: Any) -> Iterator[OutageWindow]:
    with outage_window(demo_office, tmp_path) as window:
        yield window


@pytest.mark.parametrize("opening", [open_day_list, open_call_list])
def test_in_an_outage_they_show_the_copy_and_say_of_when_it_is(
    there: OutageWindow, opening: Any
) -> None:
    there.go_away()
    there.office.clock.advance(minutes=30)
    dialog = opening(there.desk, there.window)
    there.until(lambda: dialog.save.isEnabled() and dialog.preview.has_page)
    assert dialog.note.text() == "As of 09:42"  # not 10:12
    assert "Stand: 13.04.2021, 09:42" in words(dialog._pdf)
    dialog.close()
