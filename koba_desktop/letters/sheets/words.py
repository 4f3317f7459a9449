"""German words for what the database keeps as codes, as short as lists on paper need them.

What the office prints is German whatever language the screen speaks.
"""

from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    Outcome,
    PhoneKind,
    RoomUse,
    Urgency,
)

CHANNELS = {
    Channel.TELEPHONE: "Telefon",
    Channel.IN_PERSON: "im Haus",
    Channel.OUTDOORS: "draußen",
}
STATES = {
    AppointmentState.PROPOSED: "vorgeschlagen",
    AppointmentState.CONFIRMED: "bestätigt",
    AppointmentState.ARRIVED: "ist da",
    AppointmentState.IN_PROGRESS: "im Gespräch",
    AppointmentState.KEPT: "erledigt",
    AppointmentState.MISSED: "versäumt",
    AppointmentState.CANCELLED_BY_CLIENT: "abgesagt",
    AppointmentState.CANCELLED_BY_OFFICE: "abgesagt",
}
URGENCIES = {Urgency.NONE: "", Urgency.URGENT: "dringend", Urgency.EMERGENCY: "Notfall"}
REASONS = {
    CallReason.PLANNED: "geplant",
    CallReason.CALLBACK: "Rückruf",
    CallReason.MISSED_APPOINTMENT: "Termin versäumt",
    CallReason.RETURNED_LETTER: "Brief kam zurück",
}
OUTCOMES = {
    Outcome.REACHED: "erreicht",
    Outcome.NO_ANSWER: "nicht erreicht",
    Outcome.BUSY: "besetzt",
    Outcome.MAILBOX: "Mailbox",
    Outcome.WRONG_NUMBER: "falsche Nummer",
    Outcome.THIRD_PERSON: "andere Person",
    Outcome.REFUSED: "abgelehnt",
}
PHONES = {
    PhoneKind.MOBILE: "mobil",
    PhoneKind.PRIVATE: "privat",
    PhoneKind.WORK: "Arbeit",
    PhoneKind.OTHER: "",
}
USES = {
    RoomUse.CONSULTATION: "belegt",
    RoomUse.INTERNAL: "belegt",
    RoomUse.CLEANING: "Reinigung",
    RoomUse.MAINTENANCE: "gesperrt",
}
