"""The heart of the mission, in the real window on a real database.

A client is called, not reached twice, gets a telephone appointment proposed by letter, calls back
and changes it.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentKind,
    Participant,
)
from koba_desktop.domain.entities.clients import Client, ClientAddress, ClientPhone
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.vocabulary import (
    ACTIVE_STATES,
    AppointmentState,
    CallReason,
    LetterKind,
    LetterState,
    Salutation,
)
from koba_desktop.gui.application import WindowOptions
from koba_desktop.services.commands import ClientProfile, CreateCallTask, SaveClient
from koba_desktop.services.ids import new_id
from tests.postgres.demo import shared_demo
from tests.postgres.fixtures import Database
from tests.running import PaperTray, Running, opened
from tests.support import Office, make_office

TUESDAY_BEFORE_EASTER = datetime(2021, 3, 30, 6, 5, tzinfo=UTC)  # 08:05 on the wall clock
KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Day:
    """The office, its window, and the client of this story."""

    def __init__(self, office: Office, window: Running, tray: PaperTray, client: Client) -> None:
        self.office = office
        self.window = window
        self.tray = tray
        self.client = client

    def all(self, kind: type, **where: object) -> list:
        with self.office.services.view() as view:
            return view.reader.find(kind, order_by="id", **where)

    def appointment(self) -> Appointment:
        [row] = self.all(Participant, client_id=self.client.id)
        [found] = self.all(Appointment, id=row.appointment_id)
        return found

    def letters(self) -> list[Letter]:
        return self.all(Letter, client_id=self.client.id)

    def hours_to_a_free_time(self, appointment: Appointment) -> int:
        """How many whole hours later, before noon, its advisor has nothing else."""
        others = [
            other
            for other in self.all(Appointment, advisor_id=appointment.advisor_id)
            if other.state in ACTIVE_STATES and other.id != appointment.id
        ]
        for hours in range(1, 4):
            later = timedelta(hours=hours)
            starts, ends = appointment.starts + later, appointment.ends + later
            if not any(o.starts < ends and starts < o.ends for o in others):
                return hours
        raise AssertionError("no free time this morning")

    def go_to_client(self) -> None:
        """Down the worklist to the client of the story, by keyboard."""
        window = self.window
        panel = window.tab("myday")
        panel.work.setFocus()
        for _step in range(200):
            dossier = panel.flow.dossier
            if dossier is not None and dossier.card.client.id == self.client.id:
                return
            window.press(KEY.Key_Down)
        raise AssertionError("the client is not on the worklist")


@pytest.fixture(params=["sqlite", "postgresql"])
def day(request: pytest.FixtureRequest, tmp_path: Path, qapp: object) -> Iterator[Day]:
    """On a file of this PC, and on the shared database with the advisor's own login."""
    QSettings().clear()
    if request.param == "sqlite":
        office = make_office(tmp_path, now=TUESDAY_BEFORE_EASTER)
    else:
        database: Database = request.getfixturevalue("pg_database")
        template: str = request.getfixturevalue("pg_template")
        office = shared_demo(database, template, TUESDAY_BEFORE_EASTER)
    client = Client(
        id=new_id(),
        family_name="Okonkwo-Behrens",
        given_name="Wilhelmine",
        salutation=Salutation.FRAU,
        office_id=office.actor.office_id,
        advisor_id=office.actor.staff_id,
    )
    profile = ClientProfile(
        client=client,
        address=ClientAddress(
            id=new_id(),
            client_id=client.id,
            street="Lindenweg 7",
            postcode="38820",
            town="Halberstadt",
        ),
        phones=(ClientPhone(id=new_id(), client_id=client.id, typed="0176 04069118"),),
    )
    office.services.execute(SaveClient(profile=profile), office.actor)
    with office.services.view() as view:
        kind = next(k for k in view.reader.find(AppointmentKind) if k.minutes == 30)
    office.services.execute(
        CreateCallTask(
            client_id=client.id,
            advisor_id=office.actor.staff_id,
            reason=CallReason.PLANNED,
            due=office.clock.now(),
            kind_id=kind.id,
        ),
        office.actor,
    )
    tray = PaperTray()
    window = Running(
        lambda _progress, _secret: opened(office, tray),
        WindowOptions(language="de", settings=tmp_path),
    )
    yield Day(office, window, tray, client)
    window.stop()
    office.store.close()


def not_reached_twice(day: Day) -> None:
    """Called on Tuesday and again on Maundy Thursday at 08:00, before the last collection."""
    window = day.window
    day.go_to_client()
    window.press(KEY.Key_Return, KEY.Key_N)
    window.demo_clock(2)
    window.demo_clock(2)
    assert day_of(window.desk.now()) == date(2021, 4, 1)
    window.demo_clock(0)
    day.go_to_client()
    window.press(KEY.Key_Return, KEY.Key_N)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].get_textpage().get_text_range()
    finally:
        document.close()


