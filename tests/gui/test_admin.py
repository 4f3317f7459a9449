"""The administration on real services: what is typed is saved, refused at its field, or kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from koba_desktop.domain.entities.office import ClosingDay, Office, OpeningHours, Setting
from koba_desktop.domain.entities.rooms import Place, Room, RoomBooking
from koba_desktop.domain.errors import Refused
from koba_desktop.domain.policy import value_in_force
from koba_desktop.domain.records import Changeable
from koba_desktop.domain.vocabulary import Channel, Role
from koba_desktop.gui import theme
from koba_desktop.gui.admin.page import AdminPage
from koba_desktop.gui.admin.panel import KINDS, AdminPanel
from koba_desktop.gui.desk import Desk
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.gui.widgets import InlineMessage, LinkButton
from koba_desktop.services.commands import SaveMasterData
from koba_desktop.services.drafts.keeping import open_drafts
from koba_desktop.services.execution import Actor
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.administering import master_data
from koba_desktop.services.office.book import office_book
from koba_desktop.services.ports import Foreign
from tests import support

(
    OFFICES,
    STAFF,
    ROLES,
    PATTERNS,
    ABSENCES,
    HOURS,
    CLOSING,
    ROOMS,
    HYGIENE,
    APPOINTMENTS,
    SETTINGS,
) = range(len(KINDS))


@dataclass
class Desktop:
    """The panel over a real office, and what a person does with it."""

    office: support.Office
    desk: Desk
    panel: AdminPanel
    bot: QtBot

    @property
    def page(self) -> AdminPage:
        return self.panel.page()

    def open(self, section: int) -> AdminPage:
        self.panel.sections.setCurrentRow(section)
        self.settle()
        return self.page

    def settle(self) -> None:
        def quiet() -> bool:
            QApplication.processEvents()
            return self.desk.tasks.idle

        self.bot.waitUntil(quiet)
        QApplication.processEvents()

    def write(self, field: str, text: str) -> None:
        """As by hand: what stood there goes."""
        line = self.page.editor.form.inputs[field].target
        assert isinstance(line, QLineEdit)
        line.setFocus()
        line.selectAll()
        self.bot.keyClick(line, Qt.Key.Key_Delete)
        self.bot.keyClicks(line, text)

    def choose(self, field: str, content: Any) -> None:
        made = self.page.editor.form.inputs[field]
        made.show_content(content)
        made.edited.emit()

    def save(self) -> None:
        self.page.editor.save_button.click()
        self.settle()

    def follow(self, message: InlineMessage) -> None:
        link = message.findChild(LinkButton)
        assert isinstance(link, LinkButton)
        assert link.isVisible()
        link.click()
        self.settle()

    def select(self, wanted: Callable[[Any], bool]) -> Any:
        model = self.page.model
        for row in range(model.rowCount()):
            record = model.record(row)
            if wanted(record):
                self.page.table.setCurrentIndex(model.index(row, 0))
                self.settle()
                return record
        raise AssertionError("no such record is shown")

    def find(self, kind: type[Any], **where: Any) -> list[Any]:
        with self.office.services.view() as view:
            return view.reader.find(kind, **where)

    def elsewhere(self, *records: Changeable, removed: tuple[Changeable, ...] = ()) -> None:
        """Another program saves, and this one has not heard of it yet."""
        self.office.services.execute(
            SaveMasterData(records=records, removed=removed), person(self.desk, Role.ADMINISTRATOR)
        )


def person(desk: Desk, role: Role) -> Actor:
    """Somebody with that role, in Halberstadt where there is one."""
    held = [r for r in desk.book.roles if r.role is role]
    held.sort(key=lambda r: r.office_id != desk.actor.office_id)
    return Actor(staff_id=held[0].staff_id, office_id=desk.actor.office_id)


@pytest.fixture
def desktop(office: support.Office, qtbot: QtBot) -> Iterator[Desktop]:
    """The administrator in Halberstadt, on 13 April 2021."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.install(app, theme.Scheme.LIGHT)
    with office.services.view() as view:
        book = office_book(view)
    desk = Desk(office.services, book, office.actor, TaskRunner())
    desk.become(person(desk, Role.ADMINISTRATOR))
    problems: list[Exception] = []
    desk.problem.connect(problems.append)
    panel = AdminPanel(desk)
    qtbot.addWidget(panel)
    panel.resize(1100, 700)
    panel.show()
    qtbot.waitExposed(panel)
    made = Desktop(office, desk, panel, qtbot)
    made.settle()
    yield made
    made.settle()
    desk.tasks.close()
    assert problems == []


