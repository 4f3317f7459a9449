"""What all commands have in common: the database, the way of answering, who acts."""

import getpass
import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from koba_desktop.cli.output import Output
from koba_desktop.cli.values import instant_of
from koba_desktop.cli.wiring import Access, Target, Wiring
from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.entities.staff import Staff
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import Role
from koba_desktop.i18n import _
from koba_desktop.i18n.catalogue import LANGUAGES
from koba_desktop.services.execution import Actor
from koba_desktop.services.facade import Services
from koba_desktop.services.office.book import OfficeBook, office_book
from koba_desktop.services.view import View


@dataclass(frozen=True, slots=True)
class Session:
    """One run of one command."""

    wiring: Wiring
    target: Target
    out: Output

    @contextmanager
    def services(self) -> Iterator[Services]:
        """The services on the database asked for; closed on leaving."""
        services = self.wiring.open_services(self.target)
        try:
            yield services
        finally:
            services.store.close()


Work = Callable[..., int | None]


def add_command(app: typer.Typer, wiring: Wiring, name: str, text: str) -> Callable[[Work], Work]:
    """Register a command. It gets the session first and returns its exit code (None is 0)."""

    def register(work: Work) -> Work:
        def run(context: typer.Context, **given: Any) -> None:
            common = {option: given.pop(option) for option in _common()}
            before: dict[str, Any] = context.obj or {}
            chosen = {option: value or before.get(option) for option, value in common.items()}
            target = Target(
                database=chosen["database"],
                key_file=chosen["key_file"],
                now=chosen["now"],
                access=Access(chosen["login"] or "", chosen["password_file"]),
                ca_file=chosen["ca_file"],
            )
            session = Session(wiring, target, Output(bool(chosen["as_json"])))
            raise typer.Exit(work(session, **given) or 0)

        own = list(inspect.signature(work).parameters.values())[1:]
        _take_options(run, own)
        app.command(name, help=text)(run)
        return work

    return register


def add_root(app: typer.Typer, text: str) -> None:
    """The program itself: the common options may stand before the command, too."""

    def root(context: typer.Context, **given: Any) -> None:
        context.obj = given

    _take_options(root, [])
    app.callback(help=text)(root)


