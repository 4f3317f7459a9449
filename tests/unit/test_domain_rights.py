"""Who may do and read what: by role, office and time."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from koba_desktop.domain import rights
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Role

HERE, ELSEWHERE, BERGER, LINDNER = (UUID(int=n) for n in range(1, 5))
CLIENT = Client(id=UUID(int=9), family_name="Kuhn", office_id=HERE, advisor_id=BERGER)


def role(kind: Role, office_id: UUID = HERE) -> StaffRole:
    return StaffRole(
        id=UUID(int=8),
        staff_id=LINDNER,
        office_id=office_id,
        role=kind,
        valid_from=date(2021, 4, 1),
        valid_until=date(2021, 4, 30),
    )


def test_every_role_is_in_the_table() -> None:
    assert set(rights.RIGHTS) == set(Role)


def test_reception_and_data_protection_read_no_social_data_and_decide_nothing() -> None:
    assert rights.rights_in([role(Role.RECEPTION)], HERE) == {
        Right.SEE_CLIENTS,
        Right.KEEP_CLIENTS,
        Right.BOOK,
        Right.ASK_FOR_CALL,
        Right.SEND_LETTERS,
        Right.RECEIVE_VISITORS,
    }
    assert rights.rights_in([role(Role.DATA_PROTECTION)], HERE) == {Right.READ_AUDIT}


@pytest.mark.parametrize("kind", list(Role))
def test_only_administrators_and_data_protection_read_the_audit(kind: Role) -> None:
    entitled = kind in (Role.ADMINISTRATOR, Role.DATA_PROTECTION)
    assert rights.may_read_audit([role(kind)]) is entitled
    assert rights.may_read_audit([role(kind, ELSEWHERE)]) is entitled


def test_who_holds_no_role_reads_no_audit() -> None:
    assert not rights.may_read_audit([])


def test_a_lead_has_every_right_but_the_audit() -> None:
    assert rights.RIGHTS[Role.LEAD] == set(Right) - {Right.READ_AUDIT}


@pytest.mark.parametrize(
    ("kind", "right", "here", "elsewhere"),
    [
        (Role.ADVISOR, Right.READ_SOCIAL_DATA, True, False),
        (Role.ADVISOR, Right.DECIDE_MODE, False, False),
        (Role.ADVISOR, Right.SAVE_MASTER_DATA, False, False),
        (Role.LEAD, Right.DECIDE_MODE, True, False),
        (Role.LEAD, Right.SAVE_MASTER_DATA, True, False),
        (Role.ADMINISTRATOR, Right.SAVE_MASTER_DATA, True, True),
        (Role.ADMINISTRATOR, Right.READ_SOCIAL_DATA, False, False),
    ],
)
def test_a_right_holds_where_the_role_does(
    kind: Role, right: Right, here: bool, elsewhere: bool
) -> None:
    assert (right in rights.rights_in([role(kind)], HERE)) is here
    assert (right in rights.rights_in([role(kind)], ELSEWHERE)) is elsewhere


def test_a_deputy_has_the_role_for_its_time_only() -> None:
    deputy = role(Role.LEAD)
    days = (date(2021, 3, 31), date(2021, 4, 1), date(2021, 4, 30), date(2021, 5, 1))
    assert [bool(rights.in_force([deputy], day)) for day in days] == [False, True, True, False]
    lasting = replace(deputy, valid_until=None)
    assert rights.in_force([lasting], date(2030, 1, 1)) == (lasting,)


def test_clients_are_for_their_office_and_for_who_is_responsible() -> None:
    assert rights.may_see_client([role(Role.RECEPTION)], CLIENT, LINDNER)
    assert not rights.may_see_client([role(Role.LEAD, ELSEWHERE)], CLIENT, LINDNER)
    assert rights.may_see_client([role(Role.ADVISOR, ELSEWHERE)], CLIENT, BERGER)
    assert not rights.may_see_client([], CLIENT, BERGER)
    assert not rights.may_see_client([role(Role.ADMINISTRATOR)], CLIENT, BERGER)
    assert not rights.may_see_client([role(Role.DATA_PROTECTION)], CLIENT, LINDNER)
    assert not rights.may_see_client([role(Role.LEAD)], CLIENT, None)
    assert not rights.may_read_social_data([role(Role.RECEPTION)], CLIENT, LINDNER)
    assert rights.may_read_social_data([role(Role.ADVISOR)], CLIENT, LINDNER)
    assert rights.may_read_social_data([role(Role.ADVISOR, ELSEWHERE)], CLIENT, BERGER)
    assert not rights.may_read_social_data([role(Role.RECEPTION, ELSEWHERE)], CLIENT, BERGER)
    assert not rights.may_read_social_data([], CLIENT, BERGER)
    assert not rights.may_read_social_data([role(Role.LEAD)], CLIENT, None)


def test_who_is_responsible_keeps_what_is_his_or_her_own_in_another_office() -> None:
    elsewhere = [role(Role.ADVISOR, ELSEWHERE)]
    assert rights.may(elsewhere, Right.CALL, HERE, BERGER, LINDNER, BERGER)
    assert not rights.may(elsewhere, Right.CALL, HERE, BERGER, LINDNER)
    assert not rights.may(elsewhere, Right.CALL, HERE, None, None)
    assert not rights.may([role(Role.RECEPTION, ELSEWHERE)], Right.CALL, HERE, BERGER, BERGER)


def test_a_second_office_counts_as_the_first_and_an_administrators_is_none() -> None:
    held = [role(Role.ADVISOR), role(Role.RECEPTION, ELSEWHERE)]
    assert rights.offices_with(held, Right.SEE_CLIENTS) == {HERE, ELSEWHERE}
    assert rights.offices_with(held, Right.CALL) == {HERE}
    assert rights.offices_with([role(Role.ADMINISTRATOR)], Right.SEE_CLIENTS) == frozenset()
