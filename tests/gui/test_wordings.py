"""The editor of wordings: an administrator changes a text, sees the page, saves, compares."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.letters import Letter, TemplateReview, TemplateVersion
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import LetterKind, LetterVariant, Role
from koba_desktop.domain.wording import placeholders
from koba_desktop.gui import theme
from koba_desktop.gui.app import Program
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.widgets.text import advance
from koba_desktop.gui.wordings.blocks import spoken as block_spoken
from koba_desktop.gui.wordings.compare import as_html
from koba_desktop.gui.wordings.compare import spoken as change_spoken
from koba_desktop.gui.wordings.diffing import Change, changes, words
from koba_desktop.gui.wordings.naming import (
    block_title,
    condition_text,
    language_title,
    placeholder_title,
)
from koba_desktop.gui.wordings.panel import WordingsPanel
from koba_desktop.gui.wordings.review import ReviewDialog
from koba_desktop.gui.wordings.sheet import shown, stored
from koba_desktop.gui.wordings.shelf import shelf
from koba_desktop.gui.wordings.tree import MARGIN
from koba_desktop.letters.letter import texts
from koba_desktop.letters.letter.render import Renderer
from koba_desktop.services.changes import ChangeSet, Topic
from koba_desktop.services.commands import Command, SaveWording
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.execution import Actor
from koba_desktop.services.letters.reading import letter_views
from koba_desktop.services.letters.wordings import WordingKey, wording_keys
from tests.gui.real_office import FakePrinters, lay_letters, nameless, opened_desk
from tests.support import Office

PROPOSAL = WordingKey(LetterKind.TELEPHONE_PROPOSAL, "de", "standard")
UKRAINIAN = WordingKey(LetterKind.TELEPHONE_PROPOSAL, "uk", "standard")
ARABIC = WordingKey(LetterKind.TELEPHONE_PROPOSAL, "ar", "standard")
TODAY = date(2021, 4, 13)


def actor_as(office: Office, role: Role) -> Actor:
    with office.services.view() as view:
        from koba_desktop.domain.entities.staff import StaffRole

        held = view.reader.find(StaffRole, role=role, order_by="id", limit=1)[0]
    return Actor(held.staff_id, held.office_id)


@pytest.fixture
def desk(qapp: Any, office: Office, tmp_path: Path) -> Iterator[Desk]:
    with opened_desk(qapp, office, FakePrinters(), tmp_path) as made:
        problems: list[Exception] = []
        made.problem.connect(problems.append)
        made.become(actor_as(office, Role.ADMINISTRATOR))
        yield made
        assert problems == []


class Hands:
    """Somebody at the panel, who waits for what they have asked for."""

    def __init__(self, desk: Desk, panel: WordingsPanel, bot: QtBot) -> None:
        self.desk = desk
        self.panel = panel
        self.bot = bot

    def settle(self) -> None:
        for _turn in range(2):
            self.bot.waitUntil(
                lambda: self.desk.tasks.idle and not self.panel.sample.waiting,
                timeout=15_000,
            )
            QApplication.processEvents()

    def press(self, *keys: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.focused(), key, modifier)
            self.settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)
        self.settle()

    def focused(self) -> QWidget:
        focused = self.panel.window().focusWidget()
        assert focused is not None
        return focused

    def tab_to(self, target: QWidget) -> None:
        """Press Tab until one is there."""
        for _step in range(60):
            if self.focused() is target:
                return
            QTest.keyClick(self.focused(), Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never comes to {target!r}")

    def open(self, which: WordingKey) -> None:
        assert self.panel.tree.go_to(which)
        self.settle()

    def page_image(self) -> Any:
        return self.panel.sample.preview._image

    def versions(self, which: WordingKey) -> list[TemplateVersion]:
        with self.desk.services.view() as view:
            template_id = shelf(view).wording(which).template_id
            return view.reader.find(TemplateVersion, template_id=template_id, order_by="number")


def open_panel(desk: Desk, bot: QtBot) -> Hands:
    panel = WordingsPanel(desk)
    bot.addWidget(panel)
    panel.resize(1366, 640)
    panel.show()
    hands = Hands(desk, panel, bot)
    bot.waitUntil(lambda: panel.sample.preview.has_page, timeout=15_000)
    hands.settle()
    panel.activateWindow()
    panel.setFocus()
    return hands


@pytest.fixture
def hands(desk: Desk, qtbot: QtBot) -> Hands:
    return open_panel(desk, qtbot)


# --- what it shows --------------------------------------------------------------------------------


def test_it_lists_each_kind_in_all_languages_a_letter_can_have(hands: Hands) -> None:
    listed = wording_keys()
    assert len([a for a in listed if a.kind is LetterKind.TELEPHONE_PROPOSAL]) == 10
    assert [a.variant for a in listed if a.kind is LetterKind.SUMMONS] == ["standard", "easy"]
    model = hands.panel.model
    assert len(model.row_indexes()) == len(listed)


def test_one_is_led_to_a_wording(hands: Hands) -> None:
    hands.desk.wording_requested.emit(ARABIC)
    hands.settle()
    wording = hands.panel.tree.current()
    assert wording is not None
    assert wording.which == ARABIC


def test_it_says_how_each_stands_in_words(hands: Hands) -> None:
    model = hands.panel.model
    german = model.find(PROPOSAL).siblingAtColumn(1).data()
    ukrainian = model.find(UKRAINIAN).siblingAtColumn(1).data()
    assert german.startswith("since ")
    assert ukrainian == "not checked"
    said = model.find(UKRAINIAN).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Ukrainian, version 1, not checked" in said


def test_each_block_has_a_name_and_each_case_is_in_words() -> None:
    for _kind, _language, _variant, blocks in texts.shipped_templates():
        for key, text in blocks.items():
            name, *conditions = key.split(".")
            assert block_title(name) != name
            assert all(condition_text(each) != each for each in conditions)
            assert all(placeholder_title(p) != p for p in placeholders(text))


def test_everything_has_a_name_for_a_screen_reader(hands: Hands) -> None:
    hands.open(UKRAINIAN)
    assert nameless(hands.panel) == []
    hands.panel.open_versions()
    hands.settle()
    assert nameless(hands.panel) == []


def test_a_translation_shows_its_german_text_beside_it(hands: Hands) -> None:
    hands.open(UKRAINIAN)
    hands.panel.page.go_to("intro.no_attempts")
    editor = hands.panel.page.editor
    assert editor.master.isVisible()
    assert editor.master.toPlainText().startswith("wir möchten gern mit Ihnen sprechen")
    hands.open(PROPOSAL)
    assert not editor.master.isVisible()


def test_arabic_is_written_from_right_to_left(hands: Hands) -> None:
    hands.open(ARABIC)
    field = hands.panel.page.editor.field
    assert field.layoutDirection() is Qt.LayoutDirection.RightToLeft
    option = field.document().defaultTextOption()
    assert option.textDirection() is Qt.LayoutDirection.RightToLeft
    hands.open(PROPOSAL)
    assert field.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_a_line_break_of_the_letter_is_one_in_the_field() -> None:
    assert shown("eins<br/>zwei <b>drei</b>") == "eins\nzwei <b>drei</b>"
    assert stored("eins\nzwei <b>drei</b>") == "eins<br/>zwei <b>drei</b>"


def test_the_lead_of_an_office_sees_and_changes_nothing(
    desk: Desk, office: Office, qtbot: QtBot
) -> None:
    desk.become(actor_as(office, Role.LEAD))
    hands = open_panel(desk, qtbot)
    assert "Only administrators" in hands.panel.page.note.text()
    assert hands.panel.page.editor.field.isReadOnly()
    assert not hands.panel.page.foot.isVisible()
    assert not hands.panel.page.editor.chips.isVisible()
    hands.panel.open_versions()
    assert not hands.panel.versions.reset_button.isEnabled()


# --- by the keyboard alone ------------------------------------------------------------------------


def test_a_text_is_changed_seen_saved_compared_and_reset_by_the_keyboard(hands: Hands) -> None:
    panel = hands.panel
    assert hands.focused() is panel.tree
    before = hands.page_image()
    hands.tab_to(panel.page.blocks)
    hands.press(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert hands.focused() is panel.page.editor.field
    assert panel.page.editor.key == "subject"
    hands.press(Qt.Key.Key_End)
    hands.type(" heute")
    assert hands.page_image() != before
    assert panel.model.find(PROPOSAL).siblingAtColumn(1).data().startswith("not saved")
    hands.press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    [first, second] = hands.versions(PROPOSAL)
    assert second.blocks["subject"] == f"{first.blocks['subject']} heute"
    assert second.valid_from == TODAY
    assert panel.model.find(PROPOSAL).siblingAtColumn(1).data().endswith("changed")

    hands.tab_to(panel.page.versions_button)
    hands.press(Qt.Key.Key_Return)
    assert hands.focused() is panel.versions.versions
    [row] = [panel.versions.model.index(n).data() for n in range(panel.versions.model.rowCount())]
    assert row == "Subject: new “heute”"
    hands.tab_to(panel.versions.reset_button)
    hands.press(Qt.Key.Key_Return)
    assert panel.page.isVisible()
    hands.press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    [*_others, third] = hands.versions(PROPOSAL)
    assert (third.number, third.blocks) == (3, first.blocks)


def test_one_walks_from_text_to_text_without_leaving_the_field(hands: Hands) -> None:
    hands.panel.page.go_to("subject")
    hands.press(Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.AltModifier)
    assert hands.panel.page.editor.key == "subject.representative"
    assert hands.focused() is hands.panel.page.editor.field
    hands.press(Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    assert hands.panel.page.editor.key == "subject"


def test_who_saves_while_writing_goes_on_in_the_same_place(hands: Hands) -> None:
    page = hands.panel.page
    hands.panel.activateWindow()
    page.go_to("intro")
    hands.press(Qt.Key.Key_Home)
    hands.type("Zwei ")
    hands.press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    assert hands.focused() is page.editor.field
    assert page.editor.key == "intro"
    hands.type("drei ")
    hands.press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    [*_others, third] = hands.versions(PROPOSAL)
    assert third.blocks["intro"].startswith("Zwei drei ")


# --- writing --------------------------------------------------------------------------------------


def test_a_misspelt_placeholder_is_marked_at_once_and_put_right_by_a_click(hands: Hands) -> None:
    hands.panel.page.go_to("closing")
    hands.type("{kudne}")
    editor = hands.panel.page.editor
    assert editor.message.text() == "Unknown placeholder {kudne}. Did you mean {kunde}?"
    editor.message.link.click()
    assert "{kunde}" in editor.field.toPlainText()
    assert not editor.message.isVisible()
    hands.settle()


def test_placeholders_stand_out_and_wrong_ones_more(hands: Hands) -> None:
    hands.panel.page.go_to("closing")
    field = hands.panel.page.editor.field
    field.insert("{kunde} {kudne} ")
    hands.settle()
    formats = field.document().firstBlock().layout().formats()
    wavy = QTextCharFormat.UnderlineStyle.WaveUnderline
    marked = {
        field.toPlainText()[f.start : f.start + f.length].strip(): f.format.underlineStyle() is wavy
        for f in formats
        if f.format.background().style() is not Qt.BrushStyle.NoBrush
    }
    assert marked["{kunde}"] is False
    assert marked["{kudne}"] is True


def test_buttons_insert_what_a_letter_of_the_case_knows(hands: Hands) -> None:
    page = hands.panel.page
    page.go_to("box_line")
    tips = {b.text(): b.toolTip() for b in chips(page.editor.chips)}
    assert tips["Client's phone"] == "{telefonnummer}, for example: 0176\N{NO-BREAK SPACE}04069118"
    next(b for b in chips(page.editor.chips) if b.text() == "Client's phone").click()
    hands.settle()
    assert page.editor.field.toPlainText().startswith("{telefonnummer}")
    page.go_to("box_line.no_phone")
    hands.settle()
    assert "Client's phone" not in {b.text() for b in chips(page.editor.chips)}


def chips(row: QWidget) -> list[Any]:
    from koba_desktop.gui.widgets import ToolButton

    return [button for button in row.findChildren(ToolButton) if button.isVisible()]


def test_bold_goes_around_what_is_selected_and_away_again(hands: Hands) -> None:
    hands.panel.page.go_to("subject")
    field = hands.panel.page.editor.field
    field.selectAll()
    hands.press(Qt.Key.Key_B, modifier=Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText().startswith("<b>Wir möchten")
    assert field.toPlainText().endswith("</b>")
    hands.press(Qt.Key.Key_B, modifier=Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText().startswith("Wir möchten")


def test_each_text_has_steps_of_its_own_to_undo(hands: Hands) -> None:
    page = hands.panel.page
    page.go_to("subject")
    hands.type("A")
    page.go_to("closing")
    hands.type("B")
    hands.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert page.editor.field.toPlainText().startswith("Mit")
    page.go_to("subject")
    assert page.editor.field.toPlainText().startswith("AWir")
    hands.press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert page.editor.field.toPlainText().startswith("Wir")
    assert not page.save_button.isEnabled()


def test_the_page_follows_the_text_and_the_case(hands: Hands) -> None:
    sample = hands.panel.sample
    hands.panel.page.go_to("box_line.no_phone")
    hands.settle()
    assert sample.conditions() == ["no_phone"]
    assert sample.case_line.text() == "if no phone number is known"
    before = hands.page_image()
    sample.easy.click()
    hands.settle()
    assert hands.page_image() != before


def test_a_translation_is_shown_by_its_own_page(hands: Hands) -> None:
    hands.open(UKRAINIAN)
    sample = hands.panel.sample
    last = sample.turner.text().split()
    assert last[1] == last[3] != "1"
    sample.turner.back.click()
    hands.settle()
    assert sample.turner.text() != " ".join(last)


# --- saving ---------------------------------------------------------------------------------------


def test_what_stands_against_saving_is_listed_and_leads_to_its_block(hands: Hands) -> None:
    page = hands.panel.page
    page.go_to("silence.no_phone")
    page.editor.field.insert("漢")
    page.go_to("intro.representative")
    page.editor.field.insert("Ein langer Satz. " * 120)
    hands.press(Qt.Key.Key_S, modifier=Qt.KeyboardModifier.ControlModifier)
    assert len(hands.versions(PROPOSAL)) == 1
    lines = [page.problems.item(n).text() for n in range(page.problems.count())]
    assert any(line.startswith("If we hear nothing: if no phone number") for line in lines)
    assert any("漢 (U+6F22)" in line for line in lines)
    assert any(line.startswith("Introduction: to a representative") for line in lines)
    assert page.editor.key == "intro.representative"
    faulty = page.model.row(page.model.find("silence.no_phone"))
    assert faulty is not None
    assert "漢" in block_spoken(faulty)
    page.problems.setFocus()
    row = next(n for n, line in enumerate(lines) if "漢 (U+6F22)" in line)
    page.problems.setCurrentRow(row)
    hands.press(Qt.Key.Key_Return)
    assert page.editor.key == "silence.no_phone"
    assert hands.focused() is page.editor.field


def test_a_version_may_come_into_force_later(hands: Hands) -> None:
    page = hands.panel.page
    page.go_to("subject")
    hands.type("Neu: ")
    page.day.setDate(page.day.minimumDate().addDays(20))
    page.save_button.click()
    hands.settle()
    assert hands.versions(PROPOSAL)[-1].valid_from == date(2021, 5, 3)
    assert hands.panel.model.find(PROPOSAL).siblingAtColumn(1).data().startswith("from 03/05/2021")
    assert "Until then version 1 holds." in page.status.text()


def test_a_new_german_text_makes_its_translations_outdated(hands: Hands) -> None:
    page = hands.panel.page
    page.go_to("subject")
    hands.type("Neu: ")
    page.save_button.click()
    hands.settle()
    assert "Ukrainian" in page.notice.text()
    assert hands.panel.model.find(UKRAINIAN).siblingAtColumn(1).data() == "outdated"
    assert "Easy German" in page.notice.text()
    easy = PROPOSAL._replace(variant=LetterVariant.EASY.value)
    assert hands.panel.model.find(easy).siblingAtColumn(1).data() == "outdated"
    hands.open(easy)
    assert page.status.text().count("Outdated: the standard text has changed since.") == 1
    page.go_to("subject")
    assert page.editor.master.toPlainText().startswith("Neu: ")
    page.save_button.click()
    hands.settle()
    assert hands.panel.model.find(easy).siblingAtColumn(1).data().startswith("since")
    hands.open(UKRAINIAN)
    page.save_button.click()  # it still says the same
    hands.settle()
    assert hands.panel.model.find(UKRAINIAN).siblingAtColumn(1).data() == "not checked"


def test_leichte_sprache_is_warned_of_what_the_standard_text_names(hands: Hands) -> None:
    """It says things otherwise: it can be saved all the same."""
    page = hands.panel.page
    hands.open(PROPOSAL._replace(variant=LetterVariant.EASY.value))
    page.go_to("slip_subject")
    page.editor.field.selectAll()
    hands.type("zum Telefon-Termin")
    assert "also names {termin} here" in page.editor.message.text()
    assert page.editor.field.property("invalid") is False
    page.save_button.click()
    hands.settle()
    assert hands.versions(PROPOSAL._replace(variant="easy"))[-1].number == 2


def test_a_translation_is_to_hold_with_the_german_text_it_is_of(hands: Hands) -> None:
    page = hands.panel.page
    page.go_to("subject")
    hands.type("Neu: ")
    page.day.setDate(page.day.minimumDate().addDays(20))
    page.save_button.click()
    hands.settle()
    hands.open(UKRAINIAN)
    assert page.chosen_day() == date(2021, 5, 3)
    page.save_button.click()
    hands.settle()
    assert hands.panel.model.find(UKRAINIAN).siblingAtColumn(1).data() == "not checked"


def test_the_name_of_a_language_is_read_whole_also_where_it_is_chosen(hands: Hands) -> None:
    tree = hands.panel.tree
    room = tree.columnWidth(0) - MARGIN - theme.px(18) - 4
    names = [language_title(each.language, each.variant) for each in wording_keys()]
    assert all(advance(name, bold=True) <= room for name in names)


def test_a_native_reader_is_entered_with_the_day(hands: Hands, qtbot: QtBot) -> None:
    hands.open(UKRAINIAN)
    unread = hands.page_image()
    hands.panel.page.review_button.click()
    [dialog] = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReviewDialog)]
    assert not dialog.save_button.isEnabled()
    QTest.keyClicks(dialog.reader, "Olena Schewtschenko")
    dialog.save_button.click()
    hands.settle()
    with hands.desk.services.view() as view:
        [review] = view.reader.find(TemplateReview)
    assert (review.reviewed_by, review.reviewed_on) == ("Olena Schewtschenko", TODAY)
    assert hands.panel.model.find(UKRAINIAN).siblingAtColumn(1).data() == "checked 13/04/2021"
    assert "Checked by Olena Schewtschenko on 13/04/2021." in hands.panel.page.status.text()
    assert hands.page_image() != unread  # the page says so as well
    hands.panel.page.go_to("subject")
    hands.type("!")
    assert hands.panel._content().review is None  # what is typed has nobody read


def test_a_letter_that_is_there_stays_as_it_was_to_the_byte(hands: Hands, office: Office) -> None:
    [letter_id] = lay_letters(office, 1)

    def pdf() -> bytes:
        with office.services.view(office.actor.staff_id) as view:
            [found] = letter_views(view, (letter_id,))
        return Renderer(invariant=True).render(found.source).pdf

    before = pdf()
    page = hands.panel.page
    page.go_to("subject")
    hands.type("Neu: ")
    page.save_button.click()
    hands.settle()
    assert len(hands.versions(PROPOSAL)) == 2
    assert pdf() == before
    [later] = lay_letters(office, 1)
    with office.services.view() as view:
        assert view.reader.get(Letter, later).template_version_id == hands.versions(PROPOSAL)[1].id


def test_who_is_overtaken_keeps_the_text_on_top_of_the_newer_version(
    hands: Hands, office: Office
) -> None:
    page = hands.panel.page
    page.go_to("closing")
    hands.type("Herzlich. ")
    [first] = hands.versions(PROPOSAL)
    blocks = {**first.blocks, "subject": "Ein anderer Betreff"}
    office.services.execute(
        SaveWording(
            kind=PROPOSAL.kind,
            language="de",
            variant=LetterVariant.STANDARD,
            blocks=blocks,
            valid_from=TODAY,
            seen=first.id,
        ),
        hands.desk.actor,
    )
    page.save_button.click()
    hands.settle()
    assert "version 2" in page.notice.text()
    page.save_button.click()
    hands.settle()
    newest = hands.versions(PROPOSAL)[-1].blocks
    assert newest["subject"] == "Ein anderer Betreff"
    assert newest["closing"].startswith("Herzlich. ")


def test_two_who_save_the_first_version_at_once_can_compare_their_texts(
    hands: Hands, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither saw the other's: the database takes one, and refuses the other's number."""
    page, execute = hands.panel.page, hands.desk.execute
    page.go_to("closing")
    hands.type("Herzlich. ")
    [first] = hands.versions(PROPOSAL)
    other = SaveWording(
        kind=PROPOSAL.kind,
        language="de",
        variant=LetterVariant.STANDARD,
        blocks={**first.blocks, "closing": "Bis bald"},
        valid_from=TODAY,
        seen=first.id,
    )

    def at_once(command: Command, **how: Any) -> None:
        if not isinstance(command, SaveWording):
            execute(command, **how)
            return
        office.services.execute(other, hands.desk.actor)
        how["failed"](Refused(Problem("already_exists", {"kind": "template_version"}, "number")))

    monkeypatch.setattr(hands.desk, "execute", at_once)
    page.save_button.click()
    hands.settle()
    assert "already exists" not in page.notice.text()
    assert "version 2 meanwhile" in page.notice.text()
    assert "both of you changed the same text" in page.notice.text()
    assert page.editor.field.toPlainText().startswith("Herzlich. ")
    monkeypatch.setattr(hands.desk, "execute", execute)
    page.save_button.click()
    hands.settle()
    assert hands.versions(PROPOSAL)[-1].number == 3


