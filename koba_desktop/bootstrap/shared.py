"""The shared database for the window: how somebody signs in, and what is opened then."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.configuration import FILE, Configuration, is_shared, load, write_entries
from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    from koba_desktop.gui.opening import Connect, Opened, Progress, ServerNamed, SignIn
    from koba_desktop.storage.postgres.address import SharedAddress
    from koba_desktop.storage.postgres.store import PostgresStore
    from koba_desktop.system.folders import Folders


@dataclass(frozen=True, slots=True)
class Wanted:
    """What this run asks for beside the address: a login and a password nobody is asked for, and
    another time than the server's. ``by_user`` says that the user's own configuration named the
    database, so that the user may name another."""

    login: str = ""
    password: str = field(default="", repr=False)
    now: str | None = None
    by_user: bool = False


def address_of(named: str, ca_file: Path | None) -> "SharedAddress":
    """Raises Unavailable: ``database_address_malformed``, ``password_in_address``."""
    from koba_desktop.storage.postgres.address import SharedAddress

    if not is_shared(named):
        raise Unavailable("database_address_malformed", where="database")
    return SharedAddress.parse(named, ca_file)


def named_by_user(folders: "Folders", named: str, other_file: Path | None) -> bool:
    """Whether the address in force is the one in the user's own configuration."""
    own = folders.config / FILE
    return other_file is None and own.is_file() and load([own]).database == named


def sign_in(address: "SharedAddress", folders: "Folders", wanted: Wanted) -> "SignIn":
    """How the window signs somebody in."""
    from koba_desktop.gui.opening import ServerNamed, SignIn
    from koba_desktop.system import keys, passwords
    from koba_desktop.system.host import user_name

    def opener(progress: "Progress", login: str, password: str, remember: bool | None) -> "Opened":
        return _Opening(address, login, password, folders, wanted.now).open(progress, remember)

    return SignIn(
        server=address.label,
        encrypted=address.tls,
        login=wanted.login,
        os_user=user_name(),
        can_remember=keys.keyring_usable,
        remembered=lambda login: passwords.remembered(_account(address, login)),
        forget=lambda login: passwords.forget(_account(address, login)),
        open=opener,
        password=wanted.password,
        named=ServerNamed(address.server, address.database, str(address.ca_file or "")),
        elsewhere=connecting(folders, wanted) if wanted.by_user else None,
    )


def connecting(folders: "Folders", wanted: Wanted) -> "Connect":
    """What takes the address somebody types and writes it into the user's configuration."""

    def connect(named: "ServerNamed") -> "SignIn":
        url = named.server
        if "://" not in url:
            url = f"postgresql://{named.server}/{named.database}"
        ca_file = Path(named.ca_file).expanduser() if named.ca_file else None
        address = address_of(url, ca_file)
        if ca_file is not None and not ca_file.is_file():
            raise Unavailable("ca_file_missing", where="ca_file", file=str(ca_file))
        folders.make()
        entries = {"database": address.url}
        entries["ca_file"] = str(ca_file.absolute()) if ca_file is not None else ""
        write_entries(folders.config / FILE, entries)
        return sign_in(address, folders, replace(wanted, by_user=True))

    return connect


def wanted_of(
    configuration: Configuration, password_file: Path | None, now: str | None, *, by_user: bool
) -> Wanted:
    """What command line, environment and configuration say about who signs in.

    Raises Unavailable: ``password_file_missing``, ``password_file_open_to_others``.
    """
    from koba_desktop.system import passwords

    return Wanted(
        login=passwords.named_login() or configuration.login,
        password=passwords.named_password(password_file),
        now=now,
        by_user=by_user,
    )


@dataclass(frozen=True, slots=True)
class _Opening:
    """One attempt of a login to come in."""

    address: "SharedAddress"
    login: str
    password: str = field(repr=False)
    folders: "Folders"
    now: str | None

    def open(self, progress: "Progress", remember: bool | None) -> "Opened":
        """Raises Unavailable: what ``open_shared`` raises, ``database_without_office``,
        ``login_without_right``."""
        from koba_desktop.i18n import _
        from koba_desktop.storage.postgres.store import open_shared
        from koba_desktop.system.host import host_name

        progress(_("Connecting to the server …"), 0, 0)
        self.folders.make()
        parts.start_log(self.folders)
        store = open_shared(self.address, self.login, self.password, host=host_name())
        try:
            progress(_("The office is being opened …"), 0, 0)
            opened = self._opened(store, remember)
            progress(_("The office is being opened …"), 0, 0)  # somebody may have given up
        except BaseException:
            store.close()
            raise
        return opened

    def _opened(self, store: "PostgresStore", remember: bool | None) -> "Opened":
        from koba_desktop.bootstrap.offices import opened_of
        from koba_desktop.domain.clock import day_of
        from koba_desktop.domain.rights import in_force
        from koba_desktop.gui.opening import Seat
        from koba_desktop.i18n import _
        from koba_desktop.storage.postgres.people import SHORTEST_PASSWORD

        clock = parts.clock(self.now) if self.now else store.clock
        place = _("shared ({server})").format(server=self.address.server)
        opened = opened_of(store, clock, place=place)
        book, me = opened.book, store.staff_id
        if not book.offices:
            raise Unavailable("database_without_office", where=self.address.label)
        mine = (role for role in book.roles if role.staff_id == me)
        if me is None or not in_force(mine, day_of(clock.now())):
            raise Unavailable("login_without_right", where=self.address.label)
        return replace(
            opened,
            seat=Seat(
                server=self.address.label,
                staff_id=me,
                clock_skew=store.clock.skew,
                change_password=_changing(store, _account(self.address, self.login)),
                shortest_password=SHORTEST_PASSWORD,
                not_remembered=self._keep_password(remember),
            ),
        )

    def _keep_password(self, remember: bool | None) -> Unavailable | None:
        """Let the keyring keep the password, or no longer; why it does not, where it should."""
        from koba_desktop.system import keys, passwords

        account = _account(self.address, self.login)
        try:
            if remember:
                passwords.remember(account, self.password)
            elif remember is not None and keys.keyring_usable():
                passwords.forget(account)
        except Unavailable as error:
            return error if remember else None
        return None


def _changing(store: "PostgresStore", account: str) -> Callable[[str, str], bool]:
    """Changes the password in the database and, where the keyring keeps it, there as well."""
    from koba_desktop.system import keys, passwords

    def change(old: str, new: str) -> bool:
        store.change_password(old, new)
        try:
            if keys.keyring_usable() and passwords.remembered(account):
                passwords.remember(account, new)
        except Unavailable:
            return False
        return True

    return change


def _account(address: "SharedAddress", login: str) -> str:
    from koba_desktop.system.passwords import account

    return account(login, address.server, address.database)
