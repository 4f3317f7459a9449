"""Each role against each command and each query: what it may do, and that it may do nothing else.

A command is handed to its handler in a transaction that is rolled back: all roles meet the same
office. Whether it then succeeds is for other tests; here it counts who is turned away.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from koba_desktop import gui
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import OfficeError, Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    CallResult,
    Channel,
    HoldReason,
    LetterAnswer,
    LetterKind,
    LetterVariant,
    Mode,
    ModeSource,
    NamedPaper,
    Outcome,
    ReasonCode,
    RefusalReason,
    Role,
    RoomUse,
    UrgencyCategory,
)
from koba_desktop.services import commands as c
from koba_desktop.services.appointments.detail import (
    appointment_called,
    appointment_detail,
    appointments_seen,
    file_note,
)
from koba_desktop.services.audit.exporting import ExportAudit
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.audit.texts import ExportFormat
from koba_desktop.services.calendar.day_list import day_list
from koba_desktop.services.calendar.days import calendar_page
from koba_desktop.services.clients.card import (
    client_card,
    client_profile,
    coming_appointments,
    good_phones,
)
from koba_desktop.services.clients.importing import ImportClients, ImportedClient
from koba_desktop.services.clients.searching import find_clients
from koba_desktop.services.commands import door as d
from koba_desktop.services.contacts.call_list import call_list
from koba_desktop.services.contacts.hours import reached_hours
from koba_desktop.services.contacts.offer import letter_offer
from koba_desktop.services.contacts.worklist import worklist
from koba_desktop.services.emergency.ladder import Question, emergency_ladder
from koba_desktop.services.execution import Actor
from koba_desktop.services.handlers import _HANDLERS, handler_of
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.offering import letter_choices, wording_choice
from koba_desktop.services.letters.outbox import count_to_print, outbox
from koba_desktop.services.letters.reading import archived, letter_views
from koba_desktop.services.letters.reply_slips import blank_slips, reply_slips, slip_called
from koba_desktop.services.outage.emergency_list import emergency_list
from koba_desktop.services.reception.page import callers, reception_page
from koba_desktop.services.rooms.board import room_days
from koba_desktop.services.rooms.door_plan import door_plan
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from koba_desktop.services.slots.finding import SlotQuery, find_slots
from koba_desktop.services.view import View
from koba_desktop.services.work import Work
from tests.unit.door_office import DoorOffice
from tests.unit.letter_office import printed, worded
from tests.unit.service_office import at


class House(DoorOffice):
    """An office in the middle of its work, with somebody of each role; ``elsewhere`` advises in
    another office, ``nobody`` holds no role, ``gone`` held one until yesterday."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.stranger = self._member("fremd", "Fremd", self.lead.salutation, "Fr")
        self.nobody = self._member("niemand", "Niemand", self.lead.salutation, "Ni")
        self.gone = self._member("weg", "Weg", self.lead.salutation, "We")
        self.deputy = self._member("vertretung", "Vertretung", self.lead.salutation, "Ve")
        yesterday = at(1, 9).date().replace(month=3, day=31)
        self.put(
            self.stranger,
            self.nobody,
            self.gone,
            self.deputy,
            replace(self.role(self.stranger, Role.ADVISOR), office_id=self.elsewhere.id),
            replace(self.role(self.gone, Role.LEAD), valid_until=yesterday),
            # At home elsewhere, and standing in for the lead here this week.
            replace(self.role(self.deputy, Role.ADVISOR), office_id=self.elsewhere.id),
            replace(self.role(self.deputy, Role.LEAD), valid_from=at(1, 0).date()),
        )
        self.call_at = self.booked(at(13, 10))
        self.waiting = self.visit(at(1, 10), client=self.hartwig, by=self.lindner)
        self.task_id = self.task()
        self.tried = self.attempt(self.task_id)
        created = self.do(
            c.CreateLetter(appointment_id=self.call_at.id, kind=LetterKind.CONFIRMATION)
        )
        self.letter: Letter = self.one(Letter, id=created.result["letter_id"])
        worded(self, LetterKind.PLEASE_CALL)
        self.english = worded(self, LetterKind.TELEPHONE_PROPOSAL, "en")
        self.sent = self._printed(self.booked(at(15, 10)))
        self.do(
            c.SetMode(
                office_id=self.office.id,
                mode=Mode.REGULAR,
                valid_from=at(20, 0),
                source=ModeSource.LEAD_DECISION,
                reason="Erlass",
            ),
            by=self.lead,
        )
        self.draft_id = new_id()

    def _printed(self, appointment: Appointment) -> Letter:
        """A letter about it that asks for an answer."""
        made = self.do(
            c.CreateLetter(appointment_id=appointment.id, kind=LetterKind.CHANGED_TELEPHONE)
        )
        return printed(self, self.one(Letter, id=made.result["letter_id"]))

    def people(self) -> dict[str, Staff]:
        return {
            "reception": self.reception,
            "advisor": self.lindner,
            "responsible": self.berger,
            "lead": self.lead,
            "deputy": self.deputy,
            "administrator": self.administrator,
            "protection": self.protection,
            "elsewhere": self.stranger,
            "nobody": self.nobody,
            "gone": self.gone,
        }


