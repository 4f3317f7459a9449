"""The outbox beyond what it shows at a time, and what it proposes."""

from tests.unit import outbox_cases
from tests.unit.service_office import SmallOffice


def test_what_waited_longest_is_never_left_out(office: SmallOffice) -> None:
    outbox_cases.what_waited_longest_is_never_left_out(office)


def test_letters_to_print_are_counted_without_reading_them(office: SmallOffice) -> None:
    outbox_cases.letters_to_print_are_counted_without_reading_them(office)


def test_a_search_finds_what_left_long_ago(office: SmallOffice) -> None:
    outbox_cases.a_search_finds_what_left_long_ago(office)


def test_a_postcode_that_is_missing_is_proposed_from_a_neighbour(office: SmallOffice) -> None:
    outbox_cases.a_postcode_that_is_missing_is_proposed_from_a_neighbour(office)