@pytest.mark.parametrize("section", range(len(KINDS)))
def test_every_record_of_the_office_survives_its_form_unchanged(
    desktop: Desktop, section: int
) -> None:
    page = desktop.open(section)
    kind, context = page.kind, page.context
    with desktop.office.services.view() as view:
        records = master_data(view, kind.record_type, context.office_id).records
    for record in kind.rows(context, records):
        saved, removed = kind.written(context, record, kind.content(context, record))
        assert saved == (record,)
        assert removed == ()
    assert page.model.rowCount() > 0


def test_one_is_led_to_the_data_of_the_office(desktop: Desktop) -> None:
    desktop.open(ROOMS)
    desktop.desk.office_data_requested.emit()
    assert desktop.panel.sections.currentRow() == OFFICES


def test_a_new_yard_gets_its_two_places(desktop: Desktop) -> None:
    page = desktop.open(ROOMS)
    page.new_button.click()
    desktop.write("name", "Hof 2")
    desktop.write("places", "2")
    desktop.write("area", "12,5")
    desktop.save()
    (room,) = desktop.find(Room, name="Hof 2")
    assert room.area == 12.5
    assert [p.number for p in desktop.find(Place, room_id=room.id, order_by="number")] == [1, 2]
    assert page.editor.heading.text() == "Hof 2"
    assert not page.editor.save_button.isEnabled()


def test_a_place_that_was_never_booked_can_be_taken_away_again(desktop: Desktop) -> None:
    desktop.open(ROOMS)
    desktop.page.new_button.click()
    desktop.write("name", "Hof 2")
    desktop.write("places", "3")
    desktop.save()
    desktop.write("places", "1")
    desktop.save()
    (room,) = desktop.find(Room, name="Hof 2")
    assert len(desktop.find(Place, room_id=room.id)) == 1


def test_a_place_that_was_booked_stays_and_the_form_says_why(desktop: Desktop) -> None:
    page = desktop.open(ROOMS)
    room = desktop.select(lambda r: r.name == "Hof 1")
    before = desktop.find(Place, room_id=room.id, order_by="number")
    now = desktop.office.clock.now()
    with desktop.office.store.writing(by=None, now=now) as uow:
        uow.add(
            RoomBooking(
                id=new_id(),
                place_id=before[1].id,
                office_id=room.office_id,
                starts=now + timedelta(days=90),
                ends=now + timedelta(days=90, minutes=30),
                blocked_until=now + timedelta(days=90, minutes=40),
            )
        )
    desktop.write("places", "1")
    desktop.save()
    assert len(before) == 2
    assert desktop.find(Place, room_id=room.id, order_by="number") == before
    assert page.editor.form.problem("places")
    assert page.editor.form.content()["places"] == "1"


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(desktop: Desktop) -> None:
    page = desktop.open(ROOMS)
    page.new_button.click()
    desktop.write("area", "viel")
    desktop.write("floor", "2")
    desktop.save()
    assert "viel" in page.editor.form.problem("area")
    desktop.write("area", "20")
    assert page.editor.form.problem("area") == ""
    desktop.save()
    assert page.editor.form.problem("name") == "This field must be filled in."
    assert page.editor.form.content()["floor"] == "2"
    assert page.editor.form.inputs["name"].target.property("invalid") is True


def test_hours_that_overlap_are_refused_at_the_field(desktop: Desktop) -> None:
    page = desktop.open(HOURS)
    page.new_button.click()
    taken = desktop.find(
        OpeningHours, office_id=desktop.desk.actor.office_id, channel=Channel.TELEPHONE, weekday=2
    )
    desktop.choose("weekday", "2")
    desktop.write("opens", "900")
    desktop.write("closes", "9:30")
    desktop.save()
    assert "overlap" in page.editor.form.problem("opens")
    assert (
        desktop.find(
            OpeningHours,
            office_id=desktop.desk.actor.office_id,
            channel=Channel.TELEPHONE,
            weekday=2,
        )
        == taken
    )


