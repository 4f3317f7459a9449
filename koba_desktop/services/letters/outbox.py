"""The outbox: sorted by what is to be done, with the chain of dates of each letter."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import instant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.postcodes import Proposal
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import HoldReason, LetterKind, LetterState
from koba_desktop.services.letters.by_post import ByPost
from koba_desktop.services.letters.kinds import (
    NAMES_A_TIME,
    TELLS_A_TIME,
    UNPRINTED,
)
from koba_desktop.services.letters.postcodes import proposals
from koba_desktop.services.letters.told import (
    has_moved,
    is_past,
    is_readdressed,
    is_too_early,
    wrong_by_now,
)
from koba_desktop.services.office.entitlement import may_query, reads_social_data
from koba_desktop.services.ports import AnyOf, Reader
from koba_desktop.services.rows import OutboxRow
from koba_desktop.services.storable import searchable
from koba_desktop.services.view import View

POSTED_DAYS = 30
MOST = 5_000
"""Letters asked for at a time: of those that wait the oldest, of those that left the newest."""
_SEARCHED = 3  # letters of a name: who looks for fewer wants to see what lies there
_PENDING = (LetterState.PENDING,)
_PRINTED = (LetterState.PRINTED,)
_POSTED = (LetterState.POSTED,)
ADDRESS_HIDDEN = "letter_address_hidden"
ADDRESS_WANTED = "letter_address_wanted"
BEING_PRINTED = "letter_being_printed"
PERHAPS_PRINTED = "letter_perhaps_printed"
READDRESSED = "letter_readdressed"
_AT_WORK = timedelta(minutes=10)
"""For so long somebody else's run is believed to be at work: a stack takes less."""


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A row with what must be clarified before it may leave (``problem`` a message code).

    Problem codes: the HoldReason values, or what the renderer refused, ``where`` then the field or
    text block it is about; and ``appointment_moved``, ``slot_too_early`` found now
    (``appointment_moved`` also of paper that lies here while no other letter says what is true);
    of a letter made without a blocked address (§ 51 BMG) ``letter_address_wanted`` for the
    responsible advisor, who can release it, ``letter_address_hidden`` for everybody else; of one
    whose client's letters go to somebody else by now ``letter_readdressed``; of one
    that some run took to a printer and did not finish with ``letter_perhaps_printed`` (``printer``,
    ``since``, ``by``, ``host``; ``together`` with so many of that run); while that may be somebody
    else's run at work ``letter_being_printed``.
    ``posting`` is the day from which ``earliest`` is counted: the day it was posted, else that of
    the next collection. ``postcode`` would complete the client's address.
    """

    row: OutboxRow
    problem: str | None = None
    problem_params: dict[str, Any] | None = None
    earliest: date | None = None
    posting: date | None = None
    postcode: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Outbox:
    """``more`` are the letters by state that are there besides, more than were asked for."""

    to_clarify: tuple[OutboxItem, ...]
    to_print: tuple[OutboxItem, ...]
    to_post: tuple[OutboxItem, ...]
    posted: tuple[OutboxItem, ...]  # of the last 30 days, newest first; searched for: of any day
    more: Mapping[LetterState, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Question:
    """Which letters are asked for. What waits comes oldest first: where there are more than
    ``most``, nothing that has waited long is left out."""

    office_id: UUID
    text: str
    since: date | None
    most: int | None

    def rows(self, ask: Reader, states: Sequence[LetterState]) -> list[OutboxRow]:
        left = LetterState.POSTED in states
        return ask.outbox(
            self.office_id,
            states=states,
            text=self.text,
            posted_after=self.since if left else None,
            limit=self.most,
            oldest=not left,
        )

    def more(
        self, ask: Reader, states: Sequence[LetterState], rows: Sequence[OutboxRow]
    ) -> dict[LetterState, int]:
        """How many there are besides these. No read where there can be none."""
        if self.most is None or len(rows) < self.most:
            return {}
        since = self.since if LetterState.POSTED in states else None
        there = ask.count_letters(self.office_id, states, text=self.text, posted_after=since)
        here = Counter(row.state for row in rows)
        return {state: n - here[state] for state, n in there.items() if n > here[state]}


def outbox(
    view: View,
    office_id: UUID,
    *,
    text: str = "",
    running: Collection[UUID] = (),
    most: int | None = MOST,
) -> Outbox:
    """The letters of an office by what is to be done; ``text`` is part of a name or reference,
    ``most`` how many letters of a state at most, None all of them.
    What is claimed by one of the ``running`` runs is still to be printed: that run prints it.

    What has left the house is only for who may read social data; for who sends no letters of the
    office there are none.
    """
    if not may_query(view, Right.SEND_LETTERS, office_id):
        return Outbox((), (), (), ())
    text = searchable(text)
    post = ByPost(view, office_id)
    since = None if len(text.strip()) >= _SEARCHED else view.today - timedelta(days=POSTED_DAYS)
    asked = _Question(office_id, text, since, most)
    reads = reads_social_data(view, office_id)
    groups = (UNPRINTED, _PRINTED, _POSTED) if reads else (UNPRINTED, _PRINTED)
    view = view.ahead(lambda ask: [asked.rows(ask, states) for states in groups])
    unprinted, printed, *left = [asked.rows(view.reader, states) for states in groups]
    posted = left[0] if left else []
    more: dict[LetterState, int] = {}
    for states, rows in zip(groups, (unprinted, printed, posted), strict=False):
        more |= asked.more(view.reader, states, rows)
    to_clarify: list[OutboxItem] = []
    to_print: list[OutboxItem] = []
    own = _released_by_viewer(view, unprinted)
    unsure = _unsure(view, office_id, unprinted, running)
    postcodes = proposals(view, office_id, unprinted)
    for row in unprinted:
        item = unsure.get(row.id) or _unprinted(view, row, post, row.client_id in own)
        if row.state is LetterState.HELD and row.client_id in postcodes:
            item = replace(item, postcode=postcodes[row.client_id])
        (to_clarify if item.problem is not None else to_print).append(item)
    told = _told_as_it_is((*unprinted, *printed, *posted))
    return Outbox(
        to_clarify=tuple(to_clarify),
        to_print=tuple(to_print),
        to_post=tuple(_to_post(view, row, post, told) for row in printed),
        posted=tuple(_printed(view, row, post) for row in reversed(posted)),
        more=more,
    )


def count_to_print(view: View, office_id: UUID) -> int:
    """How many letters are to be printed; none for who sends no letters of the office. Only those
    are read that may have to be clarified instead."""
    if not may_query(view, Right.SEND_LETTERS, office_id):
        return 0
    post = ByPost(view, office_id)
    before = instant(post.earliest(post.next_posting), time())
    view = view.ahead(
        lambda ask: (
            ask.count_letters(office_id, _PENDING),
            ask.doubtful_letters(office_id, before, view.today),
        )
    )
    pending = view.reader.count_letters(office_id, _PENDING).get(LetterState.PENDING, 0)
    return pending - sum(
        row.claim is not None or _unprinted(view, row, post).problem is not None
        for row in view.reader.doubtful_letters(office_id, before, view.today)
    )


def _released_by_viewer(view: View, rows: Sequence[OutboxRow]) -> frozenset[UUID]:
    """The clients with a blocked address for whom the viewer is responsible, of those to whom
    letters were made without it. No read where there are none."""
    hidden = {row.client_id for row in rows if _is_hidden(row)}
    if not hidden or view.viewer is None:
        return frozenset()
    own = view.reader.find(Client, id=AnyOf.of(hidden), advisor_id=view.viewer)
    return frozenset(client.id for client in own)


def _unsure(
    view: View, office_id: UUID, rows: Sequence[OutboxRow], running: Collection[UUID]
) -> dict[UUID, OutboxItem]:
    """Those that some other run took to a printer: nobody here knows whether they came out. How
    many a run took counts also what was not asked for. No read where there are none."""
    claimed = [
        row
        for row in rows
        if row.state is LetterState.PENDING and row.claim is not None and row.claim not in running
    ]
    if not claimed:
        return {}
    who = view.reader.find(Staff, id=AnyOf.of({row.claimed_by for row in claimed}))
    names: dict[UUID | None, str] = {each.id: each.family_name for each in who}
    runs = AnyOf.of({row.claim for row in claimed})
    taken = view.reader.find(Letter, office_id=office_id, state=LetterState.PENDING, claim=runs)
    together = Counter(letter.claim for letter in taken)
    return {
        row.id: OutboxItem(
            row,
            problem=BEING_PRINTED if _is_at_work(view, row) else PERHAPS_PRINTED,
            problem_params={
                "printer": row.claimed_printer or "",
                "since": row.claimed_at,
                "by": names.get(row.claimed_by, ""),
                "host": row.claimed_host or "–",
                "together": together[row.claim],
            },
        )
        for row in claimed
    }


def _is_at_work(view: View, row: OutboxRow) -> bool:
    """Whether it may be a run of somebody else, not long ago. One's own are known to be over."""
    at = row.claimed_at
    return at is not None and row.claimed_by != view.viewer and view.now - at < _AT_WORK