def test_letters_of_the_office_do_not_ask_for_the_wordings_again(
    hands: Hands, office: Office
) -> None:
    asked: list[str] = []
    hands.panel.refresh = lambda: asked.append("again")  # type: ignore[method-assign]
    hands.desk.changed.emit(ChangeSet(topics=frozenset({Topic.LETTERS, Topic.APPOINTMENTS})))
    assert asked == []
    hands.desk.changed.emit(ChangeSet(topics=frozenset({Topic.LETTERS, Topic.WORDINGS})))
    assert asked == ["again"]


# --- nothing typed is lost ------------------------------------------------------------------------


def test_leaving_asks_nothing_and_the_text_is_still_there(hands: Hands) -> None:
    hands.panel.page.go_to("subject")
    hands.type("Neu: ")
    hands.open(UKRAINIAN)
    hands.open(PROPOSAL)
    assert hands.panel.page.editor.field.toPlainText().startswith("Neu: ")
    assert hands.panel.page.save_button.isEnabled()


def test_what_was_typed_survives_the_program(hands: Hands, desk: Desk, qtbot: QtBot) -> None:
    hands.panel.page.go_to("subject")
    hands.type("Neu: ")
    hands.open(UKRAINIAN)  # a draft is kept on leaving
    hands.panel.hide()
    again = open_panel(desk, qtbot)
    assert again.panel.page.editor.field.toPlainText().startswith("Neu: ")
    assert "what you had typed before" in again.panel.page.notice.text()
    again.panel.discard()
    again.settle()
    assert again.panel.page.editor.field.toPlainText().startswith("Wir")
    with desk.services.view(desk.actor.staff_id) as view:
        assert open_drafts(view) == ()


