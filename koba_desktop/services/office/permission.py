"""Who may save which master data: administrators all of it, leads what belongs to their office."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from koba_desktop.domain import rights
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.entities.staff import Absence, Staff, StaffRole, WorkingPattern
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Role
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.office.entitlement import not_entitled, roles_of
from koba_desktop.services.work import Work, same_content

_GIVEN_BY_ADMINISTRATORS = (Role.ADMINISTRATOR, Role.DATA_PROTECTION)


def require_permission(work: Work, command: SaveMasterData) -> None:
    """Raises Refused ``not_entitled``.

    Where nobody has a role yet the office is being set up, by whomever; and everybody may tell
    which login of the PC is his or her own.
    """
    roles = roles_of(work.reader, work.actor.staff_id, work.today)
    if any(role.role is Role.ADMINISTRATOR for role in roles):
        return
    if not work.reader.find(StaffRole, limit=1) or _only_links_own_login(work, command):
        return
    for record in _concerned(work, command):
        office_id = _office_of(work, record, command)
        if office_id is None or _is_given_by_administrators(record):
            raise not_entitled()
        if Right.SAVE_MASTER_DATA not in rights.rights_in(roles, office_id):
            raise not_entitled()


def require_administrator(work: Work) -> None:
    """What holds in all offices is for administrators, or for whom an office is being set up by.
    Raises Refused ``not_entitled``."""
    roles = roles_of(work.reader, work.actor.staff_id, work.today)
    administers = any(role.role is Role.ADMINISTRATOR for role in roles)
    if not administers and work.reader.find(StaffRole, limit=1):
        raise not_entitled()


def _concerned(work: Work, command: SaveMasterData) -> Iterator[Changeable]:
    """What is to be written, and what stands there: nothing is taken from another office."""
    for record in (*command.records, *command.removed):
        yield record
        stored = work.first(type(record), id=record.id)
        if stored is not None:
            yield stored


def _office_of(work: Work, record: Changeable, command: SaveMasterData) -> UUID | None:
    """The one office a record belongs to; None for what holds in all of them."""

    def parent(kind: type[Staff] | type[Room], record_id: UUID) -> UUID | None:
        fresh = next(
            (r for r in command.records if isinstance(r, kind) and r.id == record_id), None
        )
        found = fresh or work.first(kind, id=record_id)
        return found.office_id if isinstance(found, Staff | Room) else None

    match record:
        case Office():
            return record.id
        case WorkingPattern() | Absence():
            return parent(Staff, record.staff_id)
        case Place():
            return parent(Room, record.room_id)
        case _:
            return getattr(record, "office_id", None)


def _is_given_by_administrators(record: Changeable) -> bool:
    return isinstance(record, StaffRole) and record.role in _GIVEN_BY_ADMINISTRATORS


def _only_links_own_login(work: Work, command: SaveMasterData) -> bool:
    """Whether all that changes is which person the login of this PC stands for."""
    if command.removed:
        return False
    for record in command.records:
        stored = work.first(Staff, id=record.id)
        if stored is None or not isinstance(record, Staff):
            return False
        if not same_content(replace(record, os_user=stored.os_user), stored):
            return False
        if record.os_user is not None and record.id != work.actor.staff_id:
            return False
    return True
