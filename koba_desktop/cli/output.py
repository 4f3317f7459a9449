"""How a command answers: one JSON document or a few sentences on stdout, all else on stderr."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

from koba_desktop.domain.clock import wall
from koba_desktop.domain.errors import Problem
from koba_desktop.i18n import _
from koba_desktop.i18n.messages import message


def plain(value: Any) -> Any:
    """A value as JSON knows it: ISO days, instants on the office's wall clock with offset."""
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return wall(value).isoformat()
        case date():
            return value.isoformat()
        case UUID() | Path():
            return str(value)
        case Mapping():
            return {str(name): plain(one) for name, one in value.items()}
        case str() | int() | float() | None:
            return value
        case Iterable():
            return [plain(one) for one in value]
    raise TypeError(type(value))


def worded(problem: Problem) -> dict[str, Any]:
    """A problem as the JSON of an error or a finding."""
    return {"code": problem.code, "message": message(problem), "where": problem.where}


@dataclass(frozen=True, slots=True)
class Output:
    """``as_json``: stdout holds exactly one document."""

    as_json: bool

    def answer(self, result: Mapping[str, Any], lines: Iterable[str]) -> None:
        """What the command found or did: ``result`` as JSON, or ``lines`` for people."""
        if self.as_json:
            self._document({"ok": True, "result": plain(result)})
        else:
            for line in lines:
                print(line)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Why nothing was done."""
        errors = [worded(problem) for problem in problems]
        if self.as_json:
            self._document({"ok": False, "errors": errors})
            return
        label = _("Error:")
        for error in errors:
            where = f" [{error['where']}]" if error["where"] else ""
            print(f"{label} {error['message']}{where}", file=sys.stderr)

    def tell(self, line: str) -> None:
        """Something on the side, for people."""
        print(line, file=sys.stderr)

    def progress(self, done: int, of: int) -> None:
        """How far a long work is; drawn only where somebody sees it."""
        if of and sys.stderr.isatty():
            end = "\n" if done >= of else ""
            print(f"\r{done * 100 // of:3d} %", end=end, file=sys.stderr, flush=True)

    def _document(self, document: Mapping[str, Any]) -> None:
        print(json.dumps(document, ensure_ascii=False, indent=2))
