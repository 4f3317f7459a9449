"""The recovery key: the database's key as a person can copy it from paper.

Base 32 without look-alikes (Crockford's alphabet), with two bytes of checksum, in eleven groups of
five. Read back, case, spaces and hyphens do not matter, and O, I and L count as 0, 1 and 1. Whoever
has the paper opens the file: a key file may hold the recovery key instead of the key.
"""

import hashlib

from koba_desktop.domain.errors import Unavailable

CHARACTERS = 55  # 34 bytes in groups of five bits
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("OIL", "011")
_BYTES = 32
_CHECK_BYTES = 2
_GROUP = 5


def recovery_key(key: str) -> str:
    """The key (64 hex digits) in groups, such as "0A1B2-C3D4E-…"."""
    raw = bytes.fromhex(key)
    number = int.from_bytes(raw + _checksum(raw))
    characters = []
    for _position in range(CHARACTERS):
        number, digit = divmod(number, len(_ALPHABET))
        characters.append(_ALPHABET[digit])
    text = "".join(reversed(characters))
    return "-".join(text[at : at + _GROUP] for at in range(0, CHARACTERS, _GROUP))


def key_of(recovery: str) -> str:
    """The key (64 hex digits) of a typed recovery key.

    Raises Unavailable(``recovery_key_malformed``): characters are missing, wrong or swapped.
    """
    typed = compact(recovery).upper().translate(_LOOK_ALIKES)
    number = 0
    for character in typed:
        digit = _ALPHABET.find(character)
        if digit < 0:
            raise Unavailable("recovery_key_malformed", "recovery_key")
        number = number * len(_ALPHABET) + digit
    if len(typed) != CHARACTERS or number.bit_length() > 8 * (_BYTES + _CHECK_BYTES):
        raise Unavailable("recovery_key_malformed", "recovery_key")
    raw = number.to_bytes(_BYTES + _CHECK_BYTES)
    if _checksum(raw[:_BYTES]) != raw[_BYTES:]:
        raise Unavailable("recovery_key_malformed", "recovery_key")
    return raw[:_BYTES].hex()


def compact(text: str) -> str:
    """What was typed, without spaces and hyphens."""
    return "".join(text.replace("-", " ").split())


def _checksum(raw: bytes) -> bytes:
    return hashlib.sha256(b"koba-desktop recovery" + raw).digest()[:_CHECK_BYTES]
