"""Clients from a specialist program's export, with the warts such files have."""

from datetime import date
from uuid import uuid4

import pytest

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import Language, PhoneKind, Salutation
from koba_desktop.exchange import values
from koba_desktop.exchange.clients_csv import read_clients
from koba_desktop.i18n.messages import known_codes

TODAY = date(2021, 4, 13)
OFFICE = Office(
    id=uuid4(),
    name="Regionalstelle Halberstadt",
    short_name="HBS",
    street="Spiegelstraße 21",
    postcode="38820",
    town="Halberstadt",
    return_line="Postfach 15 42, 38805 Halberstadt",
)
ADVISOR = Staff(
    id=uuid4(), login="d.berger", family_name="Berger", given_name="Dana", initials="BE"
)
NAMESAKES = [Staff(id=uuid4(), login=f"k{n}", family_name="Klein", given_name="Jo") for n in (1, 2)]


def read(**cells):
    """The one record of a file with these columns; the essential ones are filled in."""
    record = {"Kundennummer": "100A1", "Nachname": "Kuhn", "Regionalstelle": "Halberstadt", **cells}
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in record.values()]
    return read_file(";".join(record) + "\n" + ";".join(quoted) + "\n")


def read_file(text):
    return read_clients(text.encode(), [OFFICE], [ADVISOR, *NAMESAKES], today=TODAY)


def client(**cells):
    (record,) = read(**cells).records
    assert record.problems == ()
    return record


def refusal(**cells):
    """Code, column and value of the one problem of a record."""
    (record,) = read(**cells).records
    (problem,) = record.problems
    assert problem.code in known_codes()
    return problem.code, record.columns[problem.where], record.values[problem.where]


def notes(**cells):
    found = read(**cells).notes
    assert {note.code for note in found} <= known_codes()
    return [(note.line, note.column, note.value, note.code) for note in found]


class TestNames:
    def test_names_are_kept_as_they_are(self):
        record = client(Nachname="von der  Müller & Söhne <Test>", Vorname="Änne-Marie ")
        assert record.family_name == "von der Müller & Söhne <Test>"
        assert record.given_name == "Änne-Marie"

    def test_one_name_is_enough(self):
        assert client(Nachname="", Vorname="Suharto").given_name == "Suharto"
        assert refusal(Nachname="") == ("name_missing", "Nachname", "")

    def test_a_decomposed_letter_is_the_same_name(self):
        assert client(Nachname="Mu\u0308ller").family_name == "Müller"

    def test_an_overlong_text_is_refused(self):
        code, column, _value = refusal(Nachname="x" * 201)
        assert (code, column) == ("text_too_long", "Nachname")

    def test_a_character_that_was_lost_is_noted(self):
        assert notes(Ort="Gda?sk") == [(2, "Ort", "Gda?sk", "character_lost")]


class TestBirthDates:
    @pytest.mark.parametrize(
        "text",
        ["17.05.1980", "17.5.80", "1980-05-17", "19800517", "17/05/1980", "17. 5. 1980",
         "1980-05-17 00:00:00"],
    )  # fmt: skip
    def test_usual_spellings(self, text):
        assert client(Geburtsdatum=text).birth_date == date(1980, 5, 17)

    def test_an_empty_one_is_unknown(self):
        assert client(Geburtsdatum="").birth_date is None

    @pytest.mark.parametrize(
        "text", ["31.02.1980", "17.13.1980", "unbekannt", "00.00.0000", "1980"]
    )
    def test_an_impossible_one_is_refused(self, text):
        assert refusal(Geburtsdatum=text) == ("date_impossible", "Geburtsdatum", text)

    @pytest.mark.parametrize("text", ["14.04.2021", "31.12.1899"])
    def test_an_unlikely_one_is_refused(self, text):
        assert refusal(Geburtsdatum=text) == ("birth_date_unlikely", "Geburtsdatum", text)

    def test_two_digits_mean_the_latest_year_that_is_not_to_come(self):
        assert values.birth_date("13.4.21", TODAY) == date(2021, 4, 13)
        assert values.birth_date("14.4.21", TODAY) == date(1921, 4, 14)
        assert notes(Geburtsdatum="17.5.80") == [(2, "Geburtsdatum", "17.5.80", "year_completed")]


