"""What hardly ever changes and every question needs: kept in memory beside a shared database, and
whole in the copy for an outage."""

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.letters import Template, TemplateReview, TemplateVersion
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.office import ClosingDay, Office, OpeningHours, Setting
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room
from koba_desktop.domain.entities.staff import Staff, StaffRole, WorkingPattern
from koba_desktop.domain.records import Record

MASTER_KINDS: tuple[type[Record], ...] = (
    Office,
    OpeningHours,
    ClosingDay,
    Setting,
    Staff,
    StaffRole,
    WorkingPattern,
    AppointmentKind,
    Room,
    Place,
    HygieneProfile,
    OperatingMode,
    Template,
    TemplateVersion,
    TemplateReview,
)
