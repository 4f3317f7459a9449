"""Who may do what with which row, worked out from the domain rules (§ 7) and from what each role is
for; not from how the database was told.

Of each table and operation ``Cell`` says which roles have to do with it at all, and which rows are
then the person's business. Whoever holds none of these roles is refused; whoever holds one, be it
not in force or for other rows, finds nothing there.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from koba_desktop.domain.vocabulary import Role
from tests.contract.attack_people import Person
from tests.contract.attacked_house import Row

Rows = Callable[[Person, Row], bool]
Roles = frozenset[Role]

NOBODY: Roles = frozenset()
EVERYBODY: Roles = frozenset(Role)
"""Also who holds no role: a login is enough to ask, not to be answered."""
CLIENTS = frozenset({Role.RECEPTION, Role.ADVISOR, Role.LEAD})
SOCIAL = frozenset({Role.ADVISOR, Role.LEAD})
KEEPERS = frozenset({Role.LEAD, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Cell:
    roles: Roles
    rows: Rows

    def refused(self, person: Person) -> bool:
        """Whether the operation is none of the person's business, whatever the row."""
        return self.roles != EVERYBODY and not person.ever(self.roles)


@dataclass(frozen=True, slots=True)
class Rule:
    reads: Cell
    adds: Cell
    changes: Cell
    removes: Cell


# --- whose business a row is ----------------------------------------------------------------------


def none(_person: Person, _row: Row) -> bool:
    return False


def staff(person: Person, _row: Row) -> bool:
    """Everybody who works here."""
    return person.known


def client_seen(person: Person, row: Row) -> bool:
    """A person sees the clients of the offices where he or she holds a role that has to do with
    clients, and those he or she is responsible for."""
    return row.office in person.offices(*CLIENTS) or (
        row.responsible == person.login and bool(person.offices(*CLIENTS))
    )


def social(person: Person, row: Row) -> bool:
    return row.office in person.offices(*SOCIAL) or (
        row.responsible == person.login and bool(person.offices(*SOCIAL))
    )


def address_seen(person: Person, row: Row) -> bool:
    """Blocked ones (§ 51 BMG) are open to nobody who gave no reason."""
    return client_seen(person, row) and not row.blocked


def address_kept(person: Person, row: Row) -> bool:
    """Of a blocked one the responsible advisor may write, without reading what stands there."""
    return client_seen(person, row) and (not row.blocked or social_mine(person, row))


def social_mine(person: Person, row: Row) -> bool:
    return row.responsible == person.login and bool(person.offices(*SOCIAL))


def appointment_seen(person: Person, row: Row) -> bool:
    """Past ones are social data."""
    return social(person, row) if row.past else client_seen(person, row)


def door_seen(person: Person, row: Row) -> bool:
    """What happens at the door of an office is that office's alone."""
    at_home = row.office in person.offices(*CLIENTS)
    return at_home and (not row.past or row.office in person.offices(*SOCIAL))


def of_office(person: Person, row: Row) -> bool:
    return row.office in person.offices(*CLIENTS)


def task_seen(person: Person, row: Row) -> bool:
    """Reception leaves a wish to be called back, and sees that one is open."""
    return social(person, row) or (not row.over and client_seen(person, row))


def wish_left(person: Person, row: Row) -> bool:
    """Reception writes down what the caller wants, and cannot read it."""
    return social(person, row) or (row.callback and task_seen(person, row))


def letter_seen(person: Person, row: Row) -> bool:
    """The pending letters of the office, not the archive; those to a blocked address are the
    responsible advisor's."""
    if row.blocked:
        return social_mine(person, row)
    return social(person, row) if row.left else client_seen(person, row)


def own(person: Person, row: Row) -> bool:
    return person.known and row.author == person.login


def with_clients(person: Person, _row: Row) -> bool:
    """What nobody is to do twice at a time, in whichever office."""
    return bool(person.offices(*CLIENTS))


def presence_seen(person: Person, row: Row) -> bool:
    """Who works with the same clients; one's own is written anew by whoever has a window open."""
    return own(person, row) or with_clients(person, row)


def own_hold(person: Person, row: Row) -> bool:
    return own(person, row) and bool(person.offices(*CLIENTS))


def kept(person: Person, row: Row) -> bool:
    """Leads look after their office, administrators after all."""
    return bool(person.offices(Role.ADMINISTRATOR)) or (
        bool(row.office) and row.office in person.offices(Role.LEAD)
    )


def administered(person: Person, _row: Row) -> bool:
    return bool(person.offices(Role.ADMINISTRATOR))


def value_kept(person: Person, _row: Row) -> bool:
    """The incidence of a district is no office's."""
    return bool(person.offices(Role.ADMINISTRATOR, Role.LEAD))


def role_given(person: Person, row: Row) -> bool:
    """Nobody to himself or herself, and a lead none that goes beyond the office."""
    if own(person, row) or not kept(person, row):
        return False
    beyond = getattr(row.record, "role", None) in (Role.ADMINISTRATOR, Role.DATA_PROTECTION)
    return bool(person.offices(Role.ADMINISTRATOR)) or not beyond


