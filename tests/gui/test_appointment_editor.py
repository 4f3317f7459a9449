"""The appointment editor on real storage: booking, moving, reasons, conflicts, drafts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QSettings, Qt, QTime
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from shiboken6 import isValid

from koba_desktop.domain.clock import wall
from koba_desktop.domain.entities.appointments import (
    Appointment,
    AppointmentChange,
    AppointmentPurpose,
)
from koba_desktop.domain.entities.bookkeeping import Draft
from koba_desktop.domain.entities.letters import Letter
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.staff import StaffRole
from koba_desktop.domain.errors import Problem, Refused
from koba_desktop.domain.vocabulary import (
    AppointmentState,
    ChangeCause,
    ChangeKind,
    Channel,
    LetterKind,
    Mode,
    ModeSource,
    ReasonCode,
    Role,
    Urgency,
)
from koba_desktop.gui import theme
from koba_desktop.gui.appointments.content import Content
from koba_desktop.gui.appointments.editor import AppointmentEditor, open_appointment_editor
from koba_desktop.gui.appointments.history import what
from koba_desktop.gui.desk import AppointmentRequest, Desk
from koba_desktop.gui.letters import copies
from koba_desktop.gui.tasks import TaskRunner
from koba_desktop.i18n import activate
from koba_desktop.services.commands import (
    BookAppointment,
    CancelAppointment,
    ChangeDetails,
    Reschedule,
)
from koba_desktop.services.ids import new_id
from koba_desktop.services.office.book import office_book
from koba_desktop.services.ports import Foreign
from tests.unit.letter_office import posted
from tests.unit.service_office import LONG_AGO, SmallOffice, at


@pytest.fixture
def office(tmp_path: Path):
    made = SmallOffice(tmp_path)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot, qapp, office, tmp_path):
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path))
    theme.install(qapp, theme.Scheme.LIGHT)
    with office.services.view() as view:
        book = office_book(view)
    tasks = TaskRunner()
    made = Desk(office.services, book, office.actor, tasks)
    yield made
    qtbot.waitUntil(lambda: tasks.idle)
    tasks.close()
    made.plain_files.close()


@pytest.fixture
def open_editor(qtbot, desk):
    opened: list[AppointmentEditor] = []

    def run(request: AppointmentRequest, draft: Draft | None = None) -> AppointmentEditor:
        editor = open_appointment_editor(desk, request, None, draft)
        opened.append(editor)
        qtbot.waitSignal(editor.answered).wait()
        return editor

    yield run
    for editor in opened:
        if isValid(editor):
            editor.discard()


def booked(office: SmallOffice, day: int = 14, hour: int = 9, **more) -> Appointment:
    command = BookAppointment(
        office_id=office.office.id,
        advisor_id=office.berger.id,
        kind_id=office.kind.id,
        channel=Channel.TELEPHONE,
        starts=at(day, hour),
        ends=at(day, hour, 30),
        client_id=office.kuhn.id,
        phone="0176 04069118",
        **more,
    )
    receipt = office.services.execute(command, office.actor)
    return stored(office, receipt.result["appointment_id"])


def stored(office: SmallOffice, appointment_id) -> Appointment:
    with office.services.view() as view:
        return view.reader.get(Appointment, appointment_id)


def appointments(office: SmallOffice) -> list[Appointment]:
    with office.services.view() as view:
        return view.reader.find(Appointment, order_by="starts")


def letters(office: SmallOffice) -> list[Letter]:
    with office.services.view() as view:
        return view.reader.find(Letter)


def drafts(office: SmallOffice) -> list[Draft]:
    with office.services.view() as view:
        return view.reader.find(Draft)


def set_time(editor: AppointmentEditor, starts) -> None:
    local = wall(starts)
    editor.ui.day.setDate(QDate(local.year, local.month, local.day))
    editor.ui.time.setTime(QTime(local.hour, local.minute))


def choose(box, value) -> None:
    box.setCurrentIndex(box.findData(value))


def closed(qtbot, editor, action) -> None:
    action()
    qtbot.waitUntil(lambda: not isValid(editor))


def test_a_client_and_a_time_are_enough_to_book(qtbot, office, open_editor):
    editor = open_editor(AppointmentRequest(client_id=office.kuhn.id, starts=at(14, 9)))
    assert editor.ui.phone.currentText() == "0176 04069118"
    assert editor.ui.minutes.value() == office.kind.minutes
    editor.ui.purpose.setPlainText("Weiterbildung")
    closed(qtbot, editor, editor.ui.save.click)
    [made] = appointments(office)
    assert (made.starts, made.ends) == (at(14, 9), at(14, 9, 30))
    assert (made.advisor_id, made.state) == (office.berger.id, AppointmentState.CONFIRMED)
    assert not drafts(office)


def test_a_client_is_found_while_typing(qtbot, office, open_editor):
    editor = open_editor(AppointmentRequest(starts=at(14, 9)))
    editor.activateWindow()
    editor.ui.client.setFocus()
    qtbot.waitUntil(editor.ui.client.hasFocus)
    QTest.keyClicks(editor.ui.client, "hartw")
    field = editor.form.client
    qtbot.waitUntil(field.found.isVisible)
    QTest.keyClick(editor.ui.client, Qt.Key.Key_Return)
    assert field.client_id == office.hartwig.id
    assert editor.ui.client.text() == "Hartwig, Jörg"


def test_without_a_name_nothing_is_booked_and_the_field_says_so(qtbot, office, open_editor):
    editor = open_editor(AppointmentRequest(starts=at(14, 9)))
    editor.save(letter=False)
    assert editor.ui.client_problem.isVisible()
    assert not appointments(office)


def test_a_name_that_is_no_client_is_a_visitor(qtbot, office, open_editor):
    editor = open_editor(AppointmentRequest(starts=at(14, 9)))
    QTest.keyClicks(editor.ui.client, "Unbekannt")
    assert editor.ui.client_info.isVisible()
    editor.save(letter=True)
    assert editor.ui.client_problem.isVisible()
    closed(qtbot, editor, lambda: editor.save(letter=False))
    [made] = appointments(office)
    assert made.starts == at(14, 9)


def test_by_letter_proposes_on_days_the_letter_reaches(qtbot, office, open_editor):
    editor = open_editor(AppointmentRequest(client_id=office.kuhn.id, starts=at(6, 9)))
    assert editor.ui.slots.count() == 10
    with qtbot.waitSignal(editor.answered):
        editor.ui.by_letter.setChecked(True)
    assert editor.form.content().state is AppointmentState.PROPOSED
    assert [r.code for r in editor.ui.why.refusals] == ["too_early_by_post"]
    editor.ui.slots.setCurrentRow(0)
    with qtbot.waitSignal(editor.answered):
        QTest.keyClick(editor.ui.slots, Qt.Key.Key_Return)
    assert editor.form.content().day >= wall(at(13, 0)).date()
    assert not editor.ui.why.refusals
    closed(qtbot, editor, editor.ui.save_letter.click)
    [made] = appointments(office)
    assert made.state is AppointmentState.PROPOSED
    [letter] = letters(office)
    assert letter.kind is LetterKind.TELEPHONE_PROPOSAL


def test_why_not_names_the_reason_and_the_override_is_logged(qtbot, office, open_editor):
    editor = open_editor(AppointmentRequest(client_id=office.kuhn.id, starts=at(14, 19)))
    assert editor.ui.why.refusals
    assert editor.ui.why.codes
    editor.save(letter=False)
    qtbot.waitUntil(editor.ui.time_problem.isVisible)
    assert not appointments(office)
    choose(editor.ui.why.reason, ReasonCode.OTHER.value)
    assert editor.ui.why.override() is None
    editor.ui.why.text.setText("Nur abends erreichbar")
    closed(qtbot, editor, lambda: editor.save(letter=False))
    [made] = appointments(office)
    with office.services.view() as view:
        [change] = view.reader.find(AppointmentChange, appointment_id=made.id)
    assert change.reason is ReasonCode.OTHER


def test_a_busy_advisor_cannot_be_overruled(qtbot, office, open_editor):
    booked(office)
    editor = open_editor(AppointmentRequest(client_id=office.hartwig.id, starts=at(14, 9)))
    assert [r.code for r in editor.ui.why.refusals] == ["advisor_busy"]
    assert not editor.ui.why.codes


def test_in_person_is_closed_while_the_mode_suspends_it(qtbot, office, open_editor):
    office.put(
        OperatingMode(
            id=new_id(),
            office_id=office.office.id,
            mode=Mode.CLOSED,
            valid_from=at(1, 8),
            source=ModeSource.DISTRICT_ORDER,
            reason="Allgemeinverfügung",
        )
    )
    editor = open_editor(AppointmentRequest(client_id=office.kuhn.id, starts=at(14, 9)))
    item = editor.ui.channel.model().item(editor.ui.channel.findData(Channel.IN_PERSON.value))
    assert not item.isEnabled()
    assert editor.ui.channel_info.isVisible()
    with qtbot.waitSignal(editor.answered):
        choose(editor.ui.urgency, Urgency.URGENT.value)
    assert item.isEnabled()
    assert editor.ui.category.isVisible()


def test_moving_keeps_the_reference(qtbot, office, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    assert editor.form.content().starts == before.starts
    assert editor.ui.client.isReadOnly()
    set_time(editor, at(15, 10))
    editor.ui.phone.setEditText("03941 1234")
    closed(qtbot, editor, editor.ui.save.click)
    after = stored(office, before.id)
    assert (after.starts, after.phone) == (at(15, 10), "03941 1234")
    assert after.reference == before.reference


def test_what_stands_against_saving_is_said_once_however_often_one_tries(
    qtbot, office, desk, open_editor, monkeypatch
):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    set_time(editor, at(15, 10))

    def refuse(*_given):
        raise Refused(Problem("client_taken", where="client_id"))

    monkeypatch.setattr(desk.services, "execute", refuse)
    line = editor.ui.client_problem
    for _attempt in range(2):
        editor.ui.save.click()
        assert not line.isVisible()
        qtbot.waitUntil(line.isVisible)
        assert line.text().count("already has an appointment") == 1


def test_moving_with_new_details_is_taken_back_in_one_step(qtbot, office, open_editor, desk):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    set_time(editor, at(15, 10))
    editor.ui.phone.setEditText("03941 1234")
    editor.ui.purpose.setPlainText("Unterlagen nachreichen")
    closed(qtbot, editor, editor.ui.save.click)
    assert office.one(AppointmentPurpose, appointment_id=before.id).text == "Unterlagen nachreichen"
    desk.undo()
    qtbot.waitUntil(lambda: stored(office, before.id).starts == before.starts)
    assert stored(office, before.id).phone == before.phone
    assert office.one(AppointmentPurpose, appointment_id=before.id).text == ""


def test_only_details_changed_moves_nothing(qtbot, office, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    editor.ui.purpose.setPlainText("Unterlagen nachreichen")
    closed(qtbot, editor, editor.ui.save.click)
    after = stored(office, before.id)
    assert (after.starts, after.ends) == (before.starts, before.ends)
    assert office.one(AppointmentPurpose, appointment_id=before.id).text == "Unterlagen nachreichen"


def moved_by_lindner(office, before, hour=9, minutes=30):
    starts = at(16, hour)
    office.services.execute(
        Reschedule(
            appointment_id=before.id,
            version=before.version,
            starts=starts,
            ends=starts + timedelta(minutes=minutes),
        ),
        replace(office.actor, staff_id=office.lindner.id),
    )


def test_what_only_one_of_two_changed_goes_together(qtbot, office, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    moved_by_lindner(office, before)
    editor.ui.minutes.setValue(45)
    closed(qtbot, editor, lambda: editor.save(letter=False))
    after = stored(office, before.id)
    assert (after.starts, after.ends) == (at(16, 9), at(16, 9, 45))


def test_a_field_both_changed_is_shown_as_it_was_mine_and_theirs(qtbot, office, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    moved_by_lindner(office, before, minutes=60)
    editor.ui.minutes.setValue(45)
    editor.save(letter=False)
    conflict = editor.ui.conflict
    qtbot.waitUntil(conflict.isVisible)
    assert "Ms Lindner" in conflict.accessibleName()
    assert [(c.field, c.base, c.mine, c.theirs) for c in conflict.clashes] == [
        ("minutes", 30, 45, 60)
    ]
    assert editor.form.content().starts == at(16, 9)
    assert "Time" in conflict._taken.text()
    mine, theirs = conflict.options["minutes"]
    assert (mine.text(), theirs.text()) == ("45 minutes", "60 minutes")
    assert mine.isChecked()
    assert not editor.grab().isNull()
    theirs.setFocus()
    QTest.keyClick(theirs, Qt.Key.Key_Space)
    assert editor.form.content().minutes == 60
    QTest.keyClick(mine, Qt.Key.Key_Space)
    closed(qtbot, editor, lambda: editor.save(letter=False))
    after = stored(office, before.id)
    assert (after.starts, after.ends) == (at(16, 9), at(16, 9, 45))


def test_two_purposes_are_a_conflict_too(qtbot, office, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    office.services.execute(
        ChangeDetails(
            appointment_id=before.id,
            version=before.version,
            kind_id=before.kind_id,
            phone=before.phone,
            purpose="Stromsperre",
        ),
        office.actor,
    )
    editor.ui.purpose.setPlainText("Umzug")
    editor.save(letter=False)
    conflict = editor.ui.conflict
    qtbot.waitUntil(conflict.isVisible)
    conflict.options["purpose"][1].click()
    assert editor.ui.purpose.toPlainText() == "Stromsperre"
    assert office.one(AppointmentPurpose, appointment_id=before.id).text == "Stromsperre"
    closed(qtbot, editor, lambda: editor.save(letter=False))


def test_of_one_called_off_meanwhile_nothing_is_saved_unseen(qtbot, office, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    office.services.execute(
        CancelAppointment(appointment_id=before.id, version=before.version, by_client=True),
        replace(office.actor, staff_id=office.lindner.id),
    )
    editor.ui.phone.setEditText("03941 5550")
    editor.save(letter=False)
    qtbot.waitUntil(editor.ui.problem.isVisible)
    assert "Ms Lindner" in editor.ui.problem.text()
    assert editor.form.content().phone == "03941 5550"
    assert not editor.ui.day.isEnabled()
    assert stored(office, before.id).phone == before.phone


def test_the_form_says_at_once_that_somebody_changed_it(qtbot, office, desk, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    line = editor.meanwhile.overtaken
    editor.ui.minutes.setValue(45)
    moved_by_lindner(office, before)
    desk.others_wrote(Foreign(frozenset({("appointment", new_id())})))
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert line.isHidden()
    desk.others_wrote(Foreign(frozenset({("appointment", before.id)})))
    qtbot.waitUntil(line.isVisible)
    assert line.text().startswith("Ms Lindner changed this appointment at ")
    assert editor.form.content().minutes == 45
    assert editor.form.content().starts == before.starts
    line._carry_on.click()
    desk.others_wrote()
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert line.isHidden()
    moved_by_lindner(office, stored(office, before.id), hour=11)
    desk.others_wrote()
    qtbot.waitUntil(line.isVisible)
    line._link.click()
    qtbot.waitUntil(line.isHidden)
    content = editor.form.content()
    assert (content.starts, content.minutes) == (at(16, 11), 45)
    assert editor.ui.conflict.isHidden()
    closed(qtbot, editor, lambda: editor.save(letter=False))
    assert stored(office, before.id).ends == at(16, 11, 45)


def test_reloading_asks_where_both_changed_the_same(qtbot, office, desk, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    editor.ui.minutes.setValue(45)
    moved_by_lindner(office, before, minutes=60)
    desk.others_wrote()
    qtbot.waitUntil(editor.meanwhile.overtaken.isVisible)
    editor.meanwhile.overtaken._link.click()
    qtbot.waitUntil(editor.ui.conflict.isVisible)
    assert set(editor.ui.conflict.options) == {"minutes"}


def test_ones_own_step_is_no_news(qtbot, office, desk, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    editor.ui.cancel_appointment.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: editor.detail.appointment.version > before.version)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert editor.meanwhile.overtaken.isHidden()


def test_what_was_typed_comes_back(qtbot, office, open_editor):
    editor = open_editor(AppointmentRequest(client_id=office.kuhn.id, starts=at(14, 9)))
    editor.ui.purpose.setPlainText("Umzug")
    editor.close()
    qtbot.waitUntil(lambda: len(drafts(office)) == 1)
    [draft] = drafts(office)
    again = open_editor(AppointmentRequest(), draft)
    assert again.ui.purpose.toPlainText() == "Umzug"
    assert again.form.content().client_id == office.kuhn.id
    assert again.form.content().starts == at(14, 9)
    closed(qtbot, again, lambda: again.save(letter=False))
    qtbot.waitUntil(lambda: not drafts(office))


def test_discarding_leaves_no_draft(qtbot, office, open_editor):
    editor = open_editor(AppointmentRequest(client_id=office.kuhn.id, starts=at(14, 9)))
    editor.ui.purpose.setPlainText("Umzug")
    closed(qtbot, editor, editor.ui.discard.click)
    assert not drafts(office)


def test_an_untouched_form_leaves_no_draft(qtbot, office, open_editor, desk):
    editor = open_editor(AppointmentRequest(client_id=office.kuhn.id, starts=at(14, 9)))
    closed(qtbot, editor, editor.close)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert not drafts(office)


def test_a_look_at_an_appointment_without_a_number_leaves_no_draft(
    qtbot, office, open_editor, desk
):
    made = office.booked(at(14, 9), client_id=office.kuhn.id)
    editor = open_editor(AppointmentRequest(appointment_id=made.id))
    assert editor.ui.phone.currentText()  # offered by the program, not typed
    closed(qtbot, editor, editor.close)
    qtbot.waitUntil(lambda: desk.tasks.idle)
    assert not drafts(office)


def test_the_client_rang_and_confirmed(qtbot, office, open_editor):
    before = booked(office, state=AppointmentState.PROPOSED)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    with qtbot.waitSignal(editor.loaded):
        editor.ui.next_state.menu().actions()[0].trigger()
    assert stored(office, before.id).state is AppointmentState.CONFIRMED
    assert editor.ui.history.topLevelItemCount() == 2


def test_the_history_says_why_the_program_chose_a_time_in_the_language_of_the_screen(office):
    change = AppointmentChange(
        id=new_id(),
        appointment_id=new_id(),
        kind=ChangeKind.MOVED,
        before={"starts": at(12, 8).isoformat()},
        after={"starts": at(19, 8).isoformat(), "cause": ChangeCause.LETTER_IN_TIME.value},
    )
    with office.services.view() as view:
        book = office_book(view)
    assert what(change, book).endswith("08:00 · so that the letter arrives in time")
    try:
        activate("de")
        assert what(change, book).endswith("08:00 · damit der Brief rechtzeitig ankommt")
    finally:
        activate("en")


def test_the_archive_copy_of_a_letter_is_opened_from_the_history(
    qtbot, office, open_editor, monkeypatch
):
    """Also long after it has left the outbox."""
    _receipt, appointment, letter = office.proposed()
    posted(office, letter)
    office.clock.advance(days=90)
    opened = []
    monkeypatch.setattr(
        copies.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True
    )
    editor = open_editor(AppointmentRequest(appointment_id=appointment.id))
    history = editor.ui.history
    editor.ui.tabs.setCurrentWidget(editor.ui.history_page)
    history.setCurrentItem(history.topLevelItem(0))
    assert editor.letter_copy.isHidden()
    history.setCurrentItem(history.topLevelItem(history.topLevelItemCount() - 1))
    assert editor.letter_copy.isVisibleTo(editor)
    editor.letter_copy.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert Path(opened[0]).read_bytes() == b"%PDF"
    history.itemActivated.emit(history.currentItem(), 0)
    qtbot.waitUntil(lambda: len(opened) == 2)


def test_cancelling_by_the_office_writes_a_letter(qtbot, office, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    with qtbot.waitSignal(editor.loaded):
        editor.ui.cancel_appointment.menu().actions()[1].trigger()
    assert stored(office, before.id).state is AppointmentState.CANCELLED_BY_OFFICE
    [letter] = letters(office)
    assert letter.kind is LetterKind.CANCELLATION
    assert not editor.ui.day.isEnabled()
    assert not editor.ui.cancel_appointment.isEnabled()


def test_the_file_note_goes_to_the_clipboard(qtbot, office, open_editor):
    before = booked(office)
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    editor.ui.note.click()
    qtbot.waitUntil(lambda: bool(editor.ui.note_info.text()))
    assert "Telefontermin" in QGuiApplication.clipboard().text()


def test_reception_sees_no_purpose(qtbot, office, open_editor, desk):
    before = booked(office, purpose="Schulden")
    role = StaffRole(
        id=before.id,
        staff_id=office.berger.id,
        office_id=office.office.id,
        role=Role.RECEPTION,
        valid_from=LONG_AGO,
    )
    others = tuple(r for r in desk.book.roles if r.staff_id != office.berger.id)
    desk.learn(replace(desk.book, roles=(*others, role)))
    editor = open_editor(AppointmentRequest(appointment_id=before.id))
    assert not editor.ui.purpose.isVisible()
    editor.ui.phone.setEditText("03941 1234")
    closed(qtbot, editor, editor.ui.save.click)
    assert stored(office, before.id).phone == "03941 1234"
    assert office.one(AppointmentPurpose, appointment_id=before.id).text == "Schulden"


def test_a_draft_holds_the_whole_content():
    day = wall(at(14, 9)).date()
    content = Content(day=day, at=wall(at(14, 9)).time(), name="Kuhn", by_letter=True, minutes=45)
    assert Content.from_json(content.to_json()) == content
    assert content.ends - content.starts == timedelta(minutes=45)
