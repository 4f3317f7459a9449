"""Commits whose answers are lost on the way: sent again, carried out once, never called failed."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.errors import OfficeError, Unavailable
from koba_desktop.services import retrying
from koba_desktop.services.commands import BookAppointment
from koba_desktop.services.execution import Receipt
from tests.faults.desk import Desk, Desks
from tests.postgres.proxy import Proxy

BOOKINGS = 200


@pytest.fixture
def proxy(desks: Desks) -> Iterator[Proxy]:
    with Proxy(desks.database.server.port) as made:
        yield made


def test_thirty_of_a_hundred_lost_answers_lose_and_double_nothing(
    desks: Desks, proxy: Proxy
) -> None:
    """200 bookings of two people, each with two threads."""
    office = desks.office
    work: list[tuple[Desk, list[BookAppointment]]] = []
    for member, client in ((office.berger, office.kuhn), (office.lindner, office.hartwig)):
        slots = list(desks.slots(BOOKINGS // 2))
        desk = desks.sit_down(member, port=proxy.port)
        for half in (slots[::2], slots[1::2]):
            commands = [
                office.booking(each, advisor_id=member.id, client_id=client.id) for each in half
            ]
            work.append((desk, commands))
    proxy.cut_commit_answers(0.3, seed=4)

    def book(desk: Desk, commands: list[BookAppointment]) -> list[Receipt]:
        return [desk.do(command) for command in commands]

    with ThreadPoolExecutor(len(work)) as threads:
        jobs = [threads.submit(book, *each) for each in work]
        receipts = [receipt for job in jobs for receipt in job.result()]
    assert proxy.counts.commits_cut > BOOKINGS // 5
    assert len(receipts) == BOOKINGS
    assert Counter(receipt.repeated for receipt in receipts)[True] > BOOKINGS // 5
    desks.bookings_are({r.command.command_id: r.result["appointment_id"] for r in receipts})


def test_where_no_answer_ever_comes_nobody_is_told_that_it_failed(
    desks: Desks, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "PATIENCE_SECONDS", 0.3)
    desk = desks.sit_down(port=proxy.port)
    booking = desks.office.booking(next(desks.slots(1)))
    proxy.cut_commit_answers(1.0, seed=4)
    with pytest.raises(Unavailable) as caught:
        desk.do(booking)
    assert caught.value.code == "outcome_unclear"
    assert proxy.counts.commits_cut > 1
    proxy.cut_commit_answers(0.0, seed=4)
    assert len(desk.all(Appointment)) == 1
    # The user sends it once more, and learns what it came to.
    receipt = desk.do(booking)
    assert receipt.repeated
    desks.bookings_are({booking.command_id: receipt.result["appointment_id"]})


def test_what_is_refused_is_refused_and_not_unclear(desks: Desks, proxy: Proxy) -> None:
    desk = desks.sit_down(port=proxy.port)
    slot = next(desks.slots(1))
    desk.do(desks.office.booking(slot))
    proxy.cut_commit_answers(1.0, seed=4)
    with pytest.raises(OfficeError) as caught:
        desk.do(desks.office.booking(slot))
    assert caught.value.code in ("advisor_busy", "advisor_taken")
    assert len(desk.all(Appointment)) == 1
