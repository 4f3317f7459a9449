"""Any steps at the door in any order, taken back and done again: what must never be never is.

Commands are drawn by chance (the same for the same number), most of them such as a screen offers,
some that no longer fit. Each is carried out, or refused and then nothing was written.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment, Participant
from koba_desktop.domain.entities.rooms import RoomBooking, Visit
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.places import Offer
from koba_desktop.domain.vocabulary import (
    HAS_PLACE,
    AppointmentState,
    Channel,
    ReasonCode,
    RoomBookingState,
    RoomKind,
    RoomUse,
    UrgencyCategory,
    VisitResult,
)
from koba_desktop.services.commands import (
    CancelAppointment,
    Command,
    HoldSlot,
    Override,
    Reschedule,
    SetAppointmentState,
    Undo,
    UndoPlan,
)
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    AssignEmergency,
    AssignPlace,
    CloseRoom,
    EnterRoom,
    LeaveWaiting,
    MarkAired,
    MarkCleaned,
    MoveBooking,
    ReopenRoom,
    VacateRoom,
)
from koba_desktop.services.emergency.ladder import Question, emergency_ladder
from koba_desktop.services.ids import new_id
from koba_desktop.services.reception.page import reception_page
from koba_desktop.services.work import content
from koba_desktop.storage.check import check
from tests.unit.door_office import DoorOffice
from tests.unit.service_office import at

S = RoomBookingState
A = AppointmentState
STEPS = 120
CODES = {"outside_hours", "outside_pattern", "in_the_past", "channel_not_allowed", "cap_reached"}
OVERRIDE = Override(codes=frozenset(CODES), reason=ReasonCode.OTHER)
TO_COME = (A.PROPOSED, A.CONFIRMED, A.ARRIVED, A.IN_PROGRESS)
BROKEN = ("rule_broken", "already_exists", "reference_broken")
"""What the database says where the program should have known better."""


class Walk:
    def __init__(self, office: DoorOffice, seed: int) -> None:
        self.office = office
        self.chance = Random(seed)
        self.places = [office.place, office.large_place, office.stale_place, *office.yard_places]
        self.pauses = {office.place.id: 16, office.large_place.id: 5, office.stale_place.id: 30}
        self.clients = [office.kuhn, office.hartwig, office.noack]
        self.plans: list[UndoPlan] = []
        self.done: Counter[str] = Counter()

    # --- drawing --------------------------------------------------------------------------------

    def one(self, kind: type[Any], *states: Any) -> Any:
        """One of these states where there is one; now and then any."""
        rows = self.office.all(kind)
        fitting = [row for row in rows if row.state in states]
        return self.chance.choice(fitting if fitting and self.chance.random() < 0.9 else rows)

    def some_time(self) -> Any:
        minutes = self.chance.choice([0, 1, 5, 15, 30, 45, 90])
        return self.office.clock.now().replace(second=0) + timedelta(minutes=minutes)

    def book(self) -> Command:
        channel = self.chance.choice([Channel.IN_PERSON, Channel.IN_PERSON, Channel.TELEPHONE])
        return self.office.booking(
            self.some_time(),
            channel=channel,
            client_id=self.chance.choice(self.clients).id,
            advisor_id=self.chance.choice([self.office.berger, self.office.lindner]).id,
            override=OVERRIDE,
        )

    def emergency(self) -> Command | None:
        client_id = self.chance.choice(self.clients).id
        question = Question(office_id=self.office.office.id, client_id=client_id)
        with self.office.view(self.office.reception) as view:
            answer = emergency_ladder(view, question)
        if not answer.ladder.rungs or answer.advisor_id is None:
            return None
        rung = self.chance.choice(answer.ladder.rungs)
        return AssignEmergency(
            office_id=self.office.office.id,
            advisor_id=answer.advisor_id,
            channel=_channel(rung.offer),
            starts=rung.starts,
            ends=rung.ends,
            category=UrgencyCategory.OTHER,
            client_id=client_id,
            place_id=rung.offer.situation.place_id if rung.offer is not None else None,
        )

    def arrive(self) -> Command:
        row = self.one(Appointment, A.CONFIRMED)
        companions = self.chance.choice([None, 0, 1])
        return ArriveVisitor(appointment_id=row.id, version=row.version, companions=companions)

    def leave(self) -> Command:
        row = self.chance.choice(self.office.all(Visit))
        return LeaveWaiting(visit_id=row.id, version=row.version)

    def enter(self) -> Command:
        row = self.one(RoomBooking, S.RESERVED)
        return EnterRoom(booking_id=row.id, version=row.version)

    def vacate(self) -> Command:
        row = self.one(RoomBooking, S.OCCUPIED)
        return VacateRoom(booking_id=row.id, version=row.version, result=VisitResult.SETTLED)

    def air(self) -> Command:
        row = self.one(RoomBooking, S.AIRING)
        return MarkAired(booking_id=row.id, version=row.version)

    def clean(self) -> Command:
        row = self.one(RoomBooking, S.AIRING, S.CLEANING)
        return MarkCleaned(booking_id=row.id, version=row.version, initials="Fi")

    def move(self) -> Command:
        row = self.one(RoomBooking, S.RESERVED, S.OCCUPIED)
        return MoveBooking(
            booking_id=row.id,
            version=row.version,
            place_id=self.chance.choice(self.places).id,
            starts=self.chance.choice([None, None, self.some_time()]),
            override=OVERRIDE.codes,
        )

    def assign(self) -> Command:
        row = self.one(Appointment, *TO_COME)
        now = self.chance.random() < 0.6
        return AssignPlace(appointment_id=row.id, version=row.version, now=now)

    def close(self) -> Command:
        starts = self.chance.choice([self.office.clock.now(), self.some_time()])
        return CloseRoom(
            room_id=self.chance.choice(self.places).room_id,
            use=self.chance.choice([RoomUse.MAINTENANCE, RoomUse.CLEANING, RoomUse.INTERNAL]),
            starts=starts,
            ends=starts + timedelta(minutes=self.chance.choice([3, 10, 30, 90])),
            reason=ReasonCode.DEFECT,
        )

    def reopen(self) -> Command:
        return ReopenRoom(room_id=self.chance.choice(self.places).room_id)

    def become(self) -> Command:
        row = self.one(Appointment, *TO_COME)
        state = self.chance.choice([A.ARRIVED, A.IN_PROGRESS, A.KEPT, A.MISSED])
        return SetAppointmentState(
            appointment_id=row.id, version=row.version, state=state, result=VisitResult.SETTLED
        )

    def reschedule(self) -> Command:
        row = self.one(Appointment, A.CONFIRMED)
        starts = self.some_time()
        return Reschedule(
            appointment_id=row.id,
            version=row.version,
            starts=starts,
            ends=starts + timedelta(minutes=30),
            channel=self.chance.choice([None, Channel.TELEPHONE, Channel.IN_PERSON]),
            override=OVERRIDE,
        )

    def cancel(self) -> Command:
        row = self.one(Appointment, *TO_COME)
        return CancelAppointment(appointment_id=row.id, version=row.version, by_client=True)

    def hold(self) -> Command:
        starts = self.some_time()
        return HoldSlot(
            hold_id=new_id(),
            advisor_id=self.office.lead.id,
            place_id=self.chance.choice(self.places).id,
            starts=starts,
            ends=starts + timedelta(minutes=30),
        )

    def take_back(self) -> Command | None:
        """The last step, or one before it."""
        if not self.plans:
            return None
        last = -1 if self.chance.random() < 0.7 else self.chance.randrange(len(self.plans))
        return Undo(plan=self.plans.pop(last))

    # --- going ----------------------------------------------------------------------------------

    def go(self) -> None:
        deeds: list[Callable[[], Command | None]] = [
            *(self.book, self.emergency, self.arrive, self.leave, self.become, self.cancel),
            *(self.enter, self.enter, self.enter, self.vacate, self.vacate, self.air, self.clean),
            *(self.move, self.assign, self.close, self.reopen, self.reschedule, self.hold),
            self.take_back,
        ]
        while not (self.office.all(RoomBooking) and self.office.all(Visit)):
            self.step(self.book)
        for _ in range(STEPS):
            if self.chance.random() < 0.4:
                self.office.clock.advance(seconds=self.chance.choice([20, 45, 300, 900, 1500]))
            self.step(self.chance.choice(deeds))

    def step(self, deed: Callable[[], Command | None]) -> None:
        command = deed()
        if command is None:
            return
        by = self.office.lead if isinstance(command, HoldSlot) else self.office.reception
        before = self.rows()
        inside = {row.id for row in self.office.all(RoomBooking) if row.state is S.OCCUPIED}
        refusal, plan = None, None
        try:
            plan = self.office.do(command, by=by).undo
        except OfficeError as error:
            refusal = error
        if refusal is not None:
            assert refusal.code not in BROKEN, refusal.problems
            assert self.rows() == before, "written though it was refused"
            return
        self.done[deed.__name__] += 1
        if plan is not None:
            self.plans.append(plan)
        assert check(self.office.store) == []
        self.require_one_place_for_who_needs_one()
        self.require_nobody_lost()
        if not isinstance(command, Undo):
            self.require_ready_before(inside)

    def rows(self) -> dict[UUID, dict[str, Any]]:
        kinds = (Appointment, Participant, Visit, RoomBooking)
        return {row.id: content(row) for kind in kinds for row in self.office.all(kind)}

    # --- what must be ---------------------------------------------------------------------------

    def require_one_place_for_who_needs_one(self) -> None:
        rooms = {place.id: place.room_id for place in self.places}
        placed = [b for b in self.office.all(RoomBooking) if b.state in HAS_PLACE]
        theirs = [b for b in placed if b.appointment_id is not None]
        assert not [who for who, n in Counter(b.appointment_id for b in theirs).items() if n > 1]
        for booking in theirs:
            appointment = self.office.one(Appointment, id=booking.appointment_id)
            assert appointment.state in TO_COME
            assert appointment.active
            assert (booking.state is S.OCCUPIED) <= (appointment.state is A.IN_PROGRESS)
            outside = rooms[booking.place_id] == self.office.yard.id
            assert appointment.channel is (Channel.OUTDOORS if outside else Channel.IN_PERSON)

    def require_nobody_lost(self) -> None:
        """The reception sees everybody who is to come or here today, with the place if any."""
        with self.office.view(self.office.reception) as view:
            page = reception_page(view, self.office.office.id)
        shown = {
            row.appointment_id: row.booking_id
            for row in (*page.waiting, *page.talking, *page.expected)
        }
        placed = {
            booking.appointment_id: booking.id
            for booking in self.office.all(RoomBooking)
            if booking.state in HAS_PLACE
        }
        today = day_of(self.office.clock.now())
        for appointment in self.office.all(Appointment, withdrawn_at=None):
            comes = appointment.channel is not Channel.TELEPHONE and appointment.state in TO_COME
            if comes and day_of(appointment.starts) == today:
                assert shown[appointment.id] == placed.get(appointment.id)

    def require_ready_before(self, inside: set[UUID]) -> None:
        """Who has gone in just now went where the pause was over and somebody had cleaned."""
        bookings = self.office.all(RoomBooking)
        for entered in bookings:
            if entered.state is not S.OCCUPIED or entered.id in inside:
                continue
            for used in bookings:
                if used.place_id != entered.place_id or used.vacated_at is None:
                    continue
                pause = timedelta(minutes=self.pauses.get(used.place_id, 0))
                assert used.vacated_at + pause <= self.office.clock.now()
                assert used.cleaned_at or used.place_id != self.office.large_place.id


def _channel(offer: Offer | None) -> Channel:
    if offer is None:
        return Channel.TELEPHONE
    return Channel.OUTDOORS if offer.room.kind is RoomKind.OUTDOOR else Channel.IN_PERSON


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DoorOffice]:
    door = DoorOffice(tmp_path)
    door.clock.set(at(1, 9))
    yield door
    door.close()


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_no_way_leads_to_what_must_not_be(office: DoorOffice, seed: int) -> None:
    walk = Walk(office, seed)
    walk.go()
    assert walk.done.total() > 20
