"""What is said of a print run once it is over."""

from collections.abc import Iterator, Sequence

from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.gui.letters.print_result import PrintResult
from koba_desktop.gui.letters.wording import some
from koba_desktop.i18n import _, ngettext
from koba_desktop.i18n.messages import describe, message
from koba_desktop.services.letters.claiming import WhyNot


def printed(n: int) -> str:
    return ngettext("{n} letter printed.", "{n} letters printed.", n).format(n=n)


def result(of: PrintResult) -> str:
    """What a run leaves to be done, in sentences; empty where all went well."""
    parts = []
    if of.unsaved:
        parts.append(
            ngettext(
                "{n} letter is on paper, but this could not be saved.",
                "{n} letters are on paper, but this could not be saved.",
                of.unsaved,
            ).format(n=of.unsaved)
        )
    if isinstance(of.failure, OfficeError):
        parts.append(_failure(of.failure, unsure=of.unsure > 0))
    if of.unsure:
        parts.append(
            ngettext(
                "{n} letter may be printed yet. It stands under “To clarify”: look whether its "
                "sheets are there.",
                "{n} letters may be printed yet. They stand under “To clarify”: look whether their "
                "sheets are there.",
                of.unsure,
            ).format(n=of.unsure)
        )
    if of.held:
        parts.append(
            ngettext(
                "{n} letter cannot be printed ({names}). It stands under “To clarify” with the "
                "reason.",
                "{n} letters cannot be printed ({names}). They stand under “To clarify” with the "
                "reason.",
                len(of.held),
            ).format(n=len(of.held), names=some(of.held))
        )
    parts += [f"{name}: {describe(error)}" for name, error in of.refused]
    parts.append(changed_while_printed(of.overtaken))
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
    parts.append(left_out(of.left_out))
    left = len(of.left)
    if left and of.failure is not None and of.first_left:
        parts.append(
            ngettext(
                "{n} letter is still to be printed, to {recipient}.",
                "{n} letters are still to be printed, from that to {recipient} on.",
                left,
            ).format(n=left, recipient=of.first_left)
        )
    elif left:
        parts.append(
            ngettext(
                "{n} letter is still to be printed.",
                "{n} letters are still to be printed.",
                left,
            ).format(n=left)
        )
    return " ".join(part for part in parts if part)


def _failure(error: OfficeError, *, unsure: bool) -> str:
    """What is not known to be unprinted is not to be shredded."""
    if unsure and error.code == "print_failed":
        return message(Problem("print_unsure", error.problems[0].params))
    return describe(error)


def changed_while_printed(names: Sequence[str]) -> str:
    """That the paper of these is not right; empty where there are none."""
    n = len(names)
    if not n:
        return ""
    return ngettext(
        "{n} letter was changed while it was printed ({names}). Shred it and print it again.",
        "{n} letters were changed while they were printed ({names}). Shred them and print them "
        "again.",
        n,
    ).format(n=n, names=some(names))


def left_out(letters: Sequence[tuple[str, WhyNot]]) -> str:
    """How many were left out of a run, and why, in one sentence; empty where none was."""
    if not letters:
        return ""
    n = len(letters)
    return ngettext(
        "{n} letter was left out: {reasons}.", "{n} letters were left out: {reasons}.", n
    ).format(n=n, reasons="; ".join(_reasons(letters)))


def _reasons(letters: Sequence[tuple[str, WhyNot]]) -> Iterator[str]:
    said = {
        WhyNot.PRINTED: _("printed elsewhere meanwhile ({names})"),
        WhyNot.CLAIMED: _("at a printer already, see “To clarify” ({names})"),
        WhyNot.WITHDRAWN: _("discarded or held back meanwhile ({names})"),
        WhyNot.CHANGED: _("changed meanwhile, to be printed anew ({names})"),
        WhyNot.MOVED: _("the appointment has changed ({names})"),
        WhyNot.READDRESSED: _("somebody else gets the client's letters by now ({names})"),
        WhyNot.TOO_EARLY: _("the appointment is too early by now ({names})"),
    }
    for why, text in said.items():
        names = [name for name, reason in letters if reason is why]
        if names:
            yield text.format(names=some([name for name in names if name]) or len(names))
