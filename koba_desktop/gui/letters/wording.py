"""What the outbox says of counts, days and results."""

import re
from datetime import date, datetime, time

from koba_desktop.domain.clock import wall
from koba_desktop.domain.errors import OfficeError
from koba_desktop.gui.letters.printing import PrintResult
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.messages import describe
from koba_desktop.services.rows import OutboxRow


def collection(last: str, now: datetime) -> str:
    """How long there is until today's last collection ("14:00"; "" on days without one)."""
    if not last:
        return _("no collection today")
    moment = wall(now)
    left = datetime.combine(moment.date(), time.fromisoformat(last), moment.tzinfo) - moment
    minutes = int(left.total_seconds() // 60)
    if minutes < 0:
        return _("Today's collection ({time}) is over").format(time=last)
    hours, rest = divmod(minutes, 60)
    if hours:
        return _("Collection {time}, {hours} h {minutes} min left").format(
            time=last, hours=hours, minutes=rest
        )
    return _("Collection {time}, {minutes} min left").format(time=last, minutes=rest)


def nothing_here(searched: str, posted: bool) -> str:
    """Why the list is empty, and what to do."""
    if searched.strip():
        return _("No letter matches “{text}”. Clear the search to see all.").format(text=searched)
    if posted:
        return _("No letter was posted in the last 30 days.")
    return _(
        "Nothing to do here. Letters appear when an appointment is proposed, moved or called off."
    )


def no_printer() -> str:
    return _("No printer was found. Switch it on or connect it, then search again.")


def printed(n: int) -> str:
    return ngettext("{n} letter printed.", "{n} letters printed.", n).format(n=n)


def result(of: PrintResult) -> str:
    """What a batch leaves to be done, in sentences; empty where all went well."""
    parts = []
    if isinstance(of.failure, OfficeError):
        if of.unsaved:
            parts.append(_("The last letter was printed, but this could not be saved."))
        parts.append(describe(of.failure))
    if of.held:
        parts.append(
            ngettext(
                "{n} letter cannot be printed. It stands under “To clarify” with the reason.",
                "{n} letters cannot be printed. They stand under “To clarify” with the reason.",
                of.held,
            ).format(n=of.held)
        )
    if of.blocked:
        parts.append(
            ngettext(
                "{n} letter was not printed: its address is blocked, only the responsible "
                "advisor prints it.",
                "{n} letters were not printed: their addresses are blocked, only the responsible "
                "advisors print them.",
                of.blocked,
            ).format(n=of.blocked)
        )
    if of.left:
        parts.append(
            ngettext(
                "{n} letter is still to be printed.",
                "{n} letters are still to be printed.",
                of.left,
            ).format(n=of.left)
        )
    return " ".join(parts)


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


def file_name(row: OutboxRow) -> str:
    """A name for the letter's PDF that every file system takes."""
    name = re.sub(r"[^\w-]+", "_", row.recipient).strip("_")
    return f"{name}_{row.reference}.pdf" if row.reference else f"{name}.pdf"
