"""Making letters: the wording in force, the data frozen, laid in the outbox.

A problem with the address does not stop the work: the letter is held in the outbox and says what
is to be clarified.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain import addresses, policy, postal
from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client, ClientAddress, Representative
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.names import greeting
from koba_desktop.domain.vocabulary import (
    AuditAction,
    Language,
    LetterKind,
    LetterState,
    LetterVariant,
)
from koba_desktop.services.appointments.people import client_of
from koba_desktop.services.clients.blocked import LETTER
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.choosing import BINDING, Wordings, wordings_for
from koba_desktop.services.letters.data import FormerData, LetterData, letter_data, storable
from koba_desktop.services.letters.freezing import (
    advisor_data,
    appointment_data,
    attempt_days,
    calendar_entry,
    client_data,
    office_data,
    telephone_hours,
    to_have_ready,
    translated_data,
    visit_data,
)
from koba_desktop.services.letters.kinds import ASKS_FOR_ANSWER, NAMES_A_TIME, invites
from koba_desktop.services.office.demo import is_demo
from koba_desktop.services.reception.visits import expect, visit_of
from koba_desktop.services.work import Work

_NOT_CHOSEN = UUID(int=0)
"""Stands in a letter until it is frozen."""

_HIDDEN = Problem("address_hidden", where="address")


def make_letter(
    work: Work,
    appointment: Appointment,
    kind: LetterKind,
    *,
    call_task_id: UUID | None = None,
    former: FormerData | None = None,
    replaces: Letter | None = None,
) -> Letter:
    """Lay a letter about the appointment as it stands now in the outbox. ``former`` is what the
    client knows of it.

    Raises Refused: ``letter_needs_client`` (a visitor without a record gets no letter),
    ``template_missing``.
    """
    client = client_of(work, appointment)
    if client is None:
        raise Refused(Problem("letter_needs_client", where="client_id"))
    letter = Letter(
        id=new_id(),
        client_id=client.id,
        office_id=appointment.office_id,
        advisor_id=appointment.advisor_id,
        kind=kind,
        template_version_id=_NOT_CHOSEN,
        data={},
        appointment_id=appointment.id,
        call_task_id=call_task_id,
        replaces_id=replaces.id if replaces is not None else None,
        assumed_posting=posting_day(work, appointment.office_id),
    )
    return work.add(frozen(work, letter, appointment, client, former))


def make_letter_to(
    work: Work,
    client: Client,
    advisor_id: UUID,
    kind: LetterKind,
    *,
    call_task_id: UUID | None = None,
) -> Letter:
    """Lay a letter that is about no appointment in the outbox. Raises Refused
    ``template_missing``."""
    letter = Letter(
        id=new_id(),
        client_id=client.id,
        office_id=client.office_id,
        advisor_id=advisor_id,
        kind=kind,
        template_version_id=_NOT_CHOSEN,
        data={},
        call_task_id=call_task_id,
        assumed_posting=posting_day(work, client.office_id),
    )
    return work.add(frozen(work, letter, None, client, None))


def frozen(
    work: Work,
    letter: Letter,
    appointment: Appointment | None,
    client: Client,
    former: FormerData | None,
) -> Letter:
    """The letter with its wordings, data, posting day and state taken from how things stand now.

    One that asks the client to come names the visitor's number, and makes the visit where there
    is none yet. A blocked address (§ 51 BMG) goes into the letter by the responsible advisor only,
    and is logged; by anybody else the letter is made without it, and held.
    """
    wordings = wordings_for(work.reader, letter.kind, client.language, work.today)
    to = recipient(work, client)
    problems = addresses.address_problems(to) if to is not None else (_HIDDEN,)
    about, papers = to_have_ready(work, letter.kind, appointment, _spoken(wordings))
    office = work.get(Office, letter.office_id)
    advisor_id = letter.advisor_id if appointment is None else appointment.advisor_id
    advisor = work.get(Staff, advisor_id)
    called_off = former if letter.kind is LetterKind.CANCELLATION else None
    data = LetterData(
        office=office_data(office, telephone_hours(work, office)),
        recipient_lines=list(addresses.address_lines(to)) if to is not None else [],
        salutation_line=_salutation(to or client),
        advisor=advisor_data(advisor, office),
        client=client_data(client, represented=to is not None and to.represented),
        reference="" if appointment is None else appointment.reference,
        made_on=work.today.isoformat(),
        appointment=(
            appointment_data(appointment, called_off) if appointment is not None else None
        ),
        former=former,
        attempts=attempt_days(work, letter),
        about=about,
        papers=papers,
        answer_until=_answer_until(work, letter, appointment),
        demo=is_demo(work.reader),
        form=policy.value_in_force(work.settings, "letters.form", office.id, work.today),
        envelope=policy.value_in_force(work.settings, "letters.envelope", office.id, work.today),
        address_blocked=client.address_blocked,
        addressed_until=_until(to),
    )
    if letter.kind in NAMES_A_TIME and (entry := calendar_entry(work, office)):
        data["calendar_entry"] = entry
        data["calendar_sequence"] = appointment.version - 1 if appointment is not None else 0
    if appointment is not None and invites(letter.kind, appointment):
        visit = visit_of(work, appointment.id) or expect(work, appointment)
        data["visit"] = visit_data(visit, appointment)
    if wordings.translation is not None:
        data["translated"] = translated_data(work, appointment, office, wordings.language)
    return replace(
        letter,
        advisor_id=advisor_id,
        language=wordings.language,
        variant=wordings.variant.value,
        template_version_id=wordings.binding.id,
        translation_version_id=(
            wordings.translation.id if wordings.translation is not None else None
        ),
        data=storable(data),
        assumed_posting=posting_day(work, office.id),
        **held_for(problems),
    )


def readdressed(
    work: Work,
    letter: Letter,
    appointment: Appointment | None,
    client: Client,
    to: addresses.Recipient,
) -> Letter:
    """The same letter to where the letters of its client go today, be that somewhere else or to
    somebody else; a day that is too late to answer by is left out. Where no letter can go there it
    is held."""
    data = letter_data(letter.data)
    data = {
        **data,
        "recipient_lines": list(addresses.address_lines(to)),
        "salutation_line": _salutation(to),
        "client": {**data["client"], "represented": to.represented},
        "address_blocked": client.address_blocked,
        "addressed_until": _until(to),
        "answer_until": _answer_until(work, letter, appointment),
    }
    return replace(letter, data=storable(data), **held_for(addresses.address_problems(to)))


def held_for(problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The state of a letter to an address of which this is wrong, with the reason it is held."""
    reason = addresses.hold_reason(problems)
    return {
        "state": LetterState.PENDING if reason is None else LetterState.HELD,
        "hold_reason": reason,
        "hold_details": _hold_details(problems),
    }


