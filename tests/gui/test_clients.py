"""The clients dock: find, choose, act; and the two small sheets, on a real small office."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from koba_desktop.domain.entities.bookkeeping import AuditEvent, Draft
from koba_desktop.domain.entities.clients import Client, ClientAddress
from koba_desktop.domain.entities.contacts import AttemptNote, CallTask, ContactAttempt
from koba_desktop.domain.vocabulary import AuditAction, CallReason, Direction, Outcome, Salutation
from koba_desktop.gui.clients.dock import ClientsDock
from koba_desktop.gui.clients.lines import SectionKey
from koba_desktop.gui.clients.search import PAGE
from koba_desktop.gui.clients.worktree import CLIENT_MIME
from koba_desktop.services.ids import new_id
from tests.gui.small_desk import Hands, small_desk
from tests.unit.service_office import SmallOffice, at

KEYS = Qt.Key


@dataclass
class Dock(Hands):
    panel: ClientsDock

    def show(self) -> None:
        self.look_at(self.panel)

    def type(self, text: str) -> None:
        self.panel.search.setFocus()
        self.bot.keyClicks(self.panel.search, text)
        self.settle()

    def press(self, *keys: Qt.Key) -> None:
        self.press_in(self.panel, *keys)

    def found(self) -> list[str]:
        model = self.panel.found
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    def section(self, key: SectionKey) -> list[str]:
        section = next(s for s in self.panel.work.work.sections if s.key is key)
        return [line.name for line in section.lines]


@pytest.fixture
def dock(tmp_path: Path, qtbot: Any) -> Iterator[Dock]:
    """Thursday, 1 April 2021, 09:12 in Halberstadt."""
    with small_desk(tmp_path) as (office, desk):
        panel = ClientsDock(desk)
        qtbot.addWidget(panel)
        panel.resize(290, 860)
        yield Dock(office, desk, qtbot, panel)


def many_clients(office: SmallOffice, count: int) -> None:
    office.put(
        *(
            Client(
                id=new_id(),
                family_name=f"Muster{number:04}",
                given_name="Alex",
                number=f"9{number:05}",
                salutation=Salutation.NONE,
                office_id=office.office.id,
            )
            for number in range(count)
        )
    )


def test_typing_finds_by_name_number_and_phone(dock: Dock) -> None:
    dock.show()
    dock.type("kuh")
    assert dock.found() == ["Kuhn, Marlies"]
    dock.panel.search.clear()
    dock.type("131906")
    assert dock.found() == ["Hartwig, Jörg"]
    dock.panel.search.clear()
    dock.type("04069118")
    assert dock.found() == ["Kuhn, Marlies"]


def test_a_search_without_result_says_what_to_do(dock: Dock) -> None:
    dock.show()
    dock.type("xyz")
    assert dock.found() == []
    assert "Nobody found" in dock.panel._count.text()


def test_down_goes_into_the_results_and_shows_the_card(dock: Dock) -> None:
    chosen: list[UUID] = []
    dock.show()
    dock.desk.client_selected.connect(chosen.append)
    dock.type("kuhn")
    dock.press(KEYS.Key_Down)
    assert dock.panel.results.hasFocus()
    assert chosen == [dock.office.kuhn.id]
    assert dock.panel.card.card is not None
    assert dock.panel.card.card.client.family_name == "Kuhn"
    dock.press(KEYS.Key_Escape)
    assert dock.panel.search.hasFocus()
    dock.press(KEYS.Key_Escape)
    assert dock.panel.search.text() == ""
    assert dock.panel.work.isVisible()


def test_thousands_of_clients_come_page_by_page(dock: Dock) -> None:
    many_clients(dock.office, 500)
    dock.show()
    dock.panel._all.click()
    dock.settle()
    assert dock.panel.found.total == 502
    assert PAGE <= dock.panel.found.rowCount() < 502
    while dock.panel.found.canFetchMore(QModelIndex()):
        dock.panel.found.fetchMore(QModelIndex())
        dock.settle()
    names = dock.found()
    assert len(names) == len(set(names)) == 502


def test_the_worklist_is_grouped_and_callbacks_stand_apart(dock: Dock) -> None:
    dock.office.task()
    dock.office.task(dock.office.hartwig, reason=CallReason.CALLBACK)
    dock.office.booked(at(1, 10))
    dock.show()
    assert dock.section(SectionKey.CALL_NOW) == ["Kuhn, Marlies"]
    assert dock.section(SectionKey.CALLBACKS) == ["Hartwig, Jörg"]
    assert dock.section(SectionKey.APPOINTMENTS_TODAY) == ["Kuhn, Marlies"]


def test_folded_groups_stay_folded_when_lines_change(dock: Dock) -> None:
    dock.office.task()
    dock.show()
    work = dock.panel.work
    work.collapse(work.work.section_index(SectionKey.CALL_NOW))
    dock.office.task(dock.office.hartwig)
    dock.desk.others_wrote()
    dock.settle()
    assert not work.isExpanded(work.work.section_index(SectionKey.CALL_NOW))
    assert len(dock.section(SectionKey.CALL_NOW)) == 2


def test_arrows_go_from_person_to_person_and_left_folds(dock: Dock) -> None:
    dock.office.booked(at(1, 10))
    dock.office.task(dock.office.hartwig)
    dock.show()
    dock.panel.work.setFocus()
    dock.press(KEYS.Key_Down)
    line = dock.panel.work.current_line()
    assert line is not None
    dock.press(KEYS.Key_Down)
    below = dock.panel.work.current_line()
    assert below is not None
    assert {line.name, below.name} == {"Kuhn, Marlies", "Hartwig, Jörg"}
    dock.press(KEYS.Key_Left)
    assert dock.panel.work.current_line() is None
    assert not dock.panel.work.isExpanded(dock.panel.work.currentIndex())
    dock.press(KEYS.Key_Right)
    assert dock.panel.work.isExpanded(dock.panel.work.currentIndex())


def test_an_appointment_selected_elsewhere_brings_its_client(dock: Dock) -> None:
    row = dock.office.booked(at(13, 10))
    dock.show()
    dock.desk.appointment_selected.emit(row.id)
    dock.settle()
    assert dock.panel.card.card is not None
    assert dock.panel.card.card.client.id == dock.office.kuhn.id
    assert dock.panel.card.card.next_appointment is not None


def test_a_client_is_dragged_by_identity(dock: Dock) -> None:
    dock.office.task()
    dock.show()
    model = dock.panel.work.work
    data = model.mimeData([model.index_of_client(dock.office.kuhn.id)])
    assert bytes(data.data(CLIENT_MIME).data()).decode() == str(dock.office.kuhn.id)
    dock.type("hart")
    data = dock.panel.found.mimeData([dock.panel.found.index(0, 0)])
    assert bytes(data.data(CLIENT_MIME).data()).decode() == str(dock.office.hartwig.id)


def test_a_call_received_closes_the_call_task(dock: Dock) -> None:
    task_id = dock.office.task()
    dock.show()
    dock.desk.client_selected.emit(dock.office.kuhn.id)
    dock.settle()
    dock.panel.actions_.inbound.trigger()
    dock.settle()
    attempt = dock.office.one(ContactAttempt)
    assert (attempt.direction, attempt.outcome) == (Direction.IN, Outcome.REACHED)
    assert dock.office.one(CallTask, id=task_id).closed_at is not None


def test_a_callback_is_noted_with_advisor_time_and_note(dock: Dock) -> None:
    dock.show()
    dock.desk.client_selected.emit(dock.office.kuhn.id)
    dock.settle()
    dock.panel.actions_.callback.trigger()
    dock.settle()
    form = dock.panel.callback.form
    assert form.note.hasFocus()
    assert "Kuhn" in form.who.text()
    dock.bot.keyClicks(form.note, "Frage zum Bescheid")
    form.advisor.setCurrentIndex(form.advisor.findData(str(dock.office.lindner.id)))
    form.save.click()
    dock.settle()
    task = dock.office.one(CallTask)
    assert task.reason is CallReason.CALLBACK
    assert task.advisor_id == dock.office.lindner.id
    assert task.due == at(1, 9, 12)
    assert dock.office.one(AttemptNote, call_task_id=task.id).text == "Frage zum Bescheid"
    assert dock.panel._cards.currentWidget() is dock.panel.card


def test_escape_leaves_the_callback_unsaved(dock: Dock) -> None:
    dock.show()
    dock.desk.client_selected.emit(dock.office.kuhn.id)
    dock.settle()
    dock.panel.actions_.callback.trigger()
    dock.settle()
    dock.press(KEYS.Key_Escape)
    assert dock.office.all(CallTask) == []
    assert dock.panel._cards.currentWidget() is dock.panel.card


def open_callback(dock: Dock) -> Any:
    dock.desk.client_selected.emit(dock.office.kuhn.id)
    dock.settle()
    dock.panel.actions_.callback.trigger()
    dock.settle()
    return dock.panel.callback.form


def test_another_client_leaves_the_callback_kept_and_cancel_throws_it_away(dock: Dock) -> None:
    dock.show()
    form = open_callback(dock)
    dock.bot.keyClicks(form.note, "Frage zum Bescheid")
    dock.desk.client_selected.emit(dock.office.hartwig.id)
    dock.settle()
    assert dock.panel._cards.currentWidget() is dock.panel.card
    assert dock.office.one(Draft).subject_id == dock.office.kuhn.id
    assert open_callback(dock).note.toPlainText() == "Frage zum Bescheid"
    form.cancel.click()
    dock.settle()
    assert dock.office.all(Draft) == []
    assert open_callback(dock).note.toPlainText() == ""


def test_returned_mail_marks_the_address_and_is_seen_on_the_card(dock: Dock) -> None:
    dock.show()
    dock.desk.client_selected.emit(dock.office.kuhn.id)
    dock.settle()
    dock.panel.actions_.returned.trigger()
    dock.settle()
    assert dock.panel.returned.form.day.hasFocus()
    dock.press(KEYS.Key_Return)
    assert dock.office.one(ClientAddress, client_id=dock.office.kuhn.id).returned_on == date(
        2021, 4, 1
    )
    assert dock.office.one(CallTask).reason is CallReason.RETURNED_LETTER
    card = dock.panel.card.card
    assert card is not None
    assert card.address is not None
    assert card.address.returned_on is not None


def test_the_file_note_goes_to_the_clipboard(dock: Dock) -> None:
    dock.office.attempt(dock.office.task())
    dock.show()
    dock.desk.client_selected.emit(dock.office.kuhn.id)
    dock.settle()
    dock.panel.actions_.note.trigger()
    dock.settle()
    assert "01.04.2021" in QGuiApplication.clipboard().text()


def test_a_blocked_address_is_not_shown_to_others(dock: Dock) -> None:
    office = dock.office
    with office.store.writing(by=office.berger.id, now=office.clock.now()) as unit:
        stored = unit.get(Client, office.kuhn.id)
        unit.update(replace(stored, address_blocked=True, advisor_id=office.lindner.id))
    dock.show()
    dock.desk.client_selected.emit(office.kuhn.id)
    dock.settle()
    card = dock.panel.card.card
    assert card is not None
    assert card.address_hidden
    assert card.address is None


def test_the_responsible_advisor_sees_a_blocked_address_once_the_reason_is_logged(
    dock: Dock,
) -> None:
    office = dock.office
    with office.store.writing(by=office.berger.id, now=office.clock.now()) as unit:
        unit.update(replace(unit.get(Client, office.kuhn.id), address_blocked=True))
    dock.show()
    dock.desk.client_selected.emit(office.kuhn.id)
    dock.settle()
    view = dock.panel.card
    assert view.card is not None
    assert view.card.address is None
    assert "Lindenweg" not in view.blocked.text()
    view.address_clicked.emit(office.kuhn.id)
    dialog = dock.panel.blocked.dialog
    assert dialog is not None
    dialog.setTextValue("Post kam zurück")
    dialog.accept()
    dock.settle()
    assert view.blocked.text() == "Lindenweg 7, 38820 Halberstadt"
    assert office.one(AuditEvent, action=AuditAction.VIEW_BLOCKED).reason == "Post kam zurück"


def test_time_put_forward_brings_clients_back(dock: Dock) -> None:
    dock.office.attempt(dock.office.task())
    dock.show()
    assert dock.section(SectionKey.CALL_NOW) == []
    dock.office.clock.advance(hours=4)
    dock.desk.tick.emit()
    dock.settle()
    assert dock.section(SectionKey.CALL_NOW) == ["Kuhn, Marlies"]
