"""``rooms suggest`` and ``rooms airing`` as a process of its own (see ``test_cli``)."""

import re
from datetime import datetime
from math import log
from typing import Any

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.services.ids import new_id
from koba_desktop.storage.files import open_store
from tests.end_to_end.test_cli import NOW, Answer, Pc
from tests.support import KEY, TUESDAY

pytestmark = pytest.mark.process

INSTANT = re.compile(r"2021-0\d-\d\dT\d\d:\d\d:00\+02:00")


@pytest.fixture(scope="module")
def pc(tmp_path_factory: pytest.TempPathFactory) -> Pc:
    """Demonstration offices on 13 April 2021, 09:42, and one that has no rooms yet."""
    pc = Pc(tmp_path_factory.mktemp("pc"))
    assert pc.on_office("init").code == 0
    assert pc.on_office("demo-data", "--clients", 150, "--appointments", 300, "--seed", 7).code == 0
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        office = reader.find(Office)[0]
    values = {
        name: getattr(office, name)
        for name in ("street", "postcode", "town", "return_line", "district_key")
    }
    with store.writing(by=None, now=TUESDAY) as unit:
        unit.add(Office(id=new_id(), name="Neubau", short_name="Neubau", **values | {"town": "N"}))
    store.close()
    return pc


def suggest(pc: Pc, *arguments: object, office: str = "Halberstadt") -> Answer:
    return pc.on_office("rooms", "suggest", "--office", office, *arguments)


def airing(pc: Pc, *arguments: object, office: str = "Halberstadt") -> Answer:
    return pc.on_office("rooms", "airing", "--office", office, *arguments)


def stored(pc: Pc, kind: type[Any], **where: Any) -> list[Any]:
    store = open_store(pc.database, KEY)
    with store.reading() as reader:
        found = reader.find(kind, **where)
    store.close()
    return list(found)


class TestSuggest:
    def test_places_come_with_their_times_and_reasons(self, pc: Pc):
        result = suggest(pc).result
        assert (result["office"], result["persons"], result["minutes"]) == (
            "Regionalstelle Halberstadt",
            2,
            30,
        )
        assert len(result["places"]) > 3
        for place in result["places"]:
            assert set(place) == {
                *("room", "place", "step", "from", "until", "blocked_until"),
                *("reasons_for", "reasons_against", "notes", "codes"),
            }
            assert all(INSTANT.fullmatch(place[name]) for name in ("from", "until"))
            assert place["from"] >= f"{NOW}:00"
            assert place["until"] <= place["blocked_until"]
            assert place["reasons_for"]
        first = result["places"][0]
        assert first["step"] == "room_now"
        assert "keine Wartezeit" in first["reasons_for"]
        names = [place["room"] for place in result["places"]]
        assert len(set(names)) == len(names)

    def test_what_is_not_offered_is_told_with_its_reason(self, pc: Pc):
        refused = suggest(pc, "--persons", 3).result["refused"]
        codes = {each["room"]: each["code"] for each in refused}
        assert codes["R 1.04"] == "too_many_persons"
        assert all(each["message"] and set(each) == {"room", "code", "message"} for each in refused)
        message = next(each["message"] for each in refused if each["room"] == "R 1.04")
        assert message == "höchstens 2 Personen"

    def test_the_language_of_the_words_is_chosen_and_the_codes_stay(self, pc: Pc):
        german = suggest(pc).result["places"][0]
        english = suggest(pc, "--language", "en").result["places"][0]
        assert "no wait" in english["reasons_for"]
        assert english["codes"] == german["codes"]

    def test_another_time_of_another_day(self, pc: Pc):
        first = suggest(pc, "--at", "2021-04-15T08:00", "--minutes", 45).result["places"][0]
        assert (first["from"], first["until"]) == (
            "2021-04-15T08:00:00+02:00",
            "2021-04-15T08:45:00+02:00",
        )

    def test_needs_leave_the_others_out(self, pc: Pc):
        result = suggest(pc, "--need", "wheelchair", "--need", "screen").result
        assert result["needs"] == ["screen", "wheelchair"]
        assert {place["room"] for place in result["places"]} <= {"R 1.05", "R 1.07"}
        codes = {each["room"]: each["code"] for each in result["refused"]}
        assert (codes["R 2.02"], codes["Hof 1"]) == ("not_accessible", "no_screen")

    def test_what_is_confidential_is_never_outside(self, pc: Pc):
        outside = {place["room"] for place in suggest(pc).result["places"]} & {"Hof 1", "Vordach"}
        assert outside
        result = suggest(pc, "--need", "confidential").result
        assert not {place["room"] for place in result["places"]} & outside

    def test_only_rooms_or_only_places_outside(self, pc: Pc):
        rooms = {p["room"] for p in suggest(pc, "--channel", "in_person").result["places"]}
        outside = {p["room"] for p in suggest(pc, "--channel", "outdoors").result["places"]}
        assert outside == {"Hof 1", "Vordach"}
        assert rooms
        assert not rooms & outside

    def test_a_place_is_free_when_the_people_are(self, pc: Pc):
        (member,) = stored(pc, Staff, login="berater01")
        diary = stored(pc, Appointment, advisor_id=member.id, active=True)
        busy = min((a for a in diary if a.starts > TUESDAY), key=lambda a: a.starts)
        at = ("--at", busy.starts.isoformat())
        assert suggest(pc, *at).result["places"]
        for place in suggest(pc, *at, "--advisor", "berater01").result["places"]:
            assert datetime.fromisoformat(place["from"]) >= busy.ends

    def test_a_client_and_an_advisor_say_which_office_is_meant(self, pc: Pc):
        client = next(c for c in stored(pc, Client) if c.number)
        home = next(o for o in stored(pc, Office) if o.id == client.office_id)
        answer = pc.on_office("rooms", "suggest", "--client", client.number)
        assert answer.result["office"] == home.name

    def test_no_name_of_a_client_is_told(self, pc: Pc):
        names = {c.family_name for c in stored(pc, Client) if len(c.family_name) > 3}
        told = suggest(pc, "--minutes", 240).out + suggest(pc, "--emergency").out
        assert not {name for name in names if name in told}

    def test_for_people_in_lines(self, pc: Pc):
        answer = pc.run(
            "rooms", "suggest", "--office", "Halberstadt", "--database", pc.database, "--now", NOW
        )
        assert answer.code == 0
        assert re.search(r"^1\. R .+ · \d\d:\d\d–\d\d:\d\d · gesperrt bis \d\d:\d\d$",
                         answer.out, re.MULTILINE)  # fmt: skip
        assert re.search(r"^   \+ keine Wartezeit; 2 von \d Personen", answer.out, re.MULTILINE)


