"""A note for the specialist program. It goes to the client's file, so it is German whatever
language the screen speaks, and it holds no free text."""

from datetime import date, datetime, timedelta
from uuid import UUID

from koba_desktop.domain.clock import wall
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.names import plain_name
from koba_desktop.domain.postal import deemed_delivered
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Channel,
    Direction,
    LetterKind,
    LetterState,
    Outcome,
)
from koba_desktop.services.rows import AppointmentRow, AttemptRow, OutboxRow
from koba_desktop.services.view import View

LOOKS_BACK = timedelta(days=30)

_WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_OUTCOMES = {
    Outcome.REACHED: "erreicht",
    Outcome.NO_ANSWER: "nicht erreicht",
    Outcome.BUSY: "besetzt",
    Outcome.MAILBOX: "Mailbox",
    Outcome.WRONG_NUMBER: "falsche Nummer",
    Outcome.THIRD_PERSON: "andere Person am Apparat",
    Outcome.REFUSED: "Gespräch abgelehnt",
}
_CHANNELS = {
    Channel.TELEPHONE: "Telefontermin",
    Channel.IN_PERSON: "persönlicher Termin",
    Channel.OUTDOORS: "Beratung vor der Tür",
}
_STATES = {
    AppointmentState.PROPOSED: "vorgeschlagen",
    AppointmentState.CONFIRMED: "bestätigt",
    AppointmentState.ARRIVED: "eingetroffen",
    AppointmentState.IN_PROGRESS: "läuft",
    AppointmentState.KEPT: "wahrgenommen",
    AppointmentState.MISSED: "nicht zustande gekommen",
    AppointmentState.CANCELLED_BY_CLIENT: "von Kundenseite abgesagt",
    AppointmentState.CANCELLED_BY_OFFICE: "von uns abgesagt",
}
_LETTERS = {
    LetterKind.TELEPHONE_PROPOSAL: "Vorschlag Telefontermin",
    LetterKind.CHANGED_TELEPHONE: "Geänderter Telefontermin",
    LetterKind.CANCELLATION: "Absage durch uns",
    LetterKind.CONFIRMATION: "Terminbestätigung",
    LetterKind.CONVERSION: "Umstellung auf Telefon",
    LetterKind.PERSONAL: "Persönlicher Termin",
    LetterKind.OPENING: "Einladung zur terminierten Öffnung",
    LetterKind.SUMMONS: "Meldeaufforderung",
    LetterKind.PLEASE_CALL: "Bitte rufen Sie uns an",
    LetterKind.POSTPONEMENT: "Verschiebung",
}


def note(view: View, appointment_id: UUID | None, client_id: UUID) -> str:
    """See ``appointments.detail.file_note``."""
    client = view.reader.get(Client, client_id)
    appointment = _appointment(view, appointment_id, client_id)
    until = view.now
    if appointment is not None and appointment.starts < view.now:
        until = appointment.ends
    lines = [_heading(client)]
    attempts = view.reader.client_attempts(client_id)
    lines += [_attempt(a) for a in reversed(attempts) if until - LOOKS_BACK <= a.at <= view.now]
    if appointment is not None:
        lines.append(_meeting(appointment))
        lines += [
            _letter(row)
            for row in view.reader.letters_about(appointment.id)
            if row.state is not LetterState.VOID
        ]
    return "\n".join(lines)


def _appointment(view: View, appointment_id: UUID | None, client_id: UUID) -> AppointmentRow | None:
    if appointment_id is not None:
        rows = view.reader.appointment_rows([appointment_id])
    else:
        rows = view.reader.client_appointments(client_id, limit=1)
    return rows[0] if rows else None


def _heading(client: Client) -> str:
    name = plain_name(client.given_name, client.family_name, client.title)
    return f"{name}, Kundennummer {client.number}" if client.number else name


def _attempt(attempt: AttemptRow) -> str:
    called = "Anruf von Kundenseite" if attempt.direction is Direction.IN else "Anruf"
    number = f" {attempt.phone}" if attempt.phone else ""
    by = f" ({attempt.staff_initials})" if attempt.staff_initials else ""
    return f"{_moment(attempt.at)}: {called}{number}, {_OUTCOMES[attempt.outcome]}{by}"


def _meeting(appointment: AppointmentRow) -> str:
    code = f"{appointment.reference[:4]} {appointment.reference[4:]}"
    return (
        f"{_CHANNELS[appointment.channel]} {_moment(appointment.starts)}, "
        f"{appointment.advisor_name}, Terminnummer {code}: {_STATES[appointment.state]}"
    )


def _letter(letter: OutboxRow) -> str:
    name = _LETTERS[letter.kind]
    if letter.state is LetterState.POSTED and letter.posted_on is not None:
        deemed = deemed_delivered(letter.posted_on)
        return (
            f"Brief „{name}“ am {_day(letter.posted_on)} aufgegeben, "
            f"gilt am {_day(deemed)} als bekannt gegeben (§ 37 Abs. 2 SGB X)"
        )
    if letter.printed_at is not None:
        return f"Brief „{name}“ am {_day(wall(letter.printed_at).date())} gedruckt"
    return f"Brief „{name}“ im Ausgang, noch nicht gedruckt"


def _day(day: date) -> str:
    return f"{_WEEKDAYS[day.weekday()]} {day:%d.%m.%Y}"


def _moment(instant: datetime) -> str:
    at = wall(instant)
    return f"{_day(at.date())}, {at:%H:%M} Uhr"
