"""What the command line needs of the outside; ``bootstrap.admin`` fills it in.

``bootstrap.admin`` ends with ``sys.exit(cli.app.run(wiring, sys.argv[1:]))``.

Every function may raise OfficeError (``Unavailable`` where the database or its key cannot be
used); the command line words it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from koba_desktop.domain.errors import Problem
from koba_desktop.services.clients.reading import ClientReader
from koba_desktop.services.facade import Services
from koba_desktop.services.ports import DoorPlanRenderer, LetterRenderer

Progress = Callable[[int, int], None]
"""Called with (done, of how many) while a long work runs."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which database: a URL or a path (None: the one of the configuration), and its key's file.

    Without ``key_file`` the key comes from KOBA_DATABASE_KEY or the keyring. ``now`` is the
    instant the services' clock starts at (None: the present).
    """

    database: str | None = None
    key_file: Path | None = None
    now: datetime | None = None


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
class Access:
    """Who signs in to a shared database that is moved as a whole: a login that owns it.

    Without ``password_file`` the password comes from KOBA_PASSWORD or is asked for.
    """

    login: str = ""
    password_file: Path | None = None


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


StoreOut = Callable[[Target, Access, Path, Path | None, Progress], Moved]
StoreIn = Callable[[Path, Path | None, Target, Access, Progress], Moved]
StoreMove = Callable[[Target, Target, Access, Progress], Moved]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """The factories and works the commands are a skin over."""

    create: Callable[[Target], Created]  # refuses where a database is already there
    migrate: Callable[[Target], Migrated]
    open_services: Callable[[Target], Services]
    make_demo: Callable[[Services, DemoOrder, Progress], DemoMade]
    read_clients: ClientReader
    renderer: Callable[[], LetterRenderer]
    door_plans: Callable[[], DoorPlanRenderer]
    backup: Callable[[Target, Path | None], BackupMade]  # None: the folder of the backups
    check: Callable[[Target], Sequence[Problem]]  # everything found; empty: all is well
    export_store: StoreOut  # the file, and the file of its key
    import_store: StoreIn
    move_store: StoreMove  # from, to
