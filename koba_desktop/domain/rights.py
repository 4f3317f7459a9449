"""Who may do and read what (domain rules § 7; § 35 SGB I).

Also inside the office only those entitled see social data. A right follows from a role, and a role
holds in its office and in its time; what administrators may do holds in every office, because
they look after the one database of all.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import Role


class Right(StrEnum):
    SEE_CLIENTS = "see_clients"
    """Name, birth date, contact data, appointments from today on: what everybody needs who has to
    do with clients at all. An address with a disclosure block is another matter."""
    READ_SOCIAL_DATA = "read_social_data"
    """Purposes, notes, past appointments, letters that have left the house."""
    KEEP_CLIENTS = "keep_clients"
    """Make and change clients with their contact data; note that a letter came back."""
    IMPORT_CLIENTS = "import_clients"
    """Take clients over from the file of another program."""
    BOOK = "book"
    """Book, move, change and call off appointments; keep a slot for oneself meanwhile."""
    ASK_FOR_CALL = "ask_for_call"
    """Lay a call in an advisor's worklist."""
    CALL = "call"
    """Work through a worklist: record calls with their notes, close what is done."""
    PROPOSE = "propose"
    """Give a client an appointment by letter instead of a call."""
    SEND_LETTERS = "send_letters"
    """Make, hold, release, print and post letters."""
    DECIDE_MODE = "decide_mode"
    """Set and withdraw the operating mode."""
    RECEIVE_VISITORS = "receive_visitors"
    """Check visitors in and out, assign rooms, close a room, admit emergencies."""
    SAVE_MASTER_DATA = "save_master_data"
    """Offices, staff, rooms, hours, kinds of appointment, settings."""
    READ_AUDIT = "read_audit"
    """Who did what, when and from which PC."""


_WITH_CLIENTS = frozenset(
    {
        Right.SEE_CLIENTS,
        Right.KEEP_CLIENTS,
        Right.BOOK,
        Right.ASK_FOR_CALL,
        Right.SEND_LETTERS,
        Right.RECEIVE_VISITORS,
    }
)

RIGHTS: dict[Role, frozenset[Right]] = {
    # Assigns rooms, checks visitors in and out, takes change requests, prints what is pending:
    # name, time, room, advisor, kind, urgency and date of birth are all it needs to see. Of calls
    # it only leaves the wish to be called back.
    Role.RECEPTION: _WITH_CLIENTS,
    Role.ADVISOR: _WITH_CLIENTS | {Right.READ_SOCIAL_DATA, Right.CALL, Right.PROPOSE},
    # All that concerns the office; the audit would tell how each of the staff works.
    Role.LEAD: frozenset(Right) - {Right.READ_AUDIT},
    # The database of all, and none of the people in it.
    Role.ADMINISTRATOR: frozenset(
        {
            Right.IMPORT_CLIENTS,
            Right.DECIDE_MODE,
            Right.SAVE_MASTER_DATA,
            Right.READ_AUDIT,
        }
    ),
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


def anywhere(roles: Iterable[StaffRole], right: Right) -> bool:
    """Whether somebody has a right in any office: enough for what is his or her own."""
    return any(right in RIGHTS[role.role] for role in roles)


def offices_with(roles: Iterable[StaffRole], right: Right) -> frozenset[UUID]:
    """The offices in which somebody has a right by a role held there: a second office, or that of
    somebody he or she stands in for, as well as the own one."""
    return frozenset(role.office_id for role in roles if right in RIGHTS[role.role])


def may(
    roles: Sequence[StaffRole],
    right: Right,
    office_id: UUID,
    viewer: UUID | None = None,
    *responsible: UUID | None,
) -> bool:
    """Whether somebody has a right in an office. What ``viewer`` is ``responsible`` for counts as
    well in an office where he or she holds no role (any more), as long as some role gives it."""
    if right in rights_in(roles, office_id):
        return True
    return viewer is not None and viewer in responsible and anywhere(roles, right)


def may_read_audit(roles: Iterable[StaffRole]) -> bool:
    """The audit is one for all offices: who may read it in any of them reads it."""
    return anywhere(roles, Right.READ_AUDIT)


def may_see_client(roles: Sequence[StaffRole], client: Client, viewer: UUID | None) -> bool:
    """Clients are for the offices in which somebody has to do with clients, and for who is
    responsible."""
    if viewer is None:
        return False
    return may(roles, Right.SEE_CLIENTS, client.office_id, viewer, client.advisor_id)


def may_read_social_data(roles: Sequence[StaffRole], client: Client, viewer: UUID | None) -> bool:
    """Notes and the past are for advisors and leads of the office, and for who is responsible."""
    if viewer is None:
        return False
    return may(roles, Right.READ_SOCIAL_DATA, client.office_id, viewer, client.advisor_id)
