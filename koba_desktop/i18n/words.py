"""What the screen calls the values of ``domain.vocabulary``, in the language in force.

Words stand as they do in the middle of a sentence or in a table: nouns as nouns, everything else
in small letters.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache

from koba_desktop.domain import vocabulary as v
from koba_desktop.i18n.catalogue import _, language, pgettext


def word(member: StrEnum) -> str:
    """The word for a vocabulary value. Raises KeyError for an enum that is not vocabulary."""
    return _words(language(), type(member))[member]


@cache
def _words(code: str, kind: type[StrEnum]) -> Mapping[StrEnum, str]:
    return _TABLES[kind]()


def _channel() -> Mapping[StrEnum, str]:
    return {
        v.Channel.TELEPHONE: _("telephone"),
        v.Channel.IN_PERSON: _("in person"),
        v.Channel.OUTDOORS: _("outdoors"),
    }


def _appointment_state() -> Mapping[StrEnum, str]:
    return {
        v.AppointmentState.PROPOSED: pgettext("AppointmentState", "proposed"),
        v.AppointmentState.CONFIRMED: pgettext("AppointmentState", "confirmed"),
        v.AppointmentState.ARRIVED: pgettext("AppointmentState", "arrived"),
        v.AppointmentState.IN_PROGRESS: pgettext("AppointmentState", "in progress"),
        v.AppointmentState.KEPT: pgettext("AppointmentState", "kept"),
        v.AppointmentState.MISSED: pgettext("AppointmentState", "missed"),
        v.AppointmentState.CANCELLED_BY_CLIENT: pgettext("AppointmentState", "cancelled by client"),
        v.AppointmentState.CANCELLED_BY_OFFICE: pgettext("AppointmentState", "cancelled by us"),
    }


def _urgency() -> Mapping[StrEnum, str]:
    return {
        v.Urgency.NONE: pgettext("Urgency", "not urgent"),
        v.Urgency.URGENT: pgettext("Urgency", "urgent visit"),
        v.Urgency.EMERGENCY: pgettext("Urgency", "emergency"),
    }


def _urgency_category() -> Mapping[StrEnum, str]:
    return {
        v.UrgencyCategory.NO_MONEY: _("no money to live on"),
        v.UrgencyCategory.HOUSING: _("housing in danger"),
        v.UrgencyCategory.ENERGY: _("electricity or heating cut off"),
        v.UrgencyCategory.HEALTH_INSURANCE: _("no health insurance"),
        v.UrgencyCategory.DEADLINE: _("a deadline runs out"),
        v.UrgencyCategory.NOT_BY_TELEPHONE: _("cannot be settled by telephone"),
        v.UrgencyCategory.OTHER: _("other emergency"),
    }


def _salutation() -> Mapping[StrEnum, str]:
    return {
        v.Salutation.FRAU: pgettext("Salutation", "Ms"),
        v.Salutation.HERR: pgettext("Salutation", "Mr"),
        v.Salutation.NONE: pgettext("Salutation", "no form of address"),
    }


def _need() -> Mapping[StrEnum, str]:
    return {
        v.Need.WHEELCHAIR: _("wheelchair"),
        v.Need.INTERPRETER: _("interpreter"),
        v.Need.NO_PHONE: _("no telephone"),
        v.Need.HEARING: _("hard of hearing"),
        v.Need.CONFIDENTIALITY: _("special confidentiality"),
    }


def _language() -> Mapping[StrEnum, str]:
    return {
        v.Language.DE: _("German"),
        v.Language.DE_EASY: _("Easy German"),
        v.Language.EN: _("English"),
        v.Language.UK: _("Ukrainian"),
        v.Language.RU: _("Russian"),
        v.Language.AR: _("Arabic"),
        v.Language.FA: _("Farsi"),
        v.Language.TR: _("Turkish"),
        v.Language.PL: pgettext("Language", "Polish"),
        v.Language.RO: _("Romanian"),
    }


def _call_reason() -> Mapping[StrEnum, str]:
    return {
        v.CallReason.PLANNED: pgettext("CallReason", "planned consultation"),
        v.CallReason.CALLBACK: pgettext("CallReason", "callback"),
        v.CallReason.MISSED_APPOINTMENT: pgettext("CallReason", "missed appointment"),
        v.CallReason.RETURNED_LETTER: pgettext("CallReason", "returned letter"),
    }


def _call_result() -> Mapping[StrEnum, str]:
    return {
        v.CallResult.REACHED: pgettext("CallResult", "reached"),
        v.CallResult.REFUSED: pgettext("CallResult", "does not wish a call"),
        v.CallResult.LETTER: pgettext("CallResult", "letter sent"),
        v.CallResult.DROPPED: pgettext("CallResult", "no longer needed"),
    }


def _direction() -> Mapping[StrEnum, str]:
    return {
        v.Direction.OUT: pgettext("Direction", "we called"),
        v.Direction.IN: pgettext("Direction", "the client called"),
    }


def _outcome() -> Mapping[StrEnum, str]:
    return {
        v.Outcome.REACHED: pgettext("Outcome", "reached"),
        v.Outcome.NO_ANSWER: pgettext("Outcome", "not reached"),
        v.Outcome.BUSY: pgettext("Outcome", "busy"),
        v.Outcome.MAILBOX: pgettext("Outcome", "mailbox"),
        v.Outcome.WRONG_NUMBER: pgettext("Outcome", "wrong number"),
        v.Outcome.THIRD_PERSON: pgettext("Outcome", "third person"),
        v.Outcome.REFUSED: pgettext("Outcome", "call refused"),
    }


def _phone_kind() -> Mapping[StrEnum, str]:
    return {
        v.PhoneKind.MOBILE: pgettext("PhoneKind", "mobile"),
        v.PhoneKind.PRIVATE: pgettext("PhoneKind", "private"),
        v.PhoneKind.WORK: pgettext("PhoneKind", "work"),
        v.PhoneKind.OTHER: pgettext("PhoneKind", "other"),
    }


def _mode() -> Mapping[StrEnum, str]:
    return {
        v.Mode.CLOSED: _("Closure"),
        v.Mode.BY_APPOINTMENT: _("Opening by appointment"),
        v.Mode.REGULAR: _("Regular opening"),
    }


def _mode_source() -> Mapping[StrEnum, str]:
    return {
        v.ModeSource.DISTRICT_ORDER: _("order of the district"),
        v.ModeSource.STATE_REGULATION: _("regulation of the state"),
        v.ModeSource.LEAD_DECISION: _("decision of the team lead"),
        v.ModeSource.RULE_PROPOSAL: _("proposal of the rules"),
        v.ModeSource.WITHDRAWAL: _("withdrawal"),
        v.ModeSource.FOUNDING: _("office set up"),
    }


def _role() -> Mapping[StrEnum, str]:
    return {
        v.Role.RECEPTION: _("Reception"),
        v.Role.ADVISOR: _("Advice"),
        v.Role.LEAD: _("Team lead"),
        v.Role.ADMINISTRATOR: _("Administration"),
        v.Role.DATA_PROTECTION: _("Data protection"),
    }


def _room_kind() -> Mapping[StrEnum, str]:
    return {
        v.RoomKind.CONSULTATION: _("consultation room"),
        v.RoomKind.MEETING: _("meeting room"),
        v.RoomKind.OUTDOOR: _("outdoor place"),
    }


def _windows() -> Mapping[StrEnum, str]:
    return {
        v.Windows.NONE: pgettext("Windows", "no window"),
        v.Windows.TILT: pgettext("Windows", "can only be tilted"),
        v.Windows.FULL: pgettext("Windows", "open fully"),
        v.Windows.CROSS: pgettext("Windows", "cross ventilation"),
    }


def _room_booking_state() -> Mapping[StrEnum, str]:
    return {
        v.RoomBookingState.RESERVED: pgettext("RoomBookingState", "reserved"),
        v.RoomBookingState.OCCUPIED: pgettext("RoomBookingState", "occupied"),
        v.RoomBookingState.AIRING: pgettext("RoomBookingState", "airing"),
        v.RoomBookingState.CLEANING: pgettext("RoomBookingState", "cleaning"),
        v.RoomBookingState.FREE: pgettext("RoomBookingState", "free"),
        v.RoomBookingState.RELEASED: pgettext("RoomBookingState", "released"),
    }


def _room_use() -> Mapping[StrEnum, str]:
    return {
        v.RoomUse.CONSULTATION: pgettext("RoomUse", "consultation"),
        v.RoomUse.CLEANING: pgettext("RoomUse", "cleaning"),
        v.RoomUse.MAINTENANCE: pgettext("RoomUse", "maintenance"),
        v.RoomUse.INTERNAL: pgettext("RoomUse", "internal"),
    }


def _visit_need() -> Mapping[StrEnum, str]:
    return {
        v.VisitNeed.WHEELCHAIR: _("wheelchair"),
        v.VisitNeed.SCREEN: pgettext("VisitNeed", "screen"),
        v.VisitNeed.CONFIDENTIAL: pgettext("VisitNeed", "confidential"),
        v.VisitNeed.INTERPRETER: _("interpreter"),
    }


def _visit_result() -> Mapping[StrEnum, str]:
    return {
        v.VisitResult.SETTLED: pgettext("VisitResult", "settled"),
        v.VisitResult.APPOINTMENT_MADE: pgettext("VisitResult", "another appointment made"),
        v.VisitResult.BY_TELEPHONE: pgettext("VisitResult", "goes on by telephone"),
        v.VisitResult.PASSED_ON: pgettext("VisitResult", "passed on to another office"),
        v.VisitResult.LEFT: pgettext("VisitResult", "left without a talk"),
    }


def _checklist_item() -> Mapping[StrEnum, str]:
    return {
        v.ChecklistItem.MASK: pgettext("ChecklistItem", "mask"),
        v.ChecklistItem.HANDS: pgettext("ChecklistItem", "hands disinfected"),
        v.ChecklistItem.SYMPTOMS: pgettext("ChecklistItem", "no symptoms"),
        v.ChecklistItem.DISTANCE: pgettext("ChecklistItem", "distance explained"),
        v.ChecklistItem.CONTACT_DATA: pgettext("ChecklistItem", "contact data known"),
    }


def _refusal_reason() -> Mapping[StrEnum, str]:
    return {
        v.RefusalReason.ROOM_BUSY: pgettext("RefusalReason", "booked"),
        v.RefusalReason.AIRING: pgettext("RefusalReason", "being aired or cleaned"),
        v.RefusalReason.OUT_OF_SERVICE: pgettext("RefusalReason", "out of service"),
        v.RefusalReason.TOO_MANY_PERSONS: pgettext("RefusalReason", "too small"),
        v.RefusalReason.NOT_ACCESSIBLE: pgettext("RefusalReason", "no wheelchair access"),
        v.RefusalReason.NO_SCREEN: pgettext("RefusalReason", "no high enough screen"),
        v.RefusalReason.NOT_CONFIDENTIAL: pgettext("RefusalReason", "others can listen"),
        v.RefusalReason.NOT_AIRED_ENOUGH: pgettext("RefusalReason", "not aired enough"),
        v.RefusalReason.TOO_SHORT: pgettext("RefusalReason", "no gap that is long enough"),
        v.RefusalReason.NOT_TODAY: pgettext("RefusalReason", "not free any more today"),
        v.RefusalReason.ANOTHER_CHOSEN: pgettext("RefusalReason", "another place chosen"),
        v.RefusalReason.NOT_URGENT: pgettext("RefusalReason", "not urgent: by telephone"),
        v.RefusalReason.DECLINED: pgettext("RefusalReason", "offer declined"),
    }


def _letter_kind() -> Mapping[StrEnum, str]:
    return {
        v.LetterKind.TELEPHONE_PROPOSAL: _("Proposed telephone appointment"),
        v.LetterKind.CHANGED_TELEPHONE: _("Changed telephone appointment"),
        v.LetterKind.CANCELLATION: _("Cancellation by us"),
        v.LetterKind.CONFIRMATION: _("Confirmation of appointment"),
        v.LetterKind.CONVERSION: _("Changed to telephone"),
        v.LetterKind.PERSONAL: _("Personal appointment"),
        v.LetterKind.OPENING: _("Invitation to the opening by appointment"),
        v.LetterKind.SUMMONS: _("Formal summons"),
        v.LetterKind.PLEASE_CALL: _("Please call us"),
        v.LetterKind.POSTPONEMENT: _("Postponement"),
    }


def _letter_variant() -> Mapping[StrEnum, str]:
    return {
        v.LetterVariant.STANDARD: pgettext("LetterVariant", "standard"),
        v.LetterVariant.EASY: pgettext("LetterVariant", "Easy German"),
    }


def _letter_state() -> Mapping[StrEnum, str]:
    return {
        v.LetterState.PENDING: pgettext("LetterState", "to be printed"),
        v.LetterState.HELD: pgettext("LetterState", "held back"),
        v.LetterState.PRINTED: pgettext("LetterState", "printed"),
        v.LetterState.POSTED: pgettext("LetterState", "posted"),
        v.LetterState.VOID: pgettext("LetterState", "void"),
    }


def _hold_reason() -> Mapping[StrEnum, str]:
    return {
        v.HoldReason.ADDRESS_MISSING: pgettext("HoldReason", "no address"),
        v.HoldReason.ADDRESS_INCOMPLETE: pgettext("HoldReason", "incomplete address"),
        v.HoldReason.ADDRESS_RETURNED: pgettext("HoldReason", "mail came back"),
        v.HoldReason.ADDRESS_DOES_NOT_FIT: pgettext("HoldReason", "address too long"),
        v.HoldReason.UNPRINTABLE_CHARACTER: pgettext("HoldReason", "unprintable character"),
        v.HoldReason.WINDOW_CHECK_FAILED: pgettext("HoldReason", "envelope window"),
        v.HoldReason.APPOINTMENT_MOVED: pgettext("HoldReason", "appointment moved"),
        v.HoldReason.SLOT_TOO_EARLY: pgettext("HoldReason", "appointment too early"),
        v.HoldReason.RENDER_FAILED: pgettext("HoldReason", "cannot be laid out"),
    }


def _letter_answer() -> Mapping[StrEnum, str]:
    return {
        v.LetterAnswer.FITS: pgettext("LetterAnswer", "the time fits"),
        v.LetterAnswer.OTHER_TIME: pgettext("LetterAnswer", "another time"),
        v.LetterAnswer.OTHER_PHONE: pgettext("LetterAnswer", "another number"),
        v.LetterAnswer.TRANSLATION: pgettext("LetterAnswer", "wants a translation"),
    }


def _print_trouble() -> Mapping[StrEnum, str]:
    return {
        v.PrintTrouble.ABORTED: pgettext("PrintTrouble", "it gave the job up"),
        v.PrintTrouble.CANCELLED: pgettext("PrintTrouble", "the job was cancelled there"),
        v.PrintTrouble.HELD: pgettext("PrintTrouble", "its queue holds the job back"),
        v.PrintTrouble.STOPPED: pgettext("PrintTrouble", "it is stopped"),
        v.PrintTrouble.REJECTING: pgettext("PrintTrouble", "it takes no jobs at present"),
        v.PrintTrouble.STALLED: pgettext("PrintTrouble", "it did not get on"),
        v.PrintTrouble.NOT_REACHED: pgettext("PrintTrouble", "it cannot be reached"),
        v.PrintTrouble.NO_PAPER: pgettext("PrintTrouble", "no paper"),
        v.PrintTrouble.JAMMED: pgettext("PrintTrouble", "paper jam"),
        v.PrintTrouble.OPEN: pgettext("PrintTrouble", "a cover is open"),
        v.PrintTrouble.NO_TONER: pgettext("PrintTrouble", "no toner"),
        v.PrintTrouble.SERVICE_AWAY: pgettext(
            "PrintTrouble", "this PC's printing service does not answer"
        ),
        v.PrintTrouble.LEFT_IN_QUEUE: pgettext(
            "PrintTrouble", "the job could not be taken out of the queue: have it deleted there"
        ),
    }


def _change_kind() -> Mapping[StrEnum, str]:
    return {
        v.ChangeKind.CREATED: pgettext("ChangeKind", "booked"),
        v.ChangeKind.MOVED: pgettext("ChangeKind", "moved"),
        v.ChangeKind.STATE: pgettext("ChangeKind", "state changed"),
        v.ChangeKind.ROOM: pgettext("ChangeKind", "room changed"),
        v.ChangeKind.DETAILS: pgettext("ChangeKind", "details changed"),
        v.ChangeKind.UNDONE: pgettext("ChangeKind", "undone"),
    }


def _change_cause() -> Mapping[StrEnum, str]:
    return {v.ChangeCause.LETTER_IN_TIME: _("so that the letter arrives in time")}


def _reason_code() -> Mapping[StrEnum, str]:
    return {
        v.ReasonCode.CLIENT_ASKED: _("the client asked for it"),
        v.ReasonCode.ADVISOR_ABSENT: _("the advisor is absent"),
        v.ReasonCode.OFFICE_CLOSED: _("the office is closed"),
        v.ReasonCode.URGENT: pgettext("ReasonCode", "urgent visit"),
        v.ReasonCode.EARLIER_LETTER: _("letter sent earlier on purpose"),
        v.ReasonCode.LEAD_DECISION: _("decision of the team lead"),
        v.ReasonCode.DEFECT: _("defect"),
        v.ReasonCode.OTHER: _("other reason"),
    }


def _named_paper() -> Mapping[StrEnum, str]:
    return {
        v.NamedPaper.DAY_LIST: pgettext("NamedPaper", "day list"),
        v.NamedPaper.CALL_LIST: pgettext("NamedPaper", "call list"),
        v.NamedPaper.EMERGENCY_LIST: pgettext("NamedPaper", "emergency list"),
        v.NamedPaper.REPLY_SLIPS: pgettext("NamedPaper", "reply slips"),
    }


def _audit_action() -> Mapping[StrEnum, str]:
    return {
        v.AuditAction.VIEW_BLOCKED: pgettext("AuditAction", "blocked address shown"),
        v.AuditAction.CREATE: pgettext("AuditAction", "created"),
        v.AuditAction.CHANGE: pgettext("AuditAction", "changed"),
        v.AuditAction.DELETE: pgettext("AuditAction", "deleted"),
        v.AuditAction.PRINT: pgettext("AuditAction", "printed"),
        v.AuditAction.EXPORT: pgettext("AuditAction", "exported"),
    }


_TABLES: dict[type[StrEnum], Callable[[], Mapping[StrEnum, str]]] = {
    v.Channel: _channel,
    v.AppointmentState: _appointment_state,
    v.Urgency: _urgency,
    v.UrgencyCategory: _urgency_category,
    v.Salutation: _salutation,
    v.Need: _need,
    v.Language: _language,
    v.CallReason: _call_reason,
    v.CallResult: _call_result,
    v.Direction: _direction,
    v.Outcome: _outcome,
    v.PhoneKind: _phone_kind,
    v.Mode: _mode,
    v.ModeSource: _mode_source,
    v.Role: _role,
    v.RoomKind: _room_kind,
    v.Windows: _windows,
    v.RoomBookingState: _room_booking_state,
    v.RoomUse: _room_use,
    v.VisitNeed: _visit_need,
    v.VisitResult: _visit_result,
    v.ChecklistItem: _checklist_item,
    v.RefusalReason: _refusal_reason,
    v.LetterKind: _letter_kind,
    v.LetterVariant: _letter_variant,
    v.LetterState: _letter_state,
    v.HoldReason: _hold_reason,
    v.LetterAnswer: _letter_answer,
    v.PrintTrouble: _print_trouble,
    v.ChangeKind: _change_kind,
    v.ChangeCause: _change_cause,
    v.ReasonCode: _reason_code,
    v.NamedPaper: _named_paper,
    v.AuditAction: _audit_action,
}
