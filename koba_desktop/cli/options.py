"""Options that several commands have.

Each is made when a command is: what help says of it is in the language of the run.
"""

from typing import Any

import typer

from koba_desktop.cli.values import day_of
from koba_desktop.i18n import _


def output(help_text: str | None = None) -> Any:
    """The file a command writes."""
    return typer.Option("--output", help=help_text or _("The file to write."))


def force() -> Any:
    return typer.Option("--force", help=_("Replace the file if there is one."))


def office(help_text: str | None = None) -> Any:
    return typer.Option("--office", help=help_text or _("Name of the office."))


def advisor(help_text: str | None = None) -> Any:
    return typer.Option("--advisor", metavar="LOGIN", help=help_text or _("Login of the advisor."))


def acting(help_text: str) -> Any:
    """Who acts; ``help_text`` says as what."""
    return typer.Option("--as", metavar="LOGIN", help=help_text)


def day(help_text: str, name: str = "--day") -> Any:
    return typer.Option(name, metavar="ISO", parser=day_of, help=help_text)
