"""Text files of other programs: encodings, separators, quotation marks, line numbers."""

import pytest

from koba_desktop.domain.errors import Refused
from koba_desktop.exchange.columns import is_known, mapped
from koba_desktop.exchange.tables import read_table, shape_problem

HEAD = "Kundennummer;Nachname;Regionalstelle"


def table(text, encoding="utf-8"):
    return read_table(text if isinstance(text, bytes) else text.encode(encoding), is_known)


def cells(text):
    return [row.cells for row in table(text).rows]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
    ],
)
def test_the_encoding_is_found_out(encoding, found):
    read = table(f"{HEAD}\n1;Müller;Süd\n", encoding)
    assert read.encoding == found
    assert read.titles[0] == "Kundennummer"
    assert read.rows[0].cells == ("1", "Müller", "Süd")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_the_one_that_makes_sense_of_the_heading(separator):
    text = f"{HEAD}\n1;Kuhn;Nord".replace(";", separator)
    read = table(text)
    assert (read.separator, read.rows[0].cells) == (separator, ("1", "Kuhn", "Nord"))


def test_excels_hint_at_the_separator_is_not_the_heading():
    read = table(f"sep=;\r\n{HEAD}\r\n1;Kuhn;Nord")
    assert read.titles[0] == "Kundennummer"
    assert read.rows[0].line == 3


def test_a_record_knows_the_line_it_begins_on():
    text = f'\n{HEAD}\r\n1;"Zeile eins\nZeile ""zwei""; noch";Nord\r\n\r\n;;\r\n2;Kuhn;Süd\r3;A;B'
    rows = table(text).rows
    assert [(row.record, row.line) for row in rows] == [(1, 3), (2, 7), (3, 8)]
    assert rows[0].cells[1] == 'Zeile eins\nZeile "zwei"; noch'


def test_a_quotation_mark_inside_a_word_is_a_character():
    assert cells(f'{HEAD}\n1;24" Monitor;Nord') == [("1", '24" Monitor', "Nord")]


@pytest.mark.parametrize(
    "broken",
    ['1;"Kuhn;Nord', '1;"Kuhn" Marlies;Nord', '1;"Ku"hn";Nord', '1;"Kuhn""'],
)
def test_a_broken_quotation_costs_its_own_record_only(broken):
    rows = table(f'{HEAD}\n{broken}\n2;Weiß;Süd\n3;"Otto";Süd').rows
    assert [row.open_quote for row in rows] == [1, None, None]
    assert [row.line for row in rows] == [2, 3, 4]
    index, problem = shape_problem(rows[0], table(HEAD + "\n").titles)
    assert (index, problem.code) == (1, "quote_open")
    assert rows[2].cells == ("3", "Otto", "Süd")


def test_another_number_of_cells_is_named_with_its_column():
    read = table(f"{HEAD}\n1;Kuhn\n1;Kuhn;Nord;zu viel\n1;Kuhn;Nord;;\n")
    few, many, right = (shape_problem(row, read.titles) for row in read.rows)
    assert few is not None
    assert (few[0], few[1].code, few[1].params) == (
        2,
        "columns_count",
        {"found": 2, "expected": 3},
    )
    assert many is not None
    assert many[0] == 2
    assert right is None


def test_a_nul_byte_is_named_with_its_column():
    read = table(f"{HEAD}\n1;Ku\0hn;Nord\n")
    found = shape_problem(read.rows[0], read.titles)
    assert found is not None
    assert (found[0], found[1].code) == (1, "control_character")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b" \r\n\r\n", "file_empty"),
        (b"\xef\xbb\xbf", "file_empty"),
        (b"\x1a", "file_empty"),
        (b"PK\x03\x04rest", "file_kind"),
        (b"%PDF-1.7", "file_kind"),
        (b"\x7fELF\x00\x01\x02", "file_not_text"),
        (b"\x00\x81\x8d", "file_not_text"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(data, code):
    with pytest.raises(Refused) as refusal:
        table(data)
    assert refusal.value.code == code


def test_a_byte_of_no_known_encoding_is_named_with_its_line():
    with pytest.raises(Refused) as refusal:
        table(HEAD.encode() + b"\n1;K\x81hn;Nord\n")
    assert refusal.value.problems[0].params == {"line": 2}


def test_many_open_quotation_marks_take_no_long_time():
    rows = table(HEAD + '\n1;"Kuhn;Nord' * 20_000).rows
    assert len(rows) == 20_000


class TestColumns:
    def test_titles_are_recognised_in_many_spellings(self):
        found = mapped(["Kunden-Nr.", "FAMILIENNAME", "Straße", "STRASSE 2", "Standort", "E-Mail"])
        assert found == {"number": 0, "family_name": 1, "street": 2, "office": 4, "email": 5}

    def test_the_surer_title_wins(self):
        assert mapped(["Name", "Nachname", "Kundennummer", "Office"])["family_name"] == 1

    def test_missing_columns_are_named_with_what_was_found(self):
        with pytest.raises(Refused) as refusal:
            mapped(["Nachname", "Vorname", ""])
        problem = refusal.value.problems[0]
        assert problem.code == "columns_missing"
        assert problem.params["missing"] == ["Kundennummer", "Regionalstelle"]
        assert problem.params["found"] == ["Nachname", "Vorname", "–"]

    def test_two_columns_of_one_title_are_refused(self):
        with pytest.raises(Refused) as refusal:
            mapped(["Kundennummer", "Nachname", "Nachname", "Regionalstelle"])
        assert refusal.value.code == "column_twice"
