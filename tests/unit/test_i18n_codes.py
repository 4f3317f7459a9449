"""Every code the program can raise has a sentence."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import HoldReason
from koba_desktop.i18n.messages import known_codes, message
from koba_desktop.storage.errors import _UNAVAILABLE
from koba_desktop.storage.postgres import certificates, errors

PACKAGE = Path(__file__).resolve().parents[2] / "koba_desktop"
RAISED = {"Problem", "Unavailable", "NotFound", "Taken", "OfficeError", "Obstacle", "SlotRefusal"}
NOTED = {"_refuse", "_note"}  # of the reading of files: place first, then code


def codes() -> Iterator[tuple[str, str]]:
    """(code, file) of each code written down where a problem is made."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = 0 if name in RAISED else 1 if name in NOTED else None
            if place is not None and len(node.args) > place:
                for part in _branches(node.args[place]):
                    yield part, path.name


def _branches(argument: ast.expr) -> Iterator[str]:
    """The texts an argument can be: a text, or one of two."""
    if isinstance(argument, ast.IfExp):
        yield from _branches(argument.body)
        yield from _branches(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def test_every_code_has_a_sentence():
    found = dict(codes())
    assert len(found) > 100
    assert {code: file for code, file in found.items() if code not in known_codes()} == {}


def test_every_sentence_has_a_code_that_is_written_down_somewhere():
    said = {"office_messages.py", "program_messages.py", "refusals.py"}
    files = [p for p in PACKAGE.rglob("*") if p.suffix in (".py", ".sql") and p.name not in said]
    words = set(re.findall(r"\w+", "\n".join(p.read_text(encoding="utf-8") for p in files)))
    assert known_codes() - words == set()


def test_what_the_database_says_has_a_sentence():
    assert set(_UNAVAILABLE.values()) <= known_codes()


def test_what_the_shared_database_says_has_a_sentence():
    said = {*errors._AGAIN.values(), *errors._SAID.values(), *certificates._REASONS.values()}
    said |= {code for _pattern, code in errors._CONNECTING}
    assert said <= known_codes()


def test_a_key_that_does_not_fit_names_what_to_do():
    said = message(Problem("wrong_key"))
    assert "--key-file" in said
    assert "--database" in said


def test_every_reason_to_hold_a_letter_back_has_a_sentence():
    assert {reason.value for reason in HoldReason} <= known_codes()
