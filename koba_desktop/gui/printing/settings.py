"""Where each kind of paper is printed and how: printer, tray, sides, copies. Remembered on this PC.

A kind without settings of its own follows the usual ones, so that an office with one printer
chooses once. What is remembered may be about a printer that is gone by now: whoever prints looks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QSettings

from koba_desktop.domain.vocabulary import LetterKind
from koba_desktop.i18n import _, ngettext
from koba_desktop.services.ports import PrintSettings

MOST_COPIES = 20

T = TypeVar("T")


class Printout(StrEnum):
    """What is printed besides letters. All that have nothing of their own follow ``USUAL``."""

    USUAL = "usual"
    DAY_LIST = "day_list"
    CALL_LIST = "call_list"
    DOOR_PLAN = "door_plan"
    EMERGENCY_LIST = "emergency_list"
    REPLY_SLIPS = "reply_slips"


Printed = LetterKind | Printout
Way = tuple[str, PrintSettings]
"""A printer ("" where there is none) and how to print there."""

# Where a printer was remembered before there were settings for each kind.
_FORMER: dict[Printed, str] = {
    Printout.USUAL: "letters/printer",
    Printout.DOOR_PLAN: "reception/printer",
    Printout.EMERGENCY_LIST: "emergency_list/printer",
}


@dataclass(frozen=True, slots=True)
class PrinterShare(Generic[T]):
    """What goes to one printer in one job. ``printer`` is "" where none was ever chosen."""

    printer: str
    settings: PrintSettings
    items: tuple[T, ...]


def settings_for(kind: Printed) -> Way:
    """The printer ("" where none was ever chosen) and how to print this kind there."""
    return _stored(kind) or _stored(Printout.USUAL) or ("", PrintSettings())


def has_own(kind: Printed) -> bool:
    """Whether the kind has settings of its own; else it follows the usual ones."""
    return _stored(kind) is not None


def remember(kind: Printed, printer: str, settings: PrintSettings) -> None:
    """From now on this kind is printed there and so."""
    store = QSettings()
    store.setValue(_key(kind, "printer"), printer)
    store.setValue(_key(kind, "tray"), settings.tray)
    store.setValue(_key(kind, "duplex"), settings.duplex)
    store.setValue(_key(kind, "copies"), settings.copies)


def follow_usual(kind: Printed) -> None:
    """From now on this kind is printed as the usual settings say."""
    store = QSettings()
    store.remove(f"printing/{kind.value}")
    if kind in _FORMER:
        store.remove(_FORMER[kind])


def grouped(items: Iterable[T], kind_of: Callable[[T], Printed]) -> tuple[PrinterShare[T], ...]:
    """One share for each printer and way of printing, in the order in which they first occur;
    within a share the items keep their order.

    Where the settings say duplex, each letter of a share must begin on a sheet of its own.
    """
    shares: dict[Way, list[T]] = {}
    known: dict[Printed, Way] = {}
    for item in items:
        kind = kind_of(item)
        if kind not in known:
            known[kind] = settings_for(kind)
        shares.setdefault(known[kind], []).append(item)
    return tuple(
        PrinterShare(printer, settings, tuple(group))
        for (printer, settings), group in shares.items()
    )


def way_text(settings: PrintSettings) -> str:
    """How is printed where it is not one-sided and once."""
    parts = [_("both sides")] if settings.duplex else []
    n = settings.copies
    if n > 1:
        parts.append(ngettext("{n} copy", "{n} copies", n).format(n=n))
    return ", ".join(parts)


def no_printer() -> str:
    """What is said where the system knows no printer."""
    return _("No printer was found. Switch it on or connect it, then search again.")


def _stored(kind: Printed) -> Way | None:
    store = QSettings()
    printer = str(store.value(_key(kind, "printer"), ""))
    if not printer:
        former = str(store.value(_FORMER[kind], "")) if kind in _FORMER else ""
        return (former, PrintSettings()) if former else None
    copies = str(store.value(_key(kind, "copies"), 1))
    return printer, PrintSettings(
        tray=str(store.value(_key(kind, "tray"), "")),
        duplex=bool(store.value(_key(kind, "duplex"), False, type=bool)),
        copies=min(max(int(copies), 1), MOST_COPIES) if copies.isdecimal() else 1,
    )


def _key(kind: Printed, what: str) -> str:
    return f"printing/{kind.value}/{what}"
