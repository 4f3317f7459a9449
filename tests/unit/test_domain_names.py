from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.addresses import (
    Recipient,
    address_lines,
    address_problems,
    hold_reason,
    may_see_address,
    received_until,
    recipient,
    representative_on,
)
from koba_desktop.domain.entities.clients import Client, ClientAddress, Representative
from koba_desktop.domain.names import address_name, greeting, plain_name
from koba_desktop.domain.vocabulary import HoldReason, Salutation

CLIENT = Client(
    id=UUID(int=1),
    family_name="Kuhn",
    given_name="Marlies",
    salutation=Salutation.FRAU,
    office_id=UUID(int=9),
    advisor_id=UUID(int=5),
)
ADDRESS = ClientAddress(
    id=UUID(int=2),
    client_id=CLIENT.id,
    street="Lindenweg 7",
    postcode="38820",
    town="Halberstadt",
)
CARER = Representative(
    id=UUID(int=3),
    client_id=CLIENT.id,
    family_name="Roth",
    given_name="Jonas",
    salutation=Salutation.HERR,
    title="Dr.",
    organisation="Betreuungsverein Harz e. V.",
    street="Am Markt 1",
    postcode="06484",
    town="Quedlinburg",
    valid_from=date(2020, 1, 1),
    valid_until=date(2021, 6, 30),
)
ABROAD = Recipient(
    family_name="Nowak",
    street="ul. Długa 3",
    postcode="PL-00-238",
    town="Warszawa",
    country="Polen",
)


@pytest.mark.parametrize(
    ("salutation", "title", "given", "family", "line"),
    [
        (Salutation.FRAU, "", "Marlies", "Kuhn", "Sehr geehrte Frau Kuhn,"),
        (Salutation.HERR, "Dr.", "Jonas", "Roth", "Sehr geehrter Herr Dr. Roth,"),
        (Salutation.NONE, "", "Marlies", "Kuhn", "Guten Tag Marlies Kuhn,"),
        (Salutation.NONE, "Dr.", "Kim", "Roth", "Guten Tag Dr. Kim Roth,"),
        (Salutation.FRAU, "", "", "Sukarni", "Sehr geehrte Frau Sukarni,"),
        (Salutation.HERR, "", "Sukarno", "", "Sehr geehrter Herr Sukarno,"),
        (Salutation.NONE, "", "", "Sukarno", "Guten Tag Sukarno,"),
        (Salutation.FRAU, "", "Eva", "Müller-von der Au", "Sehr geehrte Frau Müller-von der Au,"),
    ],
)
def test_everybody_is_greeted_properly(
    salutation: Salutation, title: str, given: str, family: str, line: str
) -> None:
    assert greeting(salutation, title, given, family) == line


def test_the_address_says_herrn() -> None:
    assert address_name(Salutation.HERR, "Dr.", "Jonas", "Roth") == ("Herrn", "Dr. Jonas Roth")
    assert address_name(Salutation.NONE, "", "Kim", "Roth") == ("Kim Roth",)
    assert plain_name("", "Sukarno") == "Sukarno"


def test_a_letter_goes_to_the_client() -> None:
    address = replace(ADDRESS, care_of="Familie Berg", extra="Hinterhaus")
    assert address_lines(recipient(CLIENT, address)) == (
        "Frau",
        "Marlies Kuhn",
        "c/o Familie Berg",
        "Hinterhaus",
        "Lindenweg 7",
        "38820 Halberstadt",
    )


def test_care_of_is_not_said_twice() -> None:
    for care_of in ("c/o Berg", "bei Berg"):
        lines = address_lines(recipient(CLIENT, replace(ADDRESS, care_of=care_of)))
        assert care_of in lines


def test_a_representative_receives_the_letter_instead_of_the_client() -> None:
    assert address_lines(recipient(CLIENT, ADDRESS, CARER)) == (
        "Betreuungsverein Harz e. V.",
        "Herrn",
        "Dr. Jonas Roth",
        "Am Markt 1",
        "06484 Quedlinburg",
    )


