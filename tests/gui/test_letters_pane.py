"""The letter beside the list: its pages, how large, and whether its translation was checked."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from koba_desktop.domain.entities.clients import Client
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.vocabulary import Channel, Language, LetterKind, Role
from koba_desktop.gui.letters.panel import OutboxPanel
from koba_desktop.gui.printing.zoom import Zoom
from koba_desktop.gui.widgets.choices import row_of
from koba_desktop.services.commands import CreateLetter, ReviewWording
from koba_desktop.services.execution import Actor
from tests.gui.letters_desk import idle
from tests.gui.real_office import coming


@pytest.fixture
def spoken(qtbot, panel, desk, office):
    """Lays a proposal to a client of a language in the outbox and chooses it."""

    def lay(language: Language):
        row = next(row for row in coming(office, 60) if row.channel is Channel.TELEPHONE)
        with office.services.view() as view:
            client = view.reader.get(Client, row.client_id)
        with office.store.writing(by=None, now=office.clock.now()) as unit:
            unit.update(replace(client, language=language))
        made = office.services.execute(
            CreateLetter(appointment_id=row.id, kind=LetterKind.CHANGED_TELEPHONE), office.actor
        ).result["letter_id"]
        desk.others_wrote()
        idle(qtbot, desk)
        desk.letter_requested.emit(made)
        idle(qtbot, desk)
        return made

    return lay


def test_a_translation_is_the_page_behind_and_says_that_nobody_checked_it(
    qtbot, panel, desk, spoken
):
    spoken(Language.AR)
    pane = panel.pane
    assert pane.turner.text() == "Page 1 of 2"
    assert pane.review.text() == "Arabic: the translation has not been checked yet."
    assert pane.preview._window_mm is not None
    pane.turner.forth.click()
    idle(qtbot, desk)
    assert pane.turner.text() == "Page 2 of 2"
    assert pane.preview._window_mm is None
    column = panel._model.find(panel.current().row.id).siblingAtColumn(4)
    assert column.data() == "German, Arabic"


def test_a_checked_translation_says_by_whom(qtbot, panel, desk, office, spoken):
    made = spoken(Language.TR)
    with office.services.view() as view:
        version = view.reader.get(Letter, made).translation_version_id
    administrator = next(role for role in desk.book.roles if role.role is Role.ADMINISTRATOR)
    office.services.execute(
        ReviewWording(
            template_version_id=version, reviewed_by="A. Yılmaz", reviewed_on=desk.today()
        ),
        Actor(administrator.staff_id, administrator.office_id),
    )
    panel.pane.doubt()
    desk.others_wrote()
    idle(qtbot, desk)
    assert panel.pane.review.text() == "Turkish: checked by A. Yılmaz on 13/04/2021."


def test_leichte_sprache_is_one_letter_without_a_translation(panel, spoken):
    spoken(Language.DE_EASY)
    assert panel.pane.review.isHidden()
    column = panel._model.find(panel.current().row.id).siblingAtColumn(4)
    assert column.data() == "Easy German"


def test_the_window_is_framed_with_its_word_and_can_be_hidden(panel, qtbot):
    pane = panel.pane
    qtbot.waitUntil(lambda: pane.preview.has_page)
    framed = pane.preview.grab().toImage()
    pane.show_window.click()
    assert pane.preview.grab().toImage() != framed


def test_the_page_is_shown_whole_or_wide_or_as_on_paper_and_remembered(qtbot, panel, desk):
    pane = panel.pane
    qtbot.waitUntil(lambda: pane.preview.has_page)
    widths = {}
    for zoom in Zoom:
        pane.zoom.setCurrentIndex(row_of(pane.zoom, zoom))
        qtbot.waitUntil(lambda: pane.sheet.widget().height() > 0)
        widths[zoom] = pane.preview.minimumWidth()
    assert widths[Zoom.PAPER] > widths[Zoom.WIDTH] > widths[Zoom.PAGE]
    again = OutboxPanel(desk)
    qtbot.addWidget(again)
    assert again.pane.zoom.zoom is Zoom.PAPER


def test_turning_pages_asks_nothing_of_the_database(qtbot, panel, desk, spoken, monkeypatch):
    spoken(Language.AR)
    asked = []
    ask = desk.ask
    monkeypatch.setattr(desk, "ask", lambda *a, **k: asked.append(a) or ask(*a, **k))
    panel.pane.turner.forth.click()
    idle(qtbot, desk)
    assert panel.pane.turner.text() == "Page 2 of 2"
    assert asked == []


def test_the_headings_show_no_letter(qtbot, panel, desk):
    panel.table.choose(panel._model.index(0, 1))
    idle(qtbot, desk)
    assert not panel.pane.preview.has_page
    assert panel.pane.chain.isHidden()
    panel.table.setFocus(Qt.FocusReason.TabFocusReason)
    idle(qtbot, desk)
    assert not panel.pane.preview.has_page
