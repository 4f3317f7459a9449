"""Gathering what decides about a slot: one read of each kind for all advisors and days."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import day_bounds, day_of
from koba_desktop.domain.entities.appointments import AppointmentKind, Hold, Participant
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.entities.staff import Absence, Staff, StaffRole, WorkingPattern
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.modes import timeline
from koba_desktop.domain.patterns import on_duty
from koba_desktop.domain.places import Situation, misfit
from koba_desktop.domain.policy import value_in_force
from koba_desktop.domain.slots import AdvisorFacts, Facts, PlaceFacts
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import ACTIVE_STATES, Channel, Role, RoomKind
from koba_desktop.i18n import _
from koba_desktop.services.calendar.hours import OfficeHours, days_between
from koba_desktop.services.ports import After, AnyOf, Before, Reader
from koba_desktop.services.rooms.situations import (
    HouseRules,
    house_rules,
    places_of,
    rooms_in_use,
)
from koba_desktop.services.slots.query import SlotQuery
from koba_desktop.services.view import View

DAY = timedelta(days=1)


class Gathering:
    """The facts for one query from ``earliest`` to ``latest`` (exclusive)."""

    def __init__(
        self,
        view: View,
        query: SlotQuery,
        settings: Iterable[Setting],
        earliest: datetime,
        latest: datetime,
        by_post: date | None,
    ) -> None:
        self.view = view
        self.query = query
        self.settings = tuple(settings)
        self.earliest, self.latest, self.by_post = earliest, latest, by_post
        self.first, self.last = day_of(earliest), day_of(max(latest, earliest))
        # A conversation may begin on the last day and end after it.
        self.since = day_bounds(self.first)[0]
        self.until = day_bounds(self.last)[1] + timedelta(minutes=query.minutes)
        self.days = tuple(days_between(self.first, self.last))

    def facts(self, staff: Iterable[Staff]) -> Facts:
        staff = tuple(staff)
        self._ask_ahead(staff)
        query, reader = self.query, self.view.reader
        hours = OfficeHours(self.view, query.office_id, self.first)
        holds = [
            hold
            for hold in self._holds(reader)
            if hold.ends > self.since and hold.changed_by != self.view.viewer
        ]
        personal = query.channel is not Channel.TELEPHONE
        cap = self._policy("visitors.cap")
        cap_half_hour = self._policy("visitors.cap_half_hour")
        capped = query.channel is Channel.IN_PERSON and (cap, cap_half_hour) != (None, None)
        return Facts(
            now=self.view.now,
            earliest=self.earliest,
            latest=self.latest,
            minutes=query.minutes,
            grid_minutes=self._policy("slots.grid_minutes"),
            channel=query.channel,
            urgency=query.urgency,
            channel_allowed=self._channel_allowed(),
            days=tuple(hours.on(day, query.channel) for day in self.days),
            modes=timeline(reader.find(OperatingMode, office_id=query.office_id)),
            advisors=self._advisors(staff, holds),
            client_busy=self._client_busy(),
            client_held=tuple(
                Interval(hold.starts, hold.ends)
                for hold in holds
                if query.client_id is not None and hold.client_id == query.client_id
            ),
            by_post=self.by_post,
            places=self._places(holds) if personal else None,
            visits=self._visits() if capped else (),
            cap=cap,
            cap_half_hour=cap_half_hour,
        )

    def _ask_ahead(self, staff: tuple[Staff, ...]) -> None:
        """What the facts are made of, in one go."""
        query = self.query
        self.view = self.view.ahead(
            lambda ask: (
                self._holds(ask),
                self._absences(ask, AnyOf.of(member.id for member in staff)),
                [self._times(ask, member.id) for member in staff],
                self._parts(ask) if query.client_id is not None else (),
                ask.room_bookings_between(query.office_id, self.since, self.until + DAY)
                if query.channel is not Channel.TELEPHONE
                else (),
            )
        )

    def _holds(self, reader: Reader) -> list[Hold]:
        return reader.find(Hold, until=After(self.view.now), starts=Before(self.until))

    def _absences(self, reader: Reader, ids: AnyOf) -> list[Absence]:
        return reader.find(Absence, staff_id=ids, ends=After(self.since))

    def _times(self, reader: Reader, advisor_id: UUID) -> list[tuple[datetime, datetime]]:
        return reader.advisor_times(
            advisor_id, self.since, self.until, ignore=self.query.ignore_appointment
        )

    def _parts(self, reader: Reader) -> list[Participant]:
        return reader.find(
            Participant, client_id=self.query.client_id, active=True, ends=After(self.since)
        )

    def _policy(self, key: str) -> Any:
        return value_in_force(self.settings, key, self.query.office_id, self.first)

    def _channel_allowed(self) -> bool:
        if self.query.kind_id is None:
            return True
        kind = self.view.reader.get(AppointmentKind, self.query.kind_id)
        outdoors = self.query.channel is Channel.OUTDOORS and kind.outdoors_allowed
        return outdoors or self.query.channel in kind.channels

    # --- advisors and client ----------------------------------------------------------------------

    def _advisors(self, staff: tuple[Staff, ...], holds: list[Hold]) -> tuple[AdvisorFacts, ...]:
        reader = self.view.reader
        ids = AnyOf.of(member.id for member in staff)
        patterns: dict[tuple[UUID, int], list[WorkingPattern]] = defaultdict(list)
        for pattern in reader.find(WorkingPattern, staff_id=ids):
            patterns[pattern.staff_id, pattern.weekday].append(pattern)
        absences: dict[UUID, list[tuple[Interval, str]]] = defaultdict(list)
        for absence in self._absences(reader, ids):
            span = Interval(absence.starts, absence.ends)
            absences[absence.staff_id].append((span, absence.label or _("not specified")))
        in_role = None if self.query.advisor_ids else self._days_in_role(ids)
        return tuple(
            AdvisorFacts(
                advisor_id=member.id,
                duty=tuple(
                    span
                    for day in self.days
                    if (in_role is None or (member.id, day) in in_role)
                    and (member.left_on is None or day < member.left_on)
                    for span in on_duty(
                        patterns[member.id, day.isoweekday()], day, self.query.channel
                    )
                ),
                absences=tuple(absences[member.id]),
                busy=self._busy(member.id),
                held=tuple(Interval(h.starts, h.ends) for h in holds if h.advisor_id == member.id),
            )
            for member in staff
        )

    def _busy(self, advisor_id: UUID) -> tuple[Interval, ...]:
        times = self._times(self.view.reader, advisor_id)
        return tuple(Interval(starts, ends) for starts, ends in times)

    def _days_in_role(self, ids: AnyOf) -> set[tuple[UUID, date]]:
        """The days on which each is an advisor of the office."""
        roles = self.view.reader.find(
            StaffRole, staff_id=ids, office_id=self.query.office_id, role=Role.ADVISOR
        )
        return {(role.staff_id, day) for role in roles for day in self.days if valid_on(role, day)}

    def _client_busy(self) -> tuple[Interval, ...]:
        if self.query.client_id is None:
            return ()
        return tuple(
            Interval(part.starts, part.ends)
            for part in self._parts(self.view.reader)
            if part.appointment_id != self.query.ignore_appointment
        )

    # --- rooms and visitors -----------------------------------------------------------------------

    def _places(self, holds: list[Hold]) -> tuple[PlaceFacts, ...]:
        """The places of the office's rooms (or of its outdoor places), with the longest pause
        that hygiene asks of each in the time in question."""
        reader, office_id = self.view.reader, self.query.office_id
        outdoors = self.query.channel is Channel.OUTDOORS
        rules = house_rules(reader, office_id)
        rooms = [
            room
            for room in rooms_in_use(reader, office_id, self.last)
            if (room.kind is RoomKind.OUTDOOR) is outdoors
        ]
        places = places_of(reader, rooms)
        used: dict[UUID, list[Interval]] = defaultdict(list)
        blocked: dict[UUID, list[Interval]] = defaultdict(list)
        for hold in holds:
            if hold.place_id is not None:
                used[hold.place_id].append(Interval(hold.starts, hold.ends))
        for booking in reader.room_bookings_between(office_id, self.since, self.until + DAY):
            if (
                booking.appointment_id is None
                or booking.appointment_id != self.query.ignore_appointment
            ):
                used[booking.place_id].append(Interval(booking.starts, booking.ends))
                blocked[booking.place_id].append(Interval(booking.starts, booking.blocked_until))
        return tuple(
            PlaceFacts(
                used=tuple(used[place.id]),
                blocked=tuple(blocked[place.id]),
                pause=self._pause(rules, room),
            )
            for room in rooms
            for place in places[room.id]
            if self._fits(rules, room, place, len(places[room.id]))
        )

    def _fits(self, rules: HouseRules, room: Room, place: Place, places: int) -> bool:
        if not self.query.persons:
            return True
        at = Situation(
            room=room,
            place_id=place.id,
            number=place.number,
            of=places,
            capacity=rules.capacity(room, places, self.first),
            pause=rules.pause(room, self.first),
            taken=(),
        )
        return misfit(at, self.query.persons, self.query.needs) is None

    def _pause(self, rules: HouseRules, room: Room) -> timedelta:
        """The longest pause of the days in question."""
        return timedelta(minutes=max(rules.pause(room, day).minutes for day in self.days))

    def _visits(self) -> tuple[Interval, ...]:
        rows = self.view.reader.appointments_between(self.query.office_id, self.since, self.until)
        visits = [
            row
            for row in rows
            if row.channel is Channel.IN_PERSON
            and row.state in ACTIVE_STATES
            and row.id != self.query.ignore_appointment
        ]
        return tuple(
            Interval(row.starts, row.ends) for row in visits for _ in range(row.participants)
        )
