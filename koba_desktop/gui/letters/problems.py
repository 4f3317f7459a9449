"""What stands against a letter, in words, and the one click that puts it right."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.postcodes import Proposal
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import HoldReason, LetterKind
from koba_desktop.gui.allowed import may
from koba_desktop.gui.desk import AppointmentRequest, ClientRequest, Desk
from koba_desktop.gui.letters.mending import Place, place_of
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import message
from koba_desktop.services.commands import Command, CreateLetter, ReleaseLetter, VoidLetter
from koba_desktop.services.letters.choosing import BINDING
from koba_desktop.services.letters.kinds import PAPER
from koba_desktop.services.letters.outbox import (
    ADDRESS_HIDDEN,
    ADDRESS_WANTED,
    BEING_PRINTED,
    PERHAPS_PRINTED,
    OutboxItem,
)
from koba_desktop.services.letters.wordings import WordingKey
from koba_desktop.services.rows import OutboxRow


@dataclass(frozen=True, slots=True)
class Remedy:
    """A label and what it does; the first of several may have an icon. ``aside``: wanted so rarely
    that it stands in the context menu only."""

    label: str
    act: Callable[[], None]
    icon: str = ""
    aside: bool = False


def problem_text(item: OutboxItem) -> str:
    """Why the letter cannot leave, as a sentence; each missing part of an address is named."""
    params = item.problem_params or {}
    if item.problem == HoldReason.ADDRESS_INCOMPLETE and params.get("codes"):
        parts = [message(Problem(code)) for code in params["codes"]]
        return " ".join([*parts, _proposal_text(item.postcode)] if item.postcode else parts)
    code = item.problem or ""
    if code == HoldReason.UNPRINTABLE_CHARACTER and place_of(code, params) is not Place.ADDRESS:
        code = "character_not_in_font"  # not in the client's data
    return message(Problem(code, params))


class Doing(Protocol):
    """Who carries out what helps."""

    def execute(self, command: Command, text: str) -> None:
        """A command with its quiet line."""

    def take_postcode(self, row: OutboxRow, postcode: str) -> None:
        """Complete the client's address: letters that wait for it go on by themselves."""

    def tell_sheets(self, row: OutboxRow, *, here: bool, all_of_them: bool) -> None:
        """Whether what a run took to a printer came out: this letter, or all of that run."""

    def move(self, row: OutboxRow) -> None:
        """Give the appointment the first time a letter posted next can announce, and say so."""


def remedies(desk: Desk, item: OutboxItem, do: Doing) -> tuple[Remedy, ...]:
    """What helps, the likeliest first."""
    row, execute = item.row, do.execute
    check_again = Remedy(
        _("Check again"),
        lambda: execute(
            ReleaseLetter(letter_id=row.id, version=row.version), _("The letter was checked again.")
        ),
    )
    street = ClientRequest(row.client_id, "street")
    open_client = Remedy(
        _("Open the address"), lambda: desk.edit_client_requested.emit(street), "pencil"
    )
    discard = Remedy(
        _("Discard the letter"),
        lambda: execute(
            VoidLetter(letter_id=row.id, version=row.version),
            _("Letter discarded: {name}").format(name=row.recipient),
        ),
    )
    if item.problem in (BEING_PRINTED, PERHAPS_PRINTED):
        return _looked(item, do)
    if item.problem == ADDRESS_HIDDEN:
        return (discard,)
    if item.problem == ADDRESS_WANTED:
        release = Remedy(
            _("Release with the address"),
            lambda: execute(
                ReleaseLetter(letter_id=row.id, version=row.version),
                _("The letter was released with the address."),
            ),
            "letter",
        )
        return (release, discard)
    appointment_id = row.appointment_id
    if item.problem == HoldReason.APPOINTMENT_MOVED and appointment_id is not None:
        # Paper can be answered by other paper only, and names what the client may know already.
        paper = row.state in PAPER
        away = () if paper else (discard,)
        if not row.appointment_active or row.kind is LetterKind.CANCELLATION:
            return away
        kind = LetterKind.CHANGED_TELEPHONE if paper else row.kind
        renew = Remedy(
            _("New letter with the present time"),
            lambda: execute(
                CreateLetter(appointment_id=appointment_id, kind=kind),
                _("A new letter lies in the outbox."),
            ),
            "letter",
        )
        return (renew, *away)
    if item.problem == HoldReason.SLOT_TOO_EARLY and appointment_id is not None:
        move = Remedy(_("New time, new letter"), lambda: do.move(row), "letter")
        later = Remedy(
            _("Choose the time yourself…"),
            lambda: desk.edit_appointment_requested.emit(
                AppointmentRequest(appointment_id=appointment_id)
            ),
        )
        call = Remedy(_("Call"), lambda: desk.call_requested.emit(row.client_id))
        return (move, later, call) if may(desk, Right.CALL) else (move, later)
    postcode = item.postcode.postcode if item.postcode is not None else ""
    if postcode and may(desk, Right.KEEP_CLIENTS):
        take = Remedy(
            _("Take {postcode}").format(postcode=postcode),
            lambda: do.take_postcode(row, postcode),
            "tick",
        )
        return (take, replace(open_client, icon=""))
    opening = _opening(desk, item, open_client)
    return (opening, check_again) if opening is not None else (check_again, discard)


def _looked(item: OutboxItem, do: Doing) -> tuple[Remedy, ...]:
    """Whoever has looked at the printer says what lies there; of a stack mostly in one go. While
    somebody else may be at it nobody is asked."""
    busy = item.problem == BEING_PRINTED
    row, n = item.row, (item.problem_params or {}).get("together", 1)

    def remedy(text: str, here: bool, all_of_them: bool, icon: str = "") -> Remedy:
        return Remedy(
            text,
            lambda: do.tell_sheets(row, here=here, all_of_them=all_of_them),
            icon,
            aside=busy or (n > 1 and not all_of_them),
        )

    if n == 1:
        return (
            remedy(_("The sheets are here"), True, False, "tick"),
            remedy(_("Nothing came out"), False, False),
        )
    return (
        remedy(_("All {n} are here").format(n=n), True, True, "tick"),
        remedy(_("None of the {n} came out").format(n=n), False, True),
        remedy(_("This one is here"), True, False),
        remedy(_("This one did not come out"), False, False),
    )


def _proposal_text(proposal: Proposal) -> str:
    place = ", ".join(filter(None, (proposal.street, proposal.town)))
    return _("{postcode} belongs to “{place}”.").format(postcode=proposal.postcode, place=place)


def _opening(desk: Desk, item: OutboxItem, open_client: Remedy) -> Remedy | None:
    """What opens the place where it can be put right, for who may do that."""
    row = item.row
    match place_of(item.problem or "", item.problem_params or {}):
        case Place.ADDRESS:
            return open_client
        case Place.WORDING if may(desk, Right.SAVE_MASTER_DATA):
            which = WordingKey(row.kind, BINDING, row.variant)
            return Remedy(
                _("Open the wording"), lambda: desk.wording_requested.emit(which), "pencil"
            )
        case Place.OFFICE if may(desk, Right.SAVE_MASTER_DATA):
            return Remedy(_("Open the office data"), desk.office_data_requested.emit, "pencil")
    return None
