"""The office's mode and master data."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import (
    Mode,
    ModeSource,
)
from koba_desktop.services.commands.base import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMode(Command):
    """A new row of the mode's history. ``valid_from`` is an instant (UTC). Result: ``mode_id``."""

    office_id: UUID
    mode: Mode
    valid_from: datetime
    source: ModeSource
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMode(Command):
    """Take a planned change back by a row that says so."""

    mode_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMasterData(Command):
    """Create or change offices, staff, roles, patterns, absences, hours, closing days, rooms,
    places, hygiene profiles, kinds of appointment, settings. One transaction for all.

    ``removed`` are rows taken off (only kinds that carry no history: hours, closing days,
    patterns, absences, roles, settings, hygiene profiles, places never booked).
    Raises Refused with the field.
    """

    records: tuple[Changeable, ...] = ()
    removed: tuple[Changeable, ...] = ()
