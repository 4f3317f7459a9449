"""Clients from the export of a specialist program: a text file with one record a client.

What can be repaired without guessing is repaired and noted (a leading zero eaten from a postcode,
a year with two digits); what cannot be kept is noted, too (a phone number that is none). Anything
else that is wrong refuses the record, naming line and column.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import PhoneKind
from koba_desktop.exchange import values
from koba_desktop.exchange.columns import is_known, mapped
from koba_desktop.exchange.tables import Row, Table, read_table, shape_problem
from koba_desktop.i18n import phones
from koba_desktop.services.clients.importing import (
    ImportedAddress,
    ImportedClient,
    ImportedPhone,
    ImportedRepresentative,
)
from koba_desktop.services.clients.reading import ClientFile, ReadingNote

LONGEST_LINE = 200
LONGEST_TEXT = 10_000
_EARLIEST_BIRTH = date(1900, 1, 1)
_ADDRESS = ("street", "house_number", "postcode", "town", "care_of", "extra", "country")
_PHONES = (
    ("phone", PhoneKind.PRIVATE),
    ("mobile", PhoneKind.MOBILE),
    ("work_phone", PhoneKind.WORK),
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LOST_CHARACTER = re.compile(r"\w\?\w|\ufffd")


def read_clients(
    data: bytes, offices: Iterable[Office], staff: Iterable[Staff], *, today: date
) -> ClientFile:
    """Read a file of clients.

    Raises Refused where the file as a whole cannot be used: the codes of ``tables.read_table`` and
    ``columns.mapped``. A record's own problems stand in its ``problems``.
    """
    table = read_table(data, is_known)
    fields = mapped(table.titles)
    people = _People(offices, staff)
    notes: list[ReadingNote] = []
    records: list[ImportedClient] = []
    persons: dict[tuple[str, str, date], ImportedClient] = {}
    for row in table.rows:
        reading = _Reading(row, table, fields, people, today, notes)
        records.append(reading.client())
        reading.note_if_known(records[-1], persons)
    return ClientFile(
        table.encoding,
        table.separator,
        tuple(records),
        tuple(notes),
        tuple(t for i, t in enumerate(table.titles) if t and i not in fields.values()),
    )


class _People:
    """Offices and staff by everything an export may call them."""

    def __init__(self, offices: Iterable[Office], staff: Iterable[Staff]) -> None:
        self.offices: dict[str, UUID] = {}
        self.staff: dict[str, set[UUID]] = {}
        for office in offices:
            for name in (office.name, office.short_name, office.town):
                self.offices.setdefault(_key(name), office.id)
        for member in staff:
            given, family = member.given_name, member.family_name
            for name in {member.login, f"{given} {family}", f"{family}, {given}", member.initials}:
                if name.strip(" ,"):
                    self.staff.setdefault(_key(name), set()).add(member.id)

    def office(self, text: str) -> UUID | None:
        name = _key(text)
        return self.offices.get(name) or self.offices.get(name.removeprefix("regionalstelle "))

    def advisor(self, text: str) -> UUID | None:
        """The one person so called; None where there is none, or more than one."""
        found = self.staff.get(_key(text), set())
        return next(iter(found)) if len(found) == 1 else None


def _key(text: str) -> str:
    return " ".join(text.casefold().split())


class _Reading:
    """One record on its way from cells to an ``ImportedClient``."""

    def __init__(
        self,
        row: Row,
        table: Table,
        fields: Mapping[str, int],
        people: _People,
        today: date,
        notes: list[ReadingNote],
    ) -> None:
        self.row = row
        self.table = table
        self.fields = fields
        self.people = people
        self.today = today
        self.notes = notes
        self.problems: list[Problem] = []
        self.columns = {name: table.titles[index] for name, index in fields.items()}
        self.values = {
            name: row.cells[index] for name, index in fields.items() if index < len(row.cells)
        }

    def client(self) -> ImportedClient:
        broken = shape_problem(self.row, self.table.titles)
        if broken is not None:
            return self._broken(*broken)
        self._check_lengths()
        return ImportedClient(
            record=self.row.record,
            line=self.row.line,
            number=self._line("number").replace(" ", ""),
            family_name=self._family_name(),
            given_name=self._line("given_name"),
            case_number=self._optional("case_number"),
            salutation=self._worded("salutation", values.salutation, "salutation_unknown"),
            title=self._optional("title"),
            birth_date=self._birth_date(),
            language=self._worded("language", values.language, "language_unknown"),
            office_id=self._office(),
            advisor_id=self._advisor(),
            address_blocked=self._address_blocked(),
            address=self._address(),
            phones=self._phones(),
            emails=self._emails(),
            representative=self._representative(),
            note=values.text_of(self.values["note"]) if "note" in self.fields else None,
            columns=self.columns,
            values=self.values,
            problems=tuple(self.problems),
        )

    def note_if_known(
        self, record: ImportedClient, persons: dict[tuple[str, str, date], ImportedClient]
    ) -> None:
        """Note a person whom an earlier record has under another number. ``persons`` grows."""
        if record.problems or record.birth_date is None:
            return
        person = (_key(record.family_name), _key(record.given_name), record.birth_date)
        first = persons.setdefault(person, record)
        if first.number != record.number:
            self._note("family_name", "person_twice", first=first.line)

    def _broken(self, index: int, problem: Problem) -> ImportedClient:
        """A record whose cells cannot be trusted; the place of the problem is called "record"."""
        cell = self.row.cells[index] if index < len(self.row.cells) else ""
        return ImportedClient(
            record=self.row.record,
            line=self.row.line,
            columns={**self.columns, "record": self.table.titles[index]},
            values={**self.values, "record": cell},
            problems=(Problem(problem.code, problem.params, where="record"),),
        )

    def _line(self, name: str) -> str:
        return values.line_of(self.values.get(name, ""))

    def _optional(self, name: str) -> str | None:
        return self._line(name) if name in self.fields else None

    def _refuse(self, name: str, code: str, **params: Any) -> None:
        self.problems.append(Problem(code, params, where=name))

    def _note(self, name: str, code: str, **params: Any) -> None:
        column, value = self.columns[name], self.values[name]
        self.notes.append(ReadingNote(self.row.line, column, value, code, params))

    def _check_lengths(self) -> None:
        for name, cell in self.values.items():
            longest = LONGEST_TEXT if name == "note" else LONGEST_LINE
            if len(cell) > longest:
                self._refuse(name, "text_too_long", longest=longest)
            elif _LOST_CHARACTER.search(cell) and name != "note":
                self._note(name, "character_lost")

    def _family_name(self) -> str:
        name = self._line("family_name")
        if not name and not self._line("given_name"):
            self._refuse("family_name", "name_missing")
        return name

    def _worded(self, name: str, read: Any, code: str) -> Any:
        """A value of a list; what the list does not know is noted and left as it was."""
        text = self._optional(name)
        if not text:
            return None
        found = read(text)
        if found is None:
            self._note(name, code)
        return found

    def _birth_date(self) -> date | None:
        text = self._line("birth_date")
        if not text:
            return None
        try:
            day = values.birth_date(text, self.today)
        except ValueError:
            self._refuse("birth_date", "date_impossible", value=text)
            return None
        if not _EARLIEST_BIRTH <= day <= self.today:
            self._refuse("birth_date", "birth_date_unlikely", value=text)
            return None
        if values.has_short_year(text):
            self._note("birth_date", "year_completed", day=day)
        return day

    def _office(self) -> UUID | None:
        text = self._line("office")
        found = self.people.office(text) if text else None
        if found is None:
            self._refuse("office", "office_unknown" if text else "office_missing", value=text)
        return found

    def _advisor(self) -> UUID | None:
        text = self._line("advisor")
        found = self.people.advisor(text) if text else None
        if text and found is None:
            self._refuse("advisor", "advisor_unknown", value=text)
        return found

    def _address_blocked(self) -> bool | None:
        """A disclosure block must not be lost to an unclear word: such a record is refused."""
        text = self._optional("address_blocked")
        if text is None:
            return None
        blocked = values.flag(text)
        if blocked is None:
            self._refuse("address_blocked", "flag_unclear", value=text)
        return blocked

    def _address(self) -> ImportedAddress | None:
        if not any(name in self.fields for name in _ADDRESS):
            return None
        street = f"{self._line('street')} {self._line('house_number')}".strip()
        town, country = values.split_country(self._line("town"))
        if text := self._line("country"):
            named = values.country(text)
            if named is None:
                self._refuse("country", "country_unknown", value=text)
            country = named or ""
        return ImportedAddress(
            street=street,
            postcode=self._postcode(country),
            town=town,
            care_of=self._line("care_of").removeprefix("c/o ").strip(),
            extra=self._line("extra"),
            country=country,
        )

    def _postcode(self, country: str) -> str:
        text = self._line("postcode")
        if country or not text or re.fullmatch(r"[0-9]{5}", text):
            return text
        if re.fullmatch(r"[0-9]{4}", text):
            # German postcodes have five digits; a number lost its leading zero on the way.
            self._note("postcode", "postcode_completed", postcode=f"0{text}")
            return f"0{text}"
        self._refuse("postcode", "postcode_impossible", value=text)
        return ""

    def _phones(self) -> tuple[ImportedPhone, ...] | None:
        if not any(name in self.fields for name, _kind in _PHONES):
            return None
        found: dict[str, ImportedPhone] = {}
        for name, kind in _PHONES:
            typed = self._line(name)
            if not typed:
                continue
            if not any(ch.isdigit() for ch in typed):
                self._note(name, "phone_left_out")
                continue
            normal = phones.e164(typed)
            if normal is None:
                self._note(name, "phone_incomplete")
            found.setdefault(normal or typed, ImportedPhone(typed=typed, e164=normal, kind=kind))
        return tuple(found.values())

    def _emails(self) -> tuple[str, ...] | None:
        text = self._optional("email")
        if not text:
            return None if text is None else ()
        if not _EMAIL.fullmatch(text):
            self._note("email", "email_left_out")
            return ()
        return (text,)

    def _representative(self) -> ImportedRepresentative | None:
        text = self._line("representative")
        found = values.representative(text) if text else None
        if text and found is None:
            self._refuse("representative", "representative_unclear", value=text)
        return found
