"""What the check of the envelope's window found, as a refusal of the letter."""

from collections.abc import Sequence

from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.services.ports import Violation


def window_problem(violations: Sequence[Violation], where: str = "") -> Problem:
    """``window_check_failed`` with what was ``found``."""
    found = "; ".join(str(violation) for violation in violations)
    return Problem("window_check_failed", {"found": found}, where)


def require_window(violations: Sequence[Violation], where: str = "") -> None:
    """Raises Refused ``window_check_failed`` where any rule is broken."""
    if violations:
        raise Refused(window_problem(violations, where))
