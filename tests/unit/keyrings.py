"""Keyrings in memory, which pretend to be one of those a PC may have."""

from typing import Any

from keyring.errors import PasswordDeleteError


class MemoryKeyring:
    """A keyring in memory; ``place`` is the module its class pretends to come from."""

    priority = 5.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, account: str) -> str | None:
        return self.kept.get((service, account))

    def set_password(self, service: str, account: str, password: str) -> None:
        self.kept[service, account] = password

    def delete_password(self, service: str, account: str) -> None:
        if (service, account) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, account]


def keyring_from(
    place: str, priority: float = 5.0, base: type[MemoryKeyring] = MemoryKeyring
) -> Any:
    return type("Keyring", (base,), {"__module__": place, "priority": priority})()
