"""The small data every screen needs by heart: offices, staff, kinds of appointment, settings."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.modes import IncidenceValue, OperatingMode
from koba_desktop.domain.entities.office import Office, Setting
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.modes import timeline
from koba_desktop.domain.policy import postal_rules, value_in_force
from koba_desktop.domain.postal import is_collection_day
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import Mode, Role
from koba_desktop.services.letters.outbox import count_to_print
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.ports import Reader
from koba_desktop.services.view import View

_CORRECTIONS = 20  # values that may stand beside each other for one day


@dataclass(frozen=True, slots=True)
class OfficeBook:
    """Read once, and again when Topic.OFFICE changes. Held by the window."""

    offices: tuple[Office, ...]
    staff: tuple[Staff, ...]
    roles: tuple[StaffRole, ...]
    kinds: tuple[AppointmentKind, ...]
    demo: bool

    def office(self, office_id: UUID) -> Office:
        return next(o for o in self.offices if o.id == office_id)

    def member(self, staff_id: UUID) -> Staff:
        return next(s for s in self.staff if s.id == staff_id)

    def kind(self, kind_id: UUID) -> AppointmentKind:
        return next(k for k in self.kinds if k.id == kind_id)

    def advisors(self, office_id: UUID, day: date) -> tuple[Staff, ...]:
        """The advisors of an office on a day, by name."""
        held = {
            r.staff_id
            for r in self.roles
            if r.office_id == office_id and r.role is Role.ADVISOR and valid_on(r, day)
        }
        return tuple(
            sorted(
                (s for s in self.staff if s.id in held), key=lambda s: (s.family_name, s.given_name)
            )
        )


@dataclass(frozen=True, slots=True)
class Status:
    """The status bar. ``collection`` is the last collection of today as "14:00", or ""."""

    mode: Mode
    mode_reason: str
    mode_since: date | None
    next_mode: Mode | None
    next_mode_from: date | None
    letters_to_print: int
    collection: str
    incidence: float | None
    incidence_day: date | None


def office_book(view: View) -> OfficeBook:
    """All offices, staff and kinds, former ones among them: old appointments still name them."""
    reader = view.reader
    return OfficeBook(
        offices=tuple(reader.find(Office, order_by="name")),
        staff=tuple(reader.find(Staff, order_by="family_name")),
        roles=tuple(reader.find(StaffRole)),
        kinds=tuple(reader.find(AppointmentKind, order_by="position")),
        demo=is_demo(reader),
    )


def office_status(view: View, office_id: UUID) -> Status:
    """What the status bar says of an office now."""
    office = view.reader.get(Office, office_id)
    modes = timeline(view.reader.find(OperatingMode, office_id=office_id))
    mode = modes.row_at(view.now)
    coming = modes.planned(view.now)
    incidence = _latest_incidence(view, office.district_key)
    return Status(
        mode=modes.at(view.now),
        mode_reason=mode.reason if mode is not None else "",
        mode_since=day_of(mode.valid_from) if mode is not None else None,
        next_mode=coming[0].mode if coming else None,
        next_mode_from=day_of(coming[0].valid_from) if coming else None,
        letters_to_print=count_to_print(view, office_id),
        collection=_collection_today(view, office_id),
        incidence=incidence.value if incidence is not None else None,
        incidence_day=incidence.day if incidence is not None else None,
    )


def _collection_today(view: View, office_id: UUID) -> str:
    rules = postal_rules(view.reader.find(Setting), office_id, view.today)
    collects = is_collection_day(view.today, rules, view.is_holiday)
    return f"{rules.collection:%H:%M}" if collects else ""


def _latest_incidence(view: View, district_key: str) -> IncidenceValue | None:
    """The value of the latest day, as it was published first."""
    latest = _latest_values(view.reader, district_key)
    of_day = [value for value in latest if value.day == latest[0].day]
    return min(of_day, key=lambda value: (value.published_on, value.id), default=None)


def _latest_values(reader: Reader, district_key: str) -> list[IncidenceValue]:
    """More than one day is ever corrected."""
    return reader.find(
        IncidenceValue, district_key=district_key, order_by="-day", limit=_CORRECTIONS
    )


def setting(view: View, office_id: UUID | None, key: str) -> Any:
    """The policy value in force today for the office (domain.policy gives the default)."""
    return value_in_force(view.reader.find(Setting, key=key), key, office_id, view.today)
