"""Day and call lists to build tests on: Halberstadt on Tue 13 April 2021, as of 09:42."""

import io
from datetime import datetime, timedelta
from typing import Any

import pdfplumber

from koba_desktop.domain.ladder import Try
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    CallReason,
    Channel,
    Outcome,
    PhoneKind,
    Urgency,
)
from koba_desktop.services.calendar.day_list import DayLine, DayList
from koba_desktop.services.contacts.call_list import CallEntry, CallList, CallPhone
from tests.unit.door_samples import DAY, MADE_AT, OFFICE
from tests.unit.service_office import at

MM = 25.4 / 72
TEN = at(13, 10)
LONG = "Leutheusser-Schnarrenberger von Hohenzollern, Alexandra Friederike"


def line(starts: datetime = TEN, **values: Any) -> DayLine:
    """Frau Kuhn is called by Frau Berger."""
    given: dict[str, Any] = {
        "starts": starts,
        "ends": starts + timedelta(minutes=30),
        "kind": "Folgegespräch",
        "channel": Channel.TELEPHONE,
        "name": "Kuhn, Marlies",
        "number": "118274",
        "phone": "0176 04069118",
        "advisor": "Berger",
        "room": "",
        "code": "",
        "state": AppointmentState.CONFIRMED,
        "urgency": Urgency.NONE,
    }
    return DayLine(**given | values)


def visit(starts: datetime = TEN, **values: Any) -> DayLine:
    """Herr Hartwig comes into R 1.04."""
    given: dict[str, Any] = {
        "channel": Channel.IN_PERSON,
        "name": "Hartwig, Jörg",
        "number": "131906",
        "phone": "",
        "room": "R 1.04",
        "code": "107",
    }
    return line(starts, **given | values)


def day_of(*lines: DayLine, advisor: str = "", called_off: int = 0, demo: bool = False) -> DayList:
    return DayList(OFFICE, DAY, MADE_AT, advisor, lines, called_off, demo)


def entry(starts: datetime = TEN, **values: Any) -> CallEntry:
    """Frau Kuhn is to be called; nobody tried yet."""
    given: dict[str, Any] = {
        "at": starts,
        "name": "Kuhn, Marlies",
        "number": "118274",
        "birth_date": None,
        "phones": (CallPhone("0176 04069118", PhoneKind.MOBILE),),
        "reason": CallReason.PLANNED,
        "kind": "Folgegespräch",
        "tried": (),
        "best_hour": None,
    }
    return CallEntry(**given | values)


def tries(count: int) -> tuple[Try, ...]:
    """So many in vain, one a day, the last on 12 April."""
    return tuple(Try(at(13 - count + n, 9, 12), Outcome.NO_ANSWER) for n in range(count))


def calls_of(
    *now: CallEntry,
    appointments: tuple[CallEntry, ...] = (),
    later: tuple[CallEntry, ...] = (),
    demo: bool = False,
) -> CallList:
    return CallList(OFFICE, "Berger", DAY, MADE_AT, appointments, now, later, demo)


def words_of(pdf: bytes) -> list[str]:
    """What stands on each page, with single spaces."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [" ".join(page.extract_text().split()) for page in document.pages]


def assert_on_the_sheet(pdf: bytes) -> None:
    """A4, all of it within the margins, and black."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            assert (round(page.width * MM), round(page.height * MM)) == (210, 297)
            for word in page.extract_words():
                assert word["x0"] * MM > 13, word
                assert word["x1"] * MM < 196.5, word
                assert word["bottom"] * MM < 290, word
            assert {tuple(char["non_stroking_color"]) for char in page.chars} <= {(0,), (0, 0, 0)}
