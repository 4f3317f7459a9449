"""Errors of the domain carry a stable English code and parameters; the screen words them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or stands in the way.

    ``code`` is stable English snake_case, ``params`` fill the message of that code
    (``koba_desktop.i18n.messages``), ``where`` names the field, row, option or id.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""


class OfficeError(Exception):
    """An expected refusal: the program is right, and so is the user to be told why."""

    def __init__(self, code: str, where: str = "", **params: Any) -> None:
        super().__init__(code, params)
        self.problems: tuple[Problem, ...] = (Problem(code, params, where),)

    @property
    def code(self) -> str:
        return self.problems[0].code


class Refused(OfficeError):
    """A rule says no. All the problems found are listed, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        Exception.__init__(self, *(p.code for p in problems))
        self.problems = problems


class NotFound(OfficeError):
    """The row is not there (any more)."""


class Taken(OfficeError):
    """The database refused an overlap: ``place_taken``, ``advisor_taken``, ``client_taken``, or
    ``place_in_use`` where somebody is still in there."""


class Conflict(OfficeError):
    """Somebody changed the row since it was read.

    Params: ``kind`` (record class name), ``changed_by`` (staff id or None), ``changed_at``;
    ``theirs`` is the row as it stands now (None if it is gone).
    """

    def __init__(self, kind: str, theirs: Any, **params: Any) -> None:
        super().__init__("conflict", kind=kind, **params)
        self.theirs = theirs


class Unavailable(OfficeError):
    """The database cannot be used now: what was typed stays typed."""
