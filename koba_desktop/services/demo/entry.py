"""One appointment of the demonstration with what belongs to it: whom it is for, its history, the
visit."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentPurpose,
    Participant,
)
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeKind,
    Channel,
    ChecklistItem,
    ReasonCode,
    Urgency,
    VisitNeed,
    VisitResult,
)
from koba_desktop.services.demo.house import Branch
from koba_desktop.services.demo.maker import DAY, Maker
from koba_desktop.services.demo.rooms import DayRooms
from koba_desktop.services.reception.visits import FIRST_NUMBER

S = AppointmentState

_PURPOSES = (
    "Fragen zum Bescheid",
    "Bewerbungsunterlagen besprechen",
    "Umzug geplant",
    "Weiterbildung",
    "Unterlagen für den Weiterbewilligungsantrag",
)
_CHECKED = (ChecklistItem.MASK, ChecklistItem.SYMPTOMS, ChecklistItem.CONTACT_DATA)


@dataclass(slots=True)
class Entry:
    """One appointment with whom it is for; ``made`` is when it was agreed or proposed."""

    appointment: Appointment
    client: Client
    made: datetime


@dataclass(slots=True)
class Belonging:
    """Visitors are numbered by office and day. ``desk``: chance of its own, so that visits do not
    change who is called."""

    maker: Maker
    desk: Maker
    _numbers: dict[tuple[UUID, date], int] = field(
        default_factory=lambda: defaultdict(lambda: FIRST_NUMBER)
    )

    def records(self, branch: Branch, rooms: DayRooms, entry: Entry) -> Iterator[Record]:
        """All of it: with the place of a talk in person, or by telephone where there is none."""
        maker, a = self.maker, entry.appointment
        booking = rooms.book(a, entry.made) if a.channel is not Channel.TELEPHONE else None
        if a.channel is not Channel.TELEPHONE and booking is None:
            # No place is free: the talk is by telephone, as everything else.
            a = entry.appointment = _by_telephone(a)
        yield a
        yield self.participant(entry)
        yield from self.history(entry)
        if maker.chance(0.1):
            yield AppointmentPurpose(
                **maker.stamps(entry.made, a.advisor_id),
                appointment_id=a.id,
                text=maker.random.choice(_PURPOSES),
            )
        if booking is not None:
            yield booking
            yield self.visit(branch, a)

    def participant(self, entry: Entry) -> Participant:
        a = entry.appointment
        return Participant(
            **self.maker.stamps(entry.made, a.advisor_id),
            appointment_id=a.id,
            client_id=entry.client.id,
            starts=a.starts,
            ends=a.ends,
            active=a.active,
        )

    def history(self, entry: Entry) -> Iterator[Record]:
        maker, a = self.maker, entry.appointment
        times = {"starts": a.starts.isoformat(), "ends": a.ends.isoformat()}
        first = S.PROPOSED if a.state is S.PROPOSED else S.CONFIRMED
        whole = {
            **times,
            "advisor_id": str(a.advisor_id),
            "channel": a.channel.value,
            "kind_id": str(a.kind_id),
            "state": first.value,
            "phone": a.phone,
        }
        by = a.advisor_id
        if a.state is S.CONFIRMED and maker.chance(0.04):
            former = a.starts - maker.random.randrange(1, 5) * DAY
            while not maker.works(former.date()):
                former -= DAY
            was = {"starts": former.isoformat(), "ends": (former + (a.ends - a.starts)).isoformat()}
            yield _change(maker, entry.made, a, ChangeKind.CREATED, {}, {**whole, **was}, by)
            moved = min(entry.made + timedelta(hours=20), maker.now)
            reason = maker.random.choice((ReasonCode.CLIENT_ASKED, ReasonCode.ADVISOR_ABSENT))
            yield _change(maker, moved, a, ChangeKind.MOVED, was, times, by, reason)
            return
        yield _change(maker, entry.made, a, ChangeKind.CREATED, {}, whole, by)
        if a.state is not first:
            at = min(max(a.starts, entry.made), maker.now)
            old, new = {"state": first.value}, {"state": a.state.value}
            yield _change(maker, at, a, ChangeKind.STATE, old, new, by)

    def visit(self, branch: Branch, a: Appointment) -> Visit:
        """The visit of a personal appointment: to come, under way or over."""
        desk, now = self.desk, self.maker.now
        day = a.starts.date()
        number = self._numbers[branch.office.id, day]
        self._numbers[branch.office.id, day] += 1
        arrived: datetime | None = None
        entered = a.started_at
        if a.state in (S.ARRIVED, S.IN_PROGRESS, S.KEPT):
            early = a.starts - timedelta(minutes=desk.random.randrange(2, 15))
            arrived = min(early, now - timedelta(minutes=2), entered or early)
        urgent = a.urgency is not Urgency.NONE
        return Visit(
            **desk.stamps(arrived or min(a.starts, now)),
            office_id=branch.office.id,
            appointment_id=a.id,
            day=day,
            code=str(number),
            arrived_at=arrived,
            called_at=entered,
            entered_at=entered,
            left_at=a.finished_at,
            companions=1 if desk.chance(0.15) else 0,
            needs=(VisitNeed.INTERPRETER,) if desk.chance(0.08) else (),
            checked=_looked_at(number) if arrived is not None else (),
            result=VisitResult.SETTLED if urgent and a.state is S.KEPT else None,
        )


def _looked_at(number: int) -> tuple[ChecklistItem, ...]:
    """All reception looks at, of one visitor in ten without the contact data."""
    return _CHECKED[:-1] if number % 10 == 5 else _CHECKED


def _change(
    maker: Maker,
    at: datetime,
    a: Appointment,
    kind: ChangeKind,
    before: dict[str, Any],
    after: dict[str, Any],
    by: UUID,
    reason: ReasonCode | None = None,
) -> AppointmentChange:
    return AppointmentChange(
        **maker.first(at, by),
        appointment_id=a.id,
        kind=kind,
        before=before,
        after=after,
        reason=reason,
    )


def _by_telephone(a: Appointment) -> Appointment:
    state = S.CONFIRMED if a.state is S.ARRIVED else a.state
    return replace(
        a, channel=Channel.TELEPHONE, urgency=Urgency.NONE, urgency_category=None, state=state
    )