def test_not_reached_twice_the_letter_goes_out_by_keyboard_alone(day: Day) -> None:
    window = day.window
    not_reached_twice(day)
    window.press(KEY.Key_Return)  # the offer has the focus: Enter accepts

    appointment = day.appointment()
    assert appointment.state is AppointmentState.PROPOSED
    # domain rules § 3: posted Thu 1 April, deemed Sun 4, delivered Tue 6, five working days
    assert day_of(appointment.starts) >= date(2021, 4, 13)
    [letter] = day.letters()
    assert (letter.state, letter.kind) == (LetterState.PENDING, LetterKind.TELEPHONE_PROPOSAL)
    assert letter.assumed_posting == date(2021, 4, 1)
    [task] = day.all(CallTask, client_id=day.client.id)
    assert task.closed_at is not None

    panel = window.tab("letters")
    window.until(lambda: panel.print_action.isEnabled())
    panel.print_action.trigger()
    window.until(lambda: day.letters()[0].state is LetterState.PRINTED)
    [archive] = day.all(LetterArchive, letter_id=letter.id)
    [paper] = day.tray.printed
    for page in (text_of(paper), text_of(archive.pdf)):
        assert "Wilhelmine Okonkwo-Behrens" in page
        assert "m 30. März und am 1. April 2021 haben wir Sie angerufen" in page
        assert f"{appointment.reference[:4]} {appointment.reference[4:]}" in page
        assert "Muster" in page

    window.settle()
    panel.posted_action.trigger()
    window.until(lambda: day.letters()[0].state is LetterState.POSTED)
    assert day.letters()[0].posted_on == date(2021, 4, 1)


def test_the_client_calls_back_and_the_appointment_moves(day: Day) -> None:
    window = day.window
    not_reached_twice(day)
    window.press(KEY.Key_Return)
    proposed = day.appointment()

    # The reference, read out on the telephone, finds the appointment.
    window.press(KEY.Key_K, modifier=CONTROL)
    field = window.program.window.tools.search
    field.setFocus()
    window.type(f"{proposed.reference[:4]} {proposed.reference[4:]}".lower())
    window.press(KEY.Key_Return)
    window.settle()
    for dialog in window.dialogs():
        dialog.close()
    window.settle()
    calendar = window.tab("calendar")
    calendar.go_to(day_of(proposed.starts))
    window.settle()
    view = calendar.view
    view.select_appointment(proposed.id)
    assert view.current_row() is not None
    view.setFocus()

    # Once by keyboard …
    QTest.keyClick(view, KEY.Key_Down, ALT)
    QTest.keyRelease(view, KEY.Key_Alt)
    window.until(lambda: day.appointment().starts != proposed.starts)
    window.settle()
    by_key = day.appointment()

    # … once by the mouse, to the next hour nobody else has.
    view.select_appointment(proposed.id)
    window.settle()
    view.ensure_shown(view.row_rect(proposed.id))
    block = view.visualRect(view.currentIndex())
    per_hour = round(view.geometry_now.minute_height * 60)
    hours = day.hours_to_a_free_time(by_key)
    start, end = block.center(), block.center() + QPoint(0, hours * per_hour)
    viewport = view.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for part in range(1, 11):
        QTest.mouseMove(viewport, start + (end - start) * part / 10)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)
    window.until(lambda: day.appointment().starts != by_key.starts)
    window.settle()
    by_mouse = day.appointment()

    assert by_mouse.starts - by_key.starts == timedelta(hours=hours)
    assert by_mouse.id == proposed.id
    assert by_mouse.reference == proposed.reference
    moves = [
        (change.before.get("starts"), change.after.get("starts"))
        for change in day.all(AppointmentChange, appointment_id=proposed.id)
        if "starts" in change.before
    ]
    assert [datetime.fromisoformat(b) for b, _a in moves] == [proposed.starts, by_key.starts]
    [pending] = [letter for letter in day.letters() if letter.state is LetterState.PENDING]
    assert datetime.fromisoformat(pending.data["appointment"]["starts"]) == by_mouse.starts

    # Undo takes all back: both moves, the letter, the attempt.
    for _step in range(2):
        window.press(KEY.Key_Z, modifier=CONTROL)
        window.program.window.actions_.undo.trigger()
        window.settle()
        if day.appointment().starts == proposed.starts:
            break
    assert day.appointment().starts == proposed.starts
    [pending] = [letter for letter in day.letters() if letter.state is LetterState.PENDING]
    assert datetime.fromisoformat(pending.data["appointment"]["starts"]) == proposed.starts
