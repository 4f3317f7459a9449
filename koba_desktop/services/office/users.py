"""People and their roles as the IT department gives them, from the command line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import NotFound, Problem, Refused
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Role
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.office.usual import usual_kinds
from koba_desktop.services.office.validators import problems_of, problems_together
from koba_desktop.services.ports import Store

LONGEST_LOGIN = 63
"""Bytes: a longer name would be cut off by PostgreSQL, and be another person's."""

_UNKNOWN = "–"
_RESERVED = ("koba_", "pg_")
_RESERVED_WORDS = frozenset({"public", "none", "postgres", "current_user", "session_user", "user"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UserWish:
    """``office`` is the name of one; the first office of a database gets it. Without roles nobody
    but the very first person, who becomes administrator, is added anew. Without ``valid_from``
    roles hold from today."""

    login: str
    family_name: str = ""
    given_name: str = ""
    roles: tuple[Role, ...] = ()
    office: Office | None = None
    new_office: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class UserRecords:
    """What is to be saved (nothing: all is there), whose it is and where."""

    member: Staff
    office: Office
    records: tuple[Changeable, ...]
    is_new: bool
    office_is_new: bool


def records_of(book: OfficeBook, wish: UserWish, today: date) -> UserRecords:
    """The rows that are missing for somebody to have these roles.

    Raises Refused: ``login_reserved``, ``text_too_long``, ``usage_missing``, ``role_missing``.
    """
    _require_usable(wish.login)
    made: list[Changeable] = []
    office = wish.office
    if office is None:
        office = _minimal_office(wish.new_office)
        made += [office, *(() if book.kinds else usual_kinds())]
    member = next((s for s in book.staff if s.login.casefold() == wish.login.casefold()), None)
    is_new = member is None
    if member is None:
        member = _new_member(wish, office.id)
        made.append(member)
    held = [role for role in book.roles if role.staff_id == member.id]
    wanted = wish.roles or (() if book.roles else (Role.ADMINISTRATOR,))
    if not wanted and not held:
        raise Refused(Problem("role_missing", where="--role"))
    made += [row for role in wanted for row in _role_row(held, role, member, office, wish, today)]
    return UserRecords(member, office, tuple(made), is_new, wish.office is None)


def member_of_login(book: OfficeBook, login: str) -> Staff:
    """Raises NotFound ``login_unknown``."""
    for member in book.staff:
        if member.login.casefold() == login.casefold():
            return member
    raise NotFound("login_unknown", where="LOGIN", value=login)


def save_unsigned(store: Store, now: datetime, records: tuple[Changeable, ...]) -> None:
    """Save as the owner of the shared database does, who is no member of the staff. The same rules
    hold as for ``SaveMasterData``; what the owner does is in the server's log, not in the audit.

    Raises Refused with every field that is wrong.
    """
    with store.writing(by=None, now=now) as uow:
        problems = [problem for record in records for problem in problems_of(uow, record, records)]
        if problems:
            raise Refused(*problems)
        for record in records:
            if record.version:
                uow.update(record)
            else:
                uow.add(record)
        command = SaveMasterData(records=records)
        if together := problems_together(uow, command, day_of(now)):
            raise Refused(*together)


def _require_usable(login: str) -> None:
    if not login.strip() or login != login.strip():
        raise Refused(Problem("field_missing", where="LOGIN"))
    if len(login.encode()) > LONGEST_LOGIN:
        raise Refused(Problem("text_too_long", {"longest": LONGEST_LOGIN}, where="LOGIN"))
    folded = login.casefold()
    if folded.startswith(_RESERVED) or folded in _RESERVED_WORDS:
        raise Refused(Problem("login_reserved", {"value": login}, where="LOGIN"))


def _minimal_office(name: str) -> Office:
    """What nobody knows yet is completed in the window."""
    if not name.strip():
        raise Refused(Problem("usage_missing", {"name": "--office"}, where="--office"))
    return Office(
        id=new_id(),
        name=name,
        short_name=name,
        street=_UNKNOWN,
        postcode="00000",
        town=_UNKNOWN,
        return_line=_UNKNOWN,
        district_key="00000",
    )


def _new_member(wish: UserWish, office_id: UUID) -> Staff:
    name = wish.family_name.strip()
    if not name:
        raise Refused(Problem("usage_missing", {"name": "--family-name"}, where="--family-name"))
    return Staff(
        id=new_id(),
        login=wish.login,
        family_name=name,
        given_name=wish.given_name.strip(),
        initials=name[:2].upper(),
        office_id=office_id,
    )


def _role_row(
    held: list[StaffRole], role: Role, member: Staff, office: Office, wish: UserWish, today: date
) -> Iterator[StaffRole]:
    """The row that gives a role, unless one is there; with days named, the row that holds then."""
    first = wish.valid_from or today
    for row in held:
        if row.office_id != office.id or row.role is not role:
            continue
        if row.valid_until is not None and row.valid_until < first:
            continue
        if wish.valid_until is not None and row.valid_from > wish.valid_until:
            continue
        asked = wish.valid_from is not None or wish.valid_until is not None
        changed = replace(
            row, valid_from=wish.valid_from or row.valid_from, valid_until=wish.valid_until
        )
        if asked and changed != row:
            yield changed
        return
    yield StaffRole(
        id=new_id(),
        staff_id=member.id,
        office_id=office.id,
        role=role,
        valid_from=first,
        valid_until=wish.valid_until,
    )
