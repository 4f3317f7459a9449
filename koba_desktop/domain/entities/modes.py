"""Operating mode, incidence and the rules that propose a mode."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from koba_desktop.domain.records import Appended, Changeable
from koba_desktop.domain.vocabulary import Mode, ModeSource


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingMode(Appended):
    """One decision; never updated. ``withdraws_id`` names a planned row this one takes back.

    ``valid_from`` is an instant (UTC) that the office chose on its wall clock. ``reason`` is the
    short official reason shown in the status bar ("Regelung vom 29.03.2021"), no social data.
    """

    office_id: UUID
    mode: Mode
    valid_from: datetime
    source: ModeSource
    reason: str
    withdraws_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidenceValue(Appended):
    """The value as published first; later ones stand beside it and change no decision."""

    district_key: str
    day: date
    value: float
    published_on: date
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet(Changeable):
    """Threshold rules as data: see the domain rules § 4."""

    name: str
    legal_source: str
    rules: dict[str, Any]
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeProposal(Changeable):
    office_id: UUID
    rule_set_id: UUID
    mode: Mode
    effective_on: date
    counted: list[Any]
    decided_at: datetime | None = None
    accepted: bool | None = None
    decision_reason: str = ""
