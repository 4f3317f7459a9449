"""Which postcode belongs to a street."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.postcodes import (
    KnownAddress,
    Proposal,
    proposed_postcode,
    street_name,
)

HALBERSTADT = (
    KnownAddress("Spiegelstraße 3", "38820", "Halberstadt"),
    KnownAddress("Domplatz 1", "38820", "Halberstadt"),
)
MAGDEBURG = (
    KnownAddress("Breiter Weg 1", "39104", "Magdeburg"),
    KnownAddress("Breiter Weg 203", "39104", "Magdeburg"),
    KnownAddress("Halberstädter Str. 40", "39112", "Magdeburg"),
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Spiegelstraße 12 a", "Spiegelstraße"),
        (" Domplatz 3-5 ", "Domplatz"),
        ("Straße des 17. Juni 135", "Straße des 17. Juni"),
        ("Am Breiten Tor", "Am Breiten Tor"),
        ("", ""),
    ],
)
def test_a_street_is_called_without_the_number_of_the_house(typed: str, name: str) -> None:
    assert street_name(typed) == name


@pytest.mark.parametrize(
    ("street", "town", "proposal"),
    [
        ("Spiegelstr. 12", "Halberstadt", Proposal("38820", "Halberstadt", "Spiegelstr.")),
        ("Am Breiten Tor 12", "halberstadt ", Proposal("38820", "halberstadt", "")),
        ("Breiter Weg 9", "Magdeburg", Proposal("39104", "Magdeburg", "Breiter Weg")),
        (
            "Halberstädter Straße 1",
            "Magdeburg",
            Proposal("39112", "Magdeburg", "Halberstädter Straße"),
        ),
        ("Domplatz 1", "Magdeburg", None),  # the town has several
        ("Domplatz 1", "Quedlinburg", None),  # nobody is known there
        ("Spiegelstraße 3", "", None),
    ],
)
def test_the_postcode_of_the_street_or_the_only_one_of_the_town(
    street: str, town: str, proposal: Proposal | None
) -> None:
    assert proposed_postcode(street, town, (*HALBERSTADT, *MAGDEBURG)) == proposal


def test_a_street_with_several_postcodes_is_not_guessed() -> None:
    long_one = (*MAGDEBURG, KnownAddress("Breiter Weg 90", "39128", "Magdeburg"))
    assert proposed_postcode("Breiter Weg 9", "Magdeburg", long_one) is None


def test_what_is_no_german_postcode_is_not_proposed() -> None:
    wrong = (KnownAddress("Domplatz 1", "3882", "Halberstadt"),)
    assert proposed_postcode("Domplatz 3", "Halberstadt", wrong) is None


addresses = st.builds(
    KnownAddress,
    street=st.sampled_from(["Domplatz 1", "Domplatz 7", "Breiter Weg 2", "Markt 3"]),
    postcode=st.sampled_from(["38820", "38889", "06484", "3882", ""]),
    town=st.sampled_from(["Halberstadt", "Quedlinburg", "HALBERSTADT"]),
)


@given(st.lists(addresses), addresses)
def test_only_what_is_known_of_the_town_and_contradicted_nowhere_is_proposed(
    known: list[KnownAddress], mine: KnownAddress
) -> None:
    proposal = proposed_postcode(mine.street, mine.town, known)
    town = [
        each for each in known if each.town.lower() == mine.town.lower() and len(each.postcode) == 5
    ]
    if proposal is None:
        return
    beside = [e for e in town if street_name(e.street) == street_name(mine.street)]
    assert {each.postcode for each in beside or town} == {proposal.postcode}
    assert bool(proposal.street) is bool(beside)
