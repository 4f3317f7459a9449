"""Letters held back: the reason in words, and one click that helps."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton

from koba_desktop.domain.entities.appointments import Appointment
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.vocabulary import AppointmentState, Channel, HoldReason, LetterState, Role
from koba_desktop.gui.letters.piles import Pile
from koba_desktop.gui.letters.problems import problem_text
from koba_desktop.services.clients.card import client_profile
from koba_desktop.services.commands import CancelAppointment, HoldLetter, SaveClient
from koba_desktop.services.ids import new_id
from koba_desktop.services.letters.wordings import WordingKey
from koba_desktop.services.office.book import office_book
from tests.gui.letters_desk import button, hold, idle, print_all


@pytest.fixture
def late(qtbot, panel, desk, office, letters):
    """Eight days later the letters would arrive too late for their appointments."""
    office.clock.advance(days=8)
    desk.others_wrote()
    idle(qtbot, desk)
    early = [
        item
        for item in panel._model.items(Pile.CLARIFY)
        if item.problem == HoldReason.SLOT_TOO_EARLY
        and item.row.appointment_state is AppointmentState.PROPOSED
        and item.row.appointment_channel is Channel.TELEPHONE
    ]
    panel.table.choose_letter(early[0].row.id)
    idle(qtbot, desk)
    return early[0].row


def appointment(office, appointment_id) -> Appointment:
    with office.services.view() as view:
        return view.reader.get(Appointment, appointment_id)


def offered(panel) -> list[str]:
    """The labels of the current letter's remedies."""
    return [remedy.label for remedy in panel.acts.remedies(panel.current())]


def test_too_early_a_time_is_put_right_with_one_click(qtbot, panel, desk, office, late):
    before = appointment(office, late.appointment_id)
    told = []
    desk.message.connect(lambda text, undo: told.append((text, undo)))
    button(panel, "New time, new letter").click()
    idle(qtbot, desk)
    after = appointment(office, late.appointment_id)
    assert after.starts > before.starts
    text, undoable = told[-1]
    assert text.startswith(f"{late.recipient}: new time ")
    assert undoable
    made = panel.current()
    assert made.row.appointment_id == late.appointment_id
    assert made.problem is None
    with office.services.view() as view:
        assert view.reader.get(Letter, late.id).state is LetterState.VOID
    desk.undo()
    idle(qtbot, desk)
    assert appointment(office, late.appointment_id).starts == before.starts


def test_one_can_choose_the_time_or_call_instead(qtbot, panel, desk, late):
    assert offered(panel) == ["New time, new letter", "Choose the time yourself…", "Call"]
    times, calls = [], []
    desk.edit_appointment_requested.connect(times.append)
    desk.call_requested.connect(calls.append)
    button(panel, "Choose the time yourself").click()
    button(panel, "Call").click()
    assert [one.appointment_id for one in times] == [late.appointment_id]
    assert calls == [late.client_id]


def test_a_moved_appointment_gets_a_letter_with_its_present_time(
    qtbot, panel, desk, office, letters
):
    print_all(qtbot, panel, desk)
    row = next(
        item.row
        for item in panel._model.items(Pile.POST)
        if item.row.appointment_state is AppointmentState.PROPOSED
    )
    hold_pending = appointment(office, row.appointment_id)
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        letter = unit.get(Letter, row.id)
        unit.update(replace(letter, state=LetterState.PENDING))
        data = {**letter.data, "appointment": {**letter.data["appointment"]}}
        data["appointment"]["starts"] = "2021-05-20T08:00:00+00:00"
        unit.update(replace(unit.get(Letter, row.id), data=data))
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.choose_letter(row.id)
    idle(qtbot, desk)
    assert offered(panel)[0] == "New letter with the present time"
    button(panel, "New letter with the present time").click()
    idle(qtbot, desk)
    newest = [i.row for i in (*panel._model.items(Pile.PRINT), *panel._model.items(Pile.CLARIFY))]
    told = [one.letter_starts for one in newest if one.appointment_id == row.appointment_id]
    assert told == [hold_pending.starts]


