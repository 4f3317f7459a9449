"""The outbox: sorted by what is to be done, with the chain of dates of each letter."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

from koba_desktop.domain import addresses, policy
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter, LetterArchive
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.postal import PostalRules, earliest_proposal, posting_day
from koba_desktop.domain.records import Record
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import HoldReason, LetterKind, LetterState
from koba_desktop.services.letters.kinds import (
    NAMES_A_TIME,
    PAPER,
    TELLS_A_TIME,
    UNPRINTED,
    is_as_told,
)
from koba_desktop.services.letters.sources import Sources
from koba_desktop.services.office.entitlement import may_query, not_entitled, reads_social_data
from koba_desktop.services.ports import AnyOf, LetterSource, Reader
from koba_desktop.services.rows import OutboxRow
from koba_desktop.services.storable import searchable
from koba_desktop.services.view import View

POSTED_DAYS = 30
_MOST = 5_000  # letters of a state; the newest ones
_AT_ONCE = 500  # letters asked for with one question
ADDRESS_HIDDEN = "letter_address_hidden"
ADDRESS_WANTED = "letter_address_wanted"

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A row with what must be clarified before it may leave (``problem`` a message code).

    Problem codes: the HoldReason values, and ``appointment_moved``, ``slot_too_early`` found now
    (``appointment_moved`` also of paper that lies here while no other letter says what is true);
    of a letter made without a blocked address (§ 51 BMG) ``letter_address_wanted`` for the
    responsible advisor, who can release it, ``letter_address_hidden`` for everybody else.
    ``posting`` is the day from which ``earliest`` is counted: the day it was posted, else that of
    the next collection.
    """

    row: OutboxRow
    problem: str | None = None
    problem_params: dict[str, Any] | None = None
    earliest: date | None = None
    posting: date | None = None


