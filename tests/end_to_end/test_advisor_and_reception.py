"""An advisor's window and the reception's login on one server: each sees what the other does."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from koba_desktop.domain.clock import day_bounds, wall
from koba_desktop.domain.entities.bookkeeping import Presence
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.vocabulary import AppointmentState, Channel, Role
from koba_desktop.gui.application import WindowOptions
from koba_desktop.gui.appointments.editor import AppointmentEditor
from koba_desktop.gui.desk import AppointmentRequest
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import CancelAppointment
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.services.rows import AppointmentRow
from tests.postgres.demo import shared_demo
from tests.postgres.fixtures import Database
from tests.postgres.office import store_for
from tests.running import PaperTray, Running, opened
from tests.support import Office


class Reception:
    """Another PC: its own login and its own connections, without a window."""

    def __init__(self, database: Database, office: Office) -> None:
        with office.services.view() as view:
            roles = view.reader.find(
                StaffRole, role=Role.RECEPTION, office_id=office.actor.office_id, order_by="id"
            )
            self.member = view.reader.get(Staff, roles[0].staff_id)
        self.store = store_for(database, self.member.login)
        self.services = Services(
            self.store, office.clock, HolidayCalendar(), host="Empfang", viewer=self.member.id
        )
        self.actor = Actor(self.member.id, office.actor.office_id)


@pytest.fixture
def office(pg_database: Database, pg_template: str) -> Iterator[Office]:
    made = shared_demo(pg_database, pg_template)
    yield made
    made.store.close()


@pytest.fixture
def reception(pg_database: Database, office: Office) -> Iterator[Reception]:
    other = Reception(pg_database, office)
    yield other
    other.store.close()


@pytest.fixture
def window(office: Office, tmp_path: Path, qapp: object) -> Iterator[Running]:
    running = Running(
        lambda _progress, _secret: opened(office, PaperTray()),
        WindowOptions(language="de", settings=tmp_path),
    )
    yield running
    running.stop()


def coming_call(reception: Reception, advisor: Actor) -> AppointmentRow:
    """A call of the advisor's this week, as the reception sees it."""
    with reception.services.view() as view:
        starts = day_bounds(view.today)[1]
        rows = view.reader.appointments_between(
            advisor.office_id,
            starts,
            starts + timedelta(days=3),
            advisor_ids=[advisor.staff_id],
        )
    return next(
        row
        for row in rows
        if row.channel is Channel.TELEPHONE and row.state is AppointmentState.CONFIRMED
    )


def test_what_reception_does_shows_in_the_advisors_calendar_with_a_mark(
    window: Running, office: Office, reception: Reception
) -> None:
    calendar = window.tab("calendar")
    call = coming_call(reception, office.actor)
    reception.services.execute(
        CancelAppointment(appointment_id=call.id, version=call.version, by_client=True),
        reception.actor,
    )
    committed = time.monotonic()

    def state() -> AppointmentState:
        return next(row.state for row in calendar.view.scene.rows if row.id == call.id)

    window.until(lambda: state() is AppointmentState.CANCELLED_BY_CLIENT)
    assert time.monotonic() - committed <= 1
    window.until(lambda: window.desk.marks.of(call.id) is not None)


def test_the_editor_shows_the_appointment_as_it_is_and_who_else_has_it_open(
    window: Running, office: Office, reception: Reception
) -> None:
    call = coming_call(reception, office.actor)
    reception.store.mark_present(
        Presence(
            id=new_id(),
            subject_id=call.id,
            staff_id=reception.member.id,
            host="Empfang",
            seen_at=office.clock.now(),
        )
    )
    window.desk.edit_appointment_requested.emit(AppointmentRequest(appointment_id=call.id))
    window.until(lambda: bool(window.dialogs()))
    window.settle()
    editor = window.dialog()
    assert isinstance(editor, AppointmentEditor)
    content = editor.form.content()
    assert (content.advisor_id, content.kind_id) == (office.actor.staff_id, call.kind_id)
    assert (content.day, content.at) == (wall(call.starts).date(), wall(call.starts).time())
    window.until(lambda: reception.member.family_name in text_of(editor))


def text_of(editor: AppointmentEditor) -> str:
    """Everything its labels say."""
    shown = [label.text() for label in editor.findChildren(QLabel) if label.isVisible()]
    return "\n".join(shown)