def test_a_draft_opens_its_wording(hands: Hands, desk: Desk, qtbot: QtBot) -> None:
    hands.open(UKRAINIAN)
    hands.panel.page.go_to("closing")
    hands.type("x")
    hands.open(PROPOSAL)
    with desk.services.view(desk.actor.staff_id) as view:
        [draft] = open_drafts(view)
    assert draft.form == "wording"
    assert draft.content["_about"] == "Proposed telephone appointment · Ukrainian"
    hands.panel.hide()
    again = open_panel(desk, qtbot)
    again.panel.carry_on(draft)
    again.settle()
    assert again.panel.page.heading.text() == "Proposed telephone appointment · Ukrainian"
    assert again.panel.page.save_button.isEnabled()


# --- differences ----------------------------------------------------------------------------------


def test_a_difference_is_told_word_by_word() -> None:
    pieces = words("Bitte rufen Sie uns an.", "Bitte schreiben Sie uns an.")
    assert [(p.change, p.text) for p in pieces] == [
        (Change.SAME, "Bitte "),
        (Change.GONE, "rufen"),
        (Change.NEW, "schreiben"),
        (Change.SAME, " Sie uns an."),
    ]


def test_neighbouring_changes_are_one() -> None:
    pieces = words("am alten Tag", "am neuen Termin")
    assert [(p.change, p.text) for p in pieces[1:]] == [
        (Change.GONE, "alten Tag"),
        (Change.NEW, "neuen Termin"),
    ]


