"""Creating and changing a client with all contact data, as the editor holds it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from koba_desktop.domain import addresses
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientNote,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.rights import Right
from koba_desktop.services.clients.blocked import hidden
from koba_desktop.services.commands import ClientProfile, SaveClient
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.telling import refresh_unprinted
from koba_desktop.services.office.entitlement import require, require_client
from koba_desktop.services.work import Work, same_content

C = TypeVar("C", bound=Changeable)


def save_client(work: Work, command: SaveClient) -> dict[str, Any]:
    """Raises Refused with every field that is wrong (``profile_problems``), or ``not_entitled``,
    or ``address_hidden`` where the address is blocked and the actor not responsible; Conflict.

    Nobody gives a client to an office of which he or she knows nothing, and loses sight of it.

    Letters that wait to be printed get the new address. Who may not read the note leaves it.
    """
    profile = _tidy(command.profile)
    stored = work.first(Client, id=profile.client.id)
    reads_social_data = require_client(work.view, stored or profile.client)
    for client in (stored or profile.client, profile.client):
        require(work, Right.KEEP_CLIENTS, client.office_id, client.advisor_id)
    if stored is not None and not addresses.may_see_address(stored, work.actor.staff_id):
        raise hidden("address_hidden")
    return {"client_id": write_profile(work, profile, note=reads_social_data).id}


def write_profile(
    work: Work, profile: ClientProfile, *, address: bool = True, note: bool = True
) -> Client:
    """Save the client and all rows of the profile; rows that are not in it any more are removed.
    ``address`` and ``note`` False leave these as they are, unread.

    The client's version stands for all of the profile: two people can not overwrite each other's
    note.
    """
    problems = profile_problems(work, profile)
    if problems:
        raise Refused(*problems)
    is_new = profile.client.version == 0
    home = [profile.address] if profile.address else []
    moved = 0
    if address and not is_new:
        # Before a block is set that hides it.
        work.seen(Client, profile.client.id, profile.client.version)
        moved = -work.writes
        _keep(work, ClientAddress, profile.client.id, home)
        moved += work.writes
    client = work.save(profile.client)
    written = work.writes - moved
    if address and is_new:
        _keep(work, ClientAddress, client.id, home)
    _keep(work, ClientPhone, client.id, profile.phones)
    _keep(work, ClientEmail, client.id, profile.emails)
    if profile.representative is not None:
        work.save(profile.representative)
    else:
        _end_representative(work, client.id)
    if note:
        _write_note(work, client.id, profile.note.strip())
    if not is_new:
        if work.writes > written and client.version == profile.client.version:
            client = work.touch(client)
        refresh_unprinted(work, client_id=client.id)
    return client


def profile_problems(work: Work, profile: ClientProfile) -> tuple[Problem, ...]:
    """What is wrong, ``where`` the field: ``name_missing``, ``number_taken`` (number),
    ``birth_date_future``, ``representative_name_missing``, ``ends_before_start``,
    ``phone_missing`` and ``email_missing`` for an empty line.

    An incomplete address is no problem here: what is known is worth keeping, and the letter says
    what it lacks.
    """
    client = profile.client
    problems: list[Problem] = []
    if not client.family_name.strip() and not client.given_name.strip():
        problems.append(Problem("name_missing", where="family_name"))
    if client.number is not None:
        other = work.first(Client, number=client.number)
        if other is not None and other.id != client.id:
            problems.append(Problem("number_taken", {"number": client.number}, "number"))
    if client.birth_date is not None and client.birth_date > work.today:
        problems.append(Problem("birth_date_future", {"day": client.birth_date}, "birth_date"))
    problems.extend(
        Problem("phone_missing", where=f"phones.{row}")
        for row, phone in enumerate(profile.phones)
        if not phone.typed.strip()
    )
    problems.extend(
        Problem("email_missing", where=f"emails.{row}")
        for row, email in enumerate(profile.emails)
        if not email.address.strip()
    )
    representative = profile.representative
    if representative is not None:
        named = (representative.family_name, representative.given_name, representative.organisation)
        if not any(name.strip() for name in named):
            problems.append(
                Problem("representative_name_missing", where="representative.family_name")
            )
        until = representative.valid_until
        if until is not None and until < representative.valid_from:
            problems.append(Problem("ends_before_start", where="representative.valid_until"))
    return tuple(problems)


def _tidy(profile: ClientProfile) -> ClientProfile:
    """Without blanks around what was typed; an empty number is no number."""
    client = profile.client
    return replace(
        profile,
        client=replace(
            client,
            family_name=client.family_name.strip(),
            given_name=client.given_name.strip(),
            number=(client.number or "").strip() or None,
            case_number=(client.case_number or "").strip() or None,
        ),
    )


def _keep(work: Work, kind: type[C], client_id: UUID, rows: Iterable[C]) -> None:
    kept = list(rows)
    ids = {row.id for row in kept}
    for stored in work.reader.find(kind, client_id=client_id):
        if stored.id not in ids:
            work.remove(stored)
    for row in kept:
        work.save(_corrected(work, row))


def _corrected(work: Work, row: C) -> C:
    """A changed address is not the one mail came back from, a number typed anew not the wrong
    one."""
    if row.version == 0:
        return row
    if isinstance(row, ClientAddress):
        before = work.get(ClientAddress, row.id)
        if not same_content(replace(row, returned_on=before.returned_on), before):
            return replace(row, returned_on=None)
    if isinstance(row, ClientPhone) and work.get(ClientPhone, row.id).typed != row.typed:
        return replace(row, bad_since=None)
    return row


def _end_representative(work: Work, client_id: UUID) -> None:
    """Taken off in the editor: who was never in force goes, the others end yesterday."""
    for stored in work.reader.find(Representative, client_id=client_id):
        if stored.valid_from >= work.today:
            work.remove(stored)
        elif stored.valid_until is None or stored.valid_until >= work.today:
            work.change(stored, valid_until=work.today - timedelta(days=1))


def _write_note(work: Work, client_id: UUID, text: str) -> None:
    note = work.first(ClientNote, client_id=client_id)
    if note is not None:
        work.change(note, text=text)
    elif text:
        work.add(ClientNote(id=new_id(), client_id=client_id, text=text))