def recipient(work: Work, client: Client) -> addresses.Recipient | None:
    """Who gets the letters of a client today, and where; None where the address is blocked and the
    actor not responsible: it is not even read. What is read of a blocked one is logged first."""
    if not addresses.may_see_address(client, work.actor.staff_id):
        return None
    if client.address_blocked:
        work.audit_now(AuditAction.VIEW_BLOCKED, client, LETTER)
    representatives = work.reader.find(Representative, client_id=client.id)
    to = addresses.recipient(
        client,
        work.first(ClientAddress, client_id=client.id),
        addresses.representative_on(representatives, work.today),
    )
    return replace(to, until=addresses.received_until(representatives, work.today))


def posting_day(work: Work, office_id: UUID) -> date:
    """The day a letter made now is assumed to be posted."""
    rules = policy.postal_rules(work.settings, office_id, work.today)
    return postal.posting_day(work.now, rules, work.is_holiday)


def _spoken(wordings: Wordings) -> str:
    """The language, or form of it, the binding text speaks."""
    easy = wordings.variant is LetterVariant.EASY
    return Language.DE_EASY.value if easy else BINDING


def _answer_until(work: Work, letter: Letter, appointment: Appointment | None) -> str | None:
    """None where no answer is asked for, or none can come in time."""
    if letter.kind not in ASKS_FOR_ANSWER or appointment is None:
        return None
    posted = posting_day(work, appointment.office_id)
    day = postal.answer_until(day_of(appointment.starts), posted, work.is_holiday)
    return day.isoformat() if day is not None else None


def _until(to: addresses.Recipient | None) -> str | None:
    return to.until.isoformat() if to is not None and to.until is not None else None


def _salutation(to: addresses.Recipient | Client) -> str:
    return greeting(to.salutation, to.title, to.given_name, to.family_name)


def _hold_details(problems: tuple[Problem, ...]) -> dict[str, object] | None:
    """Which fields are wrong, so that the screen can name them."""
    if not problems:
        return None
    details: dict[str, object] = {
        "codes": [p.code for p in problems],
        "where": [p.where for p in problems],
    }
    for problem in problems:
        if "returned_on" in problem.params:
            details["returned_on"] = problem.params["returned_on"].isoformat()
    return details
