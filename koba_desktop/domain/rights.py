"""Who may do and read what (domain rules § 7; § 35 SGB I).

Also inside the office only those entitled see social data. A right follows from a role, and a role
holds in its office and in its time; what administrators may do holds in every office, because
they look after the one database of all.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import Role


class Right(StrEnum):
    READ_SOCIAL_DATA = "read_social_data"
    """Purposes, notes, past appointments, letters that have left the house."""
    PROPOSE = "propose"
    """Give a client an appointment by letter instead of a call."""
    DECIDE_MODE = "decide_mode"
    """Set and withdraw the operating mode."""
    RECEIVE_VISITORS = "receive_visitors"
    """Check visitors in and out, assign rooms, close a room, admit emergencies."""
    SAVE_MASTER_DATA = "save_master_data"
    """Offices, staff, rooms, hours, kinds of appointment, settings."""
    READ_AUDIT = "read_audit"
    """Who did what, when and from which PC."""


RIGHTS: dict[Role, frozenset[Right]] = {
    # Assigns rooms, checks visitors in and out, takes change requests, prints what is pending:
    # name, time, room, advisor, kind, urgency and date of birth are all it needs to see.
    Role.RECEPTION: frozenset({Right.RECEIVE_VISITORS}),
    Role.ADVISOR: frozenset({Right.READ_SOCIAL_DATA, Right.PROPOSE, Right.RECEIVE_VISITORS}),
    # All that concerns the office; the audit would tell how each of the staff works.
    Role.LEAD: frozenset(
        {
            Right.READ_SOCIAL_DATA,
            Right.PROPOSE,
            Right.DECIDE_MODE,
            Right.RECEIVE_VISITORS,
            Right.SAVE_MASTER_DATA,
        }
    ),
    Role.ADMINISTRATOR: frozenset({Right.DECIDE_MODE, Right.SAVE_MASTER_DATA, Right.READ_AUDIT}),
    Role.DATA_PROTECTION: frozenset({Right.READ_AUDIT}),  # the audit, not the clients' data
}


def in_force(roles: Iterable[StaffRole], day: date) -> tuple[StaffRole, ...]:
    """The roles held on a day: a deputy's has a validity of its own."""
    return tuple(role for role in roles if valid_on(role, day))


def rights_in(roles: Iterable[StaffRole], office_id: UUID) -> frozenset[Right]:
    """What somebody may in an office by these roles, all in force and his or her own."""
    return frozenset(
        right
        for role in roles
        if role.office_id == office_id or role.role is Role.ADMINISTRATOR
        for right in RIGHTS[role.role]
    )


def may_read_audit(roles: Iterable[StaffRole]) -> bool:
    """The audit is one for all offices: who may read it in any of them reads it."""
    return any(Right.READ_AUDIT in RIGHTS[role.role] for role in roles)


def may_see_client(roles: Iterable[StaffRole], client: Client, viewer: UUID | None) -> bool:
    """Clients are for the offices in which somebody holds a role, and for who is responsible."""
    if viewer is None:
        return False
    return client.advisor_id == viewer or any(role.office_id == client.office_id for role in roles)


def may_read_social_data(roles: Iterable[StaffRole], client: Client, viewer: UUID | None) -> bool:
    """Notes and the past are for advisors and leads of the office, and for who is responsible."""
    if viewer is None:
        return False
    rights = rights_in(roles, client.office_id)
    return client.advisor_id == viewer or Right.READ_SOCIAL_DATA in rights
