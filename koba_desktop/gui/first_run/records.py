"""From what was typed to the records of the first office, all saved in one step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.office import Office, OpeningHours
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room
from koba_desktop.domain.entities.staff import Staff, StaffRole, WorkingPattern
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Channel, RoomKind
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.usual import usual_kinds

Values = Mapping[str, Any]
PERSONS_A_TALK = 2
"""So many of the persons a place outside has room for make up one consultation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRecords:
    """The office, its first member, and what they begin with; ``hours`` by weekday."""

    office: Office
    member: Staff
    roles: tuple[StaffRole, ...] = ()
    hours: tuple[tuple[int, OpeningHours], ...] = ()
    patterns: tuple[WorkingPattern, ...] = ()
    kinds: tuple[AppointmentKind, ...] = ()
    rooms: tuple[tuple[Room, tuple[Place, ...]], ...] = ()
    hygiene: HygieneProfile | None = None

    def all(self) -> tuple[Changeable, ...]:
        return (
            self.office,
            self.member,
            *self.roles,
            *(row for _day, row in self.hours),
            *self.patterns,
            *self.kinds,
            *(row for room, places in self.rooms for row in (room, *places)),
            *((self.hygiene,) if self.hygiene is not None else ()),
        )

    def place_of(self, problem: Problem) -> tuple[str, Problem]:
        """Which step a problem with these records belongs to ("office", "person", "times"), and
        the problem with ``where`` as that step names its fields."""
        record_id, _dot, field = problem.where.partition(".")
        step, where = self._places().get(record_id, ("person", "roles"))
        named = where if step == "person" and where else f"{where}{field}"
        return step, Problem(problem.code, problem.params, named)

    def _places(self) -> dict[str, tuple[str, str]]:
        """Record to step, and how its fields begin there ("rooms.1."), or the one field meant."""
        places = {str(self.office.id): ("office", ""), str(self.member.id): ("person", "")}
        places |= {str(role.id): ("person", "roles") for role in self.roles}
        places |= {str(row.id): ("times", f"hours.{day}.") for day, row in self.hours}
        places |= {
            str(room.id): ("times", f"rooms.{at}.") for at, (room, _places) in enumerate(self.rooms)
        }
        if self.hygiene is not None:
            places[str(self.hygiene.id)] = ("times", "hygiene.")
        return places


def first_records(
    office: Values, person: Values, times: Values, *, os_user: str, today: date
) -> FirstRecords:
    """What the three steps say, valid from ``today``."""
    site = _office(office)
    member = _member(person, site.id, os_user)
    return FirstRecords(
        office=site,
        member=member,
        roles=tuple(
            StaffRole(
                id=new_id(), staff_id=member.id, office_id=site.id, role=role, valid_from=today
            )
            for role in person["roles"]
        ),
        hours=_hours(times, site.id, today),
        patterns=_patterns(times, member.id, today) if times["consult"] else (),
        kinds=usual_kinds() if times["kinds"] else (),
        rooms=tuple(
            _room(values, site.id, position) for position, values in enumerate(times["rooms"], 1)
        ),
        hygiene=_hygiene(times["hygiene"], site.id, today),
    )


NOTHING_YET: Values = {"hours": {}, "consult": False, "kinds": False, "rooms": [], "hygiene": None}
"""What the third step says before one has been there."""


def _office(values: Values) -> Office:
    place = f"{values['postcode']} {values['town']}".strip()
    lines = (values["name"], values["street"], place)
    return Office(id=new_id(), reply_lines=tuple(line for line in lines if line), **values)


def _member(values: Values, office_id: UUID, os_user: str) -> Staff:
    said = {name: value for name, value in values.items() if name != "roles"}
    return Staff(
        id=new_id(),
        login=os_user or said["family_name"].casefold() or "–",
        office_id=office_id,
        os_user=os_user or None,
        **said,
    )


def _hours(times: Values, office_id: UUID, today: date) -> tuple[tuple[int, OpeningHours], ...]:
    """The same hours for every channel; they can part ways later."""
    return tuple(
        (
            weekday,
            OpeningHours(
                id=new_id(),
                office_id=office_id,
                channel=channel,
                weekday=weekday,
                opens=opens,
                closes=closes,
                valid_from=today,
            ),
        )
        for weekday, (opens, closes) in times["hours"].items()
        for channel in Channel
    )


def _patterns(times: Values, staff_id: UUID, today: date) -> tuple[WorkingPattern, ...]:
    return tuple(
        WorkingPattern(
            id=new_id(),
            staff_id=staff_id,
            weekday=weekday,
            starts=opens,
            ends=closes,
            valid_from=today,
        )
        for weekday, (opens, closes) in times["hours"].items()
    )


def _room(values: Values, office_id: UUID, position: int) -> tuple[Room, tuple[Place, ...]]:
    room = Room(id=new_id(), office_id=office_id, position=position, **values)
    outdoors = room.kind is RoomKind.OUTDOOR
    talks = max(1, room.seats // PERSONS_A_TALK) if outdoors else 1
    places = (Place(id=new_id(), room_id=room.id, number=n + 1) for n in range(talks))
    return room, tuple(places)


def _hygiene(values: Values | None, office_id: UUID, today: date) -> HygieneProfile | None:
    if values is None:
        return None
    return HygieneProfile(id=new_id(), office_id=office_id, valid_from=today, **values)