def _is_hidden(row: OutboxRow) -> bool:
    return "address_hidden" in (row.hold_details or {}).get("codes", ())


def _unprinted(view: View, row: OutboxRow, post: ByPost, responsible: bool = False) -> OutboxItem:
    """A letter printed now is assumed to be posted at the next collection."""
    item = _dated(row, post, post.next_posting)
    if row.state is LetterState.HELD and _is_hidden(row):
        return replace(item, problem=ADDRESS_WANTED if responsible else ADDRESS_HIDDEN)
    if row.state is LetterState.HELD and row.hold_reason is not None:
        details = _details(row)
        code = details.pop("code", row.hold_reason.value)
        return replace(item, problem=code, problem_params=details)
    if is_readdressed(row.addressed_until, view.today):
        return replace(item, problem=READDRESSED)
    if wrong_by_now(row, view.now, item.earliest) is HoldReason.APPOINTMENT_MOVED:
        return replace(item, problem=HoldReason.APPOINTMENT_MOVED.value)
    return _timely(item)


def _details(row: OutboxRow) -> dict[str, Any]:
    """What fills the message of a hold reason; its JSON keeps days as texts."""
    details = dict(row.hold_details or {})
    if "returned_on" in details:
        details["returned_on"] = date.fromisoformat(details["returned_on"])
    return details


