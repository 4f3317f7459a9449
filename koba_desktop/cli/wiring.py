"""What the command line needs of the outside; ``bootstrap.admin`` fills it in.

``bootstrap.admin`` ends with ``sys.exit(cli.app.run(wiring, sys.argv[1:]))``.

Every function may raise OfficeError (``Unavailable`` where the database or its key cannot be
used); the command line words it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from koba_desktop.domain.entities.staff import Staff, StaffRole
from koba_desktop.domain.errors import Problem
from koba_desktop.services.clients.reading import ClientReader
from koba_desktop.services.facade import Services
from koba_desktop.services.office.users import UserWish
from koba_desktop.services.ports import (
    DoorPlanRenderer,
    LetterRenderer,
    PaperRenderer,
    ProofPageRenderer,
)

Progress = Callable[[int, int], None]
"""Called with (done, of how many) while a long work runs."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who signs in to a shared database.

    Without ``login`` it is KOBA_LOGIN, the configuration's or the system's user; without
    ``password_file`` the password comes from KOBA_PASSWORD or is asked for.
    """

    login: str = ""
    password_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Which database: a URL or a path (None: the one of the configuration), and what opens it.

    A local one by its key: without ``key_file`` it comes from KOBA_DATABASE_KEY or the keyring. A
    shared one by ``access``; ``ca_file`` is the certificate of the authority that signed the
    server's (None: the configuration's). ``now`` is the instant the services' clock starts at
    (None: the present).
    """

    database: str | None = None
    key_file: Path | None = None
    now: datetime | None = None
    access: Access = Access()
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Created:
    """A database made by ``init``. ``recovery_key`` is shown this once ("" where none is used)."""

    database: str
    schema: str
    recovery_key: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The schema's revision before and after; equal where there was nothing to do."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DemoOrder:
    """How much made-up data, from which seed, up to which day (inclusive; None: some weeks
    ahead of the present)."""

    clients: int
    appointments: int
    seed: int
    until: date | None


@dataclass(frozen=True, slots=True)
class DemoMade:
    clients: int
    appointments: int


@dataclass(frozen=True, slots=True)
class BackupMade:
    """``verified``: the copy was opened and checked."""

    file: Path
    bytes: int
    verified: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything found; empty: all is well. ``seal`` is the hash over the audit, where one was
    asked for and there was anything to seal."""

    findings: Sequence[Problem]
    seal: str = ""


@dataclass(frozen=True, slots=True)
class UserOrder:
    """A person to be added. ``office`` is a name (None: the only one). ``password`` is the first of
    a login ("": one is made up); ``acting`` the login of who gives the roles on a local database.
    """

    wish: UserWish
    office: str | None = None
    password: str = field(default="", repr=False)
    acting: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserMade:
    """``login_is_new``: a login of the shared database was made, False: there was one, None: there
    are none here. ``password`` is shown this once ("": none was made up)."""

    login: str
    office: str
    is_new: bool
    office_is_new: bool
    login_is_new: bool | None
    password: str = field(default="", repr=False)


class DatabaseLogin(Protocol):
    """Whether somebody may sign in to the shared database, and connections open now."""

    @property
    def allowed(self) -> bool: ...

    @property
    def connections(self) -> int: ...


@dataclass(frozen=True, slots=True)
class User:
    """A member of the staff; ``roles`` with the name of their office. ``shared``: the database has
    logins, and this one is None where the person has none."""

    member: Staff
    roles: tuple[tuple[StaffRole, str], ...]
    login: DatabaseLogin | None
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An office that arrived in ``database``: rows by table. With ``findings`` nothing was kept.

    ``recovery_key`` is that of a local database that was made ("" for a shared one).
    """

    database: str
    tables: Mapping[str, int]
    seconds: float
    findings: Sequence[Problem] = ()
    recovery_key: str = ""


StoreOut = Callable[[Target, Path, Path | None, Progress], Moved]
StoreIn = Callable[[Path, Path | None, Target, Progress], Moved]
StoreMove = Callable[[Target, Target, Progress], Moved]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """The factories and works the commands are a skin over."""

    create: Callable[[Target, bool], Created]  # True: make the database on the server as well
    migrate: Callable[[Target], Migrated]
    open_services: Callable[[Target], Services]
    make_demo: Callable[[Target, DemoOrder, Progress], DemoMade]
    read_clients: ClientReader
    renderer: Callable[[], LetterRenderer]
    door_plans: Callable[[], DoorPlanRenderer]
    papers: Callable[[], PaperRenderer]
    proof_pages: Callable[[], ProofPageRenderer]
    backup: Callable[[Target, Path | None], BackupMade]  # None: the folder of the backups
    check: Callable[[Target, bool], Checked]  # True: seal the audit first
    export_store: StoreOut  # the file, and the file of its key
    import_store: StoreIn
    move_store: StoreMove  # from, to
    add_user: Callable[[Target, UserOrder], UserMade]
    all_users: Callable[[Target], Sequence[User]]
    allow_user: Callable[[Target, str, bool, str | None], str]  # login, allowed, who acts
    reset_user: Callable[[Target, str, str], tuple[str, str]]  # login, password ("": a new one)
    ask_secret: Callable[[str], str]  # what somebody types unseen
    secret_in: Callable[[Path], str]  # the password in a file
