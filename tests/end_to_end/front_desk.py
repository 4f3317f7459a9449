"""One of two receptions at work: a program of its own on the office's file.

``python -m tests.end_to_end.front_desk PLACE`` (see ``tests.contract.programs``) reads one JSON
document a line and answers each with one: ``{"now": ISO, "mine": [client ids], "talks": {client id:
minutes}, "fails": room name, "emergency": name}``. It does what a receptionist does in a minute,
sees what the other has done, and takes a no for an answer: what is refused is tried again the next
minute.
"""

import json
import sys
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.emergency import passed_over
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import OfficeError
from koba_desktop.domain.vocabulary import (
    Channel,
    ReasonCode,
    RoomBookingState,
    RoomKind,
    RoomUse,
    Urgency,
    UrgencyCategory,
    VisitResult,
)
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import Command
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    AssignEmergency,
    AssignPlace,
    CloseRoom,
    EnterRoom,
    MarkAired,
    MarkCleaned,
    PassedOver,
    VacateRoom,
)
from koba_desktop.services.emergency.ladder import Question, emergency_ladder
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.reception.page import ReceptionPage, reception_page
from koba_desktop.services.rooms.board import RoomLine, room_board
from koba_desktop.services.rows import ArrivalRow
from tests.contract.programs import open_at
from tests.support import FixedClock


class FrontDesk:
    def __init__(self, place: str) -> None:
        self.store = open_at(place)
        self.clock = FixedClock()
        self.services = Services(self.store, self.clock, HolidayCalendar(), host="Empfang")
        with self.store.reading() as reader:
            member = reader.find(Staff, login="fink")[0]
        assert member.office_id is not None
        self.office_id = member.office_id
        self.actor = Actor(member.id, self.office_id)
        self.refused: list[str] = []
        self.steps: list[str] = []
        self.at_the_door: list[str] = []

    def minute(self, order: dict[str, Any]) -> dict[str, Any]:
        self.clock.set(datetime.fromisoformat(order["now"]))
        self.refused, self.steps = [], []
        mine = {UUID(one) for one in order["mine"]}
        talks = {UUID(one): timedelta(minutes=n) for one, n in order["talks"].items()}
        if order.get("fails"):
            self._close(order["fails"])
        page, lines = self._look()
        self._keep_rooms(lines)
        for row in page.expected:
            if row.client_id in mine:
                self._do(ArriveVisitor(appointment_id=row.appointment_id, version=row.version))
        for row in self._look()[0].talking:
            self._end_talk(row, talks)
        if order.get("emergency"):
            self.at_the_door.append(order["emergency"])
        self.at_the_door = [name for name in self.at_the_door if not self._admit(name)]
        for row in self._look()[0].waiting:
            self._let_in(row)
        page, _lines = self._look()
        return {
            "waiting": len(page.waiting),
            "talking": len(page.talking),
            "expected": len(page.expected),
            "gone": len(page.gone),
            "refused": self.refused,
            "steps": self.steps,
        }

    def _look(self) -> tuple[ReceptionPage, tuple[RoomLine, ...]]:
        with self.services.view(self.actor.staff_id) as view:
            return (
                reception_page(view, self.office_id),
                room_board(view, self.office_id, view.today),
            )

    def _do(self, command: Command) -> dict[str, Any] | None:
        try:
            receipt = self.services.execute(command, self.actor)
        except OfficeError as error:
            self.refused.append(error.code)
            return None
        self.steps.append(type(command).__name__)
        return receipt.result

    def _close(self, name: str) -> None:
        with self.store.reading() as reader:
            room = reader.find(Room, name=name)[0]
        now = self.clock.now()
        self._do(
            CloseRoom(
                room_id=room.id,
                use=RoomUse.MAINTENANCE,
                starts=now,
                ends=now + timedelta(hours=8),
                reason=ReasonCode.DEFECT,
                note="Heizung defekt",
            )
        )

    def _keep_rooms(self, lines: tuple[RoomLine, ...]) -> None:
        for line in lines:
            for spot in line.spots:
                booking = spot.current
                if booking is None or spot.state is not RoomBookingState.CLEANING:
                    continue
                if booking.state is RoomBookingState.AIRING:
                    self._do(MarkAired(booking_id=booking.id, version=booking.version))
                else:
                    self._do(
                        MarkCleaned(booking_id=booking.id, version=booking.version, initials="Fi")
                    )

    def _end_talk(self, row: ArrivalRow, talks: dict[UUID, timedelta]) -> None:
        length = talks.get(row.client_id, timedelta(minutes=15)) if row.client_id else None
        length = length or timedelta(minutes=15)
        if row.entered_at is None or self.clock.now() < row.entered_at + length:
            return
        result = None if row.urgency is Urgency.NONE else VisitResult.SETTLED
        if row.booking_id is not None and row.booking_state is RoomBookingState.OCCUPIED:
            self._do(
                VacateRoom(booking_id=row.booking_id, version=row.booking_version, result=result)
            )

    def _let_in(self, row: ArrivalRow) -> None:
        if row.booking_id is None:
            self._do(AssignPlace(appointment_id=row.appointment_id, version=row.version, now=True))
            return
        begun = row.booking_starts is not None and row.booking_starts <= self.clock.now()
        if row.booking_state is RoomBookingState.RESERVED and begun:
            self._do(EnterRoom(booking_id=row.booking_id, version=row.booking_version))

    def _admit(self, name: str) -> bool:
        """Somebody stands at the door without an appointment: the best rung of the ladder. False
        where somebody else was quicker."""
        with self.services.view(self.actor.staff_id) as view:
            answer = emergency_ladder(view, Question(office_id=self.office_id))
        rung = answer.ladder.rungs[0]
        assert answer.advisor_id is not None
        channel, place_id = Channel.TELEPHONE, None
        if rung.offer is not None:
            outdoors = rung.offer.room.kind is RoomKind.OUTDOOR
            channel = Channel.OUTDOORS if outdoors else Channel.IN_PERSON
            place_id = rung.offer.situation.place_id
        done = self._do(
            AssignEmergency(
                office_id=self.office_id,
                advisor_id=answer.advisor_id,
                channel=channel,
                starts=rung.starts,
                ends=rung.ends,
                category=UrgencyCategory.NO_MONEY,
                visitor_name=name,
                place_id=place_id,
                passed_over=tuple(
                    PassedOver(room_id=room_id, code=code)
                    for room_id, code in passed_over(answer.ladder, rung)
                ),
            )
        )
        return done is not None


def main(place: str) -> None:
    desk = FrontDesk(place)
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(desk.minute(json.loads(line))), flush=True)
    desk.store.close()


if __name__ == "__main__":
    main(sys.argv[1])
