"""Who prints which letter: claimed before there is paper, printed once there is, or given back.

A claim says who took a letter to which printer. It is written before the printer gets anything, so
that two PCs never print the same letter; and it stays where nobody knows whether the sheets came
out, until somebody has looked. docs/decisions/013-claims.md
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from koba_desktop.domain import addresses
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import UNCLAIMED, Letter, LetterArchive
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import AuditAction, HoldReason, LetterState
from koba_desktop.services.commands import ClaimLetters, MarkPrinted, ReleaseClaims
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.by_post import ByPost
from koba_desktop.services.letters.kinds import PAPER, TELLS_A_TIME
from koba_desktop.services.letters.reading import is_seen
from koba_desktop.services.letters.states import require_letter, require_readable
from koba_desktop.services.letters.told import (
    addressed_until,
    appointments_of,
    is_readdressed,
    told_by,
    wrong_by_now,
)
from koba_desktop.services.office.entitlement import not_entitled
from koba_desktop.services.ports import AnyOf
from koba_desktop.services.view import View
from koba_desktop.services.work import Work, conflict


class WhyNot(StrEnum):
    """Why a letter that was to be printed is left out."""

    PRINTED = "printed"  # by somebody else, meanwhile
    CLAIMED = "claimed"  # somebody else prints it now
    WITHDRAWN = "withdrawn"  # discarded, held, or not to be seen any more
    CHANGED = "changed"  # it says something else by now: it can be printed as it is then
    MOVED = "moved"  # its appointment does not take place as it says
    READDRESSED = "readdressed"  # the client's letters go to somebody else by now
    TOO_EARLY = "too_early"  # its appointment is before what a letter can announce now


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A letter with the reason, who did it on which PC, and to whom it goes, where that is
    known."""

    letter_id: UUID
    why: WhyNot
    by: UUID | None = None
    host: str = ""
    name: str = ""


# --- commands -------------------------------------------------------------------------------------


def claim_letters(work: Work, command: ClaimLetters) -> dict[str, Any]:
    """What may be printed is this run's, and nobody else's; the rest is told. One that this run
    has already stays its own.

    Raises Refused ``not_entitled`` where the actor may print none of them.
    """
    seen = {each.letter_id: each.version for each in command.letters}
    open_ones, left = to_be_printed(work.view, tuple(seen), run=command.run)
    claimed: dict[str, int] = {}
    for letter in open_ones:
        if letter.claim != command.run:
            if letter.version != seen[letter.id]:
                left.append(LeftOut(letter.id, WhyNot.CHANGED, letter.changed_by))
                continue
            letter = work.change(
                letter,
                claim=command.run,
                claimed_at=work.now,
                claimed_by=work.actor.staff_id,
                claimed_host=work.host,
                claimed_printer=command.printer,
            )
        claimed[str(letter.id)] = letter.version
    if not claimed and _is_closed(work, seen):
        raise not_entitled()
    return {
        "claimed": claimed,
        "lost": [
            {"id": one.letter_id, "why": one.why.value, "by": one.by, "host": one.host}
            for one in left
        ],
    }


def _is_closed(work: Work, letter_ids: Iterable[UUID]) -> bool:
    """Whether there are such letters, and the actor may print none of them."""
    found = work.reader.find(Letter, id=AnyOf.of(letter_ids))
    return bool(found) and not any(is_seen(work.view, each) for each in found)


def claimed_of(result: dict[str, Any]) -> dict[UUID, int]:
    """The letters that ``claim_letters`` got, with their versions since."""
    return {UUID(each): version for each, version in result["claimed"].items()}


def lost_of(result: dict[str, Any]) -> list[LeftOut]:
    """The letters that ``claim_letters`` did not get."""
    return [
        LeftOut(one["id"], WhyNot(one["why"]), one["by"], one["host"]) for one in result["lost"]
    ]


def release_claims(work: Work, command: ReleaseClaims) -> dict[str, Any]:
    """Nothing of these came out of the printer: they are to be printed. Those that are not this
    run's (any more) stay as they are.

    Raises Refused ``not_entitled``.
    """
    released: list[UUID] = []
    for letter in work.reader.find(Letter, id=AnyOf.of(command.letter_ids), order_by="id"):
        require_letter(work, letter)
        if letter.claim == command.run and letter.state is LetterState.PENDING:
            work.change(letter, **UNCLAIMED)
            released.append(letter.id)
    return {"released": released}


