from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koba_desktop.domain.references import (
    ALPHABET,
    LENGTH,
    is_valid,
    looks_like_reference,
    make,
    normalise,
)

codes = st.integers(0, 2**32).map(lambda seed: make(Random(seed)))


@given(codes)
def test_a_made_code_is_valid_however_it_is_typed(code: str) -> None:
    assert len(code) == LENGTH
    assert is_valid(code)
    assert is_valid(f" {code[:4].lower()} {code[4:].lower()}\n")
    assert normalise(f"{code[:4]}-{code[4:]}") == code


@given(codes, st.integers(0, LENGTH - 1))
def test_every_single_wrong_character_is_found(code: str, place: int) -> None:
    for wrong in set(ALPHABET) - {code[place]}:
        assert not is_valid(code[:place] + wrong + code[place + 1 :])


@given(codes)
def test_every_swap_of_two_characters_is_found(code: str) -> None:
    for i in range(LENGTH):
        for j in range(i + 1, LENGTH):
            if code[i] != code[j]:
                swapped = list(code)
                swapped[i], swapped[j] = swapped[j], swapped[i]
                assert not is_valid("".join(swapped))


@pytest.mark.parametrize("characters", ["0O", "1IL", "2Z", "5S", "8B", "6G", "UV"])
def test_of_characters_that_look_alike_at_most_one_is_used(characters: str) -> None:
    assert sum(c in ALPHABET for c in characters) <= 1


@pytest.mark.parametrize("text", ["Hartmann", "03943583000", "KUHN", "33333333", "K7M4 9QX", ""])
def test_names_and_numbers_do_not_look_like_a_code(text: str) -> None:
    assert not looks_like_reference(text)
    assert not is_valid(text)


def test_a_mistyped_code_still_looks_like_one() -> None:
    code = make(Random(1))
    mistyped = code[:-1] + next(c for c in ALPHABET if c != code[-1])
    assert looks_like_reference(mistyped)
    assert not is_valid(mistyped)


def test_the_same_seed_makes_the_same_codes() -> None:
    one, other = Random(7), Random(7)
    assert [make(one) for _ in range(3)] == [make(other) for _ in range(3)]
