"""Where moved appointments were before: the calendar shows it on request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.entities.appointments import AppointmentChange
from koba_desktop.domain.vocabulary import ChangeKind
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.rows import AppointmentRow
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class FormerTime:
    """The last former time of an appointment; ``name`` is the client's family name."""

    appointment_id: UUID
    name: str
    starts: datetime
    ends: datetime
    advisor_id: UUID


def former_times(view: View, rows: Sequence[AppointmentRow]) -> tuple[FormerTime, ...]:
    """The time each of these appointments had before it was last moved."""
    moved = {row.id: row for row in rows if row.moved}
    if not moved:
        return ()
    changes = view.reader.find(
        AppointmentChange,
        appointment_id=AnyOf.of(moved),
        order_by="created_at",
    )
    last = {c.appointment_id: c for c in changes if c.kind is ChangeKind.MOVED}
    return tuple(_former(moved[key], change) for key, change in last.items())


def _former(row: AppointmentRow, change: AppointmentChange) -> FormerTime:
    def moment(key: str, now: datetime) -> datetime:
        return datetime.fromisoformat(change.before[key]) if key in change.before else now

    advisor = change.before.get("advisor_id")
    return FormerTime(
        row.id,
        row.family_name or row.given_name,
        moment("starts", row.starts),
        moment("ends", row.ends),
        UUID(str(advisor)) if advisor else row.advisor_id,
    )
