"""The emergency ladder: room now → room soon → outside the door → room later → telephone today.

Domain rules § 5: the best place is chosen, with the reasons for it and against the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.place_reasons import Bearing, Reason
from koba_desktop.domain.places import Choice, NotOffered, Offer, Step
from koba_desktop.domain.vocabulary import RefusalReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One thing that can be done. ``offer`` is None for the telephone."""

    step: Step
    starts: datetime
    ends: datetime
    reasons: tuple[Reason, ...]
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """What can be done, the best first, and the places that are not offered."""

    rungs: tuple[Rung, ...]
    refused: tuple[NotOffered, ...]


def climb(choice: Choice, call: tuple[datetime, datetime] | None, *, phone: bool) -> Ladder:
    """The ladder from the places found and the next time (start, end) for a call today.

    ``phone``: a number is known. A room that is not aired enough comes last of all.
    """
    fit = [offer for offer in choice.offers if offer.situation.pause.sufficient]
    poor = [offer for offer in choice.offers if not offer.situation.pause.sufficient]
    return Ladder(
        (*map(_place, fit), *_telephone(call, phone=phone), *map(_place, poor)), choice.refused
    )


def _place(offer: Offer) -> Rung:
    return Rung(
        step=offer.step,
        starts=offer.starts,
        ends=offer.ends,
        reasons=offer.reasons,
        offer=offer,
    )


def _telephone(call: tuple[datetime, datetime] | None, *, phone: bool) -> Iterator[Rung]:
    if call is None:
        return
    reasons = [Reason(Bearing.FOR, "no_room_needed"), Reason(Bearing.AGAINST, "at_the_door")]
    if not phone:
        reasons.append(Reason(Bearing.WARNING, "no_phone"))
    starts, ends = call
    yield Rung(step=Step.TELEPHONE, starts=starts, ends=ends, reasons=tuple(reasons))


_HEIGHT = {step: height for height, step in enumerate(Step)}


def passed_over(ladder: Ladder, taken: Rung) -> tuple[tuple[UUID, RefusalReason], ...]:
    """Each room that was not taken, with its reason: what is recorded of an emergency.

    Those that stood before the one taken, and those that would have but for their air.
    """
    position = ladder.rungs.index(taken)
    before = [(r.offer, RefusalReason.ANOTHER_CHOSEN) for r in ladder.rungs[:position]]
    poor = [
        (rung.offer, RefusalReason.NOT_AIRED_ENOUGH)
        for rung in ladder.rungs[position + 1 :]
        if _is_poor(rung) and not _is_poor(taken) and _HEIGHT[rung.step] < _HEIGHT[taken.step]
    ]
    return (
        *((offer.room.id, code) for offer, code in (*before, *poor) if offer is not None),
        *((each.situation.room.id, each.code) for each in ladder.refused),
    )


def _is_poor(rung: Rung) -> bool:
    return rung.offer is not None and not rung.offer.situation.pause.sufficient
