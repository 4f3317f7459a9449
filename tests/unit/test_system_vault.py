"""The key of what lies on this PC for outages."""

import os
import stat
import sys
from pathlib import Path

import pytest

from koba_desktop.domain.errors import Unavailable
from koba_desktop.system import keys, passphrase
from koba_desktop.system.vault import Vault

QUICK = 2**4
SERVER = "postgresql://koba.example/office"


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[Path, str]:
    kept: dict[Path, str] = {}
    monkeypatch.setattr(keys, "keyring_usable", lambda: True)
    monkeypatch.setattr(keys, "stored_key", kept.get)
    monkeypatch.setattr(keys, "store_key", kept.__setitem__)
    monkeypatch.setattr(keys, "forget_key", lambda database: kept.pop(database, None))
    return kept


def test_each_login_on_each_server_has_its_own_for_nobody_else(tmp_path: Path):
    vaults = [
        Vault.of(tmp_path, SERVER, "berger"),
        Vault.of(tmp_path, SERVER, "fink"),
        Vault.of(tmp_path, "postgresql://other.example/office", "berger"),
    ]
    assert len({vault.folder for vault in vaults}) == 3
    assert Vault.of(tmp_path, SERVER, "berger") == vaults[0]
    if sys.platform != "win32":
        assert stat.S_IMODE(os.stat(vaults[0].folder).st_mode) == 0o700  # noqa: PTH116
    assert not any("berger" in str(vault.folder.relative_to(tmp_path)) for vault in vaults)


def test_the_keyring_keeps_it_and_the_password_does_not_matter(
    tmp_path: Path, keyring: dict[Path, str]
):
    vault = Vault.of(tmp_path, SERVER, "berger")
    key = vault.key("Kennwort eins")
    assert keyring == {vault.queue: key}
    vault.change_password("Kennwort eins", "Kennwort zwei")
    assert vault.key("Kennwort zwei") == key
    assert not passphrase.key_box(vault.queue).exists()


def test_without_a_keyring_the_password_opens_it(tmp_path: Path, no_keyring: None):
    vault = Vault.of(tmp_path, SERVER, "berger")
    key = vault.key("kurz", cost=QUICK)
    assert vault.key("kurz") == key
    box = passphrase.key_box(vault.queue)
    assert key not in box.read_text()
    if sys.platform != "win32":
        assert stat.S_IMODE(os.stat(box).st_mode) == 0o600  # noqa: PTH116
    with pytest.raises(Unavailable) as refused:
        vault.key("falsch")
    assert refused.value.code == "vault_password_changed"


def test_a_new_password_opens_the_same_files(tmp_path: Path, no_keyring: None):
    vault = Vault.of(tmp_path, SERVER, "berger")
    key = vault.key("vorher", cost=QUICK)
    vault.change_password("vorher", "nachher", cost=QUICK)
    assert vault.key("nachher") == key
    with pytest.raises(Unavailable):
        vault.key("vorher")
    with pytest.raises(Unavailable):
        vault.change_password("falsch", "egal", cost=QUICK)
    assert vault.key("nachher") == key


def test_files_nobody_can_open_any_more_are_put_aside_not_away(tmp_path: Path, no_keyring: None):
    vault = Vault.of(tmp_path, SERVER, "berger")
    assert vault.begin_anew() is None
    key = vault.key("vergessen", cost=QUICK)
    vault.queue.write_bytes(b"waits for the server")
    assert vault.is_used
    aside = vault.begin_anew()
    assert aside is not None
    assert (aside / vault.queue.name).read_bytes() == b"waits for the server"
    assert not vault.is_used
    assert vault.key("neu", cost=QUICK) != key
    # Whoever remembers can open them all the same.
    assert passphrase.unlock(aside / vault.queue.name, "vergessen") == key
    assert vault.begin_anew() == vault.folder / "locked-2"
