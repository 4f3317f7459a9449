"""The password of a person: kept by a keyring that encrypts, or named for a run."""

import sys
from pathlib import Path
from typing import Any

import pytest
from keyring.errors import KeyringLocked

from koba_desktop.domain.errors import Unavailable
from koba_desktop.system import keys, passwords
from tests.unit.keyrings import MemoryKeyring, keyring_from

PASSWORD = "Der Brocken trägt einen Hut"
ACCOUNT = passwords.account("d.berger", "koba-db.example", "koba")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")


def test_the_keyring_keeps_a_password_for_each_login_and_database(keyrings: list[Any]) -> None:
    kept = keyring_from("keyring.backends.Windows")
    keyrings.append(kept)
    passwords.remember(ACCOUNT, PASSWORD)
    assert kept.kept == {("KoBa Desktop", "d.berger@koba-db.example/koba"): PASSWORD}
    assert passwords.remembered(ACCOUNT) == PASSWORD
    assert passwords.remembered(passwords.account("k.kuhn", "koba-db.example", "koba")) == ""
    passwords.forget(ACCOUNT)
    passwords.forget(ACCOUNT)
    assert passwords.remembered(ACCOUNT) == ""


@pytest.mark.parametrize("place", ["keyrings.alt.file", "keyring.backends.null"])
def test_no_plain_text_ever_holds_a_password(keyrings: list[Any], place: str) -> None:
    plain = keyring_from(place)
    keyrings.append(plain)
    for attempt in (
        lambda: passwords.remember(ACCOUNT, PASSWORD),
        lambda: passwords.remembered(ACCOUNT),
        lambda: passwords.forget(ACCOUNT),
    ):
        with pytest.raises(Unavailable) as refused:
            attempt()
        assert refused.value.code == "keyring_missing"
    assert plain.kept == {}
    assert not keys.keyring_usable()


def test_a_locked_keyring_says_so(keyrings: list[Any]) -> None:
    class Locked(MemoryKeyring):
        def get_password(self, service: str, account: str) -> str | None:
            raise KeyringLocked

        def set_password(self, service: str, account: str, password: str) -> None:
            raise KeyringLocked

        def delete_password(self, service: str, account: str) -> None:
            raise KeyringLocked

    keyrings.append(keyring_from("keyring.backends.SecretService", base=Locked))
    for attempt in (
        lambda: passwords.remember(ACCOUNT, PASSWORD),
        lambda: passwords.remembered(ACCOUNT),
        lambda: passwords.forget(ACCOUNT),
    ):
        with pytest.raises(Unavailable) as refused:
            attempt()
        assert refused.value.code == "keyring_locked"
        assert PASSWORD not in repr(refused.value)


def test_no_program_started_later_inherits_the_password() -> None:
    environment = {passwords.LOGIN: " d.berger ", passwords.PASSWORD: f" {PASSWORD} "}
    assert passwords.named_login(environment) == "d.berger"
    assert passwords.named_password(None, environment) == f" {PASSWORD} "  # blanks may belong to it
    assert passwords.PASSWORD not in environment
    assert passwords.named_password(None, environment) == ""


@posix_only
def test_the_password_file_of_its_owner_goes_before_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\r\nsecond line\n", encoding="utf-8")
    file.chmod(0o600)
    environment = {passwords.PASSWORD: "other"}
    assert passwords.named_password(file, environment) == PASSWORD
    assert environment == {}


@posix_only
@pytest.mark.parametrize("rights", [0o640, 0o604, 0o620])
def test_a_password_file_open_to_others_is_refused(tmp_path: Path, rights: int) -> None:
    file = tmp_path / "password"
    file.write_text(PASSWORD, encoding="utf-8")
    file.chmod(rights)
    with pytest.raises(Unavailable) as refused:
        passwords.named_password(file, {})
    assert refused.value.code == "password_file_open_to_others"
    assert PASSWORD not in repr(refused.value.problems)


@posix_only
@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe"])
def test_a_password_file_without_a_password_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
        file.chmod(0o600)
    with pytest.raises(Unavailable) as refused:
        passwords.named_password(file, {})
    assert refused.value.code == "password_file_missing"
    assert refused.value.problems[0].params["file"] == str(file)
