"""Made-up letters to try a wording on: an easy one and the hardest there is, in every case.

Names and places are invented. What makes a letter hard is what fills its page: six lines of
address, a name of noble length, a list of papers, many companions.
"""

from collections.abc import Collection
from datetime import date, time

from koba_desktop.domain.entities.office import OpeningHours
from koba_desktop.domain.vocabulary import Channel, LetterKind, VisitNeed
from koba_desktop.letters.letter import values
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.choosing import BINDING
from koba_desktop.services.letters.data import (
    AppointmentData,
    FormerData,
    LetterData,
    OfficeData,
    TranslatedData,
    VisitData,
)
from koba_desktop.services.letters.hours import hours_lines
from koba_desktop.services.letters.kinds import (
    ABOUT_NO_APPOINTMENT,
    ASKS_FOR_ANSWER,
    BY_TELEPHONE,
    NAMES_A_TIME,
    ONLY_IN_PERSON,
)
from koba_desktop.services.office.usual import SUMMONS, usual_kinds, usual_purposes

_OFFICE = new_id()
_OF_CHANGES = frozenset({LetterKind.CHANGED_TELEPHONE, LetterKind.POSTPONEMENT})
"""Kinds that name the former time as a rule."""
_AFTER_ATTEMPTS = frozenset({LetterKind.TELEPHONE_PROPOSAL, LetterKind.PLEASE_CALL})
"""Kinds that are written because nobody answered."""

_STARTS = "2021-04-13T08:15:00+00:00"
_FORMERLY = "2021-04-12T07:00:00+00:00"
_PURPOSE = usual_purposes("Fallmanagement")[SUMMONS[BINDING]]
_LONG_NAME = "Maximiliane-Charlotte Freifrau von und zu Hohenstein-Wernigerode-Blankenburg"
_OF_A_VISIT = frozenset({"no_number", "accompanied", "interpreter", "urgent"})
_IMPLIED = {
    "same_time": "changed",
    "was_telephone": "changed",
    "outdoors": "personal",
    "accompanied": "personal",
    "interpreter": "personal",
    "urgent": "personal",
}
_EITHER_OR = (("female_advisor", "male_advisor"), ("changed", "no_former"))


def case(conditions: Collection[str]) -> frozenset[str]:
    """The conditions with what they imply; of two that exclude each other the first holds."""
    full = set(conditions)
    full |= {_IMPLIED[name] for name in full if name in _IMPLIED}
    for first, second in _EITHER_OR:
        if first in full:
            full.discard(second)
    return frozenset(full)


def dummy(
    kind: LetterKind, conditions: Collection[str] = (), *, hard: bool, language: str = BINDING
) -> LetterData:
    """A letter of which the conditions hold (``values.conditions``), as far as its kind knows
    them, and of the others as few as can be. ``language`` is that of its translation."""
    holding = case(conditions)
    represented = "representative" in holding
    advisor = _advisor(holding, hard=hard)
    data = LetterData(
        office=_office(),
        recipient_lines=_recipient(represented=represented, hard=hard),
        salutation_line=_salutation(represented=represented, hard=hard),
        advisor={
            "name": advisor,
            "phone": "03943 58-3412",
            "initials": "MM",
            "signature": advisor.split(" ", 1)[1],
        },
        client={
            "name": _LONG_NAME if hard else "Eva Lenz",
            "number": "118 274",
            "represented": represented,
        },
        reference="" if kind in ABOUT_NO_APPOINTMENT else "K7M49QXR",
        made_on="2021-04-01",
        appointment=_appointment(kind, holding),
        former=_former(kind, holding),
        attempts=_attempts(kind, holding, hard=hard),
        about="" if "no_about" in holding else _about(kind, hard=hard),
        papers=_papers(hard=hard),
        answer_until=None
        if "no_deadline" in holding or kind not in ASKS_FOR_ANSWER
        else "2021-04-12",
        demo=False,
        form="B",
        envelope="DL",
        address_blocked=False,
        calendar_entry="Termin" if kind in NAMES_A_TIME else "",
    )
    if _comes(kind, holding):
        data["visit"] = _visit(holding, hard=hard)
    if language != BINDING:
        data["translated"] = _translated(language, holding, hard=hard)
    return data


def holds(kind: LetterKind, conditions: Collection[str]) -> bool:
    """Whether there can be a letter of this kind in this case."""
    return set(conditions) <= values.conditions(dummy(kind, conditions, hard=False))


def possible(kind: LetterKind) -> dict[str, frozenset[str]]:
    """For what a block of this kind can have a version of its own: each condition with those that
    may hold beside it. What holds of the usual letter needs none."""
    usual, visit = (
        values.conditions(dummy(kind, case, hard=False)) for case in ((), ("personal",))
    )
    known = set(values.CONDITIONS) - (usual & visit)
    if kind in BY_TELEPHONE | ABOUT_NO_APPOINTMENT:
        known -= _OF_A_VISIT | {"personal", "outdoors"}
    elif kind is LetterKind.CANCELLATION:
        known -= _OF_A_VISIT
    single = [
        each
        for each in values.CONDITIONS
        if each in known and (holds(kind, {each}) or holds(kind, {each, "personal"}))
    ]
    return {
        each: frozenset(other for other in single if other != each and holds(kind, {each, other}))
        for each in single
    }


def _comes(kind: LetterKind, holding: Collection[str]) -> bool:
    return kind in ONLY_IN_PERSON or "personal" in holding