class TestEmergency:
    def test_the_whole_ladder_with_who_takes_it(self, pc: Pc):
        result = suggest(pc, "--emergency").result
        steps = [place["step"] for place in result["places"]]
        assert steps[0] == "room_now"
        order = ["room_now", "room_soon", "outdoors", "room_later", "telephone"]
        aired = [p["step"] for p in result["places"] if "not_aired_enough" not in p["codes"]]
        assert aired == sorted(aired, key=order.index)
        call = next(place for place in result["places"] if place["step"] == "telephone")
        assert (call["room"], call["place"], call["blocked_until"]) == (None, None, None)
        assert result["advisor"] == result["advisors"][0]["login"]
        assert any(duty["on_duty"] for duty in result["advisors"])

    def test_who_is_named_takes_it(self, pc: Pc):
        result = suggest(pc, "--emergency", "--advisor", "berater02").result
        assert result["advisor"] == "berater02"

    def test_more_persons_than_any_room_holds_can_still_be_called(self, pc: Pc):
        result = suggest(pc, "--emergency", "--persons", 40).result
        assert [place["step"] for place in result["places"]] == ["telephone"]
        assert {each["code"] for each in result["refused"]} >= {"too_many_persons"}

    @pytest.mark.parametrize("option", [("--at", "2021-04-14"), ("--channel", "outdoors")])
    def test_an_emergency_is_now_and_looks_everywhere(self, pc: Pc, option: tuple[str, str]):
        answer = suggest(pc, "--emergency", *option)
        assert (answer.code, answer.error["code"]) == (2, "usage")


