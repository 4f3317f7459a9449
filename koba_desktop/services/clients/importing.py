"""Importing clients: each record is created, changed, left alone or refused, wholly or not at all.

The reading of files (columns, encodings, spellings of dates and names of offices) is the matter of
``koba_desktop.exchange``; it hands over ``ImportedClient``. Here is decided what becomes of it.
"""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import Language, Need, PhoneKind, Salutation
from koba_desktop.services.commands import Command


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
