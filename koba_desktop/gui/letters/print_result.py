"""How far a print run is, and what became of it."""

from dataclasses import dataclass
from uuid import UUID

from koba_desktop.domain.errors import OfficeError
from koba_desktop.services.letters.claiming import WhyNot


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: letters that are done with of ``count``; ``printer`` is empty while a stack
    is being prepared. ``stopping``: it ends after the stack that is at the printer."""

    done: int
    count: int
    printer: str = ""
    stopping: bool = False


@dataclass(frozen=True, slots=True)
class PrintResult:
    """What became of a run; letters by the names of their recipients, as a message tells them.

    ``held`` were refused by the checks and say in the outbox what is to be clarified; ``refused``
    are copies of printed letters that cannot be printed once more. ``blocked`` may only be printed
    by the responsible advisor; ``overtaken`` were changed by somebody while they were being
    printed, so that their paper is not right any more; ``left_out`` were not printed because of
    what somebody did meanwhile, or of the time. ``left`` were not printed, because a person
    stopped or because of ``failure``, the first of them to ``first_left``; ``again``: they were
    wanted once more. ``unsaved`` are on paper, but it could not be remembered; ``unsure`` may come
    out of the printer yet.
    """

    printed: int = 0
    held: tuple[str, ...] = ()
    refused: tuple[tuple[str, OfficeError], ...] = ()
    blocked: int = 0
    overtaken: tuple[str, ...] = ()
    left_out: tuple[tuple[str, WhyNot], ...] = ()
    left: tuple[UUID, ...] = ()
    first_left: str = ""
    again: bool = False
    failure: Exception | None = None
    unsaved: int = 0
    unsure: int = 0
