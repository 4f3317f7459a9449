"""What a letter is rendered from: the JSON frozen into ``Letter.data`` when the letter is made.

Everything the renderer needs and nothing more, so that the same paper can be made again after the
client moved, the advisor left or the office changed its number. Days are ISO dates of the
office's wall clock ("2021-04-13"), instants ISO strings with offset in UTC. Texts are German, the
binding language, unless the letter's own language says otherwise.
"""

from typing import Any, NotRequired, TypedDict, cast


class OfficeData(TypedDict):
    """The sender. ``hours`` are lines of the telephone hours such as "Mo, Mi 8–16" (wall clock,
    without the word "Uhr"); ``reply_lines`` is where the reply slip goes back to."""

    name: str
    street: str
    postcode: str
    town: str
    phone: str
    email: str
    return_line: str
    reply_lines: list[str]
    hours: list[str]


class AdvisorData(TypedDict):
    """``name`` as running text says it ("Frau Berger"); ``signature`` below the letter."""

    name: str
    phone: str
    initials: str
    signature: str


class ClientData(TypedDict):
    """The client the letter is about. ``represented``: the letter goes to a representative, not to
    the client (absent: it goes to the client)."""

    name: str
    number: str
    represented: NotRequired[bool]


class AppointmentData(TypedDict):
    """``starts`` is an instant; ``phone`` the number the client will be called at."""

    starts: str
    minutes: int
    channel: str
    phone: str


class FormerData(TypedDict):
    """What the client knows of a changed or cancelled appointment: its time (instant) in the last
    letter, and how it was to take place (absent: as it does now)."""

    starts: str
    channel: NotRequired[str]


class VisitData(TypedDict):
    """Of a personal appointment. ``number`` is what the visitor is called by instead of the name;
    ``companions`` come along, an interpreter among them; ``needs`` are values of VisitNeed.
    ``urgent``: the talk could not wait for a time in which visits are usual."""

    number: str
    companions: int
    needs: list[str]
    urgent: bool


class TranslatedData(TypedDict):
    """What the page in the client's language says in that language: ``about`` and ``papers`` as in
    the letter ("" and empty where nobody translated them), ``hours`` the lines of the telephone
    hours (Latin digits)."""

    about: str
    papers: list[str]
    hours: list[str]


class LetterData(TypedDict):
    """One letter.

    ``recipient_lines`` are the lines of the address field, ``salutation_line`` ends in a comma.
    ``attempts`` are the days of the tries that did not reach the client, oldest first, each once.
    ``about`` is one short text, ``papers`` what to have ready, one entry a line.
    ``answer_until`` is the last working day (Monday to Friday, no holiday) before the appointment
    on which a reply can arrive; None where no reply is asked for. ``form`` is the DIN 5008 form
    ("A" or "B"), ``envelope`` "DL" or "C6/C5". ``address_blocked``: only the responsible advisor
    may print it (Auskunftssperre, § 51 BMG). ``demo``: the page says that it is a specimen.
    ``addressed_until`` is the last day on which the recipient gets the client's letters, as far as
    was known (absent or None: no end was known).
    ``visit`` belongs to letters that ask the client to come (absent: in all others).
    ``translated`` belongs to letters with a courtesy translation (absent: in all others).
    ``calendar_entry`` is what the QR code calls the appointment in the client's calendar (absent or
    empty: the letter carries no QR code); ``calendar_sequence`` is higher in each later letter
    about a changed appointment, so that its code changes the entry (absent: 0).
    """

    office: OfficeData
    recipient_lines: list[str]
    salutation_line: str
    advisor: AdvisorData
    client: ClientData
    reference: str
    made_on: str
    appointment: AppointmentData | None
    former: FormerData | None
    attempts: list[str]
    about: str
    papers: list[str]
    answer_until: str | None
    demo: bool
    form: str
    envelope: str
    address_blocked: bool
    addressed_until: NotRequired[str | None]
    visit: NotRequired[VisitData]
    translated: NotRequired[TranslatedData]
    calendar_entry: NotRequired[str]
    calendar_sequence: NotRequired[int]


def reply_lines(office: OfficeData) -> list[str]:
    """Where reply slips go back to: what the office says, else its own address. Letters that were
    made before the office said anything have none stored."""
    own = [office["name"], office["street"], f"{office['postcode']} {office['town']}".strip()]
    return [line for line in (office["reply_lines"] or own) if line.strip()]


def letter_data(stored: dict[str, Any]) -> LetterData:
    """The stored JSON of a letter, typed."""
    return cast(LetterData, stored)


def storable(data: LetterData) -> dict[str, Any]:
    """The data as the JSON that is stored."""
    return cast(dict[str, Any], data)
