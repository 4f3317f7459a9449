"""The reception's day: who is expected, waits, is in a talk, has gone (domain rules § 7).

Name, time, room, advisor, kind, urgency, date of birth: what reception needs, and no more.
"""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.modes import timeline
from koba_desktop.domain.policy import value_in_force
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import AppointmentState, ChecklistItem, Mode
from koba_desktop.services.office.entitlement import may, not_entitled
from koba_desktop.services.rows import ArrivalRow
from koba_desktop.services.view import View

S = AppointmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionPage:
    """``waiting`` in the order they arrived, ``expected`` by time. ``wait_minutes`` is when a wait
    is too long; ``cap`` how many visitors may be in the house (None: no limit)."""

    waiting: tuple[ArrivalRow, ...]
    talking: tuple[ArrivalRow, ...]
    expected: tuple[ArrivalRow, ...]
    gone: tuple[ArrivalRow, ...]
    wait_minutes: int
    checklist: tuple[ChecklistItem, ...]
    cap: int | None
    mode: Mode

    @property
    def in_house(self) -> int:
        """Visitors in the house now, companions among them."""
        return sum(1 + row.companions for row in (*self.waiting, *self.talking))


def reception_page(view: View, office_id: UUID) -> ReceptionPage:
    """Today's visitors of an office.

    Raises Refused ``not_entitled`` for whom receiving visitors is none of his or her business.
    """
    if not may(view, Right.RECEIVE_VISITORS, office_id):
        raise not_entitled()
    settings = view.reader.find(Setting)

    def setting(key: str) -> object:
        return value_in_force(settings, key, office_id, view.today)

    groups: dict[str, list[ArrivalRow]] = {
        "waiting": [],
        "talking": [],
        "expected": [],
        "gone": [],
    }
    for row in view.reader.arrivals(office_id, *day_bounds(view.today)):
        group = group_of(row)
        if group:
            groups[group].append(row)
    groups["waiting"].sort(key=lambda row: row.arrived_at or row.starts)
    groups["gone"].sort(key=lambda row: row.left_at or row.ends)
    cap = setting("visitors.cap")
    items = setting("reception.checklist")
    assert isinstance(items, list)
    return ReceptionPage(
        **{name: tuple(rows) for name, rows in groups.items()},
        wait_minutes=int(str(setting("reception.wait_minutes"))),
        checklist=tuple(ChecklistItem(item) for item in items),
        cap=int(str(cap)) if cap is not None else None,
        mode=timeline(view.reader.find(OperatingMode, office_id=office_id)).at(view.now),
    )


def callers(view: View, office_id: UUID, advisor_id: UUID) -> tuple[ArrivalRow, ...]:
    """Today's visitors who wait for an advisor and whom reception has announced to him or her,
    the first one called first; nobody for who receives no visitors here."""
    if not may(view, Right.RECEIVE_VISITORS, office_id):
        return ()
    rows = [
        row
        for row in view.reader.arrivals(office_id, *day_bounds(view.today))
        if row.advisor_id == advisor_id and row.state is S.ARRIVED and row.called_at is not None
    ]
    return tuple(sorted(rows, key=lambda row: (row.called_at or row.starts, row.code)))


def group_of(row: ArrivalRow) -> str:
    """``waiting``, ``talking``, ``expected`` or ``gone``; "" for who was called off beforehand."""
    match row.state:
        case S.PROPOSED | S.CONFIRMED:
            return "expected"
        case S.ARRIVED:
            return "waiting"
        case S.IN_PROGRESS:
            return "talking"
        case S.KEPT:
            return "gone"
        case S.MISSED:
            return "gone"
        case _:
            return ""
