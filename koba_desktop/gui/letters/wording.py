"""What the outbox says of counts, days and results."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import wall, whole_minutes
from koba_desktop.domain.errors import Problem
from koba_desktop.gui.letters.checking import Findings
from koba_desktop.gui.letters.piles import Tab
from koba_desktop.gui.printing.settings import PrinterShare, way_text
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.messages import message
from koba_desktop.services.rows import OutboxRow

_NAMED = 3  # recipients in a message


def collection(last: str, now: datetime) -> str:
    """How long there is until today's last collection ("14:00"; "" on days without one)."""
    if not last:
        return _("no collection today")
    moment = wall(now)
    left = datetime.combine(moment.date(), time.fromisoformat(last), moment.tzinfo) - moment
    minutes = whole_minutes(left)
    if minutes < 0:
        return _("Today's collection ({time}) is over").format(time=last)
    hours, rest = divmod(minutes, 60)
    if hours:
        return _("Collection {time}, {hours} h {minutes} min left").format(
            time=last, hours=hours, minutes=rest
        )
    return _("Collection {time}, {minutes} min left").format(time=last, minutes=rest)


def nothing_here(searched: str, tab: Tab, *, reads: bool) -> str:
    """Why the list is empty, and what to do. ``reads``: whether one sees what has left the
    house."""
    if tab in (Tab.OPEN, Tab.POSTED) and not reads:
        return _(
            "Posted letters are shown to advisors and team leads. When a reply slip comes back, "
            "scan its code into the search (Ctrl+K): the appointment opens."
        )
    if searched.strip():
        return _("No letter matches “{text}”. Clear the search to see all.").format(text=searched)
    if tab is Tab.OPEN:
        return _("No letter waits for an answer.")
    if tab is Tab.POSTED:
        return _("No letter was posted in the last 30 days.")
    return _(
        "Nothing to do here. Letters appear when an appointment is proposed, moved or called off."
    )


def left_out(n: int) -> str:
    """That the filter hides letters."""
    return ngettext(
        "{n} letter is left out by the filter.", "{n} letters are left out by the filter.", n
    ).format(n=n)


def to_be_printed(n: int, findings: Findings) -> str:
    if not n:
        return _("No letter is ticked to be printed.")
    refused = [item.row.recipient for item in findings.refused]
    if len(refused) == n:
        return ngettext(
            "The ticked letter cannot be printed: {names}.",
            "None of the {n} ticked letters can be printed: {names}.",
            n,
        ).format(n=n, names=some(refused))
    if refused:
        return ngettext(
            "{n} of the ticked letters cannot be printed: {names}. The others are printed.",
            "{n} of the ticked letters cannot be printed: {names}. The others are printed.",
            len(refused),
        ).format(n=len(refused), names=some(refused))
    if findings.complete:
        pages = ngettext("{n} page", "{n} pages", findings.pages).format(n=findings.pages)
        return ngettext(
            "{n} letter, {pages}. The address lies in the window, every character can be printed.",
            "{n} letters, {pages}. All addresses lie in the window, every character can be "
            "printed.",
            n,
        ).format(n=n, pages=pages)
    return ngettext(
        "{n} letter. It is checked against the envelope window before it is printed.",
        "{n} letters. Each is checked against the envelope window before it is printed.",
        n,
    ).format(n=n)


def ways(batches: Sequence[PrinterShare[Any]], usual: str) -> str:
    """Where the letters go, if not all of them one-sided to the printer of the bar."""
    if len(batches) == 1 and batches[0].printer in ("", usual) and not batches[0].settings.tray:
        return way_text(batches[0].settings)
    parts = []
    for one in batches:
        place = " · ".join(
            part
            for part in (one.printer or usual, one.settings.tray, way_text(one.settings))
            if part
        )
        parts.append(f"{place}: {len(one.items)}")
    return "   ".join(parts) if len(batches) > 1 else parts[0] if parts else ""


def not_in_pdf(n: int) -> str:
    """That the preview of a stack lacks letters."""
    return ngettext(
        "{n} letter cannot be printed and is not shown.",
        "{n} letters cannot be printed and are not shown.",
        n,
    ).format(n=n)


def some(names: Sequence[str]) -> str:
    """The first names of several."""
    shown = "; ".join(names[:_NAMED])
    return f"{shown} …" if len(names) > _NAMED else shown


def posted(n: int, day: date, today: date) -> str:
    if day == today:
        return ngettext("{n} letter posted today.", "{n} letters posted today.", n).format(n=n)
    return ngettext("{n} letter posted {day}.", "{n} letters posted {day}.", n).format(
        n=n, day=formats.weekday_date(day)
    )


def too_early(n: int) -> str:
    return ngettext(
        "{n} letter was posted later than planned: its appointment is now too early. "
        "Please choose a later time or call.",
        "{n} letters were posted later than planned: their appointments are now too early. "
        "Please choose later times or call.",
        n,
    ).format(n=n)


def printed_later(possible: int, n: int) -> str:
    """Of how many letters a day of posting can be true."""
    return ngettext(
        "{possible} of {n}; {later} was printed later",
        "{possible} of {n}; {later} were printed later",
        n - possible,
    ).format(possible=possible, n=n, later=n - possible)


def tick_to_post() -> str:
    """That nothing is posted without being asked for against which something stands."""
    return _(
        "Something stands against each of these letters: see the lines below them. Tick those "
        "that were posted all the same."
    )


def not_posted(problems: Sequence[Problem], names: Mapping[UUID, str]) -> str:
    """Which letters were not posted (``where`` is the id of one), and why."""
    reasons: dict[str, list[str]] = {}
    by_id = {str(letter_id): name for letter_id, name in names.items()}
    for problem in problems:
        reasons.setdefault(_why_not_posted(problem), []).append(by_id[problem.where])
    return _("Not posted: {reasons}").format(
        reasons=" ".join(
            _("{names}: {reason}").format(names=some(each), reason=reason)
            for reason, each in reasons.items()
        )
    )


def _why_not_posted(problem: Problem) -> str:
    if problem.code == "posted_before_printed":
        day = date.fromisoformat(str(problem.params["printed"]))
        return _("printed only on {day}.").format(day=formats.weekday_date(day))
    return message(problem)


def file_name(row: OutboxRow) -> str:
    """A name for the letter's PDF that every file system takes."""
    name = re.sub(r"[^\w-]+", "_", row.recipient).strip("_")
    return f"{name}_{row.reference}.pdf" if row.reference else f"{name}.pdf"
