"""What the screens of the program ask, each by a name: all that each of them waits for."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.contacts import CallTask
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.vocabulary import Channel, LetterKind, Role
from koba_desktop.services.appointments.detail import appointment_detail
from koba_desktop.services.audit.reading import audit_page
from koba_desktop.services.audit.rows import AuditFilter
from koba_desktop.services.calendar.day_list import day_list
from koba_desktop.services.calendar.days import calendar_page
from koba_desktop.services.clients.card import client_card, client_profile
from koba_desktop.services.clients.searching import find_clients
from koba_desktop.services.contacts.call_list import call_list
from koba_desktop.services.contacts.offer import letter_offer
from koba_desktop.services.contacts.worklist import worklist
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.emergency.ladder import Question, emergency_ladder
from koba_desktop.services.letters.offering import letter_choices, wording_choice
from koba_desktop.services.letters.outbox import outbox
from koba_desktop.services.letters.reading import letter_views
from koba_desktop.services.letters.reply_slips import blank_slips, slip_called, slips_of_day
from koba_desktop.services.letters.wordings import wordings
from koba_desktop.services.modes.history import mode_history
from koba_desktop.services.office.book import office_book, office_status
from koba_desktop.services.presence import present_elsewhere
from koba_desktop.services.reception.page import reception_page
from koba_desktop.services.rooms.board import room_board
from koba_desktop.services.rooms.door_plan import door_plan
from koba_desktop.services.rooms.suggesting import PlaceQuery, suggest_places
from koba_desktop.services.slots.finding import SlotQuery, find_slots
from koba_desktop.services.view import View
from tests.support import Office

Query = Callable[[View], Any]

WHO = {"audit": Role.ADMINISTRATOR, "reception": Role.RECEPTION, "emergency": Role.RECEPTION}
"""Who sits there where it is not the advisor."""


def person(office: Office, role: Role) -> UUID:
    """Somebody of the office with that role."""
    with office.store.reading() as reader:
        where = {} if role is Role.ADMINISTRATOR else {"office_id": office.actor.office_id}
        return reader.find(StaffRole, role=role, order_by="id", limit=1, **where)[0].staff_id


def screens(office: Office) -> dict[str, Query]:
    """Asked by the advisor with a full day, but for ``WHO``."""
    office_id, me = office.actor.office_id, office.actor.staff_id
    today = office.clock.now().date()
    monday = today - timedelta(days=today.weekday())
    with office.services.view(me) as view:
        day = calendar_page(view, office_id, monday, monday + timedelta(days=4), (me,))
        row = next(each for each in day.appointments if each.client_id is not None)
        task = view.reader.find(
            CallTask, advisor_id=me, closed_at=None, withdrawn_at=None, order_by="id", limit=1
        )[0]
        letters = [each.id for each in view.reader.find(Letter, office_id=office_id)]
    client_id = row.client_id
    assert client_id is not None

    def slots(channel: Channel, *advisors: UUID) -> SlotQuery:
        return SlotQuery(
            office_id=office_id,
            minutes=30,
            channel=channel,
            advisor_ids=advisors,
            client_id=client_id,
            kind_id=row.kind_id,
        )

    return {
        "book": office_book,
        "status": lambda view: office_status(view, office_id),
        "calendar, week": lambda view: calendar_page(
            view, office_id, monday, monday + timedelta(days=4)
        ),
        "calendar, mine": lambda view: calendar_page(view, office_id, today, today, (me,)),
        "search": lambda view: find_clients(view, "sch"),
        "card": lambda view: client_card(view, client_id),
        "profile": lambda view: client_profile(view, client_id),
        "detail": lambda view: appointment_detail(view, row.id),
        "presence": lambda view: present_elsewhere(view, [row.id], staff_id=me, host="PC"),
        "drafts": open_drafts,
        "slots, telephone": lambda view: find_slots(view, slots(Channel.TELEPHONE, me)),
        "slots, in person": lambda view: find_slots(view, slots(Channel.IN_PERSON, me)),
        "slots, everybody": lambda view: find_slots(view, slots(Channel.TELEPHONE)),
        "places": lambda view: suggest_places(
            view, PlaceQuery(office_id=office_id, starts=row.starts, minutes=30)
        ),
        "worklist": lambda view: worklist(view, office_id, me),
        "offer": lambda view: letter_offer(view, task.client_id, task_id=task.id),
        "outbox": lambda view: outbox(view, office_id),
        "letters": lambda view: letter_views(view, letters),
        "letters to be written": lambda view: letter_choices(view, client_id),
        "wording of a letter": lambda view: wording_choice(view, client_id, LetterKind.PERSONAL),
        "wordings": wordings,
        "rooms": lambda view: room_board(view, office_id, today),
        "door plans": lambda view: door_plan(view, office_id, today),
        "day list": lambda view: day_list(view, office_id, today),
        "call list": lambda view: call_list(view, office_id, me),
        "reply slip": lambda view: slip_called(view, row.reference),
        "slips of a day": lambda view: slips_of_day(view, office_id, day_of(row.starts)),
        "blank slips": lambda view: blank_slips(view, office_id),
        "modes": lambda view: mode_history(view, office_id),
        "reception": lambda view: reception_page(view, office_id),
        "emergency": lambda view: emergency_ladder(
            view, Question(office_id=office_id, client_id=client_id)
        ),
        "audit": lambda view: audit_page(view, AuditFilter()),
    }
