"""The database's key: named, kept in the keyring, on paper, or locked by a passphrase."""

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.errors import KeyringLocked

from koba_desktop.domain.errors import Refused, Unavailable
from koba_desktop.system import keys, passphrase, recovery
from tests.unit.keyrings import MemoryKeyring, keyring_from

KEY = "0123456789abcdef" * 4
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")


def test_a_new_key_has_256_bits_and_is_never_the_same() -> None:
    made = {keys.new_key() for _ in range(20)}
    assert len(made) == 20
    assert all(keys.parsed(key, "key") == key for key in made)


def test_nobody_named_a_key() -> None:
    assert keys.named_key(None, {}) is None
    assert keys.named_key(None, {keys.ENVIRONMENT: " "}) is None


def test_the_environment_names_the_key() -> None:
    assert keys.named_key(None, {keys.ENVIRONMENT: f" {KEY.upper()}\n"}) == KEY


@pytest.mark.parametrize("text", ["", KEY[:-1], KEY + "0", KEY[:-1] + "g", "hunter2"])
def test_a_malformed_key_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(Unavailable) as refused:
        keys.parsed(text, keys.ENVIRONMENT)
    assert refused.value.code == "key_malformed"
    assert not refused.value.problems[0].params


@posix_only
def test_the_key_file_of_its_owner_goes_before_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "key"
    keys.write_private(file, KEY + "\n")
    assert keys.named_key(file, {keys.ENVIRONMENT: "f" * 64}) == KEY


@posix_only
@pytest.mark.parametrize("rights", [0o640, 0o604, 0o620, 0o610])
def test_a_key_file_open_to_others_is_refused(tmp_path: Path, rights: int) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    file.chmod(rights)
    with pytest.raises(Unavailable) as refused:
        keys.key_in_file(file)
    assert refused.value.code == "key_file_open_to_others"


@posix_only
def test_a_key_file_may_hold_the_recovery_key_from_the_paper(tmp_path: Path) -> None:
    file = tmp_path / "key"
    keys.write_private(file, recovery.recovery_key(KEY).lower().replace("-", " ") + "\n")
    assert keys.named_key(file, {}) == KEY


def test_a_key_file_that_is_not_there_or_a_folder_is_named(tmp_path: Path) -> None:
    for place in (tmp_path / "none", tmp_path):
        with pytest.raises(Unavailable) as refused:
            keys.key_in_file(place)
        assert refused.value.code == "key_file_missing"
        assert refused.value.problems[0].params["file"] == str(place)


@posix_only
def test_a_key_file_with_other_bytes_is_malformed(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"\xff\xfe")
    file.chmod(0o600)
    with pytest.raises(Unavailable) as refused:
        keys.key_in_file(file)
    assert refused.value.code == "key_malformed"


def test_the_keyring_keeps_a_key_for_each_database(keyrings: list[Any], tmp_path: Path) -> None:
    keyrings.append(keyring_from("keyring.backends.SecretService"))
    first, second = tmp_path / "a.db", tmp_path / "b.db"
    keys.store_key(first, KEY)
    assert keys.stored_key(first) == KEY
    assert keys.stored_key(second) is None
    keys.forget_key(first)
    keys.forget_key(first)
    assert keys.stored_key(first) is None


@pytest.mark.parametrize(
    "place",
    [
        "keyrings.alt.file",
        "keyring.backends.null",
        "keyring.backends.fail",
        "keyring.backends.chainer",
    ],
)
def test_a_keyring_that_does_not_encrypt_counts_as_none(
    keyrings: list[Any], tmp_path: Path, place: str
) -> None:
    keyrings.append(keyring_from(place, priority=99))
    assert not keys.keyring_usable()
    for use in (lambda: keys.stored_key(tmp_path), lambda: keys.store_key(tmp_path, KEY)):
        with pytest.raises(Unavailable) as refused:
            use()
        assert refused.value.code == "keyring_missing"
    assert not keyrings[0].kept


