"""A text block for further cases, and on which sheet one sees it."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.letters import Template, TemplateVersion
from koba_desktop.domain.entities.office import Setting
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.wordings.cases import CaseDialog
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.wordings import WordingKey
from tests.gui.test_wordings import ARABIC, PROPOSAL, UKRAINIAN, Hands, desk, hands, open_panel
from tests.support import Office

__all__ = ["desk", "hands"]

MEN = "intro.male_advisor"


def asked(hands: Hands, key: str) -> CaseDialog:
    """Somebody at a block asks for another case of it."""
    page = hands.panel.page
    page.go_to(key)
    page.editor.another.click()
    found = hands.panel.window().findChildren(CaseDialog)
    dialog = next(each for each in found if each.isVisible())
    hands.settle()
    return dialog


def offered(hands: Hands) -> list[str]:
    return hands.panel.page.model.keys()


def tick(dialog: CaseDialog, condition: str) -> None:
    item = next(i for i in dialog._items() if i.data(Qt.ItemDataRole.UserRole) == condition)
    item.setCheckState(Qt.CheckState.Checked)


def add(hands: Hands, key: str, *conditions: str) -> None:
    dialog = asked(hands, key)
    for condition in conditions:
        tick(dialog, condition)
    dialog.add_button.click()
    hands.settle()


def test_a_text_is_written_for_another_case_and_only_such_letters_have_it(hands: Hands) -> None:
    page = hands.panel.page
    page.go_to("intro")
    usual = page.editor.field.toPlainText()
    add(hands, "intro", "male_advisor")
    assert page.editor.key == MEN
    assert hands.focused() is page.editor.field
    assert page.editor.field.toPlainText() == usual
    assert page.editor.field.usable
    assert hands.panel.sample.conditions() == ["male_advisor"]
    hands.type("Guten Tag. ")
    page.save_button.click()
    hands.settle()
    blocks = hands.versions(PROPOSAL)[-1].blocks
    assert blocks[MEN] == "Guten Tag. " + blocks["intro"]


def test_a_case_that_was_added_can_be_removed_again(hands: Hands) -> None:
    page = hands.panel.page
    add(hands, "intro", "male_advisor")
    page.save_button.click()
    hands.settle()
    page.go_to(MEN)
    page.editor.remove.click()
    hands.settle()
    assert page.editor.key == "intro"
    assert MEN not in offered(hands)
    page.save_button.click()
    hands.settle()
    assert MEN not in hands.versions(PROPOSAL)[-1].blocks
    assert len(hands.versions(PROPOSAL)) == 3


def test_a_case_of_the_program_is_not_removed_but_reset(hands: Hands) -> None:
    page = hands.panel.page
    page.go_to("intro.no_attempts")
    assert not page.editor.remove.isVisible()
    assert not page.editor.reset.isVisible()
    shipped = page.editor.field.toPlainText()
    hands.type("Neu: ")
    assert page.editor.reset.isVisible()
    page.editor.reset.click()
    hands.settle()
    assert page.editor.field.toPlainText() == shipped
    assert not page.save_button.isEnabled()
    page.editor.field.undo()
    assert page.editor.field.toPlainText().startswith("Neu: ")


def test_only_what_can_be_so_together_is_ticked_and_nothing_twice(hands: Hands) -> None:
    dialog = asked(hands, "intro")
    items = {item.data(Qt.ItemDataRole.UserRole): item for item in dialog._items()}
    assert not {"urgent", "outdoors", "personal"} & set(items)  # nobody is to come
    assert not dialog.add_button.isEnabled()
    tick(dialog, "female_advisor")
    assert dialog.add_button.isEnabled()
    assert not items["male_advisor"].flags() & Qt.ItemFlag.ItemIsEnabled
    items["female_advisor"].setCheckState(Qt.CheckState.Unchecked)
    tick(dialog, "no_attempts")
    assert not dialog.add_button.isEnabled()
    assert "there already" in dialog.message.text()
    dialog.reject()


def test_a_case_that_is_not_saved_survives_the_program(
    hands: Hands, desk: Desk, qtbot: QtBot
) -> None:
    add(hands, "intro", "male_advisor")
    hands.open(UKRAINIAN)
    hands.panel.hide()
    again = open_panel(desk, qtbot)
    again.open(PROPOSAL)
    assert MEN in offered(again)


def test_a_translator_is_offered_the_cases_that_somebody_added(hands: Hands) -> None:
    page = hands.panel.page
    add(hands, "intro", "male_advisor")
    page.save_button.click()
    hands.settle()
    hands.open(UKRAINIAN)
    page.go_to(MEN)
    assert page.editor.field.toPlainText() == ""
    assert page.editor.master.toPlainText()
    page.save_button.click()
    hands.settle()
    assert MEN not in hands.versions(UKRAINIAN)[-1].blocks  # nobody has written it


@pytest.mark.parametrize(
    ("which", "key"),
    [(ARABIC, "slip_heading"), (UKRAINIAN, "specimen"), (UKRAINIAN, "page_first")],
)
def test_what_an_earlier_program_stored_and_no_letter_prints_is_not_offered_any_more(
    desk: Desk, office: Office, qtbot: QtBot, which: WordingKey, key: str
) -> None:
    """It can still be saved, and goes then."""
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        template = next(
            each
            for each in uow.find(Template)
            if (each.kind, each.language, each.variant) == tuple(which)
        )
        [first] = uow.find(TemplateVersion, template_id=template.id)
        old = {**first.blocks, key: "?"}
        uow.add(replace(first, id=new_id(), number=2, blocks=old, created_at=None))
    hands = open_panel(desk, qtbot)
    hands.open(which)
    assert key not in offered(hands)
    hands.panel.page.go_to("closing")
    hands.type("! ")
    hands.panel.page.save_button.click()
    hands.settle()
    assert key not in hands.versions(which)[-1].blocks
    assert hands.versions(which)[-1].number == 3


def test_the_sample_lies_on_the_sheet_of_the_office_or_on_another(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    with office.store.writing(by=None, now=office.clock.now()) as uow:
        uow.add(Setting(id=new_id(), key="letters.form", value="A", valid_from=date(2020, 1, 1)))
    hands = open_panel(desk, qtbot)
    sample = hands.panel.sample
    qtbot.waitUntil(lambda: sample.sheet.chosen == ("A", "DL"))
    hands.settle()
    before = hands.page_image()
    sample.sheet.choose(("B", "C6/C5"))
    hands.settle()
    assert hands.page_image() is not before
