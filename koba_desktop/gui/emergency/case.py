"""What was typed at the emergency desk, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from koba_desktop.domain.vocabulary import Urgency, UrgencyCategory, VisitNeed
from koba_desktop.services.emergency.ladder import Question

ALONE = 2
"""The advisor and the one person who came."""

NO_NEEDS: frozenset[VisitNeed] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """``name`` is the client's, or the visitor's without client number (``visitor``), or as much
    of one as was typed. ``persons`` counts advisor, interpreter and companions.

    ``advisor_id`` None: whom the program proposes. ``minutes`` None: as long as the office plans
    for an emergency. ``phone`` None: the number known.
    """

    name: str = ""
    client_id: UUID | None = None
    visitor: bool = False
    category: UrgencyCategory | None = None
    urgency: Urgency = Urgency.EMERGENCY
    persons: int = ALONE
    needs: frozenset[VisitNeed] = NO_NEEDS
    child: bool = False
    advisor_id: UUID | None = None
    minutes: int | None = None
    phone: str | None = None

    @property
    def known(self) -> bool:
        """Whether it is clear who has come."""
        return self.client_id is not None or (self.visitor and bool(self.name.strip()))

    def question(self, office_id: UUID) -> Question:
        """What is asked for this case; nothing but what changes the answer."""
        return Question(
            office_id=office_id,
            client_id=self.client_id,
            advisor_id=self.advisor_id,
            persons=self.persons,
            minutes=self.minutes,
            needs=self.needs,
        )

    def needing(self, needs: frozenset[VisitNeed]) -> "Case":
        """With these needs; an interpreter is one person more."""
        more = (VisitNeed.INTERPRETER in needs) - (VisitNeed.INTERPRETER in self.needs)
        return replace(self, needs=needs, persons=max(ALONE, self.persons + more))

    def with_record(self, recorded: frozenset[VisitNeed], by_hand: frozenset[VisitNeed]) -> "Case":
        """With what the record of the client says, save what somebody ticked or unticked."""
        return self.needing((self.needs & by_hand) | (recorded - by_hand))

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "client_id": str(self.client_id) if self.client_id is not None else None,
            "visitor": self.visitor,
            "category": self.category.value if self.category is not None else None,
            "urgency": self.urgency.value,
            "persons": self.persons,
            "needs": sorted(need.value for need in self.needs),
            "child": self.child,
            "advisor_id": str(self.advisor_id) if self.advisor_id is not None else None,
            "minutes": self.minutes,
            "phone": self.phone,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "Case":
        """Raises KeyError, TypeError or ValueError for what no case was made of."""
        client, advisor, category = values["client_id"], values["advisor_id"], values["category"]
        return cls(
            name=str(values["name"]),
            client_id=UUID(client) if client else None,
            visitor=bool(values["visitor"]),
            category=UrgencyCategory(category) if category else None,
            urgency=Urgency(values["urgency"]),
            persons=int(values["persons"]),
            needs=frozenset(VisitNeed(need) for need in values["needs"]),
            child=bool(values["child"]),
            advisor_id=UUID(advisor) if advisor else None,
            minutes=values["minutes"],
            phone=values["phone"],
        )
