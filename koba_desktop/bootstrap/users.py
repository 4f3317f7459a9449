"""``koba-desktop-admin users``: people with their roles, and their logins of a shared database."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from koba_desktop.domain.clock import day_of
from koba_desktop.domain.errors import Problem, Refused

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from koba_desktop.bootstrap.administration import AdminWorks
    from koba_desktop.cli.wiring import Target, User, UserMade, UserOrder
    from koba_desktop.domain.records import Changeable
    from koba_desktop.services.execution import Actor
    from koba_desktop.services.facade import Services
    from koba_desktop.services.office.book import OfficeBook
    from koba_desktop.services.office.users import UserWish


class UserWorks:
    """On the shared database as its owner or as an administrator, whoever signs in; on a local one
    there are no logins, and who may not act any more has left."""

    def __init__(self, works: "AdminWorks") -> None:
        self._works = works

    def add(self, target: "Target", order: "UserOrder") -> "UserMade":
        """Raises Refused: what ``services.office.users`` and ``SaveMasterData`` raise,
        ``login_reserved``, ``not_entitled``."""
        from koba_desktop.cli.wiring import UserMade
        from koba_desktop.services.office.users import records_of

        with self._opened(target, order.acting) as at:
            wish = at.with_office(order)
            found = records_of(at.book, wish, at.today)
            login, password = found.member.login, ""
            login_is_new = None
            with self._logins(target) as logins:
                if logins is not None:
                    logins.require_free(login)
                at.save(found.records, found.member.id, found.office.id)
                if logins is not None:
                    login_is_new = login not in logins.known()
                if logins is not None and login_is_new:
                    password = logins.give(login, order.password)
        return UserMade(
            login=login,
            office=found.office.name,
            is_new=found.is_new,
            office_is_new=found.office_is_new,
            password="" if order.password else password,
            login_is_new=login_is_new,
        )

    def all(self, target: "Target") -> "Sequence[User]":
        """Raises Refused ``not_entitled``."""
        from koba_desktop.cli.wiring import User

        with self._opened(target) as at, self._logins(target) as logins:
            known = None if logins is None else logins.known()
            return [
                User(
                    member=member,
                    roles=tuple(
                        (role, at.book.office(role.office_id).name)
                        for role in at.book.roles
                        if role.staff_id == member.id
                    ),
                    login=None if known is None else known.get(member.login),
                    shared=known is not None,
                )
                for member in at.book.staff
            ]

    def allow(self, target: "Target", login: str, allowed: bool, acting: str | None) -> str:
        """The login as it is written. Raises Refused ``login_own``, ``not_entitled``,
        ``last_administrator``; NotFound ``login_unknown``."""
        from koba_desktop.services.office.users import member_of_login

        with self._opened(target, acting) as at:
            member = member_of_login(at.book, login)
            if at.acts is not None and at.acts.staff_id == member.id and not allowed:
                raise Refused(Problem("login_own", where="LOGIN"))
            with self._logins(target) as logins:
                if logins is not None:
                    logins.allow(member.login, allowed)
                    return member.login
            left_on = None if allowed else at.today
            at.save((replace(member, left_on=left_on),), member.id, at.book.offices[0].id)
        return member.login

    def reset(self, target: "Target", login: str, password: str) -> "tuple[str, str]":
        """The login, and its new password. Raises Refused ``shared_only``, ``not_entitled``,
        ``password_short``; NotFound ``login_unknown``."""
        from koba_desktop.services.office.users import member_of_login

        with self._opened(target) as at, self._logins(target) as logins:
            if logins is None:
                raise Refused(Problem("shared_only", where="users reset"))
            name = member_of_login(at.book, login).login
            return name, logins.give(name, password)

    @contextmanager
    def _opened(self, target: "Target", acting: str | None = None) -> "Iterator[_At]":
        services = self._works.open_services(target, as_owner=None)
        try:
            yield _At.of(services, acting, self._works.acts_as_owner(target))
        finally:
            services.store.close()

    @contextmanager
    def _logins(self, target: "Target") -> "Iterator[_Logins | None]":
        accesses = self._works.accesses
        if not accesses.is_shared(target):
            yield None
            return
        from koba_desktop.storage.postgres.setup import administering

        with administering(accesses.address(target), *accesses.credentials(target)) as connection:
            yield _Logins(connection)


@dataclass(frozen=True, slots=True)
class _At:
    """The database, and who acts on it: None for the owner of a shared one."""

    services: "Services"
    book: "OfficeBook"
    acts: "Actor | None"
    is_owner: bool

    @classmethod
    def of(cls, services: "Services", acting: str | None, is_owner: bool) -> "_At":
        from koba_desktop.cli.session import actor, book_of

        book = book_of(services)
        acts = None if is_owner or not book.roles else actor(services, acting)
        return cls(services, book, acts, is_owner)

    @property
    def today(self) -> "date":
        return day_of(self.services.clock.now())

    def with_office(self, order: "UserOrder") -> "UserWish":
        """The wish with the office meant, or with the name of the first one."""
        from koba_desktop.cli.session import office_named

        if not self.book.offices:
            return replace(order.wish, new_office=order.office or "")
        return replace(order.wish, office=office_named(self.book, order.office))

    def save(self, records: "tuple[Changeable, ...]", member: "UUID", office: "UUID") -> None:
        """``member`` acts where nobody has a role yet: the office is being set up."""
        from koba_desktop.services.commands import SaveMasterData
        from koba_desktop.services.execution import Actor
        from koba_desktop.services.office.users import save_unsigned

        if not records:
            return
        if self.is_owner:
            save_unsigned(self.services.store, self.services.clock.now(), records)
        else:
            acts = self.acts or Actor(member, office)
            self.services.execute(SaveMasterData(records=records), acts)


class _Logins:
    """The logins of the shared database, on a connection of their own."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def known(self) -> "dict[str, Any]":
        from koba_desktop.storage.postgres import people

        return {each.login: each for each in people.logins(self._connection)}

    def require_free(self, login: str) -> None:
        from koba_desktop.storage.postgres import people

        people.require_free(self._connection, login)

    def give(self, login: str, password: str) -> str:
        """The password it has now: the one named, or one made up."""
        from koba_desktop.storage.postgres import people

        chosen = password or people.first_password()
        people.set_login(self._connection, login, chosen)
        return chosen

    def allow(self, login: str, allowed: bool) -> None:
        from koba_desktop.storage.postgres import people

        people.allow_login(self._connection, login, allowed)
