"""Offices, staff, hours, rooms, kinds, settings: one form, one transaction, problems by field."""

from dataclasses import replace
from typing import Any

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.office import ClosingDay, Office, OpeningHours, Setting
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room
from koba_desktop.domain.entities.staff import Absence, Staff, StaffRole, WorkingPattern
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.records import Changeable
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.office.permission import require_permission
from koba_desktop.services.office.validators import problems_of, problems_together
from koba_desktop.services.work import Work

# Parents first: an office is written before its rooms.
_ORDER: tuple[type[Changeable], ...] = (
    Office,
    Staff,
    StaffRole,
    OpeningHours,
    ClosingDay,
    Setting,
    WorkingPattern,
    Absence,
    AppointmentKind,
    Room,
    Place,
    HygieneProfile,
)
_REMOVABLE = (
    OpeningHours,
    ClosingDay,
    WorkingPattern,
    Absence,
    StaffRole,
    Setting,
    HygieneProfile,
    Place,  # one that was ever booked is kept by its bookings
)


def save_master_data(work: Work, command: SaveMasterData) -> dict[str, Any]:
    """Raises Refused with every field that is wrong, or ``not_entitled``; Conflict.

    ``where`` names the field; where several records are saved at once, the record's id stands in
    front of it: "<id>.opens".
    """
    for record in (*command.records, *command.removed):
        if type(record) not in _ORDER:
            raise TypeError(f"{type(record).__name__} is no master data")
    require_permission(work, command)
    for record in command.removed:
        if not isinstance(record, _REMOVABLE):
            raise Refused(Problem("has_history", {"kind": type(record).__name__}))
    several = len(command.records) > 1
    problems = [
        replace(p, where=_place(f"{record.id}.{p.where}", several))
        for record in command.records
        for p in problems_of(work.reader, record, command.records)
    ]
    if problems:
        raise Refused(*problems)
    for record in command.removed:
        work.remove(work.seen(type(record), record.id, record.version))
    for record in sorted(command.records, key=lambda r: _ORDER.index(type(r))):
        work.save(record)
    together = problems_together(work.reader, command, work.today)
    if together:
        raise Refused(*(replace(p, where=_place(p.where, several)) for p in together))
    return {"ids": [record.id for record in command.records]}


def _place(where: str, several: bool) -> str:
    """Of one record alone, the field is enough."""
    return where if several else where.partition(".")[2] or where
