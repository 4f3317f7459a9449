"""The shared database for the window: how somebody signs in, and what is opened then."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from koba_desktop.bootstrap import parts
from koba_desktop.configuration import FILE, Configuration, is_shared, load, write_entries
from koba_desktop.domain.errors import Unavailable

if TYPE_CHECKING:
    from uuid import UUID

    from koba_desktop.bootstrap.outage import GoingOn
    from koba_desktop.domain.clock import Clock
    from koba_desktop.gui.opening import Connect, KeptHere, Opened, Progress, ServerNamed, SignIn
    from koba_desktop.services.office.book import OfficeBook
    from koba_desktop.storage.postgres.address import SharedAddress
    from koba_desktop.storage.postgres.store import PostgresStore
    from koba_desktop.system.folders import Folders
    from koba_desktop.system.vault import Vault

log = logging.getLogger(__name__)


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
        kept=_kept_here(address, folders, wanted.now),
    )


def _kept_here(address: "SharedAddress", folders: "Folders", now: str | None) -> "KeptHere":
    from koba_desktop.gui.opening import KeptHere
    from koba_desktop.system.vault import Vault

    def place(login: str) -> "Vault":
        return Vault(Vault.place(folders.data, _named(address), login))

    return KeptHere(
        holds=lambda login: place(login).is_used,
        open=lambda progress, login, password: _Opening(
            address, login, password, folders, now
        ).open_kept(progress),
        take_over=lambda login, former, present: place(login).change_password(former, present),
        put_aside=lambda login: _put_aside(place(login)),
    )


def _put_aside(vault: "Vault") -> None:
    vault.begin_anew()


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
        ``login_without_right``, ``vault_password_changed``."""
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
        except BaseException:
            store.close()
            raise
        return _unless_given_up(opened, progress)

    def open_kept(self, progress: "Progress") -> "Opened":
        """Without the server, with what this PC keeps. Raises Unavailable: ``password_wrong``,
        ``server_away`` where it keeps nothing, and what the disk says."""
        from koba_desktop.i18n import _
        from koba_desktop.storage.postgres.store import PostgresStore
        from koba_desktop.system.host import host_name

        progress(_("The office is being opened …"), 0, 0)
        self.folders.make()
        parts.start_log(self.folders)
        store = PostgresStore(self.address, self.login, self.password, host=host_name())
        clock = parts.clock(self.now) if self.now else store.clock
        try:
            going = self._going_on(store, clock, None)
        except Unavailable as error:
            store.close()
            if error.code == "vault_password_changed":
                raise Unavailable("password_wrong", where=self.address.label) from error
            raise
        try:
            opened = self._of(going, store, clock, going.services.staff_id, None)
        except BaseException:
            going.close()
            store.close()
            raise
        return _unless_given_up(opened, progress)

    def _opened(self, store: "PostgresStore", remember: bool | None) -> "Opened":
        from koba_desktop.services.office.book import office_book

        clock = parts.clock(self.now) if self.now else store.clock
        me = store.staff_id
        book = parts.services(store, clock, me).ask(office_book)
        if not book.offices:
            raise Unavailable("database_without_office", where=self.address.label)
        self._require_role(book, me, clock)
        assert me is not None
        going, no_outage = None, None
        try:
            going = self._going_on(store, clock, me)
        except Unavailable as error:
            if error.code == "vault_password_changed":
                raise
            log.warning("nothing is kept for an outage: %s", error.code)
            no_outage = error
        try:
            opened = self._of(going, store, clock, me, book)
            assert opened.seat is not None
            not_remembered = self._keep_password(remember)
        except BaseException:
            if going is not None:
                going.close()
            raise
        seat = replace(opened.seat, not_remembered=not_remembered, no_outage=no_outage)
        return replace(opened, seat=seat)

    def _going_on(self, store: "PostgresStore", clock: "Clock", me: "UUID | None") -> "GoingOn":
        from koba_desktop.bootstrap.outage import going_on

        return going_on(
            store,
            clock,
            self.folders.data,
            server=_named(self.address),
            login=self.login,
            password=self.password,
            staff_id=me,
        )

    def _require_role(self, book: "OfficeBook", me: "UUID | None", clock: "Clock") -> None:
        """Raises Unavailable ``login_without_right``."""
        from koba_desktop.domain.clock import day_of
        from koba_desktop.domain.rights import in_force

        mine = (role for role in book.roles if role.staff_id == me)
        if me is None or not in_force(mine, day_of(clock.now())):
            raise Unavailable("login_without_right", where=self.address.label)

    def _of(
        self,
        going: "GoingOn | None",
        store: "PostgresStore",
        clock: "Clock",
        me: "UUID",
        book: "OfficeBook | None",
    ) -> "Opened":
        """``book`` None: it is that of the snapshot."""
        from koba_desktop.bootstrap.offices import opened_of
        from koba_desktop.gui.opening import Seat
        from koba_desktop.i18n import _
        from koba_desktop.storage.postgres.people import SHORTEST_PASSWORD

        account = _account(self.address, self.login)
        opened = opened_of(
            store,
            clock,
            place=_("shared ({server})").format(server=self.address.server),
            services=going.services if going is not None else parts.services(store, clock, me),
            book=book,
        )
        if book is None:
            self._require_role(opened.book, me, clock)
        seat = Seat(
            server=self.address.label,
            staff_id=me,
            clock_skew=store.clock.skew,
            change_password=_changing(store, account, going.vault if going is not None else None),
            shortest_password=SHORTEST_PASSWORD,
        )
        opened = replace(opened, seat=seat)
        return (
            opened if going is None else self._looked_after(opened, going, known=book is not None)
        )

    def _looked_after(self, opened: "Opened", going: "GoingOn", *, known: bool) -> "Opened":
        """With the thread that goes on without the server, from when the window is filled until it
        is closed. ``known`` says that the server took the password."""
        load, end, password = opened.warm_up, opened.close, self.password

        def begin() -> None:
            going.start(password if known else None)
            if load is not None:
                load()

        def close() -> None:
            going.close()
            end()

        return replace(opened, outage=going.services, warm_up=begin, close=close)

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


def _unless_given_up(opened: "Opened", progress: "Progress") -> "Opened":
    """What was opened is closed again where nobody waits for it any more."""
    from koba_desktop.i18n import _

    try:
        progress(_("The office is being opened …"), 0, 0)
    except BaseException:
        opened.close()
        raise
    return opened


def _changing(
    store: "PostgresStore", account: str, vault: "Vault | None"
) -> Callable[[str, str], bool]:
    """Changes the password in the database, of what is kept for an outage, and where the keyring
    keeps it."""
    from koba_desktop.system import keys, passwords

    def change(old: str, new: str) -> bool:
        store.change_password(old, new)
        try:
            if vault is not None:
                vault.change_password(old, new)
            if keys.keyring_usable() and passwords.remembered(account):
                passwords.remember(account, new)
        except Unavailable:
            return False
        return True

    return change


def _named(address: "SharedAddress") -> str:
    """Server and database in one way, however they were written."""
    return f"{address.server}/{address.database}"


def _account(address: "SharedAddress", login: str) -> str:
    from koba_desktop.system.passwords import account

    return account(login, address.server, address.database)
