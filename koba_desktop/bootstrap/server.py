"""What the administration's commands do with a shared database."""

from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.domain.errors import Problem, Refused

if TYPE_CHECKING:
    from koba_desktop.bootstrap.access import Accesses
    from koba_desktop.cli.wiring import Checked, Created, Migrated, Target
    from koba_desktop.services.facade import Services
    from koba_desktop.storage.postgres.store import PostgresStore


class ServerWorks:
    """Set up, migrated and filled by its owner, used by persons with their logins."""

    def __init__(self, accesses: "Accesses") -> None:
        self._accesses = accesses
        self._owners: dict[tuple[str, str], bool] = {}

    def create(self, target: "Target", create_database: bool) -> "Created":
        """Raises Unavailable: ``database_set_up``, ``database_missing``, ``setup_right_missing``
        and what stops the connection. A database made here goes again if it cannot be set up."""
        from koba_desktop.cli.wiring import Created
        from koba_desktop.storage.postgres import setup
        from koba_desktop.storage.schema import HEAD

        address = self._accesses.address(target)
        login, password = self._accesses.credentials(target)
        made = create_database and setup.create_database(address, login, password)
        try:
            setup.init_database(address, login, password)
        except BaseException:
            if made:
                setup.drop_database(address, login, password)
            raise
        self._bring_wordings(target)
        return Created(database=address.url, schema=HEAD, recovery_key="")

    def migrate(self, target: "Target") -> "Migrated":
        from koba_desktop.cli.wiring import Migrated
        from koba_desktop.storage.postgres.setup import migrate

        address = self._accesses.address(target)
        before, after = migrate(address, *self._accesses.credentials(target))
        self._bring_wordings(target)
        return Migrated(before=before, after=after)

    def open_services(self, target: "Target", *, as_owner: bool | None = False) -> "Services":
        """``as_owner`` None: as the owner if the login may, else as the person it stands for."""
        if as_owner is None:
            as_owner = self.acts_as_owner(target)
        store = self.open_store(target, owner=as_owner)
        clock = parts.starting_clock(target.now) if target.now else store.clock
        return parts.services(store, clock, store.staff_id if not as_owner else None)

    def acts_as_owner(self, target: "Target") -> bool:
        """Whether the login that signs in owns the database."""
        from koba_desktop.storage.postgres.setup import is_owner

        address = self._accesses.address(target)
        login, password = self._accesses.credentials(target)
        known = (address.label, login)
        if known not in self._owners:
            self._owners[known] = is_owner(address, login, password)
        return self._owners[known]

    def set_clock(self, target: "Target") -> None:
        """Let the database live at the time the target names."""
        from koba_desktop.storage.postgres.setup import set_clock
        from koba_desktop.system.clock import SystemClock

        if target.now is None:
            return
        ahead = target.now - SystemClock().now()
        set_clock(self._accesses.address(target), *self._accesses.credentials(target), ahead)

    def check(self, target: "Target", seal: bool) -> "Checked":
        """As the owner or as an administrator. Raises Refused ``not_entitled``."""
        from koba_desktop.cli.wiring import Checked
        from koba_desktop.storage.check import check
        from koba_desktop.storage.postgres.check import seal_audit
        from koba_desktop.storage.postgres.errors import translated

        store = self.open_store(target, owner=self.acts_as_owner(target))
        try:
            with translated(store.label):
                sealed = seal_audit(store) if seal else ""
                return Checked(check(store), sealed)
        finally:
            store.close()

    def open_store(self, target: "Target", *, owner: bool) -> "PostgresStore":
        """Raises Refused ``owner_needed`` where a person is to act as the owner."""
        from koba_desktop.storage.postgres.store import open_shared
        from koba_desktop.system.host import host_name

        if owner and not self.acts_as_owner(target):
            raise Refused(Problem("owner_needed", where="--login"))
        address = self._accesses.address(target)
        credentials = self._accesses.credentials(target)
        return open_shared(address, *credentials, host=host_name(), owner=owner)

    def _bring_wordings(self, target: "Target") -> None:
        store = self.open_store(target, owner=True)
        try:
            parts.bring_wordings(store, store.clock.now())
        finally:
            store.close()
