"""What goes into the data of a letter or a reply slip: an office, an advisor, a client, an
appointment, as they stand when the paper is made (``data`` says what each means)."""

from collections.abc import Iterable

from koba_desktop.domain import ladder, policy
from koba_desktop.domain.clock import day_of, whole_minutes
from koba_desktop.domain.entities.appointments import Appointment, AppointmentKind
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.contacts import ContactAttempt
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.office import Office, OpeningHours
from koba_desktop.domain.entities.rooms import Visit
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.names import plain_name
from koba_desktop.domain.vocabulary import Channel, LetterKind, Salutation, Urgency
from koba_desktop.services.letters.choosing import BINDING
from koba_desktop.services.letters.data import (
    AdvisorData,
    AppointmentData,
    ClientData,
    FormerData,
    OfficeData,
    TranslatedData,
    VisitData,
    reply_lines,
)
from koba_desktop.services.letters.hours import hours_lines
from koba_desktop.services.office.usual import SUMMONS, usual_purposes
from koba_desktop.services.work import Work


def office_data(office: Office, hours: Iterable[str] = ()) -> OfficeData:
    """``hours`` are the lines of the telephone hours; a reply slip says none."""
    data = OfficeData(
        name=office.name,
        street=office.street,
        postcode=office.postcode,
        town=office.town,
        phone=office.phone,
        email=office.email,
        return_line=office.return_line,
        reply_lines=list(office.reply_lines),
        hours=list(hours),
    )
    return {**data, "reply_lines": reply_lines(data)}


def advisor_data(advisor: Staff, office: Office) -> AdvisorData:
    """How letters speak of an advisor."""
    spoken = {Salutation.FRAU: "Frau", Salutation.HERR: "Herr", Salutation.NONE: ""}
    first = spoken[advisor.salutation] or advisor.given_name
    return AdvisorData(
        name=f"{first} {advisor.family_name}".strip(),
        phone=advisor.phone or office.phone,
        initials=advisor.initials,
        signature=advisor.family_name,
    )


def client_data(client: Client, *, represented: bool) -> ClientData:
    return ClientData(
        name=plain_name(client.given_name, client.family_name, client.title),
        number=client.number or "",
        represented=represented,
    )


def known_of(appointment: Appointment) -> FormerData:
    """What a client who knows the appointment as it stands knows of it."""
    return FormerData(starts=appointment.starts.isoformat(), channel=appointment.channel.value)


def appointment_data(
    appointment: Appointment, called_off: FormerData | None = None
) -> AppointmentData:
    """The appointment as it stands; what is ``called_off`` is what the client knows of it, be it
    moved since."""
    said = known_of(appointment)
    if called_off is not None:
        said = {**said, **called_off}
    return AppointmentData(
        starts=said["starts"],
        minutes=whole_minutes(appointment.ends - appointment.starts),
        channel=said["channel"],
        phone=appointment.phone,
    )


def visit_data(visit: Visit, appointment: Appointment) -> VisitData:
    return VisitData(
        number=visit.code,
        companions=visit.companions,
        needs=[need.value for need in visit.needs],
        urgent=appointment.urgency is not Urgency.NONE,
    )


def to_have_ready(
    work: Work, kind: LetterKind, appointment: Appointment | None, language: str
) -> tuple[str, list[str]]:
    """What it is about and what to have ready; German where Leichte Sprache has no words."""
    if appointment is None:
        return "", []
    of = work.get(AppointmentKind, appointment.kind_id)
    texts, german, own = of.about, BINDING, language
    if kind is LetterKind.SUMMONS:
        texts = {**usual_purposes(of.name), **{key: text for key, text in texts.items() if text}}
        german, own = SUMMONS[BINDING], SUMMONS[language]
    return (
        texts.get(own) or texts.get(german, ""),
        list(of.papers.get(language) or of.papers.get(BINDING, [])),
    )


def translated_data(
    work: Work, appointment: Appointment | None, office: Office, language: str
) -> TranslatedData:
    kind = work.get(AppointmentKind, appointment.kind_id) if appointment is not None else None
    return TranslatedData(
        about=kind.about.get(language, "") if kind is not None else "",
        papers=list(kind.papers.get(language, ())) if kind is not None else [],
        hours=telephone_hours(work, office, language),
    )


def calendar_entry(work: Work, office: Office) -> str:
    """What the code on the letter calls the appointment; "" where the letter is to bear none."""
    wanted = policy.value_in_force(work.settings, "letters.calendar_entry", office.id, work.today)
    return {"neutral": "Termin", "office": f"Termin: {office.name}"}.get(wanted, "")


def telephone_hours(work: Work, office: Office, language: str = BINDING) -> list[str]:
    hours = work.reader.find(OpeningHours, office_id=office.id, channel=Channel.TELEPHONE)
    return list(hours_lines(hours, work.today, language))


def attempt_days(work: Work, letter: Letter) -> list[str]:
    """The days of the tries that did not reach the client, where the letter is about calls."""
    if letter.call_task_id is None:
        return []
    attempts = work.reader.find(ContactAttempt, call_task_id=letter.call_task_id, withdrawn_at=None)
    days = {day_of(a.at) for a in attempts if a.outcome in ladder.HIDES}
    return [day.isoformat() for day in sorted(days)]
