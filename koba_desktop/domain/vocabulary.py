"""The closed lists of words. Values are stable English codes, in the database and in JSON.

What the screen calls them is a matter of ``koba_desktop.i18n.words``.
"""

from enum import StrEnum


class Channel(StrEnum):
    """How a consultation takes place."""

    TELEPHONE = "telephone"
    IN_PERSON = "in_person"
    OUTDOORS = "outdoors"


class AppointmentState(StrEnum):
    """Where an appointment stands; ``ACTIVE_STATES`` of these block advisor and client."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_PROGRESS = "in_progress"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED_BY_CLIENT = "cancelled_by_client"
    CANCELLED_BY_OFFICE = "cancelled_by_office"


ACTIVE_STATES = frozenset(
    {
        AppointmentState.PROPOSED,
        AppointmentState.CONFIRMED,
        AppointmentState.ARRIVED,
        AppointmentState.IN_PROGRESS,
        AppointmentState.KEPT,
    }
)


class Urgency(StrEnum):
    """Whether a personal visit is admitted although the mode suspends them."""

    NONE = "none"
    URGENT = "urgent"
    EMERGENCY = "emergency"


class UrgencyCategory(StrEnum):
    """Why a visit cannot wait: a list entry reception picks, never free text of social data."""

    NO_MONEY = "no_money"
    HOUSING = "housing"
    ENERGY = "energy"
    HEALTH_INSURANCE = "health_insurance"
    DEADLINE = "deadline"
    NOT_BY_TELEPHONE = "not_by_telephone"
    OTHER = "other"


class Salutation(StrEnum):
    FRAU = "frau"
    HERR = "herr"
    NONE = "none"


class Need(StrEnum):
    WHEELCHAIR = "wheelchair"
    INTERPRETER = "interpreter"
    NO_PHONE = "no_phone"
    HEARING = "hearing"
    CONFIDENTIALITY = "confidentiality"


class Language(StrEnum):
    """The languages a client can choose (ISO 639-1); letters in others than German come later."""

    DE = "de"
    DE_EASY = "de_easy"
    EN = "en"
    UK = "uk"
    RU = "ru"
    AR = "ar"
    FA = "fa"
    TR = "tr"
    PL = "pl"
    RO = "ro"


RIGHT_TO_LEFT = frozenset({Language.AR, Language.FA})
"""The languages whose lines run from right to left."""


class CallReason(StrEnum):
    """Why somebody is to be called."""

    PLANNED = "planned"
    CALLBACK = "callback"
    MISSED_APPOINTMENT = "missed_appointment"
    RETURNED_LETTER = "returned_letter"


class CallResult(StrEnum):
    """How a call task ended."""

    REACHED = "reached"
    REFUSED = "refused"
    LETTER = "letter"
    DROPPED = "dropped"


class Direction(StrEnum):
    OUT = "out"
    IN = "in"


class Outcome(StrEnum):
    """What came of one contact attempt (domain rules § 2)."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    MAILBOX = "mailbox"
    WRONG_NUMBER = "wrong_number"
    THIRD_PERSON = "third_person"
    REFUSED = "refused"


class PhoneKind(StrEnum):
    MOBILE = "mobile"
    PRIVATE = "private"
    WORK = "work"
    OTHER = "other"


class Mode(StrEnum):
    """Operating mode of an office (Betriebsart)."""

    CLOSED = "closed"
    BY_APPOINTMENT = "by_appointment"
    REGULAR = "regular"


class ModeSource(StrEnum):
    DISTRICT_ORDER = "district_order"
    STATE_REGULATION = "state_regulation"
    LEAD_DECISION = "lead_decision"
    RULE_PROPOSAL = "rule_proposal"
    WITHDRAWAL = "withdrawal"
    FOUNDING = "founding"


class Role(StrEnum):
    RECEPTION = "reception"
    ADVISOR = "advisor"
    LEAD = "lead"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION = "data_protection"


class RoomKind(StrEnum):
    CONSULTATION = "consultation"
    MEETING = "meeting"
    OUTDOOR = "outdoor"


class Windows(StrEnum):
    NONE = "none"
    TILT = "tilt"
    FULL = "full"
    CROSS = "cross"


class RoomBookingState(StrEnum):
    """The room cycle; ``FREE`` and ``RELEASED`` no longer block the place."""

    RESERVED = "reserved"
    OCCUPIED = "occupied"
    AIRING = "airing"
    CLEANING = "cleaning"
    FREE = "free"
    RELEASED = "released"


IN_USE = frozenset({RoomBookingState.OCCUPIED, RoomBookingState.AIRING, RoomBookingState.CLEANING})
"""Somebody is in there, or nobody may be yet: one booking a place at most."""

HAS_PLACE = frozenset({RoomBookingState.RESERVED, RoomBookingState.OCCUPIED})
"""In these states a booking gives its appointment a place; afterwards it only blocks the room."""


class RoomUse(StrEnum):
    """What a room booking is for: a consultation, or one of the uses without an appointment."""

    CONSULTATION = "consultation"
    CLEANING = "cleaning"
    MAINTENANCE = "maintenance"
    INTERNAL = "internal"


