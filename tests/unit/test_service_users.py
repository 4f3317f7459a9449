"""Which rows give somebody the roles IT asks for: those that are missing, and no others."""

from dataclasses import replace
from datetime import date

import pytest

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Role
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.office.users import UserWish, records_of

TODAY = date(2021, 4, 13)
OFFICE = Office(
    id=new_id(),
    name="Halberstadt",
    short_name="HBS",
    street="Markt 1",
    postcode="38820",
    town="Halberstadt",
    return_line="Markt 1",
)
VOGT = Staff(id=new_id(), login="m.vogt", family_name="Vogt", office_id=OFFICE.id)
CHIEF = Staff(id=new_id(), login="chief", family_name="Chief", office_id=OFFICE.id)


def role(
    member: Staff, word: Role, first: date = date(2020, 1, 1), last: date | None = None
) -> StaffRole:
    return StaffRole(
        id=new_id(),
        staff_id=member.id,
        office_id=OFFICE.id,
        role=word,
        valid_from=first,
        valid_until=last,
        version=1,
    )


def book(*roles: StaffRole) -> OfficeBook:
    rows = (role(CHIEF, Role.ADMINISTRATOR), *roles)
    return OfficeBook(offices=(OFFICE,), staff=(VOGT, CHIEF), roles=rows, kinds=(), demo=False)


def made(kind: type[Changeable], at: OfficeBook, wish: UserWish) -> list[Changeable]:
    return [row for row in records_of(at, wish, TODAY).records if isinstance(row, kind)]


def wish(*roles: Role, **more: date) -> UserWish:
    return UserWish(login="m.vogt", roles=roles, office=OFFICE, **more)  # type: ignore[arg-type]


def test_the_very_first_person_administers_an_office_that_is_made_for_it():
    nothing = OfficeBook(offices=(), staff=(), roles=(), kinds=(), demo=False)
    first = UserWish(login="chief", family_name="Chief", new_office="Halberstadt")
    found = records_of(nothing, first, TODAY)
    assert found.is_new
    assert found.office_is_new
    assert found.office.name == "Halberstadt"
    (given,) = (row for row in found.records if isinstance(row, StaffRole))
    assert (given.role, given.valid_from, given.valid_until) == (Role.ADMINISTRATOR, TODAY, None)


def test_a_role_that_is_held_is_not_given_twice():
    assert made(StaffRole, book(role(VOGT, Role.ADVISOR)), wish(Role.ADVISOR)) == []


def test_another_role_is_added_from_today():
    (given,) = made(StaffRole, book(role(VOGT, Role.ADVISOR)), wish(Role.ADVISOR, Role.LEAD))
    assert isinstance(given, StaffRole)
    assert (given.role, given.valid_from) == (Role.LEAD, TODAY)


def test_a_role_that_is_over_is_given_anew():
    over = role(VOGT, Role.ADVISOR, last=date(2021, 3, 31))
    (given,) = made(StaffRole, book(over), wish(Role.ADVISOR))
    assert given.id != over.id


def test_days_that_are_named_change_the_role_that_holds_then():
    held = role(VOGT, Role.ADVISOR)
    asked = wish(Role.ADVISOR, valid_until=date(2021, 6, 30))
    assert made(StaffRole, book(held), asked) == [replace(held, valid_until=date(2021, 6, 30))]


def test_a_deputy_later_in_the_year_is_a_row_of_its_own():
    held = role(VOGT, Role.LEAD, last=date(2021, 4, 30))
    asked = wish(Role.LEAD, valid_from=date(2021, 7, 5), valid_until=date(2021, 7, 23))
    (given,) = made(StaffRole, book(held), asked)
    assert given.id != held.id


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (UserWish(login="m.vogt", office=OFFICE), "role_missing"),
        (UserWish(login="new", office=OFFICE, roles=(Role.LEAD,)), "usage_missing"),
        (UserWish(login="x", family_name="X", roles=(Role.LEAD,)), "usage_missing"),
        (UserWish(login=" ", family_name="X", office=OFFICE), "field_missing"),
        (UserWish(login="KOBA_owner", family_name="X", office=OFFICE), "login_reserved"),
        (UserWish(login="ü" * 32, family_name="X", office=OFFICE), "text_too_long"),
    ],
)
def test_what_cannot_be_is_refused(asked: UserWish, code: str):
    with pytest.raises(Refused) as refused:
        records_of(book(), asked, TODAY)
    assert refused.value.code == code
