"""Operating mode of an office: which one is in force, and what it admits (domain rules § 4)."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.vocabulary import Channel, Mode, ModeSource, Urgency

_NEVER_STORED = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ModeTimeline:
    """The decisions that hold, by the instant from which each does. Without any: Regelbetrieb."""

    rows: tuple[OperatingMode, ...]

    def row_at(self, instant: datetime) -> OperatingMode | None:
        """The decision in force at an instant."""
        found = bisect_right(self.rows, instant, key=lambda row: row.valid_from)
        return self.rows[found - 1] if found else None

    def at(self, instant: datetime) -> Mode:
        row = self.row_at(instant)
        return Mode.REGULAR if row is None else row.mode

    def planned(self, now: datetime) -> tuple[OperatingMode, ...]:
        """The decisions still to come, the next one first."""
        return tuple(row for row in self.rows if row.valid_from > now)


def timeline(history: Iterable[OperatingMode]) -> ModeTimeline:
    """What holds of an office's history, by the rows known now.

    A row that is withdrawn by another does not hold, nor does the withdrawing row say a mode of
    its own; of several rows valid from the same instant the one created last holds.
    """
    rows = list(history)
    withdrawn = {row.withdraws_id for row in rows if row.source is ModeSource.WITHDRAWAL}
    holding: dict[datetime, OperatingMode] = {}
    for row in sorted(rows, key=lambda r: (r.created_at or _NEVER_STORED, r.id)):
        if row.source is not ModeSource.WITHDRAWAL and row.id not in withdrawn:
            holding[row.valid_from] = row
    return ModeTimeline(tuple(holding[instant] for instant in sorted(holding)))


def mode_at(history: Iterable[OperatingMode], instant: datetime) -> Mode:
    """The mode in force at an instant."""
    return timeline(history).at(instant)


def refusal(mode: Mode, channel: Channel, urgency: Urgency) -> str | None:
    """Why a mode does not admit a consultation: ``mode_suspends``, or None if it does.

    In Schließzeit consultations are by telephone; in person (also outside the door) only for
    emergencies and urgent visits, whose reason the appointment records. In the other modes
    personal appointments are given out; their caps are a matter of the slot.
    """
    if mode is Mode.CLOSED and channel is not Channel.TELEPHONE and urgency is Urgency.NONE:
        return "mode_suspends"
    return None


def allows(mode: Mode, channel: Channel, urgency: Urgency = Urgency.NONE) -> bool:
    return refusal(mode, channel, urgency) is None
