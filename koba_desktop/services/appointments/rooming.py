"""The room of an appointment: booked, moved and released together with it."""

from datetime import date, datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import day_of, whole_minutes
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking, Visit
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.places import Choice, Situation, misfit, misfits
from koba_desktop.domain.vocabulary import (
    HAS_PLACE,
    IN_USE,
    Channel,
    RefusalReason,
    RoomBookingState,
    RoomKind,
    VisitNeed,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.rooms.situations import house_rules
from koba_desktop.services.rooms.suggesting import PlaceQuery, weigh_places
from koba_desktop.services.work import Work

NOTHING_OVERRULED: frozenset[str] = frozenset()


def booking_of(work: Work, appointment_id: UUID) -> RoomBooking | None:
    """The booking of the place in which an appointment takes place, or will."""
    return work.first(
        RoomBooking,
        appointment_id=appointment_id,
        state=AnyOf.of(HAS_PLACE),
    )


def in_use(work: Work, place_id: UUID) -> list[RoomBooking]:
    """By which bookings a place is occupied, aired or cleaned: one at most."""
    return work.reader.find(
        RoomBooking, place_id=place_id, active=True, state=AnyOf.of(IN_USE), order_by="starts"
    )


def room_of(work: Work, booking: RoomBooking | None) -> UUID | None:
    return None if booking is None else work.get(Place, booking.place_id).room_id


def needs_of(work: Work, appointment_id: UUID) -> frozenset[VisitNeed]:
    """What the visit asks of a place."""
    visit = work.first(Visit, appointment_id=appointment_id, withdrawn_at=None)
    return frozenset(visit.needs if visit is not None else ())


def spot(work: Work, place_id: UUID, office_id: UUID, day: date) -> Situation:
    """A place with what hygiene asks of it on a day, whoever uses it.

    Raises Refused ``place_of_other_office``, ``room_retired``.
    """
    place = work.get(Place, place_id)
    room = work.get(Room, place.room_id)
    if room.office_id != office_id:
        raise Refused(Problem("place_of_other_office", where="place_id"))
    if room.retired_on is not None and room.retired_on <= day:
        raise Refused(Problem("room_retired", {"room": room.name}, "place_id"))
    rules = house_rules(work.reader, office_id)
    places = len(work.reader.find(Place, room_id=room.id))
    return Situation(
        room=room,
        place_id=place.id,
        number=place.number,
        of=places,
        capacity=rules.capacity(room, places, day),
        pause=rules.pause(room, day),
        taken=(),
    )


def require_channel(at: Situation, channel: Channel) -> None:
    """Raises Refused ``not_personal`` for a talk by telephone, and ``place_of_other_channel``
    where a place outside is given to one inside, or a room to one outside."""
    if channel is Channel.TELEPHONE:
        raise Refused(Problem("not_personal", where="place_id"))
    if channel is not channel_of(at):
        raise Refused(Problem("place_of_other_channel", where="place_id"))


def channel_of(at: Situation) -> Channel:
    """How a talk in a place is held: outside the door is another channel than a room."""
    return Channel.OUTDOORS if at.room.kind is RoomKind.OUTDOOR else Channel.IN_PERSON


def require_fit(
    at: Situation,
    persons: int,
    needs: frozenset[VisitNeed],
    overruled: frozenset[str] = NOTHING_OVERRULED,
) -> None:
    """Raises Refused with all that makes the place unfit and is not overruled:
    ``too_many_persons`` (persons, most), ``not_accessible``, ``no_screen``; and
    ``not_confidential``, which nobody overrules (domain rules § 5)."""
    against = [
        found
        for found in misfits(at, persons, needs)
        if found.code not in overruled or found.code is RefusalReason.NOT_CONFIDENTIAL
    ]
    if against:
        raise Refused(*(Problem(each.code.value, each.params, "place_id") for each in against))


def best_place(
    work: Work, appointment: Appointment, persons: int, needs: frozenset[VisitNeed]
) -> UUID:
    """The best place at the time of the appointment.

    Raises Refused ``no_room_fits`` (persons, most) where none holds so many or meets the needs at
    any time, ``room_busy`` where those that do are taken.
    """
    choice = _choice(work, appointment, persons, needs)
    if choice.offers:
        return choice.offers[0].situation.place_id
    unfit = [each for each in choice.refused if misfit(each.situation, persons, needs) is not None]
    if unfit and len(unfit) == len(choice.refused):
        most = max(each.situation.capacity.persons for each in unfit)
        raise Refused(Problem("no_room_fits", {"persons": persons, "most": most}, "place_id"))
    raise Refused(Problem("room_busy", where="place_id"))


def still_fits(
    work: Work,
    appointment: Appointment,
    place_id: UUID,
    persons: int,
    needs: frozenset[VisitNeed],
) -> bool:
    """Whether a place is free and fit at the time of the appointment."""
    choice = _choice(work, appointment, persons, needs, place_id)
    return bool(choice.offers)


def _choice(
    work: Work,
    appointment: Appointment,
    persons: int,
    needs: frozenset[VisitNeed],
    place_id: UUID | None = None,
) -> Choice:
    query = PlaceQuery(
        office_id=appointment.office_id,
        persons=persons,
        minutes=whole_minutes(appointment.ends - appointment.starts),
        needs=needs,
        starts=appointment.starts,
        channel=appointment.channel,
        ignore_appointment=appointment.id,
        place_id=place_id,
    )
    return weigh_places(work.view, query).choice


def book_place(
    work: Work,
    appointment: Appointment,
    place_id: UUID,
    persons: int,
    needs: frozenset[VisitNeed] = frozenset(),
    overruled: frozenset[str] = NOTHING_OVERRULED,
    times: tuple[datetime, datetime] | None = None,
) -> RoomBooking:
    """Book a place for the time of the appointment (or ``times``) and the pause after it. Raises
    Refused where the place is unfit for it."""
    starts, ends = times or (appointment.starts, appointment.ends)
    at = spot(work, place_id, appointment.office_id, day_of(starts))
    require_channel(at, appointment.channel)
    require_fit(at, persons, needs, overruled)
    return work.add(
        RoomBooking(
            id=new_id(),
            place_id=place_id,
            office_id=appointment.office_id,
            appointment_id=appointment.id,
            starts=starts,
            ends=ends,
            blocked_until=ends + timedelta(minutes=at.pause.minutes),
            persons=persons,
        )
    )


def move_booking(
    work: Work,
    booking: RoomBooking,
    place_id: UUID,
    starts: datetime,
    ends: datetime,
    overruled: frozenset[str] = NOTHING_OVERRULED,
) -> RoomBooking:
    """The booking in another place or at another time, with the pause of that place.

    Raises Refused where the place is unfit.
    """
    at = spot(work, place_id, booking.office_id, day_of(starts))
    if booking.appointment_id is not None:
        require_channel(at, work.get(Appointment, booking.appointment_id).channel)
        needs = needs_of(work, booking.appointment_id)
        require_fit(at, booking.persons, needs, overruled)
    return work.change(
        booking,
        place_id=place_id,
        starts=starts,
        ends=ends,
        blocked_until=ends + timedelta(minutes=at.pause.minutes),
    )


def release(work: Work, appointment_id: UUID) -> None:
    """Give the place back."""
    booking = booking_of(work, appointment_id)
    if booking is not None:
        work.change(booking, state=RoomBookingState.RELEASED, active=False)
