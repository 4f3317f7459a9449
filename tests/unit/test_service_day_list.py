"""The day list: everybody of a day, by time, and only what its reader may see."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from koba_desktop.domain.entities.appointments import Appointment, AppointmentPurpose
from koba_desktop.domain.entities.clients import ClientNote, ClientPhone
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.vocabulary import AppointmentState, Channel, Role
from koba_desktop.services.calendar.day_list import DayList, day_list
from koba_desktop.services.ids import new_id
from tests.unit.service_office import SmallOffice, at

TODAY = date(2021, 4, 1)


def listed(
    office: SmallOffice, viewer: Staff | None = None, day: date = TODAY, **wanted: object
) -> DayList:
    with office.view(viewer) as view:
        return day_list(view, office.office.id, day, **wanted)  # type: ignore[arg-type]


def visited(office: SmallOffice, starts: datetime) -> Appointment:
    """Frau Kuhn comes to Frau Berger into R 1.04."""
    return office.booked(
        starts, channel=Channel.IN_PERSON, place_id=office.place.id, persons=2, phone=""
    )


def test_everybody_of_the_day_by_time(office: SmallOffice) -> None:
    office.booked(at(1, 14), client_id=office.hartwig.id, advisor_id=office.lindner.id, phone="")
    office.booked(at(1, 11), minutes=45)
    office.booked(at(6, 9))
    content = listed(office)
    assert (content.office.short_name, content.day, content.advisor) == ("Halberstadt", TODAY, "")
    assert content.as_of == office.clock.now()
    kuhn, hartwig = content.lines
    assert (kuhn.starts, kuhn.ends) == (at(1, 11), at(1, 11, 45))
    assert (kuhn.name, kuhn.number, kuhn.phone) == ("Kuhn, Marlies", "118274", "0176 04069118")
    assert (kuhn.kind, kuhn.channel, kuhn.advisor) == (
        "Folgegespräch",
        Channel.TELEPHONE,
        "Berger",
    )
    assert (kuhn.state, kuhn.code, kuhn.room) == (AppointmentState.CONFIRMED, "", "")
    assert (hartwig.name, hartwig.phone, hartwig.advisor) == ("Hartwig, Jörg", "", "Lindner")
    assert not content.demo


def test_those_of_one_advisor(office: SmallOffice) -> None:
    office.booked(at(1, 11))
    office.booked(at(1, 14), client_id=office.hartwig.id, advisor_id=office.lindner.id)
    content = listed(office, advisor_id=office.lindner.id)
    assert content.advisor == "Lindner"
    assert [line.name for line in content.lines] == ["Hartwig, Jörg"]


def test_a_visit_has_its_room_and_the_visitors_number(office: SmallOffice) -> None:
    visited(office, at(1, 14))
    visit = office.one(Visit)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(visit, companions=2))
    (line,) = listed(office).lines
    assert (line.room, line.code, line.companions) == ("R 1.04", visit.code, 2)
    assert line.phone == "0176 04069118"  # none was agreed on: the first good one


def test_a_bad_number_is_not_listed(office: SmallOffice) -> None:
    office.put(
        ClientPhone(
            id=new_id(),
            client_id=office.hartwig.id,
            typed="03941 1",
            position=0,
            bad_since=at(1, 8),
        ),
        ClientPhone(id=new_id(), client_id=office.hartwig.id, typed="03941 2", position=1),
    )
    office.booked(at(1, 11), client_id=office.hartwig.id, phone="")
    assert [line.phone for line in listed(office).lines] == ["03941 2"]


def test_what_was_called_off_is_counted_and_not_listed(office: SmallOffice) -> None:
    made = office.booked(at(1, 11))
    office.booked(at(1, 14))
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(made, state=AppointmentState.CANCELLED_BY_OFFICE, active=False))
    content = listed(office)
    assert (len(content.lines), content.called_off) == (1, 1)


def test_a_day_without_anybody(office: SmallOffice) -> None:
    content = listed(office, day=date(2021, 4, 2))
    assert (content.lines, content.called_off) == ((), 0)


def test_as_of_when_the_snapshot_was_taken(office: SmallOffice) -> None:
    assert listed(office, taken_at=at(1, 7)).as_of == at(1, 7)


@pytest.mark.parametrize("who", ["reception", "berger", "lead"])
def test_nobody_finds_purposes_or_notes_on_paper(office: SmallOffice, who: str) -> None:
    made = office.booked(at(1, 11))
    secret = "GEHEIM"
    office.put(
        AppointmentPurpose(id=new_id(), appointment_id=made.id, text=secret),
        ClientNote(id=new_id(), client_id=office.kuhn.id, text=secret),
    )
    content = repr(listed(office, getattr(office, who)))
    assert "Kuhn" in content
    assert secret not in content


def test_past_days_are_for_who_may_read_social_data(office: SmallOffice) -> None:
    office.booked(at(1, 11))
    office.clock.set(at(6, 9))
    assert len(listed(office, office.berger).lines) == 1
    with pytest.raises(Refused, match="not_entitled"):
        listed(office, office.reception)


def test_who_has_nothing_to_do_with_clients_gets_no_list(office: SmallOffice) -> None:
    office.booked(at(1, 11))
    with pytest.raises(Refused, match="not_entitled"):
        listed(office, office.administrator)


def test_ones_own_appointments_in_an_office_one_has_left(office: SmallOffice) -> None:
    moved = office._member("moved", "Umgezogen", office.lead.salutation, "Um")
    elsewhere = replace(office.office, id=new_id(), name="Regionalstelle Quedlinburg")
    office.put(elsewhere, moved, replace(office.role(moved, Role.ADVISOR), office_id=elsewhere.id))
    made = office.booked(at(1, 11))
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(made, advisor_id=moved.id))
    assert len(listed(office, moved, advisor_id=moved.id).lines) == 1
    with pytest.raises(Refused, match="not_entitled"):
        listed(office, moved)
    with pytest.raises(Refused, match="not_entitled"):
        listed(office, moved, advisor_id=office.berger.id)


def test_the_command_line_asks_with_the_key(office: SmallOffice) -> None:
    office.booked(at(1, 11))
    with office.services.view() as view:
        assert len(day_list(view, office.office.id, TODAY).lines) == 1
