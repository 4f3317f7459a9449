"""The client editor: typed text becomes a profile, faults stand beside fields, nothing is lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.clients import (
    Client,
    ClientAddress,
    ClientEmail,
    ClientPhone,
    Representative,
)
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.vocabulary import Need, Salutation
from koba_desktop.gui.clients.editor import ClientEditor, open_client_editor
from koba_desktop.gui.clients.merging import merge
from koba_desktop.gui.clients.profile_text import (
    content_of,
    problems_of,
    profile_from,
    window_text,
)
from koba_desktop.gui.dates import parse_date
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import ClientProfile, SaveClient
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.ports import Foreign
from tests.gui.small_desk import Hands, small_desk

TODAY = date(2021, 4, 1)


# --- typed days ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("14.07.1979", date(1979, 7, 14)),
        ("14.7.79", date(1979, 7, 14)),
        ("1.4.21", date(2021, 4, 1)),
        ("2.4.21", date(1921, 4, 2)),
        ("14071979", date(1979, 7, 14)),
        ("1979-07-14", date(1979, 7, 14)),
        (" 29.02.2020 ", date(2020, 2, 29)),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, day: date) -> None:
    assert parse_date(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31.02.1980", "29.02.2021", "1.13.2000", "gestern", "1.4."])
def test_days_that_do_not_exist_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_date(typed, TODAY)


# --- profile and text ---------------------------------------------------------------------------


def sample() -> ClientProfile:
    client = Client(
        id=new_id(),
        version=3,
        family_name="Kuhn",
        given_name="Marlies",
        number="118274",
        salutation=Salutation.FRAU,
        birth_date=date(1979, 7, 14),
        needs=(Need.WHEELCHAIR, Need.HEARING),
        office_id=new_id(),
        advisor_id=new_id(),
    )
    return ClientProfile(
        client=client,
        address=ClientAddress(
            id=new_id(),
            client_id=client.id,
            street="Lindenweg 7",
            postcode="38820",
            town="Halberstadt",
        ),
        phones=(
            ClientPhone(
                id=new_id(), client_id=client.id, typed="0176 04069118", e164="+4917604069118"
            ),
            ClientPhone(
                id=new_id(),
                client_id=client.id,
                typed="03941 1274",
                e164="+4939411274",
                position=1,
            ),
        ),
        emails=(ClientEmail(id=new_id(), client_id=client.id, address="m.kuhn@example.org"),),
        representative=Representative(
            id=new_id(), client_id=client.id, family_name="Anders", valid_from=date(2021, 5, 1)
        ),
        note="vormittags",
    )


def test_a_profile_survives_the_way_through_the_form() -> None:
    profile = sample()
    assert profile_from(content_of(profile), profile, TODAY) == profile


def test_one_name_is_enough() -> None:
    content = content_of(sample()) | {"family_name": ""}
    assert problems_of(content, TODAY) == ()
    content["given_name"] = " "
    assert [problem.code for problem in problems_of(content, TODAY)] == ["name_missing"]


def test_faults_are_named_with_their_field() -> None:
    content = content_of(sample()) | {
        "birth_date": "31.02.1980",
        "email": "m.kuhn",
        "rep_valid_until": "30.04.2021",
    }
    found = {problem.where: problem.code for problem in problems_of(content, TODAY)}
    assert found == {
        "birth_date": "no_such_day",
        "email": "email_not_valid",
        "rep_valid_from": "ends_before_start",
    }


def test_a_birth_date_to_come_is_refused() -> None:
    content = content_of(sample()) | {"birth_date": "02.04.2021"}
    assert [problem.code for problem in problems_of(content, TODAY)] == ["birth_date_future"]


def test_the_window_shows_the_representative_from_the_first_day() -> None:
    profile = sample()
    content = content_of(profile)
    assert window_text(content, profile, TODAY).lines == (
        "Frau",
        "Marlies Kuhn",
        "Lindenweg 7",
        "38820 Halberstadt",
    )
    assert window_text(content, profile, date(2021, 5, 1)).lines == ("Anders",)


# --- merging ------------------------------------------------------------------------------------


def test_changes_of_different_fields_go_together() -> None:
    base = content_of(sample())
    result = merge(base, base | {"street": "Domplatz 3"}, base | {"note": "nachmittags"})
    assert (result.content["street"], result.content["note"]) == ("Domplatz 3", "nachmittags")
    assert result.clashes == ()
    assert result.from_theirs == ("note",)


def test_the_same_change_is_no_clash() -> None:
    base = content_of(sample())
    both = base | {"street": "Domplatz 3"}
    assert merge(base, dict(both), dict(both)).clashes == ()


def test_a_field_both_changed_is_asked_with_three_versions() -> None:
    base = content_of(sample())
    result = merge(base, base | {"street": "Domplatz 3"}, base | {"street": "Markt 1"})
    clash = result.clashes[0]
    assert (clash.field, clash.base, clash.mine, clash.theirs) == (
        "street",
        "Lindenweg 7",
        "Domplatz 3",
        "Markt 1",
    )


def test_phone_numbers_are_merged_row_by_row() -> None:
    base = content_of(sample())
    first, second = base["phones"]
    added = {"id": "new", "typed": "0170 1", "kind": "mobile", "bad": False}
    mine = base | {"phones": [first | {"typed": "0176 1"}, second, added]}
    theirs = base | {"phones": [first]}
    result = merge(base, mine, theirs)
    assert result.clashes == ()
    assert [row["typed"] for row in result.content["phones"]] == ["0176 1", "0170 1"]


def test_a_number_one_removed_and_one_changed_is_asked() -> None:
    base = content_of(sample())
    first, second = base["phones"]
    mine = base | {"phones": [first, second | {"typed": "03941 9"}]}
    assert [clash.field for clash in merge(base, mine, base | {"phones": [first]}).clashes] == [
        "phones"
    ]


# --- the window ---------------------------------------------------------------------------------


@dataclass
class Editing(Hands):
    parent: QWidget
    told: list[str]

    def open(self, **more: Any) -> ClientEditor:
        client_id = more.pop("client_id", self.office.kuhn.id)
        editor = open_client_editor(self.desk, client_id, self.parent, **more)
        self.settle()
        return editor

    def save(self, editor: ClientEditor) -> None:
        editor.form.save.click()
        self.settle()

    def stored(self) -> ClientProfile:
        with self.office.view() as view:
            return client_profile(view, self.office.kuhn.id)

    def drafts(self) -> tuple[Draft, ...]:
        with self.office.view() as view:
            return open_drafts(view)


@pytest.fixture
def editing(tmp_path: Path, qtbot: Any) -> Iterator[Editing]:
    with small_desk(tmp_path) as (office, desk):
        told: list[str] = []
        desk.message.connect(lambda text, undo: told.append(text))
        parent = QWidget()
        qtbot.addWidget(parent)
        parent.show()
        yield Editing(office, desk, qtbot, parent, told)


def test_it_opens_at_the_field_that_is_to_be_put_right(editing: Editing) -> None:
    editor = editing.open(field="street")
    assert editor.focusWidget() is editor.form.street
    editor.go_to_field("phones")
    assert editor.focusWidget() is editor.form.phones.rows[0].typed


def test_saving_writes_every_table(editing: Editing) -> None:
    editor = editing.open()
    form = editor.form
    form.birth_date.setText("14.7.79")
    form.need_wheelchair.setChecked(True)
    form.email.setText("m.kuhn@example.org")
    form.phones.add.click()
    form.phones.rows[-1].typed.setText("03941 1274")
    form.note.setPlainText("vormittags")
    form.street.setText("Domplatz 3")
    editing.save(editor)
    stored = editing.stored()
    assert stored.client.birth_date == date(1979, 7, 14)
    assert stored.client.needs == (Need.WHEELCHAIR,)
    assert [phone.e164 for phone in stored.phones][-1] == "+4939411274"
    assert stored.emails[0].address == "m.kuhn@example.org"
    assert (stored.note, stored.address.street if stored.address else "") == (
        "vormittags",
        "Domplatz 3",
    )
    assert editing.parent.findChildren(ClientEditor) == []


def test_an_impossible_day_is_refused_beside_its_field(editing: Editing) -> None:
    editor = editing.open()
    editor.form.birth_date.setText("31.02.1980")
    editing.save(editor)
    assert editor.isVisible()
    assert "31.02.1980" in editor.form.birth_date_error.text()
    assert editor.form.birth_date_error.isVisible()
    assert editor.form.birth_date.hasFocus()
    assert editing.stored().client.birth_date is None
    editor.form.birth_date.setText("28.02.1980")
    assert not editor.form.birth_date_error.isVisible()


def test_a_number_of_somebody_else_is_told_beside_its_field(editing: Editing) -> None:
    editor = editing.open()
    editor.form.number.setText("131906")
    editing.save(editor)
    assert editor.form.number_error.isVisible()
    assert "131906" in editor.form.number_error.text()


def test_a_new_client_is_created(editing: Editing) -> None:
    editor = editing.open(client_id=None)
    assert not editor.form.save.isEnabled()
    editor.form.given_name.setText("Suharto")
    editing.save(editor)
    created = editing.office.one(Client, given_name="Suharto")
    assert (created.family_name, created.advisor_id) == ("", editing.office.berger.id)


def test_the_preview_follows_the_typing(editing: Editing) -> None:
    editor = editing.open()
    editor.form.care_of.setText("Familie Brückner")
    assert editor.form.preview.lines == (
        "Frau",
        "Marlies Kuhn",
        "c/o Familie Brückner",
        "Lindenweg 7",
        "38820 Halberstadt",
    )
    editor.form.postcode.setText("3882")
    assert "3882" in editor.form.preview.problem


def test_changes_of_two_people_to_different_fields_merge_by_themselves(editing: Editing) -> None:
    editor = editing.open()
    editor.form.street.setText("Domplatz 3")
    stored = editing.stored()
    editing.office.do(
        SaveClient(profile=replace(stored, note="nachmittags")), by=editing.office.lindner
    )
    editing.save(editor)
    after = editing.stored()
    assert after.note == "nachmittags"
    assert after.address is not None
    assert after.address.street == "Domplatz 3"


def test_a_field_both_changed_offers_both_versions(editing: Editing) -> None:
    editor = editing.open()
    editor.form.family_name.setText("Kuhn-Roth")
    stored = editing.stored()
    theirs = replace(stored, client=replace(stored.client, family_name="Kuhnert"), note="neu")
    editing.office.do(SaveClient(profile=theirs), by=editing.office.lindner)
    editing.save(editor)
    view = editor.form.conflict
    assert view.isVisible()
    assert "Lindner" in view.accessibleName()
    mine, other = view.options["family_name"]
    assert (mine.text(), other.text()) == ("Kuhn-Roth", "Kuhnert")
    assert editor.form.note.toPlainText() == "neu"
    other.click()
    assert editor.form.family_name.text() == "Kuhnert"
    mine.click()
    editing.save(editor)
    after = editing.stored()
    assert (after.client.family_name, after.note) == ("Kuhn-Roth", "neu")


def changed_by_lindner(editing: Editing, **values: Any) -> None:
    stored = editing.stored()
    theirs = replace(stored, client=replace(stored.client, **values), note="neu")
    editing.office.do(SaveClient(profile=theirs), by=editing.office.lindner)
    editing.desk.others_wrote(Foreign(frozenset({("client", stored.client.id)})))
    editing.settle()


def test_the_form_says_at_once_that_somebody_changed_the_client(editing: Editing) -> None:
    editor = editing.open()
    editor.form.family_name.setText("Kuhn-Roth")
    changed_by_lindner(editing, given_name="Maria")
    assert editor.overtaken.text().startswith("Ms Lindner changed this client at ")
    assert editor.form.given_name.text() == "Marlies"
    editor.overtaken._link.click()
    editing.settle()
    assert editor.overtaken.isHidden()
    assert editor.form.given_name.text() == "Maria"
    assert editor.form.family_name.text() == "Kuhn-Roth"
    assert not editor.form.conflict.isVisible()
    changed_by_lindner(editing, family_name="Kuhnert")
    editor.overtaken._carry_on.click()
    assert editor.overtaken.isHidden()
    assert editor.form.family_name.text() == "Kuhn-Roth"
    editing.save(editor)
    assert set(editor.form.conflict.options) == {"family_name"}
    editing.save(editor)
    assert editing.stored().client.family_name == "Kuhn-Roth"


def test_closing_keeps_what_was_typed_and_it_comes_back(editing: Editing) -> None:
    editor = editing.open()
    editor.form.note.setPlainText("halb geschrieben")
    editor.close()
    editing.settle()
    assert any("unfinished" in text for text in editing.told)
    draft = editing.drafts()[0]
    again = editing.open(draft=draft)
    assert again.form.note.toPlainText() == "halb geschrieben"
    assert again.form.message.isVisible()
    editing.save(again)
    assert editing.stored().note == "halb geschrieben"
    assert editing.drafts() == ()


def test_discarding_brings_the_stored_data_back(editing: Editing) -> None:
    editor = editing.open()
    editor.form.family_name.setText("Falsch")
    editor.form.discard.click()
    editing.settle()
    assert editor.form.family_name.text() == "Kuhn"
    assert not editor.form.save.isEnabled()
    editor.close()
    editing.settle()
    assert editing.drafts() == ()


def test_without_database_the_form_stays_as_typed(
    editing: Editing, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = editing.open()
    editor.form.family_name.setText("Kuhn-Roth")
    real = editing.office.services.execute
    down = [Unavailable("database_locked")]

    def execute(command: Any, actor: Actor) -> Any:
        if down and isinstance(command, SaveClient):
            raise down.pop()
        return real(command, actor)

    monkeypatch.setattr(editing.office.services, "execute", execute)
    editing.save(editor)
    assert editor.isVisible()
    assert editor.form.family_name.text() == "Kuhn-Roth"
    assert editor.form.message.isVisible()
    editing.save(editor)
    assert editing.stored().client.family_name == "Kuhn-Roth"


def test_a_blocked_address_opens_for_nobody_else(editing: Editing) -> None:
    office = editing.office
    with office.store.writing(by=office.berger.id, now=office.clock.now()) as unit:
        stored = unit.get(Client, office.kuhn.id)
        unit.update(replace(stored, address_blocked=True, advisor_id=office.lindner.id))
    editor = editing.open()
    assert editor.form.message.isVisible()
    assert not editor.form.save.isEnabled()
    assert editor.form.street.text() == ""


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_the_same_client_opens_once(editing: Editing) -> None:
    assert editing.open() is editing.open()
