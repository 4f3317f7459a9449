"""What the worklist says: one line a person, in groups. Pure text, no widgets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from koba_desktop.domain.clock import day_of, wall
from koba_desktop.domain.vocabulary import AppointmentState, CallReason, Outcome
from koba_desktop.i18n import _
from koba_desktop.i18n.formats import name_sorted, time_of, weekday_short
from koba_desktop.i18n.words import word
from koba_desktop.services.contacts.worklist import Group, WorkItem, Worklist

Key = tuple[UUID, UUID | None, UUID | None]


def key_of(item: WorkItem) -> Key:
    """What stays the same when a line changes its group: client, call task, appointment."""
    return item.client_id, item.task_id, item.appointment_id


class SectionKey(StrEnum):
    """The groups of the screen; ``CALLBACKS`` are taken out of "call now" in the dock."""

    APPOINTMENTS_TODAY = "appointments_today"
    CALL_NOW = "call_now"
    DUE_AGAIN = "due_again"
    ANSWER_OPEN = "answer_open"
    CALLBACKS = "callbacks"
    DONE_TODAY = "done_today"


@dataclass(frozen=True, slots=True)
class Line:
    """One person to call: when, a sign, the name, and what it is about."""

    item: WorkItem
    when: str
    icon: str
    name: str
    status: str
    spoken: str

    @property
    def key(self) -> Key:
        return key_of(self.item)


@dataclass(frozen=True, slots=True)
class Section:
    key: SectionKey
    title: str
    lines: tuple[Line, ...]
    open: bool = True  # unless the user folded it


def dock_sections(worklist: Worklist, today: date) -> tuple[Section, ...]:
    """The groups of the clients dock: callbacks stand apart, what is done is left out."""
    now = worklist.of(Group.CALL_NOW)
    return (
        _section(
            SectionKey.APPOINTMENTS_TODAY,
            _("To call today"),
            worklist.of(Group.APPOINTMENTS_TODAY),
            today,
        ),
        _section(
            SectionKey.CALL_NOW,
            _("Call now"),
            (item for item in now if item.reason is not CallReason.CALLBACK),
            today,
        ),
        _section(SectionKey.DUE_AGAIN, _("Due again"), worklist.of(Group.DUE_AGAIN), today),
        _section(SectionKey.ANSWER_OPEN, _("Answer open"), worklist.of(Group.ANSWER_OPEN), today),
        _section(
            SectionKey.CALLBACKS,
            _("Callback requested"),
            (item for item in now if item.reason is CallReason.CALLBACK),
            today,
        ),
    )


def day_sections(worklist: Worklist, today: date) -> tuple[Section, ...]:
    """The groups of Mein Tag, in the order in which they are worked."""
    titles = {
        SectionKey.APPOINTMENTS_TODAY: _("Appointments today"),
        SectionKey.CALL_NOW: _("Call now"),
        SectionKey.DUE_AGAIN: _("Due again"),
        SectionKey.ANSWER_OPEN: _("Answer open"),
        SectionKey.DONE_TODAY: _("Done today"),
    }
    folded = {SectionKey.ANSWER_OPEN, SectionKey.DONE_TODAY}
    return tuple(
        _section(key, title, worklist.of(Group(key.value)), today, unfolded=key not in folded)
        for key, title in titles.items()
    )


def filtered(sections: Iterable[Section], text: str) -> tuple[Section, ...]:
    """The lines whose name, number or status holds every word of ``text``."""
    words = text.casefold().split()
    if not words:
        return tuple(sections)
    return tuple(
        Section(
            section.key,
            section.title,
            tuple(
                line
                for line in section.lines
                if all(
                    word in f"{line.name} {line.item.phone} {line.status}".casefold()
                    for word in words
                )
            ),
        )
        for section in sections
    )


def _section(
    key: SectionKey, title: str, items: Iterable[WorkItem], today: date, *, unfolded: bool = True
) -> Section:
    return Section(key, title, tuple(line_of(item, today) for item in items), unfolded)


def line_of(item: WorkItem, today: date) -> Line:
    when = _when(item, today)
    name = name_sorted(item.family_name, item.given_name)
    status = status_of(item)
    spoken = ", ".join(part for part in (name, status, when) if part)
    return Line(item, when, icon_of(item), name, status, spoken)


def status_of(item: WorkItem) -> str:
    """The word at the right: appointment or proposal, which attempt, callback."""
    if item.group is Group.APPOINTMENTS_TODAY:
        if item.state is AppointmentState.PROPOSED:
            return _("Proposal")
        if item.state in (None, AppointmentState.CONFIRMED):
            return _("Appointment")
        return word(item.state)
    if item.group is Group.ANSWER_OPEN:
        return time_of(item.at)
    if item.group is Group.DONE_TODAY:
        return word(item.last_outcome) if item.last_outcome is not None else ""
    if item.reason is CallReason.CALLBACK and not item.attempts:
        return _("Callback")
    if item.reason in (CallReason.MISSED_APPOINTMENT, CallReason.RETURNED_LETTER) and (
        not item.attempts
    ):
        return word(item.reason)
    return attempt_number(item.attempts + 1)


def attempt_number(number: int) -> str:
    """ "2. Versuch" """
    if number == 1:
        return _("Attempt 1")
    if number == 2:
        return _("Attempt 2")
    return _("Attempt {number}").format(number=number)


_OUTCOME_ICONS = {
    Outcome.REACHED: "phone-tick",
    Outcome.NO_ANSWER: "phone-cross",
    Outcome.BUSY: "phone-cross",
    Outcome.MAILBOX: "phone",
    Outcome.WRONG_NUMBER: "phone-cross",
    Outcome.THIRD_PERSON: "people",
    Outcome.REFUSED: "blocked",
}


def outcome_icon(outcome: Outcome) -> str:
    return _OUTCOME_ICONS[outcome]


def icon_of(item: WorkItem) -> str:
    if item.group is Group.APPOINTMENTS_TODAY:
        return {
            AppointmentState.PROPOSED: "letter",
            AppointmentState.IN_PROGRESS: "phone-run",
            AppointmentState.KEPT: "phone-tick",
            AppointmentState.MISSED: "phone-cross",
        }.get(item.state or AppointmentState.CONFIRMED, "phone")
    if item.group is Group.ANSWER_OPEN:
        return "letter"
    if item.group is Group.DONE_TODAY:
        return outcome_icon(item.last_outcome) if item.last_outcome is not None else "tick"
    if item.last_outcome is not None:
        return outcome_icon(item.last_outcome)
    if item.reason is CallReason.CALLBACK:
        return "bell"
    return "mailbox" if item.reason is CallReason.RETURNED_LETTER else "phone"


def _when(item: WorkItem, today: date) -> str:
    """ "11:30", "seit 11", "ab 13", "Di 06.": short, for a narrow column."""
    day = day_of(item.at)
    if item.group is Group.APPOINTMENTS_TODAY:
        return time_of(item.at)
    if item.group is Group.ANSWER_OPEN:
        return weekday_short(day)
    if item.group is Group.DONE_TODAY:
        return time_of(item.at)
    if day != today:
        return weekday_short(day) if item.group is Group.DUE_AGAIN else ""
    if item.group is Group.DUE_AGAIN:
        return _("from {hour}").format(hour=hour_of(item.at))
    return _("since {hour}").format(hour=hour_of(item.at)) if item.attempts else ""


def hour_of(instant: datetime) -> str:
    """ "11" on the hour, else "11:30"."""
    local = wall(instant)
    return time_of(instant) if local.minute else str(local.hour)


def following(sections: Iterable[Section], key: Key | None) -> Line | None:
    """Who is called after the line ``key``: the next of "call now", then appointments."""
    lines = {section.key: section.lines for section in sections}
    calls = lines.get(SectionKey.CALL_NOW, ())
    keys = [line.key for line in calls]
    place = keys.index(key) if key in keys else 0
    around = (*calls[place:], *calls[:place], *lines.get(SectionKey.APPOINTMENTS_TODAY, ()))
    return next((line for line in around if line.key != key), None)