def test_saturday_hours_are_typed_in_short(desktop: Desktop) -> None:
    desktop.open(HOURS).new_button.click()
    desktop.choose("weekday", "6")
    desktop.write("opens", "830")
    desktop.write("closes", "12")
    desktop.write("valid_until", "31.12.21")
    desktop.save()
    (hours,) = desktop.find(OpeningHours, weekday=6)
    assert (hours.opens, hours.closes) == (time(8, 30), time(12))
    assert hours.valid_until == date(2021, 12, 31)


def test_two_versions_are_offered_where_somebody_was_faster(desktop: Desktop) -> None:
    page = desktop.open(OFFICES)
    office = desktop.select(lambda r: r.id == desktop.desk.actor.office_id)
    desktop.write("phone", "03941 111")
    desktop.elsewhere(replace(office, phone="03941 222", street="Neuer Weg 1"))
    desktop.save()
    conflict = page.editor.conflict
    assert [c.field for c in conflict.clashes] == ["phone"]
    assert page.editor.form.content()["street"] == "Neuer Weg 1"
    assert page.editor.form.content()["phone"] == "03941 111"
    keep, take = conflict.options["phone"]
    assert (keep.text(), take.text()) == ("03941 111", "03941 222")
    desktop.save()
    (saved,) = desktop.find(Office, id=office.id)
    assert (saved.phone, saved.street) == ("03941 111", "Neuer Weg 1")
    assert conflict.isHidden()


def test_the_form_says_at_once_that_somebody_changed_the_record(desktop: Desktop) -> None:
    page = desktop.open(OFFICES)
    office = desktop.select(lambda r: r.id == desktop.desk.actor.office_id)
    desktop.write("phone", "03941 111")
    desktop.elsewhere(replace(office, street="Neuer Weg 1"))
    desktop.desk.others_wrote(Foreign(frozenset({("office", office.id)})))
    desktop.settle()
    line = page.editor.overtaken
    assert "changed this at " in line.text()
    assert not line.isHidden()
    assert page.editor.form.content()["street"] == office.street
    line._link.click()
    desktop.settle()
    assert line.isHidden()
    assert page.editor.form.content()["street"] == "Neuer Weg 1"
    assert page.editor.form.content()["phone"] == "03941 111"
    desktop.save()
    (saved,) = desktop.find(Office, id=office.id)
    assert (saved.phone, saved.street) == ("03941 111", "Neuer Weg 1")


def test_theirs_can_be_taken_over(desktop: Desktop) -> None:
    page = desktop.open(OFFICES)
    office = desktop.select(lambda r: r.id == desktop.desk.actor.office_id)
    desktop.write("phone", "03941 111")
    desktop.elsewhere(replace(office, phone="03941 222"))
    desktop.save()
    page.editor.conflict.options["phone"][1].click()
    assert page.editor.form.content()["phone"] == "03941 222"
    assert not page.editor.save_button.isEnabled()


def test_what_somebody_removed_meanwhile_can_be_entered_anew(desktop: Desktop) -> None:
    page = desktop.open(HOURS)
    hours = desktop.select(lambda r: r.channel is Channel.TELEPHONE and r.weekday == 1)
    desktop.choose("closes", "11:45")
    desktop.elsewhere(removed=(hours,))
    desktop.save()
    assert "removed" in page.editor.message.text()
    assert desktop.find(OpeningHours, id=hours.id) == []
    desktop.save()
    assert any(
        h.closes == time(11, 45)
        for h in desktop.find(OpeningHours, office_id=hours.office_id, weekday=1)
    )


