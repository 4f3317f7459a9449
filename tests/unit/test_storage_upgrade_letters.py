"""A file that knew German letters only becomes one of all languages (0003 → 0004)."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic import command

from koba_desktop.domain.entities.letters import (
    Letter,
    LetterArchive,
    TemplateReview,
    TemplateVersion,
)
from koba_desktop.domain.vocabulary import LetterAnswer, LetterKind, LetterState
from koba_desktop.services.ids import new_id
from koba_desktop.storage.check import check
from koba_desktop.storage.engine import sqlite_engine
from koba_desktop.storage.files import open_store
from koba_desktop.storage.migrations.upgrade import _config, upgrade
from koba_desktop.storage.store import SqliteStore
from tests.support import KEY
from tests.unit.old_rows import NINE, insert

DATA = {"reference": "K7M49QXR", "recipient_lines": ["Frau", "Marlies Kuhn"], "attempts": []}


class OldFile:
    """A database of revision 0003 with one letter that left the house and one that replaced it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.touch()
        engine = sqlite_engine(path, KEY)
        config = _config(())
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0003")
        with engine.begin() as connection:
            self._connection = connection
            office = self.row("office", name="Halberstadt", short_name="Halberstadt")
            advisor = self.row("staff", login="berger", salutation="frau", office_id=office)
            client = self.row(
                "client",
                family_name="Kuhn",
                office_id=office,
                number="118274",
                language="de",
                salutation="frau",
            )
            template = self.row(
                "template", kind="telephone_proposal", language="de", variant="standard"
            )
            self.version = self.row(
                "template_version",
                template_id=template,
                number=1,
                blocks=json.dumps({"subject": "Ihr Termin am {termin_datum}"}),
                valid_from="2021-01-01",
            )
            letter = {
                "client_id": client,
                "office_id": office,
                "advisor_id": advisor,
                "kind": "telephone_proposal",
                "language": "de",
                "variant": "standard",
                "template_version_id": self.version,
                "data": json.dumps(DATA),
                "assumed_posting": "2021-03-31",
                "version": 3,
                "printed_at": NINE,
                "posted_on": "2021-04-01",
                "created_at": NINE,
            }
            self.first = self.row("letter", **letter, state="posted")
            letter |= {"version": 1, "printed_at": None, "posted_on": None}
            held = {"hold_reason": "address_missing", "hold_details": json.dumps({"why": "§ 51"})}
            self.second = self.row("letter", **letter, **held, state="held", replaces_id=self.first)
            self.archive = self.row(
                "letter_archive", letter_id=self.first, pdf=b"%PDF", sha256="0" * 64, pages=1
            )
        engine.dispose()

    def row(self, table: str, **values: Any) -> str:
        return insert(self._connection, table, json="[]", **values)


@pytest.fixture
def old(tmp_path: Path) -> OldFile:
    return OldFile(tmp_path / "old.db")


@pytest.fixture
def store(old: OldFile) -> Iterator[SqliteStore]:
    assert upgrade(old.path, KEY) is not None
    store = open_store(old.path, KEY)
    yield store
    store.close()


def test_letters_and_wordings_are_what_they_were(old: OldFile, store: SqliteStore) -> None:
    assert {found.code for found in check(store)} == {"search_differs"}  # made by hand, as it was
    with store.reading() as reader:
        first, second = (reader.get(Letter, UUID(each)) for each in (old.first, old.second))
        (version,) = reader.find(TemplateVersion)
        (archive,) = reader.find(LetterArchive)
    assert (first.state, first.version, first.posted_on) == (
        LetterState.POSTED,
        3,
        date(2021, 4, 1),
    )
    assert (first.kind, first.data, first.printed_at, first.created_at) == (
        LetterKind.TELEPHONE_PROPOSAL,
        DATA,
        NINE,
        NINE,
    )
    assert (second.replaces_id, second.hold_details) == (first.id, {"why": "§ 51"})
    assert (archive.letter_id, archive.pdf) == (first.id, b"%PDF")
    assert version.blocks == {"subject": "Ihr Termin am {termin_datum}"}
    for letter in (first, second):
        assert (letter.translation_version_id, letter.answer, letter.answered_on) == (None,) * 3
        assert (letter.claim, letter.claimed_at, letter.claimed_printer) == (None,) * 3
        assert letter.template_version_id == version.id
    assert version.translates_id is None


def test_what_is_new_can_be_written(old: OldFile, store: SqliteStore) -> None:
    with store.writing(by=None, now=NINE) as uow:
        (version,) = uow.find(TemplateVersion)
        made = TemplateVersion(
            id=new_id(),
            template_id=version.template_id,
            number=2,
            blocks={"subject": "Your appointment on {termin_datum}"},
            valid_from=date(2021, 4, 13),
            translates_id=version.id,
        )
        review = TemplateReview(
            id=new_id(),
            template_version_id=made.id,
            reviewed_by="Jane Doe",
            reviewed_on=date(2021, 4, 13),
        )
        uow.add_all([made, review])
        letter = uow.get(Letter, UUID(old.first))
    answered = replace(
        letter,
        translation_version_id=made.id,
        answer=LetterAnswer.FITS,
        answered_on=date(2021, 4, 13),
    )
    with store.writing(by=None, now=NINE) as uow:
        uow.update(answered)
    with store.reading() as reader:
        assert [each.reviewed_by for each in reader.find(TemplateReview)] == ["Jane Doe"]
        assert reader.get(Letter, letter.id).answer is LetterAnswer.FITS


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("update template_version set number = 7", "append_only"),
        ("delete from template_review", "append_only"),
        ("update letter set language = 'en'", "version_skipped"),
        (
            "update letter set answer = 'fits', version = version + 1",
            "ck_letter_answered|letter.answered|answered",
        ),
        (
            "update letter set answer = 'maybe', answered_on = '2021-04-13', version = version + 1",
            "answer_word",
        ),
    ],
)
def test_the_tables_made_anew_are_guarded(
    old: OldFile, store: SqliteStore, statement: str, rule: str
) -> None:
    with store.writing(by=None, now=NINE) as uow:
        uow.add(
            TemplateReview(
                id=new_id(),
                template_version_id=UUID(old.version),
                reviewed_by="Jane Doe",
                reviewed_on=date(2021, 4, 13),
            )
        )
    with pytest.raises(sa.exc.DBAPIError, match=rule), store.engine.begin() as connection:
        connection.exec_driver_sql(statement)
