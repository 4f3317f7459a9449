"""Letters that are not true any more do not leave."""

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.services.commands import CancelAppointment, CreateLetter, Reschedule
from koba_desktop.services.letters.outbox import Outbox, outbox
from koba_desktop.services.letters.reading import letter_views
from tests.unit.letter_office import posted, printed
from tests.unit.service_office import SmallOffice, at

MOVED = "appointment_moved"


def seen(office: SmallOffice) -> Outbox:
    with office.view() as view:
        return outbox(view, office.office.id)


def told(office: SmallOffice, appointment: Appointment, kind: LetterKind) -> Letter:
    made = office.do(CreateLetter(appointment_id=appointment.id, kind=kind))
    found: Letter = office.one(Letter, id=made.result["letter_id"])
    return found


def moved(office: SmallOffice, appointment: Appointment, *, letter: bool = False) -> None:
    current = office.one(Appointment, id=appointment.id)
    office.do(
        Reschedule(
            appointment_id=current.id,
            version=current.version,
            starts=at(14, 10, 15),
            ends=at(14, 10, 45),
            letter=letter,
        )
    )


def overtaken(office: SmallOffice, letter: Letter) -> bool:
    with office.view() as view:
        (shown,) = letter_views(view, [letter.id])
    return shown.overtaken


def test_what_was_confirmed_by_letter_and_never_booked_is_held_back(office: SmallOffice) -> None:
    booking = office.do(office.booking(at(13, 10, 15)))
    appointment = office.one(Appointment, id=booking.result["appointment_id"])
    letter = told(office, appointment, LetterKind.CONFIRMATION)
    assert not overtaken(office, letter)
    office.undo(booking)
    assert [(each.row.id, each.problem) for each in seen(office).to_clarify] == [(letter.id, MOVED)]
    assert overtaken(office, letter)


def test_a_cancellation_of_what_takes_place_after_all_is_held_back(office: SmallOffice) -> None:
    appointment = office.booked(at(13, 10, 15))
    cancelled = office.do(
        CancelAppointment(
            appointment_id=appointment.id, version=appointment.version, by_client=True
        )
    )
    letter = told(office, appointment, LetterKind.CANCELLATION)
    assert [each.row.id for each in seen(office).to_print] == [letter.id]
    office.undo(cancelled)
    assert [(each.row.id, each.problem) for each in seen(office).to_clarify] == [(letter.id, MOVED)]


def test_nothing_is_confirmed_that_is_over(office: SmallOffice) -> None:
    letter = told(office, office.booked(at(13, 10, 15)), LetterKind.CONFIRMATION)
    office.clock.set(at(13, 10, 14))
    assert [each.row.id for each in seen(office).to_print] == [letter.id]
    office.clock.set(at(13, 10, 15))
    assert [(each.row.id, each.problem) for each in seen(office).to_clarify] == [(letter.id, MOVED)]


def test_paper_that_is_wrong_says_so_until_another_letter_says_what_is_true(
    office: SmallOffice,
) -> None:
    _receipt, appointment, letter = office.proposed()
    printed(office, letter)
    assert [each.problem for each in seen(office).to_post] == [None]
    moved(office, appointment)
    assert [(each.row.id, each.problem) for each in seen(office).to_post] == [(letter.id, MOVED)]
    told(office, appointment, LetterKind.CHANGED_TELEPHONE)
    assert [(each.row.id, each.problem) for each in seen(office).to_post] == [(letter.id, None)]


def test_what_was_posted_before_is_not_to_be_taken_back(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    posted(office, letter)
    moved(office, appointment)
    assert [each.problem for each in seen(office).posted] == [None]


def test_a_letter_that_moved_while_it_waited_for_the_printer_is_known(office: SmallOffice) -> None:
    _receipt, appointment, letter = office.proposed()
    assert not overtaken(office, letter)
    moved(office, appointment)
    assert overtaken(office, letter)
    printed(office, letter)
    assert not overtaken(office, letter)  # paper is another matter
