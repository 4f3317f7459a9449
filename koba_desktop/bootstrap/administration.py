"""The command line: what ``koba-desktop-admin`` is made of."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.bootstrap.transfer import TransferWorks
from koba_desktop.configuration import Configuration, database_path
from koba_desktop.domain.errors import OfficeError, Problem, Refused, Unavailable

if TYPE_CHECKING:
    from koba_desktop.cli.wiring import BackupMade, Created, DemoMade, DemoOrder, Migrated, Target
    from koba_desktop.domain.clock import Clock
    from koba_desktop.services.facade import Services
    from koba_desktop.services.ports import DoorPlanRenderer, LetterRenderer
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
    transfers = TransferWorks(works)
    wiring = Wiring(
        create=works.create,
        migrate=works.migrate,
        open_services=works.open_services,
        make_demo=fill_with_demo,
        read_clients=read_clients,
        renderer=_renderer,
        door_plans=_door_plans,
        backup=works.backup,
        check=works.check,
        export_store=transfers.export_store,
        import_store=transfers.import_store,
        move_store=transfers.move,
    )
    sys.exit(app.run(wiring, sys.argv[1:], language=configuration.language or "de"))


def fill_with_demo(
    services: "Services", order: "DemoOrder", progress: Callable[[int, int], None]
) -> "DemoMade":
    """Invented people for an empty database. Raises Refused ``database_not_empty``."""
    from koba_desktop.cli.wiring import DemoMade
    from koba_desktop.domain.entities.office import Office
    from koba_desktop.letters.texts import shipped_templates
    from koba_desktop.services.demo.making import make_demo

    with services.view() as view:
        if view.reader.find(Office, limit=1):
            raise Refused(Problem("database_not_empty"))
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


def _clock(target: "Target") -> "Clock":
    from koba_desktop.system.clock import OffsetClock, SystemClock

    return OffsetClock(target.now) if target.now else SystemClock()


def _renderer() -> "LetterRenderer":
    from koba_desktop.letters.render import Renderer

    return Renderer()


def _door_plans() -> "DoorPlanRenderer":
    from koba_desktop.letters.door_plan import DoorPlans

    return DoorPlans()


class AdminWorks:
    """What the administration's commands do with the database they name."""

    def __init__(self, folders: "Folders", configuration: Configuration) -> None:
        self._folders = folders
        self._configuration = configuration

    def create(self, target: "Target") -> "Created":
        from koba_desktop.cli.wiring import Created
        from koba_desktop.storage.schema import HEAD
        from koba_desktop.system.recovery import recovery_key

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
            parts.bring_wordings(store, _clock(target).now())
        finally:
            store.close()
        return Migrated(before=before, after=HEAD)

    def open_services(self, target: "Target") -> "Services":
        from koba_desktop.storage.files import open_store

        path, key = self.path_and_key(target)
        return parts.services(open_store(path, key, upgrade=False), _clock(target))

    def backup(self, target: "Target", file: Path | None) -> "BackupMade":
        from koba_desktop.cli.wiring import BackupMade
        from koba_desktop.storage.backup import backup, backup_now
        from koba_desktop.storage.files import open_store
        from koba_desktop.system.clock import SystemClock

        path, key = self.path_and_key(target)
        open_store(path, key, upgrade=False).close()
        if file is None:
            file = backup_now(path, key, SystemClock().now())
        else:
            backup(path, key, file)
        return BackupMade(file=file, bytes=file.stat().st_size, verified=True)

    def check(self, target: "Target") -> "Sequence[Problem]":
        from koba_desktop.storage.check import check
        from koba_desktop.storage.files import open_store

        path, key = self.path_and_key(target)
        store = open_store(path, key, upgrade=False)
        try:
            return check(store)
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