EVERYBODY = frozenset(
    {
        *("reception", "advisor", "responsible", "lead", "deputy"),
        *("administrator", "protection", "elsewhere", "nobody", "gone"),
    }
)
LEADS = frozenset({"lead", "deputy"})
CALLERS = LEADS | {"advisor", "responsible"}
CLIENTS = CALLERS | {"reception"}
DECIDERS = LEADS | {"administrator"}
ADMINISTRATORS = frozenset({"administrator"})
RESPONSIBLE = frozenset({"responsible"})


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("matrix"))
    yield made
    made.close()


# --- commands -------------------------------------------------------------------------------------

Make = Callable[[House], c.Command]


def _booking_of(house: House) -> dict[str, Any]:
    use = house.use(house.waiting)
    return {"booking_id": use.id, "version": use.version}


def _visit_of(house: House) -> dict[str, Any]:
    visit = house.visit_of(house.waiting)
    return {"visit_id": visit.id, "version": visit.version}


def _letter_of(house: House) -> dict[str, Any]:
    return {"letter_id": house.letter.id, "version": house.letter.version}


def _call_of(house: House) -> dict[str, Any]:
    return {"appointment_id": house.call_at.id, "version": house.call_at.version}


def _guest_of(house: House) -> dict[str, Any]:
    return {"appointment_id": house.waiting.id, "version": house.waiting.version}


def _undo(house: House) -> c.Undo:
    made = house.one(Appointment, id=house.call_at.id)
    return c.Undo(
        plan=c.UndoPlan(label="BookAppointment", steps=(c.Step(before=None, after=made),))
    )


