"""A letter somebody writes: only what suits can be chosen, and it lies in the outbox afterwards."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import Channel, Language, LetterKind
from koba_desktop.gui.letters import new_letter
from koba_desktop.gui.letters.new_letter import NewLetterDialog
from koba_desktop.services.letters.reading import letter_views
from tests.gui.letters_desk import PENDING, idle
from tests.gui.real_office import coming, nameless, the_outbox


@pytest.fixture
def appointment(office):
    """One by telephone, of a client."""
    return next(row for row in coming(office, 60) if row.channel is Channel.TELEPHONE)


@pytest.fixture
def dialog(qtbot, desk, appointment):
    made = NewLetterDialog(desk, None, appointment.client_id)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    idle(qtbot, desk)
    return made


def kinds(dialog) -> set[LetterKind]:
    return {LetterKind(dialog.kind.itemData(row)) for row in range(dialog.kind.count())}


def choose(box, value) -> None:
    box.setCurrentIndex(next(row for row in range(box.count()) if box.itemData(row) == value))


def test_only_kinds_that_suit_the_appointment_are_offered(qtbot, dialog, desk, appointment):
    choose(dialog.appointment, appointment.id)
    idle(qtbot, desk)
    assert LetterKind.CHANGED_TELEPHONE in kinds(dialog)
    assert LetterKind.PLEASE_CALL in kinds(dialog)
    assert not kinds(dialog) & {LetterKind.PERSONAL, LetterKind.SUMMONS, LetterKind.CANCELLATION}


def test_whoever_types_another_name_replaces_the_one_that_stands_there(dialog):
    assert dialog.client.text()
    QTest.keyClicks(dialog.client, "Kuhn")
    assert dialog.client.text() == "Kuhn"


def test_it_says_why_the_others_are_not(dialog, appointment):
    choose(dialog.appointment, appointment.id)
    told = dialog.others.text()
    assert "only for a personal appointment" in told
    assert "An administrator can switch them on" in told
    assert "call it off first" in told


def test_without_an_appointment_the_client_is_asked_to_call(
    qtbot, dialog, desk, office, appointment
):
    choose(dialog.appointment, None)
    idle(qtbot, desk)
    assert kinds(dialog) == {LetterKind.PLEASE_CALL}
    shown = []
    desk.letter_requested.connect(shown.append)
    dialog.lay.click()
    idle(qtbot, desk)
    assert not dialog.isVisible()
    [made] = shown
    with office.services.view() as view:
        letter = view.reader.get(Letter, made)
    assert (letter.kind, letter.client_id) == (LetterKind.PLEASE_CALL, appointment.client_id)
    assert letter.appointment_id is None


def test_the_letter_lies_in_the_outbox_and_can_be_taken_back(
    qtbot, dialog, desk, office, appointment
):
    choose(dialog.appointment, appointment.id)
    choose(dialog.kind, LetterKind.CHANGED_TELEPHONE)
    shown = []
    desk.letter_requested.connect(shown.append)
    dialog.lay.click()
    idle(qtbot, desk)
    assert shown[0] in [
        item.row.id for item in (*the_outbox(office).to_print, *the_outbox(office).to_clarify)
    ]
    assert desk.undo_label


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.DE, "German"),
        (Language.DE_EASY, "Easy German"),
        (Language.AR, "German, Arabic"),
    ],
)
def test_the_language_of_the_client_chooses_the_wording(
    qtbot, desk, office, appointment, language, words
):
    with office.services.view() as view:
        client = view.reader.get(Client, appointment.client_id)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.update(replace(client, language=language))
    dialog = NewLetterDialog(desk, None, appointment.client_id)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    choose_when_there(qtbot, desk, dialog, appointment)
    assert dialog.language.text() == words
    assert dialog.review.isVisible() is (language is Language.AR)
    assert dialog.preview.has_page
    assert dialog.note.isVisible()
    assert "invented names and dates" in dialog.note.text()
    dialog.lay.click()
    idle(qtbot, desk)
    with office.services.view() as view:
        newest = max(view.reader.find(Letter, client_id=client.id), key=lambda one: one.id)
        [made] = letter_views(view, [newest.id])
    assert (made.source.translation is not None) is (language is Language.AR)
    assert (newest.state, newest.hold_reason) == (PENDING, None)


def choose_when_there(qtbot, desk, dialog, appointment) -> None:
    idle(qtbot, desk)
    choose(dialog.appointment, appointment.id)
    choose(dialog.kind, LetterKind.CHANGED_TELEPHONE)
    idle(qtbot, desk)


def test_a_client_is_found_while_typing(qtbot, desk, office, appointment):
    dialog = NewLetterDialog(desk, None, None)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.lay.isEnabled()
    with office.services.view() as view:
        number = view.reader.get(Client, appointment.client_id).number
    dialog.activateWindow()
    dialog.client.setFocus()
    QTest.keyClicks(dialog.client, number)
    qtbot.waitUntil(lambda: dialog.field.found.isVisible() and desk.tasks.idle)
    QTest.keyClick(dialog.client, Qt.Key.Key_Return)
    idle(qtbot, desk)
    assert dialog.field.client_id == appointment.client_id
    assert dialog.lay.isEnabled()
    QTest.keyClicks(dialog.client, "x")
    assert not dialog.lay.isEnabled()


def test_everything_has_a_name(dialog):
    assert nameless(dialog) == []


def test_the_client_looked_at_last_is_chosen_already(qtbot, panel, desk, appointment, monkeypatch):
    opened = []
    monkeypatch.setattr(
        new_letter, "open_new_letter", lambda _desk, _parent, client_id: opened.append(client_id)
    )
    desk.client_selected.emit(appointment.client_id)
    panel.acts.new_letter.trigger()
    assert opened == [appointment.client_id]


def test_else_that_of_the_letter_shown(qtbot, panel, desk, letters, monkeypatch):
    opened = []
    monkeypatch.setattr(new_letter, "open_new_letter", lambda *given: opened.append(given[2]))
    panel.acts.new_letter.trigger()
    assert opened == [panel.current().row.client_id]
