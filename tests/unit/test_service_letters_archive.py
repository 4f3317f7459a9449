"""The stored copy of what was printed: opened by who may read it, and only if it is whole."""

from dataclasses import replace

import pytest

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.errors import NotFound, Refused
from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.letters.reading.preview import PdfPages
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.printing import printed_again
from koba_desktop.services.letters.reading import archived, letter_views
from koba_desktop.services.ports import LetterSource
from tests.unit import letter_samples
from tests.unit.letter_office import posted, printed
from tests.unit.service_office import SmallOffice

PROPOSAL = LetterKind.TELEPHONE_PROPOSAL


def spoil(office: SmallOffice, letter: Letter) -> None:
    """As though somebody had written into the database past the program."""
    office.clock.advance(minutes=1)
    office.put(LetterArchive(id=new_id(), letter_id=letter.id, pdf=b"%PDF forged", sha256="0" * 64))


def test_the_copy_is_what_was_printed_last(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    printed(office, letter, b"%PDF first")
    office.clock.advance(minutes=5)
    printed(office, letter, b"%PDF second")
    with office.view() as view:
        assert archived(view, letter.id) == b"%PDF second"
        (shown,) = letter_views(view, [letter.id])
    assert (shown.pdf, shown.damaged) == (b"%PDF second", False)


@pytest.mark.parametrize(("both_sides", "sides"), [(False, 1), (True, 2)])
def test_it_is_printed_again_on_the_sides_the_printer_takes(
    office: SmallOffice, both_sides: bool, sides: int
) -> None:
    _receipt, _appointment, letter = office.proposed()
    shipped = LetterSource(PROPOSAL, texts.shipped_blocks(PROPOSAL), letter_samples.letter())
    copy = Renderer().archived(shipped)
    printed(office, letter, copy)
    with office.view() as view:
        (shown,) = letter_views(view, [letter.id])
    stack = printed_again(Renderer(), PdfPages(), shown, both_sides=both_sides)
    assert PdfPages().page_count(stack.pdf) == sides
    assert [(paper.pdf, paper.pages) for paper in stack.letters] == [(copy, 1)]


def test_a_copy_that_is_not_what_was_printed_is_not_shown(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    printed(office, letter)
    spoil(office, letter)
    with office.view() as view:
        with pytest.raises(Refused) as refused:
            archived(view, letter.id)
        (shown,) = letter_views(view, [letter.id])
    assert (refused.value.code, refused.value.problems[0].where) == (
        "archive_damaged",
        str(letter.id),
    )
    assert (shown.pdf, shown.damaged) == (None, True)


def test_a_letter_that_waits_has_no_copy(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    with office.view() as view, pytest.raises(Refused, match="archive_missing"):
        archived(view, letter.id)


def test_reception_has_no_archive(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    printed(office, letter)
    with office.view(office.reception) as view, pytest.raises(Refused, match="not_entitled"):
        archived(view, letter.id)
    posted(office, letter)
    with office.view(office.reception) as view, pytest.raises(Refused, match="not_entitled"):
        archived(view, letter.id)


def test_a_blocked_address_stays_in_the_archive(office: SmallOffice) -> None:
    _receipt, _appointment, letter = office.proposed()
    printed(office, letter)
    client = office.one(Client, id=office.kuhn.id)
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.update(replace(client, address_blocked=True))
    with office.view(office.lindner) as view, pytest.raises(Refused, match="blocked_address"):
        archived(view, letter.id)
    with office.view() as view:
        assert archived(view, letter.id) == b"%PDF"


def test_many_letters_come_in_the_order_asked_for(office: SmallOffice) -> None:
    _receipt, _appointment, first = office.proposed()
    again = replace(first, id=new_id(), version=1)
    office.put(again)
    wanted = [again.id, first.id, again.id]
    with office.view() as view:
        assert [shown.letter.id for shown in letter_views(view, wanted)] == wanted
        with pytest.raises(NotFound):
            letter_views(view, [first.id, new_id()])
