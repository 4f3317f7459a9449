"""Where the key of the local database comes from.

The key is 32 random bytes, written as 64 hex digits. It lies in the operating system's keyring; the
command line and tests name it in ``KOBA_DATABASE_KEY`` or a file. On a machine without a keyring it
lies beside the database, locked by a passphrase. A recovery key, printed once, opens the file when
the PC is lost. It is never stored where others could read it.
"""

import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.domain.errors import Unavailable
from koba_desktop.system import recovery

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

ENVIRONMENT = "KOBA_DATABASE_KEY"
SERVICE = "KoBa Desktop"
_KEY = re.compile(r"[0-9a-f]{64}")
_SAFE_KEYRINGS = frozenset(
    f"keyring.backends.{name}"
    for name in ("Windows", "macOS", "SecretService", "libsecret", "kwallet")
)


def new_key() -> str:
    """A random key of 256 bits, as 64 hex digits."""
    return secrets.token_hex(32)


def parsed(text: str, where: str) -> str:
    """The key in a text: 64 hex digits, or the recovery key of them.

    Raises Unavailable: ``key_malformed``, ``recovery_key_malformed``.
    """
    if len(recovery.compact(text)) == recovery.CHARACTERS:
        return recovery.key_of(text)
    key = text.strip().lower()
    if not _KEY.fullmatch(key):
        raise Unavailable("key_malformed", where)
    return key


def named_key(
    key_file: Path | None = None, environment: Mapping[str, str] = os.environ
) -> str | None:
    """The key somebody named: in a file, else in the environment; None where nobody did.

    Raises Unavailable: ``key_malformed`` and what ``key_in_file`` raises.
    """
    if key_file is not None:
        return key_in_file(key_file)
    given = environment.get(ENVIRONMENT, "")
    return parsed(given, ENVIRONMENT) if given.strip() else None


def key_in_file(file: Path) -> str:
    """The key in a file that nobody but its owner may read.

    Raises Unavailable: ``key_file_missing``, ``key_file_open_to_others``, ``key_malformed``. On
    Windows the rights of a file come with its folder and are not looked at.
    """
    try:
        if is_open_to_others(file):
            raise Unavailable("key_file_open_to_others", "key_file", file=str(file))
        return parsed(file.read_text(encoding="ascii"), "key_file")
    except UnicodeDecodeError:
        raise Unavailable("key_malformed", "key_file") from None
    except OSError as error:
        raise Unavailable("key_file_missing", "key_file", file=str(file)) from error


def is_open_to_others(file: Path) -> bool:
    """Whether anybody but its owner may read or write a file; on Windows it is not looked at.

    Raises OSError where there is no such file, or it is a folder or a device.
    """
    mode = file.stat().st_mode
    if not stat.S_ISREG(mode):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(file))
    return sys.platform != "win32" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    beside = file.with_name(file.name + ".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(file)


def keyring_usable() -> bool:
    """Whether this PC has a keyring that encrypts what it keeps."""
    return _keyring() is not None


def stored_key(database: Path) -> str | None:
    """The key of a database in the keyring, None where it has none.

    Raises Unavailable: ``keyring_missing`` (none, or only one that keeps plain text),
    ``keyring_locked``, ``key_malformed``.
    """
    from keyring.errors import KeyringError

    try:
        found = required_keyring().get_password(SERVICE, _account(database))
    except KeyringError as error:
        raise Unavailable("keyring_locked") from error
    return parsed(found, "keyring") if found else None


def store_key(database: Path, key: str) -> None:
    """Keep the key of a database in the keyring. Raises like ``stored_key``."""
    from keyring.errors import KeyringError

    try:
        required_keyring().set_password(SERVICE, _account(database), parsed(key, "key"))
    except KeyringError as error:
        raise Unavailable("keyring_locked") from error


def forget_key(database: Path) -> None:
    """Take the key of a database out of the keyring, if it is there."""
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        required_keyring().delete_password(SERVICE, _account(database))
    except PasswordDeleteError:
        return
    except KeyringError as error:
        raise Unavailable("keyring_locked") from error


def required_keyring() -> "KeyringBackend":
    """The keyring of this PC that encrypts what it keeps.

    Raises Unavailable ``keyring_missing``.
    """
    found = _keyring()
    if found is None:
        raise Unavailable("keyring_missing")
    return found


def _keyring() -> "KeyringBackend | None":
    """The best of the keyrings known to encrypt; never one for plain text, nor one that forgets."""
    from keyring.backend import get_all_keyring

    safe = [each for each in get_all_keyring() if type(each).__module__ in _SAFE_KEYRINGS]
    return max(safe, key=lambda each: float(each.priority), default=None)


def _account(database: Path) -> str:
    return str(database.resolve())