class TestAddresses:
    def test_an_eaten_zero_is_restored_and_noted(self):
        file = read(PLZ="6484", Ort="Quedlinburg")
        assert file.records[0].address.postcode == "06484"
        assert [(n.code, n.params["postcode"]) for n in file.notes] == [
            ("postcode_completed", "06484")
        ]

    @pytest.mark.parametrize("text", ["648", "064841", "O-6484", "80-831"])
    def test_an_impossible_postcode_is_refused(self, text):
        assert refusal(PLZ=text) == ("postcode_impossible", "PLZ", text)

    def test_a_country_behind_the_town(self):
        address = client(Straße="ul. Długa 5/12", PLZ="80-831", Ort="Gdańsk, Polen").address
        assert (address.postcode, address.town, address.country) == ("80-831", "Gdańsk", "Polen")

    def test_a_country_of_its_own_column(self):
        assert client(PLZ="1010", Ort="Wien", Land="AT").address.country == "Österreich"
        assert client(PLZ="38820", Land="Deutschland").address.country == ""
        assert refusal(Land="Takatukaland")[0] == "country_unknown"

    def test_a_comma_in_a_town_need_not_name_a_country(self):
        assert client(PLZ="06485", Ort="Quedlinburg, Ortsteil").address.town == (
            "Quedlinburg, Ortsteil"
        )

    def test_street_and_number_in_two_columns(self):
        assert client(Straße="Breite Str.", Hausnummer="4 a").address.street == "Breite Str. 4 a"

    def test_a_file_without_address_columns_knows_no_address(self):
        assert client().address is None
        assert client(Ort="").address.town == ""


class TestPhonesAndMail:
    def test_two_spellings_of_one_number_are_one(self):
        (phone,) = client(Telefon="03943 58-3000", Mobil="03943/58 30 00").phones
        assert (phone.typed, phone.e164) == ("03943 58-3000", "+493943583000")

    def test_each_column_gives_its_kind(self):
        phones = client(Telefon="03941 378913", Mobil="0176 90005623").phones
        assert [p.kind for p in phones] == [PhoneKind.PRIVATE, PhoneKind.MOBILE]

    def test_words_are_left_out_and_noted(self):
        assert client(Telefon="unbekannt").phones == ()
        assert notes(Telefon="unbekannt") == [(2, "Telefon", "unbekannt", "phone_left_out")]

    def test_a_number_without_area_code_is_kept_as_written_and_noted(self):
        (phone,) = client(Telefon="583000").phones
        assert (phone.typed, phone.e164) == ("583000", None)
        assert notes(Telefon="583000") == [(2, "Telefon", "583000", "phone_incomplete")]

    def test_mail(self):
        assert client(**{"E-Mail": "a@example.org"}).emails == ("a@example.org",)
        assert client(**{"E-Mail": ""}).emails == ()
        assert client().emails is None
        assert client(**{"E-Mail": "nicht-erreichbar"}).emails == ()
        assert notes(**{"E-Mail": "nicht-erreichbar"})[0][3] == "email_left_out"


