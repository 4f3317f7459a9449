"""Clients are found by any part of what is known of them, and only the living index counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text as statement

from koba_desktop.domain.entities.clients import Client, ClientPhone
from koba_desktop.domain.entities.office import Office
from koba_desktop.services.ids import new_id
from koba_desktop.storage.check import check
from koba_desktop.storage.queries.clients import COUNTED
from koba_desktop.storage.store import SqliteStore
from tests.support import TUESDAY

OFFICES = [
    Office(
        id=new_id(),
        name=name,
        short_name=name,
        street="",
        postcode="",
        town=name,
        return_line="",
    )
    for name in ("Halberstadt", "Quedlinburg")
]


def client(family: str, given: str = "", *, office: int = 0, **more: object) -> Client:
    values = {"id": new_id(), "office_id": OFFICES[office].id, **more}
    return Client(family_name=family, given_name=given, **values)  # type: ignore[arg-type]


KUHN = client("Kuhn", "Marlies", number="118274", birth_date=date(1979, 7, 14))
PEOPLE = [
    KUHN,
    client("Müller", "Zoë"),
    client("Mueller", "Jens", office=1),
    client("Muller-Lüdenscheidt", "Anna"),
    client("Obermüller", "Uwe"),
    client("Meyer", "Ina"),
    client("Maier", "Ida"),
    client("Şahin", "Elif"),
    client("", "Suharto"),
    client("Groß", "Ute", closed_on=date(2021, 1, 1)),
]


@pytest.fixture
def filled(store: SqliteStore) -> SqliteStore:
    phone = ClientPhone(
        id=new_id(), client_id=KUHN.id, typed="0176 04069-118", e164="+4917604069118"
    )
    with store.writing(by=None, now=TUESDAY) as uow:
        uow.add_all([phone, *PEOPLE, *OFFICES])
    return store


def found(store: SqliteStore, text: str, offices: Sequence[int] = ()) -> list[str]:
    with store.reading() as reader:
        page = reader.search_clients(text, office_ids=[OFFICES[n].id for n in offices])
    assert page.total == len(page.rows)
    return [f"{row.family_name} {row.given_name}".strip() for row in page.rows]


@pytest.mark.parametrize(
    "text",
    [
        "kuhn",
        "KUHN marl",
        "lies ku",
        "118274",
        "1182",
        "14.07.1979",
        "14.7.1979",
        "1979-07-14",
        "0176 04069118",
        "017604069118",
        "+49 176 04069118",
        "4069-118",
    ],
)
def test_kuhn_is_found_by(filled: SqliteStore, text: str) -> None:
    assert found(filled, text)[0] == "Kuhn Marlies"


def test_spellings_of_umlauts_meet(filled: SqliteStore) -> None:
    everybody = ["Muller-Lüdenscheidt Anna", "Müller Zoë", "Mueller Jens", "Obermüller Uwe"]
    for typed in ("müller", "Mueller", "muller"):
        assert sorted(found(filled, typed)) == sorted(everybody)
        assert found(filled, typed)[-1] == "Obermüller Uwe"


def test_letters_of_other_alphabets_are_found_without_them(filled: SqliteStore) -> None:
    assert found(filled, "sahin") == ["Şahin Elif"]
    assert found(filled, "gross") == ["Groß Ute"]


def test_names_that_sound_alike_come_after_the_real_ones(filled: SqliteStore) -> None:
    assert found(filled, "meyer") == ["Meyer Ina", "Maier Ida"]
    assert found(filled, "mayr") == ["Maier Ida", "Meyer Ina"]


def test_one_or_two_letters_begin_a_name(filled: SqliteStore) -> None:
    assert found(filled, "k") == ["Kuhn Marlies"]
    assert found(filled, "u") == ["Groß Ute", "Obermüller Uwe"]
    assert found(filled, "gr u") == ["Groß Ute"]
    assert found(filled, "x") == []


def test_all_words_must_match(filled: SqliteStore) -> None:
    assert found(filled, "müller anna") == ["Muller-Lüdenscheidt Anna"]
    assert found(filled, "müller dirk") == []


def test_an_office_sees_its_own(filled: SqliteStore) -> None:
    assert found(filled, "müller", offices=[1]) == ["Mueller Jens"]
    assert found(filled, "", offices=[1]) == ["Mueller Jens"]
    assert len(found(filled, "", offices=[0, 1])) == len(PEOPLE)


def test_everybody_is_listed_as_in_a_telephone_book(filled: SqliteStore) -> None:
    assert found(filled, " ") == [
        "Groß Ute",
        "Kuhn Marlies",
        "Maier Ida",
        "Meyer Ina",
        "Mueller Jens",
        "Müller Zoë",
        "Muller-Lüdenscheidt Anna",
        "Obermüller Uwe",
        "Şahin Elif",
        "Suharto",
    ]


def test_pages_follow_each_other(filled: SqliteStore) -> None:
    with filled.reading() as reader:
        pages = [reader.search_clients("", limit=4, offset=offset) for offset in (0, 4, 8, 12)]
    assert [len(page.rows) for page in pages] == [4, 4, 2, 0]
    assert {page.total for page in pages} == {len(PEOPLE)}


@pytest.mark.parametrize("text", ['"', "%", "_", "'", "* OR", "NEAR(", "müller%", "\\"])
def test_no_character_is_a_command(filled: SqliteStore, text: str) -> None:
    assert "Kuhn Marlies" not in found(filled, f"zz{text}zz")


def test_a_change_is_found_at_once_and_the_old_name_no_more(filled: SqliteStore) -> None:
    with filled.writing(by=None, now=TUESDAY) as uow:
        stored = uow.get(Client, KUHN.id)
        uow.update(replace(stored, family_name="Kuhnert-Lorenz", office_id=OFFICES[1].id))
        assert uow.search_clients("lorenz").total == 1
        phone = uow.find(ClientPhone, client_id=KUHN.id)[0]
        uow.remove(phone)
        uow.add(ClientPhone(id=new_id(), client_id=KUHN.id, typed="03941 01274"))
    assert found(filled, "lorenz", offices=[1]) == ["Kuhnert-Lorenz Marlies"]
    assert found(filled, "04069118") == []
    assert found(filled, "03941 01274") == ["Kuhnert-Lorenz Marlies"]
    assert check(filled) == []


def test_a_client_who_is_deleted_leaves_no_trace_in_the_index(filled: SqliteStore) -> None:
    with filled.writing(by=None, now=TUESDAY) as uow:
        uow.remove(uow.get(Client, PEOPLE[7].id))
    assert found(filled, "sahin") == []
    with filled.engine.connect() as connection:
        left = connection.execute(
            statement(
                "select count(*) from client_sound s where not exists"
                " (select 1 from client_search c where c.entry = s.entry)"
            )
        ).scalar()
    assert left == 0
    assert check(filled) == []


def test_check_names_clients_the_index_does_not_know(filled: SqliteStore) -> None:
    with filled.engine.begin() as connection:
        connection.execute(statement("delete from client_search where sort_name like 'kuhn%'"))
    assert [(p.code, p.where) for p in check(filled)] == [("search_differs", KUHN.id.hex)]


@pytest.fixture
def crowded(filled: SqliteStore) -> SqliteStore:
    """So many people of one name that they are neither counted nor sorted before they are shown."""
    crowd = [
        Client(
            id=new_id(),
            family_name=("Özmen" if n % 3 else "Auer") + f" {n:04}",
            given_name="Meike",
            office_id=OFFICES[n % 2].id,
        )
        for n in range(3 * COUNTED)
    ]
    with filled.writing(by=None, now=TUESDAY) as uow:
        uow.add_all(crowd)
    return filled


@pytest.mark.parametrize("text", ["mei", "me", "m", "meike me"])
@pytest.mark.parametrize("offices", [(), (0,), (0, 1)])
def test_pages_of_very_many_hits_hold_everybody_once(
    crowded: SqliteStore, text: str, offices: Sequence[int]
) -> None:
    names: list[str] = []
    ids = [OFFICES[n].id for n in offices]
    with crowded.reading() as reader:
        first = reader.search_clients(text, office_ids=ids, limit=50)
        page = first
        while page.rows:
            names += [row.family_name for row in page.rows]
            if len(names) >= page.total:
                break
            page = reader.search_clients(text, office_ids=ids, limit=50, offset=len(names))
    assert first.capped
    assert first.total == COUNTED
    assert len(names) == len(set(names))
    assert len([name for name in names if name[-4:].isdigit()]) == 3 * COUNTED // (
        2 if len(offices) == 1 else 1
    )


def test_of_very_many_hits_family_names_that_begin_so_come_first(crowded: SqliteStore) -> None:
    with crowded.reading() as reader:
        page = reader.search_clients("m", limit=50)
    families = [row.family_name for row in page.rows]
    assert families[:3] == ["Maier", "Meyer", "Mueller"]
    begin = [name.startswith("M") for name in families]
    assert begin == sorted(begin, reverse=True)
    assert families[-1].startswith("Auer")
