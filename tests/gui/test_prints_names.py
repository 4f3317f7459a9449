"""What cannot be printed of a list is said before it is printed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from koba_desktop.domain.clock import day_bounds
from koba_desktop.gui.calendar.day_list import DayListDialog
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.myday.call_list import CallListDialog
from koba_desktop.gui.outage.list_dialog import EmergencyListDialog
from koba_desktop.gui.printing.sheets_dialog import SheetsDialog
from koba_desktop.i18n import formats
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import SaveClient
from koba_desktop.services.rows import AppointmentRow
from tests.support import Office

TODAY = date(2021, 4, 13)
SAID = "cannot be printed. The client number"


@pytest.fixture
def first(office: Office) -> AppointmentRow:
    """The first appointment today of whoever sits at the desk, that is not called off."""
    with office.services.view() as view:
        rows = view.reader.appointments_between(
            office.actor.office_id, *day_bounds(TODAY), advisor_ids=(office.actor.staff_id,)
        )
    return next(r for r in rows if r.client_id is not None and not r.state.startswith("cancelled"))


def rename(office: Office, row: AppointmentRow, family_name: str) -> None:
    assert row.client_id is not None
    with office.services.view(office.actor.staff_id) as view:
        profile = client_profile(view, row.client_id)
    client = replace(profile.client, family_name=family_name)
    changed = replace(profile, client=client)
    office.services.execute(SaveClient(profile=changed), office.actor)


def note_of(qtbot: Any, desk: Desk, kind: type[SheetsDialog]) -> str:
    dialog = kind(desk)  # type: ignore[call-arg]
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: desk.tasks.idle and dialog.print.isEnabled())
    said = dialog.note.text()
    dialog.close()
    return said


def test_the_times_beside_which_a_number_stands_are_named(
    qtbot: Any, desk: Desk, office: Office, first: AppointmentRow
) -> None:
    for kind in (DayListDialog, EmergencyListDialog, CallListDialog):
        assert "printed" not in note_of(qtbot, desk, kind)
    rename(office, first, "王")
    for kind in (DayListDialog, EmergencyListDialog):
        said = note_of(qtbot, desk, kind)
        assert said.startswith("As of 09:42\n")
        assert formats.time_of(first.starts) in said
        assert SAID in said


def test_a_name_in_a_script_the_fonts_have_is_no_matter(
    qtbot: Any, desk: Desk, office: Office, first: AppointmentRow
) -> None:
    rename(office, first, "Սարգսյան")
    assert note_of(qtbot, desk, DayListDialog) == "As of 09:42"