class TestLists:
    def test_salutation_and_language(self):
        record = client(Anrede="Herr", Sprache="uk")
        assert (record.salutation, record.language) == (Salutation.HERR, Language.UK)
        assert client(Anrede="", Sprache="").language is None
        assert notes(Anrede="Baron", Sprache="fr") == [
            (2, "Anrede", "Baron", "salutation_unknown"),
            (2, "Sprache", "fr", "language_unknown"),
        ]

    @pytest.mark.parametrize("text", ["Halberstadt", "HBS", "regionalstelle halberstadt"])
    def test_offices_by_each_of_their_names(self, text):
        assert client(Regionalstelle=text).office_id == OFFICE.id

    def test_an_unknown_or_missing_office_is_refused(self):
        assert refusal(Regionalstelle="Magdeburg")[0] == "office_unknown"
        assert refusal(Regionalstelle="")[0] == "office_missing"

    @pytest.mark.parametrize("text", ["d.berger", "Berger, Dana", "Dana Berger", "BE"])
    def test_advisors_by_each_of_their_names(self, text):
        assert client(Berater=text).advisor_id == ADVISOR.id

    def test_an_unknown_or_ambiguous_advisor_is_refused(self):
        assert refusal(Berater="gibtsnicht") == ("advisor_unknown", "Berater", "gibtsnicht")
        assert refusal(Berater="Jo Klein")[0] == "advisor_unknown"
        assert client(Berater="").advisor_id is None

    def test_a_disclosure_block_is_never_guessed(self):
        assert client(Auskunftssperre="J").address_blocked is True
        assert client(Auskunftssperre="N").address_blocked is False
        assert client().address_blocked is None
        assert refusal(Auskunftssperre="vielleicht")[0] == "flag_unclear"


class TestRepresentatives:
    def test_organisation_person_and_address(self):
        found = client(
            Betreuer="Betreuungsbüro Harz, z. Hd. Frau Lindner, Breite Str. 4, 38855 Wernigerode"
        ).representative
        assert (found.organisation, found.salutation, found.family_name) == (
            "Betreuungsbüro Harz",
            Salutation.FRAU,
            "Lindner",
        )
        assert (found.street, found.postcode, found.town) == (
            "Breite Str. 4",
            "38855",
            "Wernigerode",
        )

    def test_a_person_alone(self):
        found = client(Betreuer="Herr Otto Weiß, Am Markt 1, 38820 Halberstadt").representative
        assert (found.organisation, found.family_name) == ("", "Otto Weiß")
        found = client(Betreuer="Weiß & Partner, Am Markt 1, 38820 Halberstadt").representative
        assert (found.organisation, found.family_name) == ("", "Weiß & Partner")

    def test_no_letter_goes_to_a_guess(self):
        assert refusal(Betreuer="Frau Lindner")[0] == "representative_unclear"

    def test_none(self):
        assert client(Betreuer="").representative is None


class TestWholeFiles:
    HEAD = "Kundennummer;Nachname;Geburtsdatum;Regionalstelle;Bemerkung;Lieblingsfarbe"

    def test_a_person_under_two_numbers_is_noted(self):
        file = read_file(f"{self.HEAD}\n1;Kuhn;1.1.1980;HBS;;\n2;KUHN;1.1.80;HBS;;\n")
        assert [n.code for n in file.notes] == ["year_completed", "person_twice"]

    def test_a_broken_record_names_line_and_column_and_costs_no_other(self):
        file = read_file(f'{self.HEAD}\n1;Kuhn;;HBS;"offen;\n2;Weiß;;HBS\n3;Otto;;HBS;"a\nb";\n')
        first, second, third = file.records
        assert (first.line, first.problems[0].code) == (2, "quote_open")
        assert first.columns[first.problems[0].where] == "Bemerkung"
        assert (second.line, second.problems[0].code) == (3, "columns_count")
        assert second.columns[second.problems[0].where] == "Bemerkung"
        assert (third.line, third.problems, third.note) == (4, (), "a\nb")

    def test_columns_that_mean_nothing_here_are_named(self):
        assert read_file(f"{self.HEAD}\n").ignored == ("Lieblingsfarbe",)

    def test_all_problems_of_a_record_are_named(self):
        (record,) = read(Geburtsdatum="31.02.1980", Berater="x", PLZ="1").records
        assert {p.where for p in record.problems} == {"birth_date", "advisor", "postcode"}

    def test_missing_columns_refuse_the_file(self):
        with pytest.raises(Refused) as refused:
            read_file("Nachname;Vorname\nKuhn;Marlies\n")
        assert refused.value.code in known_codes()
