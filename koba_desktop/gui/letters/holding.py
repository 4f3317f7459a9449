"""Letters that cannot be printed: held with their reasons, one after the other."""

from collections.abc import Callable, Sequence
from enum import Enum, auto

from PySide6.QtCore import QObject

from koba_desktop.domain.errors import Conflict, NotFound, Refused
from koba_desktop.domain.vocabulary import LetterState
from koba_desktop.gui.desk import Desk
from koba_desktop.services.commands import HoldLetter
from koba_desktop.services.execution import Actor
from koba_desktop.services.letters.printing import Refusal, hold_details_of, hold_reason_of


class Became(Enum):
    HELD = auto()
    BLOCKED = auto()  # left to the responsible advisor
    STAYED = auto()  # it was printed before: only this once it cannot be
    CHANGED = auto()  # by somebody else, meanwhile: it is tried anew when it is printed again


def hold(
    desk: Desk,
    owner: QObject,
    refused: Sequence[Refusal],
    actor: Actor,
    *,
    each: Callable[[Refusal, Became], None],
    then: Callable[[], None],
    failed: Callable[[Exception], None],
) -> None:
    """Hold the letters; ``each`` is told what became of one, ``then`` is called after the last."""
    if not refused:
        then()
        return
    one, rest = refused[0], refused[1:]
    letter = one.view.letter

    def go_on(became: Became) -> None:
        each(one, became)
        hold(desk, owner, rest, actor, each=each, then=then, failed=failed)

    if one.error.code == "blocked_address":
        go_on(Became.BLOCKED)
        return
    if letter.state is not LetterState.PENDING:
        go_on(Became.STAYED)
        return

    def fail(failure: Exception) -> None:
        if isinstance(failure, (Conflict, Refused, NotFound)):
            go_on(Became.CHANGED)
        else:
            failed(failure)

    desk.execute(
        HoldLetter(
            letter_id=letter.id,
            version=letter.version,
            reason=hold_reason_of(one.error),
            details=hold_details_of(one.error),
        ),
        owner=owner,
        done=lambda _receipt: go_on(Became.HELD),
        failed=fail,
        actor=actor,
    )