def _channel(kind: LetterKind, holding: Collection[str]) -> str:
    if not _comes(kind, holding):
        return Channel.TELEPHONE.value
    return (Channel.OUTDOORS if "outdoors" in holding else Channel.IN_PERSON).value


def _appointment(kind: LetterKind, holding: Collection[str]) -> AppointmentData | None:
    if kind in ABOUT_NO_APPOINTMENT:
        return None
    return AppointmentData(
        starts=_STARTS,
        minutes=30,
        channel=_channel(kind, holding),
        phone="" if "no_phone" in holding else "0176 04069118",
    )


def _former(kind: LetterKind, holding: Collection[str]) -> FormerData | None:
    """What is the same time must take place in another way, or it would be no change."""
    usual = kind in _OF_CHANGES and "no_former" not in holding
    if kind in ABOUT_NO_APPOINTMENT or not (usual or "changed" in holding):
        return None
    now = _channel(kind, holding)
    if "was_telephone" in holding or (kind in _OF_CHANGES and "same_time" not in holding):
        before = Channel.TELEPHONE.value
    else:
        before = (Channel.IN_PERSON if now != Channel.IN_PERSON else Channel.OUTDOORS).value
    return FormerData(starts=_STARTS if "same_time" in holding else _FORMERLY, channel=before)


def _attempts(kind: LetterKind, holding: Collection[str], *, hard: bool) -> list[str]:
    if kind not in _AFTER_ATTEMPTS or "no_attempts" in holding:
        return []
    return ["2021-03-29", "2021-03-30", "2021-04-01"] if hard else ["2021-04-01"]


def _visit(holding: Collection[str], *, hard: bool) -> VisitData:
    companions = 0
    if "accompanied" in holding:
        companions = 7 if hard else 1
    return VisitData(
        number="" if "no_number" in holding else ("1024" if hard else "124"),
        companions=companions,
        needs=[VisitNeed.INTERPRETER.value] if "interpreter" in holding else [],
        urgent="urgent" in holding,
    )


def _recipient(*, represented: bool, hard: bool) -> list[str]:
    if not hard:
        first = ["Herrn", "Jan Arndt"] if represented else ["Frau", "Eva Lenz"]
        return [*first, "Lindenweg 7", "38820 Halberstadt"]
    return [
        "Frau",
        f"Prof. Dr. Dr. {_LONG_NAME}",
        "c/o Seniorenresidenz Am Klosterwäldchen GmbH & Co. KG",
        "Wohnbereich 3, Zimmer 312",
        "Heinrich-Heine-Straße 117 a, Hinterhaus",
        "38871 Ilsenburg-Drübeck (Harz)",
    ]


def _salutation(*, represented: bool, hard: bool) -> str:
    if hard:
        return "Sehr geehrte Frau Prof. Dr. Freifrau von und zu Hohenstein-Wernigerode-Blankenburg,"
    return "Sehr geehrter Herr Arndt," if represented else "Sehr geehrte Frau Lenz,"


def _advisor(holding: Collection[str], *, hard: bool) -> str:
    """Without a word for man or woman where neither case is asked for."""
    name = "Meier-Hohenlohe-Langenburg" if hard else "Berg"
    if "female_advisor" in holding:
        return f"Frau {name}"
    if "male_advisor" in holding:
        return f"Herr {name}"
    return f"Kim {name}"


def _about(kind: LetterKind, *, hard: bool) -> str:
    if kind is LetterKind.SUMMONS:
        return _PURPOSE
    if hard:
        return (
            "Um Ihre berufliche Situation, Ihren Lebenslauf, eine mögliche Weiterbildung und die "
            "nächsten gemeinsamen Schritte."
        )
    return "Um Ihre Situation und die nächsten Schritte."


def _papers(*, hard: bool) -> list[str]:
    if not hard:
        return ["Ihren Lebenslauf"]
    return [
        "Ihren aktuellen Lebenslauf",
        "Nachweise über Ihre Bewerbungen der letzten drei Monate",
        "Arbeitsvertrag und Lohnabrechnungen, wenn Sie arbeiten",
        "Schreiben, zu denen Sie Fragen haben",
    ]


def _translated(language: str, holding: Collection[str], *, hard: bool) -> TranslatedData:
    """The first of the usual kinds of appointment asks for most papers, the last for none."""
    kinds = usual_kinds()
    usual = kinds[0 if hard else -1]
    return TranslatedData(
        about="" if "no_about" in holding else usual.about.get(language, ""),
        papers=list(usual.papers.get(language, ())),
        hours=list(hours_lines(_hours(), date(2021, 4, 13), language)),
    )


def _hours() -> list[OpeningHours]:
    """Mo–Fr, on two days until the evening."""
    return [
        OpeningHours(
            id=new_id(),
            office_id=_OFFICE,
            channel=Channel.TELEPHONE,
            weekday=weekday,
            opens=time(8),
            closes=time(17, 30) if weekday in (2, 4) else time(16),
            valid_from=date(2020, 1, 1),
        )
        for weekday in range(1, 6)
    ]


def _office() -> OfficeData:
    return {
        "name": "Regionalstelle Halberstadt",
        "street": "Spiegelstraße 21",
        "postcode": "38820",
        "town": "Halberstadt",
        "phone": "03943 58-3000",
        "email": "halberstadt@koba.example",
        "return_line": "Postfach 15 42 · 38805 Halberstadt",
        "reply_lines": ["Postfach 15 42", "38805 Halberstadt"],
        "hours": list(hours_lines(_hours(), date(2021, 4, 13))),
    }
