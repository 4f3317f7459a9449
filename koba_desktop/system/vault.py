"""The key of what is kept on this PC for outages, of one login on one server.

A random key in the keyring where there is one. Elsewhere it lies beside the files, locked by the
login's password (scrypt, see ``system.passphrase``), so that the password opens them without the
server, too. A changed password locks the same key anew: files stay readable, nothing is re-written.
"""

import sys
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from koba_desktop.domain.errors import Unavailable
from koba_desktop.system import keys, passphrase


@dataclass(frozen=True, slots=True)
class Vault:
    """``folder`` is for its owner only."""

    folder: Path

    @classmethod
    def of(cls, root: Path, address: str, login: str) -> "Vault":
        """The vault of a login on a server, made if need be. ``root`` is the user's own folder."""
        folder = cls.place(root, address, login)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sys.platform != "win32":
            folder.chmod(0o700)
        return cls(folder)

    @staticmethod
    def place(root: Path, address: str, login: str) -> Path:
        """Where the vault of a login on a server is, or would be."""
        name = sha256(f"{login}@{address}".encode()).hexdigest()[:16]
        return root / "outage" / name

    @property
    def queue(self) -> Path:
        """The file of what waits for the server."""
        return self.folder / "inputs.db"

    @property
    def is_used(self) -> bool:
        """Whether there is something a start without the server could open."""
        return any(self.folder.glob("*.db"))

    def key(self, password: str, *, cost: int = passphrase.COST) -> str:
        """The key, made the first time. ``password`` is the login's, known to be right, or being
        tried while the server is away.

        Raises Unavailable: ``vault_password_changed`` where another one locks it,
        ``keyring_locked``, ``key_malformed``.
        """
        if passphrase.key_box(self.queue).is_file():
            try:
                return passphrase.unlock(self.queue, password)
            except Unavailable as error:
                if error.code != "passphrase_wrong":
                    raise
                raise Unavailable("vault_password_changed", "password") from None
        if keys.keyring_usable():
            key = keys.stored_key(self.queue) or keys.new_key()
            keys.store_key(self.queue, key)
            return key
        key = keys.new_key()
        passphrase.seal(self.queue, key, password, cost=cost)
        return key

    def learn_password(self, password: str, *, cost: int = passphrase.COST) -> None:
        """The server took it: from now on ``require_password`` asks for it, also where the keyring
        keeps the key. Slow."""
        if not passphrase.key_box(self.queue).is_file():
            passphrase.seal(self._proof, keys.new_key(), password, cost=cost)

    def require_password(self, password: str) -> None:
        """Who starts without the server must know what the server would ask for: whoever sits at
        this PC has its keyring, too. Raises Unavailable: ``vault_password_changed``,
        ``key_malformed``, ``key_missing`` where nobody has signed in here yet."""
        box = self.queue if passphrase.key_box(self.queue).is_file() else self._proof
        try:
            passphrase.unlock(box, password)
        except Unavailable as error:
            if error.code != "passphrase_wrong":
                raise
            raise Unavailable("vault_password_changed", "password") from None

    @property
    def _proof(self) -> Path:
        """Beside it lies what a password is compared with; it locks nothing."""
        return self.folder / "password"

    def change_password(self, old: str, new: str, *, cost: int = passphrase.COST) -> None:
        """Lock the same key by another password. Raises as ``key`` does."""
        if passphrase.key_box(self.queue).is_file():
            passphrase.seal(self.queue, self.key(old), new, cost=cost)
        elif passphrase.key_box(self._proof).is_file():
            self.learn_password(new, cost=cost)

    def begin_anew(self) -> Path | None:
        """Where nobody knows the former password: put the locked files aside, never away. Returns
        where they are, None where there was nothing."""
        if not self.is_used and not passphrase.key_box(self.queue).is_file():
            return None
        number = 1
        while (aside := self.folder / f"locked-{number}").exists():
            number += 1
        aside.mkdir(mode=0o700)
        for file in self.folder.iterdir():
            if file.is_file():
                file.replace(aside / file.name)
        with suppress(Unavailable):
            keys.forget_key(self.queue)
        return aside
