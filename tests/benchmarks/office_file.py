"""A file as an office has it after a year: 20,000 clients and a million appointments.

Clients, offices and the weeks around the day come from the demonstration. The rest of the million
are telephone appointments in the years before, written with all constraints in force, because a
benchmark on a file without them would measure another program.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import gettempdir

from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind, Participant
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.vocabulary import AppointmentState, Channel, Role
from koba_desktop.i18n.holidays import HolidayCalendar
from koba_desktop.letters.letter.texts import shipped_templates
from koba_desktop.services.demo.making import make_demo
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.ids import new_id
from koba_desktop.storage.files import create_store, open_store
from koba_desktop.storage.store import SqliteStore
from tests.support import KEY, TUESDAY, FixedClock

MILLION = 1_000_000
_BATCH = 50_000
_SLOTS_A_DAY = 18  # half hours from 08:00


@dataclass(frozen=True, slots=True)
class OfficeFile:
    path: Path
    services: Services
    actor: Actor
    store: SqliteStore


@cache
def office_file(appointments: int = MILLION) -> OfficeFile:
    """The file, made at the first use and kept for later runs in the folder for temporary files."""
    path = Path(gettempdir()) / f"koba-benchmark-{appointments}.db"
    done = path.with_suffix(".actor")
    if not done.exists():
        _make(path, appointments, done)
    staff_id, office_id = done.read_text(encoding="ascii").split()
    from uuid import UUID

    store = open_store(path, KEY)
    services = Services(store, FixedClock(TUESDAY), HolidayCalendar(), host="benchmark")
    actor = Actor(staff_id=UUID(staff_id), office_id=UUID(office_id))
    return OfficeFile(path, services, actor, store)


def _make(path: Path, appointments: int, done: Path) -> None:
    for old in path.parent.glob(path.name + "*"):
        old.unlink()
    store = create_store(path, KEY)
    demo = make_demo(store, TUESDAY, HolidayCalendar(), shipped_templates())
    _fill(store, appointments - demo.appointments)
    store.close()
    done.write_text(f"{demo.first.staff_id} {demo.first.office_id}", encoding="ascii")


def _fill(store: SqliteStore, missing: int) -> None:
    with store.reading() as reader:
        advisors = reader.find(StaffRole, role=Role.ADVISOR)
        clients: dict[object, list[Client]] = {}
        for client in reader.find(Client):
            clients.setdefault(client.office_id, []).append(client)
        kind = reader.find(AppointmentKind)[0]
    start = datetime(2020, 12, 31, 7, tzinfo=UTC)
    number, day = 0, 0
    while number < missing:
        rows: list[Appointment | Participant] = []
        while len(rows) < _BATCH and number < missing:
            morning = start - timedelta(days=day)
            for slot in range(_SLOTS_A_DAY):
                starts = morning + timedelta(minutes=30 * slot)
                for place, role in enumerate(advisors):
                    if number >= missing:
                        break
                    of_office = clients[role.office_id]
                    client = of_office[(place + (slot + day * 31) * 37) % len(of_office)]
                    rows += _pair(number, role, kind, client, starts)
                    number += 1
            day += 1
        with store.writing(by=None, now=TUESDAY) as uow:
            uow.add_all([r for r in rows if isinstance(r, Appointment)])
            uow.add_all([r for r in rows if isinstance(r, Participant)])


def _pair(
    number: int, role: StaffRole, kind: AppointmentKind, client: Client, starts: datetime
) -> tuple[Appointment, Participant]:
    ends = starts + timedelta(minutes=30)
    appointment = Appointment(
        id=new_id(),
        reference=f"B{number:07d}",
        office_id=role.office_id,
        advisor_id=role.staff_id,
        kind_id=kind.id,
        channel=Channel.TELEPHONE,
        starts=starts,
        ends=ends,
        state=AppointmentState.KEPT,
    )
    return appointment, Participant(
        id=new_id(), appointment_id=appointment.id, client_id=client.id, starts=starts, ends=ends
    )
