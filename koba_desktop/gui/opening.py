"""What the window is given once a database is open. ``bootstrap`` makes it, on a worker thread."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from koba_desktop.domain.clock import Clock
    from koba_desktop.domain.errors import OfficeError
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.facade import Services
    from koba_desktop.services.office.book import OfficeBook
    from koba_desktop.services.outage.facade import SharedServices
    from koba_desktop.services.ports import (
        DoorPlanRenderer,
        EmergencyListRenderer,
        LetterRenderer,
        PagePreview,
        PaperRenderer,
        Printers,
        ProofPageRenderer,
        WordingDesk,
    )

Progress = Callable[[str, int, int], None]
"""Called with a text, how much is done and of how much (0 of 0: unknown). From any thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Whose login opened the shared database: the login is the person.

    ``server`` is what the database is called. ``clock_skew`` is the server's clock minus this PC's.
    ``change_password`` (slow) takes the old and the new one, of ``shortest_password`` characters or
    more, and returns whether the keyring, where it keeps the password, has the new one; it raises
    Refused ``password_short``, Unavailable ``password_wrong`` and what the server's absence says.
    ``not_remembered`` says why the keyring does not keep a password it was to keep, ``no_outage``
    why nothing can be kept on this PC for an outage.
    """

    server: str
    staff_id: UUID
    clock_skew: timedelta
    change_password: Callable[[str, str], bool]
    shortest_password: int
    not_remembered: "OfficeError | None" = None
    no_outage: "OfficeError | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open database with all that belongs to it. ``os_user`` is the login of this PC.

    ``advance`` puts the clock of a demo forward to an instant (UTC); None outside demos.
    ``first`` is who a demo begins as.
    ``warm_up`` begins what need not be there before the window is filled, and loads what the first
    letter would wait for (slow; not on the GUI thread).
    ``recovery_key`` is that of a database without an office, to be shown while it is set up.
    ``backup_failed`` says why there is no automatic copy of the day.
    ``close`` ends all connections and removes what is temporary.
    ``seat`` is there on the shared database. ``outage`` are its services once more, where this PC
    can go on without the server.
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
    papers: "PaperRenderer | None" = None
    wordings: "WordingDesk | None" = None
    proof_pages: "ProofPageRenderer | None" = None
    seat: Seat | None = None
    outage: "SharedServices | None" = None


Open = Callable[[Progress, str], Opened]
"""Opens the database. The text is the passphrase where one was asked for, else "".

Raises OfficeError where the database cannot be used; ``passphrase_needed`` and
``passphrase_wrong`` ask for another attempt with one.
"""


@dataclass(frozen=True, slots=True)
class ServerNamed:
    """A shared database as somebody types it: the server with its port, if that is not the usual
    one, the database's name, and the file of the authority, "" for those the PC trusts."""

    server: str = ""
    database: str = "koba"
    ca_file: str = ""


Connect = Callable[[ServerNamed], "SignIn"]
"""Writes into the user's configuration where the shared database is; slow. Raises Unavailable
``database_address_malformed``, ``password_in_address``, ``ca_file_missing`` and what writing the
configuration says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHere:
    """What this PC keeps of logins so that they can go on without the server. Slow functions.

    ``holds`` tells whether a login could begin without the server; ``open`` does so with login and
    password and raises Unavailable ``password_wrong``, ``server_away`` where nothing is kept, and
    what the disk says. Where the password was changed elsewhere, ``take_over`` opens what is kept
    with the former one (login, former, present; Unavailable ``vault_password_changed`` where that
    is wrong, too), and ``put_aside`` lets a login begin anew.
    """

    holds: Callable[[str], bool]
    open: Callable[[Progress, str, str], Opened]
    take_over: Callable[[str, str, str], None]
    put_aside: Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The shared database, and how somebody signs in to it. The functions are slow: none of them is
    for the GUI thread.

    ``server`` is what the database is called; ``login`` is preset, "" where the one used last is to
    be offered, or else ``os_user``, the operating system's. With ``password``, named for this run,
    nobody is asked. ``open`` takes login, password and whether the keyring is to keep it, and
    raises Unavailable; None leaves the keyring as it is. ``remembered`` is the password the keyring
    has for a login, or "".
    ``elsewhere`` takes another server, where the user's own configuration named this one
    (``named``). ``kept`` is what is there for a start without the server; ``open`` raises
    ``vault_password_changed`` where it cannot be opened with that password.
    """

    server: str
    encrypted: bool
    login: str
    os_user: str
    can_remember: Callable[[], bool]
    remembered: Callable[[str], str]
    forget: Callable[[str], None]
    open: Callable[[Progress, str, str, bool | None], Opened]
    password: str = field(default="", repr=False)
    named: ServerNamed = ServerNamed()
    elsewhere: Connect | None = None
    kept: KeptHere | None = None


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
    ``connect`` takes a shared database instead.
    """

    place: Path
    clock: "Clock"
    survey: Callable[[], bool]
    shortest_passphrase: int
    found: Open
    demo: Callable[[], Demo]
    connect: Connect
