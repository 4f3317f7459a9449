"""What the program is told by files and options, and what it refuses."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from koba_desktop.configuration import Configuration, database_path, instant_of, load
from koba_desktop.domain.errors import Unavailable


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_without_files_the_defaults_hold(tmp_path: Path) -> None:
    assert load([tmp_path / "none.toml"]) == Configuration()


def test_the_later_file_overrules_the_earlier(tmp_path: Path) -> None:
    machine = written(tmp_path, "machine.toml", 'database = "/srv/office.db"\nlanguage = "de"\n')
    user = written(tmp_path, "user.toml", 'language = "en"\n')
    assert load([machine, user]) == Configuration(database="/srv/office.db", language="en")


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as refused:
        load([], tmp_path / "missing.toml")
    assert refused.value.code == "config_missing"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("database = ", "config_malformed"),
        ("datbase = 'x'", "config_unknown"),
        ("database = 5", "config_unknown"),
        ("language = 'fr'", "config_unknown"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Unavailable) as refused:
        load([written(tmp_path, "config.toml", text)])
    assert refused.value.code == code
    assert "config.toml" in str(refused.value.problems[0].params["file"])


def test_a_database_is_named_by_path_or_url() -> None:
    default = Path("/home/office.db")
    assert database_path("", default) == default
    assert database_path("/srv/a b.db", default) == Path("/srv/a b.db")
    assert database_path("sqlite:////srv/a%20b.db", default) == Path("/srv/a b.db")
    assert database_path("sqlite:///b.db", default) == Path("b.db")


@pytest.mark.parametrize("url", ["postgresql://server/koba", "sqlite://server", "ftp:///x"])
def test_the_url_of_another_kind_of_database_is_refused(url: str) -> None:
    with pytest.raises(Unavailable) as refused:
        database_path(url, Path())
    assert refused.value.code == "database_kind_unknown"


def test_a_time_without_offset_is_that_of_the_office() -> None:
    assert instant_of("2021-04-13T09:42") == datetime(2021, 4, 13, 7, 42, tzinfo=UTC)
    assert instant_of("2021-04-13T09:42+00:00") == datetime(2021, 4, 13, 9, 42, tzinfo=UTC)


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(Unavailable) as refused:
        instant_of("yesterday")
    assert refused.value.code == "now_malformed"
