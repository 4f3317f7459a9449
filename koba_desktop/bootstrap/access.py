"""How the command line signs in to a shared database: where it is, as whom, with which password."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.configuration import Configuration, is_shared
from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    from koba_desktop.cli.wiring import Target
    from koba_desktop.storage.postgres.address import SharedAddress


class Accesses:
    """One for a run of the program: a password that was typed is not asked for again."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._passwords: dict[str, str] = {}

    def is_shared(self, target: "Target") -> bool:
        """Whether the database named, or configured, is a shared one. Raises Unavailable
        ``password_in_address``."""
        return is_shared(self._named(target))

    def address(self, target: "Target") -> "SharedAddress":
        """Raises Unavailable: ``database_address_malformed``, ``server_without_tls``,
        ``ca_file_missing``."""
        from koba_desktop.storage.postgres.address import SharedAddress

        ca_file = target.ca_file or self._configuration.ca_file
        address = SharedAddress.parse(self._named(target), ca_file)
        if address.ca_file is not None and not address.ca_file.is_file():
            raise Unavailable("ca_file_missing", where="ca_file", file=str(address.ca_file))
        return address

    def credentials(self, target: "Target") -> tuple[str, str]:
        """Login and password.

        Raises Unavailable: ``password_file_missing``, ``password_file_open_to_others``,
        ``password_needed`` where nobody named one and nobody can be asked.
        """
        from koba_desktop.system import passwords
        from koba_desktop.system.host import user_name

        login = (
            target.access.login
            or passwords.named_login()
            or self._configuration.login
            or user_name()
        )
        if login not in self._passwords:
            named = passwords.named_password(target.access.password_file)
            self._passwords[login] = named or _asked(login)
        return login, self._passwords[login]

    def _named(self, target: "Target") -> str:
        return target.database or self._configuration.database


def _asked(login: str) -> str:
    from koba_desktop.i18n import _

    return ask_secret(_("Password of {login}: ").format(login=login))


def secret_in(file: Path) -> str:
    """The password in a file. Raises Unavailable as ``passwords.named_password`` does."""
    from koba_desktop.system.passwords import named_password

    return named_password(file, {})


def ask_secret(prompt: str) -> str:
    """What somebody types unseen. Raises Unavailable ``password_needed`` without a terminal."""
    from getpass import getpass

    if not sys.stdin.isatty():
        raise Unavailable("password_needed", where="--password-file")
    return getpass(prompt, stream=sys.stderr)