def test_paper_whose_appointment_moved_says_so_and_is_answered_by_a_letter(
    qtbot, panel, desk, office, letters
):
    print_all(qtbot, panel, desk)
    row = next(
        item.row
        for item in panel._model.items(Pile.POST)
        if item.row.appointment_channel is Channel.TELEPHONE
    )
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        letter = unit.get(Letter, row.id)
        told = {**letter.data["appointment"], "starts": "2021-05-20T08:00:00+00:00"}
        unit.update(replace(letter, data={**letter.data, "appointment": told}))
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.choose_letter(row.id)
    idle(qtbot, desk)
    assert panel.current().problem == HoldReason.APPOINTMENT_MOVED
    assert offered(panel) == ["New letter with the present time"]
    button(panel, "New letter with the present time").click()
    idle(qtbot, desk)
    with office.services.view() as view:
        about = view.reader.find(Letter, appointment_id=row.appointment_id, order_by="id")
    assert about[-1].data["former"]["starts"] == "2021-05-20T08:00:00+00:00"
    paper = next(i for i in panel._model.items(Pile.POST) if i.row.id == row.id)
    assert paper.problem is None


@pytest.fixture
def administrator(desk, office):
    """Who sits at the desk keeps the office's data as well."""
    role = StaffRole(
        id=new_id(),
        staff_id=desk.actor.staff_id,
        office_id=desk.actor.office_id,
        role=Role.ADMINISTRATOR,
        valid_from=desk.today(),
    )
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        unit.add(role)
    with office.services.view() as view:
        desk.learn(office_book(view))


HELD = {
    "text": {"code": "text_does_not_fit", "text": "Viel zu lang", "where": "what_to_have"},
    "character": {"code": "unprintable_character", "character": "☃", "where": "greeting"},
    "office": {"code": "return_line_does_not_fit", "where": "office.return_line"},
    "name": {"code": "unprintable_character", "character": "☃", "where": "recipient_lines"},
    "font": {"code": "font_missing", "file": "NotoSans.ttf"},
}


@pytest.mark.parametrize(
    ("held", "said", "helps"),
    [
        ("text", "“Viel zu lang” is too long for its place in the letter", "Open the wording"),
        (
            "character",
            "The character “☃” cannot be printed. Replace it by another.",
            "Open the wording",
        ),
        ("office", "The return line does not fit", "Open the office data"),
        ("name", "Replace it in the client's data", "Open the address"),
        ("font", "The font file NotoSans.ttf is missing", "Check again"),
    ],
)
def test_a_held_letter_says_what_the_renderer_refused_and_opens_where_it_is_mended(
    qtbot, panel, desk, office, letters, administrator, held, said, helps
):
    row = panel._model.item(panel._model.find(letters[0])).row
    reason, details = HoldReason.RENDER_FAILED, HELD[held]
    if details["code"] in set(HoldReason):
        reason = HoldReason(details["code"])
    command = HoldLetter(letter_id=row.id, version=row.version, reason=reason, details=details)
    office.services.execute(command, office.actor)
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.choose_letter(letters[0])
    assert said in problem_text(panel.current())
    assert offered(panel)[0] == helps
    asked = []
    desk.wording_requested.connect(asked.append)
    desk.office_data_requested.connect(lambda: asked.append("office"))
    button(panel, offered(panel)[0]).click()
    wording = WordingKey(row.kind, "de", "standard")
    opens = {"Open the wording": [wording], "Open the office data": ["office"]}
    assert asked == opens.get(offered(panel)[0], [])