def test_what_is_typed_waits_while_another_record_is_looked_at(desktop: Desktop) -> None:
    page = desktop.open(ROOMS)
    desktop.select(lambda r: r.name == "R 1.04")
    desktop.write("equipment", "Beamer")
    room = desktop.select(lambda r: r.name == "R 1.05")
    assert page.editor.form.content()["equipment"] == room.equipment
    row = page.model.row_of(desktop.find(Room, name="R 1.04")[0].id)
    assert page.model.data(page.model.index(row, 0), Qt.ItemDataRole.DecorationRole) is not None
    desktop.select(lambda r: r.name == "R 1.04")
    assert page.editor.form.content()["equipment"] == "Beamer"
    page.editor.revert_button.click()
    desktop.settle()
    assert page.editor.form.content()["equipment"] != "Beamer"
    assert page.model.open_ids == frozenset()


def test_a_form_being_filled_comes_back(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.open(ROOMS)
    desktop.select(lambda r: r.name == "R 1.04")
    desktop.write("equipment", "Beamer")
    assert desktop.page.editor.sheet is not None
    desktop.page.editor.sheet.keep()
    desktop.settle()
    with desktop.office.services.view(desktop.desk.actor.staff_id) as view:
        (draft,) = open_drafts(view)
    desktop.panel.carry_on(draft)  # it is still open here
    desktop.settle()
    assert len(desktop.page.model.open_ids) == 1
    assert desktop.page.editor.form.content()["equipment"] == "Beamer"
    again = AdminPanel(desktop.desk)
    qtbot.addWidget(again)
    again.show()
    qtbot.waitExposed(again)
    again.carry_on(draft)
    desktop.settle()
    editor = again.page().editor
    assert editor.heading.text() == "R 1.04"
    assert editor.form.content()["equipment"] == "Beamer"
    assert "typed before" in editor.message.text()
    editor.save_button.click()
    desktop.settle()
    assert desktop.find(Room, name="R 1.04", equipment="Beamer")
    with desktop.office.services.view(desktop.desk.actor.staff_id) as view:
        assert open_drafts(view) == ()


def test_a_setting_gets_a_new_value_and_the_old_one_stays(desktop: Desktop) -> None:
    page = desktop.open(SETTINGS)
    desktop.select(lambda r: r.key == "reception.wait_minutes")
    desktop.write("value", "15")
    desktop.write("valid_from", "01.05.2021")
    desktop.save()
    (setting,) = desktop.find(Setting, key="reception.wait_minutes")
    assert (setting.value, setting.office_id) == (15, None)
    everything = desktop.find(Setting)
    key, office_id = "reception.wait_minutes", desktop.desk.actor.office_id
    assert value_in_force(everything, key, office_id, date(2021, 4, 30)) == 10
    assert value_in_force(everything, key, office_id, date(2021, 5, 1)) == 15
    desktop.office.clock.advance(days=30)
    page.refresh()
    desktop.settle()
    desktop.select(lambda r: r.id == setting.id)
    assert not page.editor.save_button.isEnabled()
    assert "already been in force" in page.editor.message.text()
    desktop.follow(page.editor.message)
    desktop.write("value", "20")
    desktop.save()
    values = desktop.find(Setting, key=key, order_by="valid_from")
    assert [s.value for s in values] == [15, 20]


def test_a_setting_out_of_range_is_named_in_words(desktop: Desktop) -> None:
    page = desktop.open(SETTINGS)
    desktop.select(lambda r: r.key == "reception.wait_minutes")
    desktop.write("value", "900")
    desktop.save()
    assert "Waiting time until the warning" in page.editor.form.problem("value")


def test_a_removed_closing_day_can_be_entered_again(desktop: Desktop) -> None:
    page = desktop.open(CLOSING)
    page.new_button.click()
    desktop.write("day", "14.05.2021")
    desktop.write("reason", "Teamtag")
    desktop.save()
    page.editor.remove_button.click()
    desktop.settle()
    assert desktop.find(ClosingDay, reason="Teamtag") == []
    assert page.editor.record_id is not None  # the neighbour is in view
    desktop.follow(page.notice)
    desktop.settle()
    (closing,) = desktop.find(ClosingDay, reason="Teamtag")
    assert closing.day == date(2021, 5, 14)


@pytest.mark.parametrize("section", range(len(KINDS)))
def test_an_advisor_may_only_look_and_is_told_why(desktop: Desktop, section: int) -> None:
    desktop.desk.become(desktop.office.actor)
    page = desktop.open(section)
    assert "Only administrators" in page.note.text()
    assert not page.new_button.isEnabled()
    assert not page.editor.buttons.isVisible()


def test_the_lead_changes_what_belongs_to_the_office_only(desktop: Desktop) -> None:
    desktop.desk.become(person(desktop.desk, Role.LEAD))
    page = desktop.open(APPOINTMENTS)
    assert not page.new_button.isEnabled()
    page = desktop.open(ROOMS)
    desktop.select(lambda r: r.name == "R 1.04")
    desktop.write("equipment", "Beamer")
    desktop.save()
    assert desktop.find(Room, name="R 1.04", equipment="Beamer")
    page = desktop.open(SETTINGS)
    desktop.select(lambda r: r.key == "visitors.cap")
    desktop.write("value", "6")
    desktop.save()
    (setting,) = desktop.find(Setting, key="visitors.cap")
    assert (setting.value, setting.office_id) == (6, desktop.desk.actor.office_id)


def test_the_window_learns_of_a_new_colleague(desktop: Desktop) -> None:
    page = desktop.open(STAFF)
    page.new_button.click()
    desktop.write("family_name", "Neumann")
    desktop.write("given_name", "Ida")
    desktop.write("initials", "NE")
    desktop.write("login", "neumann")
    told: list[Any] = []
    desktop.desk.changed.connect(told.append)
    desktop.save()
    assert any("office" in changes.topics for changes in told)
    assert page.editor.heading.text() == "Neumann, Ida"
    with desktop.office.services.view() as view:
        desktop.desk.learn(office_book(view))
    desktop.open(ROLES).new_button.click()
    assert page.editor.record_id is not None
    assert desktop.page.editor.form.content()["staff_id"] == str(page.editor.record_id)
    desktop.choose("role", Role.RECEPTION.value)
    desktop.save()
    assert desktop.page.editor.form.problem("staff_id") == ""
    assert "Neumann" in desktop.page.editor.heading.text()


def test_what_one_person_typed_is_not_shown_to_the_next(desktop: Desktop) -> None:
    page = desktop.open(ROOMS)
    desktop.select(lambda r: r.name == "R 1.04")
    desktop.write("equipment", "Beamer")
    desktop.desk.become(person(desktop.desk, Role.LEAD))
    desktop.settle()
    desktop.select(lambda r: r.name == "R 1.04")
    assert page.editor.form.content()["equipment"] != "Beamer"


def test_every_field_has_a_name_and_no_key_stands_for_two(desktop: Desktop) -> None:
    for section in range(len(KINDS)):
        page = desktop.open(section)
        form = page.editor.form
        if not form.inputs:
            page.new_button.click()
        labels = [label for label in form.findChildren(QLabel) if label.buddy() is not None]
        keys = [label.text().partition("&")[2][:1].casefold() for label in labels]
        assert len(labels) == len(form.inputs)
        given = [key for key in keys if key]
        assert len(given) > len(labels) // 2  # menus and buttons have taken theirs
        assert len(set(given)) == len(given)
        assert all(made.target.accessibleName() for made in form.inputs.values())


def test_filtering_and_former_ones(desktop: Desktop) -> None:
    page = desktop.open(ROOMS)
    used = desktop.select(lambda r: r.name == "R 1.04")
    with pytest.raises(Refused) as refused:
        desktop.elsewhere(replace(used, retired_on=date(2021, 3, 31)))
    assert [p.code for p in refused.value.problems] == ["room_has_bookings"]
    room = replace(used, id=new_id(), version=0, name="R 3.01")
    desktop.elsewhere(room)
    room = replace(room, version=1, retired_on=date(2021, 3, 31))
    desktop.elsewhere(room)
    page.refresh()
    desktop.settle()
    assert page.model.row_of(room.id) == -1
    page.former.click()
    assert page.model.row_of(room.id) >= 0
    page.search.setText("3.01")
    assert page.model.rowCount() == 1
    page.search.setText("gibt es nicht")
    assert page.model.rowCount() == 0
    assert not page.editor.form.isVisible()