COMMANDS: dict[type[c.Command], tuple[Make, frozenset[str]]] = {
    c.RecordAttempt: (
        lambda h: c.RecordAttempt(client_id=h.kuhn.id, outcome=Outcome.BUSY),
        CALLERS,
    ),
    c.NoteAttempt: (
        lambda h: c.NoteAttempt(attempt_id=h.tried.result["attempt_id"], text="Ruft an."),
        CALLERS,
    ),
    c.CreateCallTask: (
        lambda h: c.CreateCallTask(
            client_id=h.kuhn.id,
            advisor_id=h.berger.id,
            reason=CallReason.CALLBACK,
            due=h.clock.now(),
            note="Bittet um Rückruf",
        ),
        CLIENTS,
    ),
    c.CloseCallTask: (
        lambda h: c.CloseCallTask(
            task_id=h.task_id,
            version=h.one(CallTask, id=h.task_id).version,
            result=CallResult.REACHED,
        ),
        CALLERS,
    ),
    c.ProposeByLetter: (
        lambda h: replace(
            h.proposal(h.task_id, at(14, 9)), early_reason=ReasonCode.OTHER, early_text="Eilt"
        ),
        CALLERS,
    ),
    c.MarkMailReturned: (
        lambda h: c.MarkMailReturned(client_id=h.kuhn.id, returned_on=at(1, 0).date()),
        CLIENTS,
    ),
    c.SaveClient: (
        lambda h: c.SaveClient(profile=c.ClientProfile(client=h.one(type(h.noack), id=h.noack.id))),
        CLIENTS,
    ),
    c.ViewBlockedAddress: (
        lambda h: c.ViewBlockedAddress(client_id=h.kuhn.id, reason="Zustellung"),
        CLIENTS,
    ),
    ImportClients: (
        lambda h: ImportClients(
            records=(
                ImportedClient(
                    record=1,
                    line=2,
                    number="777",
                    family_name="Neu",
                    office_id=h.office.id,
                ),
            )
        ),
        DECIDERS,
    ),
    c.BookAppointment: (lambda h: h.booking(at(14, 13)), CLIENTS),
    c.Reschedule: (
        lambda h: c.Reschedule(**_call_of(h), starts=at(14, 13), ends=at(14, 13, 30)),
        CLIENTS,
    ),
    c.ChangeDetails: (
        lambda h: c.ChangeDetails(**_call_of(h), kind_id=h.kind.id, phone="1", purpose=""),
        CLIENTS,
    ),
    c.SetAppointmentState: (
        lambda h: c.SetAppointmentState(**_call_of(h), state=AppointmentState.MISSED),
        CLIENTS,
    ),
    c.CancelAppointment: (
        lambda h: c.CancelAppointment(**_call_of(h), by_client=True),
        CLIENTS,
    ),
    # Whoever books in any office keeps slots: a hold belongs to no office.
    c.HoldSlot: (
        lambda h: c.HoldSlot(
            hold_id=new_id(), advisor_id=h.berger.id, starts=at(14, 13), ends=at(14, 14)
        ),
        CLIENTS | {"elsewhere"},
    ),
    c.ReleaseSlot: (lambda h: c.ReleaseSlot(hold_id=new_id()), EVERYBODY),
    c.CreateLetter: (
        lambda h: c.CreateLetter(appointment_id=h.call_at.id, kind=LetterKind.CONFIRMATION),
        CLIENTS,
    ),
    c.ClaimLetters: (
        lambda h: c.ClaimLetters(
            run=new_id(), printer="HBS-EG", letters=(c.SeenLetter(**_letter_of(h)),)
        ),
        CLIENTS,
    ),
    c.ReleaseClaims: (
        lambda h: c.ReleaseClaims(run=new_id(), letter_ids=(h.letter.id,)),
        CLIENTS,
    ),
    c.MarkPrinted: (
        lambda h: c.MarkPrinted(letters=(c.PrintedLetter(**_letter_of(h), pdf=b"x", pages=1),)),
        CLIENTS,
    ),
    c.MarkPosted: (
        lambda h: c.MarkPosted(letters=(c.SeenLetter(**_letter_of(h)),), day=at(1, 0).date()),
        CLIENTS,
    ),
    c.HoldLetter: (
        lambda h: c.HoldLetter(**_letter_of(h), reason=HoldReason.RENDER_FAILED),
        CLIENTS,
    ),
    c.ReleaseLetter: (lambda h: c.ReleaseLetter(**_letter_of(h)), CLIENTS),
    c.VoidLetter: (lambda h: c.VoidLetter(**_letter_of(h)), CLIENTS),
    c.WriteLetter: (
        lambda h: c.WriteLetter(client_id=h.kuhn.id, advisor_id=h.berger.id),
        CLIENTS,
    ),
    c.ResendLetter: (lambda h: c.ResendLetter(letter_id=h.sent.id), CLIENTS),
    c.MoveByLetter: (
        lambda h: c.MoveByLetter(letter_id=h.sent.id, version=h.sent.version),
        CLIENTS,
    ),
    c.RecordAnswer: (
        lambda h: c.RecordAnswer(
            letter_id=h.sent.id,
            version=h.sent.version,
            answer=LetterAnswer.FITS,
            day=at(1, 0).date(),
        ),
        CLIENTS,
    ),
    c.SaveWording: (
        lambda h: c.SaveWording(
            kind=LetterKind.PLEASE_CALL,
            language="de",
            variant=LetterVariant.EASY,
            blocks={},
            valid_from=at(1, 0).date(),
            seen=None,
        ),
        ADMINISTRATORS,
    ),
    c.ReviewWording: (
        lambda h: c.ReviewWording(
            template_version_id=h.english.id, reviewed_by="Jane Doe", reviewed_on=at(1, 0).date()
        ),
        ADMINISTRATORS,
    ),
    c.SetMode: (
        lambda h: c.SetMode(
            office_id=h.office.id,
            mode=Mode.REGULAR,
            valid_from=at(21, 0),
            source=ModeSource.LEAD_DECISION,
            reason="Erlass",
        ),
        DECIDERS,
    ),
    c.WithdrawMode: (
        lambda h: c.WithdrawMode(mode_id=h.all(OperatingMode)[-1].id, reason="Doch nicht"),
        DECIDERS,
    ),
    c.SaveMasterData: (
        lambda h: c.SaveMasterData(records=(replace(h.room, notes="Fenster klemmt", version=1),)),
        DECIDERS,
    ),
    c.SaveDraft: (
        lambda h: c.SaveDraft(draft_id=h.draft_id, form="client", subject_id=None, content={}),
        EVERYBODY,
    ),
    c.DiscardDraft: (lambda h: c.DiscardDraft(draft_id=h.draft_id), EVERYBODY),
    c.Undo: (_undo, CLIENTS),
    ExportAudit: (
        lambda h: ExportAudit(wanted=AuditFilter(), format=ExportFormat.CSV),
        frozenset({"administrator", "protection"}),
    ),
    c.NoteLettersOut: (
        lambda h: c.NoteLettersOut(letter_ids=(h.letter.id,), how=c.LetterOut.SAVED),
        CLIENTS,
    ),
    c.NotePaper: (
        lambda h: c.NotePaper(
            paper=NamedPaper.EMERGENCY_LIST,
            office_id=h.office.id,
            day=h.clock.now().date(),
            advisor_id=None,
            persons=3,
            printed=True,
        ),
        CLIENTS,
    ),
    d.ArriveVisitor: (lambda h: d.ArriveVisitor(**_guest_of(h)), CLIENTS),
    d.CheckVisitor: (
        lambda h: d.CheckVisitor(**_visit_of(h), companions=0, needs=(), checked=()),
        CLIENTS,
    ),
    d.CallAdvisor: (lambda h: d.CallAdvisor(**_visit_of(h)), CLIENTS),
    d.LeaveWaiting: (lambda h: d.LeaveWaiting(**_visit_of(h)), CLIENTS),
    d.EnterRoom: (lambda h: d.EnterRoom(**_booking_of(h)), CLIENTS),
    d.VacateRoom: (lambda h: d.VacateRoom(**_booking_of(h)), CLIENTS),
    d.MarkAired: (lambda h: d.MarkAired(**_booking_of(h)), CLIENTS),
    d.MarkCleaned: (lambda h: d.MarkCleaned(**_booking_of(h), initials="X"), CLIENTS),
    d.MoveBooking: (
        lambda h: d.MoveBooking(**_booking_of(h), place_id=h.large_place.id),
        CLIENTS,
    ),
    d.AssignPlace: (lambda h: d.AssignPlace(**_guest_of(h)), CLIENTS),
    d.CloseRoom: (
        lambda h: d.CloseRoom(
            room_id=h.stale.id, use=RoomUse.CLEANING, starts=at(1, 11), ends=at(1, 12)
        ),
        CLIENTS,
    ),
    d.ReopenRoom: (lambda h: d.ReopenRoom(room_id=h.room.id), CLIENTS),
    d.AssignEmergency: (
        lambda h: d.AssignEmergency(
            office_id=h.office.id,
            advisor_id=h.berger.id,
            channel=Channel.TELEPHONE,
            starts=at(1, 11),
            ends=at(1, 11, 30),
            category=UrgencyCategory.NO_MONEY,
            client_id=h.kuhn.id,
        ),
        CLIENTS,
    ),
    d.RefuseVisit: (
        lambda h: d.RefuseVisit(office_id=h.office.id, code=RefusalReason.ROOM_BUSY),
        CLIENTS,
    ),
}


