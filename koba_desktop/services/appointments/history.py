"""The history of an appointment: one entry a change, with the former and the new values."""

from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    ChangeReason,
)
from koba_desktop.domain.vocabulary import ChangeCause, ChangeKind, ReasonCode
from koba_desktop.services.ids import new_id
from koba_desktop.services.work import Work

_FIELDS = ("starts", "ends", "advisor_id", "channel", "kind_id", "state", "phone")


def remember(
    work: Work,
    kind: ChangeKind,
    before: Appointment | None,
    after: Appointment,
    *,
    room_before: UUID | None = None,
    room_after: UUID | None = None,
    reason: ReasonCode | None = None,
    text: str = "",
    letter_id: UUID | None = None,
    cause: ChangeCause | None = None,
) -> AppointmentChange:
    """Add an entry with the fields that differ.

    ``before`` None: it was made now. A withdrawn appointment has no values: taking back its
    booking leaves an empty ``after``, and booking it again an empty ``before``. ``text`` beside a
    coded reason goes to its own table (social data); ``cause`` is the program's own reason.
    """
    old, new = _values(before, room_before), _values(after, room_after)
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    caused = {"cause": cause.value} if cause is not None else {}
    entry = work.add(
        AppointmentChange(
            id=new_id(),
            appointment_id=after.id,
            kind=kind,
            before={name: old[name] for name in changed if name in old},
            after={name: new[name] for name in changed if name in new} | caused,
            reason=reason,
            letter_id=letter_id,
        )
    )
    if text.strip():
        work.add(ChangeReason(id=new_id(), subject_id=entry.id, text=text.strip()))
    return entry


def remember_letter(work: Work, appointment: Appointment, letter_id: UUID) -> None:
    """Note that a letter about the appointment as it stands was laid in the outbox."""
    remember(work, ChangeKind.DETAILS, appointment, appointment, letter_id=letter_id)


def _values(appointment: Appointment | None, room_id: UUID | None) -> dict[str, Any]:
    if appointment is None or appointment.withdrawn_at is not None:
        return {}
    values = {name: _json(getattr(appointment, name)) for name in _FIELDS}
    if room_id is not None:
        values["room_id"] = str(room_id)
    return values


def _json(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case UUID():
            return str(value)
        case _:
            return value
