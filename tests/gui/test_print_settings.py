"""What is remembered of printing each kind of paper, and how a pile is divided by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.gui.printing.settings import (
    PrinterShare,
    Printout,
    follow_usual,
    grouped,
    has_own,
    remember,
    settings_for,
)
from koba_desktop.services.ports import PrintSettings

POST = "HBS-1.OG-Post"
SLOW = "HBS-EG"


@pytest.fixture(autouse=True)
def _settings(qapp: object, tmp_path: Path) -> Iterator[None]:
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    yield
    QSettings().clear()


def test_where_nobody_chose_there_is_no_printer() -> None:
    assert settings_for(LetterKind.SUMMONS) == ("", PrintSettings())
    assert not has_own(LetterKind.SUMMONS)


def test_a_kind_follows_the_usual_settings_until_it_has_its_own() -> None:
    usual = PrintSettings(tray="Tray2")
    remember(Printout.USUAL, POST, usual)
    assert settings_for(LetterKind.SUMMONS) == (POST, usual)
    own = PrintSettings(tray="Letterhead", duplex=True, copies=2)
    remember(LetterKind.SUMMONS, SLOW, own)
    assert settings_for(LetterKind.SUMMONS) == (SLOW, own)
    assert settings_for(LetterKind.PERSONAL) == (POST, usual)
    assert has_own(LetterKind.SUMMONS)
    follow_usual(LetterKind.SUMMONS)
    assert settings_for(LetterKind.SUMMONS) == (POST, usual)


def test_what_is_remembered_outlives_the_program() -> None:
    own = PrintSettings(tray="Fach 2 (Briefkopf)", duplex=True, copies=3)
    remember(Printout.DAY_LIST, "Drucker Ü/2", own)
    QSettings().sync()
    written = QSettings().fileName()
    assert "day_list" in Path(written).read_text(encoding="utf-8")
    assert settings_for(Printout.DAY_LIST) == ("Drucker Ü/2", own)


@pytest.mark.parametrize(
    ("written", "read"), [("0", 1), ("-4", 1), ("two", 1), ("9999", 20), ("2", 2)]
)
def test_copies_somebody_wrote_into_the_file_stay_sensible(written: str, read: int) -> None:
    remember(Printout.USUAL, POST, PrintSettings())
    QSettings().setValue("printing/usual/copies", written)
    assert settings_for(Printout.USUAL) == (POST, PrintSettings(copies=read))


def test_printers_chosen_before_there_were_settings_by_kind_are_kept() -> None:
    QSettings().setValue("letters/printer", POST)
    QSettings().setValue("reception/printer", SLOW)
    assert settings_for(LetterKind.PERSONAL) == (POST, PrintSettings())
    assert settings_for(Printout.DOOR_PLAN) == (SLOW, PrintSettings())
    follow_usual(Printout.DOOR_PLAN)
    assert settings_for(Printout.DOOR_PLAN) == (POST, PrintSettings())


def test_a_pile_is_divided_by_printer_and_way_of_printing() -> None:
    usual, letterhead = PrintSettings(), PrintSettings(tray="Letterhead")
    remember(Printout.USUAL, POST, usual)
    remember(LetterKind.SUMMONS, POST, letterhead)
    remember(LetterKind.CONFIRMATION, POST, usual)
    pile = [
        ("a", LetterKind.PERSONAL),
        ("b", LetterKind.SUMMONS),
        ("c", LetterKind.CONFIRMATION),
        ("d", LetterKind.SUMMONS),
    ]
    assert grouped(pile, lambda item: item[1]) == (
        PrinterShare(POST, usual, (pile[0], pile[2])),
        PrinterShare(POST, letterhead, (pile[1], pile[3])),
    )
