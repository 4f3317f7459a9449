"""Forms that were interrupted: what the list calls them, and that each is opened again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.gui.app import Program
from koba_desktop.gui.carrying_on import FORMS, form_of
from koba_desktop.gui.drafts import ABOUT
from koba_desktop.gui.unfinished import draft_name
from koba_desktop.i18n import activate
from koba_desktop.services.ids import new_id

MONDAY = datetime(2021, 4, 12, 14, 55, tzinfo=UTC)


def draft(form: str, **content: Any) -> Draft:
    return Draft(id=new_id(), author_id=new_id(), form=form, content=content, saved_at=MONDAY)


@pytest.fixture
def german() -> Iterator[None]:
    activate("de")
    yield
    activate("en")


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (draft("client", family_name="Kuhn"), "Kunde/Kundin: Kuhn – Mo 12. April, 16:55"),
        (draft("appointment", name="Kuhn, Sabine"), "Termin: Kuhn, Sabine – Mo 12. April, 16:55"),
        (draft("admin.Room", name="R 1.04"), "Verwaltung: R 1.04 – Mo 12. April, 16:55"),
        (draft("admin.Room", **{ABOUT: "R 1.05"}), "Verwaltung: R 1.05 – Mo 12. April, 16:55"),
        (draft("something_later"), "Formular – Mo 12. April, 16:55"),
    ],
)
def test_the_list_calls_forms_by_words_of_the_office(german: None, kept: Draft, said: str) -> None:
    assert draft_name(kept) == said


def test_every_form_is_called_something(german: None) -> None:
    names = [form.title() for form in FORMS]
    assert len(set(names)) == len(names)
    assert all(name and "_" not in name for name in names)


def test_every_form_stands_for_itself() -> None:
    for form in FORMS:
        name = f"{form.form}Room" if form.form.endswith(".") else form.form
        assert form_of(draft(name)) is form
    assert form_of(draft("administration")) is None


def test_a_form_of_a_later_version_stays_kept(program: Program) -> None:
    assert program.session is not None
    program.session.unfinished.carry_on(draft("something_later"))
    assert "stays kept" in program.window.messages.text()
