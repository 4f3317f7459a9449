"""An office that has something of everything, and comparing what arrived of it elsewhere."""

from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from koba_desktop.domain.entities.appointments import Hold
from koba_desktop.domain.entities.bookkeeping import (
    AuditEvent,
    Draft,
    ExecutedCommand,
    Presence,
)
from koba_desktop.domain.entities.clients import Client, ClientNote
from koba_desktop.domain.entities.letters import (
    Letter,
    LetterArchive,
    Template,
    TemplateReview,
    TemplateVersion,
)
from koba_desktop.domain.entities.modes import IncidenceValue, OperatingMode
from koba_desktop.domain.entities.office import Setting
from koba_desktop.domain.entities.rooms import Room
from koba_desktop.domain.errors import Problem
from koba_desktop.domain.vocabulary import AuditAction, LetterAnswer, LetterKind
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import UnitOfWork
from koba_desktop.storage.comparison import verify
from koba_desktop.storage.store import SqliteStore
from tests.support import TUESDAY, Office


def quiet(_done: int, _of: int) -> None:
    """A progress nobody looks at."""


def _translate(uow: UnitOfWork, letter_id: UUID) -> None:
    """A translation that points to a German text with a greater id, somebody who checked it, and a
    letter with both that was answered."""
    german, english = (
        next(
            each
            for each in uow.find(Template, language=language, variant="standard")
            if each.kind is LetterKind.PERSONAL
        )
        for language in ("de", "en")
    )
    first, second = new_id(), new_id()
    version = TemplateVersion(
        id=second, template_id=german.id, number=9, blocks={"a": "ß"}, valid_from=TUESDAY.date()
    )
    uow.add(version)
    uow.add(replace(version, id=first, template_id=english.id, translates_id=second))
    uow.add(
        TemplateReview(
            id=new_id(),
            template_version_id=first,
            reviewed_by="Zoë ‘Ünal’",
            reviewed_on=TUESDAY.date(),
        )
    )
    uow.update(
        replace(
            uow.get(Letter, letter_id),
            template_version_id=second,
            translation_version_id=first,
            answer=LetterAnswer.OTHER_PHONE,
            answered_on=TUESDAY.date(),
        )
    )


def furnish(office: Office) -> SqliteStore:
    """The demonstration, and of everything it has none of: drafts, commands, the audit, PDFs, a
    letter that replaces another, a checked translation, a planned mode taken back, what search has
    to fold."""
    store, actor = office.store, office.actor
    with store.writing(by=actor.staff_id, now=TUESDAY) as uow:
        letters = uow.find(Letter, order_by="-id", limit=2)
        uow.update(replace(letters[0], withdrawn_at=TUESDAY))
        # Points to a letter with a greater id: the order of the ids is not the order to write in.
        uow.update(replace(letters[1], replaces_id=letters[0].id))
        _translate(uow, letters[1].id)
        mode = uow.find(OperatingMode, order_by="id", limit=1)[0]
        back = uow.add(replace(mode, id=new_id()))
        uow.add(replace(mode, id=new_id(), withdraws_id=back.id, reason="Zurückgenommen"))
        client = uow.find(Client, order_by="id", limit=1)[0]
        uow.update(replace(client, family_name="Weiß-Łukasiewicz", given_name="Zoë ‘Ünal’"))
        room = uow.find(Room, order_by="id", limit=1)[0]
        uow.update(replace(room, area=0.1 + 0.2, height=2.0))
        uow.add(ClientNote(id=new_id(), client_id=client.id, text="Zeile\n\tzwei 😀 ' \" \\ %"))
        uow.add(Setting(id=new_id(), key="probe", value=None, valid_from=TUESDAY.date()))
        uow.add(
            Setting(
                id=new_id(),
                key="probe",
                value={"b": [1, 2.5, True, None], "a": "ß"},
                valid_from=TUESDAY.date(),
            )
        )
        uow.add(
            Draft(
                id=new_id(),
                author_id=actor.staff_id,
                form="client",
                subject_id=client.id,
                content={"name": "Halbfertig", "phones": ["03941 5970"]},
                saved_at=TUESDAY.replace(microsecond=123_457),
            )
        )
        uow.add(ExecutedCommand(id=new_id(), name="SaveClient", result={"id": str(client.id)}))
        uow.add(
            AuditEvent(
                id=new_id(),
                action=AuditAction.CHANGE,
                object_kind="client",
                object_id=client.id,
                fields=("family_name", "phone"),
                host="pc-7",
            )
        )
        uow.add(
            IncidenceValue(
                id=new_id(),
                district_key="15085",
                day=TUESDAY.date(),
                value=1e-9 + 100,
                published_on=TUESDAY.date(),
            )
        )
        for number in range(45):  # more than are held in memory at once
            pdf = bytes([number, 0, 255]) * 1_000
            archived = LetterArchive(
                id=new_id(), letter_id=letters[0].id, pdf=pdf, sha256=f"{number:064x}"
            )
            uow.add(archived)
        now = TUESDAY
        uow.add(
            Hold(
                id=new_id(),
                advisor_id=actor.staff_id,
                starts=now,
                ends=now.replace(hour=8),
                until=now.replace(hour=9),
            )
        )
    store.mark_present(
        Presence(
            id=new_id(), subject_id=client.id, staff_id=actor.staff_id, host="pc-7", seen_at=now
        )
    )
    return store


def compared(source: sa.Engine, target: sa.Engine) -> list[Problem]:
    with source.connect() as one, target.connect() as other:
        return verify(one, other, quiet)
