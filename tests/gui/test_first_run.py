"""The first start: nothing before a choice, an office that can work at once, nothing lost."""

import json
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from koba_desktop.bootstrap import parts
from koba_desktop.bootstrap.offices import open_office
from koba_desktop.configuration import FILE, Configuration, load
from koba_desktop.domain.entities.appointments import AppointmentKind
from koba_desktop.domain.entities.bookkeeping import ExecutedCommand
from koba_desktop.domain.entities.modes import OperatingMode
from koba_desktop.domain.entities.office import Office, OpeningHours
from koba_desktop.domain.entities.rooms import HygieneProfile, Place, Room
from koba_desktop.domain.entities.staff import Staff, StaffRole, WorkingPattern
from koba_desktop.domain.errors import Unavailable
from koba_desktop.domain.records import Record
from koba_desktop.domain.vocabulary import Channel, Mode, Role, RoomKind
from koba_desktop.gui.first_run.choice import Choice
from koba_desktop.gui.first_run.key_sheet import KeySheet, write_sheet
from koba_desktop.services.demo import making
from koba_desktop.services.office.book import office_status
from koba_desktop.services.slots.finding import find_slots
from koba_desktop.services.slots.query import SlotQuery
from koba_desktop.system import keys, logs, passphrase
from koba_desktop.system.folders import below
from koba_desktop.system.recovery import recovery_key
from tests.gui.first_starts import NOW, OFFICE, PERSON, SENTENCE, FirstStartProgram, first_started
from tests.support import KEY

KEYS = Qt.Key


