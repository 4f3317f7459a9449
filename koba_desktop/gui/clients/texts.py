"""What cards say of a client, as text."""

from datetime import date

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.entities.clients import ClientPhone, Representative
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    Direction,
    Language,
    LetterState,
    Need,
    PhoneKind,
    Salutation,
)
from koba_desktop.i18n import _, pgettext
from koba_desktop.i18n.formats import (
    date_short,
    moment_of,
    name_full,
    span_of,
    time_of,
    weekday_name,
)
from koba_desktop.i18n.words import word
from koba_desktop.services.clients.card import ClientCard
from koba_desktop.services.rows import AppointmentRow, AttemptRow, ClientRow


def full_name(row: ClientRow) -> str:
    """ "Frau Dr. Marlies Kuhn" """
    return name_full(row.salutation, row.title, row.given_name, row.family_name)


def short_name(salutation: Salutation, given_name: str, family_name: str) -> str:
    """ "Frau Kuhn", or the whole name where there is no form of address."""
    if salutation is Salutation.NONE or not family_name:
        return name_full(salutation, "", given_name, family_name)
    return name_full(salutation, "", "", family_name)


def selected_title(row: ClientRow) -> str:
    if row.salutation is Salutation.FRAU:
        return pgettext("female", "Selected client")
    if row.salutation is Salutation.HERR:
        return pgettext("male", "Selected client")
    return _("Selected person")


def born(row: ClientRow) -> str:
    if row.birth_date is None:
        return _("date of birth unknown")
    return _("born {day}").format(day=date_short(row.birth_date))


def number_of(row: ClientRow) -> str:
    return _("Client no. {number}").format(number=row.number) if row.number else ""


def identity(row: ClientRow) -> str:
    """ "geb. 14.07.1979 · Kundennr. 118 274" """
    return joined(born(row), number_of(row))


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def day_month(day: date) -> str:
    """ "06.04." """
    return date_short(day)[:-4].rstrip("/")


def weekday_month(day: date) -> str:
    """ "Di 06.04." """
    return f"{weekday_name(day.isoweekday(), short=True)} {day_month(day)}"


def day_word(day: date, today: date) -> str:
    """ "heute", else "Di 06.04." """
    if day == today:
        return _("today")
    return weekday_month(day)


def when_of(row: AppointmentRow, today: date) -> str:
    """ "heute, 10:15–10:45", "Di 13. April, 10:15" """
    if day_of(row.starts) == today:
        return _("today, {span}").format(span=span_of(row.starts, row.ends))
    return moment_of(row.starts)


def proposal_lines(row: AppointmentRow) -> tuple[str, str]:
    """What became of the letter, and that silence keeps the slot; empty for other states."""
    if row.state is not AppointmentState.PROPOSED:
        return "", ""
    if row.letter_state is LetterState.POSTED and row.letter_posted_on is not None:
        sent = _("proposed, letter of {day}").format(day=day_month(row.letter_posted_on))
        return sent, _("No answer: the appointment still holds.")
    if row.letter_state is LetterState.PRINTED:
        return _("proposed, letter printed, not yet posted"), ""
    if row.letter_state is LetterState.HELD:
        return _("proposed, letter held back – see the outbox"), ""
    if row.letter_state is LetterState.PENDING:
        return _("proposed, letter in the outbox"), ""
    return _("proposed"), ""


def attempt_when(row: AttemptRow) -> str:
    return f"{weekday_month(day_of(row.at))} {time_of(row.at)}"


def attempt_result(row: AttemptRow) -> str:
    """ "nicht erreicht", "erreicht, 12 min", "hat angerufen" """
    if row.direction is Direction.IN:
        return _("called us")
    if row.minutes:
        return _("{outcome}, {minutes} min").format(outcome=word(row.outcome), minutes=row.minutes)
    return word(row.outcome)


def phone_kind(row: ClientPhone) -> str:
    return word(row.kind)


def attempt_phone(row: AttemptRow) -> str:
    """ "mobil": which of the client's numbers it was, "" where it was none of them."""
    return word(PhoneKind(row.phone_kind)) if row.phone_kind else ""


def best_time(card: ClientCard) -> str:
    """ "Beste Zeit: 9–10 Uhr (3 von 3 erreicht)", or nothing while too little is known."""
    if card.best_hour is None:
        return ""
    return _("Best time: {first}:00–{last}:00 (reached {reached} of {tried})").format(
        first=card.best_hour,
        last=card.best_hour + 1,
        reached=card.best_hour_reached,
        tried=card.best_hour_tried,
    )


def best_time_short(card: ClientCard) -> str:
    if card.best_hour is None:
        return ""
    return _("Best time {first}:00–{last}:00").format(first=card.best_hour, last=card.best_hour + 1)


def language_name(code: str) -> str:
    return word(Language(code)) if code in {language.value for language in Language} else code


def needs_text(card: ClientCard) -> str:
    """ "Rollstuhl, Dolmetscher" """
    known = {need.value for need in Need}
    return ", ".join(word(Need(need)) if need in known else need for need in card.needs)


def representative_text(person: Representative) -> str:
    name = name_full(person.salutation, person.title, person.given_name, person.family_name)
    return joined(name, person.organisation, person.phone)


def representative_holds(person: Representative, day: date) -> bool:
    return person.valid_from <= day and (person.valid_until is None or day <= person.valid_until)
