"""The operating mode: the lead decides, the others see; what is planned can be taken back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from koba_desktop.domain.vocabulary import Mode, ModeSource, Role
from koba_desktop.gui.mode.model import Column
from koba_desktop.gui.mode.panel import ModePanel
from koba_desktop.gui.status_bar import StatusBar
from koba_desktop.i18n.words import word
from koba_desktop.services.commands import SetMode
from koba_desktop.services.execution import Actor
from koba_desktop.services.modes.history import mode_history
from tests.gui.real_office import FakePrinters, nameless, opened_desk


@pytest.fixture
def desk(qapp, office, tmp_path):
    with opened_desk(qapp, office, FakePrinters(), tmp_path) as made:
        yield made


@pytest.fixture
def lead(desk):
    role = next(
        r for r in desk.book.roles if r.role is Role.LEAD and r.office_id == desk.actor.office_id
    )
    return Actor(role.staff_id, role.office_id)


@pytest.fixture
def panel(qtbot, desk, lead):
    desk.become(lead)
    return opened(qtbot, desk)


def opened(qtbot, desk) -> ModePanel:
    made = ModePanel(desk)
    qtbot.addWidget(made)
    made.resize(1300, 620)
    made.show()
    idle(qtbot, desk)
    made.activateWindow()
    return made


def idle(qtbot, desk) -> None:
    qtbot.waitUntil(lambda: desk.tasks.idle)


def decide(qtbot, panel, desk, mode: Mode, reason: str, days: int = 0) -> None:
    form = panel.form
    form.mode.setCurrentIndex(form.mode.findData(mode))
    form.valid_from.setDateTime(form.valid_from.dateTime().addDays(days))
    form.reason.setText(reason)
    QTest.keyClick(form.reason, Qt.Key.Key_Return)
    idle(qtbot, desk)


def history(desk):
    with desk.services.view() as view:
        return mode_history(view, desk.actor.office_id)


def cell(panel, row: int, column: Column) -> str:
    return panel.table.model().index(row, column).data()


def test_others_see_what_holds_and_can_not_decide(qtbot, desk):
    panel = opened(qtbot, desk)
    assert panel._now.text() == word(Mode.CLOSED)
    assert not panel.form.decide.isVisible()
    assert "team lead decides" in panel._message.text()
    assert cell(panel, 0, Column.STATE) == "in force"


def test_the_lead_decides_from_now_on_and_the_status_bar_follows(qtbot, panel, desk):
    window = QWidget()
    qtbot.addWidget(window)
    bar = StatusBar(window)
    bar.attach(desk, "test")
    idle(qtbot, desk)
    before = bar.mode.text()
    decide(qtbot, panel, desk, Mode.BY_APPOINTMENT, "Verfügung vom 12.04.2021")
    assert history(desk)[0].mode is Mode.BY_APPOINTMENT
    assert cell(panel, 0, Column.STATE) == "in force"
    assert "Verfügung vom 12.04.2021" in panel._why.text()
    assert "Verfügung vom 12.04.2021" in bar.mode.text()
    assert bar.mode.text() != before


def test_a_decision_needs_a_reason(qtbot, panel, desk):
    before = history(desk)
    decide(qtbot, panel, desk, Mode.REGULAR, "   ")
    assert history(desk) == before
    assert panel._message.isVisible()
    assert panel._message.text()
    assert panel.form.reason.hasFocus()


def test_a_decision_is_never_for_what_is_past(panel, desk):
    field = panel.form.valid_from
    field.setDateTime(field.dateTime().addDays(-3))
    assert field.dateTime() == field.minimumDateTime()


def test_a_planned_change_is_announced_and_can_be_taken_back(qtbot, panel, desk):
    decide(qtbot, panel, desk, Mode.BY_APPOINTMENT, "Verfügung", days=30)
    assert cell(panel, 0, Column.STATE) == "planned"
    assert panel._coming.isVisible()
    assert "Thu 13 May" in panel._coming.text()
    panel.table.selectRow(0)
    assert panel.withdrawal.isVisible()
    panel.withdrawal_reason.setText("Zahlen steigen")
    QTest.keyClick(panel.withdrawal_reason, Qt.Key.Key_Return)
    idle(qtbot, desk)
    assert [row.source for row in history(desk)][:2].count(ModeSource.WITHDRAWAL) == 1
    states = [cell(panel, n, Column.STATE) for n in range(2)]
    assert sorted(states) == ["withdrawn", "withdraws a plan"]
    assert not panel._coming.isVisible()


def test_taking_back_needs_a_reason_too(qtbot, panel, desk):
    decide(qtbot, panel, desk, Mode.BY_APPOINTMENT, "Verfügung", days=30)
    panel.table.selectRow(0)
    before = history(desk)
    panel.withdraw.trigger()
    assert panel._message.isVisible()
    assert panel.withdrawal_reason.hasFocus()
    idle(qtbot, desk)
    assert history(desk) == before


def test_what_holds_or_is_over_can_not_be_taken_back(panel):
    panel.table.selectRow(0)
    assert not panel.withdrawal.isVisible()
    assert not panel.withdraw.isEnabled()


def test_a_decision_of_somebody_else_appears_and_keeps_the_line_chosen(
    qtbot, panel, desk, office, lead
):
    panel.table.selectRow(0)
    chosen = cell(panel, 0, Column.REASON)
    office.services.execute(
        SetMode(
            office_id=lead.office_id,
            mode=Mode.REGULAR,
            valid_from=desk.now() + timedelta(days=60),
            source=ModeSource.LEAD_DECISION,
            reason="Sommer",
        ),
        lead,
    )
    desk.others_wrote()
    idle(qtbot, desk)
    assert cell(panel, 0, Column.REASON) == "Sommer"
    assert cell(panel, panel.table.currentIndex().row(), Column.REASON) == chosen


def test_a_planned_mode_comes_into_force_when_its_time_comes(qtbot, panel, desk, office):
    decide(qtbot, panel, desk, Mode.REGULAR, "Ende", days=1)
    office.clock.advance(days=2)
    desk.tick.emit()
    idle(qtbot, desk)
    assert cell(panel, 0, Column.STATE) == "in force"
    assert not panel._coming.isVisible()


def test_everything_that_takes_the_focus_has_a_name(qtbot, panel, desk):
    decide(qtbot, panel, desk, Mode.BY_APPOINTMENT, "Verfügung", days=30)
    panel.table.selectRow(0)
    assert nameless(panel) == []
