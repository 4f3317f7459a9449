"""Letters written as one file and marked as printed: what is in the way of one stops no other."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from koba_desktop.cli.letter_batch import _said, remember
from koba_desktop.cli.letter_claims import Claims
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import LetterKind, LetterState
from koba_desktop.i18n.catalogue import activate
from koba_desktop.services.commands import CreateLetter, VoidLetter
from koba_desktop.services.execution import Actor
from koba_desktop.services.letters.claiming import WhyNot
from koba_desktop.services.letters.reading import LetterView, letter_views
from koba_desktop.services.ports import BatchedLetter, LetterSource
from tests.unit.service_office import SmallOffice, at


class Copyist:
    """Makes an archive copy of every letter but those of one client."""

    def __init__(self, fails_for: str = "") -> None:
        self._fails_for = fails_for

    def archived(self, source: LetterSource) -> bytes:
        if source.data["client"]["name"] == self._fails_for:
            raise Refused(Problem("archive_not_valid"))
        return b"%PDF"


def kept(office: SmallOffice) -> list[tuple[LetterView, BatchedLetter]]:
    """Three letters as they stand in the file."""
    ids: list[UUID] = []
    for number, client in enumerate((office.kuhn, office.hartwig, office.kuhn)):
        appointment = office.booked(at(13 + number, 10), client_id=client.id)
        command = CreateLetter(appointment_id=appointment.id, kind=LetterKind.CONFIRMATION)
        ids.append(office.do(command).result["letter_id"])
    with office.view() as view:
        views = letter_views(view, ids)
    return [(one, BatchedLetter(first_page=n, pages=1)) for n, one in enumerate(views)]


def unmarked(
    office: SmallOffice, letters: list[tuple[LetterView, BatchedLetter]], copyist: Copyist
) -> list[tuple[Any, Any]]:
    steps: list[tuple[int, int]] = []
    renderer: Any = copyist
    found = remember(
        office.services, office.actor, renderer, letters, lambda *step: steps.append(step)
    )
    assert steps == [(3, 3)]
    return [(each["letter"], each["code"]) for each in found]


def states(office: SmallOffice) -> list[LetterState]:
    return [each.state for each in office.all(Letter)]


def test_each_is_marked_and_keeps_its_copy(office: SmallOffice) -> None:
    assert unmarked(office, kept(office), Copyist()) == []
    assert states(office) == [LetterState.PRINTED] * 3
    assert len(office.all(LetterArchive)) == 3


def test_one_that_somebody_changed_meanwhile_is_told_and_the_others_are_marked(
    office: SmallOffice,
) -> None:
    letters = kept(office)
    changed = letters[1][0].letter
    office.do(VoidLetter(letter_id=changed.id, version=changed.version))
    assert unmarked(office, letters, Copyist()) == [(changed.id, "conflict")]
    assert states(office) == [LetterState.PRINTED, LetterState.VOID, LetterState.PRINTED]


def test_one_without_a_copy_is_still_to_be_printed(office: SmallOffice) -> None:
    letters = kept(office)
    failed = letters[1][0].letter
    assert unmarked(office, letters, Copyist("Jörg Hartwig")) == [(failed.id, "archive_not_valid")]
    assert states(office) == [LetterState.PRINTED, LetterState.PENDING, LetterState.PRINTED]


@pytest.mark.parametrize(
    ("written", "of", "said"),
    [
        (1, 2, "1 letter written: letters.pdf"),
        (2, 2, "2 letters written: letters.pdf"),
        (0, 1, "No file was written: the only letter to be printed is left out."),
        (0, 3, "No file was written: all 3 letters to be printed are left out."),
    ],
)
def test_no_file_is_named_that_was_not_written(written: int, of: int, said: str) -> None:
    activate("en")
    assert _said(Path("letters.pdf"), written, of) == said


def test_letters_are_claimed_for_the_file_and_those_of_somebody_else_are_told(
    office: SmallOffice,
) -> None:
    views = [view for view, _one in kept(office)]
    other = Claims(office.services, Actor(office.lindner.id, office.office.id), "HBS-EG")
    other.take(views[:1])
    claims = Claims(office.services, office.actor, "briefe.pdf")
    taken, lost = claims.take(views)
    assert [each.letter.id for each in taken] == [each.letter.id for each in views[1:]]
    assert [(one.letter_id, one.why) for one in lost] == [(views[0].letter.id, WhyNot.CLAIMED)]
    assert [each.claimed_printer for each in office.all(Letter)] == [
        "HBS-EG",
        "briefe.pdf",
        "briefe.pdf",
    ]
    claims.give_back([each.letter.id for each in views])
    assert [each.claim is None for each in office.all(Letter)] == [False, True, True]


def test_a_file_that_cannot_be_written_leaves_its_letters_to_be_printed(
    office: SmallOffice,
) -> None:
    claims = Claims(office.services, office.actor, "briefe.pdf")
    taken, _lost = claims.take([view for view, _one in kept(office)])
    full = pytest.raises(OSError, match="disk full")
    with full, claims.until_written([each.letter.id for each in taken]):
        raise OSError("disk full")
    assert [each.claim for each in office.all(Letter)] == [None] * 3