def _to_post(view: View, row: OutboxRow, post: ByPost, told: frozenset[UUID | None]) -> OutboxItem:
    """Paper that is not right any more must not leave where it is all the client would get."""
    item = _printed(view, row, post)
    if has_moved(row) and row.appointment_id not in told and not is_past(row, view.now):
        return replace(item, problem=HoldReason.APPOINTMENT_MOVED.value)
    return item


def _printed(view: View, row: OutboxRow, post: ByPost) -> OutboxItem:
    item = _dated(row, post, row.posted_on or post.next_posting)
    if has_moved(row) or row.appointment_starts is None or row.appointment_starts <= view.now:
        return item
    return _timely(item)


def _timely(item: OutboxItem) -> OutboxItem:
    if is_too_early(item.row, item.earliest):
        early = HoldReason.SLOT_TOO_EARLY.value
        return replace(item, problem=early, problem_params={"earliest": item.earliest})
    return item


def _told_as_it_is(rows: Iterable[OutboxRow]) -> frozenset[UUID | None]:
    """The appointments of which a letter says how they stand."""
    about_it = NAMES_A_TIME | {LetterKind.CANCELLATION}
    return frozenset(
        row.appointment_id for row in rows if row.kind in about_it and not has_moved(row)
    )


def _dated(row: OutboxRow, post: ByPost, posting: date) -> OutboxItem:
    earliest = post.earliest(posting) if row.kind in TELLS_A_TIME else None
    return OutboxItem(row, earliest=earliest, posting=posting)