class VisitNeed(StrEnum):
    """What a visit asks of a place; an interpreter asks for one more seat only."""

    WHEELCHAIR = "wheelchair"
    SCREEN = "screen"
    CONFIDENTIAL = "confidential"
    INTERPRETER = "interpreter"


class VisitResult(StrEnum):
    """What was done in an urgent visit: a list entry, never free text of social data."""

    SETTLED = "settled"
    APPOINTMENT_MADE = "appointment_made"
    BY_TELEPHONE = "by_telephone"
    PASSED_ON = "passed_on"
    LEFT = "left"


class ChecklistItem(StrEnum):
    """What reception looks at when a visitor arrives (hygiene concept of the office)."""

    MASK = "mask"
    HANDS = "hands"
    SYMPTOMS = "symptoms"
    DISTANCE = "distance"
    CONTACT_DATA = "contact_data"


class RefusalReason(StrEnum):
    """Why a place was not taken in an emergency, or why a visit was not admitted at all."""

    ROOM_BUSY = "room_busy"
    AIRING = "airing"
    OUT_OF_SERVICE = "out_of_service"
    TOO_MANY_PERSONS = "too_many_persons"
    NOT_ACCESSIBLE = "not_accessible"
    NO_SCREEN = "no_screen"
    NOT_CONFIDENTIAL = "not_confidential"
    NOT_AIRED_ENOUGH = "not_aired_enough"
    TOO_SHORT = "too_short"
    NOT_TODAY = "not_today"
    ANOTHER_CHOSEN = "another_chosen"
    NOT_URGENT = "not_urgent"
    DECLINED = "declined"


class LetterKind(StrEnum):
    TELEPHONE_PROPOSAL = "telephone_proposal"
    CHANGED_TELEPHONE = "changed_telephone"
    CANCELLATION = "cancellation"
    CONFIRMATION = "confirmation"
    CONVERSION = "conversion"
    PERSONAL = "personal"
    OPENING = "opening"
    SUMMONS = "summons"
    PLEASE_CALL = "please_call"
    POSTPONEMENT = "postponement"


class LetterVariant(StrEnum):
    STANDARD = "standard"
    EASY = "easy"  # Leichte Sprache


class LetterAnswer(StrEnum):
    """What a client answers to a letter, as the reply slip offers it."""

    FITS = "fits"
    OTHER_TIME = "other_time"
    OTHER_PHONE = "other_phone"
    TRANSLATION = "translation"


class LetterState(StrEnum):
    PENDING = "pending"
    HELD = "held"
    PRINTED = "printed"
    POSTED = "posted"
    VOID = "void"


class HoldReason(StrEnum):
    """Why a letter is held back (coded; the text is a matter of the screen)."""

    ADDRESS_MISSING = "address_missing"
    ADDRESS_INCOMPLETE = "address_incomplete"
    ADDRESS_RETURNED = "address_returned"
    ADDRESS_DOES_NOT_FIT = "address_does_not_fit"
    UNPRINTABLE_CHARACTER = "unprintable_character"
    WINDOW_CHECK_FAILED = "window_check_failed"
    APPOINTMENT_MOVED = "appointment_moved"
    SLOT_TOO_EARLY = "slot_too_early"
    RENDER_FAILED = "render_failed"


class ChangeKind(StrEnum):
    """What an entry of an appointment's history says happened."""

    CREATED = "created"
    MOVED = "moved"
    STATE = "state"
    ROOM = "room"
    DETAILS = "details"
    UNDONE = "undone"


class ChangeCause(StrEnum):
    """Why the program itself chose what an entry of an appointment's history says."""

    LETTER_IN_TIME = "letter_in_time"  # the first time a letter posted next can announce


class ReasonCode(StrEnum):
    """Why a rule was overridden, a letter sent early, a mode set or a room closed."""

    CLIENT_ASKED = "client_asked"
    ADVISOR_ABSENT = "advisor_absent"
    OFFICE_CLOSED = "office_closed"
    URGENT = "urgent"
    EARLIER_LETTER = "earlier_letter"
    LEAD_DECISION = "lead_decision"
    DEFECT = "defect"
    OTHER = "other"


class PrintTrouble(StrEnum):
    """Why a printer did not print."""

    ABORTED = "aborted"
    CANCELLED = "cancelled"  # at the printer, or in its queue
    HELD = "held"
    STOPPED = "stopped"
    REJECTING = "rejecting"
    STALLED = "stalled"
    NOT_REACHED = "not_reached"
    NO_PAPER = "no_paper"
    JAMMED = "jammed"
    OPEN = "open"
    NO_TONER = "no_toner"
    SERVICE_AWAY = "service_away"  # the system's own printing service
    LEFT_IN_QUEUE = "left_in_queue"  # and may still be printed


class NamedPaper(StrEnum):
    """A paper that names clients, beside the letters."""

    DAY_LIST = "day_list"
    CALL_LIST = "call_list"
    EMERGENCY_LIST = "emergency_list"
    REPLY_SLIPS = "reply_slips"


class AuditAction(StrEnum):
    VIEW_BLOCKED = "view_blocked"
    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    PRINT = "print"
    EXPORT = "export"
