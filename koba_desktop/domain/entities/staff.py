"""The people who sign in, what they may do, and when advisors can hold what."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Channel, Role, Salutation


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff(Changeable):
    """A person who signs in. ``initials`` is the short sign shown on narrow blocks."""

    login: str
    family_name: str
    given_name: str = ""
    salutation: Salutation = Salutation.NONE
    initials: str = ""
    phone: str = ""
    email: str = ""
    office_id: UUID | None = None  # the home office
    team: str = ""
    os_user: str | None = None  # the operating system's user linked at first start
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRole(Changeable):
    """A role in one office; a deputy has a second row with its own validity."""

    staff_id: UUID
    office_id: UUID
    role: Role
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingPattern(Changeable):
    """When an advisor holds consultations on one ISO weekday.

    ``week_parity`` None is every week, 0 the even and 1 the odd ISO weeks. ``channels`` empty
    means all channels.
    """

    staff_id: UUID
    weekday: int
    starts: time
    ends: time
    valid_from: date
    valid_until: date | None = None
    week_parity: int | None = None
    channels: tuple[Channel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence(Changeable):
    """A time in which a staff member holds no consultation (leave, training, illness).

    The kind of absence is deliberately no more than a short word for colleagues.
    """

    staff_id: UUID
    starts: datetime
    ends: datetime
    label: str = ""
