"""What the emergency desk asks the office: who somebody is, who is free, which place is best."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.modes import mode_at
from koba_desktop.domain.vocabulary import Mode, VisitNeed
from koba_desktop.gui.emergency.case import NO_NEEDS, Case
from koba_desktop.i18n import formats
from koba_desktop.services.emergency.ladder import Answer, emergency_ladder
from koba_desktop.services.modes.history import mode_history
from koba_desktop.services.office.book import setting
from koba_desktop.services.office.entitlement import require_client
from koba_desktop.services.reception.visits import needs_of_client
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What tells a client from others of the same name."""

    name: str
    birth_date: date | None
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The answer to a case. ``case`` is it with what the client's record adds."""

    case: Case
    who: Who | None
    answer: Answer
    mode: Mode
    co2_litres: float  # that a person breathes out in an hour


def look(
    view: View,
    office_id: UUID,
    case: Case,
    by_hand: frozenset[VisitNeed],
    *,
    new_person: bool,
) -> Facts:
    """Everything the desk shows for a case.

    ``new_person``: the needs of the client's record are taken over first, except those in
    ``by_hand``, which somebody has ticked or unticked. Raises NotFound, and Refused
    ``not_entitled`` for a client of an office in which the viewer holds no role.
    """
    who, recorded = None, NO_NEEDS
    if case.client_id is not None:
        client = view.reader.get(Client, case.client_id)
        require_client(view, client)
        recorded = frozenset(needs_of_client(client))
        who = Who(
            name=formats.name_sorted(client.family_name, client.given_name),
            birth_date=client.birth_date,
            number=client.number or "",
        )
    if new_person:
        case = case.with_record(recorded, by_hand)
    return Facts(
        case=case,
        who=who,
        answer=emergency_ladder(view, case.question(office_id)),
        mode=mode_at(mode_history(view, office_id), view.now),
        co2_litres=float(setting(view, office_id, "air.co2_litres")),
    )