def test_the_representative_of_the_day_is_the_last_appointed_who_is_valid() -> None:
    earlier = replace(CARER, id=UUID(int=4), valid_from=date(2019, 1, 1), valid_until=None)
    both = [earlier, CARER]
    assert representative_on(both, date(2021, 6, 30)) is CARER
    assert representative_on(both, date(2021, 7, 1)) is earlier
    assert representative_on(both, date(2018, 12, 31)) is None


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2019, 12, 31), date(2019, 12, 31)),  # the carer begins the day after
        (date(2020, 1, 1), date(2021, 6, 30)),
        (date(2021, 6, 30), date(2021, 6, 30)),
        (date(2021, 7, 1), None),
    ],
)
def test_letters_go_to_one_person_until_a_representation_ends_or_begins(
    day: date, until: date | None
) -> None:
    assert received_until([CARER], day) == until


DAYS = st.dates(date(2021, 1, 1), date(2021, 2, 28))
REPRESENTATIVES = st.lists(
    st.builds(
        lambda n, first, last: replace(
            CARER, id=UUID(int=n), valid_from=first, valid_until=last and max(first, last)
        ),
        st.integers(1, 9),
        DAYS,
        st.none() | DAYS,
    ),
    max_size=4,
    unique_by=lambda each: each.id,
)


@given(REPRESENTATIVES, DAYS)
def test_nobody_else_receives_them_until_then_and_somebody_else_the_day_after(
    known: list[Representative], day: date
) -> None:
    until = received_until(known, day)
    receives = representative_on(known, day)
    last = until if until is not None else date(2021, 3, 31)
    for n in range((last - day).days + 1):
        assert representative_on(known, day + timedelta(days=n)) == receives
    if until is not None:
        assert representative_on(known, until + timedelta(days=1)) != receives


def test_a_foreign_country_stands_last_in_capitals_and_no_code_before_the_postcode() -> None:
    assert address_lines(ABROAD) == ("Nowak", "ul. Długa 3", "00-238 Warszawa", "POLEN")


@pytest.mark.parametrize("country", ["", "Deutschland", "DE", " germany "])
def test_germany_is_not_written(country: str) -> None:
    to = recipient(CLIENT, replace(ADDRESS, country=country, postcode="D-38820"))
    assert address_lines(to)[-1] == "38820 Halberstadt"
    assert address_problems(to) == ()


@pytest.mark.parametrize(
    ("change", "codes", "held"),
    [
        ({}, [], None),
        ({"street": " "}, ["street_missing"], HoldReason.ADDRESS_INCOMPLETE),
        ({"postcode": ""}, ["postcode_missing"], HoldReason.ADDRESS_INCOMPLETE),
        ({"postcode": "6484"}, ["postcode_not_german"], HoldReason.ADDRESS_INCOMPLETE),
        ({"postcode": "٣٨٨٢٠"}, ["postcode_not_german"], HoldReason.ADDRESS_INCOMPLETE),
        ({"town": ""}, ["town_missing"], HoldReason.ADDRESS_INCOMPLETE),
        ({"returned_on": date(2021, 4, 6)}, ["address_returned"], HoldReason.ADDRESS_RETURNED),
        (
            {"street": "", "town": "", "returned_on": date(2021, 4, 6)},
            ["address_returned", "street_missing", "town_missing"],
            HoldReason.ADDRESS_RETURNED,
        ),
    ],
)
def test_what_is_wrong_with_an_address_is_named(
    change: dict[str, object], codes: list[str], held: HoldReason | None
) -> None:
    problems = address_problems(recipient(CLIENT, replace(ADDRESS, **change)))
    assert [p.code for p in problems] == codes
    assert hold_reason(problems) == held


def test_without_any_address_it_is_missing() -> None:
    problems = address_problems(recipient(CLIENT, None))
    assert hold_reason(problems) is HoldReason.ADDRESS_MISSING


def test_a_foreign_postcode_is_not_ours_to_judge() -> None:
    assert address_problems(replace(ABROAD, postcode="")) == ()


def test_a_blocked_address_is_for_the_responsible_advisor_only() -> None:
    blocked = replace(CLIENT, address_blocked=True)
    assert may_see_address(CLIENT, UUID(int=7))
    assert may_see_address(blocked, blocked.advisor_id)
    assert not may_see_address(blocked, UUID(int=7))
    assert not may_see_address(replace(blocked, advisor_id=None), None)
