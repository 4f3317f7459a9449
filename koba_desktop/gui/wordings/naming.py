"""What the editor calls the parts of a wording: its blocks, their cases, the placeholders."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from koba_desktop.domain.vocabulary import Language, LetterVariant
from koba_desktop.i18n import _, language, pgettext
from koba_desktop.i18n.words import word


class Section(StrEnum):
    """Parts of a letter, in the order in which the editor lists them."""

    OPENING = "opening"
    BOX = "box"
    BODY = "body"
    VISIT = "visit"
    LAW = "law"
    CHANGE = "change"
    SLIP = "slip"
    TRANSLATION = "translation"
    FRAME = "frame"
    OTHER = "other"


def section_title(section: Section) -> str:
    """The heading above the blocks of a part."""
    return {
        Section.OPENING: _("Subject and introduction"),
        Section.BOX: _("Box with the appointment"),
        Section.BODY: _("What it is about"),
        Section.VISIT: _("Rules for the visit"),
        Section.LAW: _("Legal notes"),
        Section.CHANGE: _("How to change it"),
        Section.SLIP: _("Reply slip"),
        Section.TRANSLATION: _("Only in translations"),
        Section.FRAME: _("Letterhead and labels"),
        Section.OTHER: _("Other texts"),
    }[section]


def block_title(name: str) -> str:
    """What a block is, without its case; the name itself where it is of a later program."""
    known = _blocks(language()).get(name)
    return known[1] if known is not None else name


def knows(name: str) -> bool:
    """Whether this program has such a block in some letter."""
    return name in _blocks(language())


def section_of(name: str) -> Section:
    """The part of the letter a block belongs to."""
    known = _blocks(language()).get(name)
    return known[0] if known is not None else Section.OTHER


@cache
def _blocks(_code: str) -> Mapping[str, tuple[Section, str]]:
    s = Section
    return {
        "subject": (s.OPENING, _("Subject")),
        "salutation": (s.OPENING, _("Form of address")),
        "intro": (s.OPENING, _("Introduction")),
        "box_heading": (s.BOX, _("Heading of the box")),
        "box_large": (s.BOX, _("Large line")),
        "box_former": (s.BOX, _("The former time")),
        "box_line": (s.BOX, _("Lines below the time")),
        "box_number_label": (s.BOX, _("Label of the visitor's number")),
        "box_number": (s.BOX, _("Visitor's number")),
        "box_code": (s.BOX, _("Hint at the QR code")),
        "about_heading": (s.BODY, _("Heading “What it is about”")),
        "about": (s.BODY, _("What it is about")),
        "papers_heading": (s.BODY, _("Heading of the papers")),
        "papers_always": (s.BODY, _("First line of the papers")),
        "closing": (s.BODY, _("Closing and signature")),
        "rules_heading": (s.VISIT, _("Heading of the rules")),
        "rule_time": (s.VISIT, _("Rule: when to come")),
        "rule_company": (s.VISIT, _("Rule: who comes along")),
        "rule_mask": (s.VISIT, _("Rule: mask")),
        "rule_distance": (s.VISIT, _("Rule: distance")),
        "rule_symptoms": (s.VISIT, _("Rule: with a cold")),
        "rule_air": (s.VISIT, _("Rule: fresh air")),
        "legal_heading": (s.LAW, _("Heading of the legal consequences")),
        "legal": (s.LAW, _("Legal consequences")),
        "appeal_heading": (s.LAW, _("Heading of the legal remedy")),
        "appeal": (s.LAW, _("Legal remedy")),
        "change_heading": (s.CHANGE, _("Heading “How to change it”")),
        "change": (s.CHANGE, _("How to answer")),
        "silence": (s.CHANGE, _("If we hear nothing")),
        "slip_heading": (s.SLIP, _("Heading of the slip")),
        "slip_subject": (s.SLIP, _("What the slip is about")),
        "slip_fits": (s.SLIP, _("To tick: it fits")),
        "slip_other": (s.SLIP, _("To tick: another time")),
        "slip_day": (s.SLIP, _("Label “day”")),
        "slip_time": (s.SLIP, _("Label “time”")),
        "slip_phone": (s.SLIP, _("To tick: phone number")),
        "slip_reason": (s.SLIP, _("To tick: prevented")),
        "slip_translation": (s.SLIP, _("To tick: translation needed")),
        "slip_date": (s.SLIP, _("Label “date”")),
        "slip_signature": (s.SLIP, _("Label “signature”")),
        "slip_reference": (s.SLIP, _("Label of the appointment's number")),
        "slip_return": (s.SLIP, _("Where to send it")),
        "translation_title": (s.TRANSLATION, _("Title of the translation")),
        "binding": (s.TRANSLATION, _("That the German letter counts")),
        "unreviewed": (s.TRANSLATION, _("That nobody has checked it")),
        "reviewed": (s.TRANSLATION, _("Who has checked it")),
        "german_letter": (s.TRANSLATION, _("In front of the German date and time")),
        "slip_explained": (s.TRANSLATION, _("Heading above the explained slip")),
        "letterhead": (s.FRAME, _("Name of the authority")),
        "letterhead_line": (s.FRAME, _("Line below the name")),
        "info_advisor": (s.FRAME, _("Label of the contact person")),
        "info_phone": (s.FRAME, _("Label of the phone number")),
        "info_mail": (s.FRAME, _("Label of the e-mail address")),
        "info_client": (s.FRAME, _("Label of the client")),
        "info_number": (s.FRAME, _("Label of the client number")),
        "info_reference": (s.FRAME, _("Label of the appointment's number at the top")),
        "info_date": (s.FRAME, _("Label of the date")),
        "contact_phone": (s.FRAME, _("Ways to us: telephone")),
        "contact_clock": (s.FRAME, _("Ways to us: word after the hours")),
        "contact_mail": (s.FRAME, _("Ways to us: e-mail")),
        "contact_post": (s.FRAME, _("Ways to us: post")),
        "contact_slip": (s.FRAME, _("Ways to us: the slip")),
        "page_first": (s.FRAME, _("Number of the first page")),
        "page_second": (s.FRAME, _("Number of the second page")),
        "page_third": (s.FRAME, _("Number of the third page")),
        "page_fourth": (s.FRAME, _("Number of the fourth page")),
        "specimen": (s.FRAME, _("Word on specimens")),
    }


@cache
def _conditions(_code: str) -> Mapping[str, str]:
    return {
        "representative": pgettext("case of a letter", "to a representative"),
        "no_phone": pgettext("case of a letter", "if no phone number is known"),
        "no_attempts": pgettext("case of a letter", "if nobody has tried to call"),
        "no_about": pgettext("case of a letter", "if it is not said what it is about"),
        "no_deadline": pgettext("case of a letter", "if it is too late for an answer by post"),
        "no_former": pgettext("case of a letter", "if the former time is not known"),
        "changed": pgettext("case of a letter", "if the appointment has changed"),
        "same_time": pgettext("case of a letter", "if day and time stay"),
        "was_telephone": pgettext("case of a letter", "if it was to be by telephone"),
        "personal": pgettext("case of a letter", "if it is about a visit"),
        "outdoors": pgettext("case of a letter", "if the talk is outdoors"),
        "no_number": pgettext("case of a letter", "if there is no visitor's number"),
        "accompanied": pgettext("case of a letter", "if somebody comes along"),
        "interpreter": pgettext("case of a letter", "if an interpreter is needed"),
        "urgent": pgettext("case of a letter", "if the visit cannot wait"),
        "female_advisor": pgettext("case of a letter", "if the advisor is a woman"),
        "male_advisor": pgettext("case of a letter", "if the advisor is a man"),
        "second_page": pgettext("case of a letter", "if the slip stands on page 2"),
    }


@cache
def _short_conditions(_code: str) -> Mapping[str, str]:
    return {
        "representative": pgettext("short case", "representative"),
        "no_phone": pgettext("short case", "no phone number"),
        "no_attempts": pgettext("short case", "not called"),
        "no_about": pgettext("short case", "no subject matter"),
        "no_deadline": pgettext("short case", "too late to answer"),
        "no_former": pgettext("short case", "former time unknown"),
        "changed": pgettext("short case", "changed"),
        "same_time": pgettext("short case", "same time"),
        "was_telephone": pgettext("short case", "was by telephone"),
        "personal": pgettext("short case", "visit"),
        "outdoors": pgettext("short case", "outdoors"),
        "no_number": pgettext("short case", "no visitor's number"),
        "accompanied": pgettext("short case", "companions"),
        "interpreter": pgettext("short case", "interpreter"),
        "urgent": pgettext("short case", "cannot wait"),
        "female_advisor": pgettext("short case", "woman"),
        "male_advisor": pgettext("short case", "man"),
        "second_page": pgettext("short case", "slip on page 2"),
    }


def short_case(key: str) -> str:
    """The case of a further version where there is little room: "changed · same time"."""
    _name, *conditions = key.split(".")
    words = _short_conditions(language())
    return " · ".join(words.get(each, each) for each in conditions)


def condition_text(condition: str) -> str:
    """A condition in words, as it follows "This text stands there …"."""
    return _conditions(language()).get(condition, condition)


def case_text(key: str, others: bool = False) -> str:
    """In which letters this version of a block stands; ``others``: the block has further ones."""
    _name, *conditions = key.split(".")
    if conditions:
        return ", ".join(condition_text(each) for each in conditions)
    return _("in all other cases") if others else ""


def full_title(key: str, others: bool = False) -> str:
    """A block and its case: "Introduction: if no phone number is known"."""
    title, case = block_title(key.split(".")[0]), case_text(key, others)
    return f"{title}: {case}" if case else title


@cache
def _placeholders(_code: str) -> Mapping[str, str]:
    return {
        "termin": pgettext("placeholder", "Appointment"),
        "termin_datum": pgettext("placeholder", "Day"),
        "termin_uhrzeit": pgettext("placeholder", "Time"),
        "termin_dauer": pgettext("placeholder", "Minutes"),
        "frueher": pgettext("placeholder", "Former appointment"),
        "frueher_datum": pgettext("placeholder", "Former day"),
        "frueher_uhrzeit": pgettext("placeholder", "Former time"),
        "versuche": pgettext("placeholder", "Days we called"),
        "telefonnummer": pgettext("placeholder", "Client's phone"),
        "antwort_bis": pgettext("placeholder", "Answer until"),
        "worum": pgettext("placeholder", "Subject matter"),
        "kunde": pgettext("placeholder", "Client"),
        "terminnummer": pgettext("placeholder", "Appointment's number"),
        "berater": pgettext("placeholder", "Advisor"),
        "unterschrift": pgettext("placeholder", "Signature"),
        "besuchsnummer": pgettext("placeholder", "Visitor's number"),
        "begleitung": pgettext("placeholder", "Companions"),
        "ort": pgettext("placeholder", "Place"),
        "stelle": pgettext("placeholder", "Office"),
        "stelle_telefon": pgettext("placeholder", "Office's phone"),
        "stelle_email": pgettext("placeholder", "Office's e-mail"),
        "geprueft_von": pgettext("placeholder", "Checked by"),
        "geprueft_am": pgettext("placeholder", "Checked on"),
    }


def placeholder_title(name: str) -> str:
    """What stands for a placeholder, on its button."""
    return _placeholders(language()).get(name, name)


def language_title(code: str, variant: str) -> str:
    """Which language a wording is in; Leichte Sprache is German of another kind."""
    if code == Language.DE:
        easy = variant == LetterVariant.EASY
        return word(Language.DE_EASY if easy else Language.DE)
    try:
        return word(Language(code))
    except ValueError:
        return code
