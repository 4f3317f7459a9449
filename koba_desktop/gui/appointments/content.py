"""What the form holds, as values: for comparing, for drafts, and for the commands."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import instant, wall, whole_minutes
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.vocabulary import AppointmentState, Channel, Urgency, UrgencyCategory
from koba_desktop.i18n import _, formats
from koba_desktop.i18n.words import word
from koba_desktop.services.appointments.detail import AppointmentDetail

LONGEST = 60  # letters of a text that is shown beside its other version


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """``name`` is what stands in the client field: of the client, or of a visitor without number.

    ``day`` and ``at`` are the office's wall clock.
    """

    client_id: UUID | None = None
    name: str = ""
    kind_id: UUID | None = None
    channel: Channel = Channel.TELEPHONE
    urgency: Urgency = Urgency.NONE
    category: UrgencyCategory | None = None
    advisor_id: UUID | None = None
    day: date
    at: time
    minutes: int = 30
    phone: str = ""
    purpose: str = ""
    state: AppointmentState = AppointmentState.CONFIRMED
    by_letter: bool = False
    place_id: UUID | None = None  # None: the best that is free then
    persons: int = 2

    @property
    def starts(self) -> datetime:
        return instant(self.day, self.at)

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)

    def with_start(self, starts: datetime) -> "Content":
        local = wall(starts)
        return replace(self, day=local.date(), at=local.time())

    def same_slot(self, other: "Content") -> bool:
        """Whether nothing differs that moving is about."""
        return (self.starts, self.minutes, self.advisor_id, self.channel) == (
            other.starts,
            other.minutes,
            other.advisor_id,
            other.channel,
        )

    def same_place(self, other: "Content") -> bool:
        """Whether room and persons are the same; by telephone there are none."""
        if self.channel is Channel.TELEPHONE:
            return True
        return (self.place_id, self.persons) == (other.place_id, other.persons)

    def same_details(self, other: "Content") -> bool:
        return (self.kind_id, self.phone.strip(), self.purpose.strip()) == (
            other.kind_id,
            other.phone.strip(),
            other.purpose.strip(),
        )

    def to_json(self) -> dict[str, Any]:
        """For a draft."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: value if value is None or isinstance(value, bool | int) else str(value)
            for name, value in values.items()
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Content":
        """The content of a draft. Raises KeyError or ValueError for what is none."""

        def made(kind: Any, name: str) -> Any:
            value = values.get(name)
            return None if value is None else kind(value)

        return cls(
            client_id=made(UUID, "client_id"),
            name=values["name"],
            kind_id=made(UUID, "kind_id"),
            channel=Channel(values["channel"]),
            urgency=Urgency(values["urgency"]),
            category=made(UrgencyCategory, "category"),
            advisor_id=made(UUID, "advisor_id"),
            day=date.fromisoformat(values["day"]),
            at=time.fromisoformat(values["at"]),
            minutes=int(values["minutes"]),
            phone=values["phone"],
            purpose=values["purpose"],
            state=AppointmentState(values["state"]),
            by_letter=bool(values["by_letter"]),
            place_id=made(UUID, "place_id"),
            persons=int(values.get("persons", 2)),
        )


def content_of(detail: AppointmentDetail) -> Content:
    """The form of an appointment as it stands."""
    row = detail.row
    filled = adopt(
        Content(
            client_id=row.client_id,
            name=formats.name_sorted(row.family_name, row.given_name),
            purpose=detail.purpose,
            day=wall(row.starts).date(),
            at=wall(row.starts).time(),
            place_id=detail.booking.place_id if detail.booking is not None else None,
            persons=detail.booking.persons if detail.booking is not None else 2,
        ),
        detail.appointment,
    )
    proposed = row.state is AppointmentState.PROPOSED
    return replace(filled, by_letter=proposed and row.letter_state is not None)


def adopt(content: Content, appointment: Appointment) -> Content:
    """The content with everything the record of the appointment says."""
    local = wall(appointment.starts)
    return replace(
        content,
        kind_id=appointment.kind_id,
        channel=appointment.channel,
        urgency=appointment.urgency,
        category=appointment.urgency_category,
        advisor_id=appointment.advisor_id,
        day=local.date(),
        at=local.time(),
        minutes=whole_minutes(appointment.ends - appointment.starts),
        phone=appointment.phone,
        state=appointment.state,
    )


COMPARED = (
    "kind_id",
    "channel",
    "advisor_id",
    "starts",
    "minutes",
    "place_id",
    "persons",
    "phone",
    "purpose",
)
"""What two people may have changed; the state has its own steps."""


def compared(content: Content) -> dict[str, Any]:
    """The values of the fields that are compared, by name."""
    return {name: getattr(content, name) for name in COMPARED}


def with_values(content: Content, values: dict[str, Any]) -> Content:
    """The content with the values of these fields."""
    others = {name: value for name, value in values.items() if name != "starts"}
    content = replace(content, **others)
    return content.with_start(values["starts"]) if "starts" in values else content


def field_names() -> dict[str, str]:
    return {
        "kind_id": _("Kind"),
        "channel": _("Channel"),
        "advisor_id": _("Advisor"),
        "starts": _("Time"),
        "minutes": _("Duration"),
        "place_id": _("Room"),
        "persons": _("Persons"),
        "phone": _("Telephone"),
        "purpose": _("Purpose"),
    }


def field_text(name: str, value: Any, names: Mapping[Any, str]) -> str:
    """A value of the form as the screen says it; ``names`` are those of kinds, advisors, places."""
    if value is None or value == "":
        return "–"
    if name in ("kind_id", "advisor_id", "place_id"):
        return names.get(value, "–")
    if name == "channel":
        return word(value)
    if name == "starts":
        return formats.moment_of(value)
    if name == "minutes":
        return _("{n} minutes").format(n=value)
    text = " ".join(str(value).split())
    return f"{text[:LONGEST]}…" if len(text) > LONGEST else text
