"""From the form to the commands: book, move (with the details), or change details alone."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.vocabulary import AppointmentState, Channel, LetterKind
from koba_desktop.gui.appointments.content import Content, content_of
from koba_desktop.gui.desk import Desk
from koba_desktop.i18n import _, formats
from koba_desktop.services.appointments.detail import AppointmentDetail
from koba_desktop.services.commands import (
    BookAppointment,
    ChangeDetails,
    Command,
    CreateLetter,
    Details,
    Override,
    Reschedule,
)
from koba_desktop.services.execution import Receipt
from koba_desktop.services.ids import new_id


def letter_for(content: Content) -> LetterKind:
    """The letter that tells the client of this appointment."""
    if content.channel is not Channel.TELEPHONE:
        return LetterKind.PERSONAL
    if content.state is AppointmentState.PROPOSED:
        return LetterKind.TELEPHONE_PROPOSAL
    return LetterKind.CONFIRMATION


class Saver(QObject):
    """Saves one form. The booking keeps its command id, so that a repeat books nothing twice."""

    saved = Signal()
    failed = Signal(object)  # Exception

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._booking_id = new_id()

    def book(self, content: Content, override: Override | None, *, letter: bool) -> None:
        """A new appointment. ``content`` must name advisor and kind."""
        if content.advisor_id is None or content.kind_id is None:
            return
        command = BookAppointment(
            command_id=self._booking_id,
            office_id=self._desk.office.id,
            advisor_id=content.advisor_id,
            kind_id=content.kind_id,
            channel=content.channel,
            starts=content.starts,
            ends=content.ends,
            client_id=content.client_id,
            visitor_name="" if content.client_id is not None else content.name.strip(),
            state=content.state,
            phone=content.phone,
            purpose=content.purpose,
            urgency=content.urgency,
            urgency_category=content.category,
            letter=letter_for(content) if letter else None,
            override=override,
            place_id=content.place_id if _personal(content) else None,
            persons=content.persons,
        )
        when = formats.moment_of(content.starts)
        text = _("{name} booked for {time}").format(name=content.name, time=when)
        if letter:
            text = _("{done}, letter in the outbox").format(done=text)
        self._run(command, lambda _receipt: self.saved.emit(), text)

    def change(
        self,
        base: AppointmentDetail,
        content: Content,
        override: Override | None,
        *,
        letter: bool,
    ) -> None:
        """What differs from ``base``; nothing is written where nothing differs."""
        before = content_of(base)
        appointment = base.appointment
        if content.same_slot(before) and content.same_place(before):
            self._details(base, content, letter=letter)
            return
        command = Reschedule(
            appointment_id=appointment.id,
            version=appointment.version,
            starts=content.starts,
            ends=content.ends,
            advisor_id=content.advisor_id,
            channel=content.channel,
            place_id=_other_place(content, before),
            persons=content.persons if _personal(content) else None,
            letter=letter,
            override=override,
            details=_details_in(content) if not content.same_details(before) else None,
        )
        when = formats.moment_of(content.starts)
        text = _("{name} moved to {time}").format(name=content.name, time=when)
        if letter:
            text = _("{moved}, letter in the outbox").format(moved=text)
        self._run(command, lambda _receipt: self.saved.emit(), text)

    def _details(self, base: AppointmentDetail, content: Content, *, letter: bool) -> None:
        appointment = base.appointment
        if content.same_details(content_of(base)) or content.kind_id is None:
            self._letter(appointment, content, letter=letter)
            return
        self._run(
            _changed(appointment, content.kind_id, content),
            lambda _receipt: self._letter(appointment, content, letter=letter),
            _("Appointment with {name} saved").format(name=content.name),
        )

    def _letter(self, appointment: Appointment, content: Content, *, letter: bool) -> None:
        if not letter:
            self.saved.emit()
            return
        self._run(
            CreateLetter(appointment_id=appointment.id, kind=letter_for(content)),
            lambda _receipt: self.saved.emit(),
            _("Letter to {name} in the outbox").format(name=content.name),
        )

    def _run(self, command: Command, done: Callable[[Receipt], None], text: str) -> None:
        self._desk.execute(command, self, done, self.failed.emit, message=text)


def _personal(content: Content) -> bool:
    return content.channel is not Channel.TELEPHONE


def _other_place(content: Content, before: Content) -> UUID | None:
    """A place somebody chose; None where the one it has goes along as far as it can."""
    if not _personal(content) or content.place_id == before.place_id:
        return None
    return content.place_id


def _details_in(content: Content) -> Details | None:
    """None for a form without a kind, which is not saved."""
    if content.kind_id is None:
        return None
    return Details(kind_id=content.kind_id, phone=content.phone, purpose=content.purpose)


def _changed(appointment: Appointment, kind_id: UUID, content: Content) -> ChangeDetails:
    return ChangeDetails(
        appointment_id=appointment.id,
        version=appointment.version,
        kind_id=kind_id,
        phone=content.phone,
        purpose=content.purpose,
    )