class RolledBack(Exception):
    """Nothing of it stays."""


def turned_away(house: House, command: c.Command, who: Staff) -> bool:
    """Whether the handler refuses for want of a right; in an import, each of its records."""
    now = house.clock.now()
    try:
        with house.store.writing(by=who.id, now=now) as uow:
            work = Work(
                uow,
                now=now,
                actor=Actor(who.id, house.office.id),
                holidays=house.services.holidays,
                host="PC-1",
            )
            result = handler_of(command)(work, command)
            refused = [entry["code"] for entry in result.get("refused", ())]
            raise RolledBack(*refused)
    except RolledBack as over:
        return "not_entitled" in over.args
    except OfficeError as error:
        return error.code == "not_entitled"


def test_the_matrix_knows_every_command() -> None:
    assert set(COMMANDS) == set(_HANDLERS)


@pytest.mark.parametrize("kind", list(COMMANDS), ids=lambda kind: kind.__name__)
def test_who_may_carry_out_a_command(house: House, kind: type[c.Command]) -> None:
    make, expected = COMMANDS[kind]
    people = house.people()
    allowed = {name for name, who in people.items() if not turned_away(house, make(house), who)}
    assert allowed == expected


def test_reception_leaves_no_other_call_than_a_callback(house: House) -> None:
    planned = c.CreateCallTask(
        client_id=house.kuhn.id,
        advisor_id=house.berger.id,
        reason=CallReason.PLANNED,
        due=house.clock.now(),
    )
    assert turned_away(house, planned, house.reception)
    assert not turned_away(house, planned, house.lindner)


