"""Day list, call list and reply slips from the command line, on a made-up office."""

from pathlib import Path

import pytest

from tests.end_to_end.test_cli import Pc, pc

__all__ = ["pc"]

ADVISOR = "berater01"


def words(file: Path) -> str:
    import pdfplumber

    with pdfplumber.open(file) as document:
        return " ".join(" ".join(page.extract_text().split()) for page in document.pages)


@pytest.fixture(scope="module")
def references(pc: Pc, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The appointments of the coming days."""
    file = tmp_path_factory.mktemp("slips") / "slips.pdf"
    found: list[str] = []
    for day in ("2021-04-14", "2021-04-15", "2021-04-16"):
        answer = pc.on_office(
            "letters", "slips", "--office", "Halberstadt", "--day", day,
            "--output", file, "--force",
        )  # fmt: skip
        if answer.code == 0:
            found += answer.result["references"]
        else:
            assert answer.error["code"] == "slips_none"
    assert found
    return found


class TestDayList:
    def test_of_an_office_today(self, pc: Pc, tmp_path: Path) -> None:
        file = tmp_path / "day.pdf"
        answer = pc.on_office("letters", "daylist", "--office", "Halberstadt", "--output", file)
        assert answer.code == 0, answer.out
        assert set(answer.result) == {
            *("office", "advisor", "day", "file", "appointments", "called_off")
        }
        assert (answer.result["advisor"], answer.result["day"]) == (None, "2021-04-13")
        text = words(file)
        assert "Tagesliste Dienstag, 13. April 2021" in text
        if answer.result["appointments"]:
            assert f"{answer.result['appointments']} Termin" in text

    def test_of_an_advisor_on_another_day_in_the_office_of_his_or_her_own(
        self, pc: Pc, tmp_path: Path
    ) -> None:
        file = tmp_path / "day.pdf"
        wanted = ("letters", "daylist", "--advisor", ADVISOR, "--day", "2021-04-14")
        answer = pc.on_office(*wanted, "--output", file)
        assert answer.code == 0, answer.out
        assert (answer.result["advisor"], answer.result["day"]) == (ADVISOR, "2021-04-14")
        assert "Tagesliste" in words(file)
        kept = pc.on_office(*wanted, "--output", file)
        assert (kept.code, kept.error["code"]) == (1, "file_exists")
        assert pc.on_office(*wanted, "--output", file, "--force").code == 0

    def test_which_office_is_to_be_said_where_there_are_several(
        self, pc: Pc, tmp_path: Path
    ) -> None:
        answer = pc.on_office("letters", "daylist", "--output", tmp_path / "x.pdf")
        assert (answer.code, answer.error["code"]) == (1, "office_unclear")
        assert list(tmp_path.iterdir()) == []


class TestCallList:
    def test_of_an_advisor(self, pc: Pc, tmp_path: Path) -> None:
        file = tmp_path / "calls.pdf"
        answer = pc.on_office("letters", "calllist", "--advisor", ADVISOR, "--output", file)
        assert answer.code == 0, answer.out
        assert set(answer.result) == {"office", "advisor", "day", "file", "calls"}
        assert (answer.result["advisor"], answer.result["day"]) == (ADVISOR, "2021-04-13")
        assert "Sagen Sie weder, wer anruft, noch warum." in words(file)

    @pytest.mark.parametrize(
        ("arguments", "code", "where"),
        [
            ((), "usage_missing", "--advisor"),
            (("--advisor", "niemand"), "login_unknown", "--advisor"),
        ],
    )
    def test_whose_it_is_must_be_said(
        self, pc: Pc, tmp_path: Path, arguments: tuple[str, ...], code: str, where: str
    ) -> None:
        answer = pc.on_office("letters", "calllist", *arguments, "--output", tmp_path / "x.pdf")
        assert answer.code in (1, 2)
        assert (answer.error["code"], answer.error["where"]) == (code, where)


class TestSlips:
    def test_of_appointments_by_their_references(
        self, pc: Pc, tmp_path: Path, references: list[str]
    ) -> None:
        file = tmp_path / "slips.pdf"
        asked = [part for each in references[:2] for part in ("--reference", each)]
        answer = pc.on_office("letters", "slips", *asked, "--output", file)
        assert answer.code == 0, answer.out
        assert answer.result["references"] == references[:2]
        assert not answer.result["blank"]
        text = words(file)
        assert all(f"{each[:4]} {each[4:]}" in text for each in references[:2])

    def test_blank_ones(self, pc: Pc, tmp_path: Path) -> None:
        file = tmp_path / "slips.pdf"
        answer = pc.on_office("letters", "slips", "--office", "Halberstadt", "--output", file)
        assert (answer.code, answer.result["blank"]) == (0, True)
        assert words(file).count("Ihre Antwort") == 3

    def test_an_unknown_reference_and_a_day_without_anybody(self, pc: Pc, tmp_path: Path) -> None:
        file = tmp_path / "slips.pdf"
        unknown = pc.on_office("letters", "slips", "--reference", "00000000", "--output", file)
        assert unknown.error["code"] == "reference_unknown"
        sunday = ("letters", "slips", "--office", "Halberstadt", "--day", "2021-04-18")
        assert pc.on_office(*sunday, "--output", file).error["code"] == "slips_none"
        assert list(tmp_path.iterdir()) == []

    def test_people_are_told_in_their_language(self, pc: Pc, tmp_path: Path) -> None:
        file = tmp_path / "slips.pdf"
        said = pc.run(
            "letters", "slips", "--office", "Halberstadt", "--output", file,
            "--database", pc.database, "--language", "en",
        )  # fmt: skip
        assert said.out.strip() == f"Blank reply slips written: {file}"
