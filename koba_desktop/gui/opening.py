"""What the window is given once a database is open. ``bootstrap`` makes it, on a worker thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from koba_desktop.domain.clock import Clock
    from koba_desktop.domain.errors import OfficeError
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.facade import Services
    from koba_desktop.services.office.book import OfficeBook
    from koba_desktop.services.ports import (
        DoorPlanRenderer,
        EmergencyListRenderer,
        LetterRenderer,
        PagePreview,
        Printers,
    )

Progress = Callable[[str, int, int], None]
"""Called with a text, how much is done and of how much (0 of 0: unknown). From any thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open database with all that belongs to it. ``os_user`` is the login of this PC.

    ``advance`` puts the clock of a demo forward to an instant (UTC); None outside demos.
    ``first`` is who a demo begins as.
    ``warm_up`` loads what the first letter would wait for (slow; not on the GUI thread).
    ``recovery_key`` is that of a database without an office, to be shown while it is set up.
    ``backup_failed`` says why there is no automatic copy of the day.
    ``close`` ends all connections and removes what is temporary.
    """

    services: "Services"
    book: "OfficeBook"
    renderer: "LetterRenderer"
    printers: "Printers"
    pages: "PagePreview"
    place: str
    os_user: str
    close: Callable[[], None]
    advance: Callable[[datetime], None] | None = None
    first: "Actor | None" = None
    recovery_key: str = ""
    backup_failed: "OfficeError | None" = None
    warm_up: Callable[[], None] | None = None
    door_plans: "DoorPlanRenderer | None" = None
    emergency_lists: "EmergencyListRenderer | None" = None


Open = Callable[[Progress, str], Opened]
"""Opens the database. The text is the passphrase where one was asked for, else "".

Raises OfficeError where the database cannot be used; ``passphrase_needed`` and
``passphrase_wrong`` ask for another attempt with one.
"""


@dataclass(frozen=True, slots=True)
class Demo:
    """A demonstration to be shown; ``settings`` is a folder for the window's settings that goes
    with it."""

    open: Open
    settings: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStart:
    """There is no database on this PC and none was named: what can be done about it.

    Nothing is written before ``found`` or ``demo`` is called. ``place`` is where the database of
    this PC will lie. ``survey`` (slow; not on the GUI thread) tells whether a passphrase has to
    lock the key, of ``shortest_passphrase`` characters or more; it raises Unavailable where the
    place is no good. ``found`` makes the database and opens it; its text is that passphrase, or "".
    """

    place: Path
    clock: "Clock"
    survey: Callable[[], bool]
    shortest_passphrase: int
    found: Open
    demo: Callable[[], Demo]