def test_reception_books_without_a_purpose_and_touches_nothing_past(house: House) -> None:
    about = house.booking(at(14, 13), purpose="Stromsperre")
    assert turned_away(house, about, house.reception)
    assert not turned_away(house, about, house.lindner)
    past = house.booked(at(1, 9, 15), client_id=house.noack.id)
    house.clock.advance(days=5)
    try:
        for command in (
            c.CancelAppointment(appointment_id=past.id, version=1, by_client=True),
            c.ChangeDetails(
                appointment_id=past.id, version=1, kind_id=house.kind.id, phone="", purpose=""
            ),
        ):
            assert turned_away(house, command, house.reception)
            assert not turned_away(house, command, house.lindner)
    finally:
        house.clock.advance(days=-5)


def test_who_is_responsible_works_on_after_changing_the_office(house: House) -> None:
    """Clients and appointments stay with an advisor whose role is in another office by now."""
    client = replace(house.noack, id=new_id(), number=None, advisor_id=house.stranger.id)
    house.put(client)
    attempt = c.RecordAttempt(client_id=client.id, outcome=Outcome.BUSY)
    assert not turned_away(house, attempt, house.stranger)
    with house.view(house.stranger) as view:
        assert client_card(view, client.id).client.id == client.id
        assert [row.id for row in find_clients(view, "Noack").rows] == [client.id]


# --- queries --------------------------------------------------------------------------------------

Ask = Callable[[View, House], Any]


def _calendar(view: View, h: House) -> Any:
    return calendar_page(view, h.office.id, at(1, 0).date(), at(13, 0).date()).appointments


def _slots(view: View, h: House) -> Any:
    query = SlotQuery(office_id=h.office.id, minutes=30, advisor_ids=(h.berger.id,))
    return find_slots(view, query).slots


def _places(view: View, h: House) -> Any:
    query = PlaceQuery(office_id=h.office.id, starts=at(1, 11))
    return suggest_places(view, query).choice.offers


def _outbox(view: View, h: House) -> Any:
    found = outbox(view, h.office.id)
    return (*found.to_clarify, *found.to_print)


def _worklist(view: View, h: House) -> Any:
    return worklist(view, h.office.id, h.berger.id).items


def _reception(view: View, h: House) -> Any:
    return reception_page(view, h.office.id).expected


def _count(view: View, h: House) -> Any:
    return count_to_print(view, h.office.id)


