"""Whether what a letter tells of its appointment is still true, and may still be told by post."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import Channel, HoldReason, LetterKind
from koba_desktop.services.letters.kinds import NAMES_A_TIME, TELLS_A_TIME
from koba_desktop.services.ports import AnyOf, Reader


class Told(Protocol):
    """What a letter says of an appointment, and how that takes place now. None of the latter where
    there is none, or the viewer does not see it."""

    @property
    def kind(self) -> LetterKind: ...
    @property
    def appointment_id(self) -> UUID | None: ...
    @property
    def letter_starts(self) -> datetime | None: ...
    @property
    def letter_channel(self) -> Channel | None: ...
    @property
    def appointment_starts(self) -> datetime | None: ...
    @property
    def appointment_channel(self) -> Channel | None: ...
    @property
    def appointment_active(self) -> bool | None: ...


@dataclass(frozen=True, slots=True)
class _Told:
    kind: LetterKind
    appointment_id: UUID | None
    letter_starts: datetime | None
    letter_channel: Channel | None
    appointment_starts: datetime | None
    appointment_channel: Channel | None
    appointment_active: bool | None


def told_by(letter: Letter, appointment: Appointment | None) -> Told:
    """The same of a letter and its appointment."""
    said = letter.data.get("appointment") or {}
    starts, channel = said.get("starts"), said.get("channel")
    return _Told(
        letter.kind,
        letter.appointment_id,
        datetime.fromisoformat(starts) if starts else None,
        Channel(channel) if channel else None,
        appointment.starts if appointment is not None else None,
        appointment.channel if appointment is not None else None,
        appointment.active if appointment is not None else None,
    )


def wrong_by_now(told: Told, now: datetime, earliest: date | None) -> HoldReason | None:
    """What keeps a letter that is to be printed from leaving; ``earliest`` is the first day that a
    letter printed now can announce, None of one that announces none."""
    if has_moved(told) or _is_over(told, now):
        return HoldReason.APPOINTMENT_MOVED
    return HoldReason.SLOT_TOO_EARLY if is_too_early(told, earliest) else None


def appointments_of(reader: Reader, letters: Iterable[Letter]) -> dict[UUID | None, Appointment]:
    """The appointments that letters are about, with one question. No read where there are none."""
    ids = dict.fromkeys(each.appointment_id for each in letters)
    ids.pop(None, None)
    found = reader.find(Appointment, id=AnyOf.of(ids)) if ids else []
    return {each.id: each for each in found}


def is_as_told(letter: Letter, appointment: Appointment | None) -> bool:
    """Whether an appointment still takes place at the time and in the way a letter says."""
    return _takes_place(told_by(letter, appointment))


def addressed_until(letter: Letter) -> date | None:
    """The last day on which its recipient gets the client's letters; None: no end was known."""
    until = letter.data.get("addressed_until")
    return date.fromisoformat(until) if until else None


def is_readdressed(until: date | None, today: date) -> bool:
    """Whether somebody else gets the client's letters by now: the time of a representative has
    ended or begun since it was made."""
    return until is not None and until < today


def has_moved(told: Told) -> bool:
    """Whether its appointment does not take place at the time or in the way the letter says, or
    takes place though the letter calls it off. One that the viewer does not see is past."""
    if told.appointment_id is None:
        return False
    if told.kind is LetterKind.CANCELLATION:
        return bool(told.appointment_active)
    if told.kind not in NAMES_A_TIME:
        return False
    return not _takes_place(told)


def _takes_place(told: Told) -> bool:
    said = (told.letter_starts, told.letter_channel)
    stands = (told.appointment_starts, told.appointment_channel)
    return said == stands and bool(told.appointment_active)


def is_too_early(told: Told, earliest: date | None) -> bool:
    """Whether the appointment is before the first day a letter can announce."""
    starts = told.appointment_starts
    return earliest is not None and starts is not None and day_of(starts) < earliest


def is_past(told: Told, now: datetime) -> bool:
    """Whether the time it says is over."""
    return told.letter_starts is not None and told.letter_starts <= now


def _is_over(told: Told, now: datetime) -> bool:
    """Whether it only repeats a time that is past: of others that is found to be too early."""
    return told.kind in NAMES_A_TIME - TELLS_A_TIME and is_past(told, now)
