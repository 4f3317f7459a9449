"""Another program on the same database books one appointment.

``python -m tests.end_to_end.booking_elsewhere PLACE`` (see ``tests.contract.programs``) prints the
appointment's id once it is committed.
"""

import sys
from datetime import timedelta

from koba_desktop.domain.clock import day_bounds
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.vocabulary import Channel, Role
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.services.commands import BookAppointment
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.slots.finding import SlotQuery, find_slots
from tests.contract.programs import open_at
from tests.support import FixedClock


def main(place: str) -> None:
    store = open_at(place)
    services = Services(store, FixedClock(), HolidayCalendar(), host="other-pc")
    with store.reading() as reader:
        role = reader.find(StaffRole, role=Role.ADVISOR, order_by="id", limit=1)[0]
    actor = Actor(staff_id=role.staff_id, office_id=role.office_id)
    with services.view() as view:
        kind = view.reader.find(AppointmentKind)[0]
        client = view.reader.find(Client, advisor_id=actor.staff_id, limit=1)[0]
        slot = find_slots(
            view,
            SlotQuery(
                office_id=actor.office_id,
                minutes=15,
                advisor_ids=(actor.staff_id,),
                client_id=client.id,
                latest=day_bounds(view.today)[0] + timedelta(days=4),
            ),
        ).slots[0]
    booked = services.execute(
        BookAppointment(
            office_id=actor.office_id,
            advisor_id=actor.staff_id,
            kind_id=kind.id,
            channel=Channel.TELEPHONE,
            starts=slot.starts,
            ends=slot.ends,
            client_id=client.id,
        ),
        actor,
    )
    print(booked.result["appointment_id"], flush=True)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1])
