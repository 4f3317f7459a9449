"""What lets one person go on while the shared database is away: key, snapshot, queue, services."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    from koba_desktop.domain.clock import Clock
    from koba_desktop.services.outage.facade import SharedServices
    from koba_desktop.services.outage.keeper import Keeper
    from koba_desktop.storage.postgres.store import PostgresStore
    from koba_desktop.system.vault import Vault


@dataclass(frozen=True, slots=True)
class GoingOn:
    """The services of a shared database, and the thread that looks after them."""

    services: "SharedServices"
    keeper: "Keeper"
    vault: "Vault"

    def start(self, password: str | None = None) -> None:
        """Begin to keep a snapshot, and to look for the server where it is away. Slow: for a
        worker, once the window is filled. ``password`` is one that the server took."""
        self.keeper.start()
        if password is not None:
            self.vault.learn_password(password)

    def close(self) -> None:
        """Before the store is closed."""
        self.keeper.stop()
        self.services.close()


def going_on(
    store: "PostgresStore",
    clock: "Clock",
    root: Path,
    *,
    server: str,
    login: str,
    password: str,
    staff_id: UUID | None = None,
) -> GoingOn:
    """``root`` is the user's own folder, ``server`` names server and database in one way.

    ``staff_id`` None: the server is away at the start, and the person is the one the snapshot on
    this PC was taken for. Otherwise all that waits from before is sent first. Raises Unavailable:
    ``server_away`` where there is no snapshot to start with; ``vault_password_changed``,
    ``keyring_locked``, ``queue_of_another`` and what the disk says.
    """
    from koba_desktop.bootstrap.parts import SUBDIVISION
    from koba_desktop.i18n.holidays import HolidayCalendar
    from koba_desktop.services.outage.facade import SharedServices
    from koba_desktop.services.outage.keeper import Keeper
    from koba_desktop.storage.input_queue import EncryptedQueue
    from koba_desktop.storage.snapshot import SnapshotFolder
    from koba_desktop.system.host import host_name
    from koba_desktop.system.vault import Vault

    away = staff_id is None
    if away and not Vault(Vault.place(root, server, login)).is_used:
        raise Unavailable("server_away", where=server)
    vault = Vault.of(root, server, login)
    if away:
        vault.require_password(password)
    key = vault.key(password)
    snapshots = SnapshotFolder(vault.folder, key)
    if staff_id is None:
        opened = snapshots.open()
        if opened is None:
            raise Unavailable("server_away", where=server)
        staff_id = opened.info.staff_id
        opened.store.close()
    queue = EncryptedQueue(vault.queue, key, login)
    services = SharedServices(
        store,
        clock,
        HolidayCalendar(subdivision=SUBDIVISION),
        host=host_name(),
        staff_id=staff_id,
        snapshots=snapshots,
        queue=queue,
        look_in=lambda: _look_in(store),
    )
    if away:
        services.reachable(False)
    elif services.has_waiting:
        services.try_again()
    return GoingOn(services, Keeper(services), vault)


def _look_in(store: "PostgresStore") -> None:
    """Over a new line: those from before the server was missed may be broken, all of them."""
    store.engine.dispose()
    store.look_in()
