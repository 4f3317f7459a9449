"""The log says what happened to which ids, and nothing about people."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from koba_desktop.domain.vocabulary import Outcome
from koba_desktop.system import logs

LETTER = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
log = logging.getLogger("koba_desktop.tests")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    yield logs.start(tmp_path / "logs")
    logs.stop()


def test_ids_numbers_times_and_codes_are_written(file: Path) -> None:
    at = datetime(2021, 4, 13, 8, 15, tzinfo=UTC)
    log.info("letter %s: %s, %s, %d pages at %s", LETTER, "print_failed", Outcome.REACHED, 2, at)
    written = file.read_text(encoding="utf-8")
    assert f"letter {LETTER}: print_failed, reached, 2 pages at {at}" in written


@pytest.mark.parametrize(
    "personal", ["Marlies Kuhn", "kuhn", "Lindenweg 7", "0176 04069118", "m.kuhn@mail.example"]
)
def test_what_may_name_a_person_is_hidden(file: Path, personal: str) -> None:
    log.warning("client %s %s", LETTER, personal)
    log.warning("client %(who)s", {"who": personal})
    written = file.read_text(encoding="utf-8")
    assert personal not in written
    assert f"client {LETTER} …" in written


def test_an_exception_is_written_without_its_message(file: Path) -> None:
    try:
        try:
            raise KeyError("Marlies Kuhn")
        except KeyError as error:
            raise ValueError("row of Lindenweg 7") from error
    except ValueError:
        log.exception("import stopped at %d", 12)
    written = file.read_text(encoding="utf-8")
    assert "import stopped at 12" in written
    assert "ValueError" in written
    assert "KeyError" in written
    assert "test_system_logs.py:" in written
    assert "Kuhn" not in written
    assert "Lindenweg" not in written


def test_starting_again_writes_each_line_once(file: Path) -> None:
    assert logs.start(file.parent) == file
    log.info("once %d", 1)
    assert file.read_text(encoding="utf-8").count("once 1") == 1
