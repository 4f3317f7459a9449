"""What holds of a long outbox, on both kinds of database."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client, ClientAddress
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.postcodes import Proposal
from koba_desktop.domain.vocabulary import LetterKind, LetterState
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import CancelAppointment, CreateLetter, Reschedule, SaveClient
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.outbox import Outbox, count_to_print, outbox
from tests.unit.letter_office import post, printed
from tests.unit.service_office import SmallOffice, at


def seen(office: SmallOffice, text: str = "", most: int | None = None) -> Outbox:
    with office.view() as view:
        return outbox(view, office.office.id, text=text, most=most)


def confirmed(office: SmallOffice, day: int, hour: int) -> tuple[Appointment, Letter]:
    """An appointment in April and the letter that confirms it."""
    appointment = office.booked(at(day, hour, 15))
    command = CreateLetter(appointment_id=appointment.id, kind=LetterKind.CONFIRMATION)
    letter_id = office.do(command).result["letter_id"]
    return appointment, office.one(Letter, id=letter_id)


def what_waited_longest_is_never_left_out(office: SmallOffice) -> None:
    laid = [confirmed(office, day, 10)[1] for day in (13, 14, 15, 19, 20)]
    ids: list[UUID] = [each.id for each in laid]
    few = seen(office, most=2)
    assert [each.row.id for each in few.to_print] == ids[:2]
    assert few.more == {LetterState.PENDING: 3}
    for letter in laid:
        printed(office, letter)
    few = seen(office, "kuhn", most=2)
    assert [each.row.id for each in few.to_post] == ids[:2]
    assert few.more == {LetterState.PRINTED: 3}
    for letter in laid:
        post(office, letter, date(2021, 4, 1))
    few = seen(office, most=2)
    assert [each.row.id for each in few.posted] == ids[:2:-1]
    assert few.more == {LetterState.POSTED: 3}
    everything = seen(office)
    assert (len(everything.posted), everything.more) == (5, {})


def letters_to_print_are_counted_without_reading_them(office: SmallOffice) -> None:
    """The same number as the outbox has, on each day until all appointments are past."""
    confirmed(office, 20, 10)
    moved, _letter = confirmed(office, 14, 10)
    off, _letter = confirmed(office, 15, 10)
    told_off, _letter = confirmed(office, 19, 10)
    office.do(
        Reschedule(
            appointment_id=moved.id,
            version=moved.version,
            starts=at(21, 10, 15),
            ends=at(21, 10, 45),
            letter=False,
        )
    )
    for each, letter in ((off, False), (told_off, True)):
        command = CancelAppointment(
            appointment_id=each.id, version=each.version, by_client=True, letter=letter
        )
        office.do(command)
    office.proposed()
    counted = []
    for day in range(1, 24):
        office.clock.set(at(day, 15))
        with office.view() as view:
            number = count_to_print(view, office.office.id)
            assert number == len(outbox(view, office.office.id).to_print)
        counted.append(number)
    assert counted[0] > counted[-1]


def a_search_finds_what_left_long_ago(office: SmallOffice) -> None:
    appointment, letter = confirmed(office, 13, 10)
    printed(office, letter)
    post(office, letter, date(2021, 4, 1))
    office.clock.advance(days=90)
    assert seen(office).posted == ()
    assert [each.row.id for each in seen(office, "kuhn").posted] == [letter.id]
    assert [each.row.id for each in seen(office, appointment.reference).posted] == [letter.id]
    assert seen(office, "ku").posted == ()  # who types two letters looks for what lies there


def a_postcode_that_is_missing_is_proposed_from_a_neighbour(office: SmallOffice) -> None:
    lives(office, office.kuhn, street="Domplatz 3", postcode="", town="Halberstadt")
    lives(office, office.hartwig, street="Domplatz 1", postcode="38820", town="Halberstadt")
    _receipt, _appointment, letter = office.proposed()
    (item,) = seen(office).to_clarify
    assert (item.problem, item.postcode) == (
        "address_incomplete",
        Proposal("38820", "Halberstadt", "Domplatz"),
    )
    hide(office, office.hartwig)
    assert seen(office).to_clarify[0].postcode is None
    lives(office, office.kuhn, street="Domplatz 3", postcode="38820", town="Halberstadt")
    assert [each.row.id for each in seen(office).to_print] == [letter.id]


def hide(office: SmallOffice, client: Client) -> None:
    """From now on only the responsible advisor sees where somebody lives."""
    with office.view() as view:
        profile = client_profile(view, client.id)
    blocked = replace(profile.client, address_blocked=True)
    office.do(SaveClient(profile=replace(profile, client=blocked)))


def lives(office: SmallOffice, client: Client, **address: str) -> None:
    with office.view() as view:
        profile = client_profile(view, client.id)
    home = profile.address or ClientAddress(id=new_id(), client_id=client.id)
    office.do(SaveClient(profile=replace(profile, address=replace(home, **address))))