@pytest.fixture(autouse=True)
def on_this_pc(monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[None]:
    """A key that was named, so that no keyring of the developer's PC is touched."""
    monkeypatch.setenv(keys.ENVIRONMENT, KEY)
    yield
    logs.stop()


@pytest.fixture
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(keys.ENVIRONMENT)
    monkeypatch.setattr(keys, "keyring_usable", lambda: False)
    monkeypatch.setattr(passphrase, "COST", 2**4)
    monkeypatch.setattr(passphrase.lock, "__kwdefaults__", {"cost": 2**4})


@pytest.fixture
def small_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    small = partial(making.make_demo, clients=60, appointments=60)
    monkeypatch.setattr(making, "make_demo", small)


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[FirstStartProgram]:
    with first_started(tmp_path) as started:
        yield started


def written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def stored(begun: FirstStartProgram, kind: type[Record]) -> list[Any]:
    assert begun.program.opened is not None
    with begun.program.opened.services.view() as view:
        return view.reader.find(kind)


# --- the choice -----------------------------------------------------------------------------------


def test_nothing_is_written_before_a_choice_was_made(tmp_path: Path) -> None:
    with first_started(tmp_path) as begun:
        begun.press(KEYS.Key_Down, KEYS.Key_Up)
        window = begun.program.window
        window.actions_.schemes.actions()[2].trigger()
        assert begun.run.choice.isVisible()
    assert written(tmp_path) == []


def test_arrows_lead_through_the_choices_and_enter_takes_one(begun: FirstStartProgram) -> None:
    cards = begun.run.choice.cards
    assert cards[Choice.DEMO].hasFocus()
    begun.press(KEYS.Key_Up)
    assert cards[Choice.SHARED].hasFocus()
    begun.press(KEYS.Key_Down, KEYS.Key_Down)
    assert cards[Choice.HERE].hasFocus()
    begun.press(KEYS.Key_Return)
    begun.until(lambda: begun.run.page is not None)
    assert begun.page.progress.text() == "Step 1 of 4"
    assert begun.page.office.form.inputs["name"].target.hasFocus()


def test_the_shared_database_is_named_once_and_written_down(begun: FirstStartProgram) -> None:
    begun.press(KEYS.Key_3)
    page = begun.server_page()
    assert begun.program.first_run is None
    assert page.server.hasFocus()
    begun.press(KEYS.Key_Return)
    assert page.message.text() == "Type the name of the server."
    QTest.keyClicks(page.server, "koba-db.example")
    ca_file = begun.folders.state / "ca.pem"
    page.ca_file.setText(str(ca_file))
    begun.press(KEYS.Key_Return)
    assert str(ca_file) in page.message.text()
    assert not (begun.folders.config / FILE).exists()
    ca_file.parent.mkdir(parents=True)
    ca_file.write_text("a certificate", encoding="ascii")
    begun.press(KEYS.Key_Return)
    begun.until(lambda: begun.program.door is not None and begun.program.door.flow is not None)
    begun.settle()
    assert begun.program.door is not None
    assert begun.program.door.flow is not None
    assert begun.program.door.flow.page.server.text() == "koba-db.example/koba"
    written_down = load([begun.folders.config / FILE])
    assert written_down == Configuration(
        database="postgresql://koba-db.example/koba", ca_file=ca_file
    )


def test_a_server_that_is_none_is_said_and_nothing_written(
    tmp_path: Path, begun: FirstStartProgram
) -> None:
    begun.press(KEYS.Key_3)
    page = begun.server_page()
    for typed, said in (
        ("koba db/x/y", "This is not the address of a shared database"),
        ("postgresql://d.berger:geheim@koba-db.example/koba", "There is a password in the address"),
    ):
        page.server.setText(typed)
        page.next.click()
        begun.settle()
        assert said in page.message.text()
        assert "geheim" not in page.message.text()
    assert not (begun.folders.config / FILE).exists()


def test_the_way_back_from_the_server_leads_to_the_choice(
    tmp_path: Path, begun: FirstStartProgram
) -> None:
    begun.press(KEYS.Key_3)
    begun.server_page().back.click()
    begun.until(lambda: begun.program.first_run is not None)
    begun.until(lambda: begun.run.choice is not None)
    assert begun.run.choice.isVisible()
    assert written(tmp_path) == []


def test_another_language_keeps_what_was_typed_of_the_server(begun: FirstStartProgram) -> None:
    begun.press(KEYS.Key_3)
    before = begun.server_page()
    QTest.keyClicks(before.server, "koba-db.example")
    begun.program.window.actions_.languages.actions()[0].trigger()
    begun.settle()
    page = begun.server_page()
    assert page is not before
    assert page.server.text() == "koba-db.example"


def test_it_says_where_the_office_will_lie(begun: FirstStartProgram) -> None:
    said = begun.run.choice.cards[Choice.HERE].accessibleDescription()
    assert str(begun.folders.database) in said
    assert "Network drives are refused" in said


def test_a_network_drive_is_refused_before_anything_is_typed(
    begun: FirstStartProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("koba_desktop.storage.location.network_kind", lambda _path: "cifs")
    begun.press(KEYS.Key_2)
    begun.settle()
    assert begun.run.page is None
    assert "must not lie on a network share" in begun.run.choice.message.text()
    assert begun.run.choice.cards[Choice.DEMO].isEnabled()


def test_a_demonstration_opens_in_the_same_window_and_leaves_nothing_behind(
    tmp_path: Path, small_demo: None
) -> None:
    with first_started(tmp_path) as begun:
        window = begun.program.window
        begun.press(KEYS.Key_1)
        begun.until(lambda: begun.program.session is not None)
        begun.settle()
        assert begun.program.window is window
        assert window.windowTitle().endswith("Demo")
        assert window.office_shown()
        assert window.clients.isVisible()
        folder = Path(QSettings().fileName()).parents[1]
        assert (folder / "demo.db").exists()
    assert not folder.exists()
    assert written(tmp_path) == []


# --- the steps ------------------------------------------------------------------------------------


def test_an_office_set_up_with_the_usual_values_can_work_at_once(
    begun: FirstStartProgram,
) -> None:
    begun.come_to_key()
    begun.finish()

    [office], [member] = stored(begun, Office), stored(begun, Staff)
    assert (office.short_name, office.return_line, office.district_key) == (
        "Halberstadt",
        "Am Kalkofenring 12 · 38820 Halberstadt",
        "15085",
    )
    assert (member.initials, member.office_id) == ("BE", office.id)
    roles = {role.role for role in stored(begun, StaffRole)}
    assert roles == {Role.ADMINISTRATOR, Role.LEAD, Role.ADVISOR}
    assert len(stored(begun, OpeningHours)) == 5 * len(Channel)
    assert len(stored(begun, WorkingPattern)) == 5
    rooms = stored(begun, Room)
    assert [room.kind for room in rooms] == [RoomKind.CONSULTATION, RoomKind.OUTDOOR]
    assert {place.room_id for place in stored(begun, Place)} == {room.id for room in rooms}
    [hygiene] = stored(begun, HygieneProfile)
    assert (hygiene.area_per_person, hygiene.cleaning_minutes) == (10.0, 5)
    assert hygiene.valid_from.isoformat() == "2021-04-13"
    assert [done.name for done in stored(begun, ExecutedCommand)] == ["SaveMasterData"]
    assert stored(begun, OperatingMode) == []

    desk = begun.program.desk
    assert desk is not None
    kind = next(kind for kind in stored(begun, AppointmentKind) if kind.minutes == 60)
    query = SlotQuery(office_id=office.id, minutes=60, kind_id=kind.id)
    with desk.services.view(member.id) as view:
        assert office_status(view, office.id).mode is Mode.REGULAR
        assert find_slots(view, query).slots
    assert begun.program.window.office_shown()
    assert QSettings().value("first_start/typed") is None


def test_each_step_says_at_the_field_what_is_wrong(begun: FirstStartProgram) -> None:
    page = begun.choose_here()
    begun.next()
    assert page.at == "office"
    assert page.office.form.problem("name") == "This field must be filled in."
    assert page.office.form.inputs["name"].target.hasFocus()
    begun.type(page.office, {**OFFICE, "return_line": "Job-Center Harz"})
    begun.next()
    assert "must not say “Jobcenter”" in page.office.form.problem("return_line")
    assert page.office.form.problem("name") == ""
    begun.type(page.office, {"return_line": "Postfach 15 42 · 38805 Halberstadt", "email": "hbs"})
    begun.next()
    assert "e-mail" in page.office.form.problem("email")
    begun.type(page.office, {"email": "hbs@example.org"})
    begun.next()
    assert page.at == "person"


def test_whoever_sets_up_the_office_administers_it_and_may_receive_visitors(
    begun: FirstStartProgram,
) -> None:
    page = begun.choose_here()
    begun.type(page.office, OFFICE)
    begun.next()
    begun.type(page.person, PERSON)
    page.person.form.inputs["roles"].show_content([Role.RECEPTION.value])
    begun.next()
    assert page.times.consult.isHidden()
    begun.next()
    begun.until(lambda: bool(page.key.key))
    begun.finish()
    roles = {role.role for role in stored(begun, StaffRole)}
    assert roles == {Role.ADMINISTRATOR, Role.RECEPTION}
    assert stored(begun, WorkingPattern) == []


def test_hours_and_rooms_are_checked_in_their_rows(begun: FirstStartProgram) -> None:
    page = begun.come_to_hours()
    page.times.hours.show_content({"1": ["8", "7.30"], "2": ["acht", "16"]})
    rooms = page.times.rooms.content()
    rooms[1] |= {"name": rooms[0]["name"]}
    page.times.rooms.show_content(rooms)
    begun.next()
    assert page.at == "times"
    assert "Tuesday" in page.times.hours._error.text()  # no time of day comes first
    page.times.hours.show_content({"1": ["8", "7.30"]})
    begun.next()
    assert "Monday: The end must come after the beginning." in page.times.hours._error.text()
    assert "Room 2: Name" in page.times.rooms._error.text()
    assert page.times.hours._inputs[1, "closes"].target.hasFocus()


def test_what_is_switched_off_is_not_entered(begun: FirstStartProgram) -> None:
    page = begun.come_to_hours()
    for box in (page.times.has_hours, page.times.has_rooms, page.times.has_hygiene):
        box.setChecked(False)
    page.times.has_kinds.click()
    begun.next()
    begun.until(lambda: bool(page.key.key))
    begun.finish()
    for kind in (OpeningHours, WorkingPattern, AppointmentKind, Room, HygieneProfile):
        assert stored(begun, kind) == []
    assert len(stored(begun, Office)) == 1


def test_rooms_are_added_and_taken_away_by_keyboard(begun: FirstStartProgram) -> None:
    page = begun.come_to_hours()
    rooms = page.times.rooms
    rooms.add.setFocus()
    begun.press(KEYS.Key_Return)
    QTest.keyClicks(begun.focused(), "R 1.05")
    assert [room["name"] for room in rooms.content()] == ["Room 1", "At the door", "R 1.05"]
    rooms._removers[2].setFocus()
    begun.press(KEYS.Key_Tab)
    assert rooms.add.hasFocus()
    begun.press(KEYS.Key_Tab)
    assert page.times.has_hygiene.hasFocus()
    rooms._removers[1].setFocus()
    begun.press(KEYS.Key_Return)
    assert [room["name"] for room in rooms.content()] == ["Room 1", "R 1.05"]
    assert rooms._removers[1].hasFocus()


def test_going_back_loses_nothing(begun: FirstStartProgram) -> None:
    page = begun.come_to_hours()
    page.times.area.show_content("12,5")
    for at in ("person", "office"):
        page.back.click()
        begun.settle()
        assert page.at == at
    page.back.click()
    begun.settle()
    assert begun.run.choice.isVisible()
    page = begun.choose_here()
    assert page.office.form.content()["town"] == "Halberstadt"
    assert page.person.form.content()["family_name"] == "Berger"
    assert page.times.area.content() == "12,5"


def test_an_own_short_name_stays_when_the_town_changes(begun: FirstStartProgram) -> None:
    page = begun.choose_here()
    begun.type(page.office, OFFICE)
    assert page.office.form.content()["short_name"] == "Halberstadt"
    begun.type(page.office, {"short_name": "HBS", "town": "Wernigerode"})
    assert page.office.form.content()["short_name"] == "HBS"
    assert page.office.form.content()["return_line"].endswith("38820 Wernigerode")


def test_enter_leads_on_from_a_field(begun: FirstStartProgram) -> None:
    page = begun.choose_here()
    begun.type(page.office, OFFICE)
    begun.press(KEYS.Key_Return)
    assert page.at == "person"


# --- the key --------------------------------------------------------------------------------------


def test_nobody_goes_on_without_having_noted_the_recovery_key(
    begun: FirstStartProgram, tmp_path: Path
) -> None:
    page = begun.come_to_key()
    assert page.key.key == recovery_key(KEY)
    assert page.key.shown.toPlainText().replace("\n", "-") == page.key.key
    assert not page.next.isEnabled()
    page.key.noted.click()
    assert page.next.isEnabled()
    page.key.copy.click()
    assert QGuiApplication.clipboard().text() == page.key.key
    page.key.save_wanted.emit(str(tmp_path / "key.pdf"))
    begun.settle()
    assert "Saved: key.pdf" in page.key.message.text()


def test_the_sheet_with_the_key_says_all_of_it(tmp_path: Path, qapp: object) -> None:
    file = tmp_path / "key.pdf"
    key = recovery_key(KEY)
    write_sheet(KeySheet(key, "Regionalstelle <Nord>", "C:/office.db", "13.04.2021"), file)
    document = pypdfium2.PdfDocument(file)
    page = document[0].get_textpage()
    text = page.get_text_bounded()
    heights = [top - bottom for _l, bottom, _r, top in map(page.get_charbox, range(len(text)))]
    document.close()
    assert max(heights[text.index("Whoever") :]) > 6  # points: it can be read on paper
    assert all(group in text for group in key.split("-"))
    assert "Regionalstelle <Nord>" in text
    with pytest.raises(FileNotFoundError):
        write_sheet(KeySheet(key, "", "", ""), tmp_path / "missing" / "key.pdf")


def test_without_a_keyring_a_passphrase_locks_the_key(tmp_path: Path, no_keyring: None) -> None:
    with first_started(tmp_path) as begun:
        page = begun.come_to_hours()
        assert page.progress.text() == "Step 3 of 5"
        begun.next()
        assert page.passphrase is not None
        QTest.keyClicks(page.passphrase.first, "kurz")
        begun.next()
        assert page.at == "passphrase"
        assert "at least 12 characters" in page.passphrase.first.accessibleDescription()
        page.passphrase.repeat(SENTENCE)
        page.passphrase.second.setText("etwas ganz anderes")
        begun.next()
        assert "not the same" in page.passphrase.second.accessibleDescription()
        page.passphrase.repeat(SENTENCE)
        begun.next()
        begun.until(lambda: bool(page.key.key))
        page.back.click()  # the key is locked: the passphrase is not asked for twice
        assert page.at == "times"
        begun.next()
        begun.finish()
    database = below(tmp_path).database
    with pytest.raises(Unavailable) as needed:
        parts.key_of(database, None, "")
    assert needed.value.code == "passphrase_needed"
    assert recovery_key(parts.key_of(database, None, SENTENCE)) == page.key.key


def test_a_database_that_cannot_be_made_is_told_and_tried_again(
    begun: FirstStartProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = begun.come_to_hours()

    def full(*_arguments: object) -> None:
        raise Unavailable("disk_full")

    with monkeypatch.context() as patch:
        patch.setattr("koba_desktop.storage.files.create_store", full)
        begun.next()
        begun.settle()
    assert page.at == "times"
    assert "The disk is full" in page.message.text()
    begun.next()
    begun.until(lambda: bool(page.key.key))


# --- interrupted ----------------------------------------------------------------------------------


def test_what_was_typed_is_back_at_the_next_start(tmp_path: Path) -> None:
    with first_started(tmp_path) as begun:
        page = begun.choose_here()
        begun.type(page.office, OFFICE)
        begun.next()
        begun.type(page.person, {"given_name": "Dana"})
    assert not begun.folders.database.exists()

    with first_started(tmp_path) as begun:
        begun.until(lambda: begun.run.page is not None)
        page = begun.page
        assert page.at == "person"
        assert "not saved yet" in page.message.text()
        assert page.person.form.content()["given_name"] == "Dana"
        assert page.office.form.content()["street"] == OFFICE["street"]


def test_an_office_not_finished_is_asked_for_again_with_its_database(
    tmp_path: Path, no_keyring: None
) -> None:
    with first_started(tmp_path) as begun:
        key = begun.come_to_key().key.key
        kept = str(QSettings().value("first_start/typed"))
    assert "Berger" in kept
    assert SENTENCE not in kept
    assert key not in kept
    assert key.replace("-", "") not in kept

    with first_started(tmp_path, secret=SENTENCE) as begun:
        page = begun.page
        assert page.at == "times"
        assert page.passphrase is None
        assert page.person.form.content()["family_name"] == "Berger"
        begun.next()
        assert page.key.key == key
        begun.finish()
        assert [office.town for office in stored(begun, Office)] == ["Halberstadt"]

    with closing(open_office(below(tmp_path).database, None, SENTENCE, parts.clock(NOW))) as opened:
        assert opened.recovery_key == ""
        assert len(opened.book.offices) == 1


def test_what_another_version_kept_in_other_ways_does_no_harm(tmp_path: Path) -> None:
    contents = {"office": {"town": "Halberstadt"}, "times": {"hours": [1, 2], "rooms": "R 1"}}
    QSettings().setValue("first_start/typed", json.dumps({"contents": contents, "step": "?"}))
    with first_started(tmp_path) as begun:
        begun.until(lambda: begun.run.page is not None)
        page = begun.page
        assert page.at == "office"
        assert page.office.form.content()["town"] == "Halberstadt"
        begun.come_to_key()


def test_another_language_keeps_the_steps(begun: FirstStartProgram) -> None:
    page = begun.choose_here()
    begun.type(page.office, OFFICE)
    begun.next()
    begun.type(page.person, {"family_name": "Berger"})
    german = begun.program.window.actions_.languages.actions()[0]
    german.trigger()
    begun.until(lambda: begun.run.page is not None)
    page = begun.page
    assert page.progress.text() == "Schritt 2 von 4"
    assert page.person.form.content()["family_name"] == "Berger"
    assert begun.program.window.actions_.languages.checkedAction().data() == "de"
