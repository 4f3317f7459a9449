"""The master data of an office as the administration lists them."""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.office import Office, Setting
from koba_desktop.domain.entities.rooms import Place, Room
from koba_desktop.domain.entities.staff import Absence, Staff, StaffRole, WorkingPattern
from koba_desktop.domain.records import Changeable
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.view import View

_SHARED: tuple[type[Changeable], ...] = (Office, Staff, AppointmentKind)
_PERSONAL: tuple[type[Changeable], ...] = (WorkingPattern, Absence)


@dataclass(frozen=True, slots=True)
class MasterData:
    """Records of one kind, with the rooms and places of the office that forms speak of."""

    records: tuple[Changeable, ...]
    rooms: tuple[Room, ...]
    places: tuple[Place, ...]


def master_data(view: View, kind: type[Changeable], office_id: UUID) -> MasterData:
    """The records of a kind, former ones too.

    Offices, staff and kinds of appointment are those of all offices; of settings the office's own
    and those for all; working hours and absences those of the people who have or had a role in
    the office or are at home there.
    """
    reader = view.reader
    rooms = tuple(reader.find(Room, office_id=office_id, order_by="position"))
    places = tuple(reader.find(Place, room_id=AnyOf.of([room.id for room in rooms])))
    if kind in _SHARED:
        records = reader.find(kind)
    elif kind in _PERSONAL:
        records = reader.find(kind, staff_id=AnyOf.of(_people(view, office_id)))
    else:
        records = reader.find(kind, office_id=office_id)
        if kind is Setting:
            records += reader.find(kind, office_id=None)
    return MasterData(tuple(records), rooms, places)


def _people(view: View, office_id: UUID) -> list[UUID]:
    held = {role.staff_id for role in view.reader.find(StaffRole, office_id=office_id)}
    return sorted(held | {member.id for member in view.reader.find(Staff, office_id=office_id)})
