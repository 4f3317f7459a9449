"""``users add|list|disable|enable|reset``: who works with the program, and who may sign in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from koba_desktop.cli import options
from koba_desktop.cli.session import Session, add_command
from koba_desktop.cli.wiring import User, UserMade, UserOrder, Wiring
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import Role
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.words import word
from koba_desktop.services.office.users import UserWish


def add_user_commands(app: typer.Typer, wiring: Wiring) -> None:
    group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(group, name="users", help=_("People, their roles and their logins."))
    login_help = _("The login of the person.")
    file_help = _("File with the person's password, readable by its owner only.")
    ask_help = _("Ask for the person's password instead of making one up.")

    @add_command(group, wiring, "add", _("Add a person, a role or a login: whatever is missing."))
    def add(
        session: Session,
        person: Annotated[str, typer.Argument(metavar="LOGIN", help=login_help)],
        family_name: Annotated[str, typer.Option(help=_("Needed for a new person."))] = "",
        given_name: Annotated[str, typer.Option(help=_("Given name."))] = "",
        role: Annotated[
            list[Role] | None,
            typer.Option(
                help=_("A role in the office; may be repeated. The first: administrator.")
            ),
        ] = None,
        office: Annotated[
            str | None,
            typer.Option(
                metavar="NAME", help=_("Name of the office; made if the database has none yet.")
            ),
        ] = None,
        valid_from: Annotated[
            date | None,
            options.day(_("First day of the roles; default: today."), "--valid-from"),
        ] = None,
        valid_until: Annotated[
            date | None, options.day(_("Last day of the roles (deputies)."), "--valid-until")
        ] = None,
        user_password_file: Annotated[Path | None, typer.Option(help=file_help)] = None,
        ask_password: Annotated[bool, typer.Option("--ask-password", help=ask_help)] = False,
        acting: Annotated[str | None, options.acting(_("Who adds the person."))] = None,
    ) -> None:
        wish = UserWish(
            login=person,
            family_name=family_name,
            given_name=given_name,
            roles=tuple(role or ()),
            valid_from=valid_from,
            valid_until=valid_until,
        )
        password = _password(session, user_password_file, ask_password)
        made = session.wiring.add_user(session.target, UserOrder(wish, office, password, acting))
        session.out.answer(
            {
                "login": made.login,
                "office": made.office,
                "person_added": made.is_new,
                "office_added": made.office_is_new,
                "login_added": bool(made.login_is_new),
                "password": made.password,
            },
            _made_lines(made),
        )

    @add_command(group, wiring, "list", _("All people with their roles, and who can sign in."))
    def everybody(session: Session) -> None:
        users = session.wiring.all_users(session.target)
        session.out.answer(
            {"users": [_result(user) for user in users]}, [_line(user) for user in users]
        )

    @add_command(group, wiring, "disable", _("Let a person in no more, and end all connections."))
    def disable(
        session: Session,
        person: Annotated[str, typer.Argument(metavar="LOGIN", help=login_help)],
        acting: Annotated[str | None, options.acting(_("Who decides."))] = None,
    ) -> None:
        _allow(session, person, acting, allowed=False)

    @add_command(group, wiring, "enable", _("Let a person in again."))
    def enable(
        session: Session,
        person: Annotated[str, typer.Argument(metavar="LOGIN", help=login_help)],
        acting: Annotated[str | None, options.acting(_("Who decides."))] = None,
    ) -> None:
        _allow(session, person, acting, allowed=True)

    @add_command(group, wiring, "reset", _("Give a person a new password."))
    def reset(
        session: Session,
        person: Annotated[str, typer.Argument(metavar="LOGIN", help=login_help)],
        user_password_file: Annotated[Path | None, typer.Option(help=file_help)] = None,
        ask_password: Annotated[bool, typer.Option("--ask-password", help=ask_help)] = False,
    ) -> None:
        given = _password(session, user_password_file, ask_password)
        name, password = session.wiring.reset_user(session.target, person, given)
        shown = "" if given else password
        lines = [_("{login} has a new password.").format(login=name), *_password_lines(shown)]
        session.out.answer({"login": name, "password": shown}, lines)


def _allow(session: Session, person: str, acting: str | None, *, allowed: bool) -> None:
    name = session.wiring.allow_user(session.target, person, allowed, acting)
    text = _("{login} can sign in again.") if allowed else _("{login} can no longer sign in.")
    session.out.answer({"login": name, "can_sign_in": allowed}, [text.format(login=name)])


def _password(session: Session, file: Path | None, ask: bool) -> str:
    """The person's password where somebody names one, else ""."""
    if file is not None:
        return session.wiring.secret_in(file)
    if not ask:
        return ""
    first = session.wiring.ask_secret(_("Password of the person: "))
    if first != session.wiring.ask_secret(_("Once more: ")):
        raise Refused(Problem("passwords_differ", where="--ask-password"))
    return first


def _made_lines(made: UserMade) -> Iterator[str]:
    if made.office_is_new:
        yield _(
            "Office made: {office}. Complete its address, hours and rooms in the window "
            "(administration)."
        ).format(office=made.office)
    if made.is_new:
        yield _("Person added: {login}").format(login=made.login)
    else:
        yield _("Person known: {login}. Missing roles were added.").format(login=made.login)
    if made.login_is_new:
        yield _("Login made: {login}").format(login=made.login)
    elif made.login_is_new is False:
        yield _("The login was there before and keeps its password.")
    yield from _password_lines(made.password)


def _password_lines(password: str) -> Iterator[str]:
    if password:
        yield _("First password, shown this once: {password}").format(password=password)
        yield _("Hand it over in person; it is changed in the window after the first sign-in.")


def _result(user: User) -> dict[str, Any]:
    member, login = user.member, user.login
    return {
        "login": member.login,
        "family_name": member.family_name,
        "given_name": member.given_name,
        "left_on": member.left_on,
        "roles": [
            {
                "role": role.role,
                "office": office,
                "valid_from": role.valid_from,
                "valid_until": role.valid_until,
            }
            for role, office in user.roles
        ],
        "can_sign_in": (login is not None and login.allowed) if user.shared else None,
        "connections": (login.connections if login else 0) if user.shared else None,
    }


def _line(user: User) -> str:
    member = user.member
    name = ", ".join(part for part in (member.family_name, member.given_name) if part)
    parts = [f"{member.login} · {name}"]
    parts += [f"{word(role.role)} {office}{_validity(role)}" for role, office in user.roles]
    if member.left_on is not None:
        parts.append(_("left on {day}").format(day=formats.date_short(member.left_on)))
    if user.shared:
        parts.append(_sign_in(user))
    return " · ".join(parts)


def _sign_in(user: User) -> str:
    if user.login is None:
        return _("no login")
    if not user.login.allowed:
        return _("login disabled")
    n = user.login.connections
    return ngettext("{n} connection", "{n} connections", n).format(n=n)


def _validity(role: Any) -> str:
    first = formats.date_short(role.valid_from)
    if role.valid_until is None:
        return " " + _("(from {first})").format(first=first)
    last = formats.date_short(role.valid_until)
    return f" ({first}–{last})"
