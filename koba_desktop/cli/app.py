"""``koba-desktop-admin``: a thin skin over the services, for the IT department and for scripts.

Exit codes: 0 done, 1 refused for a reason that is told, 2 wrong use.
"""

import sys
import traceback
from collections.abc import Sequence
from typing import Any

import typer
from typer.main import get_command

from koba_desktop.cli.auditing import add_audit_commands
from koba_desktop.cli.database import add_database_commands
from koba_desktop.cli.importing import add_import_commands
from koba_desktop.cli.letters import add_letter_commands
from koba_desktop.cli.output import Output
from koba_desktop.cli.planning import add_mode_commands, add_slot_commands
from koba_desktop.cli.rooms import add_room_commands
from koba_desktop.cli.session import add_root
from koba_desktop.cli.transfer import add_transfer_commands
from koba_desktop.cli.users import add_user_commands
from koba_desktop.cli.wiring import Wiring
from koba_desktop.domain.errors import OfficeError, Problem
from koba_desktop.i18n import _, activate
from koba_desktop.i18n.catalogue import LANGUAGES

NAME = "koba-desktop-admin"
REFUSED = 1
WRONG_USE = 2


def build(wiring: Wiring) -> typer.Typer:
    """All commands, with help in the language in force."""
    app = typer.Typer(
        name=NAME,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    add_root(app, _("Administration of KoBa Desktop: database, import, letters, checks."))
    add_database_commands(app, wiring)
    imports = add_import_commands(app, wiring)
    exports = add_transfer_commands(app, wiring, imports)
    add_audit_commands(exports, wiring)
    add_slot_commands(app, wiring)
    add_room_commands(app, wiring)
    add_letter_commands(app, wiring)
    add_mode_commands(app, wiring)
    add_user_commands(app, wiring)
    return app


def run(wiring: Wiring, arguments: Sequence[str], *, language: str = "de") -> int:
    """Carry out one command line; the exit code. ``language`` holds unless ``--language`` does."""
    wanted = _value_of("--language", arguments) or language
    activate(wanted)
    out = Output("--json" in arguments)
    if wanted not in LANGUAGES:
        problem = Problem(
            "usage_language",
            {"value": wanted, "known": LANGUAGES},
            where="--language",
        )
        out.refuse([problem])
        return WRONG_USE
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code: Any = get_command(build(wiring)).main(
            args=list(arguments), prog_name=NAME, standalone_mode=False
        )
    except OfficeError as error:
        out.refuse(error.problems)
        return REFUSED
    except typer.Abort:
        return REFUSED
    except typer.TyperException as error:
        return _wrong_use(out, error)
    except Exception:
        # A bug. The trace goes to stderr; a script still gets its one document.
        traceback.print_exc()
        out.refuse([Problem("internal_error")])
        return REFUSED
    return code if isinstance(code, int) else 0


def _wrong_use(out: Output, error: typer.TyperException) -> int:
    parameter = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or _name_of(parameter)
    match type(error).__name__:
        case "NoSuchOption":
            problem = Problem("usage_option_unknown", {"name": name}, where=name)
        case "MissingParameter":
            problem = Problem("usage_missing", {"name": name}, where=name)
        case _:
            problem = Problem("usage", {"details": error.format_message()}, where=name)
    out.refuse([problem])
    return WRONG_USE


def _name_of(parameter: Any) -> str:
    """ "--office" of an option, "FILE" of an argument."""
    if parameter is None:
        return ""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    return str(max(parameter.opts, key=len))


def _value_of(option: str, arguments: Sequence[str]) -> str | None:
    """The value an option is given, wherever it stands."""
    for position, argument in enumerate(arguments):
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
        if argument == option and position + 1 < len(arguments):
            return arguments[position + 1]
    return None
