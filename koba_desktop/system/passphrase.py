"""The database's key locked by a passphrase, for a machine without a keyring.

A file beside the database holds the salt, the cost and the locked key. From the passphrase scrypt
(RFC 7914) makes 64 bytes for this one salt: half of them hide the key, half of them prove that the
passphrase was right. A new passphrase takes a new salt and leaves the database as it is.
"""

import hashlib
import hmac
import json
import secrets
from pathlib import Path

from koba_desktop.domain.errors import Problem, Refused, Unavailable
from koba_desktop.system.keys import parsed, write_private

SHORTEST = 12  # characters
COST = 2**17  # scrypt's N: 128 MB and some 0.4 s for each guess
_BLOCK = 8
_SALT_BYTES = 16


def key_box(database: Path) -> Path:
    """The file beside a database that holds its locked key."""
    return database.with_name(database.name + ".key")


def lock(database: Path, key: str, passphrase: str, *, cost: int = COST) -> None:
    """Keep the key of a database locked by a passphrase.

    Raises Refused(``passphrase_short``) below twelve characters.
    """
    if len(passphrase) < SHORTEST:
        raise Refused(Problem("passphrase_short", {"shortest": SHORTEST}, "passphrase"))
    seal(database, key, passphrase, cost=cost)


def seal(database: Path, key: str, passphrase: str, *, cost: int = COST) -> None:
    """The same with a passphrase somebody else watches over: the password of a login."""
    salt = secrets.token_bytes(_SALT_BYTES)
    pad, proof_key = _derived(passphrase, salt, cost)
    hidden = _xor(bytes.fromhex(parsed(key, "key")), pad)
    proof = hmac.digest(proof_key, hidden, "sha256")
    content = {"scrypt": cost, "salt": salt.hex(), "key": hidden.hex(), "proof": proof.hex()}
    write_private(key_box(database), json.dumps(content))


def unlock(database: Path, passphrase: str) -> str:
    """The key of a database (64 hex digits).

    Raises Unavailable: ``key_missing`` (no key is kept here), ``key_malformed``,
    ``passphrase_wrong``.
    """
    try:
        content = json.loads(key_box(database).read_text(encoding="ascii"))
        cost = int(content["scrypt"])
        salt, hidden, proof = (bytes.fromhex(content[name]) for name in ("salt", "key", "proof"))
    except FileNotFoundError:
        raise Unavailable("key_missing") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise Unavailable("key_malformed", "key_box") from None
    pad, proof_key = _derived(passphrase, salt, cost)
    if not hmac.compare_digest(proof, hmac.digest(proof_key, hidden, "sha256")):
        raise Unavailable("passphrase_wrong", "passphrase")
    return _xor(hidden, pad).hex()


def _derived(passphrase: str, salt: bytes, cost: int) -> tuple[bytes, bytes]:
    derived = hashlib.scrypt(
        passphrase.encode(),
        salt=salt,
        n=cost,
        r=_BLOCK,
        p=1,
        maxmem=2 * 128 * _BLOCK * cost,
        dklen=64,
    )
    return derived[:32], derived[32:]


def _xor(left: bytes, right: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(left, right, strict=True))
