"""The command line: what ``koba-desktop-admin`` is made of."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.bootstrap.access import Accesses, ask_secret, secret_in
from koba_desktop.bootstrap.server import ServerWorks
from koba_desktop.bootstrap.transfer import TransferWorks
from koba_desktop.bootstrap.users import UserWorks
from koba_desktop.configuration import Configuration, database_path
from koba_desktop.domain.errors import OfficeError, Problem, Refused, Unavailable

if TYPE_CHECKING:
    from koba_desktop.cli.wiring import (
        BackupMade,
        Checked,
        Created,
        DemoMade,
        DemoOrder,
        Migrated,
        Progress,
        Target,
    )
    from koba_desktop.services.facade import Services
    from koba_desktop.services.ports import (
        DoorPlanRenderer,
        LetterRenderer,
        PaperRenderer,
        ProofPageRenderer,
    )
    from koba_desktop.system.folders import Folders


def admin() -> None:
    """``koba-desktop-admin``."""
    from koba_desktop.cli import app
    from koba_desktop.cli.wiring import Wiring
    from koba_desktop.exchange.clients_csv import read_clients
    from koba_desktop.i18n import activate

    folders = parts.standard_folders()
    activate("de")
    try:
        configuration = parts.configuration(folders, None)
    except OfficeError as error:
        from koba_desktop.i18n.messages import describe

        print(describe(error), file=sys.stderr)
        sys.exit(1)
    works = AdminWorks(folders, configuration)
    transfers = TransferWorks(works, works.accesses)
    users = UserWorks(works)
    wiring = Wiring(
        create=works.create,
        migrate=works.migrate,
        open_services=works.open_services,
        make_demo=works.make_demo,
        read_clients=read_clients,
        renderer=_renderer,
        door_plans=_door_plans,
        papers=_papers,
        proof_pages=_proof_pages,
        backup=works.backup,
        check=works.check,
        export_store=transfers.export_store,
        import_store=transfers.import_store,
        move_store=transfers.move,
        add_user=users.add,
        all_users=users.all,
        allow_user=users.allow,
        reset_user=users.reset,
        ask_secret=ask_secret,
        secret_in=secret_in,
    )
    sys.exit(app.run(wiring, sys.argv[1:], language=configuration.language or "de"))


def require_empty(services: "Services") -> None:
    """Raises Refused ``database_not_empty``."""
    from koba_desktop.domain.entities.office import Office

    with services.view() as view:
        if view.reader.find(Office, limit=1):
            raise Refused(Problem("database_not_empty"))


def fill_with_demo(
    services: "Services", order: "DemoOrder", progress: Callable[[int, int], None]
) -> "DemoMade":
    """Invented people for an empty database. Raises Refused ``database_not_empty``."""
    from koba_desktop.cli.wiring import DemoMade
    from koba_desktop.letters.letter.texts import shipped_templates
    from koba_desktop.services.demo.making import make_demo

    require_empty(services)
    made = make_demo(
        services.store,
        services.clock.now(),
        services.holidays,
        shipped_templates(),
        clients=order.clients,
        appointments=order.appointments,
        seed=order.seed,
        until=order.until,
        progress=progress,
    )
    return DemoMade(clients=made.clients, appointments=made.appointments)


def _renderer() -> "LetterRenderer":
    from koba_desktop.letters.letter.render import Renderer

    return Renderer()


def _door_plans() -> "DoorPlanRenderer":
    from koba_desktop.letters.sheets.door_plan import DoorPlans

    return DoorPlans()


def _proof_pages() -> "ProofPageRenderer":
    from koba_desktop.letters.sheets.proof_page import ProofPages

    return ProofPages()


def _papers() -> "PaperRenderer":
    from koba_desktop.letters.sheets.papers import Papers

    return Papers()


class AdminWorks:
    """What the administration's commands do with the database they name."""

    def __init__(self, folders: "Folders", configuration: Configuration) -> None:
        self._folders = folders
        self._configuration = configuration
        self.accesses = Accesses(configuration)
        self._server = ServerWorks(self.accesses)

    def create(self, target: "Target", create_database: bool = False) -> "Created":
        from koba_desktop.cli.wiring import Created
        from koba_desktop.storage.schema import HEAD
        from koba_desktop.system.recovery import recovery_key

        if self.accesses.is_shared(target):
            return self._server.create(target, create_database)
        if not target.database and not self._configuration.database:
            self._folders.make()
        path = self.path(target)
        store, key = parts.create_database(path, self.key_file(target))
        store.close()
        return Created(database=str(path), schema=HEAD, recovery_key=recovery_key(key))

    def migrate(self, target: "Target") -> "Migrated":
        from koba_desktop.cli.wiring import Migrated
        from koba_desktop.storage.files import open_store
        from koba_desktop.storage.schema import HEAD

        if self.accesses.is_shared(target):
            return self._server.migrate(target)
        path, key = self.path_and_key(target)
        before = HEAD
        try:
            store = open_store(path, key, upgrade=False)
        except Unavailable as error:
            if error.code != "database_older":
                raise
            before = str(error.problems[0].params["found"])
            store = open_store(path, key)
        try:
            parts.bring_wordings(store, parts.starting_clock(target.now).now())
        finally:
            store.close()
        return Migrated(before=before, after=HEAD)

    def open_services(self, target: "Target", *, as_owner: bool | None = False) -> "Services":
        """``as_owner``: as ``ServerWorks`` says; a local database has no owner but its key."""
        from koba_desktop.storage.files import open_store

        if self.accesses.is_shared(target):
            return self._server.open_services(target, as_owner=as_owner)
        path, key = self.path_and_key(target)
        return parts.services(
            open_store(path, key, upgrade=False), parts.starting_clock(target.now)
        )

    def acts_as_owner(self, target: "Target") -> bool:
        """Whether the login that signs in owns the shared database."""
        return self.accesses.is_shared(target) and self._server.acts_as_owner(target)

    def make_demo(self, target: "Target", order: "DemoOrder", progress: "Progress") -> "DemoMade":
        """Raises Refused: ``database_not_empty``, ``owner_needed``."""
        services = self.open_services(target, as_owner=True)
        try:
            require_empty(services)
            if self.accesses.is_shared(target):
                self._server.set_clock(target)
            return fill_with_demo(services, order, progress)
        finally:
            services.store.close()

    def backup(self, target: "Target", file: Path | None) -> "BackupMade":
        from koba_desktop.cli.wiring import BackupMade
        from koba_desktop.storage.backup import backup, backup_now
        from koba_desktop.storage.files import open_store
        from koba_desktop.system.clock import SystemClock

        if self.accesses.is_shared(target):
            raise Refused(Problem("backup_by_server", where="backup"))
        path, key = self.path_and_key(target)
        open_store(path, key, upgrade=False).close()
        if file is None:
            file = backup_now(path, key, SystemClock().now())
        else:
            backup(path, key, file)
        return BackupMade(file=file, bytes=file.stat().st_size, verified=True)

    def check(self, target: "Target", seal: bool = False) -> "Checked":
        """Raises Refused ``shared_only`` for the seal of a local database's audit."""
        from koba_desktop.cli.wiring import Checked
        from koba_desktop.storage.check import check
        from koba_desktop.storage.files import open_store

        if self.accesses.is_shared(target):
            return self._server.check(target, seal)
        if seal:
            raise Refused(Problem("shared_only", where="--seal"))
        path, key = self.path_and_key(target)
        store = open_store(path, key, upgrade=False)
        try:
            return Checked(check(store))
        finally:
            store.close()

    def path(self, target: "Target") -> Path:
        return database_path(
            target.database or self._configuration.database, self._folders.database
        )

    def key_file(self, target: "Target") -> Path | None:
        return target.key_file or self._configuration.key_file

    def path_and_key(self, target: "Target") -> tuple[Path, str]:
        from koba_desktop.storage.files import require_usable

        path = self.path(target)
        require_usable(path)
        try:
            return path, parts.key_of(path, self.key_file(target), "")
        except Unavailable as error:
            if error.code != "passphrase_needed" or not sys.stdin.isatty():
                raise
        from getpass import getpass

        from koba_desktop.i18n import _

        return path, parts.key_of(path, None, getpass(_("Passphrase: ")))
