"""Reference codes of appointments: eight characters a person can read out, type and mistype.

The alphabet leaves out what is read for something else (0 O, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V) as
far as one of a pair would remain beside the other. Its 23 characters are a prime number, so one
check character over weights that all differ finds every single wrong character and every swap of
two. A code always holds a letter and a digit: it is neither a name nor a telephone number.
"""

from random import Random

ALPHABET = "34679ACDEFHJKMNPQRTVWXY"
LENGTH = 8
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(range(LENGTH, 0, -1))  # the check character, last, weighs 1


def make(random: Random) -> str:
    """A new code. Uniqueness is a matter of the table that keeps it."""
    while True:
        body = "".join(random.choice(ALPHABET) for _ in range(LENGTH - 1))
        code = body + ALPHABET[-_weigh(body) % len(ALPHABET)]
        if _is_mixed(code):
            return code


def normalise(text: str) -> str:
    """A code as it is stored: capitals, without blanks and hyphens."""
    return "".join(c for c in text.upper() if not c.isspace() and c not in "-‐‑–")


def looks_like_reference(text: str) -> bool:
    """Whether somebody meant a code, be it mistyped: shape and characters are right."""
    code = normalise(text)
    return len(code) == LENGTH and all(c in _VALUES for c in code) and _is_mixed(code)


def is_valid(text: str) -> bool:
    """Whether it is a code whose check character fits."""
    return looks_like_reference(text) and _weigh(normalise(text)) % len(ALPHABET) == 0


def _weigh(code: str) -> int:
    return sum(
        weight * _VALUES[character] for weight, character in zip(_WEIGHTS, code, strict=False)
    )


def _is_mixed(code: str) -> bool:
    return any(c.isdigit() for c in code) and any(c.isalpha() for c in code)
