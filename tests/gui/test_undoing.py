"""What was taken back after its letter was printed: the client gets another one."""

from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import AppointmentState, Channel, LetterKind
from koba_desktop.gui.app import Program
from koba_desktop.gui.desk import Desk
from koba_desktop.services.commands import CancelAppointment
from tests.support import Office


@pytest.fixture
def desk(program: Program) -> Desk:
    assert program.desk is not None
    return program.desk


def coming(desk: Desk) -> Appointment:
    """A telephone appointment that is still to come."""
    with desk.services.view() as view:
        found = view.reader.find(
            Appointment,
            office_id=desk.actor.office_id,
            advisor_id=desk.actor.staff_id,
            channel=Channel.TELEPHONE,
            state=AppointmentState.CONFIRMED,
        )
    return next(one for one in found if one.starts > desk.now())


def letters(office: Office, appointment_id: UUID) -> list[LetterKind]:
    with office.services.view() as view:
        return [one.kind for one in view.reader.find(Letter, appointment_id=appointment_id)]


@pytest.mark.parametrize(
    ("cancelled", "kind"),
    [(False, LetterKind.CHANGED_TELEPHONE), (True, LetterKind.CANCELLATION)],
)
def test_the_letter_offered_tells_how_the_appointment_stands(
    program: Program,
    desk: Desk,
    demo_office: Office,
    qtbot: QtBot,
    cancelled: bool,
    kind: LetterKind,
) -> None:
    about = coming(desk)
    if cancelled:
        demo_office.services.execute(
            CancelAppointment(appointment_id=about.id, version=about.version, by_client=False),
            demo_office.actor,
        )
    before = letters(demo_office, about.id)
    desk.offers.emit((about.id,))
    messages = program.window.messages
    assert "A letter that says otherwise has already been printed" in messages.text()
    messages.link().click()
    qtbot.waitUntil(lambda: "The new letter lies in the outbox." in messages.text())
    made = letters(demo_office, about.id)
    assert made.count(kind) == before.count(kind) + 1
