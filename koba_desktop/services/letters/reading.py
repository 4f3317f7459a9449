"""What a letter is rendered from, and the copy that is kept of it: who may read which."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from koba_desktop.domain import addresses
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.records import Record
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.services.letters.kinds import (
    NAMES_A_TIME,
    PAPER,
    UNPRINTED,
)
from koba_desktop.services.letters.sources import Sources
from koba_desktop.services.letters.told import appointments_of, is_as_told
from koba_desktop.services.office.entitlement import may_query, not_entitled, reads_social_data
from koba_desktop.services.ports import AnyOf, LetterSource, Reader
from koba_desktop.services.view import View

_AT_ONCE = 500  # letters asked for with one question

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter and what it is rendered from. ``pdf`` is the archive copy once it was printed.

    ``blocked``: the address is blocked from disclosure and the viewer not the responsible advisor.
    ``damaged``: the copy is not any more what was printed; then there is none. ``overtaken``: it
    was not printed yet, and the appointment does not take place (any more) as it says.
    ``outdated``: it was not printed yet, is in Leichte Sprache, and the standard text says
    something else by now.
    """

    letter: Letter
    source: LetterSource
    pdf: bytes | None = None
    blocked: bool = False
    damaged: bool = False
    overtaken: bool = False
    outdated: bool = False


def letter_views(view: View, letter_ids: Sequence[UUID]) -> tuple[LetterView, ...]:
    """What these letters are rendered from, in the order asked for.

    The archive copy is for who may read what has left the house; without an address, and without
    any copy, are those to a blocked address where the viewer is not the responsible advisor.
    Raises NotFound, and Refused ``not_entitled``.
    """
    sources = Sources(view.reader)
    views: list[LetterView] = []
    for start in range(0, len(letter_ids), _AT_ONCE):
        views += _some_views(view, letter_ids[start : start + _AT_ONCE], sources)
    return tuple(views)


def _some_views(view: View, letter_ids: Sequence[UUID], sources: Sources) -> Iterator[LetterView]:
    letters = _by_id(view, Letter, letter_ids)
    client_ids = list(dict.fromkeys(letter.client_id for letter in letters.values()))
    kept = [each for each in letters.values() if each.state in PAPER and _reads(view, each)]
    view = view.ahead(
        lambda ask: (
            ask.find(Client, id=AnyOf.of(client_ids)),
            _appointments(ask, letters.values()),
            [_copies(ask, letter) for letter in kept],
        )
    )
    clients = _by_id(view, Client, client_ids)
    overtaken = _overtaken(view, letters.values())
    for letter_id in letter_ids:
        letter = letters[letter_id]
        shown = _view_of(view, letter, clients[letter.client_id], sources)
        yield replace(shown, overtaken=letter_id in overtaken)


def archived(view: View, letter_id: UUID) -> bytes:
    """The stored copy of a letter as it was printed last.

    Raises NotFound; Refused ``not_entitled``, ``blocked_address``, ``archive_missing``,
    ``archive_damaged`` where it is not any more what was printed.
    """
    (found,) = letter_views(view, [letter_id])
    where = str(letter_id)
    require_address(found)
    if not _reads(view, found.letter):
        raise not_entitled(where=where)
    if found.pdf is None:
        raise Refused(Problem("archive_missing", where=where))
    return found.pdf


def require_address(view: LetterView, *, where: str = "") -> None:
    """``where`` is what a refusal names instead of the letter. Raises Refused
    ``blocked_address``, ``archive_damaged``."""
    if view.blocked:
        raise Refused(Problem("blocked_address", where=where or str(view.letter.id)))
    if view.damaged:
        raise Refused(Problem("archive_damaged", where=where or str(view.letter.id)))


def is_seen(view: View, letter: Letter) -> bool:
    """Whether the viewer sends such letters, and may read it if it has left the house."""
    sends = may_query(view, Right.SEND_LETTERS, letter.office_id, letter.advisor_id)
    return sends and is_readable(view, letter)


def is_readable(view: View, letter: Letter) -> bool:
    """What has left the house is for who may read social data."""
    return letter.state is not LetterState.POSTED or _reads(view, letter)


def _by_id(view: View, kind: type[R], ids: Iterable[UUID]) -> dict[UUID, R]:
    """The records by id, with one question. Raises NotFound."""
    wanted = list(ids)
    found = {record.id: record for record in view.reader.find(kind, id=AnyOf.of(wanted))}
    for missing in (each for each in wanted if each not in found):
        found[missing] = view.reader.get(kind, missing)  # which says what is wrong
    return found


def _overtaken(view: View, letters: Collection[Letter]) -> frozenset[UUID]:
    """Of these the unprinted ones whose appointment does not take place as they say."""
    about = _appointments(view.reader, letters)
    return frozenset(
        letter.id
        for letter in letters
        if _announces(letter) and not is_as_told(letter, about.get(letter.appointment_id))
    )


def _appointments(reader: Reader, letters: Iterable[Letter]) -> dict[UUID | None, Appointment]:
    """Those that unprinted letters announce."""
    return appointments_of(reader, filter(_announces, letters))


def _announces(letter: Letter) -> bool:
    names_a_time = letter.appointment_id is not None and letter.kind in NAMES_A_TIME
    return letter.state in UNPRINTED and names_a_time


def _copies(reader: Reader, letter: Letter) -> list[LetterArchive]:
    """The latest copy, if there is one."""
    return reader.find(LetterArchive, letter_id=letter.id, order_by="-created_at", limit=1)


def _reads(view: View, letter: Letter) -> bool:
    """Whether the viewer may read what has left the house."""
    return view.viewer is None or reads_social_data(view, letter.office_id, letter.advisor_id)


def _view_of(view: View, letter: Letter, client: Client, sources: Sources) -> LetterView:
    if not is_seen(view, letter):
        raise not_entitled(where=str(letter.id))
    blocked = not addresses.may_see_address(client, view.viewer)
    if blocked:
        letter = _without_address(letter)
    copy = None
    if letter.state in PAPER and _reads(view, letter) and not blocked:
        copy = next(iter(_copies(view.reader, letter)), None)
    whole = copy is not None and sha256(copy.pdf).hexdigest() == copy.sha256
    return LetterView(
        letter=letter,
        source=sources.of(letter),
        pdf=copy.pdf if copy is not None and whole else None,
        blocked=blocked,
        damaged=copy is not None and not whole,
        outdated=letter.state in UNPRINTED and sources.outdated(letter, view.today),
    )


def _without_address(letter: Letter) -> Letter:
    return replace(letter, data={**letter.data, "recipient_lines": []})
