"""The places of an office as things stand, read once for the domain to choose among."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from koba_desktop.domain import airing, policy
from koba_desktop.domain.airing import Pause
from koba_desktop.domain.clock import day_bounds, day_of
from koba_desktop.domain.entities.appointments import Hold
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room
from koba_desktop.domain.hygiene import Capacity, capacity
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.places import Situation, Taken
from koba_desktop.domain.room_cycle import ready_at
from koba_desktop.domain.vocabulary import IN_USE, RefusalReason, RoomBookingState, RoomUse
from koba_desktop.services.ports import After, AnyOf, Before, Reader
from koba_desktop.services.rows import PlaceTime
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class HouseRules:
    """What hygiene asks of the rooms of an office, with everything the answers come from."""

    profiles: tuple[HygieneProfile, ...]
    settings: tuple[Setting, ...]

    def pause(self, room: Room, day: date) -> Pause:
        """The pause after a use of the room on a day."""
        cap = policy.value_in_force(self.settings, "airing.cap_minutes", room.office_id, day)
        return airing.pause(room, self.profile(room, day), day, cap)

    def capacity(self, room: Room, places: int, day: date) -> Capacity:
        return capacity(room, places, self.profile(room, day), day)

    def profile(self, room: Room, day: date) -> HygieneProfile | None:
        return airing.profile_in_force(self.profiles, room, day)

    def per_person(self, office_id: UUID, day: date) -> float:
        """CO2 somebody breathes out, m³ an hour."""
        litres = policy.value_in_force(self.settings, "air.co2_litres", office_id, day)
        return float(litres) / 1000


def house_rules(reader: Reader, office_id: UUID) -> HouseRules:
    return HouseRules(
        tuple(reader.find(HygieneProfile, office_id=office_id)), tuple(reader.find(Setting))
    )


def rooms_in_use(reader: Reader, office_id: UUID, day: date) -> list[Room]:
    """The rooms of an office that are used on a day, in their order."""
    return [
        room
        for room in reader.find(Room, office_id=office_id, order_by="position")
        if room.retired_on is None or day < room.retired_on
    ]


def places_of(reader: Reader, rooms: Iterable[Room]) -> dict[UUID, list[Place]]:
    """The places of each room, by number."""
    places: dict[UUID, list[Place]] = defaultdict(list)
    found = reader.find(Place, room_id=AnyOf.of(room.id for room in rooms), order_by="number")
    for place in found:
        places[place.room_id].append(place)
    return places


def situations(
    view: View,
    office_id: UUID,
    starts: datetime,
    ends: datetime,
    *,
    rules: HouseRules | None = None,
    ignore_appointment: UUID | None = None,
) -> list[Situation]:
    """Every place of the office with what takes it in [starts, ends), others' holds included."""
    day = day_of(starts)
    since = min(starts, day_bounds(day)[0])
    reader = view.reader.ahead(
        lambda ask: (
            ask.place_times(office_id, since, ends + timedelta(days=1)),
            ask.find(Hold, until=After(view.now), starts=Before(ends)),
        )
    )
    rules = rules or house_rules(reader, office_id)
    rooms = rooms_in_use(reader, office_id, day)
    places = places_of(reader, rooms)
    times: dict[UUID, list[PlaceTime]] = defaultdict(list)
    for time in reader.place_times(office_id, since, ends + timedelta(days=1)):
        # What an appointment has left is aired and cleaned whoever comes next.
        own = time.appointment_id is not None and time.appointment_id == ignore_appointment
        if not own or time.state in (RoomBookingState.AIRING, RoomBookingState.CLEANING):
            times[time.place_id].append(time)
    held: dict[UUID, list[Taken]] = defaultdict(list)
    for hold in reader.find(Hold, until=After(view.now), starts=Before(ends)):
        if hold.place_id is not None and hold.changed_by != view.viewer:
            span = Interval(hold.starts, hold.ends)
            held[hold.place_id].append(Taken(span, RefusalReason.ROOM_BUSY))
    found = []
    for room in rooms:
        pause = rules.pause(room, day)
        holds = rules.capacity(room, len(places[room.id]), day)
        for place in places[room.id]:
            taken = [_taken(time, pause, view.now) for time in times[place.id]]
            taken = [each for each in taken if each.interval.ends > since]
            found.append(
                Situation(
                    room=room,
                    place_id=place.id,
                    number=place.number,
                    of=len(places[room.id]),
                    capacity=holds,
                    pause=pause,
                    taken=tuple(sorted((*taken, *held[place.id]), key=lambda t: t.interval.starts)),
                )
            )
    return found


def _taken(time: PlaceTime, pause: Pause, now: datetime) -> Taken:
    """A booking as an obstacle: who is still in there is taken to leave now."""
    until = time.blocked_until
    reason = RefusalReason.ROOM_BUSY
    if time.use is RoomUse.MAINTENANCE:
        reason = RefusalReason.OUT_OF_SERVICE
    elif time.state in IN_USE:
        until = max(until, ready_at(time, pause, now))
        if time.state is not RoomBookingState.OCCUPIED:
            reason = RefusalReason.AIRING
    return Taken(Interval(time.starts, until), reason, time.label)