class TestAiring:
    def test_every_room_with_its_inputs(self, pc: Pc):
        result = airing(pc).result
        assert result["day"] == "2021-04-13"
        rooms = {each["room"]: each for each in result["rooms"]}
        stored_rooms = {r.name for r in stored(pc, Room)}
        assert set(rooms) == stored_rooms
        full = rooms["R 1.04"]
        assert (full["area"], full["height"], full["volume"]) == (20.5, 2.8, 57.4)
        assert (full["capacity"], full["seats"], full["capacity_by_area"]) == (2, 2, 2)
        assert full["capacity_source"] == "Hygienekonzept des Hauses"
        assert (full["air_changes"], full["air_changes_from"]) == (9, "windows")
        assert full["residual_minutes"] == pytest.approx(60 * log(10) / 9, abs=0.01)
        assert (full["season_minutes"], full["cleaning_minutes"], full["pause_minutes"]) == (
            5,
            5,
            16,
        )
        assert full["sufficient"] is True
        assert full["co2"]["minutes"] == pytest.approx(60 * 580e-6 * 57.4 / 0.04, abs=0.01)

    def test_a_room_that_is_never_aired_enough_says_so(self, pc: Pc):
        (tilt,) = airing(pc, "--room", "r 2.01").result["rooms"]
        assert (tilt["sufficient"], tilt["pause_minutes"]) == (False, 30)
        assert tilt["residual_minutes"] == pytest.approx(276.31, abs=0.01)

    def test_ventilation_and_the_open_air(self, pc: Pc):
        rooms = {each["room"]: each for each in airing(pc).result["rooms"]}
        assert rooms["R 2.02"]["air_changes_from"] == "ventilation"
        assert rooms["R 2.02"]["co2"]["minutes"] is None
        assert rooms["R 2.02"]["co2"]["final_ppm"] < 1000
        yard = rooms["Hof 1"]
        assert (yard["co2"], yard["places"], yard["air_changes_from"]) == (None, 2, "outdoors")

    def test_more_persons_use_the_air_up_sooner(self, pc: Pc):
        two, four = (
            airing(pc, "--room", "R 1.05", "--persons", n).result["rooms"][0]["co2"] for n in (2, 4)
        )
        assert (two["persons"], four["persons"]) == (2, 4)
        assert two["minutes"] == pytest.approx(2 * four["minutes"], abs=0.02)

    def test_the_rules_of_another_day(self, pc: Pc):
        (summer,) = airing(pc, "--room", "R 1.05", "--day", "2021-07-15").result["rooms"]
        (winter,) = airing(pc, "--room", "R 1.05", "--day", "2021-01-15").result["rooms"]
        assert (summer["season_minutes"], winter["season_minutes"]) == (10, 3)
        assert summer["pause_minutes"] == 10

    def test_for_people_with_the_formula(self, pc: Pc):
        answer = pc.run(
            *("rooms", "airing", "--office", "Halberstadt", "--room", "R 1.04"),
            *("--database", pc.database, "--now", NOW),
        )
        assert answer.out.splitlines() == [
            "R 1.04",
            "  2 Personen: min(2 Sitzplätze; 20,5 m² / 10,0 m² = 2) – Hygienekonzept des Hauses",
            "  t = ln(10)/9,0 · 60 = 15,4 min → 16 min (ganz zu öffnen)",
            "  Pause 16 min: Jahreszeit 5, Reinigung 5, höchstens 30 Lüften",
            "  CO₂ (2 · 20,0 l/h, 57,4 m³): 420 bis 1.000 ppm in 49,9 min",
        ]


class TestBadInput:
    @pytest.mark.parametrize(
        ("arguments", "code", "where"),
        [
            (("--persons", 0), "not_positive", "--persons"),
            (("--persons", -3), "not_positive", "--persons"),
            (("--persons", 10**24), "no_room_fits", "--persons"),
            (("--minutes", 0), "minutes_invalid", "--minutes"),
            (("--minutes", 10**12), "minutes_invalid", "--minutes"),
            (("--client", "gibtsnicht"), "client_unknown", "--client"),
            (("--advisor", "niemand"), "login_unknown", "--advisor"),
        ],
    )
    def test_what_cannot_be_is_refused(self, pc: Pc, arguments, code, where):
        answer = suggest(pc, *arguments)
        assert (answer.code, answer.error["code"], answer.error["where"]) == (1, code, where)

    def test_an_unknown_office_names_those_there_are(self, pc: Pc):
        for command in (suggest, airing):
            answer = command(pc, office="Atlantis")
            assert (answer.code, answer.error["code"]) == (1, "office_not_found")
            assert "Wernigerode" in answer.error["message"]

    def test_which_office_must_be_clear(self, pc: Pc):
        for command in ("suggest", "airing"):
            answer = pc.on_office("rooms", command)
            assert (answer.code, answer.error["code"]) == (1, "office_unclear")

    def test_an_unknown_room_names_those_there_are(self, pc: Pc):
        answer = airing(pc, "--room", "R 9.99")
        assert (answer.code, answer.error["code"], answer.error["where"]) == (
            1,
            "room_unknown",
            "--room",
        )
        assert "R 1.04" in answer.error["message"]

    def test_an_office_without_rooms_says_so(self, pc: Pc):
        for command in (suggest, airing):
            answer = command(pc, office="Neubau")
            assert (answer.code, answer.error["code"]) == (1, "room_none")
            assert "Neubau" in answer.error["message"]

    def test_nobody_breathes_in_an_empty_room(self, pc: Pc):
        answer = airing(pc, "--persons", 0)
        assert (answer.code, answer.error["code"]) == (1, "not_positive")

    @pytest.mark.parametrize(
        ("command", "arguments", "where"),
        [
            ("suggest", ("--persons", "viele"), "--persons"),
            ("suggest", ("--at", "bald"), "--at"),
            ("suggest", ("--at", "9999-12-31T23:59"), "--at"),
            ("suggest", ("--need", "coffee"), "--need"),
            ("suggest", ("--channel", "telephone"), "--channel"),
            ("airing", ("--day", "31.02.2021"), "--day"),
        ],
    )
    def test_wrong_use_is_told(self, pc: Pc, command, arguments, where):
        answer = pc.on_office("rooms", command, "--office", "Halberstadt", *arguments)
        assert (answer.code, answer.error["code"], answer.error["where"]) == (2, "usage", where)
