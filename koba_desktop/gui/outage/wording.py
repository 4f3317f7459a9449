"""What the window says of an outage and of what was put in meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import Direction
from koba_desktop.gui.carrying_on import FORMS
from koba_desktop.gui.drafts import ABOUT
from koba_desktop.gui.naming import member_name
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.messages import message
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import (
    Command,
    CreateCallTask,
    DiscardDraft,
    NoteAttempt,
    NoteLettersOut,
    NotePaper,
    RecordAttempt,
    SaveDraft,
)
from koba_desktop.services.commands.door import (
    ArriveVisitor,
    CallAdvisor,
    CheckVisitor,
    LeaveWaiting,
)
from koba_desktop.services.office.book import OfficeBook
from koba_desktop.services.outage.about import Name
from koba_desktop.services.outage.state import SHUT_OUT, OutageState, RefusedInput

# --- the outage -----------------------------------------------------------------------------------


def headline(state: OutageState, today: date) -> str:
    """Since when the server is away, and what is shown instead."""
    since = formats.recent_moment(state.since, today) if state.since is not None else ""
    if is_shut_out(state):
        assert state.stopped is not None
        return message(state.stopped).replace("\n", " ")
    if state.stopped is not None:
        return _("The server is there, but takes nothing: {reason}").format(
            reason=message(state.stopped).replace("\n", " ")
        )
    if state.taken_at is None:
        return _(
            "The server cannot be reached since {since}. This PC keeps no copy of the data: you "
            "see what was loaded before."
        ).format(since=since)
    return _("The server cannot be reached since {since}. You see the data of {taken}.").format(
        since=since, taken=formats.recent_moment(state.taken_at, today)
    )


def is_shut_out(state: OutageState) -> bool:
    """Whether the server is there and does not let this person in any more."""
    return state.stopped is not None and state.stopped.code in SHUT_OUT


def promise(state: OutageState) -> str:
    """What can be done meanwhile."""
    if is_shut_out(state):
        return _("What you put in while the server was away is kept on this PC.")
    return _("Contact attempts, notes and arrivals are sent as soon as it is back; bookings wait.")


def waiting(count: int) -> str:
    """ "3 inputs wait"."""
    return ngettext("{n} input waits", "{n} inputs wait", count).format(n=count)


def status(state: OutageState, today: date) -> str:
    """The same for the line at the foot of the window."""
    parts = [_("Outage mode")]
    if state.taken_at is not None:
        parts.append(_("as of {time}").format(time=formats.recent_moment(state.taken_at, today)))
    if state.waiting:
        parts.append(waiting(state.waiting))
    return " · ".join(parts)


def back(sent: int) -> str:
    """The server is there again."""
    text = _("The connection is back.")
    return f"{text} {all_sent(sent)}" if sent else text


def all_sent(count: int) -> str:
    return ngettext("{n} input was sent.", "{n} inputs were sent.", count).format(n=count)


def misfits(count: int) -> str:
    """Some of it was not taken over."""
    return ngettext(
        "{n} input was not taken over: it no longer fits.",
        "{n} inputs were not taken over: they no longer fit.",
        count,
    ).format(n=count)


# --- what was put in ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """One input in words: what it is, when and about whom it was put in, what was typed, and why it
    was not taken over."""

    what: str
    when: str
    whom: str
    typed: tuple[str, ...]
    why: str

    @property
    def line(self) -> str:
        return " – ".join(part for part in (self.what, self.whom, self.when) if part)

    @property
    def text(self) -> str:
        """All of it, to be pasted elsewhere."""
        return "\n".join((self.line, *self.typed, self.why))


def told(refused: RefusedInput, name: Name | None, book: OfficeBook) -> Told:
    command = refused.command
    whom = formats.name_sorted(*name) if name is not None else ""
    if isinstance(command, SaveDraft):
        whom = str(command.content.get(ABOUT) or "")
    return Told(
        what=_what(command),
        when=formats.moment_of(refused.happened_at),
        whom=whom,
        typed=tuple(_typed(command)),
        why=" ".join(_why(problem, book) for problem in refused.problems),
    )


def _why(problem: Problem, book: OfficeBook) -> str:
    by, at = problem.params.get("changed_by"), problem.params.get("changed_at")
    if problem.code == "conflict" and isinstance(by, UUID) and isinstance(at, datetime):
        return _("{name} changed this meanwhile: {moment}.").format(
            name=member_name(by, book), moment=formats.moment_of(at)
        )
    return message(problem).replace("\n", " ")


def _what(command: Command | None) -> str:
    match command:
        case RecordAttempt(direction=Direction.IN):
            return _("Call received: {outcome}").format(outcome=word(command.outcome))
        case RecordAttempt():
            return _("Contact attempt: {outcome}").format(outcome=word(command.outcome))
        case NoteAttempt():
            return _("Note on a call")
        case CreateCallTask():
            return _("To be called: {reason}").format(reason=word(command.reason))
        case ArriveVisitor():
            return _("Arrival of a visitor")
        case CheckVisitor():
            return _("Checked at the reception")
        case CallAdvisor():
            return _("Call for the advisor")
        case LeaveWaiting():
            return _("Left without a talk")
        case SaveDraft():
            title = next((form.title() for form in FORMS if form.holds(command.form)), "")
            return _("Unfinished form: {form}").format(form=title or command.form)
        case DiscardDraft():
            return _("Unfinished form thrown away")
        case NoteLettersOut():
            return _("Note for the audit: letter saved or opened")
        case NotePaper(printed=True):
            return _("Note for the audit: {paper} printed").format(paper=word(command.paper))
        case NotePaper():
            return _("Note for the audit: {paper} saved").format(paper=word(command.paper))
    return _("Input of another version of the program")


def _typed(command: Command | None) -> Sequence[str]:
    match command:
        case RecordAttempt():
            return [each for each in (command.phone, command.note) if each]
        case NoteAttempt():
            return [command.text]
        case CreateCallTask():
            due = _("due {moment}").format(moment=formats.moment_of(command.due))
            return [each for each in (due, command.note) if each]
        case ArriveVisitor() | CheckVisitor():
            needs = [word(need) for need in command.needs or ()]
            return [*needs, *(word(item) for item in command.checked)]
        case SaveDraft():
            return [
                text.strip()
                for name, text in command.content.items()
                if name != ABOUT and isinstance(text, str) and text.strip()
            ]
    return ()