def _take_options(function: Callable[..., None], own: list[inspect.Parameter]) -> None:
    """Give a function that takes ``**given`` the signature typer reads its options from."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    context = inspect.Parameter("context", keyword, annotation=typer.Context)
    common = [
        inspect.Parameter(name, keyword, default=default, annotation=annotation)
        for name, (annotation, default) in _common().items()
    ]
    parameters = [context, *(p.replace(kind=keyword) for p in own), *common]
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {p.name: p.annotation for p in parameters}


def _common() -> dict[str, tuple[Any, Any]]:
    return {
        "database": (
            Annotated[
                str | None,
                typer.Option("--database", metavar="URL", help=_("The database: a file or a URL.")),
            ],
            None,
        ),
        "key_file": (
            Annotated[
                Path | None,
                typer.Option(
                    "--key-file",
                    help=_("File with the key of the database, readable by its owner only."),
                ),
            ],
            None,
        ),
        "login": (
            Annotated[
                str | None,
                typer.Option("--login", help=_("Shared database: who signs in.")),
            ],
            None,
        ),
        "password_file": (
            Annotated[
                Path | None,
                typer.Option(
                    "--password-file",
                    help=_("Shared database: file with the password, readable by its owner only."),
                ),
            ],
            None,
        ),
        "ca_file": (
            Annotated[
                Path | None,
                typer.Option(
                    "--ca-file",
                    help=_("Shared database: certificate of the authority that signed its own."),
                ),
            ],
            None,
        ),
        "now": (
            Annotated[
                datetime | None,
                typer.Option(
                    "--now",
                    metavar="ISO",
                    parser=instant_of,
                    help=_("Date and time at which the program's clock starts."),
                ),
            ],
            None,
        ),
        "language": (
            Annotated[
                str | None,
                typer.Option(
                    "--language", metavar="|".join(LANGUAGES), help=_("Language of the answers.")
                ),
            ],
            None,
        ),
        "as_json": (
            Annotated[bool, typer.Option("--json", help=_("Answer with one JSON document."))],
            False,
        ),
    }


def book_of(services: Services) -> OfficeBook:
    with services.view() as view:
        return office_book(view)


def open_offices(book: OfficeBook) -> list[Office]:
    """The offices that are not closed for good. Raises Refused ``office_none``."""
    offices = [office for office in book.offices if office.closed_on is None]
    if not offices:
        raise Refused(Problem("office_none"))
    return offices


def office_named(book: OfficeBook, name: str | None) -> Office:
    """The office of that name, short name or town; the only one where no name is given.

    Raises Refused: ``office_unknown`` with the offices there are, ``office_unclear``,
    ``office_none`` where none is set up yet.
    """
    offices = open_offices(book)
    known = [office.name for office in offices]
    if name is None:
        if len(offices) > 1:
            raise Refused(Problem("office_unclear", {"known": known}, where="--office"))
        return offices[0]
    wanted = name.casefold()
    for office in offices:
        if wanted in {n.casefold() for n in (office.name, office.short_name, office.town)}:
            return office
    raise Refused(Problem("office_not_found", {"value": name, "known": known}, where="--office"))


def member_named(book: OfficeBook, login: str, option: str) -> Staff:
    """The staff member with that login. Raises Refused ``login_unknown``."""
    for member in book.staff:
        if member.login.casefold() == login.casefold():
            return member
    raise Refused(Problem("login_unknown", {"value": login}, where=option))


def office_meant(
    book: OfficeBook, name: str | None, advisors: Sequence[Staff], client: Client | None
) -> Office:
    """The office named; else the first advisor's, the client's, or the only one there is."""
    homes = [advisor.office_id for advisor in advisors if advisor.office_id is not None]
    if client is not None:
        homes.append(client.office_id)
    if name or not homes:
        return office_named(book, name)
    return book.office(homes[0])


def office_and_advisor(
    services: Services, office: str | None, advisor: str | None
) -> tuple[Office, Staff | None]:
    """The office meant, and the advisor where one is named. Raises Refused."""
    book = book_of(services)
    whose = member_named(book, advisor, "--advisor") if advisor else None
    return office_meant(book, office, [whose] if whose else [], None), whose


def client_numbered(view: View, number: str | None) -> Client | None:
    """The client with that number. Raises Refused ``client_unknown``."""
    if number is None:
        return None
    found = view.reader.find(Client, number=number, limit=1)
    if not found:
        raise Refused(Problem("client_unknown", {"number": number}, where="--client"))
    return found[0]


def appointment_named(view: View, reference: str) -> Appointment:
    """The appointment with that reference. Raises Refused ``reference_unknown``."""
    found = view.reader.find_reference(reference)
    if found is None:
        raise Refused(Problem("reference_unknown", {"reference": reference}, where="--reference"))
    return view.reader.get(Appointment, found)


def actor(services: Services, login: str | None, office_id: UUID | None = None) -> Actor:
    """Who acts: on a shared database whoever signed in. Else the login given, the staff member
    linked to the system's user, or the administrator where there is only one.

    Raises Refused: ``actor_other``, ``login_unknown``, ``actor_unclear``, ``office_none``.
    """
    book = book_of(services)
    if services.viewer is not None:
        member = book.member(services.viewer)
        if login and login.casefold() != member.login.casefold():
            raise Refused(Problem("actor_other", {"value": login, "login": member.login}, "--as"))
    elif login:
        member = member_named(book, login, "--as")
    else:
        member = _linked(book) or _only_administrator(book)
    office = office_id or member.office_id or next((o.id for o in book.offices), None)
    if office is None:
        raise Refused(Problem("office_none"))
    return Actor(member.id, office)


def person(services: Services, login: str | None, office_id: UUID | None = None) -> Actor | None:
    """Who acts, where somebody is named or signed in; None for who only has the key. Raises as
    ``actor``."""
    if login is None and services.viewer is None:
        return None
    return actor(services, login, office_id)


def _linked(book: OfficeBook) -> Staff | None:
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a user without a name or account
        return None
    return next((member for member in book.staff if member.os_user == user), None)


def _only_administrator(book: OfficeBook) -> Staff:
    found = {role.staff_id for role in book.roles if role.role is Role.ADMINISTRATOR}
    if len(found) != 1:
        raise Refused(Problem("actor_unclear", where="--as"))
    return book.member(found.pop())
