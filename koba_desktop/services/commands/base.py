"""What every command is made of."""

from dataclasses import dataclass, field
from uuid import UUID

from koba_desktop.domain.vocabulary import (
    ReasonCode,
)
from koba_desktop.services.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    command_id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """The rules somebody chose to overrule, and why. Logged in the appointment's history."""

    codes: frozenset[str]
    reason: ReasonCode
    text: str = ""