def test_a_safe_keyring_is_used_beside_a_plain_one_of_higher_rank(
    keyrings: list[Any], tmp_path: Path
) -> None:
    plain = keyring_from("keyrings.alt.file", priority=99)
    safe = keyring_from("keyring.backends.kwallet", priority=4.9)
    keyrings += [plain, safe]
    keys.store_key(tmp_path / "office.db", KEY)
    assert not plain.kept
    assert list(safe.kept.values()) == [KEY]


def test_a_locked_keyring_says_so(keyrings: list[Any], tmp_path: Path) -> None:
    class Locked(MemoryKeyring):
        def get_password(self, service: str, account: str) -> str | None:
            raise KeyringLocked

    keyrings.append(keyring_from("keyring.backends.libsecret", base=Locked))
    with pytest.raises(Unavailable) as refused:
        keys.stored_key(tmp_path)
    assert refused.value.code == "keyring_locked"


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_gives_its_key_back_however_it_is_typed(raw: bytes) -> None:
    printed = recovery.recovery_key(raw.hex())
    assert [len(group) for group in printed.split("-")] == [5] * 11
    assert not set(printed) & set("ILOU")
    sloppy = printed.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert recovery.key_of(printed) == raw.hex()
    assert recovery.key_of(sloppy) == raw.hex()


@given(st.integers(0, 53), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_a_wrongly_copied_character_is_noticed(place: int, other: str) -> None:
    plain = recovery.recovery_key(KEY).replace("-", "")
    wrong = plain[:place] + other + plain[place + 1 :]
    if wrong == plain:
        assert recovery.key_of(wrong) == KEY
    else:
        with pytest.raises(Unavailable, match="recovery_key_malformed"):
            recovery.key_of(wrong)


@pytest.mark.parametrize("typed", ["", "K7M4", "U" * 55, "Z" * 55, "ä" * 55])
def test_what_is_no_recovery_key_is_refused(typed: str) -> None:
    with pytest.raises(Unavailable, match="recovery_key_malformed"):
        recovery.key_of(typed)


CHEAP = 2**4
PHRASE = "Brockenbahn fährt um acht"


def test_the_passphrase_opens_the_key_and_another_does_not(tmp_path: Path) -> None:
    database = tmp_path / "office.db"
    passphrase.lock(database, KEY, PHRASE, cost=CHEAP)
    assert passphrase.unlock(database, PHRASE) == KEY
    with pytest.raises(Unavailable, match="passphrase_wrong"):
        passphrase.unlock(database, PHRASE + "!")


@posix_only
def test_the_locked_key_is_its_owners_and_holds_no_key(tmp_path: Path) -> None:
    database = tmp_path / "office.db"
    passphrase.lock(database, KEY, PHRASE, cost=CHEAP)
    box = passphrase.key_box(database)
    assert box.stat().st_mode & 0o777 == 0o600
    assert KEY not in box.read_text()


def test_a_new_passphrase_takes_the_place_of_the_old(tmp_path: Path) -> None:
    database = tmp_path / "office.db"
    passphrase.lock(database, KEY, PHRASE, cost=CHEAP)
    before = passphrase.key_box(database).read_text()
    passphrase.lock(database, KEY, "ein anderer langer Satz", cost=CHEAP)
    assert passphrase.key_box(database).read_text() != before
    assert passphrase.unlock(database, "ein anderer langer Satz") == KEY
    with pytest.raises(Unavailable, match="passphrase_wrong"):
        passphrase.unlock(database, PHRASE)


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="passphrase_short"):
        passphrase.lock(tmp_path / "office.db", KEY, "kurz", cost=CHEAP)
    assert not passphrase.key_box(tmp_path / "office.db").exists()


def test_a_machine_without_a_locked_key_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="key_missing"):
        passphrase.unlock(tmp_path / "office.db", PHRASE)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"scrypt": 16, "salt": "x"}'])
def test_a_damaged_box_is_told_from_a_wrong_passphrase(tmp_path: Path, content: str) -> None:
    database = tmp_path / "office.db"
    passphrase.key_box(database).write_text(content)
    with pytest.raises(Unavailable, match="key_malformed"):
        passphrase.unlock(database, PHRASE)
