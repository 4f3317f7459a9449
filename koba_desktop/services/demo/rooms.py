"""The rooms of the demonstration: which places the appointments of a day take."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain import airing
from koba_desktop.domain.clock import whole_minutes
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.vocabulary import (
    ACTIVE_STATES,
    AppointmentState,
    Channel,
    RoomBookingState,
    RoomKind,
)
from koba_desktop.services.demo.house import Branch, House
from koba_desktop.services.demo.maker import Maker

_AIRING_CAP = 30  # minutes, the default of the office's setting


class DayRooms:
    """Which places of an office are taken on a day, pauses included."""

    def __init__(self, maker: Maker, house: House, branch: Branch) -> None:
        self._maker = maker
        self._house = house
        self._branch = branch
        self._taken: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
        for closed in branch.closures:
            self._taken[closed.place_id].append((closed.starts, closed.blocked_until))

    def book(self, a: Appointment, made: datetime) -> RoomBooking | None:
        """The first place that is free, pause included; None where there is none.

        ``made`` is when the appointment was agreed, and the place with it.
        """
        outdoors = a.channel is Channel.OUTDOORS
        for room, places in self._branch.rooms:
            if (room.kind is RoomKind.OUTDOOR) is not outdoors:
                continue
            until = a.ends + self._pause(room, a.starts.date())
            for place in places:
                taken = self._taken[place.id]
                if all(until <= starts or ends <= a.starts for starts, ends in taken):
                    state = self._state(a, until)
                    if state not in (RoomBookingState.FREE, RoomBookingState.RELEASED):
                        taken.append((a.starts, until))
                    return self._booking(a, made, place, until, state)
        return None

    def take(self, starts: datetime, ends: datetime) -> tuple[Room, Place, int] | None:
        """The first room that is free then, with its pause in minutes; taken from now on."""
        for room, places in self._branch.rooms:
            if room.kind is RoomKind.OUTDOOR:
                continue
            pause = self._pause(room, starts.date())
            for place in places:
                taken = self._taken[place.id]
                if all(ends + pause <= s or e <= starts for s, e in taken):
                    taken.append((starts, ends + pause))
                    return room, place, whole_minutes(pause)
        return None

    def _booking(
        self, a: Appointment, made: datetime, place: Place, until: datetime, state: RoomBookingState
    ) -> RoomBooking:
        return RoomBooking(
            **self._maker.stamps(made, a.advisor_id),
            place_id=place.id,
            office_id=a.office_id,
            appointment_id=a.id,
            starts=a.starts,
            ends=a.ends,
            blocked_until=until,
            persons=3 if self._maker.chance(0.1) else 2,
            state=state,
            active=state not in (RoomBookingState.FREE, RoomBookingState.RELEASED),
            **self._steps(a, state),
        )

    def _steps(self, a: Appointment, state: RoomBookingState) -> dict[str, Any]:
        """When each step of the room cycle was taken."""
        steps: dict[str, Any] = {}
        if state is not RoomBookingState.RESERVED and state is not RoomBookingState.RELEASED:
            steps["occupied_at"] = a.starts
        if state in (RoomBookingState.AIRING, RoomBookingState.FREE):
            steps["vacated_at"] = a.ends
        return steps

    def _state(self, a: Appointment, until: datetime) -> RoomBookingState:
        now = self._maker.now
        if a.state not in ACTIVE_STATES:
            return RoomBookingState.RELEASED
        if until <= now:
            return RoomBookingState.FREE
        if a.ends <= now:
            return RoomBookingState.AIRING
        return (
            RoomBookingState.OCCUPIED
            if a.state is AppointmentState.IN_PROGRESS
            else RoomBookingState.RESERVED
        )

    def _pause(self, room: Room, day: date) -> timedelta:
        profile = airing.profile_in_force(self._house.hygiene, room, day)
        return timedelta(minutes=airing.pause(room, profile, day, _AIRING_CAP).minutes)
