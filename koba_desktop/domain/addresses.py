"""Whom a letter goes to, how its address reads, and what is wrong with it (domain rules § 8)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from koba_desktop.domain.entities.clients import Client, ClientAddress, Representative
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.names import address_name
from koba_desktop.domain.validity import valid_on
from koba_desktop.domain.vocabulary import HoldReason, Salutation

_GERMANY = frozenset({"", "d", "de", "deu", "deutschland", "germany"})
ADDRESS_HOLDS = frozenset(
    {
        HoldReason.ADDRESS_MISSING,
        HoldReason.ADDRESS_INCOMPLETE,
        HoldReason.ADDRESS_RETURNED,
        HoldReason.ADDRESS_DOES_NOT_FIT,
        HoldReason.UNPRINTABLE_CHARACTER,
    }
)
"""Why letters are held that another address would let go: what ``hold_reason`` finds wrong with
one, and what shows only when its lines are laid out."""

_DAY = timedelta(days=1)
_COUNTRY_CODE = re.compile(r"^[A-Za-z]{1,3}\s*[-–]\s*(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who receives a letter, the client or a representative (``represented``), and where;
    ``until`` is the last day somebody else does not, as far as is known."""

    family_name: str
    given_name: str = ""
    salutation: Salutation = Salutation.NONE
    title: str = ""
    organisation: str = ""
    care_of: str = ""
    extra: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    returned_on: date | None = None
    represented: bool = False
    until: date | None = None


def representative_on(
    representatives: Iterable[Representative], day: date
) -> Representative | None:
    """The representative who receives the letters on a day: of several the latest appointed."""
    valid = [r for r in representatives if valid_on(r, day)]
    return max(valid, key=lambda r: (r.valid_from, r.id), default=None)


def received_until(representatives: Iterable[Representative], day: date) -> date | None:
    """The last day on which the letters go to whom they go on ``day``: the one before the time of
    a representative ends or begins. None where no such day is known."""
    known = list(representatives)
    receives = representative_on(known, day)
    turns = {r.valid_from for r in known}
    turns |= {
        r.valid_until + _DAY
        for r in known
        if r.valid_until is not None and r.valid_until < date.max
    }
    for turn in sorted(each for each in turns if each > day):
        if representative_on(known, turn) != receives:
            return turn - _DAY
    return None


def recipient(
    client: Client, address: ClientAddress | None, representative: Representative | None = None
) -> Recipient:
    """Who gets the letter: the representative where there is one, else the client."""
    if representative is not None:
        return Recipient(
            family_name=representative.family_name,
            given_name=representative.given_name,
            salutation=representative.salutation,
            title=representative.title,
            organisation=representative.organisation,
            street=representative.street,
            postcode=representative.postcode,
            town=representative.town,
            country=representative.country,
            represented=True,
        )
    return Recipient(
        family_name=client.family_name,
        given_name=client.given_name,
        salutation=client.salutation,
        title=client.title,
        care_of=address.care_of if address else "",
        extra=address.extra if address else "",
        street=address.street if address else "",
        postcode=address.postcode if address else "",
        town=address.town if address else "",
        country=address.country if address else "",
        returned_on=address.returned_on if address else None,
    )


def address_lines(to: Recipient) -> tuple[str, ...]:
    """The lines of the address field from top to bottom (DIN 5008), without blank lines.

    A foreign country stands last, in capitals; no country code precedes the postcode.
    """
    care_of = to.care_of.strip()
    if care_of and not care_of.lower().startswith(("c/o", "bei ")):
        care_of = f"c/o {care_of}"
    lines = (
        to.organisation.strip(),
        *address_name(to.salutation, to.title, to.given_name, to.family_name),
        care_of,
        to.extra.strip(),
        to.street.strip(),
        f"{plain_postcode(to.postcode)} {to.town.strip()}".strip(),
        to.country.strip().upper() if is_foreign(to.country) else "",
    )
    return tuple(line for line in lines if line)


def is_foreign(country: str) -> bool:
    """Whether the country is to be written; empty means Germany."""
    return country.strip().lower() not in _GERMANY


def plain_postcode(postcode: str) -> str:
    """A postcode without a country code in front: "38820" for "D-38820"."""
    return _COUNTRY_CODE.sub("", postcode.strip())


def address_problems(to: Recipient) -> tuple[Problem, ...]:
    """Why no letter can go there, in the order in which a person would fix it.

    Codes: ``address_missing``, ``address_returned`` (returned_on), ``street_missing``,
    ``postcode_missing``, ``town_missing``, ``postcode_not_german`` (postcode).
    """
    if not (to.street.strip() or to.postcode.strip() or to.town.strip()):
        return (Problem("address_missing", where="street"),)
    problems: list[Problem] = []
    if to.returned_on is not None:
        problems.append(Problem("address_returned", {"returned_on": to.returned_on}, "street"))
    if not to.street.strip():
        problems.append(Problem("street_missing", where="street"))
    postcode = plain_postcode(to.postcode)
    if not is_foreign(to.country):
        if not postcode:
            problems.append(Problem("postcode_missing", where="postcode"))
        elif not re.fullmatch(r"[0-9]{5}", postcode):
            problems.append(Problem("postcode_not_german", {"postcode": postcode}, "postcode"))
    if not to.town.strip():
        problems.append(Problem("town_missing", where="town"))
    return tuple(problems)


def hold_reason(problems: Iterable[Problem]) -> HoldReason | None:
    """Why a letter to such an address is held back; None if it can go. One that is hidden from who
    makes the letter is missing in it."""
    codes = {problem.code for problem in problems}
    if codes & {"address_missing", "address_hidden"}:
        return HoldReason.ADDRESS_MISSING
    if "address_returned" in codes:
        return HoldReason.ADDRESS_RETURNED
    return HoldReason.ADDRESS_INCOMPLETE if codes else None


def may_see_address(client: Client, viewer: UUID | None) -> bool:
    """An address with a disclosure block (§ 51 BMG) is for the responsible advisor only."""
    return not client.address_blocked or (viewer is not None and viewer == client.advisor_id)