@dataclass(frozen=True, slots=True)
class Outbox:
    to_clarify: tuple[OutboxItem, ...]
    to_print: tuple[OutboxItem, ...]
    to_post: tuple[OutboxItem, ...]
    posted: tuple[OutboxItem, ...]  # the last 30 days


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter and what it is rendered from. ``pdf`` is the archive copy once it was printed.

    ``blocked``: the address is blocked from disclosure and the viewer not the responsible advisor.
    ``damaged``: the copy is not any more what was printed; then there is none. ``overtaken``: it
    was not printed yet, and the appointment does not take place (any more) as it says.
    """

    letter: Letter
    source: LetterSource
    pdf: bytes | None = None
    blocked: bool = False
    damaged: bool = False
    overtaken: bool = False


def outbox(view: View, office_id: UUID, *, text: str = "") -> Outbox:
    """The letters of an office by what is to be done; ``text`` is part of a name or reference.

    What has left the house is only for who may read social data; for who sends no letters of the
    office there are none.
    """
    if not may_query(view, Right.SEND_LETTERS, office_id):
        return Outbox((), (), (), ())
    text = searchable(text)
    rules = _rules(view, office_id)
    since = view.today - timedelta(days=POSTED_DAYS)
    reads = reads_social_data(view, office_id)
    view = view.ahead(
        lambda ask: (
            ask.outbox(office_id, states=UNPRINTED, text=text, limit=_MOST),
            ask.outbox(office_id, states=(LetterState.PRINTED,), text=text, limit=_MOST),
            ask.outbox(
                office_id,
                states=(LetterState.POSTED,),
                text=text,
                posted_after=since,
                limit=_MOST,
            )
            if reads
            else (),
        )
    )
    to_clarify: list[OutboxItem] = []
    to_print: list[OutboxItem] = []
    unprinted = view.reader.outbox(office_id, states=UNPRINTED, text=text, limit=_MOST)
    own = _released_by_viewer(view, unprinted)
    for row in unprinted:
        item = _unprinted(view, row, rules, row.client_id in own)
        (to_clarify if item.problem is not None else to_print).append(item)
    printed = view.reader.outbox(office_id, states=(LetterState.PRINTED,), text=text, limit=_MOST)
    posted = (
        view.reader.outbox(
            office_id,
            states=(LetterState.POSTED,),
            text=text,
            posted_after=since,
            limit=_MOST,
        )
        if reads
        else []
    )
    told = _told_as_it_is((*unprinted, *printed, *posted))
    return Outbox(
        to_clarify=tuple(to_clarify),
        to_print=tuple(to_print),
        to_post=tuple(_to_post(view, row, rules, told) for row in printed),
        posted=tuple(_printed(view, row, rules) for row in reversed(posted)),
    )


def count_unprinted(view: View, office_id: UUID) -> tuple[int, int]:
    """How many letters are to be printed, and how many wait for something to be clarified; none
    for who sends no letters of the office."""
    if not may_query(view, Right.SEND_LETTERS, office_id):
        return 0, 0
    rules = _rules(view, office_id)
    rows = view.reader.outbox(office_id, states=UNPRINTED, limit=_MOST)
    to_clarify = sum(_unprinted(view, row, rules).problem is not None for row in rows)
    return len(rows) - to_clarify, to_clarify


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
    if found.blocked:
        raise Refused(Problem("blocked_address", where=where))
    if not _reads(view, found.letter):
        raise not_entitled(where=where)
    if found.damaged:
        raise Refused(Problem("archive_damaged", where=where))
    if found.pdf is None:
        raise Refused(Problem("archive_missing", where=where))
    return found.pdf


def _by_id(view: View, kind: type[R], ids: Iterable[UUID]) -> dict[UUID, R]:
    """The records by id, with one question. Raises NotFound."""
    wanted = list(ids)
    found = {record.id: record for record in view.reader.find(kind, id=AnyOf.of(wanted))}
    for missing in (each for each in wanted if each not in found):
        found[missing] = view.reader.get(kind, missing)  # which says what is wrong
    return found


def _overtaken(view: View, letters: Collection[Letter]) -> frozenset[UUID]:
    """Of these the unprinted ones whose appointment does not take place as they say."""
    found = {each.id: each for each in _appointments(view.reader, letters)}
    return frozenset(
        letter.id
        for letter in letters
        if (about := _announced(letter)) is not None
        and (about not in found or not is_as_told(letter, found[about]))
    )


def _appointments(reader: Reader, letters: Iterable[Letter]) -> list[Appointment]:
    """Those that unprinted letters announce. No read where there is none."""
    ids = dict.fromkeys(map(_announced, letters))
    ids.pop(None, None)
    return reader.find(Appointment, id=AnyOf.of(ids)) if ids else []


def _announced(letter: Letter) -> UUID | None:
    announces = letter.state in UNPRINTED and letter.kind in NAMES_A_TIME
    return letter.appointment_id if announces else None


def _copies(reader: Reader, letter: Letter) -> list[LetterArchive]:
    """The latest copy, if there is one."""
    return reader.find(LetterArchive, letter_id=letter.id, order_by="-created_at", limit=1)


def _reads(view: View, letter: Letter) -> bool:
    """Whether the viewer may read what has left the house."""
    return view.viewer is None or reads_social_data(view, letter.office_id, letter.advisor_id)


def _view_of(view: View, letter: Letter, client: Client, sources: Sources) -> LetterView:
    reads = _reads(view, letter)
    if not may_query(view, Right.SEND_LETTERS, letter.office_id, letter.advisor_id) or (
        letter.state is LetterState.POSTED and not reads
    ):
        raise not_entitled(where=str(letter.id))
    blocked = not addresses.may_see_address(client, view.viewer)
    if blocked:
        letter = _without_address(letter)
    copy = None
    if letter.state in PAPER and reads and not blocked:
        copy = next(iter(_copies(view.reader, letter)), None)
    whole = copy is not None and sha256(copy.pdf).hexdigest() == copy.sha256
    return LetterView(
        letter=letter,
        source=sources.of(letter),
        pdf=copy.pdf if copy is not None and whole else None,
        blocked=blocked,
        damaged=copy is not None and not whole,
    )


def _without_address(letter: Letter) -> Letter:
    return replace(letter, data={**letter.data, "recipient_lines": []})


def _rules(view: View, office_id: UUID) -> PostalRules:
    return policy.postal_rules(view.reader.find(Setting), office_id, view.today)


def _released_by_viewer(view: View, rows: Sequence[OutboxRow]) -> frozenset[UUID]:
    """The clients with a blocked address for whom the viewer is responsible, of those to whom
    letters were made without it. No read where there are none."""
    hidden = {row.client_id for row in rows if _is_hidden(row)}
    if not hidden or view.viewer is None:
        return frozenset()
    own = view.reader.find(Client, id=AnyOf.of(hidden), advisor_id=view.viewer)
    return frozenset(client.id for client in own)


def _is_hidden(row: OutboxRow) -> bool:
    return "address_hidden" in (row.hold_details or {}).get("codes", ())


def _unprinted(
    view: View, row: OutboxRow, rules: PostalRules, responsible: bool = False
) -> OutboxItem:
    """A letter printed now is assumed to be posted at the next collection."""
    posting = posting_day(view.now, rules, _is_holiday(view))
    item = OutboxItem(row, earliest=_earliest(view, row, posting, rules), posting=posting)
    if row.state is LetterState.HELD and _is_hidden(row):
        return replace(item, problem=ADDRESS_WANTED if responsible else ADDRESS_HIDDEN)
    if row.state is LetterState.HELD and row.hold_reason is not None:
        return replace(item, problem=row.hold_reason.value, problem_params=_details(row))
    if _has_moved(row) or _is_over(row, view.now):
        return replace(item, problem=HoldReason.APPOINTMENT_MOVED.value)
    return _timely(item)


def _details(row: OutboxRow) -> dict[str, Any]:
    """What fills the message of a hold reason; its JSON keeps days as texts."""
    details = dict(row.hold_details or {})
    if "returned_on" in details:
        details["returned_on"] = date.fromisoformat(details["returned_on"])
    return details


def _to_post(
    view: View, row: OutboxRow, rules: PostalRules, told: frozenset[UUID | None]
) -> OutboxItem:
    """Paper that is not right any more must not leave where it is all the client would get."""
    item = _printed(view, row, rules)
    if _has_moved(row) and row.appointment_id not in told and not _is_past(row, view.now):
        return replace(item, problem=HoldReason.APPOINTMENT_MOVED.value)
    return item


def _printed(view: View, row: OutboxRow, rules: PostalRules) -> OutboxItem:
    posting = row.posted_on or posting_day(view.now, rules, _is_holiday(view))
    item = OutboxItem(row, earliest=_earliest(view, row, posting, rules), posting=posting)
    if _has_moved(row) or row.appointment_starts is None or row.appointment_starts <= view.now:
        return item
    return _timely(item)


def _timely(item: OutboxItem) -> OutboxItem:
    starts, earliest = item.row.appointment_starts, item.earliest
    if earliest is not None and starts is not None and day_of(starts) < earliest:
        return replace(
            item, problem=HoldReason.SLOT_TOO_EARLY.value, problem_params={"earliest": earliest}
        )
    return item


def _has_moved(row: OutboxRow) -> bool:
    """Whether its appointment does not take place at the time or in the way the letter says, or
    takes place though the letter calls it off. One that the viewer does not see is past."""
    if row.appointment_id is None:
        return False
    if row.kind is LetterKind.CANCELLATION:
        return bool(row.appointment_active)
    if row.kind not in NAMES_A_TIME:
        return False
    said = (row.letter_starts, row.letter_channel)
    takes_place = (row.appointment_starts, row.appointment_channel)
    return said != takes_place or not row.appointment_active


def _told_as_it_is(rows: Iterable[OutboxRow]) -> frozenset[UUID | None]:
    """The appointments of which a letter says how they stand."""
    about_it = NAMES_A_TIME | {LetterKind.CANCELLATION}
    return frozenset(
        row.appointment_id for row in rows if row.kind in about_it and not _has_moved(row)
    )


def _is_over(row: OutboxRow, now: datetime) -> bool:
    """Whether it only repeats a time that is past: of others that is found to be too early."""
    return row.kind in NAMES_A_TIME - TELLS_A_TIME and _is_past(row, now)


def _is_past(row: OutboxRow, now: datetime) -> bool:
    return row.letter_starts is not None and row.letter_starts <= now


def _earliest(view: View, row: OutboxRow, posted: date, rules: PostalRules) -> date | None:
    if row.kind not in TELLS_A_TIME:
        return None
    return earliest_proposal(posted, rules, _is_holiday(view))


def _is_holiday(view: View) -> Callable[[date], bool]:
    return lambda day: view.holidays.name(day) is not None
