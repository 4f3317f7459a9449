"""The people advised, and how to reach them. Contact data stand apart so that rights can differ."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.records import Appended, Changeable
from koba_desktop.domain.vocabulary import Language, Need, PhoneKind, Salutation


@dataclass(frozen=True, slots=True, kw_only=True)
class Client(Changeable):
    """One human being. Either name may be empty, not both; names are never split or upper-cased."""

    family_name: str
    given_name: str = ""
    number: str | None = None  # Kundennummer: unique, may be unknown
    case_number: str | None = None  # Bedarfsgemeinschaft: shared by several
    salutation: Salutation = Salutation.NONE
    title: str = ""
    birth_date: date | None = None
    language: Language = Language.DE
    needs: tuple[Need, ...] = ()
    office_id: UUID
    advisor_id: UUID | None = None
    address_blocked: bool = False  # Auskunftssperre, § 51 BMG
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientAddress(Changeable):
    """Where letters go. ``country`` is empty for Germany; ``returned_on`` marks returned mail."""

    client_id: UUID
    street: str = ""
    postcode: str = ""
    town: str = ""
    care_of: str = ""
    extra: str = ""
    country: str = ""
    returned_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientPhone(Changeable):
    """A number as typed, and normalised to E.164 (None where it cannot be)."""

    client_id: UUID
    typed: str
    e164: str | None = None
    kind: PhoneKind = PhoneKind.OTHER
    position: int = 0
    bad_since: datetime | None = None  # a wrong number was noted


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientEmail(Changeable):
    client_id: UUID
    address: str
    consent_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative(Changeable):
    """Who receives the letters instead of the client, with an own address and validity."""

    client_id: UUID
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
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientNote(Changeable):
    """Free text with social data: a table of its own."""

    client_id: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTrace(Appended):
    """§ 28a(4) IfSG: who stayed where and when. Nothing joins to it; deleted after four weeks."""

    name: str
    contact: str
    place_name: str
    starts: datetime
    ends: datetime
