"""Whom an emergency may concern, who takes it, and when: in this house, today, by name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import NotFound, OfficeError, Refused
from koba_desktop.domain.names import LONGEST_NAME
from koba_desktop.domain.vocabulary import Channel, Role, UrgencyCategory
from koba_desktop.services.commands.door import AssignEmergency
from koba_desktop.services.emergency.ladder import Question, emergency_ladder
from koba_desktop.services.ids import new_id
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    yield door
    door.close()


def emergency(office: DoorOffice, **values: Any) -> AssignEmergency:
    usual: dict[str, Any] = {
        "office_id": office.office.id,
        "advisor_id": office.berger.id,
        "channel": Channel.IN_PERSON,
        "starts": at(1, 9, 15),
        "ends": at(1, 9, 45),
        "category": UrgencyCategory.NO_MONEY,
        "client_id": office.kuhn.id,
        "place_id": office.place.id,
    }
    return AssignEmergency(**(usual | values))


def refusal(office: DoorOffice, by: Staff | None = None, **values: Any) -> str:
    with pytest.raises(OfficeError) as caught:
        office.do(emergency(office, **values), by=by or office.reception)
    for kind in (Appointment, Participant, Visit, RoomBooking):
        assert office.all(kind) == []
    return caught.value.code


def of_another_office(office: DoorOffice, **values: Any) -> Client:
    client = replace(office.kuhn, id=new_id(), number="4711", office_id=office.elsewhere.id)
    client = replace(client, **({"advisor_id": None} | values))
    office.put(client)
    return client


# --- the client -----------------------------------------------------------------------------------


def test_a_client_of_another_office_is_none_of_the_receptions_business(
    office: DoorOffice,
) -> None:
    foreign = of_another_office(office)
    assert refusal(office, client_id=foreign.id) == "not_entitled"
    with office.view(office.reception) as view, pytest.raises(Refused) as caught:
        emergency_ladder(view, Question(office_id=office.office.id, client_id=foreign.id))
    assert caught.value.code == "not_entitled"


def test_the_responsible_advisor_sees_a_client_of_another_office(office: DoorOffice) -> None:
    own = of_another_office(office, advisor_id=office.berger.id)
    office.do(emergency(office, client_id=own.id), by=office.berger)
    assert office.one(Participant).client_id == own.id


def test_a_client_who_is_not_there_is_told_and_nothing_is_written(office: DoorOffice) -> None:
    with pytest.raises(NotFound):
        office.do(emergency(office, client_id=new_id()), by=office.reception)
    assert office.all(Appointment) == []


def test_who_receives_no_visitors_asks_for_no_place(office: DoorOffice) -> None:
    for member in (office.protection, office.administrator):
        with office.view(member) as view, pytest.raises(Refused) as caught:
            emergency_ladder(view, Question(office_id=office.office.id))
        assert caught.value.code == "not_entitled"


# --- the advisor and the time ---------------------------------------------------------------------


def test_an_emergency_is_given_to_an_advisor_of_this_office(office: DoorOffice) -> None:
    """In anybody else's calendar it would be seen by nobody."""
    assert refusal(office, advisor_id=office.reception.id) == "advisor_not_here"
    gone = replace(office.lindner, id=new_id(), login="gone", left_on=day_of(at(1, 0)))
    office.put(gone, office.role(gone, Role.ADVISOR))
    assert refusal(office, advisor_id=gone.id) == "advisor_not_here"
    office.do(emergency(office, advisor_id=office.lindner.id), by=office.reception)


@pytest.mark.parametrize("channel", [Channel.IN_PERSON, Channel.TELEPHONE])
def test_an_emergency_is_of_today(office: DoorOffice, channel: Channel) -> None:
    place = office.place.id if channel is Channel.IN_PERSON else None
    values = {"channel": channel, "place_id": place, "starts": at(6, 9), "ends": at(6, 9, 30)}
    assert refusal(office, **values) == "emergency_today"


def test_a_talk_outside_has_its_place_outside(office: DoorOffice) -> None:
    assert refusal(office, channel=Channel.OUTDOORS) == "place_of_other_channel"
    yard = office.yard_places[0].id
    assert refusal(office, place_id=yard) == "place_of_other_channel"


# --- the name of who has no record ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Herr \t Muster\n", "Herr Muster"),
        ("Frau\x00 Gast\x1b", "Frau Gast"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # the joiner is part of how it is written
        ("Ł" * LONGEST_NAME, "Ł" * LONGEST_NAME),
    ],
)
def test_a_name_is_one_line_of_text(office: DoorOffice, typed: str, kept: str) -> None:
    office.do(emergency(office, client_id=None, visitor_name=typed), by=office.reception)
    assert office.one(Participant).visitor_name == kept


@pytest.mark.parametrize("typed", ["", " \n\t", "\x00\x07", "\u200b \u200d"])
def test_what_names_nobody_is_no_name(office: DoorOffice, typed: str) -> None:
    assert refusal(office, client_id=None, visitor_name=typed) == "client_missing"


def test_a_name_longer_than_any_is_refused_here_and_in_the_calendar(office: DoorOffice) -> None:
    name = "x" * (LONGEST_NAME + 1)
    assert refusal(office, client_id=None, visitor_name=name) == "text_too_long"
    with pytest.raises(Refused) as caught:
        office.booked(at(1, 10), client_id=None, visitor_name=name)
    assert caught.value.code == "text_too_long"
