"""The appointments of the demonstration, day by day, with rooms and who is at the door."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain
from uuid import UUID

from koba_desktop.domain import opening, patterns, references
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentKind,
)
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.intervals import Interval
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    ACTIVE_STATES,
    AppointmentState,
    Channel,
    Language,
    Urgency,
    UrgencyCategory,
)
from koba_desktop.services.demo import front
from koba_desktop.services.demo.common import FOUNDED
from koba_desktop.services.demo.entry import Belonging, Entry
from koba_desktop.services.demo.house import Branch, House
from koba_desktop.services.demo.maker import DAY, Maker, Weighted
from koba_desktop.services.demo.people import Population
from koba_desktop.services.demo.post import Post
from koba_desktop.services.demo.rooms import DayRooms

S = AppointmentState
QUARTER = timedelta(minutes=15)

_KIND_SHARES = (8, 36, 12, 15, 29)  # in the order of the kinds
_PAST = Weighted(
    ((S.KEPT, 78), (S.MISSED, 9), (S.CANCELLED_BY_CLIENT, 8), (S.CANCELLED_BY_OFFICE, 5))
)
_FUTURE = Weighted(
    (
        (S.CONFIRMED, 82),
        (S.PROPOSED, 11),
        (S.CANCELLED_BY_CLIENT, 5),
        (S.CANCELLED_BY_OFFICE, 2),
    )
)
_URGENT = Weighted(((Urgency.URGENT, 80), (Urgency.EMERGENCY, 20)))
_HELD = 0.3  # of the talks with people no letter reaches are proposed by letter


@dataclass(slots=True)
class Diary:
    """The days drawn so far."""

    maker: Maker
    house: House
    people: Population
    post: Post
    desk: Maker  # chance of its own, so that visits do not change who is called
    showing: Post  # of the letters that show a language
    unshown: set[Language] = field(default_factory=lambda: set(Language) - {Language.DE})
    references: set[str] = field(default_factory=set)
    _turn: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))
    _belonging: Belonging = field(init=False)

    def __post_init__(self) -> None:
        self._belonging = Belonging(self.maker, self.desk)

    def days(self, days: list[date], total: int) -> Iterator[tuple[list[Entry], list[Record]]]:
        """Appointments of one day after the other, ``total`` altogether.

        What the days have no room for goes to the working days before them.
        """
        left = total
        for position, day in enumerate(chain(days, self._before(days[0]))):
            if left == 0:
                return
            wanted = -(-left // max(1, len(days) - position))
            entries: list[Entry] = []
            records: list[Record] = []
            advisors = sum(len(branch.advisors) for branch in self.house.branches)
            for branch in self.house.branches:
                rooms = DayRooms(self.maker, self.house, branch)
                share = round(wanted * len(branch.advisors) / advisors)
                share = min(share, left - len(entries))
                if branch is self.house.branches[-1] and wanted == left:
                    share = left - len(entries)  # the last day has to bring the number about
                front = list(self._at_the_door(branch, rooms, day)) if share else []
                drawn = [entry for entry, _records in front]
                for entry, own in front[:share]:
                    entries.append(entry)
                    records += own
                for entry in self._branch_day(branch, day, share - len(front[:share]), drawn):
                    entries.append(entry)
                    records += self._belonging.records(branch, rooms, entry)
            left -= len(entries)
            yield entries, records

    def _before(self, first: date) -> Iterator[date]:
        """The working days before, back to the founding."""
        day = first - DAY
        while day >= FOUNDED:
            if self.maker.works(day):
                yield day
            day -= DAY

    # --- one day of one office --------------------------------------------------------------------

    def _at_the_door(
        self, branch: Branch, rooms: DayRooms, day: date
    ) -> Iterator[tuple[Entry, list[Record]]]:
        """What is going on at the door right now, each with the advisor on duty last."""
        advisors = [a for a in reversed(branch.advisors) if self._duty(branch, a, day)]
        for scene, advisor in zip(front.scenes(self.maker, branch, day), advisors, strict=False):
            starts = front.begins(scene, self.maker.now)
            ends = starts + timedelta(minutes=scene.length)
            where = rooms.take(starts, max(ends, self.maker.now)) if scene.room else None
            if scene.room and where is None:
                continue
            entry = self._urgent(branch, advisor, scene, starts, ends)
            a = entry.appointment
            own: list[Record] = [
                a,
                self._belonging.participant(entry),
                *self._belonging.history(entry),
            ]
            if where is not None:
                own.append(front.booking_of(self.desk, scene, where, a.id, branch.office.id))
            visit = self._belonging.visit(branch, a)
            arrived = self.maker.now - timedelta(minutes=scene.arrived)
            yield entry, [*own, replace(visit, arrived_at=arrived)]

    def _urgent(
        self,
        branch: Branch,
        advisor: Staff,
        scene: front.Scene,
        starts: datetime,
        ends: datetime,
    ) -> Entry:
        clients = self.people.of_advisor[advisor.id]
        client = clients[self._turn[advisor.id] % len(clients)]
        self._turn[advisor.id] += 1
        running = scene.state in (S.IN_PROGRESS, S.KEPT)
        left = None
        if scene.left is not None:
            left = self.maker.now - timedelta(minutes=scene.left)
        appointment = Appointment(
            **self.desk.stamps(starts, advisor.id),
            reference=self._reference(),
            office_id=branch.office.id,
            advisor_id=advisor.id,
            kind_id=self.house.kinds[1].id,
            channel=Channel.IN_PERSON,
            starts=starts,
            ends=ends,
            state=scene.state,
            urgency=Urgency.EMERGENCY,
            urgency_category=scene.category,
            started_at=starts if running else None,
            finished_at=left,
        )
        return Entry(appointment, client, starts)

    def _branch_day(
        self, branch: Branch, day: date, wanted: int, taken: list[Entry]
    ) -> Iterator[Entry]:
        """Shares the appointments wanted out to the advisors on duty, the first ones first; not
        to those who are busy at the door."""
        busy = {entry.appointment.advisor_id for entry in taken}
        duty = [
            (advisor, spans)
            for advisor in branch.advisors
            if advisor.id not in busy and (spans := self._duty(branch, advisor, day))
        ]
        for position, (advisor, spans) in enumerate(duty):
            fair = -(-wanted // (len(duty) - position))
            quota = min(wanted, fair + self.maker.random.choice((-1, 0, 0, 1)))
            made = 0
            for entry in self._advisor_day(branch, advisor, spans, quota):
                made += 1
                yield entry
            wanted -= made

    def _duty(self, branch: Branch, advisor: Staff, day: date) -> list[Interval]:
        opened = opening.day_opening(
            branch.hours, branch.closing_days, day, Channel.TELEPHONE, self.maker.holidays.name
        ).open
        working = patterns.available(branch.patterns[advisor.id], branch.absences[advisor.id], day)
        return [
            Interval(max(o.starts, w.starts), min(o.ends, w.ends))
            for o in opened
            for w in working
            if o.starts < w.ends and w.starts < o.ends
        ]

    def _advisor_day(
        self, branch: Branch, advisor: Staff, spans: list[Interval], quota: int
    ) -> Iterator[Entry]:
        clients = self.people.of_advisor[advisor.id]
        kinds = self.maker.random.choices(
            self.house.kinds, _KIND_SHARES, k=min(quota, len(clients))
        )
        slack = sum(((s.ends - s.starts) // QUARTER for s in spans), 0) - sum(
            kind.minutes // 15 for kind in kinds
        )
        at, left = spans[0].starts, list(spans)
        for position, kind in enumerate(kinds):
            pause = self.maker.random.randint(0, max(0, 2 * slack // (len(kinds) - position)))
            slack -= pause
            at += pause * QUARTER
            length = timedelta(minutes=kind.minutes)
            while left and at + length > left[0].ends:
                left.pop(0)
                at = max(at, left[0].starts) if left else at
            if not left:
                return
            client = clients[self._turn[advisor.id] % len(clients)]
            self._turn[advisor.id] += 1
            yield self._entry(branch, advisor, client, kind, at)
            at += length

    def _entry(
        self, branch: Branch, advisor: Staff, client: Client, kind: AppointmentKind, at: datetime
    ) -> Entry:
        maker = self.maker
        ends = at + timedelta(minutes=kind.minutes)
        channel, urgency = self._channel(kind, at)
        state, made = self._state(at, ends, client, channel)
        phone = self.people.phone(client)
        started = at + timedelta(minutes=maker.random.randrange(-1, 4))
        finished = ends + timedelta(minutes=maker.random.randrange(-8, 12))
        running = state in (S.KEPT, S.IN_PROGRESS)
        appointment = Appointment(
            **maker.stamps(made, advisor.id),
            reference=self._reference(),
            office_id=branch.office.id,
            advisor_id=advisor.id,
            kind_id=kind.id,
            channel=channel,
            starts=at,
            ends=ends,
            state=state,
            active=state in ACTIVE_STATES,
            urgency=urgency,
            urgency_category=None
            if urgency is Urgency.NONE
            else maker.random.choice(tuple(UrgencyCategory)),
            phone=phone.typed if phone is not None else "",
            started_at=min(started, maker.now) if running else None,
            finished_at=min(finished, maker.now) if state is S.KEPT else None,
        )
        return Entry(appointment, client, made)

    def _channel(self, kind: AppointmentKind, at: datetime) -> tuple[Channel, Urgency]:
        """In the Schließzeit in person only what is urgent, before it about a third."""
        if Channel.IN_PERSON not in kind.channels:
            return Channel.TELEPHONE, Urgency.NONE
        if at.date() < self.house.closed_from:
            visits = self.maker.chance(0.35)
            return (Channel.IN_PERSON if visits else Channel.TELEPHONE), Urgency.NONE
        if not self.maker.chance(0.14):
            return Channel.TELEPHONE, Urgency.NONE
        outdoors = kind.outdoors_allowed and self.maker.chance(0.25)
        return (
            Channel.OUTDOORS if outdoors else Channel.IN_PERSON,
            self.maker.pick(_URGENT),
        )

    def _state(
        self, starts: datetime, ends: datetime, client: Client, channel: Channel
    ) -> tuple[AppointmentState, datetime]:
        """What became of it by now, and when it was made."""
        maker = self.maker
        agreed = maker.office_time(maker.working_day(-maker.random.randrange(2, 15)))
        agreed = min(agreed, starts - timedelta(days=1))
        if ends <= maker.now:
            return maker.pick(_PAST), agreed
        if starts <= maker.now:
            return S.IN_PROGRESS, agreed
        if channel is not Channel.TELEPHONE:
            soon = starts - maker.now < timedelta(minutes=20)
            return (S.ARRIVED if soon and maker.chance(0.6) else S.CONFIRMED), agreed
        if client.id in self.people.unreachable_by_post:
            # Somebody writes all the same: the letter is held until the address is known.
            made = self.post.made_today(starts.date()) if maker.chance(_HELD) else None
            return (S.CONFIRMED, agreed) if made is None else (S.PROPOSED, made)
        state = maker.pick(_FUTURE)
        if state is S.PROPOSED:
            made = None if client.address_blocked else self.post.made_for(starts.date())
            return (S.CONFIRMED, agreed) if made is None else (S.PROPOSED, made)
        if state is S.CONFIRMED and (made := self._shows_language(client, starts)) is not None:
            return S.PROPOSED, made
        return state, agreed

    def _shows_language(self, client: Client, starts: datetime) -> datetime | None:
        """When the letter was made that shows a language to the first office's outbox: one of each
        language its clients speak, made on the last working day. None: none is needed."""
        here = client.office_id == self.house.branches[0].office.id
        if not here or client.address_blocked or client.language not in self.unshown:
            return None
        made = self.showing.made_today(starts.date())
        if made is not None:
            self.unshown.remove(client.language)
        return made

    def _reference(self) -> str:
        while (code := references.make(self.maker.random)) in self.references:
            pass
        self.references.add(code)
        return code
