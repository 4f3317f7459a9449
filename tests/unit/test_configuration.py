"""What the program is told by files and options, and what it refuses."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from koba_desktop.configuration import (
    Configuration,
    database_path,
    instant_of,
    is_shared,
    load,
    write_entries,
)
from koba_desktop.domain.errors import Unavailable
from koba_desktop.i18n.messages import message


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


def test_the_shared_database_is_named_with_its_authority_and_a_login(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "config.toml",
        'database = "postgresql://koba-db.example:6432/koba"\n'
        'ca_file = "/etc/koba/ca.pem"\nlogin = "d.berger"\n',
    )
    configuration = load([file])
    assert is_shared(configuration.database)
    assert configuration.ca_file == Path("/etc/koba/ca.pem")
    assert configuration.login == "d.berger"


def test_an_empty_path_takes_back_that_of_an_earlier_file(tmp_path: Path) -> None:
    machine = written(tmp_path, "machine.toml", 'ca_file = "/etc/koba/ca.pem"\n')
    user = written(tmp_path, "user.toml", 'ca_file = ""\n')
    assert load([machine, user]).ca_file is None


@pytest.mark.parametrize("named", ["", "/srv/office.db", "sqlite:///b.db", "D:/KoBa/office.koba"])
def test_a_file_is_not_shared(named: str) -> None:
    assert not is_shared(named)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://erika:geheim@server/koba",
        "postgres://erika:@server/koba",
        "PostgreSQL://erika:a%40b@server/koba",
        "postgresql://server/koba?password=geheim",
        "postgresql://server/koba?sslmode=verify-full&PassWord=geheim",
        "postgresql://server/koba?sslpassword=geheim",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(tmp_path: Path, url: str) -> None:
    file = written(tmp_path, "config.toml", f'database = "{url}"')
    for attempt in (lambda: is_shared(url), lambda: load([file])):
        with pytest.raises(Unavailable) as refused:
            attempt()
        assert refused.value.code == "password_in_address"
        assert "geheim" not in repr(refused.value.problems)
        assert "geheim" not in message(refused.value.problems[0])


def test_a_port_is_no_password() -> None:
    assert is_shared("postgresql://server:6432/koba")
    assert is_shared("postgresql://[2001:db8::1]:6432/koba")


def test_entries_are_written_beside_what_stands_there(tmp_path: Path) -> None:
    file = written(
        tmp_path, "config.toml", '# of the library\nlanguage = "de"\ndatabase = "/srv/office.db"\n'
    )
    write_entries(file, {"database": "postgresql://server/koba", "ca_file": 'C:\\KoBa\\"ca".pem'})
    assert load([file]) == Configuration(
        database="postgresql://server/koba", language="de", ca_file=Path('C:\\KoBa\\"ca".pem')
    )
    assert "# of the library" in file.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]


def test_entries_make_the_file_and_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "config" / "koba" / "config.toml"
    write_entries(file, {"database": "postgresql://server/koba"})
    assert load([file]).database == "postgresql://server/koba"


def test_what_cannot_be_edited_line_by_line_stays_as_it_is(tmp_path: Path) -> None:
    text = 'database = """\n/srv/office.db"""\n'
    file = written(tmp_path, "config.toml", text)
    with pytest.raises(Unavailable) as refused:
        write_entries(file, {"database": "postgresql://server/koba"})
    assert refused.value.code == "config_malformed"
    assert file.read_text(encoding="utf-8") == text
    assert [each.name for each in tmp_path.iterdir()] == ["config.toml"]


def test_a_configuration_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = written(tmp_path, "folder", "a file where a folder should be")
    with pytest.raises(Unavailable) as refused:
        write_entries(blocked / "config.toml", {"database": "postgresql://server/koba"})
    assert refused.value.code == "config_unwritable"


def test_the_sample_configuration_can_be_read_and_holds_no_secret() -> None:
    sample = Path(__file__).resolve().parents[2] / "docs" / "config.sample.toml"
    configuration = load([sample])
    assert is_shared(configuration.database)
    assert configuration.ca_file is not None


def test_a_time_without_offset_is_that_of_the_office() -> None:
    assert instant_of("2021-04-13T09:42") == datetime(2021, 4, 13, 7, 42, tzinfo=UTC)
    assert instant_of("2021-04-13T09:42+00:00") == datetime(2021, 4, 13, 9, 42, tzinfo=UTC)


def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(Unavailable) as refused:
        instant_of("yesterday")
    assert refused.value.code == "now_malformed"
