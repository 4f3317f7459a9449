"""Moving an appointment: identity and reference stay, the former time goes to the history."""

from typing import Any
from uuid import UUID

from koba_desktop.domain.appointments import MOVABLE
from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind
from koba_desktop.domain.entities.rooms import RoomBooking
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.hygiene import ALONE
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import (
    ChangeCause,
    ChangeKind,
    Channel,
    LetterKind,
    ReasonCode,
    VisitNeed,
)
from koba_desktop.services.appointments.admitting import admit, span_minutes
from koba_desktop.services.appointments.history import remember
from koba_desktop.services.appointments.people import client_of
from koba_desktop.services.appointments.rooming import (
    NOTHING_OVERRULED,
    best_place,
    book_place,
    booking_of,
    move_booking,
    needs_of,
    release,
    room_of,
    still_fits,
)
from koba_desktop.services.appointments.states import keep_purpose
from koba_desktop.services.commands import Reschedule
from koba_desktop.services.letters.telling import refresh_unprinted, tell
from koba_desktop.services.office.entitlement import require_appointment
from koba_desktop.services.reception.visits import follow
from koba_desktop.services.slots.finding import SlotQuery
from koba_desktop.services.work import Work


def reschedule(
    work: Work, command: Reschedule, *, cause: ChangeCause | None = None
) -> dict[str, Any]:
    """Where the program itself chose the time, ``cause`` says why in the history.

    Raises Refused ``appointment_not_movable`` (state), ``not_entitled`` and what stands against
    the slot and is not overruled, Taken, Conflict.
    """
    reason = command.override.reason if command.override is not None else None
    before = work.seen(Appointment, command.appointment_id, command.version)
    require_appointment(work, Right.BOOK, before)
    if before.state not in MOVABLE or before.withdrawn_at is not None:
        raise Refused(Problem("appointment_not_movable", {"state": before.state}))
    client = client_of(work, before)
    advisor_id = command.advisor_id or before.advisor_id
    channel = command.channel or before.channel
    details = command.details
    kind_id, phone = before.kind_id, before.phone
    if details is not None:
        kind_id, phone = work.get(AppointmentKind, details.kind_id).id, details.phone.strip()
    admit(
        work,
        SlotQuery(
            office_id=before.office_id,
            minutes=span_minutes(command.starts, command.ends),
            channel=channel,
            advisor_ids=(advisor_id,),
            client_id=client.id if client is not None else None,
            kind_id=kind_id,
            urgency=before.urgency,
            by_letter=command.letter,
            ignore_appointment=before.id,
        ),
        command.starts,
        command.override,
    )
    booking = booking_of(work, before.id)
    # The participants' times follow in the database.
    after = work.change(
        before,
        starts=command.starts,
        ends=command.ends,
        advisor_id=advisor_id,
        channel=channel,
        kind_id=kind_id,
        phone=phone,
    )
    if details is not None:
        keep_purpose(work, before, details.purpose)
    follow(work, after, command.persons)
    moved_booking = _move_room(work, booking, after, command)
    letter = None
    if command.letter:
        letter = tell(work, after, _letter_kind(before, after, reason), before=before)
    elif (kind_id, phone) != (before.kind_id, before.phone):
        refresh_unprinted(work, appointment_id=before.id)
    remember(
        work,
        ChangeKind.MOVED if _is_moved(before, after) else ChangeKind.ROOM,
        before,
        after,
        room_before=room_of(work, booking),
        room_after=room_of(work, moved_booking),
        reason=reason,
        text=command.override.text if command.override is not None else "",
        letter_id=letter.id if letter is not None else None,
        cause=cause,
    )
    return {"letter_id": letter.id if letter is not None else None}


def _move_room(
    work: Work, booking: RoomBooking | None, after: Appointment, command: Reschedule
) -> RoomBooking | None:
    """The place goes along with the appointment: the one asked for, else the same if it is free
    then, else the best that is."""
    persons = command.persons or (booking.persons if booking is not None else ALONE)
    if after.channel is Channel.TELEPHONE and command.place_id is None:
        release(work, after.id)
        return None
    overruled = command.override.codes if command.override is not None else NOTHING_OVERRULED
    needs = needs_of(work, after.id)
    place_id = command.place_id or _free_place(work, booking, after, persons, needs)
    if booking is None:
        return book_place(work, after, place_id, persons, needs, overruled)
    booking = work.change(booking, persons=persons)
    return move_booking(work, booking, place_id, after.starts, after.ends, overruled)


def _free_place(
    work: Work,
    booking: RoomBooking | None,
    after: Appointment,
    persons: int,
    needs: frozenset[VisitNeed],
) -> UUID:
    if booking is not None and still_fits(work, after, booking.place_id, persons, needs):
        return booking.place_id
    return best_place(work, after, persons, needs)


def _is_moved(before: Appointment, after: Appointment) -> bool:
    """Another room alone is no other time for the client."""
    return (before.starts, before.ends, before.advisor_id, before.channel) != (
        after.starts,
        after.ends,
        after.advisor_id,
        after.channel,
    )


def _letter_kind(before: Appointment, after: Appointment, reason: ReasonCode | None) -> LetterKind:
    """A colleague at the same time is no postponement."""
    if reason is ReasonCode.ADVISOR_ABSENT and after.starts != before.starts:
        return LetterKind.POSTPONEMENT
    if after.channel is not Channel.TELEPHONE:
        return LetterKind.PERSONAL
    converted = before.channel is not Channel.TELEPHONE
    return LetterKind.CONVERSION if converted else LetterKind.CHANGED_TELEPHONE
