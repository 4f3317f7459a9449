"""Options that several commands have: one name, one help, in the language of the run."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from koba_desktop.cli import options
from koba_desktop.i18n.catalogue import activate


@pytest.mark.parametrize(
    ("make", "name", "said"),
    [
        (options.output, "--output", "Zieldatei."),
        (options.force, "--force", "Vorhandene Datei ersetzen."),
        (options.office, "--office", "Name der Regionalstelle."),
        (options.advisor, "--advisor", "Anmeldename der Beraterin oder des Beraters."),
        (lambda: options.acting("Wer fragt."), "--as", "Wer fragt."),
        (lambda: options.day("Der Tag."), "--day", "Der Tag."),
        (lambda: options.day("Erster Tag.", "--from"), "--from", "Erster Tag."),
    ],
)
def test_an_option_has_one_name_and_says_what_it_is(
    make: Callable[[], Any], name: str, said: str
) -> None:
    activate("en")
    english = make()
    activate("de")
    german = make()
    assert english.default == german.default == name  # typer's place for it in an annotation
    assert german.help == said
    assert english.help == said or english.help != german.help


def test_help_is_made_anew_for_each_command() -> None:
    for _name, function in inspect.getmembers(options, inspect.isfunction):
        if function.__module__ == options.__name__:
            given = ["?"] if "help_text" in inspect.signature(function).parameters else []
            assert function(*given) is not function(*given)
