"""Importing clients: each record is created, changed, left alone or refused, wholly or not at all.

The reading of files (columns, encodings, spellings of dates and names of offices) is the matter of
``koba_desktop.exchange``; it hands over ``ImportedClient``. Here is decided what becomes of it.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain import addresses
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.folding import fold
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import Language, Need, PhoneKind, Salutation
from koba_desktop.services.clients.blocked import hidden
from koba_desktop.services.clients.card import profile_of
from koba_desktop.services.clients.saving import write_profile
from koba_desktop.services.commands import ClientProfile, Command
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.entitlement import may, not_entitled, require_somewhere
from koba_desktop.services.work import Work

_CLIENT_FIELDS = (
    "case_number",
    "salutation",
    "title",
    "birth_date",
    "language",
    "needs",
    "office_id",
    "advisor_id",
    "address_blocked",
)
_FIELD = {"office_id": "office", "advisor_id": "advisor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPhone:
    """A number as typed; ``e164`` None where it cannot be normalised."""

    typed: str
    e164: str | None = None
    kind: PhoneKind = PhoneKind.OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedAddress:
    street: str = ""
    postcode: str = ""
    town: str = ""
    care_of: str = ""
    extra: str = ""
    country: str = ""  # empty for Germany


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRepresentative:
    """Who receives the letters instead of the client."""

    family_name: str
    given_name: str = ""
    salutation: Salutation = Salutation.NONE
    title: str = ""
    organisation: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedClient:
    """One record of a file, already read.

    ``record`` counts the records from 1, ``line`` is the line of the file it begins on. A field is
    None where the file has no such column: an import never empties what it does not know; an empty
    text says that the file has the column and it is empty. ``columns`` maps the names of these
    fields (``number``, ``birth_date``, ``postcode`` …) to the column titles of the file and
    ``values`` to the cells as they were, for naming the place of a problem. ``problems`` are those
    the reading found (an impossible date, an unknown office), ``where`` a field name: a record
    with any of them is refused.
    """

    record: int
    line: int
    number: str = ""
    family_name: str = ""
    given_name: str = ""
    case_number: str | None = None
    salutation: Salutation | None = None
    title: str | None = None
    birth_date: date | None = None
    language: Language | None = None
    needs: tuple[Need, ...] | None = None
    office_id: UUID | None = None
    advisor_id: UUID | None = None
    address_blocked: bool | None = None
    address: ImportedAddress | None = None
    phones: tuple[ImportedPhone, ...] | None = None
    emails: tuple[str, ...] | None = None
    representative: ImportedRepresentative | None = None
    note: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportClients(Command):
    """Result: ``rows``, ``created``, ``updated``, ``unchanged`` and ``refused`` – a list of
    ``{record, line, column, value, code}``, one entry a problem.

    A client is found by the number alone; a record without number only ever creates a client, and
    only where none of that name and date of birth is known.
    """

    records: tuple[ImportedClient, ...]


def import_clients(work: Work, command: ImportClients) -> dict[str, Any]:
    """Carry the records out in their order; a refused one changes nothing. Raises Refused
    ``not_entitled`` for who imports in no office; a record of another office is refused alone.
    """
    require_somewhere(work, Right.IMPORT_CLIENTS)
    tally = {"created": 0, "updated": 0, "unchanged": 0}
    refused: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for record in command.records:
        problems = (*record.problems, *_twice(record, seen))
        if not problems:
            try:
                tally[_take(work, record)] += 1
            except Refused as refusal:
                problems = refusal.problems
        refused.extend(_refusal(record, problem) for problem in problems)
    return {"rows": len(command.records), **tally, "refused": refused}


def _take(work: Work, record: ImportedClient) -> str:
    """Create, update or leave alone. All is checked before anything is written."""
    current = work.first(Client, number=record.number) if record.number else None
    if current is None:
        _refuse_known_person(work, record)
        fresh = _created(work, record)
        _require_import(work, fresh.client)
        write_profile(work, fresh)
        return "created"
    _require_import(work, current)
    _refuse_another_person(current, record)
    shown = addresses.may_see_address(current, work.actor.staff_id)
    if not shown:
        _refuse_hidden(work, record)
    before = profile_of(work.reader, current, work.today, address=shown)
    after = _updated(work, before, record)
    if after == before:
        return "unchanged"
    _require_import(work, after.client)
    write_profile(work, after, address=shown)
    return "updated"


# --- refusing -------------------------------------------------------------------------------------


def _require_import(work: Work, client: Client) -> None:
    if not may(work.view, Right.IMPORT_CLIENTS, client.office_id):
        raise not_entitled(where="office_id")


def _refuse_hidden(work: Work, record: ImportedClient) -> None:
    """A blocked address is changed by the responsible advisor, and nobody lifts the block, or
    becomes responsible, by a file that says so."""
    if record.address not in (None, ImportedAddress()):
        raise hidden("address_hidden", "street")
    if record.address_blocked is False:
        raise hidden("address_hidden", "address_blocked")
    if record.advisor_id == work.actor.staff_id:
        raise hidden("address_hidden", "advisor_id")


def _twice(record: ImportedClient, seen: dict[str, int]) -> tuple[Problem, ...]:
    """Two records of one number in a file: nobody knows which of them is right."""
    if not record.number:
        return ()
    first = seen.setdefault(record.number, record.line)
    if first == record.line:
        return ()
    return (Problem("number_twice", {"first": first}, "number"),)


def _refuse_known_person(work: Work, record: ImportedClient) -> None:
    """Without a number nobody is overwritten, and nobody made twice."""
    if record.number:
        return
    for other in work.reader.find(
        Client,
        family_name=record.family_name,
        given_name=record.given_name,
        birth_date=record.birth_date,
    ):
        raise Refused(Problem("person_known", {"number": other.number or "–"}, "number"))


def _refuse_another_person(current: Client, record: ImportedClient) -> None:
    """A number that came to another person: neither the name nor the date of birth is the same."""
    same_name = fold(current.family_name) == fold(record.family_name)
    same_birth = record.birth_date is not None and record.birth_date == current.birth_date
    if not same_name and not same_birth:
        raise Refused(Problem("number_of_another", {"name": current.family_name}, "number"))


def _refusal(record: ImportedClient, problem: Problem) -> dict[str, Any]:
    name = _FIELD.get(problem.where, problem.where)
    return {
        "record": record.record,
        "line": record.line,
        "column": record.columns.get(name, name),
        "value": record.values.get(name, ""),
        "code": problem.code,
        "params": {key: _plain(value) for key, value in problem.params.items()},
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


# --- what is written ------------------------------------------------------------------------------


def _created(work: Work, record: ImportedClient) -> ClientProfile:
    if record.office_id is None:
        raise Refused(Problem("office_missing", where="office"))
    client = Client(
        id=new_id(),
        family_name=record.family_name,
        given_name=record.given_name,
        number=record.number or None,
        office_id=record.office_id,
    )
    return _updated(work, ClientProfile(client=client), record)


def _updated(work: Work, profile: ClientProfile, record: ImportedClient) -> ClientProfile:
    """What the file says over what is known; what it does not know stays."""
    client = profile.client
    known = {name: getattr(record, name) for name in _CLIENT_FIELDS}
    said: dict[str, Any] = {name: value for name, value in known.items() if value is not None}
    if said.get("case_number") == "":
        said["case_number"] = None
    return ClientProfile(
        client=replace(
            client,
            family_name=record.family_name,
            given_name=record.given_name,
            **said,
        ),
        address=_address(client.id, profile.address, record.address),
        phones=_phones(client.id, profile.phones, record.phones),
        emails=_emails(client.id, profile.emails, record.emails),
        representative=_representative(
            client.id, profile.representative, record.representative, work.today
        ),
        note=profile.note if record.note is None or profile.note else record.note,
    )


def _address(
    client_id: UUID, current: ClientAddress | None, said: ImportedAddress | None
) -> ClientAddress | None:
    if said is None or said == ImportedAddress():
        return current  # an address that is known is worth more than none
    base = current or ClientAddress(id=new_id(), client_id=client_id)
    return replace(
        base,
        street=said.street,
        postcode=said.postcode,
        town=said.town,
        care_of=said.care_of,
        extra=said.extra,
        country=said.country,
    )


def _phones(
    client_id: UUID, current: tuple[ClientPhone, ...], said: tuple[ImportedPhone, ...] | None
) -> tuple[ClientPhone, ...]:
    """Numbers are added, never taken off: a colleague may have asked for one by telephone."""
    known = {phone.e164 or phone.typed for phone in current}
    fresh = [phone for phone in said or () if (phone.e164 or phone.typed) not in known]
    last = max((phone.position for phone in current), default=-1)
    return (
        *current,
        *(
            ClientPhone(
                id=new_id(),
                client_id=client_id,
                typed=phone.typed,
                e164=phone.e164,
                kind=phone.kind,
                position=last + 1 + index,
            )
            for index, phone in enumerate(fresh)
        ),
    )


def _emails(
    client_id: UUID, current: tuple[ClientEmail, ...], said: tuple[str, ...] | None
) -> tuple[ClientEmail, ...]:
    known = {email.address.casefold() for email in current}
    return (
        *current,
        *(
            ClientEmail(id=new_id(), client_id=client_id, address=address)
            for address in said or ()
            if address.casefold() not in known
        ),
    )


def _representative(
    client_id: UUID,
    current: Representative | None,
    said: ImportedRepresentative | None,
    today: date,
) -> Representative | None:
    """The same person gets the new address; another one follows the former from today on."""
    if said is None:
        return current
    values = {f.name: getattr(said, f.name) for f in fields(said)}
    same = current is not None and (
        (current.family_name, current.given_name, current.organisation)
        == (said.family_name, said.given_name, said.organisation)
    )
    if current is not None and same:
        return replace(current, **values)
    return Representative(id=new_id(), client_id=client_id, valid_from=today, **values)