def test_nothing_is_lost_between_two_versions() -> None:
    for before, after in (("", "neu"), ("alt", ""), ("a b c", "a x c"), ("eins zwei", "zwei eins")):
        pieces = words(before, after)
        assert "".join(p.text for p in pieces if p.change is not Change.NEW) == before
        assert "".join(p.text for p in pieces if p.change is not Change.GONE) == after


def test_only_blocks_that_differ_are_listed_and_said_in_words() -> None:
    [change] = changes(
        {"subject": "eins", "intro": "gleich"}, {"subject": "zwei", "intro": "gleich"}
    )
    assert change_spoken(change) == "Subject: deleted “eins”, new “zwei”"


def test_differences_are_told_by_more_than_colour() -> None:
    [change] = changes({"subject": "eins <b>"}, {"subject": "zwei <b>"})
    html = as_html(change, right_to_left=False)
    assert "line-through" in html
    assert "underline" in html
    assert "&lt;b&gt;" in html


# --- where it is ----------------------------------------------------------------------------------


def test_administrators_have_the_view_and_advisors_do_not(
    program: Program, demo_office: Office
) -> None:
    window = program.window
    assert program.desk is not None
    index = next(n for n in range(window.tabs.count()) if window.tabs.tabText(n) == "Wordings")
    assert not window.tabs.isTabVisible(index)
    program.desk.become(actor_as(demo_office, Role.ADMINISTRATOR))
    assert window.tabs.isTabVisible(index)
