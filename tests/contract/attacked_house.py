"""Two offices whose every table holds rows of each sort an attacker could be after.

Tuesday 13 April 2021. In Halberstadt ("own") work the people of ``PEOPLE``; Quedlinburg ("other")
has clients of its own, and some that people of Halberstadt are responsible for. ``Row`` says of
each row what the domain rules (§ 7) go by, so that who may see it can be computed from them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities import (
    appointments,
    bookkeeping,
    clients,
    contacts,
    letters,
    modes,
    rooms,
    staff,
)
from koba_desktop.domain.entities import office as offices
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    AuditAction,
    CallReason,
    ChangeKind,
    Channel,
    Direction,
    LetterKind,
    LetterState,
    Mode,
    ModeSource,
    Outcome,
    RefusalReason,
)
from koba_desktop.services.ids import new_id
from koba_desktop.storage.postgres.store import PostgresStore
from koba_desktop.storage.tables import table_of
from tests.contract.attack_people import COLLEAGUE, PEOPLE
from tests.contract.house import codes
from tests.unit.service_office import LONG_AGO, at

NOW = at(13, 9, 42)
TODAY = date(2021, 4, 13)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

SECRET = "geheim"
"""Stands in every text that is social data, and in every street that is blocked."""


_SHOWS = {
    "client_search": "client",
    "client_sound": "client",
    "appointment_row": "appointment",
}


@dataclass(frozen=True, slots=True)
class Row:
    """``responsible`` and ``author`` are logins; ``past``: its appointment was yesterday; ``left``:
    a letter out of the house; ``over``: a task that is done, a visit of another day."""

    record: Record
    label: str
    office: str
    responsible: str = ""
    author: str = ""
    past: bool = False
    blocked: bool = False
    left: bool = False
    over: bool = False
    callback: bool = False

    @property
    def table(self) -> str:
        return table_of(type(self.record)).name


class AttackedHouse:
    """All its rows, to be put into an empty database."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._numbers = count(1)
        self.offices = {
            name: offices.Office(
                id=new_id(),
                name=f"Regionalstelle {town}",
                short_name=town,
                street="Spiegelstraße 21",
                postcode="38820",
                town=town,
                return_line="Postfach 15 42",
                district_key="15085",
            )
            for name, town in (("own", "Halberstadt"), ("other", "Quedlinburg"))
        }
        self.staff = {
            person.login: staff.Staff(
                id=new_id(),
                login=person.login,
                family_name=person.login.title(),
                office_id=self.offices["other" if person.login == "fremd" else "own"].id,
                left_on=YESTERDAY if not person.known else None,
            )
            for person in (*PEOPLE, COLLEAGUE)
            if person.login != "niemand"
        }
        self.kind = appointments.AppointmentKind(
            id=new_id(), name="Gespräch", minutes=30, channels=tuple(Channel), about={}, papers={}
        )
        self.template = letters.Template(id=new_id(), kind=LetterKind.CONFIRMATION)
        self.version = letters.TemplateVersion(
            id=new_id(), template_id=self.template.id, number=1, blocks={}, valid_from=LONG_AGO
        )
        self.review = letters.TemplateReview(
            id=new_id(), template_version_id=self.version.id, reviewed_by="x", reviewed_on=LONG_AGO
        )
        self.rules = modes.RuleSet(
            id=new_id(), name="Notbremse", legal_source="§ 28b", rules={}, valid_from=LONG_AGO
        )
        self.rooms = {
            name: rooms.Room(id=new_id(), office_id=office.id, name=f"R {name}")
            for name, office in self.offices.items()
        }
        self._master()
        self._cases()
        self._bookkeeping()

    def move_in(self, store: PostgresStore) -> None:
        with store.writing(by=None, now=NOW) as unit:
            unit.add_all([row.record for row in self.rows])

    def of(self, table: str) -> list[Row]:
        """Its rows; what search keeps of a client is the client's, what is shown of an appointment
        the appointment's."""
        table = _SHOWS.get(table, table)
        return [row for row in self.rows if row.table == table]

    def find(self, table: str, label: str) -> Any:
        """The record with that label."""
        (found,) = (row.record for row in self.of(table) if row.label == label)
        return found

    def client(self, label: str) -> UUID:
        found: UUID = self.find("client", label).id
        return found

    def me(self, login: str) -> UUID | None:
        found = self.staff.get(login)
        return found.id if found is not None else None

    # --- what is in it ----------------------------------------------------------------------------

    def _add(self, record: Record, label: str, office: str, **values: Any) -> Any:
        self.rows.append(Row(record, label, office, **values))
        return record

    def _master(self) -> None:
        for record in (self.kind, self.template, self.version, self.review, self.rules):
            self._add(record, "of all offices", "")
        self._add(
            modes.IncidenceValue(
                id=new_id(), district_key="15085", day=TODAY, value=120.5, published_on=TODAY
            ),
            "of all offices",
            "",
        )
        setting = offices.Setting(
            id=new_id(), key="slots.hold_minutes", value=10, valid_from=LONG_AGO
        )
        self._add(setting, "of all offices", "")
        for name, office in self.offices.items():
            for record in self._of_office(office.id, self.rooms[name]):
                self._add(record, f"{name} office", name)
            self._add(replace(setting, id=new_id(), office_id=office.id), f"{name} office", name)
        for login, member in self.staff.items():
            home = "other" if login == "fremd" else "own"
            self._add(member, login, home, author=login)
            self._add(
                staff.WorkingPattern(
                    id=new_id(),
                    staff_id=member.id,
                    weekday=1,
                    starts=time(8),
                    ends=time(16),
                    valid_from=LONG_AGO,
                ),
                login,
                home,
            )
            self._add(
                staff.Absence(id=new_id(), staff_id=member.id, starts=at(20, 8), ends=at(20, 16)),
                login,
                home,
            )
        for person in (*PEOPLE, COLLEAGUE):
            for held in person.held if person.login in self.staff else ():
                early = not held.in_force and person.login == "bald"
                late = not held.in_force and person.login != "bald"
                self._add(
                    staff.StaffRole(
                        id=new_id(),
                        staff_id=self.staff[person.login].id,
                        office_id=self.offices[held.office].id,
                        role=held.role,
                        valid_from=TOMORROW if early else LONG_AGO,
                        valid_until=YESTERDAY if late else None,
                    ),
                    f"{person.login}: {held.role}",
                    held.office,
                    author=person.login,
                )

    def _of_office(self, office_id: UUID, room: rooms.Room) -> Iterator[Record]:
        yield next(office for office in self.offices.values() if office.id == office_id)
        yield offices.OpeningHours(
            id=new_id(),
            office_id=office_id,
            channel=Channel.TELEPHONE,
            weekday=1,
            opens=time(8),
            closes=time(16),
            valid_from=LONG_AGO,
        )
        yield offices.ClosingDay(id=new_id(), office_id=office_id, day=TOMORROW, reason="Umzug")
        yield room
        yield rooms.Place(id=new_id(), room_id=room.id)
        yield rooms.HygieneProfile(id=new_id(), office_id=office_id, valid_from=LONG_AGO)
        yield modes.OperatingMode(
            id=new_id(),
            office_id=office_id,
            mode=Mode.CLOSED,
            valid_from=at(1, 0),
            source=ModeSource.LEAD_DECISION,
            reason="Regelung",
        )
        yield modes.ModeProposal(
            id=new_id(),
            office_id=office_id,
            rule_set_id=self.rules.id,
            mode=Mode.CLOSED,
            effective_on=TOMORROW,
            counted=[],
        )

    def _cases(self) -> None:
        """Clients and what was done for them; the label says whose they are and when."""
        self._case("a colleague's", "own", "kollegin")
        self._case("the advisor's", "own", "beraterin")
        self._case("another office's", "other", "fremd")
        # Of the other office, and somebody of this one is responsible.
        for login in ("beraterin", "empfang", "ehemals", "bald", "gegangen", "verwalterin"):
            self._case(f"elsewhere, {login}'s", "other", login)
        for login in ("kollegin", "beraterin"):
            self._client(f"blocked, {login}'s", "own", login, blocked=True)

    def _case(self, label: str, office: str, advisor: str) -> None:
        client = self._client(label, office, advisor)
        for when, day in (("yesterday", 12), ("tomorrow", 14)):
            self._appointment(f"{label}, {when}", office, advisor, client, day)

    def _client(
        self, label: str, office: str, advisor: str, *, blocked: bool = False
    ) -> clients.Client:
        number = next(self._numbers)
        sort: dict[str, Any] = {"responsible": advisor}
        client = clients.Client(
            id=new_id(),
            family_name=f"Name{number:04}",
            number=f"1{number:05}",
            birth_date=date(1980, 1, 1),
            office_id=self.offices[office].id,
            advisor_id=self.staff[advisor].id,
            address_blocked=blocked,
        )
        self._add(client, label, office, **sort)
        address = clients.ClientAddress(
            id=new_id(), client_id=client.id, street=f"{SECRET} 7", postcode="38820", town="Ort"
        )
        self._add(address, label, office, blocked=blocked, **sort)
        for record in (
            clients.ClientPhone(id=new_id(), client_id=client.id, typed="0176 04069118"),
            clients.ClientEmail(id=new_id(), client_id=client.id, address="a@b.example"),
            clients.Representative(
                id=new_id(), client_id=client.id, family_name="Betreuer", valid_from=LONG_AGO
            ),
            clients.ClientNote(id=new_id(), client_id=client.id, text=SECRET),
            appointments.WaitEntry(
                id=new_id(), client_id=client.id, office_id=client.office_id, wish="", since=NOW
            ),
        ):
            self._add(record, label, office, **sort)
        letter = self._letter(client, advisor, state=LetterState.PENDING)
        letter = replace(letter, data={"recipient_lines": [SECRET], "address_blocked": blocked})
        self._add(letter, f"{label}, to be printed", office, blocked=blocked, **sort)
        return client

    def _appointment(
        self, label: str, office: str, advisor: str, client: clients.Client, day: int
    ) -> None:
        past = day < TODAY.day
        sort: dict[str, Any] = {"responsible": advisor, "past": past}
        hour = 7 + next(self._numbers) % 12
        starts, ends = at(day, hour), at(day, hour, 30)
        advisor_id, office_id = self.staff[advisor].id, client.office_id
        meeting = appointments.Appointment(
            id=new_id(),
            reference=codes(),
            office_id=office_id,
            advisor_id=advisor_id,
            kind_id=self.kind.id,
            channel=Channel.IN_PERSON,
            starts=starts,
            ends=ends,
            state=AppointmentState.KEPT if past else AppointmentState.CONFIRMED,
            changed_at=at(12, 20) if past else NOW,
        )
        change = appointments.AppointmentChange(
            id=new_id(), appointment_id=meeting.id, kind=ChangeKind.CREATED, before={}, after={}
        )
        task = contacts.CallTask(
            id=new_id(),
            client_id=client.id,
            advisor_id=advisor_id,
            office_id=office_id,
            reason=CallReason.PLANNED,
            due=starts,
            closed_at=ends if past else None,
        )
        attempt = contacts.ContactAttempt(
            id=new_id(),
            call_task_id=task.id,
            client_id=client.id,
            staff_id=advisor_id,
            office_id=office_id,
            at=NOW,
            direction=Direction.OUT,
            outcome=Outcome.NO_ANSWER,
        )
        letter = replace(
            self._letter(client, advisor, state=LetterState.POSTED),
            posted_on=TODAY - timedelta(days=3),
            changed_at=at(10, 12),
        )
        for record in (
            meeting,
            appointments.Participant(
                id=new_id(),
                appointment_id=meeting.id,
                client_id=client.id,
                starts=starts,
                ends=ends,
            ),
            appointments.AppointmentPurpose(id=new_id(), appointment_id=meeting.id, text=SECRET),
            change,
            appointments.ChangeReason(id=new_id(), subject_id=change.id, text=SECRET),
            rooms.RoomBooking(
                id=new_id(),
                place_id=self.find("place", f"{office} office").id,
                office_id=office_id,
                appointment_id=meeting.id,
                starts=starts,
                ends=ends,
                blocked_until=ends,
                active=False,
                state=rooms.RoomBookingState.RELEASED,
            ),
            attempt,
        ):
            self._add(record, label, office, **sort)
        visit = rooms.Visit(
            id=new_id(),
            office_id=office_id,
            appointment_id=meeting.id,
            day=starts.date(),
            code=f"A {next(self._numbers)}",
            changed_at=at(12, 20) if past else NOW,
        )
        self._add(visit, label, office, **sort)
        refusal = rooms.Refusal(
            id=new_id(),
            office_id=office_id,
            code=RefusalReason.ROOM_BUSY,
            created_at=at(12, 20) if past else NOW,
        )
        self._add(refusal, label, office, **sort)
        self._add(task, label, office, over=past, **sort)
        note = contacts.AttemptNote(id=new_id(), text=SECRET, attempt_id=attempt.id)
        self._add(note, f"{label}, of a call", office, **sort)
        wish = contacts.AttemptNote(id=new_id(), text=SECRET, call_task_id=task.id)
        self._add(wish, f"{label}, of a wish", office, over=past, callback=True, **sort)
        self._add(letter, f"{label}, posted", office, left=True, **sort)
        archive = letters.LetterArchive(
            id=new_id(), letter_id=letter.id, pdf=SECRET.encode(), sha256="0" * 64
        )
        self._add(archive, label, office, left=True, **sort)

    def _letter(self, client: clients.Client, advisor: str, state: LetterState) -> letters.Letter:
        return letters.Letter(
            id=new_id(),
            client_id=client.id,
            office_id=client.office_id,
            advisor_id=self.staff[advisor].id,
            kind=LetterKind.CONFIRMATION,
            state=state,
            template_version_id=self.version.id,
            data={},
            assumed_posting=TODAY,
        )

    def _bookkeeping(self) -> None:
        for login, member in self.staff.items():
            mine: dict[str, Any] = {"changed_at": NOW, "changed_by": member.id}
            made: dict[str, Any] = {"created_at": NOW, "created_by": member.id}
            number = next(self._numbers)
            records: Sequence[Record] = (
                bookkeeping.ExecutedCommand(id=new_id(), name="Do", result={"x": SECRET}, **made),
                bookkeeping.Draft(
                    id=new_id(),
                    author_id=member.id,
                    form="client",
                    content={"x": SECRET},
                    saved_at=NOW,
                    **mine,
                ),
                bookkeeping.Presence(
                    id=new_id(), subject_id=new_id(), staff_id=member.id, host="PC", seen_at=NOW
                ),
                appointments.Hold(
                    id=new_id(),
                    advisor_id=member.id,
                    starts=at(21, 0) + number * timedelta(hours=1),
                    ends=at(21, 0) + number * timedelta(hours=1, minutes=1),
                    until=NOW + timedelta(minutes=10),
                    **mine,
                ),
            )
            for record in records:
                self._add(record, login, "", author=login)
            for action in (AuditAction.VIEW_BLOCKED, AuditAction.CHANGE):
                self._add(
                    bookkeeping.AuditEvent(
                        id=new_id(),
                        action=action,
                        object_kind="Client",
                        object_id=new_id(),
                        **made,
                    ),
                    f"{login}: {action}",
                    "",
                    author=login,
                )
        self._add(
            clients.ContactTrace(
                id=new_id(),
                name=SECRET,
                contact="",
                place_name="",
                starts=at(12, 8),
                ends=at(12, 9),
            ),
            "a visitor",
            "own",
        )
