"""The password of a person on the shared database: kept by the PC's keyring, or named for a run.

A keyring that does not encrypt is none: the password is then typed at each start. Automation names
login and password in the environment, or the password in a file that only its owner can read.
"""

import os
from collections.abc import MutableMapping
from pathlib import Path

from koba_desktop.domain.errors import Unavailable
from koba_desktop.system.keys import SERVICE, is_open_to_others, required_keyring

LOGIN = "KOBA_LOGIN"
PASSWORD = "KOBA_PASSWORD"


def account(login: str, host: str, database: str) -> str:
    """Under which name the keyring keeps the password of a login: "login@host/database"."""
    return f"{login}@{host}/{database}"


def remembered(account: str) -> str:
    """The password the keyring has for an account, "" where it has none.

    Raises Unavailable: ``keyring_missing`` (none, or only one that keeps plain text),
    ``keyring_locked``.
    """
    from keyring.errors import KeyringError

    try:
        return required_keyring().get_password(SERVICE, account) or ""
    except KeyringError as error:
        raise Unavailable("keyring_locked") from error


def remember(account: str, password: str) -> None:
    """Let the keyring keep a password. Raises like ``remembered``."""
    from keyring.errors import KeyringError

    try:
        required_keyring().set_password(SERVICE, account, password)
    except KeyringError as error:
        raise Unavailable("keyring_locked") from error


def forget(account: str) -> None:
    """Take a password out of the keyring, if it is there. Raises like ``remembered``."""
    from keyring.errors import KeyringError, PasswordDeleteError

    try:
        required_keyring().delete_password(SERVICE, account)
    except PasswordDeleteError:
        return
    except KeyringError as error:
        raise Unavailable("keyring_locked") from error


def named_login(environment: MutableMapping[str, str] = os.environ) -> str:
    """The login somebody named for this run, "" where nobody did."""
    return environment.get(LOGIN, "").strip()


def named_password(
    file: Path | None = None, environment: MutableMapping[str, str] = os.environ
) -> str:
    """The password somebody named for this run: in a file, else in the environment, from which it
    is taken so that no program started from here inherits it. "" where nobody named one.

    Raises Unavailable: ``password_file_missing``, ``password_file_open_to_others``.
    """
    given = environment.pop(PASSWORD, "")
    return given if file is None else _password_in(file)


def _password_in(file: Path) -> str:
    """The first line of a file that nobody but its owner may read."""
    try:
        if is_open_to_others(file):
            raise Unavailable("password_file_open_to_others", "password_file", file=str(file))
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable("password_file_missing", "password_file", file=str(file)) from error
    if not lines or not lines[0]:
        raise Unavailable("password_file_missing", "password_file", file=str(file))
    return lines[0]