QUERIES: dict[str, tuple[Ask, frozenset[str]]] = {
    "calendar": (_calendar, CLIENTS),
    "search": (lambda v, h: find_clients(v, "Kuhn").rows, CLIENTS),
    "search the office": (
        lambda v, h: find_clients(v, "Kuhn", office_ids=[h.office.id]).rows,
        CLIENTS,
    ),
    "card": (lambda v, h: client_card(v, h.kuhn.id), CLIENTS),
    "profile": (lambda v, h: client_profile(v, h.kuhn.id), CLIENTS),
    "phones": (lambda v, h: good_phones(v, h.kuhn.id), CLIENTS),
    "coming": (lambda v, h: coming_appointments(v, h.kuhn.id), CLIENTS),
    "appointment": (lambda v, h: appointment_detail(v, h.call_at.id), CLIENTS),
    "rows": (lambda v, h: appointments_seen(v, [h.call_at.id]), CLIENTS),
    "reference": (lambda v, h: appointment_called(v, h.call_at.reference), CLIENTS),
    "file note": (lambda v, h: file_note(v, None, h.kuhn.id), CALLERS),
    "reception": (_reception, CLIENTS),
    "rooms": (lambda v, h: room_days(v, h.office.id, v.today), CLIENTS),
    "day list": (lambda v, h: day_list(v, h.office.id, v.today), CLIENTS),
    "day list of an advisor": (
        lambda v, h: day_list(v, h.office.id, v.today, advisor_id=h.berger.id),
        CLIENTS,
    ),
    "day list of yesterday": (
        lambda v, h: day_list(v, h.office.id, v.today - timedelta(days=1)),
        CALLERS,
    ),
    "call list": (lambda v, h: call_list(v, h.office.id, h.berger.id), CALLERS),
    "reply slip": (lambda v, h: reply_slips(v, [h.call_at.id]), CLIENTS),
    "reply slip by reference": (lambda v, h: slip_called(v, h.call_at.reference), CLIENTS),
    "blank reply slips": (lambda v, h: blank_slips(v, h.office.id), CLIENTS),
    "door plan": (lambda v, h: door_plan(v, h.office.id, v.today), CLIENTS),
    "places": (_places, CLIENTS),
    "emergency": (
        lambda v, h: emergency_ladder(v, Question(office_id=h.office.id)),
        CLIENTS,
    ),
    "slots": (_slots, CLIENTS),
    "outbox": (_outbox, CLIENTS),
    "unprinted": (_count, CLIENTS),
    "letters": (lambda v, h: letter_views(v, [h.letter.id]), CLIENTS),
    "archive copy": (lambda v, h: archived(v, h.sent.id), CALLERS),
    "letters to be written": (lambda v, h: letter_choices(v, h.kuhn.id), CLIENTS),
    "wording of a letter": (
        lambda v, h: wording_choice(v, h.kuhn.id, LetterKind.PLEASE_CALL),
        CLIENTS,
    ),
    "worklist": (_worklist, CALLERS),
    "offer": (lambda v, h: letter_offer(v, h.kuhn.id), CALLERS),
    "hours": (lambda v, h: reached_hours(v, h.kuhn.id), CLIENTS),
    "emergency list": (
        lambda v, h: any(o.office.id == h.office.id for o in emergency_list(v).offices),
        CLIENTS,
    ),
}


def answered(house: House, ask: Ask, who: Staff) -> bool:
    """Whether somebody gets anything at all."""
    with house.view(who) as view:
        try:
            return bool(ask(view, house))
        except Refused as refusal:
            if refusal.code != "not_entitled":
                raise
            return False


@pytest.mark.parametrize("name", list(QUERIES))
def test_who_gets_an_answer(house: House, name: str) -> None:
    ask, expected = QUERIES[name]
    people = house.people()
    assert {n for n, who in people.items() if answered(house, ask, who)} == expected


def test_an_advisors_waiting_visitors_are_announced_to_who_receives_visitors(house: House) -> None:
    call = d.CallAdvisor(**_visit_of(house))
    arrive = d.ArriveVisitor(**_guest_of(house))
    assert not turned_away(house, arrive, house.reception)
    assert not turned_away(house, call, house.reception)
    with house.view(house.administrator) as view:
        assert callers(view, house.office.id, house.lindner.id) == ()


def test_the_command_line_asks_without_a_viewer_where_it_names_nobody(house: House) -> None:
    with house.services.view() as view:
        assert room_days(view, house.office.id, view.today)
        assert _slots(view, house)
        assert _places(view, house)
        assert letter_views(view, [house.letter.id])
        assert not find_clients(view, "Kuhn").rows
        with pytest.raises(Refused):
            client_card(view, house.kuhn.id)


def test_no_staff_id_is_no_right(house: House) -> None:
    unknown = replace(house.berger, id=UUID(int=1))
    assert not any(answered(house, ask, unknown) for ask, _who in QUERIES.values())


ASKED_PAST_THE_SERVICES = re.compile(
    r"reader\.(appointment_rows|appointments_between|client_appointments|find_reference|"
    r"search_clients|outbox|letters_about|open_tasks|client_attempts|arrivals|rooms_used_between)"
)


def test_no_screen_asks_the_database_past_the_services() -> None:
    """Only the services ask what the viewer may see."""
    folder = Path(gui.__file__).parent
    found = [
        f"{file.relative_to(folder)}: {match[0]}"
        for file in sorted(folder.rglob("*.py"))
        for match in ASKED_PAST_THE_SERVICES.finditer(file.read_text("utf-8"))
    ]
    assert found == []
