"""What leaves the program on paper or as a file is noted before it does: which letters, which
papers of which day, how many persons they name; never a name.

Plans on the doors are not noted: they show numbers instead of names, to everybody who passes.
Neither are blank reply slips and test pages.
"""

from collections.abc import Iterator
from typing import Any

from koba_desktop.domain import addresses
from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.office import Office
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.records import Record
from koba_desktop.domain.rights import Right
from koba_desktop.domain.vocabulary import AuditAction, NamedPaper
from koba_desktop.i18n import _, formats, ngettext
from koba_desktop.i18n.words import word
from koba_desktop.services.audit.rows import short_id
from koba_desktop.services.commands import LetterOut, NoteLettersOut, NotePaper
from koba_desktop.services.letters.states import require_readable
from koba_desktop.services.office.entitlement import require
from koba_desktop.services.ports import Reader
from koba_desktop.services.work import Work

Leaving = NoteLettersOut | NotePaper


def note_letters_out(work: Work, command: NoteLettersOut) -> dict[str, Any]:
    """See ``NoteLettersOut``."""
    letters = work.many(Letter, command.letter_ids)
    clients = work.many(Client, (each.client_id for each in letters.values()))
    for letter in letters.values():
        require_readable(work, letter)
        if not addresses.may_see_address(clients[letter.client_id], work.actor.staff_id):
            raise Refused(Problem("blocked_address", where=str(letter.id)))
        work.audit(AuditAction.EXPORT, letter, _letter_reason(command))
    return {"noted": len(letters)}


def note_paper(work: Work, command: NotePaper) -> dict[str, Any]:
    """See ``NotePaper``."""
    past = command.day is not None and command.day < work.today
    right = Right.READ_SOCIAL_DATA if past else Right.SEE_CLIENTS
    if command.paper is NamedPaper.CALL_LIST:
        right = Right.CALL
    require(work, right, command.office_id, command.advisor_id)
    work.audit(_action(command), work.get(Office, command.office_id), _paper_reason(command))
    return {"noted": 1}


def events_of(command: Leaving, reader: Reader) -> Iterator[tuple[AuditAction, Record, str]]:
    """What is noted of the command where nobody in particular acts, and nobody's rights are asked
    for. Raises NotFound."""
    match command:
        case NoteLettersOut():
            for letter_id in command.letter_ids:
                letter = reader.get(Letter, letter_id)
                yield AuditAction.EXPORT, letter, _letter_reason(command)
        case NotePaper():
            office = reader.get(Office, command.office_id)
            yield _action(command), office, _paper_reason(command)


def _action(command: NotePaper) -> AuditAction:
    return AuditAction.PRINT if command.printed else AuditAction.EXPORT


def _letter_reason(command: NoteLettersOut) -> str:
    return _("saved as PDF") if command.how is LetterOut.SAVED else _("opened as PDF")


def _paper_reason(command: NotePaper) -> str:
    """ "day list 13/04/2021, of …3f2a91bc, 23 persons"."""
    what = word(command.paper)
    if command.day is not None:
        what = f"{what} {formats.date_short(command.day)}"
    parts = [what]
    if command.advisor_id is not None:
        parts.append(_("of …{id}").format(id=short_id(command.advisor_id)))
    parts.append(ngettext("{n} person", "{n} persons", command.persons).format(n=command.persons))
    return ", ".join(parts)