def test_who_may_not_change_the_wording_is_not_led_there(qtbot, panel, desk, office, letters):
    row = panel._model.item(panel._model.find(letters[0])).row
    command = HoldLetter(
        letter_id=row.id,
        version=row.version,
        reason=HoldReason.RENDER_FAILED,
        details=HELD["text"],
    )
    office.services.execute(command, office.actor)
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.choose_letter(letters[0])
    assert offered(panel) == ["Check again", "Discard the letter"]


def test_a_missing_postcode_is_taken_from_the_neighbours_with_one_click(
    qtbot, panel, desk, office, letters
):
    """The address is saved, the letter waits to be printed, and both can be undone."""
    row = panel._model.item(panel._model.find(letters[0])).row
    with office.services.view(desk.actor.staff_id) as view:
        profile = client_profile(view, row.client_id)
    home = replace(profile.address, street="Unbekannte Gasse 1", postcode="", town="Halberstadt")
    command = SaveClient(profile=replace(profile, address=home, representative=None))
    office.services.execute(command, desk.actor)
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.choose_letter(letters[0])
    item = panel.current()
    assert "38820 belongs to “Halberstadt”." in problem_text(item)
    assert offered(panel) == ["Take 38820", "Open the address"]
    button(panel, "Take 38820").click()
    idle(qtbot, desk)
    assert panel._model.pile(panel._model.find(letters[0])) is Pile.PRINT
    with office.services.view(desk.actor.staff_id) as view:
        assert client_profile(view, row.client_id).address.postcode == "38820"
    desk.undo()
    idle(qtbot, desk)
    assert panel._model.pile(panel._model.find(letters[0])) is Pile.CLARIFY


def test_buttons_are_on_the_letters_in_sight_only(qtbot, panel, desk, office, letters):
    for letter_id in letters:
        hold(office, letter_id)
    desk.others_wrote()
    idle(qtbot, desk)
    qtbot.waitUntil(lambda: len(_open_buttons(panel)) == 4)
    panel.resize(1300, 330)
    bar = panel.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(0)
    qtbot.waitUntil(lambda: 0 < len(_open_buttons(panel)) < 4)
    for one in _open_buttons(panel):
        top = one.mapTo(panel.table.viewport(), one.rect().topLeft()).y()
        assert top < panel.table.viewport().height()


def _open_buttons(panel) -> list[QAbstractButton]:
    found = panel.table.findChildren(QAbstractButton)
    return [one for one in found if one.text() == "Open the address" and one.isVisibleTo(panel)]


def test_a_letter_whose_representative_is_none_any_more_is_addressed_with_one_click(
    qtbot, panel, desk, office, letters
):
    row = panel._model.items(Pile.PRINT)[0].row
    with office.store.writing(by=None, now=office.clock.now()) as unit:
        letter = unit.get(Letter, row.id)
        unit.update(replace(letter, data={**letter.data, "addressed_until": "2021-03-31"}))
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.choose_letter(row.id)
    idle(qtbot, desk)
    assert "the time of a representative has ended" in problem_text(panel.current())
    assert offered(panel) == ["Check again", "Discard the letter"]
    button(panel, "Check again").click()
    idle(qtbot, desk)
    assert row.id in {item.row.id for item in panel._model.items(Pile.PRINT)}


def test_paper_of_an_appointment_that_was_called_off_by_telephone_offers_nothing(
    qtbot, panel, desk, office, letters
):
    """It may be discarded as any other letter."""
    print_all(qtbot, panel, desk)
    row = panel._model.items(Pile.POST)[0].row
    called_off = CancelAppointment(
        appointment_id=row.appointment_id,
        version=appointment(office, row.appointment_id).version,
        by_client=True,
    )
    office.services.execute(called_off, office.actor)
    desk.others_wrote()
    idle(qtbot, desk)
    panel.table.choose_letter(row.id)
    idle(qtbot, desk)
    assert panel.current().problem == HoldReason.APPOINTMENT_MOVED
    assert offered(panel) == []
    assert panel.acts.discard.isEnabled()
