"""The small data every screen needs by heart: offices, staff, kinds of appointment, settings."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.office import Office, Setting
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.policy import value_in_force
from koba_desktop.domain.vocabulary import Mode, Role
from koba_desktop.services.view import View


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
            if r.office_id == office_id
            and r.role is Role.ADVISOR
            and r.valid_from <= day
            and (r.valid_until is None or day <= r.valid_until)
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
    letters_to_clarify: int
    collection: str
    incidence: float | None
    incidence_day: date | None


def office_book(view: View) -> OfficeBook:
    raise NotImplementedError


def office_status(view: View, office_id: UUID) -> Status:
    raise NotImplementedError


def setting(view: View, office_id: UUID | None, key: str) -> Any:
    """The policy value in force today for the office (domain.policy gives the default)."""
    return value_in_force(view.reader.find(Setting, key=key), key, office_id, view.today)
