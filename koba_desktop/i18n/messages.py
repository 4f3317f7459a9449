"""What the screen says for a code: what happened, and what to do about it.

Codes are stable English (in JSON, logs and tests); the sentences here are in the language in
force. ``{name}`` places are filled from the params of the problem: days, instants and vocabulary
values are written as the screen writes them.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache
from typing import Any, Protocol

from koba_desktop.domain.errors import OfficeError
from koba_desktop.i18n import formats
from koba_desktop.i18n.catalogue import _, language
from koba_desktop.i18n.refusals import refusals
from koba_desktop.i18n.words import word


class Coded(Protocol):
    """A problem, a refusal of a slot: anything with a code and what fills its sentence."""

    @property
    def code(self) -> str: ...

    @property
    def params(self) -> Mapping[str, Any]: ...


def message(problem: Coded) -> str:
    """The sentence for a problem; a code nobody wrote a sentence for is named as it is."""
    return text_of(problem.code, problem.params)


def text_of(code: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence for a code, its places filled from ``params``."""
    text = _texts(language()).get(code)
    if text is None:
        return _("This is not possible ({code}).").format(code=code)
    return text.format_map(_Filling(params or {}))


def describe(error: OfficeError) -> str:
    """Everything an error has to say, one line a problem."""
    return "\n".join(dict.fromkeys(message(problem) for problem in error.problems))


def known_codes() -> frozenset[str]:
    """All codes with a sentence of their own."""
    return frozenset(_texts(language()))


