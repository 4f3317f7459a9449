"""What an office usually begins with; all of it can be changed in the administration."""

from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.vocabulary import Channel
from koba_desktop.services.ids import new_id


def usual_kinds() -> tuple[AppointmentKind, ...]:
    """The kinds of appointment with their planned minutes (domain rules § 6), each a new record.

    Names and texts go into letters, which are German with a translation beside it.
    """
    talk, visit, outside = Channel.TELEPHONE, Channel.IN_PERSON, Channel.OUTDOORS
    rows = (
        ("Erstgespräch", 60, (talk, visit), _ABOUT_FIRST, _PAPERS_FIRST),
        ("Folgegespräch", 30, (talk, visit, outside), _ABOUT, _PAPERS),
        ("Fallmanagement", 60, (talk, visit), _ABOUT, _PAPERS),
        ("Antrag", 30, (talk, visit, outside), _ABOUT_CLAIM, _PAPERS_CLAIM),
        ("Kurzes Telefonat", 15, (talk,), _ABOUT_SHORT, _NO_PAPERS),
    )
    return tuple(
        AppointmentKind(
            id=new_id(),
            name=name,
            minutes=minutes,
            channels=channels,
            outdoors_allowed=outside in channels,
            about=dict(about),
            papers={language: list(lines) for language, lines in papers.items()},
            position=position,
        )
        for position, (name, minutes, channels, about, papers) in enumerate(rows)
    )


_ABOUT = {
    "de": "Um Ihre Situation, Ihre Fragen und die nächsten Schritte.",
    "en": "Your situation, your questions and the next steps.",
}
_ABOUT_FIRST = {
    "de": "Um Ihre berufliche Situation, Ihre Ziele und unsere Unterstützung.",
    "en": "Your working life, your goals and how we can support you.",
}
_ABOUT_CLAIM = {
    "de": "Um Ihren Antrag und die Unterlagen, die noch fehlen.",
    "en": "Your application and the papers that are still missing.",
}
_ABOUT_SHORT = {"de": "Um eine kurze Rückfrage.", "en": "A short question."}
_PAPERS = {
    "de": ["Ihre Kundennummer", "Schreiben, zu denen Sie Fragen haben"],
    "en": ["your client number", "letters you have questions about"],
}
_NO_PAPERS: dict[str, list[str]] = {"de": [], "en": []}
_PAPERS_FIRST = {
    "de": ["Ihren Lebenslauf", "Zeugnisse und Nachweise", "Ihre Kundennummer"],
    "en": ["your CV", "certificates", "your client number"],
}
_PAPERS_CLAIM = {
    "de": ["den Antrag, soweit ausgefüllt", "Kontoauszüge der letzten drei Monate", "Mietvertrag"],
    "en": [
        "the application form, as far as filled in",
        "bank statements for the last three months",
        "tenancy agreement",
    ],
}