def mark_printed(work: Work, command: MarkPrinted) -> dict[str, Any]:
    """The printer took them, when they were claimed; each keeps its PDF. One printed before is a
    reprint.

    Raises Refused ``letter_not_printable`` for one that is held or void, ``not_entitled``, also
    for what has left the house by who may not read it, and ``blocked_address`` where the address
    is blocked and the actor not the responsible advisor.
    """
    letters = work.many(Letter, (each.letter_id for each in command.letters))
    clients = work.many(Client, (each.client_id for each in letters.values()))
    for printed in command.letters:
        letter = letters[printed.letter_id]
        if letter.version != printed.version:
            raise conflict(letter)
        if letter.state not in (LetterState.PENDING, *PAPER):
            raise Refused(Problem("letter_not_printable", {"state": letter.state}, str(letter.id)))
        require_readable(work, letter)
        if not addresses.may_see_address(clients[letter.client_id], work.actor.staff_id):
            raise Refused(Problem("blocked_address", where=str(letter.id)))
        if letter.state is LetterState.PENDING:
            since = letter.claimed_at or work.now  # the sheets may have been found a day later
            work.change(letter, state=LetterState.PRINTED, printed_at=since, **UNCLAIMED)
        work.audit(AuditAction.PRINT, letter)
        work.add(
            LetterArchive(
                id=new_id(),
                letter_id=letter.id,
                pdf=printed.pdf,
                sha256=sha256(printed.pdf).hexdigest(),
                pages=printed.pages,
            )
        )
    return {"printed": len(command.letters)}


# --- what may be printed --------------------------------------------------------------------------


def to_be_printed(
    view: View, letter_ids: Iterable[UUID], *, run: UUID | None = None, again: bool = False
) -> tuple[list[Letter], list[LeftOut]]:
    """Of these the letters that may be printed now by this run, in the order asked for, and why
    not the others. ``again``: what was printed before is wanted once more."""
    ids = list(dict.fromkeys(letter_ids))
    found = {each.id: each for each in view.reader.find(Letter, id=AnyOf.of(ids))}
    seen = {each.id: each for each in found.values() if is_seen(view, each)}
    untrue = {} if again else _untrue(view, seen.values())
    kept: list[Letter] = []
    left: list[LeftOut] = []
    for letter_id in ids:
        letter = seen.get(letter_id)
        if letter is None:
            left.append(LeftOut(letter_id, WhyNot.WITHDRAWN))
            continue
        why = _why_not(letter, run, again) or untrue.get(letter_id)
        if why is None:
            kept.append(letter)
            continue
        by, host = letter.changed_by, ""
        if why is WhyNot.CLAIMED:
            by, host = letter.claimed_by, letter.claimed_host or ""
        left.append(LeftOut(letter_id, why, by, host, recipient_of(letter)))
    return kept, left


def recipient_of(letter: Letter) -> str:
    """To whom a letter goes, as a message names it."""
    client = letter.data.get("client") or {}
    return str(client.get("name") or "")


def _why_not(letter: Letter, run: UUID | None, again: bool) -> WhyNot | None:
    """What somebody has done with it."""
    if letter.state in PAPER:
        return None if again else WhyNot.PRINTED
    if again or letter.state is not LetterState.PENDING:
        return WhyNot.WITHDRAWN
    return WhyNot.CLAIMED if letter.claim not in (None, run) else None


def _untrue(view: View, letters: Collection[Letter]) -> dict[UUID, WhyNot]:
    """Those that go to somebody else by now, and those whose appointment does not take place as
    they say, or too early to be told by post."""
    appointments = appointments_of(view.reader, letters)
    post: dict[UUID, ByPost] = {}
    untrue: dict[UUID, WhyNot] = {}
    for letter in letters:
        if letter.office_id not in post:
            post[letter.office_id] = ByPost(view, letter.office_id)
        by_post = post[letter.office_id]
        first = by_post.earliest(by_post.next_posting) if letter.kind in TELLS_A_TIME else None
        told = told_by(letter, appointments.get(letter.appointment_id))
        if is_readdressed(addressed_until(letter), view.today):
            untrue[letter.id] = WhyNot.READDRESSED
            continue
        wrong = wrong_by_now(told, view.now, first)
        if wrong is not None:
            early = wrong is HoldReason.SLOT_TOO_EARLY
            untrue[letter.id] = WhyNot.TOO_EARLY if early else WhyNot.MOVED
    return untrue