def audit_read(person: Person, row: Row) -> bool:
    """By administrators and data protection officers; and everybody may know that he or she gave
    a reason for a blocked address."""
    if person.offices(Role.ADMINISTRATOR, Role.DATA_PROTECTION):
        return True
    mine = own(person, row) and row.label.endswith("view_blocked")
    return mine and person.ever(SOCIAL)


# --- the matrix -----------------------------------------------------------------------------------

_NO = Cell(NOBODY, none)


def _kept(
    rows: Rows = kept, roles: Roles = KEEPERS, *, changed: bool = True, removed: bool = True
) -> Rule:
    """What everybody reads and some look after."""
    cell = Cell(roles, rows)
    return Rule(Cell(EVERYBODY, staff), cell, cell if changed else _NO, cell if removed else _NO)


def _worked(rows: Rows, roles: Roles = CLIENTS, *, removed: bool = False) -> Rule:
    """What those who have to do with it read and write."""
    cell = Cell(roles, rows)
    return Rule(cell, cell, cell, cell if removed else _NO)


def _appended(rows: Rows) -> Rule:
    """What is written once and for all."""
    return Rule(Cell(CLIENTS, rows), Cell(CLIENTS, rows), _NO, _NO)


MATRIX: dict[str, Rule] = {
    # A lead leads the office there is.
    "office": replace(_kept(), adds=Cell(KEEPERS, administered)),
    "opening_hours": _kept(),
    "closing_day": _kept(),
    "setting": _kept(),
    "staff": _kept(),
    "staff_role": _kept(role_given),
    "working_pattern": _kept(),
    "absence": _kept(),
    "room": _kept(),
    "place": _kept(),
    "hygiene_profile": _kept(),
    "mode_proposal": _kept(),
    "appointment_kind": _kept(administered),
    "rule_set": _kept(administered),
    "template": _kept(administered, ADMINISTRATORS, removed=False),
    "template_version": _kept(administered, ADMINISTRATORS, changed=False, removed=False),
    "template_review": _kept(administered, ADMINISTRATORS, changed=False, removed=False),
    "operating_mode": _kept(changed=False, removed=False),
    "incidence_value": _kept(value_kept, changed=False, removed=False),
    "client": _worked(client_seen),
    "client_address": Rule(
        Cell(CLIENTS, address_seen),
        Cell(CLIENTS, address_kept),
        Cell(CLIENTS, address_seen),
        Cell(CLIENTS, address_seen),
    ),
    "client_phone": _worked(client_seen, removed=True),
    "client_email": _worked(client_seen, removed=True),
    "representative": _worked(client_seen, removed=True),
    "client_search": _worked(client_seen, removed=True),
    "client_sound": _worked(client_seen, removed=True),
    "client_note": _worked(social, SOCIAL, removed=True),
    # One books where one holds a role; what was done today is seen today.
    "appointment": replace(_worked(appointment_seen), adds=Cell(CLIENTS, of_office)),
    "appointment_row": Rule(Cell(CLIENTS, appointment_seen), _NO, _NO, _NO),
    "participant": _worked(appointment_seen),
    "appointment_change": _appended(appointment_seen),
    "appointment_purpose": _worked(social, SOCIAL, removed=True),
    "change_reason": Rule(
        Cell(SOCIAL, social), Cell(CLIENTS, appointment_seen), Cell(SOCIAL, none), _NO
    ),
    "hold": Rule(
        Cell(CLIENTS, with_clients),
        Cell(CLIENTS, own_hold),
        Cell(CLIENTS, own_hold),
        Cell(CLIENTS, own_hold),
    ),
    "wait_entry": _worked(of_office),
    "room_booking": _worked(of_office),
    "visit": replace(_worked(door_seen), adds=Cell(CLIENTS, of_office)),
    "refusal": replace(_appended(door_seen), adds=Cell(CLIENTS, of_office)),
    "call_task": replace(_worked(task_seen), adds=Cell(CLIENTS, client_seen)),
    "contact_attempt": Rule(
        Cell(CLIENTS, client_seen), Cell(SOCIAL, social), Cell(SOCIAL, social), _NO
    ),
    "attempt_note": Rule(
        Cell(SOCIAL, social),
        Cell(CLIENTS, wish_left),
        Cell(SOCIAL, social),
        Cell(SOCIAL, social),
    ),
    "letter": replace(_worked(letter_seen), adds=Cell(CLIENTS, client_seen)),
    "letter_archive": Rule(Cell(SOCIAL, social), Cell(CLIENTS, letter_seen), _NO, _NO),
    "command": Rule(Cell(EVERYBODY, own), Cell(EVERYBODY, own), _NO, _NO),
    "draft": _worked(own, EVERYBODY, removed=True),
    "presence": Rule(
        Cell(EVERYBODY, presence_seen),
        Cell(EVERYBODY, own),
        Cell(EVERYBODY, own),
        Cell(EVERYBODY, own),
    ),
    "contact_trace": Rule(_NO, _NO, _NO, _NO),
    "audit_event": Rule(Cell(EVERYBODY - {Role.RECEPTION}, audit_read), _NO, _NO, _NO),
}

# What belongs to the database itself: numbers everybody's program asks for, and the seals.
READ_BY_ALL = frozenset({"deployment", "master_version", "alembic_version"})
READ_BY_NOBODY = frozenset({"seal"})
