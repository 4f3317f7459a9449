"""From the frozen data of a letter to what its placeholders say and which versions apply."""

from collections.abc import Mapping
from datetime import date, datetime

from koba_desktop.domain.clock import wall
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import Channel, LetterKind, VisitNeed
from koba_desktop.i18n import phones
from koba_desktop.letters.letter import german
from koba_desktop.services.letters.data import (
    AppointmentData,
    FormerData,
    LetterData,
    OfficeData,
)
from koba_desktop.services.letters.kinds import NAMES_A_TIME

CONDITIONS = (
    *("changed", "was_telephone", "same_time", "no_former", "personal", "outdoors", "no_number"),
    *("accompanied", "interpreter", "urgent", "no_phone", "no_attempts", "no_about", "no_deadline"),
    *("female_advisor", "male_advisor", "representative"),
)
"""What versions of a block can be for, in the order in which a version names it."""

_NO_BREAK = "\N{NO-BREAK SPACE}"


def values(data: LetterData, *, easy: bool = False) -> dict[str, str | None]:
    """What stands for each placeholder, in standard language or in Leichte Sprache; None where the
    letter has nothing to say there."""
    starts = appointment_start(data)
    formerly = former_start(data)
    appointment = data["appointment"]
    return {
        "termin": german.moment(starts) if starts else None,
        "termin_datum": _day_of(starts),
        "termin_uhrzeit": german.clock_time(starts) if starts else None,
        "termin_dauer": str(appointment["minutes"]) if appointment else None,
        "frueher": german.moment(formerly) if formerly else None,
        "frueher_datum": _day_of(formerly),
        "frueher_uhrzeit": german.clock_time(formerly) if formerly else None,
        "versuche": german.on_days([date.fromisoformat(d) for d in data["attempts"]]),
        "telefonnummer": unbroken(phones.display(appointment["phone"])) if appointment else None,
        "antwort_bis": german.day(until) if (until := answer_until(data)) else None,
        "worum": data["about"].strip(),
        "kunde": data["client"]["name"],
        "terminnummer": grouped(data["reference"]),
        "berater": data["advisor"]["name"],
        "unterschrift": data["advisor"]["signature"] or data["advisor"]["name"],
        "besuchsnummer": _number(data),
        "begleitung": german.companions(n, easy=easy) if (n := _companions(data)) else None,
        "ort": _place(data["office"]),
        "stelle": data["office"]["name"],
        "stelle_telefon": unbroken(phones.display(data["office"]["phone"])),
        "stelle_email": data["office"]["email"],
    }


def conditions(data: LetterData) -> frozenset[str]:
    """Which versions of the blocks this letter takes."""
    appointment, former = data["appointment"], data["former"]
    advisor = data["advisor"]["name"]
    visit = data.get("visit")
    changed = _changed(appointment, former)
    holding = {
        "no_attempts": not data["attempts"],
        "no_phone": not (appointment and appointment["phone"].strip()),
        "no_about": not data["about"].strip(),
        "no_deadline": not data["answer_until"],
        "no_former": not former,
        "changed": changed,
        "same_time": changed and appointment_start(data) == former_start(data),
        "was_telephone": changed and _channel(former) == Channel.TELEPHONE,
        "personal": _channel(appointment) not in (None, Channel.TELEPHONE),
        "outdoors": _channel(appointment) == Channel.OUTDOORS,
        "no_number": not _number(data),
        "accompanied": _companions(data) > 0,
        "interpreter": visit is not None and VisitNeed.INTERPRETER in visit["needs"],
        "urgent": visit is not None and visit["urgent"],
        "representative": goes_to_representative(data),
        "female_advisor": advisor.startswith("Frau "),
        "male_advisor": advisor.startswith("Herr "),
    }
    return frozenset(name for name, holds in holding.items() if holds)


def unbroken(text: str) -> str:
    """A number that is to stand on one line, to be dialled as it is read."""
    return text.replace(" ", _NO_BREAK)


def appointment_start(data: LetterData) -> datetime | None:
    """The instant the letter is about: the appointment's, else the one it had."""
    about = data["appointment"] or data["former"]
    return datetime.fromisoformat(about["starts"]) if about else None


def former_start(data: LetterData) -> datetime | None:
    former = data["former"]
    return datetime.fromisoformat(former["starts"]) if former else None


def answer_until(data: LetterData) -> date | None:
    return date.fromisoformat(data["answer_until"]) if data["answer_until"] else None


def require(kind: LetterKind, data: LetterData) -> None:
    """Raises Refused(``letter_data_missing``) where the letter would have nothing to say."""
    missing = ""
    if kind in NAMES_A_TIME and not data["appointment"]:
        missing = "appointment"
    elif kind is LetterKind.CANCELLATION and appointment_start(data) is None:
        missing = "former"
    if missing:
        raise Refused(Problem("letter_data_missing", {"field": missing}, missing))


def goes_to_representative(data: LetterData) -> bool:
    """Whether the address names somebody else than the client."""
    return data["client"].get("represented", False)


def grouped(reference: str) -> str:
    """ "K7M4 9QXR" for "K7M49QXR"."""
    bare = reference.replace(" ", "")
    return " ".join(bare[at : at + 4] for at in range(0, len(bare), 4))


def info_values(data: LetterData) -> Mapping[str, str]:
    """The lines of the information block, by the block that names them; empty ones are left out."""
    office, advisor = data["office"], data["advisor"]
    return {
        "info_advisor": advisor["name"],
        "info_phone": phones.display(advisor["phone"] or office["phone"]),
        "info_mail": office["email"],
        "info_client": data["client"]["name"] if goes_to_representative(data) else "",
        "info_number": data["client"]["number"],
        "info_reference": grouped(data["reference"]),
        "info_date": german.day(date.fromisoformat(data["made_on"])),
    }


def _changed(appointment: AppointmentData | None, former: FormerData | None) -> bool:
    """Whether it takes place at another time, or in another way, than the client knows."""
    if appointment is None or former is None:
        return False
    starts = datetime.fromisoformat(appointment["starts"])
    return starts != datetime.fromisoformat(former["starts"]) or (
        former.get("channel", appointment["channel"]) != appointment["channel"]
    )


def _channel(said: AppointmentData | FormerData | None) -> str | None:
    return said.get("channel") if said else None


def _number(data: LetterData) -> str | None:
    """What the visitor is called by; None in letters without a visit."""
    visit = data.get("visit")
    return visit["number"] if visit else None


def _companions(data: LetterData) -> int:
    visit = data.get("visit")
    return visit["companions"] if visit else 0


def _place(office: OfficeData) -> str:
    """ "Spiegelstraße 21, 38820 Halberstadt" """
    town = f"{office['postcode']} {office['town']}".strip()
    return ", ".join(filter(None, (office["street"].strip(), town)))


def _day_of(instant: datetime | None) -> str | None:
    return german.weekday_and_day(wall(instant).date()) if instant else None
