"""What stands against a letter, in words, and the one click that puts it right."""

from collections.abc import Callable
from dataclasses import dataclass

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import HoldReason
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import message
from koba_desktop.services.commands import Command, CreateLetter, ReleaseLetter
from koba_desktop.services.letters.outbox import OutboxItem

OF_ADDRESS = frozenset(
    {
        HoldReason.ADDRESS_MISSING,
        HoldReason.ADDRESS_INCOMPLETE,
        HoldReason.ADDRESS_RETURNED,
        HoldReason.ADDRESS_DOES_NOT_FIT,
        HoldReason.UNPRINTABLE_CHARACTER,
    }
)


@dataclass(frozen=True, slots=True)
class Remedy:
    """A label and what it does."""

    label: str
    act: Callable[[], None]


def problem_text(item: OutboxItem) -> str:
    """Why the letter cannot leave, as a sentence."""
    return message(Problem(item.problem or "", item.problem_params or {}))


def remedies(
    desk: Desk, item: OutboxItem, execute: Callable[[Command, str], None]
) -> tuple[Remedy, ...]:
    """What helps, the likeliest first. ``execute`` carries a command out with its message."""
    row = item.row
    check_again = Remedy(
        _("Check again"),
        lambda: execute(
            ReleaseLetter(letter_id=row.id, version=row.version), _("The letter was checked again.")
        ),
    )
    open_client = Remedy(
        _("Open the address"), lambda: desk.edit_client_requested.emit(row.client_id)
    )
    if item.problem in OF_ADDRESS:
        return (open_client, check_again)
    if row.appointment_id is None:
        return (check_again,)
    appointment_id = row.appointment_id
    if item.problem == HoldReason.APPOINTMENT_MOVED:
        return (
            Remedy(
                _("New letter with the present time"),
                lambda: execute(
                    CreateLetter(appointment_id=appointment_id, kind=row.kind),
                    _("A new letter lies in the outbox."),
                ),
            ),
        )
    if item.problem == HoldReason.SLOT_TOO_EARLY:
        return (
            Remedy(
                _("Choose a later time…"),
                lambda: desk.edit_appointment_requested.emit(
                    AppointmentRequest(appointment_id=appointment_id)
                ),
            ),
        )
    return (check_again, open_client)