class _Filling(dict[str, str]):
    """The params of a problem as words; what is missing shows as a gap instead of an error."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        super().__init__({name: _shown(value) for name, value in params.items()})

    def __missing__(self, name: str) -> str:
        return "…"


def _shown(value: Any) -> str:
    match value:
        case StrEnum():
            return _word_or_value(value)
        case str():
            return value
        case datetime():
            return formats.moment_of(value)
        case date():
            return formats.date_short(value)
        case time():
            return f"{value:%H:%M}"
        case float():
            return formats.number(value, 1)
        case None:
            return "–"
        case Iterable():
            return ", ".join(_shown(part) for part in value)
    return str(value)


def _word_or_value(value: StrEnum) -> str:
    try:
        return word(value)
    except KeyError:
        return value.value


@cache
def _texts(code: str) -> Mapping[str, str]:
    return {
        **_slots(),
        **_appointments(),
        **_clients(),
        **_letters(),
        **_offices(),
        **_database(),
        **_import(),
        **_keys(),
        **_program(),
        **refusals(),
    }


def _slots() -> Mapping[str, str]:
    """Why a slot is not free."""
    return {
        "mode_suspends": _(
            "The operating mode “{mode}” suspends personal appointments. "
            "Offer a telephone appointment, or mark the visit as urgent with its reason."
        ),
        "outside_hours": _("Outside the speaking hours. Choose a time within them."),
        "office_closed": _("The office is closed that day: {reason}. Choose another day."),
        "holiday": _("Public holiday: {name}. Choose another day."),
        "advisor_absent": _("The advisor is absent ({label}). Choose another time or advisor."),
        "outside_pattern": _("The advisor holds no consultations then. Choose another time."),
        "advisor_busy": _("The advisor already has an appointment then. Choose another time."),
        "client_busy": _("The client already has an appointment then. Choose another time."),
        "room_busy": _("No suitable room is free then. Choose another time or the telephone."),
        "airing": _("The room is being aired then. Choose a later time or another room."),
        "cap_reached": _(
            "No more visitors are admitted then ({cap} at most). Choose another time."
        ),
        "too_early_by_post": _(
            "The letter may not arrive in time: the earliest day is {earliest}. "
            "Choose a later day or tell the client by telephone."
        ),
        "in_the_past": _("This time is past. Choose a time to come."),
        "channel_not_allowed": _(
            "This kind of appointment cannot be held that way. Choose another channel or kind."
        ),
        "held": _("Somebody is just booking this time. Choose another or wait a moment."),
        "advisor_missing": _("It is not clear whose appointment this is. Choose an advisor."),
        "kind_missing": _(
            "No kind of appointment is held by telephone. Your administration can create one."
        ),
    }


def _appointments() -> Mapping[str, str]:
    return {
        "advisor_taken": _(
            "The advisor already has an appointment at this time. Nothing was saved."
        ),
        "client_taken": _("The client already has an appointment at this time. Nothing was saved."),
        "place_taken": _("The room is already booked or being aired. Nothing was saved."),
        "early_reason_missing": _(
            "The attempts to call are not used up yet. Say why the letter is sent earlier."
        ),
        "override_reason_missing": _("Say why the rule is overruled."),
    }


def _clients() -> Mapping[str, str]:
    return {
        "name_missing": _("Enter a family name or a given name."),
        "number_taken": _("Another client already has the client number {number}."),
        "birth_date_future": _("The date of birth lies in the future. Check the year."),
    }


def _letters() -> Mapping[str, str]:
    """Why a letter is held back or cannot be laid out."""
    return {
        "address_missing": _("There is no postal address. Enter it in the client's data."),
        "address_incomplete": _("Street, postcode or town is missing in the postal address."),
        "street_missing": _("The street is missing in the postal address."),
        "postcode_missing": _("The postcode is missing in the postal address."),
        "town_missing": _("The town is missing in the postal address."),
        "postcode_not_german": _(
            "“{postcode}” is no German postcode: five digits, or name the country."
        ),
        "address_returned": _(
            "Mail to this address came back on {returned_on}. Ask for the new address."
        ),
        "address_does_not_fit": _(
            "The address does not fit into the envelope window. Shorten it or use fewer lines."
        ),
        "unprintable_character": _(
            "The character “{character}” cannot be printed. Replace it in the client's data."
        ),
        "window_check_failed": _(
            "Something other than the address would show in the envelope window. "
            "Shorten the address or tell your administration."
        ),
        "appointment_moved": _(
            "The appointment has been moved since: the letter names a time that no longer holds. "
            "Make a new letter."
        ),
        "slot_too_early": _(
            "The letter may arrive too late for its appointment; the earliest day is now "
            "{earliest}. Move the appointment or call."
        ),
        "render_failed": _("The letter could not be laid out. Tell your administration."),
        "placeholder_unknown": _("Unknown placeholder {placeholder}. Did you mean {suggestion}?"),
        "placeholder_missing": _("There is no value for the placeholder {placeholder}."),
        "return_line_does_not_fit": _(
            "The return line does not fit into the envelope window. "
            "Shorten it in the office's data."
        ),
        "letter_data_missing": _("The letter has no appointment to speak of. Make a new letter."),
        "letter_too_long": _(
            "The letter is too long for two pages. Shorten the list of what to have ready."
        ),
        "text_does_not_fit": _("“{text}” is too long for its place in the letter. Shorten it."),
        "block_missing": _("The wording of the letter lacks the text block “{name}”."),
        "markup_not_allowed": _(
            "“{markup}” is not allowed in the wording of a letter, only <b>, <i> and <br/>."
        ),
        "markup_not_closed": _("“{markup}” is not closed properly in the wording of the letter."),
        "pdf_damaged": _("The PDF of the letter is damaged. Make the letter again."),
        "page_missing": _("The letter has no page {page}."),
        "print_program_missing": _(
            "The program {program} is needed for printing and is not installed."
        ),
        "printer_missing": _("The printer {printer} cannot be found. Choose another printer."),
        "print_failed": _(
            "Printing failed; the letters still wait to be printed. Check the printer {printer}."
        ),
    }


def _offices() -> Mapping[str, str]:
    return {
        "setting_unknown": _("There is no setting “{key}”."),
        "setting_type": _("This value does not fit the setting “{key}”."),
        "setting_range": _("The setting “{key}” takes values from {least} to {most}."),
        "setting_choice": _("The setting “{key}” takes one of: {choices}."),
    }


def _database() -> Mapping[str, str]:
    return {
        "conflict": _(
            "Somebody else has changed this since you opened it. Nothing was overwritten."
        ),
        "not_found": _("This entry no longer exists. Refresh the view."),
        "database_unavailable": _(
            "The database cannot be reached. What you typed is kept; try again."
        ),
    }


def _import() -> Mapping[str, str]:
    """Why a file or one of its records is not imported, and what was repaired on the way."""
    return {
        "file_not_written": _(
            "The file {file} could not be written: {reason}. Choose another folder."
        ),
        "file_empty": _("The file is empty. Export it again."),
        "file_kind": _("This is a {kind} file. Save it as CSV (text with separators) and retry."),
        "file_not_text": _("This is no text file. Export the clients as CSV and retry."),
        "file_encoding": _(
            "The file is neither UTF-8 nor Windows-1252 text (line {line}). Export it as UTF-8."
        ),
        "columns_missing": _("The columns {missing} are missing. Found: {found}."),
        "column_twice": _("There are two columns “{column}”. Keep one of them."),
        "quote_open": _("A quotation mark is opened here and not closed properly."),
        "columns_count": _("The record has {found} cells instead of {expected}."),
        "control_character": _("The cell contains a character that is no text."),
        "text_too_long": _("The text is longer than {longest} characters."),
        "number_twice": _("The file has this client number already in line {first}."),
        "date_impossible": _("“{value}” is no date. Dates are written DD.MM.YYYY."),
        "birth_date_unlikely": _("The date of birth {value} cannot be right."),
        "office_unknown": _("There is no office “{value}”."),
        "office_missing": _("The office is missing."),
        "advisor_unknown": _("There is no advisor “{value}”, or more than one of that name."),
        "flag_unclear": _("“{value}” is neither yes nor no."),
        "country_unknown": _("“{value}” is no country we know."),
        "postcode_impossible": _("“{value}” is no German postcode, and no country is named."),
        "representative_unclear": _(
            "The representative's name and postal address cannot be told from the text. "
            "Write: name, street, postcode and town."
        ),
        "character_lost": _("A character was lost before the export. Check the spelling."),
        "salutation_unknown": _("This form of address is not known and was left out."),
        "language_unknown": _("This language is not offered and was left out."),
        "year_completed": _("The year was completed: {day}."),
        "postcode_completed": _("The leading zero was restored: {postcode}."),
        "phone_left_out": _("This is no phone number and was left out."),
        "phone_incomplete": _("This phone number is not complete; it was kept as written."),
        "email_left_out": _("This is no e-mail address and was left out."),
        "person_twice": _(
            "Line {first} has a person of the same name and date of birth under another number."
        ),
    }


def _keys() -> Mapping[str, str]:
    """Why the local database cannot be unlocked."""
    return {
        "key_missing": _(
            "The key of the database was not found on this PC. "
            "Name a file that holds the key or the recovery key (--key-file)."
        ),
        "key_malformed": _(
            "This is neither a key (64 hexadecimal digits) nor a recovery key of the database."
        ),
        "key_file_missing": _("The key file {file} cannot be read."),
        "key_file_open_to_others": _(
            "Others can read the key file {file}. Let only its owner read it, then retry."
        ),
        "keyring_missing": _(
            "This PC has no keyring that keeps keys encrypted. "
            "Name a key file instead (--key-file)."
        ),
        "keyring_locked": _("The keyring of this PC is locked. Unlock it and retry."),
        "passphrase_needed": _("The database is locked by a passphrase. Enter it."),
        "passphrase_wrong": _("The passphrase is not right. Try again."),
        "passphrase_short": _(
            "A passphrase has at least {shortest} characters: "
            "a short sentence is easy to keep in mind."
        ),
        "recovery_key_malformed": _(
            "This is not a recovery key. "
            "Compare it with the paper: eleven groups of five characters."
        ),
    }


def _program() -> Mapping[str, str]:
    """The command line and the program's own files."""
    return {}
