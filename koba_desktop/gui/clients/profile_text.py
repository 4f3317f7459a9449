"""A client's profile as the form holds it: texts and ticks, by field; and back again.

The content is plain JSON (a draft keeps it). Dates are as typed; ids are texts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain.addresses import address_lines, recipient
from koba_desktop.domain.entities.clients import (
    ClientAddress,
    ClientEmail,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import Language, Need, PhoneKind, Salutation
from koba_desktop.gui.dates import parse_date
from koba_desktop.i18n.formats import date_short
from koba_desktop.i18n.phones import e164
from koba_desktop.services.commands import ClientProfile
from koba_desktop.services.ids import new_id

Content = dict[str, Any]

ADDRESS = ("care_of", "extra", "street", "postcode", "town", "country")
REPRESENTATIVE = (
    *("organisation", "title", "given_name", "family_name"),
    *("street", "postcode", "town", "country", "phone"),
)
TEXTS = (
    *("title", "given_name", "family_name", "birth_date", "number", "case_number", "closed_on"),
    *("email", "email_consent", "note", *ADDRESS),
    *(f"rep_{name}" for name in REPRESENTATIVE),
    *("rep_valid_from", "rep_valid_until"),
)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def content_of(profile: ClientProfile) -> Content:
    """What the form shows of a stored profile."""
    client, address, person = profile.client, profile.address, profile.representative
    email = profile.emails[0] if profile.emails else None
    content: Content = {
        "salutation": client.salutation.value,
        "title": client.title,
        "given_name": client.given_name,
        "family_name": client.family_name,
        "birth_date": _typed(client.birth_date),
        "number": client.number or "",
        "case_number": client.case_number or "",
        "language": client.language.value,
        "needs": sorted(need.value for need in client.needs),
        "office_id": str(client.office_id),
        "advisor_id": str(client.advisor_id) if client.advisor_id is not None else "",
        "address_blocked": client.address_blocked,
        "closed_on": _typed(client.closed_on),
        "phones": [
            {
                "id": str(phone.id),
                "typed": phone.typed,
                "kind": phone.kind.value,
                "bad": phone.bad_since is not None,
            }
            for phone in profile.phones
        ],
        "email": email.address if email is not None else "",
        "email_consent": _typed(email.consent_on) if email is not None else "",
        "note": profile.note,
        "representative": person is not None,
        "rep_salutation": (person.salutation if person else Salutation.NONE).value,
        "rep_valid_from": _typed(person.valid_from if person else None),
        "rep_valid_until": _typed(person.valid_until if person else None),
    }
    for name in ADDRESS:
        content[name] = getattr(address, name) if address is not None else ""
    for name in REPRESENTATIVE:
        content[f"rep_{name}"] = getattr(person, name) if person is not None else ""
    return content


def problems_of(content: Content, today: date) -> tuple[Problem, ...]:
    """What is wrong with the form as it stands; ``where`` is the field."""
    problems: list[Problem] = []
    if not content["family_name"].strip() and not content["given_name"].strip():
        problems.append(Problem("name_missing", where="family_name"))
    born = _check_day(content, "birth_date", today, problems)
    if born is not None and born > today:
        problems.append(Problem("birth_date_future", {"day": born}, "birth_date"))
    _check_day(content, "closed_on", today, problems)
    mail = content["email"].strip()
    if mail and _MAIL.fullmatch(mail) is None:
        problems.append(Problem("email_not_valid", where="email"))
    _check_day(content, "email_consent", today, problems)
    if content["email_consent"].strip() and not mail:
        problems.append(Problem("email_missing", where="email"))
    if content["representative"]:
        names = ("rep_family_name", "rep_given_name", "rep_organisation")
        if not any(content[name].strip() for name in names):
            problems.append(Problem("representative_name_missing", where="rep_family_name"))
        starts = _check_day(content, "rep_valid_from", today, problems)
        ends = _check_day(content, "rep_valid_until", today, problems)
        if starts is not None and ends is not None and ends < starts:
            problems.append(Problem("ends_before_start", where="rep_valid_from"))
    return tuple(problems)


def profile_from(content: Content, base: ClientProfile, today: date) -> ClientProfile:
    """The profile to save: ``base`` with what the form says. The content must be free of
    problems; dates still impossible (for a preview) read as none."""
    client = replace(
        base.client,
        salutation=Salutation(content["salutation"]),
        title=content["title"].strip(),
        given_name=content["given_name"].strip(),
        family_name=content["family_name"].strip(),
        birth_date=_day(content["birth_date"], today),
        number=content["number"].strip() or None,
        case_number=content["case_number"].strip() or None,
        language=Language(content["language"]),
        needs=tuple(need for need in Need if need.value in content["needs"]),
        office_id=UUID(content["office_id"]),
        advisor_id=UUID(content["advisor_id"]) if content["advisor_id"] else None,
        address_blocked=bool(content["address_blocked"]),
        closed_on=_day(content["closed_on"], today),
    )
    return ClientProfile(
        client=client,
        address=_address(content, base),
        phones=_phones(content, base),
        emails=_emails(content, base, today),
        representative=_representative(content, base, today),
        note=content["note"].strip(),
    )


@dataclass(frozen=True, slots=True)
class WindowText:
    """What will stand in the envelope's window; ``representative`` is who receives the letter,
    None the client."""

    lines: tuple[str, ...]
    profile: ClientProfile
    representative: Representative | None


def window_text(content: Content, base: ClientProfile, today: date) -> WindowText:
    """The address as the letter will have it; a representative whose time has come receives it."""
    profile = profile_from(content, base, today)
    person = profile.representative
    if person is not None:
        begun = person.valid_from <= today
        if not begun or (person.valid_until is not None and person.valid_until < today):
            person = None
    lines = address_lines(recipient(profile.client, profile.address, person))
    return WindowText(lines, profile, person)


# --- parts ------------------------------------------------------------------------------------


def _typed(day: date | None) -> str:
    return date_short(day) if day is not None else ""


def _day(text: str, today: date) -> date | None:
    try:
        return parse_date(text, today) if text.strip() else None
    except ValueError:
        return None


def _check_day(content: Content, field: str, today: date, problems: list[Problem]) -> date | None:
    text = content[field].strip()
    if not text:
        return None
    day = _day(text, today)
    if day is None:
        problems.append(Problem("no_such_day", {"typed": text}, field))
    return day


def _address(content: Content, base: ClientProfile) -> ClientAddress | None:
    values = {name: content[name].strip() for name in ADDRESS}
    if not any(values.values()):
        return None
    before = base.address or ClientAddress(id=new_id(), client_id=base.client.id)
    return replace(before, **values)


def _phones(content: Content, base: ClientProfile) -> tuple[ClientPhone, ...]:
    stored = {str(phone.id): phone for phone in base.phones}
    rows = [row for row in content["phones"] if row["typed"].strip()]
    return tuple(
        _phone(row, stored.get(row["id"]), base, position) for position, row in enumerate(rows)
    )


def _phone(
    row: Mapping[str, Any], before: ClientPhone | None, base: ClientProfile, position: int
) -> ClientPhone:
    typed = row["typed"].strip()
    phone = before or ClientPhone(id=UUID(row["id"]), client_id=base.client.id, typed=typed)
    bad_since = phone.bad_since if row["bad"] else None
    return replace(
        phone,
        typed=typed,
        e164=e164(typed),
        kind=PhoneKind(row["kind"]),
        position=position,
        bad_since=bad_since,
    )


def _emails(content: Content, base: ClientProfile, today: date) -> tuple[ClientEmail, ...]:
    address = content["email"].strip()
    others = base.emails[1:]
    if not address:
        return others
    before = base.emails[0] if base.emails else None
    email = before or ClientEmail(id=new_id(), client_id=base.client.id, address=address)
    consent = _day(content["email_consent"], today)
    return (replace(email, address=address, consent_on=consent), *others)


def _representative(content: Content, base: ClientProfile, today: date) -> Representative | None:
    if not content["representative"]:
        return None
    values = {name: content[f"rep_{name}"].strip() for name in REPRESENTATIVE}
    before = base.representative or Representative(
        id=new_id(), client_id=base.client.id, family_name="", valid_from=today
    )
    return replace(
        before,
        salutation=Salutation(content["rep_salutation"]),
        valid_from=_day(content["rep_valid_from"], today) or today,
        valid_until=_day(content["rep_valid_until"], today),
        **values,
    )
