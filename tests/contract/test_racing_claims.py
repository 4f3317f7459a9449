"""Two PCs print the same letters at once: each letter is claimed by one of them, and all are."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest

from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.services.commands import ClaimLetters, SeenLetter
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.claiming import WhyNot, lost_of
from tests.contract.programs import AnyStore
from tests.unit.service_office import SmallOffice

LETTERS = 50


@pytest.fixture
def office(store: AnyStore) -> SmallOffice:
    return SmallOffice(store)


@pytest.fixture
def letters(office: SmallOffice) -> list[Letter]:
    """Fifty to be printed, of two clients."""
    _receipt, _appointment, first = office.proposed()
    clients = (office.kuhn.id, office.hartwig.id)
    copies = [
        replace(first, id=new_id(), version=0, client_id=clients[n % 2]) for n in range(1, LETTERS)
    ]
    office.put(*copies)
    made: list[Letter] = office.all(Letter)
    assert len(made) == LETTERS
    return made


@pytest.mark.parametrize("together", [LETTERS, 5])
def test_each_letter_is_claimed_by_one_of_two_and_none_by_nobody(
    office: SmallOffice, letters: list[Letter], together: int
) -> None:
    start = Barrier(2)

    def program(who: Staff, wanted: Sequence[Letter]) -> tuple[set[UUID], list[WhyNot]]:
        run, got, lost = new_id(), set[UUID](), list[WhyNot]()
        start.wait()
        for at in range(0, LETTERS, together):
            seen = tuple(
                SeenLetter(letter_id=each.id, version=each.version)
                for each in wanted[at : at + together]
            )
            command = ClaimLetters(run=run, printer="HBS-EG", letters=seen)
            result = office.services.execute(command, Actor(who.id, office.office.id)).result
            got |= {UUID(each) for each in result["claimed"]}
            lost += [one.why for one in lost_of(result)]
        assert {each.id for each in office.all(Letter, claim=run)} == got
        return got, lost

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(program, office.berger, letters)
        other = pool.submit(program, office.lindner, letters[::-1])
        (first, lost), (second, also_lost) = one.result(60), other.result(60)
    assert first & second == set()
    assert first | second == {each.id for each in letters}
    assert set(lost + also_lost) == {WhyNot.CLAIMED}
