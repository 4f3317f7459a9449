"""What is noted of each paper that names clients: whose it is, and how many it names."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from koba_desktop.domain.vocabulary import NamedPaper
from koba_desktop.services.calendar.day_list import DayList
from koba_desktop.services.commands import NotePaper
from koba_desktop.services.contacts.call_list import CallList
from koba_desktop.services.letters.data import letter_data
from koba_desktop.services.outage.emergency_list import EmergencyList
from koba_desktop.services.ports import LetterSource


def day_list_note(content: DayList, advisor_id: UUID | None, *, printed: bool) -> NotePaper:
    return NotePaper(
        paper=NamedPaper.DAY_LIST,
        office_id=content.office.id,
        day=content.day,
        advisor_id=advisor_id,
        persons=len({(line.name, line.number) for line in content.lines}),
        printed=printed,
    )


def call_list_note(content: CallList, advisor_id: UUID, *, printed: bool) -> NotePaper:
    return NotePaper(
        paper=NamedPaper.CALL_LIST,
        office_id=content.office.id,
        day=content.day,
        advisor_id=advisor_id,
        persons=len({(entry.name, entry.number) for entry in content.entries}),
        printed=printed,
    )


def emergency_list_note(
    content: EmergencyList, advisor_id: UUID | None, *, printed: bool
) -> NotePaper:
    """Of the office it is about; namesakes count as one, as nothing else tells them apart there."""
    (lines,) = content.offices
    names = {line.name for day in lines.days for each in day.advisors for line in each.lines}
    names |= {visitor.name for day in lines.days for visitor in day.visitors or ()}
    names |= {line.name for calls in lines.calls or () for line in calls.lines}
    return NotePaper(
        paper=NamedPaper.EMERGENCY_LIST,
        office_id=lines.office.id,
        day=lines.days[0].day,
        advisor_id=advisor_id,
        persons=len(names),
        printed=printed,
    )


def reply_slips_note(
    sources: Sequence[LetterSource],
    office_id: UUID,
    day: date | None,
    advisor_id: UUID | None,
    *,
    printed: bool,
) -> NotePaper:
    """``day``: of the appointments, None where each was asked for by its reference."""
    clients = [letter_data(source.data)["client"] for source in sources]
    return NotePaper(
        paper=NamedPaper.REPLY_SLIPS,
        office_id=office_id,
        day=day,
        advisor_id=advisor_id,
        persons=len({(client["name"], client["number"]) for client in clients}),
        printed=printed,
    )
